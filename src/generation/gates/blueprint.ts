// G0 for every reply, and G2: the machine-readable spec comes first and everything said about the input agrees with it.
import type { InputSpec } from '../../contract/input-spec.ts'
import type { Artefact } from '../../contract/verification.ts'
import type { Draft } from '../draft.ts'
import { mostPrintedBytes } from '../programs.ts'
import { specInputs } from '../spec/families.ts'
import type { Step } from '../steps.ts'
import { SpecError } from '../spec/expression.ts'
import { boundaryInputs, enumerateTiny, sampleSmall } from '../spec/sampler.ts'
import { validate } from '../spec/validator.ts'
import { EmptyRangeError, namesOf, tokensAt } from '../spec/variables.ts'
import { excerpt, failed, type Gate, type GateVerdict, passed } from './gate.ts'
import { contradiction } from './numbers.ts'

/** G0: the reply is whole, ended as it should, and is exactly one object of the schema. */
export function replyParses(artefact: Artefact, step: Step): Gate {
  return {
    id: 'G0',
    step,
    subject: artefact,
    needs: ['reply'],
    check: async ({ bench }) => {
      const issues = bench.draft.issues(artefact)
      return issues.length === 0
        ? passed(`${artefact}: one object of the schema, ${bench.draft.reply(artefact)?.text.length ?? 0} characters`)
        : failed('bad-reply', `${artefact}: ${issues[0]}`, [artefact], { issues })
    },
  }
}

/** An input is read whole by the executor and stored with the problem: a few megabytes at most. */
const mostTokens = 1_000_000n
/** Hundreds of inputs of the smallest sizes are made and run. */
const mostTokensOfSmallest = 2_000n

export const specFirst: Gate = {
  id: 'G2',
  step: 'blueprint',
  needs: ['task'],
  check: async ({ bench, request }) => {
    const { draft } = bench
    const blueprint = draft.get('blueprint')
    const { value: spec, issues } = draft.specOrIssues()
    if (spec === undefined) return refuse(`input: ${issues.join('; ')}`)
    if (request.topic !== undefined && blueprint.algorithm_type !== request.topic) {
      return refuse(`asked for ${request.topic}, the blueprint is about ${blueprint.algorithm_type}`)
    }
    if (request.level !== undefined && blueprint.difficulty !== request.level) {
      return refuse(`asked for ${request.level}, the blueprint is labelled ${blueprint.difficulty}`)
    }
    const duplicate = repeatedName(spec)
    if (duplicate !== undefined) return refuse(`the variable ${duplicate} is given twice`)
    const disagreement = contradiction(`${blueprint.task}\n${blueprint.output}`, spec)
    if (disagreement !== undefined) return refuse(disagreement)
    return checkRanges(spec, draft)
  },
}

function refuse(evidence: string): GateVerdict {
  return failed('bad-spec', evidence, ['blueprint'])
}

function checkRanges(spec: InputSpec, draft: Draft): GateVerdict {
  try {
    const unreasonable = unreasonableSize(spec)
    if (unreasonable !== undefined) return refuse(unreasonable)
    const inputs = [
      ...enumerateTiny(spec, 40),
      ...sampleSmall(spec, 40, draft.samplerSeed),
      ...boundaryInputs(spec).map(({ input }) => input),
    ]
    if (inputs.length < 5) return refuse(`only ${inputs.length} legal inputs can be made from the spec`)
    for (const input of inputs) {
      const validity = validate(spec, input)
      if (!validity.ok) return refuse(`the spec refuses its own input ${excerpt(input)}: ${validity.message}`)
    }
    return passed(
      `${spec.blocks.length} blocks; ${inputs.length} inputs made from the spec are accepted by its validator`,
    )
  } catch (thrown) {
    if (thrown instanceof SpecError || thrown instanceof EmptyRangeError) return refuse(thrown.message)
    throw thrown
  }
}

function repeatedName(spec: InputSpec): string | undefined {
  const names = namesOf(spec)
  return names.find((name, index) => names.indexOf(name) !== index)
}

/** Says in words what is beyond reason about the sizes of inputs; undefined when nothing is. */
function unreasonableSize(spec: InputSpec): string | undefined {
  const largest = tokensAt(spec, 'max')
  if (largest > mostTokens) return `the largest input has about ${largest} tokens; at most ${mostTokens} are allowed`
  const bytes = Math.max(0, ...specInputs(spec, 'largest').map(({ input }) => input.length))
  if (bytes > mostPrintedBytes)
    return `the largest input has ${megabytes(bytes)} MB; at most ${megabytes(mostPrintedBytes)} can be made`
  const smallest = tokensAt(spec, 'min')
  return smallest > mostTokensOfSmallest
    ? `the smallest input has about ${smallest} tokens; sizes have to start small, so that everything can be tried`
    : undefined
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
