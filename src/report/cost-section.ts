// What a problem cost: calls, tokens, money, and time.
import { type Block, code, heading, paragraph, strong, table } from './blocks.ts'
import { isScripted, standInCalls } from './facts.ts'
import type { Page } from './page.ts'

/** The answer at a glance. */
export function costShort({ problem, text }: Page): string {
  const { verification } = problem
  const { totals, prices } = verification
  const time = text.timeShort(seconds(totals.cpuMs), seconds(totals.elapsedMs))
  if (isScripted(verification)) return `${text.costNothing(totals.calls)} ${time}`
  const tokens = totals.promptTokens + totals.outputTokens + totals.thinkingTokens
  const paid = text.costShort(`$${totals.costUsd.toFixed(4)}`, totals.calls, tokens)
  return [paid, ...(prices.known ? [] : [text.unknownCost]), time].join(' ')
}

export function costSection(page: Page): Block[] {
  const { problem, text } = page
  const { verification } = problem
  const { calls, totals, prices } = verification
  const rows = calls.map((call) => [
    code(call.callId),
    call.model,
    call.promptVersion,
    figure(call.promptTokens),
    figure(call.outputTokens),
    figure(call.thinkingTokens),
    call.costUsd === undefined ? '–' : call.costUsd.toFixed(4),
    figure(call.durationMs),
  ])
  const sum = [
    strong(text.total),
    '',
    '',
    figure(totals.promptTokens),
    figure(totals.outputTokens),
    figure(totals.thinkingTokens),
    strong(totals.costUsd.toFixed(4)),
    figure(calls.reduce((ms, { durationMs }) => ms + durationMs, 0)),
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
  const scripted = standInCalls(verification)
  return [
    heading(2, text.costHead),
    table(columns, [...rows, sum], [3, 4, 5, 6, 7]),
    paragraph(
      [
        text.tokensText,
        ...(scripted === 0 ? [] : [text.standInTokens]),
        // A price list says nothing about a stand-in.
        ...(isScripted(verification) ? [] : [text.priceSource(prices.source, prices.date)]),
      ].join(' '),
    ),
    paragraph(
      text.executed(totals.executorBatches, totals.executions, seconds(totals.cpuMs), seconds(totals.elapsedMs)),
      ' ',
      totals.compileMs === undefined ? text.notInCpu : text.notInCpuMeasured(seconds(totals.compileMs)),
    ),
  ]
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1)
}

function figure(value: number | undefined): string {
  return value === undefined ? '–' : String(Math.round(value))
}
