// Words for stages, gates and the like, as the views of a run print them.
import type { Locale } from '../contract/topics.ts'
import { type Artefact, type GateId, gateTitles, koreanGateTitles, type Stage } from '../contract/verification.ts'

/** What a gate proves, in a few words. */
export function gateTitle(gate: GateId, locale: Locale): string {
  return locale === 'ko' ? koreanGateTitles[gate] : gateTitles[gate]
}

const stageNames: Record<Stage, Record<Locale, string>> = {
  blueprint: { ko: '문제 설계', en: 'blueprint' },
  programs: { ko: '프로그램 작성', en: 'programs' },
  proof: { ko: '실행 검증', en: 'proof' },
  statement: { ko: '지문 작성', en: 'statement' },
  publish: { ko: '저장', en: 'publish' },
}

export function stageName(stage: Stage, locale: Locale): string {
  return stageNames[stage][locale]
}

const artefactNames: Record<Artefact, Record<Locale, string>> = {
  blueprint: { ko: '설계', en: 'blueprint' },
  reference: { ko: '정답 프로그램', en: 'reference' },
  'brute-force': { ko: '완전 탐색 프로그램', en: 'brute force' },
  'wrong-solutions': { ko: '틀린 풀이와 느린 풀이', en: 'wrong and slow solutions' },
  checker: { ko: '채점기', en: 'checker' },
  solver: { ko: '지문만 보고 쓴 풀이', en: 'blind solution' },
  generator: { ko: '입력 생성기', en: 'generator' },
  statement: { ko: '지문', en: 'statement' },
}

export function artefactName(artefact: Artefact, locale: Locale): string {
  return artefactNames[artefact][locale]
}

/** Headings and labels of the result. */
export const labels = {
  ko: {
    constraints: '제한',
    limits: '실행 제한',
    input: '입력',
    output: '출력',
    example: '예제',
    exampleInput: '예제 입력',
    exampleOutput: '예제 출력',
    description: '문제',
    topic: '주제',
    difficulty: '난이도',
    author: '작성',
    standIn: '대본 모델',
    model: '모델',
    seed: '시드',
    table: '저장소',
    executor: '실행기',
    memory: '메모리',
    localSandbox: '이 컴퓨터의 샌드박스',
    calls: '호출',
    tokens: '토큰',
    cost: '비용',
    unknownPrice: '가격 모름',
    executions: '실행',
    characters: '자',
    passed: '통과',
    failed: '실패',
    skipped: '건너뜀',
    repairs: '수정',
    verification: '검증',
    notRun: '하지 않은 검증',
    provisional: '잠정',
    files: '파일',
    tests: '테스트',
    seconds: '초',
    stored: '저장됨',
    evidence: '근거',
  },
  en: {
    constraints: 'Constraints',
    limits: 'Limits',
    input: 'Input',
    output: 'Output',
    example: 'Example',
    exampleInput: 'Sample input',
    exampleOutput: 'Sample output',
    description: 'Problem',
    topic: 'Topic',
    difficulty: 'Difficulty',
    author: 'Author',
    standIn: 'scripted model',
    model: 'model',
    seed: 'seed',
    table: 'table',
    executor: 'executor',
    memory: 'memory',
    localSandbox: "this machine's sandbox",
    calls: 'calls',
    tokens: 'tokens',
    cost: 'cost',
    unknownPrice: 'price unknown',
    executions: 'executions',
    characters: 'characters',
    passed: 'passed',
    failed: 'failed',
    skipped: 'skipped',
    repairs: 'repairs',
    verification: 'Verification',
    notRun: 'not run',
    provisional: 'provisional',
    files: 'Files',
    tests: 'tests',
    seconds: 's',
    stored: 'stored',
    evidence: 'evidence',
  },
} as const satisfies Record<Locale, Record<string, string>>
