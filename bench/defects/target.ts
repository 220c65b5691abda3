// A base problem as a model writes it when nothing is planted: the clean replies, and what may be asked for.
import { blueprints, createAuthorOf } from '../../mock/gemini/author/index.ts'
import type { AuthorQuestion } from '../../mock/gemini/job.ts'
import type { Difficulty, Locale, Topic } from '../../src/contract/topics.ts'
import { parseDifficulty } from '../../src/contract/topics.ts'
import type { Artefact } from '../../src/contract/verification.ts'
import type { Replies } from '../../src/generation/replies.ts'

/** One base problem with one seed. */
export interface Target {
  /** `<blueprint>-<level>` */
  readonly base: string
  readonly blueprint: string
  /** What is asked for; one of the topics that the blueprint has. */
  readonly topic: Topic
  readonly level: Difficulty
  readonly seed: number
  readonly locale: Locale
  /** The reply without a defect. */
  clean<A extends Exclude<Artefact, 'checker'>>(artefact: A): Replies[A]
}

/** The target for a base's id. */
export function targetOf(base: string, seed: number, locale: Locale): Target {
  const [, blueprint = '', word = ''] = /^(.+)-([a-z]+)$/.exec(base) ?? []
  const level = parseDifficulty(word)
  if (level === undefined) throw new Error(`"${base}" names no difficulty`)
  const topic = blueprints.find(({ id }) => id === blueprint)?.topics[0]
  if (topic === undefined) throw new Error(`there is no blueprint ${blueprint}`)
  const author = createAuthorOf(blueprint, seed)
  const known = new Map<string, Record<string, unknown>>()
  const ask = (artefact: Artefact, rest: Omit<AuthorQuestion, 'job'>): Record<string, unknown> => {
    const reply = known.get(artefact) ?? author({ job: { artefact, attempt: 1, locale }, ...rest })
    known.set(artefact, reply)
    return reply
  }
  return {
    base,
    blueprint,
    topic,
    level,
    seed,
    locale,
    clean<A extends Exclude<Artefact, 'checker'>>(artefact: A): Replies[A] {
      const slug = String(ask('blueprint', { request: { topic, level } })['slug'])
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the author's replies are the schema's, which its own test shows
      return structuredClone(ask(artefact, { request: { topic, level }, slug })) as Replies[A]
    },
  }
}
