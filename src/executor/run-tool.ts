// Runs a compiler or another tool of this machine to its end.
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export interface ToolOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Then it is ended. Default: never. */
  readonly timeout?: number
}

/**
 * Runs a tool with nothing on its standard input, and gives what it printed. In a process group of its own: a Ctrl-C goes to
 * all of a terminal's group, and a compiler that it ended would look like one that does not work. Throws when the tool
 * cannot be started, fails, or takes too long.
 */
export async function runTool(
  program: string,
  args: readonly string[],
  { cwd, env, timeout }: ToolOptions = {},
): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const timer = timeout === undefined ? undefined : setTimeout(() => endGroup(child.pid), timeout)
  const ended = new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  try {
    const [stdout, stderr, how] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    if (how !== 0) throw new Error(`${program} ended with ${how}: ${stderr.trim().slice(0, 2_000)}`)
    return { stdout, stderr }
  } finally {
    clearTimeout(timer)
  }
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has just ended.
  }
}
