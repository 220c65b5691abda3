// What a spec talks about: its variables, which of them are sizes, and how much an input takes.
import type { Block, Field, InputSpec, LeafBlock } from '../../contract/input-spec.ts'
import { evaluate, Frame, variablesOf } from './expression.ts'
import { toInt } from './int.ts'

/** All blocks in reading order, those inside `cases` after their `cases`. */
export function everyBlock(spec: InputSpec): Block[] {
  return spec.blocks.flatMap((block) => (block.kind === 'cases' ? [block, ...block.blocks] : [block]))
}

/** The fields of a block, whatever line they are on. */
export function fieldsOf(block: Block): readonly Field[] {
  switch (block.kind) {
    case 'line':
    case 'rows':
      return block.fields
    case 'queries':
      return block.forms.flatMap(({ fields }) => fields)
    default:
      return []
  }
}

/** Every name the spec gives, in reading order. */
export function namesOf(spec: InputSpec): string[] {
  return everyBlock(spec).flatMap((block) => [
    ...('name' in block ? [block.name] : []),
    ...fieldsOf(block).map(({ name }) => name),
  ])
}

/** A variable whose values and bounds are looked at: `N`, `A`, the length `|S|`, the weight `T.w`, the sum `sum(N)`. */
export interface Variable {
  readonly name: string
  /** Sizes and lengths: their greatest values make large inputs. */
  readonly isSize: boolean
  /** A sum has a greatest value only. */
  readonly isSum: boolean
}

/** The variables of a spec in reading order. */
export function variablesIn(spec: InputSpec): Variable[] {
  const sizes = sizeVariables(spec)
  const variable = (name: string): Variable => ({
    name,
    isSize: sizes.has(name) || name.startsWith('|'),
    isSum: false,
  })
  return everyBlock(spec).flatMap((block) => {
    const fields = fieldsOf(block).map(({ type, name }) => variable(type === 'word' ? `|${name}|` : name))
    switch (block.kind) {
      case 'array':
        return [variable(block.name), ...(block.sumMax === undefined ? [] : [sum(block.name)])]
      case 'matrix':
        return [variable(block.name)]
      case 'words':
      case 'string':
        return [variable(`|${block.name}|`)]
      case 'tree':
      case 'graph':
        return block.weight === undefined ? [] : [variable(`${block.name}.w`)]
      case 'rows':
        return [...fields, ...(block.sums ?? []).map(({ of }) => sum(of))]
      case 'cases':
        return [variable(block.name), ...block.sums.map(({ of }) => sum(of))]
      default:
        return fields
    }
  })
}

function sum(of: string): Variable {
  return { name: `sum(${of})`, isSize: true, isSum: true }
}

/** The variables that some length, count or number of vertices is computed from. */
export function sizeVariables(spec: InputSpec): Set<string> {
  const expressions = everyBlock(spec).flatMap((block) => [
    ...sizesOf(block),
    ...fieldsOf(block).flatMap((field) => (field.type === 'list' ? [field.length] : [])),
  ])
  const cases = spec.blocks.flatMap((block) => (block.kind === 'cases' ? [block.name] : []))
  return new Set([...cases, ...expressions.flatMap(variablesOf)])
}

function sizesOf(block: Block): string[] {
  switch (block.kind) {
    case 'line':
      return []
    case 'array':
    case 'words':
    case 'permutation':
      return [block.length]
    case 'string':
      return [block.minLength, block.maxLength]
    case 'grid':
    case 'matrix':
      return [block.rows, block.columns]
    case 'tree':
      return [block.vertices]
    case 'graph':
      return [block.vertices, block.edges]
    case 'rows':
      return [block.count, ...(block.sums ?? []).map(({ of }) => of)]
    case 'queries':
      return [block.count]
    case 'cases':
      return block.sums.map(({ of }) => of)
  }
}

type End = 'min' | 'max'

const charactersPerToken = 4n

/** A range that has no value at one end of the ranges before it. */
export class EmptyRangeError extends Error {}

/**
 * About how much an input takes to make, in tokens, with every integer at that end of its range.
 * Throws EmptyRangeError when a range is empty then, SpecError when the spec makes no sense.
 */
export function tokensAt(spec: InputSpec, end: End): bigint {
  const scope = new Frame()
  let tokens = 0n
  for (const block of spec.blocks)
    tokens += block.kind === 'cases' ? casesTokens(block, scope, end) : leafTokens(block, scope, end)
  return tokens
}

function casesTokens(block: Extract<Block, { kind: 'cases' }>, scope: Frame, end: End): bigint {
  const count = evaluate(end === 'min' ? block.min : block.max, scope)
  scope.set(block.name, toInt(count))
  const tokensOfCase = (frame: Frame, side: End): bigint =>
    block.blocks.reduce((tokens, leaf) => tokens + leafTokens(leaf, frame, side), 0n)
  const inner = new Frame(scope)
  const one = tokensOfCase(inner, end)
  if (end === 'min' || block.sums.length === 0) return 1n + count * one
  // What the sums allow: as many of the largest cases as fit, and the smallest for the rest.
  const smallest = new Frame(scope)
  const least = tokensOfCase(smallest, 'min')
  const fit = block.sums.map(({ of, max }) => {
    const each = evaluate(of, inner)
    return each <= 0n ? count : 1n + evaluate(max, scope) / each
  })
  const largest = [count, ...fit].reduce((left, right) => (left < right ? left : right))
  return 1n + largest * one + (count - largest) * least
}

function leafTokens(block: LeafBlock, scope: Frame, end: End): bigint {
  switch (block.kind) {
    case 'line':
      return fieldTokens(block.fields, scope, end)
    case 'array':
    case 'permutation':
      return evaluate(block.length, scope)
    case 'words':
      return evaluate(block.length, scope) * wordTokens(block, scope, end)
    case 'string':
      scope.set(`|${block.name}|`, toInt(evaluate(end === 'min' ? block.minLength : block.maxLength, scope)))
      return wordTokens(block, scope, end)
    case 'grid':
      return evaluate(block.rows, scope) * (1n + evaluate(block.columns, scope) / charactersPerToken)
    case 'matrix':
      return evaluate(block.rows, scope) * evaluate(block.columns, scope)
    case 'tree':
      return evaluate(block.vertices, scope) * 3n
    case 'graph':
      return evaluate(block.vertices, scope) + evaluate(block.edges, scope) * 3n
    case 'rows':
      return evaluate(block.count, scope) * fieldTokens(block.fields, rowFrame(scope), end)
    case 'queries': {
      const forms = block.forms.map(({ fields }) => 1n + fieldTokens(fields, rowFrame(scope), end))
      return evaluate(block.count, scope) * forms.reduce((left, right) => (left > right ? left : right), 1n)
    }
  }
}

function rowFrame(scope: Frame): Frame {
  const frame = new Frame(scope)
  frame.setIndex('i', 1)
  return frame
}

/** Tokens of one line of fields; their integers and lengths are put into the scope. */
function fieldTokens(fields: readonly Field[], scope: Frame, end: End): bigint {
  let tokens = 0n
  for (const field of fields) {
    switch (field.type) {
      case 'word':
        scope.set(`|${field.name}|`, toInt(evaluate(end === 'min' ? field.minLength : field.maxLength, scope)))
        tokens += wordTokens(field, scope, end)
        break
      case 'list':
        tokens += evaluate(field.length, scope)
        break
      case 'real':
        tokens += 1n
        break
      case 'integer': {
        const min = evaluate(field.min, scope)
        const max = evaluate(field.max, scope)
        if (max < min) throw new EmptyRangeError(`${field.name}: the range ${field.min}..${field.max} is empty`)
        scope.set(field.name, toInt(end === 'min' ? min : max))
        tokens += 1n
      }
    }
  }
  return tokens
}

function wordTokens(word: { minLength: string; maxLength: string }, scope: Frame, end: End): bigint {
  return 1n + evaluate(end === 'min' ? word.minLength : word.maxLength, scope) / charactersPerToken
}
