// Finds the machine's own Chromium, under the names that distributions and its relatives give it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser']

/** The program's path; undefined when none of them runs, as a placeholder for a package that is not installed does not. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '/usr/bin:/bin').split(path.delimiter)
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0)
}
