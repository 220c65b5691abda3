// What a report consists of, before it is Markdown or HTML.

/** Text in a cell or line; `code` is shown as it is. */
export type Inline = string | { readonly code: string } | { readonly strong: string }

/** A picture: drawn in HTML, told in text elsewhere. */
export interface Picture {
  readonly svg: string
  readonly text: string
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
      /** Columns of figures, which stand to the right. */
      readonly numeric: readonly number[]
    }
  /** Text as it is, out of the way until somebody wants to see it. */
  | { readonly kind: 'fold'; readonly summary: string; readonly text: string }
  | { readonly kind: 'picture'; readonly picture: Picture }

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
export const paragraph = (...text: Inline[]): Block => ({ kind: 'paragraph', text })
export const list = (...items: (readonly Inline[])[]): Block => ({ kind: 'list', items })
export const code = (text: string): Inline => ({ code: text })
export const strong = (text: string): Inline => ({ strong: text })

/** A table; `numeric` are the columns of figures. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (Inline | readonly Inline[])[])[],
  numeric: readonly number[] = [],
): Block {
  return {
    kind: 'table',
    head,
    numeric,
    rows: rows.map((row) => row.map((cell): readonly Inline[] => (isList(cell) ? cell : [cell]))),
  }
}

function isList(cell: Inline | readonly Inline[]): cell is readonly Inline[] {
  return Array.isArray(cell)
}
