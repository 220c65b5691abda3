// The examples of docs/input-spec.md are specs, and the inputs below them follow them.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type InputSpec, inputSpecSchema } from '../../src/contract/input-spec.ts'
import { validate } from '../../src/generation/spec/validator.ts'
import { everyBlock, fieldsOf } from '../../src/generation/spec/variables.ts'

const page = readFileSync(path.join(import.meta.dirname, '../../docs/input-spec.md'), 'utf8')
const examples = [...page.matchAll(/^## (\S+)\n(?:(?!^## )[^])*?```json\n([^]*?)```\n\n```text\n([^]*?)```/gm)].map(
  ([, kind = '', blocks = '', input = '']) => ({ kind, blocks, input }),
)
function specOf(text: string): InputSpec {
  const blocks: unknown = JSON.parse(text)
  return inputSpecSchema.parse({ version: 1, blocks })
}

describe('the page about the input spec', () => {
  it.each(examples)('has an example of $kind that accepts its input', ({ kind, blocks, input }) => {
    const spec = specOf(blocks)
    expect(everyBlock(spec).map((block) => block.kind)).toContain(kind)
    expect(validate(spec, input)).toEqual({ ok: true })
  })

  it('has one for every kind of block and field', () => {
    const blocks = examples.flatMap((example) => everyBlock(specOf(example.blocks)))
    const kinds = inputSpecSchema.shape.blocks.element.options.flatMap((option) =>
      'options' in option ? option.options.map(({ shape }) => shape.kind.value) : [option.shape.kind.value],
    )
    expect(examples.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted())
    expect(new Set(blocks.flatMap(fieldsOf).map(({ type }) => type))).toEqual(
      new Set(['integer', 'real', 'word', 'list']),
    )
  })
})
