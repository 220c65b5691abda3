// Inputs that are almost legal: mechanical junk and one broken promise each. A good validator refuses every one.
import type { InputSpec } from '../../contract/input-spec.ts'
import { brokenCases, brokenStructures } from './near-miss-structures.ts'
import { occurrencesIn, placeObserver, type TokenPlace } from './places.ts'
import { readInput } from './reader.ts'
import { decimalOf } from './scanner.ts'
import { tokenAt, withToken } from './token-edit.ts'

/** An input that must be refused, and what is wrong with it. */
export interface NearMiss {
  readonly name: string
  readonly input: string
}

/** Near-misses of one legal input. What cannot be made from it (a swap in an array of one) is left out. */
export function nearMisses(spec: InputSpec, legal: string): NearMiss[] {
  const places: TokenPlace[] = []
  readInput(
    spec,
    legal,
    placeObserver((place) => places.push(place)),
  )
  const occurrences = occurrencesIn(spec, legal)
  const seen = new Set([legal])
  return [
    ...junk(legal, places),
    ...brokenTokens(legal, places),
    ...brokenStructures(occurrences, legal),
    ...brokenCases(spec, occurrences, legal),
  ].filter(({ input }) => seen.size !== seen.add(input).size)
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
    if (place.allowed.type === 'tag') return [named('unknown tag', '~'.repeat(longestTag + 1)), named('no tag', '')]
    if (place.allowed.type === 'real') return brokenReal(token, place.allowed, named)
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

/** Tags are at most that long (contract/input-spec.ts). */
const longestTag = 20

function brokenReal(
  token: string,
  { min, max, decimals }: { min: bigint; max: bigint; decimals: number },
  named: (name: string, text: string) => NearMiss,
): NearMiss[] {
  const [whole = '0', fraction = ''] = token.split('.')
  const unsigned = token.replace('-', '')
  return [
    named('above maximum', decimalOf(max + 1n, decimals)),
    named('below minimum', decimalOf(min - 1n, decimals)),
    named('too many decimals', `${whole}.${fraction.padEnd(decimals, '0')}1`),
    named('leading zero', token.startsWith('-') ? `-0${unsigned}` : `0${token}`),
    named('plus sign', `+${unsigned}`),
    named('exponent', `${token}e0`),
    named('decimal comma', `${whole},${fraction.padEnd(1, '0')}`),
    named('nothing after the point', `${whole}.`),
    named('nothing before the point', `.${fraction.padEnd(1, '0')}`),
    named('two points', `${whole}.0.0`),
    named('letter', `${token}x`),
    named('minus zero', '-0'),
    named('not a number', 'NaN'),
  ]
}
