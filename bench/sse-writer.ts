// CPU a streamed event costs the server, against a bare `res.write` of the same bytes. The viewer is another process.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '../src/adapters/clock.ts'
import type { StoredEvent } from '../src/contract/events.ts'
import { SseWriter } from '../src/http/sse-writer.ts'
import { cpuMs, median, type Figure } from './measure.ts'

const events = 8_000
const rounds = 5
const problemId = '01a1fc27-250b-7026-a0bd-5fad3f95ead4'

export async function sseWriter(): Promise<Figure[]> {
  const stored = Array.from({ length: events }, (_, index): StoredEvent => {
    const data = JSON.stringify({
      type: 'delta',
      problemId,
      seq: index + 1,
      at: '2026-11-01T00:00:00.000Z',
      stage: 'programs',
      artefact: 'reference',
      callId: 'reference-1',
      attempt: 1,
      text: 'for left, right in zip(starts, ends):\n    total += right - left\n',
    })
    return { seq: index + 1, type: 'delta', data }
  })
  const ratios: number[] = []
  let ours = 0
  let bare = 0
  for (let round = 0; round < rounds; round += 1) {
    bare = await serve(async (response) => {
      for (const event of stored) {
        response.write(`id: ${problemId}:${event.seq}\nevent: ${event.type}\ndata: ${event.data}\n\n`)
        await tick()
      }
      response.end()
    })
    ours = await serve(async (response) => {
      const writer = new SseWriter(response, systemClock)
      for (const event of stored) {
        await writer.write(problemId, [event])
        await tick()
      }
      await writer.end()
    })
    ratios.push(ours / bare)
  }
  const value = median(ratios)
  return [
    {
      name: `server CPU per event against a bare res.write (${((1_000 * ours) / events).toFixed(1)} to ${((1_000 * bare) / events).toFixed(1)} µs)`,
      value: `${value.toFixed(2)} ×`,
      target: '≤ 3 ×',
      met: value <= 3,
    },
  ]
}

/** CPU milliseconds of serving one response to a viewer in another process. */
async function serve(respond: (response: ServerResponse) => Promise<void>): Promise<number> {
  let cpu = 0
  const served = Promise.withResolvers<void>()
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    void cpuMs(() => respond(response)).then((ms) => {
      cpu = ms
      served.resolve()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const viewer = spawn('curl', ['-sN', '-o', '/dev/null', `http://127.0.0.1:${port}/`], { stdio: 'ignore' })
  await Promise.all([served.promise, once(viewer, 'exit')])
  server.close()
  return cpu
}

/** Events come one by one, as a model writes them, never all in one turn of the loop. */
function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
