// Inputs that are almost legal: mechanical junk and one broken promise each. A good validator refuses every one.
import type { Block, InputSpec } from '../../contract/input-spec.ts'
import { type TokenPlace, validate } from './validator.ts'

/** An input that must be refused, and what is wrong with it. */
export interface NearMiss {
  readonly name: string
  readonly input: string
}

/** Near-misses of one legal input. What cannot be made from it (a swap in an array of one) is left out. */
export function nearMisses(spec: InputSpec, legal: string): NearMiss[] {
  const places: TokenPlace[] = []
  validate(spec, legal, (place) => places.push(place))
  const seen = new Set([legal])
  return [...junk(legal, places), ...brokenTokens(legal, places), ...brokenStructures(spec, legal, places)].filter(
    ({ input }) => seen.size !== seen.add(input).size,
  )
}

/** What a careless generator or a damaged file looks like, whatever the problem. */
function junk(legal: string, places: readonly TokenPlace[]): NearMiss[] {
  const lines = legal.slice(0, -1).split('\n')
  const first = lines[0] ?? ''
  const withFirst = (line: string): string => [line, ...lines.slice(1), ''].join('\n')
  return [
    { name: 'empty', input: '' },
    // Three empty strings may well be legal; an integer cannot be blank.
    ...(places.some(({ allowed }) => allowed.type === 'integer')
      ? [{ name: 'blank-lines-only', input: '\n\n\n' }]
      : []),
    { name: 'no-final-line-feed', input: legal.slice(0, -1) },
    { name: 'extra-line', input: `${legal}0\n` },
    { name: 'extra-empty-line', input: `${legal}\n` },
    { name: 'extra-token', input: withFirst(`${first} 1`) },
    { name: 'missing-line', input: [...lines.slice(0, -1), ''].join('\n') },
    { name: 'leading-blank', input: ` ${legal}` },
    { name: 'trailing-blank', input: withFirst(`${first} `) },
    { name: 'carriage-return', input: legal.replaceAll('\n', '\r\n') },
    { name: 'tab', input: withFirst(`\t${first}`) },
    { name: 'trailing-junk', input: `${legal}EOF` },
    { name: 'nul-byte', input: `${legal}\0\n` },
    ...(first.includes(' ')
      ? [
          { name: 'double-blank', input: withFirst(first.replace(' ', '  ')) },
          { name: 'missing-token', input: withFirst(first.slice(0, first.lastIndexOf(' '))) },
          { name: 'line-break-for-blank', input: withFirst(first.replace(' ', '\n')) },
        ]
      : []),
  ]
}

/** Each variable once: beyond its bounds, and not what it should be at all. */
function brokenTokens(legal: string, places: readonly TokenPlace[]): NearMiss[] {
  const firsts = new Map(places.map((place) => [place.variable, place] as const).reverse())
  return [...firsts.values()].flatMap((place) => {
    const token = tokenAt(legal, place)
    const named = (name: string, text: string): NearMiss => ({
      name: `${place.variable}: ${name}`,
      input: withToken(legal, place, text),
    })
    if (place.allowed.type === 'integer') {
      const { min, max } = place.allowed
      return [
        named('above maximum', String(max + 1n)),
        named('below minimum', String(min - 1n)),
        named('far above maximum', String(max * 1000n + 10n ** 19n)),
        named('leading zero', token.startsWith('-') ? `-0${token.slice(1)}` : `0${token}`),
        named('plus sign', `+${token.replace('-', '')}`),
        named('float', `${token}.0`),
        named('letter', `${token}x`),
        named('hexadecimal', `0x${token.replace('-', '')}`),
        named('minus zero', '-0'),
        named('exponent', `${token}e0`),
      ]
    }
    const { minLength, maxLength, alphabet } = place.allowed
    const member = alphabet.values().next().value ?? 'a'
    const outsiders = ['a', 'A', '0', '!', '~', '한', ' ', '\t'].filter((char) => !alphabet.has(char))
    const tooLong = maxLength < 10_000n ? [named('too long', member.repeat(Number(maxLength) + 1))] : []
    const tooShort = minLength > 0n ? [named('too short', member.repeat(Number(minLength) - 1))] : []
    // A blank is offered whatever the alphabet says: a token that may contain one cannot be told from two.
    return [
      ...tooLong,
      ...tooShort,
      named('blank inside', `${token} ${member}`),
      named('blank at the end', `${token} `),
      ...outsiders.map((char) => named(`foreign character ${JSON.stringify(char)}`, `${token.slice(0, -1)}${char}`)),
    ]
  })
}

/** Promises between tokens: order, difference, and the shape of trees and graphs. */
function brokenStructures(spec: InputSpec, legal: string, places: readonly TokenPlace[]): NearMiss[] {
  return spec.blocks.flatMap((block) => {
    const mine = block.kind === 'line' ? [] : places.filter((place) => placesOf(block).includes(place.variable))
    const [first, second] = mine
    if (first === undefined) return []
    const name = (what: string): string => `${first.variable}: ${what}`
    switch (block.kind) {
      case 'permutation':
        return second === undefined
          ? []
          : [{ name: name('repeated value'), input: withToken(legal, second, tokenAt(legal, first)) }]
      case 'array': {
        if (second === undefined) return []
        const repeated = { name: name('repeated value'), input: withToken(legal, second, tokenAt(legal, first)) }
        const strict = block.distinct || block.order === 'increasing' || block.order === 'decreasing'
        const last = mine.at(-1) ?? second
        const ordered = block.order !== 'any' && tokenAt(legal, first) !== tokenAt(legal, last)
        const swapped = withToken(withToken(legal, first, tokenAt(legal, last)), last, tokenAt(legal, first))
        return [...(strict ? [repeated] : []), ...(ordered ? [{ name: name('out of order'), input: swapped }] : [])]
      }
      case 'tree':
        return edgeMisses(legal, mine, block.weight === undefined ? 2 : 3, true, name)
      case 'graph':
        return edgeMisses(legal, mine, block.weight === undefined ? 2 : 3, block.simple, name)
      case 'rows': {
        const lines = legal.split('\n')
        // The line below may already belong to the next block.
        if (!block.distinct || !mine.some(({ line }) => line === first.line + 1)) return []
        return [{ name: name('repeated row'), input: lines.with(first.line + 1, lines[first.line] ?? '').join('\n') }]
      }
      default:
        return []
    }
  })
}

function edgeMisses(
  legal: string,
  places: readonly TokenPlace[],
  width: number,
  simple: boolean,
  name: (what: string) => string,
): NearMiss[] {
  const [u, v] = places
  if (u === undefined || v === undefined) return []
  const loop = { name: name('loop'), input: withToken(legal, v, tokenAt(legal, u)) }
  const other = places.slice(width, width + 2)
  const [otherU, otherV] = other
  if (!simple || otherU === undefined || otherV === undefined) return [loop]
  const twice = withToken(withToken(legal, otherU, tokenAt(legal, u)), otherV, tokenAt(legal, v))
  return [loop, { name: name('edge given twice'), input: twice }]
}

function placesOf(block: Exclude<Block, { kind: 'line' }>): string[] {
  return block.kind === 'rows' ? block.fields.map((field) => field.name) : [block.name]
}

function tokenAt(input: string, place: TokenPlace): string {
  const line = input.split('\n')[place.line] ?? ''
  return isWholeLine(place, line) ? line : (line.split(' ')[place.token] ?? '')
}

function withToken(input: string, place: TokenPlace, text: string): string {
  const lines = input.split('\n')
  const line = lines[place.line] ?? ''
  if (isWholeLine(place, line)) return lines.with(place.line, text).join('\n')
  return lines.with(place.line, line.split(' ').with(place.token, text).join(' ')).join('\n')
}

/** A string whose alphabet has the blank is the whole line, not its first token. */
function isWholeLine(place: TokenPlace, line: string): boolean {
  return place.allowed.type === 'text' && place.allowed.alphabet.has(' ') && line.includes(' ')
}
