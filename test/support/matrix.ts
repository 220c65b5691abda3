// Runs blueprints of the scripted author through the whole pipeline, in both languages.
import { blueprints, createAuthorOf } from '../../mock/gemini/author/index.ts'
import { topicName, difficultyName, type Locale } from '../../src/contract/topics.ts'
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
  /** Empty when every gate passed at once. */
  readonly trouble: string
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
  const trouble = [...failures, ...(end.ok ? [] : [`${end.code}: ${end.evidence.at(-1) ?? ''}`])].join('; ')
  return { id: blueprint.id, level, locale, seed, ms: Math.round(performance.now() - startedAt), trouble }
}
