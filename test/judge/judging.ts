// Submissions for the judge's tests, and a whole judging read to its end.
import { type GradeReport, gradeReportSchema, type JudgingTest, type Submission } from '../../src/contract/judging.ts'
import { judge, type JudgeEvent } from '../../src/judge/judge.ts'
import type { Executor } from '../../src/ports.ts'

const MiB = 1024 * 1024

/** Tests `1` to `count`: the input is the name, the answer the name again. */
export function echoTests(count: number): JudgingTest[] {
  return Array.from({ length: count }, (_, index) => {
    const name = String(index + 1)
    return { name, input: name, answer: name }
  })
}

/** Four tests, one second, words compared, with what differs. */
export function submission(changes: Partial<Submission> = {}): Submission {
  return {
    program: { language: 'python', files: [{ name: 'main.py', text: 'print(input())' }] },
    tests: echoTests(4),
    limits: { timeMs: 1_000, memoryBytes: 64 * MiB, outputBytes: MiB },
    checker: { kind: 'tokens' },
    all: false,
    ...changes,
  }
}

export interface Judged {
  readonly events: readonly JudgeEvent[]
  readonly report: GradeReport
  /** `compiled`, then `1 accepted` and so on: name and verdict of each test as it was told. */
  readonly told: readonly string[]
}

export async function judged(
  job: unknown,
  executor: Executor,
  signal: AbortSignal = new AbortController().signal,
): Promise<Judged> {
  const events: JudgeEvent[] = []
  const judging = judge(job, executor, signal)
  let next = await judging.next()
  while (next.done !== true) {
    events.push(next.value)
    next = await judging.next()
  }
  return { events, report: gradeReportSchema.parse(next.value), told: events.map(wordOf) }
}

function wordOf(event: JudgeEvent): string {
  return event.type === 'compiled' ? 'compiled' : `${event.report.name} ${event.report.verdict}`
}
