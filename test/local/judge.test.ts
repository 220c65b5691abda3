// The judge command with real programs: verdicts, what it prints, exit codes, all kinds of problems, checkers good and bad.
import { readdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { checkerSchema, gradeReportSchema, submissionSchema } from '../../src/contract/judging.ts'
import { authorProblemSchema } from '../../src/contract/problem.ts'
import { type Finished, Workplace } from './command.ts'
import { runInProcess } from './in-process.ts'
import { writeTree } from './tree.ts'

/** What `--json` prints. */
const documentSchema = gradeReportSchema.extend({
  language: z.string(),
  limits: submissionSchema.shape.limits,
  checker: z.union([checkerSchema, z.looseObject({ kind: z.literal('custom'), protocol: z.string() })]),
  notes: z.array(z.string()),
})

const sources = {
  'right.py': 'a, b = map(int, input().split())\nprint(a + b)\n',
  'right.c':
    '#include <stdio.h>\nint main(void) { long a, b; scanf("%ld %ld", &a, &b); printf("%ld\\n", a + b); return 0; }\n',
  'right.cpp': '#include <iostream>\nint main() { long a, b; std::cin >> a >> b; std::cout << a + b << "\\n"; }\n',
  'right.java':
    'import java.util.*;\npublic class Main { public static void main(String[] x) { Scanner s = new Scanner(System.in); System.out.println(s.nextLong() + s.nextLong()); } }\n',
  'right.js': "const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/).map(Number)\nconsole.log(a + b)\n",
  'right.cjs':
    "const { readFileSync } = require('node:fs')\nconst [a, b] = readFileSync(0, 'utf8').split(/\\s+/).map(Number)\nconsole.log(a + b)\n",
  'wrong.py': 'a, b = map(int, input().split())\nprint(a + b if a < 5 else a - b)\n',
  'slow.py': 'a, b = map(int, input().split())\nwhile a > 5: pass\nprint(a + b)\n',
  'fat.py': 'a, b = map(int, input().split())\nheap = bytearray(200_000_000) if a > 5 else b""\nprint(a + b)\n',
  'chatty.py': 'a, b = map(int, input().split())\nwhile a > 5: print("x" * 65536)\nprint(a + b)\n',
  'crash.py':
    'import sys\na, b = map(int, input().split())\nif a > 5: sys.exit("there is no such pair")\nprint(a + b)\n',
  'crash.c': '#include <stdlib.h>\nint main(void) { abort(); }\n',
  'broken.cpp': 'int main() { return nothing; }\n',
  'noise.txt': 'print(1)\n',
}

let place: Workplace
const home = process.cwd()
const env = { PATH: process.env['PATH'] ?? '' }
const judge = (line: string, stdin?: string): ReturnType<typeof runInProcess> =>
  runInProcess(['judge', ...line.split(' ')], env, stdin)

beforeAll(async () => {
  place = await Workplace.open()
  process.chdir(place.folder)
  await writeTree(place.folder, {
    ...sources,
    't/1.in': '1 2\n',
    't/1.ans': '3\n',
    't/2.in': '3 4\n',
    't/2.out': '7\n',
    't/10.in': '10 20\n',
    't/10.ans': '30\n',
    't/large/1.in': '11 22\n',
    't/large/1.ans': '33\n',
  })
})
afterAll(() => {
  process.chdir(home)
  return place.close()
})

describe('a verdict', () => {
  const table: readonly (readonly [
    source: string,
    verdict: string,
    korean: string,
    code: string,
    ...args: string[],
  ])[] = [
    ['right.py', 'accepted', '맞았습니다', 'AC'],
    ['right.c', 'accepted', '맞았습니다', 'AC'],
    ['right.cpp', 'accepted', '맞았습니다', 'AC'],
    ['right.java', 'accepted', '맞았습니다', 'AC'],
    ['right.js', 'accepted', '맞았습니다', 'AC'],
    ['right.cjs', 'accepted', '맞았습니다', 'AC'],
    ['wrong.py', 'wrong-answer', '틀렸습니다', 'WA'],
    ['slow.py', 'time-limit-exceeded', '시간 초과', 'TLE', '--time-limit', '0.3'],
    ['fat.py', 'memory-limit-exceeded', '메모리 초과', 'MLE', '--memory', '64'],
    ['chatty.py', 'output-limit-exceeded', '출력 초과', 'OLE', '--time-limit', '20'],
    ['crash.py', 'runtime-error', '런타임 에러', 'RTE'],
    ['crash.c', 'runtime-error', '런타임 에러', 'RTE'],
    ['broken.cpp', 'compile-error', '컴파일 에러', 'CE'],
  ]

  test.each(table)('of %s is %s', async (source, verdict, korean, short, ...args) => {
    const { code, stdout, stderr } = await judge(['t', source, ...args].join(' '))
    expect({ code, stderr }).toEqual({ code: verdict === 'accepted' ? 0 : 1, stderr: '' })
    expect(stdout).toContain(`${korean} (${short})`)
    const json = await judge(['t', source, '--json', ...args].join(' '))
    expect({ code: json.code, stderr: json.stderr }).toEqual({ code, stderr: '' })
    expect(documentSchema.parse(JSON.parse(json.stdout)).verdict).toBe(verdict)
  })
})

describe('what is printed', () => {
  test('is what was used, a line for each test in natural order, and the summary', async () => {
    const { stdout } = await judge('t right.py')
    const lines = stdout.split('\n')
    expect(lines.slice(0, 3)).toEqual([
      't',
      'right.py (python) · 제한 2초 (기본값) 256 MiB (기본값) · 비교 tokens · 테스트 4',
      '컴파일 완료',
    ])
    expect(lines.slice(3, 7).map((line) => line.replace(/ +[\d.,]+ ms +[\d.]+ MiB$/, ' …'))).toEqual([
      '[1/4] AC  1 …',
      '[2/4] AC  2 …',
      '[3/4] AC  10 …',
      '[4/4] AC  large/1 …',
    ])
    expect(lines.at(-2)).toMatch(
      /^ {2}✔ 맞았습니다 \(AC\) · 4개 중 4개 통과 · 가장 느림 [\d.]+ ms \(.+\) · 메모리 최대 [\d.]+ MiB$/,
    )
  })

  test('stops at the first failure, and says how it differs and how to see it again', async () => {
    const { stdout } = await judge('t wrong.py --locale en --time-limit 1.5')
    expect(stdout).toContain('limits 1.5 s 256 MiB (default)')
    expect(stdout).toMatch(/wrong answer \(WA\) · 2 of 4 passed · not run 1 · slowest /)
    expect(stdout).toMatch(/first failure {2}10: .*30.*-10/)
    expect(stdout).toContain('run again: npm start -s -- run wrong.py --time-limit 1.5 --input t/10.in\n')
    expect(stdout).toContain('--all')
    expect(stdout).not.toMatch(/[가-힣]/)
  })

  test('with --all goes to the end', async () => {
    const { code, stdout } = await judge('t wrong.py --all')
    expect(code).toBe(1)
    expect(stdout.match(/^\[\d\/4\] (AC|WA)/gm)).toEqual(['[1/4] AC', '[2/4] AC', '[3/4] WA', '[4/4] WA'])
    expect(stdout).not.toContain('--all')
  })

  test('of a runtime error is the end of standard error; of a compile error what the compiler says', async () => {
    expect((await judge('t crash.py')).stdout).toContain('│ there is no such pair\n')
    const broken = await judge('t broken.cpp --locale en')
    expect(broken.stdout).toContain('compile error (CE)\n')
    expect(broken.stdout).not.toContain('\ncompiled')
    expect(broken.stdout).toMatch(/│ .*nothing.* was not declared/)
  })

  test('as JSON is one document with the report and what it was made with', async () => {
    const { stdout } = await judge('t wrong.py --json --all --memory 128 --checker lines')
    const document = documentSchema.parse(JSON.parse(stdout))
    expect(document).toMatchObject({
      verdict: 'wrong-answer',
      testCount: 4,
      language: 'python',
      limits: { timeMs: 2_000, memoryBytes: 128 * 1024 * 1024 },
      checker: { kind: 'lines' },
      compile: { ok: true },
      notes: [],
    })
    expect(document.tests.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      '1 accepted',
      '2 accepted',
      '10 wrong-answer',
      'large/1 wrong-answer',
    ])
    expect(document.timeMs).toBe(Math.max(...document.tests.map(({ timeMs }) => timeMs)))
  })

  test('in a terminal is a table in place', async () => {
    const { code, stdout } = await place.runInTerminal(['judge', 't', 'wrong.py', '--all'])
    expect(code).toBe(1)
    expect(stdout).toContain('\u001B[')
    expect(stdout).toContain('Alpaco')
    expect(stdout).toMatch(/✖.* large\/1 .*WA.*틀렸습니다/)
    expect(stdout).toMatch(/틀렸습니다 \(WA\).* · 4개 중 2개 통과/)
  })
})

describe('a source', () => {
  test('may come from standard input', async () => {
    const { code, stdout } = await judge('t - --language c++ --json', sources['right.cpp'])
    expect(code).toBe(0)
    expect(documentSchema.parse(JSON.parse(stdout)).language).toBe('cpp')
  })

  test('may have any name when its language is told', async () => {
    await writeTree(place.folder, { '내 풀이.txt': sources['right.py'] })
    expect(await runInProcess(['judge', 't', '내 풀이.txt', '--language', 'py'], env)).toMatchObject({
      code: 0,
      stderr: '',
    })
  })
})

describe('a package', () => {
  const files = {
    'p/problem.yaml': 'name: Sum\nvalidation: custom\nvalidator_flags: loud\nlimits: { time_limit: 1, memory: 128 }\n',
    'p/data/sample/1.in': '1 2\n',
    'p/data/sample/1.ans': '3\n',
    'p/data/secret/1.in': '10 20\n',
    'p/data/secret/1.ans': '30\n',
  }
  /** Accepts an answer that is off by at most one; its flag has to arrive. */
  const validator = `
import os, sys
answer = int(open(sys.argv[2]).read())
assert sys.argv[4:] == ['loud'], sys.argv
good = abs(int(sys.stdin.read()) - answer) <= 1
if not good:
    with open(os.path.join(sys.argv[3], 'judgemessage.txt'), 'w') as out: out.write('far off\\n')
sys.exit(42 if good else 43)
`

  test('is judged by its own validator, within its own limits', async () => {
    await writeTree(place.folder, {
      ...files,
      'p/output_validators/v/validate.py': validator,
      'near.py': 'a, b = map(int, input().split())\nprint(a + b + 1)\n',
    })
    const near = await judge('p near.py --json')
    expect(near.code).toBe(0)
    expect(documentSchema.parse(JSON.parse(near.stdout))).toMatchObject({
      verdict: 'accepted',
      tests: [{ name: 'sample/1' }, { name: 'secret/1' }],
      limits: { timeMs: 1_000, memoryBytes: 128 * 1024 * 1024 },
      checker: { protocol: 'kattis', args: ['loud'], program: { language: 'python', files: ['validate.py'] } },
    })
    const far = await judge('p wrong.py --locale en')
    expect(far).toMatchObject({ code: 1, stderr: '' })
    expect(far.stdout).toContain('far off')
  })

  test('without one does not mind capitals; what is judged otherwise is said on standard error, or in the document', async () => {
    await writeTree(place.folder, {
      'q/data/secret/1.in': '',
      'q/data/secret/1.ans': 'Yes\n',
      'yes.py': 'print("YES")\n',
    })
    expect(await judge('q yes.py --locale en')).toMatchObject({ code: 0 })
    await writeTree(place.folder, { 'q/problem.yaml': 'validator_flags: space_change_sensitive\n' })
    const strict = await judge('q yes.py --locale en')
    expect(strict.code).toBe(1)
    expect(strict.stderr).toContain('upper and lower case')
    const { stdout, stderr } = await judge('q yes.py --json')
    expect(stderr).toBe('')
    expect(documentSchema.parse(JSON.parse(stdout)).notes).toHaveLength(2)
  })
})

describe('a problem of ours', () => {
  let made: Finished
  beforeAll(async () => {
    made = await place.run(['-a', '정렬', '-d', '쉬움', '--seed', '7', '--json'])
    const { problem } = z.object({ problem: authorProblemSchema }).parse(JSON.parse(made.stdout))
    await writeFile('solution.py', problem.solution_code)
  })

  test('is judged from its file, from what show prints, and from where it is stored, alike', async () => {
    expect(made.code).toBe(0)
    const { problem } = z.object({ problem: authorProblemSchema }).parse(JSON.parse(made.stdout))
    const [file = ''] = (await readdir('out')).filter((name) => name.endsWith('.json'))
    await writeFile('shown.json', (await place.run(['show', problem.problemId, '--json'])).stdout)
    const count = problem.examples.length + problem.tests.count
    for (const target of [`out/${file}`, 'shown.json', problem.problemId, problem.problemId.slice(-8)]) {
      const { code, stdout } = await judge(`${target} solution.py --json`)
      expect(code).toBe(0)
      const document = documentSchema.parse(JSON.parse(stdout))
      expect(document).toMatchObject({ verdict: 'accepted', testCount: count, checker: { kind: 'tokens' } })
      expect(document.limits).toMatchObject({ timeMs: problem.limits.timeMs, memoryBytes: problem.limits.memoryBytes })
      expect(document.tests[0]?.name).toBe('sample/1')
    }
  })
})

describe('a checker', () => {
  const accepts = 'import sys\ninput, output, answer = [open(name).read() for name in sys.argv[1:4]]\n'

  test('of testlib decides, and its first line is the note', async () => {
    await writeTree(place.folder, {
      'parity.py': `${accepts}sys.stderr.write('ok parity' if int(output) % 2 == int(answer) % 2 else 'wrong parity')\nsys.exit(int(output) % 2 != int(answer) % 2)\n`,
    })
    // 10 - 20 is as even as 10 + 20.
    expect((await judge('t wrong.py --checker parity.py')).code).toBe(0)
    await writeTree(place.folder, { 'off.py': 'a, b = map(int, input().split())\nprint(a + b + 1)\n' })
    const { code, stdout } = await judge('t off.py --checker parity.py')
    expect(code).toBe(1)
    expect(stdout).toContain('wrong parity')
    expect(stdout).toContain('testlib parity.py')
  })

  test('of real numbers forgives what --float-tolerance says', async () => {
    await writeTree(place.folder, {
      'f/1.in': '',
      'f/1.ans': '3.141592\n',
      'pi.py': 'print("3.1416")\n',
    })
    expect((await judge('f pi.py')).code).toBe(1)
    expect((await judge('f pi.py --float-tolerance 1e-4')).code).toBe(0)
    expect((await judge('f pi.py --float-tolerance 1e-7')).code).toBe(1)
  })

  const failing: readonly (readonly [name: string, source: string, words: string])[] = [
    ['crashes.cpp', '#include <cstdlib>\nint main() { std::abort(); }\n', 'SIGABRT'],
    [
      'reports.py',
      'import sys\nsys.stderr.write("FAIL the answer is no number")\nsys.exit(3)\n',
      'FAIL the answer is no number',
    ],
    ['throws.py', 'import sys\nsys.exit(77)\n', '77'],
    ['hangs.py', 'while True: pass\n', '10 s'],
    ['floods.py', 'while True: print("x" * 65536)\n', 'wrote more than'],
    ['broken.cc', 'int main() { return nothing; }\n', 'does not compile'],
  ]

  // One that hangs takes its ten seconds, twice.
  test.each(failing)('that fails is no verdict: %s', async (name, source, words) => {
    await writeTree(place.folder, { [name]: source })
    const { code, stderr } = await judge(`t right.py --checker ${name}`)
    expect(code).toBe(2)
    expect(stderr).toContain(name)
    expect(stderr).toContain(words)
    if (name === 'hangs.py') return
    const json = await judge(`t right.py --checker ${name} --json`)
    expect({ code: json.code, stderr: json.stderr }).toEqual({ code: 2, stderr: '' })
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'bad-checker' } })
  })
})

describe('a machine without compilers', () => {
  test.each([['judge t right.py'], ['run right.py']])('is our failure, not a verdict: %s', async (line) => {
    const missing = { PATH: place.path('nowhere') }
    const { code, stdout, stderr } = await runInProcess(line.split(' '), missing)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('프로그램을 실행할 수 없습니다.')
    const json = await runInProcess([...line.split(' '), '--json'], missing)
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'executor-unavailable' } })
  })
})

describe('Ctrl-C', () => {
  test.each([[[]], [['--json']]])('ends a judging, and everything it has started %j', async (more) => {
    const own = await Workplace.open()
    try {
      await writeTree(own.folder, { 't/1.in': '1 2\n', 't/1.ans': '3\n', 'sleepy.py': 'while True: pass\n' })
      const running = own.start(['judge', 't', 'sleepy.py', '--time-limit', '50', '--verbose', ...more])
      await running.says('컴파일 완료')
      running.child.kill('SIGINT')
      const { code, stdout, stderr } = await running.finished
      expect(code).toBe(130)
      if (more.length === 0) expect(stderr).toContain('취소되었습니다.')
      else expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'cancelled' } })
      expect((await own.leftovers()).filter((name) => name.startsWith('alpaco-'))).toEqual([])
    } finally {
      await own.close()
    }
  })
})
