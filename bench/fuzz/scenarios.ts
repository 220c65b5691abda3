// Scenario files by chance: from a seed and a number what a model answers in one run, and what its caller asks for.
import { type Entry, parseScenario, type Scenario } from '../../mock/gemini/scenario.ts'
import type { Artefact } from '../../src/contract/verification.ts'
import { tinyReplies } from '../../test/support/tiny-author.ts'
import { type Random, seeded } from '../defects/oracle/random.ts'
import { textOf, withValue } from './raw-json.ts'
import { spoil } from './spoiling.ts'
import { injection, strangeText, streamBreaker } from './strange-values.ts'

/** One run as it is to happen. The same seed and number make the same one, whatever else is asked for. */
export interface FuzzScenario {
  readonly number: number
  readonly scenario: Scenario
  /** Body of `POST /generate`. */
  readonly request: Readonly<Record<string, string>>
  /** Kinds of spoiling that come in it. */
  readonly kinds: readonly string[]
  /** For people: what was done to which reply. */
  readonly what: readonly string[]
}

const artefacts = [
  'blueprint',
  'reference',
  'brute-force',
  'generator',
  'wrong-solutions',
  'statement',
  'solver',
] as const satisfies readonly Artefact[]

/** The scenario of that number. */
export function fuzzScenario(seed: number, number: number): FuzzScenario {
  const random = seeded(`fuzz ${seed} ${number}`)
  const kinds = new Set<string>()
  const what: string[] = []
  const lists = new Map<Artefact, Entry[]>()
  // A problem with a checker now and then: only such a one asks for that program.
  const hasChecker = random.integer(1, 10) === 1
  for (const artefact of spoiledArtefacts(random, hasChecker)) {
    const entries: Entry[] = []
    // The blueprint of a problem with a checker has to come through in the end, else nobody is asked for the checker.
    const repeats = random.integer(1, 10) <= 3 && !(hasChecker && artefact === 'blueprint')
    for (let left = repeats ? 1 : random.pick([1, 1, 1, 2, 3]); left > 0; left -= 1) {
      const spoiled = spoil(artefact, random)
      kinds.add(spoiled.kind)
      what.push(`${artefact}: ${spoiled.what}${repeats ? ', every time' : ''}`)
      entries.push(repeats ? { ...spoiled.entry, repeat: true } : spoiled.entry)
    }
    lists.set(artefact, entries)
  }
  if (hasChecker) {
    const text = textOf(withValue(tinyReplies.blueprint, ['comparison'], 'checker'))
    lists.set('blueprint', [...(lists.get('blueprint') ?? []), { text, repeat: true }])
  }
  return {
    number,
    // As a file would be read: what the stand-in would refuse is refused here.
    scenario: parseScenario(JSON.stringify(Object.fromEntries(lists))),
    request: requestOf(random, kinds, what),
    kinds: [...kinds],
    what,
  }
}

function spoiledArtefacts(random: Random, hasChecker: boolean): Artefact[] {
  const all: Artefact[] = [...artefacts, ...(hasChecker ? (['checker', 'checker', 'checker'] as const) : [])]
  const count = random.pick([1, 1, 1, 1, 1, 1, 2, 2, 3, all.length])
  const chosen = new Set<Artefact>()
  for (const place of random.permutation(all.length)) {
    const artefact = all[place - 1]
    if (artefact !== undefined && chosen.size < count) chosen.add(artefact)
  }
  return [...chosen]
}

function requestOf(random: Random, kinds: Set<string>, what: string[]): Record<string, string> {
  const request = { algorithm_type: '그래프', difficulty: '쉬움', locale: random.pick(['ko', 'ko', 'en']) }
  if (random.integer(1, 8) > 1) return request
  kinds.add('wish')
  const prompt = Array.from({ length: random.integer(1, 5) }, () =>
    random.pick([injection, strangeText, streamBreaker])(random),
  ).join('\n')
  what.push(`wish: ${JSON.stringify(prompt.slice(0, 60))}`)
  // A file of the table is UTF-8, and so is a request's body: halves of pairs do not get this far. Nor do blanks alone.
  return { ...request, prompt: `${prompt.toWellFormed().slice(0, 1_999).toWellFormed()}.` }
}
