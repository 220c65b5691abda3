// One step of guessing a spec: what the next lines of all inputs may be, given the numbers read so far.
import type { Field, LeafBlock } from '../../contract/input-spec.ts'
import { brokenProperty } from './graph.ts'
import { inOrder } from './bounds.ts'
import {
  integerPattern,
  type Line,
  realPattern,
  type Scalar,
  alphabetFor,
  bounds,
  edgeList,
  elementBounds,
  isPermutationFrom,
  looksDistinct,
  plainField,
  realBounds,
  scalarField,
  spread,
} from './infer-values.ts'

/** A size by input, and the expression that gives it. */
interface Size {
  readonly expression: string
  readonly values: readonly number[]
}

const scalarNames = ['N', 'M', 'K', 'Q', 'L', 'R', 'X', 'Y', 'Z']
const listNames = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
const textNames = ['S', 'W', 'P', 'U', 'V']

export class Guess {
  readonly blocks: readonly LeafBlock[]
  readonly #texts: readonly (readonly Line[])[]
  /** The next line of each input. */
  readonly #at: readonly number[]
  readonly #scalars: readonly Scalar[]

  private constructor(
    texts: readonly (readonly Line[])[],
    at: readonly number[],
    scalars: readonly Scalar[],
    blocks: readonly LeafBlock[],
  ) {
    this.#texts = texts
    this.#at = at
    this.#scalars = scalars
    this.blocks = blocks
  }

  static start(texts: readonly (readonly Line[])[]): Guess {
    return new Guess(
      texts,
      texts.map(() => 0),
      [],
      [],
    )
  }

  static freeName(blocks: readonly LeafBlock[], candidates: readonly string[]): string {
    const taken = new Set(blocks.flatMap(namesIn))
    const free = candidates.find((name) => !taken.has(name))
    return free ?? `${candidates[0] ?? 'x'}${taken.size}`
  }

  get isComplete(): boolean {
    return this.#texts.every((lines, index) => this.#at[index] === lines.length)
  }

  /** What may come next, the most telling first. */
  *next(): Generator<Guess> {
    const sizes = this.#sizes()
    for (const size of sizes) yield* this.#linesOf(size)
    for (const size of sizes) yield* this.#lineOf(size)
    yield* this.#constantLines()
    yield* this.#single()
  }

  /** Sizes that earlier numbers explain; those that an input cannot have any more lines or tokens for are of no use. */
  #sizes(): Size[] {
    const of = (expression: string, compute: (...values: number[]) => number, scalars: readonly Scalar[]): Size => ({
      expression,
      values: this.#texts.map((_, index) => compute(...scalars.map(({ values }) => values[index] ?? 0))),
    })
    const recent = this.#scalars.slice(-6)
    return [
      ...recent.map((scalar) => of(scalar.name, (value) => value, [scalar])),
      ...recent.map((scalar) => of(`${scalar.name}-1`, (value) => value - 1, [scalar])),
      ...recent.map((scalar) => of(`${scalar.name}+1`, (value) => value + 1, [scalar])),
      ...recent.map((scalar) => of(`2*${scalar.name}`, (value) => 2 * value, [scalar])),
    ].filter(({ values }) => values.every((value) => value >= 0 && value <= 5_000_000))
  }

  /** An array on one line. */
  *#lineOf(size: Size): Generator<Guess> {
    const rows = this.#rows(this.#texts.map(() => 1))
    if (rows === undefined || rows.some(([line], index) => line?.length !== size.values[index])) return
    const lists = rows.map(([line]) => line ?? [])
    if (Math.max(...lists.map(({ length }) => length)) < 2) return
    yield* this.#list(lists, size, 'line')
  }

  /** As many lines as a size says, all of the same form. */
  *#linesOf(size: Size): Generator<Guess> {
    const rows = this.#rows(size.values)
    if (rows === undefined || size.values.every((value) => value === 0)) return
    const all = rows.flat()
    const width = all[0]?.length ?? 0
    const columns = this.#sizes().find(({ values }) =>
      rows.every((lines, index) => lines.every((line) => line.length === values[index])),
    )
    const isInteger = all.every((line) => line.every((token) => integerPattern.test(token)))
    const isTall = Math.max(...size.values) > 1
    if (columns !== undefined && isInteger && isTall && new Set(columns.values).size > 1) {
      const name = this.#name(listNames)
      const values = all.flat()
      const block = {
        kind: 'matrix',
        name,
        rows: size.expression,
        columns: columns.expression,
        ...bounds(values),
      } as const
      yield this.#with(block, size.values)
    }
    if (all.some((line) => line.length !== width) || width === 0 || width > 10) return
    if (width === 1) {
      yield* this.#grid(rows, size)
      yield* this.#list(
        rows.map((lines) => lines.map(([token]) => token ?? '')),
        size,
        'column',
      )
      return
    }
    yield* this.#edges(rows, size)
    const fields = this.#fields(rows, size.expression)
    if (fields === undefined) return
    const lines = all.map((line) => line.join(' '))
    const name = this.#name(['rows', 'lines', 'items'])
    const distinct = looksDistinct(
      rows.map((one) => one.map((line) => line.join(' '))),
      new Set(lines).size * 2,
    )
    yield this.#with({ kind: 'rows', name, count: size.expression, fields, distinct }, size.values)
  }

  /** The rest of all inputs is a matrix or grid of the same size everywhere. */
  *#constantLines(): Generator<Guess> {
    const left = this.#texts.map((lines, index) => lines.length - (this.#at[index] ?? 0))
    const count = left[0] ?? 0
    if (count < 2 || left.some((each) => each !== count)) return
    const rows = this.#rows(left)
    const all = rows?.flat() ?? []
    const width = all[0]?.length ?? 0
    if (rows === undefined || width === 0 || all.some((line) => line.length !== width)) return
    const size = { expression: String(count), values: left }
    if (width === 1) yield* this.#grid(rows, size)
    else if (all.every((line) => line.every((token) => integerPattern.test(token)))) {
      const name = this.#name(listNames)
      const block = {
        kind: 'matrix',
        name,
        rows: String(count),
        columns: String(width),
        ...bounds(all.flat()),
      } as const
      yield this.#with(block, left)
    }
  }

  /** One line with the same number of fields in all inputs. */
  *#single(): Generator<Guess> {
    const rows = this.#rows(this.#texts.map(() => 1))
    const width = rows?.[0]?.[0]?.length ?? 0
    if (rows === undefined || width === 0 || width > 8 || rows.some(([line]) => line?.length !== width)) return
    const tokens = rows.map(([line]) => line ?? [])
    const fields: Field[] = []
    const scalars: Scalar[] = []
    for (let column = 0; column < width; column += 1) {
      const values = tokens.map((line) => line[column] ?? '')
      const earlier = [...this.#scalars, ...scalars]
      const isInteger = values.every((value) => integerPattern.test(value))
      const taken = fields.map(({ name }) => name)
      const name = this.#name(isInteger ? scalarNames : textNames, taken)
      const field = isInteger ? scalarField(name, values, earlier) : plainField(name, values)
      if (field === undefined) return
      fields.push(field)
      if (isInteger) scalars.push({ name, values: values.map(Number) })
    }
    const next = this.#with(
      { kind: 'line', fields },
      tokens.map(() => 1),
    )
    yield new Guess(next.#texts, next.#at, [...this.#scalars, ...scalars], next.blocks)
  }

  *#grid(rows: readonly (readonly Line[])[], size: Size): Generator<Guess> {
    const lengths = rows.map((lines) => new Set(lines.map(([token]) => token?.length ?? 0)))
    const all = rows.flat().map(([token]) => token ?? '')
    const isNumeric = all.every((token) => integerPattern.test(token))
    if (lengths.some((set) => set.size > 1) || Math.max(...all.map(({ length }) => length)) < 2) return
    const width = this.#sizes().find(({ values }) =>
      lengths.every((set, index) => set.size === 0 || set.has(values[index] ?? -1)),
    )
    const constant = new Set(lengths.flatMap((set) => [...set]))
    if (width === undefined && (constant.size !== 1 || isNumeric)) return
    const columns = width?.expression ?? String([...constant][0])
    const name = this.#name(['G', 'grid', 'board'])
    const block = { kind: 'grid', name, rows: size.expression, columns, alphabet: alphabetFor(all) } as const
    yield this.#with(block, size.values)
  }

  *#list(lists: readonly Line[], size: Size, layout: 'line' | 'column'): Generator<Guess> {
    const taken = layout === 'line' ? lists.map(() => 1) : size.values
    const all = lists.flat()
    const length = size.expression
    if (all.every((token) => integerPattern.test(token))) {
      const numbers = lists.map((list) => list.map(Number))
      const name = this.#name(listNames)
      for (const first of layout === 'line' ? ([1, 0] as const) : []) {
        const isPermutation = numbers.every((list) => isPermutationFrom(list, first))
        if (isPermutation && Math.max(...lists.map((list) => list.length)) > 2) {
          yield this.#with({ kind: 'permutation', name, length, ...(first === 0 ? { first } : {}) }, taken)
        }
      }
      const orders = ['increasing', 'non-decreasing', 'decreasing', 'non-increasing'] as const
      const isLong = Math.max(...lists.map((list) => list.length)) > 3
      const order =
        orders.find(
          (one) =>
            isLong &&
            numbers.every((list) => list.every((value, at) => at === 0 || inOrder(one, list[at - 1] ?? 0, value))),
        ) ?? 'any'
      const range = elementBounds(numbers, all, this.#scalars)
      const distinct = looksDistinct(lists, spread(all))
      yield this.#with({ kind: 'array', name, length, ...range, layout, order, distinct }, taken)
    } else if (all.every((token) => realPattern.test(token))) {
      const name = this.#name(listNames)
      const { min, max, decimals } = realBounds(all)
      const block = { kind: 'array', name, length, min, max, decimals, layout, order: 'any', distinct: false } as const
      yield this.#with(block, taken)
    } else {
      const field = plainField(this.#name(textNames), all)
      if (field?.type !== 'word') return
      const { name, minLength, maxLength, alphabet } = field
      const distinct = looksDistinct(lists, new Set(all).size * 2)
      yield this.#with({ kind: 'words', name, length, minLength, maxLength, alphabet, layout, distinct }, taken)
    }
  }

  /** Lines `u v [w]` that are the edges of a tree or graph in every input. */
  *#edges(rows: readonly (readonly Line[])[], size: Size): Generator<Guess> {
    const all = rows.flat()
    const width = all[0]?.length ?? 0
    if (width > 3 || all.some((line) => line.some((token) => !integerPattern.test(token)))) return
    const weight = width === 3 ? { weight: bounds(all.map((line) => line[2] ?? '')) } : {}
    const ends = rows.map((lines) => lines.map((line): [number, number] => [Number(line[0]), Number(line[1])]))
    for (const { name: vertices, values } of this.#scalars) {
      const first = ends.some((edges) => edges.some(([u, v]) => u === 0 || v === 0)) ? 0 : 1
      const graphs = ends.map((edges, index) => edgeList(values[index] ?? 0, first, edges))
      if (graphs.some((graph) => graph === undefined)) continue
      const keeps = (promise: { directed: boolean; connected: boolean; simple: boolean; acyclic: boolean }): boolean =>
        graphs.every((graph) => graph !== undefined && brokenProperty(graph, promise) === undefined)
      const plain = { directed: false, connected: false, simple: false, acyclic: false }
      if (!keeps(plain)) continue
      const name = this.#name(['E', 'edges', 'roads'])
      const numbering = first === 0 ? { first: 0 as const } : {}
      if (size.expression === `${vertices}-1` && keeps({ ...plain, connected: true, simple: true, acyclic: true })) {
        yield this.#with({ kind: 'tree', name, vertices, ...numbering, ...weight }, size.values)
      }
      // Two columns of small numbers are no graph; that some vertex is the last one speaks for it.
      if (!ends.some((edges, index) => edges.some((edge) => Math.max(...edge) === (values[index] ?? 0) - 1 + first)))
        continue
      const simple = keeps({ ...plain, simple: true })
      const connected = keeps({ ...plain, connected: true })
      const block = {
        kind: 'graph',
        name,
        vertices,
        edges: size.expression,
        ...numbering,
        ...plain,
        simple,
        connected,
      } as const
      yield this.#with({ ...block, ...weight }, size.values)
    }
  }

  /** The columns of lines; undefined when one has no type. */
  #fields(rows: readonly (readonly Line[])[], count: string): Field[] | undefined {
    const width = rows.flat()[0]?.length ?? 0
    const fields: Field[] = []
    // How many rows there are is seldom what bounds their values.
    const limits = this.#scalars.filter(({ name }) => name !== count)
    for (let column = 0; column < width; column += 1) {
      const values = rows.map((lines) => lines.map((line) => line[column] ?? ''))
      const all = values.flat()
      const taken = fields.map(({ name }) => name)
      const name = this.#name(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'k', 'l'], taken)
      if (!all.every((value) => integerPattern.test(value))) {
        const field = plainField(name, all)
        if (field === undefined) return undefined
        fields.push(field)
        continue
      }
      const range = elementBounds(
        values.map((list) => list.map(Number)),
        all,
        limits,
      )
      // A range `l r` never ends before it begins.
      const before = fields.at(-1)
      const isAfter =
        before?.type === 'integer' && rows.flat().every((line) => Number(line[column - 1]) <= Number(line[column]))
      const isRange = isAfter && rows.flat().length > 3 && before.max === range.max
      fields.push({ type: 'integer', name, min: isRange ? before.name : range.min, max: range.max })
    }
    return fields
  }

  /** So many next lines of each input; undefined when one has fewer. */
  #rows(counts: readonly number[]): Line[][] | undefined {
    const rows = this.#texts.map((lines, index) => {
      const at = this.#at[index] ?? 0
      return lines.slice(at, at + (counts[index] ?? 0))
    })
    return rows.every((lines, index) => lines.length === counts[index]) ? rows : undefined
  }

  #name(candidates: readonly string[], more: readonly string[] = []): string {
    const taken = new Set([...this.blocks.flatMap(namesIn), ...more])
    const free = candidates.find((name) => !taken.has(name))
    return free ?? `${candidates[0] ?? 'x'}${taken.size}`
  }

  #with(block: LeafBlock, taken: readonly number[]): Guess {
    const at = this.#at.map((line, index) => line + (taken[index] ?? 0))
    return new Guess(this.#texts, at, this.#scalars, [...this.blocks, block])
  }
}

function namesIn(block: LeafBlock): string[] {
  const own = 'name' in block ? [block.name] : []
  return 'fields' in block ? [...own, ...block.fields.map(({ name }) => name)] : own
}
