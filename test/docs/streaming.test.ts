// The page for whoever writes a client: its command lines and its client work as they are printed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeIssuerKey, signToken, standInClientId, standInIssuer } from '../../mock/issuer/key.ts'
import { type IssuerStandIn, startIssuer } from '../../mock/issuer/server.ts'
import { parseStream } from '../support/reading.ts'
import { startService, type Service } from '../support/service.ts'

const served = 'http://127.0.0.1:8787'
/** What a person types to get a token; here somebody else makes it. */
const signIn = '$(npm start --silent -- token --user alice)'

let blocks: { language: string; code: string }[]
let issuer: IssuerStandIn
let service: Service
let token: string
let folder: string

beforeAll(async () => {
  const page = await readFile(new URL('../../docs/streaming.md', import.meta.url), 'utf8')
  blocks = [...page.matchAll(/^```(sh|python)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
    language,
    code,
  }))
  const key = await makeIssuerKey()
  issuer = await startIssuer({ keys: [key] })
  token = await signToken(key, 'alice', { issuedAtSeconds: Math.floor(Date.now() / 1_000), lifetimeSeconds: 600 })
  service = await startService({
    env: {
      COGNITO_ISSUER_URL: standInIssuer,
      COGNITO_APP_CLIENT_ID: standInClientId,
      COGNITO_JWKS_URL: issuer.jwksUrl,
    },
  })
  folder = await mkdtemp(join(tmpdir(), 'alpaco-docs-'))
})
afterAll(async () => {
  await service.close()
  await issuer.close()
  await rm(folder, { recursive: true })
})

async function run(program: string, ...args: string[]): Promise<{ output: string; code: unknown }> {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<unknown[]>])
  return { output, code }
}

/** Each line of a block of the page, printed after the one before has ended; a block may use what an earlier one found. */
async function shell(wanted: string): Promise<string[]> {
  const at = blocks.findIndex(({ language, code }) => language === 'sh' && code.includes(wanted))
  const before = blocks.slice(0, at).filter(({ code }) => code.includes('ID=$('))
  const lines = (blocks[at]?.code ?? '').trim().split('\n')
  const printed: string[] = []
  for (const count of lines.keys()) {
    const script = [
      ...before.map(({ code }) => code.split('\n')[0]),
      ...lines.slice(0, count + 1).map((line, index) => (index < count && !/^\w+=/.test(line) ? '' : line)),
    ]
    const { output, code } = await run(
      'sh',
      '-ec',
      script.join('\n').replaceAll(served, service.url).replaceAll(signIn, token),
    )
    expect(code, lines[count]).toBe(0)
    printed.push(output)
  }
  return printed
}

const typesOf = (stream: string): (string | undefined)[] =>
  parseStream(Buffer.from(stream)).frames.map(({ type }) => type)

describe('the command lines', () => {
  it('begin a run and read it to its end', async () => {
    const [stream = ''] = await shell('requestId=my-first')
    expect(typesOf(stream).at(-1)).toBe('problem')
    expect(await service.runIds()).toHaveLength(1)
  })

  it('go on after an event, by header and by query', async () => {
    const [, header = '', query = ''] = await shell('Last-Event-ID: ')
    const { frames } = parseStream(Buffer.from(header))
    expect(frames[0]?.id).toMatch(/:3$/)
    expect(frames.at(-1)?.type).toBe('problem')
    expect(typesOf(query)).toEqual(typesOf(header))
    expect(await service.runIds()).toHaveLength(1)
  })

  it('cancel, or say how the run ended', async () => {
    const [answer = ''] = await shell('-X DELETE')
    expect(JSON.parse(answer)).toMatchObject({ status: 'COMPLETED' })
    const again = await fetch(`${service.url}/generations/${(JSON.parse(answer) as { problemId: string }).problemId}`, {
      method: 'DELETE',
    })
    expect(again.status).toBe(409)
  })

  it('sign in', async () => {
    const answer = (await shell('/session')).at(-1) ?? ''
    expect(answer).toMatch(/^HTTP\/1\.1 204 /)
    expect(answer).toMatch(/set-cookie: __Host-alpaco-session=/i)
  })
})

it('every line that begins a run asks for a topic of its own, or joins', () => {
  const asked = blocks.flatMap(({ code }) => [...code.matchAll(/algorithm_type=(\w+)&\S*requestId=([\w-]+)/g)])
  const topics = new Map(asked.map(([, topic, requestId]) => [requestId, topic]))
  expect(new Set(topics.values()).size).toBe(topics.size)
  expect(topics.size).toBeGreaterThan(1)
})

it('the client in another language reads a run to its end, and is told to stop', async () => {
  const printed = blocks.find(({ language }) => language === 'python')?.code ?? ''
  // The author of the tests knows one problem.
  const code = printed.replace('algorithm_type=sorting', 'algorithm_type=graph')
  const { output, code: exitCode } = await run('python3', '-c', code, service.url)
  expect(exitCode).toBe(0)
  const types = output
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0])
  expect(types[0]).toBe('progress')
  expect(types.filter((type) => type === 'problem')).toHaveLength(1)
  expect(types.at(-1)).toBe('problem')
})
