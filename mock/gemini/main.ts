// The stand-in by itself: `npx node mock/gemini/main.ts --port N --seed S --scenario FILE --chunk-delay-ms N`.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { createAuthor } from './author/index.ts'
import { parseScenario, ScenarioError } from './scenario.ts'
import { startGemini } from './server.ts'

const usage = 'usage: npx node mock/gemini/main.ts [--port N] [--seed S] [--scenario FILE] [--chunk-delay-ms N]'

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8787' },
      seed: { type: 'string', default: '1' },
      scenario: { type: 'string' },
      'chunk-delay-ms': { type: 'string', default: '0' },
    },
  })
  const standIn = await startGemini({
    author: createAuthor(wholeNumber('seed', values.seed)),
    scenario: values.scenario === undefined ? {} : parseScenario(await readFile(values.scenario, 'utf8')),
    port: wholeNumber('port', values.port),
    chunkDelayMs: wholeNumber('chunk-delay-ms', values['chunk-delay-ms']),
  })
  console.log(`Scripted Gemini stand-in: ${standIn.endpoint}`)
  const stop = (): void => {
    standIn.close().catch((error: unknown) => console.error(error))
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error
  const prefix = error instanceof ScenarioError ? 'scenario: ' : ''
  console.error(`${prefix}${error instanceof Error ? error.message : String(error)}${isUsage ? `\n${usage}` : ''}`)
  process.exitCode = 2
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not ${JSON.stringify(text)}\n${usage}`)
  return Number(text)
}
