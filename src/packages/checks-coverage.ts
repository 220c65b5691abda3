// Checks of what the tests cover: every bound of the input is reached, and no single answer passes nearly all of them.
import type { InputSpec } from '../contract/input-spec.ts'
import { coverage } from '../generation/spec/coverage.ts'
import { type Finding, finding } from './findings.ts'
import type { Subject } from './subject.ts'

/** Fewer tests are no statistic. */
const fewestForShare = 10
const dominatingShare = 0.8

/** Checks the secret tests' answers and, where the input's spec is known, its bounds. */
export function checkCoverage({ arena, places, spec }: Subject): Finding[] {
  const secret = arena.tests.filter((_test, index) => places[index]?.isSample === false)
  const counts = new Map<string, number>()
  for (const { answer } of secret) counts.set(answer.trim(), (counts.get(answer.trim()) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  const share = secret.length === 0 ? 0 : most / secret.length
  const inputs = arena.tests.map(({ input }) => input)
  const bounds = spec === undefined ? [] : unreached(spec, inputs)
  if (secret.length > 1 && counts.size === 1) return [finding('answers-all-same', 'data/secret'), ...bounds]
  if (secret.length < fewestForShare || share < dominatingShare) return bounds
  return [finding('answer-dominates', 'data/secret', { percent: Math.round(share * 100) }), ...bounds]
}

/** One finding for each end of a variable's range that no input comes to. */
function unreached(spec: InputSpec, inputs: readonly string[]): Finding[] {
  return coverage(spec, inputs).flatMap(({ variable, least, greatest, minReached, maxReached }) => [
    ...(minReached ? [] : [finding('bound-unreached', 'data', { variable, side: 'min', seen: least ?? '-' })]),
    ...(maxReached ? [] : [finding('bound-unreached', 'data', { variable, side: 'max', seen: greatest ?? '-' })]),
  ])
}
