// `npm run matrix [-- --seeds 1,2,3] [--only ID]`: every blueprint × difficulty × language × seed through all gates.
import { parseArgs } from 'node:util'
import { allBlueprints, runBlueprint } from './support/matrix.ts'
import { rememberingExecutor } from './support/pipeline.ts'

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1,2,3' }, only: { type: 'string' } } })
const seeds = values.seeds.split(',').map(Number)
if (seeds.length === 0 || !seeds.every(Number.isSafeInteger)) {
  console.error('--seeds takes integers separated by commas, e.g. --seeds 1,2,3')
  process.exit(2)
}

let runs = 0
let troubled = 0
const efforts = {
  calls: [] as number[],
  rounds: [] as number[],
  'executed CPU ms': [] as number[],
  'wall ms': [] as number[],
}
for (const blueprint of allBlueprints.filter(({ id }) => values.only === undefined || id === values.only)) {
  for (const level of blueprint.levels) {
    for (const seed of seeds) {
      // One memory for both languages: the programs are the same, only the prose differs.
      const executor = rememberingExecutor()
      for (const locale of ['ko', 'en'] as const) {
        const { ms, trouble, effort } = await runBlueprint(blueprint, level, locale, seed, executor)
        runs += 1
        if (trouble !== '') troubled += 1
        // The second language finds its executions in memory.
        if (effort !== undefined && locale === 'ko') {
          efforts.calls.push(effort.calls)
          efforts.rounds.push(effort.rounds)
          efforts['executed CPU ms'].push(effort.cpuMs)
          efforts['wall ms'].push(ms)
        }
        console.log(
          `${trouble === '' ? '✓' : '✗'} ${blueprint.id.padEnd(24)} ${level.padEnd(7)} ${locale} seed ${seed} ${String(ms).padStart(6)} ms ${String(effort?.cpuMs ?? '').padStart(6)} ms CPU ${trouble}`,
        )
      }
    }
  }
}
for (const [name, figures] of Object.entries(efforts)) {
  const sorted = figures.toSorted((one, other) => one - other)
  console.log(`${name.padEnd(16)} median ${sorted[Math.floor(sorted.length / 2)]}, most ${sorted.at(-1)}`)
}
console.log(`${runs - troubled} passed, ${troubled} failed`)
process.exit(troubled === 0 ? 0 : 1)
