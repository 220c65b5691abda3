// The sandbox as the service calls it, what the benchmarks send to it, and processes started without it: the peers.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import { createLog } from '../../src/adapters/log.ts'
import type { ExecutionLimits, ExecutionResult, ExecutionTest } from '../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import type { Sandbox } from '../../src/executor/executor.ts'
import { openToolchain } from '../../src/executor/toolchain.ts'

const MiB = 1024 * 1024
const searchPath = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'
/** The adapter's own: the peers use the tools that it found. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/alpaco-executor/', import.meta.url))

export interface Bench {
  /** One environment, warm after the first call. */
  readonly sandbox: Sandbox
  readonly tools: Readonly<Record<'python' | 'gcc' | 'g++' | 'javac', string>>
  /** A folder for the peers' files. */
  readonly folder: string
  /** A sandbox of one's own. */
  open(slots: number): Sandbox
  close(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const {
    python = 'python3',
    gcc = 'gcc',
    'g++': cpp = 'g++',
    javac = 'javac',
  } = (await openToolchain(cache, searchPath)).tools
  const folder = await mkdtemp(path.join(tmpdir(), 'alpaco-bench-'))
  const log = createLog({ service: 'bench', stage: 'local' })
  const open = (slots: number): Sandbox => createLocalExecutor({ log, searchPath, slots })
  const sandbox = open(1)
  return {
    sandbox,
    tools: { python, gcc, 'g++': cpp, javac },
    folder,
    open,
    async close() {
      await sandbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const mainFiles = { python: 'main.py', c: 'main.c', cpp: 'main.cpp', java: 'Main.java', javascript: 'main.js' } as const
const ordinary: ExecutionLimits = { cpuMs: 5_000, wallMs: 20_000, memoryBytes: 256 * MiB, outputBytes: MiB }
const never = new AbortController().signal

export interface Call {
  readonly wallMs: number
  /** What the results report, summed. */
  readonly cpuMs: number
  readonly results: readonly ExecutionResult[]
}

/** One call of the executor. Throws unless every run ends as expected. */
export async function call(
  sandbox: Sandbox,
  program: { readonly language: ExecutorLanguage; readonly text: string },
  tests: readonly ExecutionTest[],
  { limits, outcome = 'exited' }: { limits?: Partial<ExecutionLimits>; outcome?: ExecutionResult['outcome'] } = {},
): Promise<Call> {
  const { language, text } = program
  const startedAt = performance.now()
  const { compile, results } = await sandbox.run(
    {
      version: 1,
      program: { language, files: [{ name: mainFiles[language], text }] },
      tests: [...tests],
      limits: { ...ordinary, ...limits },
      hashSeed: 0,
    },
    never,
  )
  const wallMs = performance.now() - startedAt
  const odd = results.find((result) => result.outcome !== outcome || (result.exitCode ?? 0) !== 0)
  if (!compile.ok || odd !== undefined || results.length !== tests.length) {
    throw new Error(`a ${language} program did not run: ${compile.log}${JSON.stringify(odd)}`)
  }
  return { wallMs, cpuMs: results.reduce((sum, result) => sum + result.cpuMs, 0), results }
}

/** `count` tests alike. */
export function times(count: number, input = ''): ExecutionTest[] {
  return Array.from({ length: count }, () => ({ input }))
}

/** Starts a program from this process and waits for its end and its output. Throws unless it exits with 0. */
export async function spawned(
  program: string,
  args: readonly string[] = [],
  { cwd }: { cwd?: string } = {},
): Promise<{ ms: number; stdout: string; stderr: string }> {
  const startedAt = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd, env: { PATH: searchPath } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  const ms = performance.now() - startedAt
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${stderr}`)
  return { ms, stdout, stderr }
}

/** A program compiled as the sandbox compiles it, for the peers. Returns its path. */
export async function staticBinary(
  { tools, folder }: Bench,
  program: { readonly language: 'c' | 'cpp'; readonly text: string },
): Promise<string> {
  const { language, text } = program
  const binary = path.join(folder, `program-${language}`)
  const source = `${binary}-${mainFiles[language]}`
  await writeFile(source, text)
  const [compiler, standard] = language === 'c' ? [tools.gcc, 'gnu17'] : [tools['g++'], 'gnu++20']
  const flags = [`-std=${standard}`, '-w', '-O2', '-static', '-o', binary, source]
  await promisify(execFile)(compiler, flags, { env: { PATH: searchPath } })
  return binary
}

/** Where a program is on the PATH, or undefined. */
export async function onPath(name: string): Promise<string | undefined> {
  for (const folder of searchPath.split(':')) {
    const file = path.join(folder, name)
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return file
  }
  return undefined
}

/** Python that imports what the warm interpreter imports. */
export async function warmImports(): Promise<string> {
  const source = await readFile(new URL('../../src/executor/native/zygote.py', import.meta.url), 'utf8')
  const names = /WARM = '''([^']*)'''/.exec(source)?.[1]
  if (names === undefined) throw new Error('zygote.py has no list WARM any more')
  return `for name in '''${names}'''.split():\n  try: __import__(name)\n  except ImportError: pass\n`
}
