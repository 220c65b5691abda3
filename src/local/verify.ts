// The command that checks a problem, anybody's package or one of ours: looks at its files, runs its programs, and tells what it found.
import { createLogUpdate } from 'log-update'
import { checkSubject, type SubjectCheck } from '../packages/check-subject.ts'
import type { Subject } from '../packages/subject.ts'
import { faultOf } from './executor-fault.ts'
import { type Io, isDrawable, logOn, paintFor, print } from './io.ts'
import type { Reading } from './judging/text-file.ts'
import { LocalError } from './local-error.ts'
import { openExecutor } from './open-executor.ts'
import type { CommandLine } from './options.ts'
import { readSettings, type Variables } from './settings.ts'
import { checkLocalStack } from './stack.ts'
import { clean } from './terminal-text.ts'
import { texts } from './texts.ts'
import { type Looked, lookAtDocument, lookAtPackage } from './verifying/look.ts'
import { readProblemFile, readStoredProblem, targetKind } from './verifying/read-problem.ts'
import { reportLines, reportOf } from './verifying/report.ts'
import { words } from './verifying/words.ts'

/** Verifies a problem. Returns 0 when there are no errors, else 1. Throws LocalError, and Interrupted. */
export async function verify(line: CommandLine, variables: Variables, io: Io, interrupt: AbortSignal): Promise<number> {
  const { locale, json } = line
  const looked = await look(line, variables, io, { signal: interrupt, locale })
  const ran = looked.subject === undefined ? undefined : await run(looked.subject, line, variables, io, interrupt)
  const skipped = new Map(looked.skipped)
  for (const [check, reason] of ran?.skipped ?? []) skipped.set(check, words[locale].reason[reason])
  const found = [...looked.findings, ...(ran?.findings ?? [])].map(looked.rename)
  const report = reportOf(found, skipped, looked.partly, locale)
  if (json) print(io.stdout, JSON.stringify(report))
  else print(io.stdout, reportLines(report, paintFor(io.stdout), locale))
  return report.sound ? 0 : 1
}

async function look(line: CommandLine, variables: Variables, io: Io, reading: Reading): Promise<Looked> {
  const { locale, operands } = line
  const [target, ...rest] = operands
  if (target === undefined) throw new LocalError('bad-option', words[locale].verifyNeeds)
  if (rest.length > 0) throw new LocalError('bad-option', texts[locale].surplus(rest.join(' ')))
  const kind = await targetKind(target, reading)
  if (kind === 'folder') return lookAtPackage(target, reading)
  if (/\.(zip|kpp|tar|t?gz)$/i.test(target) && kind === 'file') {
    throw new LocalError('bad-problem', texts[locale].unpackFirst(target))
  }
  const source =
    kind === 'file'
      ? await readProblemFile(target, reading)
      : await readStoredProblem(target, line, variables, io, reading)
  return lookAtDocument(source, reading)
}

async function run(
  subject: Subject,
  line: CommandLine,
  variables: Variables,
  io: Io,
  interrupt: AbortSignal,
): Promise<SubjectCheck> {
  const { locale } = line
  const settings = readSettings(line, variables)
  await checkLocalStack(settings, locale)
  const opened = await openExecutor(settings, logOn(io.stderr, settings.verbose))
  const progress = openProgress(line, io)
  try {
    return await checkSubject(subject, opened.executor, interrupt, progress.show)
  } catch (error) {
    interrupt.throwIfAborted()
    throw error instanceof LocalError ? error : faultOf(error, locale)
  } finally {
    progress.end()
    await opened.close()
  }
}

/** One line that changes in a terminal, plain lines elsewhere; standard output belongs to the report. */
function openProgress({ json, locale }: CommandLine, io: Io): { show: (what: string) => void; end: () => void } {
  const { stderr } = io
  const text = (what: string): string => clean(words[locale].running(what))
  if (isDrawable(stderr, io.env)) {
    const draw = createLogUpdate(stderr)
    return {
      show: (what) => draw(text(what)),
      end() {
        draw.clear()
        draw.done()
      },
    }
  }
  return { show: (what) => (json ? undefined : print(stderr, text(what))), end: () => undefined }
}
