// Many processes that want one lease at the same moment, again and again.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { claimed } from '../adapters/problems-table.contract.ts'
import type { Prize, Won } from './lease-racer.ts'
import type { TestTable } from './table.ts'

const program = fileURLToPath(new URL('./lease-racer.ts', import.meta.url))

/** How many processes got the lease in each round; throws when one that got it has another term than the next. */
export async function raceForLease(
  { table, standIn }: TestTable,
  processes: number,
  rounds: number,
): Promise<number[]> {
  const racers = Array.from({ length: processes }, () => fork(program, [standIn.endpoint]))
  const winners: number[] = []
  try {
    await Promise.all(racers.map((racer) => once(racer, 'message')))
    const { problemId } = await claimed(table.runs, { createdAt: new Date().toISOString() })
    for (let round = 1; round <= rounds; round += 1) {
      const seen = await table.runs.leaseOf(problemId)
      if (seen?.term !== round) throw new Error(`round ${round} begins with term ${seen?.term}`)
      const answers = racers.map((racer) => once(racer, 'message') as Promise<[Won]>)
      for (const racer of racers) racer.send({ problemId, seen } satisfies Prize)
      const terms = (await Promise.all(answers)).flatMap(([{ term }]) => term ?? [])
      if (terms.some((term) => term !== round + 1)) throw new Error(`terms ${terms.join(', ')} in round ${round}`)
      winners.push(terms.length)
    }
  } finally {
    await Promise.all(
      racers.map(async (racer) => {
        const ended = once(racer, 'exit')
        racer.kill('SIGKILL')
        await ended
      }),
    )
  }
  return winners
}
