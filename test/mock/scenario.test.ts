// The scenario file: what is accepted, how mistakes are reported, and how an entry changes a reply.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { JsonSyntaxError, parseLocatedJson } from '../../mock/gemini/located-json.ts'
import { chunks, play } from '../../mock/gemini/play.ts'
import { entryFor, faultNames, parseScenario, ScenarioError, type Entry } from '../../mock/gemini/scenario.ts'

const clean = () => ({ code: 'print(a + b)\n', input: [{ min: '1' }] })

function complaintAbout(text: string): string {
  try {
    parseScenario(text)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  throw new Error('the scenario was accepted')
}

function textOf(entry: Entry): string {
  const plan = play(entry, 'm', clean)
  if (plan.kind !== 'reply') throw new Error(`not a reply: ${plan.kind}`)
  return plan.text
}

describe('a scenario is refused with line and field', () => {
  test.each([
    [
      'an unknown fault',
      '{\n  "reference": [\n    "text",\n    { "fault": "teapot" }\n  ]\n}',
      /^line 4: reference\[1\]\.fault: unknown; valid are 429, 500, 503, hang, .*bad-key$/,
    ],
    [
      'an unknown key',
      '{\n  "refrence": []\n}',
      /^line 2: refrence: unknown; valid are blueprint, programs, statement, .*solver$/,
    ],
    [
      'an unknown field',
      '{ "reference": [\n{ "falt": "cut" }] }',
      /^line 2: reference\[0\]\.falt: unknown; valid are fault, .*repeat$/,
    ],
    [
      'a wrong type',
      '{ "programs": [{ "fault": "cut",\n"afterCharacters": "9" }] }',
      /^line 2: programs\[0\]\.afterCharacters: /,
    ],
    [
      'an option of another fault',
      '{ "statement": [{ "fault": "500", "daily": true }] }',
      /statement\[0\]\.daily: only with fault "429"/,
    ],
    [
      'a reply beside a fault without one',
      '{ "statement": [{ "fault": "500", "text": "x" }] }',
      /statement\[0\]\.text: fault "500" has no reply/,
    ],
    ['two replies', '{ "statement": [{ "reply": {}, "text": "x" }] }', /statement\[0\]\.reply: not beside "text"/],
    [
      'a patch of a given reply',
      '{ "statement": [{ "reply": {}, "patch": [{ "op": "remove", "path": "/a" }] }] }',
      /not beside "reply"/,
    ],
    ['an entry of nothing', '{ "statement": [{}] }', /statement\[0\]: empty: give "fault"/],
    [
      'an unknown operation',
      '{ "statement": [{ "patch": [{ "op": "del", "path": "/a" }] }] }',
      /patch\[0\]\.op: unknown; valid are add/,
    ],
    [
      'a path that is no pointer',
      '{ "statement": [{ "patch": [{ "op": "remove", "path": "a" }] }] }',
      /patch\[0\]\.path: not a JSON pointer/,
    ],
    [
      'repeat before the end',
      '{ "statement": [{ "fault": "cut", "repeat": true }, "x"] }',
      /statement\[0\]\.repeat: only allowed in the last/,
    ],
    ['a list that is none', '{\n\n"statement": {} }', /^line 3: statement: /],
    ['no object at all', '[]', /^line 1: scenario: /],
    ['broken JSON', '{\n  "reference": [,]\n}', /^line 2, column 17: not JSON: a value is expected$/],
    ['JSON that ends too early', '{\n  "reference": [', /^line 2, column 17: not JSON/],
    [
      'the same key twice',
      '{\n  "reference": [],\n  "reference": []\n}',
      /^line 3, column 3: not JSON: the name "reference" stands twice/,
    ],
  ])('%s', (_name, text, message) => {
    expect(complaintAbout(text)).toMatch(message)
  })

  test('and every mistake has its line', () => {
    expect(complaintAbout('{ "reference": [{ "fault": "x" },\n{ "fault": "y" }] }').split('\n')).toEqual([
      expect.stringMatching(/^line 1: reference\[0\]/),
      expect.stringMatching(/^line 2: reference\[1\]/),
    ])
  })
})

describe('an entry', () => {
  test('belongs to the artefact or, without a list of its own, to its stage', () => {
    const scenario = parseScenario('{ "programs": ["stage"], "generator": ["own", "second"] }')
    expect(entryFor(scenario, 'reference', 1)).toEqual({ text: 'stage' })
    expect(entryFor(scenario, 'brute-force', 1)).toEqual({ text: 'stage' })
    expect(entryFor(scenario, 'generator', 1)).toEqual({ text: 'own' })
    expect(entryFor(scenario, 'generator', 2)).toEqual({ text: 'second' })
    expect(entryFor(scenario, 'blueprint', 1)).toBeUndefined()
  })

  test('answers its own request only, unless it repeats', () => {
    const scenario = parseScenario('{ "reference": ["a"], "statement": ["a", { "fault": "429", "repeat": true }] }')
    expect(entryFor(scenario, 'reference', 2)).toBeUndefined()
    expect(entryFor(scenario, 'statement', 1)).toEqual({ text: 'a' })
    expect(entryFor(scenario, 'statement', 9)).toMatchObject({ fault: '429' })
  })

  test.each(['SAFETY', 'RECITATION', 'MAX_TOKENS', 'Max-Tokens'])('may spell its fault %s', (fault) => {
    const scenario = parseScenario(JSON.stringify({ reference: [{ fault }] }))
    expect(scenario.reference?.[0]?.fault).toBe(fault.toLowerCase().replace('_', '-'))
  })

  test('patches, then replaces, then wraps', () => {
    const entry: Entry = {
      patch: [
        { op: 'replace', path: '/input/0/min', value: '0' },
        { op: 'add', path: '/extra', value: true },
      ],
      replace: [{ path: '/code', find: 'a + b', with: 'a - b  # $& $1' }],
      wrap: { before: '```json\n', after: '\n```' },
    }
    expect(textOf(entry)).toBe('```json\n{"code":"print(a - b  # $& $1)\\n","input":[{"min":"0"}],"extra":true}\n```')
  })

  test('can put another value in the place of the whole reply', () => {
    expect(textOf({ patch: [{ op: 'replace', path: '', value: [] }] })).toBe('[]')
  })

  test.each<[string, Entry, RegExp]>([
    [
      'a find that is not there',
      { replace: [{ path: '/code', find: 'nope', with: '' }] },
      /replace\[0\]\.find: "nope" is not in \/code/,
    ],
    [
      'a path that is not there',
      { replace: [{ path: '/input/3/min', find: 'a', with: '' }] },
      /no text at \/input\/3\/min/,
    ],
    ['a path to no text', { replace: [{ path: '/input', find: 'a', with: '' }] }, /no text at \/input/],
    [
      'an operation that fits nothing',
      { patch: [{ op: 'remove', path: '/codes' }] },
      /patch\[0\] \(remove \/codes\) does not fit/,
    ],
    ['a test that fails', { patch: [{ op: 'test', path: '/code', value: '' }] }, /patch\[0\] \(test \/code\)/],
  ])('that does not fit is a loud mistake: %s', (_name, entry, message) => {
    expect(() => textOf(entry)).toThrow(message)
  })

  test('leaves the clean reply as it was', () => {
    const reply = clean()
    play({ patch: [{ op: 'remove', path: '/code' }] }, 'm', () => reply)
    expect(reply).toEqual(clean())
  })
})

test('text is cut into chunks that join to the text and never tear a surrogate pair', () => {
  const text = 'a🙂b🙂🙂c한글'
  for (const size of [1, 2, 3, 5, 48]) {
    const pieces = chunks(text, size)
    expect(pieces.join('')).toBe(text)
    for (const piece of pieces) {
      expect(piece).not.toBe('')
      expect(piece.isWellFormed()).toBe(true)
    }
  }
})

describe('the JSON reader', () => {
  test.each([
    '{"a":[1,-2.5e3,true,false,null,"x\\n\\u00e9\\"\\\\"],"b":{}}',
    ' [ ] ',
    '"한글 🙂"',
    '{"__proto__":{"x":1}}',
    '0',
  ])('agrees with the platform on %s', (text) => {
    expect(JSON.stringify(parseLocatedJson(text).value)).toBe(JSON.stringify(JSON.parse(text)))
  })

  test.each([
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    '01',
    '1 2',
    '"\n"',
    '"\\x"',
    'nul',
    '{"a" 1}',
    "'a'",
    '[1}',
    '\u00a01',
  ])('refuses %j as the platform does', (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    expect(() => parseLocatedJson(text)).toThrow(JsonSyntaxError)
  })

  test('knows where each value begins', () => {
    const { lines } = parseLocatedJson('{\n"a": [\n1,\n{"b/c":\n2}]\n}')
    expect(Object.fromEntries(lines)).toEqual({ '': 1, '/a': 2, '/a/0': 3, '/a/1': 4, '/a/1/b~1c': 5 })
  })
})

describe('docs/scenarios.md', () => {
  const page = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8')

  test.each(faultNames)('has a row for %s', (fault) => {
    expect(page).toContain(`\n| \`${fault}\` |`)
  })

  test('has examples that parse', () => {
    const examples = [...page.matchAll(/^```json\n([^]*?)\n```$/gm)].map((match) => match[1] ?? '')
    expect(examples).toHaveLength(3)
    for (const example of examples) expect(Object.keys(parseScenario(example))).not.toEqual([])
  })
})
