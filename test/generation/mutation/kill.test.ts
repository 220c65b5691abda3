// Which inputs kill which mutants, in a shared process and in processes of their own.
import { afterAll, describe, expect, it } from 'vitest'
import { createLocalExecutor } from '../../../src/adapters/local-executor.ts'
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import { killMutants, type KillOptions, type KillTask } from '../../../src/generation/mutation/kill.ts'
import { mutantsOf, type Mutant } from '../../../src/generation/mutation/mutants.ts'
import type { Executor } from '../../../src/ports.ts'
import { quietLog } from '../../support/quiet-log.ts'

const sandbox = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
const signal = new AbortController().signal
afterAll(async () => sandbox.close())

/** The sandbox, with a count of the runs. */
function counting(): Executor & { runs: number } {
  return {
    runs: 0,
    async run(batch, signal, onResult) {
      const reply = await sandbox.run(batch, signal, onResult)
      this.runs += reply.results.length
      return reply
    },
  }
}

/** A mutant by replacing one text in a source. */
function mutant(source: string, before: string, after: string): Mutant {
  expect(source.split(before)).toHaveLength(2)
  return { line: 1, operator: 'test', before, after, source: source.replace(before, after) }
}

const sum = (text: string): number => text.split(' ').reduce((total, token) => total + Number(token), 0)

/** The kills of each mutant, by what it has changed. */
async function kills(
  task: Omit<KillTask, 'mutants'>,
  changes: readonly (readonly [string, string])[],
  options: KillOptions = {},
  executor: Executor = sandbox,
): Promise<Record<string, readonly number[]>> {
  const mutants = changes.map(([before, after]) => mutant(task.source, before, after))
  const fates = await killMutants({ ...task, mutants }, executor, signal, options)
  return Object.fromEntries(fates.map(({ mutant, kills }) => [mutant.after, kills]))
}

const grades = `import sys
def main():
    score, bonus = map(int, sys.stdin.read().split())
    total = min(100, score + bonus)
    if total >= 90:
        print("A")
    else:
        print("B")
main()
`
const gradeInputs = ['90 0\n', '10 5\n', '80 11\n', '99 9\n', '85 5\n', '0 0\n']
const gradeOutputs = ['A\n', 'B\n', 'A\n', 'A\n', 'A\n', 'B\n']
const gradeTask = {
  source: grades,
  language: 'python' as const,
  inputs: gradeInputs,
  outputs: gradeOutputs,
}

describe('a Python program', () => {
  it('is told from its mutants by exactly these inputs', async () => {
    expect(
      await kills(gradeTask, [
        ['>= 90', '> 90'],
        ['score + bonus', 'score - bonus'],
        ['min(100', 'max(100'],
        ['"B"', '"B "'],
        ['total >=', 'score >='],
        ['min(100, score + bonus)', 'score + bonus'],
        ['print("A")', 'raise SystemExit(1)'],
        ['    if total', '    while True: pass\n    if total'],
      ]),
    ).toEqual({
      '> 90': [0, 4],
      'score - bonus': [2, 4],
      'max(100': [1, 5],
      '"B "': [],
      'score >=': [2, 4],
      // Equivalent: nothing is decided above 90.
      'score + bonus': [],
      'raise SystemExit(1)': [0, 2, 3, 4],
      '    while True: pass\n    if total': [0, 1],
    })
  })

  it('has mutants whose fate says how far they were run, and what was only late', async () => {
    const mutants = [
      mutant(grades, '"B"', '"C"'),
      mutant(grades, '"A"', '"A" ""'),
      mutant(grades, '    if', '    while True: pass\n    if'),
    ]
    const fates = await killMutants({ ...gradeTask, mutants }, sandbox, signal, { stopAfter: 1 })
    expect(fates.map(({ kills, late, tried }) => ({ kills, late, tried }))).toEqual([
      { kills: [1], late: [], tried: 2 },
      { kills: [], late: [], tried: 6 },
      { kills: [0], late: [0], tried: 1 },
    ])
  })

  it('is compared as the problem compares: what is accepted kills nothing', async () => {
    const source = 'import sys\nn = int(sys.stdin.read())\nprint(n // 2, n - n // 2)\n'
    const inputs = Array.from({ length: 40 }, (_, n) => `${n}\n`)
    const outputs = inputs.map((_, n) => `${Math.floor(n / 2)} ${n - Math.floor(n / 2)}\n`)
    const found = await kills(
      {
        source,
        language: 'python',
        inputs,
        outputs,
        accepts: async (expected, output, input) => sum(output) === sum(expected) && sum(output) === Number(input),
      },
      [
        ['n // 2, n - n // 2', 'n - n // 2, n // 2'],
        ['n // 2, n - n // 2', 'n, 0'],
        ['n - n // 2', 'n - n // 3'],
      ],
    )
    expect(found).toEqual({ 'n - n // 2, n // 2': [], 'n, 0': [], 'n - n // 3': [2, 4, 5, 6] })
  })

  it('that cannot live in a shared process has its mutants run by themselves', async () => {
    // The harness has its own streams above the descriptors; this one's own file object would read the real ones.
    const source = 'import io\nn = int(io.FileIO(0).read())\nprint("A" if n >= 90 else "B")\n'
    const executor = counting()
    const found = await kills(
      { source, language: 'python', inputs: ['89', '90', '91'], outputs: ['B\n', 'A\n', 'A\n'] },
      [
        ['>= 90', '> 90'],
        ['>= 90', '>= 89'],
      ],
      {},
      executor,
    )
    expect(found).toEqual({ '> 90': [1], '>= 89': [0] })
    expect(executor.runs).toBe(1 + 3 + 2 * 3)
  })

  it('is told from all its mutants but the equivalent ones, on 300 inputs in few processes', async () => {
    const executor = counting()
    const source = `import sys
def main():
    n, *a = map(int, sys.stdin.read().split())
    best = total = 0
    for i in range(n):
        total = max(total + a[i], a[i])
        if total > best and a[i] % 2 == 0:
            best = total
    left, right = 0, n - 1
    while left < right:
        if a[left] + a[right] > best:
            best = a[left] + a[right]
        left += 1
        right -= 1
    a.sort()
    for i in range(1, n):
        if a[i] - a[i - 1] < 2:
            best += 1
            continue
        break
    print(best)
main()
`
    const inputs = Array.from({ length: 300 }, (_, k) => {
      const n = 1 + (k % 6)
      return `${n}\n${Array.from({ length: n }, (_, i) => ((k * k * 31 + i * i * 17 + i * k * 7) % 23) - 9).join(' ')}\n`
    })
    const mutants = await mutantsOf(source, 'python', sandbox, signal)
    expect(mutants.length).toBeGreaterThan(50)
    const outputs = await answers(source, 'python', inputs)
    const fates = await killMutants({ source, language: 'python', inputs, outputs, mutants }, executor, signal)
    expect(fates.map(({ mutant }) => mutant)).toEqual(mutants)
    // Both equivalent: an equal value is assigned again.
    const survivors = fates.filter(({ kills }) => kills.length === 0)
    expect(survivors.map(({ mutant, tried }) => [mutant.after, tried])).toEqual([
      ['if total >= best and a[i] % 2 == 0:', 300],
      ['if a[left] + a[right] >= best:', 300],
    ])
    expect(executor.runs).toBeLessThan(20)
  })
})

describe('a compiled program', () => {
  const inputs = ['1 5\n', '2 3 3\n', '3 1 9 4\n', '4 2 8 8 1\n']
  const outputs = ['5 1\n', '3 2\n', '9 1\n', '8 2\n']

  it('in C++ is told from its mutants by exactly these inputs; what does not compile is left out', async () => {
    const source = `#include <cstdio>
int main() {
  int n, best = 0, count = 0;
  scanf("%d", &n);
  for (int i = 0; i < n; i++) {
    int a;
    scanf("%d", &a);
    if (a > best) { best = a; count = 0; }
    if (a == best) count++;
  }
  printf("%d %d\\n", best, count);
}
`
    expect(
      await kills({ source, language: 'cpp', inputs, outputs }, [
        ['a > best', 'a >= best'],
        ['count = 0; }', 'count = 1; }'],
        ['best = a;', ''],
        ['i < n', 'i < n - 1'],
        ['best = 0,', 'best = -1,'],
        ['count++', 'count*'],
        ['if (a == best)', 'while (a == best)'],
      ]),
    ).toEqual({
      'a >= best': [1, 3],
      'count = 1; }': [0, 1, 2, 3],
      '': [0, 1, 2, 3],
      'i < n - 1': [0, 1],
      'best = -1,': [],
      'while (a == best)': [0, 1],
    })
  })

  it('in Java is told from its mutants by exactly these inputs', async () => {
    const source = `import java.util.*;
public class Main {
  static int[] seen = new int[100];
  public static void main(String[] args) {
    Scanner in = new Scanner(System.in);
    int n = in.nextInt(), best = 0;
    for (int i = 0; i < n; i++) {
      int a = in.nextInt();
      seen[a]++;
      best = Math.max(best, a);
    }
    System.out.println(best + " " + seen[best]);
  }
}
`
    const executor = counting()
    const found = await kills(
      { source, language: 'java', inputs, outputs },
      [
        ['Math.max', 'Math.min'],
        ['seen[a]++', 'seen[a] = 1'],
        ['int n = in.nextInt(), best = 0', 'int n = in.nextInt(), best = 4'],
        ['new int[100]', 'new int[9]'],
        ['i < n', 'i <= n'],
      ],
      {},
      executor,
    )
    expect(found).toEqual({
      'Math.min': [0, 1, 2, 3],
      'seen[a] = 1': [1, 3],
      'int n = in.nextInt(), best = 4': [1],
      'new int[9]': [2],
      'i <= n': [0, 1, 2, 3],
    })
    // Four to measure the time, one to see that the inputs can share a machine, one for each mutant.
    expect(executor.runs).toBe(4 + 1 + 5)
  })

  it('in JavaScript is run by itself as well', async () => {
    const source = `const [n, ...a] = require('fs').readFileSync(0, 'utf8').split(/\\s+/).map(Number)
const best = Math.max(...a.slice(0, n))
console.log(best, a.slice(0, n).filter((x) => x === best).length)
`
    expect(
      await kills({ source, language: 'javascript', inputs, outputs }, [
        ['x === best', 'x >= best'],
        ['Math.max', 'Math.min'],
      ]),
    ).toEqual({ 'x >= best': [], 'Math.min': [2, 3] })
  })
})

async function answers(source: string, language: ExecutorLanguage, inputs: readonly string[]): Promise<string[]> {
  const { results } = await sandbox.run(
    {
      version: 1,
      program: { language, files: [{ name: 'main.txt', text: source }] },
      tests: inputs.map((input) => ({ input })),
      limits: { cpuMs: 2_000, wallMs: 9_000, memoryBytes: 256 * 1024 * 1024, outputBytes: 1024 * 1024 },
      hashSeed: 0,
    },
    signal,
  )
  return results.map(({ stdout }) => stdout)
}
