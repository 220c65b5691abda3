// What one scripted problem consists of, before it is cut into replies; with the small pieces every blueprint writes.
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import type { Difficulty, Topic } from '../../../src/contract/topics.ts'
import type { BlueprintReply } from '../../../src/generation/replies.ts'
import { text, type Random, type Text } from './story.ts'

export type WireBlock = BlueprintReply['input'][number]
type WireField = NonNullable<WireBlock['fields']>[number]
export type Sample = BlueprintReply['samples'][number]

export interface Program {
  approach: Text
  complexity: string
  code: string
}

/** A program that must not pass, and the idea behind it. */
export interface Decoy {
  idea: Text
  code: string
}

/** What a solver writes who has read the statement only: another program than the reference, mostly in C++. */
export interface Solver extends Program {
  language: ExecutorLanguage
}

interface Strategy {
  name: string
  kind: 'random' | 'edge' | 'maximum' | 'adversarial'
  description: Text
}

/** Everything that is known about one problem. */
export interface Draft {
  title: Text
  /** One paragraph that sets the scene. */
  story: Text
  /** The precise task; together with the story it is the statement. */
  task: Text
  output: Text
  input: readonly WireBlock[]
  samples: readonly Sample[]
  illegalInputs: readonly { input: string; reason: Text }[]
  reference: Program
  bruteForce: Program
  /** Plausible wrong ideas, each wrong on some legal input. */
  wrong?: readonly Decoy[]
  /** Right, but too slow for the largest inputs; none where naive programs are meant to pass. */
  slow?: readonly Decoy[]
  solver?: Solver
  /** `tokens` when left out. */
  comparison?: { kind: 'float'; tolerance: string } | { kind: 'checker'; checker: Program }
  generator: { strategies: readonly Strategy[]; code: string }
}

/** A family of problems: one task a level, dressed by the seed. */
export interface Blueprint {
  id: string
  topics: readonly Topic[]
  /** Words of a wish that ask for this blueprint, in lower case. */
  words: readonly string[]
  drafts: Readonly<Partial<Record<Difficulty, (random: Random) => Draft>>>
}

/** What differs between the levels of a blueprint: `Scene` holds the nouns of its story, `Case` is what a sample is solved from. */
export interface Task<Scene, Case> {
  asked(scene: Scene): Text
  output(scene: Scene): Text
  /** The answer to a sample. */
  solve(given: Case): string | number
  reference: Program
  bruteForce: Program
  wrong?: readonly Decoy[]
  slow?: readonly Decoy[]
  solver?: Solver
}

/** The part of a draft that its task decides; `given` says what the input holds. */
export function taskPart<Scene, Case>(
  task: Task<Scene, Case>,
  scene: Scene,
  given: Text,
): Pick<Draft, 'task' | 'output' | 'reference' | 'bruteForce' | 'wrong' | 'slow' | 'solver'> {
  const asked = task.asked(scene)
  return {
    task: { ko: `${given.ko}\n\n${asked.ko}`, en: `${given.en}\n\n${asked.en}` },
    output: task.output(scene),
    reference: task.reference,
    bruteForce: task.bruteForce,
    wrong: task.wrong ?? [],
    slow: task.slow ?? [],
    ...(task.solver === undefined ? {} : { solver: task.solver }),
  }
}

export function integer(name: string, min: number | string, max: number | string): WireField {
  return { type: 'integer', name, min: String(min), max: String(max) }
}

export function word(
  name: string,
  minLength: number | string,
  maxLength: number | string,
  alphabet: string,
): WireField {
  return { type: 'word', name, min_length: String(minLength), max_length: String(maxLength), alphabet }
}

export function line(...fields: WireField[]): WireBlock {
  return { kind: 'line', fields }
}

/** Input text: each row's tokens with single blanks, each row with its line end. */
export function lines(...rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.join(' ')}\n`).join('')
}

/** One sample of each maker, drawn again while its output is already taken; after some draws it is taken as it is. */
export function varied(...makers: readonly (() => Sample)[]): Sample[] {
  return makers.reduce<Sample[]>((samples, make) => {
    const draws = Array.from({ length: 20 }, make)
    const fresh = draws.find(({ output }) => samples.every((sample) => sample.output !== output))
    return [...samples, fresh ?? make()]
  }, [])
}

export function illegal(input: string, ko: string, en: string): Draft['illegalInputs'][number] {
  return { input, reason: text(ko, en) }
}

export function strategy(name: string, kind: Strategy['kind'], ko: string, en: string): Strategy {
  return { name, kind, description: text(ko, en) }
}

export function program(approach: Text, complexity: string, source: string): Program {
  return { approach, complexity, code: source.trimStart() }
}

/** A wrong or slow program written for itself. */
export function decoy(idea: Text, source: string): Decoy {
  return { idea, code: source.trimStart() }
}

/** A wrong or slow program that is another one with some places changed; each `[find, replacement]` must be found. */
export function edited(idea: Text, { code }: Program, ...edits: readonly (readonly [string, string])[]): Decoy {
  return {
    idea,
    code: edits.reduce((source, [find, replacement]) => {
      if (!source.includes(find)) throw new Error(`nothing to change: ${find}`)
      return source.replace(find, () => replacement)
    }, code),
  }
}

/** A solver's program in C++17. */
export function cppSolver(approach: Text, complexity: string, source: string): Solver {
  return { ...program(approach, complexity, source), language: 'cpp' }
}

/** A generator program: the constants, the seeded `rng`, then the body, which prints one input for `strategy`. */
export function generatorCode(constants: Readonly<Record<string, number>>, body: string): string {
  const assignments = Object.entries(constants).map(([name, value]) => `${name} = ${value}`)
  return [
    'import random',
    'import sys',
    '',
    ...assignments,
    '',
    'strategy, seed = sys.stdin.readline().split()',
    'rng = random.Random(f"{strategy}:{seed}")',
    body,
  ].join('\n')
}
