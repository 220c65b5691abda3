// Problems of ours for tests of packages, made by the real pipeline once.
import { blueprints, createAuthorOf } from '../../mock/gemini/author/index.ts'
import { difficultyName, topicName } from '../../src/contract/topics.ts'
import { type PackageSource, packageSourceSchema } from '../../src/packages/source.ts'
import type { Executor } from '../../src/ports.ts'
import { runScenario } from '../support/pipeline.ts'
import { tinyReplies } from '../support/tiny-author.ts'

/** A problem as its JSON file has it. */
async function problemOf(options: Parameters<typeof runScenario>[0]): Promise<string> {
  const { end } = await runScenario(options)
  if (!end.ok) throw new Error(end.evidence.join('\n'))
  return end.publication.bytes
}

/** The tiny problem with programs of further roles: two wrong ones, and a second solution in C++. */
export async function tinyProblem(executor: Executor): Promise<string> {
  const json: unknown = JSON.parse(await problemOf({ executor }))
  const source = packageSourceSchema.parse(json)
  const programs = [
    ...source.programs,
    ...tinyReplies['wrong-solutions'].solutions.map(({ language, code }) => ({
      role: 'wrong',
      language,
      source: code,
    })),
    { role: 'solver', language: tinyReplies.solver.language, source: tinyReplies.solver.code },
  ]
  return JSON.stringify({ ...source, programs } satisfies PackageSource)
}

/** A problem of the scripted author, in English. */
export function scriptedProblem(id: string, executor: Executor): Promise<string> {
  const blueprint = blueprints.find((each) => each.id === id)
  const [topic] = blueprint?.topics ?? []
  const [level] = blueprint?.levels ?? []
  if (topic === undefined || level === undefined) throw new Error(`no blueprint "${id}"`)
  const words = { algorithmType: topicName(topic, 'en'), difficulty: difficultyName(level, 'en') }
  return problemOf({ author: createAuthorOf(id, 5), request: { topic, level, locale: 'en', ...words }, executor })
}
