// The events of a run: what is stored in the run log and what every stream carries. The single source for docs/events.md.
import * as z from 'zod'
import { authorProblemSchema } from './problem.ts'
import { artefactSchema, gateRecordSchema, stageSchema } from './verification.ts'

const envelope = {
  problemId: z.uuid().describe('The run, and later the problem.'),
  seq: z.int().min(1).describe('Position in the run: 1, 2, 3 … without gaps.'),
  at: z.iso.datetime().describe('When the event was made (UTC).'),
}

const progressEventSchema = z
  .strictObject({
    type: z.literal('progress'),
    ...envelope,
    stage: stageSchema.describe('Where the run is.'),
    state: z
      .enum(['started', 'repairing', 'done'])
      .describe('What happened to the stage; said again with another message while the model makes us wait.'),
    attempt: z.int().min(1).describe('1, and one more with each repair of the stage.'),
    index: z.int().min(1).describe('Number of the stage, from 1.'),
    total: z.int().min(1).describe('How many stages there are.'),
    percent: z.int().min(0).max(100).describe('Share of the work that is done; never falls.'),
    elapsedMs: z.int().min(0).describe('Since the run began.'),
    message: z.string().max(300).describe("One line for people, in the run's locale."),
  })
  .describe('A stage starts, is repaired or is done.')

const gateEventSchema = z
  .strictObject({ type: z.literal('gate'), ...envelope, ...gateRecordSchema.shape })
  .describe('A gate was run; the evidence is what executing code showed.')

const deltaEventSchema = z
  .strictObject({
    type: z.literal('delta'),
    ...envelope,
    stage: stageSchema.describe('The stage of the call.'),
    artefact: artefactSchema.describe('What the model is writing.'),
    callId: z.string().describe('The model call; calls run side by side.'),
    attempt: z.int().min(1).describe('1, and one more each time the artefact is written anew.'),
    text: z.string().describe("More of the model's output. Joined per call, the texts are the reply."),
  })
  .describe("The model's output as it is written. Not proved: for watching only.")

const problemEventSchema = z
  .strictObject({
    type: z.literal('problem'),
    ...envelope,
    problem: authorProblemSchema.describe(
      'The author view: statement, samples, solution, programs, verification report; `test_cases` up to 256 KB, else `tests_url`.',
    ),
  })
  .describe('The run ended well: the problem is stored and every gate of its level passed. Last event.')

/** Why a run failed, as stable codes. */
const failureCodes = [
  'verification-failed',
  'budget-exhausted',
  'deadline',
  'model-refused',
  'model-unavailable',
  'model-rate-limited',
  'model-key-refused',
  'executor-unavailable',
  'storage-unavailable',
  'abandoned',
  'internal',
] as const
export type FailureCode = (typeof failureCodes)[number]

const failedEventSchema = z
  .strictObject({
    type: z.literal('failed'),
    ...envelope,
    seq: z.int().min(1).optional().describe('Absent only when the event itself could not be stored.'),
    code: z.enum(failureCodes).describe('Stable; what kind of failure.'),
    message: z.string().describe("For people, in the run's locale; never a provider's own words."),
    retryable: z.boolean().describe('Whether asking again may help.'),
    evidence: z.array(z.string()).describe('What was tried and what was seen, one line each.'),
  })
  .describe('The run ended without a problem. Last event.')

const cancelledEventSchema = z
  .strictObject({
    type: z.literal('cancelled'),
    ...envelope,
    message: z.string().describe("For people, in the run's locale."),
  })
  .describe('The run was cancelled by its creator. Last event.')

export const runEventSchema = z.discriminatedUnion('type', [
  progressEventSchema,
  gateEventSchema,
  deltaEventSchema,
  problemEventSchema,
  failedEventSchema,
  cancelledEventSchema,
])
export type RunEvent = z.infer<typeof runEventSchema>

type WithoutEnvelope<E> = E extends unknown ? Omit<E, keyof typeof envelope> : never
/** An event before the run log gave it its place and time. */
export type EventBody = WithoutEnvelope<RunEvent>

export type EventType = RunEvent['type']

/** Whether an event of this type ends its run. */
export function isTerminal(type: EventType): boolean {
  return type === 'problem' || type === 'failed' || type === 'cancelled'
}

/** An event as it is stored: the exact JSON line that every reader gets. */
export interface StoredEvent {
  readonly seq: number
  readonly type: EventType
  /** One-line JSON of a {@link RunEvent}. For `problem` the problem itself is put in on reading (see `generation/run-log.ts`). */
  readonly data: string
}

/** Reads `<problemId>:<seq>`; undefined when it is not one. */
export function parseEventId(id: string): { problemId: string; seq: number } | undefined {
  const match = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):(0|[1-9][0-9]{0,8})$/.exec(id)
  return match?.[1] === undefined ? undefined : { problemId: match[1], seq: Number(match[2]) }
}
