// The places of the sandbox: who waits for whom, and who may be alone.
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createSlots, type Slot } from '../../src/executor/slots.ts'

const never = new AbortController().signal

/** Lets everything that is ready happen. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) await turn()
}

/** Takes places under names, and notes who got one. */
function taker(slots: ReturnType<typeof createSlots<string>>): {
  readonly notes: string[]
  readonly take: (name: string, signal?: AbortSignal) => Promise<Slot<string>>
  readonly release: (name: string) => void
} {
  const notes: string[] = []
  const held = new Map<string, Slot<string>>()
  const take = async (name: string, signal = never): Promise<Slot<string>> => {
    const slot = await slots.take(signal)
    notes.push(name)
    held.set(name, slot)
    return slot
  }
  return { notes, take, release: (name) => held.get(name)?.release() }
}

/** Work that lasts until it is told to end. */
function openWork(
  notes: string[],
  name: string,
): { readonly work: () => Promise<string>; readonly end: () => void; readonly fail: (error: Error) => void } {
  const end = Promise.withResolvers<string>()
  const work = async (): Promise<string> => {
    notes.push(`${name} begins`)
    const result = await end.promise
    notes.push(`${name} ends`)
    return result
  }
  return { work, end: () => end.resolve(name), fail: (error) => end.reject(error) }
}

describe('the places', () => {
  it('are given out one each, also to those who ask in the same moment', async () => {
    const slots = createSlots<string>(3)
    const { notes, take } = taker(slots)
    const taken = ['a', 'b', 'c', 'd', 'e'].map((name) => take(name))
    await settle()
    expect(notes).toEqual(['a', 'b', 'c'])
    const [first, second, third] = await Promise.all(taken.slice(0, 3))
    expect(new Set([first?.index, second?.index, third?.index])).toEqual(new Set([0, 1, 2]))
  })

  it('go to those who wait in the order in which they came', async () => {
    const slots = createSlots<string>(1)
    const { notes, take, release } = taker(slots)
    const names = ['a', 'b', 'c', 'd']
    const taken = names.map((name) => take(name))
    for (const name of names) {
      await settle()
      expect(notes.at(-1)).toBe(name)
      release(name)
    }
    await Promise.all(taken)
    expect(notes).toEqual(names)
  })

  it('keep what their last holder left in them', async () => {
    const slots = createSlots<string>(2)
    const [a, b] = [await slots.take(never), await slots.take(never)]
    a.value = 'of a'
    b.value = 'of b'
    expect(new Set(slots.all())).toEqual(new Set(['of a', 'of b']))
    a.release()
    const again = await slots.take(never)
    expect([again.index, again.value]).toEqual([a.index, 'of a'])
    again.value = undefined
    expect(slots.all()).toEqual(['of b'])
    expect(slots.clear()).toEqual(['of b'])
    expect(slots.all()).toEqual([])
    expect(b.value).toBeUndefined()
  })

  it('are not given to who has gone before, or while waiting', async () => {
    const slots = createSlots<string>(1)
    const { notes, take, release } = taker(slots)
    const reason = new Error('gone')
    await expect(slots.take(AbortSignal.abort(reason))).rejects.toBe(reason)
    await take('a')
    const controller = new AbortController()
    const [gone, patient] = [take('gone', controller.signal), take('b')]
    controller.abort(reason)
    await expect(gone).rejects.toBe(reason)
    release('a')
    await patient
    expect(notes).toEqual(['a', 'b'])
    // An abort after that is nothing to the place.
    const late = new AbortController()
    release('b')
    await take('c', late.signal)
    late.abort(reason)
    const waiting = take('d')
    await settle()
    expect(notes.at(-1)).toBe('c')
    release('c')
    await waiting
  })
})

describe('being alone', () => {
  it('waits until nobody else works, and lets nobody begin before it ends', async () => {
    const slots = createSlots<string>(2)
    const { notes, take, release } = taker(slots)
    const [a] = [await take('a'), await take('b')]
    const work = openWork(notes, 'alone')
    const alone = a.alone(never, work.work)
    const next = take('c')
    await settle()
    expect(notes).toEqual(['a', 'b'])
    release('b')
    await settle()
    // There is a free place now, and it stays free.
    expect(notes).toEqual(['a', 'b', 'alone begins'])
    work.end()
    expect(await alone).toBe('alone')
    await next
    expect(notes).toEqual(['a', 'b', 'alone begins', 'alone ends', 'c'])
  })

  it('begins before those who only wait for a place', async () => {
    const slots = createSlots<string>(1)
    const { notes, take, release } = taker(slots)
    const a = await take('a')
    const next = take('b')
    const work = openWork(notes, 'alone')
    const alone = a.alone(never, work.work)
    await settle()
    work.end()
    await alone
    release('a')
    await next
    expect(notes).toEqual(['a', 'alone begins', 'alone ends', 'b'])
  })

  it.each([2, 3])('is possible for %i who want it at once, one after the other', async (count) => {
    const slots = createSlots<string>(count)
    const { notes, take, release } = taker(slots)
    const names = ['a', 'b', 'c'].slice(0, count)
    const held = await Promise.all(names.map((name) => take(name)))
    const works = names.map((name) => openWork(notes, name))
    const results = held.map(async (slot, index) => {
      const { work } = works[index] ?? openWork(notes, 'nobody')
      return slot.alone(never, work).finally(() => release(names[index] ?? ''))
    })
    for (const work of works) work.end()
    expect(new Set(await Promise.all(results))).toEqual(new Set(names))
    // No two at the same time: after each begin comes its own end.
    const own = notes.slice(count)
    expect(own.filter((_, index) => index % 2 === 0).map((note) => note.replace('begins', 'ends'))).toEqual(
      own.filter((_, index) => index % 2 === 1),
    )
    await Promise.all(names.map((name) => take(`${name} again`)))
  })

  it('ends with its work, also when that fails', async () => {
    const slots = createSlots<string>(2)
    const { notes, take } = taker(slots)
    const a = await take('a')
    const work = openWork(notes, 'alone')
    const failing = a.alone(never, work.work)
    const waiting = take('b')
    await settle()
    work.fail(new Error('no luck'))
    await expect(failing).rejects.toThrow('no luck')
    await waiting
    const again = openWork(notes, 'again')
    const second = a.alone(never, again.work)
    await settle()
    expect(notes).not.toContain('again begins')
    again.end()
    notes.length = 0
    const [b] = [await waiting]
    b.release()
    expect(await second).toBe('again')
  })

  it('is given up by who goes while waiting: it still holds its place, and the others go on', async () => {
    const slots = createSlots<string>(2)
    const { notes, take, release } = taker(slots)
    const [a] = [await take('a'), await take('b')]
    const controller = new AbortController()
    const reason = new Error('gone')
    const alone = a.alone(controller.signal, () => Promise.reject(new Error('must not begin')))
    const [c, d] = [take('c'), take('d')]
    await settle()
    controller.abort(reason)
    await expect(alone).rejects.toBe(reason)
    await settle()
    expect(notes).toEqual(['a', 'b'])
    release('b')
    await c
    release('a')
    await d
    expect(notes).toEqual(['a', 'b', 'c', 'd'])
    // Nobody counts twice: with both places free again, being alone is possible at once.
    release('c')
    const { index } = await d
    expect(await (await d).alone(never, () => Promise.resolve(index))).toBe(index)
  })
})
