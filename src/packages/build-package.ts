// A problem package from a problem of ours: every file of it as text, in a fixed order, the same bytes for the same problem.
// Format: https://www.kattis.com/problem-package-format/ (`2023-07` is what its verifiers call the draft of that date).
import { stringify } from 'yaml'
import type { Program } from '../contract/execution.ts'
import { sourceEndings } from '../contract/languages.ts'
import { withDigest } from './digest.ts'
import { generatorFiles } from './generator-files.ts'
import { outputValidation, type OutputValidation } from './output-validator.ts'
import { pythonValidator } from './python-validator.ts'
import type { FormatVersion, PackageFile, PackageSource, PlacedProgram } from './source.ts'
import { statementFile } from './statement-files.ts'
import { namedTests, type NamedTest } from './test-names.ts'

const MiB = 1024 * 1024

/** A package's name as the format wants it: letters and digits only. */
export function packageName(slug: string): string {
  const name = slug.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return name === '' ? 'problem' : name
}

/** Builds the package. Throws RangeError for a checker that no package can have. */
export function buildPackage(
  source: PackageSource,
  submissions: readonly PlacedProgram[],
  version: FormatVersion,
): PackageFile[] {
  const validation = outputValidation(source.checker)
  if (validation.kind === 'impossible') throw new RangeError(validation.why)
  const tests = namedTests(source)
  const files = [
    statementFile(source, version),
    ...tests.flatMap((test) => testFiles(test, version)),
    ...validationFiles(validation, version),
    { path: 'input_validators/validate.py', text: pythonValidator(source.input_spec) },
    ...generatorFiles(source, tests),
    ...submissionFiles(submissions),
    ...(version === 'legacy' ? [{ path: '.timelimit', text: `${source.limits.timeMs / 1_000}\n` }] : []),
  ]
  return withDigest({ path: 'problem.yaml', text: problemYaml(source, validation, version) }, files)
}

function problemYaml(source: PackageSource, validation: OutputValidation, version: FormatVersion): string {
  const { title, locale, problemId, author, topic, limits } = source
  const keywords = topic === undefined ? [] : [topic]
  const memory = Math.max(1, Math.round(limits.memoryBytes / MiB))
  const flags = validation.kind === 'impossible' ? [] : validation.flags
  const legacy = {
    problem_format_version: 'legacy',
    name: title,
    uuid: problemId,
    ...(author === undefined ? {} : { author: author.replaceAll(/[,&]/g, ' ') }),
    license: 'unknown',
    limits: { memory },
    validation: validation.kind === 'custom' ? 'custom' : 'default',
    ...(flags.length === 0 ? {} : { validator_flags: flags.join(' ') }),
    ...(keywords.length === 0 ? {} : { keywords: keywords.join(' ') }),
  }
  const newer = {
    // What its verifiers of all ages understand.
    problem_format_version: '2023-07-draft',
    type: 'pass-fail',
    name: { [locale]: title },
    uuid: problemId,
    ...(author === undefined ? {} : { credits: { authors: [author] } }),
    license: 'unknown',
    limits: { time_limit: limits.timeMs / 1_000, memory },
    ...(keywords.length === 0 ? {} : { keywords }),
  }
  return stringify(version === 'legacy' ? legacy : newer, { lineWidth: 0 })
}

function testFiles({ path, input, answer, description }: NamedTest, version: FormatVersion): PackageFile[] {
  const base = `data/${path}`
  const note =
    description === undefined
      ? []
      : version === 'legacy'
        ? [{ path: `${base}.desc`, text: `${description}\n` }]
        : [{ path: `${base}.yaml`, text: stringify({ description }, { lineWidth: 0 }) }]
  return [{ path: `${base}.in`, text: input }, { path: `${base}.ans`, text: answer }, ...note]
}

/** The newer versions have one output validator, and its flags with the tests. */
function validationFiles(validation: OutputValidation, version: FormatVersion): PackageFile[] {
  if (validation.kind === 'impossible') return []
  const files: PackageFile[] = []
  if (validation.kind === 'custom') {
    const folder = version === 'legacy' ? 'output_validators/validate' : 'output_validator'
    for (const { name, text } of mainFirst(validation.program)) files.push({ path: `${folder}/${name}`, text })
  }
  if (version === 'legacy' || validation.flags.length === 0) return files
  const text = stringify({ output_validator_args: [...validation.flags] }, { lineWidth: 0 })
  for (const group of ['sample', 'secret']) files.push({ path: `data/${group}/test_group.yaml`, text })
  return files
}

/** Readers of a folder with several files look for a main file by its name. */
function mainFirst({ language, files }: Program): readonly { readonly name: string; readonly text: string }[] {
  const [main, ...others] = files
  return main === undefined ? [] : [{ name: `validate${sourceEndings[language][0]}`, text: main.text }, ...others]
}

function submissionFiles(submissions: readonly PlacedProgram[]): PackageFile[] {
  const used = new Map<string, number>()
  return submissions.map(({ program, folder }) => {
    const stem = program.role.replaceAll(/[^A-Za-z0-9]+/g, '_')
    const times = (used.get(stem) ?? 0) + 1
    used.set(stem, times)
    const name = times === 1 ? stem : `${stem}_${times}`
    // A public class has to be in a file of its own name.
    const file = program.language === 'java' ? `${name}/Main.java` : `${name}${sourceEndings[program.language][0]}`
    return { path: `submissions/${folder}/${file}`, text: withInterpreter(program.language, program.source) }
  })
}

/** Tools that know two Pythons go by the first line. */
function withInterpreter(language: string, source: string): string {
  return language !== 'python' || source.startsWith('#!') ? source : `#!/usr/bin/env python3\n${source}`
}
