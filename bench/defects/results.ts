// What was seen of each plant, kept for each commit, so that several sittings add up.
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Result, resultSchema } from './planting.ts'

// Looked up once: a commit that is made while plants are tried must not part them.
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const file = path.join('.alpaco', 'defects', `${commit}.jsonl`)

/** The results of this commit so far, in the order in which they were seen. */
export function readResults(): Result[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => resultSchema.parse(JSON.parse(line)))
}

export function keepResult(result: Result): void {
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(result)}\n`)
}
