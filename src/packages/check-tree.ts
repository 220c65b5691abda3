// All checks of a package that need no program to be run.
import { checkConfig, type Config } from './checks-config.ts'
import { checkData } from './checks-data.ts'
import { checkFiles } from './checks-files.ts'
import { checkStatements } from './checks-statements.ts'
import { expectationOf, scoredFolder } from './expectations.ts'
import { type Finding, finding } from './findings.ts'
import { namesBelow, type PackageTree } from './tree.ts'

/** What looking at a package shows. */
export interface TreeCheck {
  readonly findings: readonly Finding[]
  /** Undefined when problem.yaml is of no use. */
  readonly config: Config | undefined
}

/** Checks names, configuration, statements, tests, and which programs there are. */
export function checkTree(tree: PackageTree): TreeCheck {
  const { findings, config } = checkConfig(tree)
  return {
    config,
    findings: [
      ...findings,
      ...checkFiles(tree, config?.format),
      ...(config === undefined ? [] : [...checkStatements(tree, config), ...checkPrograms(tree, config)]),
      ...checkData(tree, config?.outputMiB),
    ],
  }
}

function checkPrograms(tree: PackageTree, { format, isCustomValidation }: Config): Finding[] {
  const found: Finding[] = []
  const validators = ['input_validators', 'input_format_validators'].flatMap((folder) => namesBelow(tree, folder))
  if (validators.length === 0) found.push(finding('input-validator-missing', 'input_validators'))

  const home = format.outputValidatorFolder
  const outputValidators = namesBelow(tree, home)
  if (isCustomValidation === true && outputValidators.length === 0) {
    found.push(finding('output-validator-missing', 'problem.yaml', { folder: home }))
  }
  if (isCustomValidation === false && outputValidators.length > 0) found.push(finding('output-validator-unused', home))

  const accepted = namesBelow(tree, 'submissions/accepted')
  if (accepted.length === 0) found.push(finding('accepted-missing', 'submissions/accepted'))
  if (accepted.length === 1) found.push(finding('accepted-single', 'submissions/accepted'))
  for (const folder of namesBelow(tree, 'submissions')) {
    const path = `submissions/${folder}`
    const isKnown = expectationOf(folder, format.isLegacy) !== undefined || folder === scoredFolder
    // Newer versions may have folders of their own, which submissions.yaml explains.
    const isExplained = !format.isLegacy && tree.files.has('submissions/submissions.yaml')
    if (tree.folders.has(path) && !isKnown && !isExplained) found.push(finding('submission-folder-unknown', path))
  }
  return found
}
