// The `problem` event is stored without the problem, which stands beside the log; reading puts it in.
import type { StoredEvent } from '../contract/events.ts'
import { authorView, type ProblemDocument, type TestCase } from '../contract/problem.ts'
import type { Ports } from '../ports.ts'

/** The stored `problem` event with the problem in it: the same bytes for every reader. */
export function withProblem(
  event: StoredEvent,
  problem: { document: ProblemDocument; tests: readonly TestCase[] },
): StoredEvent {
  const view = JSON.stringify(authorView(problem.document, problem.tests))
  return { ...event, data: `${event.data.slice(0, -1)},"problem":${view}}` }
}

/** Stored events with a seq above `after` as readers get them, as many as one page of the table holds. */
export async function readEvents(
  problemId: string,
  after: number,
  { runs, problems }: Pick<Ports, 'runs' | 'problems'>,
): Promise<StoredEvent[]> {
  const events = await runs.events(problemId, after)
  return Promise.all(
    events.map(async (event) => {
      const problem = event.type === 'problem' ? await problems.read(problemId) : undefined
      return problem === undefined ? event : withProblem(event, problem)
    }),
  )
}
