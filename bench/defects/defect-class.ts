// What a class of defects is, and how one is made of a change to one part of a clean problem.
import type { Artefact } from '../../src/contract/verification.ts'
import type { Target } from './target.ts'

/** An entry of a scenario: how one request is answered (docs/scenarios.md). */
export type Entry = Readonly<Record<string, unknown>> | string

/** What is answered in the place of the clean replies. */
export type Planted = Partial<Record<Artefact, Entry>>

export interface DefectClass {
  readonly id: string
  /** What is wrong, for people. */
  readonly title: string
  /** The task as it is stored already, so that the problem is a near copy. */
  readonly storedTwin?: true
  /** What the request wishes for in words, in which somebody may try to talk to the model. */
  readonly wish?: string
  plant(target: Target): Planted | undefined
}

/** Input words of a large test, and of a tiny one. */
export const large = 'len(_words) > 2000'
export const tiny = 'len(_words) <= _least'

/** A class that changes the reference; a code that stays the same means that the base has no place for it. */
export function reference(id: string, title: string, change: (code: string) => string): DefectClass {
  return program('reference', id, title, change)
}

/** The same for any of the programs that every problem has. */
export function program(
  artefact: 'reference' | 'brute-force' | 'generator',
  id: string,
  title: string,
  change: (code: string, target: Target) => string,
): DefectClass {
  return {
    id,
    title,
    plant: (target) => {
      const reply = target.clean(artefact)
      const code = change(reply.code, target)
      return code === reply.code ? undefined : { [artefact]: { reply: { ...reply, code } } }
    },
  }
}

/** A class that changes fields of the blueprint. */
export function blueprint(
  id: string,
  title: string,
  change: (reply: ReturnType<typeof cleanBlueprint>, target: Target) => object | undefined,
): DefectClass {
  return {
    id,
    title,
    plant: (target) => {
      const changed = change(cleanBlueprint(target), target)
      return changed === undefined ? undefined : { blueprint: { reply: { ...cleanBlueprint(target), ...changed } } }
    },
  }
}

/** A class that changes fields of the statement. */
export function statement(
  id: string,
  title: string,
  change: (description: string, target: Target) => { description?: string; title?: string; output_format?: string },
): DefectClass {
  return {
    id,
    title,
    plant: (target) => {
      const reply = target.clean('statement')
      return { statement: { reply: { ...reply, ...change(reply.description, target) } } }
    },
  }
}

/** A class that answers with an entry of its own, whatever the base. */
export function raw(id: string, title: string, artefact: Artefact, entry: Entry): DefectClass {
  return { id, title, plant: () => ({ [artefact]: entry }) }
}

function cleanBlueprint(target: Target) {
  return target.clean('blueprint')
}

/** How many words the smallest sample has: about what counts as tiny. */
export function withLeast(target: Target, ...lines: string[]): string[] {
  const least = Math.min(...target.clean('blueprint').samples.map(({ input }) => input.split(/\s+/).length)) / 2
  return [`_least = ${Math.ceil(least)}`, ...lines]
}
