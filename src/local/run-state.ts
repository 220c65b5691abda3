// What a run looks like so far, made from its events alone: the one state behind the live view, the plain lines and the tests.
import type { RunEvent } from '../contract/events.ts'
import { type Artefact, type GateRecord, type Stage, stages } from '../contract/verification.ts'

/** A stage of the pipeline. Times are epoch milliseconds by the events' own clock. */
export interface StageView {
  readonly stage: Stage
  readonly state: 'waiting' | 'started' | 'repairing' | 'done'
  readonly attempt: number
  /** When its present spell of work began; undefined while it rests. */
  readonly since: number | undefined
  /** Its finished spells of work. */
  readonly workedMs: number
  readonly gates: readonly GateRecord[]
  /** Why nothing happens at the moment, in the run's own words. */
  readonly pause: string | undefined
}

/** A model call and the end of what it has written. */
export interface CallView {
  readonly callId: string
  readonly artefact: Artefact
  readonly stage: Stage
  readonly attempt: number
  readonly characters: number
  /** The last {@link tailCharacters} of its text. */
  readonly tail: string
  readonly running: boolean
}

/** How a run ended. */
export type RunEnd = Extract<RunEvent, { type: 'problem' | 'failed' | 'cancelled' }>

export interface RunView {
  readonly problemId: string | undefined
  /** Place of the last event; 0 before the first one. */
  readonly seq: number
  readonly beganAt: number | undefined
  readonly lastAt: number | undefined
  readonly percent: number
  readonly repairs: number
  readonly stages: readonly StageView[]
  readonly calls: readonly CallView[]
  readonly end: RunEnd | undefined
}

/** Enough for the lines a view shows of a call. */
const tailCharacters = 2_000

/** A run of which nothing has been read. */
export const unseenRun: RunView = {
  problemId: undefined,
  seq: 0,
  beganAt: undefined,
  lastAt: undefined,
  percent: 0,
  repairs: 0,
  stages: stages.map((stage) => ({
    stage,
    state: 'waiting',
    attempt: 1,
    since: undefined,
    workedMs: 0,
    gates: [],
    pause: undefined,
  })),
  calls: [],
  end: undefined,
}

/** The run after one more event. Events come in order, each once. */
export function advance(run: RunView, event: RunEvent): RunView {
  const at = Date.parse(event.at)
  const seen: RunView = {
    ...run,
    problemId: event.problemId,
    seq: event.seq ?? run.seq,
    beganAt: run.beganAt ?? at,
    lastAt: at,
  }
  switch (event.type) {
    case 'progress': {
      const before = run.stages.find(({ stage }) => stage === event.stage)
      // What was said already is said again while the model makes the run wait.
      const isPause = before?.state === event.state && before.attempt === event.attempt && event.state !== 'done'
      if (isPause) {
        const pause = event.message
        return { ...seen, stages: changed(run.stages, event.stage, (stage) => ({ ...stage, pause })) }
      }
      return {
        ...seen,
        percent: event.percent,
        repairs: run.repairs + (event.state === 'repairing' ? 1 : 0),
        stages: changed(run.stages, event.stage, (stage) => progressed(stage, event.state, event.attempt, at)),
        calls: event.state === 'started' ? run.calls : ended(run.calls, event.stage),
      }
    }
    case 'gate': {
      const { type: _type, problemId: _problemId, seq: _seq, at: _at, ...record } = event
      return {
        ...seen,
        stages: changed(run.stages, event.stage, (stage) => ({ ...stage, gates: [...stage.gates, record] })),
        // Gates look at whole replies: whoever wrote for this stage has finished.
        calls: ended(run.calls, event.stage),
      }
    }
    case 'delta':
      return {
        ...seen,
        stages: run.stages.map((stage) => (stage.pause === undefined ? stage : { ...stage, pause: undefined })),
        calls: written(run.calls, event),
      }
    default:
      return {
        ...seen,
        stages: run.stages.map((stage) => rested(stage, at)),
        calls: run.calls.map((call) => ({ ...call, running: false })),
        end: event,
      }
  }
}

function changed(
  views: readonly StageView[],
  stage: Stage,
  change: (view: StageView) => StageView,
): readonly StageView[] {
  return views.map((view) => (view.stage === stage ? change(view) : view))
}

function progressed(view: StageView, state: 'started' | 'repairing' | 'done', attempt: number, at: number): StageView {
  const rest = rested(view, at)
  return { ...rest, state, attempt, since: state === 'done' ? undefined : at, pause: undefined }
}

function rested(view: StageView, at: number): StageView {
  if (view.since === undefined) return view
  return { ...view, since: undefined, pause: undefined, workedMs: view.workedMs + Math.max(0, at - view.since) }
}

function ended(calls: readonly CallView[], stage: Stage): readonly CallView[] {
  return calls.map((call) => (call.stage === stage && call.running ? { ...call, running: false } : call))
}

function written(calls: readonly CallView[], event: Extract<RunEvent, { type: 'delta' }>): readonly CallView[] {
  const { callId, artefact, stage, attempt, text } = event
  const known = calls.find((call) => call.callId === callId)
  const call: CallView = {
    callId,
    artefact,
    stage,
    attempt,
    characters: (known?.characters ?? 0) + text.length,
    tail: ((known?.tail ?? '') + text).slice(-tailCharacters),
    running: true,
  }
  return known === undefined ? [...calls, call] : calls.map((other) => (other === known ? call : other))
}
