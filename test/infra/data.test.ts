import { describe, expect, it } from 'vitest'
import { problemsTable } from '../../src/adapters/problems-table-definition.ts'
import { only, resources, stacks } from './templates.ts'

const { Data: data } = stacks()
const table = only(data, 'AWS::DynamoDB::Table')

const keys = (partition: string, sort: string): unknown => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]

describe('the Problems table', () => {
  it('has its documented name', () => {
    expect(table.Properties['TableName']).toBe('alpaco-Problems-dev')
    expect(only(stacks({ stage: 'production' })['Data'], 'AWS::DynamoDB::Table').Properties['TableName']).toBe(
      'alpaco-Problems-production',
    )
  })

  it('has the keys and indexes of the one definition', () => {
    const { completed, creator } = problemsTable.indexes
    expect(table.Properties['KeySchema']).toEqual(keys('problemId', 'kind'))
    expect(table.Properties['GlobalSecondaryIndexes']).toEqual([
      {
        IndexName: 'CompletedProblemsByCreatedAtGSI',
        KeySchema: keys('completedShard', 'createdAt'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: completed.projected },
      },
      {
        IndexName: 'CreatorIdCreatedAtGSI',
        KeySchema: keys('creatorId', 'createdAt'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: creator.projected },
      },
    ])
  })

  it('is paid on demand', () => expect(table.Properties['BillingMode']).toBe('PAY_PER_REQUEST'))

  it('can be restored to any second of the last weeks', () =>
    expect(table.Properties['PointInTimeRecoverySpecification']).toEqual({ PointInTimeRecoveryEnabled: true }))

  it('removes what is over', () =>
    expect(table.Properties['TimeToLiveSpecification']).toEqual({ AttributeName: 'expiresAt', Enabled: true }))

  it('is encrypted with a key whose use is logged', () =>
    expect(table.Properties['SSESpecification']).toEqual({ SSEEnabled: true }))

  it('cannot be deleted by mistake, and stays when its stack goes', () => {
    expect(table.Properties['DeletionProtectionEnabled']).toBe(true)
    expect([table.DeletionPolicy, table.UpdateReplacePolicy]).toEqual(['Retain', 'Retain'])
  })
})

describe('the users', () => {
  const pool = only(data, 'AWS::Cognito::UserPool')
  const client = only(data, 'AWS::Cognito::UserPoolClient')

  it('cannot be deleted by mistake, and stay when their stack goes', () => {
    expect(pool.Properties['DeletionProtection']).toBe('ACTIVE')
    expect([pool.DeletionPolicy, pool.UpdateReplacePolicy]).toEqual(['Retain', 'Retain'])
  })

  it('are made by an operator; only where it is asked for, by themselves', () => {
    const isClosed = (template: typeof data): unknown =>
      only(template, 'AWS::Cognito::UserPool').Properties['AdminCreateUserConfig']
    expect(isClosed(data)).toEqual({ AllowAdminCreateUserOnly: true })
    expect(isClosed(stacks({ selfSignUp: 'true' })['Data'])).toEqual({ AllowAdminCreateUserOnly: false })
  })

  it('have long passwords and may have a second factor', () => {
    expect(pool.Properties['Policies']).toMatchObject({ PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } })
    expect(pool.Properties['MfaConfiguration']).toBe('OPTIONAL')
    expect(pool.Properties['EnabledMfas']).toEqual(['SOFTWARE_TOKEN_MFA'])
  })

  it('sign in by a client that has no secret and never sends a password in clear', () => {
    expect(client.Properties['GenerateSecret']).toBe(false)
    expect(client.Properties['ExplicitAuthFlows']).toEqual([
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ])
    expect(client.Properties['PreventUserExistenceErrors']).toBe('ENABLED')
    expect(client.Properties['AllowedOAuthFlows']).toBeUndefined()
  })
})

describe('the sealing key', () => {
  const key = only(data, 'AWS::KMS::Key')

  it('is rotated, and stays as long as something is sealed with it', () => {
    expect(key.Properties['EnableKeyRotation']).toBe(true)
    expect(key.DeletionPolicy).toBe('Retain')
  })

  it('is administered by the account alone', () => {
    const { Statement: statements } = key.Properties['KeyPolicy'] as { Statement: { Principal: unknown }[] }
    expect(statements.map(({ Principal: principal }) => JSON.stringify(principal))).toEqual([
      '{"AWS":{"Fn::Join":["",["arn:aws:iam::",{"Ref":"AWS::AccountId"},":root"]]}}',
    ])
  })
})

it('the stack tells what functions and people need', () => {
  expect(Object.keys(data?.Outputs ?? {}).filter((name) => !name.startsWith('PublishOutput'))).toEqual([
    'ProblemsTableName',
    'ProblemsTableArn',
    'UserPoolId',
    'UserPoolClientId',
    'SealingKeyArn',
  ])
  expect(data?.Outputs['ProblemsTableArn']?.Export?.Name).toBe('Alpaco-Data-dev:problems-table-arn')
  expect(resources(data, 'AWS::IAM::Role')).toEqual([])
})
