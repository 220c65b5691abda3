// What the generator says when it starts.
import { expect, it } from 'vitest'
import { composeGenerator } from '../src/compose.ts'

/** The lines that are written while the generator is put together. */
function linesWith(modelName: string): { level: string; message: string; data: unknown }[] {
  const printed: string[] = []
  const write = process.stderr.write.bind(process.stderr)
  process.stderr.write = (chunk: string | Uint8Array) => printed.push(String(chunk)) > 0
  try {
    composeGenerator('generator', { STAGE: 'local', GEMINI_MODEL_NAME: modelName })
  } finally {
    process.stderr.write = write
  }
  return printed.map((line) => JSON.parse(line) as ReturnType<typeof linesWith>[0])
}

it('a model without a price is told of: nobody can say what its runs cost', () =>
  expect(linesWith('gemini-of-tomorrow')).toMatchObject([
    { level: 'WARN', message: 'the model has no price', data: { model: 'gemini-of-tomorrow' } },
  ]))

it('a model with a price is nothing to talk about', () => expect(linesWith('gemini-2.5-pro')).toEqual([]))
