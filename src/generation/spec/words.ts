// Words that constraints and input format share: bounds as people write them, Korean particles.
import type { Locale } from '../../contract/topics.ts'

/** A sentence or a part of one in every language. */
export type Words = Record<Locale, string>

/** A bound as people write it: `200,000`, `10^9`, `N - 1`. */
export function boundText(expression: string): string {
  return /^-?\d+$/.test(expression)
    ? expression.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
    : expression
        .replaceAll(/\s+/g, '')
        .replaceAll(/(?<=[A-Za-z0-9_)|])([-+*/])/g, ' $1 ')
        .replaceAll(' * ', ' × ')
        .replaceAll(/\d{4,}/g, (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ','))
        .replaceAll(',', ', ')
        .replaceAll(/(\d), (?=\d{3}(?:\D|$))/g, '$1,')
}

/** The same in every language. */
export const same = (text: string): Words => ({ ko: text, en: text })

/** A range as a line of mathematics. */
export function range(name: string, min: string, max: string): Words {
  return same(min === max ? `${name} = ${boundText(min)}` : `${boundText(min)} ≤ ${name} ≤ ${boundText(max)}`)
}

/** A name with its Korean particle, chosen by how its last letter or digit is read aloud (엘, 엠, 엔, 알; 영, 일, 삼, 육, 칠, 팔). */
export function particle(name: string, afterConsonant: string, afterVowel: string): string {
  return name + (/[LMNRlmnr013678]$/.test(name) ? afterConsonant : afterVowel)
}
