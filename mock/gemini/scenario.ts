// The scenario file: which requests the stand-in answers with something else than its clean reply. Documented in docs/scenarios.md.
import * as z from 'zod'
import type { Artefact, Stage } from '../../src/contract/verification.ts'
import { JsonSyntaxError, parseLocatedJson, pointerStep, type LocatedJson } from './located-json.ts'

type Option = 'retryAfterSeconds' | 'daily' | 'afterCharacters' | 'whole' | 'chunkDelayMs'

export const faultNames = [
  '429',
  '500',
  '503',
  'hang',
  'hang-after',
  'cut',
  'safety',
  'recitation',
  'other',
  'max-tokens',
  'blocked',
  'error-in-stream',
  'empty',
  'slow',
  'no-usage',
  'bad-key',
] as const
type Fault = (typeof faultNames)[number]

/** The options that each fault takes, and whether it acts on a reply (which the entry may then carry or change). */
const faults: Record<Fault, { options: readonly Option[]; onReply: boolean }> = {
  '429': { options: ['retryAfterSeconds', 'daily'], onReply: false },
  '500': { options: [], onReply: false },
  '503': { options: [], onReply: false },
  hang: { options: [], onReply: false },
  'hang-after': { options: ['afterCharacters'], onReply: true },
  cut: { options: ['afterCharacters'], onReply: true },
  safety: { options: ['afterCharacters'], onReply: true },
  recitation: { options: ['afterCharacters'], onReply: true },
  other: { options: ['afterCharacters'], onReply: true },
  'max-tokens': { options: ['afterCharacters', 'whole'], onReply: true },
  blocked: { options: [], onReply: false },
  'error-in-stream': { options: ['afterCharacters'], onReply: true },
  empty: { options: [], onReply: false },
  slow: { options: ['chunkDelayMs'], onReply: true },
  'no-usage': { options: [], onReply: true },
  'bad-key': { options: [], onReply: false },
}

const pointer = z.string().regex(/^(\/([^~/]|~[01])*)*$/, 'not a JSON pointer such as "/code" or "/input/0/min"')
const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), path: pointer, value: z.unknown() }),
  z.strictObject({ op: z.literal('remove'), path: pointer }),
  z.strictObject({ op: z.literal('replace'), path: pointer, value: z.unknown() }),
  z.strictObject({ op: z.literal('move'), from: pointer, path: pointer }),
  z.strictObject({ op: z.literal('copy'), from: pointer, path: pointer }),
  z.strictObject({ op: z.literal('test'), path: pointer, value: z.unknown() }),
])

const entryFields = z.strictObject({
  fault: z
    .preprocess(
      (name) => (typeof name === 'string' ? name.toLowerCase().replaceAll('_', '-') : name),
      z.enum(faultNames),
    )
    .exactOptional(),
  retryAfterSeconds: z.number().min(0).exactOptional(),
  daily: z.boolean().exactOptional(),
  afterCharacters: z.int().min(0).exactOptional(),
  whole: z.boolean().exactOptional(),
  chunkDelayMs: z.int().min(0).exactOptional(),
  text: z.string().exactOptional(),
  reply: z.record(z.string(), z.unknown()).exactOptional(),
  patch: z.array(operationSchema).min(1).exactOptional(),
  replace: z
    .array(z.strictObject({ path: pointer, find: z.string().min(1), with: z.string() }))
    .min(1)
    .exactOptional(),
  wrap: z.strictObject({ before: z.string().exactOptional(), after: z.string().exactOptional() }).exactOptional(),
  repeat: z.boolean().exactOptional(),
})
/** How one request is answered. */
export type Entry = z.infer<typeof entryFields>

const options: readonly Option[] = ['retryAfterSeconds', 'daily', 'afterCharacters', 'whole', 'chunkDelayMs']
const replyFields = ['text', 'reply', 'patch', 'replace', 'wrap'] as const

const entrySchema = z.preprocess(
  (entry) => (typeof entry === 'string' ? { text: entry } : entry),
  entryFields.superRefine((entry, context) => {
    const complain = (message: string, ...path: string[]): void => context.addIssue({ code: 'custom', message, path })
    const used = replyFields.filter((field) => entry[field] !== undefined)
    const rule = entry.fault === undefined ? undefined : faults[entry.fault]
    for (const option of options) {
      if (entry[option] === undefined || rule?.options.includes(option) === true) continue
      const takers = faultNames.filter((name) => faults[name].options.includes(option))
      complain(`only with fault ${takers.map((name) => `"${name}"`).join(', ')}`, option)
    }
    if (rule === undefined && used.length === 0)
      complain('empty: give "fault", "text", "reply", "patch", "replace" or "wrap"')
    if (rule?.onReply === false)
      for (const field of used) complain(`fault "${entry.fault}" has no reply to act on`, field)
    if (entry.text !== undefined) {
      for (const field of used) if (field !== 'text' && field !== 'wrap') complain('not beside "text"', field)
    } else if (entry.reply !== undefined) {
      for (const field of used) if (field === 'patch' || field === 'replace') complain('not beside "reply"', field)
    }
    if (entry.whole === true && entry.afterCharacters !== undefined) complain('not beside "whole"', 'afterCharacters')
  }),
)

const listSchema = z.array(entrySchema).superRefine((entries, context) => {
  entries.forEach((entry, index) => {
    if (entry.repeat === true && index < entries.length - 1) {
      context.addIssue({ code: 'custom', message: 'only allowed in the last entry', path: [index, 'repeat'] })
    }
  })
})

/** Which artefacts a key stands for: itself, or all that its stage asks for. */
const stageOf: Record<Artefact, ScenarioKey> = {
  blueprint: 'blueprint',
  reference: 'programs',
  'brute-force': 'programs',
  generator: 'programs',
  'wrong-solutions': 'programs',
  checker: 'programs',
  statement: 'statement',
  solver: 'solver',
}
const keys = [
  'blueprint',
  'programs',
  'statement',
  'reference',
  'brute-force',
  'generator',
  'wrong-solutions',
  'checker',
  'solver',
] as const satisfies readonly (Artefact | Stage)[]
type ScenarioKey = (typeof keys)[number]

const scenarioSchema = z.strictObject(Object.fromEntries(keys.map((key) => [key, listSchema.exactOptional()])))

/** The answers of each artefact in the order of its requests. JSON text of this is a scenario file again. */
export type Scenario = { readonly [K in ScenarioKey]?: readonly Entry[] }

/** A scenario that cannot be used; the message names line and field. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
}

/** Reads a scenario's JSON text. Throws {@link ScenarioError} with one line for each mistake. */
export function parseScenario(text: string): Scenario {
  const located = locate(text)
  const parsed = scenarioSchema.safeParse(located.value)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  // An entry whose only field is misspelt looks empty as well; that would be told twice.
  const misspelt = new Set(
    issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? [fieldName(issue.path)] : [])),
  )
  const told = issues.filter((issue) => issue.code !== 'custom' || !misspelt.has(fieldName(issue.path)))
  throw new ScenarioError(told.flatMap((issue) => describe(issue, located)).join('\n'))
}

/** How the `ordinal`-th request (from 1, retries count) for an artefact is answered; undefined is the clean reply. */
export function entryFor(scenario: Scenario, artefact: Artefact, ordinal: number): Entry | undefined {
  const entries = scenario[artefact] ?? scenario[stageOf[artefact]] ?? []
  const last = entries.at(-1)
  return entries[ordinal - 1] ?? (last?.repeat === true ? last : undefined)
}

function locate(text: string): LocatedJson {
  try {
    return parseLocatedJson(text)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new ScenarioError(`line ${error.line}, column ${error.column}: not JSON: ${error.message}`, { cause: error })
  }
}

/** The lines that tell of an issue. */
function describe(issue: z.core.$ZodIssue, located: LocatedJson): string[] {
  const places = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
  return places.map((path) => `line ${lineOf(path, located)}: ${fieldName(path)}: ${reason(issue)}`)
}

function reason(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      if (issue.path.length === 0) return `unknown; valid are ${keys.join(', ')}`
      if (issue.path.length === 2) return `unknown; valid are ${Object.keys(entryFields.shape).join(', ')}`
      return 'unknown field'
    case 'invalid_value':
      return `unknown; valid are ${issue.values.join(', ')}`
    case 'invalid_union':
      return 'unknown; valid are add, remove, replace, move, copy, test'
    default:
      return issue.message
  }
}

/** The line of a place, or of the nearest thing around it when the place itself is what is missing. */
function lineOf(path: readonly PropertyKey[], located: LocatedJson): number {
  for (let length = path.length; length > 0; length -= 1) {
    const place = path.slice(0, length).map((step) => `/${pointerStep(String(step))}`)
    const line = located.lines.get(place.join(''))
    if (line !== undefined) return line
  }
  return 1
}

/** `reference[1].fault` */
function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'scenario'
  return path.reduce<string>((name, step) => {
    if (typeof step === 'number') return `${name}[${step}]`
    return name === '' ? String(step) : `${name}.${String(step)}`
  }, '')
}
