// The catalogue of findings: what is found by running validators and submissions. Ids are stable; docs/findings.md is made from this.
import type { FindingKind } from '../findings.ts'

export const executedFindings = {
  'input-validator-missing': {
    check: 'input-validators',
    severity: 'error',
    what: { ko: '입력 검증기가 없습니다', en: 'There is no input validator' },
    why: {
      ko: '입력이 지문의 제한을 지키는지 아무도 확인하지 않습니다',
      en: 'Nobody checks that the inputs keep the constraints',
    },
    fix: {
      ko: 'input_validators에 42로 끝나는 검증기를 넣으세요',
      en: 'Add a validator that ends with 42 to input_validators',
    },
  },
  'input-validator-broken': {
    check: 'input-validators',
    severity: 'error',
    what: { ko: '입력 검증기가 컴파일되지 않습니다: {reason}', en: 'The input validator does not compile: {reason}' },
    why: { ko: '컴파일되지 않는 검증기는 아무것도 확인하지 못합니다', en: 'It checks nothing' },
    fix: { ko: '오류를 고치세요', en: 'Mend the error' },
  },
  'input-validator-crashes': {
    check: 'input-validators',
    severity: 'error',
    what: {
      ko: '입력 검증기가 {input}에서 비정상으로 끝납니다 ({how})',
      en: 'The input validator fails on {input} ({how})',
    },
    why: {
      ko: '42와 43 말고 다른 끝은 결정이 아니라 고장입니다',
      en: 'Any end but 42 and 43 is a failure, not a decision',
    },
    fix: { ko: '그 입력으로 실행해 보고 고치세요', en: 'Run it on that input, and mend it' },
  },
  'input-refused': {
    check: 'input-validators',
    severity: 'error',
    what: {
      ko: '이 입력을 거절하는 검증기가 있습니다: {validator}{reason}',
      en: '{validator} refuses this input{reason}',
    },
    why: {
      ko: '테스트가 제한을 어기거나 검증기가 틀렸습니다',
      en: 'Either the test breaks the constraints, or the validator is wrong',
    },
    fix: {
      ko: '제한과 비교해 보고 입력이나 검증기를 고치세요',
      en: 'Compare with the constraints, and mend the input or the validator',
    },
  },
  'invalid-input-accepted': {
    check: 'input-validators',
    severity: 'error',
    what: { ko: '잘못된 입력을 어떤 검증기도 거절하지 않습니다', en: 'No validator refuses this invalid input' },
    why: {
      ko: 'data/invalid_input의 입력은 모두 거절되어야 합니다',
      en: 'Every input of data/invalid_input has to be refused',
    },
    fix: { ko: '검증기를 더 엄격하게 하거나 파일을 지우세요', en: 'Make the validator stricter, or remove the file' },
  },
  'input-junk-accepted': {
    check: 'input-validators',
    severity: 'warning',
    what: {
      ko: '입력 검증기가 망가진 입력을 받아들입니다: {kinds}',
      en: 'The input validators accept damaged inputs: {kinds}',
    },
    why: { ko: '생성기나 편집기의 실수를 잡지 못합니다', en: 'They do not notice slips of generators and editors' },
    fix: { ko: '형식을 글자까지 확인하게 하세요', en: 'Make them check the format to the letter' },
  },
  'output-validator-missing': {
    check: 'output-validator',
    severity: 'error',
    what: { ko: 'custom이라고 하는데 출력 검사기가 없습니다', en: 'It says custom, but there is no output validator' },
    why: { ko: '출력을 비교할 방법이 없습니다', en: 'There is no way to compare outputs' },
    fix: {
      ko: '{folder}에 검사기를 넣거나 validation: default로 바꾸세요',
      en: 'Add one to {folder}, or say validation: default',
    },
  },
  'output-validator-unused': {
    check: 'output-validator',
    severity: 'error',
    what: { ko: '출력 검사기가 있는데 쓰이지 않습니다', en: 'There is an output validator that is not used' },
    why: {
      ko: 'legacy에서는 validation: custom이 있어야 쓰입니다',
      en: 'In legacy it counts only with validation: custom',
    },
    fix: { ko: 'validation: custom을 적거나 검사기를 지우세요', en: 'Say validation: custom, or remove the validator' },
  },
  'output-validator-broken': {
    check: 'output-validator',
    severity: 'error',
    what: { ko: '출력 검사기가 실패합니다: {reason}', en: 'The output validator fails: {reason}' },
    why: { ko: '고장 난 검사기로는 채점할 수 없습니다', en: 'Nothing can be judged with it' },
    fix: { ko: '그 출력으로 실행해 보고 고치세요', en: 'Run it on that output, and mend it' },
  },
  'answer-refused': {
    check: 'output-validator',
    severity: 'error',
    what: { ko: '출력 검사기가 정답을 거절합니다{reason}', en: 'The output validator refuses the answer{reason}' },
    why: { ko: '정답이 틀렸거나 검사기가 틀렸습니다', en: 'Either the answer is wrong, or the validator is' },
    fix: { ko: '둘을 비교해 보고 고치세요', en: 'Compare them, and mend one' },
  },
  'garbage-accepted': {
    check: 'output-validator',
    severity: 'error',
    what: {
      ko: '출력 검사기가 모든 테스트에서 엉터리 출력을 받아들입니다: {kinds}',
      en: 'The output validator accepts garbage on every test: {kinds}',
    },
    why: { ko: '틀린 프로그램이 맞게 됩니다', en: 'Wrong programs are accepted' },
    fix: {
      ko: '출력을 끝까지 읽고 모두 확인하게 하세요',
      en: 'Make it read the output to its end, and check all of it',
    },
  },
  'valid-output-refused': {
    check: 'output-validator',
    severity: 'error',
    what: { ko: '맞는 출력의 예를 거절합니다', en: 'A valid output is refused' },
    why: {
      ko: 'data/valid_output의 출력은 모두 맞아야 합니다',
      en: 'Every output of data/valid_output has to be accepted',
    },
    fix: { ko: '검사기나 파일을 고치세요', en: 'Mend the validator or the file' },
  },
  'invalid-output-accepted': {
    check: 'output-validator',
    severity: 'error',
    what: { ko: '틀린 출력의 예를 받아들입니다', en: 'An invalid output is accepted' },
    why: {
      ko: 'data/invalid_output의 출력은 모두 틀려야 합니다',
      en: 'Every output of data/invalid_output has to be refused',
    },
    fix: { ko: '검사기나 파일을 고치세요', en: 'Mend the validator or the file' },
  },
  'accepted-missing': {
    check: 'submissions',
    severity: 'error',
    what: { ko: '맞는 제출 예시가 없습니다', en: 'There is no accepted submission' },
    why: {
      ko: '문제를 풀 수 있다는 것을 아무것도 보여 주지 않습니다',
      en: 'Nothing shows that the problem can be solved',
    },
    fix: { ko: 'submissions/accepted에 맞는 프로그램을 넣으세요', en: 'Add a right program to submissions/accepted' },
  },
  'accepted-single': {
    check: 'submissions',
    severity: 'warning',
    what: { ko: '맞는 제출 예시가 하나뿐입니다', en: 'There is only one accepted submission' },
    why: {
      ko: '정답이 한 프로그램에서만 나오면 그 실수가 정답이 됩니다',
      en: 'When all answers come from one program, its mistakes are the answers',
    },
    fix: { ko: '따로 쓴 두 번째 풀이를 넣으세요', en: 'Add a second one that was written independently' },
  },
  'slow-missing': {
    check: 'submissions',
    severity: 'warning',
    what: { ko: '너무 느린 제출 예시가 없습니다', en: 'There is no submission that is too slow' },
    why: { ko: '시간 제한이 무엇을 거르는지 알 수 없습니다', en: 'Nothing shows what the time limit keeps out' },
    fix: {
      ko: 'submissions/time_limit_exceeded에 느린 풀이를 넣으세요',
      en: 'Add a slow one to submissions/time_limit_exceeded',
    },
  },
  'submission-folder-unknown': {
    check: 'submissions',
    severity: 'error',
    what: { ko: '알 수 없는 제출 폴더입니다', en: 'There is no such folder of submissions' },
    why: { ko: '이 안의 프로그램은 확인되지 않습니다', en: 'Programs in it are not checked' },
    fix: {
      ko: '형식에 있는 이름(accepted, wrong_answer, …)을 쓰세요',
      en: 'Use a name of the format (accepted, wrong_answer, …)',
    },
  },
  'submission-broken': {
    check: 'submissions',
    severity: 'error',
    what: { ko: '컴파일되지 않습니다: {reason}', en: 'It does not compile: {reason}' },
    why: {
      ko: '컴파일되지 않는 프로그램은 아무것도 보여 주지 않습니다',
      en: 'A program that does not compile shows nothing',
    },
    fix: { ko: '오류를 고치세요', en: 'Mend the error' },
  },
  'submission-not-accepted': {
    check: 'submissions',
    severity: 'error',
    what: {
      ko: '맞아야 하는데 {test}에서 통과하지 못합니다: {verdict}',
      en: 'It should be accepted, but gets {verdict} on {test}',
    },
    why: { ko: '풀이나 정답이나 제한 가운데 하나가 틀렸습니다', en: 'The program, the answer or the limit is wrong' },
    fix: { ko: '그 테스트를 손으로 확인하세요', en: 'Check that test by hand' },
  },
  'answer-disputed': {
    check: 'submissions',
    severity: 'error',
    what: {
      ko: '정답 파일에는 {answer}, 맞는 풀이 {programs}개의 출력에는 모두 {output}: 정답이 의심스럽습니다',
      en: 'The answer is disputed: the file has {answer}, but all {programs} accepted submissions print {output}',
    },
    why: {
      ko: '따로 쓴 풀이가 모두 같은 답을 내면 틀린 쪽은 파일이기 쉽습니다. 이 테스트로는 아무도 채점하지 않았습니다',
      en: 'When all programs agree the file is likely wrong; nobody was judged by this test',
    },
    fix: {
      ko: '그 입력의 답을 손으로 확인하고, 파일이 틀렸으면 맞는 풀이의 출력으로 바꾸세요',
      en: 'Solve that input by hand; where the file is wrong, replace it by what the programs print',
    },
  },
  'submission-passes': {
    check: 'submissions',
    severity: 'error',
    what: {
      ko: '모든 테스트를 통과합니다 (폴더: {expected})',
      en: 'It should get {expected}, but passes all tests',
    },
    why: { ko: '테스트가 이 풀이를 걸러 내지 못합니다', en: 'The tests do not stop it' },
    fix: {
      ko: '이 풀이를 잡는 테스트를 더하거나, 맞는 풀이라면 옮기세요',
      en: 'Add a test that does, or move it when it is right',
    },
  },
  'submission-verdict-unexpected': {
    check: 'submissions',
    severity: 'error',
    what: {
      ko: '폴더 {expected}에 맞지 않는 결과가 {test}에서 나옵니다: {verdict}',
      en: 'It should get {expected}, but gets {verdict} on {test}',
    },
    why: {
      ko: '다른 까닭으로 실패하는 프로그램은 뜻한 것을 보여 주지 않습니다',
      en: 'A program that fails for another reason does not show what it is meant to',
    },
    fix: { ko: '프로그램을 고치거나 알맞은 폴더로 옮기세요', en: 'Mend it, or move it to the folder it belongs to' },
  },
  'reference-slow': {
    check: 'submissions',
    severity: 'warning',
    what: {
      ko: '맞는 풀이가 시간 제한의 {percent} %를 씁니다',
      en: 'An accepted submission needs {percent} % of the time limit',
    },
    why: {
      ko: '절반이 넘으면 다른 기계나 언어에서 시간 초과가 됩니다',
      en: 'Above one half another machine or language exceeds it',
    },
    fix: { ko: '시간 제한을 늘리거나 풀이를 빠르게 하세요', en: 'Raise the limit, or make the program faster' },
  },
  'limit-flips': {
    check: 'submissions',
    severity: 'warning',
    what: {
      ko: '제한의 1.5배에서는 다른 결과가 나옵니다 ({test}: {verdict})',
      en: 'At 1.5 times the limit its verdict is another ({test}: {verdict})',
    },
    why: { ko: '결과가 기계의 속도에 달려 있습니다', en: 'The verdict depends on the speed of the machine' },
    fix: { ko: '시간 제한을 바꾸거나 입력을 더 크게 하세요', en: 'Change the limit, or make the inputs larger' },
  },
  'accepted-disagree': {
    check: 'submissions',
    severity: 'error',
    what: {
      ko: '다른 맞는 풀이와 이 입력에서 답이 다릅니다: {input}',
      en: 'It answers otherwise than another accepted submission on {input}',
    },
    why: {
      ko: '검증기가 받아들이는 입력에서 둘 가운데 하나는 틀립니다',
      en: 'The validators accept that input, so one of the two is wrong',
    },
    fix: {
      ko: '그 입력의 답을 손으로 구해 틀린 풀이를 고치거나, 검증기가 그 입력을 거절하게 하세요',
      en: 'Solve that input by hand and mend the wrong one, or make the validators refuse it',
    },
  },
  'bound-unreached': {
    check: 'coverage',
    severity: 'warning',
    what: {
      ko: '{variable}의 {side} 경계에 이르는 테스트가 없습니다 (지금까지 {seen})',
      en: 'No test reaches the {side} bound of {variable} (so far {seen})',
    },
    why: { ko: '경계에서 틀리는 프로그램이 통과합니다', en: 'Programs that fail at the bound pass' },
    fix: { ko: '그 값이 나오는 테스트를 더하세요', en: 'Add a test with that value' },
  },
  'answers-all-same': {
    check: 'coverage',
    severity: 'warning',
    what: { ko: '숨겨진 테스트의 정답이 모두 같습니다', en: 'All secret tests have the same answer' },
    why: { ko: '그 답만 출력하는 프로그램이 맞게 됩니다', en: 'A program that prints nothing else is accepted' },
    fix: { ko: '다른 답이 나오는 테스트를 더하세요', en: 'Add tests with other answers' },
  },
  'answer-dominates': {
    check: 'coverage',
    severity: 'warning',
    what: {
      ko: '숨겨진 테스트의 {percent} %가 같은 정답입니다',
      en: '{percent} % of the secret tests have the same answer',
    },
    why: { ko: '찍은 답이 거의 모든 테스트를 통과합니다', en: 'A guess passes almost all of them' },
    fix: { ko: '다른 답이 나오는 테스트를 더하세요', en: 'Add tests with other answers' },
  },
  'generator-differs': {
    check: 'generators',
    severity: 'error',
    what: { ko: '생성기가 만드는 입력과 다릅니다', en: 'It is not the input that its generator makes' },
    why: {
      ko: '파일을 고쳤거나, 생성기가 바뀌었거나, 생성기가 시드 말고 다른 것에도 달려 있습니다. 적힌 방법으로는 이 테스트가 다시 나오지 않습니다',
      en: 'The file was edited, or the generator was changed or depends on more than its seed: the recipe no longer makes this test',
    },
    fix: {
      ko: '생성기가 맞으면 generators/remake.py --write로 파일을 되돌리고, 고친 파일이 맞으면 생성기를 고치거나 tests.json에서 그 테스트를 빼세요',
      en: 'Where the generator is right, run generators/remake.py --write; where the file is, mend the generator or take the test out of tests.json',
    },
  },
  'mutant-survives': {
    check: 'mutants',
    severity: 'warning',
    what: {
      ko: '{line}번째 줄의 변형이 모든 테스트를 통과합니다: {change}',
      en: 'A mutant passes all tests, changed on line {line}: {change}',
    },
    why: { ko: '그런 실수를 한 프로그램도 통과합니다', en: 'A program with that mistake passes, too' },
    fix: {
      ko: 'verify --rebuild-tests로 더 나은 테스트를 만들거나, 그 차이가 드러나는 입력을 더하세요',
      en: 'Make better tests with verify --rebuild-tests, or add an input that shows the difference',
    },
  },
} as const satisfies Readonly<Record<string, FindingKind>>
