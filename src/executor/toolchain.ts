// The sandbox's own programs and the compilers it calls: finds them, builds ours once for this machine, says what is missing.
import { createHash } from 'node:crypto'
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { ExecutorLanguage } from '../contract/languages.ts'
import { compilerFlagsOf, languages } from './languages.ts'
import { runTool } from './run-tool.ts'

const sourceFolder = fileURLToPath(new URL('native/', import.meta.url))
const boxSources = ['box.c', 'launch.c', 'environment.c', 'isolate.c', 'probe.c', 'confine.c']
const scripts = ['zygote.py', 'launcher.cjs', 'Compiler.java', 'Launcher.java']
const sourceFiles = [...boxSources, 'guard.c', 'box.h', 'confine.h', ...scripts]
const compilerFlags = ['-std=gnu17', '-O2', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wno-missing-field-initializers']
const buildMs = 120_000

/** Programs by what they are for. */
const toolNames = ['gcc', 'g++', 'python', 'java', 'javac', 'node'] as const
type ToolName = (typeof toolNames)[number]

/** How each is found and asked for its version, and the Debian packages that bring it: those that image/install.sh installs. */
const toolTable: Readonly<
  Record<ToolName, { programs: readonly string[]; version: readonly string[]; atLeast: RegExp; packages: string }>
> = {
  gcc: {
    programs: ['gcc'],
    version: ['--version'],
    atLeast: /^gcc .*\s(?:1[0-9]|[2-9]\d)\./,
    packages: 'gcc libc6-dev',
  },
  'g++': { programs: ['g++'], version: ['--version'], atLeast: /^g\+\+ .*\s(?:1[0-9]|[2-9]\d)\./, packages: 'g++' },
  python: {
    // The system's own first: programs run as another user, who may not look into anybody's home.
    programs: ['/usr/bin/python3', 'python3'],
    version: ['--version'],
    atLeast: /^Python 3\.(?:1[1-9]|[2-9]\d)\./,
    packages: 'python3',
  },
  java: {
    programs: ['java'],
    version: ['--version'],
    atLeast: /^openjdk (?:1[7-9]|[2-9]\d)[. ]/,
    packages: 'openjdk-17-jdk-headless',
  },
  javac: {
    programs: ['javac'],
    version: ['--version'],
    atLeast: /^javac (?:1[7-9]|[2-9]\d)[. ]/,
    packages: 'openjdk-17-jdk-headless',
  },
  // Runs this very file: no package brings it.
  node: { programs: [process.execPath], version: ['--version'], atLeast: /^v(?:2[0-9]|[3-9]\d)\./, packages: '' },
}

export const toolchainSchema = z.strictObject({
  /** Folder of the sandbox's own programs; read-only for what runs in it. */
  home: z.string(),
  /** Where each tool is; absent when it is not on this machine, or too old. */
  tools: z.partialRecord(z.enum(toolNames), z.string()),
  versions: z.partialRecord(z.enum(toolNames), z.string()),
})
export type Toolchain = z.infer<typeof toolchainSchema>

/** The Debian packages that bring tools. */
export function packagesOf(tools: readonly ToolName[]): string {
  return [...new Set(tools.map((tool) => toolTable[tool].packages))].filter((names) => names !== '').join(' ')
}

/** A tool is missing. `packages` are the Debian packages that bring it. */
export class ToolMissing extends Error {
  readonly packages: string

  constructor(tools: readonly ToolName[]) {
    const packages = packagesOf(tools)
    const how = packages === '' ? '' : ` Debian, Ubuntu: apt-get install ${packages}, or npm run setup.`
    super(`${tools.join(', ')} not found or too old.${how}`)
    this.packages = packages
  }
}

async function find(tool: ToolName, searchPath: string): Promise<{ path: string; version: string } | undefined> {
  const { programs, version, atLeast } = toolTable[tool]
  for (const program of programs) {
    const candidates = path.isAbsolute(program)
      ? [program]
      : searchPath.split(':').map((folder) => path.join(folder, program))
    for (const candidate of candidates) {
      try {
        const { stdout } = await runTool(candidate, [...version], {
          timeout: 20_000,
          env: { PATH: searchPath, LANG: 'C.UTF-8' },
        })
        const [line = ''] = stdout.split('\n')
        if (atLeast.test(line)) return { path: await realpath(candidate), version: line.trim() }
      } catch {
        continue // not there, or not to be started
      }
    }
  }
  return undefined
}

/**
 * The toolchain below `cache`, built when it is not there yet. Throws ToolMissing without a C compiler. Several processes
 * may build at once: the first to finish wins.
 */
export async function openToolchain(cache: string, searchPath: string): Promise<Toolchain> {
  const hash = createHash('sha256').update(`${process.execPath}\n${searchPath}\n`)
  for (const file of sourceFiles) hash.update(file).update(await readFile(path.join(sourceFolder, file)))
  const home = path.join(cache, hash.digest('hex').slice(0, 16))
  let known: Toolchain
  try {
    known = await readToolchain(home)
    await checkUnchanged(known)
  } catch {
    await rm(home, { recursive: true, force: true })
    return build(home, searchPath, await findTools(searchPath))
  }
  // Somebody may have installed what was missing when it was built.
  const missing = missingTools(known)
  if (missing.length === 0) return known
  const found = await findTools(searchPath, missing)
  return { ...known, tools: { ...found.tools, ...known.tools }, versions: { ...found.versions, ...known.versions } }
}

/** Throws when a tool has been replaced or removed since it was found: what was made with it would no longer fit. */
async function checkUnchanged({ home, tools }: Toolchain): Promise<void> {
  const { mtimeMs: foundAt } = await stat(path.join(home, 'toolchain.json'))
  for (const tool of Object.values(tools)) {
    if ((await stat(tool)).ctimeMs > foundAt) throw new Error(`${tool} has changed`)
  }
}

/**
 * Builds a toolchain into a new folder, with all that the languages need: nothing is left to be built when they are used,
 * so that its user need not be able to write there. Other languages than these have no tools in it. Throws ToolMissing.
 */
export async function installToolchain(
  home: string,
  searchPath: string,
  chosen: readonly ExecutorLanguage[],
): Promise<Toolchain> {
  const entries = await readdir(home).catch(() => [])
  if (entries.length > 0) throw new Error(`${home} is not empty`)
  const needed = chosen.flatMap((language) => languages[language].needs)
  const toolchain = await build(home, searchPath, await findTools(searchPath, needed))
  for (const language of chosen) await prepareLanguage(language, { toolchain, isBuilt: false, searchPath })
  return toolchain
}

/** A toolchain that is built already. Throws when it is not, or is damaged. */
export async function readToolchain(home: string): Promise<Toolchain> {
  return { ...toolchainSchema.parse(JSON.parse(await readFile(path.join(home, 'toolchain.json'), 'utf8'))), home }
}

type FoundTools = Omit<Toolchain, 'home'>

/** Where tools are on this machine: all of them, or the given ones. */
export async function findTools(searchPath: string, wanted: readonly ToolName[] = toolNames): Promise<FoundTools> {
  const found: FoundTools = { tools: {}, versions: {} }
  const search = async (tool: ToolName): Promise<void> => {
    const place = await find(tool, searchPath)
    if (place === undefined) return
    found.tools[tool] = place.path
    found.versions[tool] = place.version
  }
  await Promise.all([...new Set(wanted)].map(search))
  return found
}

export function missingTools({ tools }: Pick<Toolchain, 'tools'>): ToolName[] {
  return toolNames.filter((tool) => tools[tool] === undefined)
}

async function build(home: string, searchPath: string, found: FoundTools): Promise<Toolchain> {
  const toolchain: Toolchain = { home, ...found }
  // The sandbox itself is written in C, whatever languages were asked for.
  const gcc = found.tools.gcc ?? (await find('gcc', searchPath))?.path
  if (gcc === undefined) throw new ToolMissing(['gcc'])
  await mkdir(path.dirname(home), { recursive: true })
  const folder = await mkdtemp(`${home}-`)
  try {
    const sources = (names: readonly string[]): string[] => names.map((name) => path.join(sourceFolder, name))
    const compile = async (args: readonly string[]): Promise<unknown> =>
      runTool(gcc, [...compilerFlags, ...args], { cwd: folder, timeout: buildMs, env: { PATH: searchPath } })
    await Promise.all([
      compile(['-static', '-o', 'box', ...sources(boxSources)]),
      compile([
        '-shared',
        '-fPIC',
        '-fvisibility=hidden',
        '-o',
        'alpaco_guard.so',
        ...sources(['guard.c', 'confine.c']),
      ]),
      mkdir(path.join(folder, 'empty')),
      ...['zygote.py', 'launcher.cjs'].map(async (name) => {
        await copyFile(path.join(sourceFolder, name), path.join(folder, name))
        await chmod(path.join(folder, name), 0o644)
      }),
      writeFile(path.join(folder, 'toolchain.json'), `${JSON.stringify(toolchain, null, 2)}\n`),
    ])
    await chmod(path.join(folder, 'empty'), 0o555)
    // Executed by anybody, read by nobody: what is not readable cannot be traced either.
    await chmod(path.join(folder, 'box'), 0o711)
    await chmod(folder, 0o755)
    await rename(folder, home)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    if (!(await exists(path.join(home, 'toolchain.json')))) throw error
  }
  return toolchain
}

/**
 * What a language needs beyond the tools themselves, built when it is first used: the precompiled header for C++, the
 * launcher and its shared class archives for Java. Throws ToolMissing.
 */
export async function prepareLanguage(
  language: ExecutorLanguage,
  { toolchain, isBuilt, searchPath }: { toolchain: Toolchain; isBuilt: boolean; searchPath: string },
): Promise<void> {
  const missing = languages[language].needs.filter((tool) => toolchain.tools[tool] === undefined)
  if (missing.length > 0) throw new ToolMissing(missing)
  if (isBuilt) return
  if (language === 'cpp') await prepareCpp(toolchain, searchPath)
  if (language === 'java') await prepareJava(toolchain)
}

async function prepareCpp({ home, tools }: Toolchain, searchPath: string): Promise<void> {
  await once(path.join(home, 'include'), async (folder) => {
    const { stdout } = await runTool(tools['g++'] ?? 'g++', ['-print-file-name=libstdc++.a'], {
      env: { PATH: searchPath },
    })
    if (!path.isAbsolute(stdout.trim())) throw new ToolMissing(['g++'])
    await mkdir(path.join(folder, 'bits'))
    await writeFile(path.join(folder, 'empty.cpp'), '#include <bits/stdc++.h>\n')
    const args = ['-M', 'empty.cpp']
    const listed = await runTool(tools['g++'] ?? 'g++', args, { cwd: folder, env: { PATH: searchPath } })
    const header = listed.stdout.split(/[\s\\]+/).find((file) => file.endsWith('/bits/stdc++.h'))
    if (header === undefined) throw new Error('bits/stdc++.h is not where g++ looks for it')
    await copyFile(header, path.join(folder, 'bits', 'stdc++.h'))
    await rm(path.join(folder, 'empty.cpp'))
    const flags = [...compilerFlagsOf.cpp, '-x', 'c++-header', 'bits/stdc++.h', '-o', 'bits/stdc++.h.gch']
    await runTool(tools['g++'] ?? 'g++', flags, { cwd: folder, timeout: buildMs, env: { PATH: searchPath } })
  })
}

async function prepareJava({ home, tools }: Toolchain): Promise<void> {
  const { java = 'java', javac = 'javac' } = tools
  await once(
    path.join(home, 'alpaco.jar'),
    async (folder) => {
      const sources = ['Compiler.java', 'Launcher.java'].map((name) => path.join(sourceFolder, name))
      await runTool(javac, ['-nowarn', '-d', 'classes', ...sources], { cwd: folder, timeout: buildMs })
      await runTool(path.join(path.dirname(javac), 'jar'), ['cf', 'result', '-C', 'classes', '.'], {
        cwd: folder,
        timeout: buildMs,
      })
    },
    'result',
  )
  // Archives of loaded classes only make the start quicker; a machine that cannot write them goes without.
  for (const [archive, args] of [
    ['compiler.jsa', ['Compiler', '1']],
    ['launcher.jsa', ['Launcher']],
  ] as const) {
    await once(
      path.join(home, archive),
      async (folder) => {
        // Both end at once: the one at the end of its input, the other for want of a program.
        await runTool(
          java,
          [
            `-XX:ArchiveClassesAtExit=${path.join(folder, 'result')}`,
            '-XX:+UseSerialGC',
            '-cp',
            `${home}/alpaco.jar`,
            ...args,
          ],
          { cwd: folder, timeout: buildMs },
        ).catch(() => undefined)
      },
      'result',
    ).catch(() => undefined)
  }
}

/** Makes `target` once, from what `make` leaves in a folder of its own: the folder itself, or one file of it. */
async function once(target: string, make: (folder: string) => Promise<void>, result = ''): Promise<void> {
  if (await exists(target)) return
  const folder = await mkdtemp(`${target}-`)
  try {
    await make(folder)
    await chmod(folder, 0o755)
    await rename(path.join(folder, result), target)
  } catch (error) {
    if (!(await exists(target))) throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
