// `npm run test:image [-- --root FOLDER] [--without LANGUAGE]... [--machine WORDS] [--attack WORDS]`: the image without a
// container daemon. Builds its root folder as image/Dockerfile says and tries its entry point there (checks.ts). By hand:
// needs root, Linux, a Debian mirror, and an hour. FOLDER is kept and used again; the last two choose by parts of names.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readDockerfile } from './dockerfile.ts'
import { buildRoot } from './root.ts'

const { values: options } = parseArgs({
  options: {
    root: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] },
    machine: { type: 'string', default: '' },
    attack: { type: 'string', default: '' },
  },
})
if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  console.error('The image is built and entered by chroot and namespaces: this needs root, on Linux.')
  process.exit(2)
}

const work = options.root === undefined ? mkdtempSync(path.join(tmpdir(), 'alpaco-image-')) : path.resolve(options.root)
const startedAt = performance.now()
let status: number | null = 1
try {
  const without = options.without.flatMap((language) => ['--without', language])
  const root = buildRoot(readDockerfile(), work, { WITHOUT: without.join(' ') }, (what) => console.log(what))
  const size = execFileSync('du', ['-sxm', root], { encoding: 'utf8' }).split('\t')[0]
  console.log(`${size} MB, after ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  const container = path.join(work, 'container')
  const source = path.join(import.meta.dirname, 'container.c')
  execFileSync('gcc', ['-std=gnu17', '-O2', '-Wall', '-Wextra', '-o', container, source], { stdio: 'inherit' })
  // Loopback and nothing else: whatever a program reaches, it is not the network.
  const checks = [process.execPath, path.join(import.meta.dirname, 'checks.ts'), container, root]
  const chosen = [...without, '--machine', options.machine, '--attack', options.attack]
  status = spawnSync('unshare', ['--net', ...checks, ...chosen], { stdio: 'inherit' }).status
} finally {
  if (options.root === undefined) rmSync(work, { recursive: true, force: true })
}
process.exit(status ?? 1)
