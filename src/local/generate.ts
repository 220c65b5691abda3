// The command that makes a problem: starts the stack, shows the run while it goes on, cancels it when asked to.
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
  const { locale, json } = line
  const preparation = await prepare(line, variables)
  const { settings, choice, request } = preparation
  await checkOut(line)
  const reporter = chooseReporter(factsOf(line, preparation), io, { json, locale, verbose: settings.verbose })
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
    const { run, data } = await follow(client, request, reporter, interrupt, locale)
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

function factsOf(line: CommandLine, { settings, choice, seed }: Preparation): RunFacts {
  const label = labels[line.locale]
  const { model, executorArn } = settings
  const isSeedUsed = model.kind === 'stand-in' || (line.algorithm === undefined && line.prompt === undefined)
  const what = [choice.algorithm, choice.difficulty, line.prompt].filter((word) => word !== undefined)
  return {
    what: what.join(' · '),
    means: [
      `${label.model} ${model.kind === 'stand-in' ? `scripted stand-in (${label.standIn})` : model.name}`,
      ...(isSeedUsed ? [`${label.seed} ${seed}`] : []),
      `${label.table} ${placeOf(settings)}`,
      `${label.executor} ${executorArn ?? label.localSandbox}`,
    ],
  }
}

/** Reads the run to its end. An interruption cancels it and waits for the run to say so, for a while. */
async function follow(
  client: GenerationClient,
  request: RunRequest,
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
    for await (const { event, data } of client.run(request, onStarted, giveUp.signal)) {
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
