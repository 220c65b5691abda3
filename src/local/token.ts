// The command that signs in: a token of the stand-in issuer, for requests to what `--serve` serves.
import { signToken, userIdOf } from '../../mock/issuer/key.ts'
import { type Io, print } from './io.ts'
import { openIssuerKey } from './issuer-key.ts'
import { LocalError } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { texts } from './texts.ts'

/** As long as a working day. */
const lifetimeSeconds = 12 * 3_600

/** Prints a token of the named user. Throws LocalError. */
export async function token({ user, data, locale, json, port }: CommandLine, _: unknown, io: Io): Promise<number> {
  const text = texts[locale]
  if (user === undefined) throw new LocalError('bad-option', text.tokenNeedsUser)
  if (!/^[\p{L}\p{N}._-]{1,60}$/u.test(user)) throw new LocalError('bad-option', text.badUser(user))
  if (data === undefined) throw new LocalError('bad-option', text.tokenNeedsFolder)
  const key = await openIssuerKey(data, locale)
  const issuedAtSeconds = Math.floor(Date.now() / 1_000)
  const signed = await signToken(key, user, { issuedAtSeconds, lifetimeSeconds })
  if (json) {
    const expiresAt = new Date((issuedAtSeconds + lifetimeSeconds) * 1_000).toISOString()
    print(io.stdout, JSON.stringify({ token: signed, userId: userIdOf(user), name: user, expiresAt }))
    return 0
  }
  print(io.stdout, signed)
  if (io.stderr.isTTY === true) print(io.stderr, text.tokenUse(`http://127.0.0.1:${port}`))
  return 0
}
