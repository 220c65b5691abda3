// dynalite's operations as functions: its own parameter checks and actions, run on a view instead of over HTTP, and
// the rules of the service that it does not know.
import { createRequire } from 'node:module'
import type { Action, IndexDescription, Item, Parameters, Reply, Store, UpdateSection } from 'dynalite/db/index.js'
import validations, { type CustomCheck, type ParameterTypes } from 'dynalite/validations/index.js'
import { itemBytes, maxItemBytes } from './item.ts'
import { fromDynalite, validationError, type ServiceError } from './service-error.ts'
import type { View } from './view.ts'

/** What the stand-in's operations share. */
export interface Engine {
  readonly store: Store
  /** The clock, in milliseconds. */
  now(): number
  /** Runs pieces of work one after the other: every write, and the reads that must not fall into one. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
}

/** The parameters an operation accepts and its checks across them. */
export interface Rules {
  readonly types: ParameterTypes
  readonly custom?: CustomCheck
}

interface Operation {
  readonly rules: Rules
  readonly action: Action
}

const loadRules: (file: string) => Rules = createRequire(import.meta.url)
const loadAction: (file: string) => Action = createRequire(import.meta.url)
const operations = new Map<string, Operation>()

/** One of dynalite's operations, by the name it has on the wire; throws for one it does not have. */
export function dynaliteOperation(name: string): Operation {
  const known = operations.get(name)
  if (known !== undefined) return known
  const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}.js`
  const rules = loadRules(`dynalite/validations/${file}`)
  const isConditional = ['PutItem', 'UpdateItem', 'DeleteItem'].includes(name)
  const operation = {
    rules: isConditional ? { ...rules, types: { ...rules.types, ...conditionFailureTypes } } : rules,
    action: loadAction(`dynalite/actions/${file}`),
  }
  operations.set(name, operation)
  return operation
}

const conditionFailureTypes = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
}

/** Checked parameters of an operation: a copy of the body without what the service does not know. */
export function checkParameters(rules: Rules, body: object, store: Store): Parameters {
  try {
    const parameters = validations.checkTypes(structuredClone(body), rules.types)
    validations.checkValidations(parameters, rules.types, undefined, store)
    return checkAcross(rules, parameters, store)
  } catch (error) {
    throw fromDynalite(error)
  }
}

const maxExpressionBytes = 4096

/** The checks across parameters whose types are known to be right; they parse the expressions, too. */
export function checkAcross(rules: Rules, parameters: Parameters, store: Store): Parameters {
  for (const [name, value] of Object.entries(parameters)) {
    if (!name.endsWith('Expression') || typeof value !== 'string') continue
    const bytes = Buffer.byteLength(value)
    const problem = 'Expression size has exceeded the maximum allowed size; expression size:'
    if (bytes > maxExpressionBytes) throw validationError(`Invalid ${name}: ${problem} ${bytes}`)
  }
  const problem = rules.custom?.(parameters, store)
  if (typeof problem === 'string') throw validationError(problem)
  if (itemBytes(parameters.Item) > maxItemBytes) throw validationError(tooLargeToPut)
  const { _updates: updates } = parameters
  updates?.sections.sort(byOrderOfRemoval)
  return parameters
}

const tooLargeToPut = 'Item size has exceeded the maximum allowed size'
const tooLargeToUpdate = 'Item size to update has exceeded the maximum allowed size'

/** Runs one of dynalite's operations and refuses what the service would refuse about the items it leaves behind. */
export async function perform(view: View, name: string, parameters: Parameters): Promise<Reply> {
  const reply = await view.run(dynaliteOperation(name).action, parameters)
  const isUpdate = name === 'UpdateItem'
  for (const { table, after, written } of view.items.values()) {
    if (!written || after === undefined) continue
    if (itemBytes(after) > maxItemBytes) throw validationError(isUpdate ? tooLargeToUpdate : tooLargeToPut)
    const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = view.tables.get(table) ?? {}
    refuseEmptyIndexKeys(after, [...global, ...local], isUpdate)
  }
  return reply
}

const emptyKeyValue = 'The AttributeValue for a key attribute cannot contain an empty'

function refuseEmptyIndexKeys(item: Item, indexes: readonly IndexDescription[], isUpdate: boolean): void {
  for (const { IndexName: index, KeySchema: keys } of indexes) {
    for (const { AttributeName: attribute } of keys) {
      const { S: text, B: base64 } = item[attribute] ?? {}
      if (text !== '' && base64 !== '') continue
      const problem = `${emptyKeyValue} ${text === '' ? 'string' : 'binary'} value.`
      throw validationError(
        isUpdate
          ? `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ${problem}`
          : `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${problem} IndexName: ${index}, IndexKey: ${attribute}`,
      )
    }
  }
}

/** Whether the service sees an error in the request itself, so that it refuses a whole transaction without reasons. */
export function isUpFront(error: ServiceError): boolean {
  return error.message.includes(emptyKeyValue)
}

/** The item that an operation on a single item found. */
export function foundItem(view: View): Item | undefined {
  const [image] = view.items.values()
  return image?.before
}

/**
 * Puts an update's removals last and the higher places of a list before the lower ones. The service takes all places
 * as they were before the update; dynalite removes one after the other and would hit the wrong elements.
 */
function byOrderOfRemoval(one: UpdateSection, other: UpdateSection): number {
  const byKind = Number(one.type === 'remove') - Number(other.type === 'remove')
  if (byKind !== 0 || one.type !== 'remove') return byKind
  const depth = one.path.findIndex((piece, at) => piece !== other.path[at])
  const [first, second] = [one.path[depth], other.path[depth]]
  if (typeof first === 'number' && typeof second === 'number') return second - first
  return String(first) < String(second) ? -1 : 1
}
