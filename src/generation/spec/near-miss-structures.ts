// Near-misses that break a promise between tokens: order, difference, sums, the shape of trees and graphs, the number of cases.
import type { Field, InputSpec } from '../../contract/input-spec.ts'
import { alphabetOf } from './alphabet.ts'
import { Frame, SpecError, valueOf } from './expression.ts'
import type { NearMiss } from './near-miss.ts'
import type { Occurrence, TokenPlace } from './places.ts'
import { tokenAt, withToken } from './token-edit.ts'

/** One broken promise each, in the first occurrence of a block that has enough to break it. */
export function brokenStructures(occurrences: readonly Occurrence[], legal: string): NearMiss[] {
  const firsts = new Map<Occurrence['block'], Occurrence>()
  for (const occurrence of occurrences) {
    const known = firsts.get(occurrence.block)
    if (known === undefined || (known.places.length < 4 && occurrence.places.length > known.places.length)) {
      firsts.set(occurrence.block, occurrence)
    }
  }
  return [...firsts.values()].flatMap((occurrence) => brokenStructure(occurrence, legal))
}

function brokenStructure({ block, places }: Occurrence, legal: string): NearMiss[] {
  const [first, second] = places
  if (first === undefined) return []
  const name = (what: string): string => `${'name' in block ? block.name : first.variable}: ${what}`
  const repeated =
    second === undefined
      ? []
      : [{ name: name('repeated value'), input: withToken(legal, second, tokenAt(legal, first)) }]
  switch (block.kind) {
    case 'permutation':
      return repeated
    case 'words':
      return block.distinct ? repeated : []
    case 'array': {
      const strict = block.distinct || block.order === 'increasing' || block.order === 'decreasing'
      return [
        ...(strict ? repeated : []),
        ...(block.order === 'any' ? [] : outOfOrder(places, legal, name)),
        ...(block.sumMax === undefined ? [] : sumExceeded(block.sumMax, block.decimals ?? 0, places, legal, name)),
      ]
    }
    case 'grid':
      return (block.exactly ?? []).flatMap(({ character }) =>
        wrongCount(character, block.alphabet, places, legal, name),
      )
    case 'tree':
      return edgeMisses(legal, places, block.weight === undefined ? 2 : 3, { ...treePromise, name })
    case 'graph':
      return edgeMisses(legal, places, block.weight === undefined ? 2 : 3, { ...block, name })
    case 'rows': {
      const lines = legal.split('\n')
      const hasSecond = places.some(({ line }) => line === first.line + 1)
      return [
        ...(block.distinct && hasSecond
          ? [{ name: name('repeated row'), input: lines.with(first.line + 1, lines[first.line] ?? '').join('\n') }]
          : []),
        ...sameValues(block.fields, places, legal),
      ]
    }
    case 'line':
      return sameValues(block.fields, places, legal)
    case 'queries':
      return block.forms.flatMap(({ fields }) => sameValues(fields, places, legal))
    default:
      return []
  }
}

const treePromise = { directed: false, connected: true, simple: true, acyclic: true }

function outOfOrder(places: readonly TokenPlace[], legal: string, name: (what: string) => string): NearMiss[] {
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined || tokenAt(legal, first) === tokenAt(legal, last)) return []
  const swapped = withToken(withToken(legal, first, tokenAt(legal, last)), last, tokenAt(legal, first))
  return [{ name: name('out of order'), input: swapped }]
}

function sumExceeded(
  sumMax: string,
  decimals: number,
  places: readonly TokenPlace[],
  legal: string,
  name: (what: string) => string,
): NearMiss[] {
  if (decimals > 0 || !/^[\d^*+]+$/.test(sumMax)) return []
  const most = BigInt(valueOf(sumMax, new Frame()))
  let total = 0n
  let input = legal
  for (const place of places.slice(0, 1_000)) {
    if (place.allowed.type !== 'integer') return []
    total += place.allowed.max
    input = withToken(input, place, String(place.allowed.max))
  }
  return total > most && places.length <= 1_000 ? [{ name: name('sum exceeded'), input }] : []
}

/** One of a character too few and one too many. */
function wrongCount(
  character: string,
  alphabet: string,
  places: readonly TokenPlace[],
  legal: string,
  name: (what: string) => string,
): NearMiss[] {
  const other = [...alphabetOf(alphabet)].find((char) => char !== character)
  const has = places.find((place) => tokenAt(legal, place).includes(character))
  const hasOther = places.find((place) => Array.from(tokenAt(legal, place)).some((char) => char !== character))
  const fewer =
    other === undefined || has === undefined
      ? []
      : [
          {
            name: name(`one ${character} too few`),
            input: withToken(legal, has, tokenAt(legal, has).replace(character, other)),
          },
        ]
  if (hasOther === undefined) return fewer
  const text = Array.from(tokenAt(legal, hasOther))
  const more = text
    .with(
      text.findIndex((char) => char !== character),
      character,
    )
    .join('')
  return [...fewer, { name: name(`one ${character} too many`), input: withToken(legal, hasOther, more) }]
}

/** A field that has to differ from another of the same line gets its value. */
function sameValues(fields: readonly Field[], places: readonly TokenPlace[], legal: string): NearMiss[] {
  return fields.flatMap((field) => {
    if (field.type !== 'integer' || field.not === undefined) return []
    const place = places.find(({ variable }) => variable === field.name)
    const other = places.find(({ variable, line }) => variable === field.not && line === place?.line)
    if (place === undefined || other === undefined) return []
    return [{ name: `${field.name}: equal to ${field.not}`, input: withToken(legal, place, tokenAt(legal, other)) }]
  })
}

function edgeMisses(
  legal: string,
  places: readonly TokenPlace[],
  width: number,
  promise: {
    directed: boolean
    connected: boolean
    simple: boolean
    acyclic: boolean
    name: (what: string) => string
  },
): NearMiss[] {
  const { name, directed, connected, simple, acyclic } = promise
  const [u, v] = places
  if (u === undefined || v === undefined) return []
  const misses = [{ name: name('loop'), input: withToken(legal, v, tokenAt(legal, u)) }]
  const [otherU, otherV] = places.slice(width, width + 2)
  if (otherU === undefined || otherV === undefined) return misses
  const second = (from: TokenPlace, to: TokenPlace): string =>
    withToken(withToken(legal, otherU, tokenAt(legal, from)), otherV, tokenAt(legal, to))
  if (simple) misses.push({ name: name('edge given twice'), input: second(u, v) })
  if (acyclic && directed) misses.push({ name: name('cycle of two'), input: second(v, u) })
  if (connected && u.allowed.type === 'integer' && u.allowed.max - u.allowed.min >= 2n && places.length <= 1_000) {
    let input = legal
    for (let index = 0; index < places.length; index += width) {
      const [from, to] = places.slice(index, index + 2)
      if (from === undefined || to === undefined) break
      input = withToken(withToken(input, from, String(u.allowed.min)), to, String(u.allowed.min + 1n))
    }
    misses.push({ name: name('not connected'), input })
  }
  return misses
}

/** Longest input that is made by giving a case again and again. */
const longestRepetition = 100_000

/** The number of cases is wrong, or the sums over all cases are exceeded by giving the last case again. */
export function brokenCases(spec: InputSpec, occurrences: readonly Occurrence[], legal: string): NearMiss[] {
  const block = spec.blocks.at(-1)
  if (block?.kind !== 'cases') return []
  const starts = occurrences.filter((occurrence) => occurrence.block === block.blocks[0])
  const [first, last] = [starts[0], starts.at(-1)]
  if (first === undefined || last === undefined) return []
  const lines = legal.slice(0, -1).split('\n')
  const before = lines.slice(0, first.line - 1)
  const count = starts.length
  const given = (announced: number, copies: number): string => {
    const again = Array.from({ length: copies }, () => lines.slice(last.line)).flat()
    return [...before, String(announced), ...lines.slice(first.line), ...again, ''].join('\n')
  }
  const misses = [
    { name: `${block.name}: one case is missing`, input: given(count + 1, 0) },
    { name: `${block.name}: one case too many`, input: given(count, 1) },
  ]
  for (const { of, max } of block.sums) {
    const copies = copiesToExceed(of, max, last)
    if (copies === undefined) continue
    const input = copies * (legal.length / count) > longestRepetition ? undefined : given(count + copies, copies)
    if (input !== undefined) misses.push({ name: `${of}: sum exceeded`, input })
  }
  return misses
}

/** How often a case has to be given again, at most, until a sum of one of its variables is exceeded. */
function copiesToExceed(of: string, max: string, last: Occurrence): number | undefined {
  const place = last.places.find(({ variable }) => variable === of)
  if (place?.allowed.type !== 'integer') return undefined
  try {
    const most = Number(valueOf(max, new Frame()))
    // The value of the last case is at least the least that is allowed there.
    const each = Number(place.allowed.min)
    return each > 0 ? Math.floor(most / each) + 1 : undefined
  } catch (thrown) {
    if (thrown instanceof SpecError) return undefined
    throw thrown
  }
}
