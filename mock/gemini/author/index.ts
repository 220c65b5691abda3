// Plays the model offline: every reply is made from the seed and the slug alone, and all of them are right.
import {
  difficulties,
  parseDifficulty,
  parseTopic,
  topicName,
  type Difficulty,
  type Locale,
  type Topic,
} from '../../../src/contract/topics.ts'
import type { Replies } from '../../../src/generation/replies.ts'
import type { Author, AuthorQuestion } from '../job.ts'
import type { Blueprint, Decoy, Draft, Program } from './draft.ts'
import { armourMatch } from './armour-match.ts'
import { beaconGap } from './beacon-gap.ts'
import { crossingGuards } from './crossing-guards.ts'
import { ferryTickets } from './ferry-tickets.ts'
import { gearPairs } from './gear-pairs.ts'
import { harbourCrews } from './harbour-crews.ts'
import { hillView } from './hill-view.ts'
import { islandBridges } from './island-bridges.ts'
import { kilnOrders } from './kiln-orders.ts'
import { marketSwaps } from './market-swaps.ts'
import { meetingVillage } from './meeting-village.ts'
import { nightFlight } from './night-flight.ts'
import { orchardFence } from './orchard-fence.ts'
import { parcelChute } from './parcel-chute.ts'
import { pebbleDuel } from './pebble-duel.ts'
import { rainLedger } from './rain-ledger.ts'
import { scoreLedger } from './score-ledger.ts'
import { shelfRotation } from './shelf-rotation.ts'
import { shelterWalk } from './shelter-walk.ts'
import { signalNoise } from './signal-noise.ts'
import { sproutingRow } from './sprouting-row.ts'
import { createRandom } from './story.ts'
import { stuckKey } from './stuck-key.ts'
import { terracePath } from './terrace-path.ts'
import { twinScrolls } from './twin-scrolls.ts'
import { warehouseRobot } from './warehouse-robot.ts'
import { workshopOrder } from './workshop-order.ts'

const family: readonly Blueprint[] = [
  armourMatch,
  beaconGap,
  crossingGuards,
  ferryTickets,
  gearPairs,
  harbourCrews,
  hillView,
  islandBridges,
  kilnOrders,
  marketSwaps,
  meetingVillage,
  nightFlight,
  orchardFence,
  parcelChute,
  pebbleDuel,
  rainLedger,
  scoreLedger,
  shelfRotation,
  shelterWalk,
  signalNoise,
  sproutingRow,
  stuckKey,
  terracePath,
  twinScrolls,
  warehouseRobot,
  workshopOrder,
]

/** The problems the author knows, with the topics and levels each of them honestly serves. */
export const blueprints: readonly { id: string; topics: readonly Topic[]; levels: readonly Difficulty[] }[] =
  family.map((blueprint) => ({ id: blueprint.id, topics: blueprint.topics, levels: levelsOf(blueprint) }))

/** An author who answers every request with a problem of that seed, a whole number from 0. */
export function createAuthor(seed: number): Author {
  return (question) => answer(question, seed, family)
}

/** An author who knows a single blueprint; for tests and the matrix command. */
export function createAuthorOf(blueprintId: string, seed: number): Author {
  const only = family.filter(({ id }) => id === blueprintId)
  if (only.length === 0) throw new Error(`the scripted author knows no blueprint "${blueprintId}"`)
  return (question) => answer(question, seed, only)
}

type Request = NonNullable<AuthorQuestion['request']>

function answer(question: AuthorQuestion, seed: number, known: readonly Blueprint[]): Record<string, unknown> {
  const { job, request, slug, problem, finding } = question
  const { artefact, locale } = job
  if (artefact === 'blueprint') {
    // Told that there is such a problem already, the author thinks of another one.
    const isTaken = finding === 'G20'
    return blueprintReply(request ?? {}, isTaken ? seed + otherSeed * (job.attempt - 1) : seed, known, locale)
  }
  const draft = problem === undefined ? draftOf(slug) : draftLike(problem, seed, known, locale)
  return {
    reference: () => programReply(draft.reference, locale),
    'brute-force': () => programReply(draft.bruteForce, locale),
    generator: () => generatorReply(draft, locale),
    'wrong-solutions': () => wrongSolutionsReply(draft, locale),
    checker: () => checkerReply(draft, locale),
    statement: () => statementReply(draft, locale),
    solver: () => solverReply(draft, locale),
  }[artefact]()
}

function blueprintReply(
  request: Request,
  seed: number,
  known: readonly Blueprint[],
  locale: Locale,
): Replies['blueprint'] {
  const { blueprint, level, topic } = choose(request, seed, known)
  const slug = `${blueprint.id}-${level}-s${seed}`
  const draft = draftOf(slug)
  return {
    slug,
    title: draft.title[locale],
    algorithm_type: topic,
    difficulty: level,
    task: draft.task[locale],
    output: draft.output[locale],
    intended_approach: draft.reference.approach[locale],
    intended_complexity: draft.reference.complexity,
    naive_approach: draft.bruteForce.approach[locale],
    naive_complexity: draft.bruteForce.complexity,
    comparison: draft.comparison?.kind ?? 'tokens',
    ...(draft.comparison?.kind === 'float' ? { tolerance: draft.comparison.tolerance } : {}),
    input: [...draft.input],
    samples: [...draft.samples],
    illegal_inputs: draft.illegalInputs.map(({ input, reason }) => ({ input, reason: reason[locale] })),
  }
}

function programReply({ approach, complexity, code }: Program, locale: Locale): Replies['reference'] {
  return { language: 'python', approach: approach[locale], complexity, code }
}

function wrongSolutionsReply({ wrong = [], slow = [] }: Draft, locale: Locale): Replies['wrong-solutions'] {
  const as = (kind: 'wrong' | 'slow') => (decoy: Decoy) => ({
    kind,
    idea: decoy.idea[locale],
    language: 'python' as const,
    code: decoy.code,
  })
  return { solutions: [...wrong.map(as('wrong')), ...slow.map(as('slow'))] }
}

function checkerReply({ comparison }: Draft, locale: Locale): Replies['checker'] {
  if (comparison?.kind !== 'checker') throw new Error('this problem has one right answer and no checker')
  return programReply(comparison.checker, locale)
}

function solverReply({ solver }: Draft, locale: Locale): Replies['solver'] {
  if (solver === undefined) throw new Error('the scripted author wrote no second solution for this problem')
  const { approach, complexity, code, language } = solver
  return { language, approach: approach[locale], complexity, code }
}

function generatorReply({ generator }: Draft, locale: Locale): Replies['generator'] {
  return {
    language: 'python',
    strategies: generator.strategies.map(({ name, kind, description }) => ({
      name,
      kind,
      description: description[locale],
    })),
    code: generator.code,
  }
}

function statementReply(draft: Draft, locale: Locale): Replies['statement'] {
  return {
    title: draft.title[locale],
    description: `${draft.story[locale]}\n\n${draft.task[locale]}`,
    output_format: draft.output[locale],
  }
}

/** What a request asks for; what it leaves open is decided by the words of its wish, then by the seed. */
function choose(
  request: Request,
  seed: number,
  known: readonly Blueprint[],
): { blueprint: Blueprint; level: Difficulty; topic: Topic } {
  const topic = request.topic === undefined ? undefined : parseTopic(request.topic)
  const level = request.level === undefined ? undefined : parseDifficulty(request.level)
  const able = known.filter(
    (blueprint) =>
      (topic === undefined || blueprint.topics.includes(topic)) &&
      (level === undefined || levelsOf(blueprint).includes(level)),
  )
  if (able.length === 0) throw new Error(`no blueprint for topic "${request.topic}" and level "${request.level}"`)
  // A topic in the caller's own words is as good as a wish.
  const wish = `${request.wish ?? ''} ${request.topic ?? ''}`.toLowerCase()
  const wanted = able.filter(({ words }) => words.some((one) => wish.includes(one)))
  const related = able.filter(({ topics }) => topics.some((one) => namesOf(one).some((name) => wish.includes(name))))
  const random = createRandom(`choice:${seed}`)
  const blueprint = random.pick([wanted, related].find((some) => some.length > 0) ?? able)
  return {
    blueprint,
    level: level ?? random.pick(levelsOf(blueprint)),
    topic: topic ?? random.pick(blueprint.topics),
  }
}

function namesOf(topic: Topic): string[] {
  return [topicName(topic, 'ko'), topicName(topic, 'en')].map((name) => name.toLowerCase())
}

function levelsOf({ drafts }: Blueprint): Difficulty[] {
  return difficulties.filter((level) => drafts[level] !== undefined)
}

/** How far the seeds of other problems are from the first one's. */
const otherSeed = 1_000

/** The problem whose statement a solver sees: the one with most words in common, for statements may be damaged. */
function draftLike(
  problem: NonNullable<AuthorQuestion['problem']>,
  seed: number,
  known: readonly Blueprint[],
  locale: Locale,
): Draft {
  const seen = wordsOf(`${problem.title} ${problem.description} ${problem.output_format}`)
  const drafts = [0, 1, 2].flatMap((variation) =>
    known.flatMap((blueprint) =>
      levelsOf(blueprint).map((level) => draftOf(`${blueprint.id}-${level}-s${seed + otherSeed * variation}`)),
    ),
  )
  const common = ({ title, story, task, output }: Draft): number => {
    const words = wordsOf(`${title[locale]} ${story[locale]} ${task[locale]} ${output[locale]}`)
    return [...words].filter((word) => seen.has(word)).length / words.size
  }
  const [likest] = drafts.map((draft) => ({ draft, common: common(draft) })).sort((a, b) => b.common - a.common)
  if (likest === undefined) throw new Error('the scripted author knows no problem')
  return likest.draft
}

function wordsOf(text: string): Set<string> {
  return new Set(text.split(/\s+/))
}

/** The problem that a slug `<blueprint>-<level>-s<seed>` stands for. */
function draftOf(slug: string | undefined): Draft {
  const [, id, levelName] = /^(.+)-([a-z]+)-s\d+$/.exec(slug ?? '') ?? []
  const level = difficulties.find((one) => one === levelName)
  const draft = level && family.find((one) => one.id === id)?.drafts[level]
  if (draft === undefined) throw new Error(`the scripted author never wrote a problem with the slug "${slug}"`)
  return draft(createRandom(String(slug)))
}
