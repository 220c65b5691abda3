// The sandbox on this machine: supervisors as child processes, as many as there are processors, or wherever a command of
// the operator's starts them.
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSandbox, type Sandbox } from '../executor/executor.ts'
import { Supervisor, type Tier } from '../executor/supervisor.ts'
import { openToolchain, readToolchain, ToolMissing, type Toolchain } from '../executor/toolchain.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../ports.ts'

/** As root, the programs of a slot run as a user of their own. Of two processes whose ids are 468 or 469 apart, some may be the same. */
const firstProgramUid = 61_000
const programUids = 30_000
const mostSlots = 16
let sandboxes = 0
const startAttempts = 3
const programUid = (place: number): number => firstProgramUid + ((process.pid * 4 * mostSlots + place) % programUids)
const defaultCache = fileURLToPath(new URL('../../node_modules/.cache/alpaco-executor/', import.meta.url))

export interface LocalExecutorOptions {
  readonly log: Log
  /** PATH in which compilers and interpreters are looked for; default: the system's. */
  readonly searchPath?: string | undefined
  /** Starts a supervisor elsewhere and connects us to its standard streams, instead of one of this machine. */
  readonly command?: readonly string[] | undefined
  /** What that command finds in its environment; a supervisor empties it before anything else. */
  readonly commandEnvironment?: Readonly<Record<string, string | undefined>>
  /** Lowest tier that is good enough. Default `seccomp`: below it a program could harm this user's own files. */
  readonly minTier?: Tier | undefined
  /** Highest tier to use, for tests of the lower ones. */
  readonly maxTier?: 'rlimits' | 'seccomp'
  /** CPU milliseconds that a compilation may take; default 10 s. */
  readonly compileCpuMs?: number
  /** Environments at once; default: one for each processor. With `minTier: 'rlimits'` there is one, whatever this says. */
  readonly slots?: number
  /** Runs the supervisors as this user, which has to be theirs alone; needs root. */
  readonly supervisorUid?: number
  /** Whether this process's user is the sandbox's alone, so that whatever else runs as it was left behind. */
  readonly isDedicated?: boolean
  /** Folder of the sandbox's own programs, all built; default: built when they are needed. */
  readonly home?: string
  /** Folder in which they are kept when they are built. */
  readonly cache?: string
}

/** Opens the sandbox when it is first used: nothing is built or started before. */
export function createLocalExecutor(options: LocalExecutorOptions): Sandbox {
  let opened: Promise<Sandbox> | undefined
  const open = async (): Promise<Sandbox> => {
    const opening = (opened ??= openSandbox(options))
    return opening.catch((error: unknown) => {
      // The next caller tries again: somebody may have installed what was missing.
      opened = undefined
      throw error
    })
  }
  let current: Sandbox | undefined
  return {
    async run(batch, signal, onResult) {
      current = await open()
      return current.run(batch, signal, onResult)
    },
    get wasHarmed() {
      return current?.wasHarmed ?? false
    },
    pids: () => current?.pids() ?? [],
    async warmUp() {
      current = await open()
      return current.warmUp()
    },
    async close() {
      await (await opened)?.close()
    },
  }
}

async function openSandbox(options: LocalExecutorOptions): Promise<Sandbox> {
  const {
    log,
    searchPath = '/usr/local/bin:/usr/bin:/bin',
    minTier = 'seccomp',
    slots = availableParallelism(),
    compileCpuMs,
  } = options
  const [program, ...args] = options.command ?? []
  if (program !== undefined) {
    const start = (): Promise<Supervisor> =>
      Supervisor.start({ command: [program, ...args], environment: options.commandEnvironment })
    const first = await start().catch((cause: unknown) => {
      throw unavailable(`The command in EXECUTOR_COMMAND ("${program}") does not start a supervisor.`, cause)
    })
    const { toolchain } = first.hello
    await first.close()
    return createSandbox({ toolchain, isBuilt: true, searchPath, start, slots, minTier, compileCpuMs, log })
  }
  if (process.platform !== 'linux') {
    throw unavailable(
      'The sandbox needs Linux. Elsewhere set EXECUTOR_COMMAND to a command that starts it, for instance with Docker or WSL2 (docs/sandbox.md).',
    )
  }
  const opening =
    options.home === undefined ? openToolchain(options.cache ?? defaultCache, searchPath) : readToolchain(options.home)
  const toolchain = await opening.catch((cause: unknown) => {
    if (cause instanceof ToolMissing) throw unavailable(`The sandbox cannot be built: ${cause.message}`, cause)
    throw unavailable('The sandbox could not be built on this machine.', cause)
  })
  const firstPlace = mostSlots * sandboxes
  sandboxes += 1
  const start = (slot: number): Promise<Supervisor> => startHere(firstPlace + slot, toolchain, options)
  return createSandbox({
    toolchain,
    isBuilt: options.home !== undefined,
    searchPath,
    start,
    // With nothing but limits, programs of one user reach each other: only one may run at a time.
    slots: minTier === 'rlimits' ? 1 : slots,
    minTier,
    compileCpuMs,
    log,
  })
}

async function startHere(place: number, toolchain: Toolchain, options: LocalExecutorOptions): Promise<Supervisor> {
  const { maxTier, supervisorUid, isDedicated = false } = options
  const isRoot = process.getuid?.() === 0 && supervisorUid === undefined
  // What a private root has to show beside the system's own folders.
  const shown = Object.entries(toolchain.tools).flatMap(([name, tool]) => foldersOf(name, tool))
  const start = async (): Promise<Supervisor> =>
    Supervisor.start({
      command: [
        path.join(toolchain.home, 'box'),
        toolchain.home,
        ...(isRoot ? ['--uid', String(programUid(place))] : []),
        ...(maxTier === undefined ? [] : ['--max-tier', maxTier]),
        ...(supervisorUid !== undefined || isDedicated ? ['--dedicated'] : []),
        ...shown.flatMap((folder) => ['--bind', folder]),
      ],
      uid: supervisorUid,
    })
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start()
    } catch (error) {
      if (supervisorUid === undefined || attempt === startAttempts) throw error
      // A program that lives on ends every new process of its user: only we can end it.
      endOrphansOf(supervisorUid)
    }
  }
}

/** What a tool needs beside itself. Not all that is around it: `~/bin` is in somebody's home. */
function foldersOf(name: string, tool: string): string[] {
  const prefix = path.resolve(tool, '../..')
  if (name.startsWith('java')) return [prefix]
  return [tool, ...['lib', 'lib64', 'libexec', 'include'].map((folder) => path.join(prefix, folder))]
}

/** Ends the processes of a user that are nobody's any more: not descendants of this one. */
function endOrphansOf(uid: number): void {
  const processes = new Map<number, { parent: number; uid: number }>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'latin1')
      const parent = Number(/^PPid:\s(\d+)/m.exec(status)?.[1])
      processes.set(Number(name), { parent, uid: Number(/^Uid:\s(\d+)/m.exec(status)?.[1]) })
    } catch {
      continue // it has just ended
    }
  }
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (processes.has(pid) && isOurs(processes.get(pid)?.parent ?? 0))
  for (const [pid, { uid: owner }] of processes) {
    if (owner !== uid || isOurs(pid)) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      continue // it has just ended
    }
  }
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError('executor-unavailable', message, { cause })
}
