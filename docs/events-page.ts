// The event reference as Markdown, made from the zod contract.
import * as z from 'zod'
import { runEventSchema } from '../src/contract/events.ts'
import { gateTitles } from '../src/contract/verification.ts'

interface Property {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly const?: string
  readonly description?: string
  readonly items?: Property
}

interface EventSchema {
  readonly description?: string
  readonly properties: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
}

/** The whole page. */
export function eventsPage(): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a union of our own objects, spelled as zod spells it
  const { oneOf, anyOf } = z.toJSONSchema(runEventSchema, { reused: 'inline' }) as {
    oneOf?: EventSchema[]
    anyOf?: EventSchema[]
  }
  const sections = (oneOf ?? anyOf ?? []).map(section)
  const gates = Object.entries(gateTitles).map(([gate, title]) => `| ${gate} | ${title} |`)
  return [
    '# Events of a run',
    '',
    'Generated from `src/contract` by `npm run docs`; do not edit.',
    '',
    'A run is a list of events. On the wire (server-sent events) each is',
    '',
    '```',
    'id: <problemId>:<seq>',
    'event: <type>',
    'data: <one line of JSON>',
    '',
    '```',
    '',
    'The JSON carries its `type` as well. `seq` counts from 1 without gaps; lines that begin with `:` are comments (heartbeats, flushes,',
    '`: continues` when a function hands over) and carry nothing. Exactly one of `problem`, `failed` and `cancelled` ends a run and is always',
    'last; a response that ends without one is to be resumed with `Last-Event-ID`. After the terminal event was read the answer is 204.',
    '',
    ...sections.flat(),
    '## Gates',
    '',
    '| id | what it proves |',
    '|---|---|',
    ...gates,
    '',
  ].join('\n')
}

function section(event: EventSchema): string[] {
  const name = event.properties['type']?.const ?? ''
  const rows = Object.entries(event.properties)
    .filter(([property]) => property !== 'type')
    .map(([property, schema]) => {
      const optional = event.required?.includes(property) === true ? '' : ' (optional)'
      return `| \`${property}\`${optional} | ${typeOf(schema)} | ${schema.description ?? ''} |`
    })
  return [`## ${name}`, '', event.description ?? '', '', '| field | type | meaning |', '|---|---|---|', ...rows, '']
}

function typeOf(schema: Property): string {
  if (schema.enum !== undefined && schema.enum.length > 12) return `${schema.enum[0]} … ${schema.enum.at(-1)}`
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`
  return schema.type ?? 'any'
}
