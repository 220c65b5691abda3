// A program of a problem of ours as the executor takes it.
import type { Program } from '../contract/execution.ts'
import { sourceEndings } from '../contract/languages.ts'
import type { SourceProgram } from './source.ts'

/** One main file, named as its language likes it. */
export function programOf({ language, source }: SourceProgram): Program {
  return { language, files: [{ name: `main${sourceEndings[language][0]}`, text: source }] }
}
