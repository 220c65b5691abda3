// Makes one legal input from a spec: every choice is asked for, so that the same sampler enumerates, draws and goes to extremes.
import type { Block, Field, InputSpec, LeafBlock } from '../../contract/input-spec.ts'
import { alphabetOf } from './alphabet.ts'
import { Budgets } from './budget.ts'
import { Frame, scaledValueOf, type Scope, valueOf } from './expression.ts'
import { add, greatest, type Int, least, subtract } from './int.ts'
import { type Choose, shuffled } from './random.ts'
import { inOrder, isIndexed, sizeOf } from './reader.ts'
import { type DrawnEdges, drawGraph, drawTree, type TreeShape } from './sample-graph.ts'
import { decimalOf } from './scanner.ts'
import { sizeVariables } from './variables.ts'

/** Which part of each range is used. */
export interface Profile {
  /** Sizes (lengths, counts, vertices): at least `from` and at most `span` above their minimum, as far as the range goes; or their maximum. */
  readonly sizes: { readonly from: number; readonly span: number } | 'maximum'
  /** Values: so many near zero or the minimum, the whole range, its two ends, only one of them, or one value for all. */
  readonly values: { readonly window: number } | 'whole' | 'ends' | 'least' | 'greatest' | 'equal'
  /** Draws until a value that must be new is new. 1 when enumerating: the odometer comes to the others by itself. */
  readonly draws: number
  /** Most choices: a spec whose sizes hide in products must not keep the process busy. */
  readonly choices: number
  /** Where sums are bounded and sizes at their maximum: many cases that share the sum, or few that use it up. */
  readonly cases?: 'many' | 'few'
  /** A variable (as in `variablesIn`) that is at this end of its range where it first occurs. */
  readonly target?: { readonly variable: string; readonly end: 'min' | 'max' }
}

/** The choices led to no legal input, e.g. more distinct values than the range has. */
class Infeasible extends Error {}

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
  readonly #choose: Choose
  readonly #profile: Profile
  readonly #sizes: ReadonlySet<string>
  readonly #lines: string[] = []
  /** With `values: 'equal'`: the one value of each variable. */
  readonly #equals = new Map<string, Int>()
  #values: Profile['values']
  #target: Profile['target']

  constructor(spec: InputSpec, choose: Choose, profile: Profile) {
    this.#spec = spec
    let choices = 0
    this.#choose = (count) => {
      choices += 1
      if (choices > profile.choices) throw new Infeasible()
      return choose(count)
    }
    this.#profile = profile
    this.#values = profile.values
    this.#target = profile.target
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
    const count = Number(this.#size(block.name, min, max))
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
        const words = Array.from({ length: sizeOf(block.length, scope) }, () => this.#fresh(seen, block.distinct, draw))
        this.#row(words, block.layout)
        return
      }
      case 'permutation': {
        const first = block.first ?? 1
        const length = sizeOf(block.length, scope)
        const items = Array.from(shuffled(length, this.#choose), (item) => item + first)
        if (this.#values === 'least') items.sort((a, b) => a - b)
        if (this.#values === 'greatest') items.sort((a, b) => b - a)
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
        this.#edges(drawTree(sizeOf(block.vertices, scope), this.#shape, this.#choose), block, false, scope)
        return
      case 'graph': {
        const vertices = sizeOf(block.vertices, scope)
        const count = sizeOf(block.edges, scope)
        const edges = drawGraph(block, vertices, count, this.#shape, this.#choose, this.#profile.draws)
        if (edges === undefined) throw new Infeasible()
        this.#edges(edges, block, block.directed, scope)
        return
      }
      case 'rows':
        this.#rows(block, scope)
        return
      case 'queries':
        for (let row = 1, count = sizeOf(block.count, scope); row <= count; row += 1) {
          const form = block.forms[this.#below(block.forms.length)]
          const frame = new Frame(scope)
          frame.setIndex('i', row)
          const fields = form === undefined ? '' : this.#fields(form.fields, frame, undefined)
          this.#lines.push(fields === '' ? (form?.tag ?? '') : `${form?.tag} ${fields}`)
        }
    }
  }

  get #shape(): TreeShape {
    return this.#values === 'least' ? 'path' : this.#values === 'greatest' ? 'star' : 'random'
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
      const text = this.#fresh(seen, block.distinct, () => {
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
        return decimalOf(this.#value(name, min, max), decimals)
      }
      case 'list': {
        const [min, max] = [valueOf(field.min, scope), valueOf(field.max, scope)]
        const length = sizeOf(field.length, scope)
        return Array.from({ length }, () => String(this.#value(field.name, min, max)))
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
      this.#sizes.has(field.name) ? this.#size(field.name, from, to) : this.#value(field.name, from, to)
    if (field.not === undefined) return draw(min, max)
    const hole = valueOf(field.not, scope)
    if (hole < min || hole > max) return draw(min, max)
    if (hole === min) return draw(add(min, 1), max)
    if (hole === max) return draw(min, subtract(max, 1))
    const value = draw(min, subtract(max, 1))
    return value >= hole ? add(value, 1) : value
  }

  #size(name: string, min: Int, max: Int): Int {
    if (max < min) throw new Infeasible()
    const target = this.#targeted(name, min, max)
    if (target !== undefined) return target
    const { sizes } = this.#profile
    if (sizes === 'maximum') return max
    const span = Number(least(subtract(max, min), sizes.span))
    const from = sizes.from > span ? 0 : sizes.from
    return add(min, add(from, this.#choose(span - from + 1)))
  }

  /** The end that is asked for of this variable, once. */
  #targeted(name: string, min: Int, max: Int): Int | undefined {
    if (this.#target?.variable !== name) return undefined
    const { end } = this.#target
    this.#target = undefined
    return end === 'min' ? min : max
  }

  #value(name: string, min: Int, max: Int): Int {
    if (max < min) throw new Infeasible()
    const target = this.#targeted(name, min, max)
    if (target !== undefined) return target
    switch (this.#values) {
      case 'least':
        return min
      case 'greatest':
        return max
      case 'ends':
        return this.#choose(2) === 0 ? min : max
      case 'equal': {
        const known = this.#equals.get(name) ?? add(min, this.#choose(add(subtract(max, min), 1)))
        this.#equals.set(name, known)
        return least(greatest(known, min), max)
      }
      default: {
        const { from, size } = this.#window(min, max, 1)
        return add(from, this.#choose(size))
      }
    }
  }

  /** The part of a range that values are drawn from, with room for so many different ones where there is. */
  #window(min: Int, max: Int, need: number): { from: Int; size: Int } {
    const values = this.#values
    const size = add(subtract(max, min), 1)
    if (values === 'least') return { from: min, size: least(size, need) }
    if (values === 'greatest') return { from: greatest(min, subtract(max, need - 1)), size: least(size, need) }
    if (typeof values === 'string') return { from: min, size }
    const window = Math.max(values.window, need)
    if (size <= window) return { from: min, size }
    // Near zero where the range allows it (signs matter), else near the minimum.
    if (min >= 0) return { from: min, size: window }
    const last = subtract(max, window - 1)
    return { from: max > 0 ? least(greatest(-Math.floor(window / 2), min), last) : last, size: window }
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
        values = this.#different(length, min, max)
      } else if (block.sumMax !== undefined) {
        values = this.#withSum(name, length, min, max, scaledValueOf(block.sumMax, decimals, scope))
      } else {
        for (let index = 0; index < length; index += 1) values.push(this.#plainValue(name, min, max))
      }
      if (this.#target?.variable === name) {
        const end = this.#target.end === 'min' ? min : max
        this.#target = undefined
        if (!isNew || !values.includes(end)) values[this.#below(length)] = end
      }
      if (order !== 'any') values.sort((a, b) => (a === b ? 0 : inOrder(order, a, b) ? -1 : 1))
    }
    if (block.sumMax !== undefined) {
      const total = values.reduce((sum, value) => add(sum, value), 0)
      if (total > scaledValueOf(block.sumMax, decimals, scope)) throw new Infeasible()
    }
    return values
  }

  /** A value that is not the target's: where in an array that stands is chosen afterwards. */
  #plainValue(name: string, min: Int, max: Int): Int {
    const target = this.#target
    this.#target = undefined
    const value = this.#value(name, min, max)
    this.#target = target
    return value
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
      values.push(this.#fresh(seen, block.distinct, () => this.#value(name, min, max)))
    }
    return values
  }

  /** Values of the range, no two of them the same. */
  #different(length: number, min: Int, max: Int): Int[] {
    const { from, size } = this.#window(min, max, length)
    if (size < length) throw new Infeasible()
    if (size > length * 4 + 16) {
      const seen = new Set<Int>()
      return Array.from({ length }, () => this.#fresh(seen, true, () => add(from, this.#choose(size))))
    }
    // The first of a shuffle: never a draw in vain.
    const offsets = Array.from({ length: Number(size) }, (_, index) => index)
    for (let index = 0; index < length; index += 1) {
      const other = index + this.#below(offsets.length - index)
      const held = offsets[index] ?? 0
      offsets[index] = offsets[other] ?? 0
      offsets[other] = held
    }
    return offsets.slice(0, length).map((offset) => add(from, offset))
  }

  /** Values of the range that do not add up to more than `most`. */
  #withSum(name: string, length: number, min: Int, max: Int, most: Int): Int[] {
    let slack = subtract(most, BigInt(min) * BigInt(length))
    if (slack < 0) throw new Infeasible()
    const values: Int[] = []
    for (let index = 0; index < length; index += 1) {
      // Twice the fair share keeps something for the rest; at the ends of the range one element may take it all.
      const isGreedy = this.#values === 'ends' || length < 8
      const share = isGreedy ? slack : add((BigInt(slack) * 2n) / BigInt(length - index), 0)
      const value = this.#plainValue(name, min, least(max, add(min, least(slack, share))))
      values.push(value)
      slack = subtract(slack, subtract(value, min))
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
    const length = Number(this.#size(name, min, max))
    scope.set(name, length)
    return this.#text(length, this.#characters(word.alphabet))
  }

  #text(length: number, characters: readonly string[]): string {
    if (characters.length === 1) return (characters[0] ?? '').repeat(length)
    if (characters.length === 0 && length > 0) throw new Infeasible()
    let text = ''
    for (let index = 0; index < length; index += 1) text += characters[this.#below(characters.length)] ?? ''
    return text
  }

  /** The characters that are used of an alphabet. Few different ones make repeats, which is where string programs go wrong. */
  #characters(notation: string, but: readonly string[] = []): string[] {
    const all = [...alphabetOf(notation)].filter((char) => !but.includes(char))
    switch (this.#values) {
      case 'least':
        return all.slice(0, 1)
      case 'greatest':
        return all.slice(-1)
      case 'equal':
        return all.length === 0 ? [] : [all[this.#below(all.length)] ?? '']
      case 'whole':
      case 'ends':
        return all
      default:
        return all.slice(0, this.#values.window)
    }
  }

  #grid(block: Extract<Block, { kind: 'grid' }>, scope: Frame): void {
    const rows = sizeOf(block.rows, scope)
    const columns = sizeOf(block.columns, scope)
    const special = (block.exactly ?? []).map(({ character }) => character)
    const characters = this.#characters(block.alphabet, special)
    const cells = new Map<number, string>()
    const counts = (block.exactly ?? []).map(({ character, count }) => ({ character, count: sizeOf(count, scope) }))
    const placed = counts.reduce((sum, { count }) => sum + count, 0)
    if (placed > rows * columns || (characters.length === 0 && placed < rows * columns)) throw new Infeasible()
    for (const { character, count } of counts) {
      for (let index = 0; index < count; index += 1) {
        // The chosen one of the cells that are still free, counted from a chosen place: no draw is in vain.
        let cell = this.#below(rows * columns)
        while (cells.has(cell)) cell = (cell + 1) % (rows * columns)
        cells.set(cell, character)
      }
    }
    for (let row = 0; row < rows; row += 1) {
      if (cells.size === 0) {
        this.#lines.push(this.#text(columns, characters))
        continue
      }
      let line = ''
      for (let column = 0; column < columns; column += 1) {
        line += cells.get(row * columns + column) ?? this.#text(1, characters)
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
        values.push(this.#value(block.name, valueOf(block.min, frame), valueOf(block.max, frame)))
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
    const order = this.#profile.draws > 1 ? shuffled(count, this.#choose) : undefined
    for (let index = 0; index < count; index += 1) {
      const edge = order?.[index] ?? index
      const u = (edges.from[edge] ?? 0) + first
      const v = (edges.to[edge] ?? 0) + first
      const ends = isDirected || this.#choose(2) === 0 ? `${u} ${v}` : `${v} ${u}`
      this.#lines.push(
        weight === undefined ? ends : `${ends} ${this.#value(`${block.name}.w`, weight.min, weight.max)}`,
      )
    }
  }

  #below(count: number): number {
    return Number(this.#choose(count))
  }

  /** Draws until there is a value, and a new one where it has to be. */
  #fresh<T>(seen: Set<T>, distinct: boolean, draw: () => T | undefined): T {
    const values = this.#values
    try {
      for (let attempt = 0; attempt < this.#profile.draws; attempt += 1) {
        const value = draw()
        if (value !== undefined && (!distinct || seen.size !== seen.add(value).size)) return value
        // Where all values are to be the same and yet have to differ, any will do.
        if (values === 'least' || values === 'greatest' || values === 'equal') this.#values = 'whole'
      }
    } finally {
      this.#values = values
    }
    throw new Infeasible()
  }
}
