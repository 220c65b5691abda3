// A problem of ours as the checks see it: a package that is never written, and where its parts are in the document.
import * as z from 'zod'
import { inputFamilies } from '../generation/spec/families.ts'
import { buildPackage } from './build-package.ts'
import type { Expectation } from './expectations.ts'
import type { Finding } from './findings.ts'
import { generatedTests } from './generator-files.ts'
import { pythonValidator } from './python-validator.ts'
import type { PackageSource, PlacedProgram, SourceProgram, SubmissionFolder } from './source.ts'
import type { ExampleSubmission, RemakingGenerator, Subject } from './subject.ts'
import { programOf } from './submission-program.ts'
import { namedTests } from './test-names.ts'
import { type PackageTree, splitPath } from './tree.ts'
import type { Arena } from './trial.ts'

/** What each role promises. A brute force may take its time, but not be wrong. */
const promises: Readonly<Record<string, { folder: SubmissionFolder; expectation: Expectation }>> = {
  reference: {
    folder: 'accepted',
    expectation: { label: 'accepted', permitted: new Set(['AC']), required: undefined },
  },
  solver: { folder: 'accepted', expectation: { label: 'accepted', permitted: new Set(['AC']), required: undefined } },
  'brute-force': {
    folder: 'time_limit_exceeded',
    expectation: { label: 'brute_force', permitted: new Set(['AC', 'TLE', 'RTE']), required: undefined },
  },
  wrong: {
    folder: 'wrong_answer',
    expectation: {
      label: 'rejected',
      permitted: new Set(['AC', 'WA', 'TLE', 'RTE']),
      required: new Set(['WA', 'TLE', 'RTE']),
    },
  },
  slow: {
    folder: 'time_limit_exceeded',
    expectation: { label: 'time_limit_exceeded', permitted: new Set(['AC', 'TLE']), required: new Set(['TLE']) },
  },
}

/** The document's parts as files of a package. */
export function documentTree(source: PackageSource): PackageTree {
  // How outputs are compared makes no difference to how the files look.
  const files = buildPackage({ ...source, checker: { kind: 'tokens' } }, placed(source), 'legacy')
  const encoder = new TextEncoder()
  const folders = new Set<string>()
  for (const { path } of files) {
    for (let { folder } = splitPath(path); folder !== ''; folder = splitPath(folder).folder) folders.add(folder)
  }
  const entries = files.map(({ path, text }) => {
    const bytes = encoder.encode(text)
    return [path, { path, size: bytes.length, bytes }] as const
  })
  return { files: new Map(entries), folders, brokenLinks: [] }
}

function placed({ programs }: PackageSource): PlacedProgram[] {
  return programs.flatMap((program) => {
    const folder = promises[program.role]?.folder
    return folder === undefined ? [] : [{ program, folder }]
  })
}

/** What the executed checks need; `arena` has the document's samples, then its hidden tests. */
export function documentSubject(source: PackageSource, arena: Arena): Subject {
  const tests = namedTests(source)
  return {
    arena,
    places: tests.map(({ path }) => ({
      input: `data/${path}.in`,
      answer: `data/${path}.ans`,
      isSample: path.startsWith('sample/'),
      inputFlags: [],
    })),
    inputValidators: [
      {
        path: 'input_validators/validate.py',
        program: { language: 'python', files: [{ name: 'validate.py', text: pythonValidator(source.input_spec) }] },
      },
    ],
    invalidInputs: [],
    knownOutputs: [],
    outputValidatorPath: arena.checker.kind === 'custom' ? 'checker' : undefined,
    submissions: source.programs.flatMap((program, index) => submission(program, index)),
    hasTimeLimit: true,
    timeMultiplier: 1,
    spec: source.input_spec,
    generator: generatorOf(source),
    madeTests: tests.flatMap(({ path, input, origin }) => {
      const made = specOriginSchema.safeParse(origin).data
      return made === undefined ? [] : [{ path: `data/${path}.in`, expected: input, ...made }]
    }),
  }
}

const specOriginSchema = z.object({ from: z.literal('spec'), family: z.enum(inputFamilies), name: z.string() })

function submission(program: SourceProgram, index: number): ExampleSubmission[] {
  const promise = promises[program.role]
  if (promise === undefined) return []
  const path = `programs[${index}] (${program.role})`
  return [{ path, program: programOf(program), expectation: promise.expectation }]
}

function generatorOf(source: PackageSource): RemakingGenerator | undefined {
  const index = source.programs.findIndex(({ role }) => role === 'generator')
  const program = source.programs[index]
  if (program === undefined) return undefined
  const tests = namedTests(source)
  const inputs = new Map(tests.map(({ path, input }) => [path, input] as const))
  return {
    path: `programs[${index}] (generator)`,
    program: programOf(program),
    tests: generatedTests(tests).map(({ test, input: line }) => ({
      path: `data/${test}.in`,
      line,
      expected: inputs.get(test) ?? '',
    })),
  }
}

/** A finding about a package's file, told of the document's part that it was made from. */
export function inDocument(found: Finding, source: PackageSource): Finding {
  const parts = partsOf(source)
  const rename = (value: string | number): string | number =>
    typeof value === 'string' ? (parts.get(value) ?? value) : value
  const details = Object.fromEntries(Object.entries(found.details).map(([name, value]) => [name, rename(value)]))
  const [top = ''] = found.file.split('/')
  const file = parts.get(found.file) ?? tops[top] ?? found.file
  // Lines of tests are their own; those of other parts are the package's.
  const { line: _line, ...rest } = found
  return parts.has(found.file) ? { ...found, file, details } : { ...rest, file, details }
}

const tops: Readonly<Record<string, string>> = {
  problem_statement: 'description',
  data: 'test_cases',
  submissions: 'programs',
  input_validators: 'input_spec',
  'problem.yaml': 'document',
}

function partsOf(source: PackageSource): ReadonlyMap<string, string> {
  const samples = source.examples.length
  return new Map(
    namedTests(source).flatMap(({ path }, index) => {
      const part = index < samples ? `examples[${index}]` : `test_cases[${index - samples}]`
      return [
        [`data/${path}.in`, `${part}.input`],
        [`data/${path}.ans`, `${part}.output`],
      ] as const
    }),
  )
}
