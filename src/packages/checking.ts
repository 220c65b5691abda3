// Whether outputs are right, whatever kind of checker decides: many at once, because a checker may be a program.
import type { Checker } from '../contract/judging.ts'
import { compare } from '../judge/checkers.ts'
import { type CheckerCase, checkOutputs } from '../judge/custom-checker.ts'
import type { Executor } from '../ports.ts'

/** One decision per case. Throws what a checker's failure throws. */
export async function areRight(
  checker: Checker,
  cases: readonly CheckerCase[],
  executor: Executor,
  signal: AbortSignal,
): Promise<boolean[]> {
  if (checker.kind !== 'custom') return cases.map(({ output, answer }) => compare(checker, output, answer).accepted)
  const decisions: boolean[] = []
  for await (const { accepted } of checkOutputs(checker, cases, executor, signal)) decisions.push(accepted)
  return decisions
}
