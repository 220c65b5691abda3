// G12, G8, G11, G9: outputs are compared rightly, samples are true, one answer is right, and the brute force agrees.
import type { TestCase } from '../../contract/problem.ts'
import { canonicalOutput, sameTokens } from '../canonical.ts'
import { describeRun, hashSeeds, isClean, measuringLimits, tinyLimits } from '../programs.ts'
import { coverage } from '../spec/coverage.ts'
import { type CorpusChunk, corpus, howItEnded, onChunk, provingInputs } from '../suite/pool.ts'
import type { InputSets } from '../../contract/verification.ts'
import type { Claim, Workbench } from '../workbench.ts'
import { excerpt, failed, type Gate, type GateVerdict, passed } from './gate.ts'

/** Fewer comparisons than this prove nothing. */
const leastCompared = 40
/** Most characters of the answers that the comparison is tried on: each in a dozen variants, and nothing else happens meanwhile. */
const mostTriedCharacters = 500_000

/** G12. The comparison itself is tried on outputs whose verdict is known before it decides about anything. */
export const checkerIsGood: Gate = {
  id: 'G12',
  step: 'proof',
  needs: ['task', 'samples', 'reference', 'checker'],
  check: async ({ bench }) => {
    const answers = await answersOfFew(bench)
    const right = answers.flatMap(({ input, output }) =>
      [output, output.replaceAll('\n', '\r\n'), `${output.trimEnd()} \n\n`].map((variant) => ({
        input,
        output: variant,
        answer: output,
      })),
    )
    const accepted = await bench.agree(right)
    const refusedRight = right[accepted.indexOf(false)]
    if (refusedRight !== undefined) {
      const evidence = `refuses ${excerpt(refusedRight.output, 40)} on ${excerpt(refusedRight.input, 60)}, which the reference printed`
      return failed('refuses-right', evidence, blamed(bench), { ...refusedRight })
    }
    const junk = answers.flatMap(({ input, output }) =>
      certainlyWrong(output)
        .filter((wrong) => !sameTokens(wrong, output))
        .map((wrong) => ({ input, output: wrong, answer: output })),
    )
    const acceptedJunk = junk[(await bench.agree(junk)).indexOf(true)]
    if (acceptedJunk !== undefined) {
      const evidence = `accepts ${excerpt(acceptedJunk.output, 40)} on ${excerpt(acceptedJunk.input, 60)}`
      return failed('accepts-junk', evidence, blamed(bench), { ...acceptedJunk })
    }
    // Another number may be right as well where several answers are; not for most inputs.
    const doubtful = answers.flatMap(({ input, output }) =>
      probablyWrong(output, bench.checker.kind === 'float').map((wrong) => ({ input, output: wrong, answer: output })),
    )
    const verdicts = await bench.agree(doubtful)
    const acceptedDoubtful = verdicts.filter(Boolean).length
    if (acceptedDoubtful > doubtful.length / 2) {
      const example = doubtful[verdicts.indexOf(true)]
      const evidence = `accepts ${acceptedDoubtful} of ${doubtful.length} outputs with one number changed or one word missing`
      return failed('too-lenient', evidence, blamed(bench), { ...example })
    }
    return passed(
      `${bench.checker.kind}: accepts ${right.length} right outputs, refuses ${junk.length} of junk and ${doubtful.length - acceptedDoubtful} of ${doubtful.length} with one thing changed`,
    )
  },
}

function blamed(bench: Workbench): ['checker'] | ['blueprint'] {
  return bench.checker.kind === 'custom' ? ['checker'] : ['blueprint']
}

/** Samples and a few small inputs with what the reference prints. */
async function answersOfFew(bench: Workbench): Promise<TestCase[]> {
  const few = (await corpus(bench)).flatMap(({ inputs }) => inputs).filter((_, index) => index % 12 === 0)
  const inputs = [...bench.claimedSamples.map(({ input }) => input), ...few.slice(0, 18)]
  const results = await bench.execute('reference', inputs, tinyLimits)
  const answers = inputs.flatMap((input, index) => {
    const result = results[index]
    return isClean(result) && result.stdout.trim() !== '' ? [{ input, output: canonicalOutput(result.stdout) }] : []
  })
  let characters = 0
  const tried = answers.filter(({ output }) => {
    const fits = characters + output.length <= mostTriedCharacters
    if (fits) characters += output.length
    return fits
  })
  return tried.length > 0 ? tried : answers.toSorted((a, b) => a.output.length - b.output.length).slice(0, 1)
}

function certainlyWrong(output: string): string[] {
  const words = output.trim()
  return ['', `${words} 0\n`, `${words}\n${words}\n`, 'x\n', `${words}x\n`, '1e999 nan\n', `${'9'.repeat(400)}\n`]
}

/** The last word missing, and each of the first words that are numbers changed: by one, or beyond any tolerance. */
function probablyWrong(output: string, isReal: boolean): string[] {
  const words = output.trim().split(/\s+/)
  const other = (word: string): string | undefined => {
    if (isReal) {
      const value = Number(word)
      return /^-?\d{1,300}(\.\d+)?$/.test(word) ? String(3 * value + (value < 0 ? -1 : 1)) : undefined
    }
    return /^-?\d{1,18}$/.test(word) ? String(BigInt(word) + 1n) : undefined
  }
  const changed = words.slice(0, 3).flatMap((word, index) => {
    const changedWord = other(word)
    return changedWord === undefined ? [] : [`${words.with(index, changedWord).join(' ')}\n`]
  })
  return words.length > 1 ? [`${words.slice(0, -1).join(' ')}\n`, ...changed] : changed
}

/** G8. When a claim disagrees, the brute force decides who is wrong before anything is overwritten. */
export const samplesAreTrue: Gate = {
  id: 'G8',
  step: 'proof',
  needs: ['task', 'samples', 'reference', 'brute-force', 'checker'],
  check: async ({ bench }) => {
    const claims = bench.claimedSamples
    const inputs = claims.map(({ input }) => input)
    const [reference, brute] = await Promise.all([
      bench.execute('reference', inputs, measuringLimits),
      bench.execute('brute-force', inputs, measuringLimits, hashSeeds.ordinary, true),
    ])
    let overruled = 0
    for (const [index, { input, output: claimed }] of claims.entries()) {
      const name = `sample ${index + 1}`
      if (!isClean(brute[index]))
        return failed('brute-force-fails', `${name}: brute force: ${describeRun(brute[index])}`, ['brute-force'], {
          input,
        })
      const executed = reference[index]?.stdout ?? ''
      const witness = brute[index].stdout
      const finding = { input, claimed, reference: executed, brute_force: witness }
      const [programsAgree, referenceAgrees, bruteAgrees] = await bench.agree([
        { input, output: witness, answer: executed },
        { input, output: claimed, answer: executed },
        { input, output: claimed, answer: witness },
      ])
      if (programsAgree === true) {
        if (referenceAgrees !== true) overruled += 1
      } else if (bruteAgrees === true) {
        return failed(
          'reference-wrong',
          `${name}: brute force and claim say ${excerpt(witness)}, the reference ${excerpt(executed)}`,
          ['reference'],
          finding,
        )
      } else if (referenceAgrees === true) {
        return failed(
          'brute-force-wrong',
          `${name}: reference and claim say ${excerpt(executed)}, the brute force ${excerpt(witness)}`,
          ['brute-force'],
          finding,
        )
      } else {
        return failed('ambiguous-task', `${name}: claim, reference and brute force all differ`, ['blueprint'], finding)
      }
    }
    const note = overruled === 0 ? 'all claims agree' : `${overruled} claimed outputs overruled by both programs`
    return passed(`${claims.length} sample outputs executed by reference and brute force; ${note}`)
  },
}

/** G11. Two programs that print the same words in another order, or agree on the first and not on what follows, answer another task. */
export const oneRightAnswer: Gate = {
  id: 'G11',
  step: 'proof',
  needs: ['task', 'reference', 'brute-force', 'checker'],
  check: async ({ bench }) => {
    const first = (await corpus(bench))[0]
    if (first === undefined) return passed('no input to compare on')
    const [reference, brute] = await Promise.all([
      onChunk(bench, 'reference', first),
      onChunk(bench, 'brute-force', first),
    ])
    const pairs = first.inputs.flatMap((input, index) => {
      const [left, right] = [reference[index], brute[index]]
      return left?.ended === 'ok' && right?.ended === 'ok' ? [{ input, answer: left.output, output: right.output }] : []
    })
    const agreed = await bench.agree(pairs)
    const textual = pairs.filter(({ answer, output }) => !sameTokens(answer, output)).length
    const open = pairs.find((pair, index) => agreed[index] === false && looksLikeAnotherRightAnswer(pair))
    if (open !== undefined) {
      const evidence = `on ${excerpt(open.input)} the reference prints ${excerpt(open.answer, 40)}, the brute force ${excerpt(open.output, 40)}: several answers look right`
      return failed('several-answers', evidence, ['blueprint', 'reference', 'brute-force'], {
        input: open.input,
        reference: open.answer,
        brute_force: open.output,
        advice: 'say in the task which of several right answers is to be printed, or choose comparison "checker"',
      })
    }
    return passed(
      textual === 0
        ? `reference and brute force print the same on ${pairs.length} inputs`
        : `${textual} of ${pairs.length} outputs differ as texts and are accepted by the ${bench.checker.kind} comparison`,
    )
  },
}

function looksLikeAnotherRightAnswer({ answer, output }: Pick<Claim, 'answer' | 'output'>): boolean {
  const [left, right] = [answer.trim().split(/\s+/), output.trim().split(/\s+/)]
  if (left.length !== right.length || left.length < 3) return false
  return left.toSorted().join(' ') === right.toSorted().join(' ') || left[0] === right[0]
}

/** G9 */
export const bruteForceAgrees: Gate = {
  id: 'G9',
  step: 'proof',
  needs: ['task', 'reference', 'brute-force', 'checker'],
  check: async ({ bench, failures }) => {
    let compared = 0
    let small = 0
    let gets = true
    for (const chunk of await corpus(bench)) {
      if (chunk.sizes === 'small') small += chunk.inputs.length
      // Where the brute force gets no further, the reference has to end well all the same.
      const verdict = await compare(bench, chunk, gets, failures)
      if (verdict.failure !== undefined) return verdict.failure
      compared += verdict.compared
      gets &&= !isTooLarge(chunk, verdict.compared)
    }
    if (compared < Math.min(leastCompared, small)) {
      return failed('brute-force-slow', `the brute force finished only ${compared} of ${small} small inputs`, [
        'brute-force',
      ])
    }
    const { small: all, middle } = await inputSets(bench)
    return passed(`${compared} inputs compared, of ${all} small and ${middle} middle-sized ones; no disagreement`)
  },
}

/** Some errors need more than a handful of elements: larger inputs are compared as far as the brute force gets. */
function isTooLarge({ sizes, inputs }: CorpusChunk, finished: number): boolean {
  return sizes === 'middle' && finished * 2 < inputs.length
}

/** What the gates worked on, and how far the brute force got; once G9 has passed, nothing is executed for it. */
export async function inputSets(bench: Workbench): Promise<InputSets> {
  const chunks = await corpus(bench)
  const count = (sizes: CorpusChunk['sizes']): number =>
    chunks.reduce((sum, chunk) => sum + (chunk.sizes === sizes ? chunk.inputs.length : 0), 0)
  const finished: string[] = []
  for (const chunk of chunks) {
    const answers = await onChunk(bench, 'brute-force', chunk)
    const done = chunk.inputs.filter((_, index) => answers[index]?.ended === 'ok')
    finished.push(...done)
    if (isTooLarge(chunk, done.length)) break
  }
  const largest = finished.toSorted((a, b) => b.length - a.length)[0]
  const values = largest === undefined ? [] : coverage(bench.draft.spec, [largest])
  return {
    proving: (await provingInputs(bench)).length,
    generatorRuns: (await bench.generatorRuns(hashSeeds.ordinary)).length,
    small: count('small'),
    middle: count('middle'),
    bruteForce: {
      finished: finished.length,
      ...(largest === undefined
        ? {}
        : {
            largest: {
              bytes: Buffer.byteLength(largest),
              values: Object.fromEntries(
                values.flatMap(({ variable, greatest }) => (greatest === undefined ? [] : [[variable, greatest]])),
              ),
            },
          }),
    },
  }
}

interface Comparison {
  readonly compared: number
  readonly failure?: GateVerdict
}

/** Compares both programs on one chunk, or runs the reference alone; the shortest disagreeing input is the counter-example. */
async function compare(bench: Workbench, chunk: CorpusChunk, both: boolean, failures: number): Promise<Comparison> {
  const { inputs, sizes } = chunk
  const [reference, brute] = await Promise.all([
    onChunk(bench, 'reference', chunk),
    both ? onChunk(bench, 'brute-force', chunk) : [],
  ])
  const runs = inputs.map((input, index) => ({ input, reference: reference[index], brute: brute[index] }))
  runs.sort((a, b) => a.input.length - b.input.length)
  const slow = runs.filter(({ brute }) => brute?.ended === 'time' || brute?.ended === 'not-run')
  if (sizes === 'small' && slow.length > inputs.length / 3) {
    const input = slow.find(({ brute }) => brute?.ended === 'time')?.input ?? ''
    const evidence = `the brute force needs over ${tinyLimits.cpuMs} ms for ${excerpt(input)}`
    return { compared: 0, failure: failed('brute-force-slow', evidence, ['brute-force'], { input }) }
  }
  const claims: Claim[] = []
  for (const { input, reference, brute } of runs) {
    const fails = async (program: 'reference' | 'brute-force'): Promise<Comparison> => {
      const ended = await howItEnded(bench, program, input)
      const evidence = `${program} on ${excerpt(input)}: ${ended}`
      return { compared: claims.length, failure: failed(`${program}-fails`, evidence, [program], { input, ended }) }
    }
    if (reference?.ended === 'not-run') continue
    if (reference?.ended !== 'ok') return fails('reference')
    if (brute?.ended === 'ok') claims.push({ input, answer: reference.output, output: brute.output })
    // Beyond the smallest sizes a brute force may run out of time, memory or recursion without being wrong.
    else if (sizes === 'small' && brute?.ended === 'error') return fails('brute-force')
  }
  const at = (await bench.agree(claims)).indexOf(false)
  const wrong = claims[at]
  if (wrong === undefined) return { compared: claims.length }
  const evidence = `on ${excerpt(wrong.input)} the reference prints ${excerpt(wrong.answer, 40)}, the brute force ${excerpt(wrong.output, 40)}`
  const finding = { input: wrong.input, reference: wrong.answer, brute_force: wrong.output }
  // Nobody knows yet which of the two is wrong: both look at the counter-example again. If they differ still, the task is to blame as well.
  const failure =
    failures === 0
      ? failed('disagreement', evidence, ['reference', 'brute-force'], finding)
      : failed('ambiguous-task', evidence, ['blueprint', 'reference', 'brute-force'], finding)
  return { compared: at, failure }
}
