// A batch as every executor takes it, here and elsewhere, and the end of a program that harms whoever runs it.
import { createHash } from 'node:crypto'
import { executionBatchSchema, type ExecutionBatch, type ExecutionResult } from '../contract/execution.ts'
import { AppError } from '../errors.ts'
import { languages } from './languages.ts'

/** The batch, checked. Throws AppError `bad-request`. */
export function parseBatch(given: ExecutionBatch): ExecutionBatch {
  const parsed = executionBatchSchema.safeParse(given)
  if (!parsed.success) {
    const details = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
    const [first] = details
    throw new AppError('bad-request', `The program cannot be run: ${first?.field}: ${first?.message}`, { details })
  }
  const batch = parsed.data
  const [, ...others] = batch.program.files
  const { mainFile } = languages[batch.program.language]
  if (others.some(({ name }) => name === mainFile)) {
    throw new AppError(
      'bad-request',
      `program.files: "${mainFile}" is what the first file, the main one, is called when it runs: rename the other.`,
    )
  }
  if (batch.access !== 'folder' && batch.tests.some(({ files = [] }) => files.length > 0)) {
    throw new AppError('bad-request', 'tests.files: only a program with access "folder" has files.')
  }
  if (batch.tests.some(({ files = [] }) => files.some(({ name }) => batch.collect?.includes(name) === true))) {
    throw new AppError('bad-request', 'collect: a file that a run is given cannot be collected.')
  }
  return batch
}

/** The end of a run that harmed its environment twice: nothing else about it can be trusted. `what` completes "the program …". */
export function violation(what: string): ExecutionResult {
  return {
    outcome: 'sandbox-violation',
    exitCode: null,
    signal: null,
    stdout: '',
    stdoutBytes: 0,
    stdoutSha256: createHash('sha256').digest('hex'),
    stderr: '',
    cpuMs: 0,
    wallMs: 0,
    peakMemoryBytes: 0,
    violation: `sandbox violation: the program ${what}`,
  }
}
