// What verify found, as a linter says it: file, what, why, fix and id; or as one document.
import { type CheckId, checkIds, type Finding, type FindingView, inOrder, viewOf } from '../../packages/findings.ts'
import type { Locale } from '../../contract/topics.ts'
import { clean, type Paint } from '../terminal-text.ts'
import { words } from './words.ts'

/** Whether a check was run; `reason` says why not, or what of it was left out. */
interface CheckRecord {
  readonly check: CheckId
  readonly outcome: 'ran' | 'skipped'
  readonly reason?: string
}

export interface Report {
  /** No errors. Warnings are advice. */
  readonly sound: boolean
  readonly findings: readonly FindingView[]
  readonly checks: readonly CheckRecord[]
}

/** Builds the report: what was found by looking, then what was found by running. Checks that nobody speaks of were run. */
export function reportOf(
  findings: { readonly seen: readonly Finding[]; readonly ran: readonly Finding[] },
  skipped: ReadonlyMap<CheckId, string>,
  partly: ReadonlyMap<CheckId, string>,
  locale: Locale,
): Report {
  const views = [findings.seen, findings.ran].flatMap(inOrder).map((found) => viewOf(found, locale))
  return {
    sound: views.every(({ severity }) => severity !== 'error'),
    findings: views,
    checks: checkIds.map((check) => {
      const reason = skipped.get(check) ?? partly.get(check)
      return { check, outcome: skipped.has(check) ? 'skipped' : 'ran', ...(reason === undefined ? {} : { reason }) }
    }),
  }
}

/** Findings for people. */
export function findingLines(findings: readonly Finding[], paint: Paint, locale: Locale): string[] {
  const word = words[locale]
  return inOrder(findings).flatMap((found) => {
    const { id, severity, file, line, what, why, fix } = viewOf(found, locale)
    const place = `${file}${line === undefined ? '' : `:${line}`}`
    const colour = severity === 'error' ? 'red' : 'yellow'
    return [
      `${paint('bold', clean(place))}  ${paint(colour, word.severity[severity])}  ${clean(what)}  ${paint('dim', id)}`,
      `  ${word.whyLabel}: ${clean(why)}`,
      `  ${word.fix}: ${clean(fix)}`,
    ]
  })
}

/** What the report says below its findings. */
export function summaryLines({ sound, findings, checks }: Report, paint: Paint, locale: Locale): string[] {
  const word = words[locale]
  const count = (severity: FindingView['severity']): number =>
    findings.filter((found) => found.severity === severity).length
  const skipped = checks.flatMap(({ check, outcome, reason }) =>
    reason === undefined
      ? []
      : [paint('dim', clean(outcome === 'skipped' ? word.skipped(word.check[check], reason) : reason))],
  )
  const ran = checks.filter(({ outcome }) => outcome === 'ran').map(({ check }) => word.check[check])
  const verdict = sound
    ? paint('green', `✔ ${word.sound(count('warning'))}`)
    : paint('red', `✖ ${word.unsound(count('error'), count('warning'))}`)
  return [...(findings.length === 0 ? [] : ['']), paint('dim', word.ran(ran)), ...skipped, verdict]
}
