import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { interruptions } from '../../src/local/interrupt.ts'

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
