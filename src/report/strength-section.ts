// What the tests catch, what they are known to miss, and what nobody tried.
import type { MutantRecord } from '../contract/verification.ts'
import { type Block, code, heading, type Inline, list, paragraph, table } from './blocks.ts'
import { failsAt, missedBounds, survivorKinds } from './facts.ts'
import type { Page } from './page.ts'
import type { NamedRow } from './pictures.ts'

/** The answer at a glance. */
export function strengthShort(page: Page): string {
  const { problem, text } = page
  const { mutation, coverage } = problem.verification
  const wrong = page.rows.filter(({ role }) => role === 'wrong')
  const passing = wrong.filter(({ verdicts }) => failsAt(verdicts) === undefined).length
  const missed = missedBounds(coverage)
  return [
    text.testsShort({
      killed: mutation.killed,
      mutants: mutation.mutants,
      refuted: wrong.length - passing,
      wrong: wrong.length,
    }),
    text.missedShort(passing, survivorKinds(mutation), mutation.unkilled.length),
    ...(missed === 0 ? [] : [text.boundsShort(missed)]),
    text.notTriedShort,
  ].join(' ')
}

export function strengthSection(page: Page): Block[] {
  const { problem, text } = page
  const { mutation } = problem.verification
  const passing = page.rows.filter(({ role, verdicts }) => role === 'wrong' && failsAt(verdicts) === undefined)
  const changed = [...mutation.survivors, ...mutation.unkilled]
  return [
    heading(2, text.testsHead),
    paragraph(text.mutationText({ ...mutation, survivors: mutation.survivors.length })),
    heading(3, text.passingHead(passing.length)),
    passing.length === 0 ? paragraph(text.nonePassing) : list(...passing.map(({ name }) => [name])),
    ...(passing.length === 0 ? [] : [paragraph(text.passingText)]),
    heading(3, text.survivorsHead(mutation.survivors.length)),
    ...(mutation.survivors.length === 0 ? [paragraph(text.noSurvivors)] : survivors(page)),
    heading(3, text.unkilledHead(mutation.unkilled.length)),
    ...(mutation.unkilled.length === 0
      ? [paragraph(text.noUnkilled)]
      : [paragraph(text.unkilledText(mutation.inputsTried)), changes(page, mutation.unkilled)]),
    ...(changed.length === 0 ? [] : [source(page, changed)]),
    heading(3, text.notTriedHead),
    list(...text.notTried(mutation.mutants).map((line) => [line])),
    ...ideas(page),
    ...bounds(page),
  ]
}

function survivors({ problem, text }: Page): Block[] {
  const { survivors: records, most } = problem.verification.mutation
  const reason = (leftOut: 'bytes' | 'count'): string =>
    most === undefined ? text.unknown : text.leftOut[leftOut](most.tests, most.bytes)
  return [
    paragraph(text.survivorsText),
    table(
      [text.line, text.before, text.after, text.witness, text.differs, text.whyNoTest],
      records.map(({ line, before, after, witness }): Inline[] => [
        String(line),
        code(before),
        code(after),
        witness === undefined ? text.unknown : text.witnessText(witness.made, witness.bytes),
        witness === undefined ? text.unknown : text.differences[witness.differs],
        witness === undefined ? text.unknown : reason(witness.leftOut),
      ]),
      [0],
    ),
  ]
}

function changes({ text }: Page, records: readonly MutantRecord[]): Block {
  return table(
    [text.line, text.before, text.after],
    records.map(({ line, before, after }) => [String(line), code(before), code(after)]),
    [0],
  )
}

/** The reference with line numbers; the lines that were changed are marked. */
function source({ problem, text }: Page, changed: readonly MutantRecord[]): Block {
  const lines = problem.solution_code.trimEnd().split('\n')
  const marked = new Set(changed.map(({ line }) => line))
  const width = String(lines.length).length
  const numbered = lines.map(
    (line, index) => `${marked.has(index + 1) ? '▸' : ' '} ${String(index + 1).padStart(width)}  ${line}`,
  )
  return { kind: 'fold', summary: text.sourceHead(problem.language), text: numbered.join('\n') }
}

function ideas(page: Page): Block[] {
  const { text } = page
  const decoys = page.rows.filter(({ role }) => role === 'wrong' || role === 'slow')
  const wrong = decoys.filter(({ role }) => role === 'wrong')
  const bySamples = wrong.filter(({ verdicts }) => failsAt(verdicts, 0, page.sampleCount) !== undefined).length
  return [
    heading(3, text.ideasHead),
    paragraph(text.ideasText(bySamples, wrong.length)),
    table(
      [text.idea, text.samplesAlone, text.hiddenTests],
      decoys.map((row) => [row.name, part(page, row, 0, page.sampleCount), part(page, row, page.sampleCount)]),
    ),
  ]
}

/** How a program fared on a part of the tests. */
function part(page: Page, { verdicts }: NamedRow, from: number, to = verdicts.length): string {
  const { text } = page
  const at = failsAt(verdicts, from, to)
  if (at !== undefined) return `${page.testName(at)}: ${text.verdicts[verdicts[at] ?? ''] ?? ''}`
  const run = verdicts.slice(from, to).replaceAll('.', '').length
  return run === 0 ? (text.verdicts['.'] ?? '') : run === to - from ? text.passesAll : text.passesSome(run, to - from)
}

function bounds({ problem, text }: Page): Block[] {
  const { coverage } = problem.verification
  return [
    heading(3, text.boundsHead),
    paragraph(text.boundsText(2 * coverage.length - missedBounds(coverage), 2 * coverage.length)),
    table(
      [text.variable, text.least, text.greatest, text.missed],
      coverage.map(({ variable, least, greatest, minReached, maxReached }) => [
        code(variable),
        least ?? '–',
        greatest ?? '–',
        [...(minReached ? [] : [text.leastMissed]), ...(maxReached ? [] : [text.greatestMissed])].join(', ') || '–',
      ]),
      [1, 2],
    ),
  ]
}
