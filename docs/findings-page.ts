// docs/findings.md from the catalogue of findings.
import { checkIds, findingIds, kindOf } from '../src/packages/findings.ts'

/** The page. */
export function findingsPage(): string {
  const sections = checkIds.flatMap((check) => {
    const ids = findingIds.filter((id) => kindOf(id).check === check)
    const rows = ids.map((id) => {
      const { severity, what, why, fix } = kindOf(id)
      return `| \`${id}\` | ${severity} | ${[what, why, fix].map((words) => words.en.replaceAll('|', '\\|')).join(' | ')} |`
    })
    return [`## ${check}`, '', '| id | severity | what | why | fix |', '|---|---|---|---|---|', ...rows, '']
  })
  return [head, ...sections].join('\n')
}

const head = `# Findings of verify

Generated from \`src/packages/catalogue/\` by \`npm run docs\`. An id never changes its meaning; words may. Where braces stand, a
finding names what it is about. Errors make \`verify\` end with 1, warnings do not. How to use it: [packages.md](packages.md).
`
