// A run as a picture of lines for a terminal: a pure function of the run's state, the size and the time.
import type { Locale } from '../contract/topics.ts'
import type { GateRecord } from '../contract/verification.ts'
import { count, duration, seconds } from './figures.ts'
import type { CallView, RunView, StageView } from './run-state.ts'
import { artefactName, gateTitle, labels, stageName } from './run-words.ts'
import { cell, cellRight, clean, fit, type Paint, wrap } from './terminal-text.ts'

/** What is known of a run before it begins. */
export interface RunFacts {
  /** `그래프 · 보통`, or the wish. */
  readonly what: string
  /** Model, seed, table and executor, each in a few words. */
  readonly means: readonly string[]
}

export interface Screen {
  readonly columns: number
  /** Infinity shows everything. */
  readonly rows: number
  /** Epoch milliseconds. */
  readonly now: number
  readonly paint: Paint
  readonly locale: Locale
}

const margin = '  '
/** Wider lines are harder to read than they are useful. */
const widest = 110
/** Lines of text shown of a running call. */
const callLines = 2
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const
const spinnerMs = 80
/** Columns of a stage's name and time, and of a gate's title. */
const widths = { stage: 16, time: 8, title: 28, gate: 4, duration: 8 }

/** Everything about a run; finished stages are folded when the rows do not hold their gates. */
export function renderRun(run: RunView, facts: RunFacts, screen: Screen): string[] {
  const columns = Math.min(screen.columns, widest) - margin.length
  const head = headerLines(facts, columns, screen.paint)
  const foot = footerLines(run, columns, screen)
  // One row stays free: the cursor rests below the picture.
  let room = screen.rows - 1 - head.length - foot.length - run.stages.length - 1
  const calls = callTexts(run.calls, columns, screen, Math.max(0, Math.min(room - 4, 9)))
  room -= calls.length
  const open = opened(run, room)
  const stages = run.stages.flatMap((stage) => [
    stageLine(stage, run, !open.has(stage.stage), columns, screen),
    ...gatesOf(stage, open.get(stage.stage) ?? 0).map((gate) => gateLine(gate, columns, screen)),
  ])
  const lines = [...head, ...stages, '', ...foot, ...calls]
  return lines.map((line) => (line === '' ? '' : `${margin}${line}`))
}

function headerLines({ what, means }: RunFacts, columns: number, paint: Paint): string[] {
  const title = `${paint(['bold', 'cyan'], 'Alpaco')}  ${paint('bold', fit(what, columns - 8))}`
  return ['', title, ...wrap(means.join(' · '), columns).map((line) => paint('dim', line)), '']
}

/** How many gates of each stage are shown one a line: all of them if they fit, else the last ones of the stage at work. */
function opened(run: RunView, room: number): ReadonlyMap<string, number> {
  const all = run.stages.reduce((sum, { gates }) => sum + gates.length, 0)
  if (all <= room) return new Map(run.stages.map(({ stage, gates }) => [stage, gates.length]))
  const current = run.stages.findLast(({ state }) => state === 'started' || state === 'repairing')
  return new Map(current === undefined ? [] : [[current.stage, Math.max(0, Math.min(current.gates.length, room))]])
}

function gatesOf(stage: StageView, shown: number): readonly GateRecord[] {
  return shown === 0 ? [] : stage.gates.slice(-shown)
}

function stageLine(stage: StageView, run: RunView, isFolded: boolean, columns: number, screen: Screen): string {
  const { locale, now, paint } = screen
  const workedMs = stage.workedMs + (stage.since === undefined ? 0 : Math.max(0, now - stage.since))
  const time = stage.state === 'waiting' ? '' : seconds(workedMs, locale)
  const name = cell(stageName(stage.stage, locale), widths.stage)
  const repair = stage.attempt > 1 ? `${labels[locale].repairs} ${stage.attempt - 1}  ` : ''
  const note = `${repair}${isFolded ? gateTally(stage.gates) : ''}`.trimEnd()
  const pause = stage.pause === undefined ? '' : `${note === '' ? '' : '  '}… ${stage.pause}`
  const left = `${stageMark(stage, run, screen)} ${stage.state === 'waiting' ? paint('dim', name) : paint('bold', name)}`
  const rest = fit(note + pause, columns - widths.stage - widths.time - 4)
  return `${left}${paint('dim', cellRight(time, widths.time))}  ${paint('dim', rest)}`.trimEnd()
}

function stageMark(stage: StageView, run: RunView, { now, paint }: Screen): string {
  if (stage.state === 'done') return paint('green', '✔')
  if (stage.state === 'waiting') return paint('dim', '·')
  if (run.end !== undefined) return paint(run.end.type === 'cancelled' ? 'yellow' : 'red', '✖')
  if (stage.state === 'repairing') return paint('yellow', '↻')
  return paint('cyan', spinner[Math.floor(now / spinnerMs) % spinner.length] ?? '⠋')
}

/** `G0×3 G1×3`. */
function gateTally(gates: readonly GateRecord[]): string {
  const marks = gates.map(({ gate, outcome }) => (outcome === 'failed' ? `✖${gate}` : gate))
  return [...new Set(marks)]
    .map((mark) => {
      const times = marks.filter((other) => other === mark).length
      return times === 1 ? mark : `${mark}×${times}`
    })
    .join(' ')
}

function gateLine(record: GateRecord, columns: number, { locale, paint }: Screen): string {
  const { gate, outcome, evidence, durationMs } = record
  const mark = { passed: paint('green', '✔'), failed: paint('red', '✖'), skipped: paint('dim', '–') }[outcome]
  const took = duration(durationMs, locale)
  const title = cell(gateTitle(gate, locale), widths.title)
  const fixed = 4 + widths.gate + widths.title + widths.duration
  const tone = outcome === 'failed' ? 'red' : 'dim'
  // A narrow terminal has no room for evidence: the title is worth more.
  if (columns - fixed < 20) return `  ${mark} ${paint('bold', cell(gate, widths.gate))}${fit(title, columns - 8)}`
  return `  ${mark} ${paint('bold', cell(gate, widths.gate))}${title}${paint(tone, cell(evidence, columns - fixed))}${paint('dim', cellRight(took, widths.duration))}`
}

function footerLines(run: RunView, columns: number, { locale, now, paint }: Screen): string[] {
  const label = labels[locale]
  const elapsedMs = run.beganAt === undefined ? 0 : (run.end === undefined ? now : (run.lastAt ?? now)) - run.beganAt
  const gates = run.stages.flatMap((stage) => stage.gates)
  const failed = gates.filter(({ outcome }) => outcome === 'failed').length
  const characters = run.calls.reduce((sum, call) => sum + call.characters, 0)
  const figures = [
    seconds(Math.max(0, elapsedMs), locale),
    `${label.calls} ${count(run.calls.length)}`,
    locale === 'ko' ? `${count(characters)}${label.characters}` : `${count(characters)} ${label.characters}`,
    `✔ ${count(gates.filter(({ outcome }) => outcome === 'passed').length)}`,
    ...(failed === 0 ? [] : [`✖ ${count(failed)}`]),
    ...(run.repairs === 0 ? [] : [`${label.repairs} ${run.repairs}`]),
  ]
  return [bar(run, columns, paint), paint('dim', fit(figures.join(' · '), columns))]
}

function bar(run: RunView, columns: number, paint: Paint): string {
  const percent = `${run.percent}%`.padStart(5)
  const width = Math.max(4, columns - percent.length)
  const filled = Math.round((width * run.percent) / 100)
  const colour = run.end === undefined ? 'cyan' : run.end.type === 'problem' ? 'green' : 'red'
  return `${paint(colour, '━'.repeat(filled))}${paint('dim', '─'.repeat(width - filled))}${paint('bold', percent)}`
}

/** The end of what each running call has written, below its name. */
function callTexts(calls: readonly CallView[], columns: number, { locale, paint }: Screen, room: number): string[] {
  const running = calls.filter((call) => call.running)
  const shown = running.slice(0, Math.floor(room / (callLines + 1)))
  const lines = shown.flatMap((call) => [
    `${paint('cyan', '▎')}${paint('bold', fit(artefactName(call.artefact, locale), columns - 1))}`,
    ...lastLines(call.tail, columns - 2).map((line) => `${paint('cyan', '▎')}${paint('dim', line)}`),
  ])
  return lines.length === 0 ? [] : ['', ...lines]
}

function lastLines(tail: string, columns: number): string[] {
  const lines = wrap(readable(tail), columns).filter((line) => line.trim() !== '')
  const last = lines.slice(-callLines)
  return [...last, ...Array.from({ length: callLines - last.length }, () => '')]
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '    ', r: '', '"': '"', '\\': '\\', '/': '/' }

/** The text of a JSON reply as it reads: a program's line breaks and quotes in the place of their escapes. */
function readable(json: string): string {
  // The escape at the end may not be whole yet.
  const whole = json.replace(/(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?$/, '$1')
  const decoded = whole.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (escape, unit: string | undefined, mark: string) =>
    unit === undefined ? (escapes[mark] ?? escape) : String.fromCharCode(Number.parseInt(unit, 16)),
  )
  return clean(decoded.toWellFormed())
}
