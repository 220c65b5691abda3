// `npm run bench -- defects`: plants defects in base problems, counts what becomes of them, and shows a table.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { rememberingExecutor } from '../../test/support/pipeline.ts'
import { bases } from './bases/index.ts'
import { type Behaviour, behaviours, type Result, tryPlant } from './planting.ts'
import type { DefectClass } from './defect-class.ts'
import { harmlessVariations } from './harmless.ts'
import { defectClasses } from './plants.ts'
import { keepResult, keyOf, readResults } from './results.ts'
import { targetOf } from './target.ts'

interface Job {
  readonly defect: DefectClass
  readonly behaviour: Behaviour
  readonly base: string
}

const seed = 1
/** How many more bases an inert plant is tried on. */
const otherBases = 3

/** Runs the benchmark with the words after its name; returns the exit code: 0 when no defect escaped. */
export async function defects(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      json: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      shard: { type: 'string', default: '1/1' },
      only: { type: 'string' },
      base: { type: 'string' },
    },
  })
  const [, part, parts] = /^(\d+)\/(\d+)$/.exec(values.shard) ?? []
  if (part === undefined || parts === undefined || Number(part) < 1 || Number(part) > Number(parts)) {
    console.error('--shard takes i/n with 1 ≤ i ≤ n, for example --shard 2/4')
    return 2
  }
  const chosen = (values.all || values.base !== undefined ? everyJob() : leastJobs())
    .filter(({ defect }) => values.only === undefined || values.only.split(',').includes(defect.id))
    .filter(({ base }) => values.base === undefined || base === values.base)
    .filter((_, index) => index % Number(parts) === Number(part) - 1)
  if (chosen.length === 0) {
    console.error('Nothing is left to plant. Classes: ' + defectClasses.map(({ id }) => id).join(', '))
    return 2
  }
  const results = values.resume ? readResults() : []
  const known = new Set(results.map(keyOf))
  const plantAll = async (jobs: readonly Job[]): Promise<void> => {
    // One memory of executions for each base: what is clean about a plant is executed once.
    const byBase = [...Map.groupBy(jobs, ({ base }) => base)]
    const work = async (): Promise<void> => {
      for (let next = byBase.shift(); next !== undefined; next = byBase.shift()) {
        const executor = rememberingExecutor()
        const target = targetOf(next[0], seed, 'ko')
        for (const { defect, behaviour, base } of next[1]) {
          if (known.has(keyOf({ plant: defect.id, behaviour, base }))) continue
          const result = await tryPlant(defect, behaviour, target, executor)
          if (result === undefined) continue
          results.push(result)
          keepResult(result)
          if (!values.json) console.log(lineOf(result, results.length, chosen.length))
        }
      }
    }
    await Promise.all(Array.from({ length: availableParallelism() }, work))
  }
  await plantAll(chosen)
  // A plant that changes nothing observable on its base is tried on others, so that every class shows once.
  for (let tries = 0; tries < otherBases && !values.all; tries += 1) await plantAll(instead(chosen, results))
  const report = summary(results)
  console.log(values.json ? JSON.stringify(report) : tableOf(report))
  const { escaped, hang, crash } = report.totals
  return escaped + hang + crash === 0 ? 0 : 1
}

/** Every class with every behaviour once, the bases taking turns; and every harmless variation once. */
function leastJobs(): Job[] {
  const ids = Object.keys(bases)
  let turn = 0
  return [...defectsOf(behaviours), ...harmless()].flatMap(({ defect, behaviour }) => {
    for (let tries = 0; tries < ids.length; tries += 1) {
      const base = ids[turn % ids.length] ?? ''
      turn += 1
      if (defect.plant(targetOf(base, seed, 'ko')) !== undefined) return [{ defect, behaviour, base }]
    }
    return []
  })
}

/** For each inert plant that shows on no base so far: the same on the next base that has a place for it. */
function instead(chosen: readonly Job[], results: readonly Result[]): Job[] {
  return chosen.flatMap(({ defect, behaviour, base }) => {
    const tried = results.filter((result) => result.plant === defect.id && result.behaviour === behaviour)
    if (tried.length === 0 || tried.some(({ outcome }) => outcome !== 'inert')) return []
    const ids = Object.keys(bases)
    const next = [...ids.slice(ids.indexOf(base)), ...ids].find(
      (id) => tried.every((result) => result.base !== id) && defect.plant(targetOf(id, seed, 'ko')) !== undefined,
    )
    return next === undefined ? [] : [{ defect, behaviour, base: next }]
  })
}

function everyJob(): Job[] {
  return Object.keys(bases).flatMap((base) =>
    [...defectsOf(behaviours), ...harmless()].map((job) => ({ ...job, base })),
  )
}

function defectsOf(all: readonly Behaviour[]): { defect: DefectClass; behaviour: Behaviour }[] {
  return defectClasses.flatMap((defect) => all.map((behaviour) => ({ defect, behaviour })))
}

function harmless(): { defect: DefectClass; behaviour: Behaviour }[] {
  return harmlessVariations.map((defect) => ({ defect, behaviour: 'harmless' }))
}

interface Counts {
  plants: number
  inert: number
  repaired: number
  relabelled: number
  rejected: number
  escaped: number
  hang: number
  crash: number
}

interface Summary {
  readonly totals: Counts & { harmless: number; falseAlarms: number }
  readonly classes: readonly ({ id: string; title: string } & Counts)[]
  /** Shares: caught of what is not inert, healed of those that heal at the first and at the second repair. */
  readonly rates: { caught: number; heals1: number; heals2: number; falseAlarms: number }
  readonly hidden: { wrong: number; refused: number; right: number; accepted: number }
  readonly escapes: readonly Result[]
}

function summary(results: readonly Result[]): Summary {
  const planted = results.filter(({ behaviour }) => behaviour !== 'harmless')
  const variations = results.filter(({ behaviour }) => behaviour === 'harmless')
  const healed = (behaviour: Behaviour): number => {
    const all = planted.filter((result) => result.behaviour === behaviour && result.outcome !== 'inert')
    const well = all.filter(({ outcome }) => outcome === 'repaired' || outcome === 'relabelled')
    return share(well.length, all.length)
  }
  const totals = count(planted)
  const falseAlarms = variations.filter(({ outcome }) => outcome !== 'clean').length
  const hidden = results.reduce(
    (sum, result) => ({
      wrong: sum.wrong + result.hidden.wrong,
      refused: sum.refused + result.hidden.wrong - result.hidden.survivors,
      right: sum.right + result.hidden.right,
      accepted: sum.accepted + result.hidden.right - result.hidden.victims,
    }),
    { wrong: 0, refused: 0, right: 0, accepted: 0 },
  )
  return {
    totals: { ...totals, harmless: variations.length, falseAlarms },
    rates: {
      caught: share(totals.repaired + totals.relabelled + totals.rejected, totals.plants - totals.inert),
      heals1: healed('heals-1'),
      heals2: healed('heals-2'),
      falseAlarms: variations.length === 0 ? 0 : falseAlarms / variations.length,
    },
    classes: defectClasses.map(({ id, title }) => ({
      id,
      title,
      ...count(planted.filter(({ plant }) => plant === id)),
    })),
    hidden,
    escapes: results.filter(({ outcome }) => ['escaped', 'hang', 'crash', 'false-alarm'].includes(outcome)),
  }
}

function count(of: readonly Result[]): Counts {
  const number = (outcome: Result['outcome']): number => of.filter((result) => result.outcome === outcome).length
  return {
    plants: of.length,
    inert: number('inert'),
    repaired: number('repaired'),
    relabelled: number('relabelled'),
    rejected: number('rejected'),
    escaped: number('escaped'),
    hang: number('hang'),
    crash: number('crash'),
  }
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

function lineOf(
  { plant, behaviour, base, outcome, gates, calls, remarks, ms }: Result,
  at: number,
  of: number,
): string {
  const isBad = outcome === 'escaped' || outcome === 'hang' || outcome === 'crash' || outcome === 'false-alarm'
  const note = isBad ? `  ${remarks.join(' | ').slice(0, 200)}` : ''
  return `${isBad ? '✗' : '✓'} ${`${at}/${of}`.padStart(9)} ${plant.padEnd(24)} ${behaviour.padEnd(9)} ${base.padEnd(24)} ${outcome.padEnd(11)} ${String(calls).padStart(3)} calls ${String(ms).padStart(6)} ms ${gates.join(' ')}${note}`
}

function tableOf({ totals, classes, rates, hidden, escapes }: Summary): string {
  const columns = ['plants', 'inert', 'repaired', 'relabelled', 'rejected', 'escaped', 'hang', 'crash'] as const
  const row = (name: string, counts: Counts): string =>
    `| ${name} | ${columns.map((column) => counts[column]).join(' | ')} |`
  return [
    '',
    `| class | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---:').join('|')}|`,
    ...classes.filter(({ plants }) => plants > 0).map((one) => row(`${one.id}: ${one.title}`, one)),
    row('**all**', totals),
    '',
    `caught ${percent(rates.caught)} · repaired of heals-1 ${percent(rates.heals1)} · of heals-2 ${percent(rates.heals2)} · false alarms ${totals.falseAlarms} of ${totals.harmless}`,
    `hidden programs: ${hidden.refused} of ${hidden.wrong} wrong ones refused, ${hidden.accepted} of ${hidden.right} right ones accepted`,
    ...escapes.map((result) => `✗ ${keyOf(result)}: ${result.outcome}: ${result.remarks.join(' | ').slice(0, 400)}`),
  ].join('\n')
}
