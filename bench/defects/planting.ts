// One plant: a base problem, a class of defects, a behaviour of the model; what the pipeline makes of it, and what the oracle says.
import * as z from 'zod'
import { createAuthorOf } from '../../mock/gemini/author/index.ts'
import { parseScenario } from '../../mock/gemini/scenario.ts'
import type { FailureCode } from '../../src/contract/events.ts'
import { difficultyName, topicName } from '../../src/contract/topics.ts'
import { contentHash } from '../../src/generation/draft.ts'
import type { Publication } from '../../src/generation/publication.ts'
import type { PipelineParts } from '../../src/generation/pipeline.ts'
import type { Executor, SimilarityIndex } from '../../src/ports.ts'
import { type PipelineRunResult, runScenario } from '../../test/support/pipeline.ts'
import type { BaseId } from './bases/index.ts'
import type { Findings } from './oracle/findings.ts'
import { judgeEvidence, judgeProblem } from './oracle/judge.ts'
import type { DefectClass, Entry, Planted } from './defect-class.ts'
import { defectClasses } from './plants.ts'
import type { Target } from './target.ts'

/** How the model goes on after its first defective reply. */
export const behaviours = ['heals-1', 'heals-2', 'stubborn', 'mutating'] as const
const behaviourSchema = z.enum([...behaviours, 'harmless'])
export type Behaviour = z.infer<typeof behaviourSchema>

const outcomeSchema = z.enum([
  'inert',
  'repaired',
  'relabelled',
  'rejected',
  'escaped',
  'hang',
  'crash',
  'clean',
  'false-alarm',
])
type Outcome = z.infer<typeof outcomeSchema>

/** What became of one plant. */
export const resultSchema = z.object({
  plant: z.string(),
  behaviour: behaviourSchema,
  base: z.string(),
  seed: z.number(),
  outcome: outcomeSchema,
  /** Gates that failed, in order. */
  gates: z.array(z.string()).readonly(),
  calls: z.number(),
  /** What the oracle or the run said against it. */
  remarks: z.array(z.string()).readonly(),
  /** Hidden programs: how many wrong ones were tried and passed, how many right ones were tried and refused. */
  hidden: z.object({ wrong: z.number(), survivors: z.number(), right: z.number(), victims: z.number() }),
  ms: z.number(),
})
export type Result = Readonly<z.infer<typeof resultSchema>>

/** What of the pipeline is otherwise than in the product: gates that are missing, or a serialiser that is faulty. */
export type PlantParts = Partial<Pick<PipelineParts, 'gates' | 'serialise'>>

/** A run that takes longer hangs. */
const hangAfterMs = 300_000

const judged = new Map<string, Promise<Findings>>()

/** Runs one plant; undefined where the class has no place in this base. */
export async function tryPlant(
  defect: DefectClass,
  behaviour: Behaviour,
  target: Target,
  executor: Executor,
  parts: PlantParts = {},
): Promise<Result | undefined> {
  const planted = defect.plant(target)
  if (planted === undefined) return undefined
  const startedAt = performance.now()
  const { plant, base, seed } = { plant: defect.id, base: target.base, seed: target.seed }
  const done = (outcome: Outcome, rest: Partial<Result>): Result => ({
    plant,
    behaviour,
    base,
    seed,
    outcome,
    gates: [],
    calls: 0,
    remarks: [],
    hidden: { wrong: 0, survivors: 0, right: 0, victims: 0 },
    ...rest,
    ms: Math.round(performance.now() - startedAt),
  })
  try {
    const run = await runTarget(
      target,
      scenarioOf(defect, planted, behaviour, target),
      executor,
      defect,
      twinsOf[behaviour],
      parts,
    )
    const facts = { gates: run.failed, calls: run.calls.length }
    if (!run.end.ok) {
      const remarks = [run.end.code, run.end.evidence.at(-1) ?? '']
      if (run.end.code === 'deadline') return done('hang', { ...facts, remarks })
      if (!honestEnds.includes(run.end.code)) return done('crash', { ...facts, remarks })
      return done(behaviour === 'harmless' ? 'false-alarm' : 'rejected', { ...facts, remarks })
    }
    const { document } = run.end.publication
    const verdict = await oracle(run.end.publication, target)
    const hidden = {
      wrong: verdict.tried.wrong,
      survivors: verdict.survivors.length,
      right: verdict.tried.right,
      victims: verdict.victims.length,
    }
    const remarks = [
      ...verdict.findings.map(({ kind, detail }) => `${kind}: ${detail}`),
      ...verdict.survivors.map((program) => `survivor: ${program}`),
      ...verdict.victims.map((program) => `victim: ${program}`),
    ]
    const rest = { ...facts, remarks, hidden }
    if (verdict.findings.length > 0 || verdict.victims.length > 0) return done('escaped', rest)
    if (defect.storedTwin === true && !run.failed.includes('G20'))
      return done('escaped', { ...rest, remarks: ['it is stored already'] })
    if (behaviour === 'harmless') return done(run.failed.length === 0 ? 'clean' : 'false-alarm', rest)
    if (document.level !== target.level) return done('relabelled', rest)
    return done(wasNoticed(run) ? 'repaired' : 'inert', rest)
  } catch (thrown) {
    const isHang = thrown instanceof Error && thrown.name === 'TimeoutError'
    return done(isHang ? 'hang' : 'crash', { remarks: [String(thrown)] })
  }
}

/** How a run may end without a problem; everything else is a fault of ours or of this machine. */
const honestEnds: readonly FailureCode[] = [
  'verification-failed',
  'budget-exhausted',
  'model-rate-limited',
  'model-unavailable',
  'model-refused',
]

/** Whether something was asked for again, or corrected without that: a claimed sample that the programs contradict is. */
function wasNoticed({ failed, calls, events }: PipelineRunResult): boolean {
  const wasOverruled = events.some(
    (event) => event.type === 'gate' && event.gate === 'G8' && event.evidence.includes('overruled'),
  )
  return failed.length > 0 || calls.length > leastCalls || wasOverruled
}

/** Calls of a run in which nothing had to be asked twice. */
const leastCalls = 7

async function runTarget(
  target: Target,
  scenario: Record<string, unknown>,
  executor: Executor,
  { storedTwin, wish }: DefectClass,
  twins: number,
  parts: PlantParts,
): ReturnType<typeof runScenario> {
  const { locale, topic, level, blueprint: id, seed } = target
  // Parsed once more by the stand-in; a mistake in a plant is ours.
  parseScenario(JSON.stringify(scenario))
  return runScenario({
    author: createAuthorOf(id, seed),
    executor,
    scenario,
    request: {
      topic,
      level,
      locale,
      algorithmType: topicName(topic, locale),
      difficulty: difficultyName(level, locale),
      ...(wish === undefined ? {} : { prompt: wish }),
    },
    parts: {
      signal: AbortSignal.timeout(hangAfterMs),
      ...(storedTwin === true ? { similar: storedTwins(twins) } : {}),
      ...parts,
    },
  })
}

/** How many of the problems that the model thinks of are stored already. */
const twinsOf: Readonly<Record<Behaviour, number>> = {
  'heals-1': 1,
  'heals-2': 2,
  stubborn: 99,
  mutating: 1,
  harmless: 0,
}

/** A library in which the first tasks that are looked up are found, whatever they are. */
function storedTwins(count: number): Pick<SimilarityIndex, 'near'> {
  let left = count
  return {
    near: async ({ bands: keys }) => {
      if (keys.length === 0 || left === 0) return []
      left -= 1
      return [{ problemId: '0', title: 'twin', signature: twinOf(keys) }]
    },
  }
}

/** The signature that stands in the keys of its bands, but for the last two of its minima. */
function twinOf(keys: readonly string[]): Uint8Array {
  const signature = Buffer.alloc(512)
  Buffer.concat(keys.map((key) => Buffer.from(key.split('#').at(-1) ?? '', 'base64url'))).copy(signature)
  return signature
}

/** What each request is answered with; past the end of a list replies are clean. */
function scenarioOf(
  defect: DefectClass,
  planted: Planted,
  behaviour: Behaviour,
  target: Target,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(planted).map(([artefact, entry]) => {
      const bad = asObject(entry)
      switch (behaviour) {
        case 'harmless':
          return [artefact, [bad]]
        case 'heals-1':
          return [artefact, [bad]]
        case 'heals-2':
          return [artefact, [bad, bad]]
        case 'stubborn':
          return [artefact, [{ ...bad, repeat: true }]]
        case 'mutating':
          return [artefact, [bad, asObject(anotherDefect(defect, artefact, target) ?? entry)]]
      }
    }),
  )
}

function asObject(entry: Entry): Record<string, unknown> {
  return typeof entry === 'string' ? { text: entry } : { ...entry }
}

/** What another class plants in the same artefact: the next one in the list. */
function anotherDefect(defect: DefectClass, artefact: string, target: Target): Entry | undefined {
  const at = defectClasses.indexOf(defect)
  for (const other of [...defectClasses.slice(at + 1), ...defectClasses.slice(0, Math.max(0, at))]) {
    const planted = Object.entries(other.plant(target) ?? {})
    const entry = planted.length === 1 && planted[0]?.[0] === artefact ? planted[0][1] : undefined
    if (entry !== undefined) return entry
  }
  return undefined
}

const emittedSchema = z.record(z.string(), z.unknown())

/** The oracle's findings. What lasts of a problem is judged once, the report beside it each time. */
async function oracle({ bytes, document }: Publication, target: Target): Promise<Findings> {
  // What left, not what was meant to leave.
  const emitted: unknown = JSON.parse(bytes)
  const { problemId: _id, createdAt: _at, verification: _report, ...lasting } = emittedSchema.parse(emitted)
  const key = contentHash([lasting, document.verification.level])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the bases are named in the run's own list
  const judging = judged.get(key) ?? judgeProblem(emitted, target.base as BaseId)
  judged.set(key, judging)
  const found = await judging
  return { ...found, findings: [...found.findings, ...judgeEvidence(emitted)] }
}
