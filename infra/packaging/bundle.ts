// Functions as they are deployed: every module in a wrapping of its own, which is run when something of it is first used
// (loader.ts), in few files, the packs: what answers at once, the service, what makes runs, and the packages of each, which are a layer.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'
import { type OutputChunk, type Plugin, rolldown } from 'rolldown'
import { replaced, withoutUnused } from './without.ts'

const root = path.join(import.meta.dirname, '../..')

/** Entry points by the functions' names. */
const functionEntries = {
  generator: 'src/lambda/generate.ts',
  sweeper: 'src/lambda/sweep.ts',
} as const
export type FunctionName = keyof typeof functionEntries

/** The layer's folder as a function's code sees it: from /var/task to /opt. */
const layerFromTask = '../../opt/nodejs/alpaco'
/** The layer's folder inside of its asset. */
const layerFolder = 'nodejs/alpaco'

/** What was built. */
export interface Packaged<Name extends string = FunctionName> {
  /** Folder of each function's code, by its name. */
  readonly functions: Readonly<Record<Name, string>>
  /** Folder of the layer; undefined where every function has the packages in its own code. */
  readonly layer: string | undefined
  /** The sources in each file, by its path: paths from the project's folder, in the order of their names. */
  readonly sources: ReadonlyMap<string, readonly string[]>
}

/** Sizes in bytes. */
interface Size {
  readonly raw: number
  readonly gzip: number
}

/** One source, as CommonJS: what is not used of it is gone, and others are named by their ids. */
interface Module {
  readonly id: string
  /** Its path from the project's folder. */
  readonly source: string
  readonly code: string
  /** Ids of what it imports by statements; those of what it loads late. */
  readonly imports: readonly string[]
  readonly lateImports: readonly string[]
}

/**
 * Builds all functions into `folder`, with the packages in a layer (`dependencies: 'layer'`) or in each function. The same
 * sources and packages give the same bytes.
 */
export async function packageFunctions(folder: string, dependencies: 'layer' | 'bundled'): Promise<Packaged> {
  const packaged = await packageEntries(folder, dependencies, functionEntries)
  const { generator = '', sweeper = '' } = packaged.functions
  return { ...packaged, functions: { generator, sweeper } }
}

/** The same for other functions, given by their names and their entry points. */
export async function packageEntries(
  folder: string,
  dependencies: 'layer' | 'bundled',
  entries: Readonly<Record<string, string>>,
): Promise<Packaged<string>> {
  await rm(folder, { recursive: true, force: true })
  const { modules, idOf } = await compile(entries)
  const sources = new Map<string, readonly string[]>()
  const write = async (place: string, name: string, parts: readonly Module[]): Promise<string[]> => {
    if (parts.length === 0) return []
    const { file, text } = await pack(name, inOrder(parts))
    await mkdir(place, { recursive: true })
    await writeFile(path.join(place, file), text)
    sources.set(
      path.join(place, file),
      inOrder(parts).map(({ source }) => source),
    )
    return [file]
  }
  const parts = Object.entries(entries).map(([name, entry]) => {
    const [main, service, later] = byNeed(idOf(entry), modules)
    return { name, entry, main, service, later }
  })
  // In the order in which the first function needs them.
  const packages = [...(parts[0]?.main ?? []), ...(parts[0]?.service ?? [])].filter(isOfPackage)
  const more = [...modules.values()].filter((module) => isOfPackage(module) && !packages.includes(module))
  const layer = dependencies === 'layer' ? path.join(folder, 'layer') : undefined
  const functions: Record<string, string> = {}
  for (const { name, entry, main, service, later } of parts) {
    const task = path.join(folder, name)
    const shared = layer === undefined ? task : path.join(layer, layerFolder)
    functions[name] = task
    const fromTask = (file: string): string => (layer === undefined ? file : `${layerFromTask}/${file}`)
    const files = [
      ...(await write(task, 'main', main.filter(isOurs))),
      ...(await write(shared, 'packages', packages)).map(fromTask),
      ...(await write(task, 'service', service.filter(isOurs))),
      ...(await write(shared, 'more', more)).map(fromTask),
      ...(await write(task, 'later', later.filter(isOurs))),
    ]
    await writeLoader(task, files, idOf(entry))
  }
  return { functions, layer, sources }
}

async function writeLoader(task: string, packs: readonly string[], main: string): Promise<void> {
  const loader = await readFile(path.join(import.meta.dirname, 'loader.ts'), 'utf8')
  const define = { PACKS: JSON.stringify(packs), MAIN: JSON.stringify(main) }
  const { code } = await transform(loader, { ...smaller, loader: 'ts', format: 'cjs', platform: 'node', define })
  await writeFile(path.join(task, 'index.js'), code)
  // Said, because a package.json further up may say otherwise wherever this is unpacked.
  await writeFile(path.join(task, 'package.json'), '{"type":"commonjs"}\n')
}

/** The size of all files that are code. */
export async function sizeOf(files: readonly string[]): Promise<Size> {
  const contents = await Promise.all(files.map((file) => readFile(file)))
  return {
    raw: contents.reduce((sum, content) => sum + content.byteLength, 0),
    gzip: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).byteLength, 0),
  }
}

/** What the deployed runtime knows (Node 24), in ASCII as far as that can be, which is kept in half the memory. */
const smaller = { minify: true, charset: 'ascii', target: 'node24', legalComments: 'none' } as const

/** All modules that are reached from entry points, by their ids; `idOf` is that of a source. */
async function compile(entries: Readonly<Record<string, string>>): Promise<{
  modules: ReadonlyMap<string, Module>
  idOf: (source: string) => string
}> {
  const ids = new Map<string, string>()
  const numbered: Plugin = {
    name: 'numbered',
    buildEnd() {
      // Apart, so that a new source of ours renames nothing in the layer.
      let [ours, packaged] = [0, 0]
      for (const source of [...this.getModuleIds()].map(sourceOf).toSorted()) {
        ids.set(source, isOfPackage({ source }) ? `p${(packaged++).toString(36)}` : (ours++).toString(36))
      }
    },
  }
  const bundle = await rolldown({
    cwd: root,
    input: { ...entries },
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node24' },
    // A module that is imported and not used is not run, whatever it would do.
    treeshake: { moduleSideEffects: (id) => Object.values(entries).includes(sourceOf(id)) },
    plugins: [withoutUnused, numbered],
    logLevel: 'warn',
  })
  const { output } = await bundle.generate({
    format: 'cjs',
    preserveModules: true,
    exports: 'named',
    esModule: false,
    comments: false,
    dynamicImportInCjs: false,
    // What has no id is rolldown's own part.
    entryFileNames: ({ moduleIds: [id = ''] }) => ids.get(sourceOf(id)) ?? 'p',
  })
  await bundle.close()
  const modules = new Map(output.filter(isChunk).map((chunk) => [chunk.fileName, moduleOf(chunk)]))
  return { modules, idOf: (source) => ids.get(source) ?? '' }
}

const isChunk = (output: { readonly type: string }): output is OutputChunk => output.type === 'chunk'

function moduleOf({ fileName, code, imports, dynamicImports, moduleIds: [id = ''] }: OutputChunk): Module {
  return { id: fileName, source: sourceOf(id), code, imports, lateImports: dynamicImports }
}

/** What the modules share that were CommonJS before. */
const rolldownsOwn = '\0rolldown/runtime.js'

/** A module's path from the project's folder, marked where something else is in its place. */
function sourceOf(id: string): string {
  if (id === rolldownsOwn) return id
  const isReplaced = id.startsWith(replaced)
  const file = isReplaced ? id.slice(replaced.length) : id
  // Packages are called the same wherever they are installed.
  const source = /node_modules\/.*/.exec(file)?.[0] ?? path.relative(root, file)
  return isReplaced ? `without ${source}` : source
}

/** Whether a module is not ours, or stands for one that is not. */
const isOfPackage = ({ source }: Pick<Module, 'source'>): boolean =>
  /^(?:without )?(?:node_modules|infra)\//.test(source) || source === rolldownsOwn
const isOurs = (module: Module): boolean => !isOfPackage(module)

/** The modules behind an entry: what it imports, what that loads late with all its imports, and the rest. */
function byNeed(entry: string, modules: ReadonlyMap<string, Module>): [Module[], Module[], Module[]] {
  const reached = new Set<Module>()
  const reach = (ids: readonly string[]): Module[] => {
    const found: Module[] = []
    for (const id of ids) {
      const module = modules.get(id)
      if (module === undefined || reached.has(module)) continue
      reached.add(module)
      found.push(module, ...reach(module.imports))
    }
    return found
  }
  const lateOf = (loaded: readonly Module[]): string[] => loaded.flatMap(({ lateImports }) => lateImports)
  const main = reach([entry])
  const service = reach(lateOf(main))
  const later: Module[] = []
  for (let more = reach(lateOf(service)); more.length > 0; more = reach(lateOf(more))) later.push(...more)
  return [main, service, later]
}

/** By their sources. */
function inOrder(modules: readonly Module[]): Module[] {
  return modules.toSorted((a, b) => (a.source < b.source ? -1 : 1))
}

/** Modules as one file, which is named by its content: a code cache is found by the name. */
async function pack(name: string, modules: readonly Module[]): Promise<{ file: string; text: string }> {
  const wrapped = modules.map(({ id, code }) => `define(${JSON.stringify(id)},(exports,require)=>{${code}\n});`)
  const { code } = await transform(`"use strict";${wrapped.join('')}`, smaller)
  const text = `(function(define){${code}})`
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return { file: `${name}-${digest}.js`, text }
}
