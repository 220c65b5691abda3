// Programs that misbehave, in every language that can, at the lowest tier and with everything this machine gives. After
// each one the next program of somebody else must run as if nothing had happened and find nothing of it.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { BatchResult, ExecutionBatch, ExecutionLimits } from '../../src/contract/execution.ts'
import { executorLanguageSchema, type ExecutorLanguage } from '../../src/contract/languages.ts'
import type { Executor } from '../../src/ports.ts'
import { endingsOf, limitsOf, type Attack, type Ending, type Strength } from './attacks/attack.ts'
import { echoes, nativeFinder, pythonCanary } from './attacks/finders.ts'
import { ipcKey, mark, preciousFolderSlot, secretFileSlot, secretVariable } from './attacks/names.ts'
import { leftFiles, largestBelow, leftObjects, strays, usersBelow } from './attacks/outside.ts'
import { attacks } from './attacks/suite.ts'
import { isTodays } from '../support/turns.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

const MiB = 1024 * 1024
/** Enough for every honest program here, on a busy machine as well; many an attack on a compiler uses up all it gets. */
const compileCpuMs = 2_500
const strengths = ['rlimits', 'all'] as const
/** Environments at once. Those of the lowest tier are made anew after every other attack, which is mostly waiting. */
const laneCounts: Readonly<Record<Strength, number>> = { rlimits: 3, all: 2 }
const mainFiles: Readonly<Record<ExecutorLanguage, string>> = {
  c: 'main.c',
  cpp: 'main.cpp',
  python: 'main.py',
  javascript: 'main.js',
  java: 'Main.java',
}
const patient: ExecutionLimits = { cpuMs: 5_000, wallMs: 10_000, memoryBytes: 256 * MiB, outputBytes: 64 * 1024 }

const secret = `canary-${randomBytes(12).toString('hex')}`
/** A compiler's own limit; no request can change it. */
const compilerMemoryBytes = 1024 * MiB
/** Above anything a run may take beyond its limit before somebody looks. */
const memoryOvershootBytes = 512 * MiB

interface Scene {
  readonly folder: string
  readonly secretFile: string
  readonly preciousFolder: string
}
let scene: Scene

function makeScene(): Scene {
  const folder = mkdtempSync('/tmp/alpaco-attacks-')
  const secretFile = path.join(folder, 'secret')
  writeFileSync(secretFile, `${secretVariable}=${secret}\n`, { mode: 0o600 })
  const preciousFolder = mkdtempSync('/tmp/alpaco-precious-')
  writeFileSync(path.join(preciousFolder, 'kept'), 'kept')
  return { folder, secretFile, preciousFolder }
}

const reasons = (error: unknown): string[] => (error instanceof Error ? [error.message, ...reasons(error.cause)] : [])

interface Job {
  readonly language: ExecutorLanguage
  readonly source: string
  readonly files?: Attack['files']
  readonly access?: Attack['access']
  readonly collect?: Attack['collect']
  readonly inputs: readonly string[]
  readonly limits: ExecutionLimits
}

/** An executor, and a number by which the names of what its programs plant differ from those of others at work beside it. */
interface Stage {
  readonly executor: Executor
  readonly number: number
}

async function run({ executor, number }: Stage, job: Job): Promise<BatchResult> {
  const { language, source, files = [], access = 'none', collect = [], inputs, limits } = job
  const text = source
    .replaceAll(secretFileSlot, scene.secretFile)
    .replaceAll(preciousFolderSlot, scene.preciousFolder)
    .replaceAll(mark, `${mark}-${number}`)
    .replaceAll(String(ipcKey), String(ipcKey + number))
  const batch: ExecutionBatch = {
    version: 1,
    program: { language, files: [{ name: mainFiles[language], text }, ...files] },
    tests: inputs.map((input) => ({ input })),
    limits,
    hashSeed: 0,
    access,
    collect: [...collect],
  }
  const result = await executor.run(batch, new AbortController().signal).catch((error: unknown) => {
    // A report shows the outermost message only.
    throw new Error(reasons(error).join(' — '), { cause: error })
  })
  // Whatever anybody says, in outputs, on standard error or in the words of a compiler: never this.
  expect(JSON.stringify(result)).not.toContain(secret)
  return result
}

/** A sandbox with one environment, so that every program meets what the one before it did. One job at a time. */
interface Lane extends Stage {
  readonly sandbox: Sandbox
  readonly users: Set<number>
  /** What the canaries print when nothing has happened yet. */
  readonly quiet: { readonly python: string; readonly native: string }
  last: Promise<unknown>
}

const reversed = (text: string): string => Buffer.from(text).reverse().toString()

/** Runs one of the finders; returns all it prints after its first line, which only says that the input came through. */
async function lookAround(stage: Stage, language: 'python' | 'c', source: string): Promise<string> {
  const inputs = [randomBytes(6).toString('hex'), `ALPACO-NEXT-INPUT-${randomBytes(6).toString('hex')}`]
  const { compile, results } = await run(stage, { language, source, inputs, limits: patient })
  expect(compile).toMatchObject({ ok: true })
  expect(results.map(({ outcome, exitCode, stderr }) => ({ outcome, exitCode, stderr }))).toEqual(
    inputs.map(() => ({ outcome: 'exited', exitCode: 0, stderr: '' })),
  )
  const seen = results.map(({ stdout }, index) => {
    const [first, ...rest] = stdout.split('\n')
    expect(first).toBe(reversed(inputs[index] ?? ''))
    return rest.join('\n')
  })
  expect(new Set(seen).size).toBe(1)
  return seen[0] ?? ''
}

async function openLane(kind: Strength, number: number): Promise<Lane> {
  const sandbox = await openSandbox(kind, { slots: 1, compileCpuMs })
  const stage = { executor: sandbox.executor, number }
  const sleeper = { language: 'python', source: 'import time\ntime.sleep(0.3)', inputs: [''], limits: patient } as const
  await run(stage, sleeper)
  const sleeping = run(stage, sleeper)
  await sleep(150)
  const users = usersBelow(sandbox.pids())
  await sleeping
  const quiet = {
    python: await lookAround(stage, 'python', pythonCanary),
    native: await lookAround(stage, 'c', nativeFinder),
  }
  return { ...stage, sandbox, users, quiet, last: Promise.resolve() }
}

async function openLanes(kind: Strength, from: number): Promise<Lane[]> {
  return Promise.all(Array.from({ length: laneCounts[kind] }, async (_, index) => openLane(kind, from + index)))
}

async function inLane<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
  const done = lane.last.then(work)
  lane.last = done.catch(() => undefined)
  return done
}

/** The expectations that hold on a machine which gives no more than limits. */
const strengthOf = ({ tier }: Sandbox): Strength => (tier === 'rlimits' ? 'rlimits' : 'all')

const languages = executorLanguageSchema.options
const rows = attacks
  .flatMap((attack) =>
    languages.flatMap((language) => {
      const source = attack.languages[language]
      return source === undefined ? [] : [{ language, attack, source }]
    }),
  )
  // Each program with one strength on one day, with the other on the next, then with none for three.
  .flatMap((program, index) => {
    const kinds = strengths.filter((_, strength) => isTodays(index + strength, 5))
    return kinds.map((kind) => ({ ...program, kind, lane: index % laneCounts[kind] }))
  })

type Row = (typeof rows)[number]

/** Whether it is the compiler, with its own processes and a limit of its own, that the attack is on. */
const isOnCompiler = ({ attack, language }: Row): boolean =>
  (language === 'c' || language === 'cpp') && attack.expect.all.includes('compile-error')

/** Does the work while somebody outside looks how large the processes of the sandbox become. */
async function weigh<T>({ sandbox }: Lane, work: () => Promise<T>): Promise<{ done: T; peakBytes: number }> {
  let peakBytes = 0
  const looking = setInterval(() => (peakBytes = Math.max(peakBytes, largestBelow(sandbox.pids()))), 100)
  try {
    const done = await work()
    return { done, peakBytes }
  } finally {
    clearInterval(looking)
  }
}
const titleOf = ({ kind, language, attack }: Row): string =>
  `${attack.name}, in ${language}, with the protections "${kind}"`

async function attackIn(lane: Lane, { attack, language, source }: Row): Promise<BatchResult> {
  const inputs = Array.from({ length: attack.runs ?? 1 }, (_, index) =>
    index === 0 ? 'first\n' : 'ALPACO-NEXT-INPUT\n',
  )
  return run(lane, { ...attack, language, source, inputs, limits: limitsOf(attack, language) })
}

interface Aftermath {
  readonly python: string
  readonly native: string
  readonly echo: string
}

/** What later programs see and do. Those that cannot have been harmed by this attack are not asked. */
async function aftermathOf(lane: Lane, { attack, language }: Row, compiled: boolean): Promise<Aftermath> {
  const python = await lookAround(lane, 'python', pythonCanary)
  const leaves = mayLeave(attack.expect[strengthOf(lane.sandbox)])
  const native = leaves ? await lookAround(lane, 'c', nativeFinder) : lane.quiet.native
  if (compiled && !leaves) return { python, native, echo: 'echo' }
  const { compile, results } = await run(lane, {
    language,
    source: echoes[language],
    inputs: ['echo'],
    limits: patient,
  })
  return { python, native, echo: results[0]?.stdout ?? compile.log }
}

const mayLeave = (endings: readonly Ending[]): boolean =>
  endings.some((ending) => ending === 'planted' || ending === 'sandbox-violation')

describe('a hostile program', () => {
  let lanes: Record<Strength, Lane[]>

  beforeAll(async () => {
    vi.stubEnv(secretVariable, secret)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret)
    scene = makeScene()
    const [rlimits, all] = await Promise.all([openLanes('rlimits', 10), openLanes('all', 20)])
    lanes = { rlimits, all }
  })

  afterAll(async () => {
    vi.unstubAllEnvs()
    await Promise.all(
      Object.values(lanes)
        .flat()
        .map(async ({ sandbox }) => sandbox.close()),
    )
    rmSync(scene.folder, { recursive: true, force: true })
    rmSync(scene.preciousFolder, { recursive: true, force: true })
  }, 30_000)

  it('is tried in more than 60 ways, each in the words of a language', () => {
    expect(attacks.length).toBeGreaterThan(60)
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
    for (const { name, languages } of attacks) expect(Object.keys(languages), name).not.toEqual([])
  })

  it.concurrent.each(rows.map((row) => [titleOf(row), row] as const))('%s', async (_title, row) => {
    const lane = lanes[row.kind][row.lane]
    if (lane === undefined) throw new Error('there is no such lane')
    const { batch, aftermath, peakBytes } = await inLane(lane, async () => {
      const work = async (): Promise<BatchResult> => attackIn(lane, row)
      const { done: batch, peakBytes } = isOnCompiler(row)
        ? await weigh(lane, work)
        : { done: await work(), peakBytes: 0 }
      return { batch, peakBytes, aftermath: await aftermathOf(lane, row, batch.compile.ok) }
    })

    const { attack, language } = row
    const seen = JSON.stringify(batch, null, 1).slice(0, 6_000)
    const allowed = attack.expect[strengthOf(lane.sandbox)]
    for (const ending of endingsOf(batch)) expect(allowed, seen).toContain(ending)
    if (batch.compile.ok) expect(batch.results, seen).toHaveLength(attack.runs ?? 1)
    expect(batch.compile.log.length).toBeLessThanOrEqual(16 * 1024)
    const limits = limitsOf(attack, language)
    for (const result of batch.results) {
      if (result.outcome !== 'sandbox-violation') expect(result).toMatchObject(attack.result ?? {})
      expect(result.stdoutBytes).toBeLessThanOrEqual(limits.outputBytes)
      for (const text of Object.values(result.collected ?? {})) expect(text.length).toBeLessThanOrEqual(64 * 1024)
      expect(Buffer.byteLength(result.stderr)).toBeLessThanOrEqual(4 * 1024 + 8)
      expect(result.peakMemoryBytes).toBeLessThan(limits.memoryBytes + memoryOvershootBytes)
    }
    expect(peakBytes, seen).toBeLessThan(compilerMemoryBytes + memoryOvershootBytes)
    // Everybody else goes on as if nothing had happened.
    expect(aftermath, seen).toEqual({ ...lane.quiet, echo: 'echo' })
    expect(readdirSync(scene.preciousFolder)).toEqual(['kept'])
    expect(existsSync(scene.secretFile)).toBe(true)
  })

  // Runs after all the others: they are concurrent, it is not.
  it.each(strengths)('leaves nothing on this machine with the protections "%s"', async (kind) => {
    await Promise.all(lanes[kind].map(async ({ sandbox }) => sandbox.close()))
    for (const { users } of lanes[kind]) {
      expect(users.size).toBeGreaterThan(0)
      expect(strays(users)).toEqual([])
      expect(leftFiles(users)).toEqual([])
      expect(leftObjects(users)).toEqual([])
    }
  })
})

describe.each(strengths)('the neighbours of a hostile program with the protections "%s"', (kind) => {
  let sandbox: Sandbox
  let stage: Stage
  beforeAll(async () => {
    scene = makeScene()
    sandbox = await openSandbox(kind, { slots: 2 })
    stage = { executor: sandbox.executor, number: 30 }
  })
  afterAll(async () => {
    await sandbox.close()
    rmSync(scene.folder, { recursive: true, force: true })
    rmSync(scene.preciousFolder, { recursive: true, force: true })
  })

  const hostile = attacks.filter(({ name }) =>
    [
      'kills everything it may',
      'kills the processes next to it one by one',
      'stops everything it may',
      'reads and writes the memory of its parent and its neighbours',
      'traces its parent and its neighbours',
      'lowers the limits of its neighbours',
      'makes every process of its user wait behind others',
      'leaves System V shared memory',
      'plants folders',
    ].includes(name),
  )
  it.each(hostile.map((attack) => [attack.name, attack] as const))(
    'get their own verdict although somebody %s',
    async (_name, attack) => {
      const neighbour: Job = {
        language: 'python',
        source: 'import time\nfor i in range(10):\n    time.sleep(0.05)\nprint(input()[::-1])',
        inputs: ['abc', 'def'],
        limits: patient,
      }
      const watching = run(stage, neighbour)
      await sleep(150)
      const source = attack.languages.c ?? ''
      const batch = await run(stage, { language: 'c', source, inputs: [''], limits: limitsOf(attack, 'c') })
      for (const ending of endingsOf(batch)) expect(attack.expect[strengthOf(sandbox)]).toContain(ending)
      const { results } = await watching
      expect(results, JSON.stringify(results)).toMatchObject(
        ['cba\n', 'fed\n'].map((stdout) => ({ outcome: 'exited', exitCode: 0, stdout })),
      )
    },
  )
})
