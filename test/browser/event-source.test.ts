// A page in a real Chromium: its EventSource reads a run with the session cookie, through reloads and broken connections.
import http from 'node:http'
import https from 'node:https'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type IssuerKey, makeIssuerKey, signToken, standInClientId } from '../../mock/issuer/key.ts'
import { type IssuerStandIn, startIssuer } from '../../mock/issuer/server.ts'
import { read, type Frame } from '../support/reading.ts'
import { expectGrammar } from '../support/run-checks.ts'
import { startService, type Service } from '../support/service.ts'
import { findChromium } from './chromium.ts'
import { endedStreamPath, startSite, type Site, type SiteRequest } from './site.ts'

/** An issuer that a deployed function accepts. What is asked of it is asked of the stand-in. */
const issuerUrl = 'https://issuer.example/pool'
const keysUrl = 'https://issuer.example/keys'

/**
 * Reads the run that its address asks for. `seen` is what this document has read, `earlier` what the tab had read before
 * it was reloaded; with `resumes` in the address it asks only for what follows that.
 */
const page = `<!doctype html>
<meta charset="utf-8">
<title>Reader</title>
<script>
  const earlier = JSON.parse(sessionStorage.getItem('seen') ?? '[]')
  const seen = []
  const errors = []
  let source
  function listen(address) {
    source = new EventSource(address, { withCredentials: true })
    for (const type of ['progress', 'gate', 'delta', 'problem', 'failed', 'cancelled', 'message']) {
      source.addEventListener(type, ({ lastEventId, data }) => {
        seen.push({ id: lastEventId, type, data })
        sessionStorage.setItem('seen', JSON.stringify(seen))
      })
    }
    source.addEventListener('error', () => errors.push(source.readyState))
  }
  const query = new URLSearchParams(location.search)
  if (query.has('requestId')) {
    if (query.has('resumes') && earlier.length > 0) query.set('lastEventId', earlier.at(-1).id)
    query.delete('resumes')
    listen('/generate?' + query)
  }
</script>`

const states = { connecting: 0, closed: 2 }
const limitMs = 180_000

let key: IssuerKey
let issuer: IssuerStandIn
let service: Service
let site: Site
let browser: Browser
let context: BrowserContext
let tab: Page
/** What the executor waits for before it begins: a run stands still until then. */
let released: PromiseWithResolvers<void>

beforeAll(async () => {
  key = await makeIssuerKey()
  issuer = await startIssuer({ keys: [key] })
  const toStandIn = (url: string, options: http.RequestOptions, onResponse: (response: http.IncomingMessage) => void) =>
    http.get(url === keysUrl ? issuer.jwksUrl : url, options, onResponse)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as it is called for the keys, one of its signatures
  vi.spyOn(https, 'get').mockImplementation(toStandIn as typeof https.get)
  service = await startService({
    chunkCharacters: 40,
    beforeBatch: () => released.promise,
    env: {
      STAGE: 'production',
      COGNITO_ISSUER_URL: issuerUrl,
      COGNITO_JWKS_URL: keysUrl,
      COGNITO_APP_CLIENT_ID: standInClientId,
    },
  })
  site = await startSite(service.url, page)
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('There is no Chromium; `npm test` installs one.')
  browser = await chromium.launch({
    executablePath,
    // Chromium's own sandbox is not for root, who everybody is in most containers.
    chromiumSandbox: process.getuid?.() !== 0,
  })
}, limitMs)
afterAll(async () => {
  released.resolve()
  await browser.close()
  await site.close()
  await service.close()
  await issuer.close()
  vi.restoreAllMocks()
})
beforeEach(async () => {
  released = Promise.withResolvers()
  context = await browser.newContext()
  tab = await context.newPage()
})
afterEach(() => context.close())

const inPage = async <T>(expression: string): Promise<T> => tab.evaluate<T>(expression)
const becomesTrue = async (expression: string): Promise<unknown> =>
  tab.waitForFunction(expression, undefined, { timeout: limitMs, polling: 50 })

const until = (condition: () => boolean): Promise<unknown> => vi.waitUntil(condition, { timeout: limitMs })

/** A token as the user pool signs it. */
function tokenOf(name: string): Promise<string> {
  const issuedAtSeconds = Math.floor(Date.now() / 1000)
  return signToken(key, name, { issuedAtSeconds, lifetimeSeconds: 3_600, claims: { iss: issuerUrl } })
}

/** Signs in as a page does. Returns the token. */
async function signIn(name: string): Promise<string> {
  const token = await tokenOf(name)
  await tab.goto(site.origin)
  const headers = JSON.stringify({ 'x-custom-auth-token': `Bearer ${token}` })
  expect(await inPage(`fetch('/session', { method: 'POST', headers: ${headers} }).then(({ status }) => status)`)).toBe(
    204,
  )
  expect(await inPage('document.cookie')).toBe('')
  return token
}

/** The page that reads a run. */
function pageOf(requestId: string, more: Readonly<Record<string, string>> = {}): string {
  return `${site.origin}/?${new URLSearchParams({ algorithm_type: 'graph', difficulty: 'easy', requestId, ...more }).toString()}`
}

/** Every event of the run that the page reads, as it is stored. */
async function storedFrames(token: string): Promise<Frame[]> {
  const [problemId] = (await inPage<string>('seen[0].id')).split(':')
  const reading = await read(`${service.url}/generations/${problemId}/events`, {
    headers: { 'x-custom-auth-token': `Bearer ${token}` },
  })
  expectGrammar(reading)
  expect(reading.last.type).toBe('problem')
  return reading.frames
}

/** What the browser asked for since then, without the page's other requests. */
function asked(since: number): SiteRequest[] {
  return site.requests.slice(since).filter(({ path }) => path.startsWith('/generate'))
}

/** Resolves when an EventSource that is told to come back has come back: one that was closed for good has not. */
async function anotherOneCameBack(): Promise<void> {
  await inPage(`new Promise((resolve) => {
    let ends = 0
    const other = new EventSource('${endedStreamPath}')
    other.addEventListener('error', () => {
      ends += 1
      if (ends === 2) resolve(other.close())
    })
  })`)
}

/** What has been made and paid for so far. */
async function spent(): Promise<{ runs: number; calls: number }> {
  return { runs: (await service.runIds()).length, calls: service.gemini.requests.length }
}

/** The calls of the model that one run takes. */
const callsOfRun = 7

it.each([
  ['from the beginning when it knows only its requestId', false],
  ['from where it was when it remembers the last event', true],
])(
  'a page that is reloaded in mid-run reads %s, and stops at the end',
  async (_from, resumes) => {
    const token = await signIn('alice')
    const before = await spent()
    const since = site.requests.length
    await tab.goto(resumes ? pageOf('resumed', { resumes: '' }) : pageOf('reloaded'))
    await becomesTrue('seen.some(({ type }) => type === "gate")')
    await tab.reload()
    const earlier = await inPage<Frame[]>('earlier')
    expect(earlier.map(({ type }) => type)).toContain('gate')
    if (resumes) await until(() => asked(since).length === 2)
    else await becomesTrue(`seen.length >= ${earlier.length}`)
    released.resolve()
    await becomesTrue(`source.readyState === ${states.closed}`)

    const seen = await inPage<Frame[]>('seen')
    const stored = await storedFrames(token)
    if (resumes) expect([...earlier, ...seen]).toEqual(stored)
    else {
      expect(seen).toEqual(stored)
      expect(earlier).toEqual(stored.slice(0, earlier.length))
    }
    expect(await inPage('errors')).toEqual([states.connecting, states.closed])
    await anotherOneCameBack()
    expect(asked(since).map(({ status, headers }) => [status, headers['last-event-id']])).toEqual([
      [200, undefined],
      [200, undefined],
      [204, stored.at(-1)?.id],
    ])
    expect(await spent()).toEqual({ runs: before.runs + 1, calls: before.calls + callsOfRun })
  },
  limitMs,
)

it(
  'a connection that breaks in mid-run is taken up by Chromium itself, and nothing is read twice or missed',
  async () => {
    const token = await signIn('alice')
    const before = await spent()
    const since = site.requests.length
    await tab.goto(pageOf('broken'))
    await becomesTrue('seen.some(({ type }) => type === "gate")')
    site.cut()
    await becomesTrue('errors.length === 1')
    const lastId = await inPage('seen.at(-1).id')
    await until(() => asked(since).length === 2)
    released.resolve()
    await becomesTrue(`source.readyState === ${states.closed}`)

    const stored = await storedFrames(token)
    expect(await inPage('seen')).toEqual(stored)
    expect(await inPage('errors')).toEqual([states.connecting, states.connecting, states.closed])
    await anotherOneCameBack()
    expect(asked(since).map(({ status, headers }) => [status, headers['last-event-id']])).toEqual([
      [200, undefined],
      [200, lastId],
      [204, stored.at(-1)?.id],
    ])
    expect(await spent()).toEqual({ runs: before.runs + 1, calls: before.calls + callsOfRun })
  },
  limitMs,
)

it(
  'a page without the cookie is refused, and does not ask again',
  async () => {
    const before = await spent()
    const since = site.requests.length
    await tab.goto(pageOf('nobody'))
    await becomesTrue(`source.readyState === ${states.closed}`)
    await anotherOneCameBack()
    expect(await inPage('errors')).toEqual([states.closed])
    expect(asked(since).map(({ status, headers }) => [status, headers.cookie])).toEqual([[401, undefined]])
    expect(await spent()).toEqual(before)
  },
  limitMs,
)

it.each([
  // A cookie belongs to a host with all of its ports, so that this page sends it along.
  ['another origin of the same site', 'origin', 403, true],
  ['another site', 'otherOrigin', 401, false],
] as const)(
  'a page of %s cannot start a run with the cookie',
  async (_whose, host, status, hasCookie) => {
    await signIn('alice')
    const before = await spent()
    const since = site.requests.length
    const foreign = await startSite(service.url, page)
    try {
      await tab.goto(foreign[host])
      const target = pageOf('foreign').replace('/?', '/generate?')
      // The ways to ask with a cookie that need nobody's leave: an EventSource, a picture, a request that does not look
      // at the answer, a link.
      await inPage(`listen('${target}')`)
      await becomesTrue(`source.readyState === ${states.closed}`)
      await inPage(`new Promise((resolve) => { Object.assign(new Image(), { onerror: resolve, src: '${target}' }) })`)
      await inPage(`fetch('${target}', { mode: 'no-cors', credentials: 'include' }).then(() => undefined)`)
      await inPage(`location.assign('${target}')`)
      await until(() => asked(since).filter((each) => each.status !== undefined).length === 4)
    } finally {
      await foreign.close()
    }
    expect(asked(since).map((each) => [each.status, each.headers.cookie !== undefined])).toEqual(
      Array.from({ length: 4 }, () => [status, hasCookie]),
    )
    expect(await spent()).toEqual(before)
  },
  limitMs,
)
