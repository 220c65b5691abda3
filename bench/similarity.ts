// Finding near copies: what a signature costs against hashing the text once, and what is missed or wrongly found among the
// scripted author's problems, with planted rewordings and with the programs really run.
import { createHash } from 'node:crypto'
import { createLocalExecutor } from '../src/adapters/local-executor.ts'
import { createLog } from '../src/adapters/log.ts'
import type { ExecutionBatch } from '../src/contract/execution.ts'
import type { InputSpec } from '../src/contract/input-spec.ts'
import type { Difficulty, Locale } from '../src/contract/topics.ts'
import { replySchemas, toInputSpec } from '../src/generation/replies.ts'
import {
  bands,
  behaviourInputs,
  behaviourKey,
  nearCopyThreshold,
  resemblance,
  type Signature,
  statementSignature,
} from '../src/generation/similarity.ts'
import type { Executor } from '../src/ports.ts'
import { blueprints, createAuthorOf } from '../mock/gemini/author/index.ts'
import { createRandom, type Random } from '../mock/gemini/author/story.ts'
import { cpuMs, median, type Figure } from './measure.ts'

const locales: readonly Locale[] = ['ko', 'en']
const seeds = [1, 2, 3, 4]
const rounds = 5
const limits = { cpuMs: 2_000, wallMs: 10_000, memoryBytes: 268_435_456, outputBytes: 65_536 }

interface Subject {
  readonly blueprint: string
  readonly level: Difficulty
  readonly title: string
  readonly text: string
  readonly spec: InputSpec
  readonly signature: Signature
  readonly programs: readonly string[]
  /** Whether another program may print another right answer. */
  readonly open: boolean
}

export async function similarity(): Promise<Figure[]> {
  const subjects = new Map(locales.map((locale) => [locale, subjectsIn(locale)]))
  const texts = [...subjects.values()].flat().map(({ text }) => text)
  return [
    ...(await cost(texts)),
    ...[...subjects].flatMap(([locale, all]) => statements(locale, all)),
    ...(await behaviour(subjects.get('ko') ?? [])),
  ]
}

/** All tasks of the scripted author, each with several scenes and bounds. */
function subjectsIn(locale: Locale): Subject[] {
  const asked = blueprints.flatMap(({ id, levels }) =>
    levels.flatMap((level) => seeds.map((seed) => ({ id, level, seed }))),
  )
  return asked.map(({ id, level, seed }) => {
    const author = createAuthorOf(id, seed)
    const job = { attempt: 1, locale } as const
    const reply = replySchemas.blueprint().parse(author({ job: { ...job, artefact: 'blueprint' }, request: { level } }))
    const programs = (['reference', 'brute-force'] as const).map((artefact) =>
      String(author({ job: { ...job, artefact }, slug: reply.slug })['code']),
    )
    const text = reply.task
    const signature = statementSignature(text)
    const open = reply.comparison === 'checker'
    const spec = toInputSpec(reply.input)
    return { blueprint: id, level, title: reply.title, text, spec, signature, programs, open }
  })
}

async function cost(texts: readonly string[]): Promise<Figure[]> {
  const times: { ours: number; floor: number }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const floor = await cpuMs(async () => {
      for (const text of texts) createHash('sha256').update(text).digest()
    })
    const ours = await cpuMs(async () => {
      for (const text of texts) bands(statementSignature(text))
    })
    // The first round warms the code.
    if (round > 0) times.push({ ours, floor })
  }
  const ratio = median(times.map(({ ours, floor }) => ours / floor))
  const each = (1_000 * median(times.map(({ ours }) => ours))) / texts.length
  return [
    {
      name: 'CPU of a signature and its bands against SHA-256 of the text',
      value: `${ratio.toFixed(0)} ×`,
      target: '≤ 150 ×',
      met: ratio <= 150,
    },
    { name: '  for each statement', value: `${each.toFixed(0)} µs` },
  ]
}

function statements(locale: Locale, all: readonly Subject[]): Figure[] {
  const random = createRandom(`rewordings ${locale}`)
  const pairs = all.flatMap((one, index) => all.slice(index + 1).map((other): [Subject, Subject] => [one, other]))
  const foreign = pairs.filter(([one, other]) => one.blueprint !== other.blueprint)
  const related = pairs.filter(([one, other]) => one.blueprint === other.blueprint)
  const levels = related.filter(([one, other]) => one.level !== other.level)
  const scenes = related.filter(([one, other]) => one.level === other.level && one.title !== other.title)
  const found = (copies: readonly [Subject, Subject][]): number =>
    share(copies, ([one, other]) => isFound(one.signature, other.signature))
  const reworded = (wordsOf: (subject: Subject) => readonly string[]) => (subject: Subject) =>
    isFound(subject.signature, statementSignature(reword(subject.text, wordsOf(subject), locale, random)))
  const anyWords = share(
    all,
    reworded(({ text }) => random.shuffle(stemsOf(text, locale)).slice(0, 3)),
  )
  const named = all.filter((subject) => namesOf(subject, all, locale).length > 0)
  const names = share(
    named,
    reworded((subject) => namesOf(subject, all, locale)),
  )
  const largest = Math.max(...foreign.map(([one, other]) => resemblance(one.signature, other.signature)))
  const read = share(foreign, ([one, other]) => meet(one.signature, other.signature))
  return [
    figure(`${locale}: greatest resemblance of different problems, ${foreign.length} pairs`, largest, 'at most', 0.4),
    figure(`${locale}: different problems that share a band and are read`, read, 'at most', 0.001),
    figure(`${locale}: found with all names, numbers and the order changed, ${named.length}`, names, 'at least', 0.95),
    figure(`${locale}: the same with three of any words instead of names`, anyWords, 'at least', 0.95),
    figure(`${locale}: same task in another scene found, ${scenes.length} pairs`, found(scenes), 'at least', 0.95),
    figure(
      `${locale}: another task in the same scene taken for a copy, ${levels.length} pairs`,
      found(levels),
      'at most',
      0.03,
    ),
  ]
}

function isFound(one: Signature, other: Signature): boolean {
  return meet(one, other) && resemblance(one, other) >= nearCopyThreshold
}

function meet(one: Signature, other: Signature): boolean {
  const keys = bands(other)
  return bands(one).some((band, index) => band === keys[index])
}

const newWords: Readonly<Record<Locale, readonly string[]>> = {
  ko: ['창고', '풍차', '도서관', '항구', '화분', '나침반', '연못', '사다리'],
  en: ['warehouse', 'windmill', 'library', 'harbour', 'planter', 'compass', 'pond', 'ladder'],
}

/** Words that may be replaced; the first two syllables of Korean ones. */
function stemsOf(text: string, locale: Locale): string[] {
  return [...new Set(text.match(locale === 'ko' ? /(?<!\p{L})[가-힣]{2}/gu : /\b[A-Za-z]{4,}\b/g))]
}

/** What no other scene of the same task says: independent of how signatures recognise names. */
function namesOf(subject: Subject, all: readonly Subject[], locale: Locale): string[] {
  const others = all.filter(
    ({ blueprint, level, title }) =>
      blueprint === subject.blueprint && level === subject.level && title !== subject.title,
  )
  return others.length === 0
    ? []
    : stemsOf(subject.text, locale).filter((word) => others.every(({ text }) => !text.includes(word)))
}

/** The words wherever they stand; all numbers; the order of the sentences. */
function reword(text: string, words: readonly string[], locale: Locale, random: Random): string {
  const fresh = random.shuffle(newWords[locale])
  const renamed = words.reduce(
    (changed, word, index) => changed.replaceAll(word, fresh[index % fresh.length] ?? word),
    text,
  )
  const renumbered = renamed.replaceAll(/\d+/g, () => String(random.integer(1, 1_000_000)))
  return random.shuffle(renumbered.split(/(?<=[.?!])\s+/)).join(' ')
}

/** Keys of each problem's reference and brute force. */
async function behaviour(all: readonly Subject[]): Promise<Figure[]> {
  const executor = createLocalExecutor({
    log: createLog({ service: 'bench', stage: 'local' }),
    searchPath: process.env['PATH'],
  })
  const tasks = [...Map.groupBy(all, ({ blueprint, level }) => `${blueprint} ${level}`).values()]
  const keys = new Map<string, Set<number>>()
  let silent = 0
  const torn = { open: 0, closed: 0 }
  for (const [task, variants] of tasks.entries()) {
    const found = new Set<string | undefined>()
    // Two seeds: other bounds, names and scenes.
    for (const { spec, programs } of variants.slice(0, 2)) {
      for (const source of programs)
        found.add(behaviourKey(spec, await outputs(executor, source, behaviourInputs(spec))))
    }
    if (found.size > 1) torn[variants.some(({ open }) => open) ? 'open' : 'closed'] += 1
    if (found.has(undefined)) silent += 1
    for (const key of found) if (key !== undefined) keys.set(key, (keys.get(key) ?? new Set<number>()).add(task))
  }
  const shared = [...keys.values()].filter((owners) => owners.size > 1).length
  return [
    figure(`behaviour: tasks of one right answer with several keys, of ${tasks.length}`, torn.closed, 'at most', 0),
    { name: '  tasks with a checker with several keys, whose copies are missed', value: String(torn.open) },
    figure('behaviour: keys that different tasks share', shared, 'at most', 0),
    figure('behaviour: share of tasks whose answers say enough for a key', 1 - silent / tasks.length, 'at least', 0.8),
  ]
}

async function outputs(executor: Executor, source: string, inputs: readonly string[]): Promise<(string | undefined)[]> {
  const batch = {
    version: 1,
    program: { language: 'python', files: [{ name: 'main.py', text: source }] },
    tests: inputs.map((input) => ({ input })),
    limits,
    hashSeed: 0,
  } as const satisfies ExecutionBatch
  const { results } = await executor.run(batch, new AbortController().signal)
  return results.map(({ exitCode, stdout }) => (exitCode === 0 ? stdout : undefined))
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length
}

function figure(name: string, value: number, side: 'at most' | 'at least', limit: number): Figure {
  const met = side === 'at most' ? value <= limit : value >= limit
  return { name, value: Number.isInteger(value) ? String(value) : value.toFixed(3), target: `${side} ${limit}`, met }
}
