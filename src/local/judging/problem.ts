// Which problem a word on the command line means, and how much of it can be judged by: a folder, a package, a document, a stored id.
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { ExecutorLanguage } from '../../contract/languages.ts'
import type { Io } from '../io.ts'
import { readStored } from '../library.ts'
import { LocalError, systemCode, systemReason } from '../local-error.ts'
import type { CommandLine } from '../options.ts'
import type { Variables } from '../settings.ts'
import { texts } from '../texts.ts'
import { isKattisPackage, readKattisPackage } from './kattis-package.ts'
import type { CheckerNeed, LoadedProblem } from './loaded-problem.ts'
import { fromDocument, readProblemDocument } from './problem-document.ts'
import { findTests, readTests } from './test-folder.ts'
import type { Reading } from './text-file.ts'

/** What a problem is loaded for, and with. */
export interface Loading extends Reading {
  readonly line: CommandLine
  readonly variables: Variables
  readonly io: Io
  /** The submission's. */
  readonly language: ExecutorLanguage
  readonly need: CheckerNeed
}

/** Loads the problem that `target` names. Throws LocalError. */
export async function loadProblem(target: string, loading: Loading): Promise<LoadedProblem> {
  const problem = await load(target, loading)
  if (problem.tests.length === 0) throw new LocalError('no-tests', texts[loading.locale].noTests(target))
  const notes = [...problem.notes, ...sampleNotes(problem, loading), ...textNotes(problem, loading)]
  return { ...problem, notes }
}

async function load(target: string, loading: Loading): Promise<LoadedProblem> {
  const { locale, language, need } = loading
  const text = texts[locale]
  const kind = await kindOf(target, loading)
  if (kind === 'none') return loadStored(target, loading)
  if (kind === 'file') {
    if (/^\.(zip|kpp|tar|t?gz)$/i.test(extname(target))) throw new LocalError('bad-problem', text.unpackFirst(target))
    return readProblemDocument(target, loading)
  }
  if (await isKattisPackage(target)) return readKattisPackage(target, language, need, loading)
  const found = await findTests(target, ['.ans', '.out'], loading)
  return {
    title: target,
    tests: await readTests(found, loading),
    inputFiles: found.map(({ input }) => input),
    limits: {},
    checker: undefined,
    checkerArgs: [],
    notes: [],
  }
}

async function kindOf(target: string, { locale }: Reading): Promise<'folder' | 'file' | 'none'> {
  try {
    return (await stat(target)).isDirectory() ? 'folder' : 'file'
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return 'none'
    throw new LocalError('unreadable-file', texts[locale].fileUnreadable(target, systemReason(cause, locale)), {
      cause,
    })
  }
}

async function loadStored(id: string, { line, variables, io, locale }: Loading): Promise<LoadedProblem> {
  // Anything else was meant as a path; no need to open the table to say so.
  if (!/^[0-9a-f-]{1,36}$/i.test(id)) throw new LocalError('missing-problem', texts[locale].noSuchProblem(id))
  try {
    const { document, tests } = await readStored(id, line, variables, io)
    return fromDocument({ ...document, test_cases: tests }, id)
  } catch (error) {
    if (!(error instanceof LocalError) || error.code !== 'unknown-id') throw error
    throw new LocalError('missing-problem', texts[locale].noSuchProblem(id), { cause: error })
  }
}

/** Samples are in the statement: who passes them has shown little. */
function sampleNotes({ tests }: LoadedProblem, { locale }: Reading): string[] {
  return tests.every(({ name }) => name.startsWith('sample/')) ? [texts[locale].onlySamples] : []
}

/** Programs stumble over them, and nobody sees why. */
function textNotes({ tests }: LoadedProblem, { locale }: Reading): string[] {
  const { windowsLineEnds, byteOrderMark } = texts[locale]
  const lines = tests.filter(({ input }) => input.includes('\r\n'))
  const marks = tests.filter(({ input, answer }) => input.startsWith('\uFEFF') || answer.startsWith('\uFEFF'))
  return [
    ...(lines[0] === undefined ? [] : [windowsLineEnds(lines[0].name, lines.length)]),
    ...(marks[0] === undefined ? [] : [byteOrderMark(marks[0].name, marks.length)]),
  ]
}
