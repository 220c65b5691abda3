// The verdict table through the judge and the real sandbox: what a program does decides its verdict, in every language.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { executorLanguageSchema } from '../../src/contract/languages.ts'
import { verdictSchema } from '../../src/contract/judging.ts'
import { isTodays } from '../support/turns.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'
import { grade } from './verdicts/grade.ts'
import { limitRows, rows } from './verdicts/table.ts'

const logLimitBytes = 16 * 1024

describe('the verdict table', () => {
  it.each(executorLanguageSchema.options)('has every verdict for %s, and no row twice', (language) => {
    const ofLanguage = rows.filter((row) => row.language === language)
    const certain = ofLanguage.flatMap(({ verdicts }) => (verdicts.length === 1 ? verdicts : []))
    expect(new Set(certain)).toEqual(new Set(verdictSchema.options))
    expect(new Set(ofLanguage.map(({ title }) => title)).size).toBe(ofLanguage.length)
  })
})

// Rows about limits are judged with one strength on one day, with the other on the next, then with none on the third.
describe.each([
  ['rlimits', limitRows.filter((_, index) => isTodays(index, 3))],
  ['all', rows.filter((_, index) => index >= limitRows.length || isTodays(index + 1, 3))],
] as const)('with the protections "%s" the judge says', (kind, rows) => {
  let sandbox: Sandbox
  beforeAll(async () => {
    // None of this may reach a program; one row asks for it.
    vi.stubEnv('TZ', 'Asia/Seoul')
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8')
    sandbox = await openSandbox(kind, { slots: 2 })
    // The first program of a language may have to wait for headers and archives that are made once for a machine.
    const first = rows.filter(({ language }, index) => rows.findIndex((row) => row.language === language) === index)
    for (const { submission } of first) await grade(submission, sandbox.executor)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await sandbox.close()
  })

  it.concurrent.each(rows.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
    const { situation, verdicts, submission } = row
    const report = await grade(submission, sandbox.executor)
    const seen = JSON.stringify(report, null, 1)
    expect(verdicts, seen).toContain(report.verdict)

    const { log } = report.compile
    expect(Buffer.byteLength(log)).toBeLessThanOrEqual(logLimitBytes)
    if (situation.log !== undefined) expect(log).toMatch(situation.log)
    if (report.verdict === 'compile-error') {
      expect(report.tests).toEqual([])
      return
    }

    // The first failing test is the last one that is run.
    expect(report.tests.map(({ verdict }) => verdict)).toEqual([
      ...report.tests.slice(1).map(() => 'accepted'),
      report.verdict,
    ])
    const last = report.tests.at(-1)
    expect(last?.memoryBytes).toBeGreaterThan(0)
    expect(last?.note === null, seen).toBe(report.verdict === 'accepted')
    if (situation.exitCode !== undefined) expect(last?.exitCode, seen).toBe(situation.exitCode)
    if (situation.signal !== undefined) expect(last?.signal, seen).toBe(situation.signal)
    if (situation.stderr !== undefined) expect(last?.stderr).toMatch(situation.stderr)
  })
})
