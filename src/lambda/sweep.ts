// Entry point of the sweeper function, which a schedule calls: composes once, then sweeps at every call.
import type { Context } from 'aws-lambda'
import { composeGenerator } from '../compose.ts'
import { ownerReserveMs } from '../generation/run.ts'
import { sweep, type SweepResult } from '../generation/sweep.ts'

const { ports, log } = composeGenerator('sweeper')

process.on('unhandledRejection', (reason) => log.error('unhandled rejection', { error: reason }))

/** Goes on with runs that nobody makes. What it returns is for the log and for who calls it by hand. */
export async function handler(
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SweepResult> {
  const msLeft = (): number => context.getRemainingTimeInMillis() - ownerReserveMs
  const result = await sweep(ports, msLeft, ports.clock.timeout(Math.max(0, msLeft())))
  log.info('sweep', { watched: result.watched, takenOver: result.takenOver })
  return result
}
