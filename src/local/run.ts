// The command that runs one program once, under the judge's limits: its output is ours, one line says how it ended.
import type { BatchResult, ExecutionLimits, ExecutionResult, Program } from '../contract/execution.ts'
import type { Locale } from '../contract/topics.ts'
import { faultOf } from './executor-fault.ts'
import { mebibytes, megabytes, milliseconds } from './figures.ts'
import { type Io, logOn, paintFor, print } from './io.ts'
import { gradeLabels, outcomeText, verdictCodes, verdictName } from './judging/grade-words.ts'
import { defaultLimits } from './judging/limits.ts'
import { readSubmission } from './judging/program-source.ts'
import { readStream, readText, type Reading, testsLimitBytes } from './judging/text-file.ts'
import { LocalError } from './local-error.ts'
import { openExecutor } from './open-executor.ts'
import type { CommandLine } from './options.ts'
import { readSettings, type Settings, type Variables } from './settings.ts'
import { checkLocalStack } from './stack.ts'
import { clean } from './terminal-text.ts'
import { texts } from './texts.ts'

const outputLimitBytes = 64 * 1024 * 1024

/** Runs a program. Returns 0 when it exited with 0, else 1. Throws LocalError, and Interrupted. */
export async function run(line: CommandLine, variables: Variables, io: Io, interrupt: AbortSignal): Promise<number> {
  const { locale } = line
  const text = texts[locale]
  const settings = readSettings(line, variables)
  const [source, ...rest] = line.operands
  if (source === undefined) throw new LocalError('bad-option', text.runNeeds)
  if (rest.length > 0) throw new LocalError('bad-option', text.surplus(rest.join(' ')))
  if (source === '-' && line.input === '-') throw new LocalError('bad-option', text.conflict('run -', '--input -'))
  const reading = { signal: interrupt, locale }
  const program = await readSubmission(source, line.language, io, reading)
  const input = await readInput(line, source === '-', io, reading)
  const limits = limitsOf(line)
  const batch = await execute(program, input, limits, settings, io, reading)
  const [result] = batch.results
  if (batch.compile.ok && result === undefined) throw new TypeError('The executor gave no result.')
  if (line.json) {
    const { compile } = batch
    print(io.stdout, JSON.stringify({ compile, result: result ?? null, language: program.language, limits }))
  } else tell(batch, result, limits, line, io)
  return result?.outcome === 'exited' && result.exitCode === 0 ? 0 : 1
}

/** From a file, from a pipe, else nothing; `isTaken`: the program itself came from standard input. */
async function readInput({ input, json }: CommandLine, isTaken: boolean, io: Io, reading: Reading): Promise<string> {
  const { standardInput, noInput } = texts[reading.locale]
  if (input !== undefined && input !== '-') return readText(input, testsLimitBytes, reading)
  if (isTaken) return ''
  const stdin = io.stdin
  // A terminal is read only when that was asked for: nobody would know that it waits.
  if (input !== undefined || stdin.isTTY !== true) return readStream(stdin, standardInput, testsLimitBytes, reading)
  if (!json) print(io.stderr, paintFor(io.stderr)('dim', noInput))
  return ''
}

function limitsOf({ timeLimitMs, memoryBytes }: CommandLine): ExecutionLimits {
  const cpuMs = timeLimitMs ?? defaultLimits.timeMs
  return {
    cpuMs,
    // Only for a program that waits for nothing.
    wallMs: Math.min(120_000, 2 * cpuMs + 2_000),
    memoryBytes: memoryBytes ?? defaultLimits.memoryBytes,
    outputBytes: outputLimitBytes,
  }
}

async function execute(
  program: Program,
  input: string,
  limits: ExecutionLimits,
  settings: Settings,
  io: Io,
  { signal, locale }: Reading,
): Promise<BatchResult> {
  await checkLocalStack(settings, locale)
  const opened = await openExecutor(settings, logOn(io.stderr, settings.verbose))
  try {
    return await opened.executor.run({ version: 1, program, tests: [{ input }], limits, hashSeed: 0 }, signal)
  } catch (error) {
    signal.throwIfAborted()
    throw faultOf(error, locale)
  } finally {
    await opened.close()
  }
}

/** Its output on ours, into a pipe unchanged; everything else on standard error. */
function tell(
  { compile }: BatchResult,
  result: ExecutionResult | undefined,
  limits: ExecutionLimits,
  { locale }: CommandLine,
  io: Io,
): void {
  const { stdout, stderr } = io
  const paint = paintFor(stderr)
  // What a program writes must not move the cursor of somebody's terminal; a pipe gets it as it is.
  const harmless = (text: string): string => (stderr.isTTY === true ? clean(text) : text)
  if (compile.log.trim() !== '') print(stderr, harmless(compile.log).trimEnd())
  if (result === undefined) {
    print(
      stderr,
      paint(['bold', 'red'], `✖ ${verdictName('compile-error', locale)} (${verdictCodes['compile-error']})`),
    )
    return
  }
  stdout.write(stdout.isTTY === true ? clean(result.stdout) : result.stdout)
  const isOpenLine = result.stdout !== '' && !result.stdout.endsWith('\n')
  if (isOpenLine && stdout.isTTY === true) print(stderr, '')
  if (result.stderr !== '') print(stderr, harmless(result.stderr).trimEnd())
  const isGood = result.outcome === 'exited' && result.exitCode === 0
  const outcome = clean(outcomeText(result, locale)).replaceAll('\n', ' ')
  const ending = paint(isGood ? 'green' : 'red', `${isGood ? '✔' : '✖'} ${outcome}`)
  print(stderr, `${ending} ${paint('dim', `· ${figuresOf(result, limits, locale)}`)}`)
}

/** What it used; the limits too when one of them acted. */
function figuresOf(result: ExecutionResult, limits: ExecutionLimits, locale: Locale): string {
  const label = gradeLabels[locale]
  const time = locale === 'ko' ? `${limits.cpuMs / 1_000}초` : `${limits.cpuMs / 1_000} s`
  return [
    `${label.cpu} ${milliseconds(result.cpuMs)}`,
    `${label.wall} ${milliseconds(result.wallMs)}`,
    `${label.memory} ${mebibytes(result.peakMemoryBytes)}`,
    ...(!result.outcome.endsWith('-limit') ? [] : [`${label.limits} ${time} ${megabytes(limits.memoryBytes)}`]),
  ].join(' · ')
}
