// The stacks of one stage, synthesized in this process.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { App } from 'aws-cdk-lib'
import { addStacks } from '../../infra/deployment.ts'

export const repository = path.join(import.meta.dirname, '../..')

/** What cdk.json sets: our own keys and the CDK's switches. */
export const defaults = (
  JSON.parse(readFileSync(path.join(repository, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> }
).context

export interface Resource {
  readonly Type: string
  readonly Properties: Record<string, unknown>
  readonly Metadata?: Record<string, unknown>
  readonly DependsOn?: readonly string[]
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>
  readonly Parameters?: Readonly<Record<string, Record<string, unknown>>>
}

export interface Violation {
  readonly ruleName: string
  readonly constructPath?: string
}

/** Templates by the stack's name without project and stage. `given` is added to the context of cdk.json; undefined takes a key away. */
export function synthesize(given: Readonly<Record<string, unknown>> = {}): Record<string, Template> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'alpaco-synth-'))
  const context = Object.fromEntries(
    Object.entries({ ...defaults, ...given }).filter(([, value]) => value !== undefined),
  )
  try {
    const app = new App({ context, outdir, analyticsReporting: false })
    addStacks(app)
    const { stacks } = app.synth()
    return Object.fromEntries(
      stacks.map((stack) => [stack.stackName.replaceAll(/^Alpaco-|-\w+$/g, ''), stack.template as Template]),
    )
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}

/** All resources of a type. */
export function resources(template: Template | undefined, type: string): Resource[] {
  return Object.values(template?.Resources ?? {}).filter((resource) => resource.Type === type)
}

/** The one resource of a type that has these properties. */
export function only(
  template: Template | undefined,
  type: string,
  properties: Readonly<Record<string, unknown>> = {},
): Resource {
  const found = resources(template, type).filter((resource) =>
    Object.entries(properties).every(
      ([name, value]) => JSON.stringify(resource.Properties[name]) === JSON.stringify(value),
    ),
  )
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${type} instead of one`)
  return found[0]
}
