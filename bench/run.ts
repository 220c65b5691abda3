// `npm run bench [-- NAME]`: every benchmark with its peer or floor, in one run.
import { spawnSync } from 'node:child_process'
import { coldStart } from './cold-start.ts'
import { defects } from './defects/defects.ts'
import { eventLog } from './event-log.ts'
import { executor } from './executor.ts'
import { firstEvent } from './first-event.ts'
import { fuzz } from './fuzz/fuzz.ts'
import { kills } from './kills.ts'
import type { Figure } from './measure.ts'
import { pipelineOverhead } from './pipeline-overhead.ts'
import { similarity } from './similarity.ts'
import { soak } from './soak.ts'
import { sseWriter } from './sse-writer.ts'
import { streams } from './streams.ts'
import { switchedOff } from './defects/switched-off.ts'

const benchmarks: Readonly<Record<string, { readonly run: () => Promise<Figure[]>; readonly what: string }>> = {
  'first-event': { run: firstEvent, what: 'how soon the first event of a run is read' },
  'sse-writer': { run: sseWriter, what: 'what a streamed event costs the server' },
  'event-log': { run: eventLog, what: "what storing the model's output costs" },
  streams: { run: streams, what: 'what readers of live runs cost' },
  pipeline: { run: pipelineOverhead, what: 'what a run costs beside the model and the executor' },
  executor: { run: executor, what: 'what the sandbox costs and how exact it is' },
  similarity: { run: similarity, what: 'what finding near copies costs, and what it misses' },
}

const asked = process.argv.slice(2)
// They have options and a result of their own, and take half an hour: not among those that run when none is named.
const campaigns: Readonly<
  Record<
    string,
    { readonly run: (words: readonly string[]) => Promise<number>; readonly what: string; readonly usage: string }
  >
> = {
  defects: {
    run: defects,
    what: 'plants defects and counts what becomes of them',
    usage: '[--all] [--resume] [--shard i/n] [--only CLASS,…] [--base ID] [--json]',
  },
  'cold-start': { run: coldStart, what: 'how soon the deployed functions answer', usage: '[--rounds 11] [--json]' },
  gates: {
    run: switchedOff,
    what: 'takes each gate away and counts what gets through',
    usage: '[--only G4,G9] [--each 3] [--json]',
  },
  kills: {
    run: kills,
    what: 'kills the owner of a run after each of its events',
    usage: '[--run clean|repaired] [--shard i/n] [--lanes 6] [--json]',
  },
  soak: { run: soak, what: 'kills, cuts and cancels in hundreds of runs', usage: '[--count 200] [--seed 1] [--json]' },
  fuzz: {
    run: fuzz,
    what: 'lets the model answer anything, and judges every run',
    usage: '[--count 2000] [--seed 1] [--shard i/n] [--workers 4] [--only 17,18] [--json]',
  },
}
const [name = '', ...words] = asked
if (name === '--help') {
  console.log('npm run bench [-- NAME …]: all figures, or these:')
  for (const [one, { what }] of Object.entries(benchmarks)) console.log(`  ${one.padEnd(12)} ${what}`)
  console.log('only by their names, with options (NAME --help), some for half an hour:')
  for (const [one, { what }] of Object.entries(campaigns)) console.log(`  ${one.padEnd(12)} ${what}`)
  process.exit(0)
}
const campaign = campaigns[name]
if (campaign !== undefined) {
  const usage = `npm run bench -- ${name} ${campaign.usage}`
  if (words.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    process.exit(await campaign.run(words))
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error
    console.error(`${error.message}\n${usage}`)
    process.exit(2)
  }
}
const unknown = asked.find((one) => !(one in benchmarks))
if (unknown !== undefined) {
  const names = [...Object.keys(benchmarks), ...Object.keys(campaigns)]
  console.error(`No benchmark "${unknown}". There are: ${names.join(', ')}`)
  process.exit(2)
}

const [only] = asked
if (only !== undefined && asked.length === 1) {
  console.log(`\n${only}`)
  for (const { name: what, value, target, met = false } of (await benchmarks[only]?.run()) ?? []) {
    const row = `${what.padEnd(66)} ${value.padStart(16)}`
    console.log(target === undefined ? `  · ${row}` : `  ${met ? '✓' : '✗'} ${row}   target ${target}`)
  }
} else {
  // A process each: what one leaves behind must not count in the next.
  for (const one of asked.length > 0 ? asked : Object.keys(benchmarks)) {
    spawnSync(process.execPath, [import.meta.filename, one], { stdio: 'inherit' })
  }
}
process.exit(0)
