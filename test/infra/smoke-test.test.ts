// The smoke test against deployments that are not whole, each in one way; against the service itself: test/http/smoke-test.test.ts.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import path from 'node:path'
import { expect, it } from 'vitest'
import { listen, makeScratch, repository, type Result, run } from './scripts.ts'

const newFolder = makeScratch()
const token = 'eyJhbGciOi.of-nobody.else'
/** What is told of a call of curl, and then the call itself. */
const curl = `exec ${execFileSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).trim()} "$@"`
const sse = { 'content-type': 'text/event-stream; charset=utf-8' }
const json = { 'content-type': 'application/json; charset=utf-8' }
const progress = 'id: a:1\nevent: progress\ndata: {"type":"progress"}\n\n'
const problem = 'id: a:2\nevent: problem\ndata: {"type":"problem"}\n\n'
const delta = 'id: a:1\nevent: delta\ndata: {"type":"delta","text":"\\"outcome\\":\\"passed\\""}\n\n'
const gate = (outcome: string): string => `id: a:1\nevent: gate\ndata: {"type":"gate","outcome":"${outcome}"}\n\n`
const failed = (code: string, before = progress): string =>
  `${before}id: a:2\nevent: failed\ndata: {"type":"failed","code":"${code}","message":"…"}\n\n`

type Answer = (response: Parameters<RequestListener>[1], request: Parameters<RequestListener>[0]) => void
const answer =
  (status: number, headers: Record<string, string>, body: string): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body)
/** A deployment that is whole; it even says the token, for nobody may repeat it. */
const whole: Record<'health' | 'preflight' | 'refusal' | 'service' | 'stream' | 'continuation', Answer> = {
  health: answer(200, json, '{"status":"ok"}\n'),
  preflight: answer(200, json, '{}'),
  refusal: answer(401, json, '{"code":"unauthorized"}'),
  // Without the word of a browser it is refused, whoever asks.
  service: (response, { headers }) => response.writeHead(headers['sec-fetch-site'] === 'same-origin' ? 204 : 403).end(),
  stream: (response, request) =>
    response.writeHead(200, sse).end(`: ${String(request.headers['x-custom-auth-token'])}\n\n${progress}${problem}`),
  continuation: (response, { headers, url }) => {
    const isNext = headers['last-event-id'] === 'a:1' && url === '/generations/a/events'
    response.writeHead(isNext ? 200 : 400, sse).end(problem)
  },
}

async function smoke(
  change: Partial<typeof whole> = {},
  { withToken = true, env = {} }: { withToken?: boolean; env?: Record<string, string> } = {},
): Promise<Result> {
  const answers = { ...whole, ...change }
  const { url, server } = await listen((request, response) => {
    const { method, url: asked = '', headers } = request
    if (asked === '/health') answers.health(response, request)
    else if (method === 'OPTIONS') answers.preflight(response, request)
    else if (method === 'DELETE' && asked === '/session') answers.service(response, request)
    else if (headers['x-custom-auth-token'] === undefined) answers.refusal(response, request)
    else if (asked.startsWith('/generate?')) answers.stream(response, request)
    else answers.continuation(response, request)
  })
  const folder = newFolder()
  writeFileSync(path.join(folder, 'header'), withToken ? `X-Custom-Auth-Token: Bearer ${token}\n` : '')
  const result = await run('smoke-test.sh', [url, 'header'], {
    folder,
    env: { SMOKE_TRIES: '1', ...env },
    programs: { curl },
  })
  server.closeAllConnections()
  server.close()
  expect(result.output + result.calls.join('\n')).not.toContain(token)
  return result
}

it('passes on a deployment that is whole', async () => {
  const { status, output, calls } = await smoke()
  expect(output).toBe('✓ health\n✓ preflight\n✓ no token, no problem\n✓ the service\n✓ a stream\n✓ a problem\n')
  expect(status).toBe(0)
  for (const call of calls) expect(call).toMatch(/^curl -sN .*-H Accept-Encoding: gzip, br/)
})

it('without a token asks what needs none', async () => {
  const { status, output, calls } = await smoke({}, { withToken: false })
  expect(status).toBe(0)
  expect(output).toContain('– no token: no problem was made')
  expect(calls).toHaveLength(4)
})

it('waits for a distribution that is not known yet', async () => {
  let asked = 0
  const health: Answer = (response, request) =>
    (asked++ === 0 ? answer(404, {}, 'not here') : whole.health)(response, request)
  expect(await smoke({ health }, { env: { SMOKE_TRIES: '2' }, withToken: false })).toMatchObject({ status: 0 })
})

it.each([
  ['verification-failed', gate('failed') + gate('passed') + gate('failed')],
  ['model-unavailable', delta],
  ['model-rate-limited', progress],
])('does not blame the deployment for %s', async (code, before) => {
  const { status, output } = await smoke({ stream: answer(200, sse, failed(code, before)) })
  expect(status).toBe(0)
  expect(output).toContain(`✓ an end, though no problem: ${code}`)
})

const handOver = answer(200, sse, `${progress}: continues\n\n`)

it('reads on where a function hands the run over', async () => {
  const { status, output } = await smoke({ stream: handOver })
  expect(output).toContain('✓ a stream\n✓ its continuation\n✓ a problem\n')
  expect(status).toBe(0)
})

it('remembers what came before a run was handed over', async () => {
  const stream = answer(200, sse, `${delta}: continues\n\n`)
  expect(await smoke({ stream, continuation: answer(200, sse, failed('model-unavailable')) })).toMatchObject({
    status: 0,
  })
})

it.each<[string, Partial<typeof whole>, string]>([
  ['nobody is there', { health: (response) => response.destroy() }, 'health: the connection broke (curl: 52'],
  [
    'CloudFront may not call the function',
    { refusal: answer(403, json, '{}') },
    'no token, no problem: 403 instead of 401',
  ],
  ['anybody may make problems', { refusal: answer(200, sse, problem) }, 'no token, no problem: 200 instead of 401'],
  ['somebody else answers', { health: answer(200, json, '{}') }, 'health: not ours'],
  [
    'the web app answers',
    { health: answer(200, { 'content-type': 'text/html' }, '') },
    "health: 'text/html' instead of application/json",
  ],
  ['there is no preflight', { preflight: answer(403, json, '{}') }, 'preflight: 403 instead of 200'],
  ['the token is refused', { stream: answer(401, json, '{}') }, 'a stream: 401 instead of 200'],
  ['the signature is refused', { stream: answer(403, json, '{}') }, 'a stream: 403 instead of 200'],
  [
    'the answer is no stream',
    { stream: answer(200, json, '{}') },
    "a stream: 'application/json; charset=utf-8' instead of text/event-stream",
  ],
  [
    'the stream is compressed',
    { stream: answer(200, { ...sse, 'content-encoding': 'gzip' }, problem) },
    'a stream: compressed (gzip)',
  ],
  [
    'health is compressed',
    { health: answer(200, { ...json, 'content-encoding': 'br' }, '') },
    'health: compressed (br)',
  ],
  [
    'the stream ends without a last event',
    { stream: answer(200, sse, progress) },
    "without a last event, after 'progress'",
  ],
  ['the stream is empty', { stream: answer(200, sse, ': hello\n\n') }, "without a last event, after 'nothing'"],
  ['something comes after the last event', { stream: answer(200, sse, problem + progress) }, "after 'progress'"],
  [
    'the stream breaks off',
    {
      stream: (response) => {
        response.writeHead(200, sse)
        response.write(progress, () => response.destroy())
      },
    },
    'a stream: the connection broke (curl: 18, status 200)',
  ],
  [
    'the stream is held back to its end',
    { stream: (response, request) => setTimeout(() => whole.stream(response, request), 2_300) },
    'held back: the first byte came after 2.3',
  ],
  [
    'programs cannot be run',
    { stream: answer(200, sse, failed('executor-unavailable')) },
    'the run failed: executor-unavailable',
  ],
  ['there is a bug', { stream: answer(200, sse, failed('internal')) }, 'the run failed: internal'],
  [
    'the model’s key is refused',
    { stream: answer(200, sse, failed('model-key-refused')) },
    'the run failed: model-key-refused',
  ],
  [
    'no gate was ever passed',
    { stream: answer(200, sse, failed('verification-failed', delta + gate('failed'))) },
    'the run failed: verification-failed, and no gate was ever passed',
  ],
  [
    'the model cannot be asked, for want of a key',
    { stream: answer(200, sse, failed('model-unavailable')) },
    'the run failed: model-unavailable, and the model never said a word',
  ],
  [
    'the service cannot be loaded, which only shows behind the front door',
    { service: answer(500, json, '{"code":"internal"}') },
    'the service: 500 instead of 204',
  ],
  ['a run is handed over without end', { stream: handOver, continuation: handOver }, 'comes to no end'],
  [
    'nobody goes on with a run',
    { stream: handOver, continuation: answer(404, json, '{}') },
    'its continuation: 404 instead of 200',
  ],
  ['the run is cancelled', { stream: answer(200, sse, 'event: cancelled\ndata: {}\n\n') }, "after 'cancelled'"],
])('fails when %s', async (_what, change, message) => {
  const { status, output } = await smoke(change)
  expect(status).toBe(1)
  expect(output).toContain('✗ ')
  expect(output).toContain(message)
})

it('excuses only failures that there are', () => {
  const source = readFileSync(path.join(repository, 'infra/delivery/smoke-test.sh'), 'utf8')
  const excused = [...source.matchAll(/^ {6}([a-z-]+(?: \| [a-z-]+)*)\)/gm)].flatMap(([, codes = '']) =>
    codes.split(' | '),
  )
  expect(excused).toHaveLength(5)
  const contract = readFileSync(path.join(repository, 'src/contract/events.ts'), 'utf8')
  for (const code of excused) expect(contract).toContain(`'${code}',`)
})
