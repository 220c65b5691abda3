// The verify command: exit codes, its document and its words, problems of ours, weak tests, and suites made anew.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { lookAtDocument } from '../../src/local/verifying/look.ts'
import { checkSubject } from '../../src/packages/check-subject.ts'
import type { PackageSource } from '../../src/packages/source.ts'
import { sumProblem } from '../packages/own-problems.ts'
import { changed, soundPackage } from '../packages/sample-package.ts'
import { rememberingExecutor } from '../support/pipeline.ts'
import { Workplace } from './command.ts'
import { runInProcess } from './in-process.ts'
import { writeTree } from './tree.ts'

const executor = rememberingExecutor()
let place: Workplace
const home = process.cwd()
const env = { PATH: process.env['PATH'] ?? '' }
const run = (line: string): ReturnType<typeof runInProcess> => runInProcess(line.split(' '), env)

/** What `--json` prints. */
const reportSchema = z.strictObject({
  sound: z.boolean(),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      severity: z.enum(['error', 'warning']),
      check: z.string(),
      file: z.string(),
      line: z.int().exactOptional(),
      what: z.string(),
      why: z.string(),
      fix: z.string(),
    }),
  ),
  checks: z.array(
    z.strictObject({ check: z.string(), outcome: z.enum(['ran', 'skipped']), reason: z.string().exactOptional() }),
  ),
  rebuilt: z
    .strictObject({
      folder: z.string(),
      tests: z.int(),
      kept: z.int(),
      killed: z.strictObject({ before: z.int(), after: z.int() }),
      dropped: z.array(z.string()),
      added: z.array(z.strictObject({ test: z.string(), adds: z.array(z.string()) })),
    })
    .exactOptional(),
})

async function verify(target: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await run(['verify', target, '--json', ...args].join(' '))
  expect(stderr).toBe('')
  return { code, ...reportSchema.parse(JSON.parse(stdout)) }
}

/** A problem whose answer turns at a sum of 0, which no test has. */
const turning = {
  ...soundPackage,
  ...Object.fromEntries(
    ['sum', 'loop'].map((name) => [
      `submissions/accepted/${name}.py`,
      `n = int(input())\ntotal = sum(map(int, input().split()))\nprint('yes' if total > 0 else 'no')\n${name === 'loop' ? '# again\n' : ''}`,
    ]),
  ),
  'submissions/wrong_answer/absolute.py': "n = int(input())\nprint('yes')\n",
  'submissions/time_limit_exceeded/spin.py':
    "n = int(input())\nwhile n == 5:\n    pass\nprint('no' if '-' in input() else 'yes')\n",
  'submissions/run_time_error/index.py':
    "n = int(input())\nprint('no' if '-' in input() else 'yes' if n < 5 else [][n])\n",
  'data/sample/1.ans': 'yes\n',
  'data/sample/2.ans': 'no\n',
  'data/secret/1-zero.in': '2\n700 -7\n',
  'data/secret/1-zero.ans': 'yes\n',
  'data/secret/2-one.ans': 'yes\n',
  'data/secret/3-large.ans': 'yes\n',
  'data/secret/4-negative.ans': 'no\n',
}

beforeAll(async () => {
  place = await Workplace.open()
  process.chdir(place.folder)
  await writeTree('sound', soundPackage)
  await writeTree('broken', changed({ 'data/secret/2-one.ans': '999', 'problem.yaml': null }))
  await writeTree('turning', {
    ...turning,
    'submissions/time_limit_exceeded/spin.py':
      "n = int(input())\nwhile n == 5:\n    pass\nprint('yes' if sum(map(int, input().split())) > 0 else 'no')\n",
    'submissions/run_time_error/index.py':
      "n = int(input())\nprint('yes' if sum(map(int, input().split())) > [0, 0, 0, 0, 0][n] else 'no')\n",
  })
})
afterAll(() => {
  process.chdir(home)
  return place.close()
})

describe('verify', () => {
  test('ends with 0 and says what it did for a sound package', async () => {
    const { code, sound, findings, checks } = await verify('sound')
    expect({ code, sound, findings }).toEqual({ code: 0, sound: true, findings: [] })
    expect(checks.filter(({ outcome }) => outcome === 'ran').map(({ check }) => check)).toEqual([
      'config',
      'files',
      'statement',
      'data',
      'input-validators',
      'output-validator',
      'submissions',
      'coverage',
      'mutants',
    ])
    expect(checks.find(({ check }) => check === 'generators')).toMatchObject({ outcome: 'skipped' })
  })

  test('ends with 1 and tells file, line, why and how to mend it', async () => {
    const korean = await run('verify broken')
    expect({ code: korean.code, stderr: korean.stderr }).toEqual({ code: 1, stderr: '' })
    expect(korean.stdout.split('\n').slice(0, 3)).toEqual([
      'data/secret/2-one.ans:1  오류  마지막 줄이 줄바꿈으로 끝나지 않습니다  newline-missing',
      '  까닭: 줄 단위로 읽는 프로그램이 마지막 줄을 놓칠 수 있고, 형식이 금합니다',
      '  고치는 법: 끝에 줄바꿈을 넣으세요',
    ])
    const english = await run('verify broken --locale en')
    expect(english.stdout).toContain('problem.yaml  error  There is no problem.yaml  config-missing')
    expect(english.stdout).toContain('Skipped: submissions (problem.yaml is of no use)')
    expect(english.stdout).toMatch(/✖ 2 errors, 0 warnings\.\n$/)
  })

  test.each([
    ['verify', 'verify needs'],
    ['verify sound broken', 'words too many'],
    ['verify nowhere', '"nowhere"'],
    ['verify ffffffff --data :memory:', '"ffffffff"'],
    ['verify sound/problem.yaml', 'It is no JSON'],
    ['verify sound/problem.yaml', 'verify takes a Kattis package, a JSON file of out/, the ID of a stored problem'],
    ['verify sound/data/secret', 'verify takes a Kattis package, a JSON file of out/, the ID of a stored problem'],
    ['verify sound --rebuild-tests sound', 'something else'],
    ['verify sound --rebuild-tests sound', 'another place with --rebuild-tests'],
  ])('%s ends with 2', async (line, words) => {
    const { code, stdout, stderr } = await run(`${line} --locale en`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/folder with tests|--out/)
  })
})

function withTest(
  problem: PackageSource,
  at: number,
  change: Partial<PackageSource['test_cases'][number]>,
): PackageSource {
  const test_cases = problem.test_cases.map((each, index) => (index === at ? { ...each, ...change } : each))
  return { ...problem, test_cases }
}

/** What is found in a problem of ours without looking for mutants. */
async function findingsIn(problem: PackageSource): Promise<string[]> {
  const { signal } = new AbortController()
  const { findings, subject, rename } = lookAtDocument(problem, { signal, locale: 'en' })
  const ran = subject && (await checkSubject(subject, executor, signal, () => undefined))
  return [...findings, ...(ran?.findings ?? [])].map(rename).map(({ id, file }) => `${file} ${id}`)
}

describe('a problem of ours', () => {
  type Fault = (problem: PackageSource) => PackageSource
  const last = sumProblem().test_cases.length - 1
  const faults: readonly (readonly [fault: string, plant: Fault, ...findings: string[]])[] = [
    ['nothing', (problem) => problem],
    ['a placeholder', (problem) => ({ ...problem, description: 'TODO' }), 'description statement-placeholder'],
    [
      'a test that the generator does not make',
      (problem) => withTest(problem, last, { input: '2\n4 -9\n', output: '-5\n' }),
      `test_cases[${last}].input generator-differs`,
    ],
    [
      'a generator that forgets its seed',
      (problem) => ({
        ...problem,
        programs: problem.programs.map((each) =>
          each.role === 'generator' ? { ...each, source: each.source.replace('(seed,', "(hash('x') % 9,") } : each,
        ),
      }),
      ...[last - 2, last - 1, last].map((at) => `test_cases[${at}].input generator-differs`),
    ],
    [
      'a bound that no test reaches',
      (problem) => ({
        ...problem,
        test_cases: problem.test_cases.slice(-3),
        test_origins: problem.test_origins.slice(-3),
        programs: problem.programs.filter(({ role }) => role !== 'slow'),
      }),
      'programs slow-missing',
      'test_cases bound-unreached',
      'test_cases bound-unreached',
    ],
    [
      'a wrong solution that is right',
      (problem) => ({
        ...problem,
        programs: problem.programs.map((each) =>
          each.role === 'wrong' ? { ...each, source: each.source.replace('abs(int(x))', 'int(x)') } : each,
        ),
      }),
      'programs[3] (wrong) submission-passes',
    ],
    [
      'an input outside the spec',
      (problem) => withTest(problem, last, { input: '2\n10 -9\n', output: '1\n' }),
      `test_cases[${last}].input generator-differs`,
      `test_cases[${last}].input input-refused`,
    ],
    [
      'a brute force near the limit',
      (problem) => ({
        ...problem,
        programs: [
          ...problem.programs,
          {
            role: 'brute-force',
            language: 'python',
            source:
              'import time\nn = int(input())\nwhile n == 5 and time.process_time() < 0.47:\n    pass\nprint(sum(map(int, input().split())))\n',
          },
        ],
      }),
    ],
    ['an emptied input', (problem) => withTest(problem, last, { input: '' }), `test_cases[${last}].input test-empty`],
    [
      'an answer that both right programs dispute',
      (problem) => withTest(problem, last, { output: '77\n' }),
      `test_cases[${last}].output answer-disputed`,
    ],
  ]
  const rows = faults.map(([fault, plant, ...findings]) => ({ fault, plant, findings }))

  test.each(rows)('with $fault', async ({ plant, findings }) => {
    expect((await findingsIn(plant(sumProblem()))).sort()).toEqual([...findings].sort())
  })

  test('is read from its file', async () => {
    await writeFile('problem.json', JSON.stringify({ problem: { ...sumProblem(), description: '???' } }))
    const { code, findings } = await verify('problem.json')
    expect(code).toBe(1)
    expect(findings.map(({ id, file }) => `${file} ${id}`)).toEqual(['description statement-placeholder'])
  })
})

describe('what is seen without running anything', () => {
  const broken = changed({ 'problem_statement/problem.en.tex': null, 'data/secret/3-large.ans': '5001\n' })

  test('comes first', async () => {
    await writeTree('order', broken)
    expect((await verify('order')).findings.map(({ id }) => id)).toEqual(['statement-missing', 'answer-disputed'])
  })

  test('is told at once, also where nothing can be run', async () => {
    await writeTree('order', broken)
    const unable = await runInProcess(['verify', 'order'], { ...env, EXECUTOR_COMMAND: 'false' })
    expect(unable.code).toBe(2)
    expect(unable.stdout).toContain('statement-missing')
  })
})

describe('what is left out', () => {
  test('is said once, and what waits for it', async () => {
    await writeTree('emptied', changed({ 'data/secret/3-large.in': '' }))
    const { findings, checks } = await verify('emptied', '--locale', 'en')
    expect(findings.map(({ id }) => id)).toEqual(['test-empty'])
    const reasons = checks.flatMap(({ check, reason }) => (reason?.includes('left out') === true ? [check] : []))
    expect(reasons).toEqual(['coverage', 'mutants'])
    expect(checks.find(({ check }) => check === 'submissions')?.reason).toMatch(/without 1 test/)
  })

  test('are mutants, where no accepted program passes', async () => {
    await writeTree('failing', {
      ...changed({ 'submissions/accepted/loop.py': null }),
      'submissions/accepted/sum.py': 'print(5)\n',
    })
    const { checks } = await verify('failing', '--locale', 'en')
    expect(checks.find(({ check }) => check === 'mutants')).toMatchObject({
      outcome: 'skipped',
      reason: 'it needs an accepted submission of one source file that passes all tests',
    })
  })
})

/** The files of a folder of tests as secret tests of a package. */
async function testsOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(place.path(folder))).filter((name) => /\.(in|ans)$/.test(name))
  const files = names.map(async (name) => [`data/secret/${name}`, await readFile(place.path(folder, name), 'utf8')])
  return z.record(z.string(), z.string()).parse(Object.fromEntries(await Promise.all(files)))
}

describe('weak tests', () => {
  test('are shown by mutants that a legal input tells apart, and made better', async () => {
    const weak = await verify('turning', '--rebuild-tests', 'better')
    expect(new Set(weak.findings.map(({ id }) => id))).toEqual(new Set(['mutant-survives']))
    expect(weak.findings.map(({ file, line }) => `${file}:${line}`)).toContain('submissions/accepted/loop.py:3')
    expect({ code: weak.code, sound: weak.sound }).toEqual({ code: 0, sound: true })
    const { tests = 0, kept = 0, killed = { before: 0, after: 0 }, dropped = [], added = [] } = weak.rebuilt ?? {}
    expect(added).toHaveLength(tests - kept)
    expect(dropped).toHaveLength(4 - kept)
    expect(added.flatMap(({ adds }) => adds)).toContain('mutant')
    expect(killed.after).toBeGreaterThan(killed.before)
    expect(tests).toBeLessThanOrEqual(60)
    const files = await readdir(place.path('better'))
    expect(files.filter((name) => /^\d\d-[A-Za-z0-9-]+\.in$/.test(name))).toHaveLength(tests)
    expect(files.filter((name) => name.endsWith('.ans'))).toHaveLength(tests)
    expect(files).not.toContainEqual(expect.stringMatching(/^\d\d-\d-/))
    expect(files).toEqual(expect.arrayContaining(added.map(({ test: name }) => `${name}.in`)))

    await writeTree('strong', { ...turning, ...(await testsOf('better')) })
    const again = await run('verify strong --rebuild-tests again --locale en')
    expect(again.stdout).toMatch(/they stop: (\d+) → \1: nothing was gained\n/)

    await writeFile('sloppy.py', "n = int(input())\nprint('yes' if sum(map(int, input().split())) >= 0 else 'no')\n")
    expect((await run('judge turning sloppy.py')).code).toBe(0)
    expect((await run('judge better sloppy.py')).code).toBe(1)
    expect((await run('judge better turning/submissions/accepted/sum.py')).code).toBe(0)
  })

  test('are made from the spec where there is one, the same ones each time', async () => {
    const problem = sumProblem()
    const few = { ...problem, test_cases: problem.test_cases.slice(-1), test_origins: problem.test_origins.slice(-1) }
    await writeFile('few.json', JSON.stringify(few))
    const texts: string[][] = []
    for (const folder of ['one', 'two', 'two']) {
      const { rebuilt } = await verify('few.json', '--rebuild-tests', folder)
      expect(rebuilt?.tests).toBeGreaterThan(5)
      const names = (await readdir(place.path(folder))).sort()
      texts.push([...names, ...(await Promise.all(names.map((name) => readFile(place.path(folder, name), 'utf8'))))])
    }
    expect(texts[1]).toEqual(texts[0])
    expect(texts[2]).toEqual(texts[0])
    await writeFile('two/note.in', 'mine')
    expect(await run('verify few.json --rebuild-tests two')).toMatchObject({ code: 2 })
    expect(await readFile('two/note.in', 'utf8')).toBe('mine')
  })

  test('are not made from answers that two accepted submissions dispute', async () => {
    await mkdir('disputed', { recursive: true })
    await writeTree('disputed', {
      ...turning,
      'submissions/accepted/loop.py':
        "n = int(input())\nprint('yes' if sum(map(int, input().split())) >= 0 else 'no')\n",
    })
    const { findings } = await verify('disputed')
    expect(findings.map(({ id }) => id)).toContain('accepted-disagree')
  })
})
