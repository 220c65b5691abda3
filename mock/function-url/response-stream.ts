// The stream a handler writes to, with the habits of the Node runtime client 4.x: a facade of an upload request,
// a prelude that only `write` sends, and back-pressure at 64 KiB.
import { EventEmitter } from 'node:events'

/** Un-drained bytes from which `write` answers false. */
const HIGH_WATER_MARK_BYTES = 64 * 1024

/** Property that `HttpResponseStream.from` sets on the handler's stream: called with a raw write ahead of the first `write`. */
export const PRELUDE_HOOK = '_onBeforeFirstWrite'

type PreludeHook = (write: (chunk: string | Uint8Array) => void) => void

/** Where the response goes: calls come in the order open, send…, end. */
export interface ResponseUplink {
  open(contentType: string): void
  /** The bytes are the receiver's own and may be transferred; `drained` is to be called once, when they were passed on. */
  send(bytes: Uint8Array<ArrayBuffer>, drained: () => void): void
  end(): void
  /** The stream was destroyed, or written to after its end: the real runtime's process dies of that. */
  fault(error: Error): void
}

type Callback = (error?: Error | null) => void

/** The runtime's side of the stream; the handler gets `toHandlerStream` of it. */
export class OutgoingResponse extends EventEmitter {
  destroyed = false
  preludeHook: PreludeHook | undefined
  readonly writableHighWaterMark = HIGH_WATER_MARK_BYTES
  readonly writableObjectMode = false
  /** Resolves when the response is over: undefined when it was ended, the error when it was destroyed. */
  readonly over: Promise<Error | undefined>

  readonly #uplink: ResponseUplink
  readonly #markOver: (error: Error | undefined) => void
  readonly #callbacks: { readonly atByte: number; readonly callback: Callback }[] = []
  readonly #corkedChunks: Uint8Array<ArrayBuffer>[] = []
  #contentType = 'application/octet-stream'
  #opened = false
  #ended = false
  #finished = false
  #isReleased = false
  #needsDrain = false
  #corks = 0
  #acceptedBytes = 0
  #drainedBytes = 0

  constructor(uplink: ResponseUplink) {
    super()
    this.#uplink = uplink
    const { promise, resolve } = Promise.withResolvers<Error | undefined>()
    this.over = promise
    this.#markOver = resolve
  }

  /** Still true after the end, as with any HTTP request of Node's. */
  get writable(): boolean {
    return !this.destroyed
  }

  get writableEnded(): boolean {
    return this.#ended
  }

  get writableFinished(): boolean {
    return this.#finished
  }

  get writableNeedDrain(): boolean {
    return !this.destroyed && !this.#ended && this.#needsDrain
  }

  get writableLength(): number {
    return this.#acceptedBytes - this.#drainedBytes
  }

  get writableCorked(): number {
    return this.#corks
  }

  setContentType(contentType: string): void {
    if (this.#opened) {
      const error = new Error('Cannot set content-type, too late.')
      throw Object.assign(error, { name: 'Runtime.InvalidStreamingOperation' })
    }
    this.#contentType = contentType
  }

  /** Anything but text and bytes is sent as JSON, as the runtime client does. */
  write(chunk: unknown, encoding?: BufferEncoding | Callback, callback?: Callback): boolean {
    const done = typeof encoding === 'function' ? encoding : callback
    if (this.#ended || this.destroyed) return this.#refuse(done)
    const bytes = toBytes(chunk, typeof encoding === 'string' ? encoding : 'utf8')
    if (!this.#opened) {
      this.#open()
      this.preludeHook?.((head) => this.#post(toBytes(head, 'utf8')))
    }
    this.#post(bytes, done)
    if (this.writableLength < HIGH_WATER_MARK_BYTES) return true
    this.#needsDrain = true
    return false
  }

  /** Sends a last chunk past the prelude hook (this is how a status gets lost) and ends the response. */
  end(chunk?: string | Uint8Array | Callback | null, encoding?: BufferEncoding | Callback, callback?: Callback): this {
    const last = typeof chunk === 'function' ? undefined : chunk
    const done = [chunk, encoding, callback].find((argument) => typeof argument === 'function')
    if (this.#ended || this.destroyed) {
      this.#refuse(done)
      return this
    }
    if (done) this.once('finish', done)
    this.#open()
    if (last !== undefined && last !== null) this.#post(toBytes(last, typeof encoding === 'string' ? encoding : 'utf8'))
    this.#corks = 0
    this.#flushCorked()
    this.#ended = true
    this.#uplink.end()
    this.#markOver(undefined)
    this.#scheduleProgress()
    return this
  }

  cork(): void {
    this.#corks += 1
  }

  uncork(): void {
    this.#corks = Math.max(0, this.#corks - 1)
    if (this.#corks === 0) this.#flushCorked()
  }

  destroy(error: Error = new Error('socket hang up')): this {
    if (this.destroyed) return this
    this.destroyed = true
    for (const { callback } of this.#callbacks.splice(0)) process.nextTick(callback, error)
    process.nextTick(() => {
      if (!this.#isReleased) this.#fail(error)
      this.emit('close')
    })
    this.#markOver(error)
    return this
  }

  /** The invocation is over: whatever left-over work still writes is refused, without harm. */
  release(): void {
    this.#ended = true
    this.#isReleased = true
  }

  #open(): void {
    if (this.#opened) return
    this.#opened = true
    this.#uplink.open(this.#contentType)
  }

  #post(bytes: Uint8Array<ArrayBuffer>, callback?: Callback): void {
    this.#acceptedBytes += bytes.length
    if (callback) {
      this.#callbacks.push({ atByte: this.#acceptedBytes, callback })
      this.#scheduleProgress()
    }
    if (bytes.length === 0) return
    if (this.#corks > 0) this.#corkedChunks.push(bytes)
    else this.#send(bytes)
  }

  #flushCorked(): void {
    for (const bytes of this.#corkedChunks.splice(0)) this.#send(bytes)
  }

  #send(bytes: Uint8Array<ArrayBuffer>): void {
    // Taken now: the receiver may transfer the bytes, which leaves an array of length 0 behind.
    const { length } = bytes
    this.#uplink.send(bytes, () => {
      this.#drainedBytes += length
      this.#scheduleProgress()
    })
  }

  // Callbacks and events never run inside the call that caused them, as with any Node stream.
  #scheduleProgress(): void {
    process.nextTick(() => this.#progress())
  }

  #progress(): void {
    if (this.destroyed || this.#finished) return
    for (let next = this.#callbacks[0]; next && next.atByte <= this.#drainedBytes; next = this.#callbacks[0]) {
      this.#callbacks.shift()
      next.callback(null)
    }
    if (this.writableLength > 0) return
    if (this.#needsDrain) {
      this.#needsDrain = false
      if (!this.#ended) this.emit('drain')
    }
    if (this.#ended) {
      this.#finished = true
      this.emit('finish')
      this.emit('close')
    }
  }

  #refuse(callback: Callback | undefined): false {
    const error = this.#ended
      ? Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' })
      : Object.assign(new Error('Cannot call write after a stream was destroyed'), { code: 'ERR_STREAM_DESTROYED' })
    const isFatal = !this.#isReleased && !this.destroyed
    process.nextTick(() => {
      callback?.(error)
      if (isFatal) this.#fail(error)
    })
    return false
  }

  #fail(error: Error): void {
    // The runtime client listens for errors itself, so one that the handler does not listen for does not throw here.
    if (this.listenerCount('error') > 0) this.emit('error', error)
    this.#uplink.fault(error)
  }
}

const METHODS = [
  'write',
  'end',
  'cork',
  'uncork',
  'destroy',
  'setContentType',
  'on',
  'once',
  'off',
  'emit',
  'addListener',
  'prependListener',
  'prependOnceListener',
  'removeListener',
  'removeAllListeners',
  'listeners',
  'rawListeners',
  'listenerCount',
  'eventNames',
  'getMaxListeners',
  'setMaxListeners',
] as const satisfies readonly (keyof OutgoingResponse)[]

const READ_ONLY = [
  'writable',
  'writableEnded',
  'writableFinished',
  'writableNeedDrain',
  'writableLength',
  'writableCorked',
  'writableHighWaterMark',
  'writableObjectMode',
] as const satisfies readonly (keyof OutgoingResponse)[]

/** The facade that the handler gets: these members and no others, so not an `instanceof Writable` although typed as one. */
export function toHandlerStream(inner: OutgoingResponse): awslambda.HttpResponseStream {
  const facade: object = {}
  for (const name of METHODS) {
    const method: (...args: never[]) => unknown = inner[name]
    Reflect.set(facade, name, method.bind(inner))
  }
  for (const name of READ_ONLY) Object.defineProperty(facade, name, { get: () => inner[name] })
  Object.defineProperties(facade, {
    destroyed: {
      get: () => inner.destroyed,
      set: (destroyed: boolean) => {
        inner.destroyed = destroyed
      },
    },
    [PRELUDE_HOOK]: {
      get: () => inner.preludeHook,
      set: (hook: PreludeHook | undefined) => {
        inner.preludeHook = hook
      },
    },
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the published type claims a whole Writable; the real runtime passes these members only
  return facade as awslambda.HttpResponseStream
}

// Always a copy of exact size: the caller may reuse its buffer, and the bytes may be transferred to another thread.
function toBytes(chunk: unknown, encoding: BufferEncoding): Uint8Array<ArrayBuffer> {
  if (chunk === null || chunk === undefined) throw new TypeError('A chunk must not be null or undefined.')
  if (chunk instanceof Uint8Array) return Uint8Array.from(chunk)
  return Uint8Array.from(Buffer.from(typeof chunk === 'string' ? chunk : JSON.stringify(chunk), encoding))
}
