// Progress that readers of a run have been told of by its former owners.
import * as z from 'zod'
import type { EventBody, StoredEvent } from '../contract/events.ts'
import { stageSchema } from '../contract/verification.ts'
import { lazily } from '../lazily.ts'

const progressSchema = lazily(() =>
  z.object({
    stage: stageSchema,
    state: z.string(),
    attempt: z.number(),
    message: z.string(),
    elapsedMs: z.number(),
  }),
)
export type Progress = z.infer<ReturnType<typeof progressSchema>>

/** The progress among stored events, in their order. */
export function progressOf(events: readonly StoredEvent[]): Progress[] {
  return events.flatMap(({ type, data }) => {
    const parsed = type === 'progress' ? progressSchema().safeParse(JSON.parse(data)).data : undefined
    return parsed === undefined ? [] : [parsed]
  })
}

/**
 * Tells which progress a reader has been told of already: who goes on with a run comes by all that it has been through,
 * and only gates and calls are in the journal.
 */
export function toldProgress(earlier: readonly Progress[]): (event: EventBody) => boolean {
  const told = new Map<string, number>()
  for (const progress of earlier) {
    const key = keyOf(progress)
    told.set(key, (told.get(key) ?? 0) + 1)
  }
  return (event) => {
    if (event.type !== 'progress') return false
    const key = keyOf(event)
    const left = told.get(key) ?? 0
    told.set(key, left - 1)
    return left > 0
  }
}

function keyOf({ stage, state, attempt, message }: Omit<Progress, 'elapsedMs'>): string {
  return JSON.stringify([stage, state, attempt, message])
}
