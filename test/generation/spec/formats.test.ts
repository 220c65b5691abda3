// Every format of the table, through everything that is made from a spec.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inputSpecSchema } from '../../../src/contract/input-spec.ts'
import { coverage } from '../../../src/generation/spec/coverage.ts'
import { inputFamilies, type InputFamily, specInputs } from '../../../src/generation/spec/families.ts'
import { nearMisses } from '../../../src/generation/spec/near-miss.ts'
import type { NamedInput } from '../../../src/generation/spec/sampler.ts'
import { constraintsText, inputFormatText } from '../../../src/generation/spec/text.ts'
import { validate } from '../../../src/generation/spec/validator.ts'
import { everyBlock, fieldsOf, namesOf } from '../../../src/generation/spec/variables.ts'
import { formats } from './formats.ts'

describe.each(formats)('$name', ({ spec, legal, illegal }) => {
  const made = new Map<InputFamily, NamedInput[]>()
  const inputsOf = (family: InputFamily): NamedInput[] => {
    const inputs = made.get(family) ?? specInputs(spec, family)
    made.set(family, inputs)
    return inputs
  }

  it('is a spec', () => {
    expect(inputSpecSchema.parse(spec)).toEqual(spec)
  })

  it('accepts what follows it', () => {
    for (const input of legal) expect(validate(spec, input), input).toEqual({ ok: true })
  })

  it('refuses what does not, and says where', () => {
    for (const [input, expected] of Object.entries(illegal)) {
      const validity = validate(spec, input)
      const found = validity.ok ? 'accepted' : `${validity.line}:${validity.column} ${validity.variable}`
      expect(found, input).toBe(expected)
    }
  })

  it('accepts every input made from it, no two of a family the same', () => {
    for (const family of inputFamilies) {
      const inputs = inputsOf(family)
      expect(inputs.length, family).toBeGreaterThan(0)
      expect(new Set(inputs.map(({ name }) => name)).size).toBe(inputs.length)
      expect(new Set(inputs.map(({ input }) => input)).size, family).toBe(inputs.length)
      const refused = inputs.filter(({ input }) => !validate(spec, input).ok)
      expect(refused.map(({ name, input }) => `${name} ${input.slice(0, 200)}`)).toEqual([])
    }
  })

  it('makes the same bytes as ever', () => {
    // Stored tests are made again from family and name: other bytes here make stored suites worthless.
    const hash = createHash('sha256')
    for (const family of inputFamilies) hash.update(JSON.stringify(inputsOf(family)))
    expect(hash.digest('hex').slice(0, 16)).toMatchSnapshot()
  })

  it('reaches every bound with its boundary and largest inputs', () => {
    const inputs = [...inputsOf('boundary'), ...inputsOf('largest')].map(({ input }) => input)
    expect(inputs.length).toBeLessThan(40)
    const missed = coverage(spec, inputs).flatMap(({ variable, minReached, maxReached }) => [
      ...(minReached ? [] : [`${variable} min`]),
      ...(maxReached ? [] : [`${variable} max`]),
    ])
    expect(missed).toEqual([])
  })

  it('refuses every near-miss', () => {
    const names = new Set<string>()
    const accepted: string[] = []
    for (const input of [...legal, ...inputsOf('small').map((one) => one.input)].slice(0, 20)) {
      for (const miss of nearMisses(spec, input)) {
        if (validate(spec, miss.input).ok) accepted.push(`${miss.name}: ${JSON.stringify(miss.input)}`)
        names.add(miss.name)
      }
    }
    expect(accepted).toEqual([])
    expect(names.size).toBeGreaterThan(15)
  })

  it.each(['ko', 'en'] as const)('is said in words (%s)', (locale) => {
    const text = `${inputFormatText(spec, locale)}\n${constraintsText(spec, locale)}`
    expect(text).not.toMatch(/undefined|NaN|\[object/)
    expect(/[가-힣]/.test(text)).toBe(locale === 'ko')
    // Blocks of lines have a name for their own sake; the statement speaks of their fields.
    const silent = everyBlock(spec).flatMap((block) =>
      'name' in block && fieldsOf(block).length > 0 ? [block.name] : [],
    )
    for (const name of namesOf(spec)) if (!silent.includes(name)) expect(text).toContain(name)
    expect(text).toMatchSnapshot()
  })
})
