// `npm run bench -- fuzz`: thousands of runs in which the model answers anything, each judged, and the function's memory watched.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { median } from '../measure.ts'
import { type Campaign, type FuzzResult, runCampaign } from './campaign.ts'
import type { HandlerMemory } from '../../test/support/handler-process.ts'
import { fuzzScenario } from './scenarios.ts'

/** How much more the function may hold in the last quarter than in the second; the first one is warming up. */
const mostGrowth = 1.15
const samples = 40
/** Fewer samples than that have no quarters. */
const leastSamples = 16
/** Growth is judged after so many runs: of fewer, the whole is warming up. */
const leastRuns = 400

interface Report {
  readonly seed: number
  readonly totals: {
    readonly scenarios: number
    /** How the runs ended: `problem`, or the code of the failure. */
    readonly ends: Readonly<Record<string, number>>
    readonly violations: number
    readonly mostCalls: number
    readonly slowestMs: number
    readonly minutes: number
  }
  /** Runs by what was done to their replies. */
  readonly kinds: Readonly<Record<string, number>>
  readonly memory: {
    readonly samples: readonly HandlerMemory[]
    /** Medians of the last quarter as shares of those of the second; undefined with too few samples. */
    readonly rssGrowth: number | undefined
    readonly heapGrowth: number | undefined
    /** Undefined with too few runs or samples to tell. */
    readonly isFlat: boolean | undefined
  }
  readonly violations: readonly string[]
}

/** Runs the benchmark with the words after its name; returns the exit code: 0 when nothing is wrong and memory is flat. */
export async function fuzz(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      json: { type: 'boolean', default: false },
      count: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      shard: { type: 'string', default: '1/1' },
      workers: { type: 'string', default: '4' },
      only: { type: 'string' },
    },
  })
  const [, part, parts] = /^(\d+)\/(\d+)$/.exec(values.shard) ?? []
  const [count, seed, workers] = [Number(values.count), Number(values.seed), Number(values.workers)]
  const only = values.only?.split(',').map(Number)
  const isWhole = [count, seed, workers, ...(only ?? [])].every(Number.isInteger)
  if (!isWhole || part === undefined || Number(part) < 1 || Number(part) > Number(parts)) {
    console.error('fuzz [--count 2000] [--seed 1] [--shard i/n] [--workers 4] [--only 17,18] [--json]')
    return 2
  }
  const all = only ?? Array.from({ length: count }, (_, index) => index + 1)
  const numbers = only ?? all.filter((number) => number % Number(parts) === Number(part) - 1)
  const startedAt = performance.now()
  let done = 0
  const onResult = (result: FuzzResult): void => {
    done += 1
    if (result.violations.length > 0) keepScenario(seed, result.number)
    if (values.json) return
    if (result.violations.length > 0 || only !== undefined) console.log(lineOf(result))
    else if (done % 50 === 0)
      console.log(`  ${done}/${numbers.length} after ${((performance.now() - startedAt) / 60_000).toFixed(1)} min`)
  }
  const campaign = await runCampaign({ seed, numbers, workers, samples, onResult })
  const report = reportOf(seed, campaign, (performance.now() - startedAt) / 60_000)
  console.log(values.json ? JSON.stringify(report) : textOf(report))
  return report.violations.length === 0 && report.memory.isFlat !== false ? 0 : 1
}

function reportOf(seed: number, { results, memory, violations }: Campaign, minutes: number): Report {
  const growth = (pick: (sample: HandlerMemory) => number): number | undefined => {
    if (memory.length < leastSamples) return undefined
    const quarter = (index: number): number =>
      median(memory.slice((index * memory.length) / 4, ((index + 1) * memory.length) / 4).map(pick))
    return Math.round((1_000 * quarter(3)) / quarter(1)) / 1_000
  }
  const rssGrowth = growth(({ rssBytes }) => rssBytes)
  const heapGrowth = growth(({ heapBytes }) => heapBytes)
  const all = [
    ...results.flatMap(({ number, violations: wrong }) =>
      wrong.map((what) => `--seed ${seed} --only ${number}: ${what}`),
    ),
    ...violations,
  ]
  return {
    seed,
    totals: {
      scenarios: results.length,
      ends: counted(results.map(({ end }) => end)),
      violations: all.length,
      mostCalls: Math.max(0, ...results.map(({ calls }) => calls)),
      slowestMs: Math.max(0, ...results.map(({ ms }) => ms)),
      minutes: Math.round(10 * minutes) / 10,
    },
    kinds: counted(results.flatMap(({ kinds }) => kinds)),
    memory: {
      samples: memory,
      rssGrowth,
      heapGrowth,
      isFlat:
        results.length < leastRuns || rssGrowth === undefined || heapGrowth === undefined
          ? undefined
          : Math.max(rssGrowth, heapGrowth) <= mostGrowth,
    },
    violations: all,
  }
}

function counted(words: readonly string[]): Record<string, number> {
  const groups = [...Map.groupBy(words, (word) => word)].map(([word, each]) => [word, each.length] as const)
  return Object.fromEntries(groups.toSorted((a, b) => b[1] - a[1]))
}

/** Keeps what went wrong as a scenario file, for `npm start -- --scenario` and for whoever looks at it. */
function keepScenario(seed: number, number: number): void {
  const folder = path.join('.alpaco', 'fuzz')
  mkdirSync(folder, { recursive: true })
  const { scenario } = fuzzScenario(seed, number)
  writeFileSync(path.join(folder, `${seed}-${number}.json`), `${JSON.stringify(scenario, null, 2)}\n`)
}

function lineOf({ number, end, calls, ms, what, violations }: FuzzResult): string {
  const head = `${violations.length === 0 ? '✓' : '✗'} ${String(number).padStart(5)} ${end.padEnd(20)} ${String(calls).padStart(2)} calls ${String(ms).padStart(6)} ms`
  return [head, ...what.map((line) => `        ${line}`), ...violations.map((line) => `      ✗ ${line}`)].join('\n')
}

function textOf({ totals, kinds, memory, violations }: Report): string {
  const { samples: taken, rssGrowth, heapGrowth, isFlat } = memory
  const last = taken.at(-1)
  const growth =
    rssGrowth === undefined
      ? 'too few pauses to speak of growth'
      : `resident × ${rssGrowth}, heap × ${heapGrowth} from the second quarter to the last`
  return [
    '',
    `${totals.scenarios} scenarios in ${totals.minutes} min: ${list(totals.ends)}`,
    `kinds: ${list(kinds)}`,
    `most model calls of a run ${totals.mostCalls}, slowest run ${(totals.slowestMs / 1_000).toFixed(1)} s`,
    `${isFlat === undefined ? '·' : isFlat ? '✓' : '✗'} memory of the function: ${mib(last?.rssBytes)}, heap ${mib(last?.heapBytes)}; ${growth}   target ≤ × ${mostGrowth}`,
    `${violations.length === 0 ? '✓' : '✗'} violations: ${violations.length}`,
    ...violations.map((line) => `  ✗ ${line}`),
  ].join('\n')
}

function list(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([word, times]) => `${word} ${times}`)
    .join(' · ')
}

function mib(bytes: number | undefined): string {
  return `${Math.round((bytes ?? 0) / 1024 / 1024)} MiB`
}
