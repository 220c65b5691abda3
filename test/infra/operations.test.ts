import { describe, expect, it } from 'vitest'
import { metricDimensions, metrics, metricsNamespace } from '../../src/contract/metrics.ts'
import { only, resources, stacks } from './templates.ts'

const { Operations: operations } = stacks({ dailyModelUsd: '50', monthlyBudgetUsd: '400' })
const topic = { Ref: 'Alarms04B5A0BF' }

interface Alarm {
  readonly AlarmName: string
  readonly Namespace?: string
  readonly MetricName?: string
  readonly Threshold: number
  readonly TreatMissingData: string
  readonly [property: string]: unknown
}
const alarms = resources(operations, 'AWS::CloudWatch::Alarm').map((alarm) => alarm.Properties as unknown as Alarm)
const alarm = (name: string): Alarm => {
  const found = alarms.find(({ AlarmName }) => AlarmName === `alpaco-dev-${name}`)
  if (found === undefined) throw new Error(`no alarm ${name}`)
  return found
}

describe('alarms', () => {
  it('are these', () =>
    expect(alarms.map(({ AlarmName: name }) => name.replace('alpaco-dev-', '')).sort()).toEqual([
      'executor-errors',
      'executor-near-deadline',
      'executor-throttles',
      'executor-tier',
      'generator-errors',
      'generator-near-deadline',
      'generator-throttles',
      'model-cost-a-day',
      'orphaned-runs',
      'runs-failed',
      'sweeper-errors',
      'sweeper-near-deadline',
      'sweeper-silent',
      'sweeper-throttles',
    ]))

  it.each(alarms)('$AlarmName tells of its beginning and its end', (given) => {
    expect(given['AlarmActions']).toEqual([topic])
    expect(given['OKActions']).toEqual([topic])
    expect(given['AlarmDescription']).toMatch(/\.$/)
  })

  it.each([
    ['generator', 1, 5, 880_000],
    ['sweeper', 1, 60, 880_000],
    ['executor', 20, 5, 270_000],
  ])('of the %s: errors, throttles, the deadline', (service, errors, throttles, deadlineMs) => {
    const dimensions = [{ Name: 'FunctionName', Value: `alpaco-${service}-dev` }]
    for (const [kind, metric, threshold] of [
      ['errors', 'Errors', errors],
      ['throttles', 'Throttles', throttles],
      ['near-deadline', 'Duration', deadlineMs],
    ] as const)
      expect(alarm(`${service}-${kind}`)).toMatchObject({
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Dimensions: dimensions,
        Threshold: threshold,
        Period: 300,
      })
  })

  it('of failed runs: a quarter of five or more within an hour', () => {
    expect(alarm('runs-failed').Threshold).toBe(25)
    expect(JSON.stringify(alarm('runs-failed')['Metrics'])).toContain(
      'IF(failed + completed >= 5, 100 * failed / (failed + completed), 0)',
    )
  })

  it('of the cost of a day: four fifths of what the context allows', () => {
    expect(alarm('model-cost-a-day').Threshold).toBe(40)
    expect(JSON.stringify(alarm('model-cost-a-day')['Metrics'])).toContain('"Period":86400')
  })

  it('of a sandbox that does not hold, at once', () =>
    expect(alarm('executor-tier')).toMatchObject({ MetricName: 'ExecutorTierTooLow', Threshold: 1 }))

  it('of orphaned runs', () =>
    expect(alarm('orphaned-runs')).toMatchObject({ MetricName: 'OrphanedRuns', Threshold: 3 }))

  it('of a sweeper that does not come: silence is what is wrong', () =>
    expect(alarm('sweeper-silent')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      EvaluationPeriods: 3,
    }))
})

describe('metrics of ours', () => {
  /** Namespace, name and dimensions of every metric that the stack names, in alarms and on the dashboard. */
  const body = JSON.stringify(only(operations, 'AWS::CloudWatch::Dashboard').Properties['DashboardBody']).replaceAll(
    '\\',
    '',
  )
  const onDashboard = [...body.matchAll(/\["Alpaco","(\w+)","service","(\w+)","stage","(\w+)"/g)].map((match) =>
    match.slice(1),
  )
  const inAlarms = alarms
    .flatMap((given) => [
      given,
      ...((given['Metrics'] ?? []) as { MetricStat?: { Metric: object } }[]).map((one) => one.MetricStat?.Metric),
    ])
    .filter((metric): metric is Alarm => (metric as Alarm | undefined)?.Namespace === 'Alpaco')
    .map((metric) => [
      metric.MetricName ?? '',
      ...(metric['Dimensions'] as { Value: string }[]).map(({ Value: value }) => value),
    ])

  it('have the namespace and the dimensions that functions emit', () => {
    expect(metricsNamespace).toBe('Alpaco')
    expect(metricDimensions).toEqual(['service', 'stage'])
  })

  it('are all on the dashboard, from each function that emits them', () => {
    const emitted = Object.entries(metrics).flatMap(([name, { services }]) => services.map((one) => [name, one, 'dev']))
    expect(onDashboard.length).toBeGreaterThan(30)
    expect(emitted.filter((one) => !onDashboard.some((other) => other.join() === one.join()))).toEqual([])
  })

  it('are known where they are named', () => {
    expect(inAlarms.length).toBeGreaterThan(6)
    for (const [name = '', service = '', stage] of [...onDashboard, ...inAlarms]) {
      expect(metrics[name as keyof typeof metrics].services).toContain(service)
      expect(stage).toBe('dev')
    }
  })
})

describe('the topic', () => {
  it('is encrypted by a key that rotates and that alarms and budgets may use', () => {
    expect(only(operations, 'AWS::SNS::Topic').Properties['KmsMasterKeyId']).toEqual({
      'Fn::GetAtt': ['TopicKeyB2E0C9CB', 'Arn'],
    })
    const key = only(operations, 'AWS::KMS::Key').Properties
    expect(key['EnableKeyRotation']).toBe(true)
    expect(key['KeyPolicy']).toMatchObject({
      Statement: [
        {},
        {
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    })
  })

  it('takes what alarms and budgets of this account publish, by TLS', () =>
    expect(only(operations, 'AWS::SNS::TopicPolicy').Properties['PolicyDocument']).toMatchObject({
      Statement: [
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        {
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    }))

  it('writes to nobody unless the context names somebody', () => {
    expect(resources(operations, 'AWS::SNS::Subscription')).toEqual([])
    const { Operations: other } = stacks({ alarmEmail: 'ops@example.org' })
    expect(only(other, 'AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'ops@example.org',
    })
  })
})

it('the budget of a month tells at four fifths, at all of it, and when that is to be expected', () => {
  const { Budget: budget, NotificationsWithSubscribers: told } = only(operations, 'AWS::Budgets::Budget').Properties
  expect(budget).toMatchObject({ BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 400, Unit: 'USD' } })
  expect(told).toMatchObject([
    { Notification: { NotificationType: 'ACTUAL', Threshold: 80 }, Subscribers: [{ Address: topic }] },
    { Notification: { NotificationType: 'ACTUAL', Threshold: 100 }, Subscribers: [{ Address: topic }] },
    { Notification: { NotificationType: 'FORECASTED', Threshold: 100 }, Subscribers: [{ Address: topic }] },
  ])
})
