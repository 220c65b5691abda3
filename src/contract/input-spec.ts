// The machine-readable description of a problem's input. Validator, statement bounds, samplers and near-misses all come from it.
import * as z from 'zod'

/** `N`, `M`, `edges`: starts with a letter. */
const nameSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/)

/**
 * An integer expression over literals and the integer variables read before it:
 * `+ - * / ^`, parentheses, `min(a,b)`, `max(a,b)`; `/` rounds down. Examples: `200000`, `10^9`, `N-1`, `min(N*(N-1)/2, 200000)`.
 */
const boundSchema = z.string().min(1).max(100)

/** Characters with ranges, as inside a regular expression's brackets: `a-z`, `.#`, `A-Za-z0-9`. A hyphen stands first or last. */
const alphabetSchema = z.string().min(1).max(100)

const integerFieldSchema = z.strictObject({
  type: z.literal('integer'),
  name: nameSchema,
  min: boundSchema,
  max: boundSchema,
})

/** A token without blanks. */
const wordFieldSchema = z.strictObject({
  type: z.literal('word'),
  name: nameSchema,
  minLength: boundSchema,
  maxLength: boundSchema,
  alphabet: alphabetSchema,
})

const fieldSchema = z.discriminatedUnion('type', [integerFieldSchema, wordFieldSchema])
export type Field = z.infer<typeof fieldSchema>

const weightSchema = z.strictObject({ min: boundSchema, max: boundSchema })

/**
 * One piece of the input, in reading order. Everything is separated by single blanks and every line ends with `\n`.
 * - `line`: scalars on one line
 * - `array`: `length` integers on one line (`layout: line`) or one a line (`column`)
 * - `permutation`: the integers 1..length in some order on one line
 * - `string`: one line of characters of the alphabet
 * - `grid`: `rows` lines of `columns` characters of the alphabet, without separators
 * - `tree`: `vertices - 1` lines `u v [w]`, vertices numbered from 1, connected
 * - `graph`: `edges` lines `u v [w]`, vertices numbered from 1, no loops; `simple`: no edge twice
 * - `rows`: `count` lines, each with the fields; bounds may refer to earlier fields of the same row
 */
const blockSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), fields: z.array(fieldSchema).min(1).max(10) }),
  z.strictObject({
    kind: z.literal('array'),
    name: nameSchema,
    length: boundSchema,
    min: boundSchema,
    max: boundSchema,
    layout: z.enum(['line', 'column']),
    order: z.enum(['any', 'increasing', 'non-decreasing', 'decreasing', 'non-increasing']),
    distinct: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('permutation'), name: nameSchema, length: boundSchema }),
  z.strictObject({
    kind: z.literal('string'),
    name: nameSchema,
    minLength: boundSchema,
    maxLength: boundSchema,
    alphabet: alphabetSchema,
  }),
  z.strictObject({
    kind: z.literal('grid'),
    name: nameSchema,
    rows: boundSchema,
    columns: boundSchema,
    alphabet: alphabetSchema,
  }),
  z.strictObject({ kind: z.literal('tree'), name: nameSchema, vertices: boundSchema, weight: weightSchema.optional() }),
  z.strictObject({
    kind: z.literal('graph'),
    name: nameSchema,
    vertices: boundSchema,
    edges: boundSchema,
    directed: z.boolean(),
    connected: z.boolean(),
    simple: z.boolean(),
    acyclic: z.boolean(),
    weight: weightSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('rows'),
    name: nameSchema,
    count: boundSchema,
    fields: z.array(fieldSchema).min(1).max(10),
    distinct: z.boolean(),
  }),
])
export type Block = z.infer<typeof blockSchema>

export const inputSpecSchema = z.strictObject({ version: z.literal(1), blocks: z.array(blockSchema).min(1).max(20) })
export type InputSpec = z.infer<typeof inputSpecSchema>
