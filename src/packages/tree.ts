// A package as it lies in a folder, read once: what the checks look at, so that they touch no disk.

/** A file of a package. */
export interface TreeFile {
  /** With `/`, below the package's folder. */
  readonly path: string
  readonly size: number
  /** Undefined for a file too large to be looked at. */
  readonly bytes: Uint8Array | undefined
}

export interface PackageTree {
  /** By path. */
  readonly files: ReadonlyMap<string, TreeFile>
  /** Paths of all folders. */
  readonly folders: ReadonlySet<string>
  /** Paths of links that lead out of the package or nowhere; what is behind them is not in `files`. */
  readonly brokenLinks: readonly string[]
}

/** The text of a file; undefined when it is not UTF-8, or too large. A byte order mark stays. */
export function textOf({ bytes }: TreeFile): string | undefined {
  if (bytes === undefined) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Not UTF-8: that is the answer.
    return undefined
  }
}

/** Names directly in a folder, of files and folders, in order; what is hidden is nothing of the format's. */
export function namesBelow({ files, folders }: PackageTree, folder: string): string[] {
  const prefix = `${folder}/`
  const names = [...files.keys(), ...folders]
    .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
    .map((path) => path.slice(prefix.length))
  return [...new Set(names)].filter((name) => !name.startsWith('.') && name !== '__pycache__').sort()
}

/** The last part of a path, and the path before it. */
export function splitPath(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/')
  return { folder: path.slice(0, Math.max(0, at)), name: path.slice(at + 1) }
}
