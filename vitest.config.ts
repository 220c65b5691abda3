import { tmpdir } from 'node:os'
import path from 'node:path'
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
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // The suites wait for child processes half of the time.
    maxWorkers: 4,
    // For what hangs: nothing is timed here, and a busy machine may be ten times as slow as a free one.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    // A test that leaves an unhandled rejection behind is a failure, never a warning.
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['test/**/*.test.ts'],
          exclude: ['test/infra/**', 'test/http/environments.test.ts'],
          globalSetup: 'test/support/shared-results.ts',
        },
      },
      // The CDK takes seconds to load: once for all files of a worker.
      { extends: true, test: { name: 'infra', include: ['test/infra/**/*.test.ts'], isolate: false } },
      // The same suites on what is deployed, in AWS's own runtime client.
      {
        extends: true,
        test: {
          name: 'deployed',
          include: ['test/http/{streams,requests,lease,environments}.test.ts'],
          globalSetup: ['test/support/shared-results.ts', 'test/support/deployed-function.ts'],
          env: { ALPACO_TEST_DISK: path.join(tmpdir(), `alpaco-disk-${process.pid}`) },
        },
      },
    ],
  },
})
