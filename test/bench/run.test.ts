// The command that measures: what it says of itself. The figures are its own affair.
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const bench = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ['bench/run.ts', ...args], { encoding: 'utf8' })

it('--help has a line for every benchmark', () => {
  const { status, stdout } = bench('--help')
  expect(status).toBe(0)
  const known = /There are: (.*)/.exec(bench('no-such').stderr)?.[1]?.split(', ') ?? []
  expect([...stdout.matchAll(/^ {2}([\w-]+) +\w.*$/gm)].map(([, name]) => name)).toEqual(known)
  expect(known.length).toBeGreaterThan(10)
})
