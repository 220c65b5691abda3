// Where each token of an input stands, what was allowed there, and which block it belongs to.
import type { InputSpec, LeafBlock } from '../../contract/input-spec.ts'
import { alphabetOf } from './alphabet.ts'
import { type Observer, readInput } from './reader.ts'

/** Where a token stands and what was allowed there; what near-misses are made from. Lines and columns count from 0. */
export interface TokenPlace {
  readonly variable: string
  readonly line: number
  /** Number of the token in its line. */
  readonly token: number
  readonly allowed:
    | { readonly type: 'integer'; readonly min: bigint; readonly max: bigint }
    /** Bounds times 10^decimals. */
    | { readonly type: 'real'; readonly min: bigint; readonly max: bigint; readonly decimals: number }
    | {
        readonly type: 'text'
        readonly minLength: bigint
        readonly maxLength: bigint
        readonly alphabet: ReadonlySet<string>
      }
    | { readonly type: 'tag' }
}

/** One occurrence of a block in an input; a block inside `cases` has one for every case. */
export interface Occurrence {
  readonly block: LeafBlock
  /** Its first line, from 0. */
  readonly line: number
  readonly places: TokenPlace[]
}

/** The tokens of a legal input by the blocks they belong to, in reading order. Tokens in front of all blocks are those of `cases`. */
export function occurrencesIn(spec: InputSpec, input: string): Occurrence[] {
  const occurrences: Occurrence[] = []
  const observer = placeObserver((place) => occurrences.at(-1)?.places.push(place))
  readInput(spec, input, { ...observer, block: (block, { line }) => occurrences.push({ block, line, places: [] }) })
  return occurrences
}

/** An observer that tells the place of every token. */
export function placeObserver(onToken: (place: TokenPlace) => void): Partial<Observer> {
  return {
    number: (variable, _, least, greatest, decimals, { line, token }) => {
      const [min, max] = [BigInt(least), BigInt(greatest)]
      const allowed =
        decimals === 0 ? ({ type: 'integer', min, max } as const) : { type: 'real' as const, min, max, decimals }
      onToken({ variable, line, token, allowed })
    },
    text: (variable, _, min, max, notation, { line, token }) => {
      const alphabet = alphabetOf(notation)
      const allowed = { type: 'text', minLength: BigInt(min), maxLength: BigInt(max), alphabet } as const
      onToken({ variable, line, token, allowed })
    },
    tag: (variable, _, { line, token }) => onToken({ variable, line, token, allowed: { type: 'tag' } }),
  }
}
