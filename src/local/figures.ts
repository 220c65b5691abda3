// Numbers as people read them.
import type { Locale } from '../contract/topics.ts'
import { labels } from './run-words.ts'

/** `7.4초`, `7.4 s`. */
export function seconds(ms: number, locale: Locale): string {
  const figure = (ms / 1000).toFixed(1)
  return locale === 'ko' ? `${figure}초` : `${figure} s`
}

/** `81 ms`, from a second on `1.3초`. */
export function duration(ms: number, locale: Locale): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : seconds(ms, locale)
}

/** `12,345`. */
export function count(number: number): string {
  return number.toLocaleString('en')
}

/** `256 MiB`. */
export function megabytes(bytes: number): string {
  return `${count(Math.round(bytes / 1024 / 1024))} MiB`
}

/** `3.1 ms`, `1,234 ms`: a program's time, to be compared with others of its column. */
export function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${count(Math.round(ms))} ms`
}

/** `8.9 MiB`: a program's memory. */
export function mebibytes(bytes: number): string {
  const size = bytes / 1024 / 1024
  return size < 100 ? `${size.toFixed(1)} MiB` : megabytes(bytes)
}

/** `$0.0123`, or that nobody knows. */
export function dollars(usd: number, isKnown: boolean, locale: Locale): string {
  return isKnown ? `$${usd.toFixed(4)}` : labels[locale].unknownPrice
}
