// Permissions of our roles. Each has a reason, which the template carries and docs/permissions.md shows.
import { CfnResource, Stack, Validations } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js'
import type { IConstruct } from 'constructs'
import * as z from 'zod'

/** An ARN; one that is meant to match several, or any, says why it cannot be narrower. */
type Resource = string | { readonly pattern: string; readonly because: string }

export interface Permission {
  /** Names the statement; letters and digits. */
  readonly sid: string
  readonly actions: readonly [string, ...string[]]
  readonly resources: readonly [Resource, ...Resource[]]
  /** What the role does with it. */
  readonly reason: string
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Metadata of a role: the reason of each of its statements, by `Sid`. */
export const reasonsKey = 'Reasons'

/** Allows a role something. Throws at a wildcard action, and at a wildcard in an ARN without a reason. */
export function grant(role: iam.Role, permission: Permission): void {
  add(role, permission, iam.Effect.ALLOW)
}

/** Denies a role something that another permission allows. */
export function deny(role: iam.Role, permission: Permission): void {
  add(role, permission, iam.Effect.DENY)
}

function add(role: iam.Role, { sid, actions, resources, reason, conditions }: Permission, effect: iam.Effect): void {
  const wide = actions.find((action) => action.includes('*'))
  if (wide !== undefined) throw new Error(`${sid}: ${wide} is a wildcard. Name the actions.`)
  const reasons = [reason]
  for (const resource of resources) {
    if (typeof resource !== 'string') {
      reasons.push(resource.because)
      if (effect === iam.Effect.ALLOW) acceptPattern(role, resource.pattern, resource.because)
    } else if (resource.includes('*')) throw new Error(`${sid}: ${resource} is a wildcard. Say why.`)
  }
  role.addToPolicy(
    new iam.PolicyStatement({
      sid,
      effect,
      actions: [...actions],
      resources: resources.map((resource) => (typeof resource === 'string' ? resource : resource.pattern)),
      ...(conditions === undefined ? {} : { conditions }),
    }),
  )
  explain(role, sid, reasons.join(' '))
}

/** Writes down why a resource's own policy, or a role's trust, says what it says. */
export function explain(construct: IConstruct, what: string, reason: string): void {
  const resource = construct.node.defaultChild ?? construct
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${construct.node.path} is no resource`)
  const known = z.record(z.string(), z.string()).default({}).parse(resource.getMetadata(reasonsKey))
  resource.addMetadata(reasonsKey, { ...known, [what]: reason })
}

/** cdk-nag names its finding by the pattern with references in angle brackets. */
function acceptPattern(role: iam.Role, pattern: string, reason: string): void {
  const name = flattenCfnReference(Stack.of(role).resolve(pattern))
  accept(role, { [`AwsSolutions-IAM5[Resource::${name}]`]: reason })
}

/** Accepts findings of cdk-nag or of CloudFormation's validator, each with the reason. */
export function accept(construct: IConstruct, findings: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(findings).map(([id, reason]) => ({ id, reason })))
}
