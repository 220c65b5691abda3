// One page that says how the service is: runs, their stages and costs, the functions, the table.
import { Duration, type Stack } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import type { MetricName } from '../src/contract/metrics.ts'
import { functionMetric, ourMetrics, ourSum } from './alarms.ts'
import type { DeploymentContext } from './context.ts'
import type { Service } from './names.ts'

const services: readonly Service[] = ['generator', 'sweeper', 'executor']
const period = Duration.minutes(5)

/** Adds the dashboard, alarms first. */
export function addDashboard(stack: Stack, { stage }: DeploymentContext, alarms: readonly cloudwatch.Alarm[]): void {
  const ours = (title: string, ...names: MetricName[]): cloudwatch.GraphWidget =>
    graph(
      title,
      names.map((name) => ourSum(name, stage, period)),
    )
  const lambdas = (title: string, metric: string, statistic: string): cloudwatch.GraphWidget =>
    graph(
      title,
      services.map((service) => functionMetric(service, stage, metric, statistic, period)),
    )
  const table = (metricName: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: `alpaco-Problems-${stage}` },
      statistic: 'Sum',
      period,
    })
  const dashboard = new cloudwatch.Dashboard(stack, 'Dashboard', {
    dashboardName: `alpaco-${stage}`,
    defaultInterval: Duration.days(1),
  })
  dashboard.addWidgets(new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 4 }))
  dashboard.addWidgets(
    ours('Runs by outcome', 'RunsCompleted', 'RunsFailed', 'RunsCancelled', 'QuotaRefusals'),
    ours('Runs that changed hands', 'RunsHandedOver', 'RunsTakenOver', 'OrphanedRuns'),
    ours('Gates not passed', 'GatesFailed', 'ExecutorTierTooLow'),
  )
  dashboard.addWidgets(
    spread(stage, 'Time of a run', 'RunDuration'),
    spread(stage, 'Blueprint', 'BlueprintDuration'),
    spread(stage, 'Programs', 'ProgramsDuration'),
  )
  dashboard.addWidgets(
    spread(stage, 'Proof', 'ProofDuration'),
    spread(stage, 'Statement', 'StatementDuration'),
    spread(stage, 'Publication', 'PublishDuration'),
  )
  dashboard.addWidgets(
    ours('Calls of the model', 'ModelCalls', 'ModelCallsFailed'),
    ours('Tokens', 'InputTokens', 'OutputTokens'),
    ours('Cost in US dollars', 'CostUsd'),
  )
  dashboard.addWidgets(
    spread(stage, 'First byte', 'FirstByte'),
    lambdas('Invocations', 'Invocations', 'Sum'),
    lambdas('Running at once', 'ConcurrentExecutions', 'Maximum'),
  )
  dashboard.addWidgets(
    lambdas('Errors', 'Errors', 'Sum'),
    lambdas('Throttles', 'Throttles', 'Sum'),
    lambdas('Longest invocation', 'Duration', 'Maximum'),
  )
  dashboard.addWidgets(
    graph('Table: units', [table('ConsumedReadCapacityUnits'), table('ConsumedWriteCapacityUnits')]),
    graph('Table: refused', [table('ReadThrottleEvents'), table('WriteThrottleEvents')]),
  )
}

const graph = (title: string, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget =>
  new cloudwatch.GraphWidget({ title, left, width: 8 })

/** Median and slowest twentieth, for each function by itself: percentiles cannot be added. */
function spread(stage: DeploymentContext['stage'], title: string, name: MetricName): cloudwatch.GraphWidget {
  return graph(
    title,
    ['p50', 'p95'].flatMap((statistic) => ourMetrics(name, stage, statistic, period)),
  )
}
