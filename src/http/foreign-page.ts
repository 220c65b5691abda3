// Pages that make their visitor's browser ask this machine, where nobody has to sign in: at the developer's cost, and by a name of
// its own that leads here (DNS rebinding) such a page could read the answer, too.

interface Headers {
  readonly host?: string | undefined
  readonly origin?: string | undefined
  readonly 'sec-fetch-site'?: unknown
}

/** Whether this machine was asked for by another name than its own. Without a name it is no browser that asks. */
export function isForeignName({ host }: Headers): boolean {
  return host !== undefined && !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)
}

/** Whether a page of another site asks. Browsers say where a request comes from; other clients do not send these headers. */
export function isForeignPage(headers: Headers, allowedOrigins: readonly string[]): boolean {
  const { host, origin } = headers
  if (isForeignName(headers)) return true
  if (origin !== undefined) return origin !== `http://${host}` && !allowedOrigins.includes(origin)
  return headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site'
}
