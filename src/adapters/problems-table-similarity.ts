// The similarity index as items of the Problems table: one for each key a problem is found by, beside no other item.
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Likeness, Log, SimilarityIndex, SimilarProblem } from '../ports.ts'
import type { Table } from './dynamodb-table.ts'
import type { ItemKey } from './problems-table-items.ts'
import { lazily } from '../lazily.ts'

/**
 * A key's partition holds at most this many problems; one more takes the place of another. It bounds what boilerplate
 * that many statements share can cost: such a partition stays below 64 KB, which one request reads.
 */
const slotsPerKey = 64

/** Keeps every item below 1 KB, which is one write unit. */
const titleLimit = 80

/** With the last events and META a transaction holds at most 100 writes. */
const mostKeys = 61

const entrySchema = lazily(() =>
  z.object({
    similarId: z.string().min(1),
    title: z.string(),
    signature: z.instanceof(Uint8Array),
    behaviour: z.string().optional(),
  }),
)
type Entry = Omit<SimilarProblem, 'problemId'> & { readonly similarId: string }

/** Throws RangeError for more keys than a transaction takes. */
export function similarityItems(problemId: string, title: string, likeness: Likeness): (Entry & ItemKey)[] {
  const { signature, behaviour } = likeness
  const keys = keysOf(likeness)
  if (keys.length > mostKeys) throw new RangeError(`A problem is found by at most ${mostKeys} keys.`)
  const entry = { similarId: problemId, title: Array.from(title).slice(0, titleLimit).join(''), signature, behaviour }
  return keys.map((key) => ({ problemId: partitionOf(key), kind: slotOf(key, problemId), ...entry }))
}

/** The index on an opened table. */
export function similarityIndex(table: Table, log: Log): SimilarityIndex {
  return {
    async near(query) {
      const attributes = Object.keys(entrySchema().shape)
      const found = await Promise.all(
        keysOf(query).map((key) => table.page('near', { partition: partitionOf(key), limit: slotsPerKey, attributes })),
      )
      const problems = new Map<string, { problem: SimilarProblem; shared: number }>()
      for (const { similarId: problemId, ...rest } of found.flat().flatMap(readable)) {
        const shared = (problems.get(problemId)?.shared ?? 0) + 1
        problems.set(problemId, { problem: { problemId, ...rest }, shared })
      }
      return [...problems.values()].sort((a, b) => b.shared - a.shared).map(({ problem }) => problem)
    },
  }

  /** One broken entry must not hide the others. */
  function readable(item: unknown): Entry[] {
    const parsed = entrySchema().safeParse(item)
    if (parsed.success) return [parsed.data]
    log.error('an entry of the similarity index could not be read', {
      paths: parsed.error.issues.map((issue) => issue.path.join('.')),
    })
    return []
  }
}

function keysOf({ bands, behaviour }: Pick<Likeness, 'bands' | 'behaviour'>): string[] {
  const keys = bands.map((band) => `BAND#${band}`)
  return [...new Set(behaviour === undefined ? keys : [...keys, `BEHAVIOUR#${behaviour}`])]
}

function partitionOf(key: string): string {
  return `SIMILAR#${key}`
}

/** Another one under each key: two problems that get into each other's way under one do not under the others. */
function slotOf(key: string, problemId: string): string {
  const slot = createHash('sha256').update(`${key} ${problemId}`).digest().readUInt32BE() % slotsPerKey
  return `SLOT#${String(slot).padStart(2, '0')}`
}
