// The command from the outside, in processes of its own: what it prints, writes, stores, leaves behind, and its exit codes.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type AuthorProblem, authorProblemSchema } from '../../src/contract/problem.ts'
import { verificationSchema } from '../../src/contract/verification.ts'
import { statementMarkdown } from '../../src/local/statement-markdown.ts'
import { startDynamoDb } from '../../mock/dynamodb/server.ts'
import { createAuthor } from '../../mock/gemini/author/index.ts'
import { startGemini } from '../../mock/gemini/server.ts'
import { type Finished, Workplace } from './command.ts'

const resultSchema = z.strictObject({
  problem: authorProblemSchema.required({ test_cases: true }),
  report: verificationSchema,
  problemId: z.uuid(),
})
const failureSchema = z.strictObject({
  error: z.looseObject({ code: z.string(), message: z.string() }),
  problemId: z.uuid().optional(),
})

/** What two runs of one seed have in common. */
function essence(problem: AuthorProblem): Partial<AuthorProblem> {
  const { problemId: _id, createdAt: _at, verification: _report, ...rest } = problem
  return rest
}

describe('a problem that is made', () => {
  let place: Workplace
  let made: Finished
  let problem: AuthorProblem
  beforeAll(async () => {
    place = await Workplace.open()
    made = await place.run(['-a', '정렬', '-d', '쉬움', '--seed', '7', '--record', 'tapes/run.json', '--json'])
    problem = resultSchema.parse(JSON.parse(made.stdout)).problem
  })
  afterAll(() => place.close())

  test('is one JSON document, with the report, and exit code 0', () => {
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' })
    const { report, problemId } = resultSchema.parse(JSON.parse(made.stdout))
    expect({ report, problemId }).toEqual({ report: problem.verification, problemId: problem.problemId })
    expect(problem).toMatchObject({ algorithm_type: '정렬', difficulty: '쉬움', author: 'scripted stand-in' })
    expect(problem.test_cases).toHaveLength(problem.tests.count)
    expect(report.gatesRun.every(({ outcome }) => outcome === 'passed')).toBe(true)
  })

  test('is written to files, whole, and nothing else is', async () => {
    expect((await readdir(place.path('out'))).sort()).toEqual(
      ['.json', '.md', '.report.html', '.report.md'].map((ending) => `${problem.problemId}${ending}`),
    )
    expect(JSON.parse(await readFile(place.path('out', `${problem.problemId}.json`), 'utf8'))).toEqual(problem)
    const statement = await readFile(place.path('out', `${problem.problemId}.md`), 'utf8')
    expect(statement).toBe(statementMarkdown(problem))
    expect(statement).toContain(`# ${problem.title}\n`)
    for (const heading of ['문제', '입력', '출력', '제한', '예제 입력 1', '예제 출력 1']) {
      expect(statement).toContain(`\n## ${heading}\n`)
    }
    expect(statement).not.toContain('import sys')
  })

  test('is there again later: whole, its tests, its solution, by the beginning of its id', async () => {
    const beginning = problem.problemId.slice(0, 10)
    const shown = await place.run(['show', beginning, '--json'])
    expect(resultSchema.parse(JSON.parse(shown.stdout)).problem).toEqual(problem)
    const tests = await place.run(['show', beginning, '--tests', '--json'])
    expect(JSON.parse(tests.stdout)).toEqual({ problemId: problem.problemId, test_cases: problem.test_cases })
    const solution = await place.run(['show', beginning, '--solution'])
    expect(solution.stdout.trimEnd()).toBe(problem.solution_code.trimEnd())
    const { stdout } = await place.run(['show', beginning])
    expect(stdout.startsWith(statementMarkdown(problem))).toBe(true)
  })

  test('can be played again from its recording: the same problem, as plain lines in a pipe', async () => {
    const scenario = await readFile(place.path('tapes', 'run.json'), 'utf8')
    expect(Object.keys(JSON.parse(scenario) as object).sort()).toEqual([
      'blueprint',
      'brute-force',
      'generator',
      'reference',
      'solver',
      'statement',
      'wrong-solutions',
    ])
    // In a library of its own: in the same one it would be a copy.
    const recorded = ['--scenario', 'tapes/run.json', '-a', '정렬', '-d', '쉬움', '--seed', '8', '--data', 'again']
    const again = await place.run(recorded)
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' })
    expect(again.stdout).not.toContain('\u001B')
    expect(again.stdout).toMatch(/^\[ +\d+\.\d초\] +G9 통과 \(완전 탐색과 일치함, .*\): \d+ inputs compared/m)
    expect(again.stdout.match(/^\[/gm)?.length).toBeGreaterThan(25)
    const id = /problem ([0-9a-f-]{36})/.exec(again.stdout)?.[1] ?? ''
    expect(again.stdout).toContain(`out/${id}.json`)
    const replayed = authorProblemSchema.parse(JSON.parse(await readFile(place.path('out', `${id}.json`), 'utf8')))
    expect(essence(replayed)).toEqual(essence(problem))

    const { stdout } = await place.run(['list', '--data', 'again'])
    const rows = stdout.trimEnd().split('\n')
    expect(rows[0]).toMatch(/^id +제목 +주제 +난이도 +만든 때$/)
    expect(rows.slice(1).map((row) => row.split(/ {2,}/)[0])).toEqual([id])
    const listed = await place.run(['list', '--json', '--data', 'again'])
    expect(JSON.parse(listed.stdout)).toMatchObject({
      problems: [{ problemId: id, title: problem.title, algorithm_type: '정렬' }],
    })
  })

  test('is refused as a copy when it comes again, and another one is made instead', async () => {
    const again = await place.run(['-a', '정렬', '-d', '쉬움', '--seed', '7'])
    expect(again.stdout).toMatch(/^\[ +\d+\.\d초\] +G20 실패/m)
    const id = /problem ([0-9a-f-]{36})/.exec(again.stdout)?.[1] ?? ''
    const ambiguous = await place.run(['show', '0', '--locale', 'en'])
    expect(ambiguous).toMatchObject({ code: 2, stderr: expect.stringContaining(id) as string })
  })
})

describe('a run that does not end well', () => {
  let place: Workplace
  beforeEach(async () => {
    place = await Workplace.open()
    await writeFile(place.path('garbage.json'), '{ "blueprint": [{ "text": "no JSON at all", "repeat": true }] }')
    await writeFile(place.path('hang.json'), '{ "blueprint": [{ "fault": "hang", "repeat": true }] }')
  })
  afterEach(() => place.close())

  test('ends with 1 and its evidence; nothing is written', async () => {
    const args = ['--scenario', 'garbage.json', '--data', ':memory:', '--locale', 'en']
    const plain = await place.run(args)
    expect(plain).toMatchObject({ code: 1, stderr: '' })
    expect(plain.stdout).toContain('verification-failed')
    expect(plain.stdout).toContain('G0 (blueprint, attempt 1): blueprint: no JSON object in the reply')
    const json = await place.run([...args, '--json'])
    expect(json).toMatchObject({ code: 1, stderr: '' })
    expect(failureSchema.parse(JSON.parse(json.stdout))).toMatchObject({
      error: { code: 'verification-failed', retryable: true, evidence: expect.arrayContaining([]) as unknown },
    })
    expect(await readdir(place.path('out'))).toEqual([])
  })

  test('is drawn in a terminal, which gets its cursor back', async () => {
    const drawn = await place.runInTerminal(['--scenario', 'garbage.json', '--data', ':memory:', '--seed', '5'])
    expect(drawn.code).toBe(1)
    const shown = drawn.stdout.split('\u001B[?25l').at(-1) ?? ''
    expect(stripVTControlCharacters(shown)).toContain('✖ 문제 설계')
    expect(stripVTControlCharacters(shown)).toContain('G0 (blueprint, attempt 3)')
    expect(drawn.stdout).toContain('\u001B[31m✖')
    expect(drawn.stdout.lastIndexOf('\u001B[?25h')).toBeGreaterThan(drawn.stdout.lastIndexOf('\u001B[?25l'))
  })

  test('can be recorded all the same', async () => {
    const { code, stderr } = await place.run([
      '--scenario',
      'garbage.json',
      '--record',
      'tape.json',
      '--data',
      ':memory:',
    ])
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('--scenario tape.json') as string })
    expect(JSON.parse(await readFile(place.path('tape.json'), 'utf8'))).toEqual({
      blueprint: Array.from({ length: 3 }, () => ({ text: 'no JSON at all' })),
    })
  })

  test('a reader that has seen enough is no fault', async () => {
    const running = place.start(['--scenario', 'garbage.json', '--data', ':memory:'])
    await running.says('\n')
    running.child.stdout?.destroy()
    expect(await running.finished).toMatchObject({ code: 1, stderr: '' })
  })

  test('Ctrl-C cancels a run in the middle of executing programs, and nothing is left', async () => {
    const running = place.start(['-a', 'graph', '--locale', 'en', '--verbose'])
    await running.says('G5 passed')
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.finished
    expect(code).toBe(130)
    expect(stderr).toContain('Press Ctrl-C again')
    expect(stderr).toContain('"level":"DEBUG"')
    expect(await place.leftovers()).toEqual([])
    expect(stdout).toContain('Cancelled as requested.')
    expect(await readdir(place.path('out'))).toEqual([])
    expect((await place.run(['list', '--json'])).stdout).toBe('{"problems":[]}\n')
  })

  test('a second Ctrl-C ends it at once', async () => {
    const running = place.start(['--scenario', 'hang.json', '--data', ':memory:'])
    await running.says('문제 설계 시작')
    running.child.kill('SIGINT')
    await running.says('취소하는 중')
    await sleep(300)
    running.child.kill('SIGINT')
    const { code, stdout } = await running.finished
    expect(code).toBe(130)
    expect(stdout).not.toContain('cancelled')
    expect(await place.leftovers()).toEqual([])
  })

  test('SIGTERM cancels, too; as JSON it is one document', async () => {
    const running = place.start(['--scenario', 'hang.json', '--data', ':memory:', '--json', '--verbose'])
    await running.says('문제 설계 시작')
    running.child.kill('SIGTERM')
    const { code, stdout } = await running.finished
    expect(code).toBe(143)
    expect(failureSchema.parse(JSON.parse(stdout))).toMatchObject({ error: { code: 'cancelled' } })
  })
})

describe('what is around it', () => {
  let place: Workplace
  beforeAll(async () => {
    place = await Workplace.open()
  })
  afterAll(() => place.close())

  test('help comes in both languages', async () => {
    const [korean, english] = await Promise.all([place.run(['--help']), place.run(['-h', '--locale', 'en'])])
    expect(korean).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('사용법: npm start') as string,
    })
    expect(english).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Usage: npm start') as string,
    })
    const options = [korean, english].map(({ stdout }) => new Set(stdout.match(/--[a-z-]+/g)))
    expect(options[0]).toEqual(options[1])
  })

  test('a data folder in use by another process is named', async () => {
    const other = await startDynamoDb({ path: place.path('held') })
    try {
      const { code, stderr } = await place.run(['list', '--data', 'held', '--locale', 'en'])
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining('The data folder held is in use by another process') as string,
      })
    } finally {
      await other.close()
    }
  })

  test('--setup creates the table where it is asked for, LocalStack included', async () => {
    const embedded = await place.run(['--setup', '--locale', 'en'])
    expect(embedded).toMatchObject({ code: 0, stdout: 'Table alpaco-Problems-local is ready (.alpaco)\n', stderr: '' })
    expect((await stat(place.path('.alpaco'))).isDirectory()).toBe(true)

    const localStack = await startDynamoDb()
    const port = new URL(localStack.endpoint).port
    const env = {
      IS_LOCAL: 'true',
      LOCALSTACK_HOSTNAME: '127.0.0.1',
      LOCALSTACK_PORT: port,
      PROBLEMS_TABLE_NAME: 'mine',
    }
    try {
      const early = await place.run(['list', '--locale', 'en'], env)
      expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('--setup') as string })
      const { stdout } = await place.run(['--setup', '--json'], env)
      expect(JSON.parse(stdout)).toEqual({ tables: [{ name: 'mine', place: localStack.endpoint }] })
      expect(await place.run(['list', '--json'], env)).toMatchObject({ code: 0, stdout: '{"problems":[]}\n' })
    } finally {
      await localStack.close()
    }
    const gone = await place.run(['list', '--locale', 'en'], env)
    expect(gone).toMatchObject({ code: 2, stderr: expect.stringContaining(`http://127.0.0.1:${port}`) as string })
    expect(gone.stderr).toContain('localstack start')
  })

  test('a key of .env reaches the real model, one of the command line wins, and neither is ever shown', async () => {
    const scenario = { blueprint: [{ text: 'no', repeat: true }] }
    const gemini = await startGemini({ author: createAuthor(1), scenario })
    try {
      await writeFile(place.path('.env'), 'export GOOGLE_AI_API_KEY="key-of-the-file"\n')
      const env = { GEMINI_BASE_URL: gemini.endpoint }
      const args = ['-a', 'graph', '--data', ':memory:', '--verbose']
      const byFile = await place.run(args, env)
      const byLine = await place.run([...args, '-k', 'key-of-the-line'], env)
      expect([byFile.code, byLine.code]).toEqual([1, 1])
      expect(new Set(gemini.requests.map(({ key }) => key))).toEqual(new Set(['key-of-the-file', 'key-of-the-line']))
      for (const { stdout, stderr } of [byFile, byLine]) {
        expect(stdout + stderr).not.toContain('key-of-the')
        expect(stdout).toContain('gemini-2.5-pro')
        expect(stdout).toContain('이 컴퓨터의 샌드박스')
      }
    } finally {
      await gemini.close()
      await writeFile(place.path('.env'), '')
    }
  })
})
