// What DynamoDB makes of an item: how many bytes it counts, which limits and capacity units follow from, and when two
// are the same. Sizes: "DynamoDB item sizes and formats" in the developer guide; numbers as measured on the service by
// the public conformance suite of nubo-db (the guide's own rule is wrong where digits straddle the decimal point).
import type { AttributeValue, Item } from 'dynalite/db/index.js'

/** The most an item may have: a byte more is refused. */
export const maxItemBytes = 400 * 1024

/** Names and values together, in UTF-8 bytes (dynalite counts UTF-16 units, a third of that for Korean). */
export function itemBytes(item: Item | undefined): number {
  let bytes = 0
  for (const [name, value] of Object.entries(item ?? {})) {
    if (value !== undefined) bytes += Buffer.byteLength(name) + valueBytes(value)
  }
  return bytes
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S)
  if (value.N !== undefined) return numberBytes(value.N)
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64')
  if (value.SS !== undefined) return sum(value.SS, (text) => Buffer.byteLength(text))
  if (value.NS !== undefined) return sum(value.NS, numberBytes)
  if (value.BS !== undefined) return sum(value.BS, (base64) => Buffer.byteLength(base64, 'base64'))
  if (value.L !== undefined) return 3 + sum(value.L, (element) => 1 + valueBytes(element))
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M)
  return 1
}

/** A byte, one per two significant digits before and after the point each, one for a minus sign. Expects no exponent. */
function numberBytes(text: string): number {
  const [whole = '', decimals = ''] = text.replace('-', '').split('.')
  const integer = whole.replace(/^0+/, '')
  const fraction = decimals.replace(/0+$/, '')
  if (integer === '' && fraction === '') return 1
  const integerDigits = fraction === '' ? integer.replace(/0+$/, '') : integer
  const fractionDigits = integer === '' ? fraction.replace(/^0+/, '') : fraction
  const sign = text.startsWith('-') ? 1 : 0
  return 1 + Math.ceil(integerDigits.length / 2) + Math.ceil(fractionDigits.length / 2) + sign
}

function sum<T>(elements: readonly T[], bytesOf: (element: T) => number): number {
  return elements.reduce((total, element) => total + bytesOf(element), 0)
}

/** JSON with the members of every object in alphabetical order: equal texts mean equal values. */
export function canonicalJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
}
