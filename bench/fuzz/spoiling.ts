// The ways in which one reply is spoiled: from a clean reply and chance to what the model answers instead.
import { executorLanguageSchema } from '../../src/contract/languages.ts'
import type { Artefact } from '../../src/contract/verification.ts'
import type { Entry } from '../../mock/gemini/scenario.ts'
import { tinyReplies } from '../../test/support/tiny-author.ts'
import type { Random } from '../defects/oracle/random.ts'
import { hostilePrograms } from './hostile-programs.ts'
import { at, type Place, placesOf, Raw, textOf, withValue, without } from './raw-json.ts'
import {
  greedyBlock,
  hugeLength,
  injection,
  randomBytes,
  strangeAlphabet,
  strangeBound,
  strangeKey,
  strangeText,
  strangeValue,
  streamBreaker,
} from './strange-values.ts'

/** What one request is answered with, and what was done to it, for people. */
export interface Spoiled {
  readonly entry: Entry
  readonly what: string
}

type Spoil = (artefact: Artefact, clean: Readonly<Record<string, unknown>>, random: Random) => Spoiled | undefined

/** Every kind with its weight. */
const kinds: Readonly<Record<string, { readonly weight: number; readonly spoil: Spoil }>> = {
  value: {
    weight: 12,
    spoil: (_artefact, clean, random) => {
      const place = anyPlace(clean, random)
      const value = strangeValue(random)
      return spoiledObject(withValue(clean, place, value), `${value.text.slice(0, 40)} at ${place.join('/')}`)
    },
  },
  removed: {
    weight: 4,
    spoil: (_artefact, clean, random) => {
      const place = anyPlace(clean, random)
      return spoiledObject(without(clean, place), `nothing at ${place.join('/')}`)
    },
  },
  unknown: {
    weight: 4,
    spoil: (_artefact, clean, random) => {
      const holders: Place[] = [[], ...placesOf(clean).filter((place) => hasKeys(at(clean, place)))]
      const place = [...(holders[random.integer(0, holders.length - 1)] ?? []), strangeKey(random)]
      return spoiledObject(withValue(clean, place, strangeValue(random)), `something at ${place.join('/')}`)
    },
  },
  huge: {
    weight: 5,
    spoil: (_artefact, clean, random) => {
      const place = anyPlace(clean, random)
      const length = hugeLength(random)
      const isList = random.integer(1, 3) === 1
      const unit = random.pick(['a', '가', '\u{1f4a3}', '\\u0000', ' ', '\\n'])
      const text = isList ? `[${'1,'.repeat(length / 2)}1]` : `"${unit.repeat(length / unit.length)}"`
      return spoiledObject(withValue(clean, place, new Raw(text)), `${text.length} characters at ${place.join('/')}`)
    },
  },
  deep: {
    weight: 3,
    spoil: (_artefact, clean, random) => {
      const depth = random.pick([40, 51, 1_000, 10_000, 100_000])
      const [open, close] = random.pick([
        ['[', ']'],
        ['{"a":', '}'],
      ])
      const isClosed = random.integer(1, 4) > 1
      const text = `${open.repeat(depth)}1${isClosed ? close.repeat(depth) : ''}`
      if (random.integer(1, 3) === 1) return { entry: { text }, what: `${depth} brackets` }
      const place = anyPlace(clean, random)
      return spoiledObject(withValue(clean, place, new Raw(text)), `${depth} brackets at ${place.join('/')}`)
    },
  },
  twice: {
    weight: 3,
    spoil: (_artefact, clean, random) => {
      const keys = Object.keys(clean)
      const key = keys[random.integer(0, keys.length - 1)] ?? ''
      const again = `${JSON.stringify(key)}:${strangeValue(random).text}`
      const text = textOf(clean)
      return {
        entry: { text: random.integer(0, 1) === 0 ? `{${again},${text.slice(1)}` : `${text.slice(0, -1)},${again}}` },
        what: `${key} twice`,
      }
    },
  },
  unicode: {
    weight: 9,
    spoil: (_artefact, clean, random) => inText(clean, random, strangeText(random), 'strange characters'),
  },
  stream: {
    weight: 4,
    spoil: (_artefact, clean, random) => {
      const breaker = streamBreaker(random)
      if (random.integer(0, 1) === 0) return inText(clean, random, breaker, 'the end of an event')
      return { entry: { text: `${breaker}${textOf(clean)}${breaker}` }, what: 'the end of an event around the reply' }
    },
  },
  cutOff: {
    weight: 6,
    spoil: (_artefact, clean, random) => {
      const text = textOf(clean)
      const end = random.integer(0, text.length)
      const fault = random.pick([undefined, 'cut', 'max-tokens', 'max-tokens', 'error-in-stream'] as const)
      if (fault === undefined) return { entry: { text: text.slice(0, end) }, what: `cut off after ${end} characters` }
      return { entry: { fault, text, afterCharacters: end }, what: `${fault} after ${end} characters` }
    },
  },
  fault: {
    weight: 7,
    spoil: (_artefact, clean, random) => {
      const text = textOf(clean)
      const entries: readonly [Entry, ...Entry[]] = [
        { fault: '429', retryAfterSeconds: random.pick([0, 0.05, 0.2]) },
        { fault: '429', daily: true },
        { fault: '500' },
        { fault: '503' },
        { fault: 'cut', text, afterCharacters: 0 },
        { fault: 'safety' },
        { fault: 'recitation' },
        { fault: 'other' },
        { fault: 'max-tokens', whole: true, text },
        { fault: 'blocked' },
        { fault: 'empty' },
        { fault: 'slow', chunkDelayMs: 5 },
        { fault: 'no-usage' },
        { fault: 'bad-key' },
        random.integer(1, 3) === 1
          ? { fault: 'hang' }
          : { fault: 'hang-after', afterCharacters: random.integer(0, 99) },
      ]
      const entry = random.pick(entries)
      return { entry, what: `fault ${entry.fault}` }
    },
  },
  bytes: {
    weight: 3,
    spoil: (_artefact, clean, random) => {
      const bytes = randomBytes(random)
      return random.integer(0, 1) === 0
        ? { entry: { text: bytes }, what: 'random bytes' }
        : inText(clean, random, bytes, 'random bytes')
    },
  },
  around: {
    weight: 4,
    spoil: (_artefact, clean, random) => {
      const text = textOf(clean)
      const around: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
        ['```json\n', '\n```'],
        ['Sure! Here is {your} problem:\n', '\nHope [this] helps }'],
        ['', text],
        ['', '{"another":"object"}'],
        ['', '{'.repeat(50_000)],
        ['{', ''],
        ['[', ']'],
        ['<html><body>', '</body></html>'],
        ['\ufeff\ufeff', '\0'],
        ['"', '"'],
        [`{${' '.repeat(200_000)}`, '}'],
      ]
      const [before, after] = random.pick(around)
      return {
        entry: { text: `${before}${text}${after}` },
        what: `${before.slice(0, 12)}…${after.slice(0, 12)} around`,
      }
    },
  },
  otherReply: {
    weight: 3,
    spoil: (artefact, _clean, random) => {
      const others = Object.entries(tinyReplies).filter(([name]) => name !== artefact)
      const [name = '', reply] = others[random.integer(0, others.length - 1)] ?? []
      return { entry: { text: textOf(reply ?? {}) }, what: `the reply for ${name}` }
    },
  },
  notAnObject: {
    weight: 2,
    spoil: (_artefact, _clean, random) => {
      const { text } = strangeValue(random)
      return text === '' ? undefined : { entry: { text }, what: `only ${text.slice(0, 40)}` }
    },
  },
  injection: {
    weight: 4,
    spoil: (_artefact, clean, random) => inText(clean, random, injection(random), 'an injection'),
  },
  spec: { weight: 7, spoil: spoilSpec },
  hostile: { weight: 14, spoil: spoilHostile },
  edit: { weight: 8, spoil: spoilCode },
}

const wheel = Object.entries(kinds).flatMap(([kind, { weight }]) => Array.from({ length: weight }, () => kind))

/** Spoils a clean reply in one way that applies to it. */
export function spoil(artefact: Artefact, random: Random): Spoiled & { readonly kind: string } {
  const clean = tinyReplies[artefact]
  for (;;) {
    const kind = wheel[random.integer(0, wheel.length - 1)] ?? 'value'
    const spoiled = kinds[kind]?.spoil(artefact, clean, random)
    if (spoiled !== undefined) return { ...spoiled, kind }
  }
}

/** Bounds, alphabets and blocks of the input spec; only a blueprint has one. */
function spoilSpec(artefact: Artefact, clean: Readonly<Record<string, unknown>>, random: Random): Spoiled | undefined {
  if (artefact !== 'blueprint') return undefined
  const { length: blocks } = tinyReplies.blueprint.input
  if (random.integer(0, 2) === 0) {
    const block = greedyBlock(random)
    // In the place of the array, behind everything, or before it with what uses nothing of it.
    const place = ['input', random.pick([1, blocks])]
    return spoiledObject(withValue(clean, place, block), `block ${JSON.stringify(block).slice(0, 60)}`)
  }
  const bounds = placesOf(clean).filter(
    ([first, ...rest]) =>
      first === 'input' && typeof at(clean, [first, ...rest]) === 'string' && rest.at(-1) !== 'kind',
  )
  const place = bounds[random.integer(0, bounds.length - 1)] ?? []
  const value = place.at(-1) === 'alphabet' ? strangeAlphabet(random) : strangeBound(random)
  return spoiledObject(withValue(clean, place, value), `${value.slice(0, 40)} at ${place.join('/')}`)
}

function spoilHostile(
  artefact: Artefact,
  clean: Readonly<Record<string, unknown>>,
  random: Random,
): Spoiled | undefined {
  const place = codePlace(clean, random)
  if (place === undefined) return undefined
  const languages = executorLanguageSchema.options
  const language = artefact === 'solver' ? (languages[random.integer(0, languages.length - 1)] ?? 'cpp') : 'python'
  const { quiet, loud } = hostilePrograms[language]
  const programs = random.integer(1, 4) > 1 ? quiet : loud
  const program = programs[random.integer(0, programs.length - 1)]
  if (program === undefined) return undefined
  const changed = withValue(clean, place, program.code)
  return spoiledObject(
    withValue(changed, [...place.slice(0, -1), 'language'], language),
    `a ${language} program that ${program.name} at ${place.join('/')}`,
  )
}

/** One to four small edits of a program that works. */
function spoilCode(_artefact: Artefact, clean: Readonly<Record<string, unknown>>, random: Random): Spoiled | undefined {
  const place = codePlace(clean, random)
  if (place === undefined) return undefined
  let code = String(at(clean, place))
  for (let edits = random.integer(1, 4); edits > 0; edits -= 1) code = edited(code, random)
  return spoiledObject(withValue(clean, place, code), `an edited program at ${place.join('/')}`)
}

function edited(code: string, random: Random): string {
  const lines = code.split('\n')
  const line = random.integer(0, lines.length - 1)
  const place = random.integer(0, code.length)
  switch (random.integer(0, 8)) {
    case 0:
      return code.slice(0, place) + code.slice(place + 1)
    case 1:
      return code.slice(0, place) + random.word(1, '0123456789+-*/%()[]:,.=<> \t\\\'"#@;{}') + code.slice(place)
    case 2:
      return lines.toSpliced(line, 1).join('\n')
    case 3:
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n')
    case 4:
      return lines.toSpliced(line, 1, ` ${lines[line] ?? ''}`).join('\n')
    case 5:
      return code.replace(/\d+/, () => random.pick(['0', '-1', '2', '10**9', '1e9', '99999999999999999999']))
    case 6:
      return code.replace(
        random.pick(['+', '-', '==', '<', '1', 'range', 'int', 'print']),
        random.pick(['-', '*', '<=', '0', 'len', '']),
      )
    case 7:
      return lines.toSpliced(line, 0, lines[random.integer(0, lines.length - 1)] ?? '').join('\n')
    default:
      return code.slice(0, place)
  }
}

function hasKeys(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value)
}

function codePlace(clean: Readonly<Record<string, unknown>>, random: Random): Place | undefined {
  const places = placesOf(clean).filter((place) => place.at(-1) === 'code')
  return places[random.integer(0, places.length - 1)]
}

function inText(clean: Readonly<Record<string, unknown>>, random: Random, text: string, what: string): Spoiled {
  const places = placesOf(clean).filter((place) => typeof at(clean, place) === 'string')
  const place = places[random.integer(0, places.length - 1)] ?? []
  const before = String(at(clean, place))
  const from = random.integer(0, before.length)
  const value = random.integer(1, 4) === 1 ? text : before.slice(0, from) + text + before.slice(from)
  return spoiledObject(withValue(clean, place, value), `${what} at ${place.join('/')}`)
}

function anyPlace(clean: object, random: Random): Place {
  const places = placesOf(clean)
  return places[random.integer(0, places.length - 1)] ?? []
}

function spoiledObject(reply: unknown, what: string): Spoiled {
  return { entry: { text: textOf(reply) }, what }
}
