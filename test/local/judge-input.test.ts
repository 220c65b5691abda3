// What judge and run refuse before anything runs: a message that names the file and the fix, in both languages, and exit code 2.
import { truncate } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { Workplace } from './command.ts'
import { runInProcess } from './in-process.ts'
import { writeTree } from './tree.ts'

let place: Workplace
const home = process.cwd()
const latin1 = Uint8Array.of(0x70, 0xe9, 0x0a)

function pair(folder: string): Record<string, string> {
  return { [`${folder}/1.in`]: '1\n', [`${folder}/1.ans`]: '1\n' }
}

function kattis(folder: string, yaml: string): Record<string, string> {
  return { ...pair(`${folder}/data/secret`), [`${folder}/problem.yaml`]: yaml }
}

beforeAll(async () => {
  place = await Workplace.open()
  process.chdir(place.folder)
  await writeTree(place.folder, {
    'sol.py': 'print(input())\n',
    'sol.rb': 'puts gets\n',
    sol: 'print(input())\n',
    'big.py': `#${'x'.repeat(256 * 1024)}`,
    'latin.py': latin1,
    ...pair('tests'),
    ...pair('unanswered'),
    'unanswered/2.in': '',
    'unanswered/sub/10.in': '',
    ...pair('orphan'),
    'orphan/3.out': '',
    ...pair('twice'),
    'twice/1.out': '2\n',
    'empty/notes.txt': '',
    ...pair('latin'),
    'latin/1.ans': latin1,
    ...pair('large'),
    'broken.json': '{ "title": ',
    'strange.json': '{ "examples": [{ "input": 1 }], "test_cases": [] }',
    'public.json': JSON.stringify({ problemId: '01a1fc77', examples: [{ input: '1\n', output: '1\n' }] }),
    'void.json': '{ "examples": [], "test_cases": [] }',
    'slow.json': JSON.stringify({
      test_cases: [{ input: '', output: '' }],
      limits: { timeMs: 60_000, memoryBytes: 2 ** 28 },
    }),
    'fat.json': JSON.stringify({
      test_cases: [{ input: '', output: '' }],
      limits: { timeMs: 1_000, memoryBytes: 2 ** 32 },
    }),
    'problem.zip': 'PK',
    'checker.cpp': '#include "testlib.h"\nint main() {}\n',
    'validate/a.cpp': 'int main() {}\n',
    'validate/b.cpp': 'int main() {}\n',
    'scripts/build': '#!/bin/sh\n',
    ...kattis('interactive', 'validation: custom interactive\n'),
    ...kattis('answers', 'type: [submit-answer]\n'),
    ...kattis('driver', 'name: driver\n'),
    'driver/include/python3/driver.py': '',
    ...kattis('withfiles', 'name: files\n'),
    'withfiles/data/secret/1.files/map.txt': '',
    ...kattis('withargs', 'name: args\n'),
    'withargs/data/secret/1.yaml': 'args: ["--fast"]\n',
    ...kattis('unlike', 'name: unlike\n'),
    ...pair('unlike/data/sample'),
    'unlike/data/secret/testdata.yaml': 'output_validator_flags: float_tolerance 1e-6\n',
    ...kattis('badflag', 'validator_flags: tolerance 3\n'),
    ...kattis('badvalue', 'validator_flags: float_tolerance much\n'),
    ...kattis('badyaml', 'limits: {\n'),
    ...kattis('badlimit', 'limits: { memory: lots }\n'),
    ...kattis('badtime', 'name: x\n'),
    'badtime/.timelimit': 'two\n',
    ...kattis('toolong', 'limits: { time_limit: 90 }\n'),
    ...kattis('novalidator', 'validation: custom\n'),
    ...kattis('validators', 'validation: custom\n'),
    'validators/output_validators/a.py': '',
    'validators/output_validators/b.py': '',
    'hollow/problem.yaml': 'name: hollow\n',
  })
  for (let n = 0; n <= 1_000; n += 1) await writeTree(place.folder, { [`many/${n}.in`]: '', [`many/${n}.ans`]: '' })
  await truncate(place.path('large', '1.in'), 600_000_000)
})
afterAll(() => {
  process.chdir(home)
  return place.close()
})

type Line = readonly [args: string, korean: readonly string[], english: readonly string[]]

const wrongLines: readonly Line[] = [
  ['judge', ['judge 문제 소스'], ['judge PROBLEM SOURCE']],
  ['judge tests', ['judge 문제 소스'], ['judge PROBLEM SOURCE']],
  ['judge tests sol.py more', ['남는', 'more'], ['too many', 'more']],
  ['run', ['run 소스'], ['run SOURCE']],
  ['run sol.py more', ['남는', 'more'], ['too many', 'more']],
  ['jugde tests sol.py', ['jugde', '혹시 "judge"인가요?'], ['jugde', 'Did you mean "judge"?']],
  ['judge tests sol.py --input x', ['--input', 'judge'], ['--input', 'judge']],
  ['run sol.py --all', ['--all', 'run'], ['--all', 'run']],
  ['judge tests sol.py --time-limi 1', ['혹시 --time-limit인가요?'], ['Did you mean --time-limit?']],
  // ---- limits out of range
  ['judge tests sol.py --time-limit 0', ['--time-limit', '0.01부터 50까지'], ['--time-limit', 'from 0.01 to 50']],
  ['judge tests sol.py --time-limit 51', ['--time-limit', '"51"'], ['--time-limit', '"51"']],
  ['judge tests sol.py --time-limit 1s', ['--time-limit', '"1s"'], ['--time-limit', '"1s"']],
  ['judge tests sol.py --memory 8', ['--memory', '16부터 2048까지'], ['--memory', '16 to 2048']],
  ['judge tests sol.py --memory 0.5', ['--memory', '정수'], ['--memory', 'whole number']],
  [
    'judge tests sol.py --float-tolerance 2',
    ['--float-tolerance', '0부터 1까지'],
    ['--float-tolerance', 'from 0 to 1'],
  ],
  ['judge slow.json sol.py', ['60초', '--time-limit'], ['60 s', '--time-limit']],
  ['judge fat.json sol.py', ['4,096 MiB', '--memory'], ['4,096 MiB', '--memory']],
  ['judge toolong sol.py', ['90초', '--time-limit'], ['90 s', '--time-limit']],
  // ---- the source
  ['judge tests sol.rb', ['sol.rb', '--language', '.cpp'], ['sol.rb', '--language', '.cpp']],
  ['judge tests sol', ['--language'], ['--language']],
  ['judge tests sol.py --language ruby', ['"ruby"', 'javascript'], ['"ruby"', 'javascript']],
  ['judge tests none.py', ['none.py', '없음, ENOENT'], ['none.py', 'not there, ENOENT']],
  ['judge tests big.py', ['big.py', '256 KB'], ['big.py', '256 KB']],
  ['judge tests latin.py', ['latin.py', 'UTF-8'], ['latin.py', 'UTF-8']],
  ['judge sol.py tests', ['tests', '폴더입니다', 'judge 문제 소스'], ['tests', 'is a folder', 'judge PROBLEM SOURCE']],
  ['judge tests -', ['--language'], ['--language']],
  ['run tests', ['tests', '폴더입니다'], ['tests', 'is a folder']],
  ['run sol.rb', ['sol.rb', '.cjs'], ['sol.rb', '.cjs']],
  ['run sol.py --input none.in', ['none.in', 'ENOENT'], ['none.in', 'ENOENT']],
  ['run sol.py --input latin.py', ['latin.py', 'UTF-8'], ['latin.py', 'UTF-8']],
  ['run - --language python --input -', ['run -', '--input -'], ['run -', '--input -']],
  // ---- the tests
  ['judge nowhere/tests sol.py', ['"nowhere/tests"', '폴더나 파일이 없고'], ['"nowhere/tests"', 'no such folder']],
  ['judge 0123abc sol.py --data :memory:', ['"0123abc"', 'list'], ['"0123abc"', 'list']],
  ['judge empty sol.py', ['empty', '1.in', '1.ans'], ['empty', '1.in', '1.ans']],
  [
    'judge unanswered sol.py',
    ['정답이 없는 입력', '2.in, sub/10.in', '.ans나 .out'],
    ['inputs without an answer', '2.in, sub/10.in', '.ans or .out'],
  ],
  ['judge orphan sol.py', ['입력이 없는 정답', '3.out', '.in'], ['answers without an input', '3.out', '.in']],
  ['judge twice sol.py', ['1.ans과(와) 1.out', '하나만'], ['1.ans and 1.out differ']],
  ['judge latin sol.py', ['latin/1.ans', 'UTF-8'], ['latin/1.ans', 'UTF-8']],
  ['judge many sol.py', ['1001개', '1000개까지'], ['1001 tests', '1000']],
  ['judge large sol.py', ['600 MB', '512 MB'], ['600 MB', '512 MB']],
  ['judge problem.zip sol.py', ['problem.zip', '먼저 풀고'], ['problem.zip', 'Unpack']],
  ['judge broken.json sol.py', ['broken.json', 'JSON이 아닙니다'], ['broken.json', 'no JSON']],
  ['judge strange.json sol.py', ['strange.json', 'examples.0.input'], ['strange.json', 'examples.0.input']],
  ['judge public.json sol.py', ['test_cases', 'judge 01a1fc77 소스'], ['test_cases', 'judge 01a1fc77 SOURCE']],
  ['judge void.json sol.py', ['void.json', '테스트가 없습니다'], ['void.json', 'no tests']],
  // ---- packages
  ['judge hollow sol.py', ['hollow', 'data/secret'], ['hollow', 'data/secret']],
  ['judge interactive sol.py', ['interactive', '채점할 수 없는'], ['interactive', 'cannot be judged']],
  ['judge answers sol.py', ['submit-answer'], ['submit-answer']],
  ['judge driver sol.py', ['include/python3'], ['include/python3']],
  ['judge withfiles sol.py', ['1.files'], ['1.files']],
  ['judge withargs sol.py', ['args', '1.yaml'], ['args', '1.yaml']],
  ['judge unlike sol.py', ['sample/1, secret/1', '--checker'], ['sample/1, secret/1', '--checker']],
  ['judge badflag sol.py', ['"tolerance"'], ['"tolerance"']],
  ['judge badvalue sol.py', ['"float_tolerance"'], ['"float_tolerance"']],
  ['judge badyaml sol.py', ['badyaml/problem.yaml'], ['badyaml/problem.yaml']],
  ['judge badlimit sol.py', ['problem.yaml', 'limits.memory'], ['problem.yaml', 'limits.memory']],
  ['judge badtime sol.py', ['.timelimit', '초'], ['.timelimit', 'seconds']],
  [
    'judge novalidator sol.py',
    ['validation: custom', 'output_validators'],
    ['validation: custom', 'output_validators'],
  ],
  ['judge validators sol.py', ['a.py', 'b.py', 'kattis:'], ['a.py', 'b.py', 'kattis:']],
  // ---- the checker
  ['judge tests sol.py --checker tokns', ['"tokns"', '혹시 "tokens"인가요?'], ['"tokns"', 'Did you mean "tokens"?']],
  ['judge tests sol.py --checker none.cpp', ['"none.cpp"', 'unordered'], ['"none.cpp"', 'unordered']],
  ['judge tests sol.py --checker lines --float-tolerance 0.1', ['--checker lines'], ['--checker lines']],
  ['judge tests sol.py --checker checker.cpp', ['testlib.h', '같은 폴더'], ['testlib.h', 'same folder']],
  ['judge tests sol.py --checker sol.rb', ['sol.rb', '.cpp'], ['sol.rb', '.cpp']],
  ['judge tests sol.py --checker validate', ['a.cpp, b.cpp'], ['a.cpp, b.cpp']],
  ['judge tests sol.py --checker scripts', ['build', 'kattis:'], ['build', 'kattis:']],
  ['judge tests sol.py --executor real', ['CODE_EXECUTOR_LAMBDA_ARN'], ['CODE_EXECUTOR_LAMBDA_ARN']],
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
    expect(stderr).not.toMatch(/[가-힣]/)
  })

  test('is refused as one JSON document', async () => {
    const { code, stdout, stderr } = await runInProcess([...args, '--json'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
    errorDocument.parse(JSON.parse(stdout))
  })
})

describe('the help', () => {
  test.each(['ko', 'en'])('in %s says how to judge and to run, with every option', async (locale) => {
    const { code, stdout, stderr } = await runInProcess(['judge', '--help', '--locale', locale])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const options = '--language --time-limit --memory --checker --float-tolerance --all --input'
    const checkers = 'exact tokens lines unordered float kattis:'
    const named = ['judge ', 'run ', 'python, c, cpp, java, javascript', ...`${options} ${checkers} 130`.split(' ')]
    for (const word of named) expect(stdout).toContain(word)
  })
})
