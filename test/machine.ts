// Checks what the tests need from the machine, all five languages and curl, and installs what is missing or prints the
// command that does (image/install.sh).
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { findTools, missingTools } from '../src/executor/toolchain.ts'

async function missing(): Promise<string[]> {
  const hasCurl = spawnSync('curl', ['--version'], { stdio: 'ignore' }).status === 0
  const tools = missingTools(await findTools(process.env['PATH'] ?? '/usr/bin:/bin'))
  return hasCurl ? tools : [...tools, 'curl']
}

const before = await missing()
if (before.length > 0) {
  console.error(`The tests need ${before.join(', ')}.`)
  const script = path.join(import.meta.dirname, '../image/install.sh')
  const { status } = spawnSync('sh', [script, 'curl'], { stdio: ['ignore', 'inherit', 'inherit'] })
  const after = status === 0 ? await missing() : []
  if (after.length > 0) console.error(`Installed, but not found or too old: ${after.join(', ')}.`)
  if (status !== 0 || after.length > 0) process.exit(1)
}
