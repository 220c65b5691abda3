// When somebody has to look: which figure, over which time, beyond what.
import { Duration, type Stack } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import { metricDimensions, metrics, metricsNamespace, type MetricName } from '../src/contract/metrics.ts'
import type { DeploymentContext } from './context.ts'
import { functionName, type Service, type Stage } from './names.ts'

/** A metric of ours for each function that emits it. */
export function ourMetrics(name: MetricName, stage: Stage, statistic: string, period: Duration): cloudwatch.Metric[] {
  return metrics[name].services.map((service) => {
    const dimensionsMap: Record<(typeof metricDimensions)[number], string> = { service, stage }
    return new cloudwatch.Metric({
      namespace: metricsNamespace,
      metricName: name,
      dimensionsMap,
      statistic,
      period,
    })
  })
}

/** The sum of a metric of ours over the functions that emit it. */
export function ourSum(name: MetricName, stage: Stage, period: Duration): cloudwatch.IMetric {
  const parts = ourMetrics(name, stage, 'Sum', period)
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const usingMetrics = Object.fromEntries(parts.map((metric, index) => [`${idOf(name)}${index}`, metric]))
  const expression = Object.keys(usingMetrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ')
  return new cloudwatch.MathExpression({ expression, usingMetrics, period, label: name })
}

const idOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** A metric of Lambda's, over all versions of a function. */
export function functionMetric(
  service: Service,
  stage: Stage,
  metricName: string,
  statistic: string,
  period: Duration,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: functionName(service, stage) },
    statistic,
    period,
  })
}

interface Rule {
  readonly name: string
  /** What it means and what to do first. */
  readonly description: string
  readonly metric: cloudwatch.IMetric
  readonly threshold: number
  readonly periods?: number
  /** Silence is what is watched for. */
  readonly isSilence?: boolean
}

/**
 * Failures that are somebody's to look at in five minutes: the executor dies of hostile programs as a matter of course, and
 * sweeps that find all places taken leave the work to those that have them.
 */
const tolerated: readonly { service: Service; errors: number; throttles: number; deadlineMs: number }[] = [
  // Owners give their runs up 45 s before the end (src/generation/run.ts): who is there at 880 s has not, and readers leave at 870 s.
  { service: 'generator', errors: 1, throttles: 5, deadlineMs: 880_000 },
  { service: 'sweeper', errors: 1, throttles: 60, deadlineMs: 880_000 },
  // A call has 200 s of work (src/adapters/lambda-executor.ts) and the function 300.
  { service: 'executor', errors: 20, throttles: 5, deadlineMs: 270_000 },
]

function rulesOf({ stage, dailyModelUsd }: DeploymentContext): Rule[] {
  const fiveMinutes = Duration.minutes(5)
  const hour = Duration.hours(1)
  const failed = ourSum('RunsFailed', stage, hour)
  const completed = ourSum('RunsCompleted', stage, hour)
  return [
    ...tolerated.flatMap(({ service, errors, throttles, deadlineMs }): Rule[] => [
      {
        name: `${service}-errors`,
        description: `The ${service} crashed or ran out of time. Its log names the invocations.`,
        metric: functionMetric(service, stage, 'Errors', 'Sum', fiveMinutes),
        threshold: errors,
      },
      {
        name: `${service}-throttles`,
        description: `Calls of the ${service} are refused: its reserved concurrency, or the account's, is used up.`,
        metric: functionMetric(service, stage, 'Throttles', 'Sum', fiveMinutes),
        threshold: throttles,
      },
      {
        name: `${service}-near-deadline`,
        description: `An invocation of the ${service} came close to its time-out, after which it is killed.`,
        metric: functionMetric(service, stage, 'Duration', 'Maximum', fiveMinutes),
        threshold: deadlineMs,
      },
    ]),
    {
      name: 'runs-failed',
      description: 'Of five or more runs within an hour, a quarter failed. Their last events say why.',
      metric: new cloudwatch.MathExpression({
        expression: 'IF(failed + completed >= 5, 100 * failed / (failed + completed), 0)',
        usingMetrics: { failed, completed },
        period: hour,
        label: 'failed runs in percent',
      }),
      threshold: 25,
    },
    {
      name: 'model-cost-a-day',
      description: `The model has cost four fifths of what a day may cost (dailyModelUsd, ${dailyModelUsd} USD); then no run begins.`,
      metric: ourSum('CostUsd', stage, Duration.days(1)),
      threshold: 0.8 * dailyModelUsd,
    },
    {
      name: 'executor-tier',
      description: 'The sandbox does not hold what it has to hold on the machines that Lambda gives: it runs nothing.',
      metric: ourSum('ExecutorTierTooLow', stage, fiveMinutes),
      threshold: 1,
    },
    {
      name: 'orphaned-runs',
      description: 'Functions die without giving up their runs: the sweeper finds them.',
      metric: ourSum('OrphanedRuns', stage, Duration.minutes(15)),
      threshold: 3,
    },
    {
      name: 'sweeper-silent',
      description: 'No sweep for a quarter of an hour: runs whose function dies stay as they are.',
      metric: functionMetric('sweeper', stage, 'Invocations', 'Sum', fiveMinutes),
      threshold: 1,
      periods: 3,
      isSilence: true,
    },
  ]
}

/** Adds every alarm; each tells `action` of its beginning and its end. */
export function addAlarms(
  stack: Stack,
  context: DeploymentContext,
  action: cloudwatch.IAlarmAction,
): cloudwatch.Alarm[] {
  return rulesOf(context).map(({ name, description, metric, threshold, periods = 1, isSilence = false }) => {
    const alarm = new cloudwatch.Alarm(stack, `Alarm-${name}`, {
      alarmName: `alpaco-${context.stage}-${name}`,
      alarmDescription: description,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: isSilence
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: isSilence ? cloudwatch.TreatMissingData.BREACHING : cloudwatch.TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(action)
    alarm.addOkAction(action)
    return alarm
  })
}
