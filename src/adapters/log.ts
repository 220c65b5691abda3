// Structured logs by Powertools. The one place where anything is printed by the service (but for error-line.ts), and where secrets
// are kept out.
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { metrics, metricsNamespace, type MetricUnit } from '../contract/metrics.ts'
import { AppError, EnvironmentError } from '../errors.ts'
import { lazily } from '../lazily.ts'
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
  const logger = lazily(() => new Logger({ serviceName: service, logLevel: isVerbose ? 'DEBUG' : 'INFO' }))
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      logger()[level](message, {
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
  if (value instanceof Error) return withoutMessage(value)
  if (Array.isArray(value)) return value.map(loggable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, loggable(part)]))
}

function withoutMessage(error: Error): object {
  const { message, stack = '' } = error
  // The stack begins with the message, whose lines may look like places.
  const afterMessage = stack.indexOf(message) + message.length
  const places = stack.includes(message) ? stack.slice(afterMessage).split('\n') : []
  return {
    name: error.name,
    ...(error instanceof AppError ? { code: error.code } : {}),
    ...(error instanceof AppError || error instanceof EnvironmentError ? { message } : {}),
    places: places
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(error.cause instanceof Error ? { cause: withoutMessage(error.cause) } : {}),
  }
}
