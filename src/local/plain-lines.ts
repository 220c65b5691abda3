// A run as plain lines, for pipes and logs: one for each stage, gate and end.
import type { RunEvent } from '../contract/events.ts'
import type { Locale } from '../contract/topics.ts'
import { duration, seconds } from './figures.ts'
import type { RunView } from './run-state.ts'
import { gateTitle, labels } from './run-words.ts'
import { cellRight, clean } from './terminal-text.ts'

/** The line of an event; `run` is the state after it. Deltas have none. */
export function plainLine(event: RunEvent, run: RunView, locale: Locale): string | undefined {
  const elapsed = cellRight(seconds((run.lastAt ?? 0) - (run.beganAt ?? 0), locale), 8)
  const line = wordsOf(event, locale)
  return line === undefined ? undefined : `[${elapsed}] ${clean(line).replaceAll('\n', ' ')}`
}

function wordsOf(event: RunEvent, locale: Locale): string | undefined {
  switch (event.type) {
    case 'progress':
      return `${String(event.percent).padStart(3)}%  ${event.message}`
    case 'gate': {
      const { gate, outcome, durationMs, evidence } = event
      const took = duration(durationMs, locale)
      return `      ${gate} ${labels[locale][outcome]} (${gateTitle(gate, locale)}, ${took}): ${evidence}`
    }
    case 'delta':
      return undefined
    case 'problem':
      return `problem ${event.problemId} ${event.problem.title}`
    case 'failed':
      return `failed ${event.problemId} ${event.code}: ${event.message}`
    default:
      return `cancelled ${event.problemId} ${event.message}`
  }
}
