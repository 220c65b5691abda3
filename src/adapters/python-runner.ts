// Runs Python programs with this machine's own interpreter: starts python-runner.py, feeds it, ends it, cleans up.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { batchResultSchema, type BatchResult, type ExecutionBatch } from '../contract/execution.ts'
import { AppError } from '../errors.ts'
import type { Executor, Log } from '../ports.ts'

const runnerFile = fileURLToPath(new URL('python-runner.py', import.meta.url))
/** No site packages, no user packages, no script folder on the path, no cache files. `-I` would ignore the hash seed. */
const interpreterFlags = ['-S', '-s', '-P', '-B']
/** Start of the interpreter and compilation, which has its own limit of 10 s, on a busy machine. */
const startMarginMs = 20_000
/** Fork, reply and cleaning up of one run on a busy machine. */
const runMarginMs = 250
/** What the runner gets to end its programs and itself before it is killed. */
const graceMs = 150
const stderrTailCharacters = 4_096

const helloSchema = z.strictObject({ interpreter: z.string().min(1) })
const resultHeadSchema = z.looseObject({ stdoutBytes: z.int().min(0) })

export interface PythonRunnerOptions {
  readonly log: Log
  /** Name or path of the interpreter, 3.11 or newer; default `python3`. */
  readonly python?: string
  /** Folders in which `python` is looked for, as in PATH; default: the system's. */
  readonly searchPath?: string | undefined
  /** Where each batch gets its working folder; default: the system's folder for temporary files. */
  readonly scratchRoot?: string
}

/**
 * An executor on this machine, for local use. It is NOT a sandbox: programs can read the user's files and use the network.
 * It bounds CPU time, wall time, memory, output and open files, and leaves no process and no file behind.
 * As many batches run at once as the machine has processors; others wait in order.
 */
export function createPythonRunner(options: PythonRunnerOptions): Executor {
  const { log, python = 'python3', searchPath = '/usr/local/bin:/usr/bin:/bin', scratchRoot = tmpdir() } = options
  const slots = createSlots(availableParallelism())
  const interpreter: Interpreter = { name: python, path: python, searchPath }
  let warned = false
  return {
    async run(batch, signal) {
      if (!warned) log.debug('The local Python runner is no sandbox: programs can read files and use the network')
      warned = true
      const release = await slots.take(signal)
      try {
        return await runInScratch(batch, signal, interpreter, scratchRoot, log)
      } finally {
        release()
      }
    },
  }
}

interface Interpreter {
  /** As configured. */
  readonly name: string
  readonly searchPath: string
  /** What `name` turned out to be: starting that is faster when `name` is a version manager's script. */
  path: string
}

async function runInScratch(
  batch: ExecutionBatch,
  signal: AbortSignal,
  interpreter: Interpreter,
  root: string,
  log: Log,
): Promise<BatchResult> {
  let scratch: string
  try {
    scratch = await mkdtemp(join(root, 'alpaco-run-'))
  } catch (cause) {
    throw new AppError('executor-unavailable', 'The folder for running programs cannot be created.', { cause })
  }
  try {
    return await runBatch(batch, signal, interpreter, scratch)
  } finally {
    await removeScratch(scratch, log)
  }
}

async function removeScratch(scratch: string, log: Log): Promise<void> {
  try {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 })
  } catch (error) {
    log.warn('The folder of a batch could not be removed', { error: String(error) })
  }
}

async function runBatch(
  batch: ExecutionBatch,
  signal: AbortSignal,
  interpreter: Interpreter,
  scratch: string,
): Promise<BatchResult> {
  signal.throwIfAborted()
  const guardMs = startMarginMs + batch.inputs.length * (batch.limits.wallMs + runMarginMs)
  const stop = AbortSignal.any([signal, AbortSignal.timeout(guardMs)])
  const runner = startRunner(interpreter, scratch, batch.hashSeed)
  // Closing the channel is how the runner learns that it has to end.
  const hangUp = (): void => void runner.channel.destroy()
  stop.addEventListener('abort', hangUp, { once: true })
  let ready = false
  try {
    Readable.from(requestOf(batch)).pipe(runner.channel, { end: false })
    const reply = frameReader(runner.channel)
    interpreter.path = helloSchema.parse(await reply.line()).interpreter
    ready = true
    const compile = batchResultSchema.shape.compile.parse(await reply.line())
    const results: unknown[] = []
    while (compile.ok && results.length < batch.inputs.length) {
      const { stdoutBytes, ...head } = resultHeadSchema.parse(await reply.line())
      const stdout = await reply.bytes(stdoutBytes)
      results.push({ ...head, stdout: stdout.toString('utf8') })
    }
    return batchResultSchema.parse({ version: 1, compile, results })
  } catch (error) {
    signal.throwIfAborted()
    await runner.end()
    const cause = new Error(`python runner: ${runner.lastWords()}`, { cause: error })
    if (!ready) throw notStarted(interpreter, cause)
    throw new AppError('executor-unavailable', 'The Python runner failed.', { cause })
  } finally {
    stop.removeEventListener('abort', hangUp)
    await runner.end()
  }
}

function notStarted({ name }: Interpreter, cause: unknown): AppError {
  const advice = 'Install Python 3.11 or newer (Debian, Ubuntu: apt-get install python3; macOS: brew install python3).'
  return new AppError('executor-unavailable', `Programs cannot be run: "${name}" did not start. ${advice}`, { cause })
}

/** The request as python-runner.py describes it. */
function* requestOf(batch: ExecutionBatch): Generator<Buffer> {
  const { source, limits } = batch
  const inputBytes = batch.inputs.map((input) => Buffer.byteLength(input))
  yield Buffer.from(`${JSON.stringify({ source, limits, inputBytes })}\n`)
  for (const input of batch.inputs) if (input !== '') yield Buffer.from(input)
}

interface Runner {
  readonly channel: Socket
  /** Resolves when the process is gone; kills it when it does not go by itself. */
  end(): Promise<void>
  /** How it ended and the end of its own standard error, for the log. */
  lastWords(): string
}

function startRunner(interpreter: Interpreter, cwd: string, hashSeed: number): Runner {
  const child = spawn(interpreter.path, [...interpreterFlags, runnerFile], {
    cwd,
    // PATH only finds the interpreter; the runner takes it away before any program starts.
    env: {
      PATH: interpreter.searchPath,
      LANG: 'C.UTF-8',
      PYTHONHASHSEED: String(hashSeed),
      PYTHONIOENCODING: 'utf-8',
    },
    // Its own session: a Ctrl-C in the terminal is for us to handle.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let words = ''
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      words += String(error)
      resolve()
    })
    child.once('exit', (code, signal) => {
      words += ` (exit ${signal ?? code})`
      resolve()
    })
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-stderrTailCharacters)
  })
  const channel = child.stdio[3]
  // No process, for want of memory or file descriptors.
  if (!(channel instanceof Socket)) throw notStarted(interpreter, new Error(`no channel${words}`))
  // Its errors surface where the replies are read.
  channel.on('error', () => undefined)
  return {
    channel,
    lastWords: () => words,
    async end() {
      channel.destroy()
      if ((await Promise.race([gone, sleep(graceMs, 'late', { ref: false })])) !== 'late') return
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Reads lines of JSON and counted bytes from one stream. */
function frameReader(stream: Socket): { line(): Promise<unknown>; bytes(count: number): Promise<Buffer> } {
  const source: AsyncIterator<unknown> = stream[Symbol.asyncIterator]()
  let pending: Buffer[] = []
  let pendingBytes = 0

  async function more(): Promise<Buffer> {
    const next: IteratorResult<unknown, unknown> = await source.next()
    if (!Buffer.isBuffer(next.value)) throw new Error('the reply ended early')
    pending.push(next.value)
    pendingBytes += next.value.length
    return next.value
  }
  async function bytes(count: number): Promise<Buffer> {
    while (pendingBytes < count) await more()
    const all = pending.length === 1 && pending[0] !== undefined ? pending[0] : Buffer.concat(pending)
    pending = [all.subarray(count)]
    pendingBytes -= count
    return all.subarray(0, count)
  }
  return {
    bytes,
    async line() {
      let before = 0
      let at = -1
      for (const chunk of pending) {
        at = chunk.indexOf('\n')
        if (at >= 0) break
        before += chunk.length
      }
      while (at < 0) {
        const chunk = await more()
        at = chunk.indexOf('\n')
        if (at < 0) before += chunk.length
      }
      const line = await bytes(before + at + 1)
      return JSON.parse(line.toString('utf8')) as unknown
    },
  }
}

/** First come, first served. */
function createSlots(count: number): { take(signal: AbortSignal): Promise<() => void> } {
  let free = count
  const waiting: (() => void)[] = []

  function release(): void {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (free > 0) {
        free -= 1
        return release
      }
      const turn = Promise.withResolvers<void>()
      waiting.push(turn.resolve)
      const leave = (): void => {
        const place = waiting.indexOf(turn.resolve)
        if (place < 0) return
        waiting.splice(place, 1)
        turn.reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      await turn.promise.finally(() => signal.removeEventListener('abort', leave))
      return release
    },
  }
}
