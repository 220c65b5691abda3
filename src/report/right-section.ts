// Why the reference is right: who agrees with it, on which inputs, and the grid that shows it.
import type { ProgramRole } from '../contract/verification.ts'
import { type Block, heading, type Inline, paragraph, table } from './blocks.ts'
import { type Absence, agreement, byteLength, hasPassed, largestByAll, standInCalls } from './facts.ts'
import type { Page } from './page.ts'
import { matrixPicture } from './pictures.ts'

/** Values of an input that are shown; the first variables of a spec are its sizes. */
const mostValues = 3

/** The answer at a glance: never more than the grid and the stored comparison show. */
export function rightShort(page: Page): string {
  const { problem, text } = page
  const { groups, absences } = agreement(problem.verification.matrix)
  const [most, ...rest] = groups
  if (most === undefined) return text.nothingCompared
  const compared = comparedByAll(page)
  const isAll = most.roles.length === 3
  const where = [...(isAll && compared > 0 ? [text.comparisonInputs(compared)] : []), page.places(most.tests)]
  return [
    text.agree(page.names(most.roles), most.roles.length, where.join(', ')),
    ...rest.map(({ roles, tests }) =>
      text.confirmedBy(page.places(tests), roles.length, roles.map((role) => text.roles[role]).join(', ')),
    ),
    ...[...new Set(absences.map(({ role }) => role))].map((role) => absentText(page, role, absences)),
    largestText(page),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function absentText(page: Page, role: ProgramRole, absences: readonly Absence[]): string {
  const { text } = page
  const cases = absences
    .filter((absence) => absence.role === role)
    .map(({ sign, tests }) => text.absence(text.verdicts[sign] ?? sign, page.places(tests)))
  return text.absent(text.roles[role], cases.join(', '))
}

function largestText(page: Page): string {
  const { problem, tests, text } = page
  const largest = largestByAll(problem, tests)
  if (largest === undefined) return ''
  const { bytes, test, values = {} } = largest
  const described = Object.entries(values)
    .slice(0, mostValues)
    .map(([variable, value]) => `${variable} ${value}`)
  const what = test === undefined ? described.join(', ') : page.places([test])
  return text.largestByAll(bytes, what, Math.max(0, ...tests.map(({ input }) => byteLength(input))))
}

/** Inputs to compare on that all three programs finished, with one answer. */
function comparedByAll({ problem }: Page): number {
  const { verification } = problem
  const isCompared = hasPassed(verification, 'G9') && hasPassed(verification, 'G10')
  return isCompared ? (verification.inputSets?.bruteForce.finished ?? 0) : 0
}

export function rightSection(page: Page): Block[] {
  const { problem, text } = page
  const { verification } = problem
  const rewritten = verification.repairs.filter(
    ({ artefact }) => artefact === 'reference' || artefact === 'brute-force',
  )
  return [
    heading(2, text.rightHead),
    paragraph(
      [
        text.independence,
        ...(standInCalls(verification) > 0 ? [text.standInIndependence] : []),
        ...(rewritten.length === 0 ? [] : [text.rewritten(rewritten.length)]),
      ].join(' '),
    ),
    ...inputSets(page),
    ...grid(page),
  ]
}

function inputSets({ problem, tests, text }: Page): Block[] {
  const { inputSets: sets, mutation } = problem.verification
  const generated = problem.test_origins.filter(({ from }) => from === 'generator').length
  const rows: Inline[][] = [
    [text.setSamples, String(problem.examples.length), text.setSamplesWhat, 'G8, G22'],
    ...(sets === undefined
      ? []
      : [
          [text.setGenerated, String(sets.generatorRuns), text.setGeneratedWhat(generated), 'G5'],
          [text.setProving, String(sets.proving), text.setProvingWhat, 'G4, G6, G7, G21'],
          [
            text.setCompared,
            String(sets.small + sets.middle),
            text.setComparedWhat(sets.small, sets.middle, sets.bruteForce.finished),
            'G9, G10',
          ],
        ]),
    [text.setTried, String(mutation.inputsTried), text.setTriedWhat, 'G13'],
    [text.setTests, String(tests.length), text.setTestsWhat(generated), 'G13–G16, G18, G19, G23'],
  ]
  return [heading(3, text.setsHead), table([text.set, text.count, text.what, text.gates], rows, [1])]
}

function grid(page: Page): Block[] {
  const { text } = page
  return [
    heading(3, text.matrixHead),
    paragraph(text.matrixText(page.sampleCount, page.tests.length, page.stopMs)),
    { kind: 'picture', picture: matrixPicture(page.rows, page.sampleCount, text.verdicts) },
  ]
}
