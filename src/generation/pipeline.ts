// The engine: writes what is stale, runs the gates whose reading has changed, repairs what they blame, until all pass or the budget is gone.
import type { EventBody, FailureCode } from '../contract/events.ts'
import type { GenerationRequest } from '../contract/generation.ts'
import {
  type Artefact,
  type CallRecord,
  type GateId,
  type GateRecord,
  type Stage,
  stages,
  type Verification,
} from '../contract/verification.ts'
import { AppError } from '../errors.ts'
import type { Clock, Executor, Model, SimilarityIndex } from '../ports.ts'
import { Journal } from './journal.ts'
import { type Answer, askModel, type Finding, throwIfFatal } from './asking.ts'
import { Budget, type BudgetLimits, defaultLimits } from './budget.ts'
import { PipelineFailure } from './failure.ts'
import { contentHash, Draft, MissingArtefactError } from './draft.ts'
import type { Gate, GateVerdict } from './gates/gate.ts'
import { rejudged } from './gates/publish.ts'
import { progressMessage, waitingMessage } from './messages.ts'
import { buildPublication, type Evidence, type Publication, type Serialise, serialiseProblem } from './publication.ts'
import { SpecError } from './spec/expression.ts'
import { allGates, type Writer, writers } from './stages.ts'
import { prompts } from './prompts/prompts.ts'
import { renderPrompt } from './prompts/prompt.ts'
import { type Step, stageOf, steps } from './steps.ts'
import { allTests } from './suite/trials.ts'
import { CheckerError, CompileError, Workbench } from './workbench.ts'

/** What a pipeline needs to know about its run. */
export interface PipelineRun {
  readonly problemId: string
  readonly createdAt: string
  readonly request: GenerationRequest
}

export interface PipelineParts {
  readonly model: Model
  readonly executor: Executor
  readonly clock: Clock
  /** Where stored problems are looked up that resemble this one. */
  readonly similar: Pick<SimilarityIndex, 'near'>
  /** Told of everything that happens, in order. */
  readonly emit: (event: EventBody) => void
  /** Aborting ends the pipeline with the signal's reason. */
  readonly signal: AbortSignal
  /** Stores the finished problem, still invisible. The last step of the publish stage. */
  readonly store: (publication: Publication) => Promise<void>
  readonly gates?: readonly Gate[]
  readonly limits?: Partial<BudgetLimits>
  readonly serialise?: Serialise
  /** What former owners of the run have done, and where this one writes down what it does. */
  readonly journal?: Journal
  /** Tells the calls of this owner from those that a former one had to break off. */
  readonly callSuffix?: string
}

/** How a pipeline ends when nobody stops it. */
export type PipelineEnd =
  | { readonly ok: true; readonly publication: Publication }
  | {
      readonly ok: false
      readonly code: FailureCode
      readonly retryable: boolean
      readonly evidence: readonly string[]
    }

interface Failure {
  readonly gate: Gate
  readonly verdict: Extract<GateVerdict, { outcome: 'failed' }>
}

/**
 * Makes one problem. Every end is a value; throws the reason of the signal, and faults of our own.
 * The loop is that of a build tool: the first thing that is not up to date is brought up to date, then it looks again.
 */
export async function runPipeline(run: PipelineRun, parts: PipelineParts): Promise<PipelineEnd> {
  const pipeline = new Pipeline(run, parts)
  try {
    return { ok: true, publication: await pipeline.run() }
  } catch (thrown) {
    if (parts.signal.aborted) throw parts.signal.reason
    if (thrown instanceof PipelineFailure) {
      return {
        ok: false,
        code: thrown.code,
        retryable: thrown.retryable,
        evidence: [...pipeline.story, thrown.message],
      }
    }
    if (thrown instanceof AppError && thrown.code === 'executor-unavailable') {
      return {
        ok: false,
        code: 'executor-unavailable',
        retryable: true,
        evidence: [...pipeline.story, `the executor did not answer: ${thrown.message}`],
      }
    }
    throw thrown
  }
}

/**
 * Does what comes before a run's first question, for nothing and bit by bit: most of it takes long when it is done for the first
 * time, and whoever waits for something else meanwhile is not kept.
 */
export async function rehearse(): Promise<void> {
  const parts = [() => [stages, allGates, Draft, Workbench, Budget, Journal], () => renderPrompt(prompts.blueprint, {})]
  for (const part of parts) {
    await new Promise((resolve) => setImmediate(resolve))
    await part()
  }
}

class Pipeline {
  readonly #run: PipelineRun
  readonly #parts: PipelineParts
  readonly #gates: readonly Gate[]
  readonly #serialise: Serialise
  readonly #budget: Budget
  readonly #draft = new Draft()
  readonly #bench: Workbench
  readonly #startedAt: number
  readonly #journal: Journal
  /** What each language's programs ran on. */
  readonly #ranOn = new Map<string, string>()
  readonly #counted = { batches: 0, executions: 0, cpuMs: 0, compileMs: 0 }
  /** Briefs that the current replies were written from. */
  readonly #briefs = new Map<Artefact, string>()
  readonly #attempts = new Map<Artefact, number>()
  readonly #findings = new Map<Artefact, Finding>()
  /** The content for which a gate has passed. */
  readonly #passes = new Map<Gate, string>()
  readonly #gateAttempts = new Map<Gate, number>()
  readonly #gateFailures = new Map<Gate, number>()
  readonly #records: GateRecord[] = []
  readonly #calls: CallRecord[] = []
  readonly #repairs: Verification['repairs'] = []
  readonly #stepRepairs = new Map<Step, number>()
  readonly #entered = new Set<Stage>()
  #publication: { records: number; built: Publication } | undefined
  #percent = 0

  constructor(run: PipelineRun, parts: PipelineParts) {
    this.#run = run
    this.#parts = parts
    this.#gates = parts.gates ?? allGates
    this.#serialise = parts.serialise ?? serialiseProblem
    const cost = run.request.maxCostUsd === undefined ? {} : { costUsd: run.request.maxCostUsd }
    this.#budget = new Budget({ ...defaultLimits, ...parts.limits, ...cost })
    this.#journal = parts.journal ?? new Journal([], () => undefined)
    this.#startedAt = parts.clock.elapsed() - this.#journal.elapsedMs
    const has = (id: GateId): boolean => this.#gates.some((gate) => gate.id === id)
    const targets = { mutants: has('G13'), wrongSolutions: has('G14'), coverage: has('G16') }
    this.#bench = new Workbench(this.#draft, this.#counting(parts.executor), parts.signal, targets)
  }

  /** What went wrong so far, one line each. */
  get story(): string[] {
    return this.#records
      .filter((record) => record.outcome === 'failed')
      .map((record) => `${record.gate} (${record.stage}, attempt ${record.attempt}): ${record.evidence}`)
  }

  async run(): Promise<Publication> {
    for (let at = 0; at < steps.length;) {
      const step = steps[at] ?? 'publish'
      this.#enter(stageOf(step))
      const stale = await this.#staleWriters(step)
      if (stale.length > 0) await this.#write(stale)
      const failures = await this.#failures(step)
      if (failures.length > 0) {
        at = this.#repair(step, failures)
        continue
      }
      if (step === 'publish') await this.#parts.store(await this.#publish())
      at += 1
      const next = steps[at]
      if (next === undefined || stageOf(next) !== stageOf(step)) this.#progress(step, 'done')
    }
    return this.#publish()
  }

  #enter(stage: Stage): void {
    if (this.#entered.has(stage)) return
    this.#entered.add(stage)
    this.#emitProgress(stage, 'started', 1, progressMessage(stage, 'started', this.#run.request.locale, undefined))
  }

  async #staleWriters(step: Step): Promise<{ writer: Writer; brief: Record<string, unknown> }[]> {
    const stale: { writer: Writer; brief: Record<string, unknown> }[] = []
    for (const writer of writers) {
      if (writer.step !== step || writer.isNeeded?.(this.#draft) === false) continue
      const brief = await this.#briefOf(writer)
      if (this.#findings.has(writer.artefact) || this.#briefs.get(writer.artefact) !== contentHash(brief))
        stale.push({ writer, brief })
    }
    return stale
  }

  async #briefOf(writer: Writer): Promise<Record<string, unknown>> {
    try {
      return await writer.brief(this.#run.request, this.#bench)
    } catch (thrown) {
      if (thrown instanceof MissingArtefactError || thrown instanceof CompileError || thrown instanceof CheckerError)
        throw this.#hopeless(thrown)
      throw thrown
    }
  }

  /** A gate that was left out let something through that cannot be worked with. */
  #hopeless(thrown: Error): PipelineFailure {
    return new PipelineFailure('verification-failed', true, thrown.message.slice(0, 300))
  }

  async #write(stale: readonly { writer: Writer; brief: Record<string, unknown> }[]): Promise<void> {
    const asked = stale.map((entry) => ({ ...entry, attempt: (this.#attempts.get(entry.writer.artefact) ?? 0) + 1 }))
    for (const { writer, attempt } of asked) {
      this.#attempts.set(writer.artefact, attempt)
      const budget = this.#budget.takeCall()
      if (!budget.ok) throw new PipelineFailure('budget-exhausted', true, `the budget of ${budget.limit} is used up`)
    }
    const replies = await Promise.all(asked.map(({ writer, brief, attempt }) => this.#ask(writer, brief, attempt)))
    for (const [index, { writer, brief }] of asked.entries()) {
      const answer = replies[index]
      if (answer === undefined) continue
      this.#calls.push(answer.record)
      this.#budget.book(answer.reply.outcome.usage, answer.record.costUsd)
      this.#draft.accept(writer.artefact, answer.reply)
      this.#briefs.set(writer.artefact, contentHash(brief))
      this.#findings.delete(writer.artefact)
    }
    const limited = this.#run.request.maxCostUsd !== undefined
    for (const { reply, record } of replies) throwIfFatal(reply.outcome, limited ? record : undefined)
  }

  async #ask({ artefact, step }: Writer, brief: Record<string, unknown>, attempt: number): Promise<Answer> {
    const { locale } = this.#run.request
    const stage = stageOf(step)
    const key = `${artefact}-${attempt}`
    const known = this.#journal.call(key)
    if (known !== undefined) {
      const { record, text, outcome } = known
      return { reply: { callId: record.callId, attempt, text, outcome }, record }
    }
    // Whoever writes for a new task is not shown what went wrong with the old one.
    const isSameTask = this.#briefs.get(artefact) === contentHash(brief)
    const answer = await askModel(
      {
        callId: `${key}${this.#parts.callSuffix ?? ''}`,
        artefact,
        stage,
        attempt,
        locale,
        brief,
        finding: isSameTask ? this.#findings.get(artefact) : undefined,
        previous: isSameTask ? this.#draft.reply(artefact) : undefined,
      },
      this.#parts,
      (reason, waitMs) =>
        this.#emitProgress(
          stage,
          this.#stepRepairs.has(step) ? 'repairing' : 'started',
          (this.#stepRepairs.get(step) ?? 0) + 1,
          waitingMessage(reason, waitMs, locale),
        ),
    )
    const { text, outcome } = answer.reply
    this.#journal.add({ kind: 'call', key, record: answer.record, text, outcome })
    return answer
  }

  /**
   * Runs a step's gates until one fails. Gates of one id about several parts are run together, so that one round of
   * repairs mends them all.
   */
  async #failures(step: Step): Promise<Failure[]> {
    const failures: Failure[] = []
    for (const gate of this.#gates.filter((candidate) => candidate.step === step)) {
      if (failures.length > 0 && failures[0]?.gate.id !== gate.id) break
      if (gate.applies?.(this.#draft) === false) continue
      const content = this.#contentFor(gate)
      if (content !== undefined && this.#passes.get(gate) === content) continue
      const verdict = await this.#check(gate)
      if (verdict.outcome === 'failed') {
        failures.push({ gate, verdict })
        // Should what has passed before come back, the last that is on record of this gate has to be a pass all the same.
        this.#passes.delete(gate)
      } else if (content !== undefined) this.#passes.set(gate, content)
    }
    return failures
  }

  /** The hash of what a gate reads; undefined when it cannot be told because a part is missing. */
  #contentFor(gate: Gate): string | undefined {
    if (gate.subject !== undefined && gate.needs.includes('reply'))
      return contentHash(this.#draft.reply(gate.subject) ?? null)
    try {
      return contentHash(gate.needs.map((facet) => this.#draft.hash(facet)))
    } catch (thrown) {
      if (thrown instanceof MissingArtefactError) return undefined
      throw thrown
    }
  }

  async #check(gate: Gate): Promise<GateVerdict> {
    const { clock, emit } = this.#parts
    const attempt = (this.#gateAttempts.get(gate) ?? 0) + 1
    this.#gateAttempts.set(gate, attempt)
    const startedAt = clock.elapsed()
    const failures = this.#gateFailures.get(gate) ?? 0
    const key = [gate.id, gate.step, gate.subject ?? '', attempt].join(' ')
    const known = this.#journal.gate(key)
    if (known !== undefined) {
      if (known.verdict.outcome === 'failed') this.#gateFailures.set(gate, failures + 1)
      this.#records.push(known.record)
      Object.assign(this.#counted, known.counted)
      for (const [language, what] of known.ranOn) this.#ranOn.set(language, what)
      return known.verdict
    }
    const verdict = await this.#verdict(gate, failures)
    if (verdict.outcome === 'failed') this.#gateFailures.set(gate, failures + 1)
    const record: GateRecord = {
      gate: gate.id,
      stage: stageOf(gate.step),
      attempt,
      outcome: verdict.outcome,
      ...(verdict.outcome === 'failed' ? { reason: verdict.reason } : {}),
      evidence: verdict.evidence.slice(0, 600).toWellFormed(),
      durationMs: Math.round(clock.elapsed() - startedAt),
    }
    this.#records.push(record)
    // Right before its event: both are stored together.
    const elapsedMs = clock.elapsed() - this.#startedAt
    const soFar = { counted: { ...this.#counted }, ranOn: [...this.#ranOn], elapsedMs }
    this.#journal.add({ kind: 'gate', key, record, verdict, ...soFar })
    emit({ type: 'gate', ...record })
    return verdict
  }

  async #verdict(gate: Gate, failures: number): Promise<GateVerdict> {
    const { request } = this.#run
    const { similar } = this.#parts
    try {
      return await gate.check({ bench: this.#bench, request, failures, similar, publication: () => this.#publish() })
    } catch (thrown) {
      if (thrown instanceof CompileError) {
        const log = thrown.message.trim()
        const evidence = `${thrown.artefact} does not compile: ${log.split('\n').at(-1)?.slice(0, 200)}`
        return {
          outcome: 'failed',
          reason: 'does-not-compile',
          evidence,
          blame: [thrown.artefact],
          finding: { log: log.slice(0, 2_000) },
        }
      }
      if (thrown instanceof CheckerError) {
        return { outcome: 'failed', reason: 'checker-fails', evidence: thrown.message, blame: ['checker'] }
      }
      if (thrown instanceof SpecError) {
        return { outcome: 'failed', reason: 'bad-spec', evidence: thrown.message, blame: ['blueprint'] }
      }
      if (thrown instanceof MissingArtefactError) {
        return { outcome: 'failed', reason: 'missing', evidence: thrown.message, blame: [thrown.artefact] }
      }
      throw thrown
    }
  }

  /** Marks what the failed gates blame for rewriting and returns the index of the step to go back to. */
  #repair(step: Step, failures: readonly Failure[]): number {
    const beyondRepair = failures.find(({ verdict }) => verdict.blame.length === 0)
    if (beyondRepair !== undefined) {
      throw new PipelineFailure('internal', false, `${beyondRepair.gate.id}: ${beyondRepair.verdict.evidence}`)
    }
    if (failures.some(({ verdict }) => verdict.isOpinion !== true)) this.#takeRepair(step)
    let back: number = steps.length
    const stage = stageOf(step)
    for (const { gate, verdict } of failures) {
      const { reason, evidence, finding: details } = verdict
      for (const artefact of verdict.blame) {
        this.#findings.set(artefact, { gate: gate.id, reason, evidence, details })
        this.#repairs.push({ stage, artefact, gate: gate.id, evidence: evidence.slice(0, 300).toWellFormed() })
        const writer = writers.find((candidate) => candidate.artefact === artefact)
        back = Math.min(back, steps.indexOf(writer?.step ?? step))
      }
    }
    this.#progress(step, 'repairing', failures[0]?.gate.id)
    return back
  }

  #takeRepair(step: Step): void {
    const taken = this.#budget.takeRepair(step)
    if (!taken.ok) throw new PipelineFailure('verification-failed', true, `no repair left (${taken.limit})`)
    this.#stepRepairs.set(step, taken.number)
  }

  async #publish(): Promise<Publication> {
    const records = this.#records
    if (this.#publication?.records === records.length) return this.#publication.built
    const evidence: Evidence = {
      gates: records,
      repairs: this.#repairs,
      calls: this.#calls,
      ranOn: [...this.#ranOn],
      executorBatches: this.#counted.batches,
      executions: this.#counted.executions,
      cpuMs: Math.round(this.#counted.cpuMs),
      compileMs: Math.round(this.#counted.compileMs),
      elapsedMs: this.#parts.clock.elapsed() - this.#startedAt,
    }
    const gateIds = new Set(this.#gates.map(({ id }) => id))
    const run = { ...this.#run, gateIds }
    // G23 judges the very bytes that leave, so its own record has to be in them before it runs.
    const others = this.#gates.filter(({ id }) => id !== 'G23')
    const complete =
      gateIds.has('G23') && others.every((gate) => gate.applies?.(this.#draft) === false || this.#passes.has(gate))
    const tests = await allTests(this.#bench)
    const samples = this.#bench.claimedSamples.length
    const last: GateRecord = {
      gate: 'G23',
      stage: 'publish',
      attempt: 1,
      outcome: 'passed',
      evidence: rejudged(samples, tests.length - samples),
      durationMs: 0,
    }
    const isJudged = records.at(-1)?.gate === 'G23'
    if (isJudged && this.#publication !== undefined) return this.#publication.built
    const gates = complete ? [...records, last] : records
    const built = await buildPublication(run, this.#bench, { ...evidence, gates }, this.#serialise)
    this.#publication = { records: records.length, built }
    return built
  }

  #progress(step: Step, state: 'repairing' | 'done', gate?: GateId): void {
    const repair = gate === undefined ? undefined : { gate }
    const stage = stageOf(step)
    const attempt = (this.#stepRepairs.get(step) ?? 0) + 1
    this.#emitProgress(stage, state, attempt, progressMessage(stage, state, this.#run.request.locale, repair))
  }

  #emitProgress(stage: Stage, state: 'started' | 'repairing' | 'done', attempt: number, message: string): void {
    const passed = this.#gates.filter((candidate) => this.#passes.has(candidate)).length + this.#briefs.size
    const total = this.#gates.length + writers.length
    this.#percent = Math.max(this.#percent, Math.min(99, Math.round((100 * passed) / total)))
    if (stage === 'publish' && state === 'done') this.#percent = 100
    this.#parts.emit({
      type: 'progress',
      stage,
      state,
      attempt,
      index: stages.indexOf(stage) + 1,
      total: stages.length,
      percent: this.#percent,
      elapsedMs: Math.round(this.#parts.clock.elapsed() - this.#startedAt),
      message,
    })
  }

  #counting(executor: Executor): Executor {
    return {
      run: async (batch, signal, onResult) => {
        const key = contentHash(batch)
        const known = this.#journal.batch(key)
        if (known !== undefined && !known.isNew) {
          known.result.results.forEach((result) => onResult?.(result))
          return known.result
        }
        this.#counted.batches += 1
        this.#counted.executions += batch.tests.length
        const reply = known?.result ?? (await executor.run(batch, signal, onResult))
        if (known === undefined) this.#journal.add({ kind: 'batch', key, result: reply })
        else known.result.results.forEach((result) => onResult?.(result))
        this.#counted.compileMs += reply.compile.wallMs
        const { language } = batch.program
        if (reply.ranOn !== undefined) this.#ranOn.set(language, `${reply.ranOn.runtime} (${reply.ranOn.machine})`)
        for (const { cpuMs } of reply.results) this.#counted.cpuMs += cpuMs
        return reply
      },
    }
  }
}
