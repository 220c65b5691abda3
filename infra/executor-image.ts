// Which image the executor function runs: a tag that is the hash of everything that goes into it. `node infra/executor-image.ts` prints it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const repository = path.join(import.meta.dirname, '..')
const dockerfile = 'image/Dockerfile'

/** The tag of the image that image/Dockerfile makes of the files below `root`: the same content, the same tag. */
export function executorImageTag(root = repository): string {
  const hash = createHash('sha256')
  for (const file of imageFiles(root)) {
    const content = readFileSync(path.join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  // Half of it is enough to tell contents apart, and can be read aloud.
  return hash.digest('hex').slice(0, 32)
}

/** The Dockerfile and every file of the build context that it copies, sorted. */
function imageFiles(root: string): string[] {
  const text = readFileSync(path.join(root, dockerfile), 'utf8').replaceAll(/\\\n/g, ' ')
  const copied = [...text.matchAll(/^COPY (?!.*--from=)(.+)$/gm)].flatMap(([, words = '']) =>
    words
      .split(/\s+/)
      .filter((word) => word !== '' && !word.startsWith('--'))
      .slice(0, -1),
  )
  const files = copied.flatMap((source) => filesBelow(root, source))
  return [...new Set([dockerfile, ...files])].sort()
}

function filesBelow(root: string, source: string): string[] {
  if (!statSync(path.join(root, source)).isDirectory()) return [source]
  return readdirSync(path.join(root, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
}

if (import.meta.main) console.log(executorImageTag())
