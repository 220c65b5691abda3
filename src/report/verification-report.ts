// The verification report for people: why the reference is right, what the tests miss, where the limits come from, what it
// cost, and how to make every test again. Everything in it is in the stored problem.
import type { AuthorProblem, TestCase, TestOrigin } from '../contract/problem.ts'
import { difficultyName, type Locale, topicName } from '../contract/topics.ts'
import { type GateId, gateIds, gateTitles } from '../contract/verification.ts'
import { type Block, code, heading, type Inline, list, paragraph, strong, table } from './blocks.ts'
import { html } from './html.ts'
import { markdown } from './markdown.ts'
import { matrixPicture, type NamedRow, timePicture } from './pictures.ts'
import { words } from './words.ts'

const MiB = 1024 * 1024

/** Gates whose evidence says why the reference is right, in the order a reader asks. */
const rightGates: readonly GateId[] = ['G6', 'G7', 'G8', 'G9', 'G10', 'G11', 'G12', 'G18', 'G21', 'G23']

/** The report of a problem with its hidden tests, in both forms. */
export function verificationReport(
  problem: AuthorProblem,
  tests: readonly TestCase[],
  locale: Locale,
): { markdown: string; html: string } {
  const blocks = new Report(problem, tests, locale).blocks()
  return { markdown: markdown(blocks), html: html(words[locale].title(problem.title), locale, blocks) }
}

class Report {
  readonly #problem: AuthorProblem
  readonly #tests: readonly TestCase[]
  readonly #locale: Locale
  readonly #words: (typeof words)[Locale]
  readonly #rows: readonly NamedRow[]

  constructor(problem: AuthorProblem, tests: readonly TestCase[], locale: Locale) {
    this.#problem = problem
    this.#tests = tests
    this.#locale = locale
    this.#words = words[locale]
    this.#rows = problem.verification.matrix.map((row) => ({ ...row, name: this.#nameOf(row.program) }))
  }

  blocks(): Block[] {
    return [
      ...this.#head(),
      ...this.#glance(),
      ...this.#right(),
      ...this.#strength(),
      ...this.#limits(),
      ...this.#matrix(),
      ...this.#testTable(),
      ...this.#cost(),
      ...this.#difficulty(),
      ...this.#repairs(),
      ...this.#gates(),
      ...this.#versions(),
    ]
  }

  #head(): Block[] {
    const { level, gatesNotRun } = this.#problem.verification
    const verdict =
      level === 'verified'
        ? this.#words.verified(gateIds.length)
        : this.#words.basic(gatesNotRun.map(({ gate }) => gate).join(', '))
    return [
      heading(1, this.#words.title(this.#problem.title)),
      paragraph(strong(verdict)),
      paragraph(this.#words.intro),
    ]
  }

  #glance(): Block[] {
    const { verification, topic, level, createdAt, author, problemId, limits } = this.#problem
    const text = this.#words
    const { mutation } = verification
    const wrong = this.#rows.filter(({ role }) => role === 'wrong')
    const caught = wrong.filter(({ verdicts }) => failsAt(verdicts) !== undefined)
    const open =
      mutation.survivors.length + mutation.unkilled.length + wrong.length - caught.length + this.#missed().length
    return [
      heading(2, text.glance),
      table(
        [text.question, text.answer],
        [
          [text.rightHead, text.rightShort(this.#comparedInputs(), this.#language('solver'))],
          [text.testsHead, text.testsShort(mutation.killed, mutation.mutants, caught.length, wrong.length, open)],
          [text.limitsHead, text.limitsShort(limits.timeMs, verification.limits.slowestReferenceCpuMs)],
          [text.costHead, this.#costShort()],
          [text.testsTableHead, this.#remakeShort()],
          [text.topic, `${topicName(topic, this.#locale)}, ${difficultyName(level, this.#locale)}`],
          [text.made, [`${createdAt}, ${author}, `, code(problemId)]],
        ],
      ),
    ]
  }

  #right(): Block[] {
    const lines = rightGates.flatMap((gate) => {
      const evidence = this.#evidence(gate)
      return evidence === undefined ? [] : [[strong(`${gate} ${gateTitles[gate]}`), `: ${evidence}`] as const]
    })
    return [heading(2, this.#words.rightHead), paragraph(this.#words.rightIntro), list(...lines)]
  }

  #strength(): Block[] {
    const { mutation, coverage } = this.#problem.verification
    const text = this.#words
    const changes = (records: typeof mutation.survivors): Block =>
      table(
        [text.line, text.before, text.after],
        records.map(({ line, before, after }) => [String(line), code(before), code(after)]),
        [0],
      )
    const missed = this.#missed()
    const reached = 2 * coverage.length - missed.length
    return [
      heading(2, text.testsHead),
      paragraph(text.mutationText(mutation)),
      heading(3, text.survivorsHead),
      ...(mutation.survivors.length === 0 ? [paragraph(text.noSurvivors)] : [changes(mutation.survivors)]),
      ...(mutation.unkilled.length === 0
        ? []
        : [heading(3, text.unkilledHead), paragraph(text.unkilledText), changes(mutation.unkilled)]),
      heading(3, text.wrongHead),
      table(
        [text.idea, text.result, text.firstFailure],
        this.#rows
          .filter(({ role }) => role === 'wrong' || role === 'slow')
          .map((row) => {
            const at = failsAt(row.verdicts)
            const result = at === undefined ? text.passesAll : (text.verdicts[row.verdicts[at] ?? ''] ?? '')
            return [row.name, result, at === undefined ? text.none : this.#testName(at)]
          }),
      ),
      heading(3, text.boundsHead),
      paragraph(text.boundsText(reached, 2 * coverage.length)),
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

  #limits(): Block[] {
    const { limits, verification } = this.#problem
    const { slowestReferenceCpuMs, largestReferenceMemoryBytes, quickestSlowCpuMs, rule } = verification.limits
    const text = this.#words
    const { factor, inputs, stepMs, leastMs } = rule
    const memory = text.memoryText(limits.memoryBytes / MiB, Math.ceil(largestReferenceMemoryBytes / MiB))
    return [
      heading(2, text.limitsHead),
      list(
        [
          strong(`${limits.timeMs} ms`),
          ` = ${text.ruleText({ factor, slowest: slowestReferenceCpuMs, inputs, step: stepMs, least: leastMs })}`,
        ],
        [quickestSlowCpuMs === undefined ? text.noSlow : text.slowText(quickestSlowCpuMs, limits.timeMs)],
        [memory],
      ),
      { kind: 'picture', picture: timePicture(this.#rows, limits.timeMs, text.limit) },
    ]
  }

  #matrix(): Block[] {
    const samples = this.#problem.examples.length
    return [
      heading(2, this.#words.matrixHead),
      paragraph(this.#words.matrixText(samples, this.#tests.length)),
      { kind: 'picture', picture: matrixPicture(this.#rows, samples, this.#words.verdicts) },
    ]
  }

  #testTable(): Block[] {
    const text = this.#words
    const rows = this.#problem.test_origins.map((origin, index) => {
      const { input = '', output = '' } = this.#tests[index] ?? {}
      return [String(index + 1), this.#originText(origin), String(byteLength(input)), code(excerpt(output))]
    })
    return [
      heading(2, text.testsTableHead),
      paragraph(text.remakeText, ' ', code(this.#remakeCommand('N'))),
      paragraph(text.remakeDetail),
      table([text.number, text.origin, text.bytes, text.expected], rows, [0, 2]),
    ]
  }

  #cost(): Block[] {
    const { calls, totals, prices } = this.#problem.verification
    const text = this.#words
    const rows = calls.map((call) => [
      code(call.callId),
      call.model,
      call.promptVersion,
      figure(call.promptTokens),
      figure(call.outputTokens),
      figure(call.thinkingTokens),
      dollars(call.costUsd),
      figure(call.durationMs),
    ])
    const sum = [
      strong(text.total),
      '',
      '',
      figure(totals.promptTokens),
      figure(totals.outputTokens),
      figure(totals.thinkingTokens),
      strong(dollars(totals.costUsd)),
      '',
    ]
    const columns = [
      text.call,
      text.model,
      text.prompt,
      text.tokensIn,
      text.tokensOut,
      text.thinking,
      text.price,
      text.duration,
    ]
    return [
      heading(2, text.costHead),
      paragraph(this.#costShort(), ' ', prices.known ? '' : text.unknownCost),
      table(columns, [...rows, sum], [3, 4, 5, 6, 7]),
      paragraph(
        text.executed(totals.executorBatches, totals.executions, seconds(totals.cpuMs), seconds(totals.elapsedMs)),
        ' ',
        text.priceSource(prices.source, prices.date),
      ),
    ]
  }

  #difficulty(): Block[] {
    const { claimed, measured, reasons } = this.#problem.verification.difficulty
    const name = (level: typeof claimed): string => difficultyName(level, this.#locale)
    return [
      heading(2, this.#words.difficultyHead),
      paragraph(this.#words.difficultyText(name(claimed), name(measured))),
      list(...reasons.map((reason) => [reason])),
    ]
  }

  #repairs(): Block[] {
    const { repairs } = this.#problem.verification
    const text = this.#words
    return [
      heading(2, text.repairsHead),
      repairs.length === 0
        ? paragraph(text.noRepairs)
        : list(...repairs.map(({ artefact, gate, evidence }) => [strong(text.repairText(artefact, gate)), evidence])),
    ]
  }

  #gates(): Block[] {
    const text = this.#words
    const rows = this.#problem.verification.gatesRun.map(({ gate, attempt, outcome, evidence, durationMs }) => [
      outcome === 'passed' ? `${gate} ✓` : `${gate} ✗ ${attempt}`,
      gateTitles[gate],
      evidence,
      String(durationMs),
    ])
    return [heading(2, text.gatesHead), table([text.gate, text.checks, text.evidence, text.duration], rows, [3])]
  }

  #versions(): Block[] {
    const { versions, seeds } = this.#problem.verification
    const text = this.#words
    return [
      heading(2, text.versionsHead),
      paragraph(text.seeds(seeds.sampler, seeds.hashSeeds.join(', '))),
      list(...Object.entries(versions).map(([part, version]): Inline[] => [`${part}: `, code(version)])),
    ]
  }

  /** The last passed evidence of a gate. */
  #evidence(gate: GateId): string | undefined {
    return this.#problem.verification.gatesRun.findLast((record) => record.gate === gate && record.outcome === 'passed')
      ?.evidence
  }

  #comparedInputs(): string {
    const count = /(\d+) inputs/.exec(this.#evidence('G10') ?? '')?.[1]
    const tests = this.#tests.length + this.#problem.examples.length
    if (count === undefined) return ''
    return this.#locale === 'ko'
      ? ` (작은 입력 ${count}개, 테스트 ${tests}개)`
      : ` (${count} small inputs, ${tests} tests)`
  }

  #language(role: string): string {
    return this.#problem.programs.find((program) => program.role === role)?.language ?? '?'
  }

  #nameOf(program: number): string {
    const { role, language, idea } = this.#problem.programs[program] ?? {
      role: 'wrong' as const,
      language: '',
      idea: '',
    }
    const isDecoy = role === 'wrong' || role === 'slow'
    return isDecoy ? `${this.#words.roles[role]}: ${idea}` : `${this.#words.roles[role]} (${language})`
  }

  #missed(): string[] {
    return this.#problem.verification.coverage.flatMap(({ variable, minReached, maxReached }) => [
      ...(minReached ? [] : [`least ${variable}`]),
      ...(maxReached ? [] : [`greatest ${variable}`]),
    ])
  }

  #testName(index: number): string {
    const samples = this.#problem.examples.length
    return index < samples ? `S${index + 1}` : String(index - samples + 1)
  }

  #originText(origin: TestOrigin): Inline {
    return origin.from === 'generator'
      ? this.#words.generatorOrigin(`${origin.strategy} ${origin.seed}`)
      : this.#words.specOrigin(origin.family, origin.name)
  }

  #remakeCommand(test: string): string {
    return `npm start -- remake ${this.#problem.problemId} ${test}`
  }

  #remakeShort(): string {
    return this.#tests.length >= 17
      ? this.#words.remakeShort(this.#remakeCommand('17'))
      : this.#words.remakeFewShort(this.#remakeCommand('1'))
  }

  #costShort(): string {
    const { totals } = this.#problem.verification
    return this.#words.costShort(`$${totals.costUsd.toFixed(4)}`, totals.calls, seconds(totals.cpuMs))
  }
}

/** The place of the first verdict that is not accepted. */
function failsAt(verdicts: string): number | undefined {
  const at = verdicts.search(/[^A.]/)
  return at === -1 ? undefined : at
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1)
}

function excerpt(text: string): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, ' ⏎ ')
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

function figure(value: number | undefined): string {
  return value === undefined ? '–' : String(value)
}

function dollars(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(4)
}
