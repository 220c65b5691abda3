// What one owner's work on a run came to: lines in the log that find the run by its id, and figures for alarms and the dashboard.
import type { EventBody, FailureCode } from '../contract/events.ts'
import type { MetricName } from '../contract/metrics.ts'
import type { Stage } from '../contract/verification.ts'
import type { Lease, Ports, RunRecord } from '../ports.ts'
import type { Bill } from './books.ts'
import type { Progress } from './progress.ts'

/** How a run ended for who made it. */
export interface RunOutcome {
  /** What is handed over or lost goes on with another owner. */
  readonly how: 'completed' | 'failed' | 'cancelled' | 'handed-over' | 'lost'
  /** Of a failure. */
  readonly code?: FailureCode
  /** The terminal event when it could not be stored. */
  readonly unstored?: string
}

type Owned = Pick<RunRecord, 'problemId' | 'createdAt' | 'isOwnKey'> & { readonly lease: Lease }

const durations: Record<Stage, MetricName> = {
  blueprint: 'BlueprintDuration',
  programs: 'ProgramsDuration',
  proof: 'ProofDuration',
  statement: 'StatementDuration',
  publish: 'PublishDuration',
}

const counters: Record<RunOutcome['how'], MetricName | undefined> = {
  completed: 'RunsCompleted',
  failed: 'RunsFailed',
  cancelled: 'RunsCancelled',
  'handed-over': 'RunsHandedOver',
  // Counted by whoever took it.
  lost: undefined,
}

const nothing: Bill = { calls: 0, failedCalls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }

export class Measures {
  readonly #run: Owned
  readonly #ports: Pick<Ports, 'clock' | 'log'>
  readonly #begun = new Map<Stage, number>()
  readonly #values: Partial<Record<MetricName, number>> = {}
  #stage: Stage = 'blueprint'

  /** `earlier` is the progress that former owners told of. */
  constructor(run: Owned, earlier: readonly Progress[], ports: Pick<Ports, 'clock' | 'log'>) {
    this.#run = run
    this.#ports = ports
    for (const { stage, state, elapsedMs } of earlier) this.#enter(stage, state, elapsedMs)
    const isNew = run.lease.term === 1
    if (!isNew) this.#values['RunsTakenOver'] = 1
    ports.log.info('run begun', { problemId: run.problemId, owner: isNew ? 'new' : 'taken-over' })
  }

  /** An event that no former owner told of. */
  add(event: EventBody): void {
    if (event.type === 'gate' && event.outcome === 'failed') {
      this.#values['GatesFailed'] = (this.#values['GatesFailed'] ?? 0) + 1
    }
    if (event.type !== 'progress') return
    this.#enter(event.stage, event.state, event.elapsedMs)
    const begun = this.#begun.get(event.stage)
    if (event.state === 'done' && begun !== undefined) this.#values[durations[event.stage]] = event.elapsedMs - begun
  }

  /** The owner's work is over, and this is what the model took for it. */
  end({ how, code }: RunOutcome, { calls, failedCalls, inputTokens, outputTokens, costUsd }: Bill = nothing): void {
    const { problemId, createdAt, isOwnKey } = this.#run
    const { clock, log } = this.#ports
    const durationMs = Math.max(0, clock.now().getTime() - Date.parse(createdAt))
    const counter = counters[how]
    // With a key of one's own, money is none of our business.
    const ourUsd = isOwnKey ? 0 : costUsd
    log.metrics(
      {
        ...this.#values,
        ...(counter === undefined ? {} : { [counter]: 1 }),
        ...(how === 'completed' ? { RunDuration: durationMs } : {}),
        ModelCalls: calls,
        ModelCallsFailed: failedCalls,
        InputTokens: inputTokens,
        OutputTokens: outputTokens,
        CostUsd: ourUsd,
      },
      { problemId },
    )
    log.info('run ended', {
      problemId,
      outcome: how,
      ...(code === undefined ? {} : { code }),
      stage: this.#stage,
      durationMs,
      modelCalls: calls,
      costUsd: ourUsd,
    })
  }

  #enter(stage: Stage, state: string, elapsedMs: number): void {
    this.#stage = stage
    if (state === 'started' && !this.#begun.has(stage)) this.#begun.set(stage, elapsedMs)
  }
}
