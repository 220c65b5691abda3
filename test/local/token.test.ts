// The command that signs in: what it prints, what it keeps, and what it refuses.
import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { parseIssuerKey, publicPart, standInClientId, standInIssuer, userIdOf } from '../../mock/issuer/key.ts'
import { startIssuer } from '../../mock/issuer/server.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { createCognitoTokens } from '../../src/adapters/cognito-tokens.ts'
import { quietLog } from '../support/quiet-log.ts'
import { Workplace } from './command.ts'

let place: Workplace
beforeAll(async () => {
  place = await Workplace.open()
})
afterAll(() => place.close())

const keyFile = (): string => place.path('.alpaco', 'issuer-key.json')

describe('token', () => {
  it('prints a token that says who it is, and keeps the key for nobody else', async () => {
    const { code, stdout, stderr } = await place.run(['token', '--user', '김철수', '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const printed = z.strictObject({
      token: z.string(),
      userId: z.string(),
      name: z.string(),
      expiresAt: z.iso.datetime(),
    })
    const { token, ...rest } = printed.parse(JSON.parse(stdout))
    expect(rest).toMatchObject({ userId: userIdOf('김철수'), name: '김철수' })
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600)
    const key = parseIssuerKey(JSON.parse(await readFile(keyFile(), 'utf8')))
    const issuer = await startIssuer({ keys: [key] })
    try {
      const config = { issuer: standInIssuer, clientId: standInClientId, jwksUrl: issuer.jwksUrl }
      const verdict = await createCognitoTokens(config, systemClock, quietLog).verify(token)
      expect(verdict).toMatchObject({ ok: true, identity: { userId: userIdOf('김철수'), name: '김철수' } })
    } finally {
      await issuer.close()
    }
    expect(stdout).not.toContain(key.d)
  })

  it('is signed by the same key next time', async () => {
    const before = await readFile(keyFile(), 'utf8')
    const { stdout } = await place.run(['token', '--user', 'alice'])
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(await readFile(keyFile(), 'utf8')).toBe(before)
    const { kid } = z
      .object({ kid: z.string() })
      .parse(JSON.parse(Buffer.from(stdout.split('.')[0] ?? '', 'base64url').toString()))
    expect(publicPart(parseIssuerKey(JSON.parse(before)))).toMatchObject({ kid })
  })

  it.each<[string, string[], RegExp]>([
    ['no user', ['token'], /--user alice/],
    ['a user in brackets', ['token', '--user', '<script>'], /^✖ --user: "<script>"/],
    ['a user without end', ['token', '--user', 'a'.repeat(61)], /Up to 60/],
    ['nowhere to keep the key', ['token', '--user', 'alice', '--data', ':memory:'], /:memory:/],
    ['an option of another command', ['token', '--user', 'alice', '--seed', '1'], /--seed does not go with token/],
  ])('refuses %s', async (_what, args, message) => {
    const { code, stdout, stderr } = await place.run([...args, '--locale', 'en'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('says what is wrong with a key that cannot be used, and never shows it', async () => {
    const key = await readFile(keyFile(), 'utf8')
    await writeFile(keyFile(), key.replace('"RSA"', '"EC"'))
    try {
      const { code, stderr } = await place.run(['token', '--user', 'alice', '--locale', 'en'])
      expect(code).toBe(2)
      expect(stderr).toMatch(/issuer-key\.json cannot be used \(JWK\)\. .* delete it/)
      expect(stderr).not.toContain(parseIssuerKey(JSON.parse(key)).d.slice(0, 20))
    } finally {
      await writeFile(keyFile(), key)
      await chmod(keyFile(), 0o600)
    }
  })
})
