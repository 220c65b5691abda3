// G10, G18, G22: somebody who saw only the statement solves the problem; who disagrees is outvoted or heard.
import { describeRun, executionLimits, isClean } from '../programs.ts'
import { starterCode } from '../spec/starter-code.ts'
import { corpus, howItEnded, onChunk } from '../suite/pool.ts'
import { measuredLimits } from '../suite/limits.ts'
import { allTests, trial, verdictOf } from '../suite/trials.ts'
import { excerpt, failed, type Gate, type GateVerdict, passed } from './gate.ts'

const needs = ['task', 'samples', 'generator', 'reference', 'brute-force', 'checker', 'statement', 'solver'] as const
/** Languages that a reader may begin in. */
const starterLanguages = ['python', 'cpp', 'java', 'c', 'javascript'] as const

/**
 * Who is to blame when the blind solver disagrees: itself at first, for a second independent solver is cheap. When that one
 * disagrees, too, statement and programs say different things, and nobody knows which of them is right.
 */
function outvoted(reason: string, evidence: string, failures: number, finding: Record<string, unknown>): GateVerdict {
  if (failures === 0) return { outcome: 'failed', reason, evidence, blame: ['solver'], finding, isOpinion: true }
  return failed(reason, evidence, ['statement', 'reference', 'brute-force', 'solver'], finding)
}

/** G10. Reference and brute force have agreed on every small input; the third vote is the solver's. */
export const solverVotes: Gate = {
  id: 'G10',
  step: 'solving',
  needs,
  check: async ({ bench, failures }) => {
    let compared = 0
    for (const chunk of await corpus(bench)) {
      const [reference, solver] = await Promise.all([
        onChunk(bench, 'reference', chunk),
        onChunk(bench, 'solver', chunk),
      ])
      const crashed = chunk.inputs.findIndex((_, index) => solver[index]?.ended !== 'ok')
      if (crashed !== -1) {
        const input = chunk.inputs[crashed] ?? ''
        const ended = await howItEnded(bench, 'solver', input)
        return outvoted('solver-fails', `the blind solver on ${excerpt(input)}: ${ended}`, failures, { input, ended })
      }
      const claims = chunk.inputs.map((input, index) => ({
        input,
        answer: reference[index]?.output ?? '',
        output: solver[index]?.output ?? '',
      }))
      const wrong = claims[(await bench.agree(claims)).indexOf(false)]
      if (wrong !== undefined) {
        const evidence = `on ${excerpt(wrong.input)} the reference prints ${excerpt(wrong.answer, 40)}, the blind solver ${excerpt(wrong.output, 40)}`
        return outvoted('outvoted', evidence, failures, {
          input: wrong.input,
          reference: wrong.answer,
          blind_solver: wrong.output,
        })
      }
      compared += chunk.inputs.length
    }
    return passed(`reference and blind solver agree on ${compared} inputs`)
  },
}

/** G18 */
export const statementSuffices: Gate = {
  id: 'G18',
  step: 'solving',
  needs: [...needs, 'wrong-solutions'],
  check: async ({ bench, failures }) => {
    const results = await trial(bench, 'solver', 'right')
    const verdict = verdictOf(results)
    const { language } = bench.draft.get('solver')
    if (verdict !== 'accepted') {
      const at = results.findIndex((result) => result !== undefined && result.verdict !== 'accepted')
      const test = (await allTests(bench))[at]
      const evidence = `the blind solver (${language}) on test ${at + 1}: ${verdict}`
      return outvoted(verdict, evidence, failures, {
        input: test?.input.slice(0, 400),
        expected: test?.output.slice(0, 400),
      })
    }
    const slowest = Math.round(Math.max(0, ...results.map((result) => result?.cpuMs ?? 0)))
    return passed(
      `a program in ${language}, written from the statement alone, passes ${results.length} tests, the slowest in ${slowest} ms`,
    )
  },
}

/** G22. What a reader of any language begins with compiles and reads the largest sample to its end. */
export const languagesAgree: Gate = {
  id: 'G22',
  step: 'solving',
  needs: ['task', 'samples', 'solver'],
  check: async ({ bench }) => {
    const inputs = bench.claimedSamples.map(({ input }) => input)
    const { memoryBytes } = await measuredLimits(bench)
    const limits = executionLimits(2_000, memoryBytes)
    const checked = await Promise.all(
      starterLanguages.map(async (language) => {
        const code = starterCode(bench.draft.spec, language)
        const results = await bench.rerun({ language, code }, inputs, limits)
        return { language, ended: results.find((result) => !isClean(result)), count: results.length }
      }),
    )
    const broken = checked.find(({ ended, count }) => ended !== undefined || count < inputs.length)
    if (broken !== undefined) {
      const how = broken.count < inputs.length ? 'does not compile' : describeRun(broken.ended)
      return failed('starter-code-fails', `the starter code in ${broken.language}: ${how}`, [])
    }
    return passed(`starter code in ${starterLanguages.join(', ')} compiles and reads every sample`)
  },
}
