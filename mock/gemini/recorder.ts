// A loopback proxy in front of the real service that writes down each exchange as a scenario entry. It never keeps a key.
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import * as z from 'zod'
import type { Artefact } from '../../src/contract/verification.ts'
import { entryOf, type Exchange } from './entry-of.ts'
import { readQuestion } from './job.ts'
import { closeServer, loopbackUrl } from '../loopback.ts'
import type { Entry, Scenario } from './scenario.ts'

export interface Recorder {
  /** Base URL, without a path: what the caller uses in the place of the upstream's. */
  readonly endpoint: string
  /** What was recorded so far; its JSON text is a scenario file. */
  recorded(): Scenario
  close(): Promise<void>
}

const bodySchema = z.looseObject({
  contents: z.array(
    z.looseObject({ role: z.string().optional(), parts: z.array(z.looseObject({ text: z.string().optional() })) }),
  ),
})

/** Starts the proxy. `upstream` is scheme and host, such as `https://generativelanguage.googleapis.com`. */
export async function startRecorder(options: { upstream: string; port?: number }): Promise<Recorder> {
  const upstream = new URL(options.upstream)
  // An entry has its place before its answer is there: requests of one artefact may overlap.
  const recorded: { artefact: Artefact; entry: Entry | undefined }[] = []

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request)
    const artefact = artefactOf(body)
    const place = artefact === undefined ? undefined : { artefact, entry: undefined as Entry | undefined }
    if (place !== undefined) recorded.push(place)
    const exchange = await forward(upstream, request, body, response)
    if (place !== undefined) place.entry = entryOf(exchange)
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: loopbackUrl(server),
    recorded() {
      const scenario: { [A in Artefact]?: Entry[] } = {}
      for (const { artefact, entry } of recorded) {
        if (entry !== undefined) (scenario[artefact] ??= []).push(entry)
      }
      return scenario
    },
    close: () => closeServer(server),
  }
}

/** Sends the request on, and the answer back as it comes. Resolves when either side has ended. */
async function forward(
  upstream: URL,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<Exchange> {
  const send = upstream.protocol === 'https:' ? httpsRequest : httpRequest
  // Everything as it came, except for the host and a plain encoding that can be written down.
  const headers = { ...request.headers, host: upstream.host, 'accept-encoding': 'identity' }
  const onward = send(new URL(request.url ?? '/', upstream), { method: request.method, headers })
  const received: Buffer[] = []
  const exchange = (status: number | undefined, end: Exchange['end']): Exchange => ({
    status,
    end,
    body: Buffer.concat(received).toString('utf8'),
  })
  response.once('close', () => onward.destroy())
  onward.end(body)
  let answer: IncomingMessage
  try {
    answer = await new Promise<IncomingMessage>((resolve, reject) => {
      // The listener stays: an error after the response is the answer's too, and must not go unheard here.
      onward.once('response', resolve).on('error', reject)
    })
  } catch {
    const left = response.destroyed
    response.destroy()
    return exchange(undefined, left ? 'left' : 'broken')
  }
  const status = answer.statusCode ?? 502
  response.writeHead(status, answer.headers)
  response.flushHeaders()
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      received.push(part)
      if (!response.write(part)) await Promise.race([once(response, 'drain'), once(response, 'close')])
    }
  } catch {
    const left = response.destroyed
    response.destroy()
    return exchange(status, left ? 'left' : 'broken')
  }
  response.end()
  return exchange(status, 'whole')
}

function artefactOf(body: Buffer): Artefact | undefined {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
  const parsed = bodySchema.safeParse(value)
  if (!parsed.success) return undefined
  const content = parsed.data.contents.findLast(({ role }) => role !== 'model')
  const question = readQuestion((content?.parts ?? []).map((part) => part.text ?? '').join(''))
  return typeof question === 'string' ? undefined : question.job.artefact
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}
