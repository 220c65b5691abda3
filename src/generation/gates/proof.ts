// G3 to G9: the validator, the inputs, the generators, the reference and the samples, each proved by execution.
import type { Artefact } from '../../contract/verification.ts'
import { nearMisses } from '../spec/near-miss.ts'
import { boundaryInputs, enumerateTiny, sampleMiddle, sampleSmall } from '../spec/sampler.ts'
import { validate } from '../spec/validator.ts'
import {
  describeRun,
  hashSeeds,
  isClean,
  middleLimits,
  problemLimits,
  sameTokens,
  solutionLimits,
  tinyLimits,
  type Workbench,
} from '../workbench.ts'
import { excerpt, failed, type Gate, type GateVerdict, passed } from './gate.ts'

/** How many tiny inputs are enumerated and how many small ones are drawn for the brute-force comparison. */
/** Enough near-misses of enough inputs; a spec with hundreds of variables makes hundreds of thousands. */
const mostNearMisses = 10_000

/** An input of one number has one largest case; its strategy cannot vary. */
const singleValueLength = 24

const agreement = { tiny: 250, random: 250, first: 40, leastCompared: 40, middle: 12 }
/** Spans of sizes above the minimum, smallest first. */
const middleSizes = [
  { least: 8n, most: 14n },
  { least: 15n, most: 40n },
  { least: 41n, most: 100n },
] as const

const validatorIsGood: Gate = {
  id: 'G3',
  stage: 'proof',
  needs: ['task', 'illegal-inputs'],
  check: async ({ bench }) => {
    const { spec } = bench.draft
    const legal = [
      ...enumerateTiny(spec, 60).slice(-30),
      ...sampleSmall(spec, 30, `near ${bench.draft.samplerSeed}`),
      ...boundaryInputs(spec).map(({ input }) => input),
    ]
    let refused = 0
    for (const input of legal) {
      if (refused > mostNearMisses) break
      const validity = validate(spec, input)
      if (!validity.ok)
        return failed('refuses-legal', `refuses its own ${excerpt(input)}: ${validity.message}`, ['blueprint'])
      for (const miss of nearMisses(spec, input)) {
        if (validate(spec, miss.input).ok) {
          return failed('accepts-illegal', `accepts ${miss.name}: ${excerpt(miss.input)}`, ['blueprint'], {
            accepted: miss.input,
            near_miss: miss.name,
            advice: 'the spec leaves room for this; tighten the alphabet, the lengths or the bounds',
          })
        }
        refused += 1
      }
    }
    for (const { input, reason } of bench.draft.get('blueprint').illegal_inputs) {
      const text = input.replaceAll('\r\n', '\n')
      if (validate(spec, text.endsWith('\n') ? text : `${text}\n`).ok) {
        return failed(
          'accepts-illegal',
          `accepts an input the blueprint calls illegal (${reason.slice(0, 80)}): ${excerpt(input)}`,
          ['blueprint'],
          {
            accepted: input,
            reason,
          },
        )
      }
      refused += 1
    }
    return passed(`accepts ${legal.length} legal inputs, refuses ${refused} near-misses`)
  },
}

const generatorsAreHonest: Gate = {
  id: 'G5',
  stage: 'proof',
  needs: ['generator'],
  check: async ({ bench }) => {
    const blame: readonly Artefact[] = ['generator']
    const { strategies } = bench.draft.get('generator')
    for (const kind of ['random', 'maximum'] as const) {
      if (!strategies.some((strategy) => strategy.kind === kind))
        return failed('no-strategy', `no ${kind} strategy`, blame)
    }
    const [runs, again] = await Promise.all([
      bench.generatorRuns(hashSeeds.ordinary),
      bench.generatorRuns(hashSeeds.other),
    ])
    for (const [index, run] of runs.entries()) {
      const name = `${run.strategy} ${run.seed}`
      if (!isClean(run.result)) return failed('generator-fails', `${name}: ${describeRun(run.result)}`, blame)
      if (run.result.stdout.trim() === '') return failed('generator-fails', `${name} prints nothing`, blame)
      if (again[index]?.result.stdout !== run.result.stdout) {
        return failed('not-replayable', `${name} prints other bytes under another hash seed`, blame)
      }
    }
    for (const { name, kind } of strategies) {
      const outputs = runs.filter((run) => run.strategy === name).map((run) => run.result.stdout)
      const single = kind !== 'random' && outputs.every((output) => output.length <= singleValueLength)
      if (new Set(outputs).size < 2 && !single)
        return failed('ignores-seed', `${name} prints the same for every seed`, blame)
    }
    return passed(
      `${strategies.length} strategies, ${runs.length} runs replayed under another hash seed, byte for byte`,
    )
  },
}

const inputsAreValid: Gate = {
  id: 'G4',
  stage: 'proof',
  needs: ['task', 'samples', 'generator'],
  check: async ({ bench }) => {
    const { spec } = bench.draft
    for (const [index, { input }] of bench.claimedSamples.entries()) {
      const validity = validate(spec, input)
      if (!validity.ok) {
        const where = `line ${validity.line}, column ${validity.column}, ${validity.variable}`
        return failed('invalid-sample', `sample ${index + 1}: ${where}: ${validity.message}`, ['blueprint'], {
          sample: input,
        })
      }
    }
    const inputs = bench.claimedSamples.map(({ input }) => input)
    if (new Set(inputs).size < inputs.length)
      return failed('same-samples', 'two samples have the same input', ['blueprint'])
    const suite = await bench.suite()
    for (const { input, origin } of suite) {
      // Large inputs take a while each: let events, heartbeats and a cancellation through between them.
      await new Promise((resolve) => setImmediate(resolve))
      const validity = validate(spec, input)
      if (validity.ok) continue
      const source = origin.from === 'generator' ? `${origin.strategy} ${origin.seed}` : origin.name
      const where = `line ${validity.line}, column ${validity.column}, ${validity.variable}`
      return failed('invalid-test', `${source}: ${where}: ${validity.message}`, ['generator'], {
        made_by: source,
        where,
        message: validity.message,
      })
    }
    return passed(`${bench.claimedSamples.length} samples and ${suite.length} tests are accepted by the validator`)
  },
}

const referenceRuns: Gate = {
  id: 'G6',
  stage: 'proof',
  needs: ['task', 'samples', 'generator', 'reference'],
  check: async ({ bench }) => {
    const inputs = await bench.testInputs()
    const results = await bench.referenceResults(hashSeeds.ordinary)
    for (const [index, result] of results.entries()) {
      const input = inputs[index] ?? ''
      const finding = { input: input.slice(0, 400), input_characters: input.length, ended: describeRun(result) }
      if (!isClean(result))
        return failed('reference-fails', `test ${index + 1}: ${describeRun(result)}`, ['reference'], finding)
      if (result.stdout.trim() === '')
        return failed('no-output', `test ${index + 1}: prints nothing`, ['reference'], finding)
      if (result.cpuMs > problemLimits.timeMs / 2) {
        return failed(
          'too-slow',
          `test ${index + 1}: ${Math.round(result.cpuMs)} ms CPU, more than half the limit of ${problemLimits.timeMs} ms`,
          ['reference'],
          finding,
        )
      }
      if (result.peakMemoryBytes > problemLimits.memoryBytes / 2) {
        return failed(
          'too-much-memory',
          `test ${index + 1}: ${mebibytes(result.peakMemoryBytes)} MiB, more than half the limit of ${mebibytes(problemLimits.memoryBytes)} MiB`,
          ['reference'],
          finding,
        )
      }
    }
    return passed(`${results.length} runs, each with exit 0 and an output, within half of every limit`)
  },
}

const referenceIsDeterministic: Gate = {
  id: 'G7',
  stage: 'proof',
  needs: ['task', 'samples', 'generator', 'reference'],
  check: async ({ bench }) => {
    const first = await bench.referenceResults(hashSeeds.ordinary)
    const second = await bench.referenceResults(hashSeeds.other)
    const differing = first.findIndex((result, index) => result.stdout !== second[index]?.stdout)
    return differing === -1
      ? passed(`${first.length} outputs are the same under another hash seed`)
      : failed('not-deterministic', `test ${differing + 1}: other output under another hash seed`, ['reference'])
  },
}

const samplesAreTrue: Gate = {
  id: 'G8',
  stage: 'proof',
  needs: ['task', 'samples', 'reference', 'brute-force'],
  check: async ({ bench }) => {
    const claims = bench.claimedSamples
    const inputs = claims.map(({ input }) => input)
    const [reference, brute] = await Promise.all([
      bench.results('reference', inputs, solutionLimits),
      bench.results('brute-force', inputs, solutionLimits),
    ])
    let overruled = 0
    for (const [index, claim] of claims.entries()) {
      const name = `sample ${index + 1}`
      if (!isClean(brute[index]))
        return failed('brute-force-fails', `${name}: brute force: ${describeRun(brute[index])}`, ['brute-force'], {
          input: claim.input,
        })
      const executed = reference[index]?.stdout ?? ''
      const witness = brute[index].stdout
      const finding = { input: claim.input, claimed: claim.output, reference: executed, brute_force: witness }
      if (sameTokens(executed, witness)) {
        if (!sameTokens(executed, claim.output)) overruled += 1
      } else if (sameTokens(witness, claim.output)) {
        return failed(
          'reference-wrong',
          `${name}: brute force and claim say ${excerpt(witness)}, the reference ${excerpt(executed)}`,
          ['reference'],
          finding,
        )
      } else if (sameTokens(executed, claim.output)) {
        return failed(
          'brute-force-wrong',
          `${name}: reference and claim say ${excerpt(executed)}, the brute force ${excerpt(witness)}`,
          ['brute-force'],
          finding,
        )
      } else {
        return failed('ambiguous-task', `${name}: claim, reference and brute force all differ`, ['blueprint'], finding)
      }
    }
    const note = overruled === 0 ? 'all claims agree' : `${overruled} claimed outputs overruled by both programs`
    return passed(`${claims.length} sample outputs executed by reference and brute force; ${note}`)
  },
}

const bruteForceAgrees: Gate = {
  id: 'G9',
  stage: 'proof',
  needs: ['task', 'reference', 'brute-force'],
  check: async ({ bench }) => {
    const { spec } = bench.draft
    const tiny = enumerateTiny(spec, agreement.tiny)
    const inputs = [...new Set([...tiny, ...sampleSmall(spec, agreement.random, bench.draft.samplerSeed)])]
    let compared = 0
    // A few first: a brute force that is slow or wrong at once does not get to spend minutes on the rest.
    for (const chunk of [inputs.slice(0, agreement.first), inputs.slice(agreement.first)]) {
      if (chunk.length === 0) continue
      const verdict = await compare(bench, chunk, 'small')
      if (verdict.failure !== undefined) return verdict.failure
      compared += verdict.compared
    }
    if (compared < Math.min(agreement.leastCompared, inputs.length)) {
      return failed('brute-force-slow', `the brute force finished only ${compared} of ${inputs.length} small inputs`, [
        'brute-force',
      ])
    }
    // Larger ones as far as the brute force gets: some errors need more than a handful of elements.
    for (const sizes of middleSizes) {
      const middle = sampleMiddle(spec, agreement.middle, bench.draft.samplerSeed, sizes)
      if (middle.length === 0) break
      const verdict = await compare(bench, middle, 'middle')
      if (verdict.failure !== undefined) return verdict.failure
      compared += verdict.compared
      if (verdict.compared * 2 < middle.length) break
    }
    return passed(`${compared} small inputs (${tiny.length} enumerated), no disagreement`)
  },
}

/** Compares both programs on one chunk; the shortest disagreeing input is the counter-example. */
async function compare(bench: Workbench, inputs: readonly string[], sizes: 'small' | 'middle'): Promise<Comparison> {
  const [reference, brute] = await Promise.all([
    bench.results('reference', inputs, tinyLimits),
    bench.results('brute-force', inputs, sizes === 'small' ? tinyLimits : middleLimits),
  ])
  const runs = inputs.map((input, index) => ({ input, reference: reference[index], brute: brute[index] }))
  runs.sort((a, b) => a.input.length - b.input.length)
  const slow = runs.filter(({ brute }) => brute?.outcome === 'cpu-limit' || brute?.outcome === 'wall-limit')
  if (sizes === 'small' && slow.length > inputs.length / 3) {
    const input = slow[0]?.input ?? ''
    const evidence = `the brute force needs over ${tinyLimits.cpuMs} ms for ${excerpt(input)}`
    return { compared: 0, failure: failed('brute-force-slow', evidence, ['brute-force'], { input }) }
  }
  let compared = 0
  for (const { input, reference, brute } of runs) {
    const fails = (program: 'reference' | 'brute-force', result: typeof brute): Comparison => {
      const evidence = `${program} on ${excerpt(input)}: ${describeRun(result)}`
      return {
        compared,
        failure: failed(`${program}-fails`, evidence, [program], { input, ended: describeRun(result) }),
      }
    }
    if (!isClean(reference)) return fails('reference', reference)
    const outOfTime = brute?.outcome === 'cpu-limit' || brute?.outcome === 'wall-limit'
    if (!isClean(brute)) {
      // Beyond the smallest sizes a brute force may run out of time, memory or recursion without being wrong.
      if (sizes === 'middle' || outOfTime) continue
      return fails('brute-force', brute)
    }
    if (!sameTokens(reference.stdout, brute.stdout)) {
      const evidence = `on ${excerpt(input)} the reference prints ${excerpt(reference.stdout, 40)}, the brute force ${excerpt(brute.stdout, 40)}`
      const finding = { input, reference: reference.stdout, brute_force: brute.stdout }
      // Nobody knows yet which of the two is wrong: both look at the counter-example again.
      return { compared, failure: failed('disagreement', evidence, ['reference', 'brute-force'], finding) }
    }
    compared += 1
  }
  return { compared }
}

interface Comparison {
  readonly compared: number
  readonly failure?: GateVerdict
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}

/** In the order they are run: cheap ones first, and each after what it builds on. */
export const proofGates: readonly Gate[] = [
  validatorIsGood,
  generatorsAreHonest,
  inputsAreValid,
  referenceRuns,
  referenceIsDeterministic,
  samplesAreTrue,
  bruteForceAgrees,
]
