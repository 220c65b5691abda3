// The grammar of an input without the problem's own names and bounds, as a spec that the sampler can make inputs from.
import { type InputSpec, inputSpecSchema } from '../../contract/input-spec.ts'
import { evaluate, SpecError, variablesOf } from './expression.ts'
import { isIndexed } from './bounds.ts'

/** Ranges that take the place of the problem's own: from 3 what may be a size or must be above 1, from 1 all else. */
const canonical = { scalars: { least: 3, most: 9 }, contents: { least: 1, most: 9 } }
/** Ranges of at most this many values are kept: bits, directions, kinds of query. */
const fewValues = 4
/** As many letters of an alphabet such as `a-z` are used. */
const fewLetters = 3
const largeLiteral = '1000000'

/** Digits after the point, whatever the problem's own. */
const decimals = 2

/** Properties of a spec that hold one size. */
const sizeProperties = ['length', 'rows', 'columns', 'vertices', 'edges', 'count']

/**
 * The spec with its variables renamed in order of appearance and fixed small ranges for its literal bounds: the same for
 * the same grammar. Ranges keep their sign, and those of a few values stay as they are; bounds that read other variables
 * stay but for large literals in them. Throws SpecError for a malformed expression, or one that becomes too long.
 */
export function shapeOf(spec: InputSpec): InputSpec {
  const names = new Map<string, string>()
  collectNames(spec, names)
  const shape = inputSpecSchema.safeParse(shapeOfPart(spec, names, 'contents'))
  // New names and literals may make an expression longer than a spec takes.
  if (!shape.success) throw new SpecError('the spec has no canonical form')
  return shape.data
}

function collectNames(part: unknown, names: Map<string, string>): void {
  if (typeof part !== 'object' || part === null) return
  for (const [property, value] of Object.entries(part)) {
    if (property !== 'name') collectNames(value, names)
    else if (typeof value === 'string' && !names.has(value)) names.set(value, `V${names.size + 1}`)
  }
}

/** Goes by the names of properties rather than by kinds of block: a kind that is added has a shape by the same rules. */
function shapeOfPart(part: unknown, names: ReadonlyMap<string, string>, range: keyof typeof canonical): unknown {
  if (Array.isArray(part)) return part.map((each: unknown) => shapeOfPart(each, names, range))
  if (typeof part !== 'object' || part === null) return part
  const given = new Map<string, unknown>(Object.entries(part))
  const within = given.get('kind') === 'line' ? 'scalars' : range
  const shape = new Map([...given].map(([property, value]) => [property, shapeOfPart(value, names, within)]))
  const text = (property: string): string | undefined => {
    const value = given.get(property)
    return typeof value === 'string' ? value : undefined
  }
  const [name, alphabet] = [text('name'), text('alphabet')]
  if (name !== undefined) shape.set('name', names.get(name))
  if (alphabet !== undefined) shape.set('alphabet', fewLettersOf(alphabet))
  for (const property of sizeProperties) {
    const size = text(property)
    if (size !== undefined) shape.set(property, sizeShape(size, names))
  }
  for (const property of ['of', 'not']) {
    const read = text(property)
    if (read !== undefined) shape.set(property, expressionShape(read, names))
  }
  if (given.has('decimals')) shape.set('decimals', decimals)
  // Sums bind large inputs only.
  if (given.has('sumMax')) shape.set('sumMax', largeLiteral)
  const [min, max] = [text('min'), text('max')]
  if (given.has('of') && max !== undefined) shape.set('max', largeLiteral)
  if (min !== undefined && max !== undefined) {
    const [least, most] = rangeShape(min, max, names, within)
    shape.set('min', least).set('max', most)
  }
  const [minLength, maxLength] = [text('minLength'), text('maxLength')]
  if (minLength !== undefined && maxLength !== undefined) {
    const [least, most] =
      minLength === maxLength
        ? [sizeShape(minLength, names), sizeShape(maxLength, names)]
        : rangeShape(minLength, maxLength, names, 'scalars')
    shape.set('minLength', least).set('maxLength', most)
  }
  return Object.fromEntries(shape)
}

function rangeShape(
  min: string,
  max: string,
  names: ReadonlyMap<string, string>,
  range: keyof typeof canonical,
): [string, string] {
  const { least, most } = canonical[range]
  const [low, high] = [literalOf(min), literalOf(max)]
  if (low === undefined) {
    const from = expressionShape(min, names)
    return [from, high === undefined ? expressionShape(max, names) : `${from}+${most}`]
  }
  if (high === undefined) {
    // A bound that grows with the index starts where it starts.
    if (isIndexed(max) && low >= 0n && low <= BigInt(most)) return [String(low), expressionShape(max, names)]
    // Small, because what the other end computes may be small; a range that begins at 2 is left there.
    const from = low < 0n ? -most : Math.min(canonical.scalars.least, Math.max(1, Number(low)))
    return [String(from), expressionShape(max, names)]
  }
  if (high - low < BigInt(fewValues)) return [String(low), String(high)]
  if (low >= 0n) return [String(least), String(most)]
  return [String(-most), String(high > 0n ? most : -1)]
}

function sizeShape(size: string, names: ReadonlyMap<string, string>): string {
  const literal = literalOf(size)
  if (literal === undefined) return expressionShape(size, names)
  const most = BigInt(canonical.scalars.most)
  return String(literal < most ? literal : most)
}

/** The value of what reads no variable, rounded down, so that it keeps its sign. */
function literalOf(expression: string): bigint | undefined {
  if (/^\s*-?\d{1,20}\.\d{1,20}\s*$/.test(expression)) return BigInt(Math.floor(Number(expression)))
  return variablesOf(expression).length === 0 ? evaluate(expression, new Map()) : undefined
}

/** Names change, and large literals, whether written out or as powers, become the same one. */
function expressionShape(expression: string, names: ReadonlyMap<string, string>): string {
  return expression
    .replaceAll(/\s+/g, '')
    .replaceAll(/(?<![A-Za-z0-9_^])\d+\^\d+/g, (power) => String(literalOf(power)))
    .replaceAll(/(?<![A-Za-z0-9_])\d+/g, (digits) => (BigInt(digits) > 100n ? largeLiteral : digits))
    .replaceAll(/[A-Za-z][A-Za-z0-9_]*/g, (name) => names.get(name) ?? name)
}

/** `a-z` and `a-f` are bounds, `ACGT` is not. */
function fewLettersOf(alphabet: string): string {
  const [, first, last] = /^([a-z])-([a-z])$/i.exec(alphabet) ?? []
  if (first === undefined || last === undefined) return alphabet
  const third = first.charCodeAt(0) + fewLetters - 1
  return third < last.charCodeAt(0) ? `${first}-${String.fromCharCode(third)}` : alphabet
}
