// Whether files that we wrote are still as we wrote them: the first of them begins with a digest of all.
import { createHash } from 'node:crypto'
import type { PackageFile } from './source.ts'

/** Files that may begin with the digest: a package's, and a folder of tests'. */
const heads: readonly string[] = ['problem.yaml', 'README.md']

/** The files, sorted, behind the head, which now begins with a digest of everything. */
export function withDigest(head: PackageFile, others: readonly PackageFile[]): PackageFile[] {
  const sorted = inOrder(others)
  return [{ path: head.path, text: `${digestLine(sorted, head.text)}\n${head.text}` }, ...sorted]
}

/** Whether nobody has changed the files since: they may be replaced. */
export function isUntouched(files: readonly PackageFile[]): boolean {
  const head = heads.flatMap((name) => files.find(({ path }) => path === name) ?? []).at(0)
  if (head === undefined) return false
  const [first = ''] = head.text.split('\n', 1)
  const others = inOrder(files.filter((file) => file !== head))
  return first === digestLine(others, head.text.slice(first.length + 1))
}

function inOrder(files: readonly PackageFile[]): PackageFile[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : 1))
}

function digestLine(files: readonly PackageFile[], head: string): string {
  const hash = createHash('sha256').update(head)
  for (const { path, text } of files) hash.update(`\0${path}\0${text}`)
  return `# Exported by Alpaco. Digest of what was exported: ${hash.digest('hex')}`
}
