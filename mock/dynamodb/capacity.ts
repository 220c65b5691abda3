// What an operation costs, in DynamoDB's capacity units, and how a reply tells it.
// Rules as measured on the service: a write is charged on the larger of the item before and after; an index entry is
// charged only where what the index stores changes (a moved key is a delete and a put); a transaction doubles the
// table's units and not the indexes'; single operations report one figure, transactions split it into read or write.
import type { Item, Parameters, Reply } from 'dynalite/db/index.js'
import { canonicalJson, itemBytes } from './item.ts'
import type { EntryImage, Image, View } from './view.ts'

/** Units spent on a table or on one of its indexes. */
export interface Charge {
  readonly table: string
  readonly index?: EntryImage['index']
  readonly units: number
}

/** The larger of an item's sizes before and after, in bytes. */
export function imageBytes(image: Image<Item>): number {
  return Math.max(itemBytes(image.before), itemBytes(image.after))
}

/** One unit per started KB of each item touched; a condition that was only checked costs what the write would have. */
export function tableWriteCharges(view: View, factor = 1): Charge[] {
  return [...view.items.values()].map((image) => ({ table: image.table, units: factor * writeUnits(image) }))
}

/** One unit per started KB of each index entry that changed. */
export function indexWriteCharges(view: View): Charge[] {
  const changed = [...view.entries.values()].filter(
    ({ written, before, after }) => written && canonicalJson(before) !== canonicalJson(after),
  )
  return changed.map((image) => ({ table: image.table, index: image.index, units: writeUnits(image) }))
}

/** One unit per started 4 KB of each item; `factorOf` a table is a half for an eventually consistent read. */
export function readCharges(view: View, factorOf: (table: string) => number): Charge[] {
  const images = [...view.items.values()]
  return images.map((image) => ({ table: image.table, units: factorOf(image.table) * readUnits(imageBytes(image)) }))
}

/** A Query or Scan is charged on the sum of what it read, before filter and projection. */
export function scanCharges(view: View, parameters: Parameters, scannedCount: number): Charge[] {
  const { TableName: table = '', IndexName: name, ConsistentRead: consistent } = parameters
  const bytes = view.scannedBytes.slice(0, scannedCount).reduce((sum, size) => sum + size, 0)
  const units = readUnits(bytes) * consistencyFactor(consistent)
  if (name === undefined) return [{ table, units }]
  const isLocal = view.tables.get(table)?.LocalSecondaryIndexes?.some((index) => index.IndexName === name) === true
  return [
    { table, units: 0 },
    { table, index: { type: isLocal ? 'Local' : 'Global', name }, units },
  ]
}

export function consistencyFactor(consistentRead: boolean | undefined): number {
  return consistentRead === true ? 1 : 0.5
}

function writeUnits(image: Image<Item>): number {
  return Math.max(1, Math.ceil(imageBytes(image) / 1024))
}

function readUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 4096))
}

/** The `ConsumedCapacity` entries of a reply, a table each; `undefined` when `mode` does not ask for them. */
export function consumedCapacity(
  mode: string | undefined,
  charges: readonly Charge[],
  split?: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): Reply[] | undefined {
  if (mode !== 'TOTAL' && mode !== 'INDEXES') return undefined
  const figures = (units: number): Reply => ({ CapacityUnits: units, ...(split && { [split]: units }) })
  return [...new Set(charges.map((charge) => charge.table))].map((table) => {
    const own = charges.filter((charge) => charge.table === table)
    const entry = { TableName: table, ...figures(total(own)) }
    if (mode === 'TOTAL') return entry
    const ofTable = own.filter((charge) => charge.index === undefined)
    return { ...entry, Table: figures(total(ofTable)), ...indexFigures('Local', own), ...indexFigures('Global', own) }
  })
}

/** An index that cost nothing is not mentioned, and neither is a kind of index of which none cost anything. */
function indexFigures(type: 'Local' | 'Global', charges: readonly Charge[]): Reply {
  const unitsOf: Record<string, number> = {}
  for (const { index, units } of charges) {
    if (index?.type === type) unitsOf[index.name] = (unitsOf[index.name] ?? 0) + units
  }
  const figures = Object.entries(unitsOf).map(([name, units]): [string, Reply] => [name, { CapacityUnits: units }])
  return figures.length === 0 ? {} : { [`${type}SecondaryIndexes`]: Object.fromEntries(figures) }
}

function total(charges: readonly Charge[]): number {
  return charges.reduce((sum, charge) => sum + charge.units, 0)
}
