// The answer to --help.
import { executorLanguageSchema } from '../contract/languages.ts'
import { difficulties, difficultyName, type Locale, topicName, topics } from '../contract/topics.ts'

/** The help text. */
export function helpText(locale: Locale): string {
  const known = {
    topics: topics.map((topic) => topicName(topic, locale)).join(', '),
    difficulties: difficulties.map((level) => difficultyName(level, locale)).join(', '),
    languages: executorLanguageSchema.options.join(', '),
  }
  return (locale === 'ko' ? korean : english)(known)
}

type Known = { readonly topics: string; readonly difficulties: string; readonly languages: string }

const korean = ({ topics, difficulties, languages }: Known): string => `\
사용법: npm start -- [명령] [옵션]

명령
  generate                문제를 만들고, 실행해서 검증하고, 저장합니다 (생략하면 이 명령)
  resume [ID]             중간에 끊긴 생성을 이어서 합니다. 끝난 모델 호출과 검증은 되풀이하지 않습니다
  list                    저장된 문제를 새것부터 보여 줍니다
  show ID                 문제 하나를 보여 줍니다. ID는 앞이나 뒤만 적어도 됩니다
  judge 문제 소스         소스를 문제의 모든 테스트로 채점합니다. 문제는 *.in과 *.ans(또는 *.out)가 있는
                          폴더, Kattis 패키지, out/의 JSON 파일, 저장된 문제의 ID입니다
  run 소스                소스를 한 번 실행합니다. 입력은 --input이나 파이프에서 읽습니다
  export 문제             문제(out/의 JSON 파일이나 저장된 문제의 ID)를 패키지로 씁니다 (--format kattis)
  verify 문제             Kattis 패키지, JSON 파일, 저장된 문제를 검사해서 잘못된 곳과 고치는 법을 보여 줍니다
  remake 문제 [번호]      테스트를 씨앗에서 다시 만들어 저장된 것과 바이트까지 비교합니다. 번호를 주면 그 입력을 냅니다
  token --user 이름       --serve에 보낼 로그인 토큰을 냅니다. 토큰이 없는 요청은 로컬 사용자의 것입니다
  --serve [포트]          생성 API와 디버그 화면을 엽니다 (기본 8787)
  --setup                 필요한 테이블을 만듭니다

무엇을 만들까
  -a, --algorithm 주제    ${topics}
  -d, --difficulty 난이도 ${difficulties}
      --prompt 글         원하는 문제를 자유롭게 적습니다 (2,000자까지)
      --language 언어     정답 프로그램의 언어: python
      --locale ko|en      문제와 안내의 언어 (기본 ko)
      --seed 수           대본 모델과 무작위 주제의 시드 (기본 무작위)

어떤 모델로
  -k, --api-key 키        Gemini API 키. 키가 있으면 실제 모델을 씁니다
      --model-name 이름   Gemini 모델 이름 (기본 gemini-2.5-pro)
      --max-cost 달러     이 금액에 이르면 멈춥니다
      --scenario 파일     대본 모델의 답을 바꿉니다 (docs/scenarios.md)
      --record 파일       모델과 주고받은 내용을 시나리오로 저장합니다

어디에
      --out 폴더          결과 파일 (기본 out)
      --data 폴더         내장 데이터베이스 (기본 .alpaco, 메모리는 :memory:)
      --table, --model, --executor stand-in|real
                          테이블, 모델, 실행기를 각각 대역이나 실물로 고릅니다

채점과 실행 (judge, run)
      --language 언어     소스의 언어: ${languages} (생략하면 확장자로)
      --time-limit 초     CPU 시간 제한, 예를 들어 0.5 (문제에 없으면 2)
      --memory MiB        메모리 제한 (문제에 없으면 256)
      --checker 이름|파일 출력을 비교하는 법: exact, tokens(기본), lines, unordered, float,
                          또는 testlib 채점기의 소스 (Kattis 방식은 kattis:파일)
      --float-tolerance X 실수의 허용 오차, 절대와 상대 (--checker float)
      --all               틀려도 멈추지 않고 모든 테스트를 실행합니다
      --input 파일        run의 입력 (-는 표준 입력)

패키지 (export, verify)
      --format kattis     export가 쓰는 형식. --format-version legacy(기본)|2023-07, --out 폴더
      --rebuild-tests 폴더
                          verify가 정답 프로그램과 검증기로 더 나은 테스트를 만들어 이 폴더에 씁니다

출력
      --json              표준 출력에 JSON 문서 하나만 냅니다
      --tests, --solution show에서 테스트나 정답 프로그램만 보여 줍니다
      --verbose           생성기의 기록을 표준 오류로 냅니다
  -h, --help              이 도움말

환경 변수는 .env에서도 읽습니다 (.env.example 참고).
끝낼 때의 코드: 0 검증과 저장까지 마침, 1 실패, 2 잘못된 사용, 130 Ctrl-C로 취소
verify: 0 이상 없음(경고는 허용), 1 오류 있음, 2 잘못된 사용이나 읽을 수 없음, 130 취소
judge와 run: 0 맞았음(정상 종료), 1 그 밖의 결과, 2 잘못된 사용이나 채점할 수 없음, 130 취소
`

const english = ({ topics, difficulties, languages }: Known): string => `\
Usage: npm start -- [command] [options]

Commands
  generate                makes a problem, proves it by execution, stores it (the default)
  resume [ID]             goes on with a run that was broken off; finished model calls and gates are not repeated
  list                    shows the stored problems, newest first
  show ID                 shows one problem; the beginning or end of its ID is enough
  judge PROBLEM SOURCE    judges a source by all tests of a problem: a folder with *.in and *.ans (or *.out),
                          a Kattis package, a JSON file of out/, or the ID of a stored problem
  run SOURCE              runs a source once, with what --input or a pipe gives it
  export PROBLEM          writes a problem, a JSON file of out/ or the ID of a stored one, as a package (--format kattis)
  verify PROBLEM          checks a Kattis package, a JSON file, or a stored problem: what is wrong, and how to mend it
  remake PROBLEM [N]      makes the tests again from their seeds and compares them byte for byte; prints input N if given
  token --user NAME       prints a token to sign in with at --serve; requests without one are the local user's
  --serve [PORT]          serves the generation API and a debugging page (8787 by default)
  --setup                 creates the tables that are needed

What to make
  -a, --algorithm TOPIC   ${topics}
  -d, --difficulty LEVEL  ${difficulties}
      --prompt TEXT       a wish in your own words (up to 2,000 characters)
      --language LANGUAGE language of the reference solution: python
      --locale ko|en      language of the problem and of all messages (ko by default)
      --seed N            seed of the scripted model and of a random topic (random by default)

Which model
  -k, --api-key KEY       Gemini API key; a key chooses the real model
      --model-name NAME   Gemini model (gemini-2.5-pro by default)
      --max-cost USD      stops when this is spent
      --scenario FILE     changes the scripted model's replies (docs/scenarios.md)
      --record FILE       saves the exchange with the model as a scenario

Where
      --out DIR           files of the result (out by default)
      --data DIR          embedded database (.alpaco by default; :memory: for none)
      --table, --model, --executor stand-in|real
                          chooses table, model and executor separately

Judging and running (judge, run)
      --language LANGUAGE language of the source: ${languages} (by its extension)
      --time-limit SEC    CPU time in seconds, such as 0.5 (2 when the problem says nothing)
      --memory MIB        memory (256 when the problem says nothing)
      --checker NAME|FILE how outputs are compared: exact, tokens (the default), lines, unordered, float,
                          or the source of a testlib checker (kattis:FILE for a Kattis one)
      --float-tolerance X tolerance of real numbers, absolute and relative (--checker float)
      --all               goes on after the first failure
      --input FILE        what run's program reads (- is standard input)

Packages (export, verify)
      --format kattis     what export writes, with --format-version legacy (the default)|2023-07 and --out DIR
      --rebuild-tests DIR verify makes better tests from an accepted program and a validator, and writes them there

Output
      --json              exactly one JSON document on standard output
      --tests, --solution with show: only the tests, only the solution
      --verbose           prints the generator's log on standard error
  -h, --help              this help

Environment variables are read from .env, too (see .env.example).
Exit codes: 0 proved and stored, 1 failed, 2 wrong use, 130 cancelled by Ctrl-C
verify: 0 sound (warnings are allowed), 1 errors were found, 2 wrong use or unreadable, 130 cancelled
judge, run: 0 accepted (exited with 0), 1 any other verdict, 2 wrong use or not to be judged, 130 cancelled
`
