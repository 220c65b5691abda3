// Checks of the statements: there is one, it says something, nothing in it waits to be filled in, and its name is known.
import type { Config } from './checks-config.ts'
import { type Finding, finding } from './findings.ts'
import { namesBelow, type PackageTree, type TreeFile, textOf } from './tree.ts'

/** Left by people and by templates. Constants in double braces are the format's own. */
const placeholders = /\b(TODO|FIXME|XXX|TBD|lorem ipsum|insert (?:text|statement|description) here)\b|\?\?\?/i

/** Checks the statements of a package. */
export function checkStatements(tree: PackageTree, config: Config): Finding[] {
  const { statementFolder: folder, statementEndings: endings, isLegacy } = config.format
  const form = new RegExp(`^problem(?:\\.([A-Za-z]{2,3}(?:-[A-Z]{2})?))?\\.(?:${endings.join('|')})$`)
  const statements = namesBelow(tree, folder).flatMap((name) => {
    const match = form.exec(name)
    const file = tree.files.get(`${folder}/${name}`)
    return match === null || file === undefined ? [] : [{ file, language: match[1] ?? 'en' }]
  })
  if (statements.length === 0) {
    return [finding('statement-missing', folder, { folder, ending: endings[0] ?? 'tex' })]
  }
  const findings = statements.flatMap(({ file }) => checkText(file, isLegacy))
  if (isLegacy) {
    const isNamed = config.name !== undefined || statements.every(({ file }) => isPdf(file) || hasName(file))
    if (!isNamed) findings.push(finding('config-name-missing', 'problem.yaml'))
    return findings
  }
  const languages = new Set(statements.map(({ language }) => language))
  const named = Object.keys(config.names ?? (config.name === undefined ? {} : { en: '' }))
  // Without any name there is a finding already.
  if (named.length === 0) return findings
  for (const { file, language } of statements) {
    if (!named.includes(language)) findings.push(finding('statement-unnamed', file.path, { language }))
  }
  for (const language of named) {
    if (!languages.has(language)) findings.push(finding('name-without-statement', 'problem.yaml', { language }))
  }
  return findings
}

function checkText(file: TreeFile, isLegacy: boolean): Finding[] {
  if (file.size === 0) return [finding('statement-empty', file.path)]
  if (isPdf(file)) return []
  const text = textOf(file)
  if (text === undefined) return [finding('not-utf8', file.path)]
  const body = withoutMarkup(text)
  if (body.trim() === '') return [finding('statement-empty', file.path)]
  const findings: Finding[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const [found] = placeholders.exec(line.replace(/(?<!\\)%.*$/, '')) ?? []
    if (found !== undefined) findings.push(finding('statement-placeholder', file.path, { text: found }, index + 1))
  }
  if (isLegacy && !hasName(file)) findings.push(finding('statement-name-missing', file.path))
  return findings
}

/** What is left without names, headings and comments: nothing in a skeleton. */
function withoutMarkup(text: string): string {
  return text
    .replaceAll(/(?<!\\)%.*$/gm, '')
    .replaceAll(/\\(?:problemname|section\*?|subsection\*?|begin|end)\{[^}]*\}/g, '')
    .replaceAll(/^#+ .*$/gm, '')
}

function hasName(file: TreeFile): boolean {
  return /\\problemname\s*\{[^}]*\S[^}]*\}/.test(textOf(file) ?? '')
}

function isPdf({ path }: TreeFile): boolean {
  return path.endsWith('.pdf')
}
