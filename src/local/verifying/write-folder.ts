// Folders that are written whole or not at all, and never in the place of somebody's work.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isUntouched } from '../../packages/digest.ts'
import type { PackageFile } from '../../packages/source.ts'
import { checkFolder, exists } from '../files.ts'
import type { Reading } from '../judging/text-file.ts'
import { LocalError, systemReason } from '../local-error.ts'
import { type PlaceOption, words } from './words.ts'

/** Throws LocalError where something would be lost: only an empty folder and one as we wrote it give way. */
export async function checkTarget(folder: string, option: PlaceOption, { locale, signal }: Reading): Promise<void> {
  try {
    if (!(await exists(folder))) return
    const files: PackageFile[] = []
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      signal.throwIfAborted()
      if (entry.isDirectory()) continue
      const path = join(entry.parentPath, entry.name)
      const isPlain = entry.isFile() && files.length < 10_000
      if (!isPlain) throw new LocalError('folder-taken', words[locale].folderTaken(folder, option))
      const below = path.slice(join(folder, '/').length).replaceAll('\\', '/')
      files.push({ path: below, text: await readFile(path, 'utf8') })
    }
    if (files.length > 0 && !isUntouched(files)) {
      throw new LocalError('folder-taken', words[locale].folderTaken(folder, option))
    }
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof LocalError) throw cause
    throw new LocalError('unwritable', words[locale].unwritable(folder, systemReason(cause, locale), option), { cause })
  }
}

/** Writes beside the target and renames: whoever looks sees the whole package or none, also after a Ctrl-C. */
export async function replaceFolder(
  folder: string,
  files: readonly PackageFile[],
  option: PlaceOption,
  { locale, signal }: Reading,
): Promise<void> {
  const draft = join(dirname(folder), `.alpaco-${randomUUID()}`)
  const former = `${draft}-former`
  try {
    await checkFolder(dirname(folder))
    for (const { path, text } of files) {
      signal.throwIfAborted()
      const file = join(draft, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text, { flag: 'wx' })
    }
    signal.throwIfAborted()
    const isThere = await exists(folder)
    if (isThere) await rename(folder, former)
    try {
      await rename(draft, folder)
    } catch (error) {
      if (isThere) await rename(former, folder)
      throw error
    }
    if (isThere) await rm(former, { recursive: true })
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    signal.throwIfAborted()
    throw new LocalError('unwritable', words[locale].unwritable(folder, systemReason(cause, locale), option), { cause })
  }
}
