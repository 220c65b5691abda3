// The languages of programs, and what is particular to each.
import * as z from 'zod'

const MiB = 1024 * 1024

/** Programming languages the executor knows. */
export const executorLanguageSchema = z.enum(['python', 'c', 'cpp', 'java', 'javascript'])
export type ExecutorLanguage = z.infer<typeof executorLanguageSchema>
/** Endings of their source files; the first is the language's own. */
export const sourceEndings = {
  python: ['.py'],
  c: ['.c'],
  cpp: ['.cpp', '.cc', '.cxx'],
  java: ['.java'],
  javascript: ['.js', '.cjs'],
} as const satisfies Record<ExecutorLanguage, readonly string[]>
/** Memory that a language's own machine may have beyond the limit, in bytes; their heaps are bounded by the limit itself. */
export const runtimeAllowanceBytes = {
  python: 0,
  c: 0,
  cpp: 0,
  java: 160 * MiB,
  javascript: 96 * MiB,
} as const satisfies Record<ExecutorLanguage, number>
/** Those in which problems' own programs are written so far. */
export const languageSchema = executorLanguageSchema.extract(['python'])
