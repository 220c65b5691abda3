// Two problems are alike when their statements share most of their wording, or when their programs answer the same inputs
// in the same way. Pure: the index is a port, the programs are run by the caller. Figures: docs/decisions/0006.
import { createHash } from 'node:crypto'
import type { InputSpec } from '../contract/input-spec.ts'
import { SpecError } from './spec/expression.ts'
import { sampleSmall } from './spec/sampler.ts'
import { shapeOf } from './spec/shape.ts'

/** Statements whose estimated resemblance reaches this are near copies. */
export const nearCopyThreshold = 0.7

/** 128 minima of 32 bits, little-endian: 512 bytes. */
export type Signature = Uint8Array

/**
 * Stands in every key of the index. Whatever changes keys or signatures (folding, shingles, hashes, bands) takes the
 * next number, so that old entries are no longer found rather than compared wrongly.
 */
const scheme = 1

const minima = 128
const bandCount = 21
const rowsPerBand = 6
const bytesPerMinimum = 4
/** What a minimum is while there is no shingle. */
const none = 0xffffffff

/** Letters of a shingle: a syllable of Korean tells as much as two letters. */
const shingleLength = { hangul: 3, other: 5 }

/** One for each of the 128 hash functions. */
const seeds = Uint32Array.from({ length: minima }, (_, index) => mixed(Math.imul(index + 1, 0x9e3779b9)))

/**
 * MinHash (Broder 1997) of a statement's shingles. Hash function i takes a shingle's FNV-1a (32 bits, over its UTF-16
 * units), xors seed i and mixes the bits as MurmurHash3 ends. Seed i is the mixed product of i + 1 and 0x9e3779b9.
 */
export function statementSignature(statement: string): Signature {
  const least = new Uint32Array(minima).fill(none)
  for (const shingle of shinglesOf(statement)) {
    for (let index = 0; index < minima; index += 1) {
      const hash = mixed(shingle ^ (seeds[index] ?? 0))
      if (hash < (least[index] ?? 0)) least[index] = hash
    }
  }
  const signature = new Uint8Array(minima * bytesPerMinimum)
  const view = new DataView(signature.buffer)
  least.forEach((value, index) => view.setUint32(index * bytesPerMinimum, value, true))
  return signature
}

/**
 * The 21 keys of a signature, each for 6 of its minima: statements of resemblance s share at least one with probability
 * 1 - (1 - s^6)^21. None for a statement without a letter.
 */
export function bands(signature: Signature): string[] {
  if (minimaOf(signature)[0] === none) return []
  const bytes = rowsPerBand * bytesPerMinimum
  return Array.from({ length: bandCount }, (_, band) => {
    const rows = Buffer.from(signature.subarray(band * bytes, (band + 1) * bytes)).toString('base64url')
    return `${scheme}#${String(band).padStart(2, '0')}#${rows}`
  })
}

/** Estimate of the share of common shingles among all shingles of two statements; standard error at most 0.045. */
export function resemblance(a: Signature, b: Signature): number {
  const others = minimaOf(b)
  const equal = minimaOf(a).filter((value, index) => value !== none && value === others[index])
  return equal.length / minima
}

function minimaOf(signature: Signature): number[] {
  const view = new DataView(signature.buffer, signature.byteOffset, signature.byteLength)
  return Array.from({ length: minima }, (_, index) => view.getUint32(index * bytesPerMinimum, true))
}

/** The finaliser of MurmurHash3 (Appleby, public domain): a bijection of 32 bits. */
function mixed(value: number): number {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

// ---- shingles

/** The sign for everything that a new wording of the same task changes: numbers, variables, the things it is about. */
const folded = '0'

/** `N`, `k`, `X_1`, `A_{i}`: also right before a Korean particle. The English article goes the same way. */
const variables = /(?<!\p{L})[A-Za-z](?:_\{?[0-9a-z]+\}?|\d)?(?![A-Za-z])/gu

/** `100000`, `100,000`, `10^5`, `2 × 10^5`, `1e5`. */
const numbers = /\d[\d,.]*(?:\s*(?:[*^×·]+|e)\s*\d[\d,.]*)*/g

/** Longest start of a Korean word that is looked for in other words. */
const longestStem = 6

function shinglesOf(statement: string): Set<number> {
  // NFKC, not NFC: full-width letters and superscript digits are the same text to a reader.
  const words = statement
    .normalize('NFKC')
    .replaceAll(variables, folded)
    .toLowerCase()
    .replaceAll(numbers, folded)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(withOpenParticle)
  const letters = Array.from(withoutNames(words).join(''))
  const hangul = letters.filter((letter) => /\p{Script=Hangul}/u.test(letter)).length
  const length = hangul * 2 > letters.length ? shingleLength.hangul : shingleLength.other
  const shingles = new Set<number>()
  for (let from = 0; from + length <= letters.length; from += 1) {
    shingles.add(fnv1a(letters.slice(from, from + length).join('')))
  }
  if (shingles.size === 0 && letters.length > 0) shingles.add(fnv1a(letters.join('')))
  return shingles
}

/** Korean particles that depend on the sound before them take one form: another name must not change what follows it. */
function withOpenParticle(word: string): string {
  return word
    .replace(/으로$/, '로')
    .replace(
      /(?<=[가-힣])[은이을과]$/,
      (particle) => ({ 은: '는', 이: '가', 을: '를', 과: '와' })[particle] ?? particle,
    )
}

/**
 * Folds words, and starts of Korean words, that occur more than once. A statement repeats what it is about (lighthouses,
 * drones), and that is what a copy in another scene replaces.
 */
function withoutNames(words: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const stem of words.flatMap(stemsOf)) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return words.map((word) => {
    const repeated = stemsOf(word).findLast((stem) => (counts.get(stem) ?? 0) > 1)
    if (repeated === undefined) return word
    return /^[가-힣]/.test(word) ? folded + word.slice(repeated.length) : folded
  })
}

/** Shortest first. Short words of other scripts are mostly grammar. */
function stemsOf(word: string): string[] {
  if (!/^[가-힣]/.test(word)) return word.length < 4 ? [] : [word.replace(/e?s$/, '')]
  const longest = Math.min(word.length, longestStem)
  return Array.from({ length: Math.max(0, longest - 1) }, (_, index) => word.slice(0, index + 2))
}

// ---- behaviour

/** Inputs on which behaviour is compared. */
const behaviourInputCount = 24
/** Of so many samples. */
const behaviourSampleCount = 240
/** Inputs of one outline: only what differs between those is more than an answer to the size of the input. */
const inputsPerOutline = 4
/** Fewer answers than this, because inputs could not be made or runs failed, say too little. */
const leastAnswers = 20
/** Of so many answers at least must differ from what most inputs of the same outline get. */
const leastSurprises = 6
/** An answer is a copy of a token of its input at most this often. */
const mostEchoes = 18
/** So few different words are names of outcomes (YES, 불가능), whatever they are. */
const mostOutcomeWords = 4

/**
 * Up to 24 small inputs that depend only on the grammar of the spec: variables are renamed in order of appearance and
 * literal bounds give way to fixed small ranges, which keep the sign, so that the same task with other names and bounds
 * gets the same inputs. Bounds that read other variables stay. They are legal for most problems of that grammar; what
 * fails on one is undefined in {@link behaviourKey}. None when the sampler can make too few.
 */
export function behaviourInputs(spec: InputSpec): string[] {
  const groups = [...Map.groupBy(samplesOf(spec), outlineOf).values()]
  const full = groups.filter((group) => group.length >= inputsPerOutline)
  // Where too many have an outline of their own, the others fill up.
  const ordered = [...full.flatMap((group) => group.slice(0, inputsPerOutline)), ...groups.flat()]
  const inputs = [...new Set(ordered)].slice(0, behaviourInputCount)
  return inputs.length < leastAnswers ? [] : inputs
}

/** None for a spec that cannot be right. */
function samplesOf(spec: InputSpec): string[] {
  try {
    return sampleSmall(shapeOf(spec), behaviourSampleCount, 'behaviour')
  } catch (thrown) {
    if (thrown instanceof SpecError) return []
    throw thrown
  }
}

/**
 * The key under which problems that behave the same meet: of the canonical spec, the inputs and the answers to
 * {@link behaviourInputs} in order, undefined where a run failed. Undefined for answers that unrelated problems may
 * share: constant or nearly so, decided by the outline of the input alone, or copied from it.
 */
export function behaviourKey(spec: InputSpec, outputs: readonly (string | undefined)[]): string | undefined {
  const inputs = behaviourInputs(spec)
  if (inputs.length === 0 || outputs.length !== inputs.length) return undefined
  const answers = canonicalAnswers(outputs)
  const answered = inputs.flatMap((input, index) => {
    const answer = answers[index]
    return answer === undefined ? [] : [{ outline: outlineOf(input), tokens: tokensOf(input), answer }]
  })
  if (answered.length < leastAnswers || surprises(answered) < leastSurprises) return undefined
  if (echoes(answered) > mostEchoes) return undefined
  const whole = JSON.stringify([shapeOf(spec), inputs, answers.map((answer) => answer ?? null)])
  return `${scheme}#${createHash('sha256').update(whole).digest('base64url').slice(0, 22)}`
}

interface Answered {
  readonly outline: string
  readonly tokens: readonly string[]
  readonly answer: string
}

/** Answers as a checker of tokens sees them; real numbers to 6 digits, names of outcomes numbered as they appear. */
function canonicalAnswers(outputs: readonly (string | undefined)[]): (string | undefined)[] {
  const answers = outputs.map((output) => (output === undefined ? undefined : tokensOf(output.toLowerCase())))
  const words = [...new Set(answers.flatMap((tokens) => tokens ?? []).filter((token) => !isNumber(token)))]
  return answers.map((tokens) =>
    tokens
      ?.map((token) => {
        if (isNumber(token)) return /^[+-]?\d+$/.test(token) ? String(BigInt(token)) : Number(token).toPrecision(6)
        return words.length <= mostOutcomeWords ? `word ${words.indexOf(token)}` : token
      })
      .join(' '),
  )
}

/** How many answers are not the most frequent one among inputs of the same outline. */
function surprises(answered: readonly Answered[]): number {
  const groups = [...Map.groupBy(answered, ({ outline }) => outline).values()]
  return groups.reduce((sum, group) => {
    const sizes = [...Map.groupBy(group, ({ answer }) => answer).values()].map((alike) => alike.length)
    return sum + group.length - Math.max(...sizes)
  }, 0)
}

/** Tokens of each line, and the length of a word that is a line. */
function outlineOf(input: string): string {
  const lines = input.split('\n').map((line) => {
    const tokens = tokensOf(line)
    return tokens.length === 1 && !isNumber(line) ? `w${line.length}` : String(tokens.length)
  })
  return lines.join(' ')
}

/** How often the answer is the token at one same place of its input, at most; the last tokens count from the end. */
function echoes(answered: readonly Answered[]): number {
  const places = [0, 1, 2, 3, -1, -2]
  return Math.max(...places.map((place) => answered.filter(({ tokens, answer }) => tokens.at(place) === answer).length))
}

function isNumber(token: string): boolean {
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/.test(token)
}

function tokensOf(text: string): string[] {
  return text.split(/\s+/).filter((token) => token !== '')
}
