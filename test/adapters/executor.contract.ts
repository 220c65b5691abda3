// What every implementation of the Executor port has to do, as one suite.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BatchResult, ExecutionBatch, ExecutionLimits, ExecutionResult } from '../../src/contract/execution.ts'
import type { Executor } from '../../src/ports.ts'

const MB = 1024 * 1024

const generousLimits: ExecutionLimits = {
  cpuMs: 5_000,
  wallMs: 20_000,
  memoryBytes: 256 * MB,
  outputBytes: 4 * MB,
}

/** A program with its inputs and what differs from the generous limits. */
export interface Job {
  readonly source: string
  readonly inputs?: readonly string[]
  readonly limits?: Partial<ExecutionLimits>
  readonly hashSeed?: number
}

export function batchOf({ source, inputs = [''], limits, hashSeed = 0 }: Job): ExecutionBatch {
  return {
    version: 1,
    language: 'python',
    source,
    inputs: [...inputs],
    limits: { ...generousLimits, ...limits },
    hashSeed,
  }
}

export async function runBatch(executor: Executor, job: Job): Promise<BatchResult> {
  return executor.run(batchOf(job), new AbortController().signal)
}

/** The result of a job with one input. */
export async function runOne(executor: Executor, job: Job): Promise<ExecutionResult> {
  const { compile, results } = await runBatch(executor, job)
  const [result] = results
  if (result === undefined || results.length !== 1) throw new Error(`no single result: ${compile.log}`)
  return result
}

/** How a run ends: [what the program does, the program, the expected end]. */
const endings: [title: string, job: Job, expected: Partial<ExecutionResult>][] = [
  ['prints', { source: 'print(6 * 7)' }, { outcome: 'exited', exitCode: 0, signal: null, stdout: '42\n', stderr: '' }],
  ['prints nothing', { source: '' }, { outcome: 'exited', exitCode: 0, stdout: '', stderr: '' }],
  ['calls exit()', { source: 'exit()' }, { outcome: 'exited', exitCode: 0 }],
  [
    'calls sys.exit(3)',
    { source: 'import sys\nprint(1)\nsys.exit(3)' },
    { outcome: 'exited', exitCode: 3, stdout: '1\n' },
  ],
  ['exits with a text', { source: 'raise SystemExit("no")' }, { outcome: 'exited', exitCode: 1, stderr: 'no\n' }],
  ['exits with -1', { source: 'raise SystemExit(-1)' }, { outcome: 'exited', exitCode: 255 }],
  [
    'calls os._exit with text in the buffer',
    { source: 'import os\nprint("lost")\nos._exit(4)' },
    { outcome: 'exited', exitCode: 4, stdout: '' },
  ],
  [
    'raises',
    { source: 'def f():\n    raise ValueError(7)\nf()' },
    {
      outcome: 'exited',
      exitCode: 1,
      stderr:
        'Traceback (most recent call last):\n  File "main.py", line 3, in <module>\n' +
        '  File "main.py", line 2, in f\nValueError: 7\n',
    },
  ],
  ['aborts', { source: 'import os\nos.abort()' }, { outcome: 'signalled', exitCode: null, signal: 'SIGABRT' }],
  [
    'kills itself',
    { source: 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)' },
    { outcome: 'signalled', exitCode: null, signal: 'SIGKILL' },
  ],
  [
    'spins',
    { source: 'print(1, flush=True)\nwhile True: pass', limits: { cpuMs: 200 } },
    { outcome: 'cpu-limit', exitCode: null, signal: null, stdout: '1\n' },
  ],
  [
    'spins and ignores signals',
    {
      source: 'import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass',
      limits: { cpuMs: 200 },
    },
    { outcome: 'cpu-limit' },
  ],
  [
    'lets a child spin',
    {
      source:
        'import os\nif os.fork() == 0:\n  while sum(os.times()[:2]) < 0.4: pass\n  os._exit(0)\nos.wait()\nprint(1)',
      limits: { cpuMs: 200 },
    },
    { outcome: 'cpu-limit' },
  ],
  [
    'sleeps',
    { source: 'import time\ntime.sleep(60)', limits: { wallMs: 200 } },
    { outcome: 'wall-limit', exitCode: null, signal: null },
  ],
  [
    'stops itself',
    { source: 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)', limits: { wallMs: 200 } },
    { outcome: 'wall-limit' },
  ],
  [
    'collects memory',
    { source: 'x = []\nwhile True: x.append(bytes(10000))', limits: { memoryBytes: 64 * MB } },
    { outcome: 'memory-limit', exitCode: null },
  ],
  [
    'asks for 8 GB at once',
    { source: 'x = [0] * 10**9', limits: { memoryBytes: 64 * MB } },
    { outcome: 'memory-limit', exitCode: null },
  ],
  [
    'asks for 4 GB and never touches them',
    { source: 'x = bytes(4 * 10**9)', limits: { memoryBytes: 64 * MB } },
    { outcome: 'memory-limit' },
  ],
  [
    'asks for too much in a thread',
    {
      source: 'import threading\nt = threading.Thread(target=lambda: [0] * 10**9)\nt.start()\nt.join()',
      limits: { memoryBytes: 64 * MB },
    },
    { outcome: 'memory-limit' },
  ],
  [
    'prints for ever',
    { source: 'while True: print("x" * 99)', limits: { outputBytes: 1000 } },
    { outcome: 'output-limit', exitCode: null, stdout: `${'x'.repeat(99)}\n`.repeat(10) },
  ],
  [
    'prints for ever and catches every exception',
    { source: 'while True:\n  try: print("x" * 99)\n  except BaseException: pass', limits: { outputBytes: 1000 } },
    { outcome: 'output-limit' },
  ],
  [
    'prints one byte too much',
    { source: 'print("x" * 1000)', limits: { outputBytes: 1000 } },
    { outcome: 'output-limit', stdout: 'x'.repeat(1000) },
  ],
  [
    'prints as much as it may',
    { source: 'print("x" * 999)', limits: { outputBytes: 1000 } },
    { outcome: 'exited', exitCode: 0, stdout: `${'x'.repeat(999)}\n` },
  ],
  [
    'catches the failure of too much output',
    {
      source:
        'import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\ntry: print("x" * 2000, flush=True)\nexcept OSError: pass',
      limits: { outputBytes: 1000 },
    },
    { outcome: 'output-limit' },
  ],
  [
    'prints bytes that are no UTF-8',
    { source: 'import os\nos.write(1, b"a\\xff\\x00b\\xe2\\x82")' },
    { outcome: 'exited', stdout: 'a\u{FFFD}\0b\u{FFFD}' },
  ],
  ['prints beyond ASCII', { source: 'print(input())', inputs: ['값 😀\n'] }, { outcome: 'exited', stdout: '값 😀\n' }],
  [
    'floods standard error',
    { source: 'import sys\nfor i in range(200_000): print(i, file=sys.stderr)\nprint("done")' },
    { outcome: 'exited', exitCode: 0, stdout: 'done\n' },
  ],
  [
    'does not read a long input',
    { source: 'print(1)', inputs: ['x'.repeat(2 * MB)] },
    { outcome: 'exited', exitCode: 0, stdout: '1\n' },
  ],
  ['reads past the end', { source: 'input()\ninput()', inputs: ['1\n'] }, { outcome: 'exited', exitCode: 1 }],
  [
    'recurses 50,000 deep',
    { source: 'import sys\nsys.setrecursionlimit(100_000)\ndef f(n): return n and f(n - 1) + 1\nprint(f(50_000))' },
    { outcome: 'exited', exitCode: 0, stdout: '50000\n' },
  ],
  [
    'recurses in a thread with a big stack',
    {
      source:
        'import sys, threading\nsys.setrecursionlimit(10**6)\nthreading.stack_size(512 * 2**20)\ndef f(n): return n and f(n - 1) + 1\nthreading.Thread(target=lambda: print(f(50_000))).start()',
    },
    { outcome: 'exited', exitCode: 0, stdout: '50000\n' },
  ],
  [
    'recurses through C',
    {
      source:
        'import sys\nsys.setrecursionlimit(10**5)\nclass A:\n  def __init__(self, n): self.n = n\n  def __lt__(self, o): return sorted([A(self.n - 1), A(0)]) if self.n else False\nsorted([A(3000), A(3000)])\nprint(1)',
    },
    { outcome: 'exited', exitCode: 0, stdout: '1\n' },
  ],
  ['recurses without end', { source: 'def f(): f()\nf()' }, { outcome: 'exited', exitCode: 1 }],
  [
    'leaves a thread working',
    { source: 'import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.05), print("late"))).start()' },
    { outcome: 'exited', exitCode: 0, stdout: 'late\n' },
  ],
  [
    'prints at its end',
    { source: 'import atexit\natexit.register(print, "bye")' },
    { outcome: 'exited', exitCode: 0, stdout: 'bye\n' },
  ],
  [
    'leaves a file of its own unflushed',
    { source: 'out = open(1, "w", closefd=False)\nout.write("kept")' },
    { outcome: 'exited', exitCode: 0, stdout: 'kept' },
  ],
  [
    'leaves an unflushed file in a cycle',
    { source: 'class A: pass\na = A()\na.a = a\na.out = open(1, "w", closefd=False)\na.out.write("kept")' },
    { outcome: 'exited', exitCode: 0, stdout: 'kept' },
  ],
  [
    'closes standard output',
    { source: 'import sys\nprint(1)\nsys.stdout.close()' },
    { outcome: 'exited', exitCode: 0, stdout: '1\n' },
  ],
]

/** What a program sees of its surroundings: [what, an expression, its value printed]. */
const surroundings: [what: string, expression: string, printed: string][] = [
  ['its name', '__name__', '__main__'],
  ['its module', 'sys.modules["__main__"].__dict__ is globals()', 'True'],
  ['its arguments', 'sys.argv', "['main.py']"],
  ['no folder of ours to import from', '[p for p in sys.path if not p or "adapters" in p]', '[]'],
  ['an empty folder', 'os.listdir()', '[]'],
  ['no PATH and no secrets', 'sorted(os.environ)', "['LANG', 'PYTHONHASHSEED', 'PYTHONIOENCODING']"],
  ['UTF-8 streams', '(sys.stdin.encoding, sys.stdout.encoding)', "('utf-8', 'utf-8')"],
  ['three open files', 'sorted(os.listdir("/proc/self/fd"))[:3]', "['0', '1', '2']"],
  ['its own session', 'os.getsid(0) == os.getpid() == os.getpgid(0)', 'True'],
  ['no core dumps', 'resource.getrlimit(resource.RLIMIT_CORE)', '(0, 0)'],
  ['the usual handling of signals', 'signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL', 'True'],
]

/** Registers the suite. `open` is called once; `close` ends what it started. */
export function describeExecutor(
  name: string,
  open: () => Promise<{ executor: Executor; close(): Promise<void> }>,
): void {
  describe(`${name} as an executor`, () => {
    let opened: Awaited<ReturnType<typeof open>>
    let executor: Executor
    beforeAll(async () => {
      opened = await open()
      executor = opened.executor
    })
    afterAll(async () => opened.close())

    it.concurrent.each(endings)('tells how a program ends that %s', async (_title, job, expected) => {
      expect(await runOne(executor, job)).toMatchObject(expected)
    })

    it.concurrent.each(surroundings)('gives a program %s', async (_what, expression, printed) => {
      const { stdout, stderr } = await runOne(executor, {
        source: `import os, sys, signal, resource\nprint(${expression})`,
      })
      expect({ stdout, stderr }).toEqual({ stdout: `${printed}\n`, stderr: '' })
    })

    it('answers every input in order, each in a fresh interpreter and an empty folder', async () => {
      const inputs = Array.from({ length: 50 }, (_, index) => `${index}\n`)
      const source = [
        'import os, collections',
        'collections.seen = getattr(collections, "seen", 0) + 1',
        'print(int(input()) * 2, collections.seen, os.listdir())',
        'os.makedirs("left/deep"); open("left/deep/file", "w").write("x"); os.chmod("left", 0)',
      ].join('\n')
      const { compile, results } = await runBatch(executor, { source, inputs })
      expect(compile).toEqual({ ok: true, log: '' })
      expect(results.map((result) => result.stdout)).toEqual(inputs.map((_, index) => `${index * 2} 1 []\n`))
    })

    it('goes on with the next input after a run that was stopped', async () => {
      const source = 'n = int(input())\nwhile n == 1: pass\nprint([0] * n and n)'
      const { results } = await runBatch(executor, {
        source,
        inputs: ['0', '1', '2', '1000000000', '3'],
        limits: { cpuMs: 100, memoryBytes: 64 * MB },
      })
      const expected = ['exited', 'cpu-limit', 'exited', 'memory-limit', 'exited']
      expect(results.map((result) => result.outcome)).toEqual(expected)
    })

    it.each([
      ['a syntax error', 'x = (', /File "main.py", line 1[^]*SyntaxError/],
      ['a bad indent', 'if True:\npass', /IndentationError/],
      ['a NUL', 'x = 1\0', /null bytes/],
      ['nesting that is too deep', '('.repeat(100_000), /Error/],
      ['an unknown encoding', '# coding: klingon\n', /SyntaxError/],
    ])('refuses a source with %s and says why', async (_what, source, log) => {
      const { compile, results } = await runBatch(executor, { source, inputs: ['', ''] })
      expect(compile.ok).toBe(false)
      expect(compile.log).toMatch(log)
      expect(compile.log.length).toBeLessThanOrEqual(16 * 1024)
      expect(results).toEqual([])
    })

    it('compiles only, when there are no inputs', async () => {
      const expected = { version: 1, compile: { ok: true, log: '' }, results: [] }
      expect(await runBatch(executor, { source: 'print(1)', inputs: [] })).toEqual(expected)
      const refused = await runBatch(executor, { source: 'x = (', inputs: [] })
      expect(refused.compile.ok).toBe(false)
    })

    it('carries 2 MB in and 2 MB out', async () => {
      const input = '0123456789abcdef'.repeat((2 * MB) / 16)
      const { outcome, stdout } = await runOne(executor, {
        source: 'import sys\nsys.stdout.write(sys.stdin.read().upper())',
        inputs: [input],
      })
      expect(outcome).toBe('exited')
      expect(stdout === input.toUpperCase()).toBe(true)
    })

    it('keeps the last 4 KB of standard error', async () => {
      const { stderr } = await runOne(executor, { source: 'import sys\nsys.stderr.write("a" * 100_000 + "end")' })
      expect(stderr).toBe(`${'a'.repeat(4093)}end`)
    })

    it('uses the hash seed of the batch', async () => {
      const source = 'print(hash("alpaco"))'
      const print = async (hashSeed: number): Promise<string> => (await runOne(executor, { source, hashSeed })).stdout
      const [zero, again, other] = [await print(0), await print(0), await print(4_294_967_295)]
      expect(again).toBe(zero)
      expect(other).not.toBe(zero)
    })

    it('measures CPU time, wall time and memory of each run alone', async () => {
      const source = `import time\nx = bytearray(b"x") * (int(input()) * ${MB})\ntime.sleep(0.05)\nwhile time.process_time() < 0.1: pass`
      const { results } = await runBatch(executor, { source, inputs: ['100', '0'] })
      const [big, small] = results
      if (big === undefined || small === undefined) throw new Error('results are missing')
      expect(big.peakMemoryBytes).toBeGreaterThan(100 * MB)
      expect(big.peakMemoryBytes).toBeLessThan(140 * MB)
      expect(small.peakMemoryBytes).toBeLessThan(40 * MB)
      for (const { cpuMs, wallMs } of results) {
        expect(cpuMs).toBeGreaterThanOrEqual(100)
        expect(wallMs).toBeGreaterThanOrEqual(cpuMs)
      }
    })

    it('stops a program at fractions of a second of CPU time', async () => {
      const { cpuMs } = await runOne(executor, { source: 'while True: pass', limits: { cpuMs: 500 } })
      expect(cpuMs).toBeGreaterThanOrEqual(500)
      expect(cpuMs).toBeLessThan(1_000)
    })

    it('rejects with the reason of an abort, before and while it runs', async () => {
      const reason = new Error('the caller is gone')
      const batch = batchOf({ source: 'import time\ntime.sleep(60)', limits: { wallMs: 60_000 } })
      await expect(executor.run(batch, AbortSignal.abort(reason))).rejects.toBe(reason)
      const controller = new AbortController()
      const running = executor.run(batch, controller.signal)
      setTimeout(() => controller.abort(reason), 200)
      await expect(running).rejects.toBe(reason)
    })
  })
}
