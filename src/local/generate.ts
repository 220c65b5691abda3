// The command that makes a problem: starts the stack, shows the run while it goes on, cancels it when asked to. Going on with
// a run that was broken off is the same with another beginning.
import type { Locale } from '../contract/topics.ts'
import { conclude } from './conclusion.ts'
import { alarm } from './function-log.ts'
import { GenerationClient, type RunRequest } from './generation-client.ts'
import { Interrupted } from './interrupt.ts'
import type { Io } from './io.ts'
import type { RunFacts } from './live-view.ts'
import { LocalError } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { checkOut, type Preparation, prepare } from './preparation.ts'
import { saveRecording } from './recording.ts'
import { chooseReporter, type Reporter } from './reporter.ts'
import { advance, type RunView, unseenRun } from './run-state.ts'
import { labels } from './run-words.ts'
import type { Variables } from './settings.ts'
import { placeOf, type Stack, startStack } from './stack.ts'
import { texts } from './texts.ts'

/** How long a cancelled run may take to say so. */
const cancelLimitMs = 20_000
/** The scripted author writes at this pace when somebody watches. */
const watchedPauseMs = 12

/** Makes a problem. Returns the exit code. Throws LocalError, and Interrupted when a cancellation was not confirmed. */
export async function generate(
  line: CommandLine,
  variables: Variables,
  io: Io,
  interrupt: AbortSignal,
): Promise<number> {
  const preparation = await prepare(line, variables)
  await checkOut(line)
  const { algorithm, difficulty } = preparation.choice
  const what = [algorithm, difficulty, line.prompt].filter((word) => word !== undefined)
  return make(line, preparation, { what: what.join(' · '), asked: preparation.request }, io, interrupt)
}

/** What is made: a new run, or the one of this id; and what was asked for, for people. */
export interface Order {
  readonly asked: RunRequest | string
  readonly what: string
}

/** Makes a run, shows it, and says how it ended; returns the exit code. Throws as {@link generate} does. */
export async function make(
  line: CommandLine,
  preparation: Preparation,
  { asked, what }: Order,
  io: Io,
  interrupt: AbortSignal,
): Promise<number> {
  const { locale, json } = line
  const { settings, choice } = preparation
  const facts = { what, means: meansOf(line, preparation) }
  const reporter = chooseReporter(facts, io, { json, locale, verbose: settings.verbose })
  let stack: Stack | undefined
  try {
    stack = await startStack({
      ...preparation,
      record: line.record !== undefined,
      varied: false,
      authorPauseMs: io.stdout.isTTY === true && !json ? watchedPauseMs : 0,
      locale,
      onLog: (logged) => {
        const shown = settings.verbose ? logged : alarm(logged)
        if (shown !== undefined) reporter.note(shown)
      },
    })
    const client = new GenerationClient(stack.url, locale)
    const { run, data } = await follow(client, asked, reporter, interrupt, locale)
    reporter.end()
    const exitCode = await conclude(run, data, client, {
      line,
      io,
      place: placeOf(settings),
      isStandIn: settings.model.kind === 'stand-in',
    })
    if (!(interrupt.reason instanceof Interrupted)) return exitCode
    if (exitCode === 0) reporter.note(texts[locale].endedBeforeCancel)
    return interrupt.reason.exitCode
  } finally {
    reporter.end()
    const saved = await saveRecording(line, stack?.recorded(), choice)
    if (saved !== undefined && !json) reporter.note(saved)
    await stack?.close()
  }
}

function meansOf(line: CommandLine, { settings, seed }: Preparation): RunFacts['means'] {
  const label = labels[line.locale]
  const { model, executorArn } = settings
  const isSeedUsed = model.kind === 'stand-in' || (line.algorithm === undefined && line.prompt === undefined)
  return [
    `${label.model} ${model.kind === 'stand-in' ? `scripted stand-in (${label.standIn})` : model.name}`,
    ...(isSeedUsed ? [`${label.seed} ${seed}`] : []),
    `${label.table} ${placeOf(settings)}`,
    `${label.executor} ${executorArn ?? label.localSandbox}`,
  ]
}

/** Reads the run to its end. An interruption cancels it and waits for the run to say so, for a while. */
async function follow(
  client: GenerationClient,
  asked: Order['asked'],
  reporter: Reporter,
  interrupt: AbortSignal,
  locale: Locale,
): Promise<{ run: RunView; data: string }> {
  interrupt.throwIfAborted()
  const giveUp = new AbortController()
  let problemId: string | undefined
  const cancel = (): void => {
    // Whether it worked shows in the events.
    if (problemId !== undefined) client.cancel(problemId).catch(() => undefined)
  }
  const onInterrupt = (): void => {
    reporter.note(texts[locale].cancelling)
    setTimeout(() => giveUp.abort(interrupt.reason), cancelLimitMs).unref()
    cancel()
  }
  interrupt.addEventListener('abort', onInterrupt, { once: true })
  const onStarted = (id: string): void => {
    problemId = id
    if (interrupt.aborted) cancel()
  }
  let run = unseenRun
  let last: string | undefined
  try {
    for await (const { event, data } of client.run(asked, onStarted, giveUp.signal)) {
      run = advance(run, event)
      last = data
      reporter.event(event, run)
    }
  } catch (error) {
    if (error instanceof Interrupted) reporter.note(texts[locale].cancelUnconfirmed)
    throw error
  } finally {
    interrupt.removeEventListener('abort', onInterrupt)
  }
  if (last === undefined) throw new LocalError('unreachable', texts[locale].unreachable, { exitCode: 1 })
  return { run, data: last }
}
