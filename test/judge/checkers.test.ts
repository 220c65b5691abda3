import { describe, expect, it } from 'vitest'
import { type BuiltInChecker, compare } from '../../src/judge/checkers.ts'
import { chance } from './random.ts'

const exact = { kind: 'exact' } as const
const tokens = { kind: 'tokens' } as const
const lines = { kind: 'lines' } as const
const unordered = { kind: 'unordered' } as const
const float = (absolute: number, relative: number): BuiltInChecker => ({ kind: 'float', absolute, relative })
const micro = float(1e-6, 1e-6)
const none = float(0, 0)

const ok = null
type Row = [checker: BuiltInChecker, output: string, answer: string, note: string | null]

const rows: Row[] = [
  // Byte for byte.
  [exact, '1 2\n', '1 2\n', ok],
  [exact, '', '', ok],
  [exact, '값 😀\n', '값 😀\n', ok],
  [exact, '1 2', '1 2\n', String.raw`line 1, column 4: expected "\n", got the end of the output`],
  [exact, '1 2\n', '1 2', String.raw`line 1, column 4: expected the end of the output, got "\n"`],
  [exact, '1\r\n', '1\n', String.raw`line 1, column 2: expected "\n", got "\r\n"`],
  [exact, 'a\nb c\n', 'a\nb d\n', String.raw`line 2, column 3: expected "d\n", got "c\n"`],
  [exact, '', 'x', 'line 1, column 1: expected "x", got the end of the output'],
  [exact, '😁', '😀', 'line 1, column 2: expected "😀", got "😁"'],
  [exact, 'e\u0301', '\u00e9', 'line 1, column 1: expected "é", got "e\u0301"'],

  // The same words.
  [tokens, '1 2 3\n', '1 2 3\n', ok],
  [tokens, '1 2 3', '1 2 3\n', ok],
  [tokens, '  1\t2\n\n3 \r\n', '1 2 3\n', ok],
  [tokens, '1\v2\f3', '1 2 3', ok],
  [tokens, '', '', ok],
  [tokens, ' \n\r\n\t', '', ok],
  [tokens, '', ' \n', ok],
  [tokens, '1 2\n4', '1 2\n3', 'line 2, token 1: expected "3", got "4"'],
  [tokens, '1\n2 x 4', '1 2 3 4', 'line 2, token 2: expected "3", got "x"'],
  [tokens, '1 2', '1 2\n3', 'line 2, token 1 of the answer: expected "3", got the end of the output'],
  [tokens, '1 2\n\n3\n', '1 2', 'line 3, token 1: expected the end of the output, got "3"'],
  [tokens, '', '7\n', 'line 1, token 1 of the answer: expected "7", got the end of the output'],
  [tokens, '7\n', '', 'line 1, token 1: expected the end of the output, got "7"'],
  [tokens, '12', '1 2', 'line 1, token 1: expected "1", got "12"'],
  [tokens, 'yes', 'YES', 'line 1, token 1: expected "YES", got "yes"'],
  [{ kind: 'tokens', ignoreCase: true }, 'yes ÄÖ 1', 'YES äö 1', ok],
  [{ kind: 'tokens', ignoreCase: true }, 'yes', 'YEAH', 'line 1, token 1: expected "YEAH", got "yes"'],
  [{ kind: 'float', absolute: 0.1, relative: 0, ignoreCase: true }, 'Case 1.05', 'CASE 1', ok],
  [
    { kind: 'float', absolute: 0.1, relative: 0, ignoreCase: true },
    'NaN',
    'nan',
    'line 1, token 1: expected "nan", got "NaN"',
  ],
  [tokens, '1.0', '1', 'line 1, token 1: expected "1", got "1.0"'],
  [tokens, '가 나', '가\n나\n', ok],
  [tokens, '1\u00a02', '1 2', 'line 1, token 1: expected "1", got "1\u00a02"'],
  [tokens, '\ufeff1', '1', String.raw`line 1, token 1: expected "1", got "\u{feff}1"`],
  [tokens, '1\0', '1', String.raw`line 1, token 1: expected "1", got "1\u{0}"`],
  [tokens, '\u001b[31mred', 'red', String.raw`line 1, token 1: expected "red", got "\u{1b}[31mred"`],
  [tokens, '\u202eabc', 'abc', String.raw`line 1, token 1: expected "abc", got "\u{202e}abc"`],
  [tokens, String.raw`"\"`, 'x', String.raw`line 1, token 1: expected "x", got "\"\\\""`],
  [
    tokens,
    `${'a'.repeat(100)}b${'c'.repeat(100)}`,
    `${'a'.repeat(100)}d${'c'.repeat(100)}`,
    `line 1, token 1: expected "…aaaaaaaaaad${'c'.repeat(29)}…", got "…aaaaaaaaaab${'c'.repeat(29)}…"`,
  ],
  [tokens, '😀'.repeat(30), 'x', `line 1, token 1: expected "x", got "${'😀'.repeat(20)}…"`],
  [tokens, `x${'😀'.repeat(30)}`, 'y', `line 1, token 1: expected "y", got "x${'😀'.repeat(19)}…"`],

  // The same lines.
  [lines, 'a b\nc\n', 'a b\nc\n', ok],
  [lines, 'a b  \nc\t\n\n \n', 'a b\nc', ok],
  [lines, 'a\r\nb\r\n', 'a\nb\n', ok],
  [lines, '', '', ok],
  [lines, '\n \n\r\n', '', ok],
  [lines, '', '\n\n', ok],
  [lines, 'a  b', 'a b', 'line 1: expected "a b", got "a  b"'],
  [lines, ' a', 'a', 'line 1: expected "a", got " a"'],
  [lines, 'a\n\nb', 'a\nb', 'line 2: expected "b", got ""'],
  [lines, '\na', 'a', 'line 1: expected "a", got ""'],
  [lines, 'a', 'a\n\nb', 'line 2 of the answer: expected "", got the end of the output'],
  [lines, 'a\nb', 'a', 'line 2: expected the end of the output, got "b"'],
  [lines, 'a\rb', 'a\nb', String.raw`line 1: expected "a", got "a\rb"`],
  [
    lines,
    `${'1 '.repeat(50)}2 3`,
    `${'1 '.repeat(50)}4 3`,
    'line 1: expected "… 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 4 3", got "… 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 3"',
  ],

  // The same lines in any order.
  [unordered, 'b\na\n', 'a\nb\n', ok],
  [unordered, 'b \r\na', 'a\nb\n', ok],
  [unordered, 'a\na\nb', 'b\na\na', ok],
  [unordered, '\nb\n\na\n', 'a\n\nb', ok],
  [unordered, '', '', ok],
  [unordered, '\n\n', '', ok],
  [unordered, 'a\nb\nb', 'a\na\nb', 'line 3: "b" is there too often'],
  [unordered, 'a\nc', 'a\nb', 'line 2: "c" is not in the answer'],
  [unordered, 'b', 'a\nb\nc', 'line 1 of the answer: "a" is missing'],
  [unordered, 'a b', 'b a', 'line 1: "a b" is not in the answer'],
  [unordered, 'a', '', 'line 1: "a" is not in the answer'],
  [unordered, '', 'a', 'line 1 of the answer: "a" is missing'],
  [unordered, ' a', 'a', 'line 1: " a" is not in the answer'],
  [unordered, '__proto__', 'constructor', 'line 1: "__proto__" is not in the answer'],
  [unordered, `b${'x'.repeat(40_000)}1\na`, `a\nb${'x'.repeat(40_000)}1`, ok],
  [unordered, `${'x'.repeat(40_000)}2`, `${'x'.repeat(40_000)}1`, `line 1: "${'x'.repeat(40)}…" is not in the answer`],
  [unordered, `0\n${'x'.repeat(10)}`, 'x'.repeat(8_192 + 10), 'line 1: "0" is not in the answer'],

  // Numbers within a tolerance.
  [micro, '0.3333333', '0.33333333333', ok],
  [micro, '0.33333', '0.33333333333', 'line 1, token 1: expected "0.33333333333", got "0.33333"'],
  [micro, '1000000.9', '1000000', ok],
  [micro, '1000001.1', '1000000', 'line 1, token 1: expected "1000000", got "1000001.1"'],
  [micro, '-1000000.9', '-1000000', ok],
  [micro, '1', '-1', 'line 1, token 1: expected "-1", got "1"'],
  [micro, '1.5e3', '1500', ok],
  [micro, '+1.5E+3', '1500.', ok],
  [micro, '.5', '0.50', ok],
  [micro, '-0', '0', ok],
  [micro, '-0.0000001', '0.0', ok],
  [float(0, 1e-6), '1e-300', '0', 'line 1, token 1: expected "0", got "1e-300"'],
  [float(0, 1e-6), '0.000', '0', ok],
  [float(1e-6, 0), '1e-7', '0', ok],
  [float(1e-6, 0), '1000000.1', '1000000', 'line 1, token 1: expected "1000000", got "1000000.1"'],
  // Exactly the tolerance in decimal, a little more as doubles.
  [float(0.1, 0), '1.1', '1', ok],
  [float(0.1, 0), '1.1000001', '1', 'line 1, token 1: expected "1", got "1.1000001"'],
  [none, '1.50', '1.5', ok],
  [none, '1.5000000000000002', '1.5', 'line 1, token 1: expected "1.5", got "1.5000000000000002"'],
  [
    none,
    '9007199254740993',
    '9007199254740992',
    'line 1, token 1: expected "9007199254740992", got "9007199254740993"',
  ],
  [micro, '9007199254740993', '9007199254740992', ok],
  [
    float(0.5, 0),
    '9007199254740993',
    '9007199254740992',
    'line 1, token 1: expected "9007199254740992", got "9007199254740993"',
  ],
  [float(1, 0), '+9007199254740993', '9007199254740992', ok],
  [none, '0000000000000000000001', '1', ok],
  [micro, 'nan', 'nan', 'line 1, token 1: expected "nan", got "nan"'],
  [micro, '-NaN', '1', 'line 1, token 1: expected "1", got "-NaN"'],
  [micro, '1', 'NaN', 'line 1, token 1: expected "NaN", got "1"'],
  [micro, 'Infinity', 'inf', ok],
  [micro, '+INF', 'inf', ok],
  [micro, '-inf', 'inf', 'line 1, token 1: expected "inf", got "-inf"'],
  [micro, 'inf', '1e308', 'line 1, token 1: expected "1e308", got "inf"'],
  [micro, '1e308', 'inf', 'line 1, token 1: expected "inf", got "1e308"'],
  [micro, '1e400', 'inf', 'line 1, token 1: expected "inf", got "1e400"'],
  [micro, '1e400', '1e400', ok],
  [micro, '1e400', '1e401', 'line 1, token 1: expected "1e401", got "1e400"'],
  [float(1e9, 1), '-1e308', '1e308', 'line 1, token 1: expected "1e308", got "-1e308"'],
  [micro, '9'.repeat(500), '8'.repeat(500), `line 1, token 1: expected "${'8'.repeat(40)}…", got "${'9'.repeat(40)}…"`],
  [micro, '0x10', '16', 'line 1, token 1: expected "16", got "0x10"'],
  [micro, '1_000', '1000', 'line 1, token 1: expected "1000", got "1_000"'],
  [micro, '1,5', '1.5', 'line 1, token 1: expected "1.5", got "1,5"'],
  [micro, '１', '1', 'line 1, token 1: expected "1", got "１"'],
  [micro, '--1', '1', 'line 1, token 1: expected "1", got "--1"'],
  [micro, '1e', '1', 'line 1, token 1: expected "1", got "1e"'],
  [micro, '1e+', '1', 'line 1, token 1: expected "1", got "1e+"'],
  [micro, '1e5.0', '100000', 'line 1, token 1: expected "100000", got "1e5.0"'],
  [micro, '1n', '1', 'line 1, token 1: expected "1", got "1n"'],
  [micro, '.', '0', 'line 1, token 1: expected "0", got "."'],
  [micro, '-', '0', 'line 1, token 1: expected "0", got "-"'],
  [micro, 'e5', '0', 'line 1, token 1: expected "0", got "e5"'],
  [micro, '1.2.3', '1.2', 'line 1, token 1: expected "1.2", got "1.2.3"'],
  [micro, 'YES 0.5', 'YES\n0.5000001\n', ok],
  [micro, 'yes', 'YES', 'line 1, token 1: expected "YES", got "yes"'],
  [micro, '1.0\r\n2.0\r\n', '1 2', ok],
  [micro, '1.0', '1 2', 'line 1, token 2 of the answer: expected "2", got the end of the output'],
  [micro, '1.0 2', '1', 'line 1, token 2: expected the end of the output, got "2"'],
  [micro, '', '', ok],
]

function titleOf([checker, output, answer, note]: Row): string {
  const { kind, ...tolerance } = checker
  const [got, expected] = [output, answer].map((text) => JSON.stringify(text.slice(0, 30)))
  const how = kind === 'float' ? `${kind} ${Object.values(tolerance).join('/')}` : kind
  return `${how} ${note === null ? 'accepts' : 'refuses'} ${got} for ${expected}`
}

/** `{ accepted: true }`, or refused with the note. */
function expected(note: string | null): ReturnType<typeof compare> {
  return note === null ? { accepted: true } : { accepted: false, note }
}

const longLine = (number: number): string => `${'x'.repeat(20_000)}${number}`

function splitLines(text: string): string[] {
  const all = text.split('\n').map((line) => line.trimEnd())
  while (all.at(-1) === '') all.pop()
  return all
}

function filledLines(text: string): string[] {
  return splitLines(text).filter((line) => line !== '')
}

describe('a built-in checker', () => {
  it.each(rows.map((row) => [titleOf(row), ...row] as const))('%s', (_title, checker, output, answer, note) => {
    expect(compare(checker, output, answer)).toEqual(expected(note))
  })

  it.each([
    ['a single word', '1'.repeat(4_000_000), `${'1'.repeat(3_999_999)}2`],
    ['nothing but blanks', ' \t\r\n'.repeat(1_000_000), 'x'],
    ['blanks between', `a${' \n'.repeat(1_000_000)}b`, 'a c'],
    ['short lines', '1\n'.repeat(1_000_000), '2\n'.repeat(1_000_000)],
    ['a number without end', `0.${'0'.repeat(4_000_000)}`, '1'],
    ['an exponent without end', `1e${'9'.repeat(4_000_000)}`, '1'],
    ['points', '1.'.repeat(1_000_000), '1'],
    ['control characters', '\0\u001b'.repeat(1_000_000), 'x'],
    ['halves of pairs', '\ud800'.repeat(1_000_000), '\udc00'],
  ])('refuses an output of %s with one short line', (_what, output, answer) => {
    for (const checker of [exact, tokens, lines, unordered, micro]) {
      const comparison = compare(checker, output, answer)
      expect(comparison.accepted).toBe(false)
      if (comparison.accepted) continue
      expect(comparison.note).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}]{1,700}$/u)
    }
  })

  it('tells long lines apart that have parts in common', () => {
    const [a, b] = ['a'.repeat(8_192), 'b'.repeat(8_192)]
    expect(compare(unordered, `${b}1\n${a}2`, `${a}1\n${b}2`)).toMatchObject({ accepted: false })
    expect(compare(unordered, `${a}${b}${a}`, `${b}${a}${a}`)).toMatchObject({ accepted: false })
  })

  it('tells long lines apart that V8 cannot tell apart by their hash', () => {
    const answer = Array.from({ length: 500 }, (_, index) => longLine(index + 1_000))
    expect(compare(unordered, [...answer].reverse().join('\n'), answer.join('\n'))).toEqual({ accepted: true })
    const wrong = [...answer.slice(0, -1), longLine(999)]
    expect(compare(unordered, wrong.join('\n'), answer.join('\n'))).toMatchObject({ accepted: false })
  })
})

describe('a built-in checker agrees with a slow and simple one', () => {
  const texts = Array.from({ length: 4_000 }, (_, seed) => {
    const { below, pick, shuffled } = chance(seed)
    const text = (): string =>
      Array.from({ length: below(8) }, () =>
        pick(['1', '2', '12', 'a', ' ', '  ', '\t', '\n', '\n', '\r\n', '\n\n']),
      ).join('')
    const answer = text()
    // Half of the outputs are the answer with its blanks, or its lines, changed.
    const changed = pick([
      text,
      () => answer.replaceAll('\n', pick(['\r\n', ' \n', '\n\n', ' '])),
      () => shuffled(answer.split('\n')).join('\n'),
      () => `${answer}${pick(['\n', ' ', '\n\n', '\r\n', ''])}`,
    ])
    return { answer, output: changed() }
  })
  const oracles: [BuiltInChecker, (text: string) => string[]][] = [
    [exact, (text) => [text]],
    [tokens, (text) => text.split(/\s+/).filter((word) => word !== '')],
    [lines, splitLines],
    [unordered, (text) => filledLines(text).sort()],
  ]

  it.each(oracles)('%o', (checker, normal) => {
    let same = 0
    for (const { output, answer } of texts) {
      const isSame = JSON.stringify(normal(output)) === JSON.stringify(normal(answer))
      same += isSame ? 1 : 0
      const { accepted } = compare(checker, output, answer)
      if (accepted !== isSame) expect({ output, answer, accepted }).toEqual({ output, answer, accepted: isSame })
    }
    // Both kinds were there to be told apart.
    expect(same).toBeGreaterThan(300)
    expect(same).toBeLessThan(3_700)
  })

  it('and so does float, for numbers of which exact fractions can be taken', () => {
    const counts = { right: 0, wrong: 0 }
    for (let seed = 0; seed < 4_000; seed += 1) {
      const { below, pick } = chance(seed)
      // Thousandths, compared as integers.
      const answer = below(4_000) - 2_000
      const output = answer + pick([0, 1, -1, 9, 10, 11, -10, -11, 50, -50, 500])
      const [absolute, relative] = pick([
        [10, 0],
        [0, 100],
        [5, 20],
      ])
      const difference = Math.abs(output - answer)
      const isClose = difference <= absolute || difference * 1_000 <= relative * Math.abs(answer)
      counts[isClose ? 'right' : 'wrong'] += 1
      const checker = float(absolute / 1_000, relative / 1_000)
      const { accepted } = compare(checker, (output / 1_000).toFixed(3), (answer / 1_000).toFixed(3))
      if (accepted !== isClose) expect({ output, answer, checker, accepted }).toEqual({ accepted: isClose })
    }
    expect(Math.min(counts.right, counts.wrong)).toBeGreaterThan(500)
  })
})
