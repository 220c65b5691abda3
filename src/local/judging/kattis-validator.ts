// How a problem package compares outputs: its own output validator, or the default one as near as our checkers come to it.
import { dirname, join, resolve } from 'node:path'
import * as z from 'zod'
import type { Program } from '../../contract/execution.ts'
import type { Checker, JudgingTest } from '../../contract/judging.ts'
import { isFolder } from '../files.ts'
import { LocalError } from '../local-error.ts'
import { texts } from '../texts.ts'
import { namesIn, type ProblemYaml, readYaml, unsupported, withoutEnding, wordsOf } from './kattis-files.ts'
import { isSourceName, readChecker } from './program-source.ts'
import type { TestFiles } from './test-folder.ts'
import type { Reading } from './text-file.ts'

/** Versions of the format in which an output validator counts only when `validation` says so. */
const olderVersions = ['legacy', 'legacy-icpc']

/** Of a test's own `.yaml`, of `test_group.yaml` and of the older `testdata.yaml`. */
const groupSchema = z.looseObject({
  args: z.array(z.string()).nullish(),
  output_validator_args: z.array(z.union([z.string(), z.number()])).nullish(),
  output_validator_flags: z.union([z.string(), z.looseObject({ flags: z.string().nullish() })]).nullish(),
})

/**
 * The output validator's arguments: `validator_flags`, then what is nearest of a test's own file and those of its
 * folders. Throws LocalError when the tests do not have the same ones.
 */
export async function validatorFlags(
  folder: string,
  yaml: ProblemYaml | undefined,
  tests: readonly TestFiles[],
  reading: Reading,
): Promise<string[]> {
  const seen = new Map<string, Promise<string[] | undefined>>()
  const flagsIn = (file: string): Promise<string[] | undefined> => {
    const known = seen.get(file) ?? readFlags(folder, file, reading)
    seen.set(file, known)
    return known
  }
  const top = resolve(folder, 'data')
  const flagsOf = async ({ input }: TestFiles): Promise<string[]> => {
    const own = await flagsIn(`${withoutEnding(input)}.yaml`)
    if (own !== undefined) return own
    for (let group = dirname(resolve(input)); group.startsWith(top); group = dirname(group)) {
      const inherited = (await flagsIn(join(group, 'test_group.yaml'))) ?? (await flagsIn(join(group, 'testdata.yaml')))
      if (inherited !== undefined) return inherited
    }
    return []
  }
  let first: { readonly name: string; readonly flags: readonly string[] } | undefined
  for (const test of tests) {
    const flags = await flagsOf(test)
    first ??= { name: test.name, flags }
    if (flags.join(' ') !== first.flags.join(' ')) {
      throw new LocalError('unsupported-package', texts[reading.locale].flagsDiffer(first.name, test.name))
    }
  }
  return [...wordsOf(yaml?.validator_flags), ...(first?.flags ?? [])]
}

/** Undefined when the file is not there or says nothing of an output validator. */
async function readFlags(folder: string, file: string, reading: Reading): Promise<string[] | undefined> {
  const group = await readYaml(file, groupSchema, reading)
  if ((group?.args ?? []).length > 0) throw unsupported(folder, `args (${file})`, reading)
  const { output_validator_args: list, output_validator_flags: line } = group ?? {}
  if (list !== undefined && list !== null) return list.map(String)
  if (line === undefined || line === null) return undefined
  return wordsOf(typeof line === 'string' ? line : line.flags)
}

/** A package as far as it has been read. */
export interface PackageParts {
  readonly folder: string
  /** Undefined when there is no problem.yaml. */
  readonly yaml: ProblemYaml | undefined
  readonly checkerArgs: readonly string[]
  readonly tests: readonly JudgingTest[]
  /** Gets what the person should know. */
  readonly notes: string[]
}

/** The package's checker. Throws LocalError. */
export async function packageChecker(parts: PackageParts, reading: Reading): Promise<Checker> {
  const { yaml, checkerArgs } = parts
  const program = await findValidator(parts, reading)
  if (program === undefined) return defaultChecker(parts, reading)
  return { kind: 'custom', protocol: 'kattis', program: withConstants(program, yaml), args: [...checkerArgs] }
}

/** The package's own output validator; undefined is the default one. */
async function findValidator({ folder, yaml, notes }: PackageParts, reading: Reading): Promise<Program | undefined> {
  const text = texts[reading.locale]
  const candidates = await validatorsIn(folder)
  const [mode] = wordsOf(yaml?.validation)
  const isOlder = yaml !== undefined && olderVersions.includes(yaml.problem_format_version ?? 'legacy')
  if (mode !== 'custom' && (mode !== undefined || isOlder)) {
    if (candidates[0] !== undefined) notes.push(text.validatorUnused(candidates[0]))
    return undefined
  }
  const [path, ...others] = candidates
  if (path === undefined) {
    if (mode === undefined) return undefined
    throw new LocalError('bad-checker', text.validatorMissing(folder))
  }
  if (others.length > 0) throw new LocalError('bad-checker', text.severalValidators(candidates))
  return readChecker(path, reading)
}

/** Each is a source file, or a folder with sources. */
async function validatorsIn(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const name of ['output_validators', 'output_validator']) {
    const home = join(folder, name)
    const names = await namesIn(home)
    const sources = names.filter((entry) => isSourceName(entry))
    // In the newer versions the folder itself is the program.
    if (name === 'output_validator' && (sources.length > 1 || names.includes('build') || names.includes('run'))) {
      found.push(home)
      continue
    }
    for (const entry of names) {
      if (isSourceName(entry) || (await isFolder(join(home, entry)))) found.push(join(home, entry))
    }
  }
  return found
}

/** `{{name}}` in a validator stands for the package's constant. */
function withConstants(program: Program, yaml: ProblemYaml | undefined): Program {
  const insert = (text: string): string =>
    text.replaceAll(/\{\{([A-Za-z_]\w*)\}\}/g, (tag, name: string) => String(yaml?.constants?.[name] ?? tag))
  return { ...program, files: program.files.map(({ name, text }) => ({ name, text: insert(text) })) }
}

function defaultChecker({ folder, checkerArgs, tests, notes }: PackageParts, { locale }: Reading): Checker {
  const text = texts[locale]
  const rest = [...checkerArgs]
  const tolerance: { absolute?: number; relative?: number } = {}
  const switches = new Set<string>()
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    const toleranceFlag = /^float_(?:(absolute|relative)_)?tolerance$/.exec(flag)
    if (toleranceFlag !== null) {
      const value = Number(rest.shift() ?? Number.NaN)
      const most = toleranceFlag[1] === 'absolute' ? 1e9 : 1
      if (!(value >= 0 && value <= most)) throw new LocalError('bad-package', text.badFlag(folder, flag))
      if (toleranceFlag[1] !== 'absolute') tolerance.relative = value
      if (toleranceFlag[1] !== 'relative') tolerance.absolute = value
    } else if (flag === 'case_sensitive' || flag === 'space_change_sensitive') switches.add(flag)
    else throw new LocalError('bad-package', text.badFlag(folder, flag))
  }
  const hasLetters = tests.some(({ answer }) => /\p{Cased_Letter}/u.test(answer))
  const ignoreCase = !switches.has('case_sensitive') && hasLetters
  const isFloat = tolerance.absolute !== undefined || tolerance.relative !== undefined
  if (switches.has('space_change_sensitive')) {
    if (isFloat) throw new LocalError('unsupported-package', text.spacesAndFloats(folder))
    if (ignoreCase) notes.push(text.caseMatters)
    return { kind: 'exact' }
  }
  const extra = ignoreCase ? { ignoreCase } : {}
  if (!isFloat) return { kind: 'tokens', ...extra }
  return { kind: 'float', absolute: tolerance.absolute ?? 0, relative: tolerance.relative ?? 0, ...extra }
}
