// The report's own words by language.
import type { Locale } from '../contract/topics.ts'
import { en } from './english.ts'
import { ko } from './korean.ts'

/** What every language has to say; the Korean table is the model. */
export type Words = typeof ko

/** The words for a language. */
export const words: Readonly<Record<Locale, Words>> = { ko, en }
