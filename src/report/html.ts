// A report as one HTML page: no script, nothing loaded, readable in light and dark and on paper.
import type { Locale } from '../contract/topics.ts'
import type { Block, Inline } from './blocks.ts'

/** The whole page. */
export function html(title: string, locale: Locale, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${blocks.map(blockHtml).join('\n')}
</main>
</body>
</html>
`
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escape(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${inlines(block.text)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${inlines(item)}</li>`).join('')}</ul>`
    case 'table': {
      const kind = (column: number): string => (block.numeric.includes(column) ? ' class="figure"' : '')
      const head = block.head.map((cell, column) => `<th${kind(column)}>${escape(cell)}</th>`).join('')
      const rows = block.rows.map(
        (row) => `<tr>${row.map((cell, column) => `<td${kind(column)}>${inlines(cell)}</td>`).join('')}</tr>`,
      )
      return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
    }
    case 'fold':
      return `<details><summary>${escape(block.summary)}</summary><pre>${escape(block.text)}</pre></details>`
    case 'picture':
      return `<div class="wide">${block.picture.svg}</div>`
  }
}

function inlines(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return escape(part)
      return 'code' in part ? `<code>${escape(part.code)}</code>` : `<strong>${escape(part.strong)}</strong>`
    })
    .join('')
}

/** Text as HTML shows it; also for attributes. */
export function escape(text: string): string {
  return text.replaceAll(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  )
}

const style = `
:root { color-scheme: light dark; --ink: #1c2230; --soft: #5b6475; --line: #d9dde5; --page: #fbfbfa; --card: #f1f3f6; --good: #2f8f5b; --bad: #c8443b; --slow: #c58a1b; --heavy: #9a5b2e; --other: #7b5ea7; --none: #dfe3ea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b5; --line: #343b49; --page: #14171d; --card: #1d222b; --good: #4fb57e; --bad: #e06a60; --slow: #d9a441; --heavy: #c08457; --other: #a68bd1; --none: #2b313c; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.6 system-ui, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; word-break: keep-all; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; padding-top: .6rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
p, ul { margin: .5rem 0; }
code, pre { font: .9em/1.5 ui-monospace, 'Cascadia Mono', Menlo, monospace; background: var(--card); border-radius: 4px; }
code { padding: .1em .3em; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--soft); }
pre { padding: .8rem 1rem; overflow-x: auto; }
.wide { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
svg .soft { fill: var(--soft); }
@media print { body { background: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
`
