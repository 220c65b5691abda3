// The versions of the package format as far as the checks differ by them. https://www.kattis.com/problem-package-format/

/** What a version calls things. `legacy-icpc` has the names of `legacy`. */
export interface Format {
  readonly isLegacy: boolean
  readonly statementFolder: string
  readonly statementEndings: readonly string[]
  readonly outputValidatorFolder: string
  /** Keys of problem.yaml. */
  readonly keys: ReadonlySet<string>
  /** Folders at the top. */
  readonly folders: ReadonlySet<string>
}

const words = (line: string): string[] => line.split(' ')

const legacy: Format = {
  isLegacy: true,
  statementFolder: 'problem_statement',
  statementEndings: ['tex', 'pdf'],
  outputValidatorFolder: 'output_validators',
  keys: new Set(
    words(
      'problem_format_version type name uuid author source source_url license rights_owner limits validation validator_flags grading keywords',
    ),
  ),
  folders: new Set(
    words(
      'problem_statement attachments data include submissions input_validators input_format_validators output_validators graders generators solution',
    ),
  ),
}

const newer: Format = {
  isLegacy: false,
  statementFolder: 'statement',
  statementEndings: ['md', 'tex', 'pdf'],
  outputValidatorFolder: 'output_validator',
  keys: new Set(
    words(
      'problem_format_version type name uuid version credits source license rights_owner embargo_until limits keywords languages allow_file_writing constants',
    ),
  ),
  folders: new Set(
    words(
      'statement attachments solution data generators include submissions input_validators static_validator output_validator input_visualizer output_visualizer',
    ),
  ),
}

const versions: Readonly<Record<string, Format>> = {
  legacy,
  'legacy-icpc': legacy,
  '2023-07': newer,
  '2023-07-draft': newer,
  '2025-09': newer,
  '2025-09-draft': newer,
  draft: newer,
}

/** What a `problem_format_version` means; undefined for one that does not exist. Nothing is `legacy`. */
export function formatOf(version: string | undefined): Format | undefined {
  const name = version ?? 'legacy'
  return Object.hasOwn(versions, name) ? versions[name] : undefined
}
