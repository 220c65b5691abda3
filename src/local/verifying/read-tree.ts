// Reads a package's folder once, bounded: whoever names the root of a disk hears of it soon.
import { open, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackageTree, TreeFile } from '../../packages/tree.ts'
import { LocalError, systemReason } from '../local-error.ts'
import { texts } from '../texts.ts'
import { type Reading, testsLimitBytes } from '../judging/text-file.ts'

const entriesLimit = 20_000
/** Larger files are known by their sizes only. */
const fileLimitBytes = 64_000_000

/** Reads everything below `folder`. Links within it are followed, once around. Throws LocalError. */
export async function readTree(folder: string, reading: Reading): Promise<PackageTree> {
  const { locale, signal } = reading
  try {
    return await new TreeReader(await realpath(folder), folder, reading).read()
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof LocalError) throw cause
    const path = cause instanceof Error && 'path' in cause ? String(cause.path) : folder
    throw new LocalError('unreadable-file', texts[locale].fileUnreadable(path, systemReason(cause, locale)), { cause })
  }
}

class TreeReader {
  readonly #root: string
  readonly #label: string
  readonly #reading: Reading
  readonly #files = new Map<string, TreeFile>()
  readonly #folders = new Set<string>()
  readonly #brokenLinks: string[] = []
  #entries = 0
  #bytes = 0

  constructor(root: string, label: string, reading: Reading) {
    this.#root = root
    this.#label = label
    this.#reading = reading
  }

  async read(): Promise<PackageTree> {
    await this.#visit('', [])
    return { files: this.#files, folders: this.#folders, brokenLinks: this.#brokenLinks }
  }

  async #visit(path: string, above: readonly string[]): Promise<void> {
    const { signal, locale } = this.#reading
    const home = await realpath(join(this.#root, path))
    if (above.includes(home)) return
    const entries = await readdir(home, { withFileTypes: true })
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      signal.throwIfAborted()
      this.#entries += 1
      if (this.#entries > entriesLimit) {
        throw new LocalError('too-many-files', texts[locale].tooManyFiles(this.#label, entriesLimit))
      }
      const below = path === '' ? entry.name : `${path}/${entry.name}`
      const isInside = !entry.isSymbolicLink() || (await this.#leadsInside(below))
      if (!isInside) {
        this.#brokenLinks.push(below)
        continue
      }
      const found = await stat(join(this.#root, below))
      if (found.isDirectory()) {
        this.#folders.add(below)
        // The history of a repository is no part of the package.
        if (below !== '.git') await this.#visit(below, [...above, home])
      } else if (found.isFile()) await this.#readFile(below, found.size)
    }
  }

  async #leadsInside(path: string): Promise<boolean> {
    const target = await realpath(join(this.#root, path)).catch(() => undefined)
    return target !== undefined && `${target}/`.startsWith(`${this.#root}/`)
  }

  async #readFile(path: string, size: number): Promise<void> {
    if (size > fileLimitBytes) {
      this.#files.set(path, { path, size, bytes: undefined })
      return
    }
    this.#bytes += size
    const { testsTooLarge } = texts[this.#reading.locale]
    if (this.#bytes > testsLimitBytes) {
      throw new LocalError('tests-too-large', testsTooLarge(this.#bytes, testsLimitBytes))
    }
    const file = await open(join(this.#root, path))
    try {
      this.#files.set(path, { path, size, bytes: await file.readFile() })
    } finally {
      await file.close()
    }
  }
}
