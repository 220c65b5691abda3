// The generation API: the request a caller sends, the status it reads, the error it gets.
import * as z from 'zod'
import { languageSchema } from './languages.ts'
import { leastCostUsd, mostCostUsd, promptLimit } from './limits.ts'
import { localeSchema, parseDifficulty, parseTopic, type Difficulty, type Topic } from './topics.ts'

const requestFields = {
  algorithm_type: z.string().min(1).max(60).optional(),
  /** Older name of `algorithm_type`. */
  algorithm: z.string().min(1).max(60).optional(),
  difficulty: z.string().min(1).max(60).optional(),
  prompt: z.string().max(promptLimit).optional(),
  language: languageSchema.optional(),
  locale: localeSchema.optional(),
  requestId: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/)
    .optional(),
  maxCostUsd: z.coerce.number().min(leastCostUsd).max(mostCostUsd).optional(),
}

/** Query of `GET /generate`. `lastEventId` names a run to go on reading. */
export const generateQuerySchema = z.strictObject({ ...requestFields, lastEventId: z.string().max(100).optional() })
/** Body of `POST /generate`. */
export const generateBodySchema = z.strictObject({ ...requestFields, api_key: z.string().min(1).max(500).optional() })

/** What is asked for, in canonical words; stored with the run. */
export const generationRequestSchema = z.strictObject({
  topic: z
    .string()
    .transform((word) => parseTopic(word))
    .pipe(z.custom<Topic>((topic) => topic !== undefined))
    .optional(),
  level: z
    .string()
    .transform((word) => parseDifficulty(word))
    .pipe(z.custom<Difficulty>((level) => level !== undefined))
    .optional(),
  /** The caller's own words, echoed in every answer. */
  algorithmType: z.string().optional(),
  difficulty: z.string().optional(),
  prompt: z.string().optional(),
  language: languageSchema,
  locale: localeSchema,
  maxCostUsd: z.number().optional(),
})
export type GenerationRequest = z.infer<typeof generationRequestSchema>

export const generationStatuses = ['QUEUED', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const
export type GenerationStatus = (typeof generationStatuses)[number]

export const currentSteps = {
  blueprint: 'ANALYZING_TEMPLATE',
  programs: 'TRANSFORMING_CODE',
  proof: 'GENERATING_TESTCASES',
  statement: 'GENERATING_DESCRIPTION',
  publish: 'GENERATING_DESCRIPTION',
} as const

/** Answer of `GET /generations/{problemId}`. */
export interface GenerationStatusBody {
  problemId: string
  status: GenerationStatus
  algorithm_type: string | null
  difficulty: string | null
  request_timestamp: string
  last_updated_timestamp: string
  result_url: string | null
  error_message: string | null
  current_step: (typeof currentSteps)[keyof typeof currentSteps] | null
}

/** Every error answer. `message` is English and stable; `details` is for the caller, in their language. */
export interface ErrorBody {
  message: string
  details: unknown
  code: string
  requestId: string
}
