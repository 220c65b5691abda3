// The hidden tests one by one: how each is made, what it has to come out as, and how to make it again.
import { createHash } from 'node:crypto'
import type { TestOrigin } from '../contract/problem.ts'
import { type Block, code, heading, type Inline, list, paragraph, table } from './blocks.ts'
import { byteLength } from './facts.ts'
import type { Page } from './page.ts'

/** The test that is the example, unless there are fewer. */
const exampleTest = 17
/** Hexadecimal digits of a SHA-256 that are shown. */
const digits = 16

/** The answer at a glance. */
export function remakeShort(page: Page): Inline[] {
  const number = exampleNumber(page)
  const origin = page.problem.test_origins[number - 1]
  if (origin === undefined) return [page.text.noTests]
  return [
    code(command(page, String(number))),
    ` ${page.text.remakeShort(number)} `,
    page.text.exampleOrigin(number, originText(page, origin)),
  ]
}

export function testsSection(page: Page): Block[] {
  const { problem, tests, text } = page
  const number = exampleNumber(page)
  const origin = problem.test_origins[number - 1]
  const input = tests[number - 1]?.input ?? ''
  const rows = problem.test_origins.map((each, index): Inline[] => {
    const test = tests[index]
    const known =
      test === undefined
        ? ['–', '–', '–']
        : [String(byteLength(test.input)), code(fingerprint(test.input)), code(excerpt(test.output))]
    return [String(index + 1), originText(page, each), ...known]
  })
  return [
    heading(2, text.remakeHead),
    ...(origin === undefined
      ? []
      : [
          paragraph(code(command(page, String(number)))),
          paragraph(text.successLine, ' ', code(text.remade(number, madeBy(origin), byteLength(input)))),
        ]),
    list(
      [text.byGenerator, ...exampleLine(page)],
      [text.bySpec],
      [text.bySamples],
      [text.fingerprint(digits), ' ', code(`${command(page, 'N', '-s ')} | sha256sum`)],
    ),
    table([text.number, text.origin, text.bytes, `SHA-256`, text.expected], rows, [0, 2]),
  ]
}

/** The exact standard input of a generated test: the example, or the first one there is. */
function exampleLine(page: Page): Inline[] {
  const { problem, text } = page
  const example = exampleNumber(page) - 1
  const isGenerated = problem.test_origins[example]?.from === 'generator'
  const at = isGenerated ? example : problem.test_origins.findIndex(({ from }) => from === 'generator')
  const origin = problem.test_origins[at]
  return origin?.from === 'generator'
    ? [` ${text.exactLine(at + 1)} `, code(`printf '${origin.strategy} ${origin.seed}\\n'`)]
    : []
}

function exampleNumber({ problem }: Page): number {
  return Math.min(exampleTest, problem.test_origins.length)
}

function command({ problem, text }: Page, test: string, silent = ''): string {
  return `npm start ${silent}-- remake ${problem.problemId} ${test}${text.localeOption}`
}

function originText({ text }: Page, origin: TestOrigin): string {
  return origin.from === 'generator'
    ? text.generatorOrigin(origin.strategy, origin.seed)
    : text.specOrigin(origin.family, origin.name)
}

/** As the command `remake` says it. */
function madeBy(origin: TestOrigin): string {
  return origin.from === 'generator'
    ? `generator ${origin.strategy} ${origin.seed}`
    : `spec ${origin.family} ${origin.name}`
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits)
}

function excerpt(text: string): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, ' ⏎ ')
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}
