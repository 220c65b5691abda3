// Runs the pipeline with its real parts: Gemini adapter and stand-in server over HTTP, and the sandbox.
import { systemClock } from '../../src/adapters/clock.ts'
import { createGeminiProvider } from '../../src/adapters/gemini.ts'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import type { EventBody } from '../../src/contract/events.ts'
import type { BatchResult } from '../../src/contract/execution.ts'
import type { GenerationRequest } from '../../src/contract/generation.ts'
import type { GateId } from '../../src/contract/verification.ts'
import { contentHash } from '../../src/generation/draft.ts'
import { type PipelineEnd, type PipelineParts, runPipeline } from '../../src/generation/pipeline.ts'
import type { Executor, ModelProvider } from '../../src/ports.ts'
import type { Author } from '../../mock/gemini/job.ts'
import { parseScenario } from '../../mock/gemini/scenario.ts'
import { startGemini } from '../../mock/gemini/server.ts'
import { quietLog } from './quiet-log.ts'
import { sharedResult } from './shared-results.ts'
import { tinyAuthor } from './tiny-author.ts'

/** What a remembering executor keeps: the oldest results are forgotten beyond that many characters. */
const rememberedCharacters = 256 * 1024 * 1024

/**
 * A runner, the real one by default; what it found out once for a batch is not executed again while it is remembered, so
 * that many runs of one problem are quick.
 */
export function rememberingExecutor(runner: Executor = sharingExecutor()): Executor {
  const known = new Map<string, BatchResult>()
  let characters = 0
  /** As the newest, which what is asked for again is as well. */
  const remember = (key: string, result: BatchResult): void => {
    const earlier = known.get(key)
    known.delete(key)
    known.set(key, result)
    characters += sizeOf(result) - (earlier === undefined ? 0 : sizeOf(earlier))
    for (const [oldest, forgotten] of known) {
      if (characters <= rememberedCharacters) break
      known.delete(oldest)
      characters -= sizeOf(forgotten)
    }
  }
  return {
    async run(batch, signal, onResult = () => undefined) {
      const key = contentHash(batch)
      const result = known.get(key) ?? (await runner.run(batch, signal))
      remember(key, result)
      result.results.forEach((each) => onResult(each))
      return result
    },
  }
}

/** The real one, unless another test file has seen the same batch. */
function sharingExecutor(): Executor {
  const real = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
  return { run: (batch, signal) => sharedResult(contentHash(batch), () => real.run(batch, signal)) }
}

function sizeOf({ compile, results }: BatchResult): number {
  return results.reduce((sum, { stdout, stderr }) => sum + stdout.length + stderr.length + 200, compile.log.length)
}

export interface PipelineRunResult {
  readonly end: PipelineEnd
  readonly events: readonly EventBody[]
  /** Ids of the gates that failed, in order. */
  readonly failed: readonly GateId[]
  /** Artefact and attempt of each model call, in the order they arrived. */
  readonly calls: readonly string[]
}

export interface PipelineRunOptions {
  readonly scenario?: Record<string, unknown>
  readonly author?: Author
  readonly request?: Partial<GenerationRequest>
  readonly parts?: Partial<PipelineParts>
  readonly executor?: Executor
}

const sharedExecutor = rememberingExecutor()

/** The real adapter for a stand-in, which is not waited for longer than `idleTimeoutMs`. */
export function testProvider(baseUrl: string, idleTimeoutMs: number): ModelProvider {
  return createGeminiProvider({
    apiKeys: ['test-key'],
    modelName: 'gemini-2.5-pro',
    baseUrl,
    clock: systemClock,
    log: quietLog,
    random: () => 0,
    idleTimeoutMs,
  })
}

/** One run of the pipeline against a scenario. */
export async function runScenario(options: PipelineRunOptions = {}): Promise<PipelineRunResult> {
  const gemini = await startGemini({
    author: options.author ?? tinyAuthor,
    scenario: parseScenario(JSON.stringify(options.scenario ?? {})),
    chunkCharacters: 400,
  })
  const events: EventBody[] = []
  try {
    const provider = testProvider(gemini.endpoint, 2_000)
    const request: GenerationRequest = {
      topic: 'graph',
      algorithmType: '그래프',
      level: 'easy',
      difficulty: '쉬움',
      language: 'python',
      locale: 'ko',
      ...options.request,
    }
    const end = await runPipeline(
      { problemId: systemClock.newId(), createdAt: systemClock.now().toISOString(), request },
      {
        model: await provider.open(undefined),
        executor: options.executor ?? sharedExecutor,
        clock: systemClock,
        similar: { near: async () => [] },
        emit: (event) => events.push(event),
        signal: new AbortController().signal,
        store: async () => {},
        ...options.parts,
      },
    )
    return {
      end,
      events,
      failed: events.flatMap((event) => (event.type === 'gate' && event.outcome === 'failed' ? [event.gate] : [])),
      calls: gemini.requests.map(({ artefact, attempt }) => `${artefact}-${attempt}`),
    }
  } finally {
    await gemini.close()
  }
}
