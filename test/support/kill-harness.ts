// Runs whose owner is a process of its own and is killed, or stopped for a while: what `npm run bench -- kills` and its test
// share. Another process goes on; table, model and executor live here and know who asked for what.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import { fileURLToPath } from 'node:url'
import type { Author } from '../../mock/gemini/job.ts'
import { type GeminiStandIn, startGemini } from '../../mock/gemini/server.ts'
import { startLambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import type { ProblemsTable } from '../../src/adapters/problems-table.ts'
import { isTerminal, type RunEvent, type StoredEvent } from '../../src/contract/events.ts'
import type { BatchResult } from '../../src/contract/execution.ts'
import { answerCall } from '../../src/executor/answer.ts'
import { contentHash } from '../../src/generation/draft.ts'
import { parseEntry } from '../../src/generation/journal.ts'
import type { Executor } from '../../src/ports.ts'
import { forgetLikeness } from './forgetful-table.ts'
import type { FromHandler } from './handler-process.ts'
import { rememberingExecutor } from './pipeline.ts'
import { type Frame, generateUrl, open, read, type Reading } from './reading.ts'
import { openTestTable, testTableName } from './table.ts'
import { told } from './told.ts'

/** What happens to an owner, and when. */
export type Blow =
  /** It is killed once a reader has seen that many events, or stopped until somebody else has made the run. */
  | { readonly kind: 'killed' | 'frozen'; readonly afterEvents: number }
  /** It is killed while its append of that number is under way: before the table does it, or when nobody was told of it. */
  | { readonly kind: 'killed-before-append' | 'killed-after-append'; readonly append: number }

/** What became of a run. */
export interface BlowResult {
  readonly blow: Blow
  /** Whether the run had ended before it was hit. */
  readonly wasOver: boolean
  /** What was wrong, one line each. */
  readonly violations: readonly string[]
  readonly ms: number
}

/** A run that nothing happened to. */
interface WholeRun {
  readonly events: number
  readonly appends: number
}

export interface KillHarness {
  /** The same run without a blow. */
  readonly whole: WholeRun
  /** Makes a run and hits it. Several at once are fine. */
  hit(blow: Blow): Promise<BlowResult>
  /** Ends every process. */
  close(): Promise<void>
}

const handlerProgram = fileURLToPath(new URL('./handler-process.ts', import.meta.url))
const region = 'ap-northeast-2'
/** The handler process takes a run over when its lease is over, and then has to make what is left. */
const patienceMs = 150_000

/** A function in a process of its own, which alone asks with its key and runs its batches. */
interface FunctionProcess {
  readonly url: string
  readonly child: ChildProcess
  /** Model calls of this process, as the journal names them. */
  calls(): string[]
  /** Names of the batches that this process sent: see `named`. */
  readonly batches: readonly string[]
  end(): Promise<void>
}

/** Starts the stand-ins and makes one whole run. @param author writes the problem. */
export async function startKillHarness(author: Author): Promise<KillHarness> {
  const opened = await openTestTable({ answer: forgetLikeness })
  const { table, standIn } = opened
  const gemini = await startGemini({ author, chunkCharacters: 300, chunkDelayMs: 5 })
  const executor = rememberingExecutor()
  /** What is to be done when the append of that number of a run comes in. */
  const traps = new Map<string, (append: number) => 'drop' | 'drop-after' | undefined>()
  const appends = new Map<string, number>()
  standIn.setFault(({ operation, body }) => {
    const problemId = appendOf(operation, body)
    if (problemId === undefined) return undefined
    const append = (appends.get(problemId) ?? 0) + 1
    appends.set(problemId, append)
    const kind = traps.get(problemId)?.(append)
    return kind === undefined ? undefined : { kind }
  })
  const processes = new Set<FunctionProcess>()
  /** Batches by what they came to. On its way to an executor a batch is put in another form, and its result is not. */
  const named = new Map<string, string>()

  async function startFunction(): Promise<FunctionProcess> {
    const batches: string[] = []
    const key = `key-of-process-${processes.size + 1}-${performance.now()}`
    const lambda = await startLambdaInvoke({
      handler: (_name, payload) => {
        const counting: Executor = {
          async run(batch, ...rest) {
            const name = contentHash(batch)
            batches.push(name)
            const result = await executor.run(batch, ...rest)
            named.set(measuredIn(result), name)
            return result
          },
        }
        return answerCall(payload, counting, (ms) => AbortSignal.timeout(ms))
      },
      keepsInvocations: false,
    })
    const child = fork(handlerProgram, [], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {
        PATH: process.env['PATH'] ?? '',
        STAGE: 'local',
        PROBLEMS_TABLE_NAME: testTableName,
        AWS_REGION: region,
        AWS_ENDPOINT_URL_DYNAMODB: standIn.endpoint,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        GOOGLE_AI_API_KEY: key,
        GEMINI_BASE_URL: gemini.endpoint,
        CODE_EXECUTOR_LAMBDA_ARN: `arn:aws:lambda:${region}:000000000000:function:executor`,
        AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
      },
    })
    const started: FunctionProcess = {
      url: await addressOf(child),
      child,
      calls: () => callsOf(gemini, key),
      batches,
      async end() {
        processes.delete(started)
        const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
        child.kill('SIGKILL')
        await ended
        await lambda.close()
      },
    }
    processes.add(started)
    return started
  }

  /** Calls and batches that a run's next owner knows of. */
  async function journalOf(problemId: string): Promise<{ calls: string[]; batches: string[] }> {
    const entries = (await table.runs.notes(problemId)).map(parseEntry)
    return {
      calls: entries.flatMap((entry) => (entry.kind === 'call' ? [entry.key] : [])),
      // One that took several invocations has no single name.
      batches: entries.flatMap((entry) => (entry.kind === 'batch' ? (named.get(measuredIn(entry.result)) ?? []) : [])),
    }
  }

  const first = await startFunction()
  const run = await read(generateUrl(first))
  const unbroken = { told: told(run.events), calls: first.calls() }
  const journal = await journalOf(run.problemId)
  const isMeasure = run.last.type === 'problem' && journal.calls.every((call) => unbroken.calls.includes(call))
  if (!isMeasure || journal.batches.length < 20) {
    throw new Error('The run without a blow is no measure for the others.')
  }
  const whole = { events: run.frames.length, appends: appends.get(run.problemId) ?? 0 }
  await first.end()

  async function hit(blow: Blow): Promise<BlowResult> {
    const startedAt = performance.now()
    const [owner, other] = await Promise.all([startFunction(), startFunction()])
    try {
      const reading = await open(generateUrl(owner))
      const { problemId } = reading
      const wasOver = !(await strike(blow, reading, owner))
      const violations = wasOver ? [] : await judge(blow, reading, owner, other)
      traps.delete(problemId)
      return { blow, wasOver, violations, ms: Math.round(performance.now() - startedAt) }
    } finally {
      await Promise.all([owner.end(), other.end()])
    }
  }

  /** Hits the owner; false when its run was over before. */
  async function strike(blow: Blow, reading: Reading, owner: FunctionProcess): Promise<boolean> {
    const isOver = (): boolean => reading.frames.some(({ type }) => type === 'problem' || type === 'failed')
    if ('afterEvents' in blow) {
      await reading.until(({ frames }) => frames.length >= blow.afterEvents || isOver())
      // A terminal event that was seen is stored: there is nothing left to go on with.
      if (isOver()) return false
      owner.child.kill(blow.kind === 'frozen' ? 'SIGSTOP' : 'SIGKILL')
      return true
    }
    const { promise: struck, resolve } = Promise.withResolvers<true>()
    traps.set(reading.problemId, (append) => {
      if (append < blow.append) return undefined
      owner.child.kill('SIGKILL')
      resolve(true)
      return append === blow.append && blow.kind === 'killed-after-append' ? 'drop-after' : 'drop'
    })
    const ended = reading.whole().then(
      () => false,
      () => true,
    )
    return Promise.race([struck, ended])
  }

  /** Goes on with the run in another process and compares. */
  async function judge(
    blow: Blow,
    reading: Reading,
    owner: FunctionProcess,
    other: FunctionProcess,
  ): Promise<string[]> {
    const { problemId } = reading
    if (blow.kind !== 'frozen') await reading.whole().catch(() => undefined)
    const seen = [...reading.frames]
    const known = await journalOf(problemId)
    // What was under way when the owner was killed is still on its way through the stand-ins.
    traps.delete(problemId)
    const replay = await withPatience(read(`${other.url}/generations/${problemId}/events`))
    const violations: string[] = []
    const check = (isRight: boolean, what: string): void => void (isRight || violations.push(what))

    check(isDeepStrictEqual(replay.frames.slice(0, seen.length), seen), 'a reader had seen other events')
    check(isDeepStrictEqual(told(replay.events), unbroken.told), 'the list differs from the unbroken one')
    check(isGapFree(replay.events), 'seq has gaps')
    const repeated = other.calls().filter((call) => known.calls.includes(call))
    check(repeated.length === 0, `asked again: ${repeated.join(', ')}`)
    check(other.calls().length === unbroken.calls.length - known.calls.length, `${other.calls().length} calls made`)
    check(
      !other.batches.some((batch) => known.batches.includes(batch)),
      'a batch was executed again that was checkpointed',
    )
    const statusAfter = await read(`${other.url}/generations/${problemId}/events`, {
      headers: { 'last-event-id': replay.frames.at(-1)?.id ?? '' },
    })
    check(statusAfter.status === 204, `status ${statusAfter.status} after the end`)
    if (blow.kind === 'frozen') violations.push(...(await thaw(owner, reading, replay.frames)))
    return violations
  }

  /** Lets a stopped owner go on: what it has not yet written is refused, and its reader is sent to the table. */
  async function thaw(owner: FunctionProcess, reading: Reading, frames: readonly Frame[]): Promise<string[]> {
    const before = await storedEvents(table, reading.problemId)
    const callsBefore = owner.calls().length
    owner.child.kill('SIGCONT')
    await withPatience(reading.whole()).catch(() => undefined)
    const after = await storedEvents(table, reading.problemId)
    const violations: string[] = []
    if (!isDeepStrictEqual(before, after)) violations.push('a thawed owner wrote into the run')
    if (owner.calls().length > callsBefore + 4) violations.push('a thawed owner went on asking the model')
    if (!isDeepStrictEqual(reading.frames, frames.slice(0, reading.frames.length)))
      violations.push('a thawed owner told its reader something else')
    const isSentOn = reading.comments.some((comment) => comment.trim() === 'continues')
    if (!isSentOn && reading.frames.length < frames.length) violations.push('a thawed owner did not send its reader on')
    return violations
  }

  return {
    whole,
    hit,
    async close() {
      await Promise.all([...processes].map((started) => started.end()))
      await Promise.all([gemini.close(), opened.close()])
    },
  }
}

/** The run whose events a request appends; undefined for other requests. */
function appendOf(operation: string, body: Readonly<Record<string, unknown>>): string | undefined {
  if (operation !== 'TransactWriteItems') return undefined
  // The item of a group; its key stands before its events, whose text would have to escape the quotation marks.
  return /"problemId":\{"S":"([^"]+)"\},"kind":\{"S":"EVENT#/.exec(JSON.stringify(body))?.[1]
}

/** What was measured of a batch: no two have the same, and it is the same in every form of the result. */
function measuredIn({ compile, results }: BatchResult): string {
  return JSON.stringify([compile.wallMs, ...results.map(({ cpuMs, wallMs, stdout }) => [cpuMs, wallMs, stdout])])
}

function callsOf(gemini: GeminiStandIn, key: string): string[] {
  return gemini.requests
    .filter((request) => request.key === key)
    .map(({ artefact, attempt }) => `${artefact}-${attempt}`)
}

async function storedEvents(table: ProblemsTable, problemId: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  for (;;) {
    const page = await table.runs.events(problemId, events.at(-1)?.seq ?? 0)
    if (page.length === 0) return events
    events.push(...page)
  }
}

function isGapFree(events: readonly RunEvent[]): boolean {
  const isInOrder = events.every(({ seq }, index) => seq === index + 1)
  return isInOrder && events.filter(({ type }) => isTerminal(type)).length === 1
}

async function withPatience<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`nothing ended within ${patienceMs / 1_000} s`)), patienceMs)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}

async function addressOf(child: ChildProcess): Promise<string> {
  const [message] = (await once(child, 'message')) as [FromHandler]
  if (message.type !== 'ready') throw new Error('The function did not start.')
  return message.url
}
