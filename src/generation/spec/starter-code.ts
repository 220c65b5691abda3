// What a solver begins with: a program that reads the whole input into variables of the statement's names.
import type { ExecutorLanguage } from '../../contract/languages.ts'
import type { InputSpec } from '../../contract/input-spec.ts'
import { javascriptStarter, pythonStarter } from './starter-lines.ts'
import { cStarter, cppStarter, javaStarter } from './starter-programs.ts'

/** A program that reads the input and then does nothing; `solve here` stands where the work begins. Java's class is `Main`. */
export function starterCode(spec: InputSpec, language: ExecutorLanguage): string {
  switch (language) {
    case 'python':
      return pythonStarter(spec)
    case 'javascript':
      return javascriptStarter(spec)
    case 'c':
      return cStarter(spec)
    case 'cpp':
      return cppStarter(spec)
    case 'java':
      return javaStarter(spec)
  }
}
