// The local command from the outside: reads the command line, runs the command, and turns what goes wrong into words and exit codes.
import { fieldProblemsSchema } from './field-problems.ts'
import { helpText } from './help.ts'
import { Interrupted, interruptions } from './interrupt.ts'
import { forgiveClosedPipe, type Io, paintFor, print } from './io.ts'
import { LocalError } from './local-error.ts'
import { type CommandLine, type CommandName, localeOf, readCommandLine } from './options.ts'
import { readVariables, type Variables } from './settings.ts'
import { clean } from './terminal-text.ts'
import { texts } from './texts.ts'

/** Runs the command and returns its exit code. Never throws. */
export async function main(io: Io): Promise<number> {
  forgiveClosedPipe(io.stdout)
  forgiveClosedPipe(io.stderr)
  const interrupt = interruptions(io.signals, io.env['npm_lifecycle_event'] !== undefined)
  let faultCode = 1
  try {
    const line = readCommandLine(io.argv)
    if (line.help) {
      io.stdout.write(helpText(line.locale))
      return 0
    }
    if (hasVerdict.includes(line.command)) faultCode = 2
    const variables = await readVariables(io.folder, io.env, line.locale)
    const command = await commands[line.command]()
    return await command(line, variables, io, interrupt)
  } catch (error) {
    const exitCode = complain(error, io)
    return exitCode === 1 ? faultCode : exitCode
  }
}

/** Commands whose 1 is about what was judged or checked: what goes wrong with ourselves is 2. */
const hasVerdict: readonly CommandName[] = ['judge', 'run', 'verify', 'remake']

type Command = (line: CommandLine, variables: Variables, io: Io, interrupt: AbortSignal) => Promise<number>

/** Each command loads what it needs when it is asked for: a slip of the pen is answered at once. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  generate: async () => (await import('./generate.ts')).generate,
  resume: async () => (await import('./resume.ts')).resume,
  list: async () => (await import('./library.ts')).list,
  show: async () => (await import('./library.ts')).show,
  judge: async () => (await import('./judge.ts')).judge,
  run: async () => (await import('./run.ts')).run,
  export: async () => (await import('./export.ts')).exportPackage,
  verify: async () => (await import('./verify.ts')).verify,
  remake: async () => (await import('./remake.ts')).remake,
  token: async () => (await import('./token.ts')).token,
  setup: async () => (await import('./library.ts')).setUp,
  serve: async () => (await import('./serve.ts')).serve,
}

/** Options by the wire's names for what they set. */
const optionOf: Readonly<Record<string, string>> = {
  algorithm_type: '-a, --algorithm',
  difficulty: '-d, --difficulty',
  prompt: '--prompt',
  language: '--language',
  locale: '--locale',
  maxCostUsd: '--max-cost',
}

/** Whether the help can help; it does not know about files, folders and checkers. */
function isAboutTheLine(code: string): boolean {
  return ['bad-option', 'unknown-option', 'unknown-command', 'bad-request', 'unknown-language'].includes(code)
}

function complain(error: unknown, io: Io): number {
  const locale = localeOf(io.argv)
  const text = texts[locale]
  const isJson = io.argv.includes('--json')
  if (error instanceof Interrupted) {
    if (isJson) print(io.stdout, JSON.stringify({ error: { code: 'cancelled', message: text.cancelled } }))
    else print(io.stderr, text.cancelled)
    return error.exitCode
  }
  if (!(error instanceof LocalError)) {
    const defect = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (isJson) print(io.stdout, JSON.stringify({ error: { code: 'internal', message: text.internal } }))
    print(io.stderr, [text.internal, defect])
    return 1
  }
  const { code, message, details, exitCode } = error
  if (isJson) {
    print(
      io.stdout,
      JSON.stringify({ error: { code, message, ...(details === null || details === undefined ? {} : { details }) } }),
    )
    return exitCode
  }
  const paint = paintFor(io.stderr)
  print(io.stderr, `${paint('red', '✖')} ${clean(message)}`)
  const fields = fieldProblemsSchema.safeParse(details).data ?? []
  print(
    io.stderr,
    fields.map((problem) => `  ${paint('bold', optionOf[problem.field] ?? problem.field)}: ${clean(problem.message)}`),
  )
  if (isAboutTheLine(code)) print(io.stderr, paint('dim', text.moreHelp))
  return exitCode
}
