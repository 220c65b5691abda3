// The function in a process of its own, which can be measured and killed: forked by the fuzzer and by what kills runs.
import { setTimeout as delay } from 'node:timers/promises'
import { installAwsLambdaGlobal, startFunctionUrl } from '../../mock/function-url/server.ts'

/** What the process holds when nothing runs in it, after garbage collection. */
export interface HandlerMemory {
  readonly rssBytes: number
  readonly heapBytes: number
  /** Buffers outside the heap. */
  readonly externalBytes: number
  /** Sockets, timers, and whatever else keeps a process alive. */
  readonly resources: number
  /** Whether a reply changed what all objects inherit. */
  readonly isPolluted: boolean
}

/** What this process tells. */
export type FromHandler =
  | { readonly type: 'ready'; readonly url: string }
  | { readonly type: 'memory'; readonly memory: HandlerMemory }

installAwsLambdaGlobal()
const { handler } = await import('../../src/lambda/generate.ts')
const service = await startFunctionUrl({
  environment: { kind: 'inline', handler },
  timeoutMs: Number(process.env['FUNCTION_TIMEOUT_MS'] ?? 900_000),
})

process.on('message', (asked) => void (asked === 'memory' ? tellMemory() : end()))
// Whoever started it may be gone without a word.
process.once('disconnect', () => process.exit())
tell({ type: 'ready', url: service.url })

async function tellMemory(): Promise<void> {
  // Twice, because what the first collection finalises is free only in the next one.
  for (let round = 0; round < 2; round += 1) {
    await delay(50)
    globalThis.gc?.()
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  const isPolluted = 'polluted' in {} || Object.keys(Object.prototype).length > 0
  const resources = process.getActiveResourcesInfo().length
  const memory = { rssBytes: rss, heapBytes: heapUsed, externalBytes: external, resources, isPolluted }
  tell({ type: 'memory', memory })
}

async function end(): Promise<void> {
  await service.close()
  process.disconnect()
}

function tell(message: FromHandler): void {
  process.send?.(message)
}
