// A problem of ours with all its tests and programs, from a JSON file or from the table.
import { stat } from 'node:fs/promises'
import * as z from 'zod'
import type { Locale } from '../../contract/topics.ts'
import { type PackageSource, packageSourceSchema } from '../../packages/source.ts'
import type { Io } from '../io.ts'
import { readStored } from '../library.ts'
import { LocalError, systemCode, systemReason } from '../local-error.ts'
import type { CommandLine } from '../options.ts'
import type { Variables } from '../settings.ts'
import { texts } from '../texts.ts'
import { readText, type Reading, testsLimitBytes } from '../judging/text-file.ts'

const wrappedSchema = z.object({ problem: z.record(z.string(), z.unknown()) })
const testsSchema = z.object({ problemId: z.string().optional(), test_cases: z.array(z.unknown()).optional() })

/** What a word on the command line names: something on the disk, or else a stored problem. */
export async function targetKind(target: string, { locale }: Reading): Promise<'folder' | 'file' | 'none'> {
  try {
    return (await stat(target)).isDirectory() ? 'folder' : 'file'
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return 'none'
    const why = systemReason(cause, locale)
    throw new LocalError('unreadable-file', texts[locale].fileUnreadable(target, why), { cause })
  }
}

/** Reads a JSON file as `npm start` writes it to out/ and `show --json` prints it. Throws LocalError. */
export async function readProblemFile(
  file: string,
  command: 'verify' | 'export',
  reading: Reading,
): Promise<PackageSource> {
  const { badFile, notProblemJson } = texts[reading.locale]
  const content = await readText(file, testsLimitBytes, reading)
  try {
    const json: unknown = JSON.parse(content)
    return sourceOf(wrappedSchema.safeParse(json).data?.problem ?? json, file, command, reading)
  } catch (cause) {
    if (cause instanceof LocalError) throw cause
    throw new LocalError('bad-problem', badFile(file, notProblemJson(command)), { cause })
  }
}

/** Reads the stored problem whose id begins or ends with `id`. Throws LocalError. */
export async function readStoredProblem(
  id: string,
  command: 'verify' | 'export',
  line: CommandLine,
  variables: Variables,
  io: Io,
  reading: Reading,
): Promise<PackageSource> {
  const missing = (cause?: unknown): LocalError =>
    new LocalError('missing-problem', texts[reading.locale].noSuchProblem(id), { cause })
  // Anything else was meant as a path; no need to open the table to say so.
  if (!/^[0-9a-f-]{1,36}$/i.test(id)) throw missing()
  try {
    const { document, tests } = await readStored(id, line, variables, io)
    return sourceOf({ ...document, test_cases: tests }, id, command, reading)
  } catch (error) {
    if (error instanceof LocalError && error.code === 'unknown-id') throw missing(error)
    throw error
  }
}

function sourceOf(value: unknown, label: string, command: 'verify' | 'export', { locale }: Reading): PackageSource {
  const { badFile, noDocumentTests } = texts[locale]
  const tests = testsSchema.safeParse(value).data
  if (tests !== undefined && tests.test_cases === undefined) {
    throw new LocalError('no-tests', noDocumentTests(label, tests.problemId))
  }
  const parsed = packageSourceSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new LocalError('bad-problem', badFile(label, mistakeIn(parsed.error, command, locale)), { cause: parsed.error })
}

/** What is wrong with a document: it is none, or a part of it is. The schema's own words are not for readers. */
export function mistakeIn({ issues }: z.ZodError, command: 'verify' | 'export' | 'remake', locale: Locale): string {
  const [first] = issues
  const { badPart, notProblemJson } = texts[locale]
  return first === undefined || first.path.length === 0 ? notProblemJson(command) : badPart(first.path.join('.'))
}
