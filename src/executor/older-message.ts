// The older message: a Python function, called once with one argument. Translated into a batch of one run, and back.
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { ExecutionBatch, ExecutionResult } from '../contract/execution.ts'
import type { Executor } from '../ports.ts'

const MiB = 1024 * 1024

export const olderMessageSchema = z.looseObject({
  code_to_execute: z.string().min(1),
  input_data: z.unknown().optional(),
  timeout_ms: z.int().min(1).max(60_000).default(5_000),
})
/** The same message as an HTTP integration wraps it. */
export const olderEnvelopeSchema = z.looseObject({ body: z.string() })

interface OlderReply {
  readonly stdout: string
  readonly stderr: string
  readonly returnValue: unknown
  readonly exitCode: number | null
  readonly executionTimeMs: number
  readonly timedOut: boolean
  readonly error: string | null
  readonly isSuccessful: boolean
}

/** Calls the first of the known names and tells its value between two marks that nobody prints by chance. */
const driver = (mark: string): string => `import json, sys
import program
call = next((getattr(program, name) for name in ('solution', 'solve', 'answer', 'main') if hasattr(program, name)), None)
if call is None:
    sys.exit('The code defines none of: solution, solve, answer, main.')
value = call(json.loads(sys.stdin.read()))
sys.stdout.write('${mark}' + json.dumps(value, default=str) + '${mark}')
`

/** Runs it. Throws what the executor throws. */
export async function answerOlderMessage(
  { code_to_execute: code, input_data: input, timeout_ms: timeoutMs }: z.infer<typeof olderMessageSchema>,
  executor: Executor,
): Promise<OlderReply> {
  const mark = `\n${createHash('sha256').update(code).digest('hex')}\n`
  const batch: ExecutionBatch = {
    version: 1,
    program: {
      language: 'python',
      files: [
        { name: 'main.py', text: driver(mark.replaceAll('\n', '\\n')) },
        { name: 'program.py', text: code },
      ],
    },
    tests: [{ input: JSON.stringify(input ?? null) }],
    limits: { cpuMs: timeoutMs, wallMs: timeoutMs * 2, memoryBytes: 512 * MiB, outputBytes: 4 * MiB },
    hashSeed: 0,
  }
  const { compile, results } = await executor.run(batch, new AbortController().signal)
  const [result] = results
  if (result === undefined) {
    return {
      stdout: '',
      stderr: compile.log,
      returnValue: null,
      exitCode: 1,
      executionTimeMs: 0,
      timedOut: false,
      error: compile.log,
      isSuccessful: false,
    }
  }
  return replyOf(result, mark)
}

function replyOf(result: ExecutionResult, mark: string): OlderReply {
  // After the value comes what the program prints when it ends.
  const [before = '', value, after = ''] = result.stdout.split(mark)
  const isSuccessful = result.outcome === 'exited' && result.exitCode === 0 && value !== undefined
  const lastWords = result.stderr.trim().split('\n').at(-1) ?? ''
  return {
    stdout: before + after,
    stderr: result.stderr,
    returnValue: isSuccessful ? valueOf(value) : null,
    exitCode: result.exitCode,
    executionTimeMs: result.wallMs,
    timedOut: result.outcome === 'cpu-limit' || result.outcome === 'wall-limit',
    error: isSuccessful ? null : lastWords === '' ? (result.violation ?? result.outcome) : lastWords,
    isSuccessful,
  }
}

/** As text where it is no JSON: Python writes NaN and Infinity, too. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
