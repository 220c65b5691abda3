// The ports of somebody who makes no run: a real table, a clock of the test's own, and nothing to make anything with.
import type { ProblemsTable } from '../../src/adapters/problems-table.ts'
import type { Clock, Ports } from '../../src/ports.ts'
import { quietLog } from './quiet-log.ts'

export function idlePorts({ runs, problems, similar, quotas }: ProblemsTable, clock: Clock): Ports {
  return {
    models: { hasHouseKey: false, open: notUsed },
    executor: { run: notUsed },
    runs,
    problems,
    similar,
    quotas,
    sealer: undefined,
    tokens: undefined,
    clock,
    log: quietLog,
  }
}

function notUsed(): never {
  throw new Error('Nobody makes a run here.')
}
