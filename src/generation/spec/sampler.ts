// Makes legal inputs from the spec: all tiny ones in order, random small ones, and the smallest and most extreme ones.
import type { Block, Field, InputSpec } from '../../contract/input-spec.ts'
import { alphabetOf } from './alphabet.ts'
import { evaluate, type Scope, variablesOf } from './expression.ts'
import { inOrder, sizeOf } from './validator.ts'

/** Decides between `count` possibilities, 0 … count-1. Either random or enumerating. */
type Choose = (count: bigint) => bigint

/** Which part of each range is used. */
interface Profile {
  /** Sizes (lengths, counts, vertices) stay within this much of their minimum. */
  readonly sizeSpan: bigint
  /** And at least this much above it, where the range is that long; 0 when left out. */
  readonly sizeFrom?: bigint
  /** Values: a window of this many near zero or the minimum, the whole range, or only its two ends. */
  readonly values: { window: bigint } | 'whole' | 'ends'
  /** Draws until a value that must be new is new. 1 when enumerating: the odometer comes to the others by itself. */
  readonly draws: number
}

/** Most choices of one sample: a spec whose sizes hide in products must not keep the process busy. */
const mostChoices = 60_000

/** Most choices of all samples together. */
const mostSteps = 600_000

/** The choices led to no legal input, e.g. more distinct values than the range has. */
class Infeasible extends Error {}

/** A 64-bit deterministic generator (splitmix64, Steele, Lea and Flood 2014). */
function createRandom(seed: string): Choose {
  const mask = (1n << 64n) - 1n
  // FNV-1a folds the text into the initial state.
  let state = 0xcbf29ce484222325n
  for (const byte of Buffer.from(seed)) state = ((state ^ BigInt(byte)) * 0x100000001b3n) & mask
  const next = (): bigint => {
    state = (state + 0x9e3779b97f4a7c15n) & mask
    let mixed = state
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & mask
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask
    return mixed ^ (mixed >> 31n)
  }
  // Two words leave no visible bias for any range a contest uses.
  return (count) => ((next() << 64n) | next()) % count
}

/** Every tiny input, smallest choices first, at most `limit`; sizes within 3 of their minimum, values from a window of 3. */
export function enumerateTiny(spec: InputSpec, limit: number): string[] {
  const inputs = new Set<string>()
  const profile: Profile = { sizeSpan: 3n, values: { window: 3n }, draws: 1 }
  // An odometer over the choices that the sampler makes: each pass replays a prefix and takes 0 for the rest.
  let path: { chosen: bigint; count: bigint }[] = []
  const spent = { steps: 0 }
  for (let pass = 0; pass < limit * 20 && inputs.size < limit && spent.steps < mostSteps; pass += 1) {
    let depth = 0
    const choose: Choose = (count) => {
      spent.steps += 1
      const step = path[depth] ?? { chosen: 0n, count }
      step.count = count
      path[depth] = step
      depth += 1
      return step.chosen
    }
    const input = trySample(spec, choose, profile)
    if (input !== undefined) inputs.add(input)
    path = path.slice(0, depth)
    while (path.length > 0) {
      const last = path.at(-1)
      if (last === undefined || last.chosen + 1n < last.count) break
      path.pop()
    }
    const last = path.at(-1)
    if (last === undefined) break
    last.chosen += 1n
  }
  return [...inputs]
}

/** Up to `count` different random inputs: small sizes, with values near zero, from the whole range, and from its ends. */
export function sampleSmall(spec: InputSpec, count: number, seed: string): string[] {
  const random = createRandom(seed)
  const inputs = new Set<string>()
  const spent = { steps: 0 }
  const choose: Choose = (possibilities) => {
    spent.steps += 1
    return random(possibilities)
  }
  for (let attempt = 0; attempt < count * 4 && inputs.size < count && spent.steps < mostSteps; attempt += 1) {
    const values: Profile['values'] =
      attempt % 4 < 2 ? { window: 10n } : attempt % 4 === 2 ? { window: 100n } : attempt % 8 === 3 ? 'whole' : 'ends'
    const input = trySample(spec, choose, { sizeSpan: BigInt(2 + (attempt % 6)), values, draws: 50 })
    if (input !== undefined) inputs.add(input)
  }
  return [...inputs]
}

/** Up to `count` different random inputs whose sizes lie in a span above their minimum, as far as the spec allows. */
export function sampleMiddle(
  spec: InputSpec,
  count: number,
  seed: string,
  sizes: { least: bigint; most: bigint },
): string[] {
  const choose = createRandom(`${seed} ${sizes.most}`)
  const inputs = new Set<string>()
  for (let attempt = 0; attempt < count * 2 && inputs.size < count; attempt += 1) {
    const values: Profile['values'] = attempt % 2 === 0 ? { window: 10n } : { window: 1_000n }
    const input = trySample(spec, choose, { sizeFrom: sizes.least, sizeSpan: sizes.most, values, draws: 50 })
    if (input !== undefined) inputs.add(input)
  }
  return [...inputs]
}

/** Extreme inputs of the smallest size: every value at its least, at its greatest, at either end. */
export function boundaryInputs(spec: InputSpec): { name: string; input: string }[] {
  const ends: Profile = { sizeSpan: 0n, values: 'ends', draws: 50 }
  const found = [
    { name: 'smallest-least', input: trySample(spec, () => 0n, ends) },
    { name: 'smallest-greatest', input: trySample(spec, (count) => count - 1n, ends) },
    {
      name: 'smallest-whole',
      input: trySample(spec, createRandom('boundary'), { sizeSpan: 0n, values: 'whole', draws: 50 }),
    },
  ]
  const seen = new Set<string>()
  return found.flatMap(({ name, input }) =>
    input === undefined || seen.size === seen.add(input).size ? [] : [{ name, input }],
  )
}

function trySample(spec: InputSpec, choose: Choose, profile: Profile): string | undefined {
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
  readonly #scope = new Map<string, bigint>()
  readonly #lines: string[] = []

  constructor(spec: InputSpec, choose: Choose, profile: Profile) {
    this.#spec = spec
    let choices = 0
    this.#choose = (count) => {
      choices += 1
      if (choices > mostChoices) throw new Infeasible()
      return choose(count)
    }
    this.#profile = profile
    this.#sizes = sizeVariables(spec)
  }

  sample(): string {
    for (const block of this.#spec.blocks) this.#block(block)
    return this.#lines.map((line) => `${line}\n`).join('')
  }

  #block(block: Block): void {
    const scope = this.#scope
    switch (block.kind) {
      case 'line':
        this.#lines.push(block.fields.map((field) => this.#field(field, scope)).join(' '))
        return
      case 'array': {
        const values = this.#array(block)
        this.#lines.push(...(block.layout === 'line' ? [values.join(' ')] : values.map(String)))
        return
      }
      case 'permutation':
        this.#lines.push(this.#shuffled(sizeOf(block.length, scope)).join(' '))
        return
      case 'string':
        this.#lines.push(this.#word(block, scope))
        return
      case 'grid': {
        const columns = block.columns
        for (let row = sizeOf(block.rows, scope); row > 0; row -= 1) {
          this.#lines.push(this.#word({ minLength: columns, maxLength: columns, alphabet: block.alphabet }, scope))
        }
        return
      }
      case 'tree': {
        const label = this.#shuffled(sizeOf(block.vertices, scope))
        const edges = label
          .slice(1)
          .map((child, index): [number, number] => [label[this.#below(index + 1)] ?? 0, child])
        this.#edges(edges, block.weight)
        return
      }
      case 'graph':
        this.#edges(this.#graph(block), block.weight)
        return
      case 'rows': {
        const seen = new Set<string>()
        for (let row = sizeOf(block.count, scope); row > 0; row -= 1) {
          const line = this.#fresh(seen, block.distinct, () => {
            const rowScope = new Map(scope)
            return block.fields.map((field) => this.#field(field, rowScope)).join(' ')
          })
          this.#lines.push(line)
        }
      }
    }
  }

  #field(field: Field, scope: Map<string, bigint>): string {
    if (field.type === 'word') return this.#word(field, scope)
    const min = evaluate(field.min, scope)
    const max = evaluate(field.max, scope)
    if (max < min) throw new Infeasible()
    const value = this.#sizes.has(field.name) ? this.#size(min, max) : this.#value(min, max)
    scope.set(field.name, value)
    return String(value)
  }

  #size(min: bigint, max: bigint): bigint {
    const span = max - min < this.#profile.sizeSpan ? max - min : this.#profile.sizeSpan
    const from = this.#profile.sizeFrom === undefined || this.#profile.sizeFrom > span ? 0n : this.#profile.sizeFrom
    return min + from + this.#choose(span - from + 1n)
  }

  #value(min: bigint, max: bigint, need = 1n): bigint {
    const { values } = this.#profile
    if (max < min) throw new Infeasible()
    if (values === 'ends' && need === 1n) return this.#choose(2n) === 0n ? min : max
    if (typeof values === 'string') return min + this.#choose(max - min + 1n)
    const window = values.window > need ? values.window : need
    if (max - min < window) return min + this.#choose(max - min + 1n)
    // Near zero where the range allows it (signs matter), else near the minimum.
    const from =
      min < 0n && max > 0n
        ? clamp(-(window / 2n), min, max - window + 1n)
        : min > 0n || min === 0n
          ? min
          : max - window + 1n
    return from + this.#choose(window)
  }

  #array(block: Extract<Block, { kind: 'array' }>): bigint[] {
    const length = sizeOf(block.length, this.#scope)
    const min = evaluate(block.min, this.#scope)
    const max = evaluate(block.max, this.#scope)
    const distinct = block.distinct || block.order === 'increasing' || block.order === 'decreasing'
    const seen = new Set<bigint>()
    const need = distinct ? BigInt(length) : 1n
    const values = Array.from({ length }, () => this.#fresh(seen, distinct, () => this.#value(min, max, need)))
    if (block.order === 'any') return values
    return values.sort((a, b) => (a === b ? 0 : inOrder(block.order, a, b) ? -1 : 1))
  }

  #word(word: { minLength: string; maxLength: string; alphabet: string }, scope: Scope): string {
    const min = evaluate(word.minLength, scope)
    const max = evaluate(word.maxLength, scope)
    if (max < min) throw new Infeasible()
    const alphabet = [...alphabetOf(word.alphabet)]
    const { values } = this.#profile
    // Few different characters make repeats, which is where string programs go wrong.
    const used = typeof values === 'string' ? alphabet : alphabet.slice(0, Number(values.window))
    return Array.from({ length: Number(this.#size(min, max)) }, () => used[this.#below(used.length)]).join('')
  }

  #graph(block: Extract<Block, { kind: 'graph' }>): [number, number][] {
    const vertices = sizeOf(block.vertices, this.#scope)
    const count = sizeOf(block.edges, this.#scope)
    const order = block.acyclic && block.directed ? this.#shuffled(vertices) : undefined
    const edges: [number, number][] = []
    const seen = new Set<string>()
    const add = (u: number, v: number): boolean => {
      // In a directed acyclic graph every edge goes forward in a hidden order.
      const [from, to] = order !== undefined && order.indexOf(u) > order.indexOf(v) ? [v, u] : [u, v]
      const key = block.directed || from < to ? `${from} ${to}` : `${to} ${from}`
      if (from === to || (block.simple && seen.has(key))) return false
      seen.add(key)
      edges.push([from, to])
      return true
    }
    if (block.connected) {
      if (count < vertices - 1) throw new Infeasible()
      const label = this.#shuffled(vertices)
      label.slice(1).forEach((child, index) => add(label[this.#below(index + 1)] ?? 0, child))
    }
    if (block.acyclic && !block.directed) return this.#forest(block.connected ? edges : [], vertices, count)
    for (let tries = 0; edges.length < count; tries += 1) {
      if (vertices < 2 || tries >= this.#profile.draws * count) throw new Infeasible()
      add(this.#below(vertices) + 1, this.#below(vertices) + 1)
    }
    return edges
  }

  /** An undirected graph without cycles: a random tree, of which `count` edges are kept. */
  #forest(tree: [number, number][], vertices: number, count: number): [number, number][] {
    const label = this.#shuffled(vertices)
    const edges =
      tree.length > 0
        ? tree
        : label.slice(1).map((child, index): [number, number] => [label[this.#below(index + 1)] ?? 0, child])
    if (count > edges.length) throw new Infeasible()
    return edges.slice(0, count)
  }

  #edges(edges: readonly [number, number][], weight: { min: string; max: string } | undefined): void {
    const scope = this.#scope
    for (const [u, v] of edges) {
      const ends = this.#choose(2n) === 0n || this.#isDirected() ? `${u} ${v}` : `${v} ${u}`
      this.#lines.push(
        weight === undefined
          ? ends
          : `${ends} ${this.#value(evaluate(weight.min, scope), evaluate(weight.max, scope))}`,
      )
    }
  }

  #isDirected(): boolean {
    return this.#spec.blocks.some((block) => block.kind === 'graph' && block.directed)
  }

  #shuffled(length: number): number[] {
    const items = Array.from({ length }, (_, index) => index + 1)
    for (let index = 0; index < length - 1; index += 1) {
      const other = index + this.#below(length - index)
      const held = items[index] ?? 0
      items[index] = items[other] ?? 0
      items[other] = held
    }
    return items
  }

  #below(count: number): number {
    return Number(this.#choose(BigInt(count)))
  }

  /** Draws until the value is new, when it has to be. */
  #fresh<T>(seen: Set<T>, distinct: boolean, draw: () => T): T {
    for (let attempt = 0; attempt < this.#profile.draws; attempt += 1) {
      const value = draw()
      if (!distinct || seen.size !== seen.add(value).size) return value
    }
    throw new Infeasible()
  }
}

/** The integer variables that some length, count or number of vertices is computed from. */
function sizeVariables(spec: InputSpec): Set<string> {
  const names = new Set<string>()
  const add = (...expressions: string[]): void => expressions.flatMap(variablesOf).forEach((name) => names.add(name))
  for (const block of spec.blocks) {
    switch (block.kind) {
      case 'line':
        break
      case 'array':
      case 'permutation':
        add(block.length)
        break
      case 'string':
        add(block.minLength, block.maxLength)
        break
      case 'grid':
        add(block.rows, block.columns)
        break
      case 'tree':
        add(block.vertices)
        break
      case 'graph':
        add(block.vertices, block.edges)
        break
      case 'rows':
        add(block.count)
        break
    }
  }
  return names
}

function clamp(value: bigint, min: bigint, max: bigint): bigint {
  return value < min ? min : value > max ? max : value
}
