// The record itself: difficulty, repairs, versions, and every gate with its stored evidence.
import { difficultyName } from '../contract/topics.ts'
import { type GateId, gateTitles, koreanGateTitles } from '../contract/verification.ts'
import { type Block, code, heading, type Inline, list, paragraph, strong, table } from './blocks.ts'
import type { Page } from './page.ts'

export function difficultySection({ problem, locale, text }: Page): Block[] {
  const { claimed, measured, reasons } = problem.verification.difficulty
  return [
    heading(2, text.difficultyHead),
    paragraph(text.difficultyText(difficultyName(claimed, locale), difficultyName(measured, locale))),
    list(...reasons.map((reason) => [text.reason(reason)])),
  ]
}

export function repairsSection({ problem, text }: Page): Block[] {
  const { repairs } = problem.verification
  return [
    heading(2, text.repairsHead),
    repairs.length === 0
      ? paragraph(text.noRepairs)
      : list(...repairs.map(({ artefact, gate, evidence }) => [strong(`${artefact} (${gate})`), `: ${evidence}`])),
  ]
}

export function versionsSection({ problem, text }: Page): Block[] {
  const { versions, seeds } = problem.verification
  return [
    heading(2, text.versionsHead),
    paragraph(text.seeds(seeds.sampler, seeds.hashSeeds.join(', '))),
    list(...Object.entries(versions).map(([part, version]): Inline[] => [`${part}: `, code(version)])),
  ]
}

export function gatesSection({ problem, locale, text }: Page): Block[] {
  const { gatesRun } = problem.verification
  const titles = locale === 'ko' ? koreanGateTitles : gateTitles
  const ids = [...new Set(gatesRun.map(({ gate }) => gate))]
  const repeated = ids.filter((id) => gatesRun.filter(({ gate }) => gate === id).length > 1)
  const failures = gatesRun.filter(({ outcome }) => outcome === 'failed').length
  const rows = gatesRun.map(({ gate, attempt, outcome, evidence, durationMs }) => [
    outcome === 'passed' ? `${gate} ✓` : outcome === 'failed' ? `${gate} ✗ ${attempt}` : `${gate} –`,
    titles[gate],
    evidence,
    duration(gate, durationMs),
  ])
  return [
    heading(2, text.gatesHead),
    list(
      [text.gateCounts(ids.length, gatesRun.length, repeated.join(', '), failures)],
      [text.gateTimes],
      [text.gateLast],
      ...text.gateLanguage.map((line) => [line]),
    ),
    table([text.gate, text.checks, text.evidence, text.duration], rows, [3]),
  ]
}

/** G23's record is written into the bytes that it judges, before it has judged them. */
function duration(gate: GateId, durationMs: number): string {
  return gate === 'G23' && durationMs === 0 ? '–' : String(durationMs)
}
