// What a model is asked to reply with: one flat wire schema per artefact, and the mapping to the rich forms inside.
import * as z from 'zod'
import { inputSpecSchema, type InputSpec } from '../contract/input-spec.ts'
import { executorLanguageSchema, languageSchema } from '../contract/languages.ts'
import { difficultySchema, topicSchema } from '../contract/topics.ts'
import type { Artefact } from '../contract/verification.ts'
import { lazily } from '../lazily.ts'

const text = (limit: number) => z.string().min(1).max(limit)
const code = lazily(() =>
  z
    .string()
    .min(1)
    .max(32 * 1024),
)

const wireFieldSchema = lazily(() =>
  z.object({
    type: z.enum(['integer', 'real', 'word', 'list']),
    name: z.string(),
    /** In queries: the tag of the form it belongs to. */
    form: z.string().optional(),
    min: z.string().optional(),
    max: z.string().optional(),
    not: z.string().optional(),
    decimals: z.int().optional(),
    length: z.string().optional(),
    min_length: z.string().optional(),
    max_length: z.string().optional(),
    alphabet: z.string().optional(),
  }),
)

/**
 * One block of the input; which properties count depends on `kind` (see contract/input-spec.ts). `cases`: all blocks after it
 * are repeated for every case.
 */
const wireBlockSchema = lazily(() =>
  z.object({
    kind: z.enum([
      'line',
      'array',
      'words',
      'permutation',
      'string',
      'grid',
      'matrix',
      'tree',
      'graph',
      'rows',
      'queries',
      'cases',
    ]),
    name: z.string().optional(),
    fields: z.array(wireFieldSchema()).optional(),
    length: z.string().optional(),
    min: z.string().optional(),
    max: z.string().optional(),
    decimals: z.int().optional(),
    layout: z.enum(['line', 'column']).optional(),
    order: z.enum(['any', 'increasing', 'non-decreasing', 'decreasing', 'non-increasing']).optional(),
    distinct: z.boolean().optional(),
    min_length: z.string().optional(),
    max_length: z.string().optional(),
    alphabet: z.string().optional(),
    rows: z.string().optional(),
    columns: z.string().optional(),
    exactly: z.array(z.object({ character: z.string(), count: z.string() })).optional(),
    first: z.int().optional(),
    vertices: z.string().optional(),
    edges: z.string().optional(),
    directed: z.boolean().optional(),
    connected: z.boolean().optional(),
    simple: z.boolean().optional(),
    acyclic: z.boolean().optional(),
    weight_min: z.string().optional(),
    weight_max: z.string().optional(),
    count: z.string().optional(),
    /** The tags of all forms of queries, those without fields included. */
    tags: z.array(z.string()).optional(),
    sum_of: z.string().optional(),
    sum_max: z.string().optional(),
  }),
)
type WireBlock = z.infer<ReturnType<typeof wireBlockSchema>>

const blueprintReplySchema = lazily(() =>
  z.object({
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(80),
    title: text(120),
    algorithm_type: topicSchema,
    difficulty: difficultySchema,
    task: text(4_000),
    output: text(1_500),
    intended_approach: text(1_000),
    intended_complexity: text(100),
    naive_approach: text(1_000),
    naive_complexity: text(100),
    /** How outputs are compared: one right answer, real numbers, or a checker because several answers are right. */
    comparison: z.enum(['tokens', 'float', 'checker']).optional(),
    /** Absolute or relative, with `comparison: 'float'`; such as `1e-6`. */
    tolerance: z
      .string()
      .regex(/^(1e-[1-9]|0\.0*[1-9]\d*)$/)
      .optional(),
    input: z.array(wireBlockSchema()).min(1).max(20),
    samples: z
      .array(z.object({ input: text(2_000), output: text(2_000) }))
      .min(2)
      .max(5),
    illegal_inputs: z
      .array(z.object({ input: z.string().max(2_000), reason: text(300) }))
      .min(2)
      .max(8),
  }),
)

const programReplySchema = lazily(() =>
  z.object({
    language: languageSchema,
    approach: text(1_000),
    complexity: text(100),
    code: code(),
  }),
)

/** Plausible programs that must not pass: `wrong` ones answer wrongly somewhere, `slow` ones only run out of time. */
const wrongSolutionsReplySchema = lazily(() =>
  z.object({
    solutions: z
      .array(z.object({ kind: z.enum(['wrong', 'slow']), idea: text(500), language: languageSchema, code: code() }))
      .min(2)
      .max(8),
  }),
)

/** Written from the statement alone, in whatever language its author likes. */
const solverReplySchema = lazily(() => z.object({ ...programReplySchema().shape, language: executorLanguageSchema }))

const generatorReplySchema = lazily(() =>
  z.object({
    language: languageSchema,
    /** The program reads one line `<strategy> <seed>` and prints one input. */
    strategies: z
      .array(
        z.object({
          name: z
            .string()
            .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
            .max(40),
          kind: z.enum(['random', 'edge', 'maximum', 'adversarial']),
          description: text(300),
        }),
      )
      .min(2)
      .max(8),
    code: code(),
  }),
)

const statementReplySchema = lazily(() =>
  z.object({
    title: text(120),
    description: text(6_000),
    output_format: text(1_500),
  }),
)

/** What gives the schema of each artefact's reply. */
export const replySchemas = {
  blueprint: blueprintReplySchema,
  reference: programReplySchema,
  'brute-force': programReplySchema,
  generator: generatorReplySchema,
  'wrong-solutions': wrongSolutionsReplySchema,
  /** A Kattis output validator: arguments input, answer, feedback folder; the output on standard input; exit 42 or 43. */
  checker: programReplySchema,
  statement: statementReplySchema,
  solver: solverReplySchema,
} as const satisfies Record<Artefact, () => z.ZodType>

/** Each artefact's reply after parsing. */
export type Replies = { [A in Artefact]: z.infer<ReturnType<(typeof replySchemas)[A]>> }
export type BlueprintReply = Replies['blueprint']

/** The rich input spec of a blueprint. Throws ZodError naming the block and property that is missing or wrong. */
export function toInputSpec(blocks: readonly WireBlock[]): InputSpec {
  const at = blocks.findIndex(({ kind }) => kind === 'cases')
  const cases = at === -1 ? undefined : blocks[at]
  if (cases === undefined) return inputSpecSchema.parse({ version: 1, blocks: blocks.map(toBlock) })
  const repeated = {
    kind: 'cases',
    name: cases.name,
    min: cases.min,
    max: cases.max,
    sums: toSums(cases) ?? [],
    blocks: blocks.slice(at + 1).map(toBlock),
  }
  return inputSpecSchema.parse({ version: 1, blocks: [...blocks.slice(0, at).map(toBlock), repeated] })
}

function toBlock(wire: WireBlock): unknown {
  const { kind, name } = wire
  const first = given({ first: wire.first })
  const weight =
    wire.weight_min === undefined && wire.weight_max === undefined
      ? {}
      : { weight: { min: wire.weight_min, max: wire.weight_max } }
  switch (kind) {
    case 'line':
      return { kind, fields: wire.fields?.map(toField) }
    case 'array':
      return {
        kind,
        name,
        length: wire.length,
        min: wire.min,
        max: wire.max,
        layout: wire.layout ?? 'line',
        order: wire.order ?? 'any',
        distinct: wire.distinct ?? false,
        ...given({ decimals: wire.decimals, sumMax: wire.sum_max }),
      }
    case 'words':
      return {
        kind,
        name,
        length: wire.length,
        minLength: wire.min_length,
        maxLength: wire.max_length,
        alphabet: wire.alphabet,
        layout: wire.layout ?? 'column',
        distinct: wire.distinct ?? false,
      }
    case 'permutation':
      return { kind, name, length: wire.length, ...first }
    case 'string':
      return { kind, name, minLength: wire.min_length, maxLength: wire.max_length, alphabet: wire.alphabet }
    case 'grid': {
      const { rows, columns, alphabet } = wire
      return { kind, name, rows, columns, alphabet, ...given({ exactly: wire.exactly }) }
    }
    case 'matrix':
      return { kind, name, rows: wire.rows, columns: wire.columns, min: wire.min, max: wire.max }
    case 'tree':
      return { kind, name, vertices: wire.vertices, ...first, ...weight }
    case 'graph':
      return {
        kind,
        name,
        vertices: wire.vertices,
        edges: wire.edges,
        ...first,
        directed: wire.directed ?? false,
        connected: wire.connected ?? false,
        simple: wire.simple ?? true,
        acyclic: wire.acyclic ?? false,
        ...weight,
      }
    case 'rows':
      return {
        kind,
        name,
        count: wire.count,
        fields: wire.fields?.map(toField),
        distinct: wire.distinct ?? false,
        ...given({ sums: toSums(wire) }),
      }
    case 'queries': {
      const fields = wire.fields ?? []
      const tags = new Set([...(wire.tags ?? []), ...fields.map(({ form }) => form ?? '')])
      const forms = [...tags].map((tag) => ({
        tag,
        fields: fields.filter(({ form }) => (form ?? '') === tag).map(toField),
      }))
      return { kind, name, count: wire.count, forms }
    }
    case 'cases':
      return { kind, name, min: wire.min, max: wire.max, sums: [], blocks: [] }
  }
}

function toSums(wire: WireBlock): { of: string | undefined; max: string | undefined }[] | undefined {
  if (wire.sum_of === undefined && wire.sum_max === undefined) return undefined
  return [{ of: wire.sum_of, max: wire.sum_max }]
}

function toField(wire: z.infer<ReturnType<typeof wireFieldSchema>>): unknown {
  const { type, name, min, max, length } = wire
  switch (type) {
    case 'integer':
      return { type, name, min, max, ...given({ not: wire.not }) }
    case 'real':
      return { type, name, min, max, decimals: wire.decimals }
    case 'word':
      return { type, name, minLength: wire.min_length, maxLength: wire.max_length, alphabet: wire.alphabet }
    case 'list':
      return { type, name, length, min, max }
  }
}

/** Without what is not given. */
function given(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
}
