// The pipeline as data: stages, what is written in each, what each writer is told, and the gates in the order they run.
import type { GenerationRequest } from '../contract/generation.ts'
import type { Artefact, Stage } from '../contract/verification.ts'
import { replyParses, specFirst } from './gates/blueprint.ts'
import type { Gate } from './gates/gate.ts'
import { proofGates } from './gates/proof.ts'
import { sourceIsSane } from './gates/programs.ts'
import { bytesAreRejudged, evidenceIsComplete } from './gates/publish.ts'
import { statementMatchesData } from './gates/statement.ts'
import { constraintsText, inputFormatText } from './spec/text.ts'
import type { Workbench } from './workbench.ts'

/** A part that a model writes. `brief` is all its writer gets to see; a changed brief makes the part stale. */
export interface Writer {
  readonly artefact: Artefact
  readonly stage: Stage
  brief(request: GenerationRequest, bench: Workbench): Promise<Record<string, unknown>>
}

/** Writers of one stage are asked side by side and do not see each other's work. */
export const writers: readonly Writer[] = [
  {
    artefact: 'blueprint',
    stage: 'blueprint',
    brief: async (request) => ({
      request: { topic: request.topic, level: request.level, language: request.language, wish: request.prompt },
    }),
  },
  {
    artefact: 'reference',
    stage: 'programs',
    brief: async (_request, bench) => {
      const { intended_approach, intended_complexity } = bench.draft.get('blueprint')
      return { blueprint: { ...task(bench), intended_approach, intended_complexity } }
    },
  },
  { artefact: 'brute-force', stage: 'programs', brief: async (_request, bench) => ({ blueprint: task(bench) }) },
  { artefact: 'generator', stage: 'programs', brief: async (_request, bench) => ({ blueprint: task(bench) }) },
  {
    artefact: 'statement',
    stage: 'statement',
    brief: async (request, bench) => {
      const proven = {
        input_format: inputFormatText(bench.draft.spec, request.locale),
        constraints: constraintsText(bench.draft.spec, request.locale),
        samples: await bench.samples(),
      }
      return { blueprint: { ...task(bench), ...proven } }
    },
  },
]

/** The task as every writer may know it: no approach, no samples, nobody's program. */
function task(bench: Workbench): Record<string, unknown> {
  const { slug, title, task, output, input } = bench.draft.get('blueprint')
  return { slug, title, task, output, input }
}

/** Every gate there is, in the order they run. */
export const allGates: readonly Gate[] = [
  replyParses('blueprint', 'blueprint'),
  specFirst,
  replyParses('reference', 'programs'),
  replyParses('brute-force', 'programs'),
  replyParses('generator', 'programs'),
  sourceIsSane('reference'),
  sourceIsSane('brute-force'),
  sourceIsSane('generator'),
  ...proofGates,
  replyParses('statement', 'statement'),
  statementMatchesData,
  evidenceIsComplete,
  bytesAreRejudged,
]
