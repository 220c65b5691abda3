// A process that tries to take runs over, as it is told to: forked by lease-race.ts.
import { systemClock } from '../../src/adapters/clock.ts'
import { createProblemsTable } from '../../src/adapters/problems-table.ts'
import type { LeaseState } from '../../src/ports.ts'
import { quietLog } from './quiet-log.ts'
import { testTableName } from './table.ts'

/** What it is told to take. */
export interface Prize {
  readonly problemId: string
  readonly seen: LeaseState
}

/** What it says: the term it got, or none. */
export interface Won {
  readonly term?: number | undefined
}

const client = {
  endpoint: process.argv[2],
  region: 'ap-northeast-2',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}
const { runs } = createProblemsTable({ client, tableName: testTableName, clock: systemClock, log: quietLog })

process.on('message', (prize: Prize) => void race(prize))
process.once('disconnect', () => process.exit())
process.send?.({ ready: true })

async function race({ problemId, seen }: Prize): Promise<void> {
  const lease = await runs.takeOver(problemId, seen)
  process.send?.({ term: lease?.term } satisfies Won)
}
