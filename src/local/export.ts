// The command that writes a problem as a package: tries its programs, builds the files, and puts all of them in place at once.
import { join } from 'node:path'
import { submissionSchema } from '../contract/judging.ts'
import { buildPackage, packageName } from '../packages/build-package.ts'
import { type Placement, placementOf } from '../packages/placement.ts'
import {
  formatVersions,
  type FormatVersion,
  type PackageFile,
  type PackageSource,
  type PlacedProgram,
  type SourceProgram,
} from '../packages/source.ts'
import { programOf } from '../packages/submission-program.ts'
import { type Arena, tryProgram } from '../packages/trial.ts'
import type { Executor } from '../ports.ts'
import { faultOf } from './executor-fault.ts'
import { type Io, logOn, print } from './io.ts'
import { fromDocument } from './judging/problem-document.ts'
import { settleLimits } from './judging/limits.ts'
import type { Reading } from './judging/text-file.ts'
import { LocalError } from './local-error.ts'
import { openExecutor } from './open-executor.ts'
import type { CommandLine } from './options.ts'
import { readSettings, type Variables } from './settings.ts'
import { checkLocalStack } from './stack.ts'
import { nearest } from './nearest.ts'
import { texts } from './texts.ts'
import { readProblemFile, readStoredProblem, targetKind } from './verifying/read-problem.ts'
import { words } from './verifying/words.ts'
import { checkTarget, replaceFolder } from './verifying/write-folder.ts'

/** Exports a problem. Returns 0, or 1 when its own reference solution fails. Throws LocalError, and Interrupted. */
export async function exportPackage(
  line: CommandLine,
  variables: Variables,
  io: Io,
  interrupt: AbortSignal,
): Promise<number> {
  const { locale, json, out } = line
  const word = words[locale]
  const version = versionOf(line)
  const reading = { signal: interrupt, locale }
  const source = await readSource(line, variables, io, reading)
  const folder = join(out, packageName(source.slug))
  await checkTarget(folder, '--out', reading)
  const { placed, leftOut } = await place(source, line, variables, io, interrupt)
  const files = filesOf(source, placed, version, line)
  await replaceFolder(folder, files, '--out', reading)
  if (json) {
    print(io.stdout, JSON.stringify({ folder, formatVersion: version, files: files.map(({ path }) => path), leftOut }))
    return 0
  }
  for (const { role, why } of leftOut) print(io.stderr, word.leftOut(role, why))
  const shown = placed.map(({ program, folder: home }) => `${program.role} → ${home}`)
  print(io.stdout, [
    word.exported(folder, files.length),
    `${word.placed}: ${shown.join(', ')}`,
    word.verifyNext(folder),
  ])
  return 0
}

function versionOf({ format, formatVersion = 'legacy', locale }: CommandLine): FormatVersion {
  const { notOneOf } = texts[locale]
  if (format === undefined) throw new LocalError('bad-option', words[locale].formatMissing)
  const version = formatVersions.find((known) => known === formatVersion)
  if (version !== undefined) return version
  const near = nearest(formatVersion, formatVersions)
  throw new LocalError('bad-option', notOneOf('--format-version', formatVersion, formatVersions, near))
}

async function readSource(line: CommandLine, variables: Variables, io: Io, reading: Reading): Promise<PackageSource> {
  const { locale, operands } = line
  const [target, ...rest] = operands
  if (target === undefined) throw new LocalError('bad-option', words[locale].exportNeeds)
  if (rest.length > 0) throw new LocalError('bad-option', texts[locale].surplus(rest.join(' ')))
  const kind = await targetKind(target, reading)
  if (kind === 'folder') throw new LocalError('bad-problem', texts[locale].isFolder(target, 'export'))
  return kind === 'file'
    ? readProblemFile(target, 'export', reading)
    : readStoredProblem(target, 'export', line, variables, io, reading)
}

/** Programs that no judge runs. */
const otherRoles: ReadonlySet<string> = new Set(['generator', 'validator', 'checker'])

type LeftOut = { readonly role: string; readonly why: Extract<Placement, { folder: undefined }>['why'] }

/** Runs the problem's programs on its tests: what they do decides where they belong. */
async function place(
  source: PackageSource,
  line: CommandLine,
  variables: Variables,
  io: Io,
  interrupt: AbortSignal,
): Promise<{ placed: PlacedProgram[]; leftOut: LeftOut[] }> {
  const { locale } = line
  const programs = source.programs.filter(({ role }) => !otherRoles.has(role))
  if (!programs.some(({ role }) => role === 'reference')) throw new LocalError('bad-problem', words[locale].noReference)
  const settings = readSettings(line, variables)
  await checkLocalStack(settings, locale)
  const opened = await openExecutor(settings, logOn(io.stderr, settings.verbose))
  const placed: PlacedProgram[] = []
  const leftOut: LeftOut[] = []
  try {
    const arena = arenaOf(source, locale)
    for (const program of programs) {
      const placement = await placementIn(arena, program, opened.executor, interrupt)
      if (placement.folder !== undefined) placed.push({ program, folder: placement.folder })
      else if (program.role === 'reference') {
        throw new LocalError('reference-fails', words[locale].referenceFails, { exitCode: 1 })
      } else leftOut.push({ role: program.role, why: placement.why })
    }
  } catch (error) {
    interrupt.throwIfAborted()
    throw error instanceof LocalError ? error : faultOf(error, locale)
  } finally {
    await opened.close()
  }
  return { placed, leftOut }
}

function arenaOf(source: PackageSource, locale: CommandLine['locale']): Arena {
  const { tests, limits } = fromDocument(source, source.slug)
  const settled = settleLimits({}, limits, tests, locale)
  return { tests, limits: submissionSchema.shape.limits.parse(settled.limits), checker: source.checker }
}

async function placementIn(
  arena: Arena,
  program: SourceProgram,
  executor: Executor,
  signal: AbortSignal,
): Promise<Placement> {
  const trial = await tryProgram(programOf(program), arena, executor, signal)
  return placementOf(program.role, trial, arena.limits.timeMs)
}

function filesOf(
  source: PackageSource,
  placed: readonly PlacedProgram[],
  version: FormatVersion,
  { locale }: CommandLine,
): PackageFile[] {
  try {
    return buildPackage(source, placed, version)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new LocalError('bad-problem', words[locale].impossible(error.message), { cause: error })
  }
}
