// A TCP proxy that breaks connections in the middle of an answer: after so many bytes, or at the next place of a kind.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { loopbackUrl } from '../../mock/loopback.ts'

/** Where in an answer with events a connection was cut. */
type Place = 'head' | 'framing' | 'id' | 'character' | 'elsewhere'

/** How a connection is to be cut. */
interface Cut {
  /** Bytes of the answers that the client gets at least; infinite for a connection that is spared. */
  readonly afterBytes: number
  /** Cut at the first such place in the next 4 KiB; right there without it, and at their end when there is none. */
  readonly within?: Exclude<Place, 'head' | 'elsewhere'> | undefined
}

export interface CuttingProxy {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string
  /** Where the connections were cut, in the order of the cuts. */
  readonly cuts: readonly Place[]
  close(): Promise<void>
}

export interface CuttingOptions {
  /** Base URL of what is behind the proxy. */
  readonly target: string
  /** What becomes of the next connection. */
  readonly nextCut: () => Cut
}

const searchBytes = 4096
/** Bytes before a cut that tell its place; a head is shorter than the first, the rest shorter than the second. */
const tailBytes = { head: 1024, line: 64 }

/** Starts the proxy on loopback. Every other cut is a reset, the rest look like an orderly end. */
export async function startCuttingProxy({ target, nextCut }: CuttingOptions): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const cuts: Place[] = []

  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: hostname, port: Number(port), noDelay: true })
    const position = new CutPosition(nextCut())
    let isCut = false
    upstream.on('data', (bytes: Buffer) => {
      if (isCut) return
      const at = position.find(bytes)
      if (at === undefined) {
        client.write(bytes)
        return
      }
      isCut = true
      cuts.push(position.place)
      upstream.destroy()
      const last = bytes.subarray(0, at)
      if (cuts.length % 2 === 0) client.write(last, () => client.resetAndDestroy())
      else client.end(last, () => client.destroy())
    })
    client.pipe(upstream)
    upstream.once('end', () => client.end())
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      // Either side goes away when it likes: that is what this is for.
      socket.on('error', () => undefined)
      socket.once('close', () => {
        sockets.delete(socket)
        // What is cut still has its last bytes to write.
        if (!isCut) other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: loopbackUrl(server),
    cuts,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Finds the byte at which a connection is to be cut in what it carries. */
class CutPosition {
  readonly #within: Cut['within']
  #left: number
  #tail = ''

  constructor({ afterBytes, within }: Cut) {
    this.#left = afterBytes
    this.#within = within
  }

  /** Where everything lies that was found so far. */
  get place(): Place {
    const head = this.#tail.lastIndexOf('HTTP/1.1 ')
    if (head !== -1 && !this.#tail.includes('\r\n\r\n', head)) return 'head'
    return placeInBody(this.#tail) ?? 'elsewhere'
  }

  /** How many of the next bytes are still carried before the cut; undefined for all of them and no cut. */
  find(bytes: Buffer): number | undefined {
    const text = this.#tail + bytes.toString('latin1')
    const carried = this.#tail.length
    for (let at = Math.max(1, this.#left); at <= bytes.length; at += 1) {
      const line = text.slice(Math.max(0, carried + at - tailBytes.line), carried + at)
      const isSought = this.#within === undefined || placeInBody(line) === this.#within
      if (!isSought && at < this.#left + searchBytes) continue
      this.#tail = text.slice(0, carried + at).slice(-tailBytes.head)
      return at
    }
    this.#left -= bytes.length
    this.#tail = text.slice(-tailBytes.head)
    return undefined
  }
}

/** The place behind bytes of a chunked body, one character for each byte. */
function placeInBody(text: string): Exclude<Place, 'head' | 'elsewhere'> | undefined {
  // Every chunk ends where an event or a comment does.
  if (/\n\n\r?\n?[\da-f]*\r?$/.test(text)) return 'framing'
  if (/\nid: [^\n]*$/.test(text)) return 'id'
  const lead = /[\xC0-\xFF][\x80-\xBF]*$/.exec(text)?.[0]
  return lead !== undefined && lead.length < characterBytes(lead.charCodeAt(0)) ? 'character' : undefined
}

/** Length of a UTF-8 character by its first byte. */
function characterBytes(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}
