// Runs the scripts of the delivery as the workflows do. Programs that would reach a network are stood in for by ones that write
// down how they were called.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll } from 'vitest'

export const repository = path.resolve(import.meta.dirname, '../..')

export interface Result {
  readonly status: unknown
  readonly output: string
  /** What the stand-ins were called with, in order. */
  readonly calls: readonly string[]
  readonly folder: string
}

interface Surroundings {
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  /** Shell code of stand-ins, by the program's name. */
  readonly programs?: Readonly<Record<string, string>>
}

/** Makes a folder for the tests of a file, and removes it behind them. */
export function makeScratch(): () => string {
  const scratch = mkdtempSync(path.join(tmpdir(), 'alpaco-delivery-'))
  afterAll(() => rmSync(scratch, { recursive: true }))
  return () => mkdtempSync(path.join(scratch, 'of-one-'))
}

/** Runs a script of infra/delivery in a folder. */
export async function run(
  script: string,
  args: readonly string[],
  { folder, env = {}, programs = {} }: Surroundings,
): Promise<Result> {
  const calls = path.join(folder, 'calls')
  writeFileSync(calls, '')
  for (const [name, code] of Object.entries(programs)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>'${calls}'\n${code}\n`)
    chmodSync(path.join(folder, name), 0o755)
  }
  const child = spawn('sh', [path.join(repository, 'infra/delivery', script), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${folder}:${path.join(repository, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      STAGE: 'dev',
      ...env,
    },
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<unknown[]>,
  ])
  return { status, output: stdout + stderr, calls: readFileSync(calls, 'utf8').split('\n').filter(Boolean), folder }
}

/** Starts a server on loopback. */
export async function listen(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return { url: `http://127.0.0.1:${address.port}`, server }
}
