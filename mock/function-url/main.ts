// Runs one handler file behind a local function URL: npx node mock/function-url/main.ts --handler FILE --port N
import { parseArgs } from 'node:util'
import { PortInUseError, startFunctionUrl } from './server.ts'

const USAGE =
  'Usage: npx node mock/function-url/main.ts --handler FILE [--port N] [--timeout-ms N] [--hold-small-writes]'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      handler: { type: 'string' },
      port: { type: 'string', default: '0' },
      'timeout-ms': { type: 'string', default: '900000' },
      'hold-small-writes': { type: 'boolean', default: false },
    },
  })
  if (values.handler === undefined) throw new TypeError(USAGE)
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const functionUrl = await startFunctionUrl({
    environment: { kind: 'thread', handlerFile: values.handler, env },
    port: toNumber(values.port, '--port'),
    timeoutMs: toNumber(values['timeout-ms'], '--timeout-ms'),
    holdSmallWrites: values['hold-small-writes'],
  })
  await functionUrl.warm().catch(async (error: unknown) => {
    await functionUrl.close()
    throw error
  })
  console.log(functionUrl.url)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void functionUrl.close())
}

function toNumber(text: string, option: string): number {
  if (!/^\d+$/.test(text)) throw new TypeError(`${option} takes a number, not "${text}".\n${USAGE}`)
  return Number(text)
}

try {
  await main()
} catch (error) {
  const isForTheUser = error instanceof TypeError || error instanceof PortInUseError
  console.error(isForTheUser ? error.message : error)
  process.exitCode = 1
}
