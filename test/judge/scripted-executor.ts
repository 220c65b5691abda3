// Executors that do what a test says and nothing else; every batch they are given is checked by the contract.
import {
  type BatchResult,
  type ExecutionBatch,
  executionBatchSchema,
  type ExecutionResult,
} from '../../src/contract/execution.ts'
import type { Executor } from '../../src/ports.ts'

/** One request as the executor sees it. */
interface Request {
  readonly batch: ExecutionBatch
  readonly signal: AbortSignal
  /** Tells a result before the batch is over. */
  readonly tell: (result: ExecutionResult) => void
}

/** How one request is answered. */
export type Step = (request: Request) => Promise<BatchResult> | BatchResult

export interface ScriptedExecutor extends Executor {
  readonly requests: Request[]
}

/** Answers the requests in order; one more than was scripted is an error. */
export function scripted(...steps: readonly Step[]): ScriptedExecutor {
  const requests: Request[] = []
  return {
    requests,
    async run(batch, signal, onResult) {
      executionBatchSchema.parse(batch)
      const request: Request = { batch, signal, tell: (result) => onResult?.(result) }
      requests.push(request)
      const step = steps[requests.length - 1]
      if (step === undefined) throw new Error(`not scripted: request ${requests.length}`)
      return step(request)
    },
  }
}

export const compiled: Step = () => reply([])

/** Replies with the results, and tells none before. */
export function replies(...results: readonly ExecutionResult[]): Step {
  return () => reply(results)
}

/** Tells the results, then throws. */
export function breaks(error: Error, ...results: readonly ExecutionResult[]): Step {
  return ({ tell }) => {
    results.forEach(tell)
    throw error
  }
}

export function reply(results: readonly ExecutionResult[], log = ''): BatchResult {
  return { version: 1, compile: { ok: true, log, wallMs: 5 }, results: [...results] }
}

export function notCompiled(log: string): BatchResult {
  return { version: 1, compile: { ok: false, log, wallMs: 5 }, results: [] }
}

/**
 * A program by its results: input → the results of its runs, one after the other. Tells each at once, and stops as it
 * is told to. A run that is not scripted is an error.
 */
export function program(runs: Readonly<Record<string, readonly ExecutionResult[]>>): ScriptedExecutor & {
  /** The inputs of each request. */
  readonly inputs: string[][]
} {
  const left = new Map(Object.entries(runs).map(([input, results]) => [input, [...results]]))
  const requests: Request[] = []
  const inputs: string[][] = []
  return {
    requests,
    inputs,
    async run(batch, signal, onResult) {
      executionBatchSchema.parse(batch)
      requests.push({ batch, signal, tell: (result) => onResult?.(result) })
      inputs.push(batch.tests.map(({ input }) => input))
      const results: ExecutionResult[] = []
      for (const { input } of batch.tests) {
        await turn()
        signal.throwIfAborted()
        const result = left.get(input)?.shift()
        if (result === undefined) throw new Error(`not scripted: a further run with ${JSON.stringify(input)}`)
        results.push(result)
        onResult?.(result)
        const isClean = result.outcome === 'exited' && result.exitCode === 0
        if (batch.stopOnFirstFailure === true && !isClean) break
      }
      return reply(results)
    },
  }
}

/** A turn of the event loop, as every run takes with a real executor. */
export async function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** Rejects with the signal's reason, and resolves never. */
export async function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const refuse = (): void => {
      reject(signal.reason as Error)
    }
    if (signal.aborted) refuse()
    signal.addEventListener('abort', refuse, { once: true })
  })
}
