// Wrong use: a message that names the field and the fix, in the caller's language, and exit code 2.
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { Workplace } from './command.ts'
import { runInProcess } from './in-process.ts'

let place: Workplace
const home = process.cwd()
beforeAll(async () => {
  place = await Workplace.open()
  process.chdir(place.folder)
  await writeFile('wrong.json', '{\n  "reference": [{ "fault": "nope" }]\n}\n')
  await writeFile('broken.json', '{ "reference": ')
  await writeFile('file', '')
})
afterAll(() => {
  process.chdir(home)
  return place.close()
})

type Line = readonly [args: string, korean: readonly string[], english: readonly string[]]

const wrongLines: readonly Line[] = [
  [
    '-a 그레프',
    ['--algorithm', '혹시 "그래프"인가요?', '이분 탐색'],
    ['--algorithm', 'Did you mean "그래프"?', 'binary search'],
  ],
  [
    '-a 그래프 -d 보툥',
    ['--difficulty', '혹시 "보통"인가요?', '어려움'],
    ['--difficulty', 'Did you mean "보통"?', 'hard'],
  ],
  ['--prompt=', ['--prompt', '비어 있습니다'], ['--prompt', 'empty']],
  [`--prompt ${'가'.repeat(2_001)}`, ['--prompt', '2,000자'], ['--prompt', '2,000 characters']],
  ['--language ruby', ['--language', 'python'], ['--language', 'python']],
  ['--max-cost 0', ['--max-cost', '0보다 크고'], ['--max-cost', 'above 0']],
  ['--seed 1.5', ['--seed', '정수'], ['--seed', 'whole number']],
  ['--algoritm x', ['--algoritm', '--algorithm'], ['--algoritm', '--algorithm']],
  ['-a', ['--algorithm', '값이 필요합니다'], ['--algorithm', 'needs a value']],
  ['-a x -a y', ['--algorithm', '두 번'], ['--algorithm', 'twice']],
  ['--verbose=yes', ['--verbose', '값을 받지 않습니다'], ['--verbose', 'takes no value']],
  ['lsit', ['lsit', 'list', 'generate'], ['lsit', 'list', 'generate']],
  ['graph medium', ['graph', '없는 명령'], ['graph', 'not a command']],
  ['generate 그래프', ['그래프', '남는'], ['그래프', 'too many']],
  ['list -a graph', ['--algorithm', 'list'], ['--algorithm', 'list']],
  ['show', ['show', 'id'], ['show', 'id']],
  ['show 0123 --tests --solution', ['--tests', '--solution'], ['--tests', '--solution']],
  ['--serve --setup', ['--serve', '--setup'], ['--serve', '--setup']],
  ['--serve abc', ['--serve', 'abc', '65535'], ['--serve', 'abc', '65535']],
  ['--serve 99999', ['--serve', '65535'], ['--serve', '65535']],
  ['--model fake', ['--model', 'stand-in', 'real'], ['--model', 'stand-in', 'real']],
  ['-k your-api-key-here', ['--api-key', '예시'], ['--api-key', 'placeholder']],
  ['--model real', ['--model real', 'GOOGLE_AI_API_KEY'], ['--model real', 'GOOGLE_AI_API_KEY']],
  ['--model stand-in -k abc', ['--api-key', '--model stand-in'], ['--api-key', '--model stand-in']],
  ['-k abc --scenario wrong.json', ['--scenario', '--api-key'], ['--scenario', '--api-key']],
  ['--table real', ['--table real', 'PROBLEMS_TABLE_NAME'], ['--table real', 'PROBLEMS_TABLE_NAME']],
  ['--executor real', ['CODE_EXECUTOR_LAMBDA_ARN'], ['CODE_EXECUTOR_LAMBDA_ARN']],
  [
    '--scenario wrong.json',
    ['wrong.json', '2번째 줄', 'reference[0].fault', 'hang'],
    ['line 2', 'reference[0].fault', 'hang'],
  ],
  ['--scenario broken.json', ['broken.json', '1번째 줄', 'JSON이 아닙니다'], ['broken.json', 'line 1', 'not JSON']],
  ['--scenario missing.json', ['missing.json', 'ENOENT'], ['missing.json', 'ENOENT']],
  ['--out file/x', ['--out', 'file/x', 'ENOTDIR'], ['--out', 'file/x', 'ENOTDIR']],
  ['--record file/x.json', ['--record', 'file/x.json', 'ENOTDIR'], ['--record', 'file/x.json', 'ENOTDIR']],
  ['list --data file/x', ['file/x', 'ENOTDIR', '--data'], ['file/x', 'ENOTDIR', '--data']],
  ['show 0123 --data :memory:', ['0123', 'list'], ['0123', 'list']],
]

const errorDocument = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
})

describe.each(wrongLines)('%s', (line, korean, english) => {
  const args = line.split(' ')

  test('is refused in Korean', async () => {
    const { code, stdout, stderr } = await runInProcess(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    for (const words of korean) expect(stderr).toContain(words)
  })

  test('is refused in English', async () => {
    const { code, stdout, stderr } = await runInProcess([...args, '--locale', 'en'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    for (const words of english) expect(stderr).toContain(words)
    // The caller's own words may be Korean, a sentence may not.
    expect(stderr).not.toMatch(/[가-힣] [가-힣]+(다|요)[.?]/)
  })

  test('is refused as one JSON document', async () => {
    const { code, stdout, stderr } = await runInProcess([...args, '--json'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
    errorDocument.parse(JSON.parse(stdout))
  })
})
