// What the Lambda runtime puts on `globalThis` for streaming handlers, typed more narrowly than @types/aws-lambda does:
// the event of a function URL instead of `any`, and the part of the stream that really exists.
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda'

declare global {
  namespace awslambda {
    /** Status, headers and cookies of a streamed response; each cookie becomes one `set-cookie` header. A type alias, so that `HttpResponseStream.from` takes it. */
    type ResponsePrelude = {
      readonly statusCode: number
      readonly headers?: Readonly<Record<string, string>>
      readonly cookies?: readonly string[]
    }

    /**
     * The members of the handler's stream to rely on. The runtime passes a facade of its upload request, not an `instanceof Writable`,
     * so code below the handler takes this type instead of `HttpResponseStream`, which promises a whole `Writable`.
     */
    interface ResponseStream {
      readonly destroyed: boolean
      readonly writable: boolean
      readonly writableEnded: boolean
      readonly writableFinished: boolean
      readonly writableHighWaterMark: number
      readonly writableLength: number
      readonly writableNeedDrain: boolean
      /** Throws once a write was made. */
      setContentType(contentType: string): void
      /** Sends the chunk, before it the prelude when it is the first; false means: await `drain`. */
      write(chunk: string | Uint8Array, callback?: (error?: Error | null) => void): boolean
      /** Ends the response. Status and headers are lost unless `write` was called before, be it with an empty string. */
      end(callback?: () => void): unknown
      on(event: 'drain' | 'finish' | 'close', listener: () => void): unknown
      on(event: 'error', listener: (error: Error) => void): unknown
      once(event: 'drain' | 'finish' | 'close', listener: () => void): unknown
      once(event: 'error', listener: (error: Error) => void): unknown
      off(event: 'drain' | 'finish' | 'close', listener: () => void): unknown
      off(event: 'error', listener: (error: Error) => void): unknown
    }

    type StreamingHandler = (
      event: LambdaFunctionURLEvent,
      responseStream: HttpResponseStream,
      context: Context,
    ) => Promise<void>

    /** Marks the handler as streaming and returns it. */
    function streamifyResponse(handler: StreamingHandler): StreamingHandler
  }
}
