// What a run says to people, in Korean and English.
import type { FailureCode } from '../contract/events.ts'
import type { Locale } from '../contract/topics.ts'
import type { GateId, Stage } from '../contract/verification.ts'

type State = 'started' | 'repairing' | 'done'

const stageWords: Record<Stage, Record<Locale, string>> = {
  blueprint: { ko: '문제 설계', en: 'the blueprint' },
  programs: { ko: '프로그램 작성', en: 'the programs' },
  proof: { ko: '실행 검증', en: 'the proof by execution' },
  statement: { ko: '지문 작성', en: 'the statement' },
  publish: { ko: '저장', en: 'publication' },
}

/** The line of a progress event. */
export function progressMessage(stage: Stage, state: State, locale: Locale, repair?: { gate: GateId }): string {
  const words = stageWords[stage][locale]
  const because = repair === undefined ? '' : ` (${repair.gate})`
  if (locale === 'ko') {
    return { started: `${words} 시작`, repairing: `${words}: 결함을 찾아 고치는 중${because}`, done: `${words} 완료` }[
      state
    ]
  }
  return { started: `Working on ${words}`, repairing: `Repairing ${words}${because}`, done: `Done with ${words}` }[
    state
  ]
}

/** The line of a progress event while the model makes us wait. */
export function waitingMessage(reason: 'rate-limited' | 'unavailable', waitMs: number, locale: Locale): string {
  const seconds = Math.ceil(waitMs / 1_000)
  const because = {
    'rate-limited': { ko: '모델의 사용 한도', en: "the model's rate limit" },
    unavailable: { ko: '모델이 응답하지 않음', en: 'the model does not answer' },
  }[reason][locale]
  return locale === 'ko' ? `${because}: ${seconds}초 기다립니다` : `Waiting ${seconds} s: ${because}`
}

const failures: Record<FailureCode, Record<Locale, string>> = {
  'verification-failed': {
    ko: '검증을 통과한 문제를 만들지 못했습니다. 다시 시도하면 다른 문제가 만들어집니다.',
    en: 'No problem passed the verification. Asking again makes a different one.',
  },
  'budget-exhausted': {
    ko: '이 요청에 정해진 예산(호출 수, 토큰, 비용)을 모두 썼습니다.',
    en: 'The budget of this request (calls, tokens, cost) is used up.',
  },
  deadline: {
    ko: '제한 시간 안에 끝내지 못했습니다. 다시 시도해 주세요.',
    en: 'There was not enough time. Please try again.',
  },
  'model-refused': {
    ko: '모델이 이 요청에 답하지 않았습니다. 요청 문구를 바꿔 보세요.',
    en: 'The model declined this request. Please word it differently.',
  },
  'model-unavailable': {
    ko: '모델에 연결할 수 없습니다. 잠시 뒤 다시 시도해 주세요.',
    en: 'The model cannot be reached. Please try again later.',
  },
  'model-rate-limited': {
    ko: '모델의 사용 한도에 도달했습니다. 잠시 뒤 다시 시도해 주세요.',
    en: "The model's rate limit is reached. Please try again later.",
  },
  'model-key-refused': {
    ko: 'API 키가 거절되었습니다. 키를 확인해 주세요.',
    en: 'The API key was refused. Please check it.',
  },
  'executor-unavailable': {
    ko: '실행기를 사용할 수 없습니다. 잠시 뒤 다시 시도해 주세요.',
    en: 'The executor cannot be reached. Please try again later.',
  },
  'storage-unavailable': {
    ko: '저장소를 사용할 수 없습니다. 잠시 뒤 다시 시도해 주세요.',
    en: 'The storage cannot be reached. Please try again later.',
  },
  abandoned: {
    ko: '만들던 프로그램이 도중에 멈춰서 끝내지 못했습니다. 다시 시도해 주세요.',
    en: 'What was making it stopped in the middle. Please try again.',
  },
  internal: { ko: '내부 오류가 발생했습니다.', en: 'Something went wrong on our side.' },
}

/** The public message of a failure. */
export function failureMessage(code: FailureCode, locale: Locale): string {
  return failures[code][locale]
}

/** The line of a `cancelled` event. */
export function cancelledMessage(locale: Locale): string {
  return { ko: '요청에 따라 취소되었습니다.', en: 'Cancelled as requested.' }[locale]
}
