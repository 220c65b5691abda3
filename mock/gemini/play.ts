// What a scenario entry makes of a request: an error, silence, or a reply with its ending.
import { applyPatch } from 'rfc6902'
import { keyRefusal, quotaError, wireError, type WireError } from './wire.ts'
import type { Entry } from './scenario.ts'

/** How the text of a reply ends: with a finish reason, or in one of the ways in which streams break. */
type Ending = { finishReason: string } | 'hang' | 'cut' | 'error'

/** What the server does with one request. */
export type Play =
  | { kind: 'error'; body: WireError }
  | { kind: 'hang' }
  | { kind: 'blocked' }
  | { kind: 'reply'; text: string; ending: Ending; usage: boolean; chunkDelayMs: number | undefined }

/** A scenario entry that cannot be played on the reply at hand. Answered with a 500, so that a typo is never a clean reply. */
class ScenarioMistake extends Error {
  override readonly name = 'ScenarioMistake'
}

/** Delay between the chunks of a `slow` reply that names none. */
const slowChunkDelayMs = 100

const stop = { finishReason: 'STOP' }
/** Faults that are only a reason for stopping; a fault that is missing here and below does not compile. */
const finishReasons = { safety: 'SAFETY', recitation: 'RECITATION', other: 'OTHER', 'max-tokens': 'MAX_TOKENS' }

/** Plays one entry on the clean reply. Throws {@link ScenarioMistake}, and whatever the author throws. */
export function play(entry: Entry | undefined, model: string, cleanReply: () => Record<string, unknown>): Play {
  if (entry === undefined) return reply(JSON.stringify(cleanReply()), stop)
  if (entry.fault === undefined) return reply(replyText(entry, cleanReply), stop)
  switch (entry.fault) {
    case '429':
      return { kind: 'error', body: quotaError(model, entry.daily === true, entry.retryAfterSeconds) }
    case '500':
      return { kind: 'error', body: wireError(500, 'An internal error has occurred. Please retry.') }
    case '503':
      return { kind: 'error', body: wireError(503, 'The model is overloaded. Please try again later.') }
    case 'bad-key':
      return { kind: 'error', body: keyRefusal() }
    case 'hang':
      return { kind: 'hang' }
    case 'blocked':
      return { kind: 'blocked' }
    case 'empty':
      return reply('', stop)
    case 'no-usage':
      return { ...reply(replyText(entry, cleanReply), stop), usage: false }
    case 'slow': {
      const chunkDelayMs = entry.chunkDelayMs ?? slowChunkDelayMs
      return { ...reply(replyText(entry, cleanReply), stop), chunkDelayMs }
    }
    case 'hang-after':
      return reply(beginning(entry, cleanReply), 'hang')
    case 'cut':
      return reply(beginning(entry, cleanReply), 'cut')
    case 'error-in-stream':
      return reply(beginning(entry, cleanReply), 'error')
    default:
      return reply(beginning(entry, cleanReply), { finishReason: finishReasons[entry.fault] })
  }
}

function reply(text: string, ending: Ending): Extract<Play, { kind: 'reply' }> {
  return { kind: 'reply', text, ending, usage: true, chunkDelayMs: undefined }
}

/** The part of the reply that is sent: `afterCharacters`, or half. */
function beginning(entry: Entry, cleanReply: () => Record<string, unknown>): string {
  const text = replyText(entry, cleanReply)
  if (entry.whole === true) return text
  return text.slice(0, wholeCharacters(text, entry.afterCharacters ?? Math.floor(text.length / 2)))
}

function replyText(entry: Entry, cleanReply: () => Record<string, unknown>): string {
  const body = entry.text ?? JSON.stringify(entry.reply ?? changed(entry, cleanReply()))
  return `${entry.wrap?.before ?? ''}${body}${entry.wrap?.after ?? ''}`
}

/** The reply after `patch`, then `replace`. */
function changed(entry: Entry, clean: Record<string, unknown>): unknown {
  const holder = { reply: structuredClone(clean) as unknown }
  const patch = (entry.patch ?? []).map((operation) => ({
    ...operation,
    path: `/reply${operation.path}`,
    ...('from' in operation ? { from: `/reply${operation.from}` } : {}),
  }))
  const results = applyPatch(holder, patch)
  const failed = results.findIndex((result) => result !== null)
  if (failed >= 0) {
    const operation = entry.patch?.[failed]
    throw new ScenarioMistake(
      `patch[${failed}] (${operation?.op} ${operation?.path}) does not fit the reply: ${results[failed]?.name}`,
    )
  }
  entry.replace?.forEach((change, index) => replaceText(holder, change, index))
  return holder.reply
}

function replaceText(holder: object, change: { path: string; find: string; with: string }, index: number): void {
  const steps = `/reply${change.path}`.split('/').slice(1).map(unescapeStep)
  const last = steps.pop() ?? ''
  const parent = steps.reduce<unknown>(property, holder)
  const value = property(parent, last)
  if (typeof value !== 'string' || typeof parent !== 'object' || parent === null) {
    throw new ScenarioMistake(`replace[${index}].path: the reply has no text at ${change.path}`)
  }
  if (!value.includes(change.find)) {
    throw new ScenarioMistake(`replace[${index}].find: ${JSON.stringify(change.find)} is not in ${change.path}`)
  }
  // A function, because `$&` and the like in a replacement text are not meant.
  Object.assign(parent, { [last]: value.replace(change.find, () => change.with) })
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined
}

function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** `length`, or one less where a surrogate pair would be torn. */
function wholeCharacters(text: string, length: number): number {
  const code = text.charCodeAt(length - 1)
  return length < text.length && code >= 0xd800 && code <= 0xdbff ? length - 1 : length
}

/** Cuts text into pieces of about `size` UTF-16 units, never within a surrogate pair. */
export function chunks(text: string, size: number): string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length;) {
    // A pair at the very start of a piece of size 1 is taken whole: a piece is never empty.
    const end = start + (wholeCharacters(text.slice(start), size) || 2)
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}
