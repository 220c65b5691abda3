// What V8 makes of the functions' code when it is run, beside the code: reading it takes a fraction of the time that compiling does.
import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Packaged } from './bundle.ts'

const warmUp = path.join(import.meta.dirname, 'warm-up.ts')
/** What Lambda starts Node with, as far as V8 minds: a cache that was made with other flags is not accepted. */
const flags = ['--expose-gc']

/**
 * Adds the code cache to packaged functions and their layer; returns which Node made it. `node` is an executable that runs the
 * target's own Node: V8 takes a cache only from the same build of itself. Where it is not taken, the function logs that and
 * starts without.
 */
export async function addCodeCache({ functions, layer }: Packaged<string>, node: string): Promise<string> {
  let made = ''
  for (const task of Object.values(functions)) {
    const disk = await mkdtemp(path.join(tmpdir(), 'alpaco-warm-up-'))
    const places = [{ from: task, to: path.join(disk, 'var/task') }]
    if (layer !== undefined) places.push({ from: layer, to: path.join(disk, 'opt') })
    for (const { from, to } of places) await cp(from, to, { recursive: true })
    const script = path.join(disk, 'warm-up.ts')
    await cp(warmUp, script)
    execFileSync(node, [...flags, script, disk], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 })
    for (const { from, to } of places) {
      for (const file of await readdir(to, { recursive: true })) {
        // The packages are run by all; the generator, which comes first, runs most of them.
        if (isCodeCache(file)) await cp(path.join(to, file), path.join(from, file), { force: false })
      }
    }
    made = await readFile(path.join(disk, 'node.txt'), 'utf8')
    await rm(disk, { recursive: true })
  }
  return made
}

/** Whether a file of a packaged function is a part of its code cache. */
export const isCodeCache = (file: string): boolean => file.endsWith('.js.cache')
