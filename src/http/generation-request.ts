// What a caller asks for, checked: every problem with it is named by field, with what would be right, in the caller's language.
import * as z from 'zod'
import { generateBodySchema, generateQuerySchema, type GenerationRequest } from '../contract/generation.ts'
import { leastCostUsd, mostCostUsd, promptLimit } from '../contract/limits.ts'
import { languageSchema } from '../contract/languages.ts'
import {
  difficulties,
  difficultyName,
  type Locale,
  localeSchema,
  parseDifficulty,
  parseTopic,
  suggest,
  topicName,
  topics,
} from '../contract/topics.ts'
import { AppError } from '../errors.ts'
import { withCommas } from '../thousands.ts'
import type { FieldProblem } from './refusals.ts'

export interface ParsedRequest {
  readonly request: GenerationRequest
  /** Language of error details: the request's own locale, else the caller's. */
  readonly locale: Locale
  readonly requestId: string | undefined
  readonly apiKey: string | undefined
}

/** Parses the query of a GET. Throws AppError `bad-request` with a {@link FieldProblem} for each field. */
export function parseQuery(query: Readonly<Record<string, string>>, locale: Locale): ParsedRequest {
  const { lastEventId: _lastEventId, ...fields } = parse(generateQuerySchema, query, locale)
  return canonical({ ...fields, api_key: undefined }, locale)
}

/** Parses the body of a POST. Throws AppError `bad-request`. */
export function parseBody(body: unknown, locale: Locale): ParsedRequest {
  const asked = z.looseObject({ locale: localeSchema }).safeParse(body)
  const spoken = asked.success ? asked.data.locale : locale
  return canonical(parse(generateBodySchema, body, spoken), spoken)
}

function parse<S extends z.ZodType>(schema: S, input: unknown, locale: Locale): z.infer<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw badRequest(parsed.error.issues.flatMap((issue) => problemsOf(issue, locale)))
}

function canonical(fields: Partial<z.infer<typeof generateBodySchema>>, locale: Locale): ParsedRequest {
  const problems: FieldProblem[] = []
  const topicWord = fields.algorithm_type ?? fields.algorithm
  const topicField =
    fields.algorithm_type === undefined && fields.algorithm !== undefined ? 'algorithm' : 'algorithm_type'
  const text = texts[fields.locale ?? locale]
  const topic = topicWord === undefined ? undefined : parseTopic(topicWord)
  const level = fields.difficulty === undefined ? undefined : parseDifficulty(fields.difficulty)
  const prompt = fields.prompt?.trim()
  const wish = prompt !== undefined && prompt !== ''
  if (
    fields.algorithm_type !== undefined &&
    fields.algorithm !== undefined &&
    fields.algorithm_type !== fields.algorithm
  ) {
    problems.push({ field: 'algorithm', message: text.twoTopics })
  }
  if (fields.prompt !== undefined && !wish) problems.push({ field: 'prompt', message: text.emptyPrompt })
  if (topicWord !== undefined && topic === undefined) {
    problems.push(unknownWord(topicField, topicWord, 'topic', fields.locale ?? locale))
  } else if (topicWord === undefined && !wish) {
    problems.push({ field: 'algorithm_type', message: text.missing, valid: topicWordsIn(fields.locale ?? locale) })
  }
  if (fields.difficulty !== undefined && level === undefined) {
    problems.push(unknownWord('difficulty', fields.difficulty, 'difficulty', fields.locale ?? locale))
  } else if (fields.difficulty === undefined && !wish) {
    problems.push({ field: 'difficulty', message: text.missing, valid: difficultyWordsIn(fields.locale ?? locale) })
  }
  if (problems.length > 0) throw badRequest(problems)
  return {
    request: {
      ...(topic === undefined || topicWord === undefined ? {} : { topic, algorithmType: topicWord }),
      ...(level === undefined || fields.difficulty === undefined ? {} : { level, difficulty: fields.difficulty }),
      ...(wish ? { prompt } : {}),
      ...(fields.maxCostUsd === undefined ? {} : { maxCostUsd: fields.maxCostUsd }),
      language: fields.language ?? 'python',
      locale: fields.locale ?? 'ko',
    },
    locale: fields.locale ?? locale,
    requestId: fields.requestId,
    apiKey: fields.api_key,
  }
}

function badRequest(details: readonly FieldProblem[]): AppError {
  return new AppError('bad-request', 'Invalid request', { details })
}

function unknownWord(field: string, word: string, kind: 'topic' | 'difficulty', locale: Locale): FieldProblem {
  const suggestion = suggest(word, kind)
  const valid = kind === 'topic' ? topicWordsIn(locale) : difficultyWordsIn(locale)
  const message = texts[locale].unknown(word.slice(0, 60), suggestion, valid)
  return { field, message, valid, ...(suggestion === undefined ? {} : { suggestion }) }
}

function topicWordsIn(locale: Locale): string[] {
  return topics.map((topic) => topicName(topic, locale))
}

function difficultyWordsIn(locale: Locale): string[] {
  return difficulties.map((difficulty) => difficultyName(difficulty, locale))
}

function problemsOf(issue: z.core.$ZodIssue, locale: Locale): FieldProblem[] {
  const text = texts[locale]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ field, message: text.unknownField }))
  const field = issue.path.join('.') || 'body'
  if (field === 'prompt' && issue.code === 'too_big') return [{ field, message: text.longPrompt }]
  if (field === 'language')
    return [{ field, message: text.oneOf(languageSchema.options), valid: languageSchema.options }]
  if (field === 'locale') return [{ field, message: text.oneOf(['ko', 'en']), valid: ['ko', 'en'] }]
  if (field === 'requestId') return [{ field, message: text.requestId }]
  if (field === 'maxCostUsd') return [{ field, message: text.maxCostUsd }]
  return [{ field, message: text.malformed }]
}

const texts = {
  ko: {
    missing: 'prompt가 없으면 꼭 필요한 항목입니다.',
    emptyPrompt: '내용이 비어 있습니다. 원하는 문제를 적거나 이 항목을 빼 주세요.',
    longPrompt: `${withCommas(promptLimit)}자까지 적을 수 있습니다.`,
    twoTopics: 'algorithm과 algorithm_type의 값이 서로 다릅니다. 하나만 적어 주세요.',
    unknownField: '알 수 없는 항목입니다. 이름을 확인해 주세요.',
    malformed: '값의 형식이나 길이가 맞지 않습니다.',
    maxCostUsd: `${leastCostUsd}부터 ${mostCostUsd}까지의 달러 금액이어야 합니다.`,
    requestId: '영문자, 숫자, 점, 밑줄, 붙임표로 된 100자 이하의 값이어야 합니다.',
    oneOf: (words: readonly string[]) => `다음 중 하나여야 합니다: ${words.join(', ')}`,
    unknown: (word: string, near: string | undefined, valid: readonly string[]) =>
      `"${word}"은(는) 모르는 값입니다.${near === undefined ? '' : ` 혹시 "${near}"인가요?`} 사용할 수 있는 값: ${valid.join(', ')}`,
  },
  en: {
    missing: 'Required unless a prompt is given.',
    emptyPrompt: 'The prompt is empty. Describe the problem you wish for, or leave the field out.',
    longPrompt: `At most ${withCommas(promptLimit)} characters.`,
    twoTopics: 'algorithm and algorithm_type differ. Give one of them.',
    unknownField: 'Unknown field. Check its name.',
    malformed: 'The value has the wrong type or length.',
    maxCostUsd: `Must be an amount of US dollars from ${leastCostUsd} to ${mostCostUsd}.`,
    requestId: 'At most 100 letters, digits, dots, underscores and hyphens.',
    oneOf: (words: readonly string[]) => `Must be one of: ${words.join(', ')}`,
    unknown: (word: string, near: string | undefined, valid: readonly string[]) =>
      `"${word}" is not known.${near === undefined ? '' : ` Did you mean "${near}"?`} Valid: ${valid.join(', ')}`,
  },
} as const
