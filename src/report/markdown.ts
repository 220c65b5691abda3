// A report as Markdown. Everything that comes from outside is escaped, so that it cannot become a heading, a table or HTML.
import type { Block, Inline } from './blocks.ts'

/** The report's text; ends with a line feed. */
export function markdown(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${plain(block.text)}`
    case 'paragraph':
      return inlines(block.text)
    case 'list':
      return block.items.map((item) => `- ${inlines(item)}`).join('\n')
    case 'table': {
      const rule = block.head.map((_, column) => (block.numeric.includes(column) ? '---:' : '---'))
      const rows = block.rows.map((row) => row.map((cell) => inlines(cell, asCell)))
      return [block.head.map(plain), rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
    }
    case 'fold':
      return `${plain(block.summary)}\n\n${fenced(block.text)}`
    case 'picture':
      return fenced(block.picture.text)
  }
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text.trimEnd()}\n${fence}`
}

/** In a table a bar ends the cell, even within code. */
function asCell(code: string): string {
  return code.replaceAll('|', '\\|')
}

function inlines(parts: readonly Inline[], escape: (code: string) => string = (code) => code): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return plain(part)
      return 'code' in part ? escape(codeText(part.code)) : `**${plain(part.strong)}**`
    })
    .join('')
}

function codeText(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ')
  if (line === '') return ''
  return line.includes('`') ? `\`\` ${line.replaceAll('``', '` `')} \`\`` : `\`${line}\``
}

function plain(text: string): string {
  if (text.trim() === '') return text === '' ? '' : ' '
  return (
    text
      .replaceAll(/\s*\n\s*/g, ' ')
      .replaceAll(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`)
      .trim()
      .replace(/^([+-]|\d+\.)(?= )/, '\\$1')
      // A blank before or after a part matters where parts are joined.
      .replace(/^/, /^\s/.test(text) ? ' ' : '')
      .replace(/$/, /\s$/.test(text) ? ' ' : '')
  )
}
