// One question to the model: prompt, reply as it is written, what it cost, and which endings end the run.
import type { EventBody } from '../contract/events.ts'
import type { Locale } from '../contract/topics.ts'
import type { Artefact, CallRecord, GateId, Stage } from '../contract/verification.ts'
import type { Clock, Model, ModelOutcome, ModelPart } from '../ports.ts'
import type { Reply } from './draft.ts'
import { PipelineFailure } from './failure.ts'
import { costOf } from './prices.ts'
import { renderPrompt } from './prompts/prompt.ts'
import { prompts } from './prompts/prompts.ts'
import { wireSchema } from './wire-schema.ts'

/** What a repair is shown. */
export interface Finding {
  readonly gate: GateId
  readonly reason: string
  readonly evidence: string
  readonly details: Record<string, unknown> | undefined
}

export interface Question {
  /** Names the call; no two of a run have the same. */
  readonly callId: string
  readonly artefact: Artefact
  readonly stage: Stage
  readonly attempt: number
  readonly locale: Locale
  /** All the writer gets to see. */
  readonly brief: Record<string, unknown>
  readonly finding: Finding | undefined
  /** The reply that the finding is about. */
  readonly previous: Reply | undefined
}

export interface Answer {
  readonly reply: Reply
  readonly record: CallRecord
}

/** Most characters of a reply; no artefact needs nearly as many. */
const replyLimit = 256 * 1024
const cutOff: ModelOutcome = { kind: 'truncated', model: undefined, usage: undefined }
/** Most characters of an earlier reply that a repair is shown. */
const previousLimit = 40_000

/** Asks once. Every way a reply can end is a value; throws only the signal's reason. */
export async function askModel(
  question: Question,
  parts: {
    readonly model: Model
    readonly clock: Clock
    readonly signal: AbortSignal
    readonly emit: (event: EventBody) => void
  },
  onWaiting: (reason: Extract<ModelPart, { type: 'waiting' }>['reason'], waitMs: number) => void,
): Promise<Answer> {
  const { callId, artefact, stage, attempt, locale, brief, finding, previous } = question
  const { model, clock, signal, emit } = parts
  const prompt = prompts[artefact]
  const { temperature, maxOutputTokens } = prompt
  const repair =
    finding === undefined || previous === undefined || staysBlind(artefact, finding)
      ? {}
      : { previous_reply: previous.text.slice(0, previousLimit), finding }
  const { system, user } = await renderPrompt(prompt, { job: { artefact, attempt, locale }, ...brief, ...repair })
  const startedAt = clock.elapsed()
  const written = model.generate(
    { callId, artefact, system, user, replySchema: wireSchema(artefact), temperature, maxOutputTokens },
    signal,
  )
  let text = ''
  let next = await written.next()
  while (next.done !== true) {
    if (next.value.type === 'text') {
      text += next.value.text
      emit({ type: 'delta', stage, artefact, callId, attempt, text: next.value.text })
    } else {
      onWaiting(next.value.reason, next.value.waitMs)
    }
    next = text.length > replyLimit ? await written.return(cutOff) : await written.next()
  }
  const outcome = next.value
  const name = outcome.model ?? model.name
  const cost = outcome.usage === undefined ? undefined : costOf(name, outcome.usage)
  const record: CallRecord = {
    callId,
    artefact,
    attempt,
    model: name,
    promptVersion: prompt.version,
    outcome: outcome.kind,
    ...outcome.usage,
    ...(cost === undefined ? {} : { costUsd: cost }),
    durationMs: Math.round(clock.elapsed() - startedAt),
  }
  return { reply: { callId, attempt, text, outcome }, record }
}

/** A second blind solver is as blind as the first: only what is wrong with the reply as such is told. */
function staysBlind(artefact: Artefact, { gate }: Finding): boolean {
  return artefact === 'solver' && gate !== 'G0' && gate !== 'G1'
}

/**
 * Throws PipelineFailure for an outcome that asking again in the same run cannot mend.
 * @param costed the call's record when the run has a limit of cost: then a model without a known price ends it too.
 */
export function throwIfFatal(outcome: ModelOutcome, costed: CallRecord | undefined): void {
  switch (outcome.kind) {
    case 'rate-limited':
      throw new PipelineFailure('model-rate-limited', true, 'the model refuses further calls for now')
    case 'unavailable':
      throw new PipelineFailure('model-unavailable', true, 'the model did not answer')
    case 'key-refused':
      throw new PipelineFailure('model-key-refused', false, 'the model refused the API key')
    case 'request-refused':
      throw new PipelineFailure('internal', false, 'the model could not read the request')
    case 'refused':
      if (outcome.reason === 'blocked-prompt') {
        throw new PipelineFailure('model-refused', false, 'the model blocked the prompt')
      }
      break
    case 'complete':
    case 'truncated':
    case 'empty':
    case 'interrupted':
      break
  }
  if (costed !== undefined && costed.promptTokens !== undefined && costed.costUsd === undefined) {
    const evidence = `the price of ${costed.model} is unknown: a limit of cost cannot be kept`
    throw new PipelineFailure('budget-exhausted', false, evidence)
  }
}
