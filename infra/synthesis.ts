// The templates without the CDK's command: what the permissions page and the tests read.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { addStacks } from './deployment.ts'

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.array(z.string()).optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
})
const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }))
    .default({}),
  Parameters: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

export type Resource = z.infer<typeof resourceSchema>
export type Template = z.infer<typeof templateSchema>

/**
 * Templates by the stack's name, with the context of cdk.json; `given` is added to it, and undefined takes a key away.
 * Throws ContextError, and when a check does not pass.
 */
export function synthesize(given: Readonly<Record<string, unknown>> = {}): Record<string, Template> {
  const settings = z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, '../cdk.json'), 'utf8')))
  const context = Object.fromEntries(
    Object.entries({ ...settings.context, 'aws:cdk:enable-path-metadata': true, ...given }).filter(
      ([, value]) => value !== undefined,
    ),
  )
  const outdir = mkdtempSync(path.join(tmpdir(), 'alpaco-synthesis-'))
  try {
    const app = new App({ context, outdir, analyticsReporting: false })
    addStacks(app)
    return Object.fromEntries(
      app.synth().stacks.map((stack) => [stack.stackName, templateSchema.parse(stack.template)]),
    )
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}
