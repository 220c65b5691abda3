// The functions that are started: ours as it is deployed, the same as every file by itself, and one that does nothing.
import { cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { packageEntries, packageFunctions } from '../../infra/packaging/bundle.ts'
import { addCodeCache } from '../../infra/packaging/code-cache.ts'

const root = path.join(import.meta.dirname, '../..')

/** Ours, with the packages in the function or in the layer, with or without the code cache. */
export const packagings = ['bundled', 'bundled, no cache', 'layered', 'layered, no cache'] as const
type Packaging = (typeof packagings)[number]
export type Variant = 'bare' | 'floor' | 'unbundled' | Packaging

const bareHandler = `
exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  const opened = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: { 'content-type': 'text/plain' } })
  opened.write('ok')
  opened.end()
})
`

/** Makes a folder for each that stands for Lambda's disk; the caller removes `folder`. */
export async function makeDisks(): Promise<{ folder: string; disks: Record<Variant, string> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'alpaco-cold-start-'))
  const at = (name: string): string => path.join(folder, name.replaceAll(/\W+/g, '-'))
  const disks: Record<Variant, string> = {
    bare: at('bare'),
    floor: at('floor'),
    unbundled: at('unbundled'),
    bundled: at('bundled'),
    'bundled, no cache': at('bundled, no cache'),
    layered: at('layered'),
    'layered, no cache': at('layered, no cache'),
  }
  await writeTask(disks.bare, { 'index.js': bareHandler, 'package.json': '{"type":"commonjs"}' })
  await makeUnbundled(disks.unbundled)
  const floor = await packageEntries(path.join(folder, 'built'), 'bundled', { floor: 'bench/cold-start/floor.ts' })
  await addCodeCache(floor, process.execPath)
  await cp(floor.functions['floor'] ?? '', path.join(disks.floor, 'var/task'), { recursive: true })
  for (const variant of packagings) {
    const built = await packageFunctions(
      path.join(folder, 'built'),
      variant.startsWith('layered') ? 'layer' : 'bundled',
    )
    if (!variant.endsWith('no cache')) await addCodeCache(built, process.execPath)
    await cp(built.functions.generator, path.join(disks[variant], 'var/task'), { recursive: true })
    if (built.layer !== undefined) await cp(built.layer, path.join(disks[variant], 'opt'), { recursive: true })
  }
  return { folder, disks }
}

/** Every source as a JavaScript file of its own, every package as it was installed. */
async function makeUnbundled(disk: string): Promise<void> {
  const task = path.join(disk, 'var/task')
  const sources = await readdir(path.join(root, 'src'), { recursive: true })
  await build({
    entryPoints: sources.filter((file) => /(?<!\.d)\.ts$/.test(file)).map((file) => path.join(root, 'src', file)),
    outdir: path.join(task, 'src'),
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'error',
    plugins: [
      {
        name: 'as-javascript',
        setup(building) {
          building.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
            const text = await readFile(file, 'utf8')
            return { contents: text.replaceAll(/(from|import\()(\s*'\.[^']+)\.ts'/g, "$1$2.js'"), loader: 'ts' }
          })
        },
      },
    ],
  })
  await writeTask(disk, {
    'index.mjs': "export { handler } from './src/lambda/generate.js'\n",
    'package.json': '{"type":"module"}',
  })
  await symlink(path.join(root, 'node_modules'), path.join(task, 'node_modules'))
}

async function writeTask(disk: string, files: Readonly<Record<string, string>>): Promise<void> {
  const task = path.join(disk, 'var/task')
  await mkdir(task, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(task, name), text)
}
