// The report's pictures: program × test with verdicts, and the times beside the limit.
import type { MatrixRow } from '../contract/verification.ts'
import type { Picture } from './blocks.ts'
import { escape } from './html.ts'

const colours: Readonly<Record<string, string>> = {
  A: 'var(--good)',
  W: 'var(--bad)',
  T: 'var(--slow)',
  M: 'var(--heavy)',
  O: 'var(--other)',
  R: 'var(--other)',
  '.': 'var(--none)',
}

/** A matrix row with the name it is shown by. */
export interface NamedRow extends MatrixRow {
  readonly name: string
}

const cell = { size: 12, gap: 2, labels: 210, head: 26 }

/** One square a test, coloured by verdict; samples stand first, before a gap. */
export function matrixPicture(rows: readonly NamedRow[], samples: number, words: Record<string, string>): Picture {
  const tests = Math.max(0, ...rows.map(({ verdicts }) => verdicts.length))
  const step = cell.size + cell.gap
  const x = (test: number): number => cell.labels + test * step + (test >= samples ? 8 : 0)
  const y = (row: number): number => cell.head + row * (step + 4)
  const numbers = Array.from({ length: tests }, (_, test) => test).filter(
    (test) => test === samples || (test > samples && (test - samples + 1) % 10 === 0),
  )
  const legendTop = y(rows.length) + 10
  const used = Object.keys(colours).filter((sign) => rows.some(({ verdicts }) => verdicts.includes(sign)))
  const parts = [
    ...numbers.map(
      (test) =>
        `<text class="soft" x="${x(test)}" y="${cell.head - 8}">${test === samples ? 1 : test - samples + 1}</text>`,
    ),
    ...rows.flatMap(({ name, verdicts, timesMs, memoryMiB }, row) => [
      `<text x="0" y="${y(row) + 11}">${escape(shortened(name))}<title>${escape(name)}</title></text>`,
      ...verdicts.split('').map((sign, test) => {
        const label = test < samples ? `S${test + 1}` : String(test - samples + 1)
        const figures = sign === '.' ? '' : ` · ${timesMs[test] ?? 0} ms · ${memoryMiB[test] ?? 0} MiB`
        const title = `${name} · ${label} · ${words[sign] ?? sign}${figures}`
        return `<rect x="${x(test)}" y="${y(row)}" width="${cell.size}" height="${cell.size}" rx="2" fill="${colours[sign] ?? 'var(--other)'}"><title>${escape(title)}</title></rect>`
      }),
    ]),
    ...used.map(
      (sign, index) =>
        `<rect x="${cell.labels + index * 130}" y="${legendTop}" width="${cell.size}" height="${cell.size}" rx="2" fill="${colours[sign]}"/><text x="${cell.labels + index * 130 + 18}" y="${legendTop + 11}">${escape(words[sign] ?? sign)}</text>`,
    ),
  ]
  const width = Math.max(x(tests) + 4, cell.labels + used.length * 130)
  const longest = Math.max(0, ...rows.map(({ name }) => columnsOf(shortened(name))))
  const text = [
    ...rows.map(
      ({ name, verdicts }) =>
        `${padded(shortened(name), longest)}  ${verdicts.slice(0, samples)} ${verdicts.slice(samples).replaceAll(/.{10}(?=.)/g, '$& ')}`,
    ),
    '',
    used.map((sign) => `${sign} ${words[sign] ?? sign}`).join(' · '),
  ].join('\n')
  return { svg: svg(width, legendTop + 20, parts), text }
}

/** A program's slowest run, and what is written beside its bar. */
interface Bar {
  readonly name: string
  readonly ms: number
  /** The verdict, as in the matrix. */
  readonly sign: string
  readonly label: string
}

/** A bar for the slowest run of each program, with the limit as a line; the label says on which test it was. */
export function timePicture(bars: readonly Bar[], limitMs: number, limitWord: string): Picture {
  const most = Math.max(limitMs, ...bars.map(({ ms }) => ms)) * 1.05
  const plot = 420
  const width = (ms: number): number => Math.max(1, (plot * ms) / most)
  const limitAt = cell.labels + width(limitMs)
  const parts = [
    ...bars.flatMap(({ name, ms, sign, label }, row) => [
      `<text x="0" y="${barTop(row) + 12}">${escape(shortened(name))}<title>${escape(name)}</title></text>`,
      `<rect x="${cell.labels}" y="${barTop(row)}" width="${width(ms).toFixed(1)}" height="15" rx="2" fill="${colours[sign] ?? 'var(--other)'}"/>`,
      `<text class="soft" x="${(cell.labels + width(ms) + 5).toFixed(1)}" y="${barTop(row) + 12}">${escape(label)}</text>`,
    ]),
    `<line x1="${limitAt.toFixed(1)}" x2="${limitAt.toFixed(1)}" y1="16" y2="${barTop(bars.length)}" stroke="var(--bad)" stroke-dasharray="4 3"/>`,
    `<text class="soft" x="${(limitAt + 4).toFixed(1)}" y="12">${escape(limitWord)} ${limitMs} ms</text>`,
  ]
  const longest = Math.max(columnsOf(limitWord), ...bars.map(({ name }) => columnsOf(shortened(name))))
  const text = [
    ...bars.map(
      ({ name, ms, label }) =>
        `${padded(shortened(name), longest)}  ${'█'.repeat(Math.max(1, Math.round((30 * ms) / most)))} ${label}`,
    ),
    `${padded(limitWord, longest)}  ${'─'.repeat(Math.round((30 * limitMs) / most))}┤ ${limitMs} ms`,
  ].join('\n')
  const labels = Math.max(0, ...bars.map(({ ms, label }) => width(ms) + 12 + 7 * columnsOf(label)))
  return { svg: svg(cell.labels + Math.max(plot + 90, labels), barTop(bars.length) + 6, parts), text }
}

function barTop(row: number): number {
  return 24 + row * 22
}

function svg(width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" role="img">${parts.join('')}</svg>`
}

/** Columns of a name that fit beside a picture. */
const nameColumns = 32

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (columnsOf(line) <= nameColumns) return line
  let kept = ''
  for (const sign of line) {
    if (columnsOf(kept + sign) >= nameColumns) break
    kept += sign
  }
  return `${kept}…`
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** Hangul and its neighbours take two columns of a monospaced font. */
function columnsOf(text: string): number {
  return text.length + [...text.matchAll(/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60]/g)].length
}
