// Checks of the tests as files: pairs, line ends, encoding, blanks, numbers that are none, and inputs that come twice.
import { createHash } from 'node:crypto'
import { type Finding, type FindingId, finding } from './findings.ts'
import { type PackageTree, splitPath, textOf, type TreeFile } from './tree.ts'

const MiB = 1024 * 1024
/** What other tools assume where a package says nothing. */
const usualOutputMiB = 8
const notFinite = /(?<=^|\s)([+-]?nan(?:\([^)\s]*\))?|NaN|-NaN|[+-]?inf|-?Infinity)(?=\s|$)/

/** The tests' files are pairs of these endings; samples may have `.out` beside them. */
interface Groups {
  readonly inputs: readonly TreeFile[]
  readonly answers: readonly TreeFile[]
}

/** Checks everything below `data/`. */
export function checkData(tree: PackageTree, outputMiB: number | undefined): Finding[] {
  const all = [...tree.files.values()].filter(({ path }) => path.startsWith('data/') && !/\/\./.test(path))
  const judged = all.filter(({ path }) => /^data\/(sample|secret)\//.test(path))
  const group: Groups = {
    inputs: judged.filter(({ path }) => path.endsWith('.in')),
    answers: judged.filter(({ path }) => path.endsWith('.ans')),
  }
  return [
    ...presence(group, tree),
    ...pairs(group, tree),
    ...all.filter(isMisplaced).map(({ path }) => finding('test-misplaced', path)),
    ...[...group.inputs, ...group.answers].flatMap(checkText),
    ...group.answers.flatMap((file) => checkAnswer(file, outputMiB)),
    ...checkRepetition(group.inputs),
  ]
}

function presence({ inputs }: Groups, tree: PackageTree): Finding[] {
  const samples = inputs.filter(({ path }) => path.startsWith('data/sample/'))
  const isInteractive = [...tree.files.keys()].some((path) => /^data\/sample\/.*\.interaction$/.test(path))
  const secret = inputs.length - samples.length
  return [
    ...(samples.length === 0 && !isInteractive ? [finding('samples-missing', 'data/sample')] : []),
    ...(samples.length === 1 && !isInteractive ? [finding('samples-few', 'data/sample')] : []),
    ...(secret === 0 ? [finding('secret-missing', 'data/secret')] : []),
  ]
}

function pairs({ inputs, answers }: Groups, { files }: PackageTree): Finding[] {
  return [
    ...inputs.flatMap(({ path }) => {
      const answer = path.replace(/\.in$/, '.ans')
      return files.has(answer) ? [] : [finding('answer-missing', path, { answer: splitPath(answer).name })]
    }),
    ...answers.flatMap(({ path }) => {
      const input = path.replace(/\.ans$/, '.in')
      return files.has(input) ? [] : [finding('input-missing', path, { input: splitPath(input).name })]
    }),
  ]
}

function isMisplaced({ path }: TreeFile): boolean {
  return /\.(in|ans)$/.test(path) && !/^data\/(sample|secret|invalid_input|invalid_output|valid_output)\//.test(path)
}

function checkText(file: TreeFile): Finding[] {
  const { path, bytes, size } = file
  if (size === 0) return [finding('test-empty', path)]
  const text = textOf(file)
  if (text === undefined) return bytes === undefined ? [] : [finding('not-utf8', path)]
  const found: Finding[] = []
  const at = (id: FindingId, place: RegExp): void => {
    const index = text.search(place)
    if (index >= 0) found.push(finding(id, path, {}, lineOf(text, index)))
  }
  if (text.startsWith('\uFEFF')) found.push(finding('byte-order-mark', path, {}, 1))
  if (!text.endsWith('\n')) found.push(finding('newline-missing', path, {}, lineOf(text, text.length)))
  at('carriage-return', /\r/)
  at('trailing-blank', /[ \t]\r?(?:\n|$)/)
  return found
}

function checkAnswer(file: TreeFile, outputMiB: number | undefined): Finding[] {
  const text = textOf(file) ?? ''
  const match = notFinite.exec(text)
  const limit = outputMiB ?? usualOutputMiB
  return [
    ...(match === null ? [] : [finding('answer-not-finite', file.path, { text: match[0] }, lineOf(text, match.index))]),
    ...(file.size > limit * MiB ? [finding('answer-too-large', file.path, { limit })] : []),
  ]
}

/** Each input is compared with the first one like it, byte by byte and then without blanks. */
function checkRepetition(inputs: readonly TreeFile[]): Finding[] {
  const exact = new Map<string, string>()
  const loose = new Map<string, string>()
  const found: Finding[] = []
  const sorted = [...inputs].sort((one, other) => (one.path < other.path ? -1 : 1))
  for (const file of sorted) {
    const text = textOf(file)
    if (text === undefined || text === '') continue
    const key = digest(text)
    const looseKey = digest(text.trim().replaceAll(/\s+/g, ' '))
    const same = exact.get(key)
    const similar = loose.get(looseKey)
    if (same === undefined) exact.set(key, file.path)
    if (similar === undefined) loose.set(looseKey, file.path)
    if (same !== undefined) {
      const isSample = same.startsWith('data/sample/') && file.path.startsWith('data/secret/')
      found.push(
        isSample
          ? finding('sample-in-secret', file.path, { sample: same })
          : finding('input-duplicate', file.path, { other: same }),
      )
    } else if (similar !== undefined) found.push(finding('input-duplicate-blanks', file.path, { other: similar }))
  }
  return found
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

function lineOf(text: string, index: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1
  return line
}
