// The oracle of the planted-defect benchmark is tried itself: it finds every fault planted in right problems, and no other.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { bases, type BaseId } from '../../bench/defects/bases/index.ts'
import { parseConstraints } from '../../bench/defects/oracle/bounds.ts'
import { findingKinds } from '../../bench/defects/oracle/findings.ts'
import { programsOf } from '../../bench/defects/oracle/hidden.ts'
import { judgeProblem } from '../../bench/defects/oracle/judge.ts'
import { runProgram, stored } from '../../bench/defects/oracle/runner.ts'
import { damages, harmless, type Sound } from '../../bench/defects/oracle/trial.ts'
import { soundProblem } from './sound-problem.ts'

const folder = path.join(import.meta.dirname, '../../bench/defects')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(?:oracle|bases)\/.*\.ts$/.test(file))
  .map((file) => ({ file, source: readFileSync(path.join(folder, file), 'utf8') }))

it.each(sources)('$file imports nothing of the pipeline and nothing of the scripted author', ({ source }) => {
  const specifiers = [...source.matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? '')
  expect(
    specifiers.filter((one) => !/^\.\/|^\.\.\/(?:oracle|bases)\/|^\.\.\/\.\.\/oracle\/|^zod$|^node:/.test(one)),
  ).toEqual([])
})

it.each(Object.keys(bases) as BaseId[])('%s has enough hidden programs, at least half of them not in Python', (id) => {
  const { wrong, slow, right } = programsOf(id)
  expect(wrong.length).toBeGreaterThanOrEqual(4)
  expect(wrong.length + slow.length).toBeGreaterThanOrEqual(5)
  expect(right.length).toBeGreaterThanOrEqual(2)
  const all = [...wrong, ...slow, ...right]
  expect(all.filter(({ language }) => language !== 'python').length * 2).toBeGreaterThanOrEqual(all.length)
})

it('constraints are read with thousands, powers, products and names', () => {
  const bounds = parseConstraints(
    '- 1 ≤ N ≤ 200,000\n- 0 ≤ M ≤ min(N × (N - 1) / 2, 58,000)\n- -10^9 ≤ A_i ≤ 10^9\n- S의 각 문자는 `a-c` 중 하나이다.',
  )
  expect(bounds.max('N')).toBe(200_000)
  expect(bounds.max('M', { N: 5 })).toBe(10)
  expect(bounds.max('M', { N: 200_000 })).toBe(58_000)
  expect(bounds.min('A_i')).toBe(-1_000_000_000)
  expect(bounds.alphabet('S')).toBe('a-c')
  expect(() => bounds.min('K')).toThrow(/no range for K/)
})

it('a program is stopped at its limits, and the language does not matter', async () => {
  const limits = { timeMs: 300, memoryBytes: 128 * 1024 * 1024 }
  const input = [await stored('1\n')]
  const outcome = async (language: 'python' | 'cpp' | 'java', source: string): Promise<string | undefined> =>
    (await runProgram({ name: 'p', language, source }, input, { limits, expected: input }))[0]?.outcome
  expect(await outcome('python', 'print(input())')).toBe('ok')
  expect(await outcome('python', 'while True: pass')).toBe('time')
  expect(await outcome('python', 'x = bytearray(1 << 30)')).toBe('memory')
  expect(await outcome('python', 'print(2)')).toBe('wrong')
  expect(await outcome('python', 'raise ValueError')).toBe('crash')
  expect(await outcome('cpp', 'int main() { for (volatile int i = 0;; i++); }')).toBe('time')
  expect(await outcome('cpp', 'int main() { __builtin_trap(); }')).toBe('crash')
  expect(await outcome('java', 'public class Main { public static void main(String[] a) { while (true); } }')).toBe(
    'time',
  )
  expect(await outcome('java', 'class Main {')).toBe(undefined)
})

it('every kind of finding is tried', () => {
  const tried = new Set(damages.flatMap(({ expected }) => expected))
  expect(findingKinds.filter((kind) => !tried.has(kind))).toEqual([])
})

describe('a right problem', () => {
  const sound = new Map<string, Sound>()

  beforeAll(async () => {
    for (const id of ['armour-match-easy', 'hill-view-medium'] as const) sound.set(id, await soundProblem(id))
  })

  function problemOf(id: string): Sound {
    const problem = sound.get(id)
    if (problem === undefined) throw new Error(`no problem ${id}`)
    return problem
  }

  it.each(['armour-match-easy', 'hill-view-medium'] as const)(
    '%s is found right, and its tests are strong',
    async (id) => {
      const { findings, survivors, victims, tried } = await judgeProblem(problemOf(id), id)
      expect({ findings, survivors, victims }).toEqual({ findings: [], survivors: [], victims: [] })
      expect(tried.wrong).toBeGreaterThanOrEqual(5)
    },
  )

  it.each(damages)('$name: $expected', async ({ base, expected, victims = 0, survivors, damage }) => {
    const found = await judgeProblem(damage(problemOf(base)), base)
    expect(found.findings.map(({ kind }) => kind).sort()).toEqual([...expected].sort())
    expect(found.victims).toHaveLength(victims)
    if (survivors !== undefined) expect(found.survivors.length).toBeGreaterThanOrEqual(survivors)
  })

  it.each(harmless)('$name is no fault', async ({ base, damage }) => {
    const { findings, victims } = await judgeProblem(damage(problemOf(base)), base)
    expect({ findings, victims }).toEqual({ findings: [], victims: [] })
  })
})
