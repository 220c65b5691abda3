// The report's own words, in Korean and English.
import type { Locale } from '../contract/topics.ts'
import type { ProgramRole } from '../contract/verification.ts'

const ko = {
  title: (name: string) => `검증 보고서: ${name}`,
  intro:
    '아래의 모든 수치는 프로그램을 실행하거나 데이터를 비교해서 얻은 것입니다. 모델이 자신에 대해 한 말은 들어 있지 않습니다.',
  verified: (gates: number) => `검증됨: 게이트 ${gates}개를 모두 통과했습니다.`,
  basic: (missing: string) => `기본 검증만 했습니다. 실행하지 않은 게이트: ${missing}`,
  glance: '한눈에 보기',
  question: '질문',
  answer: '답',
  topic: '주제와 난이도',
  made: '만든 때와 모델',
  rightHead: '정답 프로그램은 왜 맞는가',
  rightShort: (inputs: string, language: string) =>
    `서로의 코드를 보지 않고 쓴 세 프로그램(정답, 완전 탐색, ${language} 블라인드 풀이)이 비교한 모든 입력에서 같은 답을 냈습니다${inputs}.`,
  rightIntro:
    '세 프로그램은 서로를 보지 않고 쓰였습니다. 블라인드 풀이는 완성된 지문만 보고 쓴 것입니다. 아래는 실행으로 확인한 사실입니다.',
  testsHead: '테스트는 무엇을 잡고 무엇을 놓치는가',
  testsShort: (killed: number, mutants: number, refuted: number, wrong: number, open: number) =>
    `변이 ${mutants}개 중 ${killed}개와 틀린 풀이 ${wrong}개 중 ${refuted}개를 잡습니다. 놓칠 수 있는 것은 ${open === 0 ? '알려진 것이 없습니다' : `아래에 적은 ${open}가지입니다`}.`,
  mutationText: (m: { mutants: number; killed: number; equivalent: number; inputsTried: number; hunted: number }) =>
    `정답 프로그램을 한 곳씩 바꾼 변이 ${m.mutants}개 중 ${m.killed}개는 최종 테스트에서 다른 답을 내거나 멈춥니다. ${m.equivalent}개는 입력 ${m.inputsTried}개 중 어느 것으로도 구별되지 않아 같은 프로그램으로 봅니다. 테스트 ${m.hunted}개는 변이나 틀린 풀이, 드문 답을 잡으려고 명세에서 찾아낸 것입니다.`,
  survivorsHead: '테스트가 놓치는 변이',
  noSurvivors: '다른 입력으로는 구별되는데 최종 테스트가 놓치는 변이는 없습니다.',
  unkilledHead: '어떤 입력으로도 구별되지 않은 변이',
  unkilledText: '같은 뜻일 가능성이 높지만 증명된 것은 아닙니다. 이런 실수를 한 제출은 통과합니다.',
  line: '줄',
  before: '원래',
  after: '바꾼 뒤',
  wrongHead: '틀린 풀이와 느린 풀이',
  idea: '발상',
  result: '결과',
  firstFailure: '처음 틀리는 테스트',
  passesAll: '모든 테스트를 통과함 (이 발상은 잡지 못합니다)',
  boundsHead: '범위',
  boundsText: (reached: number, all: number) =>
    `변수의 최솟값과 최댓값 ${all}개 중 ${reached}개에 이르는 테스트가 있습니다.`,
  variable: '변수',
  least: '가장 작은 값',
  greatest: '가장 큰 값',
  missed: '이르지 못한 끝',
  leastMissed: '최솟값',
  greatestMissed: '최댓값',
  limitsHead: '제한은 어디에서 왔는가',
  limitsShort: (limit: number, slowest: number) =>
    `시간 제한 ${limit} ms는 정답 프로그램이 가장 느린 입력에서 쓴 ${slowest} ms에서 나왔습니다.`,
  rule: '규칙',
  ruleText: (r: { factor: number; slowest: number; inputs: number; step: number; least: number }) =>
    `${r.inputs}개의 입력 중 가장 느린 것에서 정답 프로그램이 쓴 CPU 시간 ${r.slowest} ms(두 번 재어 빠른 쪽)의 ${r.factor}배를 ${r.step} ms 단위로 올림하고, 적어도 ${r.least} ms로 합니다.`,
  slowText: (ms: number, limit: number) =>
    `맞지만 느린 풀이 중 가장 빠른 것은 ${ms} ms에서 멈춰 세웠습니다. 제한의 1.5배(${1.5 * limit} ms)를 주어도 시간 초과이므로 판정이 뒤집히지 않습니다.`,
  noSlow: '이 난이도에서는 느린 풀이가 시간 초과일 필요가 없습니다.',
  memoryText: (limit: number, used: number) =>
    `메모리 제한 ${limit} MiB. 정답 프로그램은 많아야 ${used} MiB를 썼습니다.`,
  limit: '제한',
  matrixHead: '프로그램과 테스트',
  matrixText: (samples: number, tests: number) =>
    `예제 ${samples}개, 그 다음 숨은 테스트 ${tests}개. 판정이 이미 정해진 프로그램은 남은 테스트에서 실행하지 않습니다.`,
  testsTableHead: '테스트와 다시 만드는 법',
  remakeShort: (command: string) =>
    `${command} 를 실행하면 17번 테스트를 씨앗에서 다시 만들어 저장된 것과 바이트까지 비교합니다. 다른 번호도 같습니다.`,
  remakeFewShort: (command: string) =>
    `${command} 를 실행하면 테스트를 씨앗에서 다시 만들어 저장된 것과 바이트까지 비교합니다.`,
  remakeText: '테스트 N번을 다시 만들기:',
  remakeDetail:
    '생성기로 만든 테스트는 표의 한 줄을 생성기 프로그램의 표준 입력으로 주면 나오고, 명세로 만든 테스트는 입력 명세의 그 이름을 가진 입력입니다. 두 경우 모두 난수는 그 줄과 명세에서만 나옵니다.',
  number: '번호',
  origin: '만든 법',
  bytes: '크기(바이트)',
  expected: '답',
  specOrigin: (family: string, name: string) => `명세 ${family} ${name}`,
  generatorOrigin: (line: string) => `생성기 «${line}»`,
  costHead: '비용',
  costShort: (usd: string, calls: number, seconds: string) =>
    `모델 호출 ${calls}번에 ${usd}, 실행한 프로그램의 CPU 시간 ${seconds}초.`,
  unknownCost: '값을 모르는 모델이 있어 금액은 적어도 그만큼입니다.',
  call: '호출',
  model: '모델',
  prompt: '프롬프트',
  tokensIn: '입력 토큰',
  tokensOut: '출력 토큰',
  thinking: '생각 토큰',
  price: '비용(달러)',
  duration: '시간(ms)',
  total: '합계',
  priceSource: (source: string, date: string) => `가격: ${source} (${date})`,
  executed: (batches: number, executions: number, cpu: string, elapsed: string) =>
    `실행 ${executions}번(묶음 ${batches}개), CPU ${cpu}초, 전체 ${elapsed}초.`,
  difficultyHead: '난이도',
  difficultyText: (claimed: string, measured: string) => `모델이 붙인 난이도 ${claimed}, 측정한 난이도 ${measured}.`,
  repairsHead: '수정',
  repairText: (artefact: string, gate: string) => `${artefact} (${gate}): `,
  noRepairs: '고칠 것이 없었습니다.',
  gatesHead: '게이트',
  gate: '게이트',
  checks: '확인한 것',
  evidence: '근거',
  versionsHead: '버전과 씨앗',
  seeds: (sampler: string, hash: string) => `명세에서 만든 입력의 씨앗 ${sampler}, 실행 때의 해시 씨앗 ${hash}.`,
  none: '없음',
  roles: {
    reference: '정답',
    'brute-force': '완전 탐색',
    solver: '블라인드 풀이',
    wrong: '틀린 풀이',
    slow: '느린 풀이',
    generator: '생성기',
    checker: '채점기',
  } satisfies Record<ProgramRole, string>,
  verdicts: {
    A: '맞음',
    W: '틀림',
    T: '시간 초과',
    M: '메모리 초과',
    O: '출력 초과',
    R: '런타임 에러',
    '.': '실행 안 함',
  } as Record<string, string>,
}

type Words = typeof ko

const en: Words = {
  title: (name) => `Verification report: ${name}`,
  intro:
    'Every figure below comes from executing programs or comparing data. Nothing in it is what the model says about itself.',
  verified: (gates) => `Verified: all ${gates} gates were run and passed.`,
  basic: (missing) => `Basic only. Gates that were not run: ${missing}`,
  glance: 'At a glance',
  question: 'Question',
  answer: 'Answer',
  topic: 'Topic and difficulty',
  made: 'Made at, by',
  rightHead: 'Why the reference solution is right',
  rightShort: (inputs, language) =>
    `Three programs written without sight of each other (reference, brute force, blind solution in ${language}) gave the same answer on every input they were compared on${inputs}.`,
  rightIntro:
    'The three programs were written without sight of each other; the blind solution was written from the finished statement alone. What follows was shown by execution.',
  testsHead: 'What the tests catch, and what they miss',
  testsShort: (killed, mutants, refuted, wrong, open) =>
    `They catch ${killed} of ${mutants} mutants and ${refuted} of ${wrong} wrong solutions. ${open === 0 ? 'Nothing is known that they miss.' : `What they may miss: the ${open} items listed below.`}`,
  mutationText: (m) =>
    `Of ${m.mutants} mutants, which are the reference with one place changed, ${m.killed} give another answer or fail on the final tests. ${m.equivalent} could not be told from the reference by any of ${m.inputsTried} inputs and are taken to be equivalent. ${m.hunted} tests were found in the spec's inputs to catch mutants, wrong solutions or rare answers.`,
  survivorsHead: 'Mutants that the tests miss',
  noSurvivors: 'There is no mutant that some other input tells apart and the final tests miss.',
  unkilledHead: 'Mutants that no input told apart',
  unkilledText: 'Most likely they mean the same; that is not proved. A submission with such a slip would pass.',
  line: 'Line',
  before: 'Before',
  after: 'After',
  wrongHead: 'Wrong and slow solutions',
  idea: 'Idea',
  result: 'Result',
  firstFailure: 'First failing test',
  passesAll: 'passes every test (this idea is not caught)',
  boundsHead: 'Bounds',
  boundsText: (reached, all) => `Tests reach ${reached} of the ${all} least and greatest values of the variables.`,
  variable: 'Variable',
  least: 'Least seen',
  greatest: 'Greatest seen',
  missed: 'End not reached',
  leastMissed: 'least',
  greatestMissed: 'greatest',
  limitsHead: 'Where the limits come from',
  limitsShort: (limit, slowest) =>
    `The time limit of ${limit} ms comes from the ${slowest} ms that the reference needs on its slowest input.`,
  rule: 'Rule',
  ruleText: (r) =>
    `${r.factor} × the ${r.slowest} ms of CPU time that the reference used on the slowest of ${r.inputs} inputs (the better of two runs), rounded up to ${r.step} ms, and at least ${r.least} ms.`,
  slowText: (ms, limit) =>
    `The quickest right-but-slow solution was stopped at ${ms} ms. It is out of time even with 1.5 times the limit (${1.5 * limit} ms), so no verdict flips.`,
  noSlow: 'At this difficulty no slow solution has to run out of time.',
  memoryText: (limit, used) => `Memory limit ${limit} MiB; the reference used at most ${used} MiB.`,
  limit: 'limit',
  matrixHead: 'Programs and tests',
  matrixText: (samples, tests) =>
    `${samples} samples, then ${tests} hidden tests. A program whose verdict is certain is not run on the rest.`,
  testsTableHead: 'The tests, and how to re-make them',
  remakeShort: (command) =>
    `${command} makes test 17 again from its seed and compares it with the stored one byte for byte; so for every number.`,
  remakeFewShort: (command) =>
    `${command} makes the tests again from their seeds and compares them with the stored ones byte for byte.`,
  remakeText: 'To re-make test number N:',
  remakeDetail:
    'A generated test is what the generator program prints when it reads the line in the table; a test made from the spec is the input of that name among those made from the input spec. In both cases chance comes from that line and the spec alone.',
  number: 'No.',
  origin: 'Made by',
  bytes: 'Bytes',
  expected: 'Answer',
  specOrigin: (family, name) => `spec ${family} ${name}`,
  generatorOrigin: (line) => `generator «${line}»`,
  costHead: 'What it cost',
  costShort: (usd, calls, seconds) =>
    `${usd} for ${calls} model calls, and ${seconds} s of CPU time of executed programs.`,
  unknownCost: 'The price of some model is not known: it is at least that much.',
  call: 'Call',
  model: 'Model',
  prompt: 'Prompt',
  tokensIn: 'Tokens in',
  tokensOut: 'Tokens out',
  thinking: 'Thinking',
  price: 'US dollars',
  duration: 'ms',
  total: 'Total',
  priceSource: (source, date) => `Prices: ${source} (${date})`,
  executed: (batches, executions, cpu, elapsed) =>
    `${executions} executions in ${batches} batches, ${cpu} s of CPU time, ${elapsed} s from start to end.`,
  difficultyHead: 'Difficulty',
  difficultyText: (claimed, measured) => `Labelled ${claimed} by the model, measured as ${measured}.`,
  repairsHead: 'Repairs',
  repairText: (artefact, gate) => `${artefact} (${gate}): `,
  noRepairs: 'Nothing had to be repaired.',
  gatesHead: 'Gates',
  gate: 'Gate',
  checks: 'Proves',
  evidence: 'Evidence',
  versionsHead: 'Versions and seeds',
  seeds: (sampler, hash) => `Seed of the inputs made from the spec ${sampler}; hash seeds of the runs ${hash}.`,
  none: 'none',
  roles: {
    reference: 'reference',
    'brute-force': 'brute force',
    solver: 'blind solution',
    wrong: 'wrong',
    slow: 'slow',
    generator: 'generator',
    checker: 'checker',
  },
  verdicts: {
    A: 'accepted',
    W: 'wrong answer',
    T: 'time limit',
    M: 'memory limit',
    O: 'output limit',
    R: 'runtime error',
    '.': 'not run',
  },
}

/** The words for a language. */
export const words: Readonly<Record<Locale, Words>> = { ko, en }
