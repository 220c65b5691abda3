// `npm run bench -- kills`: the owner of a run is killed after each of its events in turn, inside each of its appends, and stopped
// for longer than its lease; another process goes on each time. Every list has to be the one of the unbroken run. Before that
// twenty processes race for one lease.
import { parseArgs } from 'node:util'
import type { Author } from '../mock/gemini/job.ts'
import { type Blow, type BlowResult, startKillHarness } from '../test/support/kill-harness.ts'
import { raceForLease } from '../test/support/lease-race.ts'
import { openTestTable } from '../test/support/table.ts'
import { onceMistaken, tinyAuthor } from '../test/support/tiny-author.ts'

const authors: Readonly<Record<string, Author>> = { clean: tinyAuthor, repaired: onceMistaken }

/** Runs the benchmark with the words after its name; returns the exit code: 0 when nothing was lost, repeated or contradicted. */
export async function kills(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      run: { type: 'string' },
      shard: { type: 'string', default: '1/1' },
      lanes: { type: 'string', default: '6' },
      json: { type: 'boolean', default: false },
    },
  })
  const [, part, parts] = (/^(\d+)\/(\d+)$/.exec(values.shard) ?? []).map(Number)
  const lanes = Number(values.lanes)
  const names = values.run === undefined ? Object.keys(authors) : [values.run]
  if (
    part === undefined ||
    parts === undefined ||
    part < 1 ||
    part > parts ||
    !(Number.isInteger(lanes) && lanes > 0) ||
    names.some((name) => !(name in authors))
  ) {
    console.error('kills [--run clean|repaired] [--shard i/n] [--lanes 6] [--json]')
    return 2
  }
  const totals = { blows: 0, tooLate: 0, violations: 0, ...(await race()) }
  const byKind: Record<string, number> = {}
  for (const name of names) {
    const author = authors[name]
    if (author === undefined) continue
    for (const result of await campaign(name, author, { part, parts }, lanes, values.json)) {
      totals.blows += 1
      totals.tooLate += result.wasOver ? 1 : 0
      totals.violations += result.violations.length
      byKind[result.blow.kind] = (byKind[result.blow.kind] ?? 0) + (result.wasOver ? 0 : 1)
    }
  }
  console.log(values.json ? JSON.stringify({ totals, byKind }) : `\n${JSON.stringify(byKind)}`)
  if (!values.json) {
    console.log(
      `${totals.blows - totals.tooLate} runs hit (${totals.tooLate} were over before), ${totals.violations} violations; ` +
        `${totals.wonByOne} of ${totals.races} races of 20 processes for a lease won by one`,
    )
  }
  return totals.violations === 0 && totals.wonByOne === totals.races ? 0 : 1
}

/** Twenty processes that want one lease, two hundred times. */
async function race(): Promise<{ races: number; wonByOne: number }> {
  const opened = await openTestTable()
  try {
    const winners = await raceForLease(opened, 20, 200)
    return { races: winners.length, wonByOne: winners.filter((count) => count === 1).length }
  } finally {
    await opened.close()
  }
}

async function campaign(
  name: string,
  author: Author,
  { part, parts }: { readonly part: number; readonly parts: number },
  lanes: number,
  isQuiet: boolean,
): Promise<BlowResult[]> {
  const harness = await startKillHarness(author)
  const { events, appends } = harness.whole
  if (!isQuiet) console.log(`${name}: ${events} events in ${appends} appends`)
  const blows = blowsOf(events, appends).filter((_, index) => index % parts === part - 1)
  const results: BlowResult[] = []
  const work = async (): Promise<void> => {
    for (let blow = blows.shift(); blow !== undefined; blow = blows.shift()) {
      const result = await harness.hit(blow)
      results.push(result)
      const outcome = result.wasOver ? 'over before' : (result.violations[0] ?? 'as if nothing had happened')
      if (!isQuiet) console.log(`${name} ${JSON.stringify(blow)} ${Math.round(result.ms / 1_000)} s: ${outcome}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, work))
  } finally {
    await harness.close()
  }
  return results
}

/** 1, 2, 3 … `most`. */
function upTo(most: number): number[] {
  return Array.from({ length: most }, (_, index) => index + 1)
}

/** Every position of a run; freezing costs the most time, and one in eight shows it. */
function blowsOf(events: number, appends: number): Blow[] {
  return [
    ...upTo(events).map((afterEvents): Blow => ({ kind: 'killed', afterEvents })),
    ...upTo(appends).flatMap((append): Blow[] => [
      { kind: 'killed-before-append', append },
      { kind: 'killed-after-append', append },
    ]),
    ...upTo(events)
      .filter((afterEvents) => afterEvents % 8 === 0)
      .map((afterEvents): Blow => ({ kind: 'frozen', afterEvents })),
  ]
}
