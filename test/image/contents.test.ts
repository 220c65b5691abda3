// The image's files hang together, without building it: what is started is copied, what is installed is what is looked for.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executorLanguageSchema, type ExecutorLanguage } from '../../src/contract/languages.ts'
import { languages } from '../../src/executor/languages.ts'
import { packagesOf } from '../../src/executor/toolchain.ts'
import { readDockerfile, repository, startOf, type Copy } from './dockerfile.ts'

const stages = readDockerfile()
const copies = stages.flatMap(({ instructions }) =>
  instructions.filter((each): each is Copy => each.keyword === 'COPY'),
)

/** Whether a path of the stage, or of the build context, is copied by an instruction, itself or with its folder. */
function isCopied(file: string, from?: string): boolean {
  const sources = copies.filter((copy) => copy.from === from).flatMap((copy) => copy.sources)
  return sources.some((source) => file === source || file.startsWith(`${source}/`))
}

/** Specifiers that remain when types are stripped. */
function importsOf(file: string): string[] {
  const source = readFileSync(path.join(repository, file), 'utf8')
  const pattern = /^(?:import|export)\b(?! type\b)(?:[^'";]*?from)?\s*'([^']+)'/gm
  return [...source.matchAll(pattern)].map((match) => match[1] ?? '')
}

/** Every file of ours that is loaded with `entry`, and the packages they name. */
function loadedBy(entry: string): { files: string[]; packages: string[] } {
  const files = new Set([entry])
  const packages = new Set<string>()
  for (const file of files) {
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) files.add(path.posix.join(path.posix.dirname(file), specifier))
      else if (!specifier.startsWith('node:')) packages.add(packageOf(specifier))
    }
  }
  return { files: [...files], packages: withDependencies([...packages]) }
}

const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

function withDependencies(names: readonly string[]): string[] {
  const all = new Set(names)
  const require = createRequire(import.meta.url)
  for (const name of all) {
    const manifest = require(path.join(repository, 'node_modules', name, 'package.json')) as { dependencies?: object }
    for (const dependency of Object.keys(manifest.dependencies ?? {})) all.add(dependency)
  }
  return [...all].sort()
}

describe('the image', () => {
  it.each(['src/lambda/execute.ts', 'image/build-home.ts'])('holds every file and package that %s loads', (entry) => {
    const { files, packages } = loadedBy(entry)
    expect(files.length).toBeGreaterThan(3)
    expect(files.filter((file) => !isCopied(file))).toEqual([])
    expect(packages.filter((name) => !isCopied(`/build/node_modules/${name}`, 'modules'))).toEqual([])
  })

  it('holds no package that is not loaded', () => {
    const needed = loadedBy('src/lambda/execute.ts').packages
    expect(needed).toContain('zod')
    const copied = copies.filter(({ from }) => from === 'modules').flatMap(({ sources }) => sources)
    const idle = copied.filter((source) => !needed.some((name) => `/build/node_modules/${name}`.startsWith(source)))
    expect(idle).toEqual([])
  })

  it('copies what is there', () => {
    const sources = copies.filter(({ from }) => from === undefined).flatMap((copy) => copy.sources)
    expect(sources.length).toBeGreaterThan(10)
    expect(sources.filter((source) => !existsSync(path.join(repository, source)))).toEqual([])
  })

  it('starts as nobody in particular, by a script that it holds', () => {
    const { uid, words } = startOf(stages)
    expect(uid).toBeGreaterThan(1_000)
    expect(words).toEqual(['/bin/sh', '/app/image/entry.sh'])
    expect(isCopied('image/entry.sh')).toBe(true)
  })

  it('can leave languages out in each stage that knows them', () => {
    const knowing = stages.filter(({ instructions }) =>
      instructions.some((each) => each.keyword === 'RUN' && each.command.includes('install.sh --')),
    )
    expect(knowing.map(({ name }) => name)).toEqual(['tools', 'build'])
    for (const { instructions } of knowing) {
      expect(instructions).toContainEqual({ keyword: 'ARG', name: 'WITHOUT', value: '' })
      expect(JSON.stringify(instructions)).toMatch(/install\.sh --\w+[^&]* \$WITHOUT/)
    }
  })
})

/** The packages of the command that it prints. */
function printed(...args: string[]): string[] {
  const script = path.join(repository, 'image/install.sh')
  const text = execFileSync('sh', [script, '--print', ...args], { encoding: 'utf8' })
  return /^sudo sh -c '.*--no-install-recommends (.*)'\n$/.exec(text)?.[1]?.split(' ').sort() ?? []
}

function packagesFor(names: readonly ExecutorLanguage[]): string[] {
  const tools = new Set(['gcc' as const, ...names.flatMap((name) => languages[name].needs)])
  return packagesOf([...tools])
    .split(' ')
    .sort()
}

describe('install.sh', () => {
  it('installs the packages that the executor names when a tool is missing', () => {
    expect(printed()).toEqual(packagesFor(executorLanguageSchema.options))
    expect(printed('curl')).toEqual([...packagesFor(executorLanguageSchema.options), 'curl'].sort())
  })

  it.each(executorLanguageSchema.options)('leaves out what only %s needs', (language) => {
    const others = executorLanguageSchema.options.filter((name) => name !== language)
    expect(printed('--without', language)).toEqual(packagesFor(others))
  })

  it('leaves out several', () => {
    expect(printed('--without', 'java', '--without', 'cpp', '--without', 'python')).toEqual(['gcc', 'libc6-dev'])
  })

  it.each([['--without', 'rust'], ['--without'], ['--what']])('refuses %s %s', (...args) => {
    const { status, stderr } = spawnSync('sh', [path.join(repository, 'image/install.sh'), ...args], {
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stderr).toContain('--without LANGUAGE')
  })
})

function enter(args: string[], env: Record<string, string>): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('/bin/sh', [path.join(repository, 'image/entry.sh'), ...args], { encoding: 'utf8', env })
}

describe('entry.sh', () => {
  let home: string
  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), 'alpaco-entry-'))
    // In the place of the sandbox: prints what it was given.
    writeFileSync(path.join(home, 'box'), '#!/bin/sh\necho "$@"\nexec /usr/bin/env\n')
    chmodSync(path.join(home, 'box'), 0o755)
  })
  afterAll(() => rmSync(home, { recursive: true }))

  it('gives the sandbox no variable at all', () => {
    const { status, stdout } = enter(['supervisor'], {
      EXECUTOR_HOME: home,
      EXECUTOR_MAX_TIER: 'rlimits',
      AWS_SECRET_ACCESS_KEY: 'secret',
      PATH: '/usr/bin:/bin',
    })
    expect(status).toBe(0)
    const [words, ...variables] = stdout.trim().split('\n')
    expect(words).toBe(`${home} --dedicated --max-tier rlimits`)
    // What the shell of this stand-in makes by itself.
    expect(variables.filter((line) => !/^(?:PWD|SHLVL|_|OLDPWD)=/.test(line))).toEqual([])
  })

  it('says how it is started when nothing can call it', () => {
    const { status, stderr } = enter([], { PATH: '/usr/bin:/bin' })
    expect(status).toBe(2)
    expect(stderr).toContain('supervisor')
  })
})

describe('release-check.sh', () => {
  const script = path.join(repository, 'image/release-check.sh')
  const dockerfile = readFileSync(path.join(repository, 'image/Dockerfile'), 'utf8')
  it('looks at the bases and at Lambda’s Node', () => {
    const { stderr } = spawnSync('sh', [script], { encoding: 'utf8' })
    const files = ['image/Dockerfile', 'infra/packaging/lambda-node.sh'].map((file) => path.join(repository, file))
    const open = files.filter((file) => readFileSync(file, 'utf8').includes('@sha256:PLACEHOLDER'))
    expect(stderr.match(/^\S+ is not ready/gm) ?? []).toHaveLength(open.length)
  })

  const check = (text: string): { status: number | null; stderr: string } => {
    const folder = mkdtempSync(path.join(tmpdir(), 'alpaco-release-'))
    writeFileSync(path.join(folder, 'Dockerfile'), text)
    const result = spawnSync('sh', [script, path.join(folder, 'Dockerfile')], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    return result
  }
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
  const open = dockerfile.replaceAll(/@sha256:\w+/g, '@sha256:PLACEHOLDER')

  it('passes when every base has its digest', () => {
    expect(check(open.replaceAll('sha256:PLACEHOLDER', digest)).status).toBe(0)
  })

  it.each([
    ['both are placeholders', open, ['node:24-bookworm-slim', 'debian:bookworm-slim']],
    ['one is', open.replace('sha256:PLACEHOLDER', digest), ['debian:bookworm-slim']],
    ['a digest is cut', open.replaceAll('sha256:PLACEHOLDER', digest.slice(0, -1)), ['node:24-bookworm-slim']],
    ['a base has only a tag', open.replaceAll('@sha256:PLACEHOLDER', ''), ['node:24-bookworm-slim']],
  ])('fails and says how to fill them in when %s', (_when, text, names) => {
    const { status, stderr } = check(text)
    expect(status).toBe(1)
    for (const name of names) expect(stderr).toContain(`imagetools inspect ${name} `)
  })

  it.each(['FROM example/base:1@sha256:PLACEHOLDER AS base\n', 'image=example/base:1@sha256:PLACEHOLDER\n'])(
    'prints what fills it in: %j',
    (text) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'alpaco-release-'))
      const file = path.join(folder, 'file')
      writeFileSync(file, text)
      const { stderr } = spawnSync('sh', [script, file], { encoding: 'utf8' })
      const commands = stderr.replace(/^.*is not ready.*\n/, '').replace(/\$\(docker .*\)/, digest)
      spawnSync('sh', ['-c', commands])
      expect(readFileSync(file, 'utf8')).toBe(text.replace('sha256:PLACEHOLDER', digest))
      rmSync(folder, { recursive: true })
    },
  )
})
