// One submission through the judge, to its report.
import type { GradeReport, Submission } from '../../../src/contract/judging.ts'
import { judge } from '../../../src/judge/judge.ts'
import type { Executor } from '../../../src/ports.ts'

export async function grade(submission: Submission, executor: Executor): Promise<GradeReport> {
  const judging = judge(submission, executor, new AbortController().signal)
  for (;;) {
    const step = await judging.next()
    if (step.done === true) return step.value
  }
}
