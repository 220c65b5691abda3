// Runs blueprints of the scripted author through the whole pipeline, in both languages.
import { blueprints, createAuthorOf } from '../../mock/gemini/author/index.ts'
import { topicName, difficultyName, type Locale } from '../../src/contract/topics.ts'
import type { Verification } from '../../src/contract/verification.ts'
import type { Publication } from '../../src/generation/publication.ts'
import { writers } from '../../src/generation/stages.ts'
import { remakeInputs } from '../../src/generation/suite/remake.ts'
import type { Executor } from '../../src/ports.ts'
import { runScenario } from './pipeline.ts'

export type Blueprint = (typeof blueprints)[number]

/** Every blueprint with every difficulty it has. */
export const allBlueprints: readonly Blueprint[] = blueprints

export interface MatrixResult {
  readonly id: string
  readonly level: string
  readonly locale: Locale
  readonly seed: number
  readonly ms: number
  /** Empty when every gate passed at once, and every test can be made again. */
  readonly trouble: string
  /** What it took; undefined when nothing was published. */
  readonly effort: Effort | undefined
}

interface Effort {
  readonly calls: number
  /** Calls of one round are made side by side. */
  readonly rounds: number
  /** CPU time of everything that was executed. */
  readonly cpuMs: number
}

/** One blueprint, level, language and seed. Trouble is any gate that failed, even when a repair mended it. */
export async function runBlueprint(
  blueprint: Blueprint,
  level: Blueprint['levels'][number],
  locale: Locale,
  seed: number,
  executor: Executor,
): Promise<MatrixResult> {
  const startedAt = performance.now()
  const topic = blueprint.topics[seed % blueprint.topics.length] ?? blueprint.topics[0]
  if (topic === undefined) throw new Error(`${blueprint.id} has no topic`)
  const request = {
    topic,
    level,
    locale,
    algorithmType: topicName(topic, locale),
    difficulty: difficultyName(level, locale),
  }
  const { end, events } = await runScenario({ author: createAuthorOf(blueprint.id, seed), request, executor })
  const failures = events.flatMap((event) =>
    event.type === 'gate' && event.outcome === 'failed' ? [`${event.gate}: ${event.evidence}`] : [],
  )
  const publication = end.ok ? end.publication : undefined
  const troubles = [
    ...failures,
    ...(end.ok ? [] : [`${end.code}: ${end.evidence.at(-1) ?? ''}`]),
    ...(publication === undefined ? [] : await notMadeAgain(publication, executor)),
  ]
  return {
    id: blueprint.id,
    level,
    locale,
    seed,
    ms: Math.round(performance.now() - startedAt),
    trouble: troubles.join('; '),
    effort: publication === undefined ? undefined : effortOf(publication.document.verification),
  }
}

function effortOf({ calls, totals }: Verification): Effort {
  const rounds = new Set(
    calls.map(({ artefact, attempt }) => `${writers.find((writer) => writer.artefact === artefact)?.step} ${attempt}`),
  )
  return { calls: calls.length, rounds: rounds.size, cpuMs: totals.cpuMs }
}

/** The tests that come out otherwise when they are made from their stored origins, under another hash seed. */
async function notMadeAgain({ document, tests }: Publication, executor: Executor): Promise<string[]> {
  const recipe = {
    spec: document.input_spec,
    generator: { language: 'python' as const, code: document.test_generator_code },
    origins: document.test_origins,
  }
  const made = await remakeInputs(recipe, executor, AbortSignal.timeout(60_000))
  return tests.flatMap(({ input }, index) => (made[index] === input ? [] : [`test ${index + 1} was not made again`]))
}
