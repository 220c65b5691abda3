// Inputs of the oracle's own for one base problem and its bounds, with the answers of the truth.
import path from 'node:path'
import { bases, type BaseId } from '../bases/index.ts'
import type { Shape } from './base.ts'
import type { Bounds } from './bounds.ts'
import { programsOf } from './hidden.ts'
import { InputReader } from './input-reader.ts'
import { seeded } from './random.ts'
import { runProgram, stored, type Limits, type Text } from './runner.ts'

export interface OwnInputs {
  readonly inputs: readonly Text[]
  readonly answers: readonly Text[]
  /** Where the inputs of the maximum size begin. */
  readonly maximumFrom: number
}

/** Tiny ones first; those of the maximum size last. */
const counts: readonly (readonly [Shape, number])[] = [
  ['tiny', 70],
  ['small', 70],
  ['middle', 50],
  ['large', 6],
  ['maximum', 4],
]

const generous: Limits = { timeMs: 20_000, memoryBytes: 1024 * 1024 * 1024 }

const answered = new Map<string, Promise<Text[]>>()

/** Answers of the truth, found once. */
export function answersTo(id: BaseId, inputs: readonly Text[]): Promise<Text[]> {
  const key = [id, ...inputs.map(({ file }) => path.basename(file))].join()
  const answers = answered.get(key) ?? answer(id, inputs)
  answered.set(key, answers)
  return answers
}

/** A failing truth is a bug of ours. */
async function answer(id: BaseId, inputs: readonly Text[]): Promise<Text[]> {
  const runs = await runProgram(programsOf(id).truth, inputs, { limits: generous, keep: true })
  const failed = runs.find(({ outcome }) => outcome !== 'ok')
  if (failed !== undefined || runs.length < inputs.length) {
    throw new Error(`the truth of ${id} failed (${failed?.outcome}) on an input`)
  }
  return Promise.all(runs.map(({ output }) => stored(output)))
}

const made = new Map<string, Promise<OwnInputs>>()

/** About 200 legal inputs; the same for the same bounds and seed. Throws `BoundsError` where the bounds are no use. */
export function ownInputs(id: BaseId, bounds: Bounds, seed = 'own'): Promise<OwnInputs> {
  const key = JSON.stringify([id, seed, [...bounds.ranges], [...bounds.alphabets]])
  const known = made.get(key)
  if (known !== undefined) return known
  const making = make(id, bounds, seed)
  made.set(key, making)
  return making
}

async function make(id: BaseId, bounds: Bounds, seed: string): Promise<OwnInputs> {
  const base = bases[id]
  const texts = counts.flatMap(([shape, count]) =>
    Array.from({ length: count }, (_, index) => {
      const text = base.make(bounds, shape, seeded(`${seed} ${id} ${shape} ${index}`))
      base.read(new InputReader(text, bounds))
      return text
    }),
  )
  const inputs = await Promise.all(texts.map(stored))
  const maximum = counts.find(([shape]) => shape === 'maximum')?.[1] ?? 0
  return { inputs, answers: await answersTo(id, inputs), maximumFrom: inputs.length - maximum }
}
