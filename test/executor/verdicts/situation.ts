// A row of the verdict table: what programs do, written in each language, and what the judge must say.
import type { Program } from '../../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import type { Submission, Verdict } from '../../../src/contract/judging.ts'

const MiB = 1024 * 1024

type SourceFile = Program['files'][number]

/** One situation in as many languages as know it. What is left out: `1 2` on standard input, `3` as the answer. */
export interface Situation {
  /** Completes "a program that …". */
  readonly what: string
  /** A list where the machine's means decide which of two right verdicts it is. */
  readonly verdict: Verdict | readonly Verdict[]
  /** A text is the main file. */
  readonly programs: Readonly<Partial<Record<ExecutorLanguage, string | readonly SourceFile[]>>>
  readonly input?: string
  readonly answer?: string
  /** Instead of `input` and `answer`: several tests, each an input with its answer. */
  readonly tests?: readonly (readonly [input: string, answer: string])[]
  /** What differs from 2 s, 256 MiB and 4 MiB of output; a function where languages differ. */
  readonly limits?: LimitChanges | ((language: ExecutorLanguage) => LimitChanges)
  /** The exit code of the last test that was run. */
  readonly exitCode?: number
  /** The signal that ended it. */
  readonly signal?: string
  /** Part of its standard error. */
  readonly stderr?: RegExp
  /** Part of the compiler's words. */
  readonly log?: RegExp
}
type LimitChanges = Partial<Submission['limits']>

/** One program with its expectation. */
export interface Row {
  readonly title: string
  readonly situation: Situation
  readonly verdicts: readonly Verdict[]
  readonly language: ExecutorLanguage
  readonly submission: Submission
}

const mainFiles: Record<ExecutorLanguage, string> = {
  python: 'main.py',
  c: 'main.c',
  cpp: 'main.cpp',
  java: 'Main.java',
  javascript: 'main.js',
}

/** The rows of a situation, one per language. */
export function rowsOf(situation: Situation): Row[] {
  const { what, verdict, programs, limits, input = '1 2\n', answer = '3\n' } = situation
  const { tests = [[input, answer]] } = situation
  const verdicts = typeof verdict === 'string' ? [verdict] : verdict
  return (Object.keys(programs) as ExecutorLanguage[]).map((language) => {
    const source = programs[language] ?? ''
    const changes = typeof limits === 'function' ? limits(language) : limits
    return {
      title: `${verdicts.join(' or ')} in ${language}: a program that ${what}`,
      situation,
      verdicts,
      language,
      submission: {
        program: {
          language,
          files: typeof source === 'string' ? [{ name: mainFiles[language], text: source }] : [...source],
        },
        tests: tests.map(([input, answer], index) => ({ name: `${index + 1}`, input, answer })),
        limits: { timeMs: 2_000, memoryBytes: 256 * MiB, outputBytes: 4 * MiB, ...changes },
        checker: { kind: 'tokens' },
        all: false,
      },
    }
  })
}

/** The text between the first and the last line without their common indentation; a backslash is a backslash. */
export function code(strings: TemplateStringsArray): string {
  const lines = String.raw(strings).split('\n').slice(1, -1)
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const indent = Math.min(...indents)
  return lines.map((line) => `${line.slice(indent)}\n`).join('')
}
