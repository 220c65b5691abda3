// Ten thousand executions in one environment leave nothing behind, and batches that run at the same time never mix.
import { readdir, readFile, readlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { ExecutionBatch, ExecutionLimits, ExecutionResult } from '../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

const MiB = 1024 * 1024
const never = new AbortController().signal
const limits: ExecutionLimits = { cpuMs: 2_000, wallMs: 10_000, memoryBytes: 256 * MiB, outputBytes: 64 * 1024 }

let sandbox: Sandbox
async function open(slots: number): Promise<Sandbox> {
  sandbox = await openSandbox('all', { slots })
  return sandbox
}
afterEach(async () => sandbox.close())

function batchOf(language: ExecutorLanguage, text: string, inputs: readonly string[]): ExecutionBatch {
  const files = [{ name: language === 'java' ? 'Main.java' : 'main', text }]
  return { version: 1, program: { language, files }, tests: inputs.map((input) => ({ input })), limits, hashSeed: 0 }
}

// ---- what is there ----

interface ProcessState {
  readonly parent: number
  readonly state: string
}

async function processes(): Promise<Map<number, ProcessState>> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    ids.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '') // ended meanwhile
      // After the name in brackets: the state, then the parent (proc(5)).
      const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [Number(id), { state, parent: Number(parent) }] as const
    }),
  )
  return new Map(found.filter(([, { state }]) => state !== ''))
}

/** The supervisors and everything below them. */
async function processTree(roots: readonly number[]): Promise<Map<number, ProcessState>> {
  const all = await processes()
  const isBelow = (id: number): boolean => roots.includes(id) || isBelowParent(all.get(id)?.parent ?? 0)
  const isBelowParent = (parent: number): boolean => parent > 1 && isBelow(parent)
  return new Map([...all].filter(([id]) => isBelow(id)))
}

async function openFiles(id: number): Promise<string[]> {
  return (await readdir(`/proc/${id}/fd`)).map((fd) => `/proc/${id}/fd/${fd}`)
}

/** Whether it is a supervisor's folder for compilers and checkers. */
async function isScratchFolder(file: string): Promise<boolean> {
  return /\/alpaco-box-[^/]+$/.test(await readlink(file))
}

/** Private memory in bytes. A virtual machine's heap is its own affair: it grows and shrinks as its collector likes. */
async function memoryOf(id: number): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, 'utf8')
  const [, kilobytes = '0'] = /^RssAnon:\s+(\d+) kB$/m.exec(status) ?? []
  return /^Name:\s+java$/m.test(status) ? 0 : Number(kilobytes) * 1024
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

interface Footprint {
  readonly states: readonly string[]
  readonly openFiles: number
  /** Entries of each folder for compilers and checkers. */
  readonly scratch: readonly (readonly string[])[]
  readonly memoryBytes: number
}

/** Of the supervisors with their warm interpreters, between two batches. */
async function footprint(): Promise<Footprint> {
  let tree = await processTree(sandbox.pids())
  // The last words of a supervisor are not its last work.
  while ([...tree.values()].some(({ state }) => state === 'R')) {
    await sleep(10)
    tree = await processTree(sandbox.pids())
  }
  const ids = [...tree.keys()]
  const files = (await Promise.all(ids.map(openFiles))).flat()
  const areScratch = await Promise.all(files.map(isScratchFolder))
  const scratchFolders = files.filter((_, index) => areScratch[index])
  return {
    states: [...tree.values()].map(({ state }) => state),
    openFiles: files.length,
    scratch: await Promise.all(scratchFolders.map((folder) => readdir(`${folder}/`, { recursive: true }))),
    memoryBytes: sum(await Promise.all(ids.map(memoryOf))),
  }
}

// ---- ten thousand executions ----

/** Programs that square their number; some numbers make them end otherwise. `{}` makes one source differ from the next. */
const soakPrograms = {
  c: `// {}
#include <stdio.h>
#include <stdlib.h>
int main(void) {
  long n;
  if (scanf("%ld", &n) != 1) return 9;
  switch (n % 200) {
  case 1: abort();
  case 2: return 7;
  case 3: for (;;) ;
  case 4: for (;;) puts("too much");
  case 5: for (;;) { volatile char *p = malloc(1 << 16); for (int i = 0; i < 1 << 16; i += 1024) p[i] = 1; }
  case 6: for (int i = 0; i < 9000; i++) fputs("complaint\\n", stderr);
  }
  printf("%ld\\n", n * n);
}
`,
  python: `# {}
import os, sys
n = int(input())
match n % 200:
    case 1: os.abort()
    case 2: sys.exit(7)
    case 3:
        while True: pass
    case 4:
        while True: print("too much")
    case 5: x = bytearray(b"x") * (64 << 20)
    case 6: sys.stderr.write("complaint\\n" * 9000)
print(n * n)
`,
  javascript: '// {}\nconst n = Number(require("fs").readFileSync(0, "utf8"))\nconsole.log(n * n)\n',
  java: `// {}
class Main {
  public static void main(String[] args) {
    long n = new java.util.Scanner(System.in).nextLong();
    System.out.println(n * n);
  }
}
`,
}

const specialEndings: Partial<Record<number, Pick<ExecutionResult, 'outcome'> & Partial<ExecutionResult>>> = {
  1: { outcome: 'signalled', signal: 'SIGABRT' },
  2: { outcome: 'exited', exitCode: 7, stdout: '' },
  3: { outcome: 'cpu-limit' },
  4: { outcome: 'output-limit' },
  5: { outcome: 'memory-limit' },
}

async function soak(language: keyof typeof soakPrograms, name: string, from: number, count: number): Promise<void> {
  const hasSpecials = language === 'c' || language === 'python'
  const numbers = Array.from({ length: count }, (_, index) => from + (hasSpecials ? index : index * 200))
  const source = soakPrograms[language].replace('{}', name)
  const batch = batchOf(language, source, numbers.map(String))
  const soakLimits = hasSpecials ? { cpuMs: 200, memoryBytes: 32 * MiB, outputBytes: 100_000 } : {}
  const { compile, results } = await sandbox.executor.run({ ...batch, limits: { ...limits, ...soakLimits } }, never)
  expect(compile.ok, compile.log).toBe(true)
  expect(results).toMatchObject(
    numbers.map((n) => specialEndings[n % 200] ?? { outcome: 'exited', exitCode: 0, stdout: `${n * n}\n` }),
  )
}

describe('an environment', () => {
  it('is after ten thousand executions what it was before them', { timeout: 600_000 }, async () => {
    await open(1)
    // Enough programs that every place for a compiled one is taken, and all interpreters are warm.
    for (let round = 0; round < 15; round++) {
      await soak('c', `warm-up ${round}`, 0, 50)
      await soak('python', `warm-up ${round}`, 0, 50)
    }
    await soak('javascript', 'warm-up', 0, 3)
    await soak('java', 'warm-up', 0, 3)
    const supervisors = sandbox.pids()
    expect(supervisors).toHaveLength(1)
    const before = await footprint()
    expect(before.states).not.toContain('Z')
    expect(before.scratch).toEqual([[]])

    for (let round = 0; round < 25; round++) {
      await soak('c', `round ${round}`, round * 200, 200)
      await soak('python', `round ${round}`, round * 200, round === 0 ? 130 : 200)
    }
    await soak('javascript', 'last', 0, 50)
    await soak('java', 'last', 0, 20)

    const { memoryBytes, ...after } = await footprint()
    expect(sandbox.pids()).toEqual(supervisors)
    expect({ ...after, memoryBytes: before.memoryBytes }).toEqual(before)
    expect(memoryBytes - before.memoryBytes).toBeLessThan(2 * MiB)
  })
})

// ---- batches at the same time ----

const echoes: Partial<Record<ExecutorLanguage, string>> = {
  c: '#include <stdio.h>\nint main(void) { int c; for (printf("TAG "); (c = getchar()) != EOF; ) putchar(c); }',
  python: 'import sys\nsys.stdout.write("TAG " + sys.stdin.read())',
}

/** A batch whose every output names it. */
function taggedBatch(language: ExecutorLanguage, tag: string): { batch: ExecutionBatch; expected: string[] } {
  const inputs = Array.from({ length: 200 }, (_, index) => `${tag} ${index} ${tag.repeat(index * 7)}\n`)
  const source = echoes[language]?.replace('TAG', tag) ?? ''
  return { batch: batchOf(language, source, inputs), expected: inputs.map((input) => `${tag} ${input}`) }
}

async function outputsOf(batch: ExecutionBatch, signal = never, onResult?: () => void): Promise<string[]> {
  const { compile, results } = await sandbox.executor.run(batch, signal, onResult)
  expect(compile.ok, compile.log).toBe(true)
  return results.map(({ stdout }) => stdout)
}

describe('two batches at the same time', () => {
  it.each([
    ['c', 'python'],
    ['c', 'c'],
    ['python', 'python'],
  ] as const)('in %s and %s never mix', async (first, second) => {
    await open(2)
    for (let round = 0; round < 3; round++) {
      const [a, b] = [taggedBatch(first, 'A'), taggedBatch(second, 'B')]
      expect(await Promise.all([outputsOf(a.batch), outputsOf(b.batch)])).toEqual([a.expected, b.expected])
    }
  })

  it.each([
    ['c', 'python'],
    ['python', 'c'],
    ['python', 'python'],
  ] as const)('in %s and %s: the end of the one by an abort is nothing to the other', async (first, second) => {
    await open(2)
    const reason = new Error('the caller of A is gone')
    for (const stopAt of [1, 50, 199]) {
      const [a, b] = [taggedBatch(first, 'A'), taggedBatch(second, 'B')]
      const controller = new AbortController()
      let finished = 0
      const aborted = outputsOf(a.batch, controller.signal, () => {
        finished += 1
        if (finished === stopAt) controller.abort(reason)
      })
      const [end, outputs] = await Promise.all([aborted.catch((error: unknown) => error), outputsOf(b.batch)])
      expect(end).toBe(reason)
      expect(outputs).toEqual(b.expected)
      expect(finished).toBeLessThan(a.expected.length)
    }
    const again = taggedBatch(first, 'C')
    expect(await outputsOf(again.batch)).toEqual(again.expected)
  })

  it('that are aborted while their programs work leave no process behind', async () => {
    await open(2)
    const working = batchOf('c', 'int main(void) { for (;;) ; }', ['', ''])
    const patient: ExecutionBatch = { ...working, limits: { ...limits, cpuMs: 60_000, wallMs: 60_000 } }
    const controller = new AbortController()
    const reason = new Error('nobody waits any more')
    const runs = [patient, patient].map((batch) =>
      sandbox.executor.run(batch, controller.signal).catch((error: unknown) => error),
    )
    // Both programs run: two processes below the supervisors that are busy.
    const busy = async (): Promise<[number, ProcessState][]> =>
      [...(await processTree(sandbox.pids()))].filter(([, { state }]) => state === 'R')
    while ((await busy()).length < 2) await sleep(10)
    const before = await processTree(sandbox.pids())
    controller.abort(reason)
    expect(await Promise.all(runs)).toEqual([reason, reason])
    const areGone = async (): Promise<boolean> => {
      const [now, kept] = [await processes(), await processTree(sandbox.pids())]
      const left = [...before.keys()].filter((id) => now.has(id) && !kept.has(id))
      return left.length === 0 && [...kept.values()].every(({ state }) => state !== 'R')
    }
    while (!(await areGone())) await sleep(10)
    const { expected, batch } = taggedBatch('c', 'D')
    expect(await outputsOf(batch)).toEqual(expected)
  })
})
