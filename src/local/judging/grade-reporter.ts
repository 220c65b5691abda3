// Shows a judging while it goes on: redrawn in place in a terminal, as lines in a pipe, or not at all.
import { createLogUpdate } from 'log-update'
import { systemClock } from '../../adapters/clock.ts'
import type { TestReport } from '../../contract/judging.ts'
import type { Locale } from '../../contract/topics.ts'
import { columnsOf, type Io, isDrawable, type Output, paintFor, print } from '../io.ts'
import { clean } from '../terminal-text.ts'
import { type GradeFacts, type GradeView, plainTestLine, renderGrade, renderWhole } from './grade-view.ts'
import { gradeLabels } from './grade-words.ts'

/** Follows one judging. */
export interface GradeReporter {
  compiled(compile: { readonly ok: boolean; readonly log: string }): void
  test(report: TestReport): void
  /** Nothing is drawn afterwards; what was seen stays. */
  end(): void
}

const redrawMs = 80

const nowMs = (): number => systemClock.now().getTime()

function liveReporter(facts: GradeFacts, { stdout }: Io, locale: Locale): GradeReporter {
  const draw = createLogUpdate(stdout)
  const paint = paintFor(stdout)
  let view: GradeView = { beganAt: nowMs(), compile: undefined, reports: [] }
  let isEnded = false
  const redraw = (): void => {
    const screen = { columns: columnsOf(stdout), rows: stdout.rows ?? 24, now: nowMs(), paint, locale }
    draw(renderGrade(view, facts, screen).join('\n'))
  }
  const timer = setInterval(redraw, redrawMs)
  timer.unref()
  redraw()
  return {
    compiled(compile) {
      view = { ...view, compile }
    },
    test(report) {
      view = { ...view, reports: [...view.reports, report] }
    },
    end() {
      if (isEnded) return
      isEnded = true
      clearInterval(timer)
      draw.clear()
      draw.done()
      // Of a judging that never got to anything there is no picture.
      if (view.compile !== undefined)
        print(stdout, renderWhole(view, facts, { columns: columnsOf(stdout), paint, locale }))
    },
  }
}

function plainReporter(facts: GradeFacts, stream: Output, locale: Locale): GradeReporter {
  let told = 0
  return {
    compiled({ ok }) {
      // Not earlier: what stops it before is all there is to read then.
      print(stream, [clean(facts.title), clean(facts.means.join(' · '))])
      if (ok) print(stream, gradeLabels[locale].compiled)
    },
    test(report) {
      print(stream, plainTestLine(report, told, facts))
      told += 1
    },
    end: () => undefined,
  }
}

/** Says nothing: the document is all there is to read. */
const quietReporter: GradeReporter = { compiled: () => undefined, test: () => undefined, end: () => undefined }

/** The reporter for where the output goes: with `json`, standard output belongs to the document alone. */
export function chooseGradeReporter(
  facts: GradeFacts,
  io: Io,
  { json, verbose, locale }: { readonly json: boolean; readonly verbose: boolean; readonly locale: Locale },
): GradeReporter {
  const { stdout, stderr } = io
  if (json) return stderr.isTTY === true || verbose ? plainReporter(facts, stderr, locale) : quietReporter
  return isDrawable(stdout, io.env) ? liveReporter(facts, io, locale) : plainReporter(facts, stdout, locale)
}
