// Every operation the stand-in knows, by its name on the wire: what runs beside what, what is committed, what it cost.
import type { Parameters, Reply } from 'dynalite/db/index.js'
import {
  consistencyFactor,
  consumedCapacity,
  indexWriteCharges,
  readCharges,
  scanCharges,
  tableWriteCharges,
  type Charge,
} from './capacity.ts'
import { checkParameters, dynaliteOperation, foundItem, perform, type Engine } from './engine.ts'
import { ServiceError } from './service-error.ts'
import { describeTimeToLive, timeToLiveRemoval, updateTimeToLive } from './time-to-live.ts'
import { transactGetItems, transactWriteItems, type TokenLedger } from './transactions.ts'
import { runOn, View } from './view.ts'

/** Carries out one operation; throws a ServiceError where the service would answer with one. */
export async function carryOut(engine: Engine, tokens: TokenLedger, name: string, body: object): Promise<Reply> {
  switch (name) {
    case 'GetItem':
    case 'BatchGetItem':
    case 'Query':
    case 'Scan':
      return read(engine, name, body)
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
    case 'BatchWriteItem':
      return write(engine, name, body)
    case 'TransactWriteItems':
      return transactWriteItems(engine, tokens, body)
    case 'TransactGetItems':
      return transactGetItems(engine, body)
    case 'CreateTable':
    case 'UpdateTable':
    case 'DeleteTable':
      return changeTable(engine, name, body)
    case 'UpdateTimeToLive':
      return updateTimeToLive(engine, body)
    case 'DescribeTimeToLive':
      return describeTimeToLive(engine, body)
    case 'DescribeTable':
    case 'ListTables':
    case 'ListTagsOfResource':
      return leaveToDynalite(engine, name, body)
    case 'TagResource':
    case 'UntagResource':
      return engine.exclusively(() => leaveToDynalite(engine, name, body))
    default:
      throw new ServiceError('UnknownOperationException', `The stand-in does not know the operation ${name}`)
  }
}

async function read(engine: Engine, name: string, body: object): Promise<Reply> {
  const { mode, parameters } = parametersOf(engine, name, body)
  const view = new View(engine.store)
  const reply = await perform(view, name, parameters)
  if (name === 'Query' || name === 'Scan') {
    return withCapacity(reply, name, mode, scanCharges(view, parameters, Number(reply['ScannedCount'])))
  }
  const factorOf = (table: string): number =>
    consistencyFactor((parameters.RequestItems?.[table] ?? parameters).ConsistentRead)
  return withCapacity(reply, name, mode, readCharges(view, factorOf))
}

async function write(engine: Engine, name: string, body: object): Promise<Reply> {
  const { mode, parameters } = parametersOf(engine, name, body)
  return engine.exclusively(async () => {
    const view = new View(engine.store)
    const reply = await perform(view, name, parameters).catch((error: unknown) => {
      throw withFoundItem(error, parameters, view)
    })
    await View.commit(engine.store.db, [view])
    return withCapacity(reply, name, mode, [...tableWriteCharges(view), ...indexWriteCharges(view)])
  })
}

/** A failed condition tells the item it failed on, when asked to. */
function withFoundItem(error: unknown, parameters: Parameters, view: View): unknown {
  const isAsked = parameters.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
  if (!isAsked || !(error instanceof ServiceError) || error.type !== 'ConditionalCheckFailedException') return error
  return new ServiceError(error.type, error.message, { Item: foundItem(view) })
}

/** Only the final state of a table is written: no crash can leave it stuck in CREATING or DELETING. */
async function changeTable(engine: Engine, name: string, body: object): Promise<Reply> {
  const { parameters } = parametersOf(engine, name, body)
  return engine.exclusively(async () => {
    const view = new View(engine.store)
    // A copy, because dynalite moves the table that it replied with to its final state a moment later.
    const reply = structuredClone(await perform(view, name, parameters))
    await view.tableSettled
    const extra = name === 'DeleteTable' ? [timeToLiveRemoval(parameters.TableName ?? '')] : []
    await View.commit(engine.store.db, [view], extra)
    return reply
  })
}

function leaveToDynalite(engine: Engine, name: string, body: object): Promise<Reply> {
  const { parameters } = parametersOf(engine, name, body)
  return runOn(engine.store, dynaliteOperation(name).action, parameters)
}

/** dynalite is not asked for capacity units: the stand-in counts them itself. */
function parametersOf(
  engine: Engine,
  name: string,
  body: object,
): { mode: string | undefined; parameters: Parameters } {
  const { rules } = dynaliteOperation(name)
  const { ReturnConsumedCapacity: mode, ...parameters } = checkParameters(rules, body, engine.store)
  return { mode, parameters }
}

function withCapacity(reply: Reply, name: string, mode: string | undefined, charges: readonly Charge[]): Reply {
  const entries = consumedCapacity(mode, charges)
  return { ...reply, ConsumedCapacity: name.startsWith('Batch') ? entries : entries?.[0] }
}
