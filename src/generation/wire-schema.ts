// The schemas of the model's replies as its provider takes them. Where functions are packaged they are made then
// (infra/packaging/without.ts): a new environment's first question does not wait for it.
import * as z from 'zod'
import type { Artefact } from '../contract/verification.ts'
import { replySchemas } from './replies.ts'

/**
 * The reply schema as the provider takes it: types, enums, properties, required, items and nothing else
 * (Gemini's `responseSchema` is a subset of OpenAPI 3.0; unknown keywords are refused with 400).
 */
export function wireSchema(artefact: Artefact): Record<string, unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- zod's own type also allows `true`, which no object schema of ours has
  return prune(z.toJSONSchema(replySchemas[artefact]()) as JsonSchema)
}

interface JsonSchema {
  type?: string
  enum?: string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
}

function prune(schema: JsonSchema): Record<string, unknown> {
  const pruned: Record<string, unknown> = { type: schema.type ?? 'string' }
  if (schema.enum !== undefined) pruned['enum'] = schema.enum
  if (schema.items !== undefined) pruned['items'] = prune(schema.items)
  if (schema.properties !== undefined) {
    pruned['properties'] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, prune(property)]),
    )
    pruned['required'] = schema.required ?? []
  }
  return pruned
}
