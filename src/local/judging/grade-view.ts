// A judging as lines: a table for a terminal, plain lines for a pipe, and what is left to read at the end. Pure functions.
import stringWidth from 'string-width'
import type { GradeReport, JudgingTest, TestReport } from '../../contract/judging.ts'
import type { Locale } from '../../contract/topics.ts'
import { count, mebibytes, milliseconds, seconds } from '../figures.ts'
import type { Screen } from '../live-view.ts'
import type { Page } from '../result-text.ts'
import { cell, cellOfEnd, cellRight, clean, fit, type Paint, wrap } from '../terminal-text.ts'
import { gradeLabels, verdictCodes, verdictName, verdictTone } from './grade-words.ts'

/** What is known before the first test runs. */
export interface GradeFacts {
  readonly title: string
  /** Program, limits and checker, each in a few words. */
  readonly means: readonly string[]
  readonly tests: readonly JudgingTest[]
  /** Where each test's input lies; empty when they are in no files. */
  readonly inputFiles: readonly string[]
  /** The command that runs the submission under the same limits; undefined when it cannot be read again. */
  readonly runCommand: string | undefined
  readonly timeLimitMs: number
}

/** A judging so far. Tests come in order. */
export interface GradeView {
  /** Epoch milliseconds. */
  readonly beganAt: number
  readonly compile: { readonly ok: boolean; readonly log: string } | undefined
  readonly reports: readonly TestReport[]
}

/** Where a summary goes; `verbose` shows the compiler's words, all of them. */
export interface SummaryPage extends Page {
  readonly verbose: boolean
}

const margin = '  '
/** Wider lines are harder to read than they are useful. */
const widest = 120
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const
const spinnerMs = 80
const widths = { code: 3, words: { ko: 11, en: 13 }, time: 10, bar: 10, memory: 10, mostName: 32 }
/** A note with less room than this says nothing. */
const leastNote = 8
/** Most lines shown of a compiler's words, of standard error, and of a test's input and answer. */
const shownLines = { compiler: 30, standardError: 8, test: 6 }

/** The whole picture; with too few rows the last tests and those that failed last are what is seen. */
export function renderGrade(view: GradeView, facts: GradeFacts, screen: Screen): string[] {
  const { paint, locale } = screen
  const columns = Math.min(screen.columns, widest) - margin.length
  const head = headLines(facts, columns, paint)
  const foot = ['', progressLine(view, facts, columns, paint), paint('dim', fit(tally(view, screen), columns))]
  const rows = view.reports.map((report) => rowOf(report, facts, columns, paint, locale))
  // One row is for what runs now, one for what was left out, one for the cursor.
  const room = Math.max(1, screen.rows - head.length - foot.length - 3)
  const left = Math.max(0, rows.length - room)
  const lines = [
    ...head,
    ...(left === 0 ? [] : [paint('dim', `… ${gradeLabels[locale].earlier} ${count(left)}`)]),
    ...rows.slice(left),
    ...nowLines(view, facts, columns, screen),
    ...foot,
  ]
  return lines.map((line) => (line === '' ? '' : `${margin}${line}`))
}

/** The picture that stays: every test. */
export function renderWhole(view: GradeView, facts: GradeFacts, page: Page): string[] {
  const columns = Math.min(page.columns, widest) - margin.length
  const rows = view.reports.map((report) => rowOf(report, facts, columns, page.paint, page.locale))
  return [...headLines(facts, columns, page.paint), ...rows].map((line) => (line === '' ? '' : `${margin}${line}`))
}

function headLines({ title, means }: GradeFacts, columns: number, paint: Paint): string[] {
  return [
    '',
    `${paint(['bold', 'cyan'], 'Alpaco')}  ${paint('bold', fit(title, columns - 8))}`,
    ...wrap(means.join(' · '), columns).map((line) => paint('dim', line)),
    '',
  ]
}

function rowOf(report: TestReport, facts: GradeFacts, columns: number, paint: Paint, locale: Locale): string {
  const { verdict, timeMs, memoryBytes } = report
  const tone = verdictTone(verdict)
  const layout = layoutOf(facts, columns, locale)
  const words = layout.words === 0 ? '' : ` ${cell(verdictName(verdict, locale), layout.words)}`
  const row = [
    `${paint(tone, verdict === 'accepted' ? '✔' : '✖')} ${cellOfEnd(report.name, layout.name)}  `,
    paint(tone, `${cell(verdictCodes[verdict], widths.code)}${words}`),
    cellRight(milliseconds(timeMs), widths.time),
    ...(layout.bar === 0 ? [] : [`  ${timeBar(timeMs / facts.timeLimitMs, layout.bar, paint)}`]),
    ...(layout.memory === 0 ? [] : [paint('dim', cellRight(mebibytes(memoryBytes), layout.memory))]),
  ].join('')
  const note = layout.note < leastNote ? '' : fit(noteOf(report), layout.note)
  return note === '' ? row : `${row}  ${paint('dim', note)}`
}

function nameWidth(tests: readonly JudgingTest[]): number {
  return Math.min(
    widths.mostName,
    tests.reduce((most, { name }) => Math.max(most, stringWidth(name)), 0),
  )
}

interface Layout {
  readonly name: number
  /** Columns of what is left out where there is no room are 0. */
  readonly words: number
  readonly bar: number
  readonly memory: number
  readonly note: number
}

/** Names come first; in a narrow terminal the verdict's words give way, then the bar, then the memory. */
function layoutOf({ tests }: GradeFacts, columns: number, locale: Locale): Layout {
  const wanted = nameWidth(tests)
  let room = columns - (4 + wanted + widths.code + widths.time)
  const take = (width: number): number => {
    if (room < width) return 0
    room -= width
    return width
  }
  const memory = take(widths.memory)
  const bar = memory === 0 ? 0 : take(widths.bar + 2)
  const words = bar === 0 ? 0 : take(widths.words[locale] + 1)
  const name = Math.max(4, wanted + Math.min(0, room))
  return { name, memory, bar: Math.max(0, bar - 2), words: Math.max(0, words - 1), note: room - 2 }
}

/** How much of the time limit was used; red when all of it. */
function timeBar(share: number, columns: number, paint: Paint): string {
  const filled = Math.max(0, Math.min(columns, Math.ceil(share * columns)))
  const tone = share >= 1 ? 'red' : share > 0.5 ? 'yellow' : 'green'
  return paint(tone, '━'.repeat(filled)) + paint('dim', '─'.repeat(columns - filled))
}

/** What went wrong, in one line; empty for a test that was passed. */
function noteOf({ verdict, note, stderr }: TestReport): string {
  if (verdict === 'accepted') return ''
  const why = verdict === 'runtime-error' ? [errorLine(stderr)] : []
  return [note ?? '', ...why].filter((part) => part !== '').join(': ')
}

function nowLines(view: GradeView, { tests }: GradeFacts, columns: number, { now, paint, locale }: Screen): string[] {
  const turn = paint('cyan', spinner[Math.floor(now / spinnerMs) % spinner.length] ?? '⠋')
  if (view.compile === undefined) return [`${turn} ${fit(gradeLabels[locale].compiling, columns - 2)}`]
  const name = tests[view.reports.length]?.name
  return name === undefined ? [] : [`${turn} ${fit(name, columns - 2)}`]
}

function progressLine({ reports }: GradeView, { tests }: GradeFacts, columns: number, paint: Paint): string {
  const figure = ` ${reports.length}/${tests.length}`
  const width = Math.max(4, columns - figure.length)
  const filled = Math.round((width * reports.length) / Math.max(1, tests.length))
  const tone = reports.some(({ verdict }) => verdict !== 'accepted') ? 'red' : 'cyan'
  return `${paint(tone, '━'.repeat(filled))}${paint('dim', '─'.repeat(width - filled))}${paint('bold', figure)}`
}

/** `2.1초 · AC 12 · WA 1`. */
function tally({ reports, beganAt }: GradeView, { now, locale }: Screen): string {
  return [seconds(Math.max(0, now - beganAt), locale), ...counts(reports)].join(' · ')
}

/** `AC 12`, `WA 1`: each verdict with how often there was one. */
function counts(reports: readonly TestReport[]): string[] {
  const verdicts = [...new Set(reports.map(({ verdict }) => verdict))]
  return verdicts.map(
    (verdict) => `${verdictCodes[verdict]} ${count(reports.filter((report) => report.verdict === verdict).length)}`,
  )
}

/** A test as a plain line: `[ 3/12] WA  secret/1  12 ms  8.9 MiB  first difference …`. */
export function plainTestLine(report: TestReport, index: number, facts: GradeFacts): string {
  const total = String(facts.tests.length)
  const { verdict, name, timeMs, memoryBytes } = report
  const figures = `${cellRight(milliseconds(timeMs), widths.time)}${cellRight(mebibytes(memoryBytes), widths.memory)}`
  const place = `[${String(index + 1).padStart(total.length)}/${total}]`
  const words = `${cell(verdictCodes[verdict], 3)} ${cellOfEnd(name, nameWidth(facts.tests))}`
  return clean(`${place} ${words} ${figures}  ${noteOf(report)}`)
    .replaceAll('\n', ' ')
    .trimEnd()
}

/** What is left to read: the verdict with its figures, and what helps with the first failure. */
export function summaryLines(report: GradeReport, facts: GradeFacts, page: SummaryPage): string[] {
  const { paint, locale } = page
  const { verdict } = report
  const name = `${verdict === 'accepted' ? '✔' : '✖'} ${verdictName(verdict, locale)} (${verdictCodes[verdict]})`
  const first = [paint(['bold', verdictTone(verdict)], name), ...figuresOf(report, locale)].join(' · ')
  return [first, ...explanation(report, facts, page)].map((line) => (line === '' ? '' : margin + line))
}

function figuresOf({ compile, tests, testCount }: GradeReport, locale: Locale): string[] {
  if (!compile.ok) return []
  const label = gradeLabels[locale]
  const passed = tests.filter(({ verdict }) => verdict === 'accepted').length
  const [slowest] = tests.toSorted((one, other) => other.timeMs - one.timeMs)
  const [largest] = tests.toSorted((one, other) => other.memoryBytes - one.memoryBytes)
  const notRun = testCount - tests.length
  const failures = tests.filter(({ verdict }) => verdict !== 'accepted')
  return [
    locale === 'ko'
      ? `${count(testCount)}개 중 ${count(passed)}개 ${label.passed}`
      : `${count(passed)} of ${count(testCount)} ${label.passed}`,
    ...(failures.length > 1 ? counts(failures) : []),
    ...(notRun === 0 ? [] : [`${label.notRun} ${count(notRun)}`]),
    ...(slowest === undefined
      ? []
      : [`${label.slowest} ${milliseconds(slowest.timeMs)} (${fit(slowest.name, Infinity)})`]),
    ...(largest === undefined ? [] : [`${label.largest} ${mebibytes(largest.memoryBytes)}`]),
  ]
}

function explanation(report: GradeReport, facts: GradeFacts, page: SummaryPage): string[] {
  const { locale, paint, verbose, columns } = page
  const label = gradeLabels[locale]
  const { compile, tests, testCount } = report
  const { inputFiles, runCommand } = facts
  if (!compile.ok) return ['', ...quoted(atMost(compile.log, shownLines.compiler, page), paint, columns)]
  const warnings =
    verbose && compile.log.trim() !== ''
      ? ['', `${label.compilerSays}:`, ...quoted(atMost(compile.log, shownLines.compiler, page), paint, columns)]
      : []
  const failed = tests.findIndex(({ verdict }) => verdict !== 'accepted')
  const failure = tests[failed]
  if (failure === undefined) return warnings
  const { note } = failure
  const words = lastLines(failure.stderr, shownLines.standardError)
  const input = inputFiles[failed]
  return [
    '',
    `${label.firstFailure}  ${fit(failure.name + (note === null ? '' : `: ${note}`), Infinity)}`,
    ...(words.length === 0 ? [] : [`${label.standardError}:`, ...quoted(words, paint, columns)]),
    ...excerpt(label.input, facts.tests[failed]?.input ?? '', page),
    ...(failure.verdict === 'wrong-answer' ? excerpt(label.answer, facts.tests[failed]?.answer ?? '', page) : []),
    ...(input === undefined || runCommand === undefined
      ? []
      : [`${label.runAgain}: ${runCommand} --input ${shellWord(input)}`]),
    ...(tests.length < testCount ? [paint('dim', label.allHint)] : []),
    ...warnings,
  ]
}

/** The beginning of a test's file. */
function excerpt(title: string, text: string, { paint, columns }: SummaryPage): string[] {
  // Megabytes need not be looked through for a few lines.
  const lines = clean(text.slice(0, 10_000)).trimEnd().split('\n')
  const room = Math.min(columns, widest) - margin.length - 2
  const shown = lines.slice(0, shownLines.test)
  const cut = lines.length > shown.length ? ['…'] : []
  return [`${title}:`, ...[...shown, ...cut].map((line) => `${paint('dim', '│')} ${fit(line, room)}`.trimEnd())]
}

/** A word as a shell takes it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

function atMost(text: string, most: number, { locale, verbose }: { locale: Locale; verbose: boolean }): string[] {
  const lines = clean(text).trimEnd().split('\n')
  if (verbose || lines.length <= most) return lines
  return [...lines.slice(0, most), `… ${count(lines.length - most)} ${gradeLabels[locale].more}`]
}

function quoted(lines: readonly string[], paint: Paint, columns: number): string[] {
  const room = Math.min(columns, widest) - margin.length - 2
  return lines.flatMap((line) => wrap(line, room)).map((line) => `${paint('red', '│')} ${line}`.trimEnd())
}

/** The line that names the error: Python's is the last one, after others comes a stack. */
function errorLine(stderr: string): string {
  const lines = lastLines(stderr, Infinity)
  return (
    lines.findLast((line) => /^(?:Exception in thread "[^"]*" |Uncaught )?[\w.$]*(?:Error|Exception)\b/.test(line)) ??
    lines.at(-1) ??
    ''
  )
}

/** The last lines that say anything. */
function lastLines(text: string, most: number): string[] {
  return clean(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-most)
}
