// One operation's view of the data. dynalite's own actions run on it unchanged, but what they write stays here until
// `commit` puts it, and that of any other views, into the database as one atomic batch; a view never committed has
// done nothing. That is what makes transactions all-or-nothing, and every single write atomic with its index entries.
import { Readable } from 'node:stream'
import type {
  Action,
  ActionStore,
  BatchOperation,
  Callback,
  Database,
  Item,
  KeyRange,
  Parameters,
  Reply,
  Rows,
  Store,
  TableDescription,
} from 'dynalite/db/index.js'
import { itemBytes } from './item.ts'
import { fromDynalite } from './service-error.ts'

/** A row an operation touched, as it found it and as it leaves it. `written` tells a deletion from a mere look. */
export interface Image<T> {
  readonly table: string
  readonly before: T | undefined
  after: T | undefined
  written: boolean
}

export interface EntryImage extends Image<Item> {
  readonly index: { readonly type: 'Local' | 'Global'; readonly name: string }
}

/** A Query or Scan page ends with the item that reaches this many bytes. */
const pageBytes = 1024 * 1024

export class View {
  /** The items and index entries the operation touched, under their keys in the database. */
  readonly items = new Map<string, Image<Item>>()
  readonly entries = new Map<string, EntryImage>()
  /** The tables the operation asked for. */
  readonly tables = new Map<string, TableDescription>()
  /** The size in bytes of each row a Query or Scan read, in order; it may have read ahead of what it used. */
  readonly scannedBytes: number[] = []
  /** Resolves when a table has reached its final state: dynalite moves it there on a timer, after its reply. */
  readonly tableSettled: Promise<void>

  readonly #real: Store
  readonly #tableRows = new Map<string, Image<TableDescription>>()
  readonly #cleared: string[] = []
  #settleTable: () => void = () => undefined
  #fail: (error: unknown) => void = () => undefined
  #parameters: Parameters = {}

  constructor(store: Store) {
    this.#real = store
    this.tableSettled = new Promise((resolve) => {
      this.#settleTable = resolve
    })
  }

  /** Runs one action on this view. A defect that throws inside dynalite rejects here instead of ending the process. */
  run(action: Action, parameters: Parameters): Promise<Reply> {
    this.#parameters = parameters
    return new Promise((resolve, reject) => {
      this.#fail = (error) => reject(fromDynalite(error))
      runOn(this.#store(), action, parameters).then(resolve, reject)
    })
  }

  /** Writes what the views hold, and `extra`, at once or not at all; the rows of a deleted table go before it does. */
  static async commit(
    database: Database,
    views: readonly View[],
    extra: readonly BatchOperation[] = [],
  ): Promise<void> {
    const operations = [...extra]
    for (const view of views) {
      for (const prefix of view.#cleared) await database.clear({ gte: prefix, lt: `${prefix}\u00FF` })
      for (const [key, { written, after: value }] of [...view.items, ...view.entries, ...view.#tableRows]) {
        if (written) operations.push(value === undefined ? { type: 'del', key } : { type: 'put', key, value })
      }
    }
    await database.batch(operations)
  }

  // Keys are laid out as in dynalite, which reads the same database for the operations that need no view.
  #store(): ActionStore {
    const real = this.#real
    const clear = (prefix: string, callback: Callback<void>): void => {
      this.#cleared.push(prefix)
      callback(null)
    }
    return {
      options: real.options,
      tableDb: {
        ...this.#rows(tablePrefix, this.#tableRows, (table, row: TableDescription | undefined) => imageOf(table, row)),
        awsAccountId: real.tableDb.awsAccountId,
        awsRegion: real.tableDb.awsRegion,
      },
      getTable: (name, checkStatus, callback) => {
        // dynalite's convention: without a flag the table must be active.
        const [check, answer] = typeof checkStatus === 'function' ? [true, checkStatus] : [checkStatus, callback]
        if (answer !== undefined) this.#answer(answer, () => this.#table(name, check))
      },
      getItemDb: (table) =>
        this.#rows(itemPrefix(table), this.items, (_key, row: Item | undefined) => imageOf(table, row)),
      getIndexDb: (type, table, name) => {
        const index = { type: type.toLowerCase() === 'local' ? ('Local' as const) : ('Global' as const), name }
        const describe = (_key: string, row: Item | undefined): EntryImage => ({ ...imageOf(table, row), index })
        return this.#rows(indexPrefix(type, table, name), this.entries, describe)
      },
      deleteItemDb: (table, callback) => clear(itemPrefix(table), callback),
      deleteIndexDb: (type, table, index, callback) => clear(indexPrefix(type, table, index), callback),
      deleteTagDb: (table, callback) => clear(`tag-${table}~`, callback),
    }
  }

  async #table(name: string, mustBeActive: boolean): Promise<TableDescription | undefined> {
    const table = await new Promise<TableDescription | undefined>((resolve, reject) => {
      this.#real.getTable(name, mustBeActive, (error, found) =>
        error instanceof Error ? reject(error) : resolve(found),
      )
    })
    if (table !== undefined) this.tables.set(name, table)
    return table
  }

  #rows<T extends Item | TableDescription, I extends Image<T>>(
    prefix: string,
    images: Map<string, I>,
    describe: (key: string, row: T | undefined) => I,
  ): Rows<T> {
    const load = async (key: string): Promise<I> => {
      const row = images.has(prefix + key) ? undefined : await this.#real.db.get<T>(prefix + key)
      const image = images.get(prefix + key) ?? describe(key, row)
      images.set(prefix + key, image)
      return image
    }
    const write = async (key: string, row: T | undefined): Promise<void> => {
      const image = await load(key)
      // A copy: dynalite goes on changing the description of a table after it has put it.
      image.after = row === undefined ? undefined : structuredClone(row)
      image.written = true
      const isFinal = row === undefined || ('TableStatus' in row && row.TableStatus === 'ACTIVE')
      if (prefix === tablePrefix && isFinal) this.#settleTable()
    }
    return {
      get: (key, callback) => this.#answer(callback, async () => (await load(key)).after),
      put: (key, row, callback) => this.#answer(callback, () => write(key, row)),
      del: (key, callback) => this.#answer(callback, () => write(key, undefined)),
      // The stand-in lets one write in at a time, so the key is always free.
      lock: (_key, work) => work((callback) => callback),
      createValueStream: (range) => Readable.from(this.#scan(prefix, range)),
    }
  }

  async *#scan(prefix: string, range: KeyRange): AsyncGenerator<Item> {
    const bounds: KeyRange = {
      reverse: range.reverse ?? false,
      limit: range.limit ?? -1,
      ...(range.gt === undefined ? { gte: prefix + (range.gte ?? '') } : { gt: prefix + range.gt }),
      ...(range.lte === undefined ? { lt: prefix + (range.lt ?? '\u00FF') } : { lte: prefix + range.lte }),
    }
    let bytes = 0
    for await (const item of this.#real.db.values<Item>(bounds)) {
      const size = itemBytes(item)
      this.scannedBytes.push(size)
      bytes += size
      if (bytes >= pageBytes) {
        // dynalite looks at the limit when it decides whether more is to come, so lowering it ends the page here.
        const limit = this.#parameters.Limit ?? Number.POSITIVE_INFINITY
        this.#parameters.Limit = Math.min(limit, this.scannedBytes.length)
        yield item
        return
      }
      yield item
    }
  }

  /** Calls back with a result. A failure to get one ends the action, and so does what the callback throws. */
  #answer<T>(callback: Callback<T>, work: () => Promise<T | undefined>): void {
    const answer = async (): Promise<void> => callback(null, await work())
    answer().catch((error: unknown) => this.#fail(error))
  }
}

/** Runs an action on a store as it is. */
export function runOn(store: ActionStore, action: Action, parameters: Parameters): Promise<Reply> {
  return new Promise((resolve, reject) => {
    action(store, parameters, (error, reply) => {
      if (error === null || error === undefined) resolve(typeof reply === 'object' ? reply : {})
      else reject(fromDynalite(error))
    })
  })
}

const tablePrefix = 'table~'

function itemPrefix(table: string): string {
  return `item-${table}~`
}

function indexPrefix(type: string, table: string, index: string): string {
  return `index-${type.toLowerCase()}~${table}~${index}~`
}

function imageOf<T>(table: string, row: T | undefined): Image<T> {
  return { table, before: row, after: row, written: false }
}
