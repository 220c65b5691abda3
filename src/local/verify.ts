// The command that checks a problem, anybody's package or one of ours: looks at its files, runs its programs, and tells what it found.
import { createLogUpdate } from 'log-update'
import { checkSubject, type SkipReason, type SubjectCheck } from '../packages/check-subject.ts'
import { type Rebuilt, rebuildTests } from '../packages/rebuild.ts'
import { measureStrength } from '../packages/strength.ts'
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
import { findingLines, reportOf, summaryLines } from './verifying/report.ts'
import { words } from './verifying/words.ts'
import { checkTarget, replaceFolder } from './verifying/write-folder.ts'

/** Verifies a problem. Returns 0 when there are no errors, else 1. Throws LocalError, and Interrupted. */
export async function verify(line: CommandLine, variables: Variables, io: Io, interrupt: AbortSignal): Promise<number> {
  const { locale, json, rebuildTests: target } = line
  const word = words[locale]
  const reading = { signal: interrupt, locale }
  const looked = await look(line, variables, io, reading)
  if (target !== undefined) await checkTarget(target, '--rebuild-tests', reading)
  const paint = paintFor(io.stdout)
  const seen = looked.findings.map(looked.rename)
  // Running may take a minute: nobody should wait that long to hear of a missing file.
  if (!json) print(io.stdout, findingLines(seen, paint, locale))
  const ran = looked.subject === undefined ? undefined : await run(looked.subject, line, variables, io, interrupt)
  const skipped = new Map(looked.skipped)
  for (const [check, reason] of ran?.skipped ?? []) skipped.set(check, word.reason[reason])
  const found = { seen, ran: (ran?.findings ?? []).map(looked.rename) }
  const partly = new Map(looked.partly)
  if (ran !== undefined && ran.leftOut > 0 && !skipped.has('submissions')) {
    partly.set('submissions', [partly.get('submissions'), word.testsLeftOut(ran.leftOut)].filter(Boolean).join('; '))
  }
  const report = reportOf(found, skipped, partly, locale)
  const { rebuilt } = ran ?? {}
  if (target !== undefined && rebuilt !== undefined)
    await replaceFolder(target, rebuilt.files, '--rebuild-tests', reading)
  const { files: _files, ...counts } = rebuilt ?? { files: [] }
  const rebuiltNote = target === undefined || rebuilt === undefined ? undefined : { folder: target, ...counts }
  if (json) print(io.stdout, JSON.stringify({ ...report, ...(rebuiltNote && { rebuilt: rebuiltNote }) }))
  else {
    print(io.stdout, [...findingLines(found.ran, paint, locale), ...summaryLines(report, paint, locale)])
    if (target !== undefined && rebuilt !== undefined) {
      const { dropped, added } = rebuilt
      print(io.stdout, [
        word.rebuilt(target, rebuilt),
        ...(dropped.length === 0 ? [] : [word.droppedTests(dropped)]),
        ...(added.length === 0 ? [] : [word.addedTests(added)]),
      ])
    }
    if (target !== undefined && rebuilt === undefined) print(io.stderr, word.notRebuilt)
  }
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
      ? await readProblemFile(target, 'verify', reading)
      : await readStoredProblem(target, 'verify', line, variables, io, reading)
  return lookAtDocument(source, reading)
}

/** What running showed, and the better tests that were asked for. */
interface Ran extends SubjectCheck {
  readonly rebuilt: Rebuilt | undefined
}

async function run(
  subject: Subject,
  line: CommandLine,
  variables: Variables,
  io: Io,
  interrupt: AbortSignal,
): Promise<Ran> {
  const { locale, rebuildTests: target } = line
  const settings = readSettings(line, variables)
  await checkLocalStack(settings, locale)
  const opened = await openExecutor(settings, logOn(io.stderr, settings.verbose))
  const progress = openProgress(line, io)
  try {
    const { executor } = opened
    const check = await checkSubject(subject, executor, interrupt, progress.show)
    const accepted = check.runs?.accepted ?? []
    const { usable, leftOut } = check
    const without = (reason: SkipReason): SubjectCheck['skipped'] => new Map([...check.skipped, ['mutants', reason]])
    if (leftOut > 0 && target === undefined) return { ...check, skipped: without('tests-left-out'), rebuilt: undefined }
    progress.show(words[locale].check.mutants)
    const strength = await measureStrength(usable, accepted, executor, interrupt)
    if (strength === undefined) return { ...check, skipped: without('no-accepted'), rebuilt: undefined }
    // What survives may be stopped by a test that was left out.
    const told = strength.findings.filter(({ id }) => leftOut === 0 || id !== 'mutant-survives')
    const skipped = leftOut === 0 ? check.skipped : without('tests-left-out')
    const measured = { ...check, skipped, findings: [...check.findings, ...told] }
    if (target === undefined) return { ...measured, rebuilt: undefined }
    progress.show('--rebuild-tests')
    return { ...measured, rebuilt: await rebuildTests(usable, strength, accepted, executor, interrupt) }
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
