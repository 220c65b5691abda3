// What a gate is: data and one check. A gate is passed by executing code or comparing data, never by a model's opinion.
import type { Artefact, GateId } from '../../contract/verification.ts'
import type { GenerationRequest } from '../../contract/generation.ts'
import type { SimilarityIndex } from '../../ports.ts'
import type { Draft, Facet } from '../draft.ts'
import type { Step } from '../steps.ts'
import type { Workbench } from '../workbench.ts'
import type { Publication } from '../publication.ts'

/** What a gate may look at. */
interface GateContext {
  readonly bench: Workbench
  readonly request: GenerationRequest
  /** How often it has failed in this run. */
  readonly failures: number
  /** The stored problems. */
  readonly similar: Pick<SimilarityIndex, 'near'>
  /** The problem as it would leave now, with the evidence so far. */
  readonly publication: () => Promise<Publication>
}

export type GateVerdict =
  | { readonly outcome: 'passed'; readonly evidence: string }
  | {
      readonly outcome: 'failed'
      /** Short stable word. */
      readonly reason: string
      readonly evidence: string
      /** What to write again; nothing: no repair can help. */
      readonly blame: readonly Artefact[]
      /** Shown to the repair, beside the evidence. */
      readonly finding?: Record<string, unknown>
      /** Another witness is heard before anything is repaired: not one of the repairs that a step has. */
      readonly isOpinion?: true
    }

export interface Gate {
  readonly id: GateId
  readonly step: Step
  /** What one of several gates of the same id is about. */
  readonly subject?: Artefact
  /** A pass holds while these are unchanged. */
  readonly needs: readonly Facet[]
  /** Whether there is anything to check in this draft; always, when left out. */
  applies?(draft: Draft): boolean
  check(context: GateContext): Promise<GateVerdict>
}

export function passed(evidence: string): GateVerdict {
  return { outcome: 'passed', evidence }
}

export function failed(
  reason: string,
  evidence: string,
  blame: readonly Artefact[],
  finding?: Record<string, unknown>,
): GateVerdict {
  return { outcome: 'failed', reason, evidence, blame, ...(finding === undefined ? {} : { finding }) }
}

/** A text short enough for one line of evidence. */
export function excerpt(text: string, length = 80): string {
  const line = JSON.stringify(text)
  return line.length > length ? `${line.slice(0, length)}…` : line
}
