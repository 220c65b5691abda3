import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // The default leaves one core of two idle; the suites wait for child processes most of the time.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test that leaves an unhandled rejection behind is a failure, never a warning.
    dangerouslyIgnoreUnhandledErrors: false,
  },
})
