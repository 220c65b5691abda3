// Which verdicts an example submission may have and which it must have: by its folder, and by submissions.yaml where there is one.
import { parse } from 'yaml'
import * as z from 'zod'
import type { Verdict } from '../contract/judging.ts'

/** The verdicts that the format knows; memory and output count as crashes. */
export type Outcome = 'AC' | 'WA' | 'TLE' | 'RTE'

export interface Expectation {
  /** How people call it: the folder's name. */
  readonly label: string
  readonly permitted: ReadonlySet<Outcome>
  /** At least one test has one of these; undefined when nothing is required. */
  readonly required: ReadonlySet<Outcome> | undefined
}

const set = (...outcomes: Outcome[]): ReadonlySet<Outcome> => new Set(outcomes)
const all = set('AC', 'WA', 'TLE', 'RTE')

const common = {
  accepted: { permitted: set('AC'), required: undefined },
  wrong_answer: { permitted: set('AC', 'WA'), required: set('WA') },
} as const
const legacy: Readonly<Record<string, Omit<Expectation, 'label'>>> = {
  ...common,
  time_limit_exceeded: { permitted: set('AC', 'WA', 'TLE'), required: set('TLE') },
  run_time_error: { permitted: all, required: set('RTE') },
}
const newer: Readonly<Record<string, Omit<Expectation, 'label'>>> = {
  ...common,
  time_limit_exceeded: { permitted: set('AC', 'TLE'), required: set('TLE') },
  run_time_error: { permitted: set('AC', 'RTE'), required: set('RTE') },
  brute_force: { permitted: set('AC', 'TLE', 'RTE'), required: set('TLE', 'RTE') },
  rejected: { permitted: all, required: set('WA', 'TLE', 'RTE') },
}

/** What the verdicts of a submission in this folder have to be; undefined for a folder that the version does not have. */
export function expectationOf(folder: string, isLegacy: boolean): Expectation | undefined {
  const table = isLegacy ? legacy : newer
  const found = Object.hasOwn(table, folder) ? table[folder] : undefined
  return found === undefined ? undefined : { label: folder, ...found }
}

/** Folders whose submissions are judged otherwise: by points. */
export const scoredFolder = 'partially_accepted'

const outcomesSchema = z.array(z.enum(['AC', 'WA', 'TLE', 'RTE']))
const rulesSchema = z.record(
  z.string(),
  z.looseObject({ permitted: outcomesSchema.optional(), required: outcomesSchema.optional() }).nullable(),
)
export type SubmissionRules = z.infer<typeof rulesSchema>

/** Reads submissions.yaml; undefined when it is not of the format. Rules for single groups of tests are not looked at. */
export function parseRules(text: string): SubmissionRules | undefined {
  try {
    return rulesSchema.safeParse(parse(text) ?? {}).data
  } catch {
    // No YAML: that is the answer.
    return undefined
  }
}

/** An expectation with what submissions.yaml says of this path, which is relative to `submissions/`. */
export function narrowed(
  expectation: Expectation | undefined,
  path: string,
  rules: SubmissionRules,
): Expectation | undefined {
  let result = expectation
  for (const [pattern, rule] of Object.entries(rules)) {
    if (rule === null || !isMatch(pattern, path)) continue
    const before = result ?? { label: pattern, permitted: all, required: undefined }
    // The name of a folder replaces what is usual there; any other pattern is one more condition.
    const isFolder = !/[*{/]/.test(pattern)
    const permitted =
      rule.permitted === undefined
        ? before.permitted
        : new Set(rule.permitted.filter((outcome) => isFolder || before.permitted.has(outcome)))
    const required = rule.required === undefined ? before.required : new Set(rule.required)
    result = { label: before.label, permitted, required }
  }
  return result
}

/** `*` and braces; a pattern that matches a folder matches what is in it. */
function isMatch(pattern: string, path: string): boolean {
  const source = pattern
    .replaceAll(/[.+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll(/\{([^{}]*)\}/g, (_all, words: string) => `(?:${words.split(',').join('|')})`)
  try {
    return new RegExp(`^${source}(?:/.*)?$`).test(path)
  } catch {
    // Braces that do not match: a pattern that matches nothing.
    return false
  }
}

/** A verdict of ours in the format's words. */
export function outcomeOf(verdict: Verdict): Outcome {
  if (verdict === 'accepted') return 'AC'
  if (verdict === 'wrong-answer') return 'WA'
  return verdict === 'time-limit-exceeded' ? 'TLE' : 'RTE'
}
