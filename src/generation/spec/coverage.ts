// stub
import type { InputSpec } from '../../contract/input-spec.ts'
import { validate } from './validator.ts'

export function coverage(
  spec: InputSpec,
  inputs: readonly string[],
): { variable: string; least: string; greatest: string; minReached: boolean; maxReached: boolean }[] {
  const seen = new Map<string, { least: bigint; greatest: bigint; minReached: boolean; maxReached: boolean }>()
  for (const input of inputs) {
    const lines = input.split('\n').map((line) => line.split(' '))
    validate(spec, input, ({ variable, line, token, allowed }) => {
      if (allowed.type !== 'integer') return
      const value = BigInt(lines[line]?.[token] ?? '0')
      const known = seen.get(variable) ?? { least: value, greatest: value, minReached: false, maxReached: false }
      if (value < known.least) known.least = value
      if (value > known.greatest) known.greatest = value
      known.minReached ||= value === allowed.min
      known.maxReached ||= value === allowed.max
      seen.set(variable, known)
    })
  }
  return [...seen].map(([variable, { least, greatest, ...rest }]) => ({
    variable,
    least: String(least),
    greatest: String(greatest),
    ...rest,
  }))
}
