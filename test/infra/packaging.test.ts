// The functions as they are packaged: how large they are, what is not in them, and that the same sources give the same bytes.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageFunctions, type Packaged, sizeOf } from '../../infra/packaging/bundle.ts'

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
    const again = await packageFunctions(path.join(folder, 'again'), 'layer')
    expect(bytes(again)).toEqual(bytes(layered))
  })
})
