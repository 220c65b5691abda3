// What a run costs beside the model and the executor: seven calls of 200 chunks paced at 20 ms.
import { systemClock } from '../src/adapters/clock.ts'
import { createGeminiProvider } from '../src/adapters/gemini.ts'
import { createLog } from '../src/adapters/log.ts'
import { createProblemsTable } from '../src/adapters/problems-table.ts'
import { createLocalExecutor } from '../src/adapters/local-executor.ts'
import { createHandler } from '../src/http/front-door.ts'
import { createGenerationService } from '../src/http/generation-service.ts'
import type { Executor, ModelProvider, Ports } from '../src/ports.ts'
import { installAwsLambdaGlobal, startFunctionUrl } from '../mock/function-url/server.ts'
import { parseScenario, type Scenario } from '../mock/gemini/scenario.ts'
import { startGemini } from '../mock/gemini/server.ts'
import { forgetLikeness } from '../test/support/forgetful-table.ts'
import { tinyAuthor } from '../test/support/tiny-author.ts'
import type { Figure } from './measure.ts'
import { chunksPerCall, pace, sevenCalls } from './paced-run.ts'
import { startTable, tableClient } from './service.ts'

export async function pipelineOverhead(): Promise<Figure[]> {
  // The same problem is made twice.
  const table = await startTable({ answer: forgetLikeness })
  // A run at full speed first: loading and compiling code is not what is asked about.
  await measuredRun(table.endpoint, { scenario: parseScenario('{}') })
  const { totalMs, busyMs, calls } = await measuredRun(table.endpoint, {
    scenario: sevenCalls(),
    ...pace,
  })
  await table.close()
  const value = totalMs - busyMs
  return [
    {
      name: `outside model and executor, ${calls} calls × ${chunksPerCall} chunks (run ${Math.round(totalMs)} ms)`,
      value: `${value.toFixed(0)} ms`,
      target: '≤ 150 ms',
      met: value <= 150 && calls === 7,
    },
  ]
}

/** One run through the handler: how long it took, and how long the model or the executor was at work. */
async function measuredRun(
  tableEndpoint: string,
  pace: { scenario: Scenario; chunkCharacters?: number; chunkDelayMs?: number },
): Promise<{ totalMs: number; busyMs: number; calls: number }> {
  const busy = new BusyTime()
  const log = createLog({ service: 'bench', stage: 'local' })
  const gemini = await startGemini({ author: tinyAuthor, ...pace })
  const { region, credentials, tableName } = tableClient
  const stores = createProblemsTable({
    client: { endpoint: tableEndpoint, region, credentials },
    tableName,
    clock: systemClock,
    log,
  })
  const provider = createGeminiProvider({
    apiKeys: ['local'],
    modelName: 'gemini-2.5-pro',
    baseUrl: gemini.endpoint,
    clock: systemClock,
    log,
  })
  const ports: Ports = {
    models: timedModels(provider, busy),
    executor: timedExecutor(createLocalExecutor({ log, searchPath: process.env['PATH'] }), busy),
    runs: stores.runs,
    problems: stores.problems,
    similar: stores.similar,
    quotas: stores.quotas,
    sealer: undefined,
    tokens: undefined,
    clock: systemClock,
    log,
  }
  const config = { isLocal: true, allowedOrigins: [], quotas: undefined }
  const behind = createGenerationService(ports, config)
  const generate = createHandler({ ...config, tokenRules: undefined, clock: systemClock }, async () => behind)
  installAwsLambdaGlobal()
  const handler = awslambda.streamifyResponse((event, stream, context) =>
    generate(event, (head) => awslambda.HttpResponseStream.from(stream, head), context),
  )
  const service = await startFunctionUrl({ environment: { kind: 'inline', handler } })
  const startedAt = performance.now()
  const response = await fetch(`${service.url}/generate?algorithm_type=graph&difficulty=easy`)
  const text = await response.text()
  const totalMs = performance.now() - startedAt
  await service.close()
  await gemini.close()
  stores.close()
  if (!text.includes('event: problem')) throw new Error(`the run failed: ${text.slice(-600)}`)
  return { totalMs, busyMs: busy.ms, calls: gemini.requests.length }
}

/** Wall time during which at least one of the timed things is under way. */
class BusyTime {
  ms = 0
  #running = 0
  #since = 0

  start(): void {
    if (this.#running === 0) this.#since = performance.now()
    this.#running += 1
  }

  stop(): void {
    this.#running -= 1
    if (this.#running === 0) this.ms += performance.now() - this.#since
  }
}

function timedModels(provider: ModelProvider, busy: BusyTime): ModelProvider {
  return {
    hasHouseKey: provider.hasHouseKey,
    open: async (apiKey) => {
      const model = await provider.open(apiKey)
      return {
        name: model.name,
        async *generate(call, signal) {
          busy.start()
          try {
            return yield* model.generate(call, signal)
          } finally {
            busy.stop()
          }
        },
      }
    },
  }
}

function timedExecutor(executor: Executor, busy: BusyTime): Executor {
  return {
    run: async (batch, signal) => {
      busy.start()
      try {
        return await executor.run(batch, signal)
      } finally {
        busy.stop()
      }
    },
  }
}
