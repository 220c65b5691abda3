// Tests in a folder: every `*.in` below it with its `*.ans` or `*.out`, in natural order.
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { JudgingTest } from '../../contract/judging.ts'
import { LocalError, systemReason } from '../local-error.ts'
import { texts } from '../texts.ts'
import { readText, type Reading, testsLimitBytes } from './text-file.ts'

/** Most tests of one judging. */
const testsLimit = 1_000
/** Most files and folders looked at: whoever names the root of a disk hears of it soon. */
const entriesLimit = 20_000

/** An input and its answer, not yet read. */
export interface TestFiles {
  /** Path below the folder, with `/`, without extension. */
  readonly name: string
  readonly input: string
  readonly answer: string
  readonly bytes: number
}

/**
 * Finds the tests below `folder`. Throws LocalError for an input without answer, an answer without input, and two
 * answers that differ.
 */
export async function findTests(
  folder: string,
  answerEndings: readonly string[],
  reading: Reading,
): Promise<TestFiles[]> {
  const text = texts[reading.locale]
  const sizes = await filesBelow(folder, ['.in', ...answerEndings], reading)
  const names = new Set([...sizes.keys()].map((path) => path.slice(0, -extname(path).length)))
  const tests: TestFiles[] = []
  const unanswered: string[] = []
  const orphans: string[] = []
  for (const name of [...names].sort(inNaturalOrder)) {
    const input = `${name}.in`
    const [answer, other] = answerEndings.map((ending) => name + ending).filter((path) => sizes.has(path))
    if (!sizes.has(input)) orphans.push(answer ?? name)
    else if (answer === undefined) unanswered.push(input)
    else {
      const isUnlike = other !== undefined && sizes.get(answer) !== sizes.get(other)
      if (other !== undefined && (isUnlike || !(await areSame(join(folder, answer), join(folder, other))))) {
        throw new LocalError('two-answers', text.twoAnswers(answer, other))
      }
      const bytes = (sizes.get(input) ?? 0) + (sizes.get(answer) ?? 0)
      tests.push({ name, input: join(folder, input), answer: join(folder, answer), bytes })
    }
  }
  if (unanswered.length > 0) {
    throw new LocalError('input-without-answer', text.withoutAnswer(unanswered, answerEndings))
  }
  if (orphans.length > 0) throw new LocalError('answer-without-input', text.withoutInput(orphans))
  return tests
}

/** Reads what {@link findTests} found. Throws LocalError when it is too much, or not text. */
export async function readTests(found: readonly TestFiles[], reading: Reading): Promise<JudgingTest[]> {
  const text = texts[reading.locale]
  if (found.length > testsLimit) throw new LocalError('too-many-tests', text.tooManyTests(found.length, testsLimit))
  const bytes = found.reduce((sum, test) => sum + test.bytes, 0)
  if (bytes > testsLimitBytes) throw new LocalError('tests-too-large', text.testsTooLarge(bytes, testsLimitBytes))
  const tests: JudgingTest[] = []
  for (const { name, input, answer } of found) {
    tests.push({
      name,
      input: await readText(input, testsLimitBytes, reading),
      answer: await readText(answer, testsLimitBytes, reading),
    })
  }
  return tests
}

const collator = new Intl.Collator('en', { numeric: true })

/** Folder by folder, with numbers by their value: `2` before `10`. Equal only when the names are. */
export function inNaturalOrder(one: string, other: string): number {
  const ones = one.split('/')
  const others = other.split('/')
  for (let at = 0; at < Math.min(ones.length, others.length); at += 1) {
    const order = collator.compare(ones[at] ?? '', others[at] ?? '')
    if (order !== 0) return order
  }
  return ones.length - others.length || (one < other ? -1 : Number(one > other))
}

/** Files with one of these endings below a folder, and their sizes. Symbolic links are followed, once around. */
async function filesBelow(
  root: string,
  endings: readonly string[],
  { signal, locale }: Reading,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  let entries = 0
  const visit = async (path: string, above: readonly string[]): Promise<void> => {
    signal.throwIfAborted()
    const folder = join(root, path)
    const home = await realpath(folder)
    if (above.includes(home)) return
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      entries += 1
      if (entries > entriesLimit) {
        throw new LocalError('too-many-files', texts[locale].tooManyFiles(root, entriesLimit))
      }
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      const below = path === '' ? entry.name : `${path}/${entry.name}`
      const isWanted = endings.includes(extname(entry.name))
      if (entry.isDirectory()) await visit(below, [...above, home])
      else if (entry.isSymbolicLink() || isWanted) {
        const target = await stat(join(root, below)).catch((error: unknown) => {
          if (isWanted) throw unreadable(join(root, below), error, locale)
        })
        if (target?.isDirectory() === true) await visit(below, [...above, home])
        else if (isWanted && target?.isFile() === true) found.set(below, target.size)
      }
    }
  }
  try {
    await visit('', [])
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof LocalError) throw error
    const path = error instanceof Error && 'path' in error ? String(error.path) : root
    throw unreadable(path, error, locale)
  }
  return found
}

function unreadable(path: string, cause: unknown, locale: Reading['locale']): LocalError {
  return new LocalError('unreadable-file', texts[locale].fileUnreadable(path, systemReason(cause, locale)), { cause })
}

async function areSame(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([readFile(one), readFile(other)])
  return left.equals(right)
}
