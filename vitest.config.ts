import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take minutes, longest first: one of them alone at the end would leave a core idle. */
const longest = [
  'executor/attacks',
  'generation/blueprints',
  'http/faults',
  'executor/verdicts',
  'executor/differential',
  'executor/soak',
  'local/command',
]

function rank({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
  return at === -1 ? longest.length : at
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/shared-results.ts',
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // The suites wait for child processes a third of the time: two workers leave that much of two cores idle.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test that leaves an unhandled rejection behind is a failure, never a warning.
    dangerouslyIgnoreUnhandledErrors: false,
  },
})
