// What the sandbox costs and how exact it is, with the peers of each figure in the same run.
import { availableParallelism, loadavg } from 'node:os'
import type { Figure } from './measure.ts'
import { compilation } from './executor/compilation.ts'
import { exactness } from './executor/exactness.ts'
import { overhead } from './executor/overhead.ts'
import { readiness } from './executor/readiness.ts'
import { openBench } from './executor/sandbox.ts'
import { throughput } from './executor/throughput.ts'

export async function executor(): Promise<Figure[]> {
  const bench = await openBench()
  try {
    const { tier } = await bench.sandbox.warmUp()
    const load = loadavg().map((value) => value.toFixed(1))
    return [
      { name: `tier "${tier}", ${availableParallelism()} processors, load before`, value: load.join(' ') },
      ...(await overhead(bench)),
      ...(await throughput(bench)),
      ...(await compilation(bench)),
      ...(await readiness(bench)),
      // Last, because it makes this process big and leaves it so.
      ...(await exactness(bench)),
    ]
  } finally {
    await bench.close()
  }
}
