// Takes the one JSON object out of a model's reply: tolerant where nothing can be lost, and never closing what was cut off.

import { isDeepStrictEqual } from 'node:util'

/** `value` is undefined when no object could be read; then there is at least one issue. */
interface Extracted {
  readonly value: unknown
  readonly issues: readonly string[]
}

/**
 * The JSON object of a reply. A BOM, a code fence and prose around it are tolerated; unbalanced brackets and a second,
 * different object are issues, because guessing which text was meant would be inventing.
 */
export function extractJson(reply: string): Extracted {
  const text = reply.replace(/^\uFEFF/, '')
  const start = text.indexOf('{')
  if (start === -1) return { value: undefined, issues: ['no JSON object in the reply'] }
  const end = balancedEnd(text, start)
  if (end === undefined) return { value: undefined, issues: ['the JSON object is cut off: brackets are not balanced'] }
  const first = parse(text.slice(start, end))
  if (!first.ok) return { value: undefined, issues: [`the JSON does not parse: ${first.message}`] }
  const second = nextObject(text, end)
  if (second !== undefined && !isDeepStrictEqual(second, first.value)) {
    return { value: first.value, issues: ['the reply has two different JSON objects; exactly one is expected'] }
  }
  return { value: first.value, issues: [] }
}

const deepest = 50
/** Brackets in the prose behind an object that are looked at; each costs a scan. */
const prosePatience = 20

/** The index after the bracket that closes the one at `start`, or undefined when the text ends first. */
function balancedEnd(text: string, start: number): number | undefined {
  let depth = 0
  let inString = false
  for (let index = start; index < text.length; index += 1) {
    const char = text[index]
    if (inString) {
      if (char === '\\') index += 1
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') {
      depth -= 1
      if (depth === 0) return index + 1
    }
  }
  return undefined
}

function nextObject(text: string, from: number): unknown {
  let tries = 0
  for (
    let start = text.indexOf('{', from);
    start !== -1 && tries < prosePatience;
    start = text.indexOf('{', start + 1)
  ) {
    tries += 1
    const end = balancedEnd(text, start)
    const found = end === undefined ? undefined : parse(text.slice(start, end))
    if (found?.ok === true) return found.value
  }
  return undefined
}

function parse(json: string): { ok: true; value: unknown } | { ok: false; message: string } {
  // No artefact nests deeper than a few levels; what is deeper is made to break whoever walks it.
  if (isDeeperThan(json, deepest)) return { ok: false, message: `nested deeper than ${deepest} levels` }
  try {
    return { ok: true, value: JSON.parse(json) as unknown }
  } catch (thrown) {
    return { ok: false, message: thrown instanceof Error ? thrown.message.slice(0, 200) : 'not JSON' }
  }
}

function isDeeperThan(json: string, limit: number): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < json.length; index += 1) {
    const char = json[index]
    if (inString) {
      if (char === '\\') index += 1
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') depth -= 1
    if (depth > limit) return true
  }
  return false
}
