// How a planned answer goes out: whole, or as server-sent events with text deltas and cumulative usage.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { chunks, type Play } from './play.ts'
import { wireError, type GenerateReply, type WireError } from './wire.ts'

/** The provider's name for itself in every reply: nobody shall take a scripted reply for a model's. */
const modelVersion = 'scripted stand-in'

/** What a delivery needs to know of its request. */
export interface Delivery {
  readonly response: ServerResponse
  readonly streaming: boolean
  readonly promptCharacters: number
  readonly responseId: string
  readonly chunkCharacters: number
  readonly chunkDelayMs: number
  /** Aborts when the caller has gone or the server closes. */
  readonly signal: AbortSignal
  /** Called before the connection is destroyed on purpose. */
  readonly onCut: () => void
  /** Called as a piece of a stream goes out, with the length of all text so far. */
  readonly onText: (characters: number) => void
}

/** Answers with an error's own status. */
export function sendError(response: ServerResponse, body: WireError): void {
  sendJson(response, body.error.code, body)
}

/** Carries a plan out. Resolves when there is nothing more to send; throws the signal's reason when nobody listens any more. */
export async function deliver(plan: Play, delivery: Delivery): Promise<void> {
  const { response, streaming } = delivery
  switch (plan.kind) {
    case 'error':
      return sendError(response, plan.body)
    case 'hang':
      return await silence(delivery)
    case 'blocked': {
      const blocked = { promptFeedback: { blockReason: 'SAFETY' }, ...usageOf(delivery, ''), ...identity(delivery) }
      if (!streaming) return sendJson(response, 200, blocked)
      openStream(response)
      await sendLine(delivery, blocked)
      response.end()
      return undefined
    }
    case 'reply':
      return await (streaming ? streamReply(plan, delivery) : sendReply(plan, delivery))
  }
}

async function streamReply(plan: Extract<Play, { kind: 'reply' }>, delivery: Delivery): Promise<void> {
  const { response, signal } = delivery
  const pieces = chunks(plan.text, delivery.chunkCharacters)
  const pauseMs = plan.chunkDelayMs ?? delivery.chunkDelayMs
  // The last piece travels with the finish reason, as the service does it; an ending without one has all pieces before it.
  const last = typeof plan.ending === 'object' ? (pieces.pop() ?? '') : undefined
  let sent = ''
  openStream(response)
  for (const piece of pieces) {
    sent += piece
    delivery.onText(sent.length)
    await sendLine(delivery, message(delivery, piece, undefined, plan.usage ? sent : undefined))
    if (pauseMs > 0) await delay(pauseMs, undefined, { signal })
  }
  if (plan.ending === 'hang') return await silence(delivery)
  if (plan.ending === 'cut') return cut(delivery)
  if (plan.ending === 'error')
    await sendLine(delivery, wireError(503, 'The model is overloaded. Please try again later.'))
  else {
    delivery.onText(plan.text.length)
    await sendLine(
      delivery,
      message(delivery, last ?? '', plan.ending.finishReason, plan.usage ? plan.text : undefined),
    )
  }
  response.end()
  return undefined
}

async function sendReply(plan: Extract<Play, { kind: 'reply' }>, delivery: Delivery): Promise<void> {
  const pauseMs = plan.chunkDelayMs ?? delivery.chunkDelayMs
  const pieces = Math.ceil(plan.text.length / delivery.chunkCharacters)
  if (pauseMs > 0) await delay(pauseMs * pieces, undefined, { signal: delivery.signal })
  switch (plan.ending) {
    case 'hang':
      return await silence(delivery)
    case 'cut':
      return cut(delivery)
    case 'error':
      return sendError(delivery.response, wireError(503, 'The model is overloaded. Please try again later.'))
    default:
      return sendJson(
        delivery.response,
        200,
        message(delivery, plan.text, plan.ending.finishReason, plan.usage ? plan.text : undefined),
      )
  }
}

/** One message. A candidate without text has no content at all, as after a filter or when nothing was written. */
function message(
  delivery: Delivery,
  text: string,
  finishReason: string | undefined,
  written: string | undefined,
): GenerateReply {
  const candidate = {
    ...(text === '' ? {} : { content: { role: 'model' as const, parts: [{ text }] } }),
    ...(finishReason === undefined ? {} : { finishReason }),
    index: 0 as const,
  }
  return {
    candidates: [candidate],
    ...(written === undefined ? {} : usageOf(delivery, written)),
    ...identity(delivery),
  }
}

/** Four characters make a token: wrong as linguistics, good as arithmetic that can be checked. */
function usageOf(delivery: Delivery, written: string): Pick<GenerateReply, 'usageMetadata'> {
  const promptTokenCount = Math.ceil(delivery.promptCharacters / 4)
  const candidatesTokenCount = Math.ceil(written.length / 4)
  const thoughtsTokenCount = 100 + (promptTokenCount % 100)
  const totalTokenCount = promptTokenCount + candidatesTokenCount + thoughtsTokenCount
  return { usageMetadata: { promptTokenCount, candidatesTokenCount, thoughtsTokenCount, totalTokenCount } }
}

function identity(delivery: Delivery): Pick<GenerateReply, 'modelVersion' | 'responseId'> {
  return { modelVersion, responseId: delivery.responseId }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
  response.end(JSON.stringify(body))
}

function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
}

async function sendLine({ response, signal }: Delivery, body: GenerateReply | WireError): Promise<void> {
  signal.throwIfAborted()
  if (!response.write(`data: ${lineOf(body)}\r\n\r\n`)) await once(response, 'drain', { signal })
}

/** One line of JSON as the service writes it: `<`, `>` and the two line separators that JSON allows but many readers split on are escaped. */
function lineOf(body: unknown): string {
  return JSON.stringify(body).replaceAll(
    /[<>\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Breaks the connection after what was written has left. */
function cut({ response, onCut }: Delivery): void {
  onCut()
  const { socket } = response
  if (socket === null) return
  // An empty write calls back when everything before it was handed to the system.
  socket.write('', () => socket.destroy())
}

/** Waits until nobody listens any more. */
async function silence({ signal }: Delivery): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
