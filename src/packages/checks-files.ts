// Checks of names: what the format allows, what only differs in capitals, what editors and systems leave behind.
import { type Finding, finding } from './findings.ts'
import type { Format } from './format.ts'
import { type PackageTree, splitPath } from './tree.ts'

const megabyte = 1_000_000
const largeBytes = 100 * megabyte

/** What tools of the trade put beside a package's own files. */
const allowedDotFiles = new Set(['.timelimit', '.gitignore', '.gitattributes', '.gitkeep', '.editorconfig'])
const strayNames =
  /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|__MACOSX|__pycache__|.*\.(pyc|pyo|class|o|exe|swp|swo|orig|rej|bak|tmp)|.*~|#.*#)$/i

/** Checks all names of a package, and the sizes of its files. */
export function checkFiles(tree: PackageTree, format: Format | undefined): Finding[] {
  return [
    ...tree.brokenLinks.map((path) => finding('file-link-outside', path)),
    ...names(tree),
    ...clashes(tree),
    ...(format === undefined ? [] : topFolders(tree, format)),
    ...[...tree.files.values()]
      .filter(({ size }) => size > largeBytes)
      .map(({ path, size }) => finding('data-too-large', path, { megabytes: Math.round(size / megabyte) })),
  ]
}

/** One finding for a stray folder, however much is in it. */
function names({ files, folders }: PackageTree): Finding[] {
  const found: Finding[] = []
  for (const path of [...folders, ...files.keys()]) {
    const { name } = splitPath(path)
    if (path === '.git' || isInsideStray(path)) continue
    if (strayNames.test(name)) found.push(finding('file-stray', path))
    else if (!/^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,254}$/.test(name) && !allowedDotFiles.has(name)) {
      found.push(finding('file-name-bad', path))
    }
  }
  return found
}

function isInsideStray(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((part) => part === '.git' || strayNames.test(part))
}

function clashes({ files, folders }: PackageTree): Finding[] {
  const seen = new Map<string, string>()
  const found: Finding[] = []
  for (const path of [...files.keys(), ...folders].sort()) {
    const other = seen.get(path.toLowerCase())
    // What is below two folders that clash clashes with them.
    if (other !== undefined && splitPath(other).folder === splitPath(path).folder) {
      found.push(finding('file-name-clash', path, { other }))
    }
    seen.set(path.toLowerCase(), path)
  }
  return found
}

function topFolders({ folders }: PackageTree, format: Format): Finding[] {
  return [...folders]
    .filter((path) => !path.includes('/') && !path.startsWith('.') && !strayNames.test(path))
    .filter((path) => !format.folders.has(path))
    .map((path) => finding('file-folder-unknown', path, { known: [...format.folders].join(', ') }))
}
