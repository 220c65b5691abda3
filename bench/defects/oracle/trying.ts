// The hidden programs on the emitted tests: which wrong ones pass, which right ones do not, and what that says about limits and level.
import { bases, type BaseId } from '../bases/index.ts'
import type { Emitted } from './emitted.ts'
import type { FindingList, Findings } from './findings.ts'
import { programsOf } from './hidden.ts'
import type { OwnInputs } from './own-inputs.ts'
import { runProgram, type Limits, type Program, type Run, type Text } from './runner.ts'

/** Hidden slow programs need more than this for the largest inputs; a limit beyond it cannot tell them from right ones. */
const largestLimitMs = 10_000

const words: Readonly<Record<Emitted['level'], RegExp>> = {
  easy: /^(?:easy|쉬움|하)$/i,
  medium: /^(?:medium|normal|보통|중간|중)$/i,
  hard: /^(?:hard|difficult|어려움|상)$/i,
}

/** A test whose input is legal, with the emitted output. */
export interface LegalTest {
  readonly input: Text
  readonly output: Text
}

interface Pair {
  readonly inputs: OwnInputs['inputs']
  readonly answers: OwnInputs['answers']
}

export async function tryPrograms(
  id: BaseId,
  problem: Emitted,
  tests: readonly LegalTest[],
  own: OwnInputs,
  findings: FindingList,
): Promise<Pick<Findings, 'survivors' | 'victims' | 'tried'>> {
  const programs = programsOf(id)
  const isEasy = problem.level === 'easy'
  const bySize = tests.toSorted((a, b) => a.input.text.length - b.input.text.length)
  const rising = asPair(bySize)
  const falling = asPair(bySize.toReversed())
  const maximum: Pair = {
    inputs: own.inputs.slice(own.maximumFrom),
    answers: own.answers.slice(own.maximumFrom),
  }
  checkWord(problem, findings)
  const isHopeless = problem.limits.timeMs > largestLimitMs
  if (isHopeless) {
    findings.add('limit-wrong', `${problem.limits.timeMs} ms is more than slow programs need`)
  }
  const limitsFor = (program: Program): Limits => ({
    timeMs: Math.min(largestLimitMs, problem.limits.languages?.[program.language]?.timeMs ?? problem.limits.timeMs),
    memoryBytes: problem.limits.memoryBytes,
  })
  const attempt = (program: Program, { inputs, answers }: Pair): Promise<Run | undefined> =>
    firstFailure(program, inputs, answers, limitsFor(program))

  const survivors: string[] = []
  const victims: string[] = []
  const wrong = programs.wrong.map(async (program) => {
    if ((await attempt(program, rising)) === undefined) survivors.push(program.name)
  })
  const right = programs.right.map(async (program) => {
    const failure = (await attempt(program, falling)) ?? (await attempt(program, maximum))
    if (failure === undefined) return
    const isLimit = failure.outcome === 'time' || failure.outcome === 'memory'
    if (isLimit) findings.add('limit-wrong', `${program.name} is right and needs ${failure.cpuMs} ms`)
    else victims.push(program.name)
  })
  const slow =
    isEasy || isHopeless
      ? []
      : programs.slow.map(async (program) => {
          if ((await attempt(program, falling)) !== undefined) return
          if ((await attempt(program, maximum)) !== undefined) survivors.push(program.name)
          else if (program.name === bases[id].naive) naivePasses(problem, program, findings)
          else findings.add('limit-wrong', `${program.name} is within the limit on the largest inputs`)
        })
  await Promise.all([...wrong, ...right, ...slow])

  const isNaiveAmongSlow = programs.slow.some(({ name }) => name === programs.naive.name)
  if (isEasy) {
    const failure = (await attempt(programs.naive, falling)) ?? (await attempt(programs.naive, maximum))
    if (failure?.outcome === 'time') findings.add('difficulty-label', 'easy, but the naive program is too slow')
  } else if (!isNaiveAmongSlow) {
    const failure = (await attempt(programs.naive, falling)) ?? (await attempt(programs.naive, maximum))
    if (failure === undefined) naivePasses(problem, programs.naive, findings)
  }
  const tried = { wrong: programs.wrong.length + slow.length, right: programs.right.length }
  return { survivors: survivors.sort(), victims: victims.sort(), tried }
}

function naivePasses({ level }: Emitted, { name }: Program, findings: FindingList): void {
  findings.add('difficulty-label', `${level}, but ${name} is within the limit on the largest inputs`)
}

function checkWord({ level, difficulty }: Emitted, findings: FindingList): void {
  const other = Object.entries(words).find(([name, word]) => name !== level && word.test(difficulty.trim()))
  if (other !== undefined) findings.add('difficulty-label', `the level is ${level}, the word "${difficulty}"`)
}

/** The first run that is not right; one over the time limit is tried twice more, as the machine may be busy. */
async function firstFailure(
  program: Program,
  inputs: OwnInputs['inputs'],
  expected: OwnInputs['answers'],
  limits: Limits,
): Promise<Run | undefined> {
  let from = 0
  while (from < inputs.length) {
    const options = { limits, expected: expected.slice(from), stop: true }
    const runs = await runProgram(program, inputs.slice(from), options)
    const last = runs.at(-1)
    if (last === undefined) throw new Error(`${program.name} does not compile or run`)
    if (last.outcome === 'ok') return undefined
    const at = from + last.index
    if (last.outcome !== 'time' || last.cpuMs > 1.5 * limits.timeMs) return last
    if (program.name.startsWith('slow-')) return last
    const again = { limits, expected: expected.slice(at, at + 1), fresh: true }
    const retries = [
      ...(await runProgram(program, inputs.slice(at, at + 1), again)),
      ...(await runProgram(program, inputs.slice(at, at + 1), again)),
    ]
    if (!retries.some(({ outcome }) => outcome === 'ok')) return last
    from = at + 1
  }
  return undefined
}

function asPair(tests: readonly LegalTest[]): Pair {
  return { inputs: tests.map(({ input }) => input), answers: tests.map(({ output }) => output) }
}
