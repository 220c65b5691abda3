// How outputs are compared: what --checker and --float-tolerance say, else what the problem says, else word by word.
import { basename, dirname, resolve } from 'node:path'
import { type Checker, checkerSchema } from '../../contract/judging.ts'
import { exists } from '../files.ts'
import { LocalError } from '../local-error.ts'
import { nearest } from '../nearest.ts'
import type { CommandLine } from '../options.ts'
import { texts } from '../texts.ts'
import type { CheckerNeed, LoadedProblem } from './loaded-problem.ts'
import { readChecker } from './program-source.ts'
import type { Reading } from './text-file.ts'

const plainKinds = ['exact', 'tokens', 'lines', 'unordered'] as const
const names = [...plainKinds, 'float'] as const
/** testlib's own for checkers of real numbers. */
const defaultTolerance = 1e-6

/** What was asked for on the command line. */
export type CheckerChoice =
  | { readonly kind: 'ready'; readonly checker: Checker }
  | { readonly kind: 'program'; readonly path: string; readonly protocol: 'testlib' | 'kattis' }
  | { readonly kind: 'problem' }

/** Reads the options, and looks whether the file is there. Throws LocalError. */
export async function chooseChecker(line: CommandLine): Promise<CheckerChoice> {
  const { checker: word, floatTolerance, locale } = line
  const text = texts[locale]
  const isFloat = word === undefined ? floatTolerance !== undefined : word === 'float'
  if (isFloat) {
    const tolerance = floatTolerance ?? defaultTolerance
    return { kind: 'ready', checker: { kind: 'float', absolute: tolerance, relative: tolerance } }
  }
  if (floatTolerance !== undefined) {
    throw new LocalError('bad-option', text.conflict('--float-tolerance', `--checker ${word}`))
  }
  if (word === undefined) return { kind: 'problem' }
  const plain = plainKinds.find((kind) => kind === word)
  if (plain !== undefined) return { kind: 'ready', checker: { kind: plain } }
  const [, prefix, path = word] = /^(kattis|testlib):(.*)$/s.exec(word) ?? []
  if (path === '') throw new LocalError('bad-option', text.needsValue('--checker'))
  if (!(await exists(path))) {
    const near = prefix === undefined ? nearest(path, names) : undefined
    throw new LocalError('bad-checker', text.noSuchChecker(path, names, near))
  }
  return {
    kind: 'program',
    path,
    protocol: prefix === undefined ? protocolOf(path) : prefix === 'kattis' ? prefix : 'testlib',
  }
}

/** Where a package keeps its output validators, they speak the package's protocol. */
function protocolOf(path: string): 'testlib' | 'kattis' {
  const home = dirname(resolve(path))
  const folders = [basename(home), basename(dirname(home)), basename(resolve(path))]
  return folders.some((name) => name === 'output_validators' || name === 'output_validator') ? 'kattis' : 'testlib'
}

/** What has to be known of the problem's own way of comparing. */
export function checkerNeed(choice: CheckerChoice): CheckerNeed {
  if (choice.kind === 'problem') return 'checker'
  return choice.kind === 'program' && choice.protocol === 'kattis' ? 'arguments' : 'nothing'
}

/** The checker for a problem. Throws LocalError when its program cannot be read, or takes too many arguments. */
export async function checkerFor(choice: CheckerChoice, problem: LoadedProblem, reading: Reading): Promise<Checker> {
  const checker = await chosen(choice, problem, reading)
  const parsed = checkerSchema.safeParse(checker)
  if (parsed.success) return parsed.data
  const { path = [], message = '' } = parsed.error.issues[0] ?? {}
  throw new LocalError('bad-checker', texts[reading.locale].checkerRefused(`${path.join('.')}: ${message}`))
}

async function chosen(choice: CheckerChoice, problem: LoadedProblem, reading: Reading): Promise<Checker> {
  if (choice.kind === 'ready') return choice.checker
  if (choice.kind === 'problem') return problem.checker ?? { kind: 'tokens' }
  const { protocol, path } = choice
  return { kind: 'custom', protocol, program: await readChecker(path, reading), args: [...problem.checkerArgs] }
}
