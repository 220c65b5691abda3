// What the stand-in understands of a prompt: the one-line JSON sections that say which artefact is asked for.
import * as z from 'zod'
import { artefacts } from '../../src/contract/verification.ts'

const jobSchema = z.object({
  artefact: z.enum(artefacts),
  attempt: z.int().min(1),
  locale: z.enum(['ko', 'en']),
})
const requestSchema = z.object({
  topic: z.string().exactOptional(),
  level: z.string().exactOptional(),
  wish: z.string().exactOptional(),
})
const blueprintSchema = z.object({ slug: z.string() })
const problemSchema = z.object({ title: z.string(), description: z.string(), output_format: z.string() })
const findingSchema = z.object({ gate: z.string() })

/** What a prompt's `<job>` section says. */
type Job = z.infer<typeof jobSchema>

/** What the scripted author gets to know of a prompt. */
export interface AuthorQuestion {
  job: Job
  /** Only for a blueprint. */
  request?: { topic?: string; level?: string; wish?: string }
  /** Only for what is written from a blueprint. */
  slug?: string
  /** All that a blind solver sees of the problem. */
  problem?: z.infer<typeof problemSchema>
  /** The gate whose finding the earlier reply is to be corrected for. */
  finding?: string
}

/** The clean reply object for a question; pure: same seed and question, same reply. */
export type Author = (question: AuthorQuestion) => Record<string, unknown>

/** Reads the question from a user message; a string says what is wrong with it. */
export function readQuestion(message: string): AuthorQuestion | string {
  const job = readSection(message, 'job', jobSchema)
  if (job === undefined)
    return 'the last user content has no <job>{"artefact": …}</job> section, so the stand-in cannot know what to write'
  if (typeof job === 'string') return job
  const request = readSection(message, 'request', requestSchema)
  if (typeof request === 'string') return request
  const blueprint = readSection(message, 'blueprint', blueprintSchema)
  if (typeof blueprint === 'string') return blueprint
  const problem = readSection(message, 'problem', problemSchema)
  if (typeof problem === 'string') return problem
  const finding = readSection(message, 'finding', findingSchema)
  if (typeof finding === 'string') return finding
  return {
    job,
    ...(problem === undefined ? {} : { problem }),
    ...(finding === undefined ? {} : { finding: finding.gate }),
    ...(request === undefined ? {} : { request }),
    ...(blueprint === undefined ? {} : { slug: blueprint.slug }),
  }
}

/**
 * A section's value; undefined when there is none, a string when it cannot be read. In a section every `<` is escaped,
 * so that a tag inside one is never found; a section that stands twice is refused rather than guessed at.
 */
function readSection<T extends object>(message: string, tag: string, schema: z.ZodType<T>): T | string | undefined {
  const found = [...message.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))]
  const body = found[0]?.[1]
  if (body === undefined) return undefined
  if (found.length > 1) return `the prompt has ${found.length} <${tag}> sections`
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return `the <${tag}> section is not JSON`
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : `the <${tag}> section is wrong: ${z.prettifyError(parsed.error)}`
}
