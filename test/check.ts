// `npm run check`: format, typed lint, types, unused code, tests. Stops at the first that fails.
import { spawnSync } from 'node:child_process'

/** Cheap ones first; the import rules are a test (test/architecture.test.ts). */
const checks: readonly [name: string, command: string, ...args: string[]][] = [
  ['format', 'oxfmt', '--check', '.'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['types', 'tsc', '--noEmit'],
  ['unused code', 'knip'],
  ['tests', 'npm', 'test', '--silent'],
]

for (const [name, command, ...args] of checks) {
  const startedAt = performance.now()
  console.log(`\n▶ ${name}: ${command} ${args.join(' ')}`)
  // npm puts the project's own programs first on the path, Node 24 among them.
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  if (status !== 0) {
    console.error(`✗ ${name} failed after ${seconds} s`)
    process.exit(1)
  }
  console.log(`✓ ${name} (${seconds} s)`)
}
