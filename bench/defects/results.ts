// What was seen of each plant, kept for each commit, so that several sittings add up.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Result, resultSchema } from './planting.ts'

// Looked up once: a commit that is made while plants are tried must not part them.
const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim()
const changes = git('diff', 'HEAD')
const mark = changes === '' ? '' : `-${createHash('sha256').update(changes).digest('hex').slice(0, 8)}`
const file = path.join('.alpaco', 'defects', `${git('rev-parse', '--short', 'HEAD')}${mark}.jsonl`)

/** The results of this commit so far, in the order in which they were seen. */
export function readResults(): Result[] {
  if (!existsSync(file)) return []
  const results = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => resultSchema.parse(JSON.parse(line)))
  // The last of what was tried more than once.
  return [...new Map(results.map((result) => [`${result.plant} ${result.behaviour} ${result.base}`, result])).values()]
}

export function keepResult(result: Result): void {
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(result)}\n`)
}
