// Legal inputs from the spec: all tiny ones in order, random small and middle ones, and the smallest with every bound reached.
import type { InputSpec } from '../../contract/input-spec.ts'
import { coverage } from './coverage.ts'
import { add, type Int } from './int.ts'
import { type Choose, createRandom } from './random.ts'
import type { Profile } from './draw.ts'
import { makeSample } from './sample.ts'
import { variablesIn } from './variables.ts'

/** An input and what it is called, the same for the same spec on every machine. */
export interface NamedInput {
  readonly name: string
  readonly input: string
}

/** Most choices of one sample, and of all samples together. */
const mostChoices = 60_000
const mostSteps = 600_000

/** Every tiny input, smallest choices first, at most `limit`; sizes within 3 of their minimum, values from a window of 3. */
export function enumerateTiny(spec: InputSpec, limit: number): string[] {
  const inputs = new Set<string>()
  const profile: Profile = { sizes: { from: 0, span: 3 }, values: { window: 3 }, draws: 1, choices: mostChoices }
  // An odometer over the choices that the sampler makes: each pass replays a prefix and takes 0 for the rest.
  let path: { chosen: Int; count: Int }[] = []
  const spent = { steps: 0 }
  for (let pass = 0; pass < limit * 20 && inputs.size < limit && spent.steps < mostSteps; pass += 1) {
    let depth = 0
    const choose: Choose = (count) => {
      spent.steps += 1
      const step = path[depth] ?? { chosen: 0, count }
      step.count = count
      path[depth] = step
      depth += 1
      return step.chosen
    }
    const input = makeSample(spec, choose, profile)
    if (input !== undefined) inputs.add(input)
    path = path.slice(0, depth)
    while (path.length > 0) {
      const last = path.at(-1)
      if (last === undefined || add(last.chosen, 1) < last.count) break
      path.pop()
    }
    const last = path.at(-1)
    if (last === undefined) break
    last.chosen = add(last.chosen, 1)
  }
  return [...inputs]
}

/** Up to `count` different random inputs: small sizes, with values near zero, from the whole range, and from its ends. */
export function sampleSmall(spec: InputSpec, count: number, seed: string): string[] {
  const random = createRandom(seed)
  const inputs = new Set<string>()
  const spent = { steps: 0 }
  const choose: Choose = (possibilities) => {
    spent.steps += 1
    return random(possibilities)
  }
  for (let attempt = 0; attempt < count * 4 && inputs.size < count && spent.steps < mostSteps; attempt += 1) {
    const values: Profile['values'] =
      attempt % 4 < 2 ? { window: 10 } : attempt % 4 === 2 ? { window: 100 } : attempt % 8 === 3 ? 'whole' : 'ends'
    const sizes = { from: 0, span: 2 + (attempt % 6) }
    const input = makeSample(spec, choose, { sizes, values, draws: 50, choices: mostChoices })
    if (input !== undefined) inputs.add(input)
  }
  return [...inputs]
}

/** Up to `count` different random inputs whose sizes lie in a span above their minimum, as far as the spec allows. */
export function sampleMiddle(
  spec: InputSpec,
  count: number,
  seed: string,
  sizes: { least: bigint; most: bigint },
): string[] {
  const choose = createRandom(`${seed} ${sizes.most}`)
  const inputs = new Set<string>()
  const span = { from: Number(sizes.least), span: Number(sizes.most) }
  for (let attempt = 0; attempt < count * 2 && inputs.size < count; attempt += 1) {
    const values = attempt % 2 === 0 ? { window: 10 } : { window: 1_000 }
    const input = makeSample(spec, choose, { sizes: span, values, draws: 50, choices: mostChoices })
    if (input !== undefined) inputs.add(input)
  }
  return [...inputs]
}

/**
 * The smallest inputs with all values at their least, at their greatest and anywhere; then one small input for each end of a
 * variable that none of those has reached (`A-max`). Greatest sizes are what `largestInputs` is for.
 */
export function boundaryInputs(spec: InputSpec): NamedInput[] {
  const found: NamedInput[] = []
  const seen = new Set<string>()
  const keep = (name: string, input: string | undefined): void => {
    if (input !== undefined && seen.size !== seen.add(input).size) found.push({ name, input })
  }
  for (const [name, values] of [
    ['smallest-least', 'least'],
    ['smallest-greatest', 'greatest'],
    ['smallest-whole', 'whole'],
  ] as const) {
    keep(name, makeSample(spec, createRandom(name), { ...smallest, values }))
  }
  const reached = new Set<string>()
  const note = (input: string): void => {
    for (const { variable, minReached, maxReached } of coverage(spec, [input])) {
      if (minReached) reached.add(`${variable}-min`)
      if (maxReached) reached.add(`${variable}-max`)
    }
  }
  for (const { input } of found) note(input)
  for (const { name: variable, isSize, isSum } of variablesIn(spec)) {
    if (isSum) continue
    for (const end of isSize ? (['min'] as const) : (['min', 'max'] as const)) {
      const name = `${variable}-${end}`
      for (let attempt = 0; attempt < targetAttempts && !reached.has(name); attempt += 1) {
        const sizes = { from: 0, span: Math.floor(attempt / 3) }
        const values: Profile['values'] = attempt % 3 === 0 ? 'whole' : attempt % 3 === 1 ? 'least' : 'greatest'
        const profile: Profile = { ...smallest, sizes, values, target: { variable, end } }
        const input = makeSample(spec, createRandom(`${name} ${attempt}`), profile)
        if (input === undefined) continue
        const before = found.length
        if (reaches(spec, input, variable, end)) keep(name, input)
        if (found.length > before) note(input)
      }
    }
  }
  return found
}

const smallest = { sizes: { from: 0, span: 0 }, draws: 50, choices: mostChoices } as const

/** A variable may need a few rows or characters before it occurs at all. */
const targetAttempts = 24

function reaches(spec: InputSpec, input: string, variable: string, end: 'min' | 'max'): boolean {
  return coverage(spec, [input]).some(
    (one) => one.variable === variable && (end === 'min' ? one.minReached : one.maxReached),
  )
}
