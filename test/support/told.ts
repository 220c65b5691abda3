// What a run tells its readers, without what differs from time to time: who made it, and what was measured.
import type { RunEvent } from '../../src/contract/events.ts'

/** A list of events as it is told whoever makes the run: deltas joined for each call that came to its end, no measured figures. */
export function told(events: readonly RunEvent[]): unknown {
  const lines = events.flatMap((event) => {
    if (event.type === 'delta') return []
    if (event.type === 'progress')
      return [`${event.stage} ${event.state} ${event.attempt} ${event.percent} ${event.message}`]
    if (event.type === 'gate') return [`${event.gate} ${event.outcome} ${event.attempt}`]
    return [event.type]
  })
  const replies = new Map<string, string>()
  for (const event of events) {
    if (event.type !== 'delta') continue
    // A later owner's attempt at the same call stands for the one that was broken off.
    const [call = '', owner = '~1'] = event.callId.split(/(?=~)/)
    replies.set(`${call} ${owner}`, (replies.get(`${call} ${owner}`) ?? '') + event.text)
  }
  const last = new Map(
    [...replies].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, text]) => [key.split(' ')[0] ?? '', text]),
  )
  return { lines, replies: Object.fromEntries<string>(last) }
}
