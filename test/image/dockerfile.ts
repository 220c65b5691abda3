// The image's Dockerfile as data: as much of the language as that file uses, and nothing is passed over.
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const repository = path.join(import.meta.dirname, '../..')

export interface Copy {
  readonly keyword: 'COPY'
  /** The stage it copies from; undefined: the build context. */
  readonly from: string | undefined
  readonly mode: number | undefined
  readonly sources: readonly string[]
  readonly target: string
}

export type Instruction =
  | Copy
  | { readonly keyword: 'RUN'; readonly command: string }
  | { readonly keyword: 'ENV' | 'ARG'; readonly name: string; readonly value: string }
  | { readonly keyword: 'WORKDIR' | 'USER' | 'HEALTHCHECK'; readonly value: string }
  | { readonly keyword: 'ENTRYPOINT'; readonly words: readonly string[] }

export interface Stage {
  /** The last one has none. */
  readonly name: string | undefined
  /** Another stage's name, or an image's. */
  readonly base: string
  readonly instructions: readonly Instruction[]
}

/** The stages in order. Throws at whatever it does not know. */
export function readDockerfile(): Stage[] {
  const text = readFileSync(path.join(repository, 'image/Dockerfile'), 'utf8')
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const stages: { name: string | undefined; base: string; instructions: Instruction[] }[] = []
  for (const line of lines) {
    const from = /^FROM (\S+)(?: AS (\S+))?$/.exec(line)
    if (from !== null) stages.push({ name: from[2], base: from[1] ?? '', instructions: [] })
    else stages.at(-1)?.instructions.push(readInstruction(line))
  }
  return stages
}

function readInstruction(line: string): Instruction {
  const [, keyword = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? []
  switch (keyword) {
    case 'COPY':
      return readCopy(rest)
    case 'RUN':
      return { keyword, command: rest }
    case 'ENV':
    case 'ARG': {
      const [, name = '', value = ''] = /^(\w+)=(\S*)$/.exec(rest) ?? []
      if (name !== '') return { keyword, name, value }
      break
    }
    case 'WORKDIR':
    case 'USER':
    case 'HEALTHCHECK':
      return { keyword, value: rest }
    case 'ENTRYPOINT':
      return { keyword, words: JSON.parse(rest) as string[] }
  }
  throw new Error(`image/Dockerfile has an instruction that its test does not know: ${line}`)
}

function readCopy(rest: string): Copy {
  const words = rest.split(/\s+/)
  const flag = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
  const [from, chmod] = [flag('from'), flag('chmod')]
  const paths = words.filter((word) => !word.startsWith('--'))
  const known = [from, chmod].filter((value) => value !== undefined)
  if (words.length !== paths.length + known.length)
    throw new Error(`image/Dockerfile has an unknown flag: COPY ${rest}`)
  const mode = chmod === undefined ? undefined : Number.parseInt(chmod, 8)
  return { keyword: 'COPY', from, mode, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' }
}

/** What the image says about how it is started. */
export function startOf(stages: readonly Stage[]): {
  uid: number
  environment: Record<string, string>
  words: readonly string[]
} {
  const last = stages.at(-1)?.instructions ?? []
  const [user] = last.flatMap((each) => (each.keyword === 'USER' ? [Number.parseInt(each.value, 10)] : []))
  const [words] = last.flatMap((each) => (each.keyword === 'ENTRYPOINT' ? [each.words] : []))
  const variables = last.flatMap((each) => (each.keyword === 'ENV' ? [[each.name, each.value] as const] : []))
  if (user === undefined || words === undefined) throw new Error('image/Dockerfile has no USER or no ENTRYPOINT')
  return { uid: user, environment: Object.fromEntries(variables), words }
}
