// What holds for every run however it ended: the grammar of its stream, and a table that agrees with it.
import { expect } from 'vitest'
import { isTerminal, type RunEvent } from '../../src/contract/events.ts'
import type { GenerationStatus } from '../../src/contract/generation.ts'
import type { Reading } from './reading.ts'
import type { Service, StoredRun } from './service.ts'

const statusOf = { problem: 'COMPLETED', failed: 'FAILED', cancelled: 'CANCELLED' } as const

/**
 * A stream that was read from behind `after` to its end: seq without gaps, ids that say it, exactly one terminal event
 * and nothing behind it, a percentage that never falls. Returns the events.
 */
export function expectGrammar(reading: Reading, after = 0): RunEvent[] {
  const { events, frames, problemId } = reading
  expect(reading.status).toBe(200)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => after + index + 1))
  expect(frames.map(({ id }) => id)).toEqual(events.map(({ seq }) => `${problemId}:${seq}`))
  expect(frames.map(({ type }) => type)).toEqual(events.map(({ type }) => type))
  expect(new Set(events.map((event) => event.problemId))).toEqual(new Set([problemId]))
  expect(events.map(({ type }) => isTerminal(type))).toEqual(events.map((_, index) => index === events.length - 1))
  const percents = events.flatMap((event) => (event.type === 'progress' ? [event.percent] : []))
  expect(percents).toEqual(percents.toSorted((a, b) => a - b))
  return events
}

/** The table holds exactly the events that were streamed, the status that the last one says, and a problem only if it is one. */
export async function expectStoredAsStreamed(service: Service, reading: Reading): Promise<StoredRun> {
  const stored = await service.stored(reading.problemId)
  if (stored === undefined) throw new Error(`Nothing is stored of run ${reading.problemId}.`)
  const { last } = reading
  const expected: GenerationStatus | undefined = isTerminalEvent(last) ? statusOf[last.type] : undefined
  expect(stored.run.status).toBe(expected)
  expect(stored.run.errorMessage).toBe(last.type === 'failed' ? last.message : undefined)
  expect(stored.run.cancelRequested).toBe(false)
  expect(stored.events.map(({ seq, type }) => ({ seq, type }))).toEqual(
    reading.events.map(({ seq, type }) => ({ seq, type })),
  )
  for (const [index, { type, data }] of stored.events.entries()) {
    const streamed = reading.frames[index]?.data
    // The problem stands beside the log, and is put into its event on reading.
    if (type === 'problem') expect(streamed?.startsWith(`${data.slice(0, -1)},"problem":{`)).toBe(true)
    else expect(streamed).toBe(data)
  }
  if (last.type === 'problem') {
    const { test_cases: cases, tests_url: _url, ...document } = last.problem
    expect(stored.problem?.document).toEqual(document)
    if (cases !== undefined) expect(stored.problem?.tests).toEqual(cases)
  } else expect(stored.problem).toBeUndefined()
  return stored
}

function isTerminalEvent(event: RunEvent): event is Extract<RunEvent, { type: keyof typeof statusOf }> {
  return isTerminal(event.type)
}
