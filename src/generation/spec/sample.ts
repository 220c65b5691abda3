// Makes one legal input from a spec: every choice is asked for, so that the same sampler enumerates, draws and goes to extremes.
import type { Block, Field, InputSpec, LeafBlock } from '../../contract/input-spec.ts'
import { inOrder, isIndexed, sizeOf } from './bounds.ts'
import { Budgets } from './budget.ts'
import { Draw, Infeasible, type Profile } from './draw.ts'
import { Frame, scaledValueOf, type Scope, valueOf } from './expression.ts'
import { add, greatest, type Int, least, subtract } from './int.ts'
import { type Choose, shuffled } from './random.ts'
import { type DrawnEdges, drawGraph, drawTree, type TreeShape } from './sample-graph.ts'
import { decimalOf } from './scanner.ts'
import { sizeVariables } from './variables.ts'

/** An input, or undefined when the choices led to none. Throws SpecError when the spec makes no sense. */
export function makeSample(spec: InputSpec, choose: Choose, profile: Profile): string | undefined {
  try {
    return new Sampler(spec, choose, profile).sample()
  } catch (thrown) {
    if (thrown instanceof Infeasible) return undefined
    throw thrown
  }
}

class Sampler {
  readonly #spec: InputSpec
  readonly #profile: Profile
  readonly #draw: Draw
  readonly #sizes: ReadonlySet<string>
  readonly #lines: string[] = []

  constructor(spec: InputSpec, choose: Choose, profile: Profile) {
    this.#spec = spec
    this.#profile = profile
    this.#draw = new Draw(choose, profile)
    this.#sizes = sizeVariables(spec)
  }

  sample(): string {
    const scope = new Frame()
    for (const block of this.#spec.blocks) {
      if (block.kind === 'cases') this.#cases(block, scope)
      else this.#leaf(block, scope, undefined)
    }
    this.#lines.push('')
    return this.#lines.join('\n')
  }

  #cases(block: Extract<Block, { kind: 'cases' }>, scope: Frame): void {
    const min = valueOf(block.min, scope)
    const isFew = this.#profile.cases === 'few' && block.sums.length > 0
    const budgets = new Budgets(block.sums, scope, block.blocks, this.#profile.sizes === 'maximum' && !isFew)
    const most = least(valueOf(block.max, scope), budgets.mostRounds())
    const max = isFew ? greatest(min, least(most, budgets.roundsToExhaust())) : most
    const count = Number(this.#draw.size(block.name, min, max))
    scope.set(block.name, count)
    this.#lines.push(String(count))
    for (let index = 0; index < count; index += 1) {
      const inner = new Frame(scope)
      inner.setIndex('i', index + 1)
      budgets.startRound(count - index)
      for (const leaf of block.blocks) this.#leaf(leaf, inner, budgets)
      if (!budgets.endRound(inner)) throw new Infeasible()
    }
  }

  #leaf(block: LeafBlock, scope: Frame, budgets: Budgets | undefined): void {
    switch (block.kind) {
      case 'line':
        this.#lines.push(this.#fields(block.fields, scope, budgets))
        return
      case 'array':
        this.#row(
          this.#array(block, scope).map((value) => decimalOf(value, block.decimals ?? 0)),
          block.layout,
        )
        return
      case 'words': {
        const seen = new Set<string>()
        const draw = (): string => this.#word(block, scope, undefined)
        const words = Array.from({ length: sizeOf(block.length, scope) }, () =>
          this.#draw.fresh(seen, block.distinct, draw),
        )
        this.#row(words, block.layout)
        return
      }
      case 'permutation': {
        const first = block.first ?? 1
        const length = sizeOf(block.length, scope)
        const items = Array.from(shuffled(length, this.#draw.choose), (item) => item + first)
        if (this.#profile.values === 'least') items.sort((a, b) => a - b)
        if (this.#profile.values === 'greatest') items.sort((a, b) => b - a)
        this.#lines.push(items.join(' '))
        return
      }
      case 'string':
        this.#lines.push(this.#word(block, scope, budgets))
        return
      case 'grid':
        this.#grid(block, scope)
        return
      case 'matrix':
        this.#matrix(block, scope)
        return
      case 'tree':
        this.#edges(drawTree(sizeOf(block.vertices, scope), this.#shape, this.#draw.choose), block, false, scope)
        return
      case 'graph': {
        const vertices = sizeOf(block.vertices, scope)
        const count = sizeOf(block.edges, scope)
        const edges = drawGraph(block, vertices, count, this.#shape, this.#draw.choose, this.#profile.draws)
        if (edges === undefined) throw new Infeasible()
        this.#edges(edges, block, block.directed, scope)
        return
      }
      case 'rows':
        this.#rows(block, scope)
        return
      case 'queries':
        for (let row = 1, count = sizeOf(block.count, scope); row <= count; row += 1) {
          const form = block.forms[this.#draw.below(block.forms.length)]
          const frame = new Frame(scope)
          frame.setIndex('i', row)
          const fields = form === undefined ? '' : this.#fields(form.fields, frame, undefined)
          this.#lines.push(fields === '' ? (form?.tag ?? '') : `${form?.tag} ${fields}`)
        }
    }
  }

  get #shape(): TreeShape {
    return this.#profile.values === 'least' ? 'path' : this.#profile.values === 'greatest' ? 'star' : 'random'
  }

  #row(tokens: readonly string[], layout: 'line' | 'column'): void {
    if (layout === 'line') this.#lines.push(tokens.join(' '))
    else for (const token of tokens) this.#lines.push(token)
  }

  #rows(block: Extract<Block, { kind: 'rows' }>, scope: Frame): void {
    const count = sizeOf(block.count, scope)
    const seen = new Set<string>()
    const line = { kind: 'line' as const, fields: block.fields }
    const budgets = new Budgets(block.sums ?? [], scope, [line], this.#profile.sizes === 'maximum')
    for (let row = 0; row < count; row += 1) {
      const text = this.#draw.fresh(seen, block.distinct, () => {
        const frame = new Frame(scope)
        frame.setIndex('i', row + 1)
        budgets.startRound(count - row)
        const drawn = this.#fields(block.fields, frame, budgets)
        return budgets.endRound(frame) ? drawn : undefined
      })
      this.#lines.push(text)
    }
  }

  #fields(fields: readonly Field[], scope: Frame, budgets: Budgets | undefined): string {
    return fields.flatMap((field) => this.#field(field, scope, budgets)).join(' ')
  }

  /** Its token; a list has as many as it is long. */
  #field(field: Field, scope: Frame, budgets: Budgets | undefined): string | string[] {
    switch (field.type) {
      case 'word':
        return this.#word(field, scope, budgets)
      case 'real': {
        const { name, decimals } = field
        const [min, max] = [scaledValueOf(field.min, decimals, scope), scaledValueOf(field.max, decimals, scope)]
        return decimalOf(this.#draw.value(name, min, max), decimals)
      }
      case 'list': {
        const [min, max] = [valueOf(field.min, scope), valueOf(field.max, scope)]
        const length = sizeOf(field.length, scope)
        return Array.from({ length }, () => String(this.#draw.value(field.name, min, max)))
      }
      case 'integer': {
        const value = this.#integer(field, scope, budgets)
        scope.set(field.name, value)
        return String(value)
      }
    }
  }

  #integer(field: Extract<Field, { type: 'integer' }>, scope: Frame, budgets: Budgets | undefined): Int {
    const min = valueOf(field.min, scope)
    const limit = valueOf(field.max, scope)
    const max = budgets === undefined ? limit : budgets.cap(field.name, min, limit, scope)
    const draw = (from: Int, to: Int): Int =>
      this.#sizes.has(field.name) ? this.#draw.size(field.name, from, to) : this.#draw.value(field.name, from, to)
    if (field.not === undefined) return draw(min, max)
    const hole = valueOf(field.not, scope)
    if (hole < min || hole > max) return draw(min, max)
    if (hole === min) return draw(add(min, 1), max)
    if (hole === max) return draw(min, subtract(max, 1))
    const value = draw(min, subtract(max, 1))
    return value >= hole ? add(value, 1) : value
  }

  #array(block: Extract<Block, { kind: 'array' }>, scope: Frame): Int[] {
    const { name, order, decimals = 0 } = block
    const length = sizeOf(block.length, scope)
    if (length === 0) return []
    const frame = new Frame(scope)
    const isStrict = order === 'increasing' || order === 'decreasing'
    const isNew = block.distinct || isStrict
    let values: Int[] = []
    if (isIndexed(block.min) || isIndexed(block.max)) {
      values = this.#indexed(block, length, frame)
    } else {
      const min = scaledValueOf(block.min, decimals, scope)
      const max = scaledValueOf(block.max, decimals, scope)
      if (max < min) throw new Infeasible()
      if (isNew) {
        values = this.#draw.different(length, min, max)
      } else if (block.sumMax !== undefined) {
        values = this.#draw.withSum(name, length, min, max, scaledValueOf(block.sumMax, decimals, scope))
      } else {
        for (let index = 0; index < length; index += 1) values.push(this.#draw.plainValue(name, min, max))
      }
      const end = this.#draw.targeted(name, min, max)
      if (end !== undefined) {
        if (!isNew || !values.includes(end)) values[this.#draw.below(length)] = end
      }
      if (order !== 'any') values.sort((a, b) => (a === b ? 0 : inOrder(order, a, b) ? -1 : 1))
    }
    if (block.sumMax !== undefined) {
      const total = values.reduce((sum, value) => add(sum, value), 0)
      if (total > scaledValueOf(block.sumMax, decimals, scope)) throw new Infeasible()
    }
    return values
  }

  /** Elements with bounds of their own, in reading order. */
  #indexed(block: Extract<Block, { kind: 'array' }>, length: number, frame: Frame): Int[] {
    const { name, order, decimals = 0 } = block
    const seen = new Set<Int>()
    const values: Int[] = []
    const step = order === 'increasing' || order === 'decreasing' ? 1 : 0
    for (let index = 1; index <= length; index += 1) {
      frame.setIndex('i', index)
      const previous = values.at(-1)
      let min = scaledValueOf(block.min, decimals, frame)
      let max = scaledValueOf(block.max, decimals, frame)
      if (previous !== undefined && (order === 'increasing' || order === 'non-decreasing')) {
        min = greatest(min, add(previous, step))
      }
      if (previous !== undefined && (order === 'decreasing' || order === 'non-increasing')) {
        max = least(max, subtract(previous, step))
      }
      values.push(this.#draw.fresh(seen, block.distinct, () => this.#draw.value(name, min, max)))
    }
    return values
  }

  #word(
    word: { name: string; minLength: string; maxLength: string; alphabet: string },
    scope: Frame,
    budgets: Budgets | undefined,
  ): string {
    const name = `|${word.name}|`
    const min = valueOf(word.minLength, scope)
    const limit = valueOf(word.maxLength, scope)
    const max = budgets === undefined ? limit : budgets.cap(name, min, limit, scope)
    const length = Number(this.#draw.size(name, min, max))
    if (length < 0) throw new Infeasible()
    scope.set(name, length)
    return this.#draw.text(length, this.#draw.characters(word.alphabet))
  }

  #grid(block: Extract<Block, { kind: 'grid' }>, scope: Frame): void {
    const rows = sizeOf(block.rows, scope)
    const columns = sizeOf(block.columns, scope)
    const special = (block.exactly ?? []).map(({ character }) => character)
    const characters = this.#draw.characters(block.alphabet, special)
    const cells = new Map<number, string>()
    const counts = (block.exactly ?? []).map(({ character, count }) => ({ character, count: sizeOf(count, scope) }))
    const placed = counts.reduce((sum, { count }) => sum + count, 0)
    if (placed > rows * columns || (characters.length === 0 && placed < rows * columns)) throw new Infeasible()
    for (const { character, count } of counts) {
      for (let index = 0; index < count; index += 1) {
        // The chosen one of the cells that are still free, counted from a chosen place: no draw is in vain.
        let cell = this.#draw.below(rows * columns)
        while (cells.has(cell)) cell = (cell + 1) % (rows * columns)
        cells.set(cell, character)
      }
    }
    for (let row = 0; row < rows; row += 1) {
      if (cells.size === 0) {
        this.#lines.push(this.#draw.text(columns, characters))
        continue
      }
      let line = ''
      for (let column = 0; column < columns; column += 1) {
        line += cells.get(row * columns + column) ?? this.#draw.text(1, characters)
      }
      this.#lines.push(line)
    }
  }

  #matrix(block: Extract<Block, { kind: 'matrix' }>, scope: Frame): void {
    const columns = sizeOf(block.columns, scope)
    const frame = new Frame(scope)
    for (let row = 1, rows = sizeOf(block.rows, scope); row <= rows; row += 1) {
      frame.setIndex('i', row)
      const values: Int[] = []
      for (let column = 1; column <= columns; column += 1) {
        frame.setIndex('j', column)
        values.push(this.#draw.value(block.name, valueOf(block.min, frame), valueOf(block.max, frame)))
      }
      this.#lines.push(values.join(' '))
    }
  }

  #edges(
    edges: DrawnEdges,
    block: { name: string; first?: 0 | 1 | undefined; weight?: { min: string; max: string } | undefined },
    isDirected: boolean,
    scope: Scope,
  ): void {
    const first = block.first ?? 1
    const weight = block.weight && { min: valueOf(block.weight.min, scope), max: valueOf(block.weight.max, scope) }
    const count = edges.from.length
    // Drawn edges start with a spanning tree; a program must not come to rely on it. Enumerating, every order is one too many.
    const order = this.#profile.draws > 1 ? shuffled(count, this.#draw.choose) : undefined
    for (let index = 0; index < count; index += 1) {
      const edge = order?.[index] ?? index
      const u = (edges.from[edge] ?? 0) + first
      const v = (edges.to[edge] ?? 0) + first
      const ends = isDirected || this.#draw.choose(2) === 0 ? `${u} ${v}` : `${v} ${u}`
      this.#lines.push(
        weight === undefined ? ends : `${ends} ${this.#draw.value(`${block.name}.w`, weight.min, weight.max)}`,
      )
    }
  }
}
