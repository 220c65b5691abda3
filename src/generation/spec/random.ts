// Chance that is the same everywhere: a seeded generator on 32-bit arithmetic only.
import { type Int, toInt } from './int.ts'

/** Decides between `count` possibilities, 0 … count-1. Either random or enumerating. */
export type Choose = (count: Int) => Int

/** A deterministic generator (sfc32 by Chris Doty-Humphrey, of PractRand); the same numbers for the same seed on every machine. */
export function createRandom(seed: string): Choose {
  // FNV-1a folds the text into the initial state.
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(seed)) hash = Math.imul(hash ^ byte, 0x01000193)
  let a = hash | 0
  let b = Math.imul(hash, 0x9e3779b1) | 0
  let c = ~hash
  let counter = 1
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    return result >>> 0
  }
  for (let round = 0; round < 15; round += 1) next()
  return (count) => {
    if (typeof count === 'number' && count <= 0x1_0000_0000) {
      // The bias is at most count / 2^53.
      return Math.floor((((next() >>> 5) * 0x400_0000 + (next() >>> 6)) / 0x20_0000_0000_0000) * count)
    }
    let wide = 0n
    for (let word = 0; word < 6; word += 1) wide = (wide << 32n) | BigInt(next())
    return toInt(wide % BigInt(count))
  }
}

/** The integers 0 … length-1 in an order that is chosen. */
export function shuffled(length: number, choose: Choose): Int32Array {
  const items = new Int32Array(length).map((_, index) => index)
  for (let index = 0; index < length - 1; index += 1) {
    const other = index + Number(choose(length - index))
    const held = items[index] ?? 0
    items[index] = items[other] ?? 0
    items[other] = held
  }
  return items
}
