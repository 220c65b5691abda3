// Ranges as the emitted input spec has them, found without its schema: whatever has a name, a least and a greatest value.
import { BoundsError, evaluate, type Values } from './bounds.ts'

interface Range {
  readonly min: string
  readonly max: string
}

/** By the names that constraints use: `N`, `A_i` of an array, `|S|` of a word, `w` of an edge. */
export function rangesOfSpec(spec: unknown): Map<string, Range> {
  const ranges = new Map<string, Range>()
  walk(spec, ranges)
  return ranges
}

function walk(node: unknown, ranges: Map<string, Range>): void {
  if (Array.isArray(node)) for (const one of node) walk(one, ranges)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const entry = node as Record<string, unknown>
  const { name, kind, min, max, weight } = entry
  const minLength = entry['minLength'] ?? entry['min_length']
  const maxLength = entry['maxLength'] ?? entry['max_length']
  if (typeof name === 'string') {
    if (isBound(min) && isBound(max)) {
      ranges.set(kind === 'array' ? `${name}_i` : name, { min: String(min), max: String(max) })
    }
    if (isBound(minLength) && isBound(maxLength)) {
      ranges.set(`|${name}|`, { min: String(minLength), max: String(maxLength) })
    }
  }
  if (typeof weight === 'object' && weight !== null) {
    const { min: least, max: most } = weight as Record<string, unknown>
    if (isBound(least) && isBound(most)) ranges.set('w', { min: String(least), max: String(most) })
  }
  for (const [key, one] of Object.entries(entry)) if (key !== 'weight') walk(one, ranges)
}

function isBound(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

/** Whether two bounds mean the same: equal for several values of whatever they refer to. */
export function sameExpression(one: string, other: string): boolean {
  const names = new Set(`${one} ${other}`.match(/[A-Za-z_]\w*/g) ?? [])
  return [3, 50, 7_001, 900_007].every((size) => {
    const values: Values = Object.fromEntries([...names].map((name, index) => [name, size + 13 * index]))
    try {
      return evaluate(one, values) === evaluate(other, values)
    } catch (error) {
      if (error instanceof BoundsError) return false
      throw error
    }
  })
}
