// What every section of the report works with.
import type { AuthorProblem, TestCase } from '../contract/problem.ts'
import { type Locale } from '../contract/topics.ts'
import type { ProgramRole } from '../contract/verification.ts'
import { ranges } from './facts.ts'
import type { NamedRow } from './pictures.ts'
import { type Words, words } from './words.ts'

/** How much longer than the limit programs were allowed to run, in reports that do not say it. */
const earlierMargin = 1.5

export class Page {
  readonly problem: AuthorProblem
  readonly tests: readonly TestCase[]
  readonly locale: Locale
  readonly text: Words
  readonly rows: readonly NamedRow[]

  constructor(problem: AuthorProblem, tests: readonly TestCase[], locale: Locale) {
    this.problem = problem
    this.tests = tests
    this.locale = locale
    this.text = words[locale]
    this.rows = problem.verification.matrix.map((row) => ({ ...row, name: this.#nameOf(row.program) }))
  }

  get sampleCount(): number {
    return this.problem.examples.length
  }

  /** CPU time at which a program is stopped. */
  get stopMs(): number {
    return this.problem.limits.timeMs * (this.problem.verification.limits.rule.margin ?? earlierMargin)
  }

  /** `S1` for a sample, `1` for a hidden test, by the place in the matrix. */
  testName(index: number): string {
    return index < this.sampleCount ? `S${index + 1}` : String(index - this.sampleCount + 1)
  }

  /** Samples and tests in words: "samples 1–3, tests 1–16". */
  places(indices: readonly number[]): string {
    const samples = indices.filter((index) => index < this.sampleCount).map((index) => index + 1)
    const tests = indices.filter((index) => index >= this.sampleCount).map((index) => index - this.sampleCount + 1)
    return [
      ...(samples.length === 0 ? [] : [this.text.samples(ranges(samples), samples.length)]),
      ...(tests.length === 0 ? [] : [this.text.tests(ranges(tests), tests.length)]),
    ].join(', ')
  }

  /** "reference (python), brute force (python)". */
  names(roles: readonly ProgramRole[]): string {
    return roles.map((role) => `${this.text.roles[role]} (${this.#language(role)})`).join(', ')
  }

  #language(role: ProgramRole): string {
    return this.problem.programs.find((program) => program.role === role)?.language ?? '?'
  }

  #nameOf(program: number): string {
    const { role, language, idea } = this.problem.programs[program] ?? {
      role: 'wrong' as const,
      language: '',
      idea: '',
    }
    const isDecoy = role === 'wrong' || role === 'slow'
    return isDecoy ? `${this.text.roles[role]}: ${idea}` : `${this.text.roles[role]} (${language})`
  }
}
