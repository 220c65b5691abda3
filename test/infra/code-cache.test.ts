// The code cache of what is deployed: taken where it fits, harmless where it does not, and no part of what an asset is called.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageFunctions, type Packaged } from '../../infra/packaging/bundle.ts'
import { addCodeCache, isCodeCache } from '../../infra/packaging/code-cache.ts'
import { startFunctionUrl } from '../../mock/function-url/server.ts'

let folder: string
let packaged: Packaged
let madeBy: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alpaco-code-cache-'))
  packaged = await packageFunctions(path.join(folder, 'built'), 'layer')
  madeBy = await addCodeCache(packaged, process.execPath)
})
afterAll(() => rm(folder, { recursive: true }))

/** A disk of Lambda's with the generator and the layer, each part of the cache changed by `change`. */
async function diskWith(name: string, change: (cache: Buffer) => Buffer): Promise<string> {
  const disk = path.join(folder, name)
  await cp(packaged.functions.generator, path.join(disk, 'var/task'), { recursive: true })
  await cp(packaged.layer ?? '', path.join(disk, 'opt'), { recursive: true })
  for (const file of await readdir(disk, { recursive: true })) {
    const place = path.join(disk, file)
    if (isCodeCache(file)) await writeFile(place, change(await readFile(place)))
  }
  return disk
}

/** Chunks that have a part of the cache. */
async function cached(of: string): Promise<string[]> {
  return (await readdir(of, { recursive: true })).filter(isCodeCache).map((file) => path.basename(file))
}

/** What a new environment answers, from what needs nothing to what needs everything but the model; and its log. */
async function answersOn(root: string): Promise<{ statuses: number[]; warnings: unknown[] }> {
  const lines: string[] = []
  const env = {
    STAGE: 'local',
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
    CODE_EXECUTOR_LAMBDA_ARN: 'arn:aws:lambda:ap-northeast-2:000000000000:function:executor',
    GOOGLE_AI_API_KEY: 'a-key',
  }
  const service = await startFunctionUrl({
    environment: { kind: 'runtime', root, env, maxEnvironments: 1, freezes: false },
    onLog: (line) => lines.push(line),
  })
  const statuses: number[] = []
  for (const [method, place] of [
    ['OPTIONS', '/generate'],
    ['GET', '/health'],
    ['GET', '/nothing'],
    ['GET', '/generations/00000000-0000-0000-0000-000000000000'],
  ] as const) {
    statuses.push((await fetch(service.url + place, { method })).status)
  }
  await service.close()
  return {
    statuses,
    warnings: lines.filter((line) => line.includes('code cache')).map((line) => JSON.parse(line) as unknown),
  }
}

describe('the code cache', () => {
  it('is there for what a start and a request run, of our code and of the packages, and says which Node it is of', async () => {
    expect(madeBy).toBe(`${process.version} ${process.arch}`)
    const ours = (await cached(packaged.functions.generator)).join(' ')
    for (const name of ['main-', 'compose-', 'pipeline-', 'secrets-manager-', 'langchain-'])
      expect(ours).toContain(name)
    expect((await cached(packaged.layer ?? '')).length).toBeGreaterThan(15)
    expect(await cached(packaged.functions.sweeper)).not.toEqual([])
  })

  it('is taken by the same Node, started as Lambda starts it', async () => {
    const { statuses, warnings } = await answersOn(await diskWith('fitting', (cache) => cache))
    expect(statuses).toEqual([200, 200, 404, 503])
    expect(warnings).toEqual([])
  })

  it.each([
    // Its first words are a magic number, V8's version, a hash of the source, and one of the flags.
    ['of another V8', (cache: Buffer): Buffer => Buffer.from(cache.with(4, (cache[4] ?? 0) ^ 1))],
    ['cut off', (cache: Buffer): Buffer => cache.subarray(0, 40)],
    ['empty', (): Buffer => Buffer.alloc(0)],
  ])('is not taken when it is %s, which is logged once and changes no answer', async (what, change) => {
    const { statuses, warnings } = await answersOn(await diskWith(what.replaceAll(' ', '-'), change))
    expect(statuses).toEqual([200, 200, 404, 503])
    const { version, arch } = process
    const data = { version, arch }
    expect(warnings).toEqual([{ level: 'WARN', message: 'the code cache is of another Node', data }])
  })
})
