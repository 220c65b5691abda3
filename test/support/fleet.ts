// The function in as many processes as a test wants, which can be killed: one table, one model and one executor for all of
// them, and for each what it asked for.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type GeminiStandIn, startGemini } from '../../mock/gemini/server.ts'
import { startLambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import type { BatchResult } from '../../src/contract/execution.ts'
import { answerCall } from '../../src/executor/answer.ts'
import { contentHash } from '../../src/generation/draft.ts'
import { parseEntry } from '../../src/generation/journal.ts'
import type { Executor } from '../../src/ports.ts'
import { forgetLikeness } from './forgetful-table.ts'
import type { FromHandler, HandlerMemory } from './handler-process.ts'
import { rememberingExecutor } from './pipeline.ts'
import { openTestTable, type TestTable, testTableName } from './table.ts'

const handlerProgram = fileURLToPath(new URL('./handler-process.ts', import.meta.url))
const region = 'ap-northeast-2'

/** A function in a process of its own, which alone asks with its key and runs its batches. */
export interface FunctionProcess {
  readonly url: string
  readonly child: ChildProcess
  /** Model calls of this process, as the journal names them. */
  calls(): string[]
  /** Names of the batches that this process sent. */
  readonly batches: readonly string[]
  /** What the process holds. To be asked when nothing runs in it. */
  memory(): Promise<HandlerMemory>
  /** Kills it. */
  end(): Promise<void>
}

export interface Fleet extends TestTable {
  readonly gemini: GeminiStandIn
  /** Starts a process, the generator's unless another program is given; `env` adds to its environment. */
  start(env?: Readonly<Record<string, string>>, program?: string): Promise<FunctionProcess>
  /** Calls and batches that a run's next owner knows of. */
  journalOf(problemId: string): Promise<{ readonly calls: readonly string[]; readonly batches: readonly string[] }>
}

/** Starts the stand-ins; the model is the given one's. */
export async function startFleet(model: Parameters<typeof startGemini>[0]): Promise<Fleet> {
  const opened = await openTestTable({ answer: forgetLikeness })
  const { table, standIn } = opened
  const gemini = await startGemini(model)
  const executor = rememberingExecutor()
  const processes = new Set<FunctionProcess>()
  let started = 0
  /** Batches by what they came to. On its way to an executor a batch is put in another form, and its result is not. */
  const named = new Map<string, string>()

  async function start(env: Readonly<Record<string, string>> = {}, program = handlerProgram): Promise<FunctionProcess> {
    const batches: string[] = []
    const key = `key-of-process-${++started}`
    const lambda = await startLambdaInvoke({
      handler: (_name, payload) => {
        const counting: Executor = {
          async run(batch, ...rest) {
            const name = contentHash(batch)
            batches.push(name)
            const result = await executor.run(batch, ...rest)
            named.set(measuredIn(result), name)
            return result
          },
        }
        return answerCall(payload, counting, (ms) => AbortSignal.timeout(ms))
      },
      keepsInvocations: false,
    })
    const child = fork(program, [], {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {
        PATH: process.env['PATH'] ?? '',
        STAGE: 'local',
        PROBLEMS_TABLE_NAME: testTableName,
        AWS_REGION: region,
        AWS_ENDPOINT_URL_DYNAMODB: standIn.endpoint,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        GOOGLE_AI_API_KEY: key,
        GEMINI_BASE_URL: gemini.endpoint,
        CODE_EXECUTOR_LAMBDA_ARN: `arn:aws:lambda:${region}:000000000000:function:executor`,
        AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
        ...env,
      },
    })
    const ready = await said(child)
    if (ready.type !== 'ready') throw new Error('The function did not start.')
    const one: FunctionProcess = {
      url: ready.url,
      child,
      calls: () => callsOf(gemini, key),
      batches,
      async memory() {
        child.send('memory')
        const answer = await said(child)
        if (answer.type !== 'memory') throw new Error('The function did not say what it holds.')
        return answer.memory
      },
      async end() {
        processes.delete(one)
        const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
        child.kill('SIGKILL')
        await ended
        await lambda.close()
      },
    }
    processes.add(one)
    return one
  }

  return {
    table,
    standIn,
    gemini,
    start,
    async journalOf(problemId) {
      const entries = (await table.runs.notes(problemId)).map(parseEntry)
      return {
        calls: entries.flatMap((entry) => (entry.kind === 'call' ? [entry.key] : [])),
        // One that took several invocations has no single name.
        batches: entries.flatMap((entry) =>
          entry.kind === 'batch' ? (named.get(measuredIn(entry.result)) ?? []) : [],
        ),
      }
    },
    async close() {
      await Promise.all([...processes].map((one) => one.end()))
      await Promise.all([gemini.close(), opened.close()])
    },
  }
}

function callsOf(gemini: GeminiStandIn, key: string): string[] {
  return gemini.requests
    .filter((request) => request.key === key)
    .map(({ artefact, attempt }) => `${artefact}-${attempt}`)
}

/** What was measured of a batch: no two have the same, and it is the same in every form of the result. */
function measuredIn({ compile, results }: BatchResult): string {
  return JSON.stringify([compile.wallMs, ...results.map(({ cpuMs, wallMs, stdout }) => [cpuMs, wallMs, stdout])])
}

async function said(child: ChildProcess): Promise<FromHandler> {
  const [message] = (await once(child, 'message')) as [FromHandler]
  return message
}
