// A run as state, as a picture and as lines: pure functions of its events.
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/contract/events.ts'
import type { GateId, Stage } from '../../src/contract/verification.ts'
import { renderRun, type Screen } from '../../src/local/live-view.ts'
import { plainLine } from '../../src/local/plain-lines.ts'
import { advance, type RunView, unseenRun } from '../../src/local/run-state.ts'
import { clean, fit, unpainted, wrap } from '../../src/local/terminal-text.ts'

const problemId = '01a1fc2a-1171-74cc-b30a-54834facef1d'
const beganAt = Date.parse('2026-11-21T03:00:00.000Z')

/** Gives events their envelope; each comes 100 ms after the one before. */
function events(...bodies: readonly Record<string, unknown>[]): RunEvent[] {
  return bodies.map((body, index) => {
    const at = new Date(beganAt + index * 100).toISOString()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the bodies below are written out as events
    return { problemId, seq: index + 1, at, ...body } as RunEvent
  })
}

function progress(stage: Stage, state: string, percent: number, attempt = 1): Record<string, unknown> {
  return {
    type: 'progress',
    stage,
    state,
    attempt,
    index: 1,
    total: 5,
    percent,
    elapsedMs: 0,
    message: `${stage} ${state}`,
  }
}

function gate(id: GateId, stage: Stage, outcome = 'passed', evidence = 'seen'): Record<string, unknown> {
  return { type: 'gate', gate: id, stage, attempt: 1, outcome, evidence, durationMs: 1_250 }
}

function delta(artefact: string, stage: Stage, text: string): Record<string, unknown> {
  return { type: 'delta', stage, artefact, callId: `${artefact}-1`, attempt: 1, text }
}

const after = (list: readonly RunEvent[]): RunView => list.reduce(advance, unseenRun)

const midway = events(
  progress('blueprint', 'started', 0),
  delta('blueprint', 'blueprint', '{"title":"운하"}'),
  gate('G0', 'blueprint'),
  progress('blueprint', 'done', 13),
  progress('programs', 'started', 13),
  delta('reference', 'programs', String.raw`{"code":"import sys\n\nprint(\"가나다\")`),
  delta('generator', 'programs', '{"code":"import random'),
)

describe('the state', () => {
  test('follows stages, calls and time', () => {
    const run = after(midway)
    expect(run).toMatchObject({ problemId, seq: 7, percent: 13, repairs: 0, beganAt })
    expect(run.stages.map(({ state, workedMs }) => [state, workedMs])).toEqual([
      ['done', 300],
      ['started', 0],
      ['waiting', 0],
      ['waiting', 0],
      ['waiting', 0],
    ])
    expect(run.calls.map(({ callId, running }) => [callId, running])).toEqual([
      ['blueprint-1', false],
      ['reference-1', true],
      ['generator-1', true],
    ])
  })

  test('counts repairs and keeps failed gates', () => {
    const run = after(
      events(
        progress('proof', 'started', 50),
        gate('G8', 'proof', 'failed'),
        progress('proof', 'repairing', 71, 2),
        gate('G8', 'proof'),
        progress('proof', 'done', 79, 2),
      ),
    )
    expect(run.repairs).toBe(1)
    expect(run.stages[2]).toMatchObject({ state: 'done', attempt: 2, workedMs: 400 })
    expect(run.stages[2]?.gates.map(({ outcome }) => outcome)).toEqual(['failed', 'passed'])
  })

  test('tells a pause of the model from progress', () => {
    const paused = [
      progress('proof', 'repairing', 71, 2),
      { ...progress('proof', 'repairing', 71, 2), message: 'wait 3 s' },
    ]
    expect(after(events(...paused))).toMatchObject({ repairs: 1, stages: { 2: { pause: 'wait 3 s' } } })
    const goesOn = after(events(...paused, delta('reference', 'programs', '{')))
    expect(goesOn.stages[2]?.pause).toBeUndefined()
  })

  test('ends once', () => {
    const end = { type: 'failed', code: 'internal', message: 'no', retryable: false, evidence: [] }
    const run = after(events(progress('blueprint', 'started', 0), delta('blueprint', 'blueprint', '{'), end))
    expect(run.end?.type).toBe('failed')
    expect(run.stages[0]).toMatchObject({ state: 'started', since: undefined, workedMs: 200 })
    expect(run.calls.some(({ running }) => running)).toBe(false)
  })

  test('keeps only the end of a long text', () => {
    const run = after(events(delta('reference', 'programs', 'x'.repeat(5_000)), delta('reference', 'programs', 'end')))
    expect(run.calls[0]?.characters).toBe(5_003)
    expect(run.calls[0]?.tail).toHaveLength(2_000)
    expect(run.calls[0]?.tail.endsWith('end')).toBe(true)
  })
})

describe('the picture', () => {
  const facts = {
    what: '그래프 · 보통',
    means: ['모델 scripted stand-in (대본 모델)', '시드 7', '저장소 .alpaco', '실행기 이 컴퓨터의 Python'],
  }
  const screen: Screen = { columns: 100, rows: 40, now: beganAt + 2_000, paint: unpainted, locale: 'ko' }
  const everything = events(
    ...midway.map(({ problemId: _id, seq: _seq, at: _at, ...body }) => body),
    ...Array.from({ length: 12 }, (_, index) =>
      gate('G9', 'proof', index === 3 ? 'failed' : 'passed', '근거가 되는 긴 문장 '.repeat(20)),
    ),
    progress('proof', 'repairing', 50, 2),
  )

  test('shows stages, gates, the text being written, and figures', () => {
    expect(renderRun(after(midway), facts, screen)).toEqual([
      '',
      '  Alpaco  그래프 · 보통',
      '  모델 scripted stand-in (대본 모델) · 시드 7 · 저장소 .alpaco · 실행기 이 컴퓨터의 Python',
      '',
      '  ✔ 문제 설계          0.3초',
      `    ✔ G0  답의 형식이 맞음            seen${' '.repeat(53)}1.3초`,
      '  ⠴ 프로그램 작성      1.6초',
      '  · 실행 검증',
      '  · 지문 작성',
      '  · 저장',
      '',
      `  ${'━'.repeat(12)}${'─'.repeat(81)}  13%`,
      '  2.0초 · 호출 3 · 73자 · ✔ 1',
      '',
      '  ▎정답 프로그램',
      '  ▎{"code":"import sys',
      '  ▎print("가나다")',
      '  ▎입력 생성기',
      '  ▎{"code":"import random',
      '  ▎',
    ])
  })

  test.each([40, 47, 60, 80, 100, 110, 200])('is never wider than %d columns', (columns) => {
    for (const list of [[], midway, everything]) {
      for (const locale of ['ko', 'en'] as const) {
        const lines = renderRun(after(list), facts, { ...screen, columns, locale })
        for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns)
      }
    }
  })

  test.each([18, 24, 30, 60])('leaves a row free of %d', (rows) => {
    const lines = renderRun(after(everything), facts, { ...screen, rows })
    expect(lines.length).toBeLessThan(rows)
  })

  test('folds what does not fit, the latest gates of the stage at work last', () => {
    const lines = renderRun(after(everything), facts, { ...screen, rows: 24 })
    expect(lines).toContain('  ✔ 문제 설계          0.3초  G0')
    expect(lines.filter((line) => line.includes('G9  '))).not.toHaveLength(12)
    const whole = renderRun(after(everything), facts, { ...screen, rows: Infinity })
    expect(whole.filter((line) => line.includes('G9  '))).toHaveLength(12)
    expect(whole.join('\n')).toContain('↻ 실행 검증')
    expect(whole.join('\n')).toContain('수정 1')
  })

  test('lets nothing through that a terminal acts on', () => {
    const evil = '\u001B[2J\u001B]0;title\u0007\u009B31m\u202Eevil\rover\b'
    const run = after(events(gate('G1', 'programs', 'failed', evil), delta('reference', 'programs', evil)))
    const lines = renderRun(run, { what: evil, means: [evil] }, screen)
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202E]/u)
    expect(plainLine(events(gate('G1', 'programs', 'failed', evil))[0] ?? fail(), run, 'ko')).not.toMatch(
      /[\p{Cc}\u202E]/u,
    )
  })
})

function fail(): never {
  throw new Error('no event')
}

describe('plain lines', () => {
  test('are one for each stage, gate and end', () => {
    let run = unseenRun
    const lines = midway.map((event) => {
      run = advance(run, event)
      return plainLine(event, run, 'en')
    })
    expect(lines).toEqual([
      '[   0.0 s]   0%  blueprint started',
      undefined,
      '[   0.2 s]       G0 passed (reply parses, 1.3 s): seen',
      '[   0.3 s]  13%  blueprint done',
      '[   0.4 s]  13%  programs started',
      undefined,
      undefined,
    ])
  })
})

describe('text for a terminal', () => {
  test('is cut by columns, not by letters', () => {
    expect(fit('가나다라마', 7)).toBe('가나다…')
    expect(fit('abc\n  def', 20)).toBe('abc def')
    expect(fit('👨‍👩‍👧 family', 6)).toBe('👨‍👩‍👧 fa…')
  })

  test('is broken between words, and inside those that are too wide', () => {
    expect(wrap('가나 다라 마바사\n\nabcdefghij', 7)).toEqual(['가나', '다라', '마바사', '', 'abcdefg', 'hij'])
  })

  test('keeps line breaks', () => {
    expect(clean('a\r\nb\tc')).toBe('a\nb    c')
  })
})
