import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { App, type Stack } from 'aws-cdk-lib'
import { Annotations, Match } from 'aws-cdk-lib/assertions'
import { afterAll, describe, expect, it } from 'vitest'
import { addStacks } from '../../infra/deployment.ts'
import { environmentSchema } from '../../src/environment.ts'
import { only, resources, stacks, statements } from './templates.ts'

const settings = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> }
const scratch = mkdtempSync(path.join(tmpdir(), 'alpaco-cdk-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const all = stacks()
const { Generator: stack } = all
const generator = only(stack, 'AWS::Lambda::Function', { FunctionName: 'alpaco-generator-dev' }).Properties
const sweeper = only(stack, 'AWS::Lambda::Function', { FunctionName: 'alpaco-sweeper-dev' }).Properties
const variables = (of: Record<string, unknown>): Record<string, unknown> =>
  (of['Environment'] as { Variables: Record<string, unknown> }).Variables

/** What an output of another stack is there. */
function origin(value: unknown): unknown {
  const { StackName: name, OutputName: output } = (value as { 'Fn::GetStackOutput': Record<string, string> })[
    'Fn::GetStackOutput'
  ]
  return all[name?.split('-')[1] ?? '']?.Outputs[output ?? '']?.Value
}

describe.each([
  ['generator', generator],
  ['sweeper', sweeper],
])('the %s', (name, properties) => {
  it('runs on Node 24, arm64, with one processor, for 900 s', () =>
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 1769,
      Timeout: 900,
      Handler: 'index.handler',
    }))

  it('uses the layer', () => {
    expect(only(stack, 'AWS::Lambda::LayerVersion').Properties).toMatchObject({
      LayerName: 'alpaco-dependencies-dev',
      CompatibleArchitectures: ['arm64'],
    })
    expect(properties['Layers']).toEqual([{ Ref: 'Dependencies1F4ECB40' }])
  })

  it('is not in a VPC, where function URLs do not stream', () => expect(properties['VpcConfig']).toBeUndefined())

  it('logs into a group that forgets after 30 days', () => {
    const logs = only(stack, 'AWS::Logs::LogGroup', { LogGroupName: `/aws/lambda/alpaco-${name}-dev` })
    expect(logs.Properties['RetentionInDays']).toBe(30)
    expect(JSON.stringify(properties['LoggingConfig'])).toMatch(new RegExp(`"${name}Logs`, 'i'))
  })

  it('knows the model’s key by the name of its secret only', () => {
    expect(variables(properties)['GOOGLE_AI_API_KEY_SECRET_ARN']).toEqual({
      'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:alpaco/model-key',
    })
    expect(variables(properties)).not.toHaveProperty('GOOGLE_AI_API_KEY')
    expect(JSON.stringify(stack)).not.toMatch(/AIza|resolve:secretsmanager/)
  })

  it('gets no variable that nobody reads', () => {
    const known = Object.keys(environmentSchema.shape)
    expect(Object.keys(variables(properties)).filter((variable) => !known.includes(variable))).toEqual([])
    expect(variables(properties)).not.toHaveProperty('AWS_REGION')
  })

  it('is told where everything is', () => {
    const given = variables(properties)
    expect(given['STAGE']).toBe('dev')
    expect(origin(given['PROBLEMS_TABLE_NAME'])).toEqual({ Ref: 'ProblemsA986D2EF' })
    expect(origin(given['CODE_EXECUTOR_LAMBDA_ARN'])).toEqual({ Ref: 'Live848578DF' })
    expect(origin(given['SEALING_KEY_ARN'])).toEqual({ 'Fn::GetAtt': ['SealingKey98C9818D', 'Arn'] })
    expect(JSON.stringify(given['COGNITO_ISSUER_URL'])).toContain('https://cognito-idp.ap-northeast-2.amazonaws.com/')
  })

  it('makes no more than half as many runs as there are places to follow them', () => {
    expect(generator['ReservedConcurrentExecutions']).toBe(200)
    expect(variables(properties)['QUOTA_RUNNING']).toBe('100')
    expect(variables(properties)['QUOTA_TOTAL_USD_PER_DAY']).toBe('100')
  })

  it('keeps earlier versions to roll back to', () => {
    const versions = resources(stack, 'AWS::Lambda::Version')
    expect(versions).toHaveLength(2)
    expect(versions.map(({ DeletionPolicy: policy }) => policy)).toEqual(['Retain', 'Retain'])
    expect(resources(stack, 'AWS::Lambda::Alias').map(({ Properties: alias }) => alias['Name'])).toEqual([
      'live',
      'live',
    ])
  })
})

/** What the deployment of a model is warned of. */
function warningsFor(modelName: string): unknown[] {
  const app = new App({
    context: { ...settings.context, modelName },
    outdir: mkdtempSync(path.join(scratch, 'app-')),
    analyticsReporting: false,
  })
  addStacks(app)
  return Annotations.fromStack(app.node.findChild('Alpaco-Generator-dev') as Stack)
    .findWarning('*', Match.stringLikeRegexp('has no price for'))
    .map(({ entry }) => entry.data)
}

it('a model without a price is deployed, with a warning', () => {
  expect(warningsFor('gemini-of-tomorrow')).toEqual([
    expect.stringContaining('modelName: src/generation/prices.ts has no price for gemini-of-tomorrow.'),
  ])
  expect(warningsFor('gemini-2.5-flash')).toEqual([])
})

it('what a user may ask for on a day is told to both, where it is given', () => {
  const quotas = { quotaRunsPerDay: '7', quotaTokensPerDay: 900_000, quotaUsdPerDay: 1.5 }
  const { Generator: limited } = stacks(quotas)
  for (const { Properties } of resources(limited, 'AWS::Lambda::Function')) {
    expect(variables(Properties)).toMatchObject({
      QUOTA_RUNS_PER_DAY: '7',
      QUOTA_TOKENS_PER_DAY: '900000',
      QUOTA_USD_PER_DAY: '1.5',
    })
  }
  expect(variables(generator)).not.toHaveProperty('QUOTA_RUNS_PER_DAY')
})

describe('the function URL', () => {
  const url = only(stack, 'AWS::Lambda::Url').Properties

  it('is for signed requests only', () => expect(url['AuthType']).toBe('AWS_IAM'))
  it('streams', () => expect(url['InvokeMode']).toBe('RESPONSE_STREAM'))
  it('belongs to the alias, so that a roll-back is one', () => expect(url['Qualifier']).toBe('live'))
  it('answers preflight by the function, not by itself', () => expect(url['Cors']).toBeUndefined())
})

describe('the sweep', () => {
  it('is once a minute, at the live version', () => {
    const rule = only(stack, 'AWS::Events::Rule').Properties
    expect(rule).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' })
    expect(JSON.stringify(rule['Targets'])).toContain('{"Ref":"SweeperLive')
  })

  it('is never repeated: the next one comes anyway', () => {
    expect(only(stack, 'AWS::Lambda::EventInvokeConfig').Properties).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    })
    const { Targets: targets } = only(stack, 'AWS::Events::Rule').Properties
    expect(targets).toMatchObject([{ RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } }])
  })

  it('takes five places at most', () => expect(sweeper['ReservedConcurrentExecutions']).toBe(5))

  it('can be called by its schedule and nobody else', () => {
    const permission = only(stack, 'AWS::Lambda::Permission').Properties
    expect(permission).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' })
    expect(JSON.stringify(permission['SourceArn'])).toContain('EveryMinute')
  })
})

const named = (role: string): unknown[] => statements(stack, role).map(({ Sid, Action }) => [Sid, Action])

describe('rights', () => {
  const sealed = {
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['problemId'] },
    Null: { 'kms:EncryptionContextKeys': 'false' },
  }
  const common = [
    ['WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents']],
    [
      'KeepRuns',
      [
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
    ],
    ['RunPrograms', 'lambda:InvokeFunction'],
    ['OpenCallersKeys', 'kms:Decrypt'],
    ['ReadModelKey', 'secretsmanager:GetSecretValue'],
  ]
  it('of the generator are the calls that it makes', () =>
    expect(named('GeneratorRole')).toEqual([
      ...common,
      ['ListOwnRuns', 'dynamodb:Query'],
      ['SealCallersKeys', 'kms:Encrypt'],
    ]))

  it('of the sweeper are fewer: it seals nothing and lists nobody’s runs', () =>
    expect(named('SweeperRole')).toEqual(common))

  it('cover every command that the adapters send, and no other', () => {
    const adapters = ['dynamodb-table.ts', 'kms-sealer.ts', 'lambda-executor.ts']
    const sent = adapters.flatMap((file) => [
      ...readFileSync(`src/adapters/${file}`, 'utf8').matchAll(/new (\w+)Command\(/g),
    ])
    const commands = [...new Set(sent.map(([, command = '']) => command))].sort()
    // A transaction needs the rights of its writes: Put, Update, Delete, ConditionCheck.
    expect(commands).toEqual([
      'Decrypt',
      'Delete',
      'Encrypt',
      'Get',
      'Invoke',
      'Put',
      'Query',
      'TransactWrite',
      'Update',
    ])
  })

  it('to keys hold for what is bound to a run', () => {
    const keys = statements(stack).filter(({ Action }) => String(Action).startsWith('kms:'))
    expect(keys).toHaveLength(3)
    for (const { Condition } of keys) expect(Condition).toEqual(sealed)
  })

  it('name their resource', () => {
    const { Resource: index } = statements(stack, 'GeneratorRole').find(({ Sid }) => Sid === 'ListOwnRuns') ?? {}
    expect(JSON.stringify(index)).toContain('/index/CreatorIdCreatedAtGSI')
    for (const { Resource } of statements(stack)) expect(JSON.stringify(Resource)).not.toContain('*')
  })

  it('to a secret that is named in full are for that one', () => {
    const secret = 'arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:alpaco/model-key-Ab12Cd'
    const { Generator: other } = stacks({ modelKeySecretArn: secret })
    const rights = statements(other).filter(({ Sid }) => Sid === 'ReadModelKey')
    expect(rights.map(({ Resource }) => Resource)).toEqual([secret, secret])
  })
})
