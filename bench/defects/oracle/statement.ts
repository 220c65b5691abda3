// What can be said about a statement without running anything: language, placeholders, leaks, numbers.
import type { Base } from './base.ts'
import { BoundsError, evaluate, type Bounds } from './bounds.ts'
import type { Emitted } from './emitted.ts'
import type { FindingList } from './findings.ts'
import { rangesOfSpec, sameExpression } from './spec-ranges.ts'

export function checkStatement(problem: Emitted, base: Base, bounds: Bounds, findings: FindingList): void {
  checkLanguage(problem, findings)
  checkPlaceholders(problem, findings)
  checkLeaks(problem, base, findings)
  checkSpec(problem, bounds, findings)
  for (const text of [problem.description, problem.input_format, problem.output_format]) {
    checkNumbers(text, bounds, findings)
  }
}

const hangul = /[가-힣]/g
const latin = /[A-Za-z]/g

function checkLanguage(problem: Emitted, findings: FindingList): void {
  const pieces = [problem.title, problem.input_format, problem.output_format, problem.constraints]
  for (const piece of [...pieces, ...problem.description.split(/\n+/)]) {
    const korean = piece.match(hangul)?.length ?? 0
    const other = piece.match(latin)?.length ?? 0
    const isForeign = problem.locale === 'ko' ? other >= 25 && korean < other : korean > 0
    if (isForeign) findings.add('statement-language', `not in "${problem.locale}": ${piece.slice(0, 80)}`)
  }
  if (problem.locale === 'ko' && problem.description.match(hangul) === null) {
    findings.add('statement-language', 'no Korean in the description')
  }
}

const placeholders =
  /\b(?:TODO|FIXME|TBD|XXX|lorem ipsum|placeholder|undefined|NaN)\b|\[object |\$\{|\{\{|<(?:insert|your|placeholder)[^>]*>|\[(?:insert|your|여기)[^\]]*\]|[가-힣]\((?:은|는|이|가|을|를|과|와|으)\)|(?:여기에|이곳에) .{0,20}(?:쓰|적|입력)|%[sd]\b|_{3,}|\.{4,}/i

function checkPlaceholders(problem: Emitted, findings: FindingList): void {
  const { title, description, input_format, output_format } = problem
  for (const text of [title, description, input_format, output_format]) {
    const found = placeholders.exec(text)?.[0]
    if (found !== undefined) findings.add('statement-placeholder', `"${found}"`)
    if (text.trim() === '') findings.add('statement-placeholder', 'an empty part')
  }
  if (description.trim().length < 60) findings.add('statement-placeholder', 'the description has no task')
}

const hints =
  /\b(?:hint|editorial|solution|reference code|time complexity)\s*:|O\(\s*[A-Z][^)]{0,20}\)|(?:힌트|풀이|정답)\s*:|정답 코드|시간 ?복잡도/i

function checkLeaks(problem: Emitted, base: Base, findings: FindingList): void {
  const lines = problem.solution_code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 12 && !/stdin|input\(\)|^import|^from|^def main|^if __name__/.test(line))
  const statement = [
    problem.title,
    problem.description,
    problem.input_format,
    problem.output_format,
    problem.constraints,
  ].join('\n')
  const copied = (text: string): string[] => lines.filter((line) => text.includes(line))
  const inStatement = copied(statement)
  if (inStatement.some((line) => line.length >= 20) || inStatement.length >= 3) {
    findings.add('solution-leaked', `the statement holds a line of the solution: ${inStatement[0]}`)
  }
  const hint = hints.exec(statement)?.[0] ?? base.spoilers.exec(statement)?.[0]
  if (hint !== undefined) findings.add('solution-leaked', `the statement says "${hint}"`)
  for (const code of Object.values(problem.starter_code ?? {})) {
    if (copied(code).length >= 3) findings.add('solution-leaked', 'the starter code is the solution')
  }
}

function checkSpec(problem: Emitted, bounds: Bounds, findings: FindingList): void {
  const spec = rangesOfSpec(problem.input_spec)
  for (const [name, { min, max }] of spec) {
    const said = bounds.ranges.get(name)
    if (said === undefined) findings.add('bounds-disagree', `the constraints do not mention ${name}`)
    else if (!sameExpression(said.min, min) || !sameExpression(said.max, max)) {
      findings.add(
        'bounds-disagree',
        `${name}: ${said.min} to ${said.max} in the constraints, ${min} to ${max} in the spec`,
      )
    }
  }
  if (spec.size === 0) return
  for (const name of bounds.ranges.keys()) {
    if (!spec.has(name)) findings.add('bounds-disagree', `the spec does not mention ${name}`)
  }
}

const number = String.raw`(?:10\s?\^\s?\d+|10\*\*\d+|\d+e\d+|\d{1,3}(?:,\d{3})+|\d+)`
const between = new RegExp(String.raw`(${number})\s*(?:≤|<=|<)\s*(\|?\w+\|?)\s*(?:≤|<=|<)\s*(${number})`, 'g')
const limitWords = /at most|at least|up to|no more than|between|maximum|minimum|≤|<=|이하|이상|최대|최소|까지|넘지/i

/** Numbers of the prose that speak of a limit have to be those of the constraints. */
function checkNumbers(text: string, bounds: Bounds, findings: FindingList): void {
  for (const [whole, low = '', name = '', high = ''] of text.matchAll(between)) {
    const said = bounds.ranges.get(name) ?? bounds.ranges.get(`${name}_i`)
    if (said === undefined) continue
    if (!sameExpression(said.min, plain(low)) || !sameExpression(said.max, plain(high))) {
      findings.add('bounds-disagree', `the statement says ${whole}`)
    }
  }
  const known = new Set<number>()
  const names = [...bounds.ranges.keys()].map((name) => name.replace(/_i$|\|/g, ''))
  const named = new RegExp(String.raw`(?<![A-Za-z0-9_])(?:${names.join('|')})(?![A-Za-z0-9_])`)
  for (const { min, max } of bounds.ranges.values()) {
    for (const one of `${min} ${max}`.match(new RegExp(number, 'g')) ?? []) known.add(evaluate(plain(one), {}))
  }
  for (const sentence of text.split(/(?<=[.!?])\s|\n/)) {
    // A number of the story is no limit of a value.
    if (!limitWords.test(sentence) || !named.test(sentence)) continue
    for (const one of sentence.match(new RegExp(number, 'g')) ?? []) {
      const value = valueOf(plain(one))
      if (value >= 100 && !known.has(value)) findings.add('bounds-disagree', `the statement says ${one}`)
    }
  }
}

function plain(written: string): string {
  return written.replace(/^(\d+)e(\d+)$/, '$1*10^$2').replace('**', '^')
}

function valueOf(expression: string): number {
  try {
    return evaluate(expression, {})
  } catch (error) {
    if (error instanceof BoundsError) return 0
    throw error
  }
}
