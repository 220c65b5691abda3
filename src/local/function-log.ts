// The function's log lines: all of them for who asked for it, else only what must not be missed, in short.
import * as z from 'zod'

const errorSchema = z.looseObject({ name: z.string(), code: z.string().optional(), cause: z.unknown().optional() })
/** The embedded metric format: figures for whoever asked for the log. */
const metricsSchema = z.looseObject({ _aws: z.unknown() })
const lineSchema = z.looseObject({
  level: z.string(),
  message: z.string(),
  data: z.looseObject({ error: z.unknown().optional() }).optional(),
})

/** What to show of a line to somebody who did not ask for the log; undefined for nothing. */
export function alarm(line: string): string | undefined {
  const value = parsed(line)
  if (metricsSchema.safeParse(value).success) return undefined
  const structured = lineSchema.safeParse(value)
  // What is no structured line was not meant to be printed: a crash, or a library's own words.
  if (!structured.success) return line.trim() === '' ? undefined : line
  const { level, message, data } = structured.data
  if (level !== 'ERROR' && level !== 'CRITICAL') return undefined
  return [`generator: ${message}`, ...chain(data?.error)].join(' < ')
}

/** Names of an error and of what caused it. */
function chain(error: unknown): string[] {
  const { data } = errorSchema.safeParse(error)
  return data === undefined ? [] : [data.code ?? data.name, ...chain(data.cause)]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
