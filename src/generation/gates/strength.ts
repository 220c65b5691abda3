// G13 to G16: the tests kill mutants, wrong ideas and slow ideas, and cover what the spec allows.
import { coverage } from '../spec/coverage.ts'
import { hashSeeds, ideaOf, namesOf, sourceOf } from '../programs.ts'
import { specInputs } from '../spec/families.ts'
import { measuredLimits } from '../suite/limits.ts'
import { allTests, isOutOfTime, isSeenWrong, trial, type Trial, verdictOf } from '../suite/trials.ts'
import { suite, suiteFacets } from '../suite/suite.ts'
import type { Workbench } from '../workbench.ts'
import { measuredDifficulty } from './difficulty.ts'
import { excerpt, failed, type Gate, type GateVerdict, passed } from './gate.ts'

/** Of the mutants that some input tells from the reference, this share has to be killed by the final tests. */
const leastKilled = 0.9
/** Of all mutants; when so few can be told from the reference, inputs or answers are too poor to show anything. */
const leastKillable = 0.4
/** Wrong solutions that have to be refuted; others may turn out to be right. */
const leastRefuted = 2
/** When one answer is that frequent among all inputs, printing it always is a good guess. */
const mostDominating = 0.9
/** Of the length of the shortest input of greatest size that can be made from the spec. */
const largeEnough = 0.6

/** G13 */
export const mutantsDie: Gate = {
  id: 'G13',
  step: 'proof',
  needs: suiteFacets,
  check: async ({ bench }) => {
    const { mutation } = await suite(bench)
    const { mutants, killed, equivalent, survivors, inputsTried, hunted } = mutation
    if (mutants === 0)
      return failed(
        'no-mutants',
        'nothing in the reference could be changed, or it is too long or too deep to be taken apart',
        ['reference'],
      )
    const killable = mutants - equivalent
    const score = killed / Math.max(1, killable)
    const changes = survivors.slice(0, 5).map(({ line, before, after }) => `line ${line}: ${before} → ${after}`)
    if (score < leastKilled) {
      const evidence = `${killed} of ${killable} mutants killed; alive: ${changes.join('; ')}`
      return failed('mutants-survive', evidence, ['generator'], { alive: changes })
    }
    if (killable < mutants * leastKillable) {
      const evidence = `only ${killable} of ${mutants} changes of the reference show on any of ${inputsTried} inputs`
      return failed('nothing-shows', evidence, ['blueprint', 'reference'])
    }
    return passed(
      `${killed} of ${mutants} mutants killed (${percent(score)} of the ${killable} that any of ${inputsTried} inputs tells apart); ${hunted} tests were hunted`,
    )
  },
}

/** G14 */
export const wrongIdeasDie: Gate = {
  id: 'G14',
  step: 'proof',
  needs: suiteFacets,
  check: async ({ bench }) => {
    const names = namesOf(bench.draft, 'wrong')
    const seenWrong = await Promise.all(names.map(async (name) => isSeenWrong(await trial(bench, name, 'doubtful'))))
    // A wrong idea has to be seen wrong: one that is only stopped by the clock is another slow one.
    const alive = names.filter((_, index) => seenWrong[index] === false)
    const dead = names.filter((_, index) => seenWrong[index] === true)
    // A program that is given twice is one idea.
    const refuted = new Set(dead.map((name) => sourceOf(bench.draft, name).code.replaceAll(/\s+/g, ' '))).size
    if (refuted < leastRefuted) {
      const ideas = alive.map((name) => ideaOf(bench.draft, name))
      const why = [
        ...(alive.length === 0 ? [] : [`these give no wrong answer: ${ideas.join('; ')}`]),
        ...(dead.length === refuted ? [] : [`${dead.length - refuted} of them only repeat another one`]),
        ...(names.length === 0 ? ['none was given'] : []),
      ]
      const evidence = `${refuted} of ${names.length} wrong solutions fail; ${why.join('; ')}`
      return failed('wrong-passes', evidence, ['wrong-solutions'], { passing: ideas, least: leastRefuted })
    }
    const note = alive.length === 0 ? '' : `; ${alive.length} could not be told from right ones by any input`
    return passed(`${refuted} of ${names.length} wrong solutions fail${note}`)
  },
}

/** G15 */
export const slowIdeasDie: Gate = {
  id: 'G15',
  step: 'proof',
  needs: [...suiteFacets, 'brute-force'],
  check: async ({ bench, request, failures }) => {
    const limits = await measuredLimits(bench)
    const names = namesOf(bench.draft, 'slow')
    const { measured } = await measuredDifficulty(bench, request.level)
    const trials = await Promise.all([...names, 'brute-force' as const].map((name) => trial(bench, name, 'slow')))
    for (const [index, name] of names.entries()) {
      const results = trials[index] ?? []
      const idea = ideaOf(bench.draft, name)
      if (isSeenWrong(results)) {
        // One that is wrong again and again may be right: it is a witness of its own against reference and brute force.
        const blame =
          failures === 0 ? (['wrong-solutions'] as const) : (['wrong-solutions', 'reference', 'brute-force'] as const)
        return failed('slow-is-wrong', `${idea}: ${verdictOf(results)}; a slow solution is right`, blame, { idea })
      }
      if (measured !== 'easy' && !isOutOfTime(results, limits)) {
        const evidence = `${idea}: needs at most ${most(results)} ms, the limit is ${limits.timeMs} ms`
        return failed('slow-passes', evidence, ['wrong-solutions'], { idea, limit_ms: limits.timeMs })
      }
    }
    if (measured !== 'easy' && names.length === 0) {
      return failed('no-slow-solution', `none was given for a problem that is ${measured}`, ['wrong-solutions'])
    }
    const naive = trials.at(-1) ?? []
    const wrong = naive.findIndex((result) => result?.verdict === 'wrong-answer')
    if (wrong !== -1) {
      const evidence = `the brute force, as far as it gets, answers otherwise on test ${wrong + 1}`
      return failed('disagreement', evidence, ['reference', 'brute-force'], {
        input: (await allTests(bench))[wrong]?.input.slice(0, 400),
      })
    }
    const stopped = trials.slice(0, names.length).filter((results) => isOutOfTime(results, limits)).length
    return passed(
      `limit ${limits.timeMs} ms, the reference needs ${limits.slowestReferenceCpuMs} ms; ${stopped} of ${names.length} slow solutions exceed it by half or run out of memory; the brute force: ${verdictOf(naive)}`,
    )
  },
}

/** G16 */
export const spaceIsCovered: Gate = {
  id: 'G16',
  step: 'proof',
  needs: suiteFacets,
  check: async ({ bench }) => {
    const { answers, tests } = await suite(bench)
    if (answers.distinct < 2) {
      return failed(
        'constant-answer',
        `one answer for all of ${answers.pool} inputs: ${excerpt(tests[0]?.output ?? '')}`,
        ['blueprint', 'reference'],
      )
    }
    if (answers.dominating > mostDominating) {
      const evidence = `${percent(answers.dominating)} of ${answers.pool} inputs have the same answer`
      return failed('dominating-answer', evidence, ['blueprint', 'generator'])
    }
    const short = await poorMaximum(bench)
    if (short !== undefined) return short
    const inputs = (await allTests(bench)).map(({ input }) => input)
    const covered = coverage(bench.draft.spec, inputs)
    const missed = covered.flatMap(({ variable, minReached, maxReached }) => [
      ...(minReached ? [] : [`least ${variable}`]),
      ...(maxReached ? [] : [`greatest ${variable}`]),
    ])
    if (missed.length > covered.length) {
      return failed('bounds-not-reached', `no test reaches ${missed.slice(0, 6).join(', ')}`, ['generator'], { missed })
    }
    const classes = new Set(tests.map(({ output }) => output)).size
    return passed(
      `${tests.length} different tests, ${classes} different answers; ${2 * covered.length - missed.length} of ${2 * covered.length} bounds reached${missed.length === 0 ? '' : `, not: ${missed.slice(0, 4).join(', ')}`}`,
    )
  },
}

/** The model's own largest tests have to be about as long as the largest that the spec allows. */
async function poorMaximum(bench: Workbench): Promise<GateVerdict | undefined> {
  const possible = Math.min(...specInputs(bench.draft.spec, 'largest').map(({ input }) => input.length))
  if (!Number.isFinite(possible)) return undefined
  const runs = await bench.generatorRuns(hashSeeds.ordinary)
  const made = Math.max(0, ...runs.filter(({ kind }) => kind === 'maximum').map(({ result }) => result.stdout.length))
  if (made >= possible * largeEnough) return undefined
  const evidence = `the maximum strategies make at most ${made} characters, the spec allows ${possible}`
  return failed('no-maximum', evidence, ['generator'], { longest: made, possible })
}

function most(results: Trial): number {
  return Math.round(Math.max(0, ...results.map((result) => result?.cpuMs ?? 0)))
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`
}
