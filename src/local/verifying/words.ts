// What export and verify say to people, in Korean and English; the findings' own words are in the catalogue.
import type { Placement } from '../../packages/placement.ts'
import type { Locale } from '../../contract/topics.ts'

type Why = Extract<Placement, { folder: undefined }>['why']

const ko = {
  exportNeeds:
    'export 뒤에 문제(out/의 JSON 파일이나 저장된 문제의 id)를 적어 주세요: npm start -- export 문제 --format kattis',
  verifyNeeds:
    'verify 뒤에 Kattis 패키지, out/의 JSON 파일, 저장된 문제의 id 가운데 하나를 적어 주세요: npm start -- verify 문제',
  formatMissing: 'export에는 --format kattis가 필요합니다.',
  isPackage: (target: string) =>
    `${target}은(는) 폴더입니다. export는 out/의 JSON 파일이나 저장된 문제의 id를 받습니다.`,
  folderTaken: (folder: string) =>
    `${folder}에 다른 파일이 있습니다. 비우거나 지우거나, --out으로 다른 곳을 골라 주세요. (내보낸 뒤 고치지 않은 패키지만 덮어씁니다.)`,
  unwritable: (folder: string, why: string) =>
    `${folder}에 쓸 수 없습니다 (${why}). 권한을 확인하거나 --out으로 다른 곳을 골라 주세요.`,
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
}
type Words = typeof ko

const en: Words = {
  exportNeeds:
    'export needs a problem, a JSON file of out/ or the ID of a stored one: npm start -- export PROBLEM --format kattis',
  verifyNeeds:
    'verify needs a Kattis package, a JSON file of out/, or the ID of a stored problem: npm start -- verify PROBLEM',
  formatMissing: 'export needs --format kattis.',
  isPackage: (target) => `${target} is a folder. export takes a JSON file of out/ or the ID of a stored problem.`,
  folderTaken: (folder) =>
    `There is something else in ${folder}. Empty or remove it, or choose another place with --out. (Only exported packages that nobody has changed are replaced.)`,
  unwritable: (folder, why) =>
    `Cannot write to ${folder} (${why}). Check the permissions, or choose another place with --out.`,
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
}

export const words: Readonly<Record<Locale, Words>> = { ko, en }
