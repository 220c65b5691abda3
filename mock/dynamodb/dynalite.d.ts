// The parts of dynalite 4.0.0 that the stand-in leans on; dynalite itself has no types.

declare module 'dynalite/db/index.js' {
  /** An attribute value in the wire format; exactly one member is set. */
  export interface AttributeValue {
    S?: string
    N?: string
    B?: string
    BOOL?: boolean
    NULL?: boolean
    SS?: readonly string[]
    NS?: readonly string[]
    BS?: readonly string[]
    L?: readonly AttributeValue[]
    M?: Item
  }

  export type Item = Readonly<Record<string, AttributeValue | undefined>>

  export interface IndexDescription {
    IndexName: string
    KeySchema: readonly { AttributeName: string }[]
  }

  export interface TableDescription {
    TableStatus: string
    GlobalSecondaryIndexes?: readonly IndexDescription[]
    LocalSecondaryIndexes?: readonly IndexDescription[]
  }

  /** Parameters of an operation once `checkTypes` has been over them: those the stand-in looks at itself. */
  export interface Parameters {
    TableName?: string
    IndexName?: string
    Item?: Item
    Limit?: number
    ConsistentRead?: boolean
    ReturnConsumedCapacity?: string
    ReturnValuesOnConditionCheckFailure?: string
    ClientRequestToken?: string
    RequestItems?: Readonly<Record<string, { ConsistentRead?: boolean }>>
    TransactItems?: readonly Readonly<Record<string, Parameters>>[]
    TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean }
    /** An update expression as dynalite parsed it. */
    _updates?: { sections: UpdateSection[] }
  }

  export interface UpdateSection {
    readonly type: string
    readonly path: readonly (string | number)[]
  }

  export type Reply = Record<string, unknown>
  export type Callback<T> = (error: unknown, value?: T) => void

  export interface KeyRange {
    gt?: string
    gte?: string
    lt?: string
    lte?: string
    reverse?: boolean
    limit?: number
  }

  export type BatchOperation = { type: 'put'; key: string; value: object } | { type: 'del'; key: string }

  /** The LevelDB (or in-memory) database below. What a value is follows from its key's prefix, so the caller says. */
  export interface Database {
    open(): Promise<void>
    close(): Promise<void>
    get<T>(key: string): Promise<T | undefined>
    put(key: string, value: object): Promise<void>
    batch(operations: BatchOperation[]): Promise<void>
    clear(range: KeyRange): Promise<void>
    values<T>(range: KeyRange): AsyncIterable<T>
    iterator<T>(range: KeyRange): AsyncIterable<[key: string, value: T]>
  }

  /** One keyspace (a table's items, one of its indexes, the tables themselves) as an action sees it. */
  export interface Rows<T> {
    get(key: string, callback: Callback<T>): void
    put(key: string, row: T, callback: Callback<void>): void
    del(key: string, callback: Callback<void>): void
    /** Calls back when no other action holds the key; what it passes wraps the action's own callback. */
    lock(key: string, work: (release: <R>(callback: Callback<R>) => Callback<R>) => void): void
    createValueStream(range: KeyRange): import('node:stream').Readable
  }

  export interface StoreOptions {
    path?: string
    createTableMs?: number
    deleteTableMs?: number
    updateTableMs?: number
  }

  /** What an action may do with the data. */
  export interface ActionStore {
    options: StoreOptions
    tableDb: Rows<TableDescription> & { awsAccountId: string; awsRegion: string }
    getTable(
      name: string,
      checkStatus: boolean | Callback<TableDescription>,
      callback?: Callback<TableDescription>,
    ): void
    getItemDb(table: string): Rows<Item>
    getIndexDb(type: string, table: string, index: string): Rows<Item>
    deleteItemDb(table: string, callback: Callback<void>): void
    deleteIndexDb(type: string, table: string, index: string, callback: Callback<void>): void
    deleteTagDb(table: string, callback: Callback<void>): void
  }

  export type Store = ActionStore & { db: Database }

  /** One operation: dynalite's own code, given a store and checked parameters. */
  export type Action = (store: ActionStore, parameters: Parameters, callback: Callback<Reply>) => void

  const dynaliteDb: {
    create(options: StoreOptions): Store
  }
  export default dynaliteDb
}

declare module 'dynalite/validations/index.js' {
  import type { ActionStore, Parameters } from 'dynalite/db/index.js'

  /** The parameters an operation accepts, in dynalite's notation. */
  export type ParameterTypes = Readonly<Record<string, object>>
  export type CustomCheck = (parameters: Parameters, store: ActionStore) => string | null | undefined

  const validations: {
    /** Converts and strips parameters; throws an error that carries status and body. */
    checkTypes(body: object, types: ParameterTypes): Parameters
    checkValidations(
      parameters: Parameters,
      types: ParameterTypes,
      custom: CustomCheck | undefined,
      store: ActionStore,
    ): void
  }
  export default validations
}
