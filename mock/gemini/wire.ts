// The REST wire of Gemini: what a request may hold, and the bodies of errors. Written from Google's public API reference.
import * as z from 'zod'

const partSchema = z.strictObject({ text: z.string() })
const contentSchema = z.strictObject({ role: z.enum(['user', 'model']).optional(), parts: z.array(partSchema).min(1) })
const generationConfigSchema = z.strictObject({
  stopSequences: z.array(z.string()).max(5).optional(),
  candidateCount: z.literal(1).optional(),
  maxOutputTokens: z.int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  topK: z.int().min(1).optional(),
  responseMimeType: z.enum(['text/plain', 'application/json']).optional(),
  responseSchema: z.record(z.string(), z.unknown()).optional(),
  thinkingConfig: z
    .strictObject({
      thinkingBudget: z.int().optional(),
      includeThoughts: z.boolean().optional(),
      thinkingLevel: z.string().optional(),
    })
    .optional(),
})
const requestSchema = z.strictObject({
  contents: z.array(contentSchema).min(1),
  systemInstruction: z.strictObject({ role: z.string().optional(), parts: z.array(partSchema).min(1) }).optional(),
  generationConfig: generationConfigSchema.optional(),
  safetySettings: z.array(z.strictObject({ category: z.string(), threshold: z.string() })).optional(),
})

/** The part of a generateContent request that the stand-in answers; tools, files and caches are refused. */
export type GenerateRequest = z.infer<typeof requestSchema>

/** One message of a reply, and one `data:` line of a stream. */
export interface GenerateReply {
  candidates?: { content?: { role: 'model'; parts: { text: string }[] }; finishReason?: string; index: 0 }[]
  promptFeedback?: { blockReason: string }
  usageMetadata?: {
    promptTokenCount: number
    candidatesTokenCount: number
    thoughtsTokenCount: number
    totalTokenCount: number
  }
  modelVersion: string
  responseId: string
}

/** An error as every Google API spells it. */
export interface WireError {
  error: { code: number; message: string; status: string; details?: object[] }
}

const statusNames: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

/** An error body with the canonical status name of its HTTP code. */
export function wireError(code: number, message: string, details?: object[]): WireError {
  const status = statusNames[code] ?? 'UNKNOWN'
  return { error: details === undefined ? { code, message, status } : { code, message, status, details } }
}

/** What a key that the service does not know gets: a 400, never a 401. */
export function keyRefusal(): WireError {
  return wireError(400, 'API key not valid. Please pass a valid API key.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
  ])
}

/** A spent quota: of this minute, or of this day. The retry hint is left out when no time is given. */
export function quotaError(model: string, daily: boolean, retryAfterSeconds: number | undefined): WireError {
  const period = daily ? 'PerDay' : 'PerMinute'
  const details: object[] = [
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [
        {
          quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
          quotaId: `GenerateRequests${period}PerProjectPerModel-FreeTier`,
          quotaDimensions: { location: 'global', model },
          quotaValue: daily ? '250' : '10',
        },
      ],
    },
  ]
  if (retryAfterSeconds !== undefined) {
    details.push({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds}s` })
  }
  return wireError(429, 'You exceeded your current quota, please check your plan and billing details.', details)
}

/** The request of a body's JSON text, or the error that it is answered with. */
export function readRequest(body: string): GenerateRequest | WireError {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return wireError(400, 'Invalid JSON payload received. Unexpected token.')
  }
  const parsed = requestSchema.safeParse(value)
  if (!parsed.success) return invalidPayload(parsed.error.issues)
  const config = parsed.data.generationConfig
  if (config?.responseSchema === undefined) return parsed.data
  if (config.responseMimeType !== 'application/json') {
    return wireError(400, 'Function calling or response_schema needs response mime type application/json')
  }
  const fault = schemaFault(config.responseSchema, 'generation_config.response_schema')
  return fault ?? parsed.data
}

function invalidPayload(issues: readonly z.core.$ZodIssue[]): WireError {
  const violations = issues.flatMap((issue) => {
    const field = fieldPath(issue.path)
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownName(key, field))
      : [{ field, description: `Invalid value at '${field}': ${issue.message}` }]
  })
  return badRequest(violations)
}

function badRequest(fieldViolations: { field: string; description: string }[]): WireError {
  return wireError(400, fieldViolations.map((violation) => violation.description).join('\n'), [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations },
  ])
}

function unknownName(key: string, field: string): { field: string; description: string } {
  const place = field === '' ? '' : ` at '${field}'`
  return { field, description: `Invalid JSON payload received. Unknown name "${key}"${place}: Cannot find field.` }
}

/** `generationConfig`, 0 → `generation_config[0]`, as the service spells places. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((joined, step) => {
    if (typeof step === 'number') return `${joined}[${step}]`
    const name = String(step).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return joined === '' ? name : `${joined}.${name}`
  }, '')
}

const schemaTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object']
/** The keywords that the service has always taken; newer ones are left out, so that a schema that passes here passes there. */
const schemaKeywords = new Set([
  'type',
  'format',
  'title',
  'description',
  'nullable',
  'enum',
  'properties',
  'required',
  'propertyOrdering',
  'items',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
])

/** The first thing in a response schema that the service would refuse. */
function schemaFault(schema: unknown, field: string): WireError | undefined {
  if (!isRecord(schema)) return badRequest([{ field, description: `Invalid value at '${field}': not an object` }])
  const unknown = Object.keys(schema).filter((key) => !schemaKeywords.has(key))
  if (unknown.length > 0) return badRequest(unknown.map((key) => unknownName(key, field)))
  const { type, enum: values, properties, required, items } = schema
  const name = typeof type === 'string' ? type.toLowerCase() : ''
  if (!schemaTypes.includes(name)) return invalidSchema(`${field}.type`, 'must be specified')
  if (values !== undefined && name !== 'string') return invalidSchema(`${field}.enum`, 'only allowed for STRING type')
  if (Array.isArray(values) && values.includes('')) return invalidSchema(`${field}.enum`, 'cannot be empty')
  if (name === 'array')
    return items === undefined
      ? invalidSchema(`${field}.items`, 'missing field.')
      : schemaFault(items, `${field}.items`)
  if (name !== 'object') return undefined
  if (!isRecord(properties) || Object.keys(properties).length === 0) {
    return invalidSchema(`${field}.properties`, 'should be non-empty for OBJECT type')
  }
  const missing = Array.isArray(required) ? required.findIndex((key) => !Object.hasOwn(properties, String(key))) : -1
  if (missing >= 0) return invalidSchema(`${field}.required[${missing}]`, 'property is not defined')
  for (const [key, property] of Object.entries(properties)) {
    const fault = schemaFault(property, `${field}.properties[${key}]`)
    if (fault !== undefined) return fault
  }
  return undefined
}

function invalidSchema(field: string, what: string): WireError {
  return wireError(400, `* GenerateContentRequest.${field}: ${what}\n`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
