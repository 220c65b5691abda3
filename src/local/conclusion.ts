// The end of a run as the person gets it: the problem read back and written to files, or what went wrong; and the exit code.
import { join } from 'node:path'
import type { AuthorProblem } from '../contract/problem.ts'
import type { Locale } from '../contract/topics.ts'
import { writeWhole } from './files.ts'
import type { GenerationClient } from './generation-client.ts'
import { verificationReport } from '../report/verification-report.ts'
import { columnsOf, type Io, paintFor, print } from './io.ts'
import { LocalError, systemReason } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { failureLines, problemLines } from './result-text.ts'
import type { RunEnd, RunView } from './run-state.ts'
import { statementMarkdown } from './statement-markdown.ts'
import { texts } from './texts.ts'

/** Where a result goes, and where it is stored. */
export interface Destination {
  readonly line: CommandLine
  readonly io: Io
  readonly place: string
  /** The scripted stand-in was the model. */
  readonly isStandIn: boolean
}

/**
 * Says how a run ended and returns the exit code: 0 only for a problem that is stored, read back and written. `data` is
 * the terminal event as it came. Throws LocalError when the problem is not as it was shown.
 */
export async function conclude(run: RunView, data: string, client: GenerationClient, to: Destination): Promise<number> {
  const { end } = run
  if (end === undefined) throw new TypeError('The run has not ended.')
  if (end.type !== 'problem') {
    sayFailure(end, to)
    return 1
  }
  const { line, io, place } = to
  const problem = await readBack(end, data, client, line.locale)
  const files = await save(problem, line)
  if (line.json) {
    print(io.stdout, JSON.stringify({ problem, report: problem.verification, problemId: problem.problemId }))
    return 0
  }
  const page = { columns: columnsOf(io.stdout), paint: paintFor(io.stdout), locale: line.locale }
  const elapsedMs = (run.lastAt ?? 0) - (run.beganAt ?? 0)
  print(io.stdout, ['', ...problemLines(problem, { files, place, elapsedMs }, page), ''])
  return 0
}

function sayFailure(end: Exclude<RunEnd, { type: 'problem' }>, { line, io, isStandIn }: Destination): void {
  const hint = end.type === 'failed' ? hintFor(end, isStandIn, line.locale) : undefined
  if (line.json) {
    const error =
      end.type === 'cancelled'
        ? { code: 'cancelled', message: end.message }
        : { code: end.code, message: end.message, retryable: end.retryable, evidence: end.evidence, hint }
    print(io.stdout, JSON.stringify({ error, problemId: end.problemId }))
    return
  }
  // A pipe has read the whole of it in the run's last line.
  if (end.type === 'cancelled' && io.stdout.isTTY !== true) return
  const page = { columns: columnsOf(io.stdout), paint: paintFor(io.stdout), locale: line.locale }
  print(io.stdout, ['', ...failureLines(end, hint, page), ''])
}

/** What may help on this machine. */
export function hintFor(
  { code, evidence }: Extract<RunEnd, { type: 'failed' }>,
  isStandIn: boolean,
  locale: Locale,
): string | undefined {
  const { sandboxHint, keyHint, copiesHint } = texts[locale]
  if (isStandIn && evidence.at(-2)?.startsWith('G20 ') === true) return copiesHint
  if (code === 'executor-unavailable') return sandboxHint
  return code === 'model-key-refused' ? keyHint : undefined
}

/**
 * The problem with all its tests, once the table was asked for it again: the status says COMPLETED and the stored
 * event is the same, byte for byte.
 */
async function readBack(
  end: Extract<RunEnd, { type: 'problem' }>,
  data: string,
  client: GenerationClient,
  locale: Locale,
): Promise<AuthorProblem> {
  const { problemId, seq } = end
  const { test_cases: inline, tests_url: url, ...problem } = end.problem
  const [status, stored, tests] = await Promise.all([
    client.status(problemId),
    client.storedEvent(problemId, seq),
    inline ?? client.tests(url ?? `/generations/${problemId}/tests`),
  ])
  const { count, bytes } = problem.tests
  const isWhole = tests.length === count && Buffer.byteLength(JSON.stringify(tests)) === bytes
  if (status !== 'COMPLETED' || stored !== data || !isWhole) {
    throw new LocalError('not-stored', texts[locale].notStored, { exitCode: 1 })
  }
  return { ...problem, test_cases: tests }
}

/** Returns the names of the files it wrote. */
async function save(problem: AuthorProblem, { out, locale }: CommandLine): Promise<string[]> {
  const report = verificationReport(problem, problem.test_cases ?? [], problem.locale)
  const files: readonly (readonly [ending: string, text: string])[] = [
    ['json', `${JSON.stringify(problem, null, 2)}\n`],
    ['md', statementMarkdown(problem)],
    ['report.md', report.markdown],
    ['report.html', report.html],
  ]
  try {
    const names: string[] = []
    for (const [ending, text] of files) {
      const name = join(out, `${problem.problemId}.${ending}`)
      await writeWhole(name, text)
      names.push(name)
    }
    return names
  } catch (cause) {
    const message = texts[locale].saveFailed(systemReason(cause, locale))
    throw new LocalError('save-failed', message, { exitCode: 1, cause })
  }
}
