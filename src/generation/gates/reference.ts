// G6, G7, G21: the reference runs, prints the same twice, and prints cleanly.
import { canonicalOutput } from '../canonical.ts'
import type { ExecutionResult } from '../../contract/execution.ts'
import { describeRun, hashSeeds, isClean, measuringLimits, referenceMost } from '../programs.ts'
import { provingInputs, provingResults } from '../suite/pool.ts'
import type { Workbench } from '../workbench.ts'
import { excerpt, failed, type Gate, passed } from './gate.ts'

/** Most characters of an output; a problem that prints more is about printing. */
const longestOutput = 2 * 1024 * 1024
/** Inputs that are run under all hash seeds. */
const mostLarge = 3

export const referenceRuns: Gate = {
  id: 'G6',
  step: 'proof',
  needs: ['task', 'samples', 'generator', 'reference'],
  check: async ({ bench }) => {
    const inputs = await provingInputs(bench)
    const results = await provingResults(bench, hashSeeds.ordinary)
    for (const [index, result] of results.entries()) {
      const input = inputs[index] ?? ''
      const finding = { input: input.slice(0, 400), input_characters: input.length, ended: describeRun(result) }
      if (!isClean(result))
        return failed('reference-fails', `test ${index + 1}: ${describeRun(result)}`, ['reference'], finding)
      if (result.stdout.trim() === '')
        return failed('no-output', `test ${index + 1}: prints nothing`, ['reference'], finding)
      if (result.cpuMs > referenceMost.cpuMs) {
        return failed(
          'too-slow',
          `test ${index + 1}: ${Math.round(result.cpuMs)} ms CPU, more than ${referenceMost.cpuMs} ms`,
          ['reference'],
          finding,
        )
      }
      if (result.peakMemoryBytes > referenceMost.memoryBytes) {
        return failed(
          'too-much-memory',
          `test ${index + 1}: ${mebibytes(result.peakMemoryBytes)} MiB, more than ${mebibytes(referenceMost.memoryBytes)} MiB`,
          ['reference'],
          finding,
        )
      }
    }
    return passed(
      `${results.length} runs, each with exit 0 and an output, within ${referenceMost.cpuMs} ms and ${mebibytes(referenceMost.memoryBytes)} MiB`,
    )
  },
}

export const referenceIsDeterministic: Gate = {
  id: 'G7',
  step: 'proof',
  needs: ['task', 'samples', 'generator', 'reference'],
  check: async ({ bench }) => {
    const first = await provingResults(bench, hashSeeds.ordinary)
    const second = await provingResults(bench, hashSeeds.other)
    const every = first.map((result, index) => ({ index, how: difference(result, second[index]) }))
    const found = every.find(({ how }) => how !== undefined) ?? (await differenceOfLarge(bench, first))
    return found === undefined
      ? passed(
          `${first.length} outputs are the same under another hash seed, the largest ${mostLarge} under ${hashSeeds.more.length} more`,
        )
      : failed('not-deterministic', `test ${found.index + 1}: ${found.how} under another hash seed`, ['reference'])
  },
}

/** How a run under another hash seed differs, in words; undefined when it does not. */
function difference(ordinary: ExecutionResult | undefined, other: ExecutionResult | undefined): string | undefined {
  if (isClean(ordinary) && !isClean(other)) return describeRun(other)
  return ordinary?.stdout === other?.stdout ? undefined : 'other output'
}

/** The same for the largest inputs, where sets are large as well, under some more hash seeds. */
async function differenceOfLarge(
  bench: Workbench,
  known: readonly ExecutionResult[],
): Promise<{ index: number; how: string | undefined } | undefined> {
  const inputs = await provingInputs(bench)
  const largest = [...inputs.keys()]
    .toSorted((a, b) => (inputs[b]?.length ?? 0) - (inputs[a]?.length ?? 0))
    .slice(0, mostLarge)
  const asked = largest.map((index) => inputs[index] ?? '')
  const runs = await Promise.all(
    hashSeeds.more.map((seed) => bench.execute('reference', asked, measuringLimits, seed, true)),
  )
  return largest
    .flatMap((index, at) => runs.map((results) => ({ index, how: difference(known[index], results[at]) })))
    .find(({ how }) => how !== undefined)
}

/** G21. What a program prints by accident: words of its language for nothing, reals where integers are meant. */
export const outputsAreClean: Gate = {
  id: 'G21',
  step: 'proof',
  needs: ['task', 'samples', 'generator', 'reference'],
  check: async ({ bench }) => {
    const inputs = await provingInputs(bench)
    const results = await provingResults(bench, hashSeeds.ordinary)
    const isReal = bench.draft.get('blueprint').comparison === 'float'
    for (const [index, { stdout }] of results.entries()) {
      const uncleanness = unclean(stdout, inputs[index] ?? '', isReal)
      if (uncleanness === undefined) continue
      const evidence = `test ${index + 1}: ${uncleanness}: ${excerpt(canonicalOutput(stdout), 60)}`
      return failed('unclean-output', evidence, ['reference'], { output: stdout.slice(0, 400) })
    }
    const longest = Math.max(0, ...results.map(({ stdout }) => stdout.length))
    return passed(`${results.length} outputs are plain text, the longest of ${longest} characters`)
  },
}

/** What is unclean about an output, in words; undefined when nothing is. What is a word of the input may be one of the answer. */
export function unclean(output: string, input: string, isReal: boolean): string | undefined {
  if (output.length > longestOutput) return `${output.length} characters, more than ${longestOutput}`
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(output.replaceAll('\r\n', '\n'))) return 'a control character'
  if (output.includes('\uFFFD')) return 'bytes that are not UTF-8'
  const strange = (pattern: RegExp): string | undefined => {
    const found = [...output.matchAll(pattern)]
    if (found.length === 0) return undefined
    const given = new Set(input.split(/\s+/))
    return found.map(([, word = '']) => word).find((word) => !given.has(word))
  }
  const accident = strange(/(?:^|(?<=\s))(-?nan|-?inf(?:inity)?|None|null|undefined)(?=\s|$)/gi)
  if (accident !== undefined) return `"${accident}" is no answer`
  if (/(?:^|\s)[[({]-?\d+(?:, -?\d+)*[\])}](?=\s|$)/.test(output)) return 'a list as the language prints it'
  if (isReal) return undefined
  const real = strange(/(?:^|(?<=\s))(-?\d+\.\d*|-?\d+(?:\.\d+)?e[+-]?\d+)(?=\s|$)/gi)
  return real === undefined ? undefined : `the real number ${real} where outputs are compared word by word`
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}
