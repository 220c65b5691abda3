// The queries of the operations pages, on lines of our own: as much of CloudWatch Logs Insights' language as they use.

/** A line as the service keeps it. Lines that are JSON have their fields, and those below them, by dotted names. */
export interface LogLine {
  readonly timestampMs: number
  readonly logStream: string
  readonly message: string
}

type Row = Readonly<Record<string, unknown>>
type Token = { readonly kind: 'word' | 'text' | 'pattern' | 'sign'; readonly text: string }

/** The rows that a query finds. Throws on anything that is not understood. */
export function runQuery(query: string, lines: readonly LogLine[]): Row[] {
  const reader = new Reader(query)
  let rows: Row[] = lines.map(rowOf)
  let shown = ['@timestamp', '@message']
  do {
    const command = reader.word()
    if (command === 'fields') shown = reader.list()
    else if (command === 'filter') rows = rows.filter(reader.conditions())
    else if (command === 'sort') rows = sorted(rows, reader.word(), reader.optional('asc', 'desc') === 'desc')
    else if (command === 'limit') rows = rows.slice(0, Number(reader.word()))
    else if (command === 'stats') {
      const figures = reader.figures()
      const by = reader.optional('by') === undefined ? [] : reader.list()
      rows = grouped(rows, figures, by)
      shown = [...by, ...figures.map(({ name }) => name)]
    } else throw new Error(`no such command: ${command}`)
  } while (reader.next('|'))
  return rows.map((row) => Object.fromEntries(shown.map((name) => [name, row[name]])))
}

function rowOf({ timestampMs, logStream, message }: LogLine): Row {
  const row: Record<string, unknown> = { '@timestamp': timestampMs, '@logStream': logStream, '@message': message }
  if (message.startsWith('{')) flatten(JSON.parse(message), '', row)
  return row
}

function flatten(value: unknown, prefix: string, into: Record<string, unknown>): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    into[prefix + name] = member
    flatten(member, `${prefix}${name}.`, into)
  }
}

interface Figure {
  readonly name: string
  readonly of: (rows: readonly Row[]) => unknown
}

/** Percentiles by the nearest rank; the service's own are approximations. */
const figureKinds: Readonly<Record<string, (rows: readonly Row[], field: string, parameter: number) => unknown>> = {
  count: (rows) => rows.length,
  sum: (rows, field) => numbers(rows, field).reduce((sum, value) => sum + value, 0),
  avg: (rows, field) => numbers(rows, field).reduce((sum, value, _, all) => sum + value / all.length, 0),
  max: (rows, field) => Math.max(...numbers(rows, field)),
  pct: (rows, field, percent) => {
    const values = numbers(rows, field).toSorted((one, other) => one - other)
    return values[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)]
  },
  latest: (rows, field) => sorted(rows, '@timestamp', false).findLast((row) => row[field] !== undefined)?.[field],
}

function numbers(rows: readonly Row[], field: string): number[] {
  return rows.map((row) => row[field]).filter((value) => typeof value === 'number')
}

function grouped(rows: readonly Row[], figures: readonly Figure[], by: readonly string[]): Row[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(by.map((field) => row[field])))
  return [...groups.values()].map((group) =>
    Object.fromEntries([
      ...by.map((field) => [field, group[0]?.[field]] as const),
      ...figures.map(({ name, of }) => [name, of(group)] as const),
    ]),
  )
}

function sorted(rows: readonly Row[], field: string, descending: boolean): Row[] {
  const order = rows.toSorted((one, other) => Number(one[field]) - Number(other[field]))
  return descending ? order.toReversed() : order
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', /"([^"]*)"/y],
  ['pattern', /\/((?:[^/\\]|\\.)+)\//y],
  ['word', /([@\w][@\w.]*)/y],
  ['sign', /([|=(),*[\]])/y],
]

class Reader {
  readonly #tokens: Token[] = []

  constructor(query: string) {
    let at = 0
    while (at < query.length) {
      const found = patterns
        .map(([kind, pattern]) => ({ kind, match: Object.assign(pattern, { lastIndex: at }).exec(query) }))
        .find(({ match }) => match !== null)
      if (found?.match) this.#tokens.push({ kind: found.kind, text: found.match[1] ?? '' })
      else if (!/\s/.test(query.charAt(at))) throw new Error(`not understood: ${query.slice(at)}`)
      at += found?.match?.[0].length ?? 1
    }
  }

  word(): string {
    return this.#take('word')
  }

  /** One of these words, if it is the next one. */
  optional(...words: readonly string[]): string | undefined {
    const { kind, text } = this.#tokens[0] ?? {}
    return kind === 'word' && text !== undefined && words.includes(text) ? this.word() : undefined
  }

  /** Whether this sign is the next one, which is passed; at the end it is not. Throws on another one. */
  next(sign: string): boolean {
    if (this.#tokens.length === 0) return false
    if (this.#take('sign') !== sign) throw new Error(`${sign} expected`)
    return true
  }

  list(): string[] {
    return this.#separated(() => this.word())
  }

  figures(): Figure[] {
    return this.#separated(() => {
      const kind = figureKinds[this.word()]
      if (kind === undefined) throw new Error('no such figure')
      this.next('(')
      const field = this.#tokens[0]?.text === '*' ? this.#take('sign') : this.word()
      const parameter = this.#tokens[0]?.text === ',' ? (this.next(','), Number(this.word())) : 0
      this.next(')')
      if (this.word() !== 'as') throw new Error('a figure without a name')
      return { name: this.word(), of: (rows) => kind(rows, field, parameter) }
    })
  }

  conditions(): (row: Row) => boolean {
    const all = [this.#condition()]
    while (this.optional('and') !== undefined) all.push(this.#condition())
    return (row) => all.every((holds) => holds(row))
  }

  #condition(): (row: Row) => boolean {
    const field = this.word()
    const operator = this.optional('like', 'in')
    if (operator === 'like') {
      const pattern = new RegExp(this.#take('pattern'))
      return (row) => pattern.test(String(row[field]))
    }
    if (operator === 'in') {
      this.next('[')
      const values = this.#separated(() => this.#take('text'))
      this.next(']')
      return (row) => values.includes(String(row[field]))
    }
    this.next('=')
    const value = this.#take('text')
    return (row) => row[field] === value
  }

  #separated<T>(one: () => T): T[] {
    const all = [one()]
    while (this.#tokens[0]?.kind === 'sign' && this.#tokens[0].text === ',') {
      this.#tokens.shift()
      all.push(one())
    }
    return all
  }

  #take(kind: Token['kind']): string {
    const token = this.#tokens.shift()
    if (token?.kind !== kind) throw new Error(`a ${kind} expected instead of ${token?.text ?? 'the end'}`)
    return token.text
  }
}
