// Seeded choices and bilingual prose of the scripted author.
import type { Locale } from '../../../src/contract/topics.ts'

/** The same words in every language. */
export type Text = Readonly<Record<Locale, string>>

/** Both languages; Korean particles written as `은(는)`, `이(가)`, `을(를)`, `과(와)`, `(으)로`, `(이)나`, `(이)다`, `(이)며` take the form the word before them asks for. */
export function text(ko: string, en: string): Text {
  return { ko: withParticles(ko), en }
}

const particles: Readonly<Record<string, readonly [string, string]>> = {
  '은(는)': ['은', '는'],
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '과(와)': ['과', '와'],
  '(으)로': ['으로', '로'],
  '(이)나': ['이나', '나'],
  '(이)다': ['이다', '다'],
  '(이)며': ['이며', '며'],
}

const syllables = { first: 0xac00, finals: 28, rieul: 8 }

function withParticles(ko: string): string {
  return ko.replaceAll(
    /([가-힣])(은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로|\(이\)[나다며])/g,
    (_, before: string, particle: string) => {
      const [closed, open] = particles[particle] ?? [particle, particle]
      const final = (before.charCodeAt(0) - syllables.first) % syllables.finals
      const isOpen = final === 0 || (particle === '(으)로' && final === syllables.rieul)
      return before + (isOpen ? open : closed)
    },
  )
}

/** A deterministic stream of choices. */
export interface Random {
  /** An integer of `min..max`, both included. */
  integer(min: number, max: number): number
  pick<T>(items: readonly T[]): T
  /** `count` integers of `min..max`. */
  integers(count: number, min: number, max: number): number[]
  /** The items in a seeded order. */
  shuffle<T>(items: readonly T[]): T[]
}

/** FNV-1a of the seed feeds mulberry32 (public-domain generator by Tommy Ettinger). */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 0x01000193)

  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  function integer(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1))
  }

  function pick<T>(items: readonly T[]): T {
    const [item] = items.slice(integer(0, items.length - 1))
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  return {
    integer,
    pick,
    integers: (count, min, max) => Array.from({ length: count }, () => integer(min, max)),
    shuffle: (items) =>
      items
        .map((item) => ({ item, key: next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item),
  }
}
