// A problem before anything is run: what its files show, and what there is to run.
import { submissionSchema } from '../../contract/judging.ts'
import { checkTree } from '../../packages/check-tree.ts'
import { documentSubject, documentTree, inDocument } from '../../packages/document-subject.ts'
import type { CheckId, Finding } from '../../packages/findings.ts'
import type { PackageSource } from '../../packages/source.ts'
import type { Subject } from '../../packages/subject.ts'
import { fromDocument } from '../judging/problem-document.ts'
import { settleLimits } from '../judging/limits.ts'
import type { Reading } from '../judging/text-file.ts'
import { LocalError } from '../local-error.ts'
import { texts } from '../texts.ts'
import { packageSubject } from './package-subject.ts'
import { readTree } from './read-tree.ts'
import { words } from './words.ts'

/** Checks that run programs. */
const executed: readonly CheckId[] = [
  'input-validators',
  'output-validator',
  'submissions',
  'coverage',
  'generators',
  'mutants',
]

/** What was seen without running anything. */
export interface Looked {
  readonly findings: readonly Finding[]
  /** Undefined where nothing can be run. */
  readonly subject: Subject | undefined
  readonly skipped: ReadonlyMap<CheckId, string>
  /** What was left out of checks that were run. */
  readonly partly: ReadonlyMap<CheckId, string>
  readonly rename: (found: Finding) => Finding
}

/** Looks at somebody's package. Throws LocalError when there is none, or it cannot be read. */
export async function lookAtPackage(folder: string, reading: Reading): Promise<Looked> {
  const word = words[reading.locale]
  const tree = await readTree(folder, reading)
  if (!tree.files.has('problem.yaml') && !tree.folders.has('data')) {
    throw new LocalError('bad-package', `${word.noPackage(folder)} ${texts[reading.locale].takes('verify')}`)
  }
  const { findings, config } = checkTree(tree)
  const looked = { findings, partly: new Map<CheckId, string>(), rename: (found: Finding) => found }
  const without = (why: string): Looked => ({
    ...looked,
    subject: undefined,
    skipped: new Map(executed.map((check) => [check, why] as const)),
  })
  if (config === undefined) return without(word.reason['no-config'])
  if (config.isInteractive) return without(word.reason.interactive)
  try {
    const { subject, leftOut } = await packageSubject(folder, tree, config, reading)
    for (const { path, why } of leftOut) {
      const check = path.startsWith('submissions/') ? 'submissions' : 'input-validators'
      looked.partly.set(check, [looked.partly.get(check), word.notRunHere(path, why)].filter(Boolean).join('; '))
    }
    looked.partly.set('coverage', word.boundsUnknown)
    return { ...looked, subject, skipped: new Map() }
  } catch (error) {
    if (!(error instanceof LocalError)) throw error
    return without(error.message)
  }
}

/** Looks at a problem of ours. Throws LocalError when its limits are beyond reason. */
export function lookAtDocument(source: PackageSource, { locale }: Reading): Looked {
  const { tests, limits } = fromDocument(source, source.slug)
  const settled = settleLimits({}, limits, tests, locale)
  const arena = { tests, limits: submissionSchema.shape.limits.parse(settled.limits), checker: source.checker }
  const { findings } = checkTree(documentTree(source))
  return {
    findings,
    subject: documentSubject(source, arena),
    skipped: new Map(),
    partly: new Map(),
    rename: (found) => inDocument(found, source),
  }
}
