// Verdicts on a busy machine, by hand: node test/executor/load.ts [--count 200]. Programs near half of their time limit
// must all be accepted and programs at one and a half times must all be stopped, while other processes want every core.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import type { GradeReport, Submission, Verdict } from '../../src/contract/judging.ts'
import type { Executor } from '../../src/ports.ts'
import { openSandbox } from './sandbox.ts'
import { grade } from './verdicts/grade.ts'

const timeMs = 1_000

/** Each turns a small wheel as often as its input says and prints where it stops. */
const programs: Record<ExecutorLanguage, { name: string; text: string }> = {
  python: {
    name: 'main.py',
    text: 'def turn(n):\n  x = 1\n  for _ in range(n): x = x * 69069 % 1000003\n  return x\nprint(turn(int(input())))\n',
  },
  c: {
    name: 'main.c',
    text: '#include <stdio.h>\nint main(void) { long n, x = 1; scanf("%ld", &n); while (n-- > 0) x = x * 69069 % 1000003; printf("%ld\\n", x); }\n',
  },
  cpp: {
    name: 'main.cpp',
    text: '#include <iostream>\nint main() { long n, x = 1; std::cin >> n; while (n-- > 0) x = x * 69069 % 1000003; std::cout << x << std::endl; }\n',
  },
  java: {
    name: 'Main.java',
    text: 'class Main { public static void main(String[] a) { long n = new java.util.Scanner(System.in).nextLong(), x = 1; while (n-- > 0) x = x * 69069 % 1000003; System.out.println(x); } }\n',
  },
  javascript: {
    name: 'main.js',
    text: 'let n = Number(require("fs").readFileSync(0, "utf8")), x = 1\nwhile (n-- > 0) x = (x * 69069) % 1000003\nconsole.log(x)\n',
  },
}
const languages = Object.keys(programs) as ExecutorLanguage[]

/** What the wheel shows after `turns`: its numbers repeat with a period that divides 1,000,002. */
function wheel(turns: number): string {
  let x = 1n
  for (let rest = turns % 1_000_002; rest > 0; rest--) x = (x * 69_069n) % 1_000_003n
  return `${x}\n`
}

function submissionOf(language: ExecutorLanguage, turns: number, limitMs: number): Submission {
  return {
    program: { language, files: [programs[language]] },
    tests: [{ name: '1', input: `${turns}\n`, answer: wheel(turns) }],
    limits: { timeMs: limitMs, memoryBytes: 256 * 1024 * 1024, outputBytes: 1024 },
    checker: { kind: 'tokens' },
    all: false,
  }
}

/** How many turns take one second of CPU time here. */
async function turnsPerSecond(language: ExecutorLanguage, executor: Executor): Promise<number> {
  let turns = 100_000
  for (;;) {
    const report = await grade(submissionOf(language, turns, 30_000), executor)
    if (report.verdict !== 'accepted') throw new Error(`${language}: ${JSON.stringify(report)}`)
    if (report.timeMs > 700) return (turns / report.timeMs) * 1_000
    turns = Math.ceil(turns * Math.min(10, 1_000 / Math.max(report.timeMs, 1)))
  }
}

interface Series {
  readonly what: string
  readonly share: number
  readonly expected: Verdict
}
const series: readonly Series[] = [
  { what: 'half of the limit', share: 0.5, expected: 'accepted' },
  { what: '1.5 x the limit', share: 1.5, expected: 'time-limit-exceeded' },
]

const { values } = parseArgs({ options: { count: { type: 'string', default: '200' } } })
const count = Number(values.count)
const slots = availableParallelism()
const sandbox = await openSandbox('all', { slots })
const busy: { kill(): boolean }[] = []
let failures = 0
try {
  const speeds = new Map<ExecutorLanguage, number>()
  for (const language of languages) speeds.set(language, await turnsPerSecond(language, sandbox.executor))
  for (let index = 0; index < 2 * availableParallelism(); index++) {
    busy.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
  }
  console.log(
    `${busy.length} busy processes on ${availableParallelism()} cores, ${slots} slots, tier ${sandbox.tier}\n`,
  )
  console.log('series             language     runs  right  CPU ms least..most  wall ms most  wrong verdicts')
  for (const { what, share, expected } of series) {
    const jobs = Array.from({ length: count }, (_, index) => languages[index % languages.length] ?? 'c').values()
    const reports = new Map(languages.map((language): [ExecutorLanguage, GradeReport[]] => [language, []]))
    const work = async (): Promise<void> => {
      for (const language of jobs) {
        const turns = Math.round((speeds.get(language) ?? 0) * (timeMs / 1_000) * share)
        reports.get(language)?.push(await grade(submissionOf(language, turns, timeMs), sandbox.executor))
      }
    }
    await Promise.all(Array.from({ length: slots }, work))
    for (const [language, graded] of reports) {
      const wrong = graded.filter(({ verdict }) => verdict !== expected)
      failures += wrong.length
      const times = graded.map((report) => report.timeMs)
      const walls = graded.flatMap(({ tests }) => tests.map(({ wallMs }) => wallMs))
      const range = `${Math.round(Math.min(...times))}..${Math.round(Math.max(...times))}`
      const kinds = [...new Set(wrong.map(({ verdict, tests }) => `${verdict} (${tests.at(-1)?.note})`))].join(', ')
      console.log(
        [
          what.padEnd(17),
          language.padEnd(11),
          String(graded.length).padStart(4),
          String(graded.length - wrong.length).padStart(5),
          range.padStart(18),
          String(Math.round(Math.max(...walls))).padStart(12),
          kinds,
        ].join('  '),
      )
    }
  }
} finally {
  for (const child of busy) child.kill()
  await sandbox.close()
}
if (failures > 0) {
  console.error(`\n${failures} verdicts are wrong.`)
  process.exitCode = 1
}
