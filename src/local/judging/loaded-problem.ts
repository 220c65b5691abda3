// What every kind of problem becomes before it is judged by.
import type { Checker, JudgingTest } from '../../contract/judging.ts'

/** What is wanted to know of how a problem compares outputs: all, what a checker given with --checker needs, or nothing. */
export type CheckerNeed = 'checker' | 'arguments' | 'nothing'

/** Limits as far as a problem names them. */
export interface NamedLimits {
  readonly timeMs?: number
  readonly memoryBytes?: number
  readonly outputBytes?: number
}

export interface LoadedProblem {
  readonly title: string
  /** Samples first. Never empty. */
  readonly tests: readonly JudgingTest[]
  /** Where each test's input lies, in the tests' order; empty for tests that lie in no file of their own. */
  readonly inputFiles: readonly string[]
  readonly limits: NamedLimits
  /** Undefined when the problem does not say. */
  readonly checker: Checker | undefined
  /** What an output validator gets on its command line. */
  readonly checkerArgs: readonly string[]
  /** What the person should know about how this problem is judged here. */
  readonly notes: readonly string[]
}
