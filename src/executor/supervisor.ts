// One supervisor process: starts it, sends it requests as box.c describes them, reads its answers, ends it.
import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import * as z from 'zod'
import { toolchainSchema } from './toolchain.ts'

/** What a supervisor gets to clean up and go before it is killed. */
const graceMs = 1_000
/** Longest wait for its first words. */
const startMs = 20_000
const stderrTailCharacters = 2_000
/** Between two looks whether a program has halted the supervisor, which no answer would ever tell. */
const pulseMs = 500

export const tiers = ['none', 'rlimits', 'seccomp', 'namespaces'] as const
/** How well an environment is closed: each tier has all that the one before it has. */
export type Tier = (typeof tiers)[number]

const helloSchema = z.strictObject({
  protocol: z.literal(1),
  tier: z.enum(tiers),
  uid: z.int(),
  protections: z.record(z.string(), z.boolean()),
  /** What is installed where the supervisor is. */
  toolchain: toolchainSchema,
})
export type Hello = z.infer<typeof helloSchema>

const runReplySchema = z.strictObject({
  outcome: z.enum([
    'exited',
    'signalled',
    'cpu-limit',
    'wall-limit',
    'memory-limit',
    'output-limit',
    'start',
    'cancelled',
  ]),
  exitCode: z.int(),
  signal: z.int(),
  cpuNs: z.number(),
  wallNs: z.number(),
  peakBytes: z.number(),
  violation: z.string(),
  stdoutBytes: z.int(),
  stderrBytes: z.int(),
  collected: z.array(z.int()),
})
/** How one run ended, with the bytes it left. */
export interface RunReply {
  readonly outcome: z.infer<typeof runReplySchema>['outcome']
  readonly exitCode: number | undefined
  readonly signal: number | undefined
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakMemoryBytes: number
  /** What the run left behind or changed; undefined when the environment is as before. */
  readonly violation: string | undefined
  readonly stdout: Buffer
  readonly stderr: Buffer
  readonly collected: readonly Buffer[]
}
const otherReplySchema = z.looseObject({ fault: z.string().optional() })

/** The words and blobs of one request; a name may come several times. */
export interface Request {
  readonly words: readonly (readonly [name: string, value: string | number])[]
  readonly blobs?: readonly (readonly [role: string, bytes: Buffer])[]
}

/** The supervisor is gone, or what it says cannot be understood: whatever it was at work on has to begin anew. */
export class SupervisorLost extends Error {}
/** The supervisor could not do what it was asked for; it goes on. */
export class SupervisorFault extends Error {}

export interface SupervisorOptions {
  /** Program and arguments that start it. */
  readonly command: readonly [string, ...string[]]
  /** Of the command; default: none. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  /** Another user to start it as; needs root. */
  readonly uid?: number | undefined
}

export class Supervisor {
  readonly hello: Hello
  readonly #child: ChildProcess
  readonly #reader: ByteReader
  readonly #gone: Promise<void>
  #words = ''
  /** When the last answer that is due has been read. */
  #read: Promise<unknown> = Promise.resolve()
  #due = 0
  #isClosing = false
  #pulse: NodeJS.Timeout | undefined

  private constructor(child: ChildProcess, reader: ByteReader, gone: Promise<void>, hello: Hello) {
    this.#child = child
    this.#reader = reader
    this.#gone = gone
    this.hello = hello
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#words = (this.#words + text).slice(-stderrTailCharacters)
    })
  }

  /** Starts a supervisor and reads what it found out about this machine. Throws SupervisorLost. */
  static async start({ command: [program, ...args], environment = {}, uid }: SupervisorOptions): Promise<Supervisor> {
    const child = spawn(program, args, {
      // Nothing of our environment is any business of foreign code.
      env: environment,
      // Its own session: a Ctrl-C in the terminal is for us to handle.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(uid !== undefined && { uid, gid: uid }),
    })
    let words = ''
    const gone = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        words += String(error)
        resolve()
      })
      child.once('exit', () => resolve())
    })
    // Failed writes surface where the answer is read.
    child.stdin.on('error', () => undefined)
    const onWords = (chunk: Buffer): void => void (words = (words + chunk.toString()).slice(-stderrTailCharacters))
    child.stderr.on('data', onWords)
    const reader = new ByteReader(child.stdout)
    const timeout = setTimeout(() => killAll(child), startMs)
    try {
      const hello = helloSchema.parse(await readFrame(reader))
      child.stderr.off('data', onWords)
      hold(child, false)
      return new Supervisor(child, reader, gone, hello)
    } catch (cause) {
      killAll(child)
      await gone
      throw new SupervisorLost(`the supervisor did not start: ${words.trim()}`, { cause })
    } finally {
      clearTimeout(timeout)
    }
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /**
   * Runs a program, or has a service work. Requests may be made before the last one is answered: they are done in order.
   * Throws SupervisorLost, SupervisorFault.
   */
  async run(request: Request): Promise<RunReply> {
    return this.#ask(request, async (reply) => this.#readRun(reply))
  }

  /** Any other operation. Throws SupervisorLost, SupervisorFault. */
  async perform(request: Request): Promise<void> {
    await this.#ask(request, async () => undefined)
  }

  async #readRun(reply: unknown): Promise<RunReply> {
    try {
      const { cpuNs, wallNs, peakBytes, stdoutBytes, stderrBytes, collected, ...rest } = runReplySchema.parse(reply)
      const stdout = await this.#reader.take(stdoutBytes)
      const stderr = await this.#reader.take(stderrBytes)
      const files: Buffer[] = []
      for (const size of collected) files.push(await this.#reader.take(size))
      return {
        outcome: rest.outcome,
        exitCode: rest.exitCode < 0 ? undefined : rest.exitCode,
        signal: rest.signal === 0 ? undefined : rest.signal,
        violation: rest.violation === '' ? undefined : rest.violation,
        cpuMs: cpuNs / 1e6,
        wallMs: wallNs / 1e6,
        peakMemoryBytes: peakBytes,
        stdout,
        stderr,
        collected: files,
      }
    } catch (cause) {
      throw this.#lost(cause)
    }
  }

  async #ask<T>({ words, blobs = [] }: Request, readRest: (reply: unknown) => Promise<T>): Promise<T> {
    const lines = [...words, ...blobs.map(([role, bytes]) => ['blob', `${role}:${bytes.length}`] as const)]
    if (lines.some(([, value]) => String(value).includes('\0'))) throw new SupervisorFault('a NUL in an argument')
    const head = Buffer.from(lines.map(([name, value]) => `${name}=${value}\0`).join(''))
    const length = Buffer.alloc(4)
    length.writeUInt32LE(head.length)
    this.#child.stdin?.write(Buffer.concat([length, head, ...blobs.map(([, bytes]) => bytes)]))
    const answer = this.#read.then(async () => {
      let reply: unknown
      let fault: string | undefined
      try {
        reply = await readFrame(this.#reader)
        fault = otherReplySchema.parse(reply).fault
      } catch (cause) {
        throw this.#lost(cause)
      }
      if (fault !== undefined) throw new SupervisorFault(fault)
      return readRest(reply)
    })
    this.#read = answer.catch(() => undefined)
    this.#expect(1)
    return answer.finally(() => this.#expect(-1))
  }

  /** While an answer is due this process stays, and looks after the supervisor; else an idle one keeps nobody. */
  #expect(change: 1 | -1): void {
    this.#due += change
    if (this.#due === 1 && change === 1) {
      hold(this.#child, true)
      this.#pulse = setInterval(() => void this.#killIfHalted(), pulseMs).unref()
    }
    if (this.#due > 0) return
    clearInterval(this.#pulse)
    if (!this.#isClosing) hold(this.#child, false)
  }

  async #killIfHalted(): Promise<void> {
    if ((await isHalted(this.#child.pid)) && this.#due > 0) killAll(this.#child)
  }

  #lost(cause: unknown): SupervisorLost {
    return new SupervisorLost(`the supervisor is gone ${this.#words.trim()}`, { cause })
  }

  /** Ends it and everything it started. What is under way is stopped. */
  async close(): Promise<void> {
    this.#isClosing = true
    hold(this.#child, true)
    this.#child.stdin?.destroy()
    const timeout = setTimeout(() => killAll(this.#child), graceMs)
    await this.#gone
    clearTimeout(timeout)
    this.#child.stdout?.destroy()
    this.#child.stderr?.destroy()
  }
}

/** The supervisor with everything that a command around it started: they are a session of their own. */
function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

/** Whether the process and its pipes keep this one from ending. */
function hold(child: ChildProcess, isHeld: boolean): void {
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) {
    if (handle !== child && !(handle instanceof Socket)) continue
    if (isHeld) handle.ref()
    else handle.unref()
  }
}

/** By a stop signal of somebody's. Only for a process of this machine; another's command is not the supervisor itself. */
async function isHalted(pid: number | undefined): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  return /\) [Tt] /.test(text.slice(0, 200))
}

async function readFrame(reader: ByteReader): Promise<unknown> {
  const length = (await reader.take(4)).readUInt32LE()
  return JSON.parse((await reader.take(length)).toString('utf8')) as unknown
}

/** Counted bytes from a stream, without copying more than once. */
class ByteReader {
  readonly #source: AsyncIterator<unknown>
  #pending: Buffer[] = []
  #pendingBytes = 0

  constructor(stream: Readable) {
    this.#source = stream[Symbol.asyncIterator]()
  }

  async take(count: number): Promise<Buffer> {
    while (this.#pendingBytes < count) {
      const next: IteratorResult<unknown, unknown> = await this.#source.next()
      if (!Buffer.isBuffer(next.value)) throw new Error('the stream ended early')
      this.#pending.push(next.value)
      this.#pendingBytes += next.value.length
    }
    const [first] = this.#pending
    const all = this.#pending.length === 1 && first !== undefined ? first : Buffer.concat(this.#pending)
    this.#pending = all.length > count ? [all.subarray(count)] : []
    this.#pendingBytes -= count
    return all.subarray(0, count)
  }
}
