// The image's root folder without a container daemon: a fresh Debian by debootstrap, on which the Dockerfile's instructions
// are carried out by chroot. Needs root and a Debian mirror.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { repository, type Copy, type Instruction, type Stage } from './dockerfile.ts'

/** What the official slim image leaves out of every package. */
const slim = ['doc', 'info', 'linda', 'lintian', 'locale', 'man'].map((name) => `/usr/share/${name}/*`)

/**
 * The root folder of the last stage, in `work`. A stage that is there already and was made of the same is used again.
 * `args` are the build's arguments; `say` hears what is done.
 */
export function buildRoot(
  stages: readonly Stage[],
  work: string,
  args: Readonly<Record<string, string>>,
  say: (what: string) => void,
): string {
  mkdirSync(work, { recursive: true })
  const roots = new Map<string, { folder: string; key: string }>()
  // The two stages that come from elsewhere: the repository's own Node and packages stand in for them.
  roots.set('node', { folder: nodeStandIn(path.join(work, 'node')), key: process.version })
  roots.set('modules', { folder: modulesStandIn(path.join(work, 'modules')), key: lockKey() })
  let last = ''
  for (const { name = 'image', base, instructions: written } of stages) {
    if (name === 'node' || name === 'modules') continue
    const instructions = written.map((each) =>
      each.keyword === 'ARG' ? { ...each, value: args[each.name] ?? each.value } : each,
    )
    const below = roots.get(base) ?? debian(base, path.join(work, 'debian'), say)
    const folder = path.join(work, name)
    const key = keyOf(below.key, instructions, (stage) => roots.get(stage)?.key ?? '')
    roots.set(name, { folder, key })
    last = folder
    const keyFile = `${folder}.key`
    if (existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) continue
    const startedAt = performance.now()
    rmSync(keyFile, { force: true })
    rmSync(folder, { recursive: true, force: true })
    execFileSync('cp', ['-a', below.folder, folder])
    perform(folder, instructions, (stage) => roots.get(stage)?.folder ?? '')
    writeFileSync(keyFile, key)
    say(`stage ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  }
  return last
}

function nodeStandIn(folder: string): string {
  const target = path.join(folder, 'usr/local/bin/node')
  if (!existsSync(target)) cpSync(process.execPath, target, { recursive: true })
  return folder
}

function modulesStandIn(folder: string): string {
  mkdirSync(path.join(folder, 'build'), { recursive: true })
  const link = path.join(folder, 'build/node_modules')
  if (!existsSync(link)) execFileSync('ln', ['-s', path.join(repository, 'node_modules'), link])
  return folder
}

const lockKey = (): string => readFileSync(path.join(repository, 'package-lock.json'), 'utf8')

/** A minimal Debian, as the official slim image is one. */
function debian(image: string, folder: string, say: (what: string) => void): { folder: string; key: string } {
  const release = /^debian:(\w+)-slim@/.exec(image)?.[1]
  if (release === undefined) throw new Error(`image/Dockerfile: nothing stands in for ${image}`)
  const result = { folder, key: release }
  if (existsSync(path.join(folder, 'etc/debian_version'))) return result
  const [source] = debianSources(release)
  if (source === undefined) throw new Error(`This machine's apt sources name no mirror of Debian ${release}.`)
  const startedAt = performance.now()
  install('debootstrap')
  const { status, stdout } = spawnSync('debootstrap', ['--variant=minbase', release, folder, source.uri], {
    encoding: 'utf8',
  })
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`debootstrap failed:\n${stdout.split('\n').slice(-5).join('\n')}`)
  }
  const excludes = [...slim.map((pattern) => `path-exclude ${pattern}`), 'path-include /usr/share/doc/*/copyright']
  writeFileSync(path.join(folder, 'etc/dpkg/dpkg.cfg.d/docker'), `${excludes.join('\n')}\n`)
  for (const name of ['info', 'locale', 'man'])
    rmSync(path.join(folder, 'usr/share', name), { recursive: true, force: true })
  say(`debootstrap ${release} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  return result
}

function install(program: string): void {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0) return
  const sh = `apt-get update && apt-get install -y --no-install-recommends ${program}`
  execFileSync('sh', ['-c', sh], { stdio: ['ignore', 'ignore', 'inherit'] })
}

interface AptSource {
  readonly uri: string
  readonly suite: string
}

/** This machine's own sources of a Debian release, read when they are needed and written down nowhere else. */
function debianSources(release: string): AptSource[] {
  const folder = '/etc/apt/sources.list.d'
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []),
  ]
  const found = files
    .filter((file) => existsSync(file))
    .flatMap((file) => {
      const lines = readFileSync(file, 'utf8').replaceAll(/^#.*\n/gm, '')
      if (file.endsWith('.sources')) return lines.split(/\n\n+/).flatMap(readParagraph)
      if (file.endsWith('.list')) return lines.split('\n').flatMap(readLine)
      return []
    })
  const suites = ['', '-updates', '-security'].map((ending) => release + ending)
  // The release itself first: debootstrap takes it from there.
  return found.filter(({ suite }) => suites.includes(suite)).sort((a, b) => a.suite.length - b.suite.length)
}

function readParagraph(text: string): AptSource[] {
  const field = (name: string): string[] => new RegExp(`^${name}: *(.*)$`, 'm').exec(text)?.[1]?.split(/\s+/) ?? []
  if (!field('Types').includes('deb') || !field('Components').includes('main')) return []
  return field('URIs').flatMap((uri) => field('Suites').map((suite) => ({ uri, suite })))
}

function readLine(line: string): AptSource[] {
  const [, uri, suite, components = ''] = /^deb (?:\[[^\]]*\] )?(\S+) (\S+) (.*)$/.exec(line) ?? []
  return uri === undefined || suite === undefined || !components.split(' ').includes('main') ? [] : [{ uri, suite }]
}

/** What a stage is made of, as one hash. */
function keyOf(base: string, instructions: readonly Instruction[], keyOfStage: (name: string) => string): string {
  const hash = createHash('sha256').update(base).update(JSON.stringify(instructions))
  for (const instruction of instructions) {
    if (instruction.keyword !== 'COPY') continue
    if (instruction.from === undefined)
      for (const source of instruction.sources) hashTree(path.join(repository, source))
    else hash.update(keyOfStage(instruction.from))
  }
  return hash.digest('hex')

  function hashTree(file: string): void {
    if (statSync(file).isDirectory()) for (const name of readdirSync(file).sort()) hashTree(path.join(file, name))
    else hash.update(file).update(readFileSync(file))
  }
}

function perform(root: string, instructions: readonly Instruction[], folderOf: (stage: string) => string): void {
  let workdir = '/'
  const variables: Record<string, string> = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
  }
  for (const instruction of instructions) {
    switch (instruction.keyword) {
      case 'WORKDIR':
        workdir = instruction.value
        mkdirSync(path.join(root, workdir), { recursive: true })
        break
      case 'ENV':
      case 'ARG':
        variables[instruction.name] = instruction.value
        break
      case 'COPY':
        copy(root, workdir, instruction, instruction.from === undefined ? repository : folderOf(instruction.from))
        break
      case 'RUN':
        runIn(root, workdir, variables, instruction.command)
        break
      case 'USER':
      case 'ENTRYPOINT':
      case 'HEALTHCHECK':
        break // of no matter before the image is started
    }
  }
}

/** As COPY does: a folder's content, not the folder; owned by root; a target that ends with a slash is a folder. */
function copy(root: string, workdir: string, { sources, target, mode }: Copy, from: string): void {
  const place = path.join(root, path.resolve(workdir, target))
  const isFolder = /(?:^|\/)\.?$/.test(target)
  for (const source of sources) {
    const file = path.join(from, source)
    const to = isFolder ? path.join(place, path.basename(file)) : place
    mkdirSync(path.dirname(to), { recursive: true })
    if (statSync(file).isDirectory()) {
      mkdirSync(to, { recursive: true })
      execFileSync('cp', ['-a', '--no-preserve=ownership', `${file}/.`, to])
    } else {
      execFileSync('cp', ['-a', '--no-preserve=ownership', file, to])
    }
    if (mode !== undefined) chmodSync(to, mode)
  }
}

/** Runs a command by chroot. Throws with the end of what it said. */
function runIn(root: string, workdir: string, variables: Record<string, string>, command: string): void {
  const release = readFileSync(path.join(root, 'etc/os-release'), 'utf8').match(/^VERSION_CODENAME=(\w+)$/m)?.[1] ?? ''
  const sources = debianSources(release).map(({ uri, suite }) => `deb ${uri} ${suite} main\n`)
  // As this machine reaches its mirror, so the command does; nothing of it stays.
  const settings = execFileSync('apt-config', ['dump'], { encoding: 'utf8' }).match(/^Acquire::.*$/gm) ?? []
  const lent: readonly [file: string, text: string][] = [
    ['etc/apt/sources.list', sources.join('')],
    ['etc/apt/apt.conf.d/99-lent', `${settings.join('\n')}\n`],
    ['etc/resolv.conf', readFileSync('/etc/resolv.conf', 'utf8')],
  ]
  for (const [file, text] of lent) writeFileSync(path.join(root, file), text)
  const proxies = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(?:https?|no)_proxy$/i.test(name)),
  )
  // A mount namespace of its own: the mount of /proc goes with it.
  const script = 'mount -t proc proc "$1/proc" && exec chroot "$1" /bin/sh -c "cd $2 && $3"'
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--mount', 'sh', '-c', script, 'sh', root, workdir, command],
    {
      encoding: 'utf8',
      env: { ...proxies, ...variables },
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  for (const [file] of lent) rmSync(path.join(root, file))
  if (status !== 0) throw new Error(`RUN ${command} failed:\n${`${stdout}${stderr}`.split('\n').slice(-15).join('\n')}`)
}
