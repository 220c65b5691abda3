// What the log lets out of errors: where in the code, and nothing that somebody else wrote.
import { expect, it } from 'vitest'
import { createLog } from '../../src/adapters/log.ts'
import { AppError } from '../../src/errors.ts'

const secret = 'sk-secret-of-somebody'

/** The line that is written. */
function line(fields: Record<string, unknown>): string {
  const printed: string[] = []
  const write = process.stderr.write.bind(process.stderr)
  process.stderr.write = (chunk: string | Uint8Array) => printed.push(String(chunk)) > 0
  try {
    createLog({ service: 'test', stage: 'local' }).error('it failed', fields)
  } finally {
    process.stderr.write = write
  }
  return printed.join('')
}

const multiline = new TypeError(`boom\n    at ${secret}\n    at place (${secret}:1:1)`)

it.each([
  ['a message', { error: new Error(secret) }],
  ['a message whose lines look like places', { error: multiline }],
  ['an error within an object', { failure: { nested: new Error(secret), all: [new Error(secret)] } }],
  ['a cause that is an error', { error: new Error('outside', { cause: multiline }) }],
  ['a cause that is none', { error: new Error('outside', { cause: secret }) }],
  ['a stack that was written anew', { error: Object.assign(new Error('short'), { stack: `Error\n    at ${secret}` }) }],
])('nothing of %s', (_what, fields) => {
  const text = line(fields)
  expect(JSON.parse(text)).toMatchObject({ level: 'ERROR', message: 'it failed' })
  expect(text).not.toContain(secret)
})

it('the name, the places and the chain of causes, and the words of our own errors', () => {
  const error = new AppError('storage-unavailable', 'The table could not be reached.', { cause: multiline })
  expect(JSON.parse(line({ error }))).toMatchObject({
    data: {
      error: {
        name: 'AppError',
        code: 'storage-unavailable',
        message: 'The table could not be reached.',
        places: expect.arrayContaining([expect.stringContaining('log.test.ts')]) as unknown,
        cause: {
          name: 'TypeError',
          places: expect.arrayContaining([expect.stringContaining('log.test.ts')]) as unknown,
        },
      },
    },
  })
})
