// Guesses a spec from inputs: which lines repeat, and which earlier number says how often.
import { type InputSpec, inputSpecSchema, type LeafBlock } from '../../contract/input-spec.ts'
import { SpecError } from './expression.ts'
import { Guess } from './infer-blocks.ts'
import { type Line, roundUp } from './infer-values.ts'
import { sampleSmall } from './sampler.ts'
import { validate } from './validator.ts'
import { everyBlock } from './variables.ts'

/** Most guesses that are tried before giving up. */
const mostGuesses = 3_000
/** Longer lists of blocks explain nothing, they retell the input. */
const mostBlocks = 12

/**
 * A spec that accepts all inputs: sizes are explained by earlier numbers, values bounded by what was seen, widened to powers
 * of ten, and structure (trees, simple graphs, permutations, order) is assumed where all inputs have it. Undefined when no
 * structure explains all of them.
 */
export function inferSpec(inputs: readonly string[]): InputSpec | undefined {
  const texts = inputs.map((input) => linesOf(input))
  if (texts.length === 0 || texts.some((lines) => lines === undefined || lines.length === 0)) return undefined
  const known = texts.flatMap((lines) => (lines === undefined ? [] : [lines]))
  const plain = whole(known, inputs)
  const cases = inCases(known, inputs)
  // Either may retell what the other explains: the shorter one is the likelier.
  return cases !== undefined && (plain === undefined || everyBlock(cases).length < everyBlock(plain).length)
    ? cases
    : plain
}

function linesOf(input: string): Line[] | undefined {
  if (!input.endsWith('\n')) return undefined
  const lines = input.slice(0, -1).split('\n')
  const isClean = lines.every((line) => line === '' || /^[!-~]+(?: [!-~]+)*$/.test(line))
  return isClean ? lines.map((line) => (line === '' ? [] : line.split(' '))) : undefined
}

function whole(texts: readonly (readonly Line[])[], inputs: readonly string[]): InputSpec | undefined {
  return explain(texts, (blocks) => checked({ version: 1, blocks }, inputs))
}

/** The first number counts cases of the same number of lines each. */
function inCases(texts: readonly (readonly Line[])[], inputs: readonly string[]): InputSpec | undefined {
  const counts = texts.map(([first]) =>
    first?.length === 1 && /^[1-9]\d{0,6}$/.test(first[0] ?? '') ? Number(first[0]) : 0,
  )
  const height = ((texts[0]?.length ?? 0) - 1) / (counts[0] ?? 0)
  const isEven = texts.every((lines, index) => (counts[index] ?? 0) * height === lines.length - 1)
  if (!Number.isInteger(height) || height < 1 || !isEven) return undefined
  const cases = texts.flatMap((lines, index) =>
    Array.from({ length: counts[index] ?? 0 }, (_, at) => lines.slice(1 + at * height, 1 + (at + 1) * height)),
  )
  const most = Math.max(...counts)
  return explain(cases, (blocks) => {
    const name = Guess.freeName(blocks, ['T', 'cases', 'testCases'])
    const max = roundUp(most)
    return checked({ version: 1, blocks: [{ kind: 'cases', name, min: '1', max, sums: [], blocks }] }, inputs)
  })
}

/** Goes through explanations of all texts, the most telling first, until one is accepted. */
function explain(
  texts: readonly (readonly Line[])[],
  accept: (blocks: LeafBlock[]) => InputSpec | undefined,
): InputSpec | undefined {
  let guesses = 0
  const search = (guess: Guess): InputSpec | undefined => {
    guesses += 1
    if (guesses > mostGuesses || guess.blocks.length > mostBlocks) return undefined
    if (guess.isComplete) return accept([...guess.blocks])
    for (const next of guess.next()) {
      const found = search(next)
      if (found !== undefined) return found
    }
    return undefined
  }
  return search(Guess.start(texts))
}

function checked(candidate: unknown, inputs: readonly string[]): InputSpec | undefined {
  const { data: spec } = inputSpecSchema.safeParse(candidate)
  if (spec === undefined) return undefined
  try {
    const accepts = inputs.every((input) => validate(spec, input).ok)
    return accepts && sampleSmall(spec, 3, 'infer').length > 0 ? spec : undefined
  } catch (thrown) {
    if (thrown instanceof SpecError) return undefined
    throw thrown
  }
}
