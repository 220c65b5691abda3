// Numbers in prose: finds them however they are written, so that text and spec can be compared.
import type { InputSpec } from '../../contract/input-spec.ts'
import { everyBlock, fieldsOf } from '../spec/variables.ts'

/** `10^5`, `1e5`, `100,000`, `2*10^5`, `2×10⁵`, `10만` and plain digits. Digits are bounded, so that no text can keep it busy. */
const numberPattern =
  /-?(?<![\d,])\d{1,3}(?:,\d{3}){1,10}(?!\d)|-?(?<!\d)\d{1,40}(?:\s?[*×·]\s?10\s?(?:\^\s?\{?\d{1,3}\}?|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))|-?(?<!\d)\d{1,20}\s?\^\s?\{?\d{1,3}\}?|-?(?<!\d)\d{1,20}[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|-?(?<!\d)\d{1,20}e\d{1,3}|-?(?<!\d)\d{1,20}(?:\.\d{1,6})?\s?(?:만|억)|-?(?<!\d)\d{1,40}/g

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A number in a text. */
interface FoundNumber {
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

/** A bound that a text states: `1 ≤ N ≤ 100,000`, `N <= 10^5`, `N은 1 이상 100 이하`, `N ranges from 1 to 50`. */
interface StatedBound {
  readonly variable: string
  readonly side: 'min' | 'max'
  readonly value: bigint
  readonly text: string
}

/** Mathematics in one spelling: no markup, full-width forms and other signs as the plain ones, Korean number words as digits. */
function plainMathematics(text: string): string {
  return text
    .replaceAll(/[０-９Ａ-Ｚａ-ｚ]/g, (char) => char.normalize('NFKC'))
    .replaceAll(/&le;|\\leq?(?:slant)?(?![a-z])|≦|⩽|<=/g, '≤')
    .replaceAll(/&ge;|\\geq?(?:slant)?(?![a-z])|≧|⩾|>=/g, '≥')
    .replaceAll(/&lt;/g, '<')
    .replaceAll(/<\/?[a-z]{1,10}>|\*\*(?=\D|$)|(?<=\D)\*\*|[`$]/gi, '')
    .replaceAll(/(\d)\*\*(\d)/g, '$1^$2')
    .replaceAll(/[일이삼사오육칠팔구십백천만억]{2,12}(?=\s?(?:이하|이상|까지|부터|을 넘|보다))/g, (words) =>
      String(koreanNumber(words) ?? words),
    )
}

/** The value of a Korean number word such as 이십만 or 백오십. */
function koreanNumber(words: string): number | undefined {
  const digits = '영일이삼사오육칠팔구'
  const small: Record<string, number> = { 십: 10, 백: 100, 천: 1_000 }
  const large: Record<string, number> = { 만: 10_000, 억: 100_000_000 }
  let total = 0
  let group = 0
  let digit = 0
  for (const char of words) {
    if (digits.includes(char)) digit = digits.indexOf(char)
    else if (small[char] !== undefined) {
      group += (digit || 1) * small[char]
      digit = 0
    } else if (large[char] !== undefined) {
      total += (group + digit || 1) * large[char]
      group = 0
      digit = 0
    } else return undefined
  }
  return total + group + digit
}

const number = String.raw`(?<![\d,^*A-Za-z_])(-?\d[\d,^*×·{}⁰¹²³⁴⁵⁶⁷⁸⁹e]{0,40}(?:\s?[만억])?)`
const variable = String.raw`(?<![A-Za-z0-9_])\|?([A-Za-z][A-Za-z0-9]{0,19}(?:_\{?[a-z]\}?)?)\|?(?![A-Za-z0-9_])`
/** Korean particles and what may stand between a variable and its bound: `N은`, `A_i의 값은`, `S의 길이는`. */
const about = String.raw`(?:의 (?:값|길이|크기|개수))?(?:은|는|이|가|을|를)?\s?(?:최대|최소)?\s?`
/** What makes a comparison a case of the task rather than a promise about the input. */
const condition = String.raw`(?!\s?(?:이?면|인 |일 때|이라면|라면|일 경우))`

const rules: readonly { pattern: RegExp; variable: number; bound: number; side: 'min' | 'max'; offset?: bigint }[] = [
  { pattern: rule(`${number}\\s?≤\\s?${variable}`), variable: 2, bound: 1, side: 'min' },
  { pattern: rule(`${variable}\\s?≤\\s?${number}`), variable: 1, bound: 2, side: 'max' },
  { pattern: rule(`${number}\\s?≥\\s?${variable}`), variable: 2, bound: 1, side: 'max' },
  { pattern: rule(`${variable}\\s?≥\\s?${number}`), variable: 1, bound: 2, side: 'min' },
  { pattern: rule(`${number}\\s?<\\s?${variable}\\s?[<≤]`), variable: 2, bound: 1, side: 'min', offset: 1n },
  { pattern: rule(`[<≤]\\s?${variable}\\s?<\\s?${number}`), variable: 1, bound: 2, side: 'max', offset: -1n },
  { pattern: rule(`${variable}${about}${number}\\s?이상`), variable: 1, bound: 2, side: 'min' },
  {
    pattern: rule(`${variable}${about}(?:${number}\\s?이상\\s?)?${number}\\s?이하`),
    variable: 1,
    bound: 3,
    side: 'max',
  },
  { pattern: rule(`${variable}${about}${number}\\s?(?:을|를) 넘지`), variable: 1, bound: 2, side: 'max' },
  { pattern: rule(`${variable}${about}${number}\\s?부터`), variable: 1, bound: 2, side: 'min' },
  {
    pattern: rule(`${variable}${about}${number}\\s?(?:부터|에서|~|～)\\s?${number}`),
    variable: 1,
    bound: 3,
    side: 'max',
  },
  { pattern: rule(`${number}\\s?이하의 (?:정수|자연수) ${variable}`), variable: 2, bound: 1, side: 'max' },
  {
    pattern: rule(`${variable} (?:is at most|does not exceed|never exceeds|up to) ${number}`),
    variable: 1,
    bound: 2,
    side: 'max',
  },
  { pattern: rule(`${variable} is at least ${number}`), variable: 1, bound: 2, side: 'min' },
  { pattern: rule(`${variable} (?:is |lies |ranges )?(?:between|from) ${number}`), variable: 1, bound: 2, side: 'min' },
  {
    pattern: rule(`${variable} (?:is |lies |ranges )?(?:between|from) ${number} (?:and|to) ${number}`),
    variable: 1,
    bound: 3,
    side: 'max',
  },
]

function rule(source: string): RegExp {
  return new RegExp(source + condition, 'g')
}

/** The bounds with a number on one side that a text states about a variable. */
function statedBounds(text: string): StatedBound[] {
  return rules.flatMap(({ pattern, variable, bound, side, offset = 0n }) =>
    // The middle of `1 ≤ N ≤ 5` belongs to two bounds, so each rule reads the text for itself.
    [...text.matchAll(pattern)].flatMap((match) => {
      // `if N ≥ 3` is a case of the task.
      if (/\b(?:if|when|where|whenever|while)\s$/i.test(text.slice(Math.max(0, match.index - 10), match.index)))
        return []
      const value = numbersIn(match[bound] ?? '')[0]?.value
      const name = (match[variable] ?? '').replace(/_\{?[a-z]\}?$/, '')
      return value === undefined ? [] : [{ variable: name, side, value: value + offset, text: match[0] }]
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
  for (const block of everyBlock(spec)) {
    for (const field of fieldsOf(block)) {
      if (field.type === 'word') add(field.name, field.minLength, field.maxLength)
      else add(field.name, field.min, field.max)
    }
    switch (block.kind) {
      case 'array':
      case 'matrix':
      case 'cases':
        add(block.name, block.min, block.max)
        break
      case 'string':
      case 'words':
        add(block.name, block.minLength, block.maxLength)
        break
      case 'tree':
      case 'graph':
        if (block.weight !== undefined) add('w', block.weight.min, block.weight.max)
        break
      default:
        break
    }
    const sums = 'sums' in block ? (block.sums ?? []).map(({ max }) => max) : []
    if (block.kind === 'array' && block.sumMax !== undefined) sums.push(block.sumMax)
    for (const max of sums) for (const { value } of numbersIn(max)) literals.add(value)
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
  for (const stated of statedBounds(plainMathematics(text))) {
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
