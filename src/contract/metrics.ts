// Every metric of ours: what functions emit, and what alarms and the dashboard may name.

/** Namespace in CloudWatch. Metrics are written into the log in the embedded metric format. */
export const metricsNamespace = 'Alpaco'

/** The dimensions of every metric: which function it comes from (`generator`, `sweeper`, `executor`) and the stage of the deployment. */
export const metricDimensions = ['service', 'stage'] as const

/** Units of CloudWatch. */
export type MetricUnit = 'Count' | 'Milliseconds' | 'None'

interface Metric {
  readonly unit: MetricUnit
  /** Functions that emit it, as the value of the dimension `service`. */
  readonly services: readonly ('generator' | 'sweeper' | 'executor')[]
  readonly meaning: string
}

/** Functions that make runs. */
const makers = ['generator', 'sweeper'] as const

/** Name → unit, who emits it, meaning. */
export const metrics = {
  RunsCompleted: { unit: 'Count', services: makers, meaning: 'Runs that ended with a problem' },
  RunsFailed: { unit: 'Count', services: makers, meaning: 'Runs that ended without one, by no wish of their creator' },
  RunsCancelled: { unit: 'Count', services: makers, meaning: 'Runs that their creator ended' },
  RunsHandedOver: {
    unit: 'Count',
    services: makers,
    meaning: 'Runs given up near the end of a function, for another to go on with',
  },
  RunsTakenOver: { unit: 'Count', services: makers, meaning: 'Runs gone on with that another function began' },
  OrphanedRuns: {
    unit: 'Count',
    services: ['sweeper'],
    meaning: 'Runs whose owner was gone without a word when a sweep found them',
  },
  RunDuration: {
    unit: 'Milliseconds',
    services: makers,
    meaning: 'From the request to the last event of a completed run',
  },
  BlueprintDuration: { unit: 'Milliseconds', services: makers, meaning: 'The stage blueprint, repairs included' },
  ProgramsDuration: { unit: 'Milliseconds', services: makers, meaning: 'The stage programs, repairs included' },
  ProofDuration: { unit: 'Milliseconds', services: makers, meaning: 'The stage proof, repairs included' },
  StatementDuration: { unit: 'Milliseconds', services: makers, meaning: 'The stage statement, repairs included' },
  PublishDuration: { unit: 'Milliseconds', services: makers, meaning: 'The stage publish' },
  GatesFailed: {
    unit: 'Count',
    services: makers,
    meaning: 'Gates that were not passed; each is followed by a repair or the end',
  },
  ModelCalls: { unit: 'Count', services: makers, meaning: 'Calls of the model, whatever their outcome' },
  ModelCallsFailed: { unit: 'Count', services: makers, meaning: 'Calls of the model without a whole reply' },
  InputTokens: { unit: 'Count', services: makers, meaning: 'Tokens of prompts, as the provider counted them' },
  OutputTokens: { unit: 'Count', services: makers, meaning: 'Tokens of replies, those of thinking included' },
  CostUsd: { unit: 'None', services: makers, meaning: 'What the model cost, in US dollars' },
  FirstByte: {
    unit: 'Milliseconds',
    services: ['generator'],
    meaning: 'From the request to the first byte of its answer',
  },
  QuotaRefusals: { unit: 'Count', services: ['generator'], meaning: 'Requests refused because a quota is used up' },
  ExecutorTierTooLow: {
    unit: 'Count',
    services: ['executor'],
    meaning: 'Starts of the sandbox below the tier that is asked for; nothing was run',
  },
} as const satisfies Readonly<Record<string, Metric>>

export type MetricName = keyof typeof metrics
