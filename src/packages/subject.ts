// What the executed checks need of a problem, whether it is somebody's package or a problem of ours.
import type { Program } from '../contract/execution.ts'
import type { InputSpec } from '../contract/input-spec.ts'
import type { InputFamily } from '../generation/spec/families.ts'
import type { Expectation } from './expectations.ts'
import type { Arena } from './trial.ts'

/** A program, and where it lies. */
export interface NamedProgram {
  readonly path: string
  readonly program: Program
}

export interface ExampleSubmission extends NamedProgram {
  readonly expectation: Expectation
}

/** Where a test lies, and the arguments that input validators get for it. */
interface TestPlace {
  readonly input: string
  readonly answer: string
  readonly isSample: boolean
  readonly inputFlags: readonly string[]
}

/** An output that the output validator has to accept, or has to refuse. */
export interface KnownOutput {
  readonly path: string
  readonly isValid: boolean
  readonly input: string
  readonly output: string
  readonly answer: string
}

export interface Subject {
  readonly arena: Arena
  /** One per test of the arena, in its order. */
  readonly places: readonly TestPlace[]
  readonly inputValidators: readonly NamedProgram[]
  /** Inputs that at least one validator has to refuse. */
  readonly invalidInputs: readonly {
    readonly path: string
    readonly text: string
    readonly inputFlags: readonly string[]
  }[]
  readonly knownOutputs: readonly KnownOutput[]
  /** Where an own output validator is; undefined for the default one. */
  readonly outputValidatorPath: string | undefined
  readonly submissions: readonly ExampleSubmission[]
  /** Whether the arena's time limit is the problem's own; else it is measured. */
  readonly hasTimeLimit: boolean
  /** How often the slowest accepted submission goes into a measured limit. */
  readonly timeMultiplier: number
  readonly spec: InputSpec | undefined
  readonly generator: RemakingGenerator | undefined
  /** Tests that were made from the spec alone. */
  readonly madeTests: readonly {
    readonly path: string
    readonly family: InputFamily
    readonly name: string
    readonly expected: string
  }[]
}

/** A generator, and what it reads to make tests that are there. */
export interface RemakingGenerator extends NamedProgram {
  readonly tests: readonly { readonly path: string; readonly line: string; readonly expected: string }[]
}

/** The subject without the tests that have one of these places in the arena. */
export function withoutTests(subject: Subject, places: ReadonlySet<number>): Subject {
  if (places.size === 0) return subject
  const isLeft = (_test: unknown, index: number): boolean => !places.has(index)
  return {
    ...subject,
    arena: { ...subject.arena, tests: subject.arena.tests.filter(isLeft) },
    places: subject.places.filter(isLeft),
  }
}
