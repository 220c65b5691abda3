// The code cache of what is deployed: taken where it fits, harmless where it does not, and no part of what an asset is called.
import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { packageFunctions, type Packaged } from '../../infra/packaging/bundle.ts'
import { addCodeCache, isCodeCache } from '../../infra/packaging/code-cache.ts'
import { startFunctionUrl } from '../../mock/function-url/server.ts'
import { only, stacks } from './templates.ts'

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

/** Files that have a part of the cache. */
async function cached(of: string): Promise<string[]> {
  return (await readdir(of, { recursive: true }))
    .filter(isCodeCache)
    .map((file) => path.basename(file))
    .toSorted()
}

/** What a new environment answers, from what needs nothing to what needs everything but the model; and its log. */
async function answersOn(root: string): Promise<{ statuses: number[]; lines: string[]; warnings: unknown[] }> {
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
    lines,
    warnings: lines.filter((line) => line.includes('code cache')).map((line) => JSON.parse(line) as unknown),
  }
}

describe('the code cache', () => {
  it('is there for what a start and a request run, of our code and of the packages, and says which Node it is of', async () => {
    expect(madeBy).toBe(`${process.version} ${process.arch} no image`)
    const { functions, layer = '' } = packaged
    expect((await cached(functions.generator)).join(' ')).toMatch(/^later-\S+ main-\S+ service-\S+$/)
    expect((await cached(functions.sweeper)).join(' ')).toMatch(/^main-\S+$/)
    expect((await cached(layer)).join(' ')).toMatch(/^more-\S+ packages-\S+$/)
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

it('a function without its layer says so, as often as it is asked, and nothing else', async () => {
  const disk = path.join(folder, 'without-layer')
  await cp(packaged.functions.generator, path.join(disk, 'var/task'), { recursive: true })
  const { statuses, lines } = await answersOn(disk)
  expect(statuses).toEqual([200, 200, 500, 500])
  const line = {
    level: 'ERROR',
    service: 'generator',
    message: 'the service cannot start',
    data: { error: { name: 'Error', code: 'ENOENT' } },
  }
  expect(lines.map((each) => JSON.parse(each) as unknown)).toEqual([line, line])
})

describe("Lambda's own Node", () => {
  it("is that of the function's runtime and processor, in a container that has the functions and nothing else", async () => {
    const { Runtime: runtime, Architectures: architectures } = only(stacks()['Generator'], 'AWS::Lambda::Function', {
      FunctionName: 'alpaco-generator-dev',
    }).Properties
    const calls = path.join(folder, 'calls')
    const programs = {
      docker: `echo "$*" >>'${calls}'; while [ "$1" != --env ]; do shift; done; export "$2"; shift 5; exec '${process.execPath}' "$@"`,
      node: `PATH='${folder}':"$PATH" exec infra/packaging/lambda-node.sh "$@"`,
    }
    for (const [name, code] of Object.entries(programs)) {
      await writeFile(path.join(folder, name), `#!/bin/sh\n${code}\n`)
      await chmod(path.join(folder, name), 0o755)
    }
    const again = await packageFunctions(path.join(folder, 'again'), 'layer')
    const image = /^image=(.*)$/m.exec(await readFile('infra/packaging/lambda-node.sh', 'utf8'))?.[1] ?? ''
    expect(await addCodeCache(again, path.join(folder, 'node'))).toBe(madeBy.replace('no image', image))
    expect(await cached(again.functions.generator)).toEqual(await cached(packaged.functions.generator))
    const [call = ''] = (await readFile(calls, 'utf8')).split('\n')
    expect(call).toContain(`run --rm --platform linux/${String(architectures)} --network none `)
    expect(call.match(/--volume \S+/g)).toEqual([`--volume ${tmpdir()}:${tmpdir()}`])
    const version = /^nodejs(\d+)\.x$/.exec(String(runtime))?.[1]
    expect(image).toMatch(
      new RegExp(`^public\\.ecr\\.aws/lambda/nodejs:${version}@sha256:(?:[0-9a-f]{64}|PLACEHOLDER)$`),
    )
    expect(call).toContain(` --entrypoint /var/lang/bin/node ${image} --expose-gc `)
  })
})

/** What the generator's code is called where the code cache is made by this Node. */
async function nameWith(targetNode: string): Promise<string | undefined> {
  vi.stubEnv('TARGET_NODE', targetNode)
  vi.resetModules()
  const { functionAsset } = await import('../../infra/assets.ts')
  return functionAsset('generator').code.bind(new Stack(new App(), 'S')).s3Location?.objectKey
}

describe('what an asset is called', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('depends on whose the code cache is, so that it is renewed, and not on its bytes, so that it is not for nothing', async () => {
    const [without, one, other] = [
      await nameWith(''),
      await nameWith(process.execPath),
      await nameWith(process.execPath),
    ]
    vi.stubEnv('NODE_IMAGE', 'another')
    expect(await nameWith(process.execPath)).not.toBe(one)
    expect(one).toMatch(/^[0-9a-f]{64}\.zip$/)
    expect(other).toBe(one)
    expect(without).not.toBe(one)
  })
})
