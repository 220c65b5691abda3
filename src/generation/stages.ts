// The pipeline as data: what is written in each step, what each writer is told, and the gates in the order they run.
import type { GenerationRequest } from '../contract/generation.ts'
import type { Artefact } from '../contract/verification.ts'
import type { Draft } from './draft.ts'
import { bruteForceAgrees, checkerIsGood, oneRightAnswer, samplesAreTrue } from './gates/agreement.ts'
import { replyParses, specFirst } from './gates/blueprint.ts'
import { difficultyIsMeasured } from './gates/difficulty.ts'
import type { Gate } from './gates/gate.ts'
import { generatorsAreHonest, inputsAreValid, validatorIsGood } from './gates/inputs.ts'
import { behaviourIsNew, taskIsNew } from './gates/novelty.ts'
import { sourceIsSane } from './gates/programs.ts'
import { bytesAreRejudged, evidenceIsComplete } from './gates/publish.ts'
import { outputsAreClean, referenceIsDeterministic, referenceRuns } from './gates/reference.ts'
import { languagesAgree, solverVotes, statementSuffices } from './gates/solver.ts'
import { statementMatchesData } from './gates/statement.ts'
import { mutantsDie, slowIdeasDie, spaceIsCovered, wrongIdeasDie } from './gates/strength.ts'
import { constraintsText, inputFormatText } from './spec/text.ts'
import type { Step } from './steps.ts'
import { samples } from './suite/suite.ts'
import { measuredLimits } from './suite/limits.ts'
import type { Workbench } from './workbench.ts'

/** A part that a model writes. `brief` is all its writer gets to see; a changed brief makes the part stale. */
export interface Writer {
  readonly artefact: Artefact
  readonly step: Step
  /** Whether this draft has the part at all; always, when left out. */
  isNeeded?(draft: Draft): boolean
  brief(request: GenerationRequest, bench: Workbench): Promise<Record<string, unknown>>
}

/** Writers of one step are asked side by side and do not see each other's work. */
export const writers: readonly Writer[] = [
  {
    artefact: 'blueprint',
    step: 'blueprint',
    brief: async (request) => ({
      request: { topic: request.topic, level: request.level, language: request.language, wish: request.prompt },
    }),
  },
  {
    artefact: 'reference',
    step: 'programs',
    brief: async (_request, bench) => {
      const { intended_approach, intended_complexity } = bench.draft.get('blueprint')
      return { blueprint: { ...task(bench), intended_approach, intended_complexity } }
    },
  },
  { artefact: 'brute-force', step: 'programs', brief: async (_request, bench) => ({ blueprint: task(bench) }) },
  { artefact: 'generator', step: 'programs', brief: async (_request, bench) => ({ blueprint: task(bench) }) },
  {
    artefact: 'wrong-solutions',
    step: 'programs',
    brief: async (_request, bench) => {
      const { difficulty } = bench.draft.get('blueprint')
      return { blueprint: { ...task(bench), difficulty } }
    },
  },
  {
    artefact: 'checker',
    step: 'programs',
    isNeeded: (draft) => draft.needsChecker,
    brief: async (_request, bench) => ({ blueprint: task(bench) }),
  },
  {
    artefact: 'statement',
    step: 'statement',
    brief: async (request, bench) => ({ blueprint: { ...task(bench), ...(await proven(request, bench)) } }),
  },
  {
    artefact: 'solver',
    step: 'solving',
    brief: async (request, bench) => {
      const { title, description, output_format } = bench.draft.get('statement')
      const { timeMs, memoryBytes } = await measuredLimits(bench)
      const limits = { time_ms: timeMs, memory_mib: memoryBytes / 1024 / 1024 }
      return { problem: { title, description, output_format, ...(await proven(request, bench)), limits } }
    },
  },
]

/** The task as every writer may know it: no approach, no samples, nobody's program. */
function task(bench: Workbench): Record<string, unknown> {
  const { slug, title, task, output, input, comparison, tolerance } = bench.draft.get('blueprint')
  return { slug, title, task, output, input, comparison, tolerance }
}

/** What was proved and is added to the statement by program. */
async function proven(request: GenerationRequest, bench: Workbench): Promise<Record<string, unknown>> {
  return {
    input_format: inputFormatText(bench.draft.spec, request.locale),
    constraints: constraintsText(bench.draft.spec, request.locale),
    samples: await samples(bench),
  }
}

/** A gate about the checker has nothing to do where there is none. */
function whereNeeded(gate: Gate): Gate {
  return { ...gate, applies: (draft) => draft.needsChecker }
}

/** Every gate there is, in the order they run: cheap ones first, and each after what it builds on. */
export const allGates: readonly Gate[] = [
  replyParses('blueprint', 'blueprint'),
  specFirst,
  taskIsNew,
  replyParses('reference', 'programs'),
  replyParses('brute-force', 'programs'),
  replyParses('generator', 'programs'),
  replyParses('wrong-solutions', 'programs'),
  whereNeeded(replyParses('checker', 'programs')),
  sourceIsSane('reference'),
  sourceIsSane('brute-force'),
  sourceIsSane('generator'),
  sourceIsSane('wrong-solutions'),
  whereNeeded(sourceIsSane('checker')),
  validatorIsGood,
  generatorsAreHonest,
  inputsAreValid,
  referenceRuns,
  referenceIsDeterministic,
  outputsAreClean,
  checkerIsGood,
  oneRightAnswer,
  samplesAreTrue,
  bruteForceAgrees,
  behaviourIsNew,
  spaceIsCovered,
  mutantsDie,
  wrongIdeasDie,
  difficultyIsMeasured,
  slowIdeasDie,
  replyParses('statement', 'statement'),
  statementMatchesData,
  replyParses('solver', 'solving'),
  sourceIsSane('solver', 'solving'),
  solverVotes,
  statementSuffices,
  languagesAgree,
  evidenceIsComplete,
  bytesAreRejudged,
]
