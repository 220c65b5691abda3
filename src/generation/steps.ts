// The steps of a run, in order. Readers see stages; the statement's has two steps, for a solver needs a statement.
import type { Stage } from '../contract/verification.ts'

export const steps = ['blueprint', 'programs', 'proof', 'statement', 'solving', 'publish'] as const
export type Step = (typeof steps)[number]

/** The stage that a step belongs to. */
export function stageOf(step: Step): Stage {
  return step === 'solving' ? 'statement' : step
}
