// The remake command: a stored suite made again from its origins, byte for byte, and what shows when it cannot be.
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { tinyProblem } from '../packages/own-problems.ts'
import { rememberingExecutor } from '../support/pipeline.ts'
import { Workplace } from './command.ts'
import { runInProcess } from './in-process.ts'

let place: Workplace
let tests: { input: string; output: string }[]
const home = process.cwd()
const run = (line: string): ReturnType<typeof runInProcess> =>
  runInProcess(line.split(' '), { PATH: process.env['PATH'] ?? '' })

const fileSchema = z.looseObject({
  test_generator_code: z.string(),
  test_origins: z.array(z.looseObject({ from: z.string() })),
  test_cases: z.array(z.object({ input: z.string(), output: z.string() })),
})
const wrappedSchema = z.looseObject({ problem: fileSchema })
let problem: z.infer<typeof fileSchema>

beforeAll(async () => {
  place = await Workplace.open()
  process.chdir(place.folder)
  const text = await tinyProblem(rememberingExecutor())
  const json: unknown = JSON.parse(text)
  problem = wrappedSchema.safeParse(json).data?.problem ?? fileSchema.parse(json)
  tests = problem.test_cases
  await writeFile('tiny.json', JSON.stringify(problem))
})
afterAll(() => {
  process.chdir(home)
  return place.close()
})

/** The report of the tests that came out otherwise. */
async function differing(file: string): Promise<number[]> {
  const { code, stdout } = await run(`remake ${file} --json`)
  const report = z
    .object({ same: z.boolean(), tests: z.array(z.object({ test: z.int(), same: z.boolean() })) })
    .parse(JSON.parse(stdout))
  expect(report.tests).toHaveLength(tests.length)
  expect(code).toBe(report.same ? 0 : 1)
  return report.tests.flatMap(({ test: number, same }) => (same ? [] : [number]))
}

test('every test comes out as it is stored', async () => {
  expect(await differing('tiny.json')).toEqual([])
})

test('one test is printed as it is stored, and who made it', async () => {
  const made = await run('remake tiny.json 2')
  expect(made).toMatchObject({ code: 0, stdout: tests[1]?.input })
  expect(made.stderr).toMatch(/^✔ .*2/)
})

test('a stored test that was changed shows', async () => {
  const changed = tests.map((one, index) => (index === 3 ? { ...one, input: `${one.input}\n` } : one))
  await writeFile('changed.json', JSON.stringify({ ...problem, test_cases: changed }))
  expect(await differing('changed.json')).toEqual([4])
})

test('a generator that depends on the hash seed shows, for another one is used than when the tests were made', async () => {
  // The hash is negative under seed 0, under which tests are made, and positive under seed 1.
  const code = problem.test_generator_code.replace('print(n)', 'print(n + (hash("x") > 0))')
  expect(code).not.toBe(problem.test_generator_code)
  await writeFile('hash.json', JSON.stringify({ ...problem, test_generator_code: code }))
  const made = problem.test_origins.flatMap(({ from }, index) => (from === 'generator' ? [index + 1] : []))
  expect(made.length).toBeGreaterThan(0)
  expect(await differing('hash.json')).toEqual(made)
})

test.each(['0', '9999', 'two', '-1'])('there is no test %s', async (number) => {
  const { code, stdout, stderr } = await run(`remake tiny.json ${number}`)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).not.toBe('')
})

test.each([
  ['text.txt', 'no JSON at all', /JSON이 아닙니다\. remake/],
  ['text.json', '"a text"', /JSON이 아닙니다\. remake/],
  ['lacking.json', '{ "language": "python" }', /input_spec/],
])('%s is refused in the words of the language', async (file, content, words) => {
  await writeFile(file, content)
  const { code, stdout, stderr } = await run(`remake ${file} 1`)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(words)
  expect(stderr).not.toMatch(/Invalid|expected|\. :/)
})

test('a folder is refused with what remake takes', async () => {
  const { code, stderr } = await run('remake . 1 --locale en')
  expect(code).toBe(2)
  expect(stderr).toContain('remake takes a JSON file of out/, the ID of a stored problem')
})
