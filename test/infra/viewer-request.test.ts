// The function at the edge, executed as CloudFront does: a script that leaves `handler` behind.
import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { describe, expect, it } from 'vitest'

interface Header {
  readonly value: string
  readonly multiValue?: readonly { readonly value: string }[]
}
interface EdgeRequest {
  readonly method: string
  readonly uri: string
  readonly querystring: Readonly<Record<string, Header>>
  readonly headers: Readonly<Record<string, Header>>
  readonly cookies: Readonly<Record<string, Header>>
}

const source = readFileSync('infra/edge/viewer-request.js', 'utf8')
const sandbox = createContext({})
runInContext(source, sandbox)

function through(uri: string, headers: Record<string, string | string[]> = {}): EdgeRequest {
  const request: EdgeRequest = {
    method: 'GET',
    uri,
    querystring: { difficulty: { value: 'easy' } },
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, given]) => [
        name,
        typeof given === 'string'
          ? { value: given }
          : { value: given[0] ?? '', multiValue: given.map((value) => ({ value })) },
      ]),
    ),
    cookies: { '__Host-alpaco-session': { value: 'token' } },
  }
  sandbox['event'] = { version: '1.0', context: { eventType: 'viewer-request' }, request }
  return JSON.parse(runInContext('JSON.stringify(handler(event))', sandbox) as string) as EdgeRequest
}

const tokenOf = (request: EdgeRequest): string | undefined => request.headers['x-custom-auth-token']?.value

describe('a request of the API', () => {
  it('has the token of curl copied to where the signature leaves it alone', () =>
    expect(tokenOf(through('/generate', { authorization: 'Bearer mine' }))).toBe('Bearer mine'))

  it('may bring its token in the other header', () =>
    expect(tokenOf(through('/generate', { 'x-custom-auth-token': 'Bearer mine' }))).toBe('Bearer mine'))

  it('loses a forged copy beside its authorization', () =>
    expect(tokenOf(through('/me', { authorization: 'Bearer mine', 'x-custom-auth-token': 'Bearer forged' }))).toBe(
      'Bearer mine',
    ))

  it.each(['Basic bWU6bWU=', '', 'bearer'])(
    'loses a forged copy beside an authorization of another kind: %j',
    (value) =>
      expect(tokenOf(through('/me', { authorization: value, 'x-custom-auth-token': 'Bearer forged' }))).toBeUndefined(),
  )

  it('loses tokens that could be read in two ways', () => {
    expect(tokenOf(through('/me', { 'x-custom-auth-token': ['Bearer one', 'Bearer two'] }))).toBeUndefined()
    expect(tokenOf(through('/me', { authorization: ['Bearer one', 'Bearer two'] }))).toBeUndefined()
  })

  it('keeps path, query, cookies, body hash and event id', () => {
    const headers = { 'last-event-id': 'run:7', 'x-amz-content-sha256': 'e3b0c442' }
    const request = through('/generations/0199aa7e/events', headers)
    expect(request.uri).toBe('/generations/0199aa7e/events')
    expect(request.querystring).toEqual({ difficulty: { value: 'easy' } })
    expect(request.cookies).toEqual({ '__Host-alpaco-session': { value: 'token' } })
    expect(request.headers).toEqual({
      'last-event-id': { value: 'run:7' },
      'x-amz-content-sha256': { value: 'e3b0c442' },
    })
  })

  it.each(['/generate', '/generations/1', '/generations/1/events', '/session', '/me', '/health', '/v1/generate'])(
    '%s is not a view of the web app',
    (path) => expect(through(path).uri).toBe(path),
  )
})

describe('a request of the web app', () => {
  it.each(['/', '/problems', '/problems/0199aa7e', '/generated', '/generations', '/a.b/c'])(
    '%s is drawn by its page',
    (path) => expect(through(path).uri).toBe('/index.html'),
  )

  it.each(['/index.html', '/assets/app-1a2b.js', '/favicon.ico'])('%s is a file', (path) =>
    expect(through(path).uri).toBe(path),
  )

  it('never carries a token to the bucket', () =>
    expect(tokenOf(through('/assets/app.js', { 'x-custom-auth-token': 'Bearer mine' }))).toBeUndefined())
})

it('fits into the 10 KB that CloudFront takes, and uses nothing that its interpreter lacks', () => {
  expect(Buffer.byteLength(source)).toBeLessThan(10_240)
  expect(source).not.toMatch(/\b(?:require|import|export|await|fetch|setTimeout|process|eval)\b\s*[({'"]/)
})
