// The command that judges a program: loads the problem, shows each test as it ends, and says the verdict.
import { judge as judgeSubmission } from '../judge/judge.ts'
import { runtimeAllowanceBytes } from '../contract/languages.ts'
import type { GradeReport, Submission } from '../contract/judging.ts'
import type { Locale } from '../contract/topics.ts'
import type { Executor } from '../ports.ts'
import { faultOf } from './executor-fault.ts'
import { megabytes } from './figures.ts'
import { Interrupted } from './interrupt.ts'
import { columnsOf, type Io, logOn, paintFor, print } from './io.ts'
import { checkerFor, checkerNeed, chooseChecker } from './judging/checker-choice.ts'
import { chooseGradeReporter, type GradeReporter } from './judging/grade-reporter.ts'
import { type GradeFacts, shellWord, summaryLines } from './judging/grade-view.ts'
import { checkerText, gradeLabels } from './judging/grade-words.ts'
import { defaultLimits, type SettledLimits, settleLimits } from './judging/limits.ts'
import { loadProblem } from './judging/problem.ts'
import { readSubmission } from './judging/program-source.ts'
import { LocalError } from './local-error.ts'
import { openExecutor } from './open-executor.ts'
import type { CommandLine } from './options.ts'
import { readSettings, type Variables } from './settings.ts'
import { checkLocalStack } from './stack.ts'
import { clean } from './terminal-text.ts'
import { texts } from './texts.ts'

/** As a process ends that writes to nobody: 128 and the number of SIGPIPE. */
const brokenPipe = 141

/** Judges a submission. Returns 0 when it is accepted, 1 for any other verdict. Throws LocalError, and Interrupted. */
export async function judge(line: CommandLine, variables: Variables, io: Io, interrupt: AbortSignal): Promise<number> {
  const { locale, json } = line
  const settings = readSettings(line, variables)
  const prepared = await prepare(line, variables, io, interrupt)
  const { submission, facts, notes } = prepared
  // With --json they are in the document.
  if (!json) for (const note of notes) print(io.stderr, clean(note))
  await checkLocalStack(settings, locale)
  const opened = await openExecutor(settings, logOn(io.stderr, settings.verbose))
  const reporter = chooseGradeReporter(facts, io, { json, locale, verbose: settings.verbose })
  // Nobody reads the verdicts of whom `| head` has left.
  const unread = new AbortController()
  io.stdout.once('error', () => unread.abort(new Interrupted(brokenPipe)))
  const stop = AbortSignal.any([interrupt, unread.signal])
  try {
    const report = await follow(submission, opened.executor, reporter, stop)
    reporter.end()
    conclude(report, prepared, settings.verbose, line, io)
    return report.verdict === 'accepted' ? 0 : 1
  } catch (error) {
    stop.throwIfAborted()
    throw faultOf(error, locale)
  } finally {
    reporter.end()
    await opened.close()
  }
}

interface Prepared {
  readonly submission: Submission
  readonly facts: GradeFacts
  readonly notes: readonly string[]
}

/** Reads everything that was named. Throws LocalError. */
async function prepare(line: CommandLine, variables: Variables, io: Io, signal: AbortSignal): Promise<Prepared> {
  const { locale, timeLimitMs, memoryBytes } = line
  const text = texts[locale]
  const [target, source, ...rest] = line.operands
  if (target === undefined || source === undefined) throw new LocalError('bad-option', text.judgeNeeds)
  if (rest.length > 0) throw new LocalError('bad-option', text.surplus(rest.join(' ')))
  const reading = { signal, locale }
  const choice = await chooseChecker(line)
  const program = await readSubmission(source, line.language, io, reading)
  const need = checkerNeed(choice)
  const problem = await loadProblem(target, { ...reading, line, variables, io, language: program.language, need })
  const checker = await checkerFor(choice, problem, reading)
  const given = {
    ...(timeLimitMs === undefined ? {} : { timeMs: timeLimitMs }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
  }
  const settled = settleLimits(given, problem.limits, problem.tests, locale)
  const submission: Submission = {
    program,
    tests: [...problem.tests],
    limits: settled.limits,
    checker,
    all: line.all,
  }
  return {
    submission,
    facts: {
      title: problem.title,
      means: meansOf(submission, source, settled, locale),
      tests: problem.tests,
      inputFiles: problem.inputFiles,
      runCommand: source === '-' ? undefined : runCommand(source, line.language, settled.limits),
      timeLimitMs: settled.limits.timeMs,
    },
    // A limit given with an option makes words about the problem's own beside the point.
    notes: [
      ...problem.notes.filter((note) => timeLimitMs === undefined || note !== text.timeLimitInferred),
      ...settled.notes,
    ],
  }
}

function meansOf(
  { program, checker, tests }: Submission,
  source: string,
  { limits, defaults }: SettledLimits,
  locale: Locale,
): string[] {
  const label = gradeLabels[locale]
  const mark = (name: 'timeMs' | 'memoryBytes'): string => (defaults.includes(name) ? ` (${label.byDefault})` : '')
  const allowance = runtimeAllowanceBytes[program.language]
  const runtime = allowance === 0 ? '' : ` + ${megabytes(allowance)} (${label.runtime})`
  const time = locale === 'ko' ? `${limits.timeMs / 1_000}초` : `${limits.timeMs / 1_000} s`
  return [
    `${source} (${program.language})`,
    `${label.limits} ${time}${mark('timeMs')} ${megabytes(limits.memoryBytes)}${mark('memoryBytes')}${runtime}`,
    `${label.checker} ${checkerText(checker)}`,
    `${label.tests} ${tests.length}`,
  ]
}

/** What runs the submission once, under the same limits. */
function runCommand(source: string, language: string | undefined, limits: Submission['limits']): string {
  const { timeMs, memoryBytes } = limits
  return [
    `npm start -s -- run ${shellWord(source)}`,
    ...(language === undefined ? [] : [`--language ${language}`]),
    ...(timeMs === defaultLimits.timeMs ? [] : [`--time-limit ${timeMs / 1_000}`]),
    ...(memoryBytes === defaultLimits.memoryBytes ? [] : [`--memory ${Math.ceil(memoryBytes / 1024 / 1024)}`]),
  ].join(' ')
}

/** Reads the judging to its end. */
async function follow(
  submission: Submission,
  executor: Executor,
  reporter: GradeReporter,
  interrupt: AbortSignal,
): Promise<GradeReport> {
  const events = judgeSubmission(submission, executor, interrupt)
  let step = await events.next()
  while (step.done !== true) {
    const event = step.value
    if (event.type === 'compiled') reporter.compiled(event)
    else reporter.test(event.report)
    step = await events.next()
  }
  return step.value
}

function conclude(
  report: GradeReport,
  { submission, facts, notes }: Prepared,
  verbose: boolean,
  { json, locale }: CommandLine,
  io: Io,
): void {
  const { stdout } = io
  if (json) {
    print(stdout, JSON.stringify(documentOf(report, submission, notes)))
    return
  }
  const page = { columns: columnsOf(stdout), paint: paintFor(stdout), locale, verbose }
  print(stdout, ['', ...summaryLines(report, facts, page), ...(stdout.isTTY === true ? [''] : [])])
}

/** The report, and what it was made with. A checker's program is named, not quoted. */
function documentOf(report: GradeReport, { program, limits, checker }: Submission, notes: readonly string[]): unknown {
  const named =
    checker.kind === 'custom'
      ? {
          ...checker,
          program: { language: checker.program.language, files: checker.program.files.map(({ name }) => name) },
        }
      : checker
  return { ...report, language: program.language, limits, checker: named, notes }
}
