// AWS Signature Version 4, as both sides of a request compute it
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
import { createHash, createHmac } from 'node:crypto'

/** A made-up credential, and what it is good for. */
export interface SigningKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly service: string
}

export interface SignableRequest {
  readonly method: string
  /** Path and query as they are on the wire. */
  readonly target: string
  /** By names in lower case. Signed are those that are asked for; the others may be there. */
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the body in hex, or what stands for it. */
  readonly bodyHash: string
}

const algorithm = 'AWS4-HMAC-SHA256'

/** SHA-256 in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Value of `authorization` for a request that has an `x-amz-date`. */
export function sign(request: SignableRequest, signedHeaders: readonly string[], key: SigningKey): string {
  const names = signedHeaders.toSorted()
  const { accessKeyId, region, service } = key
  const time = request.headers['x-amz-date'] ?? ''
  const scope = [time.slice(0, 8), region, service, 'aws4_request']
  const [path = '', ...query] = request.target.split('?')
  const canonical = [
    request.method,
    path.split('/').map(encode).join('/'),
    canonicalQuery(query.join('?')),
    ...names.map((name) => `${name}:${(request.headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}`),
    '',
    names.join(';'),
    request.bodyHash,
  ].join('\n')
  const secret = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${key.secretAccessKey}`)
  const signature = hmac(secret, [algorithm, time, scope.join('/'), sha256(canonical)].join('\n')).toString('hex')
  return `${algorithm} Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`
}

/** The names of the headers that a value of `authorization` says it has signed, and whose key; undefined for other values. */
export function signedHeadersOf(
  authorization: string,
): { readonly accessKeyId: string; readonly names: readonly string[] } | undefined {
  const match = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/[^,]+, ?SignedHeaders=([^,]+), ?Signature=[\da-f]{64}$/.exec(
    authorization,
  )
  return match === null ? undefined : { accessKeyId: match[1] ?? '', names: (match[2] ?? '').split(';') }
}

function canonicalQuery(query: string): string {
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [encode(decode(name)), encode(decode(value.join('=')))] as const
    })
  return pairs
    .toSorted(([oneName, oneValue], [otherName, otherValue]) =>
      oneName === otherName ? compare(oneValue, otherValue) : compare(oneName, otherName),
    )
    .map((pair) => pair.join('='))
    .join('&')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

/** All but letters, digits and `-._~` (RFC 3986). */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray percent sign: taken as it stands, on both sides.
    return text
  }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
