// Numbers for people.

/** A whole number with commas between thousands. Not by `toLocaleString`, which loads eight megabytes of languages first. */
export function withCommas(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}
