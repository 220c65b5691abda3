// Each gate has to earn its place: two defects that it stops, and what becomes of them when it is gone.
import { describe, expect, it } from 'vitest'
import type { GateId } from '../../src/contract/verification.ts'
import { statementSignature } from '../../src/generation/similarity.ts'
import { allGates } from '../../src/generation/stages.ts'
import { type PipelineRunOptions, runScenario } from '../support/pipeline.ts'
import { changesAnOutput, losesATest, silent } from '../support/tampered.ts'
import { planted, tinyReplies } from '../support/tiny-author.ts'

interface Defect {
  readonly gate: GateId
  readonly what: string
  readonly scenario?: Record<string, unknown>
  readonly parts?: PipelineRunOptions['parts']
  readonly request?: PipelineRunOptions['request']
  /**
   * The gates that find it when this one is gone: later, and at a higher price. None, when left out: the defect is
   * published.
   */
  readonly later?: readonly GateId[]
  /** Gates that its repair has to pass as well. */
  readonly beside?: readonly GateId[]
}

const code = (artefact: 'reference' | 'brute-force' | 'generator', ...lines: string[]): Record<string, unknown> => ({
  [artefact]: [{ patch: [{ op: 'replace', path: '/code', value: planted(artefact, ...lines) }] }],
})
const patch = (artefact: string, ...operations: unknown[]): Record<string, unknown> => ({
  [artefact]: [{ patch: operations }],
})
const solver = (statement: string): Record<string, unknown> => ({
  solver: [{ replace: [{ path: '/code', find: '    std::cout', with: `    ${statement}\n    std::cout` }] }],
})
const several = { blueprint: [{ patch: [{ op: 'add', path: '/comparison', value: 'checker' }] }] }
const dead = (name: string): string[] => [
  `${name} = 0`,
  ...Array.from({ length: 30 }, (_, index) => `${name} = (${name} * ${index + 3} + n - ${index}) % ${index + 7}`),
]
const decoys = (...programs: (readonly ['wrong' | 'slow', string])[]): Record<string, unknown> => ({
  'wrong-solutions': [
    {
      patch: programs.map(([kind, source], index) => ({
        op: kind === 'wrong' || programs.length > 1 ? 'replace' : 'add',
        path: kind === 'wrong' || programs.length > 1 ? `/solutions/${index}` : '/solutions/-',
        value: { kind, idea: `idea ${index}`, language: 'python', code: source },
      })),
    },
  ],
})
const blueprintLevel = (level: string): Record<string, unknown> => ({
  blueprint: [{ patch: [{ op: 'replace', path: '/difficulty', value: level }], repeat: true }],
})
const stored = { problemId: 'p', title: '쌍둥이 구슬', signature: statementSignature(tinyReplies.blueprint.task) }

const defects: readonly Defect[] = [
  {
    gate: 'G0',
    what: 'a reply that reached the output limit, although its text happens to parse',
    scenario: { reference: [{ fault: 'max-tokens', whole: true }] },
  },
  {
    gate: 'G0',
    what: 'a reply with two different objects',
    scenario: {
      generator: [
        `${JSON.stringify(tinyReplies.generator)}\n${JSON.stringify({ ...tinyReplies.generator, code: 'print(1)' })}`,
      ],
    },
  },
  {
    gate: 'G1',
    what: 'a reference that opens a file',
    scenario: code('reference', "try: open('/dev/null')", 'except OSError: pass'),
  },
  {
    gate: 'G1',
    what: 'a brute force with unseeded randomness that changes nothing',
    scenario: code('brute-force', 'import random', 'random.shuffle(a)'),
  },
  {
    gate: 'G2',
    what: 'a task whose bound differs from the spec',
    scenario: patch('blueprint', {
      op: 'replace',
      path: '/task',
      value: `${tinyReplies.blueprint.task} 1 ≤ N ≤ 300이다.`,
    }),
  },
  {
    gate: 'G2',
    what: 'a blueprint about another topic than asked for',
    scenario: patch('blueprint', { op: 'replace', path: '/algorithm_type', value: 'string' }),
  },
  {
    gate: 'G3',
    what: 'a spec that leaves out a promise the blueprint makes',
    scenario: patch('blueprint', {
      op: 'add',
      path: '/illegal_inputs/-',
      value: { input: '2\n4 4\nabc\n', reason: 'colours are distinct' },
    }),
  },
  {
    gate: 'G3',
    what: 'an alphabet with the blank in it, so that one token cannot be told from two',
    scenario: patch('blueprint', { op: 'replace', path: '/input/2/alphabet', value: 'a-z ' }),
    later: ['G10'],
  },
  { gate: 'G4', what: 'a generator that exceeds a bound', scenario: code('generator', 'a[0] = 1001'), later: ['G23'] },
  {
    gate: 'G4',
    what: 'a generator that leaves the alphabet in one strategy',
    scenario: code('generator', "if strategy == 'equal':", "    s = s[:-1] + 'Q'"),
    later: ['G23'],
  },
  {
    gate: 'G5',
    what: 'a generator that ignores its seed',
    scenario: code('generator', "if strategy == 'full':", '    a = [7] * n', "    s = 'q'"),
  },
  {
    gate: 'G5',
    what: 'a generator that depends on the hash seed',
    scenario: code('generator', "a[0] = hash('alpaco') % 1000 + 1"),
    later: ['G23'],
  },
  {
    gate: 'G6',
    what: 'a reference that prints nothing at the largest size',
    scenario: code('reference', 'if n == 200:', '    return'),
    later: ['G15'],
  },
  {
    gate: 'G6',
    what: 'a reference that crashes at the largest size',
    scenario: code('reference', 'if n == 200:', '    [][0]'),
    later: ['G7'],
  },
  {
    gate: 'G7',
    what: 'a reference that depends on the hash seed',
    scenario: code('reference', 'if n == 200:', "    answer += hash('alpaco') % 1000"),
    later: ['G15'],
  },
  {
    gate: 'G7',
    what: 'a reference that depends on the order of a set',
    scenario: code(
      'reference',
      'if n == 200:',
      "    answer += int(''.join({'11', '22', '33', '44', '55', '66', '77', '88'}))",
    ),
    later: ['G15'],
  },
  {
    gate: 'G8',
    what: 'a reference that is wrong on a sample only',
    scenario: code('reference', 'if a == [7, 7, 7, 7, 7]:', '    answer += 1'),
    later: ['G15'],
  },
  {
    gate: 'G8',
    what: 'a brute force that is wrong on a sample only',
    scenario: code('brute-force', "if s == 'banana':", '    answer += 1'),
    later: ['G15'],
  },
  {
    gate: 'G9',
    what: 'a reference that is wrong on an edge case',
    scenario: code('reference', 'if n == 1:', '    answer += 1'),
    later: ['G15'],
  },
  {
    gate: 'G9',
    what: 'a brute force that is wrong where all are equal',
    scenario: code('brute-force', 'if n == 2 and a[0] == a[1]:', '    answer -= 1'),
  },
  {
    gate: 'G17',
    what: 'a statement with another bound than the spec',
    scenario: patch('statement', {
      op: 'replace',
      path: '/description',
      value: `${tinyReplies.statement.description} (1 ≤ N ≤ 20)`,
    }),
  },
  {
    gate: 'G17',
    what: 'a statement in another language',
    scenario: patch('statement', {
      op: 'replace',
      path: '/description',
      value: 'There are N beads of colours A and a string S. Count the equal pairs and every letter a.',
    }),
  },
  {
    gate: 'G10',
    what: 'a blind solver who is wrong on an input that is no test',
    scenario: solver('if (s == "cb") ++answer;'),
  },
  {
    gate: 'G10',
    what: 'two programs that are wrong in the same way, and two solvers who are right',
    scenario: {
      ...code('reference', 'if n == 1:', '    answer += 1'),
      ...code('brute-force', 'if n == 1:', '    answer += 1'),
    },
    later: ['G18'],
  },
  {
    gate: 'G11',
    what: 'programs that print the same words in another order',
    scenario: {
      ...code('reference', 'print(n)', 'print(len(s))'),
      ...code('brute-force', 'print(len(s))', 'print(n)'),
    },
    later: ['G8'],
  },
  {
    gate: 'G11',
    what: 'programs that agree on the first word and not on what follows',
    scenario: { ...code('reference', 'print(n)', 'print(n)'), ...code('brute-force', 'print(n)', 'print(n + 1)') },
    later: ['G8'],
  },
  {
    gate: 'G12',
    what: 'a checker that accepts everything',
    scenario: {
      ...several,
      checker: [{ patch: [{ op: 'replace', path: '/code', value: 'import sys\n\nsys.stdin.read()\nsys.exit(42)\n' }] }],
    },
    later: ['G13'],
  },
  {
    gate: 'G12',
    what: 'a checker that crashes on an empty output',
    scenario: {
      ...several,
      checker: [
        {
          replace: [
            { path: '/code', find: 'sys.exit(42', with: 'first = sys.stdin.read().split()\nfirst[0]\nsys.exit(42' },
            { path: '/code', find: 'if sys.stdin.read().split() ==', with: 'if first ==' },
          ],
        },
      ],
    },
  },
  {
    gate: 'G13',
    what: 'a reference most of which shows nowhere',
    scenario: code('reference', ...dead('unused')),
  },
  {
    gate: 'G13',
    what: 'a reference in which nothing can be changed',
    scenario: code('reference', ...dead('useless')),
  },
  {
    gate: 'G14',
    what: 'wrong solutions that are right',
    scenario: decoys(['wrong', tinyReplies['brute-force'].code], ['wrong', tinyReplies.reference.code]),
  },
  {
    gate: 'G14',
    what: 'slow solutions where wrong ones were asked for',
    scenario: decoys(['slow', tinyReplies['brute-force'].code], ['slow', tinyReplies.reference.code]),
  },
  {
    gate: 'G15',
    what: 'a slow solution that is wrong',
    scenario: decoys(['slow', planted('brute-force', 'answer += 1 if n == 3 else 0')]),
  },
  {
    gate: 'G15',
    what: 'a slow solution that crashes',
    scenario: decoys(['slow', planted('brute-force', 'answer //= n - 1')]),
  },
  {
    gate: 'G16',
    what: 'a task whose answer is always the same',
    scenario: { ...code('reference', 'answer = 0'), ...code('brute-force', 'answer = 0') },
    beside: ['G8'],
    later: ['G8', 'G13'],
  },
  {
    gate: 'G16',
    what: 'a generator whose largest inputs are small',
    scenario: code('generator', 'n = min(n, 9)', 'a = a[:n]'),
  },
  {
    gate: 'G18',
    what: 'a blind solver who is wrong at the largest size',
    scenario: solver('if (n == 200) ++answer;'),
  },
  {
    gate: 'G18',
    what: 'a blind solver who is too slow at the largest size',
    scenario: solver('volatile long long x = 0; if (n == 200) while (x < 20000000000) x = x + 1;'),
  },
  {
    gate: 'G19',
    what: 'an easy task that is called medium',
    scenario: blueprintLevel('medium'),
    request: { level: 'medium', difficulty: '보통' },
  },
  {
    gate: 'G19',
    what: 'an easy task that is called hard',
    scenario: blueprintLevel('hard'),
    request: { level: 'hard', difficulty: '어려움' },
  },
  {
    gate: 'G20',
    what: 'a task that is stored already, word for word',
    parts: { similar: { near: async ({ bands: keys }) => (keys.length === 0 ? [] : [stored]) } },
  },
  {
    gate: 'G20',
    what: 'a task in other words whose reference behaves as a stored one',
    parts: { similar: { near: async ({ behaviour }) => (behaviour === undefined ? [] : [{ ...stored, behaviour }]) } },
  },
  {
    gate: 'G21',
    what: 'a reference that prints real numbers where integers are meant',
    scenario: code('reference', 'answer = float(answer)'),
    later: ['G8'],
  },
  {
    gate: 'G21',
    what: 'a reference that prints None now and then',
    scenario: code('reference', 'answer = None if n == 200 else answer'),
    later: ['G15'],
  },
  {
    gate: 'G23',
    what: 'a serialiser that changes an output',
    parts: { serialise: changesAnOutput },
  },
  {
    gate: 'G23',
    what: 'a serialiser that loses a test',
    parts: { serialise: losesATest },
  },
  { gate: 'G24', what: 'a provider that counts no tokens', scenario: { reference: [{ fault: 'no-usage' }] } },
  {
    gate: 'G24',
    what: 'a gate that leaves no evidence',
    parts: { gates: allGates.map((gate) => (gate.id === 'G9' ? silent(gate) : gate)) },
  },
]

describe('every gate of this level', () => {
  it.each(defects)(
    '$gate stops $what',
    async ({ gate, scenario = {}, parts = {}, request = {}, later = [], beside = [] }) => {
      const withGate = await runScenario({ scenario, parts, request })
      expect(new Set(withGate.failed)).toEqual(new Set([gate, ...beside]))

      const gates = (parts.gates ?? allGates).filter(({ id }) => id !== gate)
      const withoutGate = await runScenario({ scenario, parts: { ...parts, gates }, request })
      expect(new Set(withoutGate.failed)).toEqual(new Set(later))
      if (later.length === 0) expect(withoutGate.end.ok).toBe(true)
    },
  )

  it('has two defects in this table', () => {
    const counted = Map.groupBy(defects, ({ gate }) => gate)
    // G22 is about our own starter code, which no reply can damage.
    const lacking = allGates.filter(({ id }) => id !== 'G22' && counted.get(id)?.length !== 2)
    expect(lacking.map(({ id }) => id)).toEqual([])
  })

  it('lets a clean problem through without a single failure', async () => {
    const run = await runScenario()
    expect(run.failed).toEqual([])
    expect(run.end.ok).toBe(true)
  })
})
