// Where the limits come from: the rule, the figures, and whether the formula or our least value decided.
import { type Block, heading, type Inline, list, strong } from './blocks.ts'
import { limitOrigin, type SlowestRun, slowestRun } from './facts.ts'
import type { Page } from './page.ts'
import { timePicture } from './pictures.ts'

const MiB = 1024 * 1024

/** The answer at a glance. */
export function limitsShort({ problem, text }: Page): string {
  const { limits, verification } = problem
  const { slowestReferenceCpuMs: slowest, rule } = verification.limits
  const origin = limitOrigin(limits.timeMs, rule.factor * slowest, rule.stepMs, rule.leastMs)
  return text.limitsShort[origin.decidedBy]({ ...rule, limit: limits.timeMs, slowest, formula: origin.formula })
}

export function limitsSection(page: Page): Block[] {
  const { problem, text } = page
  const { limits, verification } = problem
  const { slowestReferenceCpuMs: slowest, rule } = verification.limits
  const { formula, decidedBy } = limitOrigin(limits.timeMs, rule.factor * slowest, rule.stepMs, rule.leastMs)
  const product = rule.factor * slowest
  return [
    heading(2, text.limitsHead),
    list(
      [text.measured(rule.inputs, slowest)],
      [text.ruleText({ ...rule, slowest, product, formula }), ' ', strong(text.timeLimit[decidedBy](limits.timeMs))],
      ...otherRun(page, slowest),
      ...slowTexts(page),
      [memoryText(page)],
    ),
    {
      kind: 'picture',
      picture: timePicture(
        // Wrong programs are measured on small tests only: beside the others they would look quick.
        page.rows.flatMap((row) => {
          const run = row.role === 'wrong' ? undefined : slowestRun(row, page.stopMs)
          if (run === undefined) return []
          return [{ ...run, name: row.name, label: runText(page, run) }]
        }),
        limits.timeMs,
        text.limit,
      ),
    },
  ]
}

/** A run's time, the verdict if it was none of success, and the test. What was stopped has no time. */
function runText(page: Page, { ms, sign, test, isStopped }: SlowestRun): string {
  const { text } = page
  const time = isStopped ? text.stopped(page.stopMs) : `${ms} ms`
  const verdict = isStopped || sign === 'A' ? '' : `, ${text.verdicts[sign] ?? sign}`
  return `${time}${verdict} · ${page.places([test])}`
}

/** The picture's figure for the reference is of another run than the rule's. */
function otherRun(page: Page, slowest: number): Inline[][] {
  const reference = page.rows.find(({ role }) => role === 'reference')
  const run = reference === undefined ? undefined : slowestRun(reference, page.stopMs)
  if (run === undefined || run.ms === slowest) return []
  return [[page.text.otherRun(run.ms, page.places([run.test]))]]
}

function slowTexts(page: Page): Inline[][] {
  const { text } = page
  const slow = page.rows.filter(({ role }) => role === 'slow')
  const runs = slow.flatMap((row) => slowestRun(row, page.stopMs) ?? [])
  const stopped = runs.filter(({ isStopped }) => isStopped)
  const ended = runs.filter(({ isStopped }) => !isStopped)
  const brute = page.rows.find(({ role }) => role === 'brute-force')
  const bruteRun = brute === undefined ? undefined : slowestRun(brute, page.stopMs)
  return [
    [
      slow.length === 0
        ? text.noSlow
        : text.slowText({
            slow: slow.length,
            stopped: stopped.length,
            stopMs: page.stopMs,
            at: page.places([...new Set(stopped.map(({ test }) => test))].toSorted((a, b) => a - b)),
            ended: ended.map((run) => runText(page, run)),
          }),
    ],
    ...(bruteRun === undefined ? [] : [[text.bruteText(runText(page, bruteRun))]]),
  ]
}

function memoryText({ problem, text }: Page): string {
  const { limits, verification } = problem
  const { largestReferenceMemoryBytes: used, rule } = verification.limits
  const limit = limits.memoryBytes / MiB
  const shown = Math.ceil(used / MiB)
  const { memory } = rule
  if (memory === undefined) return text.memoryText(limit, shown)
  const { factor, stepBytes, leastBytes } = memory
  const { formula, decidedBy } = limitOrigin(limits.memoryBytes, factor * used, stepBytes, leastBytes)
  const figures = { factor, used: shown, step: stepBytes / MiB, formula: formula / MiB, least: leastBytes / MiB }
  return `${text.memoryText(limit, shown)} ${text.memoryRule[decidedBy](figures)}`.trim()
}
