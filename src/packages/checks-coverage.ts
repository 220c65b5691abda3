// Checks of what the tests cover: every bound of the input is reached, and no single answer passes nearly all of them.
import type { InputSpec } from '../contract/input-spec.ts'
import type { TokenPlace } from '../generation/spec/places.ts'
import { validate } from '../generation/spec/validator.ts'
import { type Finding, finding } from './findings.ts'
import type { Subject } from './subject.ts'

/** Fewer tests are no statistic. */
const fewestForShare = 10
const dominatingShare = 0.8

/** Checks the secret tests' answers and, where the input's spec is known, its bounds. */
export function checkCoverage({ arena, places, spec }: Subject): Finding[] {
  const secret = arena.tests.filter((_test, index) => places[index]?.isSample === false)
  const counts = new Map<string, number>()
  for (const { answer } of secret) counts.set(answer.trim(), (counts.get(answer.trim()) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  const share = secret.length === 0 ? 0 : most / secret.length
  const inputs = arena.tests.map(({ input }) => input)
  const bounds = spec === undefined ? [] : unreached(spec, inputs)
  if (secret.length > 1 && counts.size === 1) return [finding('answers-all-same', 'data/secret'), ...bounds]
  if (secret.length < fewestForShare || share < dominatingShare) return bounds
  return [finding('answer-dominates', 'data/secret', { percent: Math.round(share * 100) }), ...bounds]
}

/** What is known of a variable. */
interface Reach {
  isLowReached: boolean
  isHighReached: boolean
  low: bigint
  high: bigint
}

/** One finding for each end of a variable's range that no input comes to; of ranges that change, the widest is meant. */
function unreached(spec: InputSpec, inputs: readonly string[]): Finding[] {
  const reaches = new Map<string, Reach>()
  for (const input of inputs) {
    const lines = input.split('\n')
    validate(spec, input, (place) => {
      const [low, high] = rangeOf(place)
      const reach = reaches.get(place.variable) ?? { isLowReached: false, isHighReached: false, low, high }
      const value = valueAt(place, lines[place.line] ?? '')
      reach.isLowReached ||= value === low
      reach.isHighReached ||= value === high
      if (low < reach.low) reach.low = low
      if (high > reach.high) reach.high = high
      reaches.set(place.variable, reach)
    })
  }
  return [...reaches].flatMap(([variable, { isLowReached, isHighReached, low, high }]) => [
    ...(isLowReached ? [] : [finding('bound-unreached', 'data', { variable, side: 'min', bound: String(low) })]),
    ...(isHighReached ? [] : [finding('bound-unreached', 'data', { variable, side: 'max', bound: String(high) })]),
  ])
}

function rangeOf({ allowed }: TokenPlace): [low: bigint, high: bigint] {
  if (allowed.type === 'text') return [allowed.minLength, allowed.maxLength]
  return allowed.type === 'tag' ? [0n, 0n] : [allowed.min, allowed.max]
}

/** An integer's value, or a text's length; undefined for what is no integer. */
function valueAt({ allowed, token }: TokenPlace, line: string): bigint | undefined {
  const isWholeLine = allowed.type === 'text' && allowed.alphabet.has(' ')
  const word = isWholeLine ? line : (line.split(' ')[token] ?? '')
  if (allowed.type !== 'integer') return BigInt(Array.from(word).length)
  return /^-?\d+$/.test(word) ? BigInt(word) : undefined
}
