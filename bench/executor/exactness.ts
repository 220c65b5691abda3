// How exact limits and measurements are: busy loops against the CPU limit, a known peak of memory below a big parent.
import { median, type Figure } from '../measure.ts'
import { milliseconds } from './rounds.ts'
import { call, onPath, spawned, staticBinary, times, type Bench } from './sandbox.ts'

const MiB = 1024 * 1024
/** No multiples of a kernel's tick of 4 ms, with which a limit would be met by chance. */
const limitsMs = [101, 250, 503] as const
const loops = 4
const memoryRounds = 7
const parentMiB = 300

const busy = [
  { title: 'C', language: 'c', text: 'int main(void) { for (volatile unsigned long i = 0;; i++); }\n' },
  { title: 'Python', language: 'python', text: 'while True:\n    pass\n' },
] as const

/** Touches 50 MiB and prints its own peak in KiB: as getrusage says, and as /proc says where that can be opened. */
const touching = {
  language: 'c',
  text: `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
int main(void) {
  char line[256], *block = malloc(50 << 20);
  memset(block, 1, 50 << 20);
  long peak = 0;
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &peak);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%ld %ld %d\\n", usage.ru_maxrss, peak, block[usage.ru_maxrss]);
}
`,
} as const

export async function exactness(bench: Bench): Promise<Figure[]> {
  return [...(await cpuLimits(bench)), ...(await memory(bench))]
}

async function cpuLimits({ sandbox }: Bench): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { title, ...program } of busy) {
    await call(sandbox, program, [])
    const over: number[] = []
    for (const cpuMs of limitsMs) {
      const { results } = await call(sandbox, program, times(loops), { limits: { cpuMs }, outcome: 'cpu-limit' })
      over.push(...results.map((result) => result.cpuMs - cpuMs))
    }
    const most = Math.max(...over)
    figures.push({
      name: `${title}: most CPU beyond limits of ${limitsMs.join(', ')} ms (median ${milliseconds(median(over))})`,
      value: milliseconds(most),
      target: '0 to 10 ms',
      met: most <= 10 && Math.min(...over) >= 0,
    })
  }
  return figures
}

async function memory(bench: Bench): Promise<Figure[]> {
  const ballast = Buffer.alloc(parentMiB * MiB, 1)
  const parent = process.memoryUsage().rss / MiB
  const sandbox = bench.open(1)
  const binary = await staticBinary(bench, touching)
  const time = await onPath('time')
  const values = { ours: [] as number[], kernel: [] as number[], timed: [] as number[], naive: [] as number[] }
  for (let round = 0; round < memoryRounds; round++) {
    const { results } = await call(sandbox, touching, times(1))
    values.ours.push((results[0]?.peakMemoryBytes ?? Number.NaN) / MiB)
    const [usage, peak] = (await spawned(binary)).stdout.split(' ')
    values.naive.push(Number(usage) / 1024)
    values.kernel.push(Number(peak) / 1024)
    if (time === undefined) continue
    const { stderr } = await spawned(time, ['-v', binary])
    values.timed.push(Number(/Maximum resident set size \(kbytes\): (\d+)/.exec(stderr)?.[1]) / 1024)
  }
  await sandbox.close()
  const peak = median(values.kernel)
  const off = Math.max(...values.ours.map((value) => Math.abs(value - peak)))
  return [
    {
      name: `50 MiB touched, parent of ${parent.toFixed(0)} MiB: farthest from the kernel's ${peak.toFixed(2)}`,
      value: `${off.toFixed(2)} MiB`,
      target: '≤ 2 MiB',
      met: off <= 2 && ballast.length > 0,
    },
    { name: '  reported', value: mebibytes(values.ours) },
    time === undefined
      ? { name: '  peer: /usr/bin/time -v, which is not here (Debian: time)', value: 'not measured' }
      : { name: '  peer: /usr/bin/time -v of the same binary', value: mebibytes(values.timed) },
    { name: '  peer: ru_maxrss of it, spawned from the same parent', value: mebibytes(values.naive) },
  ]
}

function mebibytes(values: readonly number[]): string {
  return `${median(values).toFixed(2)} MiB`
}
