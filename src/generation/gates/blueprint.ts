// G0 for every reply, and G2: the machine-readable spec comes first and everything said about the input agrees with it.
import type { InputSpec } from '../../contract/input-spec.ts'
import type { Artefact, Stage } from '../../contract/verification.ts'
import type { Draft } from '../draft.ts'
import { evaluate, SpecError } from '../spec/expression.ts'
import { boundaryInputs, enumerateTiny, sampleSmall } from '../spec/sampler.ts'
import { largestSize, validate } from '../spec/validator.ts'
import { excerpt, failed, type Gate, type GateVerdict, passed } from './gate.ts'
import { contradiction } from './numbers.ts'

/** G0: the reply is whole, ended as it should, and is exactly one object of the schema. */
export function replyParses(artefact: Artefact, stage: Stage): Gate {
  return {
    id: 'G0',
    stage,
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

export const specFirst: Gate = {
  id: 'G2',
  stage: 'blueprint',
  needs: ['task'],
  check: async ({ bench, request }) => {
    const { draft } = bench
    const blueprint = draft.get('blueprint')
    const { value: spec, issues } = draft.specOrIssues()
    const refuse = (evidence: string): GateVerdict => failed('bad-spec', evidence, ['blueprint'])
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

function checkRanges(spec: InputSpec, draft: Draft): GateVerdict {
  const refuse = (evidence: string): GateVerdict => failed('bad-spec', evidence, ['blueprint'])
  try {
    const oversized = largestInput(spec)
    if (oversized !== undefined) return refuse(oversized)
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
    if (thrown instanceof SpecError) return refuse(thrown.message)
    throw thrown
  }
}

function repeatedName(spec: InputSpec): string | undefined {
  const names = spec.blocks.flatMap((block) =>
    block.kind === 'line'
      ? block.fields.map(({ name }) => name)
      : block.kind === 'rows'
        ? [block.name, ...block.fields.map(({ name }) => name)]
        : [block.name],
  )
  return names.find((name, index) => names.indexOf(name) !== index)
}

/** Whether the largest input of the spec is beyond reason (tokens, all blocks together); says so in words. */
function largestInput(spec: InputSpec): string | undefined {
  const most = new Map<string, bigint>()
  let tokens = 0n
  for (const block of spec.blocks) {
    switch (block.kind) {
      case 'line':
        for (const field of block.fields) {
          if (field.type !== 'integer') continue
          const min = evaluate(field.min, most)
          const max = evaluate(field.max, most)
          if (max < min) return `${field.name}: the range ${field.min}..${field.max} is empty`
          most.set(field.name, max)
        }
        break
      case 'array':
      case 'permutation':
        tokens += evaluate(block.length, most)
        break
      case 'string':
        tokens += evaluate(block.maxLength, most) / 4n
        break
      case 'grid':
        tokens += (evaluate(block.rows, most) * evaluate(block.columns, most)) / 4n
        break
      case 'tree':
        tokens += evaluate(block.vertices, most) * 3n
        break
      case 'graph':
        tokens += evaluate(block.edges, most) * 3n
        break
      case 'rows':
        tokens += evaluate(block.count, most) * BigInt(block.fields.length)
        break
    }
  }
  // An input is read whole by the executor and stored with the problem: a few megabytes at most.
  const limit = BigInt(largestSize) / 5n
  return tokens > limit ? `the largest input has ${tokens} tokens; at most ${limit} are allowed` : undefined
}
