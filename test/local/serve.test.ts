// The served API and its debugging page: the printed command line works, the page shows a run through a real EventSource.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import vm from 'node:vm'
import { EventSource } from 'eventsource'
import { createParser } from 'eventsource-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runEventSchema } from '../../src/contract/events.ts'
import { Workplace, type Running } from './command.ts'

let place: Workplace
let served: Running
let address: string
let curl: string
beforeAll(async () => {
  place = await Workplace.open()
  served = place.start(['--serve', '0', '-a', '정렬', '-d', '쉬움', '--seed', '11'], {
    ALLOWED_ORIGINS: 'http://friend.test',
  })
  await served.says('Ctrl-C')
  address = /http:\/\/127\.0\.0\.1:\d+/.exec(served.said())?.[0] ?? ''
  curl = /curl .*/.exec(served.said())?.[0] ?? ''
})
afterAll(() => place.close())

/** Status and body of a request with any headers, `Host` included. */
async function ask(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; body: string }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${address}${path}`, { headers }, resolve).on('error', reject).end()
  })
  let body = ''
  for await (const part of answer as AsyncIterable<Buffer>) body += part.toString()
  return { status: answer.statusCode, body }
}

test('says where it is, with the words percent-encoded and in quotes', () => {
  const query = `algorithm_type=${encodeURIComponent('정렬')}&difficulty=${encodeURIComponent('쉬움')}`
  expect(curl).toBe(`curl -N "${address}/generate?${query}"`)
})

test('serves the API as it is, CORS for allowed origins included', async () => {
  expect(await ask('/health', {})).toEqual({ status: 200, body: '{"status":"ok"}\n' })
  expect(await ask('/generate?algorithm_type=x&difficulty=y&locale=en', {})).toMatchObject({ status: 400 })
  const response = await fetch(`${address}/health`, { headers: { origin: 'http://friend.test' } })
  expect(response.headers.get('access-control-allow-origin')).toBe('http://friend.test')
})

test.each([
  ['another name for this address', { host: 'evil.test' }, 403],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' }, 403],
  ['a picture on another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['an allowed origin', { 'sec-fetch-site': 'cross-site', origin: 'http://friend.test' }, 200],
  ['its own page', { 'sec-fetch-site': 'same-origin' }, 200],
])('lets browsers start runs only from where it may: %s', async (_from, headers, status) => {
  expect((await ask('/health', headers)).status).toBe(status)
})

test('the page is one document that loads nothing and shows a whole run', async () => {
  const answer = await fetch(`${address}/`)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  const html = await answer.text()
  expect(html).toContain('<html lang="ko">')
  expect(html).not.toMatch(/\b(src|href)=|https?:|@import|innerHTML|insertAdjacentHTML/)

  const page = openPage(html)
  page.start({ algorithm_type: '정렬', difficulty: '쉬움', locale: 'ko', requestId: 'page' })
  await page.over
  expect(page.text('state')).toContain('완성')
  expect(page.text('gates')).toMatch(/G9 완전 탐색과 일치함 · \d+ ms/)
  expect(page.text('calls')).toContain('"title"')
  expect(page.text('result')).toContain('verification: verified')
  expect(page.classes('stages')).toEqual(['done', 'done', 'done', 'done', 'done'])
})

test('knows who signed in with a token of `token`, and shows their runs to nobody else', async () => {
  const { stdout, code } = await place.run(['token', '--user', 'alice'])
  expect(code).toBe(0)
  const signedIn = { 'x-custom-auth-token': `Bearer ${stdout.trim()}` }
  const leave = new AbortController()
  const { headers } = await fetch(`${address}/generate?algorithm_type=graph&difficulty=easy`, {
    headers: signedIn,
    signal: leave.signal,
  })
  leave.abort()
  const run = headers.get('location') ?? ''
  expect(run).toMatch(/^\/generations\//)
  expect((await ask(run, {})).status).toBe(404)
  expect((await ask(run, { 'x-custom-auth-token': 'Bearer x' })).status).toBe(401)
  expect((await ask(run, signedIn)).status).toBe(200)
  expect((await fetch(address + run, { method: 'DELETE', headers: signedIn })).status).toBe(202)
})

test('the printed command line streams events, and Ctrl-C cancels what is still running', async () => {
  const shell = spawn('sh', ['-c', curl], { stdio: ['ignore', 'pipe', 'ignore'] })
  const types: string[] = []
  let problemId = ''
  const parser = createParser({
    onEvent(message) {
      const event = runEventSchema.parse(JSON.parse(message.data))
      types.push(event.type)
      problemId = event.problemId
      // The first gate is enough to see that it streams. A second signal would end the service at once.
      if (event.type === 'gate' && types.filter((type) => type === 'gate').length === 1) served.child.kill('SIGINT')
    },
  })
  shell.stdout.setEncoding('utf8').on('data', (text: string) => parser.feed(text))
  await once(shell, 'close')
  const { code, stderr } = await served.finished
  expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
  expect(types.slice(0, 2)).toEqual(['progress', 'delta'])
  expect(types.at(-1)).toBe('cancelled')
  expect(await place.leftovers()).toEqual([])
  const { stdout } = await place.run(['list', '--json'])
  expect(stdout).not.toContain(problemId)
})

test('a busy port is named', async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const { code, stderr } = await place.run(['--serve', String(port), '--locale', 'en'])
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`port ${port} is in use`) as string })
  server.close()
})

/** As much of a document as the page's script touches. */
class Element {
  id = ''
  className = ''
  value: string | number = ''
  title = ''
  selected = false
  disabled = false
  children: (Element | string)[] = []
  readonly listeners = new Map<string, (event: object) => void>()

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('')
  }
  set textContent(text: string) {
    this.children = [text]
  }
  append(...children: (Element | string)[]): void {
    this.children.push(...children)
  }
  replaceChildren(...children: (Element | string)[]): void {
    this.children = children
  }
  addEventListener(type: string, listener: (event: object) => void): void {
    this.listeners.set(type, listener)
  }
  /** Itself and everything below it. */
  *all(): Generator<Element> {
    yield this
    for (const child of this.children) if (typeof child !== 'string') yield* child.all()
  }
}

/** Runs the page's scripts against the served API, with an independent EventSource. */
function openPage(html: string): {
  start(query: Record<string, string>): void
  over: Promise<void>
  text(id: string): string
  classes(id: string): string[]
} {
  const root = new Element()
  for (const [, id = ''] of html.matchAll(/ id="([a-z]+)"/g)) {
    const element = new Element()
    element.id = id
    root.append(element)
  }
  const byId = (id: string): Element | null => [...root.all()].find((element) => element.id === id) ?? null
  const { promise: over, resolve } = Promise.withResolvers<void>()
  class PageEventSource extends EventSource {
    constructor(path: string) {
      super(`${address}${path}`)
    }
    override close(): void {
      super.close()
      resolve()
    }
  }
  const scope = vm.createContext({
    document: { getElementById: byId, createElement: () => new Element() },
    location: { hash: '' },
    EventSource: PageEventSource,
    URLSearchParams,
    fetch,
    AbortController,
    crypto,
  })
  for (const [, script = ''] of html.matchAll(/<script>([\s\S]*?)<\/script>/g)) vm.runInContext(script, scope)
  return {
    start: (query) => void vm.runInContext(`start(${JSON.stringify(new URLSearchParams(query).toString())})`, scope),
    over,
    text: (id) => byId(id)?.textContent ?? '',
    classes: (id) => (byId(id)?.children ?? []).map((child) => (typeof child === 'string' ? '' : child.className)),
  }
}
