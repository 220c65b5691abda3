// Runs the real command in a process and a folder of its own.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../local-test.ts', import.meta.url))

/** Python has pseudo-terminals, Node has not. The size is set before the program begins. */
const inTerminal = `
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 100, 0, 0))
    os.execv(sys.argv[1], sys.argv[1:])
try:
    while data := os.read(terminal, 65536):
        os.write(1, data)
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

export interface Finished {
  /** Exit code; a signal's name when it was killed. */
  readonly code: number | string | null
  readonly stdout: string
  readonly stderr: string
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcess
  /** What it has said so far, both streams in the order of arrival. */
  said(): string
  /** Resolves once a text was said; rejects when the command ends without it. */
  says(text: string): Promise<void>
  finished: Promise<Finished>
}

/** A working folder with nothing of this machine's environment but the search path. */
export class Workplace {
  readonly folder: string
  readonly #children = new Set<ChildProcess>()

  private constructor(folder: string) {
    this.folder = folder
  }

  static async open(): Promise<Workplace> {
    return new Workplace(await mkdtemp(join(tmpdir(), 'alpaco-local-')))
  }

  path(...names: string[]): string {
    return join(this.folder, ...names)
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    return this.#spawn(process.execPath, [entry, ...args], env)
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return this.start(args, env).finished
  }

  /** With a terminal of 100 columns and 40 rows for its output. */
  runInTerminal(args: readonly string[]): Promise<Finished> {
    const env = { TERM: 'xterm-256color' }
    return this.#spawn('python3', ['-c', inTerminal, process.execPath, entry, ...args], env).finished
  }

  #spawn(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
    const child = spawn(program, args, {
      cwd: this.folder,
      // Programs run in folders below TMPDIR: whatever is left over can be told by its working folder.
      env: { PATH: process.env['PATH'], HOME: this.folder, TMPDIR: this.folder, TZ: 'Asia/Seoul', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#children.add(child)
    const { stdout, stderr } = child
    const output = { stdout: '', stderr: '', all: '' }
    const listeners = new Set<() => void>()
    for (const [name, stream] of [
      ['stdout', stdout],
      ['stderr', stderr],
    ] as const) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output[name] += text
        output.all += text
        for (const listener of listeners) listener()
      })
    }
    const finished = once(child, 'close').then(([code, signal]: (number | string | null)[]) => ({
      code: code ?? signal ?? null,
      stdout: output.stdout,
      stderr: output.stderr,
    }))
    return {
      child,
      finished,
      said: () => output.all,
      async says(text) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const look = (): void => {
          if (output.all.includes(text)) resolve()
        }
        listeners.add(look)
        look()
        await Promise.race([
          promise,
          finished.then(() => {
            if (!output.all.includes(text)) throw new Error(`"${text}" was never said, but:\n${output.all}`)
          }),
        ])
        listeners.delete(look)
      },
    }
  }

  /** Folders for programs, and processes that work in this folder or below it. */
  async leftovers(): Promise<string[]> {
    const scratch = (await readdir(this.folder)).filter((name) => name.startsWith('alpaco-'))
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
    const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')))
    return [...scratch, ...folders.filter((folder) => folder.startsWith(this.folder))]
  }

  async close(): Promise<void> {
    for (const child of this.#children) if (child.exitCode === null) child.kill('SIGKILL')
    await rm(this.folder, { recursive: true, force: true })
  }
}
