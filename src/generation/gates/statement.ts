// G17: the statement says what was proved: numbers, variables, language; no placeholder, no solution.
import { inputFormatText } from '../spec/text.ts'
import { failed, type Gate, type GateVerdict, passed } from './gate.ts'
import { contradiction, numbersIn, specBounds } from './numbers.ts'

export const statementMatchesData: Gate = {
  id: 'G17',
  stage: 'statement',
  needs: ['task', 'samples', 'reference', 'statement'],
  check: async ({ bench, request }) => {
    const { draft } = bench
    const { spec } = draft
    const statement = draft.get('statement')
    const blueprint = draft.get('blueprint')
    const text = `${statement.title}\n${statement.description}\n${statement.output_format}`

    const disagreement = contradiction(text, spec)
    if (disagreement !== undefined) return refuse('other-bounds', disagreement)

    const samples = bench.claimedSamples.map(({ input, output }) => `${input}\n${output}`).join('\n')
    const { literals } = specBounds(spec)
    const known = new Set([
      ...literals,
      ...numbersIn(`${blueprint.task}\n${blueprint.output}\n${samples}`).map(({ value }) => value),
    ])
    const numbers = numbersIn(text)
    // Small numbers are counting words ("2개의 줄"); a large one is always data.
    const foreign = numbers.find(({ value }) => value >= 100n && !known.has(value))
    if (foreign !== undefined)
      return refuse('unknown-number', `the number ${foreign.text} is neither in the spec nor in the task`)

    const names = variableNames(inputFormatText(spec, 'en'))
    const missing = names.find((name) => !mentions(statement.description, name))
    if (missing !== undefined) return refuse('variable-missing', `the description never mentions ${missing}`)

    const language = wrongLanguage(`${statement.title} ${statement.description}`, request.locale)
    if (language !== undefined) return refuse('wrong-language', language)

    const placeholder =
      /\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b|\{\{|\}\}|<(?:insert|title|name|variable|number)[^>]*>|\[(?:insert|your|여기|입력)[^\]]*\]|\?\?\?|○○|△△/i.exec(
        text,
      )
    if (placeholder !== null) return refuse('placeholder', `a placeholder is left: ${placeholder[0]}`)

    const leaked = leak(text, draft.get('reference').code)
    if (leaked !== undefined) return refuse('solution-leaked', leaked)
    return passed(
      `numbers (${numbers.length}) and variables (${names.length}) agree with the spec; language ${request.locale}; nothing leaked`,
    )
  },
}

function refuse(reason: string, evidence: string): GateVerdict {
  return failed(reason, evidence, ['statement'])
}

/** The variables that the input format names. */
function variableNames(format: string): string[] {
  return [
    ...new Set(
      [
        ...format.matchAll(
          /(?:an integer|a string|the string|of the permutation|of the grid) ([A-Za-z][A-Za-z0-9_]*)/g,
        ),
      ].map((match) => match[1] ?? ''),
    ),
  ]
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9])`).test(text)
}

function wrongLanguage(text: string, locale: 'ko' | 'en'): string | undefined {
  const hangul = text.match(/[가-힣]/g)?.length ?? 0
  const latin = text.match(/[A-Za-z]/g)?.length ?? 0
  if (locale === 'ko')
    return hangul >= 0.3 * (hangul + latin) ? undefined : `only ${hangul} of ${hangul + latin} letters are Korean`
  return hangul <= 0.02 * (hangul + latin)
    ? undefined
    : `${hangul} of ${hangul + latin} letters are Korean in an English statement`
}

function leak(text: string, code: string): string | undefined {
  if (/```|\bdef \w+\(|\bimport \w+|#include\b|\bint main\b/.test(text)) return 'the statement contains code'
  if (/\bO\((?:[^)]*[NMKQVE][^)]*|1|log [^)]*)\)/.test(text)) return 'the statement gives the intended complexity away'
  const lines = code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 15)
  const copied = lines.find((line) => text.includes(line))
  return copied === undefined ? undefined : 'the statement contains a line of the reference solution'
}
