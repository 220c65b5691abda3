// What a test costs beside its program: calls of 20 tests of a program that only prints, against starting it otherwise.
import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { median, type Figure } from '../measure.ts'
import { inTurn, milliseconds, ratio } from './rounds.ts'
import { call, onPath, spawned, staticBinary, times, warmImports, type Bench } from './sandbox.ts'

const rounds = 15
const tests = 20
/** Starts of a peer that make one value of it. */
const starts = 5

const python = { language: 'python', text: 'print(1)\n' } as const
const cpp = { language: 'cpp', text: '#include <cstdio>\nint main() { std::puts("1"); }\n' } as const

export async function overhead(bench: Bench): Promise<Figure[]> {
  return [...(await pythonOverhead(bench)), ...(await cppOverhead(bench))]
}

async function pythonOverhead(bench: Bench): Promise<Figure[]> {
  const charged: number[] = []
  const forks = await forkServer()
  const { ours, spawn, fork } = await inTurn(rounds, {
    ours: () => perTest(bench, python, charged),
    spawn: () => perStart(bench.tools.python, ['-c', python.text]),
    fork: async () => Number((await spawned(bench.tools.python, ['-S', '-c', forks])).stdout),
  })
  return [
    judged(`Python: the whole call, a test (least ${milliseconds(Math.min(...ours))})`, ours, 2.5),
    { name: '  of it charged to the program as its CPU', value: milliseconds(median(charged)) },
    peer('spawn(python3 -c) from Node', spawn, ours),
    peer('os.fork of a warm interpreter, unbound, to nowhere', fork, ours),
  ]
}

async function cppOverhead(bench: Bench): Promise<Figure[]> {
  const charged: number[] = []
  const binary = await staticBinary(bench, cpp)
  const time = await onPath('time')
  const isolate = await onPath('isolate')
  const { ours, spawn, timed, isolated } = await inTurn(rounds, {
    ours: () => perTest(bench, cpp, charged),
    spawn: () => perStart(binary),
    timed: async () => (time === undefined ? Number.NaN : perStart(time, ['-v', binary])),
    isolated: async () => (isolate === undefined ? Number.NaN : isolatedRun(isolate, binary)),
  })
  return [
    judged(`C++: the whole call, a test (least ${milliseconds(Math.min(...ours))})`, ours, 1.5),
    { name: '  of it charged to the program as its CPU', value: milliseconds(median(charged)) },
    peer('spawn(the same static binary) from Node', spawn, ours),
    time === undefined
      ? { name: '  peer: /usr/bin/time -v, which is not here (Debian: time)', value: 'not measured' }
      : peer('/usr/bin/time -v of it from Node', timed, ours),
    isolate === undefined
      ? { name: '  reference: isolate init, run, cleanup; not here, figure from elsewhere', value: '24 to 35 ms' }
      : peer('isolate --init, --run, --cleanup from Node', isolated, ours),
  ]
}

/** Wall milliseconds of one call for each of its tests. The first call compiles; it does not count. */
async function perTest(
  { sandbox }: Bench,
  program: { readonly language: 'python' | 'cpp'; readonly text: string },
  charged: number[],
): Promise<number> {
  const { wallMs, cpuMs } = await call(sandbox, program, times(tests))
  charged.push(cpuMs / tests)
  return wallMs / tests
}

async function perStart(program: string, args: readonly string[] = []): Promise<number> {
  let ms = 0
  for (let start = 0; start < starts; start++) ms += (await spawned(program, args)).ms
  return ms / starts
}

async function isolatedRun(isolate: string, binary: string): Promise<number> {
  const init = await spawned(isolate, ['--init'])
  await copyFile(binary, path.join(init.stdout.trim(), 'box', 'program'))
  const run = await spawned(isolate, ['--run', '--', 'program'])
  const cleanup = await spawned(isolate, ['--cleanup'])
  return init.ms + run.ms + cleanup.ms
}

/** Python that forks itself for one program after the other and prints the milliseconds of one. */
async function forkServer(): Promise<string> {
  return `${await warmImports()}
import gc, os, sys, time
code = compile(${JSON.stringify(python.text)}, 'main.py', 'exec')
gc.collect()
gc.freeze()
began = time.perf_counter()
for _ in range(${tests}):
  pid = os.fork()
  if pid == 0:
    os.dup2(os.open('/dev/null', os.O_WRONLY), 1)
    exec(code, {})
    sys.stdout.flush()
    os._exit(0)
  os.waitpid(pid, 0)
print((time.perf_counter() - began) * 1000 / ${tests})
`
}

function judged(name: string, values: readonly number[], most: number): Figure {
  const value = median(values)
  return { name, value: milliseconds(value), target: `≤ ${most} ms`, met: value <= most }
}

function peer(name: string, theirs: readonly number[], ours: readonly number[]): Figure {
  return { name: `  peer: ${name}`, value: `${milliseconds(median(theirs))}, ${ratio(theirs, ours)}` }
}
