import { App } from 'aws-cdk-lib'
import { describe, expect, it } from 'vitest'
import { checkRegion, readContext } from '../../infra/context.ts'

const enough = {
  stage: 'dev',
  modelKeySecretArn: 'arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:alpaco/model-key-Ab12Cd',
}
const read = (context: Record<string, unknown>): ReturnType<typeof readContext> =>
  readContext(new App({ context, analyticsReporting: false }).node)

describe('a context that says what has to be said', () => {
  it('has the rest by default', () =>
    expect(read(enough)).toEqual({
      ...enough,
      region: 'ap-northeast-2',
      githubProviderExists: false,
      selfSignUp: false,
      allowedOrigins: [],
      dailyModelUsd: 100,
      monthlyBudgetUsd: 300,
      generatorConcurrency: 200,
      executorConcurrency: 200,
    }))

  it('may be words of a command line', () =>
    expect(
      read({
        ...enough,
        generatorConcurrency: '40',
        githubProviderExists: 'true',
        allowedOrigins: 'https://a.example, https://b.example',
      }),
    ).toMatchObject({
      generatorConcurrency: 40,
      githubProviderExists: true,
      allowedOrigins: ['https://a.example', 'https://b.example'],
    }))

  it('may leave the account to the account', () => {
    const modelKeySecretArn =
      'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:alpaco/model-key'
    expect(read({ ...enough, region: 'eu-west-1', modelKeySecretArn })).toMatchObject({ modelKeySecretArn })
  })

  it('shares its place with switches of the CDK', () =>
    expect(
      read({ ...enough, '@aws-cdk/core:checkSecretUsage': true, 'aws:cdk:enable-path-metadata': true }).stage,
    ).toBe('dev'))
})

const secret = (region: string): string =>
  `arn:aws:secretsmanager:${region}:000000000000:secret:alpaco/model-key-Ab12Cd`

describe('a context that cannot be deployed names its key and what to set', () => {
  const certificateArn = 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b'

  it.each([
    ['no stage', { stage: undefined }, /^stage: missing\. Set it in cdk\.json or with -c stage=…: dev or production/],
    ['the stage of this machine', { stage: 'local' }, /^stage: not usable\. .*npm start/],
    ['an unknown stage', { stage: 'staging' }, /^stage: not usable\. .*dev or production/],
    ['an unknown region', { region: 'moon-1' }, /^region: not usable\. .*ap-northeast-2/],
    ['an empty region, in which the default would hide', { region: '' }, /^region: not usable\. .*ap-northeast-2/],
    ['a region without function URLs', { region: 'eu-central-2' }, /^region: not usable\. .*function URLs/],
    ['a region where CloudFront writes no logs', { region: 'ap-east-1' }, /^region: not usable\. /],
    ['no secret', { modelKeySecretArn: undefined }, /^modelKeySecretArn: missing\. .*the ARN of the secret/],
    ['an empty secret', { modelKeySecretArn: '' }, /^modelKeySecretArn: missing\. /],
    [
      'a key in the place of its secret',
      { modelKeySecretArn: 'AIzaSy' },
      /^modelKeySecretArn: not usable\. .*the ARN of the secret/,
    ],
    [
      'a secret elsewhere',
      { modelKeySecretArn: secret('us-east-1') },
      /^modelKeySecretArn: not usable\. .*in the region/,
    ],
    [
      'a key that nobody knows',
      { alarmEmial: 'a@example.org' },
      /^alarmEmial: no such context key\. Known are stage, region, .*alarmEmail/,
    ],
    ['an address that is none', { alarmEmail: 'me' }, /^alarmEmail: not usable\. .*an e-mail address/],
    ['a repository without its owner', { githubRepository: 'alpaco' }, /^githubRepository: not usable\. .*owner\/name/],
    ['any repository', { githubRepository: '*/*' }, /^githubRepository: not usable\. .*owner\/name/],
    [
      'a domain alone',
      { domainName: 'alpaco.example.org' },
      /^domainName: not usable\. .*together with certificateArn/,
    ],
    ['a certificate alone', { certificateArn }, /^domainName: missing\. .*together with certificateArn/],
    [
      'a certificate elsewhere',
      { domainName: 'a.example.org', certificateArn: certificateArn.replace('us-east-1', 'eu-west-1') },
      /^certificateArn: not usable\. .*us-east-1/,
    ],
    ['an origin in clear', { allowedOrigins: 'http://a.example' }, /^allowedOrigins(?:\.0)?: not usable\. .*https:/],
    ['no money', { dailyModelUsd: '0' }, /^dailyModelUsd: not usable\. .*US dollars/],
    ['no run', { quotaRunsPerDay: '0' }, /^quotaRunsPerDay: not usable\. .*above zero/],
    ['words for a number', { monthlyBudgetUsd: 'much' }, /^monthlyBudgetUsd: not usable\. .*US dollars/],
    ['no place', { generatorConcurrency: 0 }, /^generatorConcurrency: not usable\. .*one or more/],
    ['the latest image', { executorImageTag: 'latest' }, /^executorImageTag: not usable\. .*latest/],
    [
      'a switch that is neither on nor off',
      { githubProviderExists: 'perhaps' },
      /^githubProviderExists: not usable\. .*true or false/,
    ],
  ])('%s', (_what, given, message) => {
    const context = Object.fromEntries(
      Object.entries({ ...enough, ...given }).filter(([, value]) => value !== undefined),
    )
    expect(() => read(context)).toThrow(message)
  })
})

describe('the region of the environment', () => {
  const context = read(enough)

  it('may be the same, or not be there', () => {
    for (const environment of ['ap-northeast-2', '', undefined])
      expect(() => checkRegion(context, environment)).not.toThrow()
  })

  it('may not be another one', () =>
    expect(() => checkRegion(context, 'us-east-1')).toThrow(
      'region: the context has ap-northeast-2, AWS_REGION has us-east-1. Set the same: export AWS_REGION=ap-northeast-2, or -c region=us-east-1.',
    ))
})
