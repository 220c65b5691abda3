import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as s3 from 'aws-cdk-lib/aws-s3'
import { describe, expect, it } from 'vitest'
import { explain, grant } from '../../infra/grants.ts'
import { resources, stacks, statements } from './templates.ts'

function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })
}
const permission = {
  sid: 'Read',
  actions: ['s3:GetObject'],
  resources: ['arn:aws:s3:::bucket/key'],
  reason: 'To read it.',
} as const

describe('a permission', () => {
  it('carries its reason into the template, and that of its pattern', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'S')
    grant(roleIn(stack), {
      ...permission,
      resources: [{ pattern: 'arn:aws:s3:::bucket/*', because: 'Keys are many.' }],
    })
    const [role] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))
    expect(role?.['Metadata']).toMatchObject({ Reasons: { Read: 'To read it. Keys are many.' } })
  })

  it('cannot be for any action', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'S')
    expect(() => grant(roleIn(stack), { ...permission, actions: ['s3:Get*'] })).toThrow('Read: s3:Get* is a wildcard.')
  })

  it('cannot be for any resource without saying why', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'S')
    expect(() => grant(roleIn(stack), { ...permission, resources: ['*'] })).toThrow('Read: * is a wildcard. Say why.')
  })

  it('of a resource that is none cannot be explained', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'S')
    expect(() => explain(new s3.Bucket(stack, 'Bucket').node.scope ?? stack, 'x', 'y')).toThrow('is no resource')
  })
})

describe('in all stacks', () => {
  const all = Object.entries(stacks())

  it.each(all)('%s has no statement of a role without a reason', (_name, template) => {
    const given = resources(template, 'AWS::IAM::Role').flatMap(({ Metadata: metadata }) =>
      Object.entries(metadata['Reasons'] as Record<string, string>),
    )
    for (const { Sid: sid = 'unnamed' } of statements(template))
      expect(given.find(([name]) => name === sid)?.[1]).toMatch(/\.$/)
  })

  it.each(all)('%s has no wildcard action', (_name, template) => {
    const actions = statements(template).flatMap(({ Action: action }) => action)
    expect(actions.filter((action) => action.includes('*'))).toEqual([])
  })

  it.each(all)('%s has no policy of AWS’s own making', (_name, template) => {
    expect(JSON.stringify(template)).not.toContain('ManagedPolicyArns')
    expect(resources(template, 'AWS::IAM::ManagedPolicy')).toEqual([])
  })

  it('wildcard resources are these', () => {
    const wide = all.flatMap(([name, template]) =>
      statements(template)
        .filter(({ Resource: resource }) => JSON.stringify(resource).includes('*'))
        .map(({ Sid: sid }) => `${name}: ${sid}`),
    )
    expect(wide).toEqual([
      'Bootstrap: LogInToRegistry',
      'Bootstrap: ReadOutputs',
      'Bootstrap: ReadStacks',
      'Executor: AttachToNetwork',
      'Executor: NeverFromWithin',
    ])
  })
})
