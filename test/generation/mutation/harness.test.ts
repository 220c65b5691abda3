// Many programs in one process: each must behave as if it were alone.
import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { createLocalExecutor } from '../../../src/adapters/local-executor.ts'
import type { ExecutionBatch, ExecutionResult } from '../../../src/contract/execution.ts'
import {
  outcomeKey,
  runTogether,
  type Outcome,
  type TogetherOptions,
} from '../../../src/generation/mutation/harness.ts'
import type { Executor } from '../../../src/ports.ts'
import { quietLog } from '../../support/quiet-log.ts'

const MiB = 1024 * 1024
const sandbox = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
const signal = new AbortController().signal
afterAll(async () => sandbox.close())

/** The sandbox, with a count of what it is asked for. */
function counting(): Executor & { processes: number; results: ExecutionResult[] } {
  return {
    processes: 0,
    results: [],
    async run(batch, signal, onResult) {
      this.processes += batch.tests.length
      const reply = await sandbox.run(batch, signal, onResult)
      this.results.push(...reply.results)
      return reply
    },
  }
}

async function together(
  programs: readonly string[],
  inputs: readonly string[],
  options: Partial<TogetherOptions> = {},
  executor: Executor = sandbox,
): Promise<Outcome[][]> {
  return runTogether(programs, inputs, executor, signal, { cpuMsEach: 60, memoryBytes: 128 * MiB, ...options })
}

const cpuOf = (results: readonly ExecutionResult[]): number => results.reduce((sum, { cpuMs }) => sum + cpuMs, 0)

/** Tokens with all kinds of blanks between them, and some that are none to us. */
const spaced = (count: number): string => `1 \t 2\x0b3\u00a04\n\n5 ${'x'.repeat(count)}\n`

/** Outcomes in one word each: the output, or how else it ended. */
const words = (row: readonly Outcome[] | undefined): string[] =>
  (row ?? []).map(({ ended, output }) => (ended === 'ok' ? output : ended))

describe('ways to read and write', () => {
  const ways: Record<string, string> = {
    'input and print': 'print(int(input()) + 1)',
    'lines of standard input': 'import sys\nfor line in sys.stdin:\n    print(int(line) + 1)',
    'the buffers': 'import sys\nsys.stdout.buffer.write(b"%d\\n" % (int(sys.stdin.buffer.readline()) + 1))',
    'an alias of readline': 'import sys\ninput = sys.stdin.readline\nprint(int(input()) + 1)',
    'os.read and os.write':
      'import os\ndata = os.read(0, os.fstat(0).st_size)\nos.write(1, str(int(data) + 1).encode() + b"\\n")',
    'open(0) and open(1)': 'text = open(0).read()\nwith open(1, "w") as out:\n    out.write(f"{int(text) + 1}\\n")',
    'open(0, "rb")': 'print(int(open(0, "rb").read()) + 1)',
    'the descriptors of the streams':
      'import os, sys\nos.write(sys.stdout.fileno(), b"%d\\n" % (int(os.read(sys.stdin.fileno(), 99)) + 1))',
    'standard output replaced':
      'import io, sys\nsys.stdout = io.TextIOWrapper(open(1, "wb"), newline="\\n")\nprint(int(input()) + 1)',
    'a thread for its stack':
      'import sys, threading\nsys.setrecursionlimit(10**6)\nthreading.stack_size(1 << 26)\ndef main():\n    print(int(input()) + 1)\nthread = threading.Thread(target=main)\nthread.start()\nthread.join()',
    'a main function':
      'import sys\ndef main():\n    print(int(input()) + 1)\n    sys.exit(0)\nif __name__ == "__main__":\n    main()',
    'exit without a code': 'print(int(input()) + 1)\nexit()',
    'output at the end of the process':
      'import atexit\nlines = []\natexit.register(lambda: print(*lines))\nlines.append(int(input()) + 1)',
    'a data class':
      'from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass Point:\n    x: int\nprint(Point(int(input()) + 1).x)',
  }

  it('all work, on every input', async () => {
    const rows = await together(Object.values(ways), ['5\n', '41\n'])
    expect(Object.fromEntries(Object.keys(ways).map((way, index) => [way, words(rows[index])]))).toEqual(
      Object.fromEntries(Object.keys(ways).map((way) => [way, ['6\n', '42\n']])),
    )
  })

  it('keep the order of what is written by different ways', async () => {
    const program =
      'import os, sys\nsys.stdout.write("a")\nsys.stdout.flush()\nos.write(1, b"b")\nsys.stdout.buffer.write(b"c")\nprint("d")'
    expect(words((await together([program], ['']))[0])).toEqual(['abcd\n'])
  })

  it('read nothing where there is nothing', async () => {
    const rows = await together(['import sys\nprint(len(sys.stdin.read()))', 'print(input())'], [''])
    expect(rows.map(words)).toEqual([['0\n'], ['error']])
  })
})

describe('ends', () => {
  it('are told apart: codes, exceptions, what does not compile', async () => {
    const ends: [string, string][] = [
      ['import sys\nprint(1)\nsys.exit()', '1\n'],
      ['import sys\nprint(1)\nsys.exit(0)', '1\n'],
      ['raise SystemExit(3)', 'error'],
      ['import sys\nprint(1)\nsys.exit("no")', 'error'],
      ['print(1)\n[][0]', 'error'],
      ['print((', 'error'],
      ['while True: pass', 'time'],
      ['while True:\n    try:\n        while True: pass\n    except: pass', 'time'],
      ['try:\n    while True: pass\nexcept BaseException: print("saved")', 'time'],
      ['def f(n): return f(n + 1)\nf(0)', 'error'],
      ['a = [0] * 10**9\nprint(len(a))', 'error'],
      ['while True: print("x" * 1000)', 'error'],
      ['print("\\ud800")', 'error'],
    ]
    const rows = await together(
      ends.map(([program]) => program),
      ['', ''],
    )
    expect(rows.map(words)).toEqual(ends.map(([, word]) => [word, word]))
  })

  it('by lack of memory are errors, and memory within the limit is there', async () => {
    const programs = ['print(len(bytearray(230 << 20)))', 'print(len(bytearray(100 << 20)))']
    const rows = await together(programs, ['', ''], { cpuMsEach: 2_000, memoryBytes: 128 * MiB })
    expect(rows.map(words)).toEqual([
      ['error', 'error'],
      ['104857600\n', '104857600\n'],
    ])
  })

  it('that take the process along cost nobody else anything', async () => {
    const good = 'print(int(input()) * 2)'
    const crash =
      'import sys\nfrom functools import lru_cache\nsys.setrecursionlimit(10**9)\n@lru_cache(None)\ndef f(n): return f(n + 1)\nif input() == "2": f(0)\nprint("fine")'
    const endless = 'if input() == "2": sum(range(10**12))\nprint("fine")'
    const leaving = 'import os\nif input() == "2": os._exit(0)\nprint("fine")'
    const rows = await together([good, crash, endless, leaving, good], ['1\n', '2\n', '3\n'], { cpuMsEach: 200 })
    expect(words(rows[0])).toEqual(['2\n', '4\n', '6\n'])
    expect(words(rows[4])).toEqual(['2\n', '4\n', '6\n'])
    expect(words(rows[1])[0]).toBe('fine\n')
    expect(words(rows[1])[1]).not.toBe('fine\n')
    expect(words(rows[1])[2]).toBe('fine\n')
    expect(words(rows[2])).toEqual(['fine\n', 'time', 'fine\n'])
    expect(words(rows[3])).toEqual(['fine\n', 'error', 'fine\n'])
  })

  it('that take two processes along are the last ones of a program', async () => {
    const executor = counting()
    const leaving = 'import os\nif int(input()) > 1: os._exit(1)\nprint("fine")'
    const inputs = Array.from({ length: 50 }, (_, index) => `${index}\n`)
    const [row] = await together([leaving], inputs, {}, executor)
    expect(words(row)).toEqual(['fine\n', 'fine\n', ...Array.from({ length: 48 }, () => 'error')])
    expect(executor.processes).toBe(3)
  })
})

describe('what a run leaves behind', () => {
  it('is gone in the next', async () => {
    const traces: Record<string, string> = {
      'global names': 'print("seen" in globals())\nseen = 1',
      'the recursion limit': 'import sys\nprint(sys.getrecursionlimit() > 5000)\nsys.setrecursionlimit(10**5)',
      'the state of chance':
        'import random\nfirst = random.random()\nrandom.seed(0)\nprint(first != random.random())\nrandom.seed(5)',
      'the decimal context': 'import decimal\nprint(decimal.getcontext().prec != 28)\ndecimal.getcontext().prec = 5',
      'input not read': 'import sys\nprint(len(sys.stdin.read(1)) != 1)',
      'output not flushed': 'import sys\nsys.stdout.write("False\\n")\nsys.stdout = None',
      'closed streams': 'import sys\nprint(False)\nsys.stdin.close()\nsys.stdout.close()',
      'the main module': 'import __main__\nprint(hasattr(__main__, "mark"))\n__main__.mark = 1',
      'functions at exit': 'import atexit\nprint(atexit._ncallbacks() > 0)\natexit.register(lambda: None)',
    }
    const rows = await together(Object.values(traces), ['ab\n', 'ab\n', 'ab\n'])
    expect(Object.fromEntries(Object.keys(traces).map((trace, index) => [trace, words(rows[index])]))).toEqual(
      Object.fromEntries(Object.keys(traces).map((trace) => [trace, ['False\n', 'False\n', 'False\n']])),
    )
  })

  it('in the modules is gone for the next program', async () => {
    const spoiler = 'import math, heapq\nmath.gcd = heapq.heappop = print\nmath.extra = 1\nprint(math.gcd is print)'
    const victim = 'import math\nprint(math.gcd(12, 18), hasattr(math, "extra"))'
    // Three for each of two processes.
    const rows = await together([spoiler, victim, victim, spoiler, victim, victim], [''])
    expect(rows.map(words).filter(([word]) => word !== '6 False\n')).toEqual([['True\n'], ['True\n']])
  })
})

describe('outputs', () => {
  it('that are long come as the hash of their tokens', async () => {
    const [row] = await together(['print("ab  " * 2000)'], [''])
    const hash = createHash('sha256')
      .update(Array.from({ length: 2000 }, () => 'ab').join(' '))
      .digest('hex')
    expect(words(row)).toEqual([`sha256:${hash}`])
    expect(outcomeKey('ab\n'.repeat(2000))).toBe(`sha256:${hash}`)
    expect(outcomeKey(`sha256:${hash}`)).toBe(`sha256:${hash}`)
  })

  it('have one key on both sides, whatever stands between their tokens', async () => {
    const program = 'print("1 \\t 2\\x0b3\\u00a04\\n\\n5 " + "x" * int(input()))'
    // Two bytes of the no-break space; eleven others and the blanks between.
    const inputs = [3, 1987, 1988, 1989, 1990, 1991, 5000]
    const [row = []] = await together(
      [program],
      inputs.map((count) => `${count}\n`),
    )
    expect(row.map(({ output }) => outcomeKey(output))).toEqual(inputs.map((count) => outcomeKey(spaced(count))))
    expect(row[0]?.output).toBe(spaced(3))
    expect(new Set(row.map(({ output }) => output.startsWith('sha256:')))).toEqual(new Set([false, true]))
  })

  it('of many inputs come in order, in few processes', async () => {
    const executor = counting()
    const inputs = Array.from({ length: 3_500 }, (_, index) => `${index}\n`)
    const rows = await together(
      Array.from({ length: 3 }, (_, add) => `print(int(input()) + ${add})`),
      inputs,
      {},
      executor,
    )
    expect(rows.map((row) => row.map(({ output }) => Number(output)))).toEqual(
      [0, 1, 2].map((add) => inputs.map((_, index) => index + add)),
    )
    expect(executor.processes).toBe(4)
  })

  it('of large inputs come in several processes', async () => {
    const inputs = Array.from({ length: 4 }, (_, index) => `${index}`.repeat(600_000))
    const [row] = await together(['print(input()[-1])'], inputs)
    expect(words(row)).toEqual(['0\n', '1\n', '2\n', '3\n'])
  })
})

describe('stopping early', () => {
  it('ends a program after so many unwanted outcomes, of which a late one counts twice', async () => {
    const inputs = Array.from({ length: 10 }, (_, index) => `${index}\n`)
    const rows = await together(
      [
        'print(input(), " ")',
        'n = int(input())\nprint(n if n % 3 else -1)',
        'while True: pass',
        'raise ValueError',
        'if input() == "4": \n  while True: pass\nprint("4")',
      ],
      inputs,
      { stopAfter: 3, expected: inputs },
    )
    expect(rows.map((row) => row.length)).toEqual([10, 7, 2, 3, 3])
  })
})

it('a shared process needs less than a fifth of the CPU that processes of their own need', async () => {
  const program = `import sys
from collections import deque
def main():
    n, k, *steps = map(int, sys.stdin.read().split())
    seen = [-1] * (n + 1)
    seen[0] = 0
    queue = deque([0])
    while queue:
        at = queue.popleft()
        for step in steps:
            if at + step <= n and seen[at + step] < 0:
                seen[at + step] = seen[at] + 1
                queue.append(at + step)
    print(seen[n])
main()
`
  const inputs = Array.from({ length: 200 }, (_, index) => `${index % 20} 2 ${1 + (index % 3)} ${2 + (index % 7)}\n`)
  const shared = counting()
  const own = counting()
  const [row = []] = await together([program], inputs, {}, shared)
  const batch: ExecutionBatch = {
    version: 1,
    program: { language: 'python', files: [{ name: 'main.py', text: program }] },
    tests: inputs.map((input) => ({ input })),
    limits: { cpuMs: 1_000, wallMs: 4_000, memoryBytes: 128 * MiB, outputBytes: MiB },
    hashSeed: 0,
  }
  const { results } = await own.run(batch, signal)
  expect(row.map(({ output }) => output)).toEqual(results.map(({ stdout }) => stdout))
  expect(cpuOf(shared.results) * 5).toBeLessThan(cpuOf(own.results))
})
