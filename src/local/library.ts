// The commands about what is stored: list, show, and the set-up of the table.
import { systemClock } from '../adapters/clock.ts'
import { createProblemsTable, type ProblemsTable } from '../adapters/problems-table.ts'
import type { AuthorProblem, ProblemDocument, TestCase } from '../contract/problem.ts'
import { AppError } from '../errors.ts'
import type { ProblemStore, ProblemSummary } from '../ports.ts'
import stringWidth from 'string-width'
import { columnsOf, type Io, logOn, paintFor, print } from './io.ts'
import { LocalError } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { verificationLines } from './result-text.ts'
import { readSettings, type Settings, type Variables } from './settings.ts'
import { checkLocalStack, openTable } from './stack.ts'
import { statementMarkdown } from './statement-markdown.ts'
import { cell, clean } from './terminal-text.ts'
import { texts } from './texts.ts'

/** Most problems a list shows, and an id's beginning is looked for in. */
const listLimit = 10_000

/** Shows all stored problems, newest first. */
export async function list(line: CommandLine, variables: Variables, io: Io): Promise<number> {
  const problems = await withProblems(line, variables, io, (store) => store.list(listLimit))
  if (line.json) {
    const rows = problems.map(({ algorithmType, ...rest }) => ({ ...rest, algorithm_type: algorithmType }))
    print(io.stdout, JSON.stringify({ problems: rows }))
  } else if (problems.length === 0) {
    print(io.stderr, texts[line.locale].noProblems)
  } else {
    print(io.stdout, tableLines(problems, line, io))
  }
  return 0
}

function tableLines(problems: readonly ProblemSummary[], { locale }: CommandLine, io: Io): string[] {
  const paint = paintFor(io.stdout)
  const { problemId, title, topic, difficulty, createdAt } = texts[locale].columns
  const heads = [problemId, title, topic, difficulty, createdAt]
  const rows = problems.map((problem) => [
    problem.problemId,
    clean(problem.title),
    clean(problem.algorithmType),
    clean(problem.difficulty),
    localTime(problem.createdAt),
  ])
  const widths = heads.map((_, column) => Math.max(...[heads, ...rows].map((row) => stringWidth(row[column] ?? ''))))
  const surplus = widths.reduce((sum, width) => sum + width + 2, -2) - columnsOf(io.stdout)
  // Titles give way in a terminal; a pipe gets all of them.
  if (io.stdout.isTTY === true && surplus > 0) widths[1] = Math.max(10, (widths[1] ?? 0) - surplus)
  const join = (row: readonly string[]): string =>
    row
      .map((word, column) => cell(word, widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [paint('bold', join(heads)), ...rows.map(join)]
}

/** `2026-11-21 12:33` where the person is; Sweden writes dates this way. */
function localTime(at: string): string {
  return new Date(at).toLocaleString('sv-SE').slice(0, 16)
}

/** Shows one stored problem: its statement, its tests, or its solution. */
export async function show(line: CommandLine, variables: Variables, io: Io): Promise<number> {
  const text = texts[line.locale]
  const [wanted, ...rest] = line.operands
  if (wanted === undefined || wanted === '') throw new LocalError('bad-option', text.showNeedsId)
  if (rest.length > 0) throw new LocalError('bad-option', text.surplus(rest.join(' ')))
  const { document, tests } = await readStored(wanted, line, variables, io)
  const problem: AuthorProblem = { ...document, test_cases: tests }
  if (line.json) print(io.stdout, JSON.stringify(jsonOf(problem, tests, line)))
  else print(io.stdout, linesOf(problem, tests, line, io))
  return 0
}

/** The stored problem whose id begins or ends with `wanted`. Throws LocalError when there is none, or several. */
export async function readStored(
  wanted: string,
  line: CommandLine,
  variables: Variables,
  io: Io,
): Promise<{ readonly document: ProblemDocument; readonly tests: TestCase[] }> {
  return withProblems(line, variables, io, async (store) => {
    const found = await store.read(await wholeId(wanted, store, line))
    if (found === undefined) throw new LocalError('unknown-id', texts[line.locale].unknownId(wanted))
    return found
  })
}

function jsonOf(problem: AuthorProblem, tests: readonly TestCase[], line: CommandLine): Record<string, unknown> {
  const { problemId, language, solution_code } = problem
  if (line.tests) return { problemId, test_cases: tests }
  if (line.solution) return { problemId, language, solution_code }
  return { problem, report: problem.verification, problemId }
}

function linesOf(problem: AuthorProblem, tests: readonly TestCase[], line: CommandLine, io: Io): string[] {
  const paint = paintFor(io.stdout)
  if (line.solution) return [clean(problem.solution_code).trimEnd()]
  if (line.tests) {
    return tests.flatMap(({ input, output }, index) => [
      paint('bold', `# ${index + 1}`),
      clean(input).trimEnd(),
      paint('dim', '---'),
      clean(output).trimEnd(),
      '',
    ])
  }
  const page = { columns: columnsOf(io.stdout), paint, locale: line.locale }
  return [clean(statementMarkdown(problem)).trimEnd(), '', ...verificationLines(problem, page)]
}

/** The id that begins or ends with these letters; ids of one day begin alike. Throws LocalError when there is none, or several. */
async function wholeId(wanted: string, store: ProblemStore, { locale }: CommandLine): Promise<string> {
  const beginning = wanted.toLowerCase()
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(beginning)) return beginning
  const ids = (await store.list(listLimit)).map(({ problemId }) => problemId)
  const [id, ...others] = ids.filter((candidate) => candidate.startsWith(beginning) || candidate.endsWith(beginning))
  if (id === undefined) throw new LocalError('unknown-id', texts[locale].unknownId(wanted))
  if (others.length > 0) throw new LocalError('ambiguous-id', texts[locale].ambiguousId(wanted, [id, ...others]))
  return id
}

/** Creates the table where it is missing. */
export async function setUp(line: CommandLine, variables: Variables, io: Io): Promise<number> {
  const text = texts[line.locale]
  const settings = readSettings(line, variables)
  await checkLocalStack(settings, line.locale)
  const table = await openTable(settings, line.locale)
  try {
    await table.ensure()
  } catch (error) {
    const why = error instanceof Error ? error.name : 'I/O'
    throw new LocalError('setup-failed', text.setupFailed(table.place, why), { exitCode: 1, cause: error })
  } finally {
    await table.close()
  }
  const { name, place } = table
  print(io.stdout, line.json ? JSON.stringify({ tables: [{ name, place }] }) : text.tableReady(name, place))
  return 0
}

async function withProblems<T>(
  line: CommandLine,
  variables: Variables,
  io: Io,
  work: (store: ProblemStore) => Promise<T>,
): Promise<T> {
  return withTable(line, readSettings(line, variables), io, ({ problems }) => work(problems))
}

/** Opens the table for a command, and closes it again. Throws LocalError when it cannot be read. */
export async function withTable<T>(
  { locale }: CommandLine,
  settings: Settings,
  io: Io,
  work: (table: ProblemsTable) => Promise<T>,
): Promise<T> {
  await checkLocalStack(settings, locale)
  const place = await openTable(settings, locale)
  try {
    if (settings.table.kind === 'stand-in') await place.ensure()
    const { config: client, name: tableName } = place
    const log = logOn(io.stderr, settings.verbose)
    const opened = createProblemsTable({ client, tableName, clock: systemClock, log })
    try {
      return await work(opened)
    } finally {
      opened.close()
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { tableUnreadable, tableHint } = texts[locale]
    throw new LocalError(error.code, `${tableUnreadable(place.place)} ${tableHint}`, { exitCode: 1, cause: error })
  } finally {
    await place.close()
  }
}
