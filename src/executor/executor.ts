// The executor: batches on a few environments, each a supervisor with its warm interpreters. An environment that a program
// harmed is thrown away; the program gets one more try, alone, in a new one, and after that it is its own fault.
import { createHash } from 'node:crypto'
import { arch, constants, cpus, getPriority } from 'node:os'
import {
  type BatchResult,
  type ExecutionBatch,
  type ExecutionResult,
  type ExecutionTest,
} from '../contract/execution.ts'
import { AppError } from '../errors.ts'
import type { Executor, Log } from '../ports.ts'
import { parseBatch, violation } from './batch.ts'
import { compileLogBytes, languages, usualCompileCpuMs, type Artifact, type Service } from './languages.ts'
import { createSlots, type Slot } from './slots.ts'
import {
  Supervisor,
  SupervisorFault,
  SupervisorLost,
  tiers,
  type Request,
  type RunReply,
  type Tier,
} from './supervisor.ts'
import { prepareLanguage, ToolMissing, type Toolchain } from './toolchain.ts'

/** What programs run on, in words. */
const machine = `${arch()}, ${cpus()[0]?.model.trim().slice(0, 100) ?? 'unknown processor'}`
/** Most bytes of its output that come back of a run that did not end by itself: for people, no checker reads it. */
const shownBytes = 64 * 1024
/** Programs an environment keeps compiled. */
const keptPrograms = 24
/** How long a run may go on after its batch has been aborted. */
const patienceMs = 100
/** Warm interpreters and compilers that an environment keeps, as box.h counts them. */
const warmServices = 4

export interface SandboxOptions {
  readonly toolchain: Toolchain
  /** Whether everything in it is there already, or languages are prepared when they are first used. */
  readonly isBuilt: boolean
  /** PATH for what is built on first use. */
  readonly searchPath: string
  /** Starts the supervisor of one slot. Throws SupervisorLost. */
  readonly start: (slot: number) => Promise<Supervisor>
  /** Environments at once. */
  readonly slots: number
  /** CPU milliseconds that a compilation may take. */
  readonly compileCpuMs?: number | undefined
  /** Below this the executor refuses to run anything. */
  readonly minTier: Tier
  readonly log: Log
}

export interface Sandbox extends Executor {
  /** Process ids of the supervisors. */
  pids(): number[]
  /** Whether a program harmed an environment since the start: the process around it may be harmed as well. */
  readonly wasHarmed: boolean
  /** Starts what a first batch would wait for. Throws AppError `executor-unavailable`. */
  warmUp(): Promise<{ tier: Tier; protections: Readonly<Record<string, boolean>> }>
  close(): Promise<void>
}

/** An environment with what it has compiled and started. */
interface Environment {
  readonly supervisor: Supervisor
  /** Compiled programs by content, the least recently used first. */
  readonly programs: Map<string, Artifact>
  readonly services: Set<string>
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const slots = createSlots<Environment>(options.slots)
  const closing = new AbortController()
  let wasHarmed = false

  return {
    async run(given, caller, onResult = () => undefined) {
      const batch = parseBatch(given)
      const signal = AbortSignal.any([caller, closing.signal])
      signal.throwIfAborted()
      try {
        // Goes on by itself when its first caller leaves: others will need it.
        await orAborted(prepareLanguage(batch.program.language, options), signal)
      } catch (cause) {
        signal.throwIfAborted()
        if (cause instanceof ToolMissing)
          throw unavailable(`${languages[batch.program.language].title}: ${cause.message}`, cause)
        throw unavailable(`The tools for ${languages[batch.program.language].title} could not be prepared.`, cause)
      }
      const slot = await slots.take(signal)
      const run = new BatchRun(batch, signal, slot, options, () => (wasHarmed = true))
      let patience: NodeJS.Timeout | undefined
      // A run that is over in a moment is left to end: ending it would cost the environment, and all that is warm in it.
      const stop = (): void => void (patience = setTimeout(() => void run.discard(), patienceMs))
      signal.addEventListener('abort', stop, { once: true })
      try {
        return await run.result(onResult)
      } catch (error) {
        signal.throwIfAborted()
        throw error
      } finally {
        signal.removeEventListener('abort', stop)
        clearTimeout(patience)
        slot.release()
      }
    },
    get wasHarmed() {
      return wasHarmed
    },
    pids: () => slots.all().flatMap(({ supervisor }) => supervisor.pid ?? []),
    async warmUp() {
      const held = await slots.take(closing.signal)
      try {
        held.value ??= await openEnvironment(held.index, options)
        const { tier, protections } = held.value.supervisor.hello
        return { tier, protections }
      } finally {
        held.release()
      }
    },
    async close() {
      closing.abort(unavailable('The executor has been closed.'))
      await Promise.all(slots.clear().map(({ supervisor }) => supervisor.close()))
    },
  }
}

async function openEnvironment(slot: number, { start, minTier, log }: SandboxOptions): Promise<Environment> {
  let supervisor: Supervisor
  try {
    supervisor = await start(slot)
  } catch (cause) {
    throw unavailable('The sandbox could not be started.', cause)
  }
  const { tier, protections } = supervisor.hello
  if (tiers.indexOf(tier) < tiers.indexOf(minTier)) {
    await supervisor.close()
    log.metrics({ ExecutorTierTooLow: 1 })
    const lacking = Object.keys(protections).filter((name) => protections[name] !== true)
    throw unavailable(
      `This machine gives the sandbox the tier "${tier}" (missing: ${lacking.join(', ')}), and "${minTier}" is asked for (EXECUTOR_MIN_TIER).`,
    )
  }
  log.debug('An execution environment is ready', { slot, tier })
  return { supervisor, programs: new Map(), services: new Set() }
}

/** The program harmed its environment, or seems to have. */
class Harm extends Error {}

/** The same, while the program was only compiled. */
class CompilerHarm extends Harm {}

/** One batch from its first compilation to its last result. */
class BatchRun {
  readonly #batch: ExecutionBatch
  readonly #signal: AbortSignal
  readonly #slot: Slot<Environment>
  readonly #options: SandboxOptions
  readonly #onHarm: () => void
  readonly #key: string
  #compile: BatchResult['compile'] | undefined
  /** Once a harm is certain, the next one of the same program is believed at once. */
  #isHostile = false
  /** The test after the one at work, and its run, sent ahead to the same environment. */
  #next: ExecutionTest | undefined
  #ahead: Promise<RunReply> | undefined

  constructor(
    batch: ExecutionBatch,
    signal: AbortSignal,
    slot: Slot<Environment>,
    options: SandboxOptions,
    onHarm: () => void,
  ) {
    this.#onHarm = onHarm
    this.#batch = batch
    this.#signal = signal
    this.#slot = slot
    this.#options = options
    this.#key = createHash('sha256').update(JSON.stringify(batch.program)).digest('base64')
  }

  async result(onResult: (result: ExecutionResult) => void): Promise<BatchResult> {
    const results: ExecutionResult[] = []
    // Without tests the program is only compiled.
    if (this.#batch.tests.length === 0) await this.#resultOf(undefined)
    try {
      for (const [index, test] of this.#batch.tests.entries()) {
        this.#signal.throwIfAborted()
        this.#next = this.#batch.tests[index + 1]
        const result = await this.#resultOf(test)
        if (result === undefined) break
        results.push(result)
        onResult(result)
        if (this.#batch.stopOnFirstFailure === true && (result.outcome !== 'exited' || result.exitCode !== 0)) break
      }
    } finally {
      await this.#forgetAhead()
    }
    const compile = this.#compile ?? { ok: true, log: '', wallMs: 0 }
    const tool = languages[this.#batch.program.language].needs.at(-1)
    const runtime = tool === undefined ? undefined : this.#options.toolchain.versions[tool]
    return { version: 1, compile, results, ...(runtime === undefined ? {} : { ranOn: { runtime, machine } }) }
  }

  /** Ends what is under way, and the environment with it. */
  async discard(): Promise<void> {
    const environment = this.#slot.value
    this.#slot.value = undefined
    await environment?.supervisor.close()
  }

  /** undefined when the program does not compile, or there is no test. */
  async #resultOf(test: ExecutionTest | undefined): Promise<ExecutionResult | undefined> {
    const work = async (environment: Environment): Promise<ExecutionResult | undefined> => {
      const artifact = await this.#artifactIn(environment)
      return artifact === undefined || test === undefined ? undefined : this.#run(environment, artifact, test)
    }
    try {
      return await this.#twice(work)
    } catch (error) {
      if (!(error instanceof Harm)) throw error
      this.#isHostile = true
      if (error instanceof CompilerHarm) {
        this.#compile = { ok: false, log: `The compiler was stopped: it ${error.message}.`, wallMs: 0 }
        return undefined
      }
      this.#compile ??= { ok: true, log: '', wallMs: 0 }
      return violation(error.message)
    }
  }

  /** Does the work, and once more, alone and in a new environment, when the first one was lost or harmed. */
  async #twice<T>(work: (environment: Environment) => Promise<T>): Promise<T> {
    const rank = getPriority()
    try {
      return await this.#inEnvironment(work)
    } catch (error) {
      if (!(error instanceof Harm) && !(error instanceof SupervisorFault)) throw error
      this.#options.log.warn('An execution environment failed and is made anew', { what: error.message })
      // What was sent ahead went to that environment.
      await this.#forgetAhead()
      if (error instanceof Harm) this.#onHarm()
      // What has lowered our own rank as well leaves nothing in which it could be tried again as before.
      if (error instanceof Harm && (this.#isHostile || getPriority() !== rank)) throw error
    }
    return this.#alone(work)
  }

  async #alone<T>(work: (environment: Environment) => Promise<T>): Promise<T> {
    try {
      return await this.#slot.alone(this.#signal, async () => this.#inEnvironment(work))
    } catch (error) {
      if (error instanceof SupervisorFault) throw unavailable('The sandbox failed.', error)
      throw error
    }
  }

  async #inEnvironment<T>(work: (environment: Environment) => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted()
    try {
      this.#slot.value ??= await openEnvironment(this.#slot.index, this.#options)
      // An abort while it started found nothing to end.
      this.#signal.throwIfAborted()
      return await work(this.#slot.value)
    } catch (error) {
      if (error instanceof AppError && !this.#signal.aborted) throw error
      await this.discard()
      this.#signal.throwIfAborted()
      if (error instanceof SupervisorLost) throw new Harm('ended the executor', { cause: error })
      throw error
    }
  }

  /** Where the compiled program is; undefined when it does not compile. */
  async #artifactIn(environment: Environment): Promise<Artifact | undefined> {
    const { program, hashSeed } = this.#batch
    const { toolchain, compileCpuMs: cpuMs = usualCompileCpuMs } = this.#options
    const language = languages[program.language]
    const service = language.service?.(toolchain, hashSeed)
    if (service !== undefined) await openService(environment, service)
    const known = environment.programs.get(this.#key)
    const place = known ?? freePlace(environment.programs)
    // Last used, last thrown away.
    environment.programs.delete(this.#key)
    if (known === undefined) {
      const reply = await environment.supervisor
        .run(language.compile({ program, keepAs: place, hashSeed, cpuMs }, toolchain))
        .catch((cause: unknown) => {
          // Nothing foreign runs while a program is compiled: whoever ended the supervisor, it was not the program.
          throw cause instanceof SupervisorLost ? new SupervisorFault('the supervisor ended', { cause }) : cause
        })
      if (reply.violation !== undefined) throw new CompilerHarm(reply.violation)
      if (reply.outcome === 'start' || reply.outcome === 'cancelled') {
        throw new SupervisorFault(`the compiler ended: ${reply.stderr.toString()}`)
      }
      this.#compile = compileResult(reply)
      // A compiler that had to be stopped is gone.
      if (service?.isCompiler === true && reply.outcome !== 'exited') environment.services.delete(service.name)
      if (!this.#compile.ok) return undefined
    }
    environment.programs.set(this.#key, place)
    return place
  }

  async #run({ supervisor }: Environment, artifact: Artifact, test: ExecutionTest): Promise<ExecutionResult> {
    const { program, collect = [], outputs, stopOnFirstFailure } = this.#batch
    const running = this.#ahead ?? supervisor.run(this.#request(artifact, test))
    this.#ahead = undefined
    if (this.#next !== undefined) {
      const { words, blobs = [] } = this.#request(artifact, this.#next)
      const condition = stopOnFirstFailure === true ? ([['after-success', 1]] as const) : []
      this.#ahead = supervisor.run({ words: [...words, ...condition], blobs })
      // Who asks for it hears of its failure; nobody may.
      this.#ahead.catch(() => undefined)
    }
    const reply = await running
    if (reply.violation !== undefined) throw new Harm(reply.violation)
    const collected = Object.fromEntries(
      collect.map((name, index) => [name, reply.collected[index]?.toString('utf8') ?? '']),
    )
    return {
      ...executionResult(reply, {
        memoryWords: languages[program.language].memoryWords,
        outputs: outputs ?? 'text',
        home: this.#options.toolchain.home,
      }),
      ...(collect.length > 0 && { collected }),
    }
  }

  /** Waits for what was sent ahead, and has it run again when its turn comes. */
  async #forgetAhead(): Promise<void> {
    await this.#ahead?.catch(() => undefined)
    this.#ahead = undefined
  }

  #request(artifact: Artifact, test: ExecutionTest): Request {
    const { program, limits, hashSeed, access, collect = [] } = this.#batch
    const hasFolder = access === 'folder'
    const plan = { limits, args: test.args ?? [], hasFolder, hashSeed }
    return {
      words: [
        ...languages[program.language].run(artifact, plan, this.#options.toolchain),
        ...(hasFolder ? [['folder', 1] as const] : []),
        ...collect.map((name) => ['collect', name] as const),
      ],
      blobs: [
        ['stdin', Buffer.from(test.input)],
        ...(test.files ?? []).map(({ name, text }) => [`file:${name}`, Buffer.from(text)] as const),
      ],
    }
  }
}

async function openService({ supervisor, services }: Environment, { name, open }: Service): Promise<void> {
  if (services.has(name)) return
  const [oldest] = services
  if (services.size >= warmServices && oldest !== undefined) {
    services.delete(oldest)
    await supervisor.perform({
      words: [
        ['op', 'close'],
        ['via', oldest],
      ],
    })
  }
  await supervisor.perform(open)
  services.add(name)
}

/** A place for one more program; the least recently used gives way. */
function freePlace(programs: Map<string, Artifact>): Artifact {
  if (programs.size < keptPrograms) {
    const taken = new Set(programs.values())
    return Array.from({ length: keptPrograms }, (_, place) => place).find((place) => !taken.has(place)) ?? 0
  }
  const [oldest] = programs
  if (oldest === undefined) return 0
  programs.delete(oldest[0])
  return oldest[1]
}

function compileResult({ outcome, exitCode, stdout, stderr, wallMs }: RunReply): BatchResult['compile'] {
  const ok = outcome === 'exited' && exitCode === 0
  const words = (ok ? stderr : Buffer.concat([stderr, stdout])).subarray(0, compileLogBytes).toString('utf8')
  const stopped = outcome === 'exited' ? '' : `The compiler was stopped: ${outcome}.`
  return { ok, log: words === '' ? stopped : `${words}${stopped}`, wallMs: Math.round(wallMs * 1000) / 1000 }
}

function executionResult(
  reply: RunReply,
  { memoryWords, outputs, home }: { memoryWords: RegExp; outputs: 'text' | 'hash'; home: string },
): ExecutionResult {
  const { outcome, stdout, stderr } = reply
  if (outcome === 'start' || outcome === 'cancelled')
    throw new SupervisorFault(`the interpreter did not start: ${stderr.toString()}`)
  const words = stderr.toString('utf8')
  const isFailed = outcome === 'signalled' || (outcome === 'exited' && reply.exitCode !== 0)
  const isOutOfMemory = isFailed && memoryWords.test(words)
  return {
    outcome: isOutOfMemory ? 'memory-limit' : outcome,
    exitCode: isOutOfMemory ? null : (reply.exitCode ?? null),
    signal: isOutOfMemory || reply.signal === undefined ? null : signalName(reply.signal),
    stdout:
      outputs === 'hash' ? '' : stdout.subarray(0, outcome === 'exited' ? undefined : shownBytes).toString('utf8'),
    stdoutBytes: stdout.length,
    stdoutSha256: createHash('sha256').update(stdout).digest('hex'),
    stderr: withoutFramesIn(home, words),
    cpuMs: Math.round(reply.cpuMs * 1000) / 1000,
    wallMs: Math.round(reply.wallMs * 1000) / 1000,
    peakMemoryBytes: reply.peakMemoryBytes,
  }
}

/** Standard error without the lines of a stack that are in the sandbox's own programs. */
function withoutFramesIn(home: string, words: string): string {
  if (!words.includes(home)) return words
  return words
    .split('\n')
    .filter((line) => !line.includes(`${home}/`))
    .join('\n')
}

// Backwards, so that of two names for one number the usual first one stays (SIGABRT, not SIGIOT).
const signalNames = new Map(
  Object.entries(constants.signals)
    .map(([name, number]) => [number, name] as const)
    .reverse(),
)
/** Waits for the work, or no longer than until the signal is aborted; then rejects with its reason. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}

function signalName(number: number): string {
  return signalNames.get(number) ?? `SIG${number}`
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError('executor-unavailable', message, { cause })
}
