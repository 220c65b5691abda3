// Functions as they are deployed: our code in chunks that load when they are needed, and the packages in chunks of a layer.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type BuildOptions, type Metafile, type Plugin, transform } from 'esbuild'
import { withoutUnused } from './without.ts'

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
export interface Packaged {
  /** Folder of each function's code. */
  readonly functions: Readonly<Record<FunctionName, string>>
  /** Folder of the layer; undefined where every function has the packages in its own code. */
  readonly layer: string | undefined
  /** What esbuild says about each part. */
  readonly metafiles: readonly Metafile[]
}

/** Sizes in bytes. */
interface Size {
  readonly raw: number
  readonly gzip: number
}

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // What the deployed runtime knows (Node 24).
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  write: false,
  outdir: '/',
  chunkNames: '[name]-[hash]',
  logLevel: 'warning',
}

/**
 * Builds all functions into `folder`, with the packages in a layer (`dependencies: 'layer'`) or in each function. The same
 * sources and packages give the same bytes.
 */
export async function packageFunctions(folder: string, dependencies: 'layer' | 'bundled'): Promise<Packaged> {
  await rm(folder, { recursive: true, force: true })
  const functions = { generator: path.join(folder, 'generator'), sweeper: path.join(folder, 'sweeper') }
  const names = ['generator', 'sweeper'] as const
  if (dependencies === 'bundled') {
    const metafiles = await Promise.all(names.map((name) => writeFunction(functions[name], name, [withoutUnused])))
    return { functions, layer: undefined, metafiles }
  }
  const used = new Map<string, Set<string>>()
  for (const name of names) await collectImports(name, used)
  const plugins = [withoutUnused, fromLayer(new Set(used.keys()))]
  const metafiles = await Promise.all(names.map((name) => writeFunction(functions[name], name, plugins)))
  const layer = path.join(folder, 'layer')
  metafiles.push(await writeLayer(path.join(layer, layerFolder), used))
  return { functions, layer, metafiles }
}

/** The size of all files in a folder that are code. */
export async function sizeOf(files: readonly string[]): Promise<Size> {
  const contents = await Promise.all(files.map((file) => readFile(file)))
  return {
    raw: contents.reduce((sum, content) => sum + content.byteLength, 0),
    gzip: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).byteLength, 0),
  }
}

/** The layer's file for a package's module. */
const layerFile = (module: string): string => `${module.replace(/^@/, '').replaceAll('/', '-')}.js`

/** Leaves the packages to the layer. */
function fromLayer(modules: ReadonlySet<string>): Plugin {
  return {
    name: 'from-layer',
    setup(building) {
      building.onResolve({ filter: /^[@a-z]/ }, ({ path: module, kind }) =>
        modules.has(module) && kind === 'import-statement'
          ? { path: `${layerFromTask}/${layerFile(module)}`, external: true }
          : undefined,
      )
    },
  }
}

/**
 * Finds the names that a function's code imports of each package: those, and no others, are in the layer. Packages are
 * imported by statements; what is loaded late is a module of ours.
 */
async function collectImports(name: FunctionName, used: Map<string, Set<string>>): Promise<void> {
  const { outputFiles = [] } = await build({
    ...shared,
    entryPoints: { main: functionEntries[name] },
    minify: false,
    plugins: [withoutUnused],
    packages: 'external',
  })
  for (const { text } of outputFiles) {
    for (const [, list, all, module = ''] of text.matchAll(
      /^(?:im|ex)port (?:\{([^}]*)\}|\* as (\w+)) from "([^"]+)";$/gm,
    )) {
      if (!/^[@a-z]/.test(module) || module.startsWith('node:')) continue
      const names = used.get(module) ?? new Set()
      used.set(module, names)
      for (const item of list?.split(',') ?? []) names.add(item.trim().split(' as ')[0] ?? '')
      if (all === undefined) continue
      for (const [, property = ''] of text.matchAll(new RegExp(`\\b${all}\\.(\\w+)`, 'g'))) names.add(property)
    }
  }
}

async function writeFunction(folder: string, name: FunctionName, plugins: Plugin[]): Promise<Metafile> {
  const { files, metafile } = await chunks({ main: functionEntries[name] }, plugins)
  const main = files.get('main.js') ?? ''
  // Named by its content like all the others: a code cache is found by the name.
  const mainName = `main-${createHash('sha256').update(main).digest('hex').slice(0, 8).toUpperCase()}.js`
  files.delete('main.js')
  files.set(mainName, main)
  const loader = await readFile(path.join(import.meta.dirname, 'loader.ts'), 'utf8')
  const define = { MAIN: JSON.stringify(mainName) }
  const { code } = await transform(loader, { loader: 'ts', format: 'cjs', minify: true, platform: 'node', define })
  files.set('index.js', code)
  // Said, because a package.json further up may say otherwise wherever this is unpacked.
  files.set('package.json', '{"type":"commonjs"}\n')
  await writeFiles(folder, files)
  return metafile
}

async function writeLayer(folder: string, used: ReadonlyMap<string, ReadonlySet<string>>): Promise<Metafile> {
  const entries = [...used].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const sources: Plugin = {
    name: 'layer-modules',
    setup(building) {
      building.onResolve({ filter: /^layer:/ }, ({ path: module }) => ({ path: module, namespace: 'layer' }))
      building.onLoad({ filter: /.*/, namespace: 'layer' }, ({ path: module }) => {
        const name = module.slice('layer:'.length)
        const names = [...(used.get(name) ?? [])].toSorted()
        return { contents: `export { ${names.join(', ')} } from ${JSON.stringify(name)}`, resolveDir: root }
      })
    },
  }
  const points = Object.fromEntries(
    entries.map(([module]) => [layerFile(module).replace(/\.js$/, ''), `layer:${module}`]),
  )
  const { files, metafile } = await chunks(points, [sources, withoutUnused])
  await writeFiles(folder, files)
  return metafile
}

/** Bundles into chunks and turns them into CommonJS, which loads in one go and can have a code cache. */
async function chunks(
  entryPoints: Record<string, string>,
  plugins: Plugin[],
): Promise<{ files: Map<string, string>; metafile: Metafile }> {
  const { outputFiles = [], metafile } = await build({ ...shared, entryPoints, plugins })
  const files = await Promise.all(
    outputFiles.map(async ({ path: file, text }) => {
      const options = { format: 'cjs', platform: 'node', target: 'node24', minify: true, charset: 'utf8' } as const
      const { code } = await transform(text, { ...options, supported: { 'dynamic-import': false } })
      return [path.basename(file), code] as const
    }),
  )
  return { files: new Map(files), metafile: metafile ?? { inputs: {}, outputs: {} } }
}

async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true })
  await Promise.all([...files].map(([name, text]) => writeFile(path.join(folder, name), text)))
}
