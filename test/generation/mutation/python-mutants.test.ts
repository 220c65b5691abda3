// Mutants of Python programs: what each operator makes of a line, and what is left alone.
import { afterAll, describe, expect, it } from 'vitest'
import { createLocalExecutor } from '../../../src/adapters/local-executor.ts'
import { mutantsOf, type Mutant } from '../../../src/generation/mutation/mutants.ts'
import { quietLog } from '../../support/quiet-log.ts'

const sandbox = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
const signal = new AbortController().signal
afterAll(async () => sandbox.close())

const allOf = async (source: string, limit = 1_000, seed = 1): Promise<Mutant[]> =>
  mutantsOf(source, 'python', sandbox, signal, { limit, seed })

/** What an operator makes of a source of one changed line each, sorted. */
async function made(source: string, operator: string): Promise<string[]> {
  const mutants = await allOf(source)
  return mutants.flatMap((mutant) => (mutant.operator === operator ? [mutant.after] : [])).sort()
}

const operators: readonly [string, string, readonly string[]][] = [
  ['comparison', 'print(a < b)', ['print(a <= b)']],
  ['comparison', 'print(a <= b)', ['print(a < b)']],
  ['comparison', 'print(a > b)', ['print(a >= b)']],
  ['comparison', 'print(a >= b)', ['print(a > b)']],
  ['comparison', 'print(a == b)', ['print(a != b)']],
  ['comparison', 'print(a != b)', ['print(a == b)']],
  ['comparison', 'print(0 < a <= b)', ['print(0 < a < b)', 'print(0 <= a <= b)']],
  ['comparison', 'print((a) < (b))', ['print((a) <= (b))']],
  ['comparison', 'print(a in b)', ['print(a not in b)']],
  ['comparison', 'print(a not  in b)', ['print(a in b)']],
  ['arithmetic', 'x = a + b', ['x = a - b']],
  ['arithmetic', 'x = a - b', ['x = a + b']],
  ['arithmetic', 'x = a * b', ['x = a // b']],
  ['arithmetic', 'x = a // b', ['x = a / b']],
  ['arithmetic', 'x = a / b', ['x = a // b']],
  ['arithmetic', 'x = a & b', ['x = a | b']],
  ['arithmetic', 'x = (a + b) * c', ['x = (a + b) // c', 'x = (a - b) * c']],
  ['arithmetic', 'x += y', ['x -= y']],
  ['arithmetic', 'x = "a" + b', []],
  ['arithmetic', 'x = [a] * b', []],
  ['modulus', 'x = (a + b) % m', ['x = (a + b)']],
  ['modulus', 'x = f(a) % m + 1', ['x = f(a) + 1']],
  ['modulus', 'x %= m', ['pass']],
  ['modulus', 'x = "%d" % m', []],
  ['constant', 'x = a + 0', ['x = a + 1']],
  ['constant', 'x = a + 1', ['x = a + 0', 'x = a + 2']],
  ['constant', 'x = a + 7', ['x = a + 6', 'x = a + 8']],
  ['constant', 'x = [False] * n', ['x = [True] * n']],
  ['constant', 'x = 0.5', ['x = 1.5']],
  ['constant', 'x = "7"', []],
  ['constant', 'print(f"{x:.6f} {n + 1}")', []],
  ['constant', 'best = 10**9', []],
  ['constant', 'x = [a] * (n + 1)', ['x = [a] * (n + 0)']],
  ['constant', 'x = [a for _ in range(n + 1)]', ['x = [a for _ in range(n + 0)]']],
  ['min-max', 'x = min(a, b)', ['x = max(a, b)']],
  ['min-max', 'x = max(a, b)', ['x = min(a, b)']],
  ['boolean', 'x = a and b', ['x = a or b']],
  ['boolean', 'x = a or (b) or c', ['x = a and (b) or c', 'x = a or (b) and c']],
  ['negation', 'x = not a', ['x = a']],
  ['negation', 'x = -a', ['x = a']],
  ['branch', 'if a < b: x = c', ['if False: x = c', 'if True: x = c']],
  ['branch', 'x = a if b else c', ['x = a if False else c', 'x = a if True else c']],
  ['branch', 'x = [a for a in b if a]', ['x = [a for a in b if True]']],
  ['branch', 'while a: f()', ['while False: f()']],
  ['statement', 'x += y', ['pass']],
  ['statement', 'x.append(y)', ['pass']],
  ['statement', 'heapq.heappush(x, y)', ['pass']],
  ['statement', 'x[a] = b', ['pass']],
  ['statement', 'x = a', []],
  [
    'range',
    'for i in range(n): f()',
    ['for i in range(1, n): f()', 'for i in range(n + 1): f()', 'for i in range(n - 1): f()'],
  ],
  [
    'range',
    'for i in range(a, b): f()',
    [
      'for i in range(a + 1, b): f()',
      'for i in range(a - 1, b): f()',
      'for i in range(a, b + 1): f()',
      'for i in range(a, b - 1): f()',
    ],
  ],
  ['order', 'x = sorted(a)', ['x = sorted(a, reverse=True)']],
  ['order', 'a.sort()', ['a.sort(reverse=True)']],
  ['order', 'a.sort(reverse=True)', ['a.sort(reverse=False)']],
  ['order', 'x = sorted(a, key=f)', ['x = sorted(a, key=None)', 'x = sorted(a, key=f, reverse=True)']],
  ['order', 'for i in reversed(a): f()', ['for i in a: f()']],
  [
    'slice',
    'x = a[l:r]',
    ['x = a[:r]', 'x = a[l + 1:r]', 'x = a[l - 1:r]', 'x = a[l:]', 'x = a[l:r + 1]', 'x = a[l:r - 1]'],
  ],
  ['initial', "best = float('inf')", ['best = 0']],
  ['initial', 'best = -math.inf', ['best = 0']],
  ['initial', 'best = 10**18', ['best = 0']],
  ['initial', 'best = [1000000000] * n', ['best = [0] * n']],
  ['initial', 'modulus = 10**9 + 7', []],
]

describe('operators', () => {
  it.each(operators)('%s: %s', async (operator, source, expected) => {
    expect(await made(source, operator)).toEqual([...expected].sort())
  })

  it('drop an else, but no elif', async () => {
    const source = 'if a:\n    x = 1\nelif b:\n    x = 2\nelse:\n    x = 3\n    y = 4\nprint(x)\n'
    const mutants = (await allOf(source)).filter(({ operator }) => operator === 'else')
    expect(mutants.map(({ line, source }) => [line, source])).toEqual([
      [6, 'if a:\n    x = 1\nelif b:\n    x = 2\nelse:\n    pass\nprint(x)\n'],
    ])
  })

  it('drop break and continue', async () => {
    const source = 'for i in a:\n    if i:\n        continue\n    break\n'
    const mutants = (await allOf(source)).filter(({ operator }) => operator === 'jump')
    expect(mutants.map(({ line, before, after }) => [line, before, after])).toEqual([
      [3, 'continue', 'pass'],
      [4, 'break', 'pass'],
    ])
  })

  it('drop an assignment in a loop only where the name has a value without it', async () => {
    const source = 'best = f()\nfor i in a:\n    best = g(i)\n    other = h(i)\n    print(other)\nprint(best)\n'
    const mutants = (await allOf(source)).filter(({ operator }) => operator === 'statement')
    expect(mutants.map(({ line, before }) => [line, before])).toEqual([[3, 'best = g(i)']])
  })
})

describe('what is left alone', () => {
  it.each([
    'import sys\nfrom math import gcd\n',
    'import sys\nsys.setrecursionlimit(10**6 + 5)\n',
    'import sys\nn, m = map(int, sys.stdin.readline().split()[:2])\n',
    'n = int(input()) + 0\n',
    'import sys\ninput = sys.stdin.readline\nn = int(input()) - 1\n',
    'import sys\ndata = sys.stdin.read().split()\nn = int(data[0])\nm = int(data[1])\n',
    'if __name__ == "__main__":\n    main()\n',
    'from functools import lru_cache\n@lru_cache(maxsize=1000)\ndef f(a: "list[1]"): return a\n',
    '"""At least 1 < 2."""\nx = a  # and 1 < 2\n',
  ])('%j', async (source) => {
    expect(await allOf(source)).toEqual([])
  })

  it('signs in comments between operands', async () => {
    expect(await made('x = (a  # a < b\n     < b)\n', 'comparison')).toEqual(['<= b)'])
  })
})

const program = `import sys


def main():
    n, *a = map(int, sys.stdin.read().split())
    best = total = 0
    for i in range(n):
        total = max(total + a[i], a[i])
        if total > best and a[i] % 2 == 0:
            best = total
        else:
            best -= 1
    print(best)


main()
`

describe('a program as a machine would write it', () => {
  it.each([
    [
      'a long chain of branches',
      Array.from({ length: 250 }, (_, at) => `${at === 0 ? 'if' : 'elif'} n == ${at}:\n    x = ${at}`),
    ],
    ['many statements', Array.from({ length: 2_000 }, (_, at) => `x[${at}] = n + ${at}`)],
  ])('with %s is taken apart like any other', async (_what, lines) => {
    const source = `n = int(input())\nx = [0] * 2000\n${lines.join('\n')}\nprint(x)\n`
    expect(await allOf(source, 60)).toHaveLength(60)
  })
})

describe('the choice', () => {
  it('is the same for the same seed and another for another', async () => {
    const [first, again, other] = await Promise.all([allOf(program, 8), allOf(program, 8), allOf(program, 8, 2)])
    expect(again).toEqual(first)
    expect(other.map(({ source }) => source)).not.toEqual(first.map(({ source }) => source))
  })

  it('spreads over operators and lines, and holds no mutant twice', async () => {
    const few = await allOf(program, 12)
    expect(few).toHaveLength(12)
    expect(new Set(few.map(({ operator }) => operator)).size).toBe(10)
    for (const seed of [1, 2, 3, 4]) {
      const lines = (await allOf(program, 16, seed)).map(({ line }) => line)
      expect([...new Set(lines)]).toEqual([6, 7, 8, 9, 10, 12])
    }
    const all = await allOf(program)
    expect(new Set(all.map(({ source }) => source)).size).toBe(all.length)
    expect(all.map(({ line }) => line)).toEqual(all.map(({ line }) => line).sort((a, b) => a - b))
  })

  it('tells line and change as they are in the source', async () => {
    for (const { line, before, after, source } of await allOf(program)) {
      const lines = program.split('\n')
      const changed = source.split('\n')
      expect([lines[line - 1]?.trim(), changed[line - 1]?.trim()]).toEqual([before, after])
      expect(changed.filter((text, index) => text !== lines[index])).toHaveLength(1)
    }
  })

  it('counts bytes, lines and marks as Python does', async () => {
    const source = '\uFEFF이름 = "é" if 값 < 3 else "ü"\r\nprint(이름)\r\n'
    const mutants = await allOf(source)
    expect(mutants.map(({ operator, after }) => [operator, after])).toContainEqual([
      'comparison',
      '이름 = "é" if 값 <= 3 else "ü"',
    ])
  })

  it('of what does not compile is a fault', async () => {
    await expect(allOf('print((')).rejects.toThrow('No mutants were made: SyntaxError')
  })
})
