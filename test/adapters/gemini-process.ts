// A process of its own for what a test runner would hide or forgive: unhandled rejections, the environment, lazy loading.
// Argument: base URL of a Gemini. Prints one line of JSON.
import { registerHooks } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../../src/adapters/clock.ts'
import type { ModelCall } from '../../src/ports.ts'

const loaded: string[] = []
registerHooks({
  resolve(specifier, context, next) {
    if (/^@(langchain|google)\//.test(specifier)) loaded.push(specifier)
    return next(specifier, context)
  },
})
const { createGeminiProvider } = await import('../../src/adapters/gemini.ts')
const quiet = (): void => undefined
const provider = createGeminiProvider({
  apiKeys: ['AIza-house-key'],
  modelName: 'gemini-2.5-flash',
  baseUrl: process.argv[2] ?? '',
  clock: systemClock,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet, metrics: quiet },
  idleTimeoutMs: 500,
  random: () => 0.01,
})
const loadedBeforeOpen = loaded.length
const model = await provider.open(undefined)

const call: ModelCall = {
  callId: 'call',
  artefact: 'reference',
  system: 'system',
  user: '<job>{"artefact":"reference","attempt":1,"locale":"ko"}</job>',
  replySchema: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
  maxOutputTokens: 1000,
  temperature: 0,
}

/** How a call ends that is left after so many parts, if it has that many. */
async function end(leaveAfter: number, how: 'abort' | 'return'): Promise<string> {
  const controller = new AbortController()
  const parts = model.generate(call, controller.signal)
  try {
    for (let count = 0; ; count += 1) {
      if (count === leaveAfter && how === 'return') await parts.return({ kind: 'empty', model: '', usage: undefined })
      if (count === leaveAfter && how === 'abort') controller.abort(new Error('left'))
      const step = await parts.next()
      if (step.done === true) return step.value?.kind ?? 'left'
    }
  } catch (error) {
    return error instanceof Error ? error.message : 'not an error'
  }
}

const ends = [
  await end(Infinity, 'abort'),
  await end(Infinity, 'abort'),
  await end(Infinity, 'abort'),
  await end(1, 'abort'),
  await end(1, 'return'),
  await end(Infinity, 'abort'),
]
// An unhandled rejection ends the process a moment after it happens.
await delay(100)
console.log(JSON.stringify({ loadedBeforeOpen, loaded: loaded.length > 0, ends }))
