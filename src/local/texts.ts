// What the local command says to people, in Korean and English. Help is in help.ts, the run's own words in run-words.ts.
import type { Locale } from '../contract/topics.ts'

const list = (words: readonly string[]): string => words.join(', ')

/** The first few of many. */
function some(words: readonly string[], unit: string): string {
  const shown = 5
  const rest = words.length - shown
  return rest > 0 ? `${list(words.slice(0, shown))}, … (+${rest}${unit})` : list(words)
}

/** `256 KB`, `512 MB`: limits are round. */
function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1_000_000).toFixed(0)} MB`
}

/** Commands whose first operand is a problem. */
type ProblemCommand = 'judge' | 'verify' | 'export' | 'remake'

const sources: Record<Locale, Record<'tests' | 'package' | 'document' | 'stored', string>> = {
  ko: { tests: '테스트 폴더', package: 'Kattis 패키지', document: 'out/의 JSON 파일', stored: '저장된 문제의 id' },
  en: {
    tests: 'a folder of tests',
    package: 'a Kattis package',
    document: 'a JSON file of out/',
    stored: 'the ID of a stored problem',
  },
}

/** What a command takes as a problem. */
function taken(command: ProblemCommand, locale: Locale): string {
  const { tests, package: packages, document, stored } = sources[locale]
  const folders = { judge: [tests, packages], verify: [packages], export: [], remake: [] }
  return list([...folders[command], document, stored])
}

const ko = {
  // ---- command line
  unknownCommand: (word: string, near: string | undefined, known: readonly string[]) =>
    `"${word}"은(는) 없는 명령입니다.${near === undefined ? '' : ` 혹시 "${near}"인가요?`} 쓸 수 있는 명령: ${list(known)}`,
  unknownOption: (name: string, near: string | undefined) =>
    `${name}은(는) 없는 옵션입니다.${near === undefined ? '' : ` 혹시 ${near}인가요?`} --help로 모든 옵션을 볼 수 있습니다.`,
  needsValue: (name: string) => `${name}에 값이 필요합니다. "-"로 시작하는 값은 ${name}=값 으로 적어 주세요.`,
  takesNoValue: (name: string) => `${name}은(는) 값을 받지 않습니다.`,
  twice: (name: string) => `${name}이(가) 두 번 쓰였습니다. 한 번만 적어 주세요.`,
  notForCommand: (name: string, command: string) => `${name}은(는) ${command}와(과) 함께 쓸 수 없습니다.`,
  conflict: (one: string, other: string) => `${one}와(과) ${other}은(는) 함께 쓸 수 없습니다. 하나를 빼 주세요.`,
  surplus: (words: string) => `남는 낱말이 있습니다: ${words}. 띄어쓰기가 있는 값은 따옴표로 묶어 주세요.`,
  notOneOf: (name: string, value: string, valid: readonly string[], near: string | undefined) =>
    `${name}: "${value}"은(는) 쓸 수 없습니다.${near === undefined ? '' : ` 혹시 "${near}"인가요?`} 다음 중 하나여야 합니다: ${list(valid)}`,
  notWhole: (name: string, value: string, from: number, to: number) =>
    `${name}: "${value}"이(가) 아니라 ${from}부터 ${to}까지의 정수여야 합니다.`,
  notCost: (name: string, value: string, most: number) =>
    `${name}: "${value}"이(가) 아니라 0보다 크고 ${most} 이하인 금액(미국 달러)이어야 합니다.`,
  badRequest: '요청을 고쳐 주세요.',
  showNeedsId: 'show 뒤에 문제의 id를 적어 주세요. list로 볼 수 있습니다.',
  moreHelp: '도움말: npm start -- --help',
  // ---- environment
  unreadableEnv: (file: string, why: string) =>
    `${file} 파일을 읽을 수 없습니다 (${why}). UTF-8 텍스트 파일인지, 권한이 있는지 확인해 주세요.`,
  badVariable: (name: string, value: string) =>
    `환경 변수 ${name}의 값 "${value}"을(를) 쓸 수 없습니다. .env.example을 참고해 주세요.`,
  twoTableNames: (name: string, alias: string) =>
    `PROBLEMS_TABLE_NAME (${name})과 옛 이름 DYNAMODB_TABLE_NAME (${alias})의 값이 서로 다릅니다. 하나만 설정해 주세요.`,
  placeholderKey:
    '--api-key: "your-api-key-here"는 예시일 뿐 실제 키가 아닙니다. https://aistudio.google.com/apikey 에서 키를 만들거나, 옵션을 빼고 대본 모델로 실행해 주세요.',
  badKey: '--api-key: 키에는 띄어쓰기 없는 영문자, 숫자, 기호만 들어갈 수 있습니다.',
  keyMissing:
    '--model real에는 Gemini API 키가 필요합니다. -k 키, 환경 변수 GOOGLE_AI_API_KEY, 또는 .env의 GOOGLE_AI_API_KEY로 알려 주세요.',
  scenarioNeedsStandIn:
    '--scenario는 대본 모델에서만 쓸 수 있는데, API 키가 있어서 실제 모델이 선택되었습니다. --model stand-in을 더해 주세요.',
  tableNameMissing: '--table real에는 테이블 이름이 필요합니다. 환경 변수 PROBLEMS_TABLE_NAME으로 알려 주세요.',
  arnMissing: '--executor real에는 환경 변수 CODE_EXECUTOR_LAMBDA_ARN이 필요합니다.',
  localStackGone: (address: string) =>
    `LocalStack이 ${address} 에서 응답하지 않습니다. "docker run --rm -p 4566:4566 localstack/localstack"이나 "localstack start -d"로 시작하거나, 환경 변수 IS_LOCAL을 지우고 내장 대역을 써 주세요.`,
  unservedTopic: (topic: string, level: string | undefined, served: string) =>
    `대본 모델은 "${topic}"${level === undefined ? '' : ` (${level})`} 문제를 모릅니다. 아는 주제: ${served}. 실제 모델을 쓰려면 -k로 API 키를 알려 주세요.`,
  // ---- files and ports
  dataInUse: (folder: string) =>
    `데이터 폴더 ${folder}을(를) 다른 프로세스가 쓰고 있습니다. 그 프로세스를 끝내거나 --data로 다른 폴더를 골라 주세요.`,
  dataUnusable: (folder: string, why: string) =>
    `데이터 폴더 ${folder}을(를) 쓸 수 없습니다 (${why}). 권한을 확인하거나 --data로 다른 폴더를 골라 주세요.`,
  outUnwritable: (folder: string, why: string) =>
    `--out: 폴더 ${folder}에 쓸 수 없습니다 (${why}). 권한을 확인하거나 다른 폴더를 골라 주세요.`,
  recordUnwritable: (file: string, why: string) => `--record: 파일 ${file}에 쓸 수 없습니다 (${why}).`,
  scenarioUnreadable: (file: string, why: string) => `--scenario: 파일 ${file}을(를) 읽을 수 없습니다 (${why}).`,
  scenarioWrong: (file: string, mistakes: string) =>
    `--scenario: ${file}에 잘못된 곳이 있습니다.\n${mistakes
      .replaceAll(/^line (\d+)(?:, column (\d+))?: /gm, (_all, line: string, column?: string) =>
        column === undefined ? `${line}번째 줄: ` : `${line}번째 줄 ${column}번째 글자: `,
      )
      .replaceAll(': unknown; valid are ', ': 모르는 값입니다. 쓸 수 있는 값: ')
      .replaceAll(': unknown field', ': 모르는 항목입니다')
      .replaceAll(': not JSON: ', ': JSON이 아닙니다: ')}`,
  portInUse: (port: number) =>
    `--serve: 포트 ${port}은(는) 이미 쓰이고 있습니다. --serve ${port + 1} 처럼 다른 포트를 골라 주세요.`,
  portRefused: (port: number, why: string) => `--serve: 포트 ${port}을(를) 열 수 없습니다 (${why}).`,
  saveFailed: (why: string) => `문제는 저장되었지만 파일을 쓰지 못했습니다 (${why}).`,
  // ---- the run
  requestRefused: (status: number, message: string) => `요청이 거절되었습니다 (${status}): ${message}`,
  unreachable: '생성기가 응답하지 않습니다. --verbose로 자세한 기록을 볼 수 있습니다.',
  tableUnreachable: '테이블을 쓸 수 없습니다.',
  notStored: '문제를 다시 읽었더니 받은 것과 달랐습니다. 저장되지 않은 것으로 봅니다.',
  cancelling: '취소하는 중입니다. 바로 끝내려면 Ctrl-C를 한 번 더 눌러 주세요.',
  cancelled: '취소되었습니다.',
  cancelUnconfirmed: '취소를 확인하지 못하고 끝냈습니다.',
  endedBeforeCancel: '취소하기 전에 문제가 완성되어 저장되었습니다.',
  internal: '프로그램 오류입니다. 아래 내용을 알려 주시면 고치겠습니다.',
  tableHint: '테이블이 없으면 --setup으로 만들 수 있습니다. AWS 자격 증명과 리전도 확인해 주세요.',
  sandboxHint:
    '샌드박스에는 리눅스와 Python 3.11 이상, gcc가 필요합니다 (npm run setup). 다른 운영체제에서는 EXECUTOR_COMMAND를 설정하세요 (docs/sandbox.md).',
  keyHint: '-k나 GOOGLE_AI_API_KEY의 키를 확인해 주세요.',
  copiesHint:
    '대본 모델이 이 주제와 난이도로 아는 문제는 이미 저장되어 있습니다. 다른 주제나 난이도를 고르거나, --data로 다른 데이터베이스를 쓰거나, -k로 실제 모델을 쓰세요.',
  recorded: (file: string, command: string) =>
    `모델과 주고받은 내용을 ${file}에 저장했습니다. 다시 재생하려면: ${command}`,
  // ---- judge and run
  judgeNeeds:
    'judge 뒤에 문제(폴더, JSON 파일, 저장된 문제의 id)와 소스 파일을 차례로 적어 주세요: npm start -- judge 문제 소스',
  remakeNeeds: 'remake 뒤에 문제를 적어 주세요: npm start -- remake <out/의 JSON 파일 | ID> [테스트 번호]',
  noSuchTest: (number: string, count: number) =>
    `테스트 번호 "${number}"이(가) 없습니다. 1부터 ${count}까지 적어 주세요.`,
  remade: (test: number, madeBy: string, bytes: number, same: boolean) =>
    `테스트 ${test} (${madeBy}, ${bytes}바이트): ${same ? '저장된 것과 같습니다' : '저장된 것과 다릅니다'}`,
  remadeAll: (same: number, all: number) => `테스트 ${all}개 중 ${same}개가 바이트까지 같습니다.`,
  runNeeds: 'run 뒤에 소스 파일을 적어 주세요: npm start -- run 소스',
  noInput: '입력 없이 실행합니다. --input 파일이나 파이프로 입력을 줄 수 있습니다.',
  notNumber: (name: string, value: string, from: number, to: number) =>
    `${name}: "${value}"이(가) 아니라 ${from}부터 ${to}까지의 수여야 합니다.`,
  standardInput: '표준 입력',
  fileUnreadable: (file: string, why: string) => `${file}을(를) 읽을 수 없습니다 (${why}).`,
  isPipe: '이름 있는 파이프. 표준 입력으로 읽으려면 -',
  fileTooLarge: (file: string, most: number) => `${file}이(가) 너무 큽니다. ${size(most)}까지 쓸 수 있습니다.`,
  fileNotUtf8: (file: string) => `${file}이(가) UTF-8 텍스트가 아닙니다. UTF-8로 바꿔서 저장해 주세요.`,
  unknownExtension: (file: string, known: readonly string[], isSubmission: boolean) =>
    `${file}: 확장자로 언어를 알 수 없습니다. ${isSubmission ? '--language로 알려 주거나 ' : ''}다음 확장자를 쓰세요: ${list(known)}`,
  stdinNeedsLanguage: '소스를 표준 입력에서 읽을 때는 --language로 언어를 알려 주세요.',
  sourceIsFolder: (path: string) =>
    `${path}은(는) 폴더입니다. 소스 파일 하나를 적어 주세요. 차례는 "judge 문제 소스", "run 소스"입니다.`,
  noSuchProblem: (word: string) =>
    `"${word}": 그런 폴더나 파일이 없고, 그런 id로 저장된 문제도 없습니다. 경로를 확인하거나 list로 id를 확인해 주세요.`,
  unpackFirst: (file: string) => `${file}: 압축 파일은 읽지 않습니다. 먼저 풀고 그 폴더를 적어 주세요.`,
  noTests: (target: string) =>
    `${target}: 테스트가 없습니다. 입력은 1.in, 정답은 1.ans나 1.out 같은 이름으로 넣어 주세요.`,
  noPackageTests: (folder: string) =>
    `${folder}: 패키지에 테스트가 없습니다. data/sample이나 data/secret에 1.in과 1.ans 같은 파일이 있어야 합니다.`,
  noDocumentTests: (file: string, id: string | undefined) =>
    `${file}: 테스트(test_cases)가 없는 문제입니다. ${id === undefined ? '모든 테스트가 들어 있는 out/의 JSON 파일을 쓰세요.' : `저장된 문제로 채점해 보세요: npm start -- judge ${id} 소스`}`,
  withoutAnswer: (inputs: readonly string[], endings: readonly string[]) =>
    `정답이 없는 입력이 있습니다: ${some(inputs, '개')}. 같은 이름의 ${endings.join('나 ')} 파일을 넣거나 입력을 지워 주세요.`,
  withoutInput: (answers: readonly string[]) =>
    `입력이 없는 정답이 있습니다: ${some(answers, '개')}. 같은 이름의 .in 파일을 넣거나 정답을 지워 주세요.`,
  twoAnswers: (one: string, other: string) =>
    `${one}과(와) ${other}의 내용이 다릅니다. 어느 쪽이 정답인지 알 수 없으니 하나만 남겨 주세요.`,
  tooManyTests: (found: number, most: number) =>
    `테스트가 ${found}개입니다. 한 번에 ${most}개까지 채점할 수 있으니 폴더를 나눠 주세요.`,
  testsTooLarge: (bytes: number, most: number) =>
    `테스트가 모두 ${size(bytes)}입니다. 한 번에 ${size(most)}까지 채점할 수 있으니 폴더를 나눠 주세요.`,
  tooManyFiles: (folder: string, most: number) =>
    `${folder} 아래에 파일이 ${most}개가 넘습니다. 테스트가 들어 있는 폴더를 적어 주세요.`,
  badFile: (file: string, why: string) => `${file}의 내용을 쓸 수 없습니다. ${why}`,
  takes: (command: ProblemCommand) => `${command}에 쓸 수 있는 문제: ${taken(command, 'ko')}.`,
  notProblemJson: (command: ProblemCommand) => `문제가 든 JSON이 아닙니다. ${ko.takes(command)}`,
  badPart: (part: string) => `${part}: 없거나 잘못된 항목입니다.`,
  isFolder: (target: string, command: ProblemCommand) => `${target}은(는) 폴더입니다. ${ko.takes(command)}`,
  notSeconds: '초 단위의 수여야 합니다.',
  unsupportedPackage: (folder: string, what: string) => `${folder}: 여기서는 채점할 수 없는 패키지입니다 (${what}).`,
  flagsDiffer: (one: string, other: string) =>
    `출력 검사기의 인자가 테스트마다 다른 패키지는 채점할 수 없습니다 (${one}, ${other}). --checker로 비교하는 법을 정해 주세요.`,
  validatorUnused: (path: string) => `알림: problem.yaml에 validation: custom이 없어서 ${path}을(를) 쓰지 않습니다.`,
  validatorMissing: (folder: string) =>
    `${folder}: problem.yaml은 validation: custom이라고 하는데 output_validators에 소스가 없습니다.`,
  severalValidators: (paths: readonly string[]) =>
    `출력 검사기가 여럿입니다: ${list(paths)}. --checker kattis:파일 로 하나를 골라 주세요.`,
  badFlag: (folder: string, flag: string) =>
    `${folder}: 출력 검사기의 인자 "${flag}"을(를) 알 수 없거나 값이 잘못되었습니다.`,
  spacesAndFloats: (folder: string) =>
    `${folder}: space_change_sensitive와 실수 허용 오차를 함께 쓸 수 없습니다. --checker로 비교하는 법을 정해 주세요.`,
  caseMatters: '알림: 이 패키지는 대소문자를 가리지 않지만 여기서는 가립니다. "Yes"와 "YES"는 다른 답으로 봅니다.',
  scoringIgnored: '알림: 점수제 문제이지만 점수는 매기지 않고 맞고 틀림만 봅니다.',
  timeLimitInferred:
    '알림: 패키지에 시간 제한이 없습니다 (Kattis는 정답들의 실행 시간에서 정합니다). 기본값을 쓰니 --time-limit로 정해 주세요.',
  outputLimitLowered: (most: string) => `알림: 패키지의 출력 제한이 너무 커서 ${most}로 합니다.`,
  answerBeyondLimit: (most: string) => `알림: 출력 제한(${most})보다 큰 정답이 있습니다. 그 테스트는 맞을 수 없습니다.`,
  onlySamples: '알림: 예제로만 채점합니다. 숨겨진 테스트가 없으니 통과해도 정답이라고 할 수 없습니다.',
  byteOrderMark: (first: string, times: number) =>
    `알림: 테스트 파일이 바이트 순서 표식(BOM)으로 시작합니다 (${first}${times === 1 ? '' : ` 등 ${times}개`}). 프로그램은 이것을 글자로 읽으니 BOM 없이 저장해 주세요.`,
  windowsLineEnds: (first: string, times: number) =>
    `알림: 입력에 Windows 줄바꿈(\\r\\n)이 있습니다 (${first}${times === 1 ? '' : ` 등 ${times}개`}). 줄 단위로 읽는 프로그램이 틀릴 수 있습니다.`,
  timeOutOfRange: (seconds: number, from: number, to: number) =>
    `문제의 시간 제한 ${seconds}초는 쓸 수 없습니다. ${from}초부터 ${to}초까지 되니 --time-limit로 정해 주세요.`,
  memoryOutOfRange: (memory: string, from: number, to: number) =>
    `문제의 메모리 제한 ${memory}는 쓸 수 없습니다. ${from} MiB부터 ${to} MiB까지 되니 --memory로 정해 주세요.`,
  noSuchChecker: (word: string, known: readonly string[], near: string | undefined) =>
    `--checker: "${word}"(이)라는 비교 방법도 파일도 없습니다.${near === undefined ? '' : ` 혹시 "${near}"인가요?`} 쓸 수 있는 것: ${list(known)}, 채점기 소스 파일`,
  testlibMissing: (file: string) =>
    `${file}: testlib.h가 옆에 없습니다. https://github.com/MikeMirzayanov/testlib 에서 받아 같은 폴더에 넣어 주세요.`,
  checkerHasScripts: (folder: string) =>
    `${folder}: build나 run 스크립트로 만드는 채점기는 쓸 수 없습니다. --checker kattis:파일 로 소스를 알려 주세요.`,
  checkerMainUnclear: (folder: string, sources: readonly string[]) =>
    sources.length === 0
      ? `${folder}: 채점기의 소스가 없습니다.`
      : `${folder}: 어느 파일이 채점기인지 알 수 없습니다 (${list(sources)}). --checker kattis:파일 로 알려 주세요.`,
  programRefused: (path: string, why: string) => `${path}: 채점기로 쓸 수 없습니다. ${why}`,
  checkerRefused: (why: string) => `채점기를 쓸 수 없습니다. ${why}`,
  executorUnavailable: (why: string) => `프로그램을 실행할 수 없습니다. ${why}`,
  judgingRefused: (why: string) => `채점할 수 없습니다. ${why}`,
  // ---- library
  noProblems: '아직 저장된 문제가 없습니다. npm start 로 만들어 보세요.',
  unknownId: (id: string) => `"${id}"(으)로 시작하는 문제가 없습니다. list로 id를 확인해 주세요.`,
  nothingUnfinished: '끊긴 생성이 없습니다.',
  severalUnfinished: (ids: readonly string[]) =>
    `끊긴 생성이 여럿입니다. resume 뒤에 id를 적어 주세요:\n${ids.join('\n')}`,
  unknownRun: (id: string, ids: readonly string[]) =>
    `"${id}"(으)로 시작하는 생성이 없습니다.${ids.length === 0 ? '' : ` 끊긴 생성:\n${ids.join('\n')}`}`,
  runOfSomebody: (id: string) =>
    `${id} 생성은 --serve에 로그인한 사람의 것입니다. 그 사람의 토큰과 처음의 requestId로 다시 요청하면 이어집니다.`,
  alreadyEnded: (id: string, status: string) =>
    `${id} 생성은 이미 끝났습니다 (${status}).${status === 'COMPLETED' ? ` show ${id}로 볼 수 있습니다.` : ''}`,
  ambiguousId: (id: string, ids: readonly string[]) => `"${id}"(으)로 시작하는 문제가 여럿입니다:\n${ids.join('\n')}`,
  columns: { problemId: 'id', title: '제목', topic: '주제', difficulty: '난이도', createdAt: '만든 때' },
  tableUnreadable: (where: string) => `저장소 ${where}을(를) 읽을 수 없습니다.`,
  // ---- setup and serve
  tableReady: (name: string, where: string) => `테이블 ${name} 준비 완료 (${where})`,
  setupFailed: (where: string, why: string) =>
    `테이블을 만들 수 없습니다 (${where}: ${why}). AWS 자격 증명과 리전을 확인해 주세요.`,
  serving: (address: string) => `주소        ${address}`,
  servingPage: (address: string) => `디버그 화면 ${address}/`,
  servingCurl: (line: string) => `명령줄      ${line}`,
  servingEnd: 'Ctrl-C로 끝냅니다.',
  servingToken: (line: string) => `로그인      ${line}`,
  // ---- token
  tokenNeedsUser: '누구의 토큰인지 알려 주세요: npm start -- token --user alice',
  badUser: (user: string) =>
    `--user: "${user}"을(를) 쓸 수 없습니다. 글자, 숫자, 점, 밑줄, 붙임표로 60자까지 적어 주세요.`,
  tokenNeedsFolder: 'token은 --data 폴더의 키로 서명합니다. :memory: 대신 폴더를 골라 주세요.',
  tokenUse: (address: string) =>
    `12시간 동안 쓸 수 있습니다. --serve로 연 곳에 이렇게 보내 주세요: curl -H "X-Custom-Auth-Token: Bearer <토큰>" ${address}/…`,
  issuerKeyUnusable: (file: string, why: string) =>
    `서명 키 ${file}을(를) 쓸 수 없습니다 (${why}). 권한을 확인하거나 파일을 지워 주세요. 지우면 새로 만들고, 이전 토큰은 쓸 수 없게 됩니다.`,
}
export type Texts = typeof ko

const en: Texts = {
  unknownCommand: (word, near, known) =>
    `"${word}" is not a command.${near === undefined ? '' : ` Did you mean "${near}"?`} Commands: ${list(known)}`,
  unknownOption: (name, near) =>
    `${name} is not an option.${near === undefined ? '' : ` Did you mean ${near}?`} --help lists all of them.`,
  needsValue: (name) => `${name} needs a value. Write a value that starts with "-" as ${name}=value.`,
  takesNoValue: (name) => `${name} takes no value.`,
  twice: (name) => `${name} is given twice. Give it once.`,
  notForCommand: (name, command) => `${name} does not go with ${command}.`,
  conflict: (one, other) => `${one} and ${other} do not go together. Leave one of them out.`,
  surplus: (words) => `There are words too many: ${words}. Put a value with blanks into quotes.`,
  notOneOf: (name, value, valid, near) =>
    `${name}: "${value}" is not possible.${near === undefined ? '' : ` Did you mean "${near}"?`} Valid: ${list(valid)}`,
  notWhole: (name, value, from, to) => `${name}: must be a whole number from ${from} to ${to}, not "${value}".`,
  notCost: (name, value, most) => `${name}: must be US dollars above 0 and up to ${most}, not "${value}".`,
  badRequest: 'Please correct the request.',
  showNeedsId: 'show needs the id of a problem; list shows them.',
  moreHelp: 'Help: npm start -- --help --locale en',
  unreadableEnv: (file, why) => `${file} cannot be read (${why}). It must be a UTF-8 text file that you may read.`,
  badVariable: (name, value) => `The environment variable ${name} cannot be "${value}". See .env.example.`,
  twoTableNames: (name, alias) =>
    `PROBLEMS_TABLE_NAME (${name}) and its older alias DYNAMODB_TABLE_NAME (${alias}) differ. Set one of them.`,
  placeholderKey:
    '--api-key: "your-api-key-here" is only a placeholder. Create a key at https://aistudio.google.com/apikey, or leave the option out to run with the scripted model.',
  badKey: '--api-key: a key consists of letters, digits and signs without blanks.',
  keyMissing:
    '--model real needs a Gemini API key: give -k KEY, or set GOOGLE_AI_API_KEY in the environment or in .env.',
  scenarioNeedsStandIn:
    '--scenario works with the scripted model only, but there is an API key, which chooses the real one. Add --model stand-in.',
  tableNameMissing: '--table real needs the name of the table: set PROBLEMS_TABLE_NAME.',
  arnMissing: '--executor real needs CODE_EXECUTOR_LAMBDA_ARN in the environment.',
  localStackGone: (address) =>
    `LocalStack does not answer at ${address}. Start it with "docker run --rm -p 4566:4566 localstack/localstack" or "localstack start -d", or unset IS_LOCAL to use the embedded stand-ins.`,
  unservedTopic: (topic, level, served) =>
    `The scripted model knows no problem about "${topic}"${level === undefined ? '' : ` (${level})`}. It knows: ${served}. For a real model give an API key with -k.`,
  dataInUse: (folder) =>
    `The data folder ${folder} is in use by another process. End that one, or choose another folder with --data.`,
  dataUnusable: (folder, why) =>
    `The data folder ${folder} cannot be used (${why}). Check its permissions, or choose another folder with --data.`,
  outUnwritable: (folder, why) =>
    `--out: the folder ${folder} cannot be written to (${why}). Check its permissions, or choose another one.`,
  recordUnwritable: (file, why) => `--record: the file ${file} cannot be written (${why}).`,
  scenarioUnreadable: (file, why) => `--scenario: the file ${file} cannot be read (${why}).`,
  scenarioWrong: (file, why) => `--scenario: ${file} has mistakes.\n${why}`,
  portInUse: (port) => `--serve: port ${port} is in use. Choose another one, such as --serve ${port + 1}.`,
  portRefused: (port, why) => `--serve: port ${port} cannot be opened (${why}).`,
  saveFailed: (why) => `The problem is stored, but its files could not be written (${why}).`,
  requestRefused: (status, message) => `The request was refused (${status}): ${message}`,
  unreachable: 'The generator does not answer. --verbose shows its log.',
  tableUnreachable: 'The table cannot be used.',
  notStored: 'The problem that was read back differs from the one received. It does not count as stored.',
  cancelling: 'Cancelling. Press Ctrl-C again to stop at once.',
  cancelled: 'Cancelled.',
  cancelUnconfirmed: 'Stopped without a confirmation of the cancellation.',
  endedBeforeCancel: 'The problem was finished and stored before it could be cancelled.',
  internal: 'This is a defect of the program. Please report what follows.',
  tableHint: 'If the table does not exist, --setup creates it. Check the AWS credentials and the region, too.',
  sandboxHint:
    'The sandbox needs Linux, Python 3.11 or newer and gcc (npm run setup). Elsewhere set EXECUTOR_COMMAND (docs/sandbox.md).',
  keyHint: 'Check the key given with -k or GOOGLE_AI_API_KEY.',
  copiesHint:
    'What the scripted model knows of this topic and difficulty is stored already. Choose another topic or difficulty, another database with --data, or a real model with -k.',
  recorded: (file, command) => `The exchange with the model is saved in ${file}. To replay it: ${command}`,
  judgeNeeds:
    'judge needs a problem (a folder, a JSON file, the id of a stored problem) and a source file: npm start -- judge PROBLEM SOURCE',
  remakeNeeds: 'remake needs a problem: npm start -- remake <a JSON file of out/ | ID> [number of a test]',
  noSuchTest: (number: string, count: number) => `There is no test "${number}": give a number from 1 to ${count}.`,
  remade: (test: number, madeBy: string, bytes: number, same: boolean) =>
    `test ${test} (${madeBy}, ${bytes} bytes): ${same ? 'the same as the stored one' : 'not the stored one'}`,
  remadeAll: (same: number, all: number) => `${same} of ${all} tests are the same, byte for byte.`,
  runNeeds: 'run needs a source file: npm start -- run SOURCE',
  noInput: 'It runs without input. --input FILE or a pipe gives it some.',
  notNumber: (name, value, from, to) => `${name}: must be a number from ${from} to ${to}, not "${value}".`,
  standardInput: 'standard input',
  fileUnreadable: (file, why) => `${file} cannot be read (${why}).`,
  isPipe: 'it is a named pipe; "-" reads standard input',
  fileTooLarge: (file, most) => `${file} is too large. It may have ${size(most)}.`,
  fileNotUtf8: (file) => `${file} is no UTF-8 text. Save it as UTF-8.`,
  unknownExtension: (file, known, isSubmission) =>
    `${file}: its extension does not tell the language. ${isSubmission ? 'Give --language, or use' : 'Use'} one of ${list(known)}`,
  stdinNeedsLanguage: 'A source from standard input needs --language.',
  sourceIsFolder: (path) =>
    `${path} is a folder. Name one source file; the order is "judge PROBLEM SOURCE", "run SOURCE".`,
  noSuchProblem: (word) =>
    `"${word}": there is no such folder or file, and no stored problem with such an id. Check the path, or see list.`,
  unpackFirst: (file) => `${file}: archives are not read. Unpack it and name the folder.`,
  noTests: (target) =>
    `${target}: there are no tests. Put inputs there with names such as 1.in, and answers as 1.ans or 1.out.`,
  noPackageTests: (folder) =>
    `${folder}: the package has no tests. It needs files such as 1.in and 1.ans in data/sample or data/secret.`,
  noDocumentTests: (file, id) =>
    `${file}: this problem has no tests (test_cases). ${id === undefined ? 'Use a JSON file of out/, which has all of them.' : `Judge by the stored problem: npm start -- judge ${id} SOURCE`}`,
  withoutAnswer: (inputs, endings) =>
    `There are inputs without an answer: ${some(inputs, '')}. Add files of the same name with ${endings.join(' or ')}, or remove the inputs.`,
  withoutInput: (answers) =>
    `There are answers without an input: ${some(answers, '')}. Add .in files of the same name, or remove the answers.`,
  twoAnswers: (one, other) => `${one} and ${other} differ, so nobody can say which is the answer. Keep one of them.`,
  tooManyTests: (found, most) => `There are ${found} tests; ${most} can be judged at once. Split the folder.`,
  testsTooLarge: (bytes, most) =>
    `The tests have ${size(bytes)} together; ${size(most)} can be judged at once. Split the folder.`,
  tooManyFiles: (folder, most) => `There are more than ${most} files below ${folder}. Name the folder with the tests.`,
  badFile: (file, why) => `${file} cannot be used. ${why}`,
  takes: (command) => `${command} takes ${taken(command, 'en')}.`,
  notProblemJson: (command) => `It is no JSON file of a problem. ${en.takes(command)}`,
  badPart: (part) => `${part}: it is missing, or wrong.`,
  isFolder: (target, command) => `${target} is a folder. ${en.takes(command)}`,
  notSeconds: 'It must be a number of seconds.',
  unsupportedPackage: (folder, what) => `${folder}: such a package cannot be judged here (${what}).`,
  flagsDiffer: (one, other) =>
    `A package whose output validator gets other arguments for other tests cannot be judged (${one}, ${other}). Choose with --checker how to compare.`,
  validatorUnused: (path) => `Note: ${path} is not used, for problem.yaml has no validation: custom.`,
  validatorMissing: (folder) =>
    `${folder}: problem.yaml says validation: custom, but there is no source in output_validators.`,
  severalValidators: (paths) =>
    `There are several output validators: ${list(paths)}. Choose one with --checker kattis:FILE.`,
  badFlag: (folder, flag) => `${folder}: the output validator's argument "${flag}" is unknown or has a wrong value.`,
  spacesAndFloats: (folder) =>
    `${folder}: space_change_sensitive does not go together with a tolerance of real numbers here. Choose with --checker how to compare.`,
  caseMatters: 'Note: this package does not mind upper and lower case, but here it matters: "Yes" is not "YES".',
  scoringIgnored: 'Note: this is a scoring problem. No score is given, only a verdict.',
  timeLimitInferred:
    'Note: the package names no time limit (Kattis takes it from the running times of its solutions). The default is used; --time-limit sets another.',
  outputLimitLowered: (most) => `Note: the package's output limit is more than there can be; it is ${most} here.`,
  answerBeyondLimit: (most) => `Note: an answer is larger than the output limit (${most}); that test cannot be passed.`,
  onlySamples: 'Note: there are only samples and no hidden tests, so passing proves little.',
  byteOrderMark: (first, times) =>
    `Note: test files begin with a byte order mark: ${first}${times === 1 ? '' : ` and ${times - 1} more`}. Programs read it as a letter; save the files without.`,
  windowsLineEnds: (first, times) =>
    `Note: inputs have Windows line ends (\\r\\n): ${first}${times === 1 ? '' : ` and ${times - 1} more`}. Programs that read lines may stumble over them.`,
  timeOutOfRange: (seconds, from, to) =>
    `The problem's time limit of ${seconds} s is out of range. Set one from ${from} to ${to} s with --time-limit.`,
  memoryOutOfRange: (memory, from, to) =>
    `The problem's memory limit of ${memory} is out of range. Set one from ${from} to ${to} MiB with --memory.`,
  noSuchChecker: (word, known, near) =>
    `--checker: there is no such way to compare and no such file: "${word}".${near === undefined ? '' : ` Did you mean "${near}"?`} Valid: ${list(known)}, or a checker's source file`,
  testlibMissing: (file) =>
    `${file}: testlib.h does not lie beside it. Get it from https://github.com/MikeMirzayanov/testlib and put it into the same folder.`,
  checkerHasScripts: (folder) =>
    `${folder}: a checker that is made by build or run scripts cannot be used. Name its source with --checker kattis:FILE.`,
  checkerMainUnclear: (folder, sources) =>
    sources.length === 0
      ? `${folder}: there is no source of a checker.`
      : `${folder}: it is not clear which file is the checker (${list(sources)}). Name it with --checker kattis:FILE.`,
  programRefused: (path, why) => `${path}: it cannot be used as a checker. ${why}`,
  checkerRefused: (why) => `The checker cannot be used. ${why}`,
  executorUnavailable: (why) => `Programs cannot be run. ${why}`,
  judgingRefused: (why) => `It cannot be judged. ${why}`,
  noProblems: 'No problems are stored yet. Make one with npm start.',
  unknownId: (id) => `No problem's id starts with "${id}". See list.`,
  nothingUnfinished: 'No run was broken off.',
  severalUnfinished: (ids) => `Several runs were broken off; name one: resume ID\n${ids.join('\n')}`,
  unknownRun: (id, ids) =>
    `No run's id starts with "${id}".${ids.length === 0 ? '' : ` Broken off:\n${ids.join('\n')}`}`,
  runOfSomebody: (id) =>
    `The run ${id} is of somebody who signed in at --serve: asked for again with their token and its requestId it goes on.`,
  alreadyEnded: (id, status) =>
    `The run ${id} is over (${status}).${status === 'COMPLETED' ? ` show ${id} shows its problem.` : ''}`,
  ambiguousId: (id, ids) => `Several problems' ids start with "${id}":\n${ids.join('\n')}`,
  tableUnreadable: (where) => `The table at ${where} cannot be read.`,
  columns: { problemId: 'id', title: 'title', topic: 'topic', difficulty: 'difficulty', createdAt: 'created' },
  tableReady: (name, where) => `Table ${name} is ready (${where})`,
  setupFailed: (where, why) =>
    `The table cannot be created (${where}: ${why}). Check the AWS credentials and the region.`,
  serving: (address) => `address  ${address}`,
  servingPage: (address) => `page     ${address}/`,
  servingCurl: (line) => `shell    ${line}`,
  servingEnd: 'Ctrl-C ends it.',
  servingToken: (line) => `Sign in     ${line}`,
  tokenNeedsUser: 'Say whose token it is to be: npm start -- token --user alice',
  badUser: (user) => `--user: "${user}" cannot be used. Up to 60 letters, digits, dots, underscores and hyphens.`,
  tokenNeedsFolder: 'token signs with the key in the --data folder. Choose a folder instead of :memory:.',
  tokenUse: (address) =>
    `Good for 12 hours. Send it to what --serve serves: curl -H "X-Custom-Auth-Token: Bearer <token>" ${address}/…`,
  issuerKeyUnusable: (file, why) =>
    `The signing key ${file} cannot be used (${why}). Check its permissions, or delete it: a new one is made, and older tokens are refused.`,
}

export const texts: Record<Locale, Texts> = { ko, en }
