// What the local command says to people, in Korean and English. Help is in help.ts, the run's own words in run-words.ts.
import type { Locale } from '../contract/topics.ts'

const list = (words: readonly string[]): string => words.join(', ')

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
  noSandbox:
    '알림: 로컬 Python 실행기는 샌드박스가 아닙니다. 실행되는 프로그램은 이 사용자의 파일과 네트워크에 접근할 수 있습니다.',
  tableHint: '테이블이 없으면 --setup으로 만들 수 있습니다. AWS 자격 증명과 리전도 확인해 주세요.',
  pythonHint: 'Python 3.11 이상이 필요합니다 (Debian, Ubuntu: apt-get install python3).',
  keyHint: '-k나 GOOGLE_AI_API_KEY의 키를 확인해 주세요.',
  recorded: (file: string, command: string) =>
    `모델과 주고받은 내용을 ${file}에 저장했습니다. 다시 재생하려면: ${command}`,
  // ---- library
  noProblems: '아직 저장된 문제가 없습니다. npm start 로 만들어 보세요.',
  unknownId: (id: string) => `"${id}"(으)로 시작하는 문제가 없습니다. list로 id를 확인해 주세요.`,
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
  noSandbox:
    'Note: the local Python runner is no sandbox. The programs it runs can read your files and use the network.',
  tableHint: 'If the table does not exist, --setup creates it. Check the AWS credentials and the region, too.',
  pythonHint: 'Python 3.11 or newer is needed (Debian, Ubuntu: apt-get install python3).',
  keyHint: 'Check the key given with -k or GOOGLE_AI_API_KEY.',
  recorded: (file, command) => `The exchange with the model is saved in ${file}. To replay it: ${command}`,
  noProblems: 'No problems are stored yet. Make one with npm start.',
  unknownId: (id) => `No problem's id starts with "${id}". See list.`,
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
}

export const texts: Record<Locale, Texts> = { ko, en }
