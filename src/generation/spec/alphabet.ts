// Alphabets of the input spec: characters and ranges as inside a regular expression's brackets.
import { SpecError } from './expression.ts'

const expanded = new Map<string, ReadonlySet<string>>()

/** The characters of an alphabet such as `a-z` or `.#`. A hyphen that stands first or last is itself. */
export function alphabetOf(notation: string): ReadonlySet<string> {
  const known = expanded.get(notation)
  if (known !== undefined) return known
  const chars = Array.from(notation)
  const set = new Set<string>()
  for (let index = 0; index < chars.length; index += 1) {
    const from = chars[index] ?? ''
    const to = chars[index + 2]
    if (chars[index + 1] === '-' && to !== undefined) {
      const first = from.codePointAt(0) ?? 0
      const last = to.codePointAt(0) ?? 0
      if (last < first || last - first > 1_000)
        throw new SpecError(`alphabet "${notation}" has a bad range ${from}-${to}`)
      for (let code = first; code <= last; code += 1) set.add(String.fromCodePoint(code))
      index += 2
    } else {
      set.add(from)
    }
  }
  // The blank is left to gate G3, which shows by a counter-example what it does.
  const invisible = [...set].find((char) => char !== ' ' && /[\s\p{C}]/u.test(char))
  if (invisible !== undefined) throw new SpecError(`alphabet "${notation}" has an invisible character`)
  if (expanded.size > 1_000) expanded.clear()
  expanded.set(notation, set)
  return set
}

const tables = new Map<string, Uint8Array>()

/** Which ASCII characters an alphabet has: 1 at their code. */
export function asciiOf(notation: string): Uint8Array {
  const known = tables.get(notation)
  if (known !== undefined) return known
  const table = new Uint8Array(128)
  for (const char of alphabetOf(notation)) {
    const code = char.codePointAt(0) ?? 0
    if (code < 128) table[code] = 1
  }
  if (tables.size > 1_000) tables.clear()
  tables.set(notation, table)
  return table
}
