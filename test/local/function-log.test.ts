// What of the function's log reaches somebody who did not ask for it.
import { expect, test } from 'vitest'
import { alarm } from '../../src/local/function-log.ts'

const error = {
  name: 'AppError',
  code: 'storage-unavailable',
  places: ['at x'],
  cause: { name: 'CredentialsProviderError', places: [] },
}

test.each([
  ['information', JSON.stringify({ level: 'INFO', message: 'm' }), undefined],
  ['a warning', JSON.stringify({ level: 'WARN', message: 'm', data: { error: 'AnyError' } }), undefined],
  [
    'an error, without its places',
    JSON.stringify({ level: 'ERROR', message: 'request failed', data: { error } }),
    'generator: request failed < storage-unavailable < CredentialsProviderError',
  ],
  ['an error without a cause', JSON.stringify({ level: 'ERROR', message: 'broke' }), 'generator: broke'],
  ['a crash', 'Uncaught Exception TypeError', 'Uncaught Exception TypeError'],
  ['an empty line', '  ', undefined],
])('%s', (_what, line, shown) => {
  expect(alarm(line)).toBe(shown)
})
