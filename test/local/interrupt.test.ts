import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { interruptions } from '../../src/local/interrupt.ts'
import { readText } from '../../src/local/judging/text-file.ts'
import { Workplace } from './command.ts'
import { writeTree } from './tree.ts'

const entry = fileURLToPath(new URL('../../local-test.ts', import.meta.url))

describe('what nobody could interrupt', () => {
  let place: Workplace
  beforeEach(async () => {
    place = await Workplace.open()
  })
  afterEach(() => place.close())

  test('a judging for a reader that has left ends', async () => {
    const files = Array.from({ length: 6 }, (_, index) => [`t/${index}.in`, `t/${index}.ans`]).flat()
    const source = 'import time\ntime.sleep(0.2)'
    await writeTree(place.folder, { 'sleep.py': source, ...Object.fromEntries(files.map((file) => [file, ''])) })
    const words = `set -o pipefail; "${process.execPath}" "${entry}" judge t sleep.py --all | head -1`
    expect(spawnSync('bash', ['-c', words], { cwd: place.folder }).status).toBe(141)
  })

  test('a named pipe is refused before anybody waits for its writer', async () => {
    const pipe = place.path('pipe.in')
    execFileSync('mkfifo', [pipe])
    const reading = readText(pipe, 100, { signal: new AbortController().signal, locale: 'en' })
    await expect(reading).rejects.toThrow('named pipe')
  })
})

describe('the end of npm', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test.each([
    [true, true],
    [false, false],
  ])('is a request to stop for who was started by it: %s', (isBelowNpm, stops) => {
    const source = { ppid: 4_711, on: () => undefined, exit: () => undefined }
    const signal = interruptions(source, isBelowNpm)
    vi.advanceTimersByTime(5_000)
    expect(signal.aborted).toBe(false)
    source.ppid = 1
    vi.advanceTimersByTime(5_000)
    expect(signal.aborted).toBe(stops)
    if (stops) expect(signal.reason).toMatchObject({ name: 'Interrupted', exitCode: 143 })
  })
})
