// Compiles and runs programs for the oracle, with limits of its own; shares nothing with the executor that is judged.
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const MiB = 1024 * 1024
const cache = path.join(tmpdir(), 'alpaco-oracle')

export type Language = 'python' | 'cpp' | 'java'

export interface Program {
  readonly name: string
  readonly language: Language
  readonly source: string
}

export interface Limits {
  readonly timeMs: number
  readonly memoryBytes: number
}

/** How one run ended; `wrong` when other tokens were expected. */
export interface Run {
  readonly index: number
  readonly outcome: 'ok' | 'wrong' | 'time' | 'memory' | 'output' | 'crash'
  readonly cpuMs: number
  readonly output: string
}

export interface RunOptions {
  readonly limits: Limits
  /** Compare the tokens of each output with these. */
  readonly expected?: readonly Text[]
  /** Compare lines instead of tokens; blanks at their ends and empty last lines do not count. Not for Java. */
  readonly byLine?: boolean
  /** No further run after one that is not `ok`. */
  readonly stop?: boolean
  /** Give the outputs back. Not for Java. */
  readonly keep?: boolean
  readonly hashSeed?: number
  /** Measure again. */
  readonly fresh?: boolean
}

/** A text in a file of the cache, so that many programs can read it. */
export interface Text {
  readonly text: string
  readonly file: string
}

export async function stored(text: string): Promise<Text> {
  const file = path.join(cache, 'texts', hashOf(text))
  if (!existsSync(file)) await writeWhole(file, text)
  return { text, file }
}

const known = new Map<string, Promise<readonly Run[]>>()

/**
 * Runs a program on inputs, one after another. A program that does not compile has no runs. What was run before in the
 * same way is not run again, unless its outputs are asked for or `fresh` says so: many problems share tests and programs.
 */
export function runProgram(program: Program, inputs: readonly Text[], options: RunOptions): Promise<readonly Run[]> {
  if (options.keep === true || options.fresh === true) return runNow(program, inputs, options)
  const files = (texts: readonly Text[] = []): string => texts.map(({ file }) => file).join()
  const { limits, stop, hashSeed, expected, byLine } = options
  const key = hashOf(JSON.stringify([program, files(inputs), files(expected), limits, stop, hashSeed, byLine]))
  const runs = known.get(key) ?? runNow(program, inputs, options)
  known.set(key, runs)
  return runs
}

async function runNow(program: Program, inputs: readonly Text[], options: RunOptions): Promise<Run[]> {
  const folder = await compiled(program)
  if (folder === undefined || inputs.length === 0) return []
  return turn(async () =>
    program.language === 'java' ? runJava(folder, inputs, options) : runForked(program, folder, inputs, options),
  )
}

/** At most two programs run at the same time: more would only disturb each other's times. */
const places = { free: 2, waiting: new Array<() => void>() }

async function turn<T>(work: () => Promise<T>): Promise<T> {
  if (places.free > 0) places.free -= 1
  else await new Promise<void>((resolve) => places.waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = places.waiting.shift()
    if (next === undefined) places.free += 1
    else next()
  }
}

async function runForked(
  program: Program,
  folder: string,
  inputs: readonly Text[],
  { limits, expected, byLine = false, stop = false, keep = false, hashSeed = 0 }: RunOptions,
): Promise<Run[]> {
  const work = await mkdtemp(path.join(cache, 'run-'))
  try {
    const plan = {
      ...(program.language === 'python' ? { python: program.source } : { command: [path.join(folder, 'main')] }),
      folder: work,
      inputs: inputs.map(({ file }) => file),
      ...(expected === undefined ? {} : { expected: expected.map(({ file }) => file) }),
      cpuMs: limits.timeMs,
      wallMs: wallMs(limits),
      memoryBytes: limits.memoryBytes,
      outputBytes: 16 * MiB,
      byLine,
      stop,
      keep,
    }
    const lines = await linesOf(await python(), [path.join(import.meta.dirname, 'runner.py')], JSON.stringify(plan), {
      PYTHONHASHSEED: String(hashSeed),
    })
    return lines.map((line) => ({ output: '', ...(JSON.parse(line) as Omit<Run, 'output'>) }))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

let interpreter: Promise<string> | undefined

/** The interpreter itself: what `python3` names may be a script that looks for it each time. */
function python(): Promise<string> {
  interpreter ??= run('python3', ['-c', 'import sys; print(sys.executable)']).then(({ stdout }) => stdout.trim())
  return interpreter
}

async function runJava(
  folder: string,
  inputs: readonly Text[],
  { limits, expected, stop = false }: RunOptions,
): Promise<Run[]> {
  const loop = await compiled({
    name: 'JavaLoop',
    language: 'java',
    source: await readFile(path.join(import.meta.dirname, 'JavaLoop.java'), 'utf8'),
  })
  if (loop === undefined) throw new Error('the oracle has no Java compiler')
  const list = await stored(
    inputs.map(({ file }, index) => (expected === undefined ? file : `${file}\t${expected[index]?.file}`)).join('\n'),
  )
  const heap = `-Xmx${Math.ceil(limits.memoryBytes / MiB)}m`
  const common = ['-XX:+UseSerialGC', '-Xshare:auto', heap, '-cp', loop, 'JavaLoop', folder]
  const lines = await linesOf(
    'java',
    [...common, String(limits.timeMs), String(wallMs(limits)), stop ? 'stop' : 'all', list.file],
    '',
    {},
  )
  return lines.map((line) => {
    const [index = '', outcome = '', cpuMs = ''] = line.split(' ')
    return { index: Number(index), outcome: outcome as Run['outcome'], cpuMs: Number(cpuMs), output: '' }
  })
}

/** Far more than the processor time: on a busy machine a program that computes must not look like one that waits. */
function wallMs({ timeMs }: Limits): number {
  return 15 * timeMs + 10_000
}

/** The lines that a command writes; what it says besides is for people. */
async function linesOf(command: string, args: string[], input: string, env: Record<string, string>): Promise<string[]> {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'] ?? '', HOME: cache, LANG: 'C.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: 600_000,
    killSignal: 'SIGKILL',
  })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  // A runner that ended early does not read on; its missing lines say so.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject))
  return Buffer.concat(pieces).toString().split('\n').slice(0, -1)
}

/** The folder with the compiled program, or undefined when it does not compile. Python needs none. */
async function compiled({ language, source, name }: Program): Promise<string | undefined> {
  await mkdir(path.join(cache, 'texts'), { recursive: true })
  if (language === 'python') return cache
  const folder = path.join(cache, `${language}-${hashOf(source)}`)
  if (existsSync(folder)) return folder
  const work = await mkdtemp(path.join(cache, 'compile-'))
  try {
    if (language === 'cpp') {
      await writeFile(path.join(work, 'main.cpp'), source)
      await run('g++', ['-O2', '-std=c++17', '-w', '-o', path.join(work, 'main'), path.join(work, 'main.cpp')])
    } else {
      const file = path.join(work, name === 'JavaLoop' ? 'JavaLoop.java' : 'Main.java')
      await writeFile(file, source)
      await run('javac', ['-d', work, file])
    }
  } catch {
    await rm(work, { recursive: true, force: true })
    return undefined
  }
  // Another process may have compiled the same meanwhile; then its folder stays.
  await rename(work, folder).catch(() => rm(work, { recursive: true, force: true }))
  return folder
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const work = `${file}.${process.pid}-${Math.floor(performance.now() * 1000)}`
  await writeFile(work, text)
  await rename(work, file)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}
