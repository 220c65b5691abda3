// What was executed once is known to every file of one `vitest run`: the small problem takes seconds of executing, and a score
// of files make it. A file that runs alone, and every other program, keeps to itself.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { batchResultSchema, type BatchResult } from '../../src/contract/execution.ts'

const variable = 'ALPACO_TEST_RESULTS'
/** Larger ones are of problems that no other file makes. */
const mostCharacters = 512 * 1024

/** Global set-up: a folder for as long as the tests run. */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'alpaco-test-results-'))
  process.env[variable] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

/** The result that some file got for a batch of this content, else what `execute` gives. */
export async function sharedResult(contentHash: string, execute: () => Promise<BatchResult>): Promise<BatchResult> {
  const folder = process.env[variable]
  if (folder === undefined) return execute()
  const file = path.join(folder, contentHash)
  if (existsSync(file)) return batchResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const result = await execute()
  // A limit that was reached may have been reached on a busy machine only: that is no news for others.
  if (!result.results.every(({ outcome }) => outcome === 'exited')) return result
  const text = JSON.stringify(result)
  if (text.length > mostCharacters) return result
  // Whole or not at all: another process may be reading.
  writeFileSync(`${file}.${process.pid}`, text)
  renameSync(`${file}.${process.pid}`, file)
  return result
}
