// The command line: which options there are, which command takes which, and what is said about a wrong one.
import { parseArgs } from 'node:util'
import { type Locale, localeSchema } from '../contract/topics.ts'
import { LocalError } from './local-error.ts'
import { nearest } from './nearest.ts'
import { texts } from './texts.ts'

/** Where what is made is kept, without `--data`. */
export const usualFolder = '.alpaco'

const optionTable = {
  algorithm: { type: 'string', short: 'a' },
  difficulty: { type: 'string', short: 'd' },
  'api-key': { type: 'string', short: 'k' },
  prompt: { type: 'string' },
  language: { type: 'string' },
  locale: { type: 'string' },
  seed: { type: 'string' },
  'model-name': { type: 'string' },
  'max-cost': { type: 'string' },
  scenario: { type: 'string' },
  record: { type: 'string' },
  out: { type: 'string' },
  data: { type: 'string' },
  table: { type: 'string' },
  model: { type: 'string' },
  executor: { type: 'string' },
  serve: { type: 'string' },
  setup: { type: 'boolean' },
  tests: { type: 'boolean' },
  solution: { type: 'boolean' },
  checker: { type: 'string' },
  'float-tolerance': { type: 'string' },
  'time-limit': { type: 'string' },
  memory: { type: 'string' },
  input: { type: 'string' },
  all: { type: 'boolean' },
  format: { type: 'string' },
  'format-version': { type: 'string' },
  'rebuild-tests': { type: 'string' },
  user: { type: 'string' },
  json: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const
type OptionName = keyof typeof optionTable

/** What can be asked for. `setup` and `serve` are typed as options of `generate`. */
export type CommandName =
  | 'generate'
  | 'resume'
  | 'list'
  | 'show'
  | 'judge'
  | 'run'
  | 'export'
  | 'verify'
  | 'remake'
  | 'token'
  | 'setup'
  | 'serve'
const typedCommands = [
  'generate',
  'resume',
  'list',
  'show',
  'judge',
  'run',
  'export',
  'verify',
  'remake',
  'token',
] as const
/** Commands with words behind their names, which they judge themselves. */
const withOperands: readonly CommandName[] = ['resume', 'show', 'judge', 'run', 'export', 'verify', 'remake']

const defaultPort = 8787
const mostCostUsd = 100 // the contract's limit
/** What `--time-limit` and `--memory` take; the contract's limits, too. */
export const limitRanges = { timeMs: { from: 10, to: 50_000 }, memoryMiB: { from: 16, to: 2_048 } } as const

const everywhere: readonly OptionName[] = ['locale', 'verbose', 'help']
const storage: readonly OptionName[] = [...everywhere, 'data', 'table']
const run: readonly OptionName[] = [
  ...storage,
  'algorithm',
  'difficulty',
  'api-key',
  'language',
  'seed',
  'model-name',
  'scenario',
  'record',
  'model',
  'executor',
]
/** What a program runs under. */
const execution: readonly OptionName[] = ['language', 'time-limit', 'memory', 'executor', 'json']
const accepted: Record<CommandName, readonly OptionName[]> = {
  generate: [...run, 'prompt', 'max-cost', 'out', 'json'],
  resume: [...storage, 'api-key', 'seed', 'model-name', 'scenario', 'model', 'executor', 'out', 'json'],
  serve: [...run, 'serve'],
  setup: [...storage, 'setup', 'json'],
  list: [...storage, 'json'],
  show: [...storage, 'tests', 'solution', 'json'],
  judge: [...storage, ...execution, 'checker', 'float-tolerance', 'all'],
  run: [...everywhere, ...execution, 'input'],
  export: [...storage, 'format', 'format-version', 'out', 'executor', 'json'],
  verify: [...storage, 'rebuild-tests', 'executor', 'json'],
  remake: [...storage, 'executor', 'json'],
  token: ['locale', 'help', 'data', 'user', 'json'],
}

type Choice = 'stand-in' | 'real'

/** A command line that is right as far as it can be told without looking at the environment. */
export interface CommandLine {
  readonly command: CommandName
  readonly help: boolean
  readonly locale: Locale
  readonly json: boolean
  readonly verbose: boolean
  /** What stands behind the command's name. */
  readonly operands: readonly string[]
  readonly algorithm: string | undefined
  readonly difficulty: string | undefined
  readonly prompt: string | undefined
  readonly language: string | undefined
  readonly apiKey: string | undefined
  readonly seed: number | undefined
  readonly modelName: string | undefined
  readonly maxCostUsd: number | undefined
  readonly scenario: string | undefined
  readonly record: string | undefined
  readonly out: string
  /** Folder of the embedded table; undefined is memory. */
  readonly data: string | undefined
  readonly isDataGiven: boolean
  readonly table: Choice | undefined
  readonly model: Choice | undefined
  readonly executor: Choice | undefined
  readonly port: number
  readonly tests: boolean
  readonly solution: boolean
  /** A checker's name, or the file of one. */
  readonly checker: string | undefined
  /** Absolute and relative. */
  readonly floatTolerance: number | undefined
  readonly timeLimitMs: number | undefined
  readonly memoryBytes: number | undefined
  /** The file that a program reads; `-` is standard input. */
  readonly input: string | undefined
  /** Every test, whatever the first failure. */
  readonly all: boolean
  /** What `export` writes, and in which of its versions. */
  readonly format: string | undefined
  readonly formatVersion: string | undefined
  /** Where `verify` writes better tests. */
  readonly rebuildTests: string | undefined
  /** Whose token `token` makes. */
  readonly user: string | undefined
}

/** The language to complain in, even when the rest of the line cannot be read. */
export function localeOf(argv: readonly string[]): Locale {
  const at = argv.findLastIndex((word) => word === '--locale' || word.startsWith('--locale='))
  const word = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1])
  return localeSchema.safeParse(word).data ?? 'ko'
}

/** Reads the command line. Throws LocalError; never repeats a value of `--api-key`. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const locale = localeOf(argv)
  const text = texts[locale]
  const { values, operands: words } = split(argv, locale)
  const [typed = 'generate', ...operands] = words
  const command = commandOf(typed, values, locale)
  for (const name of values.keys()) {
    if (name !== 'help' && !accepted[command].includes(name)) throw wrong(text.notForCommand(`--${name}`, command))
  }
  if (!withOperands.includes(command) && operands.length > 0) throw wrong(text.surplus(operands.join(' ')))
  if (values.has('tests') && values.has('solution')) throw wrong(text.conflict('--tests', '--solution'))
  const given = (name: OptionName): string | undefined => values.get(name)
  const data = notEmpty('data', given('data'), locale)
  const memoryMiB = wholeNumber('memory', given('memory'), limitRanges.memoryMiB, locale)
  return {
    command,
    help: values.has('help'),
    locale: oneOf('locale', given('locale'), localeSchema.options, locale) ?? 'ko',
    json: values.has('json'),
    verbose: values.has('verbose'),
    operands,
    algorithm: given('algorithm'),
    difficulty: given('difficulty'),
    prompt: given('prompt'),
    language: given('language'),
    apiKey: given('api-key')?.trim(),
    seed: wholeNumber('seed', given('seed'), { from: 0, to: 999_999_999 }, locale),
    modelName: notEmpty('model-name', given('model-name'), locale),
    maxCostUsd: cost(given('max-cost'), locale),
    scenario: notEmpty('scenario', given('scenario'), locale),
    record: notEmpty('record', given('record'), locale),
    out: notEmpty('out', given('out'), locale) ?? 'out',
    data: data === ':memory:' ? undefined : (data ?? usualFolder),
    isDataGiven: data !== undefined,
    table: oneOf('table', given('table'), ['stand-in', 'real'], locale),
    model: oneOf('model', given('model'), ['stand-in', 'real'], locale),
    executor: oneOf('executor', given('executor'), ['stand-in', 'real'], locale),
    port: wholeNumber('serve', given('serve'), { from: 0, to: 65_535 }, locale) ?? defaultPort,
    tests: values.has('tests'),
    solution: values.has('solution'),
    checker: notEmpty('checker', given('checker'), locale),
    floatTolerance: decimal('float-tolerance', given('float-tolerance'), { from: 0, to: 1 }, locale),
    timeLimitMs: milliseconds('time-limit', given('time-limit'), locale),
    memoryBytes: memoryMiB === undefined ? undefined : memoryMiB * 1024 * 1024,
    input: notEmpty('input', given('input'), locale),
    all: values.has('all'),
    format: oneOf('format', given('format'), ['kattis'], locale),
    formatVersion: given('format-version'),
    rebuildTests: notEmpty('rebuild-tests', given('rebuild-tests'), locale),
    user: notEmpty('user', given('user'), locale),
  }
}

function commandOf(typed: string, values: ReadonlyMap<OptionName, string>, locale: Locale): CommandName {
  const text = texts[locale]
  const known = typedCommands.find((name) => name === typed)
  const near = nearest(typed, typedCommands)
  if (known === undefined) throw wrong(text.unknownCommand(typed, near, typedCommands), 'unknown-command')
  if (values.has('setup') && values.has('serve')) throw wrong(text.conflict('--setup', '--serve'))
  for (const mode of ['setup', 'serve'] as const) {
    if (!values.has(mode)) continue
    if (known !== 'generate') throw wrong(text.conflict(`--${mode}`, known))
    return mode
  }
  return known
}

/** Options and words apart. Flags have an empty value. */
function split(
  argv: readonly string[],
  locale: Locale,
): { values: ReadonlyMap<OptionName, string>; operands: readonly string[] } {
  const text = texts[locale]
  const { tokens } = parseArgs({
    args: withPort(argv),
    options: optionTable,
    allowPositionals: true,
    // Its own messages exist in English only; the tokens are judged below.
    strict: false,
    tokens: true,
  })
  const values = new Map<OptionName, string>()
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const name = optionNames.find((known) => known === token.name)
    if (name === undefined) {
      const near = token.rawName.startsWith('--') ? nearest(token.name, optionNames) : undefined
      throw wrong(text.unknownOption(token.rawName, near === undefined ? undefined : `--${near}`), 'unknown-option')
    }
    if (values.has(name)) throw wrong(text.twice(`--${name}`))
    if (optionTable[name].type === 'boolean') {
      if (token.value !== undefined) throw wrong(text.takesNoValue(`--${name}`))
      values.set(name, '')
      continue
    }
    if (token.value === undefined || (!token.inlineValue && /^-./.test(token.value))) {
      throw wrong(text.needsValue(`--${name}`))
    }
    // `-a=word` is a habit from the long form.
    const isShort = !token.rawName.startsWith('--')
    values.set(name, isShort && token.inlineValue ? token.value.replace(/^=/, '') : token.value)
  }
  return { values, operands }
}

const optionNames = Object.keys(optionTable).filter((name): name is OptionName => name in optionTable)

/** `--serve` takes a port or nothing, which the parser does not know. */
function withPort(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    if (word === '--serve') return /^[^-]/.test(argv[index + 1] ?? '') ? [] : [`--serve=${defaultPort}`]
    return argv[index - 1] === '--serve' && /^[^-]/.test(word) ? [`--serve=${word}`] : [word]
  })
}

function wrong(message: string, code = 'bad-option'): LocalError {
  return new LocalError(code, message)
}

function notEmpty(name: OptionName, value: string | undefined, locale: Locale): string | undefined {
  if (value !== undefined && value.trim() === '') throw wrong(texts[locale].needsValue(`--${name}`))
  return value
}

function oneOf<T extends string>(
  name: OptionName,
  value: string | undefined,
  valid: readonly T[],
  locale: Locale,
): T | undefined {
  if (value === undefined) return undefined
  const found = valid.find((candidate) => candidate === value)
  if (found === undefined) throw wrong(texts[locale].notOneOf(`--${name}`, value, valid, nearest(value, valid)))
  return found
}

function wholeNumber(
  name: OptionName,
  value: string | undefined,
  range: { readonly from: number; readonly to: number },
  locale: Locale,
): number | undefined {
  if (value === undefined) return undefined
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (number >= range.from && number <= range.to) return number
  throw wrong(texts[locale].notWhole(`--${name}`, value, range.from, range.to))
}

function decimal(
  name: OptionName,
  value: string | undefined,
  range: { readonly from: number; readonly to: number },
  locale: Locale,
): number | undefined {
  if (value === undefined) return undefined
  const number = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN
  if (number >= range.from && number <= range.to) return number
  throw wrong(texts[locale].notNumber(`--${name}`, value, range.from, range.to))
}

/** A number of seconds. */
function milliseconds(name: OptionName, value: string | undefined, locale: Locale): number | undefined {
  const { from, to } = limitRanges.timeMs
  const seconds = decimal(name, value, { from: from / 1_000, to: to / 1_000 }, locale)
  return seconds === undefined ? undefined : Math.round(seconds * 1_000)
}

function cost(value: string | undefined, locale: Locale): number | undefined {
  if (value === undefined) return undefined
  const number = /^\d*\.?\d+$/.test(value) ? Number(value) : Number.NaN
  if (number > 0 && number <= mostCostUsd) return number
  throw wrong(texts[locale].notCost('--max-cost', value, mostCostUsd))
}
