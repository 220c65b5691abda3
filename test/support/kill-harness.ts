// Runs whose owner is a process of its own and is killed, or stopped for a while: what `npm run bench -- kills` and its test
// share. Another process goes on; table, model and executor live here and know who asked for what.
import { isDeepStrictEqual } from 'node:util'
import type { Author } from '../../mock/gemini/job.ts'
import type { ProblemsTable } from '../../src/adapters/problems-table.ts'
import { isTerminal, type RunEvent, type StoredEvent } from '../../src/contract/events.ts'
import { type FunctionProcess, startFleet } from './fleet.ts'
import { type Frame, generateUrl, open, read, type Reading } from './reading.ts'
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

/** The handler process takes a run over when its lease is over, and then has to make what is left. */
const patienceMs = 150_000

/** Starts the stand-ins and makes one whole run. @param author writes the problem. */
export async function startKillHarness(author: Author): Promise<KillHarness> {
  const fleet = await startFleet({ author, chunkCharacters: 300, chunkDelayMs: 5 })
  const { table, standIn } = fleet
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
  const first = await fleet.start()
  const run = await read(generateUrl(first))
  const unbroken = { told: told(run.events), calls: first.calls() }
  const journal = await fleet.journalOf(run.problemId)
  const isMeasure = run.last.type === 'problem' && journal.calls.every((call) => unbroken.calls.includes(call))
  if (!isMeasure || journal.batches.length < 20) {
    throw new Error('The run without a blow is no measure for the others.')
  }
  const whole = { events: run.frames.length, appends: appends.get(run.problemId) ?? 0 }
  await first.end()

  async function hit(blow: Blow): Promise<BlowResult> {
    const startedAt = performance.now()
    const [owner, other] = await Promise.all([fleet.start(), fleet.start()])
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
    const known = await fleet.journalOf(problemId)
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
    close: () => fleet.close(),
  }
}

/** The run whose events a request appends; undefined for other requests. */
function appendOf(operation: string, body: Readonly<Record<string, unknown>>): string | undefined {
  if (operation !== 'TransactWriteItems') return undefined
  // The item of a group; its key stands before its events, whose text would have to escape the quotation marks.
  return /"problemId":\{"S":"([^"]+)"\},"kind":\{"S":"EVENT#/.exec(JSON.stringify(body))?.[1]
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
