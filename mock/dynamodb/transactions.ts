// TransactWriteItems and TransactGetItems. Each action runs on a view of its own, against the data as it was before;
// only when every one of them succeeded are the views committed, together, so there is nothing to roll back.
import { createHash } from 'node:crypto'
import type { BatchOperation, Item, Parameters, Reply, Store } from 'dynalite/db/index.js'
import type { ParameterTypes } from 'dynalite/validations/index.js'
import { consumedCapacity, imageBytes, indexWriteCharges, readCharges, tableWriteCharges } from './capacity.ts'
import type { Charge } from './capacity.ts'
import { checkAcross, checkParameters, dynaliteOperation, foundItem, isUpFront, perform } from './engine.ts'
import type { Engine, Rules } from './engine.ts'
import { canonicalJson } from './item.ts'
import { ServiceError, validationError } from './service-error.ts'
import { View } from './view.ts'

/** How long a client request token keeps a transaction from being applied again. */
const tokenLifeMs = 10 * 60_000
const maxTransactionBytes = 4 * 1024 * 1024

/** A kind of action in terms of a dynalite operation on one item. */
interface Kind {
  readonly operation: string
  readonly types: ParameterTypes
  /** A condition check is a conditional deletion that is never committed. */
  readonly checksOnly?: boolean
}

const condition = [
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
]

const writeKinds: Readonly<Record<string, Kind>> = {
  ConditionCheck: {
    operation: 'DeleteItem',
    types: pick('DeleteItem', ['TableName', 'Key', ...condition], 'ConditionExpression'),
    checksOnly: true,
  },
  Put: { operation: 'PutItem', types: pick('PutItem', ['TableName', 'Item', ...condition]) },
  Delete: { operation: 'DeleteItem', types: pick('DeleteItem', ['TableName', 'Key', ...condition]) },
  Update: {
    operation: 'UpdateItem',
    types: pick('UpdateItem', ['TableName', 'Key', 'UpdateExpression', ...condition], 'UpdateExpression'),
  },
}

const getKinds: Readonly<Record<string, Kind>> = {
  Get: {
    operation: 'GetItem',
    types: pick('GetItem', ['TableName', 'Key', 'ProjectionExpression', 'ExpressionAttributeNames']),
  },
}

const tokenType = { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 }
const writeRules = requestRules(writeKinds, { ClientRequestToken: tokenType })
const getRules = requestRules(getKinds, {})

interface Action {
  readonly kind: Kind
  readonly parameters: Parameters
}

/** What became of an action. */
interface Outcome extends Action {
  readonly view: View
  readonly reply: Reply
  readonly error: ServiceError | undefined
}

export async function transactWriteItems(engine: Engine, tokens: TokenLedger, body: object): Promise<Reply> {
  const request = checkParameters(writeRules, body, engine.store)
  const digest = digestOf(request.TransactItems)
  const actions = actionsOf(request, writeKinds, engine.store)
  const { ClientRequestToken: token, ReturnConsumedCapacity: mode } = request

  return engine.exclusively(async () => {
    const earlier = token === undefined ? undefined : tokens.find(token, engine.now())
    if (earlier !== undefined) {
      if (earlier.digest !== digest) {
        const message = 'The request uses the same client token as a previous, but non-identical request'
        throw new ServiceError('IdempotentParameterMismatchException', message)
      }
      // The service tells the cost of a repetition as that of reading the items.
      return { ConsumedCapacity: consumedCapacity(mode, earlier.charges, 'ReadCapacityUnits') }
    }
    const outcomes = await runAll(engine, actions)
    const applied = outcomes.filter(({ kind }) => kind.checksOnly !== true).map(({ view }) => view)
    const commit = (more: readonly BatchOperation[]): Promise<void> => View.commit(engine.store.db, applied, more)
    if (token === undefined) await commit([])
    else await tokens.remember(token, { digest, appliedAtMs: engine.now(), charges: readingCharges(outcomes) }, commit)
    const charges = [
      ...outcomes.flatMap(({ view }) => tableWriteCharges(view, 2)),
      ...applied.flatMap((view) => indexWriteCharges(view)),
    ]
    return { ConsumedCapacity: consumedCapacity(mode, charges, 'WriteCapacityUnits') }
  })
}

export async function transactGetItems(engine: Engine, body: object): Promise<Reply> {
  const request = checkParameters(getRules, body, engine.store)
  const actions = actionsOf(request, getKinds, engine.store)
  const outcomes = await engine.exclusively(() => runAll(engine, actions))
  const entries = consumedCapacity(request.ReturnConsumedCapacity, readingCharges(outcomes), 'ReadCapacityUnits')
  return { Responses: outcomes.map(({ reply }) => ({ Item: reply['Item'] })), ConsumedCapacity: entries }
}

function actionsOf(request: Parameters, kinds: Readonly<Record<string, Kind>>, store: Store): Action[] {
  return (request.TransactItems ?? []).map((item) => {
    const [[name, parameters] = ['', {}], ...others] = Object.entries(item)
    const kind = kinds[name]
    if (kind === undefined || others.length > 0) {
      throw validationError('TransactItems can only contain one of Check, Put, Update or Delete')
    }
    return { kind, parameters: checkAcross(dynaliteOperation(kind.operation).rules, parameters, store) }
  })
}

/** Runs the actions side by side and throws what stops the transaction, if anything does. */
async function runAll(engine: Engine, actions: readonly Action[]): Promise<Outcome[]> {
  const outcomes = await Promise.all(actions.map((action) => run(engine, action)))
  const errors = outcomes.flatMap(({ error }) => error ?? [])
  const missingTable = errors.find((error) => error.type === 'ResourceNotFoundException')
  if (missingTable !== undefined) throw missingTable

  const items = outcomes.flatMap(({ view }) => [...view.items])
  if (new Set(items.map(([key]) => key)).size < items.length) {
    throw validationError('Transaction request cannot include multiple operations on one item')
  }
  if (items.reduce((sum, [, image]) => sum + imageBytes(image), 0) > maxTransactionBytes) {
    throw validationError('The aggregate size of the items in the transaction exceeds 4 MB')
  }
  const upFront = errors.find((error) => isUpFront(error))
  if (upFront !== undefined) throw upFront

  if (errors.length > 0) {
    const reasons = outcomes.map((outcome) => reasonFor(outcome))
    const codes = reasons.map((reason) => reason.Code).join(', ')
    const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`
    throw new ServiceError('TransactionCanceledException', message, { CancellationReasons: reasons })
  }
  return outcomes
}

async function run(engine: Engine, action: Action): Promise<Outcome> {
  const view = new View(engine.store)
  try {
    const reply = await perform(view, action.kind.operation, action.parameters)
    return { ...action, view, reply, error: undefined }
  } catch (error) {
    if (error instanceof ServiceError) return { ...action, view, reply: {}, error }
    throw error
  }
}

function reasonFor({ error, view, parameters }: Outcome): { Code: string; Message?: string; Item?: Item | undefined } {
  if (error === undefined) return { Code: 'None' }
  if (error.type !== 'ConditionalCheckFailedException') return { Code: 'ValidationError', Message: error.message }
  const wantsItem = parameters.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
  return { Code: 'ConditionalCheckFailed', Message: error.message, Item: wantsItem ? foundItem(view) : undefined }
}

function readingCharges(outcomes: readonly Outcome[]): Charge[] {
  return outcomes.flatMap(({ view }) => readCharges(view, () => 2))
}

function requestRules(kinds: Readonly<Record<string, Kind>>, more: ParameterTypes): Rules {
  const members = Object.entries(kinds).map(([name, { types }]): [string, object] => [
    name,
    { type: `FieldStruct<${name}>`, children: types },
  ])
  return {
    types: {
      TransactItems: {
        type: 'List',
        notNull: true,
        lengthGreaterThanOrEqual: 1,
        lengthLessThanOrEqual: 100,
        children: { type: 'ValueStruct<TransactItem>', children: Object.fromEntries(members) },
      },
      ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] },
      ...more,
    },
  }
}

/** Some of an operation's parameters, one of them required where the operation itself does not require it. */
function pick(operation: string, names: readonly string[], required?: string): ParameterTypes {
  const { types } = dynaliteOperation(operation).rules
  const chosen = names.map((name): [string, object] => [
    name,
    { ...types[name], ...(name === required && { notNull: true }) },
  ])
  return Object.fromEntries(chosen)
}

function digestOf(actions: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(actions) ?? '')
    .digest('base64')
}

interface Applied {
  readonly digest: string
  readonly appliedAtMs: number
  /** What reading the transaction's items costs. */
  readonly charges: readonly Charge[]
}

const tokenPrefix = 'token~'

/** The client request tokens of the last ten minutes, kept in the database beside what their transactions wrote. */
export class TokenLedger {
  // In the order they were applied, so the expired ones come first.
  readonly #applied: Map<string, Applied>

  private constructor(applied: Map<string, Applied>) {
    this.#applied = applied
  }

  static async load(store: Store): Promise<TokenLedger> {
    const found: [string, Applied][] = []
    for await (const [key, applied] of store.db.iterator<Applied>({ gte: tokenPrefix, lt: `${tokenPrefix}\u00FF` })) {
      found.push([key.slice(tokenPrefix.length), applied])
    }
    return new TokenLedger(new Map(found.sort(([, one], [, other]) => one.appliedAtMs - other.appliedAtMs)))
  }

  find(token: string, nowMs: number): Applied | undefined {
    const applied = this.#applied.get(token)
    return applied !== undefined && nowMs - applied.appliedAtMs < tokenLifeMs ? applied : undefined
  }

  /** Has a transaction committed together with its token; expired tokens go with the same batch. */
  async remember(
    token: string,
    applied: Applied,
    commit: (operations: readonly BatchOperation[]) => Promise<void>,
  ): Promise<void> {
    const tokens = [...this.#applied.keys()]
    const alive = tokens.findIndex((old) => this.find(old, applied.appliedAtMs) !== undefined)
    const expired = tokens.slice(0, alive === -1 ? tokens.length : alive)
    const removals = expired.map((old): BatchOperation => ({ type: 'del', key: tokenPrefix + old }))
    await commit([...removals, { type: 'put', key: tokenPrefix + token, value: applied }])
    for (const old of expired) this.#applied.delete(old)
    this.#applied.set(token, applied)
  }
}
