// Which input shows that a mutant is not the reference although no test does, and what kept that input out of the tests.
import type { MutantRecord } from '../../contract/verification.ts'
import { originText } from './remake.ts'
import type { Candidate } from './pool.ts'

/** An input, by its place in the pool, on which a mutant behaves otherwise. */
export interface Kill {
  readonly at: number
  /** It is only too slow there. */
  readonly isLate: boolean
}

/**
 * The best of the kills: another answer rather than time, then the shortest input. Undefined when none is in the pool.
 * @param wanted places that the suite was to have before it was cut down to its bytes
 */
export function witnessOf(
  kills: readonly Kill[],
  pool: readonly Candidate[],
  wanted: readonly number[],
): MutantRecord['witness'] {
  const [best] = kills
    .flatMap(({ at, isLate }) => (pool[at] === undefined ? [] : [{ at, isLate, ...pool[at] }]))
    .toSorted((a, b) => Number(a.isLate) - Number(b.isLate) || a.input.length - b.input.length)
  if (best === undefined) return undefined
  return {
    made: originText(best.origin),
    bytes: Buffer.byteLength(best.input),
    differs: best.isLate ? 'time' : 'answer',
    leftOut: wanted.includes(best.at) ? 'bytes' : 'count',
  }
}
