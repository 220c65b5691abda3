// `npm run bench -- gates`: each gate in turn is taken away, and defects that it stopped are planted once more.
import { parseArgs } from 'node:util'
import { type GateId, gateIds } from '../../src/contract/verification.ts'
import type { Executor } from '../../src/ports.ts'
import { allGates } from '../../src/generation/stages.ts'
import { rememberingExecutor } from '../../test/support/pipeline.ts'
import { changesAnOutput, losesATest, silent, tampered } from '../../test/support/tampered.ts'
import { readResults } from './results.ts'
import { type PlantParts, type Result, tryPlant } from './planting.ts'
import type { DefectClass } from './defect-class.ts'
import { defectClasses } from './plants.ts'
import { targetOf } from './target.ts'

/** A defect that a gate stopped, and how it is planted again. */
interface Trial {
  readonly defect: DefectClass
  readonly before: Result
  readonly parts: PlantParts
}

const seed = 1

/** Runs the benchmark with the words after its name; the exit code is 0 unless it was called wrongly. */
export async function switchedOff(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      json: { type: 'boolean', default: false },
      each: { type: 'string', default: '3' },
      only: { type: 'string' },
    },
  })
  const each = Number(values.each)
  if (!Number.isInteger(each) || each < 1) {
    console.error('--each takes a number from 1: how many defects of each gate are planted again')
    return 2
  }
  const results = readResults()
  if (results.length === 0) {
    console.error('Nothing is known of this commit yet: npm run bench -- defects')
    return 2
  }
  const rows: Row[] = []
  const executors = new Map<string, Executor>()
  for (const gate of gateIds.filter((id) => values.only === undefined || values.only.split(',').includes(id))) {
    const row: Row = { gate, plants: 0, escaped: 0, later: [], calls: 0, survivors: 0, nothing: 0, examples: [] }
    for (const { defect, before, parts } of [...stoppedBy(gate, results, each), ...(await faultsOfOurOwn(gate))]) {
      const rest = (parts.gates ?? allGates).filter(({ id }) => id !== gate)
      const target = targetOf(before.base, before.seed, 'ko')
      const executor = executors.get(before.base) ?? rememberingExecutor()
      executors.set(before.base, executor)
      const after = await tryPlant(defect, before.behaviour, target, executor, { ...parts, gates: rest })
      if (after !== undefined) tally(row, before, after)
    }
    rows.push(row)
    if (!values.json) console.log(lineOf(row))
  }
  if (values.json) console.log(JSON.stringify({ gates: rows }))
  return 0
}

interface Row {
  readonly gate: GateId
  plants: number
  /** Published although the oracle finds fault with it, or not ended as a run may. */
  escaped: number
  /** Gates that found it instead. */
  later: string[]
  /** More model calls than with the gate. */
  calls: number
  /** More hidden wrong programs that pass the tests. */
  survivors: number
  nothing: number
  examples: string[]
}

function tally(row: Row, before: Result, after: Result): void {
  row.plants += 1
  row.calls += after.calls - before.calls
  row.survivors += Math.max(0, after.hidden.survivors - before.hidden.survivors)
  const isBad = after.outcome === 'escaped' || after.outcome === 'crash' || after.outcome === 'hang'
  if (isBad) row.escaped += 1
  else if (after.gates.length > 0 || after.outcome === 'rejected') row.later.push(after.gates[0] ?? 'the end')
  else row.nothing += 1
  const found = isBad ? (after.remarks[0] ?? after.outcome) : after.gates.length > 0 ? after.gates.join(' ') : 'nothing'
  row.examples.push(`${before.plant} ${before.behaviour} ${before.base}: ${found}`.slice(0, 160))
}

/** What this gate was the first to stop: of as many classes as there are, and the quickest to heal first. */
function stoppedBy(gate: GateId, results: readonly Result[], most: number): Trial[] {
  const order = ['heals-1', 'heals-2', 'mutating', 'stubborn', 'harmless']
  const stopped = results
    .filter(({ gates, behaviour }) => gates[0] === gate && behaviour !== 'harmless')
    .toSorted((one, other) => order.indexOf(one.behaviour) - order.indexOf(other.behaviour))
  const ofEachClass = [...Map.groupBy(stopped, ({ plant }) => plant).values()]
  const chosen = [...ofEachClass.flatMap(([first]) => first ?? []), ...ofEachClass.flatMap((all) => all.slice(1))]
  return chosen.slice(0, most).flatMap((before) => {
    const defect = defectClasses.find(({ id }) => id === before.plant)
    return defect === undefined ? [] : [{ defect, before, parts: {} }]
  })
}

/** Faults that no reply of a model can bring about: of the serialiser, and of the evidence. */
async function faultsOfOurOwn(gate: GateId): Promise<Trial[]> {
  const faults: { id: string; parts: PlantParts }[] =
    gate === 'G23'
      ? [
          { id: 'output-changed', parts: { serialise: changesAnOutput } },
          { id: 'test-lost', parts: { serialise: losesATest } },
          {
            id: 'solution-torn',
            parts: {
              serialise: tampered((document, tests) => ({
                ...document,
                solution_code: String(document['solution_code']).slice(0, -20),
                test_cases: tests,
              })),
            },
          },
        ]
      : gate === 'G24'
        ? [{ id: 'no-evidence', parts: { gates: allGates.map((one) => (one.id === 'G9' ? silent(one) : one)) } }]
        : []
  const trials: Trial[] = []
  for (const { id, parts } of faults) {
    const defect: DefectClass = { id, title: id, plant: () => ({}) }
    const before = await tryPlant(defect, 'stubborn', targetOf(ownBase, seed, 'ko'), rememberingExecutor(), parts)
    if (before !== undefined) trials.push({ defect, before, parts })
  }
  return trials
}

const ownBase = 'rain-ledger-medium'

function lineOf({ gate, plants, escaped, later, calls, survivors, nothing, examples }: Row): string {
  const counts = `${plants} planted · ${escaped} escaped · ${later.length} found later (${[...new Set(later)].join(', ')}) · ${calls} more calls · ${survivors} more hidden wrong programs pass · ${nothing} changed nothing`
  return [`${gate}: ${counts}`, ...examples.map((example) => `      ${example}`)].join('\n')
}
