// G19: the difficulty is what was measured, whatever the blueprint claims.
import type { Verdict } from '../../contract/judging.ts'
import { type Difficulty } from '../../contract/topics.ts'
import type { Verification } from '../../contract/verification.ts'
import { type Trial, trial } from '../suite/trials.ts'
import type { Workbench } from '../workbench.ts'
import { failed, type Gate, passed } from './gate.ts'
import { inspect } from './programs.ts'

/** A reference of fewer syntax nodes is no hard problem's. */
const leastNodesOfHard = 90

/** What the programs show about the difficulty. */
export async function measuredDifficulty(
  bench: Workbench,
  asked: Difficulty | undefined,
): Promise<Verification['difficulty']> {
  const claimed = bench.draft.get('blueprint').difficulty
  const naive = stopOf(await trial(bench, 'brute-force', 'slow'))
  const naivePasses = naive === undefined
  const nodes = (await inspect(bench, bench.draft.get('reference'), 'reference'))?.nodes ?? 0
  const reasons = [
    naivePasses ? 'the naive solution passes every test' : `the naive solution fails: ${naive}`,
    `the reference has ${nodes} syntax nodes`,
  ]
  return { ...(asked === undefined ? {} : { asked }), claimed, measured: measure(claimed, naivePasses, nodes), reasons }
}

/** The verdict that stops a program; whether its answers are right is another gate's question. */
function stopOf(results: Trial): Verdict | undefined {
  return results
    .map((result) => result?.verdict ?? 'accepted')
    .find((one) => one !== 'accepted' && one !== 'wrong-answer')
}

function measure(claimed: Difficulty, naivePasses: boolean, nodes: number): Difficulty {
  if (naivePasses) return 'easy'
  if (claimed === 'easy') return 'medium'
  return claimed === 'hard' && nodes < leastNodesOfHard ? 'medium' : claimed
}

/** G19 */
export const difficultyIsMeasured: Gate = {
  id: 'G19',
  step: 'proof',
  needs: ['task', 'samples', 'generator', 'reference', 'brute-force', 'wrong-solutions', 'checker'],
  check: async ({ bench, request, failures }) => {
    const { claimed, measured, reasons } = await measuredDifficulty(bench, request.level)
    const evidence = `${reasons.join('; ')}: ${measured}`
    if (measured === claimed) return passed(evidence)
    // Once the task may be made what was asked for; then the label follows the facts.
    if (failures === 0)
      return failed('other-difficulty', `${evidence}, not ${claimed}`, ['blueprint'], { claimed, measured, reasons })
    return passed(`${evidence}, not ${claimed}: relabelled`)
  },
}
