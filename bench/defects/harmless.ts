// Variations of a right reply that must not alarm.
import { type DefectClass, blueprint, large, program, raw, reference, statement } from './defect-class.ts'
import { spoiled, spoiledGenerator } from './spoiled.ts'

/** What must not alarm. */
export const harmlessVariations: readonly DefectClass[] = [
  raw('fenced', 'JSON in a code fence', 'reference', { wrap: { before: '```json\n', after: '\n```' } }),
  raw('surrounded', 'prose around the JSON', 'generator', { wrap: { before: 'Here it is:\n', after: '\nGood luck!' } }),
  raw('byte-order-mark', 'a byte order mark before the JSON', 'brute-force', { wrap: { before: '\uFEFF', after: '' } }),
  raw('rate-limit', 'one 429 with a hint', 'reference', { fault: '429', retryAfterSeconds: 1 }),
  raw('unavailable', 'one 503', 'generator', { fault: '503' }),
  raw('slow-stream', 'a slow stream', 'statement', { fault: 'slow', chunkDelayMs: 5 }),
  {
    id: 'key-order',
    title: 'the fields of a reply in another order',
    plant: (target) => ({
      reference: { reply: Object.fromEntries(Object.entries(target.clean('reference')).toReversed()) },
    }),
  },
  reference('carriage-returns', 'a source with CRLF', (code) => code.replaceAll('\n', '\r\n')),
  reference('tabs-and-comments', 'comments and empty lines', (code) => `# a comment\n\n${code}\n\n# the end\n`),
  reference('trailing-blanks', 'blanks at the ends of lines of the output', (code) =>
    spoiled(code, '_answer.append("")'),
  ),
  reference('empty-lines', 'empty lines after the output', (code) => `${code}\nprint()\nprint()\n`),
  reference('a-word-a-line', 'every word of the output on a line of its own', (code) =>
    spoiled(code, '_answer = ["\\n".join(_answer)]'),
  ),
  reference('somewhat-slower', 'a reference that takes a little longer', (code) =>
    spoiled(code, `if ${large}:`, '    for _ in range(4 * 10**6): pass'),
  ),
  reference('more-memory', 'a reference that uses more memory than it has to', (code) =>
    spoiled(code, '_extra = bytearray(30 * 1024 * 1024)'),
  ),
  reference('other-reader', 'input read line by line', (code) =>
    code.replace('sys.stdin.buffer.read().split()', '[word for row in sys.stdin for word in row.split()]'),
  ),
  program(
    'reference',
    'another-algorithm',
    'the brute force in the place of the reference of an easy problem',
    (code, target) => (target.level === 'easy' ? target.clean('brute-force').code : code),
  ),
  program(
    'brute-force',
    'brute-in-function',
    'a brute force inside a function',
    (code) =>
      `def main():\n${code
        .split('\n')
        .map((line) => (line === '' ? '' : `    ${line}`))
        .join('\n')}\n\n\nmain()\n`,
  ),
  program('generator', 'generator-carriage-returns', 'a generator that prints CRLF', (code) =>
    spoiledGenerator(code, '_lines = [line + "\\r" for line in _lines]'),
  ),
  program('generator', 'generator-trailing-blanks', 'a generator that prints blanks at line ends', (code) =>
    spoiledGenerator(code, '_lines = [line + "  " for line in _lines]'),
  ),
  {
    id: 'strategy-names',
    title: 'strategies in another order',
    plant: (target) => {
      const reply = target.clean('generator')
      return { generator: { reply: { ...reply, strategies: reply.strategies.toReversed() } } }
    },
  },
  blueprint('sample-blanks', 'samples without a line feed at the end of the output', ({ samples }) => ({
    samples: samples.map(({ input, output }) => ({ input, output: output.trimEnd() })),
  })),
  statement('statement-small-numbers', 'counting words in the statement', (description, { locale }) => ({
    description: `${description} ${locale === 'ko' ? '주인공은 2명의 친구와 3일 동안 이 일을 했다.' : 'Two friends helped for 3 days.'}`,
  })),
  statement('statement-long', 'a longer story', (description, { locale }) => ({
    description: `${locale === 'ko' ? '아주 오래된 이야기이다. 마을 사람들은 아직도 그날을 기억한다.' : 'It is an old story that people still tell.'}\n\n${description}`,
  })),
  {
    id: 'one-survivor',
    title: 'one of the wrong solutions turns out to be right',
    plant: (target) => {
      const reply = target.clean('wrong-solutions')
      const { code } = target.clean('brute-force')
      return {
        'wrong-solutions': {
          reply: {
            solutions: [...reply.solutions, { kind: 'wrong', idea: 'seems wrong', language: 'python', code }].slice(-8),
          },
        },
      }
    },
  },
]
