// The run command with real programs: its output is ours, what ended it is on standard error, the exit code says whether it was good.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Workplace } from './command.ts'
import { runInProcess } from './in-process.ts'
import { writeTree } from './tree.ts'

const entry = fileURLToPath(new URL('../../local-test.ts', import.meta.url))
let place: Workplace
const home = process.cwd()
const env = { PATH: process.env['PATH'] ?? '' }
const run = (line: string, stdin?: string): ReturnType<typeof runInProcess> =>
  runInProcess(['run', ...line.split(' ')], env, stdin)

beforeAll(async () => {
  place = await Workplace.open()
  process.chdir(place.folder)
  await writeTree(place.folder, {
    'echo.py': 'import sys\nsys.stdout.write(sys.stdin.read())\n',
    'mixed.py': 'import sys\nprint("out")\nprint("err", file=sys.stderr)\nsys.exit(3)\n',
    'loop.py': 'print("before", flush=True)\nwhile True: pass\n',
    'crash.c': '#include <stdlib.h>\nint main(void) { abort(); }\n',
    'broken.c': 'int main(void) { return nothing; }\n',
    'sum.cpp': '#include <iostream>\nint main() { long a, b; std::cin >> a >> b; std::cout << a + b; }\n',
    'in.txt': '40 2\n',
  })
})
afterAll(() => {
  process.chdir(home)
  return place.close()
})

const figures = String.raw`CPU [\d.,]+ ms · 경과 [\d.,]+ ms · 메모리 [\d.]+ MiB`

describe('a program that ends well', () => {
  test('has its output on ours, unchanged, and one line about it on standard error', async () => {
    const { code, stdout, stderr } = await run('sum.cpp --input in.txt')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '42' })
    expect(stderr).toMatch(new RegExp(`^✔ 종료 코드 0 · ${figures}\n$`))
  })

  test('reads what is piped in, or nothing', async () => {
    const text = '가나다\r\n\t\u001B[31m끝'
    expect(await run('echo.py', text)).toMatchObject({ code: 0, stdout: text })
    expect(await run('echo.py --input -', text)).toMatchObject({ code: 0, stdout: text })
    expect(await run('echo.py --input in.txt', text)).toMatchObject({ code: 0, stdout: '40 2\n' })
    expect(await run('echo.py')).toMatchObject({ code: 0, stdout: '' })
  })

  test('may itself come from standard input, and reads nothing then', async () => {
    expect(await run('- --language python', 'print(len(input()) if False else 7)')).toMatchObject({
      code: 0,
      stdout: '7\n',
    })
    expect(await run('- --language py --input in.txt', 'print(input())')).toMatchObject({ code: 0, stdout: '40 2\n' })
  })

  test('is part of a pipeline of real processes', async () => {
    const child = spawn(process.execPath, [entry, 'run', 'echo.py'], {
      cwd: place.folder,
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.stdin.end('1\n2\n')
    const [code] = (await once(child, 'close')) as [number]
    expect({ code, said }).toEqual({ code: 0, said: '1\n2\n' })
  })
})

test('in a terminal it does not wait for somebody to type, and says so', async () => {
  const { code, stdout } = await place.runInTerminal(['run', 'echo.py'])
  expect(code).toBe(0)
  expect(stdout).toContain('입력 없이 실행합니다.')
  expect(stdout).toContain('종료 코드 0')
})

describe('a program that does not', () => {
  const table: readonly (readonly [line: string, stdout: string, korean: RegExp, english: RegExp])[] = [
    ['mixed.py', 'out\n', /^err\n✖ 종료 코드 3 · /, /^err\n✖ exit code 3 · /],
    [
      'loop.py --time-limit 0.2',
      'before\n',
      /✖ 시간 초과 \(CPU\) · .*제한 0\.2초 256 MiB\n$/,
      /✖ time limit exceeded \(CPU\) · .*limits 0\.2 s 256 MiB\n$/,
    ],
    ['crash.c', '', /✖ 시그널로 끝남: SIGABRT · /, /✖ killed by a signal: SIGABRT · /],
    ['broken.c', '', /nothing[^]*✖ 컴파일 에러 \(CE\)\n$/, /nothing[^]*✖ compile error \(CE\)\n$/],
  ]

  test.each(table)('%s ends with 1 and the reason', async (line, stdout, korean, english) => {
    const ko = await run(line)
    expect({ code: ko.code, stdout: ko.stdout }).toEqual({ code: 1, stdout })
    expect(ko.stderr).toMatch(korean)
    const en = await run(`${line} --locale en`)
    expect({ code: en.code, stdout: en.stdout }).toEqual({ code: 1, stdout })
    expect(en.stderr).toMatch(english)
    expect(en.stderr).not.toMatch(/[가-힣]/)
  })
})

describe('--json', () => {
  test('is one document with the result and how it compiled', async () => {
    const { code, stdout, stderr } = await run('mixed.py --json --memory 64')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      compile: { ok: true },
      result: { outcome: 'exited', exitCode: 3, stdout: 'out\n', stderr: 'err\n' },
      language: 'python',
      limits: { cpuMs: 2_000, memoryBytes: 64 * 1024 * 1024 },
    })
  })

  test('of a compile error has no result', async () => {
    const { code, stdout } = await run('broken.c --json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ compile: { ok: false }, result: null })
  })
})

test('Ctrl-C ends it with 130', async () => {
  const own = await Workplace.open()
  try {
    await writeTree(own.folder, { 'loop.py': 'while True: pass\n' })
    const running = own.start(['run', 'loop.py', '--time-limit', '50'])
    // The command itself, and the sandbox that it has started.
    await vi.waitUntil(async () => (await own.leftovers()).length > 1, { timeout: 30_000 })
    running.child.kill('SIGINT')
    const { code, stderr } = await running.finished
    expect(code).toBe(130)
    expect(stderr).toContain('취소되었습니다.')
    expect((await own.leftovers()).filter((name) => name.startsWith('alpaco-'))).toEqual([])
  } finally {
    await own.close()
  }
})
