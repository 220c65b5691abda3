// Tokens of C, C++, Java and JavaScript, as well as changing one of them needs: comments, texts, directives and type
// arguments are told from what computes.
import type { ExecutorLanguage } from '../../contract/languages.ts'

export type TokenLanguage = Exclude<ExecutorLanguage, 'python'>

export interface Token {
  /** `text` is a string, a character, a template or a regular expression, as a whole. */
  readonly kind: 'word' | 'number' | 'text' | 'sign'
  readonly text: string
  /** Offsets in the source. */
  readonly from: number
  readonly to: number
  /** Part of a list of type arguments or parameters, its angle brackets included. */
  isTypeArgument: boolean
}

const digits = String.raw`\d(?:['_]?\d)*`
const patterns = {
  blank: /\s+|\\\r?\n/y,
  comment: /\/\/(?:[^\n\\]|\\[^])*|\/\*[^]*?(?:\*\/|$)/y,
  directive: /#(?:[^\n\\]|\\[^])*/y,
  rawText: /(?:u8|[uUL])?R"([^\s()\\]{0,16})\([^]*?\)\1"/y,
  textBlock: /"""(?:[^\\]|\\[^])*?"""/y,
  text: /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?/y,
  expression: /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  number: new RegExp(
    String.raw`0[xXbB][\da-fA-F]+(?:['_][\da-fA-F]+)*[uUlLn]*|(?:${digits}(?:\.(?:${digits})?)?|\.${digits})(?:[eE][+-]?\d+)?[a-zA-Z]*`,
    'y',
  ),
  word: /[\p{L}_$@#][\p{L}\p{N}_$]*/uy,
  sign: />>>=|<=>|===|!==|\*\*=|<<=|>>=|>>>|\.\.\.|->\*|&&=|\|\|=|\?\?=|::|->|=>|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||\?\?|\?\.|\*\*|[-+*/%&|^]=|[^]/y,
} as const

/** After these a sign cannot stand between two operands. */
const openingWords = new Set(['return', 'case', 'throw', 'typeof', 'in', 'of', 'else', 'do', 'delete', 'new', 'yield'])

/** Whether a token can end an operand. */
export function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false
  if (token.kind === 'sign') return token.text === ')' || token.text === ']'
  return token.kind !== 'word' || !openingWords.has(token.text)
}

/** The tokens of a source in order; what cannot be read is a sign of one character. */
export function tokenise(source: string, language: TokenLanguage): Token[] {
  const tokens: Token[] = []
  let at = 0
  const matched = (name: keyof typeof patterns): string | undefined => {
    const pattern = patterns[name]
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  const isC = language === 'c' || language === 'cpp'
  while (at < source.length) {
    const passed = matched('blank') ?? matched('comment') ?? (isC ? matched('directive') : undefined)
    if (passed !== undefined) {
      at += passed.length
      continue
    }
    const { kind, text } = next()
    tokens.push({ kind, text, from: at, to: at + text.length, isTypeArgument: false })
    at += text.length
  }
  if (language === 'cpp' || language === 'java') markTypeArguments(tokens, language)
  return tokens

  function next(): Pick<Token, 'kind' | 'text'> {
    const raw = language === 'cpp' ? matched('rawText') : language === 'java' ? matched('textBlock') : undefined
    const text = raw ?? (language === 'javascript' ? template(source, at) : undefined) ?? matched('text')
    if (text !== undefined) return { kind: 'text', text }
    if (language === 'javascript' && !endsOperand(tokens.at(-1))) {
      const expression = matched('expression')
      if (expression !== undefined) return { kind: 'text', text: expression }
    }
    const number = matched('number')
    if (number !== undefined) return { kind: 'number', text: number }
    const word = matched('word')
    if (word !== undefined) return { kind: 'word', text: word }
    return { kind: 'sign', text: matched('sign') ?? '' }
  }
}

/** A template of JavaScript from its first to its last back-quote, with the templates in it. */
function template(source: string, from: number): string | undefined {
  if (source[from] !== '`') return undefined
  // Of each brace and back-quote that is open, its kind.
  const open = ['`']
  let at = from + 1
  for (; at < source.length && open.length > 0; at += 1) {
    const inText = open.at(-1) === '`'
    const sign = source[at]
    if (sign === '\\') at += 1
    else if (sign === '`' && inText) open.pop()
    else if (sign === '`') open.push('`')
    else if (inText && sign === '$' && source[at + 1] === '{') {
      open.push('{')
      at += 1
    } else if (!inText && sign === '{') open.push('{')
    else if (!inText && sign === '}') open.pop()
  }
  return source.slice(from, at)
}

const typeSigns = new Set([',', '::', '*', '&', '[', ']', '.', '...', '(', ')', '+', '-', '?', '=', '@'])
const afterTypes = new Set(['(', ')', ',', '>', '>>', '::', '{', '}', ';', '&', '&&', '*', '[', '...', '=', '.', ':'])
const closes: Readonly<Record<string, number>> = { '>': 1, '>>': 2, '>>>': 3 }

function markTypeArguments(tokens: readonly Token[], language: TokenLanguage): void {
  for (const [first, token] of tokens.entries()) {
    if (token.text !== '<' || token.kind !== 'sign' || token.isTypeArgument) continue
    const before = tokens[first - 1]
    if (before?.text === 'operator' || (before?.kind !== 'word' && !(language === 'java' && before?.text === '.')))
      continue
    const last = endOfTypes(tokens, first, language, before.text === 'template')
    if (last === undefined) continue
    for (const part of tokens.slice(first, last + 1)) part.isTypeArgument = true
  }
}

/** Where a list of types ends that begins at an angle bracket; undefined when it is none. */
function endOfTypes(
  tokens: readonly Token[],
  first: number,
  language: TokenLanguage,
  isTemplate: boolean,
): number | undefined {
  let depth = 1
  let brackets = 0
  for (let at = first + 1; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: 'text', text: '' }
    if (kind === 'text' || (kind === 'word' && openingWords.has(text))) return undefined
    if (kind !== 'sign') continue
    if (text === '<') depth += 1
    else if (closes[text] !== undefined) depth -= closes[text]
    else if (!typeSigns.has(text)) return undefined
    if (depth === 0) {
      const after = tokens[at + 1]
      const isEnd = after === undefined || after.kind === 'word' || afterTypes.has(after.text)
      return brackets === 0 && isEnd ? at : undefined
    }
    if (text === '(') brackets += 1
    if (text === ')') brackets -= 1
    if (depth < 0 || brackets < 0 || (text === '=' && !isTemplate)) return undefined
    if (text === '?' && (language !== 'java' || !['<', ','].includes(tokens[at - 1]?.text ?? ''))) return undefined
  }
  return undefined
}
