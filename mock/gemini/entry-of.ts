// The scenario entry that replays an exchange with the real service.
import * as z from 'zod'
import type { Entry } from './scenario.ts'

/** What came back for one request. */
export interface Exchange {
  /** Undefined when no headers came. */
  readonly status: number | undefined
  readonly body: string
  /** The answer was whole, its connection broke, or the caller had left. */
  readonly end: 'whole' | 'broken' | 'left'
}

const messageSchema = z.looseObject({
  error: z
    .looseObject({
      details: z
        .array(
          z.looseObject({
            reason: z.string().optional(),
            retryDelay: z.string().optional(),
            violations: z.array(z.looseObject({ quotaId: z.string().optional() })).optional(),
          }),
        )
        .default([]),
    })
    .optional(),
  candidates: z
    .array(
      z.looseObject({
        content: z
          .looseObject({
            parts: z.array(z.looseObject({ text: z.string().optional(), thought: z.boolean().optional() })).default([]),
          })
          .optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  promptFeedback: z.looseObject({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z.unknown().optional(),
})
type Message = z.infer<typeof messageSchema>

/** The entry for an exchange; undefined for a request that was the caller's own mistake (it would be refused again). */
export function entryOf(exchange: Exchange): Entry | undefined {
  const { status, end } = exchange
  if (status === undefined) return end === 'left' ? { fault: 'hang' } : { fault: 'cut', text: '', afterCharacters: 0 }
  const messages = messagesOf(exchange.body)
  if (status !== 200) return errorEntry(status, messages[0])
  const text = messages.map(textOf).join('')
  const begun = { text, afterCharacters: text.length }
  const finishReason = messages.findLast((message) => finishReasonOf(message) !== undefined)
  const blocked = messages.some((message) => message.promptFeedback?.blockReason !== undefined)
  if (messages.some((message) => message.error !== undefined)) return { fault: 'error-in-stream', ...begun }
  switch (finishReason && finishReasonOf(finishReason)) {
    case undefined:
      if (blocked) return { fault: 'blocked' }
      return end === 'left' ? { fault: 'hang-after', ...begun } : { fault: 'cut', ...begun }
    case 'STOP':
      if (text === '') return { fault: 'empty' }
      return messages.some((message) => message.usageMetadata !== undefined) ? { text } : { fault: 'no-usage', text }
    case 'MAX_TOKENS':
      return { fault: 'max-tokens', whole: true, text }
    case 'SAFETY':
    case 'PROHIBITED_CONTENT':
    case 'BLOCKLIST':
    case 'SPII':
      return { fault: 'safety', ...begun }
    case 'RECITATION':
      return { fault: 'recitation', ...begun }
    default:
      return { fault: 'other', ...begun }
  }
}

function errorEntry(status: number, message: Message | undefined): Entry | undefined {
  const details = message?.error?.details ?? []
  if (status === 429) {
    const delay = details.map((detail) => /^(\d+(?:\.\d+)?)s$/.exec(detail.retryDelay ?? '')?.[1]).find(Boolean)
    const quotas = details.flatMap((detail) => detail.violations ?? [])
    return {
      fault: '429',
      ...(delay === undefined ? {} : { retryAfterSeconds: Number(delay) }),
      ...(quotas.some((quota) => quota.quotaId?.includes('PerDay') === true) ? { daily: true } : {}),
    }
  }
  if (status >= 500) return { fault: status === 503 ? '503' : '500' }
  const badKey = details.some((detail) => detail.reason?.startsWith('API_KEY_') === true)
  return badKey || status === 401 || status === 403 ? { fault: 'bad-key' } : undefined
}

/** The messages of an event stream, or the single one of a plain body. What cannot be read is left out. */
function messagesOf(body: string): Message[] {
  const lines = body.startsWith('data:')
    ? body.split(/\r\n|\r|\n/).flatMap((line) => (line.startsWith('data:') ? [line.slice(5)] : []))
    : [body]
  return lines.flatMap((line) => {
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      return []
    }
    const parsed = messageSchema.safeParse(value)
    return parsed.success ? [parsed.data] : []
  })
}

function textOf(message: Message): string {
  const parts = message.candidates?.[0]?.content?.parts ?? []
  return parts.map((part) => (part.thought === true ? '' : (part.text ?? ''))).join('')
}

function finishReasonOf(message: Message): string | undefined {
  return message.candidates?.[0]?.finishReason
}
