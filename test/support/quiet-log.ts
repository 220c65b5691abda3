// A log for tests that are not about it.
import type { Log } from '../../src/ports.ts'

/** Says nothing. */
export const quietLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, metrics: () => {} }
