// Somebody's package as the executed checks see it: its tests, validators and submissions, read with the readers of `judge`.
import { join, relative, resolve } from 'node:path'
import type { Program } from '../../contract/execution.ts'
import type { Config } from '../../packages/checks-config.ts'
import { expectationOf, narrowed, parseRules, type SubmissionRules } from '../../packages/expectations.ts'
import { generatorPlanSchema } from '../../packages/generator-files.ts'
import { inputFlagsFor } from '../../packages/input-flags.ts'
import type {
  ExampleSubmission,
  KnownOutput,
  NamedProgram,
  RemakingGenerator,
  Subject,
} from '../../packages/subject.ts'
import { namesBelow, type PackageTree, textOf } from '../../packages/tree.ts'
import { readKattisPackage } from '../judging/kattis-package.ts'
import { settleLimits } from '../judging/limits.ts'
import { readChecker } from '../judging/program-source.ts'
import type { Reading } from '../judging/text-file.ts'
import { LocalError } from '../local-error.ts'

/** A program that cannot be run here, and why. */
export interface LeftOut {
  readonly path: string
  readonly why: string
}

/** Reads what the checks need. Throws LocalError where the package cannot be judged here. */
export async function packageSubject(
  folder: string,
  tree: PackageTree,
  config: Config,
  reading: Reading,
): Promise<{ subject: Subject; leftOut: readonly LeftOut[] }> {
  const loaded = await readKattisPackage(folder, 'python', 'checker', reading)
  const { limits } = settleLimits({}, loaded.limits, loaded.tests, reading.locale)
  const reader = new ProgramReader(folder, reading)
  const places = loaded.inputFiles.map((file) => {
    const input = relative(resolve(folder), resolve(file)).replaceAll('\\', '/')
    return {
      input,
      answer: input.replace(/\.in$/, '.ans'),
      isSample: input.startsWith('data/sample/'),
      inputFlags: inputFlagsFor(tree, input),
    }
  })
  const { isLegacy, outputValidatorFolder } = config.format
  const checker = loaded.checker ?? { kind: 'tokens' as const }
  const subject: Subject = {
    arena: { tests: loaded.tests, limits, checker },
    places,
    inputValidators: [
      ...(await reader.programsIn(tree, 'input_validators')),
      ...(await reader.programsIn(tree, 'input_format_validators')),
    ],
    invalidInputs: filesIn(tree, 'data/invalid_input/', '.in').map(({ path, text }) => ({
      path,
      text,
      inputFlags: inputFlagsFor(tree, path),
    })),
    knownOutputs: [...knownOutputs(tree, 'valid_output', true), ...knownOutputs(tree, 'invalid_output', false)],
    outputValidatorPath: checker.kind === 'custom' ? outputValidatorFolder : undefined,
    submissions: await submissionsOf(tree, isLegacy, reader),
    hasTimeLimit: loaded.limits.timeMs !== undefined,
    timeMultiplier: isLegacy ? 5 : 2,
    spec: undefined,
    generator: generatorOf(tree),
    madeTests: [],
  }
  return { subject, leftOut: reader.leftOut }
}

class ProgramReader {
  readonly leftOut: LeftOut[] = []
  readonly #folder: string
  readonly #reading: Reading

  constructor(folder: string, reading: Reading) {
    this.#folder = folder
    this.#reading = reading
  }

  async programsIn(tree: PackageTree, folder: string): Promise<NamedProgram[]> {
    const programs: NamedProgram[] = []
    for (const name of namesBelow(tree, folder)) {
      const path = `${folder}/${name}`
      if (isNote(name)) continue
      const program = await this.#read(path)
      if (program !== undefined) programs.push({ path, program })
    }
    return programs
  }

  /** Undefined for what cannot be run here, which is noted. */
  async #read(path: string): Promise<Program | undefined> {
    try {
      return await readChecker(join(this.#folder, path), this.#reading)
    } catch (error) {
      if (!(error instanceof LocalError)) throw error
      this.leftOut.push({ path, why: error.message })
      return undefined
    }
  }
}

/** What lies among programs without being one. */
function isNote(name: string): boolean {
  return /^(README.*|.*\.(md|txt|yaml|yml|h|hpp|pyc|class))$/i.test(name)
}

async function submissionsOf(
  tree: PackageTree,
  isLegacy: boolean,
  reader: ProgramReader,
): Promise<ExampleSubmission[]> {
  const rulesFile = tree.files.get('submissions/submissions.yaml')
  const rules: SubmissionRules = rulesFile === undefined ? {} : (parseRules(textOf(rulesFile) ?? '') ?? {})
  const submissions: ExampleSubmission[] = []
  for (const folder of namesBelow(tree, 'submissions')) {
    if (!tree.folders.has(`submissions/${folder}`)) continue
    const usual = expectationOf(folder, isLegacy)
    for (const { path, program } of await reader.programsIn(tree, `submissions/${folder}`)) {
      const expectation = narrowed(usual, path.slice('submissions/'.length), rules)
      if (expectation !== undefined) submissions.push({ path, program, expectation })
    }
  }
  return submissions
}

function filesIn(tree: PackageTree, prefix: string, ending: string): { path: string; text: string }[] {
  return [...tree.files.values()]
    .filter(({ path }) => path.startsWith(prefix) && path.endsWith(ending))
    .flatMap((file) => {
      const text = textOf(file)
      return text === undefined ? [] : [{ path: file.path, text }]
    })
}

/** Only whole triples: `.in`, `.ans` and `.out`. */
function knownOutputs(tree: PackageTree, group: string, isValid: boolean): KnownOutput[] {
  return filesIn(tree, `data/${group}/`, '.out').flatMap(({ path, text: output }) => {
    const base = path.slice(0, -'.out'.length)
    const [input, answer] = ['.in', '.ans']
      .map((ending) => tree.files.get(base + ending))
      .map((file) => (file === undefined ? undefined : textOf(file)))
    return input === undefined || answer === undefined ? [] : [{ path, isValid, input, output, answer }]
  })
}

/** Of packages that we exported: nobody else's generators say what they read. */
function generatorOf(tree: PackageTree): RemakingGenerator | undefined {
  const planFile = tree.files.get('generators/tests.json')
  const text = planFile === undefined ? undefined : textOf(planFile)
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Somebody else's file of this name.
    return undefined
  }
  const plan = generatorPlanSchema.safeParse(value).data
  const path = `generators/${plan?.program ?? ''}`
  const source = tree.files.get(path)
  const program = source === undefined ? undefined : textOf(source)
  if (plan === undefined || program === undefined) return undefined
  const tests = plan.tests.flatMap(({ test, input: line }) => {
    const file = tree.files.get(`data/${test}.in`)
    const expected = file === undefined ? undefined : textOf(file)
    return expected === undefined || file === undefined ? [] : [{ path: file.path, line, expected }]
  })
  return { path, program: { language: 'python', files: [{ name: 'generator.py', text: program }] }, tests }
}
