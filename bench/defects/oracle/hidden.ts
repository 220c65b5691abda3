// The programs of a base problem as they lie in its folder.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { bases, type BaseId } from '../bases/index.ts'
import type { Language, Program } from './runner.ts'

const languages: Readonly<Record<string, Language>> = { '.py': 'python', '.cpp': 'cpp', '.java': 'java' }

export interface BasePrograms {
  /** Decides what is right; fast. */
  readonly truth: Program
  /** Right and obvious; too slow for the largest inputs of a problem that is not easy. */
  readonly naive: Program
  readonly wrong: readonly Program[]
  readonly slow: readonly Program[]
  readonly right: readonly Program[]
}

export function programsOf(id: BaseId): BasePrograms {
  const folder = path.join(import.meta.dirname, '..', 'bases', id)
  const programs = readdirSync(folder)
    .sort()
    .flatMap((name): Program[] => {
      const language = languages[path.extname(name)]
      return language === undefined ? [] : [{ name, language, source: readFileSync(path.join(folder, name), 'utf8') }]
    })
  const named = (name: string): Program => {
    const found = programs.find((program) => program.name === name)
    if (found === undefined) throw new Error(`${id} has no program ${name}`)
    return found
  }
  const kind = (prefix: string): Program[] => programs.filter(({ name }) => name.startsWith(prefix))
  return {
    truth: named(bases[id].truth),
    naive: named(bases[id].naive),
    wrong: kind('wrong-'),
    slow: kind('slow-'),
    right: kind('right-'),
  }
}
