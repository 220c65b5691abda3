// The limits of a problem: what the reference needs, times a factor, rounded up as judges do.
import type { Verification } from '../../contract/verification.ts'
import { hashSeeds } from '../programs.ts'
import type { Workbench } from '../workbench.ts'
import { provingInputs, provingResults } from './pool.ts'

const MiB = 1024 * 1024

/**
 * How limits are made of what was measured: the slowest right program, on its slowest test, the better of two runs,
 * times a factor, rounded up as judges do.
 */
const limitRule = {
  factor: 3,
  leastMs: 1_000,
  stepMs: 500,
  memory: { factor: 2, stepBytes: 64 * MiB, leastBytes: 256 * MiB },
} as const
/** What has to be out of time is so at this much of the limit as well. */
export const verdictMargin = 1.5

/** The limits of a problem, and what they were made of. */
export interface MeasuredLimits {
  readonly timeMs: number
  readonly memoryBytes: number
  readonly slowestReferenceCpuMs: number
  readonly largestReferenceMemoryBytes: number
  readonly rule: Verification['limits']['rule']
}

/** The limits that the reference's own needs lead to. */
export async function measuredLimits(bench: Workbench): Promise<MeasuredLimits> {
  return bench.once('limits', ['task', 'samples', 'generator', 'reference'], [], async () => {
    const first = await provingResults(bench, hashSeeds.ordinary)
    const second = await provingResults(bench, hashSeeds.other)
    // Rounded before it is used, so that whoever reads the report can work the limit out again.
    const slowest = Math.round(
      Math.max(0, ...first.map(({ cpuMs }, index) => Math.min(cpuMs, second[index]?.cpuMs ?? cpuMs))),
    )
    const used = Math.max(0, ...first.map(({ peakMemoryBytes }) => peakMemoryBytes))
    const { factor, leastMs, stepMs, memory } = limitRule
    const timeMs = Math.max(leastMs, Math.ceil((factor * slowest) / stepMs) * stepMs)
    const memoryBytes = Math.max(
      memory.leastBytes,
      Math.ceil((memory.factor * used) / memory.stepBytes) * memory.stepBytes,
    )
    return {
      timeMs,
      memoryBytes,
      slowestReferenceCpuMs: slowest,
      largestReferenceMemoryBytes: used,
      rule: {
        factor,
        inputs: (await provingInputs(bench)).length,
        stepMs,
        leastMs,
        memory: { ...memory },
        margin: verdictMargin,
      },
    }
  })
}
