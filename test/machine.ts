// Checks what the tests need from the machine, all five languages, curl, git and a Chromium, and installs what is missing or
// prints the command that does (image/install.sh).
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { findTools, missingTools } from '../src/executor/toolchain.ts'
import { findChromium } from './browser/chromium.ts'

/** What is missing: of the sandbox, and of the other packages that the tests need. */
async function missing(): Promise<{ tools: string[]; packages: string[] }> {
  const programs = ['curl', 'git'].filter((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status !== 0)
  return {
    tools: missingTools(await findTools(process.env['PATH'] ?? '/usr/bin:/bin')),
    packages: [...programs, ...(findChromium() === undefined ? ['chromium'] : [])],
  }
}

const { tools, packages } = await missing()
if (tools.length + packages.length > 0) {
  console.error(`The tests need ${[...tools, ...packages].join(', ')}.`)
  const script = path.join(import.meta.dirname, '../image/install.sh')
  const { status } = spawnSync('sh', [script, ...packages], { stdio: ['ignore', 'inherit', 'inherit'] })
  const still = status === 0 ? await missing() : { tools: [], packages: [] }
  const after = [...still.tools, ...still.packages]
  if (after.length > 0) console.error(`Installed, but not found or too old: ${after.join(', ')}.`)
  if (status !== 0 || after.length > 0) {
    // Its Chromium is a snap, which keeps its own temporary files and cannot be driven from outside.
    if (packages.includes('chromium')) console.error('On Ubuntu, install Google Chrome and try again.')
    process.exit(1)
  }
}
