// The executor's callback as a generator: results as they come, one more try after a fault, nothing left running behind.
import type { BatchResult, ExecutionBatch, ExecutionResult } from '../contract/execution.ts'
import { AppError } from '../errors.ts'
import type { Executor } from '../ports.ts'

export type Compilation = BatchResult['compile']

/** How often a batch is tried when the executor is unavailable. */
const attempts = 2

/**
 * Runs a batch and yields each result as soon as it is known. After a fault of the executor the tests without a result
 * are tried once more. Throws what the executor throws, `executor-unavailable` when results are missing, and the signal's
 * reason. Returning early aborts the batch.
 */
export async function* runBatch(
  executor: Executor,
  batch: ExecutionBatch,
  signal: AbortSignal,
): AsyncGenerator<ExecutionResult, Compilation> {
  let delivered = 0
  for (let attempt = 1; ; attempt += 1) {
    const running = start(executor, { ...batch, tests: batch.tests.slice(delivered) }, signal)
    try {
      let news = await running.next()
      while (news.type === 'result') {
        delivered += 1
        yield news.result
        news = await running.next()
      }
      return news.compile
    } catch (error) {
      signal.throwIfAborted()
      const isOver = !(error instanceof AppError) || error.code !== 'executor-unavailable'
      if (isOver || attempt === attempts) throw error
    } finally {
      await running.stop()
    }
  }
}

/** As {@link runBatch}; throws what `refused` makes of the compiler's log when the program does not compile. */
export async function* resultsOf(
  executor: Executor,
  batch: ExecutionBatch,
  signal: AbortSignal,
  refused: (log: string) => AppError,
): AsyncGenerator<ExecutionResult, void> {
  const compile = yield* runBatch(executor, batch, signal)
  if (!compile.ok) throw refused(compile.log)
}

type News =
  | { readonly type: 'result'; readonly result: ExecutionResult }
  | { readonly type: 'end'; readonly compile: Compilation }

interface RunningBatch {
  /** The next result, or how the batch ended. Throws what the executor threw. */
  next(): Promise<News>
  /** Aborts what still runs, and waits for it to be gone unless the caller was aborted itself. */
  stop(): Promise<void>
}

function start(executor: Executor, batch: ExecutionBatch, signal: AbortSignal): RunningBatch {
  const stopping = new AbortController()
  const queue: ExecutionResult[] = []
  let told = 0
  let endsByItself = false
  let end: { readonly reply: BatchResult } | { readonly error: unknown } | undefined
  let news = Promise.withResolvers<void>()
  const wake = (): void => news.resolve()
  const tell = (result: ExecutionResult): void => {
    told += 1
    endsByItself = isLast(result, batch)
    // One result too many is said by the check of the reply.
    if (told <= batch.tests.length) queue.push(result)
    wake()
  }
  const run = async (): Promise<void> => {
    try {
      const reply = await executor.run(batch, AbortSignal.any([signal, stopping.signal]), tell)
      checkReply(reply, batch, told)
      queue.push(...reply.results.slice(told))
      end = { reply }
    } catch (error) {
      end = { error }
    }
    wake()
  }
  signal.addEventListener('abort', wake, { once: true })
  const settled = run()
  return {
    async next() {
      for (;;) {
        signal.throwIfAborted()
        const result = queue.shift()
        if (result !== undefined) return { type: 'result', result }
        if (end !== undefined) {
          if ('error' in end) throw end.error
          return { type: 'end', compile: end.reply.compile }
        }
        await news.promise
        news = Promise.withResolvers()
      }
    },
    async stop() {
      signal.removeEventListener('abort', wake)
      if (end !== undefined) return
      // An abort may cost the executor its environment; a batch that is over in a moment is left to end.
      if (!endsByItself) stopping.abort()
      if (!signal.aborted) await settled
    },
  }
}

/** A verdict is never made of a result that is not there. */
function checkReply({ compile, results }: BatchResult, batch: ExecutionBatch, told: number): void {
  const expected = compile.ok ? batch.tests.length : 0
  const last = results.at(-1)
  const isCut = last !== undefined && isLast(last, batch)
  const isComplete = results.length === expected || (isCut && results.length < expected)
  if (isComplete && told <= results.length) return
  throw new AppError(
    'executor-unavailable',
    `The executor gave ${Math.max(told, results.length)} results for ${expected} runs.`,
  )
}

/** Whether the executor runs nothing after this result. */
function isLast({ outcome, exitCode }: ExecutionResult, { stopOnFirstFailure }: ExecutionBatch): boolean {
  return stopOnFirstFailure === true && !(outcome === 'exited' && exitCode === 0)
}
