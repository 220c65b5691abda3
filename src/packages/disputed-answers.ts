// Answers that all accepted programs contradict with one voice: then the file is in doubt, and not the programs.
import type { Program } from '../contract/execution.ts'
import { type BuiltInChecker, compare } from '../judge/checkers.ts'
import { quoted } from '../judge/excerpt.ts'
import type { Executor } from '../ports.ts'
import { runProgram } from './run-program.ts'
import { type Arena, type Trial, verdictAt } from './trial.ts'

/** A program that was to be accepted, and what it did. */
export interface Witness {
  readonly program: Program
  readonly trial: Trial
}

export interface DisputedAnswer {
  /** The test's name in the arena. */
  readonly test: string
  /** First line of the answer that is not what the programs print, from 1, and both lines, quoted. */
  readonly line: number
  readonly answer: string
  readonly output: string
  /** How many programs print it. */
  readonly programs: number
}

/** One entry per test whose answer at least two programs, and all there are, replace by the same one. Throws what the executor throws. */
export async function disputedAnswers(
  witnesses: readonly Witness[],
  { tests, checker, limits }: Arena,
  executor: Executor,
  signal: AbortSignal,
): Promise<DisputedAnswer[]> {
  const [first, ...others] = witnesses.map((witness) => wrongTests(witness, limits.timeMs))
  if (first === undefined || others.length === 0) return []
  const suspects = tests.filter(({ name }) => first.has(name) && others.every((wrong) => wrong.has(name)))
  if (suspects.length === 0) return []
  const rows: string[][] = []
  for (const { program } of witnesses) {
    const runs = await runProgram(program, suspects, executor, signal)
    if (!runs.compiled) return []
    rows.push(runs.results.map(({ stdout }) => stdout))
  }
  // A checker of its own compares with answers, not outputs with each other.
  const same: BuiltInChecker = checker.kind === 'custom' ? { kind: 'tokens' } : checker
  return suspects.flatMap(({ name, answer }, index) => {
    const [output = '', ...rest] = rows.map((row) => row[index] ?? '')
    const isOneVoice = output.trim() !== '' && rest.every((other) => compare(same, other, output).accepted)
    return isOneVoice ? [{ test: name, ...firstDifference(answer, output, same), programs: rows.length }] : []
  })
}

function wrongTests({ trial }: Witness, limitMs: number): ReadonlySet<string> {
  const wrong = trial.tests.filter((report) => verdictAt(report, limitMs) === 'wrong-answer')
  return new Set(wrong.map(({ name }) => name))
}

function firstDifference(
  answer: string,
  output: string,
  checker: BuiltInChecker,
): Pick<DisputedAnswer, 'line' | 'answer' | 'output'> {
  const [answers, outputs] = [answer.split('\n'), output.split('\n')]
  const lines = Math.max(answers.length, outputs.length)
  const pair = (at: number): readonly [string, string] => [answers[at] ?? '', outputs[at] ?? '']
  const places = Array.from({ length: lines }, (_, at) => at)
  // The same lines in another order are no difference to some checkers.
  const at = places.find((place) => !compare(checker, ...pair(place)).accepted) ?? 0
  const [expected, got] = pair(at).map((text) => quoted(text, 0, text.length, 0))
  return { line: at + 1, answer: expected ?? '', output: got ?? '' }
}
