// How a pipeline is ended from anywhere inside.
import type { FailureCode } from '../contract/events.ts'

/** Ends the run as `failed`. The message is its last line of evidence. */
export class PipelineFailure extends Error {
  override readonly name = 'PipelineFailure'
  readonly code: FailureCode
  readonly retryable: boolean

  constructor(code: FailureCode, retryable: boolean, evidence: string) {
    super(evidence)
    this.code = code
    this.retryable = retryable
  }
}
