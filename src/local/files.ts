// Files of a person: checked before a run begins, written whole or not at all.
import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { systemCode } from './local-error.ts'

/** Makes sure that files can be made in a folder, which is created when missing. Throws the system's error. */
export async function checkFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
  } catch (error) {
    // "Exists" is no help to somebody who named a file.
    if (systemCode(error) === 'EEXIST') throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' })
    throw error
  }
  const probe = join(folder, `.alpaco-${randomUUID()}`)
  // Permissions alone do not tell: a disk may be full or read-only.
  await writeFile(probe, '', { flag: 'wx' })
  await rm(probe)
}

/** Creates a folder and what is missing above it. Step by step: `mkdir` with `recursive` never returns below /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return
    const parent = dirname(resolve(folder))
    if (code !== 'ENOENT' || parent === resolve(folder) || (await exists(parent))) throw error
    await makeFolder(parent)
    await mkdir(folder)
  }
}

/** Whether something is there; false also when that cannot be looked at: using it says why. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Whether a folder is there. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** Whether a file is there. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** Replaces a file in one step: readers see the old one or the whole new one. `mode` is its permissions before the umask. Throws the system's error. */
export async function writeWhole(file: string, content: string, mode = 0o666): Promise<void> {
  const folder = dirname(file)
  await makeFolder(folder)
  const draft = join(folder, `.alpaco-${randomUUID()}`)
  try {
    await writeFile(draft, content, { flag: 'wx', mode })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
