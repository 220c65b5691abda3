// The catalogue of findings: what is found by looking at the files. Ids are stable; docs/findings.md is made from this.
import type { FindingKind } from '../findings.ts'

export const staticFindings = {
  'config-missing': {
    check: 'config',
    severity: 'error',
    what: { ko: 'problem.yaml이 없습니다', en: 'There is no problem.yaml' },
    why: {
      ko: '이름, 버전, 제한을 알 수 없어 어떤 채점 시스템도 패키지를 받지 않습니다',
      en: 'Without name, version and limits no judge takes the package',
    },
    fix: { ko: '패키지 맨 위에 problem.yaml을 만드세요', en: 'Put a problem.yaml at the top of the package' },
  },
  'config-unparsable': {
    check: 'config',
    severity: 'error',
    what: { ko: 'problem.yaml을 읽을 수 없습니다: {reason}', en: 'problem.yaml cannot be read: {reason}' },
    why: { ko: 'YAML이 아니면 아무 설정도 쓰이지 않습니다', en: 'What is no YAML map sets nothing' },
    fix: { ko: '그 줄의 문법을 고치세요', en: 'Mend the syntax on that line' },
  },
  'config-version-unknown': {
    check: 'config',
    severity: 'error',
    what: {
      ko: 'problem_format_version "{version}"은(는) 없는 버전입니다',
      en: 'problem_format_version "{version}" does not exist',
    },
    why: { ko: '버전이 폴더 이름과 규칙을 정합니다', en: 'The version decides the names of folders and the rules' },
    fix: {
      ko: 'legacy, legacy-icpc, 2023-07-draft, 2025-09 가운데 하나를 쓰세요',
      en: 'Use one of legacy, legacy-icpc, 2023-07-draft, 2025-09',
    },
  },
  'config-key-unknown': {
    check: 'config',
    severity: 'error',
    what: { ko: '"{key}"은(는) 이 버전에 없는 항목입니다', en: '"{key}" is not a key of this version' },
    why: {
      ko: '형식은 모르는 항목을 오류로 봅니다. 오타라면 설정이 쓰이지 않습니다',
      en: 'The format treats unknown keys as errors, and a misspelt one sets nothing',
    },
    fix: { ko: '철자를 고치거나 지우세요', en: 'Correct its spelling, or remove it' },
  },
  'config-name-missing': {
    check: 'config',
    severity: 'error',
    what: { ko: '문제의 이름이 없습니다', en: 'The problem has no name' },
    why: { ko: '목록과 지문에 보일 이름이 필요합니다', en: 'Lists and statements need one' },
    fix: { ko: 'problem.yaml에 name을 적으세요', en: 'Give a name in problem.yaml' },
  },
  'config-uuid-missing': {
    check: 'config',
    severity: 'error',
    what: { ko: 'uuid가 없습니다', en: 'There is no uuid' },
    why: {
      ko: '보관소가 같은 문제의 새 판인지 알 수 없습니다',
      en: 'Archives cannot tell a new version from a new problem',
    },
    fix: { ko: 'problem.yaml에 uuid를 적으세요', en: 'Give a uuid in problem.yaml' },
  },
  'config-uuid-bad': {
    check: 'config',
    severity: 'error',
    what: { ko: 'uuid "{value}"은(는) UUID가 아닙니다', en: 'The uuid "{value}" is none' },
    why: { ko: '읽는 도구가 패키지를 거절합니다', en: 'Tools refuse the package' },
    fix: { ko: '36자의 UUID로 바꾸세요', en: 'Replace it by a UUID of 36 characters' },
  },
  'config-limit-bad': {
    check: 'config',
    severity: 'error',
    what: { ko: 'limits.{name}의 값 {value}은(는) 쓸 수 없습니다', en: 'limits.{name} cannot be {value}' },
    why: {
      ko: '제한은 0보다 큰 수여야 하고, 범위를 벗어나면 채점할 수 없습니다',
      en: 'Limits are positive numbers within reason',
    },
    fix: { ko: '0보다 큰 알맞은 수로 바꾸세요', en: 'Replace it by a sensible positive number' },
  },
  'config-validation-bad': {
    check: 'config',
    severity: 'error',
    what: {
      ko: '출력 비교 설정 "{value}"을(를) 쓸 수 없습니다',
      en: '"{value}" does not say how outputs are compared',
    },
    why: {
      ko: '모르는 낱말이나 잘못된 값이 있으면 어떻게 비교할지 정해지지 않습니다',
      en: 'With an unknown word or value it is open how outputs are compared',
    },
    fix: {
      ko: 'default나 custom, 그리고 형식에 있는 검사기 인자만 쓰세요',
      en: 'Use default or custom, and only flags that the format has',
    },
  },
  'config-license-bad': {
    check: 'config',
    severity: 'error',
    what: { ko: 'license "{value}"은(는) 없는 값입니다', en: 'There is no license "{value}"' },
    why: { ko: '형식이 정한 값만 쓸 수 있습니다', en: 'Only the values of the format are understood' },
    fix: {
      ko: 'unknown, public domain, cc0, cc by, cc by-sa, educational, permission 가운데 하나를 쓰세요',
      en: 'Use one of unknown, public domain, cc0, cc by, cc by-sa, educational, permission',
    },
  },
  'config-owner-missing': {
    check: 'config',
    severity: 'error',
    what: {
      ko: 'license가 "{value}"인데 권리자를 알 수 없습니다',
      en: 'The license is "{value}", but nobody owns the rights',
    },
    why: {
      ko: '이 license에는 rights_owner, 저자, 출처 가운데 하나가 있어야 합니다',
      en: 'Such a license needs a rights_owner, an author or a source',
    },
    fix: { ko: 'rights_owner나 저자를 적으세요', en: 'Give a rights_owner or an author' },
  },
  'file-name-bad': {
    check: 'files',
    severity: 'error',
    what: { ko: '파일이나 폴더의 이름을 쓸 수 없습니다', en: 'The name of a file or folder is not allowed' },
    why: {
      ko: '이름에는 영문자, 숫자, 점, 밑줄, 빼기표만 들어가고 글자나 숫자로 시작해야 합니다',
      en: 'Names have letters, digits, ".", "_" and "-" only, and begin with a letter or digit',
    },
    fix: { ko: '이름을 바꾸세요', en: 'Rename it' },
  },
  'file-name-clash': {
    check: 'files',
    severity: 'error',
    what: { ko: '{other}와(과) 대소문자만 다릅니다', en: 'It differs from {other} in capitals only' },
    why: {
      ko: '대소문자를 가리지 않는 시스템에서는 한 파일이 다른 파일을 덮어씁니다',
      en: 'Where capitals do not count one of them overwrites the other',
    },
    fix: { ko: '하나의 이름을 바꾸세요', en: 'Rename one of them' },
  },
  'file-stray': {
    check: 'files',
    severity: 'warning',
    what: { ko: '문제에 속하지 않는 파일입니다', en: 'The file is no part of the problem' },
    why: {
      ko: '편집기나 시스템이 남긴 파일은 패키지를 키우고 도구를 헷갈리게 합니다',
      en: 'What editors and systems leave behind bloats the package and confuses tools',
    },
    fix: { ko: '지우세요', en: 'Remove it' },
  },
  'file-link-outside': {
    check: 'files',
    severity: 'error',
    what: { ko: '패키지 밖이나 없는 곳을 가리키는 링크입니다', en: 'The link leads out of the package, or nowhere' },
    why: { ko: '패키지를 옮기면 끊어집니다', en: 'It breaks as soon as the package is moved' },
    fix: { ko: '파일을 복사해 넣거나 링크를 지우세요', en: 'Copy the file in, or remove the link' },
  },
  'file-folder-unknown': {
    check: 'files',
    severity: 'warning',
    what: { ko: '이 버전에 없는 폴더입니다', en: 'This version has no such folder' },
    why: {
      ko: '도구가 읽지 않습니다. 오타이거나 다른 버전의 이름일 수 있습니다',
      en: 'No tool reads it; it may be misspelt, or the name that another version uses',
    },
    fix: {
      ko: '이 버전의 폴더는 {known}입니다. 이름을 바꾸거나 지우세요',
      en: 'The folders of this version are {known}: rename it, or remove it',
    },
  },
  'data-too-large': {
    check: 'files',
    severity: 'warning',
    what: { ko: '파일이 {megabytes} MB입니다', en: 'The file has {megabytes} MB' },
    why: {
      ko: '큰 데이터는 설치와 채점을 느리게 하고, 1,000 MB가 넘으면 설치되지 않습니다',
      en: 'Large data make judging slow; above 1,000 MB they are not installed',
    },
    fix: {
      ko: '더 작은 입력으로 같은 것을 시험하거나 테스트를 줄이세요',
      en: 'Test the same with smaller inputs, or with fewer',
    },
  },
  'statement-missing': {
    check: 'statement',
    severity: 'error',
    what: { ko: '지문이 없습니다', en: 'There is no statement' },
    why: { ko: '지문이 없으면 아무도 문제를 풀 수 없습니다', en: 'Nobody can solve a problem without one' },
    fix: { ko: '{folder}/problem.언어.{ending} 파일을 넣으세요', en: 'Add {folder}/problem.LANGUAGE.{ending}' },
  },
  'statement-empty': {
    check: 'statement',
    severity: 'error',
    what: { ko: '지문이 비어 있습니다', en: 'The statement is empty' },
    why: { ko: '비어 있는 지문으로는 문제를 풀 수 없습니다', en: 'Nobody can solve a problem from it' },
    fix: { ko: '지문을 쓰세요', en: 'Write it' },
  },
  'statement-placeholder': {
    check: 'statement',
    severity: 'error',
    what: { ko: '"{text}"이(가) 남아 있습니다', en: '"{text}" was left in it' },
    why: { ko: '채우지 않은 자리가 푸는 사람에게 보입니다', en: 'Solvers see that something was not filled in' },
    fix: { ko: '내용을 쓰거나 지우세요', en: 'Write what belongs there, or remove it' },
  },
  'statement-name-missing': {
    check: 'statement',
    severity: 'error',
    what: { ko: '지문에 \\problemname이 없습니다', en: 'The statement has no \\problemname' },
    why: { ko: 'legacy에서는 지문이 문제의 이름을 정합니다', en: 'In legacy the statement gives the name' },
    fix: { ko: '첫 줄에 \\problemname{이름}을 쓰세요', en: 'Write \\problemname{NAME} on its first line' },
  },
  'statement-unnamed': {
    check: 'statement',
    severity: 'error',
    what: {
      ko: 'name에 이 지문의 언어("{language}")가 없습니다',
      en: 'name does not have the language of this statement, "{language}"',
    },
    why: {
      ko: 'name의 언어와 지문의 언어는 서로 같아야 합니다',
      en: 'The languages of name and of the statements have to be the same',
    },
    fix: {
      ko: 'problem.yaml의 name에 그 언어의 이름을 적으세요',
      en: 'Give the name in that language in problem.yaml',
    },
  },
  'name-without-statement': {
    check: 'statement',
    severity: 'error',
    what: {
      ko: 'name의 언어 "{language}"로 쓴 지문이 없습니다',
      en: 'There is no statement in "{language}", a language of name',
    },
    why: {
      ko: 'name의 언어와 지문의 언어는 서로 같아야 합니다',
      en: 'The languages of name and of the statements have to be the same',
    },
    fix: { ko: '그 언어의 지문을 쓰거나 이름을 지우세요', en: 'Write the statement, or remove the name' },
  },
  'samples-missing': {
    check: 'data',
    severity: 'warning',
    what: { ko: '예제가 없습니다', en: 'There are no samples' },
    why: {
      ko: '예제가 없으면 입력 형식을 오해하기 쉽습니다',
      en: 'Without samples the input format is easily misread',
    },
    fix: { ko: 'data/sample에 1.in과 1.ans를 넣으세요', en: 'Add 1.in and 1.ans to data/sample' },
  },
  'samples-few': {
    check: 'data',
    severity: 'warning',
    what: { ko: '예제가 하나뿐입니다', en: 'There is only one sample' },
    why: {
      ko: '하나로는 경계 조건이나 예외를 보여 줄 수 없습니다',
      en: 'One cannot show an ordinary and a special case',
    },
    fix: { ko: '다른 경우를 보이는 예제를 더하세요', en: 'Add one that shows another case' },
  },
  'secret-missing': {
    check: 'data',
    severity: 'error',
    what: { ko: '숨겨진 테스트가 없습니다', en: 'There are no secret tests' },
    why: { ko: '예제만 통과하는 프로그램이 모두 맞게 됩니다', en: 'Whoever passes the samples is accepted' },
    fix: { ko: 'data/secret에 테스트를 넣으세요', en: 'Add tests to data/secret' },
  },
  'answer-missing': {
    check: 'data',
    severity: 'error',
    what: { ko: '정답 파일 {answer}이(가) 없습니다', en: 'There is no {answer}' },
    why: { ko: '정답이 없는 입력은 채점에 쓸 수 없습니다', en: 'An input without an answer cannot be judged by' },
    fix: { ko: '같은 이름의 .ans 파일을 만드세요', en: 'Make the .ans file of the same name' },
  },
  'input-missing': {
    check: 'data',
    severity: 'error',
    what: { ko: '입력 파일 {input}이(가) 없습니다', en: 'There is no {input}' },
    why: { ko: '입력이 없는 정답은 쓰이지 않습니다', en: 'An answer without an input is never used' },
    fix: { ko: '같은 이름의 .in 파일을 만들거나 지우세요', en: 'Make the .in file of the same name, or remove this' },
  },
  'test-misplaced': {
    check: 'data',
    severity: 'error',
    what: { ko: '테스트가 sample과 secret 밖에 있습니다', en: 'The test lies outside sample and secret' },
    why: { ko: '이 자리의 테스트는 채점에 쓰이지 않습니다', en: 'Tests in this place are not judged by' },
    fix: { ko: 'data/secret으로 옮기세요', en: 'Move it to data/secret' },
  },
  'test-empty': {
    check: 'data',
    severity: 'error',
    what: { ko: '빈 파일입니다', en: 'The file is empty' },
    why: { ko: '쓰다 만 파일이거나 만들기에 실패한 파일입니다', en: 'It was not finished, or its making failed' },
    fix: { ko: '다시 만들거나 테스트를 지우세요', en: 'Make it again, or remove the test' },
  },
  'newline-missing': {
    check: 'data',
    severity: 'error',
    what: { ko: '마지막 줄이 줄바꿈으로 끝나지 않습니다', en: 'The last line does not end with a line feed' },
    why: {
      ko: '줄 단위로 읽는 프로그램이 마지막 줄을 놓칠 수 있고, 형식이 금합니다',
      en: 'Programs that read by lines may lose it, and the format forbids it',
    },
    fix: { ko: '끝에 줄바꿈을 넣으세요', en: 'Add a line feed' },
  },
  'carriage-return': {
    check: 'data',
    severity: 'error',
    what: { ko: 'Windows 줄바꿈(\\r\\n)이 있습니다', en: 'There are Windows line ends (\\r\\n)' },
    why: {
      ko: '줄 단위로 읽는 프로그램이 \\r까지 읽어서 틀립니다',
      en: 'Programs that read by lines get the \\r, too, and fail',
    },
    fix: { ko: '줄바꿈을 \\n으로 바꾸세요', en: 'Convert the line ends to \\n' },
  },
  'trailing-blank': {
    check: 'data',
    severity: 'warning',
    what: { ko: '줄 끝에 남는 공백이 있습니다', en: 'There are blanks at the end of a line' },
    why: {
      ko: '형식에 엄격한 프로그램과 검증기가 다르게 읽습니다',
      en: 'Strict programs and validators read them differently',
    },
    fix: { ko: '지우세요', en: 'Remove them' },
  },
  'not-utf8': {
    check: 'data',
    severity: 'error',
    what: { ko: 'UTF-8 텍스트가 아닙니다', en: 'It is no UTF-8 text' },
    why: {
      ko: '형식은 UTF-8만 허용하고, 프로그램마다 다르게 읽습니다',
      en: 'The format allows nothing else, and programs read it differently',
    },
    fix: { ko: 'UTF-8로 바꾸세요', en: 'Convert it to UTF-8' },
  },
  'byte-order-mark': {
    check: 'data',
    severity: 'error',
    what: { ko: '바이트 순서 표식(BOM)으로 시작합니다', en: 'It begins with a byte order mark' },
    why: { ko: '프로그램은 이것을 글자로 읽습니다', en: 'Programs read it as a character' },
    fix: { ko: 'BOM 없이 저장하세요', en: 'Save it without one' },
  },
  'answer-not-finite': {
    check: 'data',
    severity: 'error',
    what: { ko: '정답에 수가 아닌 "{text}"이(가) 있습니다', en: 'The answer has "{text}", which is no number' },
    why: { ko: '0으로 나누거나 넘친 계산이 만든 값입니다', en: 'It comes from a division by zero or an overflow' },
    fix: { ko: '정답 프로그램을 고치고 정답을 다시 만드세요', en: 'Mend the program, and make the answer again' },
  },
  'answer-too-large': {
    check: 'data',
    severity: 'error',
    what: {
      ko: '정답이 출력 제한 {limit} MiB보다 큽니다',
      en: 'The answer is larger than the output limit of {limit} MiB',
    },
    why: { ko: '맞는 출력도 출력 초과가 됩니다', en: 'The right output exceeds the limit, too' },
    fix: { ko: 'limits.output을 늘리거나 테스트를 줄이세요', en: 'Raise limits.output, or make the test smaller' },
  },
  'input-duplicate': {
    check: 'data',
    severity: 'warning',
    what: { ko: '{other}와(과) 똑같은 입력입니다', en: 'It is the same input as {other}' },
    why: {
      ko: '같은 테스트를 두 번 실행해도 새로 알게 되는 것이 없습니다',
      en: 'Running a test twice shows nothing new',
    },
    fix: { ko: '하나를 지우거나 다른 입력으로 바꾸세요', en: 'Remove one, or replace it by another input' },
  },
  'input-duplicate-blanks': {
    check: 'data',
    severity: 'warning',
    what: { ko: '{other}와(과) 공백만 다른 입력입니다', en: 'It differs from {other} in blanks only' },
    why: {
      ko: '프로그램에게는 같은 입력이거나, 하나는 형식에 맞지 않습니다',
      en: 'It is the same to programs, or one of them breaks the format',
    },
    fix: { ko: '하나를 지우세요', en: 'Remove one of them' },
  },
  'sample-in-secret': {
    check: 'data',
    severity: 'warning',
    what: { ko: '예제와 같은 입력입니다: {sample}', en: 'It is the same input as the sample {sample}' },
    why: {
      ko: '답을 이미 아는 테스트는 아무것도 걸러 내지 못합니다',
      en: 'A test whose answer is public stops nobody',
    },
    fix: { ko: '다른 입력으로 바꾸거나 지우세요', en: 'Replace it by another input, or remove it' },
  },
} as const satisfies Readonly<Record<string, FindingKind>>
