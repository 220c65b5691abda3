// Words for verdicts and figures, as the views of a judging print them.
import type { ExecutionResult } from '../../contract/execution.ts'
import type { Checker, Verdict } from '../../contract/judging.ts'
import type { Locale } from '../../contract/topics.ts'

/** The short code by which everybody knows a verdict. */
export const verdictCodes: Readonly<Record<Verdict, string>> = {
  accepted: 'AC',
  'wrong-answer': 'WA',
  'time-limit-exceeded': 'TLE',
  'memory-limit-exceeded': 'MLE',
  'output-limit-exceeded': 'OLE',
  'runtime-error': 'RTE',
  'compile-error': 'CE',
}

const verdictNames: Readonly<Record<Locale, Record<Verdict, string>>> = {
  ko: {
    accepted: '맞았습니다',
    'wrong-answer': '틀렸습니다',
    'time-limit-exceeded': '시간 초과',
    'memory-limit-exceeded': '메모리 초과',
    'output-limit-exceeded': '출력 초과',
    'runtime-error': '런타임 에러',
    'compile-error': '컴파일 에러',
  },
  en: {
    accepted: 'accepted',
    'wrong-answer': 'wrong answer',
    'time-limit-exceeded': 'time limit',
    'memory-limit-exceeded': 'memory limit',
    'output-limit-exceeded': 'output limit',
    'runtime-error': 'runtime error',
    'compile-error': 'compile error',
  },
}

/** A verdict for people. */
export function verdictName(verdict: Verdict, locale: Locale): string {
  return verdictNames[locale][verdict]
}

/** A verdict's colour. */
export function verdictTone(verdict: Verdict): 'green' | 'red' | 'yellow' | 'magenta' {
  if (verdict === 'accepted') return 'green'
  if (verdict === 'wrong-answer' || verdict === 'compile-error') return 'red'
  return verdict === 'runtime-error' ? 'magenta' : 'yellow'
}

const outcomes: Readonly<Record<Locale, Record<Exclude<ExecutionResult['outcome'], 'exited'>, string>>> = {
  ko: {
    signalled: '시그널로 끝남',
    'cpu-limit': '시간 초과 (CPU)',
    'wall-limit': '시간 초과 (기다린 시간)',
    'memory-limit': '메모리 초과',
    'output-limit': '출력 초과',
    'sandbox-violation': '금지된 동작',
  },
  en: {
    signalled: 'killed by a signal',
    'cpu-limit': 'time limit exceeded (CPU)',
    'wall-limit': 'time limit exceeded (waiting)',
    'memory-limit': 'memory limit exceeded',
    'output-limit': 'output limit exceeded',
    'sandbox-violation': 'not permitted',
  },
}

/** How one run ended: `종료 코드 0`, `시그널로 끝남: SIGSEGV`. */
export function outcomeText({ outcome, exitCode, signal, violation }: ExecutionResult, locale: Locale): string {
  if (outcome === 'exited') return `${gradeLabels[locale].exitCode} ${exitCode ?? '?'}`
  const detail = outcome === 'signalled' ? signal : violation
  return `${outcomes[locale][outcome]}${detail === null || detail === undefined ? '' : `: ${detail}`}`
}

/** How outputs are compared, in a few words: `tokens`, `float 1e-6`, `testlib checker.cpp`. */
export function checkerText(checker: Checker): string {
  const letters = 'ignoreCase' in checker && checker.ignoreCase === true ? ' Aa=aa' : ''
  if (checker.kind === 'float') {
    const { absolute, relative } = checker
    return `float ${absolute === relative ? absolute : `abs ${absolute} rel ${relative}`}${letters}`
  }
  if (checker.kind !== 'custom') return checker.kind + letters
  return [checker.protocol, checker.program.files[0]?.name, ...checker.args].join(' ')
}

/** Other words of the views. */
export const gradeLabels = {
  ko: {
    tests: '테스트',
    limits: '제한',
    byDefault: '기본값',
    runtime: '실행 환경',
    checker: '비교',
    compiling: '컴파일하는 중',
    compiled: '컴파일 완료',
    compilerSays: '컴파일러의 말',
    passed: '통과',
    slowest: '가장 느림',
    largest: '메모리 최대',
    notRun: '실행하지 않음',
    allHint: '--all로 모든 테스트를 실행합니다',
    earlier: '앞의',
    firstFailure: '처음 실패한 테스트',
    input: '입력',
    answer: '정답',
    runAgain: '다시 실행',
    standardError: '표준 오류',
    exitCode: '종료 코드',
    signal: '시그널',
    cpu: 'CPU',
    wall: '경과',
    memory: '메모리',
    more: '줄 더 있음 (--verbose로 모두 보기)',
  },
  en: {
    tests: 'tests',
    limits: 'limits',
    byDefault: 'default',
    runtime: 'for its runtime',
    checker: 'compared by',
    compiling: 'compiling',
    compiled: 'compiled',
    compilerSays: 'the compiler says',
    passed: 'passed',
    slowest: 'slowest',
    largest: 'largest memory',
    notRun: 'not run',
    allHint: '--all runs every test',
    earlier: 'earlier',
    firstFailure: 'first failure',
    input: 'input',
    answer: 'answer',
    runAgain: 'run again',
    standardError: 'standard error',
    exitCode: 'exit code',
    signal: 'signal',
    cpu: 'CPU',
    wall: 'wall',
    memory: 'memory',
    more: 'more lines (--verbose shows all)',
  },
} as const satisfies Record<Locale, Record<string, string>>
