// A problem package of Kattis and the ICPC, versions legacy to 2025-09: problem.yaml, data/sample, data/secret, limits.
// Format: https://www.kattis.com/problem-package-format/. What is judged otherwise here is said in a note, what cannot be judged is refused.
import { basename, join, resolve } from 'node:path'
import type { ExecutorLanguage } from '../../contract/languages.ts'
import { exists } from '../files.ts'
import { LocalError } from '../local-error.ts'
import { texts } from '../texts.ts'
import {
  configLimitBytes,
  namesIn,
  type ProblemYaml,
  problemYamlSchema,
  readYaml,
  unsupported,
  withoutEnding,
  wordsOf,
} from './kattis-files.ts'
import { packageChecker, validatorFlags } from './kattis-validator.ts'
import type { CheckerNeed, LoadedProblem, NamedLimits } from './loaded-problem.ts'
import { findTests, readTests, type TestFiles } from './test-folder.ts'
import { readText, type Reading } from './text-file.ts'

const MiB = 1024 * 1024

/** Whether a folder looks like a package. */
export async function isKattisPackage(folder: string): Promise<boolean> {
  const marks = ['problem.yaml', 'data/sample', 'data/secret']
  return (await Promise.all(marks.map((mark) => exists(join(folder, mark))))).includes(true)
}

/** Reads a package for a submission in `language`. Throws LocalError. */
export async function readKattisPackage(
  folder: string,
  language: ExecutorLanguage,
  need: CheckerNeed,
  reading: Reading,
): Promise<LoadedProblem> {
  const notes: string[] = []
  const yaml = await readYaml(join(folder, 'problem.yaml'), problemYamlSchema, reading)
  const kinds = kindsOf(yaml)
  for (const kind of ['interactive', 'multi-pass', 'submit-answer']) {
    if (kinds.has(kind)) throw unsupported(folder, kind, reading)
  }
  if (kinds.has('scoring')) notes.push(texts[reading.locale].scoringIgnored)
  await refuseIncludes(folder, language, reading)

  const found = await findPackageTests(folder, reading)
  const checkerArgs = need === 'nothing' ? [] : await validatorFlags(folder, yaml, found, reading)
  const tests = await readTests(found, reading)
  const checker =
    need === 'checker' ? await packageChecker({ folder, yaml, checkerArgs, tests, notes }, reading) : undefined
  return {
    title: titleOf(yaml, folder, reading),
    tests,
    inputFiles: found.map(({ input }) => input),
    limits: await limitsOf(folder, yaml, notes, reading),
    checker,
    checkerArgs,
    notes,
  }
}

function kindsOf(yaml: ProblemYaml | undefined): ReadonlySet<string> {
  const words = [yaml?.type ?? []].flat().concat(wordsOf(yaml?.validation))
  return new Set(words.map((word) => (word === 'score' ? 'scoring' : word)))
}

function titleOf(yaml: ProblemYaml | undefined, folder: string, { locale }: Reading): string {
  const name = yaml?.name
  if (typeof name === 'string') return name
  return name?.[locale] ?? name?.['en'] ?? Object.values(name ?? {})[0] ?? basename(resolve(folder))
}

/** A driver that submissions are linked with cannot be left out silently. */
async function refuseIncludes(folder: string, language: ExecutorLanguage, reading: Reading): Promise<void> {
  for (const name of ['default', language, ...(language === 'python' ? ['python3'] : [])]) {
    const names = await namesIn(join(folder, 'include', name))
    if (names.length > 0) throw unsupported(folder, `include/${name}`, reading)
  }
}

/** Samples, then secret tests; `data/invalid_input` and the like are for other tools. */
async function findPackageTests(folder: string, reading: Reading): Promise<TestFiles[]> {
  const tests: TestFiles[] = []
  for (const group of ['sample', 'secret']) {
    const path = join(folder, 'data', group)
    if (!(await exists(path))) continue
    // In data/sample an .out is what a team may see; it need not be the answer.
    const found = await findTests(path, ['.ans'], reading)
    tests.push(...found.map((test) => ({ ...test, name: `${group}/${test.name}` })))
  }
  if (tests.length === 0) throw new LocalError('no-tests', texts[reading.locale].noPackageTests(folder))
  for (const { input } of tests) {
    const files = `${withoutEnding(input)}.files`
    if (await exists(files)) throw unsupported(folder, files, reading)
  }
  return tests
}

async function limitsOf(
  folder: string,
  yaml: ProblemYaml | undefined,
  notes: string[],
  reading: Reading,
): Promise<NamedLimits> {
  const seconds = yaml?.limits?.time_limit ?? (await secondsBeside(folder, reading))
  if (seconds === undefined) notes.push(texts[reading.locale].timeLimitInferred)
  const { memory, output } = yaml?.limits ?? {}
  return {
    ...(seconds === undefined ? {} : { timeMs: Math.round(seconds * 1_000) }),
    ...(typeof memory === 'number' ? { memoryBytes: Math.round(memory * MiB) } : {}),
    ...(typeof output === 'number' ? { outputBytes: Math.round(output * MiB) } : {}),
  }
}

/** The time limit that other tools left in a file: `.timelimit` (problemtools), `domjudge-problem.ini` (DOMjudge). */
async function secondsBeside(folder: string, reading: Reading): Promise<number | undefined> {
  const { badFile, notSeconds } = texts[reading.locale]
  const forms = { '.timelimit': /^\s*([\d.]+)\s*$/, 'domjudge-problem.ini': /^\s*timelimit\s*=\s*['"]?([\d.]+)/m }
  for (const [name, form] of Object.entries(forms)) {
    const file = join(folder, name)
    if (!(await exists(file))) continue
    const content = await readText(file, configLimitBytes, reading)
    const seconds = Number(form.exec(content)?.[1] ?? Number.NaN)
    if (seconds > 0) return seconds
    // An .ini may well speak of other things only.
    if (name === '.timelimit') throw new LocalError('bad-package', badFile(file, notSeconds))
  }
  return undefined
}
