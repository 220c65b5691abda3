// What can be said of a token without its key: nearly everything that is wrong with one. Nothing of it is believed yet.

/** Whose tokens are accepted. */
export interface TokenRules {
  /** `iss` of every token: `https://cognito-idp.<region>.amazonaws.com/<pool>`. */
  readonly issuer: string
  /** `aud` of an ID token, `client_id` of an access token. */
  readonly clientId: string
}

/** Cognito's own tokens have 1 to 2 KB; an Authorization header of a function URL may have 8. */
const longestToken = 8 * 1024
/** How far the clocks of issuer and function may differ. */
export const toleranceSeconds = 10

/** Why a token cannot be accepted, whoever signed it; undefined when only its signature can tell. */
export function faultOfToken(token: string, rules: TokenRules, now: Date): 'expired' | 'refused' | undefined {
  const parts = token.length > longestToken ? [] : token.split('.')
  const [header, claims] = parts.map(jsonObject)
  if (parts.length !== 3 || header?.['alg'] !== 'RS256' || claims === undefined) return 'refused'
  if (claims['iss'] !== rules.issuer || (claims['aud'] ?? claims['client_id']) !== rules.clientId) return 'refused'
  const { exp } = claims
  if (typeof exp !== 'number') return 'refused'
  return exp + toleranceSeconds <= now.getTime() / 1000 ? 'expired' : undefined
}

function jsonObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined // The signature is no JSON, and a token that is none has none.
  }
}
