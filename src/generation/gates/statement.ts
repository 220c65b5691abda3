// G17: the statement says what was proved: numbers, variables, language; no placeholder, no solution.
import { inputFormatText } from '../spec/text.ts'
import { failed, type Gate, type GateVerdict, passed } from './gate.ts'
import { contradiction, numbersIn, specBounds } from './numbers.ts'

export const statementMatchesData: Gate = {
  id: 'G17',
  step: 'statement',
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
    const foreign = numbers.find(
      ({ value, end }) => value >= 100n && !known.has(value) && !/^\s?년/.test(text.slice(end, end + 2)),
    )
    if (foreign !== undefined)
      return refuse('unknown-number', `the number ${foreign.text} is neither in the spec nor in the task`)

    const names = variableNames(inputFormatText(spec, 'en'))
    const missing = names.find((name) => !mentions(statement.description, name))
    if (missing !== undefined) return refuse('variable-missing', `the description never mentions ${missing}`)

    const language = wrongLanguage(text, request.locale)
    if (language !== undefined) return refuse('wrong-language', language)

    const placeholder =
      /\b(?:TODO|TBD|FIXME|XXX|PLACEHOLDER|lorem ipsum)\b|\bas an ai\b|추후 작성|\{\{|\}\}|<(?:insert|title|name|variable|number)[^>]{0,40}>|\[(?:insert|your|여기|입력|제목|이름|설명|문제)[^\]]{0,40}\]|\?\?\?|○○|△△|<script/i.exec(
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
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  const hangul = count(/[가-힣]/g)
  const latin = count(/[A-Za-z]/g)
  const other = count(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Cyrillic}]/gu)
  const letters = hangul + latin + other
  if (other > 0.02 * letters) return `${other} of ${letters} letters are of another script`
  if (locale === 'en')
    return hangul <= 0.02 * letters ? undefined : `${hangul} of ${letters} letters are Korean in an English statement`
  if (hangul < 0.3 * letters) return `only ${hangul} of ${letters} letters are Korean`
  const foreign = text
    .split('\n')
    .find((line) => line.length > 30 && !/[가-힣]/.test(line) && /[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}/.test(line))
  return foreign === undefined ? undefined : 'a whole line of the statement is not Korean'
}

/** Techniques whose names are the solution; a topic's own objects (graph, tree, string) are not among them. */
const techniques =
  /다이나믹 프로그래밍|동적 계획법|그리디|탐욕법|이분 탐색|이진 탐색|누적 ?합|다익스트라|유니온 파인드|dynamic programming|\bgreedy\b|binary search|prefix sums?\b|dijkstra|union[- ]find/i

function leak(text: string, code: string): string | undefined {
  if (
    /```|\bdef \w{1,40}\(|^\s{0,8}(?:import|from) \w{1,40}(?: import\b|\s*$)|#include\b|\bint main\b|\bfor \w{1,20} in range\(/m.test(
      text,
    )
  ) {
    return 'the statement contains code'
  }
  if (/[OΘ]\(\s?(?:[^()]{0,40}[NMKQVEnmk][^()]{0,40}|1|log [^()]{0,40})\)/.test(text)) {
    return 'the statement gives the intended complexity away'
  }
  const technique = techniques.exec(text)
  if (technique !== null) return `the statement names the technique: ${technique[0]}`
  const lines = code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 15)
  const copied = lines.find((line) => text.includes(line))
  return copied === undefined ? undefined : 'the statement contains a line of the reference solution'
}
