// How the draft's programs fare on the final tests under the measured limits.
import type { Verdict } from '../../contract/judging.ts'
import type { TestCase } from '../../contract/problem.ts'
import type { MatrixRow, ProgramRole } from '../../contract/verification.ts'
import { endingOf } from '../../judge/verdict.ts'
import { executionLimits, hashSeeds, mostPrintedBytes, namesOf, type ProgramName, sourceOf } from '../programs.ts'
import type { Workbench } from '../workbench.ts'
import { measuredLimits, type MeasuredLimits, verdictMargin } from './limits.ts'
import { cheapLength, samples, suite, suiteFacets } from './suite.ts'

const MiB = 1024 * 1024

/** Samples and hidden tests, in that order. */
export async function allTests(bench: Workbench): Promise<readonly TestCase[]> {
  return [...(await samples(bench)), ...(await suite(bench)).tests]
}

/** A program in doubt that the clock stops on so many tests in a row, and no other, is tried no further. */
const mostStops = 8

/** How one program fared, test by test; undefined where it was not run. */
export type Trial = readonly (TrialResult | undefined)[]

interface TrialResult {
  readonly verdict: Verdict
  readonly cpuMs: number
  readonly memoryBytes: number
}

/**
 * How far a program is tried: on every test until one fails (`right`); or until the verdict is certain, small tests first
 * (`doubtful`, which gives up on what never ends), or the largest one first (`slow`), at the margin beyond the limit.
 */
export type Extent = 'right' | 'doubtful' | 'slow'

/** Tries a program on samples and tests. Throws CompileError and CheckerError. */
export async function trial(bench: Workbench, program: ProgramName, extent: Extent): Promise<Trial> {
  const key = [program, sourceOf(bench.draft, program), extent, bench.targets]
  return bench.once('trial', suiteFacets, key, async () => {
    const tests = await allTests(bench)
    const { timeMs, memoryBytes } = await measuredLimits(bench)
    const limits = { timeMs, memoryBytes, outputBytes: mostPrintedBytes }
    // Stopped beyond the margin, so that what is out of time is so for certain.
    const execution = executionLimits(Math.ceil(timeMs * verdictMargin) + 10, memoryBytes)
    const judged: (TrialResult | undefined)[] = tests.map(() => undefined)
    const run = async (indices: readonly number[], stopOnFirstFailure: boolean): Promise<boolean> => {
      const inputs = indices.map((index) => tests[index]?.input ?? '')
      const results = await bench.execute(program, inputs, execution, hashSeeds.ordinary, stopOnFirstFailure)
      const finished = results.map((result) => ({ result, ending: endingOf(result, limits) }))
      const claims = indices.flatMap((index, at) => {
        const test = tests[index]
        const done = finished[at]
        return test === undefined || done?.ending.finished !== true
          ? []
          : [{ index, input: test.input, answer: test.output, output: done.result.stdout }]
      })
      const accepted = await bench.agree(claims)
      const right = new Map(claims.map(({ index }, at) => [index, accepted[at] === true]))
      finished.forEach(({ result, ending }, at) => {
        const index = indices[at]
        if (index === undefined) return
        const verdict = ending.finished ? (right.get(index) === true ? 'accepted' : 'wrong-answer') : ending.verdict
        judged[index] = { verdict, cpuMs: result.cpuMs, memoryBytes: result.peakMemoryBytes }
      })
      return indices.every((index) => judged[index]?.verdict === 'accepted')
    }
    const places = tests.map((_, index) => index)
    const small = places.filter((index) => (tests[index]?.input.length ?? 0) <= cheapLength)
    const large = places.filter((index) => !small.includes(index))
    if (extent === 'right') {
      await run(places, true)
      return judged
    }
    // Descending: what is slow is slowest there.
    if (extent === 'slow') {
      await run(large.toReversed(), true)
      await run(small, true)
      return judged
    }
    let isRight = true
    for (let from = 0, length = mostStops; from < small.length; from += length, length *= 2) {
      const some = small.slice(from, from + length)
      isRight = (await run(some, false)) && isRight
      const isEndless = some.every((index) => judged[index]?.verdict === 'time-limit-exceeded')
      if (isEndless && some.length >= mostStops) return judged
    }
    if (isRight) await run(large, true)
    return judged
  })
}

/** The first verdict that is not accepted, in the order of the tests; `accepted` when there is none. */
export function verdictOf(results: Trial): Verdict {
  return results.find((result) => result !== undefined && result.verdict !== 'accepted')?.verdict ?? 'accepted'
}

/** Whether some test shows the program wrong; one that is only too slow or too large is not. */
export function isSeenWrong(results: Trial): boolean {
  return results.some((result) => result !== undefined && wrongVerdicts.includes(result.verdict))
}

const wrongVerdicts: readonly Verdict[] = ['wrong-answer', 'runtime-error', 'output-limit-exceeded']

/** Whether some test stops the program although it may take the margin longer than the limit. */
export function isOutOfTime(results: Trial, { timeMs }: MeasuredLimits): boolean {
  return results.some(
    (result) =>
      result !== undefined &&
      (result.verdict === 'memory-limit-exceeded' ||
        (result.verdict === 'time-limit-exceeded' && result.cpuMs >= timeMs * verdictMargin)),
  )
}

const signs: Readonly<Record<Verdict, string>> = {
  accepted: 'A',
  'wrong-answer': 'W',
  'time-limit-exceeded': 'T',
  'memory-limit-exceeded': 'M',
  'output-limit-exceeded': 'O',
  'runtime-error': 'R',
  'compile-error': 'C',
}

/** Every program on every test, as far as it was tried. `solver` only once there is one. */
export async function matrix(bench: Workbench): Promise<MatrixRow[]> {
  const tried: { name: ProgramName; role: ProgramRole; extent: Extent }[] = [
    { name: 'reference', role: 'reference', extent: 'right' },
    { name: 'brute-force', role: 'brute-force', extent: 'slow' },
    { name: 'solver', role: 'solver', extent: 'right' },
    ...namesOf(bench.draft, 'wrong').map((name) => ({ name, role: 'wrong' as const, extent: 'doubtful' as const })),
    ...namesOf(bench.draft, 'slow').map((name) => ({ name, role: 'slow' as const, extent: 'slow' as const })),
  ]
  return Promise.all(
    tried.map(async ({ name, role, extent }, program) => {
      const results = await trial(bench, name, extent)
      return {
        role,
        program,
        verdicts: results.map((result) => (result === undefined ? '.' : signs[result.verdict])).join(''),
        timesMs: results.map((result) => (result === undefined ? -1 : Math.round(result.cpuMs))),
        memoryMiB: results.map((result) => (result === undefined ? -1 : Math.round(result.memoryBytes / MiB))),
      }
    }),
  )
}
