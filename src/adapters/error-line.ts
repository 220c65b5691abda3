// A line of the log without the log, which is in the layer like all packages: for when that cannot be loaded.

/** Writes an error to standard error, by its name and code. Its message may hold what nobody should read. */
export function writeErrorLine(service: string, message: string, error: unknown): void {
  const { name, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error()
  process.stderr.write(`${JSON.stringify({ level: 'ERROR', service, message, data: { error: { name, code } } })}\n`)
}
