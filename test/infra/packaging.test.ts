// The functions as they are packaged: how large they are, what is not in them, and that the same sources give the same bytes.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageEntries, packageFunctions, type Packaged, sizeOf } from '../../infra/packaging/bundle.ts'
import { artefacts } from '../../src/contract/verification.ts'
import * as source from '../../src/generation/wire-schema.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'alpaco-packaging-'))
let bundled: Packaged
let layered: Packaged
beforeAll(async () => {
  bundled = await packageFunctions(path.join(folder, 'bundled'), 'bundled')
  layered = await packageFunctions(path.join(folder, 'layered'), 'layer')
})
afterAll(() => rmSync(folder, { recursive: true }))

const filesIn = (of: string): string[] =>
  readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()

/** Every file with the hash of what is in it. */
const bytes = ({ functions, layer = '' }: Packaged): string[] =>
  [...Object.values(functions), layer].flatMap((of) =>
    filesIn(of).map(
      (file) => `${path.relative(of, file)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`,
    ),
  )

/** The sources of a folder's files whose names match. */
const sourcesIn = ({ sources }: Packaged, of: string, name = /./): string[] =>
  [...sources].flatMap(([file, from]) =>
    path.dirname(file).startsWith(of) && name.test(path.basename(file)) ? [...from] : [],
  )

describe('a packaged generator', () => {
  it('with everything in it is small', async () => {
    const { raw, gzip } = await sizeOf(filesIn(bundled.functions.generator))
    expect(raw).toBeLessThanOrEqual(1_300_000)
    expect(gzip).toBeLessThanOrEqual(360_000)
  })

  it.each(['bundled', 'layered'])('answers at once from very little code (%s)', async (mode) => {
    const packaged = mode === 'bundled' ? bundled : layered
    const { generator } = packaged.functions
    const entry = filesIn(generator).filter((file) => /^(index|main-\w+)\.js$/.test(path.basename(file)))
    expect(entry.length).toBe(2)
    expect((await sizeOf(entry)).raw).toBeLessThanOrEqual(25_000)
    const sources = sourcesIn(packaged, generator, /^main-/)
    expect(sources).toContain('src/lambda/generate.ts')
    expect(sources.filter((source) => !source.startsWith('src/'))).toEqual([])
  })

  it('leaves the packages to the layer, which has nothing of ours', () => {
    const { functions, layer = '' } = layered
    const ours = Object.values(functions).flatMap((of) => sourcesIn(layered, of))
    expect(ours).toContain('src/generation/pipeline.ts')
    expect(ours.filter((source) => !/^(without )?src\//.test(source))).toEqual([])
    const packages = sourcesIn(layered, layer)
    expect(packages).toContain('node_modules/@langchain/core/dist/runnables/base.js')
    // But for what the model's client asks with.
    expect(packages.filter((source) => /^(without )?(src|infra)\//.test(source))).toEqual([
      'infra/packaging/model-fetch.ts',
    ])
  })

  it.each([
    ['languages of zod but the one that it speaks by itself', /^node_modules\/zod\/v4\/locales\/(?!en\.js)/],
    ['a second zod', /^node_modules\/zod\/v3\//],
    ['a tracing client', /^node_modules\/langsmith\//],
    ['a sandbox', /^src\/(executor\/(supervisor|toolchain)|adapters\/local-executor)\.ts/],
    ['stand-ins', /^mock\//],
  ])('has nothing of %s', (_what, pattern) => {
    for (const { sources } of [bundled, layered]) {
      expect([...sources.values()].flat().filter((source) => pattern.test(source))).toEqual([])
    }
  })

  it('is the same from the same sources, the layer too', async () => {
    const again = path.join(folder, 'again')
    const bundle = new URL('../../infra/packaging/bundle.ts', import.meta.url).href
    const code = `const { packageFunctions } = await import(${JSON.stringify(bundle)}); await packageFunctions(${JSON.stringify(again)}, 'layer')`
    // Wherever it is called from.
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: tmpdir() })
    const { generator, sweeper } = layered.functions
    const moved = (of: string): string => path.join(again, path.relative(path.join(folder, 'layered'), of))
    const functions = { generator: moved(generator), sweeper: moved(sweeper) }
    expect(bytes({ ...layered, functions, layer: moved(layered.layer ?? '') })).toEqual(bytes(layered))
  })
})

describe('the schemas for the model', () => {
  it('are in a package as its sources make them, without being made there', async () => {
    const entry = 'src/generation/wire-schema.ts'
    const { functions, sources } = await packageEntries(path.join(folder, 'schemas'), 'bundled', { schemas: entry })
    expect([...sources.values()]).toEqual([[entry]])
    const index = path.join(functions['schemas'] ?? '', 'index.js')
    const packaged = createRequire(import.meta.url)(index) as typeof source
    for (const artefact of artefacts) expect(packaged.wireSchema(artefact)).toEqual(source.wireSchema(artefact))
  })
})

describe('a module', () => {
  it('is run when something of it is first used, and again when that failed', async () => {
    const sources = path.join(folder, 'sources')
    mkdirSync(sources)
    const runs = `alpaco-test-runs-${process.pid}`
    const files = {
      'entry.ts': `import { half } from './late.ts'; export const handler = (value: number) => (value === 0 ? 0 : half(value))`,
      'late.ts': `import { two } from './two.ts'
        const runs = Number(process.env['${runs}'] ?? 0) + 1
        process.env['${runs}'] = String(runs)
        export const half = (value: number) => value / two
        if (runs === 1) throw new Error('not yet')`,
      'two.ts': `export const two = Math.sqrt(4)`,
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(sources, name), text)
    const entry = path.relative(process.cwd(), path.join(sources, 'entry.ts'))
    const { functions } = await packageEntries(path.join(folder, 'small'), 'bundled', { small: entry })
    const { handler } = createRequire(import.meta.url)(path.join(functions['small'] ?? '', 'index.js')) as {
      handler: (value: number) => number
    }
    expect(handler(0)).toBe(0)
    expect(process.env[runs]).toBeUndefined()
    expect(() => handler(6)).toThrow('not yet')
    expect(handler(6)).toBe(3)
    expect(handler(8)).toBe(4)
    expect(process.env[runs]).toBe('2')
  })
})
