// The report's words in Korean; their type is the model for the other language.
import type { ProgramRole } from '../contract/verification.ts'

const MiB = 1024 * 1024

/** The figures of a time limit, in milliseconds. */
interface LimitFigures {
  readonly limit: number
  readonly slowest: number
  readonly factor: number
  readonly stepMs: number
  readonly leastMs: number
  readonly formula: number
}

/** The figures of a memory limit, in MiB. */
interface MemoryFigures {
  readonly factor: number
  readonly used: number
  readonly step: number
  readonly formula: number
  readonly least: number
}

export const ko = {
  title: (name: string) => `검증 보고서: ${name}`,
  intro:
    '아래 내용은 프로그램을 실행하거나 데이터를 비교한 기록에서 나왔습니다. 예외는 제공자가 센 토큰 수, 그리고 모델이 쓴 것으로 표시한 발상 설명과 난이도입니다.',
  verified: (gates: number) => `검증됨: 게이트 ${gates}개를 모두 통과했습니다.`,
  basic: (missing: string) => `기본 검증만 했습니다. 실행하지 않은 게이트: ${missing}`,
  standIn: (scripted: number, calls: number) =>
    scripted === calls
      ? '실제 모델을 부르지 않았습니다. 미리 준비된 답을 내는 대본 모델로 만든 문제이며, 비용은 없고 토큰 수는 대본 모델의 추정치입니다.'
      : `호출 ${calls}번 중 ${scripted}번은 실제 모델이 아니라 대본 모델이 답했습니다. 그 호출의 토큰 수는 추정치입니다.`,
  glance: '한눈에 보기',
  question: '질문',
  answer: '답',
  topic: '주제와 난이도',
  made: '만든 때와 모델',
  unknown: '기록 없음',

  rightHead: '정답 프로그램은 왜 맞는가',
  nothingCompared: '비교한 기록이 없습니다.',
  samples: (numbers: string, _count: number) => `예제 ${numbers}`,
  tests: (numbers: string, _count: number) => `테스트 ${numbers}`,
  comparisonInputs: (count: number) => `비교용 입력 ${count}개`,
  agree: (names: string, count: number, where: string) =>
    count > 1 ? `프로그램 ${count}개(${names})의 답이 같습니다: ${where}.` : `답이 ${names}의 것뿐입니다: ${where}.`,
  confirmedBy: (places: string, count: number, names: string) =>
    count > 1 ? `${places}의 답은 ${count}개(${names})만 확인했습니다.` : `${places}의 답은 ${names}의 것뿐입니다.`,
  absent: (role: string, cases: string) => `(${role}: ${cases})`,
  absence: (verdict: string, places: string) => `${places} ${verdict}`,
  largestByAll: (bytes: number, what: string, largest: number) =>
    `세 프로그램이 모두 끝낸 가장 큰 입력은 ${bytes}바이트${what === '' ? '' : `(${what})`}이고, 가장 큰 테스트는 ${largest}바이트입니다.`,
  independence:
    '세 프로그램은 서로의 코드를 보지 않는 따로따로의 호출에서 쓰였고, 블라인드 풀이는 완성된 지문만 보고 쓴 것입니다.',
  standInIndependence:
    '대본 모델에서는 셋 다 미리 준비된 프로그램이므로, 이 실행은 서로 독립이라는 증거가 되지 못합니다.',
  rewritten: (times: number) =>
    `정답이나 완전 탐색을 다시 쓴 일이 ${times}번 있습니다(아래 "수정"). 다시 쓸 때는 반례와 두 프로그램의 출력을 보았습니다.`,
  setsHead: '어떤 입력에서 확인했는가',
  set: '입력 묶음',
  count: '개수',
  what: '무엇인가',
  gates: '쓴 게이트',
  setSamples: '예제',
  setSamplesWhat: '입력은 문제 설계를 쓴 모델이 만들었고, 출력은 정답 프로그램을 실행한 것',
  setGenerated: '생성기 실행',
  setGeneratedWhat: (tests: number) => `모든 전략과 씨앗; 이 중 ${tests}개가 최종 테스트가 됨`,
  setProving: '시험용 입력',
  setProvingWhat: '예제, 명세의 경계 입력과 가장 큰 입력, 생성기 출력 (같은 것은 한 번만); 제한도 여기서 잼',
  setCompared: '비교용 입력',
  setComparedWhat: (small: number, middle: number, finished: number) =>
    `명세에서 만든 작은 입력 ${small}개와 중간 크기 입력 ${middle}개; 완전 탐색이 끝낸 것은 ${finished}개`,
  setTried: '변이를 시험한 입력',
  setTriedWhat:
    '예제, 그리고 시험용과 비교용 입력 가운데 짧은 것 (같은 것은 한 번만); 최종 테스트는 여기와 긴 시험용 입력에서 고름',
  setTests: '최종 테스트',
  setTestsWhat: (generated: number) => `생성기가 만든 것 ${generated}개, 나머지는 명세에서 만든 것; 예제와 함께 씀`,
  matrixHead: '프로그램과 테스트',
  matrixText: (samples: number, tests: number, stopMs: number) =>
    `예제 ${samples}개 다음에 숨은 테스트 ${tests}개입니다. 정답과 블라인드 풀이는 모두에서 실행합니다. 틀린 풀이는 예제와 작은 테스트 모두에서, 큰 테스트는 그때까지 틀리지 않은 것만 실행합니다. 완전 탐색과 느린 풀이는 가장 큰 테스트부터 작은 쪽으로 처음 실패할 때까지, 그다음 예제와 작은 테스트에서 실행합니다. 한 번의 실행은 CPU ${stopMs} ms에서 멈춥니다.`,

  testsHead: '테스트는 무엇을 잡고 무엇을 놓치는가',
  testsShort: (m: { killed: number; mutants: number; refuted: number; wrong: number }) =>
    `시도한 것 가운데, 정답의 한 곳을 바꾼 변이 ${m.mutants}개 중 ${m.killed}개와 틀린 풀이 ${m.wrong}개 중 ${m.refuted}개를 잡습니다.`,
  missedShort: (passing: number, s: { answer: number; time: number; unknown: number }, unkilled: number) =>
    `${[
      `놓치는 것: 통과한 틀린 풀이 ${passing}개`,
      `테스트에 없는 입력에서 답이 다른 변이 ${s.answer}개`,
      ...(s.time === 0 ? [] : [`테스트에 없는 입력에서 시간만 더 걸리는 변이 ${s.time}개`]),
      ...(s.unknown === 0 ? [] : [`테스트에 없는 입력으로만 구별되는 변이 ${s.unknown}개`]),
      `어떤 입력으로도 구별되지 않은 변이 ${unkilled}개${unkilled === 0 ? '' : '(아마 같은 프로그램)'}`,
    ].join(', ')}.`,
  boundsShort: (missed: number) => `변수 범위의 끝 ${missed}개에는 이르는 테스트가 없습니다.`,
  notTriedShort: '여러 곳이 함께 틀린 프로그램과 여기 없는 발상은 시도하지 않았습니다.',
  mutationText: (m: {
    mutants: number
    killed: number
    survivors: number
    equivalent: number
    inputsTried: number
    hunted: number
  }) =>
    `변이는 정답 프로그램의 한 곳을 바꾼 것입니다. ${m.mutants}개 = 예제나 최종 테스트에서 다른 답을 내거나 실패하거나 시간을 넘긴 ${m.killed}개 + 다른 입력에서만 구별된 ${m.survivors}개 + 구별되지 않은 ${m.equivalent}개. 게이트의 점수는 구별된 ${m.mutants - m.equivalent}개 가운데 잡은 비율입니다. 최종 테스트 중 ${m.hunted}개는 변이나 틀린 풀이, 드문 답을 잡으려고 비교용 입력에서 고른 것입니다.`,
  passingHead: (count: number) => `(가) 모든 테스트를 통과한 틀린 풀이: ${count}개`,
  nonePassing: '틀린 풀이로 주어진 것 중 모든 테스트를 통과한 것은 없습니다.',
  passingText: '틀린 풀이로 주어졌지만 테스트가 잡지 못합니다. 실제로 틀렸는지도 밝혀지지 않았습니다.',
  survivorsHead: (count: number) => `(나) 구별되지만 최종 테스트가 놓치는 변이: ${count}개`,
  noSurvivors: '다른 입력으로는 구별되는데 최종 테스트가 놓치는 변이는 없습니다.',
  survivorsText: '정답과 다르게 움직이는 입력이 있지만, 그런 입력이 최종 테스트에 없습니다.',
  witness: '구별하는 입력',
  witnessText: (made: string, bytes: number) => `${made} (${bytes}바이트)`,
  differs: '다른 점',
  differences: { answer: '답이 다르거나 실패함', time: '시간만 더 걸림' },
  whyNoTest: '테스트에 없는 까닭',
  leftOut: {
    bytes: (_tests: number, bytes: number) => `테스트 입력이 모두 합해 ${bytes / MiB} MiB를 넘게 됨`,
    count: (tests: number, _bytes: number) => `테스트는 많아야 ${tests}개`,
  },
  unkilledHead: (count: number) => `(다) 어떤 입력으로도 구별되지 않은 변이: ${count}개`,
  noUnkilled: '모든 변이가 어떤 입력에서든 구별되었습니다.',
  unkilledText: (inputs: number) =>
    `입력 ${inputs}개 중 어느 것에서도 정답과 다르지 않았습니다. 아마 같은 프로그램이지만 증명된 것은 아니며, 점수에는 넣지 않습니다.`,
  line: '줄',
  before: '원래',
  after: '바꾼 뒤',
  sourceHead: (language: string) => `정답 프로그램 (${language}), ▸는 위의 표에 있는 줄`,
  notTriedHead: '시도하지 않은 것',
  notTried: (mutants: number) => [
    `이 ${mutants}개 밖의 변이, 두 곳 이상을 함께 바꾼 변이, 그리고 아래 표에 없는 발상`,
    '여러 변수가 동시에 범위 끝에 이르는 모든 조합 (변수마다 따로 셉니다)',
  ],
  ideasHead: '틀린 풀이와 느린 풀이',
  ideasText: (bySamples: number, wrong: number) =>
    wrong === 0
      ? '틀린 풀이가 없습니다.'
      : `틀린 풀이 ${wrong}개 중 ${bySamples}개는 예제만으로도 걸립니다. 나머지 ${wrong - bySamples}개는 예제만 있었다면 통과합니다. 틀린 풀이는 처음 걸리는 곳, 느린 풀이는 실패한 곳을 적었습니다.`,
  idea: '발상 (모델의 설명)',
  samplesAlone: '예제만으로',
  hiddenTests: '숨은 테스트',
  passesAll: '모두 통과',
  passesSome: (run: number, all: number) => `실행한 ${run}개 통과 (${all}개 중)`,
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
  limitsShort: {
    formula: (f: LimitFigures) =>
      `시간 제한 ${f.limit} ms는 정답 프로그램이 가장 느린 입력에서 쓴 CPU ${f.slowest} ms의 ${f.factor}배를 ${f.stepMs} ms 단위로 올림한 값입니다.`,
    least: (f: LimitFigures) =>
      `시간 제한 ${f.limit} ms는 우리가 정한 최솟값입니다. 식(정답의 CPU ${f.slowest} ms × ${f.factor}, ${f.stepMs} ms 단위로 올림)만으로는 ${f.formula} ms입니다.`,
    both: (f: LimitFigures) =>
      `시간 제한 ${f.limit} ms는 정답 프로그램이 가장 느린 입력에서 쓴 CPU ${f.slowest} ms의 ${f.factor}배를 ${f.stepMs} ms 단위로 올림한 값이고, 우리가 정한 최솟값과도 같습니다.`,
    unclear: (f: LimitFigures) =>
      `시간 제한 ${f.limit} ms는 정답 프로그램이 가장 느린 입력에서 쓴 CPU 약 ${f.slowest} ms에서 나왔습니다. 저장된 수치가 반올림되어 식을 그대로 다시 계산할 수는 없습니다.`,
  },
  measured: (inputs: number, slowest: number) =>
    `정답 프로그램을 시험용 입력 ${inputs}개에서 두 번씩 실행해 입력마다 빠른 쪽을 택하면, 가장 느린 것이 CPU ${slowest} ms입니다 (문제를 만든 기계에서 잰 값; 어떤 기계와 언어 버전인지는 기록에 없습니다).`,
  ruleText: (r: {
    factor: number
    slowest: number
    product: number
    stepMs: number
    formula: number
    leastMs: number
  }) =>
    `${r.factor} × ${r.slowest} = ${r.product} ms를 ${r.stepMs} ms 단위로 올림하면 ${r.formula} ms이고, 적어도 ${r.leastMs} ms로 합니다:`,
  timeLimit: {
    formula: (ms: number) => `시간 제한 ${ms} ms (식이 정함)`,
    least: (ms: number) => `시간 제한 ${ms} ms (최솟값이 정함)`,
    both: (ms: number) => `시간 제한 ${ms} ms (식과 최솟값이 같음)`,
    unclear: (ms: number) => `시간 제한 ${ms} ms (저장된 수치로는 식과 맞지 않음)`,
  },
  otherRun: (ms: number, place: string) =>
    `그림의 정답 프로그램 ${ms} ms(${place})는 최종 테스트에서 한 번 더 실행한 값이라 식의 값과 다릅니다.`,
  slowText: (s: { slow: number; stopped: number; stopMs: number; at: string; ended: readonly string[] }) =>
    [
      ...(s.stopped === 0
        ? []
        : [
            `느린 풀이 ${s.slow}개 중 ${s.stopped}개는 ${s.at}에서 CPU ${s.stopMs} ms가 지나도 끝나지 않아 멈춰 세웠습니다. 얼마나 더 걸리는지는 모릅니다. 제한이 그만큼 길어도 판정은 같습니다.`,
          ]),
      ...(s.ended.length === 0
        ? []
        : [
            `느린 풀이 ${s.slow}개 중 ${s.ended.length}개는 그렇게 멈춰 세우지 않았습니다. 가장 느린 실행: ${s.ended.join('; ')}.`,
          ]),
    ].join(' '),
  noSlow: '느린 풀이가 없습니다.',
  bruteText: (run: string) => `완전 탐색은 제한의 계산에 넣지 않습니다. 가장 느린 실행: ${run}.`,
  memoryText: (limit: number, used: number) =>
    `메모리 제한 ${limit} MiB. 정답 프로그램은 많아야 ${used} MiB를 썼습니다.`,
  memoryRule: {
    formula: (m: MemoryFigures) => `그 ${m.factor}배를 ${m.step} MiB 단위로 올림한 값입니다.`,
    least: (m: MemoryFigures) =>
      `그 ${m.factor}배를 ${m.step} MiB 단위로 올림하면 ${m.formula} MiB이고, 제한은 우리가 정한 최솟값 ${m.least} MiB입니다.`,
    both: (m: MemoryFigures) =>
      `그 ${m.factor}배를 ${m.step} MiB 단위로 올림한 값이고, 우리가 정한 최솟값과도 같습니다.`,
    unclear: () => '',
  },
  limit: '제한',
  stopped: (ms: number) => `> ${ms} ms, 멈춤`,

  remakeHead: '테스트를 다시 만드는 법',
  noTests: '숨은 테스트가 없습니다.',
  remakeShort: (test: number) => `를 실행하면 ${test}번 테스트를 다시 만들어 저장된 것과 바이트까지 비교합니다.`,
  exampleOrigin: (test: number, origin: string) => `${test}번: ${origin}.`,
  /** Korean is the command's default. */
  localeOption: '',
  successLine: '성공하면 이 줄이 나오고, 이어서 입력이 나옵니다:',
  remade: (test: number, madeBy: string, bytes: number) =>
    `✔ 테스트 ${test} (${madeBy}, ${bytes}바이트): 저장된 것과 같습니다`,
  byGenerator:
    '생성기 테스트: 전략 이름과 씨앗을 빈칸 하나로 이은 한 줄(줄바꿈으로 끝남)을 생성기 프로그램(파이썬)의 표준 입력으로 줍니다. 소스는 문제 JSON의 test_generator_code에 있습니다. 출력에서 줄 끝의 빈칸을 지운 것이 테스트입니다.',
  exactLine: (test: number) => `예를 들어 테스트 ${test}:`,
  bySpec:
    '명세 테스트: 문제 JSON의 input_spec에서 만듭니다. 표의 계열과 이름이 곧 난수의 씨앗이고 다른 씨앗은 없습니다.',
  bySamples: '예제: 입력은 문제 설계를 쓴 모델이 만든 것이라 씨앗이 없고, 출력은 정답 프로그램을 실행한 것입니다.',
  fingerprint: (digits: number) => `SHA-256은 입력 바이트의 것이고 앞 ${digits}자리입니다. 확인:`,
  number: '번호',
  origin: '만든 법',
  bytes: '바이트',
  expected: '답',
  specOrigin: (family: string, name: string) => `명세, 계열 ${family}, 이름 ${name}`,
  generatorOrigin: (strategy: string, seed: number) => `생성기, 전략 ${strategy}, 씨앗 ${seed}`,

  costHead: '비용',
  costNothing: (calls: number) =>
    `실제 모델을 부르지 않아 비용이 없습니다. 대본 모델의 호출이 ${calls}번 있고, 토큰 수는 그 추정치입니다.`,
  costShort: (usd: string, calls: number, tokens: number) => `모델 호출 ${calls}번, 토큰 ${tokens}개, ${usd}.`,
  unknownCost: '값을 모르는 모델이 있어 금액은 적어도 그만큼입니다.',
  timeShort: (cpu: string, elapsed: string) => `실행한 프로그램의 CPU 시간 ${cpu}초, 처음부터 끝까지 ${elapsed}초.`,
  call: '호출',
  model: '모델',
  prompt: '프롬프트',
  tokensIn: '입력 토큰',
  tokensOut: '출력 토큰',
  thinking: '생각 토큰',
  price: '비용(달러)',
  duration: '시간(ms)',
  total: '합계',
  tokensText: '생각 토큰은 출력 토큰에 들어 있지 않고 따로 셉니다. 값은 출력 토큰과 같이 매깁니다.',
  standInTokens: '대본 모델의 토큰 수는 추정치이고 값은 0입니다.',
  priceSource: (source: string, date: string) => `가격: ${source} (${date})`,
  executed: (batches: number, executions: number, cpu: string, elapsed: string) =>
    `프로그램 실행 ${executions}번(묶음 ${batches}개)에 CPU ${cpu}초, 전체 ${elapsed}초.`,
  notInCpu:
    'CPU 시간에는 컴파일, 인터프리터가 켜지는 시간, 모델의 답을 기다린 시간, 입력을 만들고 테스트를 고르는 우리 코드가 들어 있지 않습니다. 이 기록 뒤에 하는 G23의 재실행은 어느 쪽에도 없습니다.',
  notInCpuMeasured: (compile: string) =>
    `CPU 시간에는 컴파일과 소스 검사(${compile}초, 벽시계), 인터프리터가 켜지는 시간, 모델의 답을 기다린 시간(위 표), 입력을 만들고 테스트를 고르는 우리 코드가 들어 있지 않습니다. 여러 일이 나란히 진행되므로 더해서 전체가 되지는 않습니다. 이 기록 뒤에 하는 G23의 재실행은 어느 쪽에도 없습니다.`,

  difficultyHead: '난이도',
  difficultyText: (claimed: string, measured: string) => `모델이 붙인 난이도 ${claimed}, 측정한 난이도 ${measured}.`,
  /** Reasons are stored in English; the known ones are told in Korean. */
  reason: (stored: string) =>
    stored
      .replace(/^the naive solution passes every test$/, '순진한 풀이(완전 탐색)가 모든 테스트를 통과함')
      .replace(/^the naive solution fails: /, '순진한 풀이(완전 탐색)가 통과하지 못함: ')
      .replace(/^the reference has (\d+) syntax nodes$/, '정답 프로그램의 구문 노드 $1개'),
  repairsHead: '수정',
  noRepairs: '고칠 것이 없었습니다.',
  versionsHead: '버전과 씨앗',
  seeds: (sampler: string, hash: string) =>
    `입력 명세의 지문 ${sampler}: G2가 명세를 시험한 입력의 씨앗이기도 합니다. 테스트의 씨앗은 테스트 표에 있습니다. 실행 때의 해시 씨앗 ${hash}.`,
  gatesHead: '게이트',
  gate: '게이트',
  checks: '확인한 것',
  evidence: '근거',
  gateCounts: (gates: number, records: number, repeated: string, failures: number) =>
    `게이트 ${gates}개의 기록 ${records}개${repeated === '' ? '' : `. 답이나 프로그램마다, 또는 다시 확인해서 기록이 여럿인 것: ${repeated}`}. ${failures === 0 ? '실패한 기록은 없습니다.' : `실패해서 고친 뒤 다시 확인한 기록 ${failures}개(✗).`}`,
  gateTimes:
    '시간은 그 게이트가 기다린 시간입니다. 같은 프로그램을 같은 바이트에서 다시 실행하지 않고 결과를 나눠 쓰므로, 앞선 게이트가 실행해 둔 결과를 쓰면 0에 가깝습니다.',
  gateLast:
    'G24의 실행 횟수는 그때까지 센 것입니다. G23은 이 기록이 든 바이트를 읽어 다시 만들고 다시 실행하며 결과를 나눠 쓰지 않습니다. 기록이 먼저 쓰이므로 시간은 없고, 실패하면 문제가 나가지 않습니다.',
  gateLanguage: ['근거는 저장된 문장 그대로이며 영어입니다.'] as readonly string[],
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
