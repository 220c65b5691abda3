// Runs the command inside the test's own process, for what needs no process of its own. Relative paths are the test's.
import { EventEmitter } from 'node:events'
import { Readable, Writable } from 'node:stream'
import type { Io, Output } from '../../src/local/io.ts'
import { main } from '../../src/local/main.ts'

/** Keeps what is written to it. */
class Sink extends Writable implements Output {
  text = ''
  readonly isTTY = false

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

class Signals extends EventEmitter {
  exit(code: number): void {
    throw new Error(`exit ${code}`)
  }
}

export async function runInProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new Sink()
  const stderr = new Sink()
  const io: Io = {
    argv: args,
    env,
    folder: process.cwd(),
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    signals: new Signals(),
  }
  const code = await main(io)
  return { code, stdout: stdout.text, stderr: stderr.text }
}
