import { describe, expect, it } from 'vitest'
import { arn, only, resources, stacks, statements, type Statement } from './templates.ts'

const { Bootstrap: bootstrap } = stacks({ githubRepository: 'example/alpaco' })
const { Bootstrap: ofProduction } = stacks({ githubRepository: 'example/alpaco', stage: 'production' })

it.each([
  ['alpaco-deploy-dev', 'dev', 'deploy.yml@refs/heads/main', bootstrap],
  ['alpaco-deploy-production', 'production', 'deploy.yml@refs/tags/*', ofProduction],
  ['alpaco-diff-dev', 'dev-diff', 'diff.yml@refs/pull/*/merge', bootstrap],
])('%s trusts one environment of one repository, and there one workflow', (name, environment, workflow, template) => {
  const role = only(template, 'AWS::IAM::Role', { RoleName: name }).Properties
  expect(role['AssumeRolePolicyDocument']).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: { Ref: 'Github67AA2193' } },
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': `repo:example/alpaco:environment:${environment}`,
          },
          StringLike: {
            'token.actions.githubusercontent.com:job_workflow_ref': `example/alpaco/.github/workflows/${workflow}`,
          },
        },
      },
    ],
  })
  expect(role['MaxSessionDuration']).toBe(3600)
})

it('has nobody else’s role, and no access key', () => {
  expect(resources(bootstrap, 'AWS::IAM::Role')).toHaveLength(2)
  for (const type of ['AWS::IAM::User', 'AWS::IAM::AccessKey', 'AWS::IAM::ManagedPolicy'])
    expect(resources(bootstrap, type)).toEqual([])
})

it('asks for the repository at deployment when the context does not name one', () => {
  const { Bootstrap: other } = stacks()
  expect(other?.Parameters['GithubRepository']).toMatchObject({ Type: 'String' })
  expect(other?.Parameters['GithubRepository']).not.toHaveProperty('Default')
  const role = only(other, 'AWS::IAM::Role', { RoleName: 'alpaco-deploy-dev' }).Properties
  expect(JSON.stringify(role)).toContain('["repo:",{"Ref":"GithubRepository"},":environment:dev"]')
})

it('uses the identity provider that the account has', () => {
  const provider = only(bootstrap, 'AWS::IAM::OIDCProvider').Properties
  expect(provider).toMatchObject({
    Url: 'https://token.actions.githubusercontent.com',
    ClientIdList: ['sts.amazonaws.com'],
  })
  const { Bootstrap: other } = stacks({ githubRepository: 'example/alpaco', githubProviderExists: 'true' })
  expect(resources(other, 'AWS::IAM::OIDCProvider')).toEqual([])
  expect(JSON.stringify(other)).toContain(':oidc-provider/token.actions.githubusercontent.com')
})

describe('who deploys', () => {
  const rights: Record<string, Statement> = Object.fromEntries(
    statements(bootstrap, 'Deploy').map((statement) => [statement.Sid ?? '', statement]),
  )

  it('works through two roles of the CDK, and not through the one that may read everything', () => {
    expect(rights['DeployByCdk']?.Action).toBe('sts:AssumeRole')
    expect(JSON.stringify(rights['DeployByCdk']?.Resource).match(/cdk-hnb659fds-[a-z-]+role/g)).toEqual([
      'cdk-hnb659fds-deploy-role',
      'cdk-hnb659fds-file-publishing-role',
    ])
  })

  it('pushes images to the executor’s repository', () =>
    expect(rights['PushExecutorImage']?.Resource).toEqual(arn('ecr', 'repository/alpaco/executor-dev')))

  it('rolls back the functions of its stage', () =>
    expect(rights['RollBack']).toMatchObject({
      Action: ['lambda:GetAlias', 'lambda:UpdateAlias'],
      Resource: ['executor', 'generator', 'sweeper'].map((name) => arn('lambda', `function:alpaco-${name}-dev`)),
    }))

  it('has no other right', () =>
    expect(Object.keys(rights)).toEqual([
      'DeployByCdk',
      'LogInToRegistry',
      'PushExecutorImage',
      'RollBack',
      'ReadOutputs',
    ]))
})

it('who tells the difference reads templates, and nothing that is in a table or bucket', () =>
  expect(statements(bootstrap, 'Diff').map(({ Action }) => Action)).toEqual([
    ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
  ]))
