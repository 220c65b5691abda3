// A problem's statement as the format wants it: LaTeX for `legacy`, Markdown for the newer versions. Samples stay out of both.
import type { Locale } from '../contract/topics.ts'
import type { FormatVersion, PackageFile, PackageSource } from './source.ts'

const headings: Readonly<Record<Locale, { input: string; output: string; constraints: string }>> = {
  // LaTeX without a Korean font must still set an English statement: only the Korean one has both languages.
  ko: { input: '입력 (Input)', output: '출력 (Output)', constraints: '제한 (Constraints)' },
  en: { input: 'Input', output: 'Output', constraints: 'Constraints' },
}

/** The statement's file. A problem has one language, so there is one. */
export function statementFile(source: PackageSource, version: FormatVersion): PackageFile {
  const heading = headings[source.locale]
  const sections: readonly (readonly [string, string])[] = [
    [heading.input, source.input_format],
    [heading.output, source.output_format],
    [heading.constraints, source.constraints],
  ]
  const filled = sections.filter(([, text]) => text.trim() !== '')
  const description = source.description.trim()
  if (version === '2023-07') {
    const parts = [description, ...filled.map(([title, text]) => `## ${title}\n\n${apart(text.trim())}`)]
    return { path: `statement/problem.${source.locale}.md`, text: `${parts.join('\n\n')}\n` }
  }
  const parts = [
    `\\problemname{${inline(source.title)}}`,
    blocks(description),
    ...filled.map(([title, text]) => `\\section*{${inline(title)}}\n\n${blocks(text.trim())}`),
  ]
  return { path: `problem_statement/problem.${source.locale}.tex`, text: `${parts.join('\n\n')}\n` }
}

/** Markdown would fill a paragraph: what stands on a line of its own becomes one of its own. */
function apart(text: string): string {
  return text.replaceAll(/(?<=\S)\n(?=[^\s*-])/g, '\n\n')
}

/** Paragraphs and lists; lines of the text stay lines. */
function blocks(text: string): string {
  const lines: string[] = []
  let isInList = false
  for (const line of text.split(/\r?\n/)) {
    const item = /^\s*[-*] (.*)$/.exec(line)?.[1]
    if ((item !== undefined) !== isInList) lines.push(isInList ? '\\end{itemize}' : '\\begin{itemize}')
    isInList = item !== undefined
    // A line break of a plain text is meant; LaTeX would fill the paragraph.
    lines.push(item === undefined ? inline(line) : `\\item ${inline(item)}`)
  }
  if (isInList) lines.push('\\end{itemize}')
  return lines.join('\n').replaceAll(/(?<=\S)\n(?=[^\\\n])/g, ' \\\\\n')
}

const signs: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '≤': '$\\le$',
  '≥': '$\\ge$',
  '≠': '$\\ne$',
  '×': '$\\times$',
  '−': '$-$',
  '→': '$\\to$',
  '…': '\\ldots{}',
}

/** One line of plain text: powers and indices become formulas, `code` a typewriter face, signs are escaped. */
function inline(line: string): string {
  const special = /`([^`]+)`|(\b[A-Za-z0-9]+)\^(-?[A-Za-z0-9]+)|(\b[A-Za-z]{1,3})_([A-Za-z0-9]+)\b/g
  let text = ''
  let at = 0
  for (const match of line.matchAll(special)) {
    const [whole, code, base, power, name, index] = match
    text += escaped(line.slice(at, match.index))
    if (code !== undefined) text += `\\texttt{${escaped(code)}}`
    else text += base === undefined ? `$${name}_{${index}}$` : `$${base}^{${power}}$`
    at = match.index + whole.length
  }
  return text + escaped(line.slice(at))
}

function escaped(text: string): string {
  return text.replaceAll(/[\\{}$&#%_^~<>|≤≥≠×−→…]/g, (sign) => signs[sign] ?? sign)
}
