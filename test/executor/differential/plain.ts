// Compiles and runs a program with this machine's own tools, outside of every sandbox.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionResult } from '../../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import type { Dialect } from './dialect.ts'

export type Ending = Pick<ExecutionResult, 'stdout' | 'exitCode' | 'signal'>

const environment = { PATH: process.env['PATH'], LANG: 'C.UTF-8', PYTHONIOENCODING: 'utf-8', PYTHONHASHSEED: '0' }

/** Not optimised, so that a difference of the optimiser's would show as well. */
const compilers: Partial<Record<ExecutorLanguage, readonly string[]>> = {
  c: ['gcc', '-std=gnu17', '-w', '-o', 'main', 'main.c', '-lm'],
  cpp: ['g++', '-std=gnu++20', '-w', '-o', 'main', 'main.cpp'],
  java: ['javac', '-J-XX:TieredStopAtLevel=1', '-J-XX:+UseSerialGC', '-encoding', 'UTF-8', 'Main.java'],
}
/** Itself, where `python3` is a wrapper that costs more than the program. */
const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable, end="")'], { encoding: 'utf8' })
const programs: Record<ExecutorLanguage, readonly string[]> = {
  python: [python, 'main.py'],
  c: ['./main'],
  cpp: ['./main'],
  java: ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dfile.encoding=UTF-8', 'Main'],
  javascript: [process.execPath, 'main.js'],
}

async function run(folder: string, command: readonly string[], input: string): Promise<Ending> {
  const [program = '', ...args] = command
  // Files, as in the sandbox: Node's own pipes are sockets, which behave otherwise.
  await writeFile(join(folder, 'input'), input)
  const [stdin, stdout] = [await open(join(folder, 'input')), await open(join(folder, 'output'), 'w')]
  try {
    const child = spawn(program, args, { cwd: folder, env: environment, stdio: [stdin.fd, stdout.fd, 'ignore'] })
    const ended = Promise.withResolvers<Omit<Ending, 'stdout'>>()
    child.on('error', ended.reject).on('close', (exitCode, signal) => ended.resolve({ exitCode, signal }))
    const end = await ended.promise
    return { ...end, stdout: await readFile(join(folder, 'output'), 'utf8') }
  } finally {
    await Promise.all([stdin.close(), stdout.close()])
  }
}

/** The endings of one program, in the order of its inputs. */
export async function runPlainly(
  { language, fileName }: Pick<Dialect, 'language' | 'fileName'>,
  source: string,
  inputs: readonly string[],
): Promise<Ending[]> {
  const folder = await mkdtemp(join(tmpdir(), 'alpaco-plain-'))
  try {
    await writeFile(join(folder, fileName), source)
    const compiler = compilers[language]
    if (compiler !== undefined) {
      const { exitCode } = await run(folder, compiler, '')
      if (exitCode !== 0) throw new Error(`${compiler.join(' ')} failed`)
    }
    const endings: Ending[] = []
    for (const input of inputs) endings.push(await run(folder, programs[language], input))
    return endings
  } finally {
    await rm(folder, { recursive: true })
  }
}
