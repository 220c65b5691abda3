// What export and verify say to people, in Korean and English; the findings' own words are in the catalogue.
import type { SkipReason } from '../../packages/check-subject.ts'
import type { AddedTest, Gain, Rebuilt } from '../../packages/rebuild.ts'
import type { CheckId, Severity } from '../../packages/findings.ts'
import type { Placement } from '../../packages/placement.ts'
import type { Locale } from '../../contract/topics.ts'

/** The option that says where to write. */
export type PlaceOption = '--out' | '--rebuild-tests'

type Why = Extract<Placement, { folder: undefined }>['why']

const ko = {
  exportNeeds:
    'export 뒤에 문제(out/의 JSON 파일이나 저장된 문제의 id)를 적어 주세요: npm start -- export 문제 --format kattis',
  verifyNeeds:
    'verify 뒤에 Kattis 패키지, out/의 JSON 파일, 저장된 문제의 id 가운데 하나를 적어 주세요: npm start -- verify 문제',
  formatMissing: 'export에는 --format kattis가 필요합니다.',
  folderTaken: (folder: string, option: PlaceOption) =>
    `${folder}에 다른 파일이 있습니다. 비우거나 지우거나, ${option} 옵션으로 다른 곳을 골라 주세요. (${option === '--out' ? '내보낸 뒤 고치지 않은 패키지' : 'verify가 만든 뒤 고치지 않은 테스트'}만 덮어씁니다.)`,
  unwritable: (folder: string, why: string, option: PlaceOption) =>
    `${folder}에 쓸 수 없습니다 (${why}). 권한을 확인하거나 ${option} 옵션으로 다른 곳을 골라 주세요.`,
  noReference: '정답 프로그램(reference)이 없는 문제는 내보낼 수 없습니다.',
  referenceFails: '정답 프로그램이 이 문제의 테스트를 통과하지 못해서 내보내지 않았습니다. verify로 살펴보세요.',
  impossible: (why: string) => `이 문제는 패키지로 만들 수 없습니다. ${why}`,
  leftOut: (role: string, why: Why) => `알림: ${role} 프로그램은 넣지 않았습니다. ${ko.why[why]}`,
  why: {
    'not-compiled': '컴파일되지 않습니다.',
    passes: '모든 테스트를 통과합니다.',
    fails: '통과하지 못합니다.',
    'near-limit': '실행 시간이 제한에 가까워서 기계에 따라 결과가 바뀝니다.',
    mixed: '결과가 여러 가지라 들어갈 폴더가 없습니다.',
  } satisfies Record<Why, string>,
  exported: (folder: string, files: number) => `${folder}에 파일 ${files}개를 썼습니다.`,
  verifyNext: (folder: string) => `확인하려면: npm start -- verify ${folder}`,
  placed: '제출 예시',
  noPackage: (folder: string) =>
    `${folder}에 problem.yaml도 data 폴더도 없습니다. 테스트만 든 폴더로는 judge로 채점할 수 있습니다.`,
  testsLeftOut: (count: number) =>
    `제출 예시는 잘못된 테스트 ${count}개(비었거나, 거절되었거나, 정답이 의심스러운 것)를 빼고 채점했습니다`,
  boundsUnknown: '패키지에는 입력 명세가 없어서 변수의 경계에 이르는지는 보지 않았습니다',
  rebuilt: (folder: string, { tests, kept, killed }: Omit<Rebuilt, 'files'>) =>
    `${folder}에 테스트 ${tests}개를 썼습니다 (그중 ${kept}개는 있던 것). 걸러 내는 변형과 틀린 제출: ${killed.before} → ${killed.after}${killed.after > killed.before ? '' : '. 더 걸러 내는 것은 없습니다'}`,
  droppedTests: (names: readonly string[]) => `뺀 테스트 (남은 것이 같은 일을 함): ${names.join(', ')}`,
  addedTests: (tests: readonly AddedTest[]) =>
    `새 테스트: ${tests.map(({ test, adds }) => `${test} (${adds.length === 0 ? '있던 것을 한 번 더' : adds.map((gain) => ko.gain[gain]).join(', ')})`).join(', ')}`,
  gain: {
    mutant: '변형을 걸러 냄',
    submission: '틀린 제출을 걸러 냄',
    bound: '경계에 이름',
    answer: '새 답',
    shape: '새 모양의 입력',
  } satisfies Record<Gain, string>,
  notRebuilt: '맞는 풀이가 없거나 변형할 수 없어서 테스트를 다시 만들지 못했습니다.',
  running: (what: string) => `검사 중: ${what}`,
  sound: (warnings: number) => (warnings === 0 ? '이상이 없습니다.' : `오류가 없습니다. 경고 ${warnings}개.`),
  unsound: (errors: number, warnings: number) => `오류 ${errors}개, 경고 ${warnings}개.`,
  whyLabel: '까닭',
  fix: '고치는 법',
  skipped: (check: string, why: string) => `건너뜀: ${check} (${why})`,
  ran: (checks: readonly string[]) => `한 검사: ${checks.join(', ')}`,
  notRunHere: (path: string, why: string) => `${path}: ${why}`,
  severity: { error: '오류', warning: '경고' } satisfies Record<Severity, string>,
  check: {
    config: '설정',
    files: '파일 이름',
    statement: '지문',
    data: '데이터',
    'input-validators': '입력 검증기',
    'output-validator': '출력 검사기',
    submissions: '제출 예시',
    coverage: '테스트의 범위',
    generators: '생성기',
    mutants: '변형',
  } satisfies Record<CheckId, string>,
  reason: {
    'nothing-to-check': '검사할 것이 없음',
    'no-accepted': '테스트를 모두 통과하는 맞는 풀이(소스 파일 하나)가 필요함',
    'no-tests': '쓸 수 있는 테스트가 없음',
    'tests-left-out': '빼 놓은 테스트부터 고쳐야 함',
    'validator-fails': '출력 검사기가 실패함',
    'no-config': 'problem.yaml을 쓸 수 없음',
    interactive: '대화형 문제는 여기서 실행하지 않음',
  } satisfies Record<SkipReason | 'no-config' | 'interactive', string>,
}
type Words = typeof ko

const en: Words = {
  exportNeeds:
    'export needs a problem, a JSON file of out/ or the ID of a stored one: npm start -- export PROBLEM --format kattis',
  verifyNeeds:
    'verify needs a Kattis package, a JSON file of out/, or the ID of a stored problem: npm start -- verify PROBLEM',
  formatMissing: 'export needs --format kattis.',
  folderTaken: (folder, option) =>
    `There is something else in ${folder}. Empty or remove it, or choose another place with ${option}. (Only ${option === '--out' ? 'exported packages' : 'tests that verify made'} and nobody has changed are replaced.)`,
  unwritable: (folder, why, option) =>
    `Cannot write to ${folder} (${why}). Check the permissions, or choose another place with ${option}.`,
  noReference: 'A problem without a reference solution cannot be exported.',
  referenceFails:
    "The reference solution does not pass the problem's tests: nothing was exported. Have a look with verify.",
  impossible: (why) => `No package can be made of this problem: ${why}.`,
  leftOut: (role, why) => `Note: the ${role} program was left out. ${en.why[why]}`,
  why: {
    'not-compiled': 'It does not compile.',
    passes: 'It passes all tests.',
    fails: 'It does not pass.',
    'near-limit': 'Its time is so near the limit that its verdict depends on the machine.',
    mixed: 'It has several verdicts, and there is no folder for that.',
  },
  exported: (folder, files) => `Wrote ${files} files to ${folder}.`,
  verifyNext: (folder) => `To check it: npm start -- verify ${folder}`,
  placed: 'example submissions',
  noPackage: (folder) =>
    `${folder} has neither a problem.yaml nor a folder data. A folder that has only tests is for judge.`,
  testsLeftOut: (count) =>
    `Submissions were judged without ${count} test${count === 1 ? ' that is' : 's that are'} empty, refused or disputed`,
  boundsUnknown: 'Packages have no input specification: whether bounds are reached was not looked at',
  rebuilt: (folder, { tests, kept, killed }) =>
    `Wrote ${tests} tests to ${folder}, ${kept} of them from the problem. Mutants and wrong submissions that they stop: ${killed.before} → ${killed.after}${killed.after > killed.before ? '' : ': nothing was gained'}`,
  droppedTests: (names) => `Left out, for others do the same: ${names.join(', ')}`,
  addedTests: (tests) =>
    `New: ${tests.map(({ test, adds }) => `${test} (${adds.length === 0 ? 'once more what others do' : adds.map((gain) => en.gain[gain]).join(', ')})`).join(', ')}`,
  gain: {
    mutant: 'stops a mutant',
    submission: 'stops a wrong submission',
    bound: 'reaches a bound',
    answer: 'a new answer',
    shape: 'a new shape of input',
  },
  notRebuilt: 'No tests were made: there is no accepted submission that can be mutated.',
  running: (what) => `Checking ${what}`,
  sound: (warnings) =>
    warnings === 0 ? 'Sound.' : `Sound: no errors, ${warnings} warning${warnings === 1 ? '' : 's'}.`,
  unsound: (errors, warnings) =>
    `${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}.`,
  whyLabel: 'why',
  fix: 'fix',
  skipped: (check, why) => `Skipped: ${check} (${why})`,
  ran: (checks) => `Checked: ${checks.join(', ')}`,
  notRunHere: (path, why) => `${path}: ${why}`,
  severity: { error: 'error', warning: 'warning' },
  check: {
    config: 'configuration',
    files: 'file names',
    statement: 'statement',
    data: 'data',
    'input-validators': 'input validators',
    'output-validator': 'output validator',
    submissions: 'submissions',
    coverage: 'coverage',
    generators: 'generators',
    mutants: 'mutants',
  },
  reason: {
    'nothing-to-check': 'nothing to check',
    'no-accepted': 'it needs an accepted submission of one source file that passes all tests',
    'no-tests': 'no test can be used',
    'tests-left-out': 'the tests that were left out have to be mended first',
    'validator-fails': 'the output validator fails',
    'no-config': 'problem.yaml is of no use',
    interactive: 'interactive problems are not run here',
  },
}

export const words: Readonly<Record<Locale, Words>> = { ko, en }
