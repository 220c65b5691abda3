// How a package compares outputs: the default validator's flags where they say what our checker says, else a program.
import type { Program } from '../contract/execution.ts'
import type { Checker } from '../contract/judging.ts'

/** What a package says about comparing. */
export type OutputValidation =
  | { readonly kind: 'default'; readonly flags: readonly string[] }
  | { readonly kind: 'custom'; readonly program: Program; readonly flags: readonly string[] }
  | { readonly kind: 'impossible'; readonly why: string }

/** The package's form of one of our checkers. */
export function outputValidation(checker: Checker): OutputValidation {
  const caseFlag = 'ignoreCase' in checker && checker.ignoreCase === true ? [] : ['case_sensitive']
  switch (checker.kind) {
    case 'tokens':
      return { kind: 'default', flags: caseFlag }
    case 'exact':
      return { kind: 'default', flags: ['case_sensitive', 'space_change_sensitive'] }
    case 'float': {
      const { absolute, relative } = checker
      const tolerance =
        absolute === relative
          ? ['float_tolerance', String(absolute)]
          : ['float_absolute_tolerance', String(absolute), 'float_relative_tolerance', String(relative)]
      return { kind: 'default', flags: [...caseFlag, ...tolerance] }
    }
    case 'lines':
    case 'unordered':
      return { kind: 'impossible', why: `the format has no way to compare outputs by "${checker.kind}"` }
    case 'custom':
      return checker.protocol === 'kattis'
        ? { kind: 'custom', program: checker.program, flags: checker.args }
        : { kind: 'impossible', why: 'a testlib checker does not speak the protocol of packages' }
  }
}
