// Words for stages, gates and the like, as the views of a run print them.
import type { Locale } from '../contract/topics.ts'
import { type Artefact, type GateId, gateTitles, type Stage } from '../contract/verification.ts'

const korean: Record<GateId, string> = {
  G0: '답의 형식이 맞음',
  G1: '소스가 정상임',
  G2: '입력 명세가 먼저 있음',
  G3: '검증기가 옳음',
  G4: '모든 입력이 유효함',
  G5: '생성기가 정직함',
  G6: '정답이 실행됨',
  G7: '정답이 결정적임',
  G8: '예제가 참임',
  G9: '완전 탐색과 일치함',
  G10: '독립된 풀이와 일치함',
  G11: '답이 하나이거나 채점기가 있음',
  G12: '채점기가 옳음',
  G13: '변형된 오답을 잡음',
  G14: '잘못된 발상을 잡음',
  G15: '느린 풀이를 잡음',
  G16: '입력 공간을 덮음',
  G17: '지문과 데이터가 맞음',
  G18: '지문만으로 풀림',
  G19: '난이도를 측정함',
  G20: '새로운 문제임',
  G21: '출력이 깨끗함',
  G22: '다른 언어와 일치함',
  G23: '내보낼 바이트를 다시 채점함',
  G24: '증거가 완전함',
}

/** What a gate proves, in a few words. */
export function gateTitle(gate: GateId, locale: Locale): string {
  return locale === 'ko' ? korean[gate] : gateTitles[gate]
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
