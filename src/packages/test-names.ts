// The tests of a problem of ours with the names they have in a package, and how each was made.
import type { PackageSource, SourceOrigin } from './source.ts'

export interface NamedTest {
  /** Below `data/`, without ending: `secret/07-random-3`. */
  readonly path: string
  readonly input: string
  readonly answer: string
  /** How the test was made; samples are the statement's. */
  readonly description: string | undefined
  readonly origin: SourceOrigin | undefined
}

/** Samples, then hidden tests in their order, numbered so that their names sort as they stand. */
export function namedTests(source: PackageSource): NamedTest[] {
  const samples = source.examples.map(({ input, output }, index) => ({
    path: `sample/${numbered(index, source.examples.length)}`,
    input,
    answer: output,
    description: undefined,
    origin: undefined,
  }))
  const secret = source.test_cases.map(({ input, output }, index) => {
    const origin = source.test_origins[index]
    const words = origin === undefined ? [] : originWords(origin)
    const name = words.join('-').replaceAll(/[^A-Za-z0-9]+/g, '-')
    const path = [numbered(index, source.test_cases.length), name.replaceAll(/^-+|-+$/g, '').slice(0, 80)]
    return {
      path: `secret/${path.filter((part) => part !== '').join('-')}`,
      input,
      answer: output,
      description: origin === undefined ? undefined : describe(origin),
      origin,
    }
  })
  return [...samples, ...secret]
}

function numbered(index: number, count: number): string {
  return String(index + 1).padStart(Math.max(2, String(count).length), '0')
}

/** What an origin says, without its kind: `random 3`. */
function originWords({ from: _from, ...rest }: SourceOrigin): string[] {
  return Object.values(rest)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String)
}

function describe(origin: SourceOrigin): string {
  const { from, ...rest } = origin
  const facts = Object.entries(rest)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => `${name} ${String(value)}`)
  return [`Made by ${from}`, ...facts].join(', ')
}
