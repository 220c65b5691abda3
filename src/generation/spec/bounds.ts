// What bounds say where they stand: sizes, orders, bounds of elements, sums over rows and cases.
import type { Block, Field } from '../../contract/input-spec.ts'
import { type Frame, scaledValueOf, type Scope, SpecError, valueOf, variablesOf } from './expression.ts'
import { add, type Int } from './int.ts'
import type { Scanner } from './scanner.ts'

/** Most lines, tokens or vertices of one block. */
const largestSize = 5_000_000

/** A size as a number. Throws SpecError when it is negative or beyond reason. */
export function sizeOf(expression: string, scope: Scope): number {
  const size = valueOf(expression, scope)
  if (size < 0 || size > largestSize) throw new SpecError(`"${expression}" = ${size} is no size of an input`)
  return Number(size)
}

/** Whether `next` may follow `previous` in an array of this order. */
export function inOrder(order: Extract<Block, { kind: 'array' }>['order'], previous: Int, next: Int): boolean {
  switch (order) {
    case 'any':
      return true
    case 'increasing':
      return previous < next
    case 'non-decreasing':
      return previous <= next
    case 'decreasing':
      return previous > next
    case 'non-increasing':
      return previous >= next
  }
}

/** The bounds of elements; evaluated again for each of them only where they depend on its index. */
export function indexedBounds(
  { min, max }: { min: string; max: string },
  decimals: number,
  frame: Frame,
): () => { min: Int; max: Int } {
  const compute = (): { min: Int; max: Int } => ({
    min: scaledValueOf(min, decimals, frame),
    max: scaledValueOf(max, decimals, frame),
  })
  if (isIndexed(min) || isIndexed(max)) return compute
  let known: { min: Int; max: Int } | undefined
  return () => (known ??= compute())
}

/** Whether a bound may differ from element to element. */
export function isIndexed(bound: string): boolean {
  return /\b[ij]\b/.test(bound)
}

/** How many tokens the fields have; undefined while that depends on what is read later. */
export function tokensOf(fields: readonly Field[], scope: Scope): number | undefined {
  let tokens = 0
  for (const field of fields) {
    if (field.type === 'list') {
      if (variablesOf(field.length).some((name) => scope.get(name) === undefined)) return undefined
      tokens += sizeOf(field.length, scope)
    } else {
      tokens += 1
    }
  }
  return tokens
}

/** Adds up what must not become too much over all rows or cases. */
export class Sums {
  readonly #what: string
  readonly #sums: { readonly of: string; readonly max: Int; total: Int }[]

  constructor(sums: readonly { of: string; max: string }[], scope: Scope, what: string) {
    this.#what = what
    this.#sums = sums.map(({ of, max }) => ({ of, max: valueOf(max, scope), total: 0 }))
  }

  add(scope: Scope, scanner: Scanner): void {
    for (const sum of this.#sums) {
      sum.total = add(sum.total, valueOf(sum.of, scope))
      if (sum.total > sum.max) {
        const message = `the sum of ${sum.of} over all ${this.#what} is ${sum.total} or more, at most ${sum.max} allowed`
        scanner.refuseLine(scanner.line - 1, sum.of, message)
      }
    }
  }

  report(tell: ((of: string, total: Int, max: Int) => void) | undefined): void {
    for (const { of, total, max } of this.#sums) tell?.(of, total, max)
  }
}
