// `npm run bench [-- NAME]`: every benchmark with its peer or floor, in one run.
import { spawnSync } from 'node:child_process'
import { defects } from './defects/defects.ts'
import { eventLog } from './event-log.ts'
import { executor } from './executor.ts'
import { firstEvent } from './first-event.ts'
import { fuzz } from './fuzz/fuzz.ts'
import type { Figure } from './measure.ts'
import { pipelineOverhead } from './pipeline-overhead.ts'
import { similarity } from './similarity.ts'
import { sseWriter } from './sse-writer.ts'
import { switchedOff } from './defects/switched-off.ts'

const benchmarks: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'first-event': firstEvent,
  'sse-writer': sseWriter,
  'event-log': eventLog,
  pipeline: pipelineOverhead,
  executor,
  similarity,
}

const asked = process.argv.slice(2)
// They have options and a result of their own, and take half an hour: not among those that run when none is named.
if (asked[0] === 'defects') process.exit(await defects(asked.slice(1)))
if (asked[0] === 'gates') process.exit(await switchedOff(asked.slice(1)))
if (asked[0] === 'fuzz') process.exit(await fuzz(asked.slice(1)))
const unknown = asked.find((name) => !(name in benchmarks))
if (unknown !== undefined) {
  console.error(`No benchmark "${unknown}". There are: ${Object.keys(benchmarks).join(', ')}, defects, gates, fuzz`)
  process.exit(2)
}

const [only] = asked
if (only !== undefined && asked.length === 1) {
  console.log(`\n${only}`)
  for (const { name, value, target, met = false } of (await benchmarks[only]?.()) ?? []) {
    const row = `${name.padEnd(66)} ${value.padStart(16)}`
    console.log(target === undefined ? `  · ${row}` : `  ${met ? '✓' : '✗'} ${row}   target ${target}`)
  }
} else {
  // A process each: what one leaves behind must not count in the next.
  for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
    spawnSync(process.execPath, [import.meta.filename, name], { stdio: 'inherit' })
  }
}
process.exit(0)
