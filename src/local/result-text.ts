// What is left to read when a run has ended: the problem in short, its figures, its files; or what went wrong.
import type { AuthorProblem } from '../contract/problem.ts'
import type { Locale } from '../contract/topics.ts'
import { count, dollars, megabytes, seconds } from './figures.ts'
import type { RunEnd } from './run-state.ts'
import { gateTitle, labels } from './run-words.ts'
import { cell, clean, fit, type Paint, wrap } from './terminal-text.ts'

export interface Page {
  readonly columns: number
  readonly paint: Paint
  readonly locale: Locale
}

const margin = '  '
const widest = 90
const nameColumns = 14
/** Most lines of a description and of a sample that a summary shows. */
const shown = { description: 8, sample: 8 }

/** The finished problem in short. `files` were written, `place` is the table it is stored in, `elapsedMs` is the run's. */
export function problemLines(
  problem: AuthorProblem,
  where: { readonly files: readonly string[]; readonly place: string; readonly elapsedMs: number },
  page: Page,
): string[] {
  const { paint, locale } = page
  const columns = Math.min(page.columns, widest) - margin.length
  const label = labels[locale]
  const lines = [
    `${paint(['bold', 'green'], '✔')} ${paint('bold', fit(problem.title, columns - 2))}`,
    paint('dim', fit(headline(problem, locale), columns)),
    '',
    ...atMost(wrap(problem.description.trim(), columns), shown.description),
    '',
    ...problem.examples
      .slice(0, 2)
      .flatMap((example, index) => [
        ...sampleLines(`${label.exampleInput} ${index + 1}`, example.input, columns, paint),
        ...sampleLines(`${label.exampleOutput} ${index + 1}`, example.output, columns, paint),
      ]),
    '',
    ...verificationLines(problem, { ...page, columns }, where.elapsedMs),
    '',
    ...where.files.map((file, index) => entry(index === 0 ? label.files : '', file, paint)),
    entry(label.stored, `${where.place} · ${problem.problemId}`, paint),
  ]
  return indented(lines)
}

function headline(problem: AuthorProblem, locale: Locale): string {
  const { timeMs, memoryBytes } = problem.limits
  const tests = `${labels[locale].tests} ${count(problem.tests.count)}`
  return [problem.algorithm_type, problem.difficulty, `${count(timeMs)} ms`, megabytes(memoryBytes), tests].join(' · ')
}

function sampleLines(title: string, text: string, columns: number, paint: Paint): string[] {
  const lines = atMost(clean(text).trimEnd().split('\n'), shown.sample)
  return [paint('dim', title), ...lines.map((line) => `${paint('cyan', '│')} ${fit(line, columns - 2)}`)]
}

/** What the report says, in short. The report itself is made before the last gate and knows the time up to it. */
export function verificationLines(
  problem: AuthorProblem,
  { columns, locale, paint }: Page,
  elapsedMs = problem.verification.totals.elapsedMs,
): string[] {
  const { verification } = problem
  const { totals, prices } = verification
  const label = labels[locale]
  const passed = verification.gatesRun.filter(({ outcome }) => outcome === 'passed').length
  const failed = verification.gatesRun.filter(({ outcome }) => outcome === 'failed').length
  const tokens = totals.promptTokens + totals.outputTokens + totals.thinkingTokens
  const checked = [
    verification.level,
    `${label.passed} ${passed}`,
    ...(failed === 0 ? [] : [`${label.failed} ${failed}`]),
    ...(verification.repairs.length === 0 ? [] : [`${label.repairs} ${verification.repairs.length}`]),
    `${label.executions} ${count(totals.executions)}`,
    seconds(elapsedMs, locale),
  ]
  const spent = [
    problem.author,
    `${label.calls} ${totals.calls}`,
    `${label.tokens} ${count(tokens)}`,
    dollars(totals.costUsd, prices.known, locale),
  ]
  const notRun = verification.gatesNotRun.map(({ gate }) => `${gate} ${gateTitle(gate, locale)}`).join(', ')
  return [
    entry(label.verification, checked.join(' · '), paint),
    entry(label.model, spent.join(' · '), paint),
    ...(notRun === '' ? [] : wrap(`${label.notRun}: ${notRun}`, columns).map((line) => paint('dim', line))),
  ]
}

/** How a run ended without a problem, with what was seen and what may help. */
export function failureLines(
  end: Exclude<RunEnd, { type: 'problem' }>,
  hint: string | undefined,
  { columns, paint, locale }: Page,
): string[] {
  const room = Math.min(columns, widest) - margin.length
  if (end.type === 'cancelled') return indented([`${paint('yellow', '■')} ${end.message}`])
  const evidence = end.evidence.flatMap((line) => wrap(line, room - 2).map((part) => `${paint('red', '│')} ${part}`))
  return indented([
    `${paint(['bold', 'red'], '✖')} ${paint('bold', end.code)}`,
    ...wrap(end.message, room),
    ...(evidence.length === 0 ? [] : ['', paint('dim', labels[locale].evidence), ...evidence]),
    ...(hint === undefined ? [] : ['', ...wrap(hint, room)]),
  ])
}

function entry(name: string, value: string, paint: Paint): string {
  return `${paint('dim', cell(name, nameColumns))}${value}`
}

function atMost(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), '…']
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `${margin}${line}`))
}
