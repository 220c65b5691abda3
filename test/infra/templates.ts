// What the tests of the stacks look things up with.
import { synthesize, type Resource, type Template } from '../../infra/synthesis.ts'

/** The templates of one stage by the stacks' names without project and stage. */
export function stacks(given?: Readonly<Record<string, unknown>>): Record<string, Template> {
  const templates = Object.entries(synthesize(given))
  return Object.fromEntries(templates.map(([name, template]) => [name.split('-')[1] ?? '', template]))
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

/** An ARN in the default region and whatever account, as the templates spell it. */
export function arn(service: string, resource: string): unknown {
  return { 'Fn::Join': ['', [`arn:aws:${service}:ap-northeast-2:`, { Ref: 'AWS::AccountId' }, `:${resource}`]] }
}

export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource: unknown
  readonly Condition?: unknown
  readonly Principal?: unknown
}

/** Every statement of the policies of roles. */
export function statements(template: Template | undefined, role = ''): Statement[] {
  return resources(template, 'AWS::IAM::Policy')
    .filter((policy) => JSON.stringify(policy.Properties['Roles']).includes(`"${role}`))
    .flatMap((policy) => (policy.Properties['PolicyDocument'] as { Statement: Statement[] }).Statement)
}
