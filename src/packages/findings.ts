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

/** Details that are words of ours, by their names; everything else is a name, a number or somebody's text. */
const koreanDetails: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  verdict: {
    'wrong-answer': '틀린 답',
    'time-limit-exceeded': '시간 초과',
    'memory-limit-exceeded': '메모리 초과',
    'output-limit-exceeded': '출력 초과',
    'runtime-error': '런타임 에러',
    accepted: '맞음',
  },
  reason: { [emptyFile]: '빈 파일' },
  side: { min: '아래쪽', max: '위쪽' },
  kinds: {
    empty: '빈 텍스트',
    'extra-line': '남는 줄',
    'extra-token': '남는 낱말',
    'trailing-junk': '끝에 붙은 글자',
    'missing-line': '모자란 줄',
    'letter-in-number': '수에 섞인 글자',
    'leading-zero': '앞에 붙은 0',
    fraction: '정수 자리의 소수',
    'beyond-64-bits': '64비트를 넘는 수',
    'leading-blank': '맨 앞의 공백',
    'trailing-blank': '줄 끝의 공백',
    'double-blank': '두 칸 공백',
    'carriage-return': 'Windows 줄바꿈',
    'no-final-line-feed': '마지막 줄바꿈 없음',
    letters: '아무 글자',
    truncated: '잘린 답',
    'appended-token': '뒤에 붙은 낱말',
    'other-answer': '다른 테스트의 답',
  },
}

/** A finding in one language. */
export function viewOf({ id, file, line, details }: Finding, locale: Locale): FindingView {
  const { severity, check, what, why, fix } = kindOf(id)
  const shown = (name: string, value: string | number): string => {
    const ours = locale === 'ko' ? koreanDetails[name] : undefined
    if (ours === undefined) return String(value)
    const parts = name === 'kinds' ? String(value).split(', ') : [String(value)]
    return parts.map((part) => ours[part] ?? part).join(', ')
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
