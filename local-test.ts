// The one-command run: everything of the service on this machine, offline, without an account. `--help` says what it can do.
import { main } from './src/local/main.ts'

const exitCode = await main({
  argv: process.argv.slice(2),
  env: process.env,
  folder: process.cwd(),
  get stdin() {
    return process.stdin
  },
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
})
// What was written goes out first; then nothing that is still open may keep the process.
await new Promise((written) => process.stdout.write('', written))
process.exit(exitCode)
