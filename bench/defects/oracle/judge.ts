// The oracle: judges a problem as it left the pipeline by programs, a grammar and inputs of its own. Shares no code with it.
import { bases, type BaseId } from '../bases/index.ts'
import type { Base, Sizes } from './base.ts'
import { BoundsError, parseConstraints, type Bounds } from './bounds.ts'
import { parseEmitted, type Emitted, type TestCase } from './emitted.ts'
import { checkEvidence } from './evidence.ts'
import { type Finding, FindingList, type Findings } from './findings.ts'
import { InputFault, InputReader } from './input-reader.ts'
import { outputFault } from './outputs.ts'
import { answersTo, ownInputs, type OwnInputs } from './own-inputs.ts'
import { stored } from './runner.ts'
import { checkStatement } from './statement.ts'
import { tryPrograms, type LegalTest } from './trying.ts'
import { checkReference } from './reference.ts'
import { checkGenerator } from './replay.ts'

export interface JudgeOptions {
  /** The tests, where the document does not hold them. */
  readonly tests?: readonly TestCase[]
  /** Seed of the oracle's own inputs. */
  readonly ownSeed?: string
}

/** Everything that is wrong with an emitted problem that was made from a base. Findings are values; only our own faults are thrown. */
export async function judgeProblem(emitted: unknown, id: BaseId, options: JudgeOptions = {}): Promise<Findings> {
  const started = performance.now()
  const findings = new FindingList()
  const found = await judge(emitted, id, options, findings)
  return { findings: findings.all(), ...found, elapsedMs: Math.round(performance.now() - started) }
}

/** What is wrong with the report of an emitted problem. */
export function judgeEvidence(emitted: unknown): readonly Finding[] {
  const parsed = parseEmitted(emitted)
  if ('fault' in parsed) return []
  const findings = new FindingList()
  checkEvidence(parsed.problem, parsed.problem.test_cases?.length ?? 0, findings)
  return findings.all()
}

const untried = { survivors: [], victims: [], tried: { wrong: 0, right: 0 } }

async function judge(
  emitted: unknown,
  id: BaseId,
  options: JudgeOptions,
  findings: FindingList,
): Promise<Pick<Findings, 'survivors' | 'victims' | 'tried'>> {
  const parsed = parseEmitted(emitted)
  if ('fault' in parsed) {
    findings.add('unreadable', parsed.fault)
    return untried
  }
  const { problem } = parsed
  const tests = problem.test_cases ?? options.tests ?? []
  const bounds = parseConstraints(problem.constraints)
  checkStatement(problem, bases[id], bounds, findings)
  checkEvidence(problem, tests.length, findings)
  checkSamples(problem, findings)
  checkDuplicates(tests, findings)
  const own = await usable(id, bounds, options.ownSeed, findings)
  if (own === undefined) return untried

  const [answered] = await Promise.all([
    checkCases(problem, tests, id, bounds, findings),
    checkGenerator(problem, tests, bases[id], bounds, findings),
    checkReference(problem, own, findings),
  ])
  return tryPrograms(id, problem, answered, own, findings)
}

/** The oracle's own inputs, unless the constraints are no use. */
async function usable(
  id: BaseId,
  bounds: Bounds,
  seed: string | undefined,
  findings: FindingList,
): Promise<OwnInputs | undefined> {
  try {
    return await ownInputs(id, bounds, seed)
  } catch (error) {
    if (!(error instanceof BoundsError) && !(error instanceof InputFault)) throw error
    findings.add('bounds-disagree', `no legal input can be made: ${error.message}`)
    return undefined
  }
}

function checkSamples({ examples }: Emitted, findings: FindingList): void {
  const different = new Set(examples.map(({ input }) => input.trim()))
  if (different.size < 2) findings.add('samples-too-few', `${different.size} different samples`)
  else if (different.size < examples.length) findings.add('samples-too-few', 'a sample is given twice')
}

function checkDuplicates(tests: readonly TestCase[], findings: FindingList): void {
  const owners = new Map<string, number>()
  tests.forEach(({ input }, index) => {
    const key = input.trim().split(/\s+/).join(' ')
    const owner = owners.get(key)
    if (owner === undefined) owners.set(key, index)
    else findings.add('duplicate-tests', `tests ${owner + 1} and ${index + 1} are equal`)
  })
}

/** Samples and tests against grammar and truth; gives back the tests that are legal. */
async function checkCases(
  { examples }: Emitted,
  tests: readonly TestCase[],
  id: BaseId,
  bounds: Bounds,
  findings: FindingList,
): Promise<LegalTest[]> {
  const base = bases[id]
  const sizes: Sizes[] = []
  const legal = (cases: readonly TestCase[], kind: 'sample-invalid' | 'test-invalid'): TestCase[] =>
    cases.filter(({ input }, index) => {
      try {
        const found = base.read(new InputReader(input, bounds))
        if (kind === 'test-invalid') sizes.push(found)
        return true
      } catch (error) {
        if (!(error instanceof InputFault) && !(error instanceof BoundsError)) throw error
        findings.add(kind, `${index + 1}: ${error.message}`)
        return false
      }
    })
  const samples = legal(examples, 'sample-invalid')
  const legalTests = legal(tests, 'test-invalid')
  checkLargest(base, bounds, sizes, findings)

  const cases = [...samples, ...legalTests]
  const inputs = await Promise.all(cases.map(({ input }) => stored(input)))
  const answers = await answersTo(id, inputs)
  cases.forEach(({ output }, index) => {
    const isSample = index < samples.length
    const where = isSample ? `sample ${index + 1}` : `test ${index + 1 - samples.length}`
    const fault = outputFault(output, answers[index]?.text ?? '', base.output)
    if (fault === 'unclean') findings.add('output-unclean', `${where}: ${output.slice(0, 80)}`)
    if (fault === 'wrong') {
      findings.add(
        isSample ? 'sample-output-wrong' : 'test-output-wrong',
        `${where}: ${output.slice(0, 60).trim()} instead of ${answers[index]?.text.slice(0, 60).trim()}`,
      )
    }
  })
  return Promise.all(
    legalTests.map(async ({ output }, index) => ({
      input: inputs[samples.length + index] ?? { text: '', file: '' },
      output: await stored(output),
    })),
  )
}

function checkLargest(base: Base, bounds: Bounds, sizes: readonly Sizes[], findings: FindingList): void {
  const largest = base.largest(bounds)
  const reaches = (size: Sizes): boolean =>
    Object.entries(largest).every(([name, most]) => (size[name] ?? 0) >= 0.9 * most)
  if (!sizes.some(reaches)) findings.add('no-maximum-test', `no test is as large as ${JSON.stringify(largest)}`)
}
