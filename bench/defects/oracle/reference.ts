// The emitted solution on the oracle's own inputs: right, the same each time, and within the emitted limits.
import type { Emitted } from './emitted.ts'
import type { FindingList } from './findings.ts'
import type { OwnInputs } from './own-inputs.ts'
import { runProgram, type Program, type Run } from './runner.ts'

/** Hash seeds under which an answer is asked for again. */
const hashSeeds = { first: 0, second: 977, more: [1, 2, 3, 5, 8] } as const

export async function checkReference(problem: Emitted, own: OwnInputs, findings: FindingList): Promise<void> {
  const program: Program = { name: 'solution', language: problem.language, source: problem.solution_code }
  const { limits } = problem
  const isSettled = await once(program, problem, own, hashSeeds.first, findings)
  if (!isSettled) return
  const few = { inputs: own.inputs.slice(0, 150), answers: own.answers.slice(0, 150) }
  const again = await runProgram(program, few.inputs, {
    limits,
    expected: few.answers,
    stop: true,
    hashSeed: hashSeeds.second,
  })
  const odd = again.find(({ outcome }) => outcome === 'wrong' || outcome === 'crash')
  if (odd !== undefined) findings.add('nondeterministic', `another answer under another hash seed: ${shown(few, odd)}`)
}

/** One pass over all inputs until something is found; true when nothing was. */
async function once(
  program: Program,
  { limits }: Emitted,
  own: OwnInputs,
  hashSeed: number,
  findings: FindingList,
): Promise<boolean> {
  let from = 0
  while (from < own.inputs.length) {
    const inputs = own.inputs.slice(from)
    const expected = own.answers.slice(from)
    const runs = await runProgram(program, inputs, { limits, expected, stop: true, hashSeed })
    const last = runs.at(-1)
    if (last === undefined) {
      findings.add('reference-wrong', 'it does not compile')
      return false
    }
    if (last.outcome === 'ok') return true
    const at = from + last.index
    if (last.outcome === 'wrong' || last.outcome === 'crash' || last.outcome === 'output') {
      await wrongOrOdd(program, limits, own, at, last, findings)
      return false
    }
    if (!(await isWithin(program, limits, own, at))) {
      const size = own.inputs[at]?.text.length
      findings.add('reference-slow', `${last.outcome} limit on an input of ${size} bytes, ${last.cpuMs} ms`)
      return false
    }
    from = at + 1
  }
  return true
}

/** A busy machine makes programs slow: only what is over the limit twice is too slow. */
async function isWithin(program: Program, limits: Emitted['limits'], own: OwnInputs, at: number): Promise<boolean> {
  const [run] = await runProgram(program, own.inputs.slice(at, at + 1), { limits, fresh: true })
  return run?.outcome === 'ok'
}

async function wrongOrOdd(
  program: Program,
  limits: Emitted['limits'],
  own: OwnInputs,
  at: number,
  run: Run,
  findings: FindingList,
): Promise<void> {
  const answers = new Set<string>()
  const isKept = program.language !== 'java'
  for (const hashSeed of hashSeeds.more) {
    const [again] = await runProgram(program, own.inputs.slice(at, at + 1), {
      limits,
      ...(isKept ? { keep: true } : { expected: own.answers.slice(at, at + 1) }),
      hashSeed,
      fresh: true,
    })
    answers.add(isKept ? (again?.output.trim() ?? '') : (again?.outcome ?? ''))
  }
  if (answers.size > 1) findings.add('nondeterministic', `several answers to ${shown(own, { ...run, index: at })}`)
  else findings.add('reference-wrong', `${run.outcome} on ${shown(own, { ...run, index: at })}`)
}

function shown(own: Pick<OwnInputs, 'inputs'>, { index }: Run): string {
  return JSON.stringify(own.inputs[index]?.text.slice(0, 200))
}
