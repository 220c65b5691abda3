// G0 for every reply, and G2: the machine-readable spec comes first and everything said about the input agrees with it.
import type { Field, InputSpec } from '../../contract/input-spec.ts'
import type { Artefact } from '../../contract/verification.ts'
import type { Draft } from '../draft.ts'
import type { Step } from '../steps.ts'
import { evaluate, SpecError } from '../spec/expression.ts'
import { boundaryInputs, enumerateTiny, sampleSmall } from '../spec/sampler.ts'
import { validate } from '../spec/validator.ts'
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
const charactersPerToken = 4n

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

/** Says in words what is beyond reason about the sizes of inputs; undefined when nothing is. */
function unreasonableSize(spec: InputSpec): string | undefined {
  const largest = tokensAt(spec, 'max')
  if (typeof largest === 'string') return largest
  if (largest > mostTokens) return `the largest input has about ${largest} tokens; at most ${mostTokens} are allowed`
  const smallest = tokensAt(spec, 'min')
  if (typeof smallest === 'string') return smallest
  return smallest > mostTokensOfSmallest
    ? `the smallest input has about ${smallest} tokens; sizes have to start small, so that everything can be tried`
    : undefined
}

/** About how much an input takes to make, in tokens, with every integer at that end of its range; words when a range is empty. */
function tokensAt(spec: InputSpec, end: 'min' | 'max'): bigint | string {
  const scope = new Map<string, bigint>()
  let tokens = 0n
  for (const block of spec.blocks) {
    switch (block.kind) {
      case 'line': {
        const line = fieldTokens(block.fields, scope, end)
        if (typeof line === 'string') return line
        tokens += line
        break
      }
      case 'array':
      case 'permutation':
        tokens += evaluate(block.length, scope)
        break
      case 'string':
        tokens += wordTokens(block, scope, end)
        break
      case 'grid':
        tokens += evaluate(block.rows, scope) * (1n + evaluate(block.columns, scope) / charactersPerToken)
        break
      case 'tree':
        tokens += evaluate(block.vertices, scope) * 3n
        break
      case 'graph':
        tokens += evaluate(block.vertices, scope) + evaluate(block.edges, scope) * 3n
        break
      case 'rows': {
        const row = fieldTokens(block.fields, new Map(scope), end)
        if (typeof row === 'string') return row
        tokens += evaluate(block.count, scope) * row
        break
      }
    }
  }
  return tokens
}

/** Tokens of one line of fields; their integers are put into the scope. */
function fieldTokens(fields: readonly Field[], scope: Map<string, bigint>, end: 'min' | 'max'): bigint | string {
  let tokens = 0n
  for (const field of fields) {
    if (field.type === 'word') {
      tokens += wordTokens(field, scope, end)
      continue
    }
    const min = evaluate(field.min, scope)
    const max = evaluate(field.max, scope)
    if (max < min) return `${field.name}: the range ${field.min}..${field.max} is empty`
    scope.set(field.name, end === 'min' ? min : max)
    tokens += 1n
  }
  return tokens
}

function wordTokens(
  word: { minLength: string; maxLength: string },
  scope: Map<string, bigint>,
  end: 'min' | 'max',
): bigint {
  return 1n + evaluate(end === 'min' ? word.minLength : word.maxLength, scope) / charactersPerToken
}
