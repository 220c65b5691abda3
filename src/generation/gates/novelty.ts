// G20: the problem is no near copy of a stored one, by its task's words and by what its reference prints.
import { hashSeeds, isClean, tinyLimits } from '../programs.ts'
import {
  bands,
  behaviourInputs,
  behaviourKey,
  nearCopyThreshold,
  resemblance,
  statementSignature,
} from '../similarity.ts'
import type { Workbench } from '../workbench.ts'
import { failed, type Gate, passed } from './gate.ts'

/** How the reference behaves; undefined when its answers say too little. */
export async function behaviourOf(bench: Workbench): Promise<string | undefined> {
  return bench.once('behaviour', ['task', 'reference'], [], async () => {
    const { spec } = bench.draft
    const results = await bench.execute('reference', behaviourInputs(spec), tinyLimits, hashSeeds.ordinary)
    const answers = results.map((result) => (isClean(result) ? result.stdout : undefined))
    return behaviourKey(spec, answers)
  })
}

/** G20, as soon as there are words to compare. */
export const taskIsNew: Gate = {
  id: 'G20',
  step: 'blueprint',
  needs: ['task'],
  check: async ({ bench, similar }) => {
    const signature = statementSignature(bench.draft.get('blueprint').task)
    const stored = await similar.near({ bands: bands(signature) })
    const nearest = stored
      .map((entry) => ({ ...entry, resemblance: resemblance(signature, entry.signature) }))
      .sort((a, b) => b.resemblance - a.resemblance)[0]
    if (nearest !== undefined && nearest.resemblance >= nearCopyThreshold) {
      const evidence = `${(100 * nearest.resemblance).toFixed(0)} % like the stored problem "${nearest.title}"`
      return failed('near-copy', evidence, ['blueprint'], {
        stored_title: nearest.title,
        advice: 'design another task',
      })
    }
    return passed(
      nearest === undefined
        ? 'no stored problem resembles the task'
        : `the nearest stored problem, "${nearest.title}", resembles it by ${(100 * nearest.resemblance).toFixed(0)} %`,
    )
  },
}

/** G20, once there is a reference to behave. */
export const behaviourIsNew: Gate = {
  id: 'G20',
  step: 'proof',
  needs: ['task', 'reference'],
  check: async ({ bench, similar }) => {
    const behaviour = await behaviourOf(bench)
    if (behaviour === undefined) return passed('the answers to fixed inputs say too little to compare')
    const [copy] = (await similar.near({ bands: [], behaviour })).filter((entry) => entry.behaviour === behaviour)
    return copy === undefined
      ? passed('no stored problem gives the same answers to the same inputs')
      : failed('same-behaviour', `answers fixed inputs exactly as the stored problem "${copy.title}"`, ['blueprint'], {
          stored_title: copy.title,
          advice: 'design another task',
        })
  },
}
