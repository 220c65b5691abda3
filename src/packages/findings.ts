// What can be wrong with a package: every finding has a stable id, a severity, and words that say what, why, and how to mend it.
import type { Locale } from '../contract/topics.ts'
import { executedFindings } from './catalogue/executed.ts'
import { staticFindings } from './catalogue/static.ts'

export type Severity = 'error' | 'warning'

/** Kinds of checks; a finding belongs to one of them. */
export const checkIds = [
  'config',
  'files',
  'statement',
  'data',
  'input-validators',
  'output-validator',
  'submissions',
  'coverage',
  'generators',
  'mutants',
] as const
export type CheckId = (typeof checkIds)[number]

/** Why a program does not compile, where the compiler need not be asked. */
export const emptyFile = 'the file is empty'

type Words = Readonly<Record<Locale, string>>

/** An entry of the catalogue. `{name}` in its words stands for a detail of the finding. */
export interface FindingKind {
  readonly check: CheckId
  readonly severity: Severity
  readonly what: Words
  readonly why: Words
  readonly fix: Words
}

const catalogue = { ...staticFindings, ...executedFindings }
export type FindingId = keyof typeof catalogue

/** Something that is wrong, and where: a path below the package, or the part of a document. */
export interface Finding {
  readonly id: FindingId
  readonly file: string
  /** From 1. */
  readonly line?: number
  readonly details: Readonly<Record<string, string | number>>
}

/** Creates a finding. */
export function finding(id: FindingId, file: string, details: Finding['details'] = {}, line?: number): Finding {
  return { id, file, details, ...(line === undefined ? {} : { line }) }
}

/** All ids, in the catalogue's order. */
export const findingIds: readonly FindingId[] = Object.keys(catalogue).filter((id): id is FindingId => id in catalogue)

/** The catalogue's entry. */
export function kindOf(id: FindingId): FindingKind {
  return catalogue[id]
}

/** A finding in words, as `--json` prints it. */
export interface FindingView {
  readonly id: FindingId
  readonly severity: Severity
  readonly check: CheckId
  readonly file: string
  readonly line?: number
  readonly what: string
  readonly why: string
  readonly fix: string
}

/** Details that are words of ours; everything else is a name, a number or somebody's text. */
const koreanDetails: Readonly<Record<string, string>> = {
  'wrong-answer': '틀린 답',
  'time-limit-exceeded': '시간 초과',
  'memory-limit-exceeded': '메모리 초과',
  'output-limit-exceeded': '출력 초과',
  'runtime-error': '런타임 에러',
  accepted: '맞음',
  [emptyFile]: '빈 파일',
}

/** A finding in one language. */
export function viewOf({ id, file, line, details }: Finding, locale: Locale): FindingView {
  const { severity, check, what, why, fix } = kindOf(id)
  const shown = (name: string, value: string | number): string => {
    // The name of a folder stays as it is.
    const isOurs = locale === 'ko' && (name === 'verdict' || name === 'reason')
    return (isOurs ? koreanDetails[value] : undefined) ?? String(value)
  }
  const filled = (words: Words): string =>
    words[locale].replaceAll(/\{(\w+)\}/g, (tag, name: string) => shown(name, details[name] ?? tag))
  return {
    id,
    severity,
    check,
    file,
    ...(line === undefined ? {} : { line }),
    what: filled(what),
    why: filled(why),
    fix: filled(fix),
  }
}

/** Findings by file, line and id: the order that people read them in, and that does not change. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const key = ({ file, line = 0, id }: Finding): string => `${file}\0${String(line).padStart(9, '0')}\0${id}`
  return [...findings].sort((one, other) => (key(one) < key(other) ? -1 : Number(key(one) > key(other))))
}
