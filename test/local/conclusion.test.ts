// What may help after a run that made no problem.
import { expect, test } from 'vitest'
import { hintFor } from '../../src/local/conclusion.ts'
import type { RunEnd } from '../../src/local/run-state.ts'

type Failed = Extract<RunEnd, { type: 'failed' }>

function failed(code: Failed['code'], ...evidence: string[]): Failed {
  return {
    type: 'failed',
    problemId: 'p',
    at: '2026-01-01T00:00:00.000Z',
    code,
    message: '',
    retryable: true,
    evidence,
  }
}

const copy = 'G20 (blueprint, attempt 3): 100 % like the stored problem p'

test('a stand-in whose problems are stored already needs another topic, database or model', () => {
  const end = failed('verification-failed', copy, 'no repair left (2 repairs a step)')
  expect(hintFor(end, true, 'ko')).toContain('--data')
  expect(hintFor(end, false, 'ko')).toBeUndefined()
})

test('a copy that was put right before something else failed is not the reason', () => {
  const end = failed('verification-failed', copy, 'G9 (proof, attempt 3): on "1"', 'no repair left (2 repairs a step)')
  expect(hintFor(end, true, 'en')).toBeUndefined()
})

test('an executor that is missing and a key that is refused have hints of their own', () => {
  expect(hintFor(failed('executor-unavailable'), true, 'en')).toContain('gcc')
  expect(hintFor(failed('model-key-refused'), false, 'en')).toContain('-k')
})
