// Shows a run while it goes on: redrawn in place in a terminal, as lines in a pipe, or not at all.
import { createLogUpdate } from 'log-update'
import { systemClock } from '../adapters/clock.ts'
import type { RunEvent } from '../contract/events.ts'
import type { Locale } from '../contract/topics.ts'
import { columnsOf, type Io, isDrawable, type Output, paintFor, print } from './io.ts'
import { renderRun, type RunFacts } from './live-view.ts'
import { plainLine } from './plain-lines.ts'
import { type RunView, unseenRun } from './run-state.ts'
import { clean } from './terminal-text.ts'

/** Follows one run. */
export interface Reporter {
  event(event: RunEvent, run: RunView): void
  /** Says something on standard error in between. */
  note(text: string): void
  /** Shows the run for the last time; nothing is drawn afterwards. */
  end(): void
}

const redrawMs = 80

/** Redrawn in place. */
function liveReporter(facts: RunFacts, io: Io, locale: Locale): Reporter {
  const { stdout, stderr } = io
  const draw = createLogUpdate(stdout)
  const paint = paintFor(stdout)
  let run = unseenRun
  let isEnded = false
  const lines = (rows: number): string =>
    renderRun(run, facts, { columns: columnsOf(stdout), rows, now: systemClock.now().getTime(), paint, locale }).join(
      '\n',
    )
  const redraw = (): void => draw(lines(stdout.rows ?? 24))
  const timer = setInterval(redraw, redrawMs)
  timer.unref()
  redraw()
  return {
    event(_event, next) {
      run = next
    },
    note(text) {
      if (!isEnded) draw.clear()
      print(stderr, text)
      if (!isEnded) redraw()
    },
    end() {
      if (isEnded) return
      isEnded = true
      clearInterval(timer)
      draw.clear()
      draw.done()
      // The picture that stays is whole, however long; of a run that never began there is none.
      if (run.beganAt !== undefined) print(stdout, lines(Infinity))
    },
  }
}

/** One line for each stage, gate and end. */
function plainReporter(facts: RunFacts, stream: Output, io: Io, locale: Locale): Reporter {
  let isHeaded = false
  return {
    event(event, run) {
      // Not before the run has begun: what stops it earlier is all there is to read then.
      if (!isHeaded) print(stream, [clean(facts.what), clean(facts.means.join(' · '))])
      isHeaded = true
      const line = plainLine(event, run, locale)
      if (line !== undefined) print(stream, line)
    },
    note: (text) => print(io.stderr, text),
    end: () => undefined,
  }
}

/** Says nothing: the document is all there is to read. */
const quietReporter: Reporter = { event: () => undefined, note: () => undefined, end: () => undefined }

/** The reporter for where the output goes: with `json`, standard output belongs to the document alone. */
export function chooseReporter(
  facts: RunFacts,
  io: Io,
  { json, verbose, locale }: { readonly json: boolean; readonly verbose: boolean; readonly locale: Locale },
): Reporter {
  const { stdout, stderr, env } = io
  if (json) {
    const isWatched = stderr.isTTY === true || verbose
    return isWatched ? plainReporter(facts, stderr, io, locale) : quietReporter
  }
  return isDrawable(stdout, env) ? liveReporter(facts, io, locale) : plainReporter(facts, stdout, io, locale)
}
