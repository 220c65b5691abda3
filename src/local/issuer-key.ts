// The key by which the local run's own tokens are signed, kept in the data folder so that `token` and `--serve` share it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type IssuerKey, makeIssuerKey, parseIssuerKey } from '../../mock/issuer/key.ts'
import type { Locale } from '../contract/topics.ts'
import { exists, writeWhole } from './files.ts'
import { LocalError, systemReason } from './local-error.ts'
import { texts } from './texts.ts'

/** The kept key, made when there is none; without a folder one that nobody else knows. Throws LocalError. */
export async function openIssuerKey(folder: string | undefined, locale: Locale): Promise<IssuerKey> {
  if (folder === undefined) return makeIssuerKey()
  const file = join(folder, 'issuer-key.json')
  try {
    if (!(await exists(file))) await writeWhole(file, JSON.stringify(await makeIssuerKey()), 0o600)
    // Read even when just made: of two that make one at once, the last one counts for both.
    return parseIssuerKey(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? systemReason(error, locale) : 'JWK'
    throw new LocalError('issuer-key-unusable', texts[locale].issuerKeyUnusable(file, why), { cause: error })
  }
}
