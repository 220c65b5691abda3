// The fuzzer by itself: a few dozen of its runs end as they should, and what would be wrong with a run is seen.
import { beforeAll, describe, expect, it } from 'vitest'
import { type Campaign, runCampaign } from '../../bench/fuzz/campaign.ts'
import { type Seen, violationsOf } from '../../bench/fuzz/judging.ts'
import { fuzzScenario } from '../../bench/fuzz/scenarios.ts'

const count = 24

describe('a few dozen scenarios', () => {
  let campaign: Campaign

  beforeAll(async () => {
    const numbers = Array.from({ length: count }, (_, index) => index + 1)
    campaign = await runCampaign({ seed: 9, numbers, workers: 4, samples: 2 })
  }, 300_000)

  it('end in one terminal event each, within their budget, stored as streamed, without a secret', () => {
    expect(campaign.results).toHaveLength(count)
    expect(campaign.results.filter(({ violations }) => violations.length > 0)).toEqual([])
    expect(campaign.violations).toEqual([])
  })

  it('end well and badly, after replies of many kinds', () => {
    const ends = new Set(campaign.results.map(({ end }) => end))
    expect([...ends]).toEqual(expect.arrayContaining(['problem', 'verification-failed']))
    expect(new Set(campaign.results.flatMap(({ kinds }) => kinds)).size).toBeGreaterThan(10)
  })

  it('are followed by a look at the memory of the function, with nothing in flight', () => {
    expect(campaign.memory).toHaveLength(2)
    for (const { heapBytes, rssBytes } of campaign.memory) expect(heapBytes).toBeLessThan(rssBytes)
  })
})

it('a scenario is the same whenever it is made, and another for another number or seed', () => {
  const first = fuzzScenario(1, 5)
  expect(fuzzScenario(1, 5)).toEqual(first)
  expect(fuzzScenario(1, 6)).not.toEqual(first)
  expect(fuzzScenario(2, 5).scenario).not.toEqual(first.scenario)
})

function calls(count: number): Seen['requests'] {
  return Array.from({ length: count }, (_, index) => ({ artefact: 'solver', attempt: index + 1, mistake: undefined }))
}

describe('what is wrong with a run is said', () => {
  const problemId = '0192d3a4-0000-7000-8000-000000000001'
  const at = '2026-01-01T00:00:00.000Z'
  const progress = {
    type: 'progress',
    stage: 'blueprint',
    state: 'started',
    attempt: 1,
    index: 1,
    total: 5,
    percent: 0,
    elapsedMs: 1,
    message: 'x',
  }
  const failed = { type: 'failed', code: 'verification-failed', message: 'sorry', retryable: true, evidence: ['G0'] }
  const frame = (body: Readonly<Record<string, unknown>>, seq: number): Seen['frames'][number] => ({
    id: `${problemId}:${seq}`,
    type: String(body['type']),
    data: JSON.stringify({ problemId, seq, at, ...body }),
  })
  const requests: Seen['requests'] = [{ artefact: 'blueprint', attempt: 1, mistake: undefined }]

  function seen(frames: Seen['frames'], changes: Partial<Seen> = {}): Seen {
    const text = frames.map(({ id, type, data }) => `event: ${type}\nid: ${id}\ndata: ${data}\n\n`).join('')
    return {
      scenario: {},
      status: 200,
      problemId,
      frames,
      text,
      broken: undefined,
      ms: 1,
      limitMs: 1_000,
      requests,
      replay: text,
      statusAfterEnd: 204,
      stored: {
        run: { status: 'FAILED', errorMessage: 'sorry' },
        events: frames.map(({ type, data }, index) => ({
          seq: index + 1,
          type: type === 'failed' ? 'failed' : 'progress',
          data,
        })),
        problem: undefined,
      },
      secrets: ['s3cret'],
      ...changes,
    }
  }

  const good = [frame(progress, 1), frame(failed, 2)]
  it('nothing is, where nothing is', () => {
    expect(violationsOf(seen(good))).toEqual([])
  })

  it.each<[string, Seen, RegExp]>([
    ['no stream', seen(good, { status: 500 }), /status 500/],
    ['a broken stream', seen(good, { broken: 'terminated' }), /broke off/],
    ['a run that takes too long', seen(good, { ms: 1_001 }), /more than 1000 ms/],
    ['no terminal event', seen(good.slice(0, 1)), /0 terminal events/],
    ['two terminal events', seen([...good, frame(failed, 3)]), /2 terminal events/],
    ['an event after the terminal one', seen([frame(failed, 1), frame(progress, 2)]), /after the terminal event/],
    ['a hole', seen([frame(progress, 1), frame(failed, 3)]), /has seq 3/],
    ['an unknown field', seen([frame({ ...progress, more: 1 }, 1), frame(failed, 2)]), /not of the contract/],
    [
      'a percentage that falls',
      seen([frame({ ...progress, percent: 9 }, 1), frame(progress, 2), frame(failed, 3)]),
      /falls/,
    ],
    ['a fault of our own', seen([frame({ ...failed, code: 'internal' }, 1)]), /failed with internal/],
    [
      'a fault that nobody played',
      seen([frame({ ...failed, code: 'model-unavailable' }, 1)]),
      /failed with model-unav/,
    ],
    ['an unknown code', seen([frame({ ...failed, code: 'oops' }, 1)]), /not of the contract/],
    ['too many calls', seen(good, { requests: calls(25) }), /25 model calls/],
    ['too many tries', seen(good, { requests: Array.from({ length: 6 }, () => requests).flat() }), /6 requests/],
    ['an attempt that is left out', seen(good, { requests: calls(3).slice(1) }), /attempts 2, 3/],
    ['too many repairs', seen([frame({ ...progress, attempt: 4 }, 1), frame(failed, 2)]), /3 repairs/],
    ['another replay', seen(good, { replay: '' }), /replay differs/],
    ['an end that is not remembered', seen(good, { statusAfterEnd: 200 }), /answered with 200/],
    ['nothing stored', seen(good, { stored: undefined }), /nothing is stored/],
    ['a secret', seen([frame({ ...failed, evidence: ['s3cret'] }, 1)]), /a secret/],
  ])('%s', (_name, run, expected) => {
    expect(violationsOf(run).join('\n')).toMatch(expected)
  })

  it('a run that goes on in the table', () => {
    const run = seen(good)
    if (run.stored === undefined) throw new Error('it is stored')
    const processing = { ...run.stored, run: { status: 'PROCESSING', errorMessage: undefined } as const }
    expect(violationsOf({ ...run, stored: processing }).join('\n')).toMatch(/stored as PROCESSING/)
    expect(violationsOf({ ...run, stored: { ...run.stored, events: [] } }).join('\n')).toMatch(
      /other events are stored/,
    )
  })
})
