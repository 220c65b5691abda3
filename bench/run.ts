// `npm run bench [-- NAME]`: every benchmark with its peer or floor, in one run.
import { eventLog } from './event-log.ts'
import { firstEvent } from './first-event.ts'
import type { Figure } from './measure.ts'
import { pipelineOverhead } from './pipeline-overhead.ts'
import { sseWriter } from './sse-writer.ts'

const benchmarks: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'first-event': firstEvent,
  'sse-writer': sseWriter,
  'event-log': eventLog,
  pipeline: pipelineOverhead,
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in benchmarks))
if (unknown !== undefined) {
  console.error(`No benchmark "${unknown}". There are: ${Object.keys(benchmarks).join(', ')}`)
  process.exit(2)
}
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}`)
  for (const { name: figure, value, target, met } of await benchmark()) {
    console.log(`  ${met ? '✓' : '✗'} ${figure.padEnd(58)} ${value.padStart(22)}   target ${target}`)
  }
}
process.exit(0)
