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

/** Names of the chunks that are loaded with the generator's entry. */
function entryChunks({ metafiles: [metafile] }: Packaged): Set<string> {
  const outputs = new Map(
    Object.entries(metafile?.outputs ?? {}).map(([file, output]) => [path.basename(file), output]),
  )
  const seen = new Set<string>()
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    for (const { path: file, kind } of outputs.get(name)?.imports ?? []) {
      if (kind === 'import-statement' && outputs.has(path.basename(file))) visit(path.basename(file))
    }
  }
  visit('main.js')
  return seen
}

describe('a packaged generator', () => {
  it('with everything in it is small', async () => {
    const { raw, gzip } = await sizeOf(filesIn(bundled.functions.generator))
    expect(raw).toBeLessThanOrEqual(1_300_000)
    expect(gzip).toBeLessThanOrEqual(360_000)
  })

  it.each(['bundled', 'layered'])('answers at once from very little code (%s)', async (mode) => {
    const packaged = mode === 'bundled' ? bundled : layered
    const names = entryChunks(packaged)
    const entry = filesIn(packaged.functions.generator).filter(
      (file) => names.has(path.basename(file)) || /^(index|main-\w+)\.js$/.test(path.basename(file)),
    )
    expect(entry.length).toBe(names.size + 1)
    expect((await sizeOf(entry)).raw).toBeLessThanOrEqual(25_000)
    for (const file of entry) expect(readFileSync(file, 'utf8')).not.toMatch(/opt\/nodejs|aws-sdk|langchain/)
  })

  it('leaves the packages to the layer, which has nothing of ours', () => {
    const [generator, sweeper, layer] = layered.metafiles.map(({ inputs }) => Object.keys(inputs))
    expect([...(generator ?? []), ...(sweeper ?? [])].filter((input) => input.includes('node_modules'))).toEqual([])
    // But for what the model's client asks with.
    expect(layer?.filter((input) => /^(src|infra)\//.test(input))).toEqual(['infra/packaging/model-fetch.ts'])
    expect(layer?.some((input) => input.includes('node_modules/@langchain/core/'))).toBe(true)
  })

  it.each([
    ['languages of zod but the one that it speaks by itself', /zod\/v4\/locales\/(?!en\.js)/],
    ['a second zod', /zod\/v3\//],
    ['a tracing client', /node_modules\/langsmith\//],
    ['a sandbox', /src\/executor\/(supervisor|toolchain)\.ts/],
    ['stand-ins', /^mock\//],
  ])('has nothing of %s', (_what, pattern) => {
    for (const { metafiles } of [bundled, layered]) {
      const used = metafiles.flatMap(({ outputs }) =>
        Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)),
      )
      expect(used.filter(([input, { bytesInOutput }]) => pattern.test(input) && bytesInOutput > 0)).toEqual([])
    }
  })

  it('is the same from the same sources, the layer too', async () => {
    const again = await packageFunctions(path.join(folder, 'again'), 'layer')
    expect(bytes(again)).toEqual(bytes(layered))
  })
})
