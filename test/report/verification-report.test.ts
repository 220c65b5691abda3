// What the report claims is what its record shows, in both languages and both formats.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { authorProblemSchema } from '../../src/contract/problem.ts'
import type { Locale } from '../../src/contract/topics.ts'
import { koreanGateTitles, type MatrixRow, type Verification } from '../../src/contract/verification.ts'
import { texts } from '../../src/local/texts.ts'
import { verificationReport } from '../../src/report/verification-report.ts'
import { call, matrix, problem, row, tests, verification } from './record.ts'

const locales = ['ko', 'en'] as const
const both = ['markdown', 'html'] as const

function markdown(locale: Locale, parts: Partial<Verification> = {}, of: Parameters<typeof problem>[1] = {}): string {
  return verificationReport(problem(verification(parts), of), tests, locale).markdown
}

/** The answer to one of the five questions of the first table. */
function answer(page: string, question: 'right' | 'tests' | 'limits' | 'cost' | 'remake'): string {
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  return rows[2 + ['right', 'tests', 'limits', 'cost', 'remake'].indexOf(question)] ?? ''
}

/** From the heading that begins so to the next one of its kind. */
function section(page: string, heading: string): string {
  const from = page.indexOf(`\n${heading}`)
  const level = heading.slice(0, heading.indexOf(' ') + 1)
  const to = page.indexOf(`\n${level}`, from + 1)
  return from === -1 ? '' : page.slice(from, to === -1 ? undefined : to)
}

const withRow = (changed: MatrixRow): MatrixRow[] =>
  matrix.map((each) => (each.program === changed.program ? changed : each))

/** The page of a problem whose reference needs that long and whose limit is that. */
function limited(slowest: number, timeMs: number): string {
  const { limits } = verification()
  return markdown(
    'en',
    { limits: { ...limits, slowestReferenceCpuMs: slowest } },
    { limits: { timeMs, memoryBytes: limits.rule.memory?.leastBytes ?? 0, provisional: false } },
  )
}

describe('why the reference is right', () => {
  it('counts the brute force only where it answered, and says what it did elsewhere', () => {
    const text = answer(markdown('en'), 'right')
    expect(text).toContain('3 programs')
    expect(text).toContain('511 inputs to compare on, sample 1, tests 1–3.')
    expect(text).toContain('The answers of tests 4–5 are confirmed by 2 only (reference, blind solution).')
    expect(text).toContain('(brute force: test 4 not run, test 5 time limit)')
    const korean = answer(markdown('ko'), 'right')
    expect(korean).toContain('비교용 입력 511개, 예제 1, 테스트 1–3.')
    expect(korean).toContain('테스트 4–5의 답은 2개(정답, 블라인드 풀이)만 확인했습니다.')
    expect(korean).toContain('(완전 탐색: 테스트 4 실행 안 함, 테스트 5 시간 초과)')
  })

  it('speaks of three programs everywhere when all of them answered everywhere', () => {
    const text = answer(
      markdown('en', { matrix: withRow(row('brute-force', 1, 'AAAAAA', [2, 2, 2, 2, 3, 4])) }),
      'right',
    )
    expect(text).toContain('sample 1, tests 1–5.')
    expect(text).not.toContain('confirmed by')
    expect(text).not.toContain('(brute force')
  })

  it('does not hide a program that answers otherwise', () => {
    const text = answer(markdown('en', { matrix: withRow(row('solver', 2, 'AAAAWA', [1, 1, 1, 1, 2, 2])) }), 'right')
    expect(text).toContain('The answers of test 4 are the reference’s alone.')
    expect(text).toContain('(blind solution: test 4 wrong answer)')
  })

  it('names the largest input that all three finished, a test or one of those to compare on', () => {
    expect(answer(markdown('en'), 'right')).toContain('has 4 bytes (test 3); the largest test has 6.')
    const largest = { bytes: 900, values: { N: '100', M: '120', K: '3', 'E.w': '7' } }
    const sets = { proving: 1, generatorRuns: 1, small: 40, middle: 3, bruteForce: { finished: 43, largest } }
    expect(answer(markdown('en', { inputSets: sets }), 'right')).toContain('has 900 bytes (N 100, M 120, K 3);')
  })

  it('claims no comparison where the gates that compare were not run', () => {
    const gatesRun = verification().gatesRun.filter(({ gate }) => gate !== 'G10')
    expect(answer(markdown('en', { gatesRun }), 'right')).not.toContain('inputs to compare on')
  })

  it('says that reference or brute force were written again with the counter-example in sight', () => {
    const repair = { stage: 'proof', artefact: 'reference', gate: 'G9', evidence: 'on "1"' } as const
    expect(markdown('en', { repairs: [repair] })).toContain('were written again 1 time')
    expect(markdown('en')).not.toContain('were written again')
  })
})

describe('what the tests miss', () => {
  const page = markdown('en')

  it('is told in three groups', () => {
    const [a, b, c] = ['(a)', '(b)', '(c)'].map((name) => section(page, `### ${name}`))
    expect(a).toContain('pass every test: 0')
    expect(b).toContain('by no final test: 1')
    expect(b).toContain('| 2 | `n = half(n)` | `pass` | spec largest largest-greatest (1019012 bytes) | only slower |')
    expect(b).toContain('would exceed 4 MiB')
    expect(c).toContain('told apart: 2')
    expect(c).toContain('Probably they are equal programs, which is not proved; the score leaves them out.')
    expect(c).toContain('`print(+n)`')
    expect(c).not.toContain('half(n)` | `pass')
  })

  it('is summed up without calling the equal ones mistakes, and says what nobody tried', () => {
    const text = answer(page, 'tests')
    expect(text).toContain('7 of 10 mutants')
    expect(text).toContain('2 of 2 wrong solutions')
    expect(text).toContain('that answer otherwise on inputs that are no tests: 0; ')
    expect(text).toContain('only slower on inputs that are no tests: 1; ')
    expect(text).toContain('that no input told apart: 2 (probably equal programs)')
    expect(text).toContain('Ends of variables’ ranges that no test reaches: 1.')
    expect(text).toContain('were not tried')
    expect(section(page, '### What was not tried')).toContain(
      'other changes than these 10, two or more changes at once',
    )
  })

  it('names a wrong solution that passes every test', () => {
    const passing = markdown('en', { matrix: withRow(row('wrong', 4, 'AAAAAA', [2, 2, 2, 2, 3, 3])) })
    expect(section(passing, '### (a)')).toContain('overflows')
    expect(answer(passing, 'tests')).toContain('1 of 2 wrong solutions')
    expect(answer(passing, 'tests')).toContain('wrong solutions that pass: 1')
  })

  it('says of each wrong solution whether the samples alone would let it pass', () => {
    expect(page).toContain('1 of 2 wrong solutions fail a sample already; the samples alone would let 1 pass.')
    expect(page).toContain('| wrong: forgets zero | S1: wrong answer | 2: wrong answer |')
    expect(page).toContain('| wrong: overflows | passes all | 3: wrong answer |')
    expect(page).toContain('| slow: counts one by one | passes all | 5: time limit |')
  })

  it('shows the lines of the reference that it speaks of, folded in HTML', () => {
    expect(page).toContain('▸ 2  n = half(n)')
    const { html } = verificationReport(problem(), tests, 'en')
    expect(html).toMatch(/<details><summary>The reference \(python\).*<pre>▸ 1 {2}a = 1\n▸ 2 {2}n = half\(n\)\n/)
  })
})

describe('where the limits come from', () => {
  it('says when our minimum decided, and what the formula gives', () => {
    expect(answer(limited(52, 1_000), 'limits')).toContain(
      'is our minimum. The formula alone (3 × the reference’s 52 ms of CPU time, rounded up to 500 ms) gives 500 ms.',
    )
    expect(answer(markdown('ko'), 'limits')).toContain('우리가 정한 최솟값입니다.')
  })

  it('says when the formula decided', () => {
    const text = answer(limited(411, 1_500), 'limits')
    expect(text).toContain('1500 ms is 3 × the 411 ms')
    expect(text).not.toContain('minimum')
  })

  it('says when both give the same, and when the stored figures do not lead to the limit', () => {
    expect(answer(limited(200, 1_000), 'limits')).toContain('our minimum is the same')
    expect(answer(limited(501, 1_500), 'limits')).toContain('cannot be worked out again')
  })

  it('gives no time for a program that was stopped', () => {
    const text = section(markdown('en'), '## Where the limits')
    expect(text).toContain('1 of 1 slow solutions had not ended after 1500 ms of CPU time on test 5 and were stopped')
    expect(text).toContain('> 1500 ms, stopped · test 5')
    expect(text).toContain('The brute force does not count for the limit.')
    for (const locale of locales) {
      for (const format of both) {
        const pages = verificationReport(problem(), tests, locale)[format].replaceAll(/<svg.*?<\/svg>/gs, '')
        expect(pages).not.toMatch(/151[34]/)
      }
    }
  })

  it('gives the time and the verdict of a slow program that ended otherwise', () => {
    const slow = row('slow', 5, 'AAAA.M', [2, 2, 2, 2, -1, 580])
    const text = section(markdown('en', { matrix: withRow(slow) }), '## Where the limits')
    expect(text).toContain(
      '1 of 1 slow solutions were not stopped so; their slowest runs: 580 ms, memory limit · test 5.',
    )
    expect(text).not.toContain('had not ended')
  })

  it('does not draw programs beside each other that ran on small tests only', () => {
    const text = section(markdown('en'), '## Where the limits')
    expect(text).toContain('57 ms · test 5')
    expect(text).not.toContain('wrong:')
  })

  it('says where the memory limit comes from', () => {
    expect(markdown('en')).toContain(
      '2 × its use, rounded up to 64 MiB, is 128 MiB; the limit is our minimum of 256 MiB.',
    )
  })
})

describe('what it cost', () => {
  it('is a price list away where a model was paid', () => {
    const page = markdown('en')
    expect(answer(page, 'cost')).toContain('$0.0123 for 1 model calls with 160 tokens.')
    expect(page).toContain('Prices: price list (2026-03).')
    expect(page).not.toContain('stand-in')
  })

  it('is nothing with the stand-in, said at the top and without a price list', () => {
    const page = markdown('en', { calls: [call('scripted stand-in')] })
    expect(page.slice(0, page.indexOf('## '))).toContain('No real model was called.')
    expect(answer(page, 'cost')).toContain('Nothing: no real model was called.')
    expect(answer(page, 'cost')).not.toContain('$')
    expect(page).not.toContain('Prices:')
    expect(page).toContain('this run is no evidence that they are independent')
  })

  it('says what the CPU time leaves out', () => {
    expect(markdown('en')).toContain('compiling and checking sources (0.7 s by the clock)')
  })

  it('is at least that much where some price is not known', () => {
    const prices = { date: '2026-03', source: 'price list', known: false }
    expect(answer(markdown('en', { prices }), 'cost')).toContain('at least that much')
  })
})

describe('how to make a test again', () => {
  it('gives the command, the origin, and the line that the command says', () => {
    for (const locale of locales) {
      const page = markdown(locale)
      const remade = texts[locale].remade(5, 'generator maximum 1', 6, true)
      expect(page).toContain(`✔ ${remade}`)
      expect(answer(page, 'remake')).toContain(`npm start -- remake ${problem().problemId} 5`)
      expect(page).toContain(String.raw`printf 'maximum 1\n'`)
    }
  })

  it('takes test 17 for its example where there is one', () => {
    const many = Array.from({ length: 20 }, () => tests[0] ?? { input: '', output: '' })
    const origins = many.map((_, index) => ({ from: 'generator' as const, strategy: 'edge', seed: index + 1 }))
    const page = verificationReport(problem(verification(), { test_origins: origins }), many, 'en').markdown
    expect(answer(page, 'remake')).toContain('Test 17: generator, strategy edge, seed 17.')
  })

  it('gives the beginning of the SHA-256 of every input', () => {
    const page = markdown('en')
    for (const { input } of tests) {
      expect(page).toContain(createHash('sha256').update(input).digest('hex').slice(0, 16))
    }
  })
})

describe('the record', () => {
  it('gives a command that can be copied, pipe and all', () => {
    expect(markdown('en')).toMatch(/`npm start -s -- remake \S+ N --locale en \| sha256sum`/)
  })

  it('gives no time for G23, whose record is written before it judges', () => {
    expect(markdown('en')).toContain('| evidence of G23 | – |')
    expect(markdown('en')).toContain('| evidence of G13 | 1 |')
  })

  it('tells the known reasons of the difficulty in the language of the page', () => {
    const reasons = ['the naive solution fails: time-limit-exceeded', 'the reference has 232 syntax nodes', 'else']
    const difficulty = { claimed: 'medium', measured: 'medium', reasons } as const
    const korean = section(markdown('ko', { difficulty: { ...difficulty, reasons } }), '## 난이도')
    expect(korean).toContain('- 순진한 풀이(완전 탐색)가 통과하지 못함: time-limit-exceeded\n')
    expect(korean).toContain('- 정답 프로그램의 구문 노드 232개\n- else\n')
    expect(markdown('en', { difficulty: { ...difficulty, reasons } })).toContain(
      '- the reference has 232 syntax nodes\n',
    )
  })

  it('shows no fingerprint of a test that is not at hand', () => {
    expect(verificationReport(problem(), [], 'en').markdown).toContain(
      '| 1 | spec, family boundary, name smallest | – | – | – |',
    )
  })

  it('names the gates in the language of the page, at its end', () => {
    const page = markdown('ko')
    expect(page).toContain(`| G13 ✓ | ${koreanGateTitles.G13} | evidence of G13 |`)
    expect(page.lastIndexOf('\n## ')).toBe(page.indexOf('\n## 게이트'))
  })

  it('says why there are more records than gates', () => {
    const { gatesRun } = verification()
    const [first] = gatesRun
    const again = first === undefined ? [] : [{ ...first, outcome: 'failed' as const }, first]
    const page = markdown('en', { gatesRun: [...again, ...gatesRun.slice(1)] })
    expect(page).toContain('5 records of 4 gates; several records, for each reply or program or each time: G9.')
    expect(page).toContain('1 failed, and passed after a repair')
  })

  it('of an earlier version is read, and nothing is claimed that it does not have', () => {
    const { inputSets: _sets, ...rest } = verification()
    const { memory: _memory, margin: _margin, ...rule } = rest.limits.rule
    const { compileMs: _compile, ...totals } = rest.totals
    const { most: _most, ...mutation } = rest.mutation
    const survivors = mutation.survivors.map(({ witness: _witness, ...record }) => record)
    const earlier = { ...rest, totals, limits: { ...rest.limits, rule }, mutation: { ...mutation, survivors } }
    const document = authorProblemSchema.parse(problem(earlier))
    for (const locale of locales) {
      for (const format of both) {
        expect(verificationReport(document, tests, locale)[format]).not.toMatch(/undefined|NaN|\[object/)
      }
    }
    const page = verificationReport(document, tests, 'en').markdown
    expect(answer(page, 'right')).toContain('give the same answer: sample 1, tests 1–3.')
    expect(answer(page, 'tests')).toContain('told apart only by inputs that are no tests: 1')
    expect(page).toContain('| not recorded | not recorded | not recorded |')
  })

  it('cannot become markup, whatever a model called its ideas', () => {
    const [first, ...others] = problem().programs
    const evil = '<img src=x onerror=alert(1)> | `a` **b**'
    const programs = first === undefined ? [] : [first, ...others.map((each) => ({ ...each, idea: evil }))]
    const hostile = problem(verification(), { title: '<script>alert(1)</script>', programs })
    const { html, markdown: page } = verificationReport(hostile, tests, 'ko')
    // Between fences nothing is markup.
    const text = page.replaceAll(/^```text\n.*?^```$/gms, '')
    expect(html).not.toMatch(/<img|<script/)
    expect(text).not.toMatch(/(?<!\\)<(img|script)/)
    const rows = text.split('\n').filter((line) => line.includes('onerror'))
    expect(rows.every((line) => line.replaceAll(String.raw`\|`, '').split('|').length <= 5)).toBe(true)
  })
})
