// The writer of streams on a stream and a clock made by hand: framing, back-pressure, flushing, heartbeats.
import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../src/contract/events.ts'
import { type ResponseStream, SseWriter } from '../../src/http/sse-writer.ts'
import { HandMadeClock, settled } from '../support/hand-made-clock.ts'

class HandMadeStream extends EventEmitter implements ResponseStream {
  readonly written: string[] = []
  isFull = false
  ends = 0

  write(chunk: string | Uint8Array): boolean {
    this.written.push(Buffer.from(chunk).toString())
    return !this.isFull
  }

  end(): void {
    this.ends += 1
  }
}

const problemId = '01890000-0000-7000-8000-000000000000'

function event(seq: number): StoredEvent {
  return { seq, type: 'gate', data: `{"seq":${seq}}` }
}

function frame(seq: number): string {
  return `id: ${problemId}:${seq}\nevent: gate\ndata: {"seq":${seq}}\n\n`
}

function open(): { stream: HandMadeStream; clock: HandMadeClock; writer: SseWriter } {
  const stream = new HandMadeStream()
  const clock = new HandMadeClock()
  return { stream, clock, writer: new SseWriter(stream, clock) }
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  await settled()
  const pending = Symbol('pending')
  return (await Promise.race([promise, Promise.resolve(pending)])) === pending
}

describe('SseWriter', () => {
  it('sends something at once, so that the head leaves', () => {
    const { stream, writer } = open()
    writer.open()
    expect(stream.written).toEqual([': open\n\n'])
  })

  it('writes events that come together in one piece, each with its id, type and one line of data', async () => {
    const { stream, writer } = open()
    await writer.write(problemId, [event(1), event(2)])
    expect(stream.written).toEqual([frame(1) + frame(2)])
  })

  it('writes a terminal event that could not be stored without an id, so that nothing is resumed from it', () => {
    const { stream, writer } = open()
    writer.writeUnstored('{"type":"failed"}')
    expect(stream.written).toEqual(['event: failed\ndata: {"type":"failed"}\n\n'])
  })

  it('pushes a small write out with a comment a tick later, one for all writes of the tick', async () => {
    const { stream, clock, writer } = open()
    await writer.write(problemId, [event(1)])
    await writer.write(problemId, [event(2)])
    expect(stream.written).toEqual([frame(1), frame(2)])
    await clock.goOn(0)
    expect(stream.written).toEqual([frame(1), frame(2), ':\n\n'])
    await writer.write(problemId, [event(3)])
    await clock.goOn(0)
    expect(stream.written.slice(3)).toEqual([frame(3), ':\n\n'])
  })

  it('pushes the last write out before it ends the response, once', async () => {
    const { stream, clock, writer } = open()
    await writer.write(problemId, [event(1)])
    const ended = writer.end()
    expect(await isPending(ended)).toBe(true)
    expect(stream.ends).toBe(0)
    await clock.goOn(0)
    await ended
    expect(stream.written).toEqual([frame(1), ':\n\n'])
    expect(stream.ends).toBe(1)
    await writer.end()
    expect(stream.ends).toBe(1)
  })

  it('waits for a full stream to drain', async () => {
    const { stream, clock, writer } = open()
    stream.isFull = true
    const written = writer.write(problemId, [event(1)])
    await clock.goOn(1_000)
    expect(await isPending(written)).toBe(true)
    stream.emit('drain')
    await written
    expect(writer.gone).toBe(false)
  })

  it.each(['close', 'error'])(
    'gives a viewer up on %s: stops waiting, drops what follows, ends nothing',
    async (type) => {
      const { stream, clock, writer } = open()
      stream.isFull = true
      const written = writer.write(problemId, [event(1)])
      expect(await isPending(written)).toBe(true)
      stream.emit(type, new Error('gone'))
      await written
      expect(writer.gone).toBe(true)
      const before = stream.written.length
      await writer.write(problemId, [event(2)])
      writer.comment('x')
      await clock.goOn(60_000)
      await writer.end()
      expect(stream.written).toHaveLength(before)
      expect(stream.ends).toBe(0)
    },
  )

  it('gives a viewer up that takes nothing for two minutes', async () => {
    const { stream, clock, writer } = open()
    stream.isFull = true
    const written = writer.write(problemId, [event(1)])
    await clock.goOn(119_999)
    expect(await isPending(written)).toBe(true)
    await clock.goOn(1)
    await written
    expect(writer.gone).toBe(true)
    await writer.write(problemId, [event(2)])
    expect(stream.written).not.toContain(frame(2))
    await clock.goOn(0)
    await writer.end()
    expect(stream.ends).toBe(1)
  })

  it('leaves no listener behind, however often it waits', async () => {
    const { stream, clock, writer } = open()
    stream.isFull = true
    for (let seq = 1; seq <= 20; seq += 1) {
      const written = writer.write(problemId, [event(seq)])
      await clock.goOn(0)
      stream.emit('drain')
      await written
    }
    const listeners = stream.eventNames().map((name) => stream.listenerCount(name))
    expect(Math.max(...listeners)).toBe(1)
    // The heartbeat's own.
    expect(clock.sleepers).toBe(1)
  })

  it('sends a heartbeat after every 15 seconds without a write', async () => {
    const { stream, clock, writer } = open()
    writer.open()
    await clock.goOn(14_999)
    expect(stream.written).toEqual([': open\n\n'])
    await clock.goOn(1)
    expect(stream.written).toEqual([': open\n\n', ': heartbeat\n\n'])
    await clock.goOn(15_000)
    expect(stream.written.slice(1)).toEqual([': heartbeat\n\n', ': heartbeat\n\n'])
  })

  it('sends no heartbeat while events are written', async () => {
    const { stream, clock, writer } = open()
    for (let seq = 1; seq <= 10; seq += 1) {
      await writer.write(problemId, [event(seq)])
      await clock.goOn(10_000)
    }
    expect(stream.written).not.toContain(': heartbeat\n\n')
    await clock.goOn(5_000)
    expect(stream.written.at(-1)).toBe(': heartbeat\n\n')
  })

  it('stops its heartbeat at the end', async () => {
    const { stream, clock, writer } = open()
    writer.open()
    await writer.end()
    await settled()
    expect(clock.sleepers).toBe(0)
    await clock.goOn(60_000)
    expect(stream.written).toEqual([': open\n\n'])
  })
})
