// Numbers in prose: finds them however they are written, so that text and spec can be compared.
import type { InputSpec } from '../../contract/input-spec.ts'

/** `10^5`, `1e5`, `100,000`, `100 000`, `2*10^5`, `2×10⁵`, `10만` and plain digits. */
const numberPattern =
  /-?\d{1,3}(?:,\d{3})+|-?\d+(?:\s*[*×·]\s*10\s*(?:\^\s*\{?\d+\}?|[⁰¹²³⁴⁵⁶⁷⁸⁹]+))|-?\d+\s*\^\s*\{?\d+\}?|-?\d+[⁰¹²³⁴⁵⁶⁷⁸⁹]+|-?\d+e\d+|-?\d+(?:\.\d+)?\s*(?:만|억)|-?\d+/g

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A number in a text. */
export interface FoundNumber {
  readonly value: bigint
  readonly start: number
  readonly end: number
  readonly text: string
}

/** All integers of a text, in order. */
export function numbersIn(text: string): FoundNumber[] {
  return [...text.matchAll(numberPattern)].flatMap((match) => {
    const value = valueOf(match[0])
    return value === undefined
      ? []
      : [{ value, start: match.index, end: match.index + match[0].length, text: match[0] }]
  })
}

function valueOf(text: string): bigint | undefined {
  const plain = text
    .replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${Array.from(digits, (digit) => superscripts.indexOf(digit)).join('')}`)
    .replaceAll(/[\s,{}]/g, '')
    .replaceAll(/[×·]/g, '*')
  const unit = /^(-?\d+)(?:\.(\d+))?(만|억)$/.exec(plain)
  if (unit !== null) {
    const scale = unit[3] === '만' ? 10_000 : 100_000_000
    return BigInt(Math.round(Number(`${unit[1]}.${unit[2] ?? '0'}`) * scale))
  }
  const scaled = /^(-?\d+)\*10\^(\d{1,3})$/.exec(plain)
  if (scaled !== null) return BigInt(scaled[1] ?? 0) * 10n ** BigInt(scaled[2] ?? 0)
  const power = /^(-?)(\d+)\^(\d{1,3})$/.exec(plain)
  if (power !== null) return BigInt(`${power[1]}1`) * BigInt(power[2] ?? 0) ** BigInt(power[3] ?? 0)
  const exponent = /^(-?\d+)e(\d{1,3})$/.exec(plain)
  if (exponent !== null) return BigInt(exponent[1] ?? 0) * 10n ** BigInt(exponent[2] ?? 0)
  return /^-?\d+$/.test(plain) ? BigInt(plain) : undefined
}

/** A bound that a text states: `1 ≤ N ≤ 100,000`, `N <= 10^5`, `N은 1 이상 100 이하`. */
interface StatedBound {
  readonly variable: string
  readonly side: 'min' | 'max'
  readonly value: bigint
  readonly text: string
}

const lessOrEqual = String.raw`(?:≤|<=|≦|⩽|\\leq?)`
const greaterOrEqual = String.raw`(?:≥|>=|≧|⩾|\\geq?)`
const number = String.raw`(-?[\d][\d,^*×·{}⁰¹²³⁴⁵⁶⁷⁸⁹e]*(?:\s*[만억])?)`
const variable = String.raw`[\x60$|]*([A-Za-z][A-Za-z0-9]*(?:_\{?[a-z]\}?)?)[\x60$|]*`

/** The bounds with a number on one side that a text states about a variable. */
function statedBounds(text: string): StatedBound[] {
  const rules: { pattern: RegExp; variable: number; bound: number; side: 'min' | 'max' }[] = [
    { pattern: new RegExp(`${number}\\s*${lessOrEqual}\\s*${variable}`, 'g'), variable: 2, bound: 1, side: 'min' },
    { pattern: new RegExp(`${variable}\\s*${lessOrEqual}\\s*${number}`, 'g'), variable: 1, bound: 2, side: 'max' },
    { pattern: new RegExp(`${number}\\s*${greaterOrEqual}\\s*${variable}`, 'g'), variable: 2, bound: 1, side: 'max' },
    { pattern: new RegExp(`${variable}\\s*${greaterOrEqual}\\s*${number}`, 'g'), variable: 1, bound: 2, side: 'min' },
    {
      pattern: new RegExp(`${variable}(?:은|는|이|가)?\\s*${number}\\s*이상`, 'g'),
      variable: 1,
      bound: 2,
      side: 'min',
    },
    {
      pattern: new RegExp(`${variable}(?:은|는|이|가)?\\s*(?:${number}\\s*이상\\s*)?${number}\\s*이하`, 'g'),
      variable: 1,
      bound: 3,
      side: 'max',
    },
    { pattern: new RegExp(`${variable}\\s+is\\s+at\\s+most\\s+${number}`, 'g'), variable: 1, bound: 2, side: 'max' },
    { pattern: new RegExp(`${variable}\\s+is\\s+at\\s+least\\s+${number}`, 'g'), variable: 1, bound: 2, side: 'min' },
  ]
  return rules.flatMap((rule) =>
    // The middle of `1 ≤ N, M ≤ 5` or `1 ≤ N ≤ 5` belongs to two bounds, so each rule reads the text for itself.
    [...text.matchAll(rule.pattern)].flatMap((match) => {
      const value = numbersIn(match[rule.bound] ?? '')[0]?.value
      const name = (match[rule.variable] ?? '').replace(/_\{?[a-z]\}?$/, '')
      return value === undefined ? [] : [{ variable: name, side: rule.side, value, text: match[0] }]
    }),
  )
}

/** Every numeric bound in the spec: by variable and side, and all literals together. */
export function specBounds(spec: InputSpec): {
  bounds: Map<string, { min?: bigint; max?: bigint }>
  literals: Set<bigint>
} {
  const bounds = new Map<string, { min?: bigint; max?: bigint }>()
  const literals = new Set<bigint>()
  const add = (name: string, min: string, max: string): void => {
    for (const expression of [min, max]) for (const { value } of numbersIn(expression)) literals.add(value)
    const [low, high] = [whole(min), whole(max)]
    bounds.set(name, { ...(low === undefined ? {} : { min: low }), ...(high === undefined ? {} : { max: high }) })
  }
  for (const block of spec.blocks) {
    switch (block.kind) {
      case 'line':
      case 'rows':
        for (const field of block.fields) {
          if (field.type === 'integer') add(field.name, field.min, field.max)
          else add(field.name, field.minLength, field.maxLength)
        }
        break
      case 'array':
        add(block.name, block.min, block.max)
        break
      case 'string':
        add(block.name, block.minLength, block.maxLength)
        break
      case 'tree':
      case 'graph':
        if (block.weight !== undefined) add('w', block.weight.min, block.weight.max)
        break
      case 'grid':
      case 'permutation':
        break
    }
  }
  return { bounds, literals }
}

/** The value of an expression that is one number (`10^9`, `200000`), else undefined. */
function whole(expression: string): bigint | undefined {
  const [only] = numbersIn(expression)
  return only !== undefined && only.text.length === expression.trim().length ? only.value : undefined
}

/** The first bound a text states that is not the spec's; undefined when all agree. */
export function contradiction(text: string, spec: InputSpec): string | undefined {
  const { bounds, literals } = specBounds(spec)
  for (const stated of statedBounds(text)) {
    const known = bounds.get(stated.variable)
    const expected = known?.[stated.side]
    if (expected !== undefined && expected !== stated.value) {
      return `the text says ${excerptOf(stated.text)}, the spec says ${stated.side} ${expected} for ${stated.variable}`
    }
    // A local index (`2 ≤ k`) is nobody's bound; a large number is always meant as one.
    if (expected === undefined && stated.value > (known === undefined ? 99n : 1n) && !literals.has(stated.value)) {
      return `the text says ${excerptOf(stated.text)}, the spec knows no such bound`
    }
  }
  return undefined
}

function excerptOf(text: string): string {
  return JSON.stringify(text.trim().slice(0, 60))
}
