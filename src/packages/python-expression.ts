// Expressions of the input spec in Python. The grammars differ in the power sign, in division, in literals, and in names.

/** Names that a variable of a spec must not have in Python: keywords, and what a validator itself uses. */
const taken = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield ' +
    'min max sum range frozenset reader check main re sys Reader Refused'
  ).split(' '),
)

/** A variable's name in Python; the length `|S|` has one, too. The program's own variables begin with `_` or are capital. */
export function pythonName(name: string): string {
  if (name.startsWith('|')) return `len_${name.slice(1, -1)}`
  return taken.has(name) || /^(len_|LETTERS_)/.test(name) ? `${name}_` : name
}

/** An integer expression. */
export function pythonExpression(source: string): string {
  const tokens = source.match(/[A-Za-z][A-Za-z0-9_]*|\|[A-Za-z][A-Za-z0-9_]*\||\d+|\S/g) ?? []
  return tokens
    .map((token, index) => {
      if (token === '^') return '**'
      if (token === '/') return '//'
      if (/^\d+$/.test(token)) return token.replace(/^0+(?=\d)/, '')
      if (!/^([A-Za-z]|\|.)/.test(token)) return token
      const isCall = (token === 'min' || token === 'max') && tokens[index + 1] === '('
      return isCall ? token : pythonName(token)
    })
    .join(' ')
    .replaceAll(/(min|max) \( /g, '$1(')
    .replaceAll(/ ([),])/g, '$1')
    .replaceAll('( ', '(')
}

/** A real number's bound times 10^decimals: an expression, or a decimal literal. */
export function scaledExpression(source: string, decimals: number): string {
  const [, sign = '', whole = '', fraction] = /^\s*(-?)(\d+)\.(\d+)\s*$/.exec(source) ?? []
  if (fraction !== undefined) return String(BigInt(`${sign}${whole}${fraction.padEnd(decimals, '0')}`))
  return decimals === 0 ? pythonExpression(source) : `(${pythonExpression(source)}) * 10 ** ${decimals}`
}
