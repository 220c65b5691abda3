// Executed checks of the input validators: they accept every test, refuse what is known to be invalid, and notice damaged inputs.
import type { ExecutionResult } from '../contract/execution.ts'
import type { Executor } from '../ports.ts'
import { type Finding, finding } from './findings.ts'
import { damaged } from './junk.ts'
import { firstLine, runProgram } from './run-program.ts'
import type { NamedProgram, Subject } from './subject.ts'

/** Tests from which damaged inputs are made. */
const examples = 4

const accepts = ({ outcome, exitCode }: ExecutionResult): boolean => outcome === 'exited' && exitCode === 42

/** Checks the validators by running them. */
export async function checkInputValidators(
  subject: Subject,
  executor: Executor,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { arena, places, inputValidators, invalidInputs } = subject
  const junk = junkOf(subject)
  const inputs = [
    ...arena.tests.map(({ input }, index) => ({ input, args: places[index]?.inputFlags ?? [] })),
    ...invalidInputs.map(({ text, inputFlags }) => ({ input: text, args: inputFlags })),
    ...junk,
  ].map(({ input, args }) => ({ input, args: [...args] }))
  const findings: Finding[] = []
  /** How many validators accept each input. */
  const times = inputs.map(() => 0)
  let working = 0
  for (const validator of inputValidators) {
    const runs = await runProgram(validator.program, inputs, executor, signal)
    if (!runs.compiled) {
      findings.push(finding('input-validator-broken', validator.path, { reason: firstLine(runs.log) }))
      continue
    }
    working += 1
    runs.results.forEach((result, index) => {
      if (accepts(result)) times[index] = (times[index] ?? 0) + 1
    })
    findings.push(...refusals(validator, runs.results, subject))
  }
  if (working === 0) return findings
  const first = arena.tests.length
  invalidInputs.forEach(({ path }, index) => {
    if (times[first + index] === working) findings.push(finding('invalid-input-accepted', path))
  })
  const kinds = acceptedKinds(junk, (index) => times[first + invalidInputs.length + index] === working)
  const [validator] = inputValidators
  // Who crashes decides nothing.
  const hasCrashed = findings.some(({ id }) => id === 'input-validator-crashes')
  if (kinds.length > 0 && validator !== undefined && !hasCrashed) {
    findings.push(finding('input-junk-accepted', validator.path, { kinds: kinds.join(', ') }))
  }
  return findings
}

/** One finding per test that a validator refuses; a validator that crashes is told once. */
function refusals({ path }: NamedProgram, results: readonly ExecutionResult[], { arena, places }: Subject): Finding[] {
  const findings: Finding[] = []
  for (const index of arena.tests.keys()) {
    const result = results[index]
    const input = places[index]?.input ?? ''
    if (result === undefined || accepts(result)) continue
    const how = crash(result)
    if (how === undefined) {
      const said = firstLine(result.stderr) || firstLine(result.stdout)
      findings.push(finding('input-refused', input, { validator: path, reason: said === '' ? '' : `: ${said}` }))
    } else if (!findings.some(({ id }) => id === 'input-validator-crashes')) {
      findings.push(finding('input-validator-crashes', path, { input, how }))
    }
  }
  return findings
}

/** How a validator failed; undefined when it ended by itself with a decision of any kind. */
function crash({ outcome, signal, exitCode, stderr }: ExecutionResult): string | undefined {
  if (outcome === 'signalled') return signal ?? outcome
  if (outcome !== 'exited') return outcome
  const isUncaught = /^Traceback \(most recent call last\):|^Exception in thread "/m.test(stderr)
  // A failed assertion is how many validators refuse.
  const isAssertion = /AssertionError|assert/i.test(stderr)
  if (isUncaught && !isAssertion) return firstLine(stderr.trim().split('\n').at(-1) ?? '')
  return exitCode === 0 ? 'exit code 0' : undefined
}

interface Junk {
  readonly kind: string
  readonly input: string
  readonly args: readonly string[]
}

function junkOf({ arena, places }: Subject): Junk[] {
  const order = [...arena.tests.keys()].sort(
    (one, other) => (arena.tests[one]?.input.length ?? 0) - (arena.tests[other]?.input.length ?? 0),
  )
  const known = new Set(arena.tests.map(({ input }) => input))
  return order.slice(0, examples).flatMap((index) =>
    damaged(arena.tests[index]?.input ?? '')
      .filter(({ input }) => !known.has(input))
      .map((junk) => ({ ...junk, args: places[index]?.inputFlags ?? [] })),
  )
}

/** Kinds of damage of which every single instance was accepted: one alone may be legal by chance. */
function acceptedKinds(junk: readonly Junk[], isAccepted: (index: number) => boolean): string[] {
  const kinds = new Map<string, boolean>()
  junk.forEach(({ kind }, index) => kinds.set(kind, (kinds.get(kind) ?? true) && isAccepted(index)))
  return [...kinds].flatMap(([kind, all]) => (all ? [kind] : []))
}
