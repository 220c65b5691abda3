// Files of a person: checked before a run begins, written whole or not at all.
import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCode } from './local-error.ts'

/** Makes sure that files can be made in a folder, which is created when missing. Throws the system's error. */
export async function checkFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
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

/** Replaces a file in one step: readers see the old one or the whole new one. Throws the system's error. */
export async function writeWhole(file: string, content: string): Promise<void> {
  const folder = dirname(file)
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `.alpaco-${randomUUID()}`)
  try {
    await writeFile(draft, content, { flag: 'wx' })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
