// G3, G5, G4: the validator, the generators and the inputs they make.
import type { Artefact } from '../../contract/verification.ts'
import { describeRun, hashSeeds, isClean } from '../programs.ts'
import { nearMisses } from '../spec/near-miss.ts'
import { specInputs } from '../spec/families.ts'
import { validate } from '../spec/validator.ts'
import { candidates } from '../suite/pool.ts'
import { excerpt, failed, type Gate, passed } from './gate.ts'

/** Enough near-misses of enough inputs; a spec with hundreds of variables makes hundreds of thousands. */
const mostNearMisses = 10_000

/** An input of one number has one largest case; its strategy cannot vary. */
const singleValueLength = 24

export const validatorIsGood: Gate = {
  id: 'G3',
  step: 'proof',
  needs: ['task', 'illegal-inputs'],
  check: async ({ bench }) => {
    const { spec } = bench.draft
    const legal = [
      ...specInputs(spec, 'tiny').slice(30, 60),
      ...specInputs(spec, 'small').slice(0, 30),
      ...specInputs(spec, 'boundary'),
    ].map(({ input }) => input)
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

export const generatorsAreHonest: Gate = {
  id: 'G5',
  step: 'proof',
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

export const inputsAreValid: Gate = {
  id: 'G4',
  step: 'proof',
  needs: ['task', 'samples', 'generator'],
  check: async ({ bench, failures }) => {
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
    const suite = await candidates(bench)
    for (const { input, origin } of suite) {
      // Large inputs take a while each: let events, heartbeats and a cancellation through between them.
      await new Promise((resolve) => setImmediate(resolve))
      const validity = validate(spec, input)
      if (validity.ok) continue
      const source =
        origin.from === 'generator' ? `${origin.strategy} ${origin.seed}` : `${origin.family} ${origin.name}`
      const where = `line ${validity.line}, column ${validity.column}, ${validity.variable}`
      return failed(
        'invalid-test',
        `${source}: ${where}: ${validity.message}`,
        // Generators that exceed the spec again were written for a wider task than the spec tells.
        origin.from === 'spec' ? ['blueprint'] : failures > 0 ? ['blueprint', 'generator'] : ['generator'],
        {
          made_by: source,
          where,
          message: validity.message,
        },
      )
    }
    return passed(`${bench.claimedSamples.length} samples and ${suite.length} tests are accepted by the validator`)
  },
}
