// The machine-readable description of a problem's input. Validator, statement bounds, samplers and near-misses all come from it.
import * as z from 'zod'

/** `N`, `M`, `edges`: starts with a letter. */
const nameSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/)

/**
 * An integer expression over literals and the integer variables read before it:
 * `+ - * / ^`, parentheses, `min(a,b)`, `max(a,b)`; `/` rounds down. Examples: `200000`, `10^9`, `N-1`, `min(N*(N-1)/2, 200000)`.
 * `|S|` is the length of the word or string S. In the bounds of array elements and of the fields of rows and queries, `i` is the
 * number of the element or row, from 1; in a matrix `i` is the row and `j` the column.
 */
const boundSchema = z.string().min(1).max(100)

/** Characters with ranges, as inside a regular expression's brackets: `a-z`, `.#`, `A-Za-z0-9`. A hyphen stands first or last. */
const alphabetSchema = z.string().min(1).max(100)

const integerFieldSchema = z.strictObject({
  type: z.literal('integer'),
  name: nameSchema,
  min: boundSchema,
  max: boundSchema,
  /** A value that it never has, such as another vertex: `S`. */
  not: boundSchema.optional(),
})

/** Digits after the point, at most. */
const decimalsSchema = z.int().min(1).max(12)

/** A real number in plain decimal notation, `-0.5`, `3`, `2.50`; its bounds may be decimal literals. */
const realFieldSchema = z.strictObject({
  type: z.literal('real'),
  name: nameSchema,
  min: boundSchema,
  max: boundSchema,
  decimals: decimalsSchema,
})

/** Several integers in a row on the same line; their number is mostly an earlier field of that line. */
const listFieldSchema = z.strictObject({
  type: z.literal('list'),
  name: nameSchema,
  length: boundSchema,
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

const fieldSchema = z.discriminatedUnion('type', [
  integerFieldSchema,
  realFieldSchema,
  wordFieldSchema,
  listFieldSchema,
])
export type Field = z.infer<typeof fieldSchema>

const fieldsSchema = z.array(fieldSchema).min(1).max(10)

const weightSchema = z.strictObject({ min: boundSchema, max: boundSchema })

/** `of`, added up over all cases or rows, is at most `max`: `{ of: 'N', max: '200000' }`. */
const sumSchema = z.strictObject({ of: boundSchema, max: boundSchema })

/** The number of the first vertex or value. */
const firstSchema = z.literal([0, 1])

/**
 * One piece of the input, in reading order. Everything is separated by single blanks and every line ends with `\n`.
 * - `line`: scalars on one line
 * - `array`: `length` integers on one line (`layout: line`) or one a line (`column`); with `decimals`, real numbers
 * - `words`: `length` words, laid out like an array
 * - `permutation`: the integers 1..length in some order on one line (0..length-1 with `first: 0`)
 * - `string`: one line of characters of the alphabet
 * - `grid`: `rows` lines of `columns` characters of the alphabet, without separators; `exactly`: characters that occur so often
 * - `matrix`: `rows` lines of `columns` integers
 * - `tree`: `vertices - 1` lines `u v [w]`, vertices numbered from 1 (or `first`), connected
 * - `graph`: `edges` lines `u v [w]`, vertices numbered from 1 (or `first`), no loops; `simple`: no edge twice
 * - `rows`: `count` lines, each with the fields; bounds may refer to earlier fields of the same row
 * - `queries`: `count` lines, each of one of the forms: its tag word, then its fields
 * - `cases`: a line with the number of cases, then the inner blocks once for every case
 */
const leafBlockSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), fields: fieldsSchema }),
  z.strictObject({
    kind: z.literal('array'),
    name: nameSchema,
    length: boundSchema,
    min: boundSchema,
    max: boundSchema,
    decimals: decimalsSchema.optional(),
    layout: z.enum(['line', 'column']),
    order: z.enum(['any', 'increasing', 'non-decreasing', 'decreasing', 'non-increasing']),
    distinct: z.boolean(),
    /** Bound of the sum of all elements. */
    sumMax: boundSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('words'),
    name: nameSchema,
    length: boundSchema,
    minLength: boundSchema,
    maxLength: boundSchema,
    alphabet: alphabetSchema,
    layout: z.enum(['line', 'column']),
    distinct: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('permutation'),
    name: nameSchema,
    length: boundSchema,
    first: firstSchema.optional(),
  }),
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
    exactly: z
      .array(z.strictObject({ character: z.string().min(1).max(2), count: boundSchema }))
      .min(1)
      .max(10)
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('matrix'),
    name: nameSchema,
    rows: boundSchema,
    columns: boundSchema,
    min: boundSchema,
    max: boundSchema,
  }),
  z.strictObject({
    kind: z.literal('tree'),
    name: nameSchema,
    vertices: boundSchema,
    first: firstSchema.optional(),
    weight: weightSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('graph'),
    name: nameSchema,
    vertices: boundSchema,
    edges: boundSchema,
    first: firstSchema.optional(),
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
    fields: fieldsSchema,
    distinct: z.boolean(),
    sums: z.array(sumSchema).max(5).optional(),
  }),
  z.strictObject({
    kind: z.literal('queries'),
    name: nameSchema,
    count: boundSchema,
    forms: z
      .array(z.strictObject({ tag: z.string().regex(/^[!-~]{1,20}$/), fields: z.array(fieldSchema).max(10) }))
      .min(1)
      .max(10),
  }),
])
export type LeafBlock = z.infer<typeof leafBlockSchema>

const casesBlockSchema = z.strictObject({
  kind: z.literal('cases'),
  /** The variable that counts the cases. */
  name: nameSchema,
  min: boundSchema,
  max: boundSchema,
  sums: z.array(sumSchema).max(5),
  blocks: z.array(leafBlockSchema).min(1).max(20),
})

const blockSchema = z.discriminatedUnion('kind', [leafBlockSchema, casesBlockSchema])
export type Block = z.infer<typeof blockSchema>

export const inputSpecSchema = z.strictObject({ version: z.literal(1), blocks: z.array(blockSchema).min(1).max(20) })
export type InputSpec = z.infer<typeof inputSpecSchema>
