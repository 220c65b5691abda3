// Inputs made from a spec, by family and name: stored tests keep only those two and are made again byte for byte.
import type { InputSpec } from '../../contract/input-spec.ts'
import { SpecError } from './expression.ts'
import { createRandom } from './random.ts'
import type { Profile } from './draw.ts'
import { makeSample } from './sample.ts'
import { boundaryInputs, enumerateTiny, type NamedInput, sampleMiddle, sampleSmall } from './sampler.ts'
import { EmptyRangeError, tokensAt } from './variables.ts'

/** From the smallest to the largest. */
export const inputFamilies = ['boundary', 'tiny', 'small', 'middle', 'largest'] as const
export type InputFamily = (typeof inputFamilies)[number]

const counts = { tiny: 250, small: 250, middle: 12 } as const

/** Spans of sizes above the minimum, smallest first. */
const middleSizes = [
  { least: 8n, most: 14n },
  { least: 15n, most: 40n },
  { least: 41n, most: 100n },
] as const

/** Larger inputs are nobody's test. */
const mostTokens = 1_500_000n

/** All inputs of a family. The same names and bytes for the same spec, on every run and every machine. */
export function specInputs(spec: InputSpec, family: InputFamily): NamedInput[] {
  switch (family) {
    case 'boundary':
      return boundaryInputs(spec)
    case 'tiny':
      return numbered('tiny', enumerateTiny(spec, counts.tiny))
    case 'small':
      return numbered('small', sampleSmall(spec, counts.small, 'small'))
    case 'middle': {
      const inputs = middleSizes.flatMap((sizes) => sampleMiddle(spec, counts.middle, 'middle', sizes))
      return numbered('middle', [...new Set(inputs)])
    }
    case 'largest':
      return largestInputs(spec, 'largest')
  }
}

/**
 * Inputs of maximum size: every size at its greatest; values at their least (trees are paths), at their greatest (stars),
 * random, and all equal. Empty when there is none or it would be too large to use.
 */
export function largestInputs(spec: InputSpec, seed: string): NamedInput[] {
  if (!isUsable(spec)) return []
  const plans: readonly [name: string, values: Profile['values'], cases: 'many' | 'few'][] = [
    ['largest-least', 'least', 'many'],
    ['largest-greatest', 'greatest', 'few'],
    ['largest-random', 'whole', 'few'],
    ['largest-equal', 'equal', 'many'],
  ]
  const seen = new Set<string>()
  return plans.flatMap(([name, values, cases]) => {
    const profile: Profile = { sizes: 'maximum', values, cases, draws: 1_000, choices: 20_000_000 }
    const input = makeSample(spec, createRandom(`${seed} ${name}`), profile)
    return input === undefined || seen.size === seen.add(input).size ? [] : [{ name, input }]
  })
}

function isUsable(spec: InputSpec): boolean {
  try {
    return tokensAt(spec, 'max') <= mostTokens
  } catch (thrown) {
    if (thrown instanceof SpecError || thrown instanceof EmptyRangeError) return false
    throw thrown
  }
}

function numbered(family: string, inputs: readonly string[]): NamedInput[] {
  return inputs.map((input, index) => ({ name: `${family}-${index + 1}`, input }))
}
