import { expect, it } from 'vitest'
import { sampleSmall } from '../../../src/generation/spec/sampler.ts'
import { shapeOf } from '../../../src/generation/spec/shape.ts'
import { validate } from '../../../src/generation/spec/validator.ts'
import { formats } from './formats.ts'

it.each(formats)('the grammar of $name has inputs of its own', ({ spec }) => {
  const shape = shapeOf(spec)
  const inputs = sampleSmall(shape, 20, 'shape')
  expect(inputs.length).toBeGreaterThan(3)
  for (const input of inputs) expect(validate(shape, input), input).toEqual({ ok: true })
})
