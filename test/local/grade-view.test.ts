// A judging as a table, as lines and as a summary: pure functions of its reports.
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { GradeReport, JudgingTest, TestReport, Verdict } from '../../src/contract/judging.ts'
import {
  type GradeFacts,
  type GradeView,
  plainTestLine,
  renderGrade,
  renderWhole,
  summaryLines,
} from '../../src/local/judging/grade-view.ts'
import { verdictCodes, verdictName } from '../../src/local/judging/grade-words.ts'
import type { Screen } from '../../src/local/live-view.ts'
import { unpainted } from '../../src/local/terminal-text.ts'

const MiB = 1024 * 1024

function named(name: string): JudgingTest {
  return { name, input: `${name}\n1 2\n`, answer: '3\n' }
}

function report(name: string, verdict: Verdict = 'accepted', more: Partial<TestReport> = {}): TestReport {
  const figures = { timeMs: 250, wallMs: 260, memoryBytes: 9 * MiB, exitCode: 0, signal: null }
  return { name, verdict, ...figures, note: null, stderr: '', ...more }
}

function graded(tests: readonly TestReport[], testCount = tests.length): GradeReport {
  return {
    verdict: tests.find(({ verdict }) => verdict !== 'accepted')?.verdict ?? 'accepted',
    compile: { ok: true, log: '' },
    tests: [...tests],
    testCount,
    timeMs: Math.max(...tests.map(({ timeMs }) => timeMs)),
    memoryBytes: Math.max(...tests.map(({ memoryBytes }) => memoryBytes)),
  }
}

const wrong = report('secret/2', 'wrong-answer', { timeMs: 3.14, note: 'line 1, token 1: expected "3", got "4"' })
const crashed = report('secret/3', 'runtime-error', {
  timeMs: 1_234,
  memoryBytes: 200 * MiB,
  exitCode: 1,
  note: 'exit code 1',
  stderr: 'Traceback:\n\n  File "sol.py"\nValueError: no\n',
})
const reports = [report('sample/1'), wrong, crashed]
const facts: GradeFacts = {
  title: '합 구하기',
  means: ['sol.py (python)', '제한 0.5초 256 MiB (기본값)', '비교 tokens', '테스트 4'],
  tests: ['sample/1', 'secret/2', 'secret/3', 'secret/10'].map((name) => named(name)),
  inputFiles: ['t/1.in', "t/it's 2.in", 't/3.in', 't/10.in'],
  runCommand: 'npm start -s -- run sol.py --time-limit 0.5',
  timeLimitMs: 500,
}
const beganAt = Date.parse('2026-11-21T03:00:00.000Z')
const view: GradeView = { beganAt, compile: { ok: true, log: '' }, reports }
const screen: Screen = { columns: 100, rows: 40, now: beganAt + 2_000, paint: unpainted, locale: 'ko' }

describe('the table', () => {
  test('has a row for each test, what runs now, and figures', () => {
    expect(renderGrade(view, facts, { ...screen, columns: 110 })).toEqual([
      '',
      '  Alpaco  합 구하기',
      '  sol.py (python) · 제한 0.5초 256 MiB (기본값) · 비교 tokens · 테스트 4',
      '',
      '  ✔ sample/1   AC  맞았습니다     250 ms  ━━━━━─────   9.0 MiB',
      '  ✖ secret/2   WA  틀렸습니다     3.1 ms  ━─────────   9.0 MiB  line 1, token 1: expected "3", got "4"',
      '  ✖ secret/3   RTE 런타임 에러  1,234 ms  ━━━━━━━━━━   200 MiB  exit code 1: ValueError: no',
      '  ⠴ secret/10',
      '',
      `  ${'━'.repeat(78)}${'─'.repeat(26)} 3/4`,
      '  2.0초 · AC 1 · WA 1 · RTE 1',
    ])
  })

  test('says that it compiles before anything else is known', () => {
    const lines = renderGrade({ ...view, compile: undefined, reports: [] }, facts, { ...screen, locale: 'en' })
    expect(lines.slice(4)).toEqual(['  ⠴ compiling', '', `  ${'─'.repeat(94)} 0/4`, '  2.0 s'])
  })

  test.each([30, 40, 56, 60, 72, 80, 100, 200])('is never wider than %d columns', (columns) => {
    const long = reports.map((one) => ({ ...one, name: `비밀/${one.name.repeat(9)}`, note: '근거 '.repeat(99) }))
    const wide = {
      ...facts,
      title: '아주 긴 제목 '.repeat(20),
      tests: [...long.map(({ name }) => named(name)), named('x'.repeat(300))],
    }
    for (const locale of ['ko', 'en'] as const) {
      const lines = [
        ...renderGrade({ ...view, reports: long }, wide, { ...screen, columns, locale }),
        ...renderWhole({ ...view, reports: long }, wide, { columns, paint: unpainted, locale }),
      ]
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns)
    }
  })

  test.each([14, 24, 60])('leaves a row free of %d, and shows the last tests; the one that stays has all', (rows) => {
    const many = Array.from({ length: 100 }, (_, index) => report(`secret/${index + 1}`))
    const long = { ...facts, tests: [...many.map(({ name }) => named(name)), named('last')] }
    const lines = renderGrade({ ...view, reports: many }, long, { ...screen, rows })
    expect(lines.length).toBeLessThan(rows)
    expect(lines.join('\n')).toMatch(/… 앞의 \d+\n(.*\n)*.*secret\/100 /)
    const whole = renderWhole({ ...view, reports: many }, long, screen)
    expect(whole.filter((line) => line.includes('✔'))).toHaveLength(100)
  })

  test('lets nothing through that a terminal acts on', () => {
    const evil = '\u001B[2J\u001B]0;title\u0007\u009B31m\u202Eevil\rover\b'
    const one = report(evil, 'runtime-error', { note: evil, stderr: `${evil}\n${evil}` })
    const bad = { ...facts, title: evil, means: [evil], tests: [named(evil), named(evil)] }
    const page = { columns: 100, paint: unpainted, locale: 'ko' as const, verbose: true }
    const compileError = { ...graded([one]), compile: { ok: false, log: evil } }
    const lines = [
      ...renderGrade({ ...view, reports: [one] }, bad, screen),
      ...summaryLines(graded([one]), bad, page),
      ...summaryLines(compileError, bad, page),
      plainTestLine(one, 0, bad),
    ]
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202E]/u)
  })
})

describe('plain lines', () => {
  test('are one for each test', () => {
    expect(reports.map((one, index) => plainTestLine(one, index, facts))).toEqual([
      '[1/4] AC  sample/1      250 ms   9.0 MiB',
      '[2/4] WA  secret/2      3.1 ms   9.0 MiB  line 1, token 1: expected "3", got "4"',
      '[3/4] RTE secret/3    1,234 ms   200 MiB  exit code 1: ValueError: no',
    ])
  })
})

describe('the summary', () => {
  const page = { columns: 100, paint: unpainted, locale: 'ko' as const, verbose: false }

  test('of an accepted program is one line', () => {
    const lines = summaryLines(graded([report('a'), report('b', 'accepted', { timeMs: 260 })]), facts, page)
    expect(lines).toEqual(['  ✔ 맞았습니다 (AC) · 2개 중 2개 통과 · 가장 느림 260 ms (b) · 메모리 최대 9.0 MiB'])
  })

  test('of a wrong answer has the first difference and the way to see it again', () => {
    expect(summaryLines(graded([report('sample/1'), wrong], 4), facts, page)).toEqual([
      '  ✖ 틀렸습니다 (WA) · 4개 중 1개 통과 · 실행하지 않음 2 · 가장 느림 250 ms (sample/1) · 메모리 최대 9.0 MiB',
      '',
      '  처음 실패한 테스트  secret/2: line 1, token 1: expected "3", got "4"',
      '  입력:',
      '  │ secret/2',
      '  │ 1 2',
      '  정답:',
      '  │ 3',
      String.raw`  다시 실행: npm start -s -- run sol.py --time-limit 0.5 --input 't/it'\''s 2.in'`,
      '  --all로 모든 테스트를 실행합니다',
    ])
  })

  test('of a runtime error has the end of standard error', () => {
    const lines = summaryLines(graded([crashed]), { ...facts, runCommand: undefined }, { ...page, locale: 'en' })
    expect(lines.slice(1)).toEqual([
      '',
      '  first failure  secret/3: exit code 1',
      '  standard error:',
      '  │ Traceback:',
      '  │   File "sol.py"',
      '  │ ValueError: no',
      '  input:',
      '  │ sample/1',
      '  │ 1 2',
    ])
  })

  test('shows the beginning of a long test, and counts failures of several kinds', () => {
    const input = Array.from({ length: 50 }, (_, index) => `${index} ${'9'.repeat(200)}`).join('\n')
    const long = { ...facts, tests: [{ name: 'a', input, answer: '' }] }
    const lines = summaryLines(graded([wrong, crashed, wrong]), long, page)
    expect(lines[0]).toContain('3개 중 0개 통과 · WA 2 · RTE 1 · ')
    const from = lines.indexOf('  입력:')
    expect(lines.slice(from + 1, from + 9).map((line) => line.slice(0, 6))).toEqual([
      '  │ 0 ',
      '  │ 1 ',
      '  │ 2 ',
      '  │ 3 ',
      '  │ 4 ',
      '  │ 5 ',
      '  │ …',
      '  정답:',
    ])
    for (const line of lines.slice(from)) expect(stringWidth(line)).toBeLessThanOrEqual(100)
  })

  test('of a compile error has what the compiler says, at most so many lines of it', () => {
    const log = Array.from({ length: 100 }, (_, index) => `main.c:${index}: error`).join('\n')
    const failed: GradeReport = {
      ...graded([report('a')]),
      verdict: 'compile-error',
      tests: [],
      compile: { ok: false, log },
    }
    const lines = summaryLines(failed, facts, page)
    expect(lines.slice(0, 3)).toEqual(['  ✖ 컴파일 에러 (CE)', '', '  │ main.c:0: error'])
    expect(lines).toHaveLength(33)
    expect(lines.at(-1)).toBe('  │ … 70 줄 더 있음 (--verbose로 모두 보기)')
    expect(summaryLines(failed, facts, { ...page, verbose: true })).toHaveLength(102)
  })
})

test('every verdict has its words', () => {
  const verdicts = Object.keys(verdictCodes) as Verdict[]
  expect(verdicts.map((verdict) => `${verdictCodes[verdict]} ${verdictName(verdict, 'ko')}`)).toEqual([
    'AC 맞았습니다',
    'WA 틀렸습니다',
    'TLE 시간 초과',
    'MLE 메모리 초과',
    'OLE 출력 초과',
    'RTE 런타임 에러',
    'CE 컴파일 에러',
  ])
  expect(new Set(verdicts.map((verdict) => verdictName(verdict, 'en'))).size).toBe(7)
})
