// Structured logs by Powertools. The one place where anything is printed by the service, and where secrets are kept out.
import { Logger } from '@aws-lambda-powertools/logger'
import { AppError, EnvironmentError } from '../errors.ts'
import type { Log } from '../ports.ts'

/**
 * A structured log on standard output. Errors are reduced to what cannot carry a key, a user's text or a program:
 * our own errors' code and message, and for foreign ones the name and the places in the code, never the message.
 */
export function createLog(service: string, verbose: boolean): Log {
  const logger = new Logger({ serviceName: service, logLevel: verbose ? 'DEBUG' : 'INFO' })
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      logger[level](message, {
        data: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, loggable(value)])),
      })
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
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
