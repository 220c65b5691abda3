// Time-to-live settings, which dynalite does not keep. Nothing expires by itself here, as it may not for days on the
// service: readers have to look at the attribute either way.
import type { BatchOperation, Reply } from 'dynalite/db/index.js'
import { checkParameters, dynaliteOperation, type Engine, type Rules } from './engine.ts'
import { validationError } from './service-error.ts'
import { runOn } from './view.ts'

interface TimeToLive {
  /** Absent: switched off. */
  readonly attribute?: string
  readonly changedAtMs: number
}

/** How long the service refuses a second change (measured; the documentation says up to an hour). */
const cooldownMs = 30 * 60_000

const updateRules: Rules = {
  types: {
    ...dynaliteOperation('DescribeTimeToLive').rules.types,
    TimeToLiveSpecification: {
      type: 'FieldStruct<TimeToLiveSpecification>',
      notNull: true,
      children: {
        AttributeName: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 255 },
        Enabled: { type: 'Boolean', notNull: true },
      },
    },
  },
}

export async function updateTimeToLive(engine: Engine, body: object): Promise<Reply> {
  const parameters = checkParameters(updateRules, body, engine.store)
  const { TableName: table = '', TimeToLiveSpecification: wanted } = parameters
  return engine.exclusively(async () => {
    const { attribute, changedAtMs } = await settingOf(engine, table)
    if (attribute !== undefined && attribute !== wanted?.AttributeName) {
      throw validationError(`TimeToLive is active on a different AttributeName: current AttributeName is ${attribute}`)
    }
    const enable = wanted?.Enabled === true
    if (enable === (attribute !== undefined)) {
      throw validationError(`TimeToLive is already ${enable ? 'enabled' : 'disabled'}`)
    }
    if (engine.now() - changedAtMs < cooldownMs) {
      throw validationError('Time to live has been modified multiple times within a fixed interval')
    }
    const setting: TimeToLive = {
      changedAtMs: engine.now(),
      ...(enable && { attribute: wanted.AttributeName }),
    }
    await engine.store.db.put(keyOf(table), setting)
    return { TimeToLiveSpecification: wanted }
  })
}

export async function describeTimeToLive(engine: Engine, body: object): Promise<Reply> {
  const { rules } = dynaliteOperation('DescribeTimeToLive')
  const { TableName: table = '' } = checkParameters(rules, body, engine.store)
  const { attribute } = await settingOf(engine, table)
  const status = attribute === undefined ? 'DISABLED' : 'ENABLED'
  return { TimeToLiveDescription: { TimeToLiveStatus: status, AttributeName: attribute } }
}

/** What the deletion of a table takes with it. */
export function timeToLiveRemoval(table: string): BatchOperation {
  return { type: 'del', key: keyOf(table) }
}

/** Throws a ResourceNotFoundException when there is no such table. */
async function settingOf(engine: Engine, table: string): Promise<TimeToLive> {
  await runOn(engine.store, dynaliteOperation('DescribeTable').action, { TableName: table })
  const setting = await engine.store.db.get<TimeToLive>(keyOf(table))
  return setting ?? { changedAtMs: Number.NEGATIVE_INFINITY }
}

// Beside dynalite's own prefixes: item-, index-, tag- and table~.
function keyOf(table: string): string {
  return `ttl~${table}`
}
