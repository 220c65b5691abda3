// Faults planted in a right emitted problem, to try the oracle itself: each has to be found, and nothing else.
import type { Emitted, TestCase } from './emitted.ts'
import type { FindingKind } from './findings.ts'

/** A right document with its tests inline. */
export type Sound = Emitted & {
  test_cases: TestCase[]
  test_origins: unknown[]
  programs: { role: string; language: string; source: string }[]
  tests: { count: number }
}

export interface Damage {
  readonly name: string
  /** Which of the two problems it is done to. */
  readonly base: 'armour-match-easy' | 'hill-view-medium'
  readonly expected: readonly FindingKind[]
  /** Programs that have to be refused or accepted wrongly; none when left out. */
  readonly victims?: number
  readonly survivors?: number
  readonly damage: (problem: Sound) => unknown
}

const armour = { base: 'armour-match-easy' } as const
const hill = { base: 'hill-view-medium' } as const

function withSolution(problem: Sound, edit: (code: string) => string): Sound {
  const source = edit(problem.solution_code)
  if (source === problem.solution_code) throw new Error('the solution does not have what was to be changed')
  const programs = problem.programs.map((one) => (one.role === 'reference' ? { ...one, source } : one))
  return { ...problem, solution_code: source, programs }
}

function withGenerator(problem: Sound, edit: (code: string) => string): Sound {
  const source = edit(problem.test_generator_code)
  if (source === problem.test_generator_code) throw new Error('the generator does not have what was to be changed')
  const programs = problem.programs.map((one) => (one.role === 'generator' ? { ...one, source } : one))
  return { ...problem, test_generator_code: source, programs }
}

/** Only the tests at these places, with their origins. */
function withTests(problem: Sound, keep: (input: string, index: number) => boolean): Sound {
  const kept = problem.test_cases.map(({ input }, index) => keep(input, index))
  const test_cases = problem.test_cases.filter((_, index) => kept[index])
  return {
    ...problem,
    test_cases,
    test_origins: problem.test_origins.filter((_, index) => kept[index]),
    tests: { ...problem.tests, count: test_cases.length },
  }
}

function withTest(problem: Sound, at: number, change: (test: { input: string; output: string }) => object): Sound {
  return {
    ...problem,
    test_cases: problem.test_cases.map((test, index) => (index === at ? { ...test, ...change(test) } : test)),
  }
}

function withSample(problem: Sound, change: (sample: { input: string; output: string }) => object): Sound {
  return {
    ...problem,
    examples: problem.examples.map((one, index) => (index === 0 ? { ...one, ...change(one) } : one)),
  }
}

function said(problem: Sound, more: string): Sound {
  return { ...problem, description: `${problem.description}\n\n${more}` }
}

/** The first number of the outputs, one more. */
function oneMore(output: string): string {
  return output.replace(/\d+/, (digits) => String(Number(digits) + 1))
}

/** The verification report with one part replaced. */
function withReport(problem: Sound, part: Record<string, unknown>): Sound {
  return { ...problem, verification: { ...(problem.verification as object), ...part } }
}

const quadratic = `
n = int(input())
h = list(map(int, input().split()))
total = 0
for i in range(n):
    j = i + 1
    while j < n and h[j] <= h[i]:
        j += 1
    total += j - i if j < n else 0
print(total)
`

/** N, the first number of an input. */
function countOf(input: string): number {
  return Number(input.split(/\s/, 1)[0])
}

function mostOf({ test_cases }: Sound): number {
  return Math.max(...test_cases.map(({ input }) => countOf(input)))
}

/** Where everything fits everybody, most wrong ideas are right. */
function whereAllFits(problem: Sound): Sound {
  const count = mostOf(problem)
  const row = (size: number): string => Array.from({ length: count }, () => size).join(' ')
  const two = withTests(problem, (_, index) => index < 2)
  const kept = { ...two, test_origins: two.test_origins.map(() => ({ from: 'boundary', name: 'by hand' })) }
  return withTest(kept, 1, () => ({ input: `${count} ${count}\n${row(1)}\n${row(2)}\n`, output: `${count}\n` }))
}

/** The first test is a hand-made boundary; the others come from the generator. */
export const damages: readonly Damage[] = [
  {
    name: 'the solution refuses what fits exactly',
    ...armour,
    expected: ['reference-wrong'],
    damage: (problem) => withSolution(problem, (code) => code.replace('>=', '>')),
  },
  {
    name: 'the solution is wrong on large sums only',
    ...hill,
    expected: ['reference-wrong'],
    damage: (problem) => withSolution(problem, (code) => code.replace('print(total)', 'print(total % 2**31)')),
  },
  {
    name: 'the solution crashes on the smallest input',
    ...armour,
    expected: ['reference-wrong'],
    damage: (problem) => withSolution(problem, (code) => `${code}\nassert len(open(0).read()) >= 0 and sys.argv[1]\n`),
  },
  {
    name: 'the solution takes quadratic time',
    ...hill,
    expected: ['reference-slow'],
    damage: (problem) => withSolution(problem, () => quadratic),
  },
  {
    name: 'the solution needs a gigabyte',
    ...armour,
    expected: ['reference-slow'],
    damage: (problem) => withSolution(problem, (code) => `waste = bytearray(1 << 30)\n${code}`),
  },
  {
    name: 'the answer depends on the order of a set',
    ...armour,
    expected: ['nondeterministic'],
    damage: (problem) =>
      withSolution(problem, (code) =>
        code.replace('print(matched)', 'print(matched + (list({"left", "right"})[0] == "left"))'),
      ),
  },
  {
    name: 'a test is out of bounds',
    ...armour,
    expected: ['test-invalid'],
    damage: (problem) => withTest(problem, 0, ({ input }) => ({ input: input.replace(/\d+\n$/, '99999999\n') })),
  },
  {
    name: 'a test has a token too many',
    ...armour,
    expected: ['test-invalid'],
    damage: (problem) => withTest(problem, 0, ({ input }) => ({ input: input.replace(/\n$/, ' 1\n') })),
  },
  {
    name: 'a test breaks the promised order',
    ...armour,
    expected: ['test-invalid'],
    damage: (problem) => withTest(problem, 0, () => ({ input: '1 2\n1\n2 1\n', output: '1\n' })),
  },
  {
    name: 'the output of a test is wrong',
    ...armour,
    expected: ['test-output-wrong'],
    victims: 2,
    damage: (problem) => withTest(problem, 3, ({ output }) => ({ output: oneMore(output) })),
  },
  {
    name: 'a sample has a token too few',
    ...armour,
    expected: ['sample-invalid'],
    damage: (problem) => withSample(problem, ({ input }) => ({ input: input.replace(/ \d+\n$/, '\n') })),
  },
  {
    name: 'the output of a sample is wrong',
    ...armour,
    expected: ['sample-output-wrong'],
    damage: (problem) => withSample(problem, ({ output }) => ({ output: oneMore(output) })),
  },
  {
    name: 'there is one sample',
    ...armour,
    expected: ['samples-too-few'],
    damage: (problem) => ({ ...problem, examples: problem.examples.slice(0, 1) }),
  },
  {
    name: 'all samples are equal',
    ...armour,
    expected: ['samples-too-few'],
    damage: (problem) => ({ ...problem, examples: problem.examples.map(() => problem.examples[0]) }),
  },
  {
    name: 'a test is there twice',
    ...armour,
    expected: ['duplicate-tests'],
    damage: (problem) => ({
      ...problem,
      test_cases: [...problem.test_cases, problem.test_cases[2]],
      test_origins: [...problem.test_origins, problem.test_origins[2]],
      tests: { ...problem.tests, count: problem.tests.count + 1 },
    }),
  },
  {
    name: 'all large tests are missing',
    ...armour,
    expected: ['no-maximum-test'],
    damage: (problem) => withTests(problem, (input) => countOf(input) < mostOf(problem) / 2),
  },
  {
    name: 'the constraints allow larger values than the spec',
    ...armour,
    expected: ['bounds-disagree'],
    damage: (problem) => ({ ...problem, constraints: problem.constraints.replace(/(A_i ≤ [\d,]+)/, '$1,000') }),
  },
  {
    name: 'the spec allows smaller values than the constraints',
    ...armour,
    expected: ['bounds-disagree'],
    damage: (problem) => ({
      ...problem,
      input_spec: JSON.parse(JSON.stringify(problem.input_spec).replace('"min":"1"', '"min":"0"')) as unknown,
    }),
  },
  {
    name: 'the statement names a limit of its own',
    ...armour,
    expected: ['bounds-disagree'],
    damage: (problem) => said(problem, 'N은 최대 123,456이다.'),
  },
  {
    name: 'a range is missing in the constraints',
    ...armour,
    expected: ['bounds-disagree'],
    damage: (problem) => ({ ...problem, constraints: problem.constraints.replace(/^.*\bM\b.*\n/m, '') }),
  },
  {
    name: 'the statement is in another language',
    ...armour,
    expected: ['statement-language'],
    damage: (problem) => ({
      ...problem,
      description:
        'You are given the array A with the sizes that N knights need, and the array B with the sizes of M suits.\n\nFind the greatest number of knights that can be matched.',
    }),
  },
  {
    name: 'the statement has a placeholder',
    ...armour,
    expected: ['statement-placeholder'],
    damage: (problem) => said(problem, 'TODO: 여기에 조건을 더 쓴다.'),
  },
  {
    name: 'the statement shows code of the solution',
    ...hill,
    expected: ['solution-leaked'],
    damage: (problem) => said(problem, problem.solution_code.split('\n').slice(-12).join('\n')),
  },
  {
    name: 'the statement names the technique',
    ...hill,
    expected: ['solution-leaked'],
    damage: (problem) => said(problem, 'Use a monotonic structure from left to right.'),
  },
  {
    name: 'the starter code is the solution',
    ...armour,
    expected: ['solution-leaked'],
    damage: (problem) => ({ ...problem, starter_code: { python: problem.solution_code } }),
  },
  {
    name: 'the generator ignores its seed',
    ...armour,
    expected: ['generator-not-replayable'],
    damage: (problem) =>
      withGenerator(problem, (code) => code.replace('random.Random(f"{strategy}:{seed}")', 'random.Random()')),
  },
  {
    name: 'the generator crashes',
    ...armour,
    expected: ['generator-not-replayable'],
    damage: (problem) => withGenerator(problem, (code) => `${code}\nraise SystemExit(3)\n`),
  },
  {
    name: 'the limit is too large to tell slow programs',
    ...hill,
    expected: ['limit-wrong'],
    damage: (problem) => ({ ...problem, limits: { ...problem.limits, timeMs: 60_000 } }),
  },
  {
    name: 'right programs do not fit the limit',
    ...armour,
    expected: ['reference-slow', 'limit-wrong', 'difficulty-label'],
    damage: (problem) => ({ ...problem, limits: { ...problem.limits, timeMs: 1 } }),
  },
  {
    name: 'an output is no integer',
    ...armour,
    expected: ['output-unclean'],
    victims: 2,
    damage: (problem) => withTest(problem, 3, ({ output }) => ({ output: output.replace('\n', '.0\n') })),
  },
  {
    name: 'an output goes on after the answer',
    ...armour,
    expected: ['output-unclean'],
    victims: 2,
    damage: (problem) => withTest(problem, 3, ({ output }) => ({ output: `${output}0\n` })),
  },
  {
    name: 'an easy problem is called hard',
    ...armour,
    expected: ['difficulty-label'],
    damage: (problem) => ({ ...problem, level: 'hard', difficulty: '어려움' }),
  },
  {
    name: 'a problem that naive programs fail is called easy',
    ...hill,
    expected: ['difficulty-label'],
    damage: (problem) => ({ ...problem, level: 'easy', difficulty: 'easy' }),
  },
  {
    name: 'level and word say different things',
    ...armour,
    expected: ['difficulty-label'],
    damage: (problem) => ({ ...problem, difficulty: '어려움' }),
  },
  {
    name: 'the report has no gates',
    ...armour,
    expected: ['evidence-missing'],
    damage: (problem) => withReport(problem, { gatesRun: [] }),
  },
  {
    name: 'the report says verified although gates did not run',
    ...armour,
    expected: ['evidence-missing'],
    damage: (problem) => withReport(problem, { level: 'verified' }),
  },
  {
    name: 'a test has no origin',
    ...armour,
    expected: ['evidence-missing'],
    damage: (problem) => ({ ...problem, test_origins: problem.test_origins.slice(0, -1) }),
  },
  {
    name: 'the document lacks its limits',
    ...armour,
    expected: ['unreadable'],
    damage: (problem) => ({ ...problem, limits: {} }),
  },
  {
    name: 'the tests are trivial',
    ...armour,
    expected: [],
    survivors: 4,
    damage: whereAllFits,
  },
]

/** Changes that nobody may object to. */
export const harmless: readonly Pick<Damage, 'name' | 'base' | 'damage'>[] = [
  {
    name: 'keys in another order',
    ...armour,
    damage: (problem) => Object.fromEntries(Object.entries(problem).toReversed()),
  },
  {
    name: 'outputs with trailing blanks',
    ...armour,
    damage: (problem) => ({
      ...problem,
      test_cases: problem.test_cases.map(({ input, output }) => ({ input, output: output.replaceAll('\n', ' \n\n') })),
    }),
  },
  {
    name: 'a solution with Windows line ends',
    ...armour,
    damage: (problem) => withSolution(problem, (code) => code.replaceAll('\n', '\r\n')),
  },
  {
    name: 'a story with numbers in it',
    ...armour,
    damage: (problem) => said(problem, '이 이야기는 1987년에 시작되었고, 퍼즐 풀이에 최대 300명이 모였다.'),
  },
  {
    name: 'the limit repeated in the statement',
    ...armour,
    damage: (problem) => {
      const limit = /N ≤ ([\d,]+)/.exec(problem.constraints)?.[1] ?? ''
      return said(problem, `N은 최대 ${limit.replaceAll(',', '')}이다.`)
    },
  },
]
