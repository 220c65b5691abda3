import { describe, expect, it } from 'vitest'
import { extractJson } from '../../src/generation/reply-parser.ts'

describe('taking the object out of a reply', () => {
  it.each<[string, string]>([
    ['plain', '{"a":1}'],
    ['with a byte order mark', '\uFEFF{"a":1}'],
    ['in a fence', '```json\n{"a":1}\n```'],
    ['with prose around', 'Here it is:\n{"a":1}\nI hope it helps {as asked}.'],
    ['said twice, the same', '{"a":1}\n{ "a": 1 }'],
  ])('%s', (_name, text) => {
    expect(extractJson(text)).toEqual({ value: { a: 1 }, issues: [] })
  })

  it('keeps brackets and quotes inside strings', () => {
    expect(extractJson('{"a":"}] \\" {"}').value).toEqual({ a: '}] " {' })
  })

  it.each<[string, string, RegExp]>([
    ['no object', 'sorry', /no JSON object/],
    ['a cut object', '{"a":"x', /cut off/],
    ['a missing bracket at the end', '{"a":[1,2', /cut off/],
    ['not JSON inside', '{a:1}', /does not parse/],
    ['two different objects', '{"a":1} {"a":2}', /two different/],
  ])('%s is an issue', (_name, text, issue) => {
    expect(extractJson(text).issues[0]).toMatch(issue)
  })

  it('never closes what was cut, at any place', () => {
    const whole = JSON.stringify({ a: [1, { b: 'x}' }], c: '한글 "q"' })
    for (let length = 1; length < whole.length; length += 1) {
      expect(extractJson(whole.slice(0, length)).value).toBeUndefined()
    }
  })
})
