// Structured logs by Powertools. The one place where anything is printed by the service (but for error-line.ts), and where secrets
// are kept out.
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { metrics, metricsNamespace, type MetricUnit } from '../contract/metrics.ts'
import { AppError, EnvironmentError } from '../errors.ts'
import type { Log } from '../ports.ts'

const units: Readonly<Record<string, { readonly unit: MetricUnit }>> = metrics

export interface LogOptions {
  /** Which function writes it. */
  readonly service: string
  /** Of the deployment; a dimension of the metrics. */
  readonly stage: string
  readonly isVerbose?: boolean
}

/**
 * A structured log on standard output. Errors are reduced to what cannot carry a key, a user's text or a program:
 * our own errors' code and message, and for foreign ones the name and the places in the code, never the message.
 * Metrics are lines of it, in CloudWatch's embedded metric format.
 */
export function createLog({ service, stage, isVerbose = false }: LogOptions): Log {
  const logger = new Logger({ serviceName: service, logLevel: isVerbose ? 'DEBUG' : 'INFO' })
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      logger[level](message, {
        data: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, loggable(value)])),
      })
    }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    metrics(values, about = {}) {
      const line = new Metrics({ namespace: metricsNamespace, serviceName: service, defaultDimensions: { stage } })
      for (const [name, value] of Object.entries(values)) {
        if (value !== undefined) line.addMetric(name, units[name]?.unit ?? 'None', value)
      }
      for (const [name, value] of Object.entries(about)) line.addMetadata(name, value)
      line.publishStoredMetrics()
    },
  }
}

function loggable(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const places = (value.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
  return {
    name: value.name,
    ...(value instanceof AppError ? { code: value.code } : {}),
    ...(value instanceof AppError || value instanceof EnvironmentError ? { message: value.message } : {}),
    places: places.map((line) => line.trim()),
    ...(value.cause === undefined ? {} : { cause: loggable(value.cause) }),
  }
}
