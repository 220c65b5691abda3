// The problem while it is being made: the model's replies, parsed, and content hashes that say what depends on what.
import { createHash } from 'node:crypto'
import { ZodError, type ZodType } from 'zod'
import type { InputSpec } from '../contract/input-spec.ts'
import type { Artefact } from '../contract/verification.ts'
import type { ModelOutcome } from '../ports.ts'
import { extractJson } from './reply-parser.ts'
import { type Replies, replySchemas, toInputSpec } from './replies.ts'

/** One reply of the model, as it came. */
export interface Reply {
  readonly callId: string
  readonly attempt: number
  readonly text: string
  readonly outcome: ModelOutcome
}

/** What a gate may read. A gate is passed for a content; it runs again only when the content of what it reads has changed. */
export type Facet =
  | 'reply'
  | 'task'
  | 'samples'
  | 'illegal-inputs'
  | 'reference'
  | 'brute-force'
  | 'generator'
  | 'wrong-solutions'
  | 'checker'
  | 'statement'
  | 'solver'

/** A gate needed something that the model never delivered in a usable form. */
export class MissingArtefactError extends Error {
  readonly artefact: Artefact

  constructor(artefact: Artefact) {
    super(`no usable ${artefact}`)
    this.artefact = artefact
  }
}

/** The replies so far. */
export class Draft {
  readonly #replies = new Map<Artefact, Reply>()
  readonly #parsed = new Map<Artefact, { issues: readonly string[]; value: unknown }>()
  #spec: { issues: readonly string[]; value: InputSpec | undefined } | undefined

  /** Puts a new reply in the place of the old one. */
  accept(artefact: Artefact, reply: Reply): void {
    this.#replies.set(artefact, reply)
    this.#parsed.set(artefact, parseReply(artefact, reply))
    if (artefact === 'blueprint') this.#spec = undefined
  }

  reply(artefact: Artefact): Reply | undefined {
    return this.#replies.get(artefact)
  }

  /** What is wrong with the reply's form; empty when it is as asked. */
  issues(artefact: Artefact): readonly string[] {
    return this.#parsed.get(artefact)?.issues ?? ['no reply']
  }

  /** The parsed reply. Throws MissingArtefactError when there is none. */
  get<A extends Artefact>(artefact: A): Replies[A] {
    const value = this.#parsed.get(artefact)?.value
    if (value === undefined) throw new MissingArtefactError(artefact)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed with this artefact's schema by parseReply
    return value as Replies[A]
  }

  /** The input spec, or what is wrong with the blueprint's blocks. */
  specOrIssues(): { issues: readonly string[]; value: InputSpec | undefined } {
    this.#spec ??= parseSpec(this.get('blueprint').input)
    return this.#spec
  }

  /** The input spec. Throws MissingArtefactError when the blueprint has no usable one. */
  get spec(): InputSpec {
    const { value } = this.specOrIssues()
    if (value === undefined) throw new MissingArtefactError('blueprint')
    return value
  }

  /** Whether several answers may be right, so that a program has to judge them. */
  get needsChecker(): boolean {
    return this.get('blueprint').comparison === 'checker'
  }

  /** Seed of everything that is sampled from the spec: the same inputs for the same spec, whatever the prose says. */
  get samplerSeed(): string {
    return contentHash(this.spec)
  }

  /** A hash of the content of a facet; the same while what counts for it is the same. */
  hash(facet: Facet): string {
    return contentHash(this.#content(facet))
  }

  #content(facet: Facet): unknown {
    switch (facet) {
      case 'reply':
        return [...this.#replies.values()].map((reply) => [reply.callId, reply.text, reply.outcome.kind])
      case 'task': {
        const { samples: _samples, illegal_inputs: _illegal, ...task } = this.get('blueprint')
        return task
      }
      case 'samples':
        return this.get('blueprint').samples
      case 'illegal-inputs':
        return this.get('blueprint').illegal_inputs
      case 'reference':
      case 'brute-force':
        return this.get(facet).code
      case 'generator':
        return [this.get('generator').code, this.get('generator').strategies]
      case 'wrong-solutions':
        return this.get('wrong-solutions').solutions.map(({ kind, code }) => [kind, code])
      case 'checker':
        return this.needsChecker ? this.get('checker').code : 'none'
      case 'statement':
        return this.get('statement')
      case 'solver':
        return [this.get('solver').language, this.get('solver').code]
    }
  }
}

/** SHA-256 of the JSON of a value, in hexadecimal. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

function parseReply(artefact: Artefact, reply: Reply): { issues: readonly string[]; value: unknown } {
  const { value, issues } = extractJson(reply.text)
  const ending = endingIssue(reply.outcome)
  const parsed = (replySchemas[artefact]() as ZodType).safeParse(value)
  const schemaIssues = value === undefined || parsed.success ? [] : describe(parsed.error)
  return {
    // An ending that explains everything comes first: re-asking with "brackets are not balanced" would mislead.
    issues: [...(ending === undefined ? [] : [ending]), ...issues, ...schemaIssues, ...encodingIssues(value)],
    value: parsed.success ? parsed.data : undefined,
  }
}

/** Half of a surrogate pair cannot be stored or sent as UTF-8. */
function encodingIssues(value: unknown): string[] {
  const isWhole = (part: unknown): boolean =>
    typeof part === 'string'
      ? part.isWellFormed()
      : typeof part !== 'object' ||
        part === null ||
        Object.entries(part).every(([key, inner]) => key.isWellFormed() && isWhole(inner))
  return isWhole(value) ? [] : ['a text contains half of a surrogate pair; use whole characters']
}

function endingIssue(outcome: ModelOutcome): string | undefined {
  switch (outcome.kind) {
    case 'complete':
      return undefined
    case 'truncated':
      return 'the reply reached the output limit and is cut off; be more concise'
    case 'empty':
      return 'the reply is empty'
    case 'refused':
      return `the provider withheld the reply (${outcome.reason})`
    case 'interrupted':
      return `the reply was interrupted (${outcome.reason})`
    case 'rate-limited':
    case 'unavailable':
    case 'key-refused':
    case 'request-refused':
      return `no reply (${outcome.kind})`
  }
}

function parseSpec(blocks: Replies['blueprint']['input']): { issues: readonly string[]; value: InputSpec | undefined } {
  try {
    return { issues: [], value: toInputSpec(blocks) }
  } catch (thrown) {
    if (!(thrown instanceof ZodError)) throw thrown
    return { issues: describe(thrown), value: undefined }
  }
}

function describe(error: ZodError): string[] {
  return error.issues.slice(0, 8).map((issue) => `${issue.path.join('.') || 'reply'}: ${issue.message}`)
}
