// Foreign text made fit for one line of a report: cut, with everything escaped that would not show or would move other text.

/** Most characters of a quoted excerpt. */
const excerptLength = 40
/** How much of what comes before the first difference a cut excerpt keeps. */
const leadLength = 10

/** Control and format characters (line ends, terminal sequences, bidirectional overrides) and halves of pairs. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** The text as one visible line of about `length` characters before escaping. */
export function oneLine(text: string, length: number): string {
  const cut = text.length > length ? `${text.slice(0, wholeAt(text, length))}…` : text
  return cut.replaceAll(invisible, (char) => names[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}

/** `text[start, end)` in quotes; a long one is cut to the surroundings of `at`. */
export function quoted(text: string, start: number, end: number, at: number): string {
  const isLong = end - start > excerptLength
  const from = wholeAt(text, isLong ? Math.max(start, Math.min(at - leadLength, end - excerptLength)) : start)
  const to = isLong ? wholeAt(text, Math.min(end, from + excerptLength)) : end
  const piece = text.slice(from, to).replaceAll(/["\\]/g, String.raw`\$&`)
  return `"${from > start ? '…' : ''}${oneLine(piece, Infinity)}${to < end ? '…' : ''}"`
}

/** `at`, or one less when that would cut a surrogate pair in two. */
function wholeAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const before = text.charCodeAt(at - 1)
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? at - 1 : at
}
