// What every implementation of the Executor port has to do, as one suite.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BatchResult, ExecutionBatch, ExecutionLimits, ExecutionResult } from '../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import { AppError } from '../../src/errors.ts'
import type { Executor } from '../../src/ports.ts'

const MB = 1024 * 1024

const generousLimits: ExecutionLimits = {
  cpuMs: 5_000,
  wallMs: 20_000,
  memoryBytes: 256 * MB,
  outputBytes: 4 * MB,
}

/** A program, Python unless it says otherwise, with its runs and what differs from the generous limits. */
export interface Job extends Partial<
  Pick<ExecutionBatch, 'tests' | 'hashSeed' | 'stopOnFirstFailure' | 'outputs' | 'access' | 'collect'>
> {
  readonly language?: ExecutorLanguage
  readonly source: string
  /** Beside the main file. */
  readonly files?: ExecutionBatch['program']['files']
  /** Runs with nothing but an input; default: one with an empty input. */
  readonly inputs?: readonly string[]
  readonly limits?: Partial<ExecutionLimits>
}

export function batchOf(job: Job): ExecutionBatch {
  const { language = 'python', source, files = [], inputs = [''], limits, hashSeed = 0, ...rest } = job
  return {
    version: 1,
    program: { language, files: [{ name: 'main', text: source }, ...files] },
    tests: inputs.map((input) => ({ input })),
    limits: { ...generousLimits, ...limits },
    hashSeed,
    ...rest,
  }
}

export async function runBatch(executor: Executor, job: Job): Promise<BatchResult> {
  return executor.run(batchOf(job), new AbortController().signal)
}

/** The result of a job with one run. */
export async function runOne(executor: Executor, job: Job): Promise<ExecutionResult> {
  const { compile, results } = await runBatch(executor, job)
  const [result] = results
  if (result === undefined || results.length !== 1) throw new Error(`no single result: ${compile.log}`)
  return result
}

/** What a run has to show; a pattern for standard error where its words are not all ours. */
type Expected = Omit<Partial<ExecutionResult>, 'stderr'> & { readonly stderr?: string | RegExp }

/** How a run ends: [what the program does, the program, the expected end]. */
const endings: [title: string, job: Job, expected: Expected][] = [
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
      source: 'import threading\nt = threading.Thread(target=lambda: [0] * 10**9)\nt.start()\nt.join()\nprint("alive")',
      limits: { memoryBytes: 64 * MB, wallMs: 2_000 },
    },
    { outcome: 'exited', exitCode: 0, stdout: 'alive\n', stderr: /^MemoryError$/m },
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
      limits: { wallMs: 2_000 },
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
    'starts a thread: it is done when start() returns',
    {
      source:
        'import threading, time\nt = threading.Thread(target=lambda: (time.sleep(0.05), print("in")))\nt.start()\nprint("after")\nt.join()\nprint("end")',
      limits: { wallMs: 2_000 },
    },
    { outcome: 'exited', exitCode: 0, stdout: 'in\nafter\nend\n' },
  ],
  ['forks', { source: 'import os\nos.fork()' }, { outcome: 'exited', exitCode: 1, stderr: /^(\w+)Error: \[Errno/m }],
  ['starts another program', { source: 'import os\nos.execv("/bin/echo", ["echo", "no"])' }, { stdout: '' }],
  [
    'opens a file',
    { source: 'open("/etc/passwd")' },
    { outcome: 'exited', exitCode: 1, stderr: /^OSError: .*'\/etc\/passwd'$/m },
  ],
  [
    'writes a file',
    { source: 'open("left", "w")' },
    { outcome: 'exited', exitCode: 1, stderr: /^OSError: .*'left'$/m },
  ],
  [
    'lists its folder',
    { source: 'import os\nos.listdir()' },
    { outcome: 'exited', exitCode: 1, stderr: /^OSError: /m },
  ],
  [
    'imports what is not there',
    { source: 'import subprocess' },
    { outcome: 'exited', exitCode: 1, stderr: /^ModuleNotFoundError: No module named 'subprocess'/m },
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
  ['no folder to import from', 'sys.path', '[]'],
  [
    'no variables of ours',
    'sorted(os.environ.items())',
    "[('HOME', '/'), ('LANG', 'C.UTF-8'), ('PATH', '/usr/bin:/bin'), ('PYTHONHASHSEED', '0'), ('PYTHONIOENCODING', 'utf-8')]",
  ],
  ['UTF-8 streams', '(sys.stdin.encoding, sys.stdout.encoding)', "('utf-8', 'utf-8')"],
  ['three open files', '[fd for fd in range(2000) if is_open(fd)]', '[0, 1, 2]'],
  ['a user that is not root', 'os.getuid() == os.geteuid() != 0', 'True'],
  ['its own session', 'os.getsid(0) == os.getpid() == os.getpgid(0)', 'True'],
  [
    'no files, no processes, no core dumps',
    '[resource.getrlimit(r) for r in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE)]',
    '[(0, 0), (0, 0), (0, 0)]',
  ],
  ['the usual handling of signals', 'signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL', 'True'],
]
const surroundingsSource = (expression: string): string => `import os, sys, signal, resource
def is_open(fd):
    try: os.fstat(fd)
    except OSError: return False
    return True
print(${expression})`

/** The same little program in every language: its other file says what it prints before each argument and its input. */
const echoes: Record<ExecutorLanguage, Job> = {
  python: {
    source: 'import sys, words\nprint(words.greeting, *sys.argv[1:], sys.stdin.read())',
    files: [{ name: 'words.py', text: 'greeting = "값"' }],
  },
  c: {
    source:
      '#include <stdio.h>\n#include "words.h"\nint main(int n, char **a) {\n  printf("%s", greeting());\n  for (int i = 1; i < n; i++) printf(" %s", a[i]);\n  putchar(32);\n  for (int c; (c = getchar()) != EOF; ) putchar(c);\n  puts("");\n}',
    files: [
      { name: 'words.h', text: 'const char *greeting(void);' },
      { name: 'words.c', text: '#include "words.h"\nconst char *greeting(void) { return "값"; }' },
    ],
  },
  cpp: {
    source:
      '#include <bits/stdc++.h>\n#include "words.h"\nint main(int n, char **a) {\n  std::cout << greeting();\n  for (int i = 1; i < n; i++) std::cout << " " << a[i];\n  std::cout << " " << std::cin.rdbuf() << "\\n";\n}',
    files: [
      { name: 'words.h', text: '#include <string>\nstd::string greeting();' },
      { name: 'words.cpp', text: '#include "words.h"\nstd::string greeting() { return "값"; }' },
    ],
  },
  java: {
    source:
      'class Main {\n  public static void main(String[] a) throws Exception {\n    System.out.print(Words.GREETING);\n    for (String word : a) System.out.print(" " + word);\n    System.out.println(" " + new String(System.in.readAllBytes(), "UTF-8"));\n  }\n}',
    files: [{ name: 'Words.java', text: 'class Words { static final String GREETING = "값"; }' }],
  },
  javascript: {
    source:
      'const { greeting } = require("./words.js")\nconsole.log([greeting, ...process.argv.slice(2), require("fs").readFileSync(0, "utf8")].join(" "))',
    files: [{ name: 'words.js', text: 'exports.greeting = "값"' }],
  },
}
const languages = Object.keys(echoes) as ExecutorLanguage[]

/** Programs that do not compile, and words of the reason. */
const refusals: [what: string, job: Job, log: RegExp][] = [
  ['a syntax error', { source: 'x = (' }, /File "main.py", line 1[^]*SyntaxError/],
  ['a bad indent', { source: 'if True:\npass' }, /IndentationError/],
  ['a NUL', { source: 'x = 1\0' }, /null bytes/],
  ['nesting that is too deep', { source: '('.repeat(10_000) }, /too many nested parentheses/],
  ['an unknown encoding', { source: '# coding: klingon\n' }, /SyntaxError/],
  [
    'a second file that is wrong',
    { source: 'print(1)', files: [{ name: 'other.py', text: 'x = )' }] },
    /other\.py[^]*SyntaxError/,
  ],
  ['a missing semicolon', { language: 'c', source: 'int main(void) { return 0 }' }, /main\.c:1:.*error/],
  [
    'an undefined function',
    { language: 'cpp', source: 'int f();\nint main() { return f(); }' },
    /undefined reference to `f\(\)'/,
  ],
  ['a wrong type', { language: 'java', source: 'class Main { int x = "y"; }' }, /Main\.java:1[^]*incompatible types/],
  ['an unexpected token', { language: 'javascript', source: 'let x = ;' }, /main\.js:1[^]*SyntaxError/],
  [
    'more errors than anybody reads',
    { language: 'c', source: `int main(void) {\n${'  undeclared += 1; @\n'.repeat(5_000)}}` },
    /^main\.c: .*\nmain\.c:2:.*error/,
  ],
]

const fileA = { name: 'a', text: '' }
/** What no executor takes: [what, the batch, the field that is named]. */
const impossible: [what: string, batch: ExecutionBatch, field: RegExp][] = [
  ['no file', { ...batchOf({ source: '' }), program: { language: 'python', files: [] } }, /program\.files/],
  ['a file elsewhere', batchOf({ source: '', files: [{ name: '../x.py', text: '' }] }), /program\.files\.1\.name/],
  ['two files of one name', batchOf({ source: '', files: [{ name: 'main', text: '' }] }), /program\.files/],
  ['a source that is too large', batchOf({ source: '#'.repeat(257 * 1024) }), /program\.files/],
  ['no time', batchOf({ source: '', limits: { cpuMs: 0 } }), /limits\.cpuMs/],
  [
    'files without a folder',
    batchOf({ source: '', tests: [{ input: '', files: [{ name: 'a', text: '' }] }] }),
    /files/,
  ],
  ['an argument with a NUL', batchOf({ source: '', tests: [{ input: '', args: ['a\0b'] }] }), /tests\.0\.args\.0/],
  [
    'arguments that are too long',
    batchOf({ source: '', tests: [{ input: '', args: Array<string>(16).fill('값'.repeat(200)) }] }),
    /tests\.0\.args/,
  ],
  [
    'two files of one name in a run',
    batchOf({ source: '', access: 'folder', tests: [{ input: '', files: [fileA, fileA] }] }),
    /tests\.0\.files/,
  ],
  ['a name to collect twice', batchOf({ source: '', access: 'folder', collect: ['a', 'a'] }), /collect/],
  [
    'a given file to collect',
    batchOf({ source: '', access: 'folder', collect: ['a'], tests: [{ input: '', files: [fileA] }] }),
    /collect/,
  ],
]

/** What one run of a checker leaves and sees; the same in every language. */
const folderPrograms: Partial<Record<ExecutorLanguage, string>> = {
  python:
    'import os, sys\nprint(sorted(os.listdir()), open("in.txt").read(), sys.argv[1:])\nopen("note.txt", "w").write("note of " + open("in.txt").read())\nopen("other.txt", "w").write("x")',
  c: '#include <stdio.h>\nint main(int n, char **a) {\n  char text[99] = "";\n  FILE *in = fopen("in.txt", "r"), *out = fopen("note.txt", "w");\n  fgets(text, 99, in);\n  printf("%s %s\\n", text, a[1]);\n  fprintf(out, "note of %s", text);\n}',
  java: 'import java.nio.file.*;\nclass Main {\n  public static void main(String[] a) throws Exception {\n    String text = Files.readString(Path.of("in.txt"));\n    System.out.println(text + " " + a[0]);\n    Files.writeString(Path.of("note.txt"), "note of " + text);\n  }\n}',
  javascript:
    'const fs = require("fs")\nconst text = fs.readFileSync("in.txt", "utf8")\nconsole.log(text, process.argv[2])\nfs.writeFileSync("note.txt", "note of " + text)',
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

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

    it.concurrent.each(endings)('tells how a program ends that %s', async (_title, job, { stderr, ...expected }) => {
      const result = await runOne(executor, job)
      expect(result).toMatchObject(expected)
      if (typeof stderr === 'string') expect(result.stderr).toBe(stderr)
      if (stderr instanceof RegExp) expect(result.stderr).toMatch(stderr)
    })

    it.concurrent.each(surroundings)('gives a program %s', async (_what, expression, printed) => {
      const { stdout, stderr } = await runOne(executor, { source: surroundingsSource(expression) })
      expect({ stdout, stderr }).toEqual({ stdout: `${printed}\n`, stderr: '' })
    })

    it.each(languages)('runs a program of several files, with arguments and an input: %s', async (language) => {
      const tests = [{ input: '하나', args: ['a b', '😀', '-x'] }, { input: '둘' }]
      const { compile, results } = await runBatch(executor, { language, ...echoes[language], tests })
      expect(compile).toMatchObject({ ok: true, log: '' })
      expect(results.map(({ stdout }) => stdout)).toEqual(['값 a b 😀 -x 하나\n', '값 둘\n'])
    })

    it('answers every input in order, each as if it were the first', async () => {
      const inputs = Array.from({ length: 50 }, (_, index) => `${index}\n`)
      const source = [
        'import collections, os, sys',
        'collections.seen = getattr(collections, "seen", 0) + 1',
        'print(int(input()) * 2, collections.seen, os.environ.get("SEEN"), sys.getrecursionlimit())',
        'os.environ["SEEN"] = "1"; sys.setrecursionlimit(5000); sys.stdin.close()',
      ].join('\n')
      const { compile, results } = await runBatch(executor, { source, inputs })
      expect(compile).toMatchObject({ ok: true, log: '' })
      expect(results.map((result) => result.stdout)).toEqual(inputs.map((_, index) => `${index * 2} 1 None 1000\n`))
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

    it('tells every result in order, before it has them all', async () => {
      const told: ExecutionResult[] = []
      const job: Job = { source: 'n = int(input())\nprint(n)\nraise SystemExit(n)', inputs: ['3', '0', '2', '1'] }
      const running = executor.run(batchOf(job), new AbortController().signal, (result) => told.push(result))
      const { results } = await running.finally(() => expect(told).toHaveLength(4))
      expect(told).toEqual(results)
      expect(told.map(({ exitCode }) => exitCode)).toEqual([3, 0, 2, 1])
    })

    it.each([
      ['an exit code', 'raise SystemExit(3)', { outcome: 'exited', exitCode: 3 }],
      ['a signal', 'import os\nos.abort()', { outcome: 'signalled' }],
      ['a limit', 'while True: pass', { outcome: 'cpu-limit' }],
    ] as const)('stops on the first failure when asked to: %s', async (_what, ending, last) => {
      const source = `import sys\nprint("ran", flush=True)\nif sys.stdin.read() == "fail":\n${ending.replace(/^/gm, '  ')}`
      const job: Job = { source, inputs: ['', 'fail', '', 'fail'], limits: { cpuMs: 200 } }
      const told: ExecutionResult[] = []
      const batch = batchOf({ ...job, stopOnFirstFailure: true })
      const stopped = await executor.run(batch, new AbortController().signal, (result) => told.push(result))
      expect(stopped.results).toMatchObject([{ exitCode: 0 }, last])
      expect(told).toEqual(stopped.results)
      expect((await runBatch(executor, job)).results).toHaveLength(4)
    })

    it.each([
      ['python', 'main.py', 'print(1)'],
      ['c', 'main.c', '#include <stdio.h>\nint main(void) { puts("1"); }'],
      ['cpp', 'main.cpp', '#include <cstdio>\nint main() { puts("1"); }'],
      ['java', 'Main.java', 'class Main { public static void main(String[] a) { System.out.println(1); } }'],
      ['javascript', 'main.js', 'console.log(1)'],
    ] as const)('runs the main file of %s, and refuses a second %s', async (language, name, source) => {
      // An editor of another system begins it with a mark.
      expect(await runOne(executor, { language, source: `\uFEFF${source}` })).toMatchObject({ stdout: '1\n' })
      const twice = runBatch(executor, { language, source, files: [{ name, text: source }] })
      await expect(twice).rejects.toMatchObject({
        code: 'bad-request',
        message: expect.stringContaining(name) as string,
      })
    })

    it('does not begin what comes after the first failure', async () => {
      const source = 'if input() == "fail": raise SystemExit(1)\nwhile True: pass'
      const limits = { cpuMs: 60_000, wallMs: 60_000 }
      const batch = batchOf({ source, inputs: ['fail', 'for ever'], limits, stopOnFirstFailure: true })
      const startedAt = performance.now()
      for (let round = 0; round < 4; round++) {
        expect((await executor.run(batch, new AbortController().signal)).results).toMatchObject([{ exitCode: 1 }])
      }
      // As many rounds as there are environments, and more: none of them is still busy with what nobody asked for.
      expect(performance.now() - startedAt).toBeLessThan(30_000)
    })

    it('stops a flood that is larger than any reply, and shows its beginning', async () => {
      const outputBytes = 16 * 1024 * 1024
      // Of random digits: a reply would not hold it compressed either.
      const source = 'import random\nwhile True: print(random.randbytes(100000).hex())'
      const result = await runOne(executor, { source, limits: { outputBytes } })
      expect(result).toMatchObject({ outcome: 'output-limit', exitCode: null, stdoutBytes: outputBytes })
      expect(result.stdout).toHaveLength(64 * 1024)
    })

    it('keeps outputs to itself when only their hashes are asked for', async () => {
      const job: Job = { source: 'print(input() * 1000)', inputs: ['값\n', '\n'], limits: { outputBytes: 2_000 } }
      const [text, hash] = [await runBatch(executor, job), await runBatch(executor, { ...job, outputs: 'hash' })]
      const cut = Buffer.from('값'.repeat(1_000)).subarray(0, 2_000)
      expect(hash.results.map(({ stdout }) => stdout)).toEqual(['', ''])
      for (const { results } of [text, hash]) {
        expect(results).toMatchObject([
          { outcome: 'output-limit', stdoutBytes: 2_000, stdoutSha256: createHash('sha256').update(cut).digest('hex') },
          { outcome: 'exited', stdoutBytes: 1, stdoutSha256: sha256('\n') },
        ])
      }
    })

    it.each(refusals)('refuses a program with %s and says why', async (_what, job, log) => {
      const told: ExecutionResult[] = []
      const batch = batchOf({ ...job, inputs: ['', ''] })
      const { compile, results } = await executor.run(batch, new AbortController().signal, (result) =>
        told.push(result),
      )
      expect(compile.ok).toBe(false)
      expect(compile.log).toMatch(log)
      expect(Buffer.byteLength(compile.log)).toBeLessThanOrEqual(16 * 1024)
      expect([...results, ...told]).toEqual([])
    })

    it('compiles only, when there are no tests', async () => {
      const compiled = await runBatch(executor, { source: 'print(1)', inputs: [] })
      expect(compiled).toMatchObject({ version: 1, compile: { ok: true, log: '' }, results: [] })
      const refused = await runBatch(executor, { source: 'x = (', inputs: [] })
      expect(refused).toMatchObject({ compile: { ok: false }, results: [] })
    })

    it('compiles once for all runs', async () => {
      // The compiler writes the second of its day into the program, and the first run outlasts it.
      const source =
        '#include <stdio.h>\n#include <unistd.h>\nint main(void) { if (getchar() == 49) usleep(1200000); puts(__TIME__); }'
      const { results } = await runBatch(executor, { language: 'c', source, inputs: ['1', '2'] })
      const [first, second] = results.map(({ stdout }) => stdout)
      expect(first).toMatch(/^\d\d:\d\d:\d\d\n$/)
      expect(second).toBe(first)
    })

    it.each(impossible)('refuses a batch with %s and names it', async (_what, batch, field) => {
      const thrown: unknown = await executor.run(batch, new AbortController().signal).catch((error: unknown) => error)
      expect(thrown).toBeInstanceOf(AppError)
      expect(thrown).toMatchObject({ code: 'bad-request' })
      expect((thrown as AppError).message).toMatch(field)
    })

    it.each(Object.entries(folderPrograms))('gives a checker a folder of its own: %s', async (language, source) => {
      const { results } = await runBatch(executor, {
        language: language as ExecutorLanguage,
        source,
        access: 'folder',
        collect: ['note.txt', 'none.txt'],
        tests: [
          { input: '', files: [{ name: 'in.txt', text: '하나' }], args: ['first'] },
          { input: '', files: [{ name: 'in.txt', text: '둘' }], args: ['second'] },
        ],
      })
      expect(results).toMatchObject([
        { outcome: 'exited', exitCode: 0, collected: { 'note.txt': 'note of 하나' } },
        { outcome: 'exited', exitCode: 0, collected: { 'note.txt': 'note of 둘' } },
      ])
      expect(results.map(({ stdout }) => /하나|둘/.exec(stdout)?.[0])).toEqual(['하나', '둘'])
      expect(results.map(({ stdout }) => /first|second/.exec(stdout)?.[0])).toEqual(['first', 'second'])
    })

    it('clears the folder of a checker after every run', async () => {
      // A folder and a link are more than every sandbox lets it make.
      const source = [
        'import os',
        'print(sorted(os.listdir()))',
        'open("left", "w").write("x")',
        'for make in (lambda: os.mkdir("deep"), lambda: open("deep/left", "w"), lambda: os.symlink("/etc", "link")):',
        '  try: make()',
        '  except OSError: pass',
      ].join('\n')
      const { results } = await runBatch(executor, { source, access: 'folder', inputs: ['', '', ''] })
      expect(results.map(({ stdout, exitCode }) => [stdout, exitCode])).toEqual(results.map(() => ['[]\n', 0]))
    })

    it('gives back at most 64 KB of a collected file, and nothing of one that the program did not write', async () => {
      const source = 'open("long", "w").write("a" * 100_000)'
      const { collected } = await runOne(executor, { source, access: 'folder', collect: ['long', 'none'] })
      expect(collected?.['long']).toBe('a'.repeat(64 * 1024))
      expect(collected?.['none'] ?? '').toBe('')
    })

    it('carries 4 MB in and 4 MB out', async () => {
      const input = '0123456789abcdef'.repeat((4 * MB) / 16)
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
        expect(cpuMs).toBeGreaterThanOrEqual(99)
        expect(wallMs).toBeGreaterThanOrEqual(cpuMs)
      }
    })

    it('does not add the memory of an input to that of the next run', async () => {
      const inputs = ['x'.repeat(30 * MB), '']
      const { results } = await runBatch(executor, { source: 'print(1)', inputs, limits: { outputBytes: 64 * MB } })
      expect(results[1]?.peakMemoryBytes).toBeLessThan(25 * MB)
    })

    it('stops a program at fractions of a second of CPU time', async () => {
      const { cpuMs } = await runOne(executor, { source: 'while True: pass', limits: { cpuMs: 500 } })
      expect(cpuMs).toBeGreaterThanOrEqual(500)
      expect(cpuMs).toBeLessThan(1_000)
    })

    it('rejects with the reason of an abort, before and while it runs, and works again after it', async () => {
      const reason = new Error('the caller is gone')
      const source = 'import sys, time\nif sys.stdin.read(): time.sleep(60)\nprint(1)'
      const batch = batchOf({ source, inputs: ['', 'sleep', ''], limits: { wallMs: 60_000 } })
      await expect(executor.run(batch, AbortSignal.abort(reason))).rejects.toBe(reason)
      const controller = new AbortController()
      const running = executor.run(batch, controller.signal)
      setTimeout(() => controller.abort(reason), 200)
      await expect(running).rejects.toBe(reason)
      expect(await runOne(executor, { source })).toMatchObject({ outcome: 'exited', stdout: '1\n' })
    })
  })
}
