// What was seen of each plant, kept for each commit, so that several sittings add up.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Result, resultSchema } from './planting.ts'

/** What tells one plant from another. */
export function keyOf({ plant, behaviour, base }: Pick<Result, 'plant' | 'behaviour' | 'base'>): string {
  return `${plant} ${behaviour} ${base}`
}

/** The results of this commit so far, in the order in which they were seen. */
export function readResults(): Result[] {
  const file = resultFile()
  if (!existsSync(file)) return []
  const results = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => resultSchema.parse(JSON.parse(line)))
  // The last of what was tried more than once.
  return [...new Map(results.map((result) => [keyOf(result), result])).values()]
}

export function keepResult(result: Result): void {
  const file = resultFile()
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(result)}\n`)
}

let known: string | undefined

/** Looked up once: a commit that is made while plants are tried must not part them. Changes that are in none count as well. */
function resultFile(): string {
  if (known !== undefined) return known
  const changes = git('diff', 'HEAD')
  const mark = changes === '' ? '' : `-${createHash('sha256').update(changes).digest('hex').slice(0, 8)}`
  known = path.join('.alpaco', 'defects', `${git('rev-parse', '--short', 'HEAD')}${mark}.jsonl`)
  return known
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' }).trim()
}
