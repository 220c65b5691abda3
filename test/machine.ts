// Checks what the tests need from the machine and installs what is missing, or prints the command that does.
import { execFileSync, spawnSync } from 'node:child_process'

/** A program the tests call, the Debian package that brings it, and how to tell that it is good enough. */
const needed = [
  { program: 'python3', package: 'python3', probe: ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'] },
  { program: 'curl', package: 'curl', probe: ['--version'] },
]

const missing = needed.filter((tool) => spawnSync(tool.program, tool.probe, { stdio: 'ignore' }).status !== 0)

if (missing.length > 0) {
  const packages = missing.map((tool) => tool.package).join(' ')
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages}`
  const isRoot = process.getuid?.() === 0
  const maySudo = !isRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  if (process.platform !== 'linux' || (!isRoot && !maySudo)) {
    console.error(`The tests need ${packages} (Python 3.11 or newer). Install with:\n  sudo sh -c '${command}'`)
    process.exit(1)
  }
  console.error(`Installing ${packages} …`)
  const shell = ['sh', '-c', command]
  const [program = 'sh', ...args] = isRoot ? shell : ['sudo', '-n', ...shell]
  execFileSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
