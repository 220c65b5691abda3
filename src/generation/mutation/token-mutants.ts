// Mutants of C, C++, Java and JavaScript by their tokens. Some do not compile, which running them shows.
import { endsOperand, tokenise, type Token, type TokenLanguage } from './tokens.ts'

/** A change of one place of a source. */
export interface Change {
  readonly operator: string
  /** Offsets of what is replaced. */
  readonly from: number
  readonly to: number
  readonly replacement: string
}

const comparisons: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '!=',
  '!=': '==',
  '===': '!==',
  '!==': '===',
}
const arithmetic: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '&': '|',
  '|': '&',
  '^': '|',
  '**': '*',
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '&=': '|=',
  '|=': '&=',
  '^=': '|=',
  '++': '--',
  '--': '++',
}
const booleans: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' }
const exchanged: Readonly<Record<string, readonly [string, string]>> = {
  min: ['min-max', 'max'],
  max: ['min-max', 'min'],
  MIN: ['min-max', 'MAX'],
  MAX: ['min-max', 'MIN'],
  min_element: ['min-max', 'max_element'],
  max_element: ['min-max', 'min_element'],
  lower_bound: ['comparison', 'upper_bound'],
  upper_bound: ['comparison', 'lower_bound'],
  greater: ['order', 'less'],
  less: ['order', 'greater'],
  reverseOrder: ['order', 'naturalOrder'],
}
const infinite =
  /^(?:(?:U?INT|U?L?LONG)(?:32|64)?_M(?:AX|IN)|MAX_VALUE|MIN_VALUE|MAX_SAFE_INTEGER|MIN_SAFE_INTEGER|Infinity|INFINITY|POSITIVE_INFINITY|NEGATIVE_INFINITY|HUGE_VAL)$/
const sizeNames = /^(?:MAX|MX|SIZE|LIM|[NMKQ]$)/i
const compoundSigns = new Set(['+=', '-=', '*=', '/=', '&=', '|=', '^=', '<<=', '>>='])
/** Calls that change something and return nothing that is needed. */
const changingCalls = new Set(
  `push push_back emplace emplace_back push_front pop pop_back pop_front insert erase clear add addAll addFirst addLast put
  remove removeFirst removeLast offer poll merge set append sort reverse unshift shift splice delete fill swap`.split(
    /\s+/,
  ),
)
const readers =
  /^(?:cin|scanf|getline|getchar|getchar_unlocked|fread|fgets|gets|stdin|sync_with_stdio|setvbuf|Scanner|BufferedReader|InputStreamReader|StringTokenizer|StreamTokenizer|DataInputStream|readFileSync|createInterface|require|exit)$/
/** Methods that read when they are called. */
const readingCalls = /^(?:next|read|hasNext|hasMore)(?:[A-Z]\w*)?$/
const declaring = new Set(['import', 'package', 'using', 'typedef', 'template', 'include', 'throw', 'throws'])
const types = new Set(
  `int long short char bool boolean byte float double unsigned signed auto const void string String static final size_t
  var let`.split(/\s+/),
)
const controls = new Set(
  'if for while do switch else try catch finally function class struct enum interface case default public private protected namespace'.split(
    ' ',
  ),
)

/** Everything that could be changed in a source. */
export function proposeChanges(source: string, language: TokenLanguage): Change[] {
  return new Proposer(source, language).changes()
}

class Proposer {
  readonly #source: string
  readonly #language: TokenLanguage
  readonly #tokens: readonly Token[]
  /** Of each bracket, the place of the other one. */
  readonly #partners: ReadonlyMap<number, number>
  readonly #skipped = new Set<number>()
  readonly #changes: Change[] = []

  constructor(source: string, language: TokenLanguage) {
    this.#source = source
    this.#language = language
    this.#tokens = tokenise(source, language)
    this.#partners = partnersOf(this.#tokens)
  }

  changes(): Change[] {
    const statements = this.#statements()
    for (const [at, { isTypeArgument }] of this.#tokens.entries()) if (isTypeArgument) this.#skipped.add(at)
    for (const { first, last } of statements) {
      const own = this.#own(first, last)
      if (this.#isLeftAlone(first, own)) for (const at of own) this.#skipped.add(at)
    }
    this.#skipMain()
    for (const { first, last } of statements) if (!this.#skipped.has(first)) this.#statement(first, last)
    for (const [at, token] of this.#tokens.entries()) {
      if (this.#skipped.has(at)) continue
      if (token.kind === 'sign') this.#sign(at, token)
      else if (token.kind === 'number') this.#number(at, token)
      else if (token.kind === 'word') this.#word(at, token)
    }
    return this.#changes
  }

  #text(at: number): string {
    return this.#tokens[at]?.text ?? ''
  }

  /** Replaces the tokens from `first` to `last`. */
  #replace(operator: string, first: number, last: number, replacement: string): void {
    const [from, to] = [this.#tokens[first]?.from, this.#tokens[last]?.to]
    if (from !== undefined && to !== undefined) this.#changes.push({ operator, from, to, replacement })
  }

  /** Statements that end with a semicolon, or in JavaScript with their line. */
  #statements(): { first: number; last: number }[] {
    return this.#tokens.flatMap((_, first) => {
      const last = this.#isBeginning(first) ? this.#endOfStatement(first) : undefined
      return last === undefined ? [] : [{ first, last }]
    })
  }

  #isBeginning(at: number): boolean {
    const before = this.#text(at - 1)
    if (at === 0 || [';', '{', '}', 'else', 'do'].includes(before)) return !this.#isInHeader(at)
    if (before === ')') return this.#isHeader(this.#partners.get(at - 1))
    return this.#language === 'javascript' && this.#endsLine(at - 1)
  }

  /** Whether the bracket opens the condition of a branch or loop. */
  #isHeader(open: number | undefined): boolean {
    return open !== undefined && ['if', 'for', 'while'].includes(this.#text(open - 1))
  }

  /** Whether a place is between the semicolons of a loop's header. */
  #isInHeader(at: number): boolean {
    for (let open = at - 1; open >= 0; open -= 1) {
      const text = this.#text(open)
      if (text === '{' || text === '}') return false
      if (text === ')') open = this.#partners.get(open) ?? 0
      else if (text === '(') return this.#text(open - 1) === 'for'
    }
    return false
  }

  #endsLine(at: number): boolean {
    const [token, after] = [this.#tokens[at], this.#tokens[at + 1]]
    if (token === undefined || after === undefined) return true
    if (!this.#source.slice(token.to, after.from).includes('\n')) return false
    return (endsOperand(token) || token.text === '}') && (after.kind !== 'sign' || '{}!'.includes(after.text))
  }

  #endOfStatement(first: number): number | undefined {
    if (controls.has(this.#text(first))) return undefined
    let isExpression = this.#text(first) === 'return'
    for (let at = first; at < this.#tokens.length; at += 1) {
      const text = this.#text(at)
      if (text === ';') return at > first ? at : undefined
      if (text === '}' || text === ')' || text === ']') return undefined
      isExpression ||= text === '=' && this.#tokens[at]?.isTypeArgument === false
      // A list or a function that is a value; otherwise something is defined here.
      if (text === '{' && !isExpression) return undefined
      if ('([{'.includes(text)) at = this.#partners.get(at) ?? this.#tokens.length
      if (this.#language === 'javascript' && this.#text(at + 1) !== ';' && this.#endsLine(at)) return at
    }
    return undefined
  }

  /** The tokens of a statement without those of the blocks in it. */
  #own(first: number, last: number): number[] {
    const own: number[] = []
    for (let at = first; at <= last; at += 1) {
      own.push(at)
      if (this.#text(at) === '{') at = (this.#partners.get(at) ?? at) - 1
    }
    return own
  }

  /** Whether a statement reads the input, imports, or only declares. */
  #isLeftAlone(first: number, own: readonly number[]): boolean {
    if (declaring.has(this.#text(first)) || own.some((at) => this.#reads(at))) return true
    const isDeclaration = types.has(this.#text(first)) || this.#tokens[first + 1]?.isTypeArgument === true
    return isDeclaration && !own.some((at) => ['=', '(', '{'].includes(this.#text(at)))
  }

  #reads(at: number): boolean {
    const text = this.#text(at)
    if (this.#tokens[at]?.kind !== 'word') return false
    return readers.test(text) || (readingCalls.test(text) && this.#text(at + 1) === '(')
  }

  /** What `main` returns is no answer. */
  #skipMain(): void {
    for (const [at, { text }] of this.#tokens.entries()) {
      if (text !== 'main' || this.#text(at + 1) !== '(') continue
      const body = (this.#partners.get(at + 1) ?? at) + 1
      for (let inside = body; inside < (this.#partners.get(body) ?? body); inside += 1) {
        if (this.#text(inside) === 'return' && this.#text(inside + 2) === ';') this.#skipped.add(inside + 1)
      }
    }
  }

  #statement(first: number, last: number): void {
    const end = this.#text(last) === ';' ? ';' : '{}'
    const drop = (operator: string): void => this.#replace(operator, first, last, end)
    const text = this.#text(first)
    if (text === 'break' || text === 'continue') return drop('jump')
    if (types.has(text) || text === 'return' || this.#tokens[first]?.kind !== 'word') return
    // The name that is set or called, past its owners and indices.
    let at = first
    for (let isName = true; isName;) {
      const after = this.#text(at + 1)
      if (after === '[') at = this.#partners.get(at + 1) ?? at
      else if (['.', '->', '::', '?.'].includes(after)) at += 2
      else isName = false
    }
    const after = this.#text(at + 1)
    if (compoundSigns.has(after) || after === '=') drop('statement')
    else if (after === '%=') drop('modulus')
    else if (after === '(' && changingCalls.has(this.#text(at)) && this.#partners.get(at + 1) !== undefined) {
      drop('statement')
    }
  }

  #sign(at: number, { text }: Token): void {
    const [before, after] = [this.#tokens[at - 1], this.#tokens[at + 1]]
    if (before?.text === 'operator' || after === undefined) return
    if (text === '!') return this.#replace('negation', at, at, '')
    if (text === '++' || text === '--') {
      if (!this.#isInHeader(at)) this.#replace('arithmetic', at, at, arithmetic[text] ?? text)
      return
    }
    if (!endsOperand(before)) {
      const isOperand = after.kind === 'word' || after.text === '('
      if (text === '-' && isOperand && !infinite.test(after.text)) this.#replace('negation', at, at, '')
      return
    }
    if (comparisons[text] !== undefined) return this.#comparison(at, text, comparisons[text])
    if (before?.kind === 'text' || after.kind === 'text') return
    if (this.#isInType(at)) return
    if (booleans[text] !== undefined) return this.#replace('boolean', at, at, booleans[text])
    if (text === '%') {
      const last = this.#endOfOperand(at + 1)
      return last === undefined ? undefined : this.#replace('modulus', at, last, '')
    }
    if (text === '<<' && before?.kind === 'number' && this.#text(at - 2) !== '<<')
      return this.#replace('arithmetic', at, at, '>>')
    if (arithmetic[text] === undefined) return
    this.#replace('arithmetic', at, at, arithmetic[text])
    if (text === '/' && (this.#language === 'c' || this.#language === 'cpp')) {
      this.#replace('division', at, at, '* 1.0 /')
    }
  }

  #comparison(at: number, text: string, other: string): void {
    this.#replace('comparison', at, at, other)
    if (text.length > 2 || text === '==' || text === '!=' || !this.#isInHeader(at)) return
    // A loop one round shorter; where a number bounds it, the number is changed by itself.
    let last = at
    while (![';', ',', '&&', '||', ')'].includes(this.#text(last + 1)) && last < this.#tokens.length) {
      last += 1
      if ('([{'.includes(this.#text(last))) last = this.#partners.get(last) ?? last
    }
    if (this.#tokens[last]?.kind === 'number' || last === at) return
    this.#replace('range', last, last, `${this.#text(last)} ${text.startsWith('<') ? '- 1' : '+ 1'}`)
  }

  /** Whether a sign belongs to a type: a pointer or a reference. */
  #isInType(at: number): boolean {
    if (this.#language === 'java' || this.#language === 'javascript') return false
    if (!['*', '&', '&&'].includes(this.#text(at))) return false
    const before = this.#tokens[at - 1]
    if (before === undefined || before.isTypeArgument || types.has(before.text)) return true
    const startsDeclaration = ['', ';', '{', '}', '(', ',', 'const', 'struct'].includes(this.#text(at - 2))
    return /^[A-Z]/.test(before.text) && startsDeclaration
  }

  /** The last token of the operand that begins here. */
  #endOfOperand(at: number): number | undefined {
    const token = this.#tokens[at]
    let last = token?.text === '(' ? this.#partners.get(at) : at
    if (token === undefined || (token.kind === 'sign' && token.text !== '(')) return undefined
    while (last !== undefined) {
      const after = this.#text(last + 1)
      if (after === '(' || after === '[') last = this.#partners.get(last + 1)
      else if (['.', '->', '::', '?.'].includes(after)) last += 2
      else return last
    }
    return undefined
  }

  #number(at: number, { text }: Token): void {
    const power = /^1(?:[eE](\d+)|((?:['_]?0)+))(?:\.0*)?[a-zA-Z]*$/.exec(text)
    const zeros = Number(power?.[1] ?? power?.[2]?.replace(/['_]/g, '').length ?? 0)
    // With a number added it is a modulus.
    const isBound = this.#text(at + 1) !== '+' || this.#tokens[at + 2]?.kind !== 'number'
    if ((zeros >= 9 && isBound) || /^0x3f3f3f3f/i.test(text)) return this.#replace('initial', at, at, '0')
    if (/^0[xXbB]/.test(text)) return
    const [, whole = '', rest = ''] = /^([\d'_]+)(.*)$/.exec(text) ?? []
    if (whole === '' || /[eE]/.test(rest)) return
    const value = BigInt(whole.replace(/['_]/g, ''))
    // The size of an array.
    if (value >= 100n && (this.#text(at + 1) === ']' || sizeNames.test(this.#text(at - 2)))) return
    const isReal = rest.includes('.')
    for (const step of value === 0n || isReal ? [1n] : [1n, -1n])
      this.#replace('constant', at, at, `${value + step}${rest}`)
  }

  #word(at: number, { text }: Token): void {
    const after = this.#text(at + 1)
    const isCalled = after === '(' || this.#tokens[at + 1]?.isTypeArgument === true
    const [operator, other] = (Object.hasOwn(exchanged, text) ? exchanged[text] : undefined) ?? ['', undefined]
    // The max of numeric_limits is a bound.
    if (
      other !== undefined &&
      isCalled &&
      !(this.#text(at - 1) === '::' && this.#tokens[at - 2]?.isTypeArgument === true)
    ) {
      this.#replace(operator, at, at, other)
    }
    if (text === 'true' || text === 'false') this.#replace('constant', at, at, text === 'true' ? 'false' : 'true')
    if (infinite.test(text)) this.#replace('initial', this.#text(at - 1) === '.' ? at - 2 : at, at, '0')
    if (text === 'numeric_limits') {
      const call = this.#tokens.findIndex((token, place) => place > at && token.text === '(')
      this.#replace('initial', this.#text(at - 1) === '::' ? at - 2 : at, this.#partners.get(call) ?? at, '0')
    }
    if ((text === 'if' || text === 'while') && after === '(') this.#condition(at, text)
    if (text === 'else' && after !== 'if') this.#else(at)
    if (text === 'sort' && after === '(') this.#sort(at + 1)
    if (text === 'floor' && this.#text(at - 1) === '.' && this.#language === 'javascript') {
      this.#replace('division', at - 2, at, '')
    }
  }

  #condition(at: number, text: string): void {
    const close = this.#partners.get(at + 1)
    if (close === undefined) return
    const own = this.#own(at + 2, close)
    if (own.some((part) => this.#reads(part))) {
      for (const part of own) this.#skipped.add(part)
      return
    }
    const [yes, no] = this.#language === 'c' ? ['1', '0'] : ['true', 'false']
    if (text === 'if') this.#replace('branch', at + 2, close - 1, yes)
    // To Java, what follows an endless or empty loop is a mistake.
    if (text === 'if' || this.#language !== 'java') this.#replace('branch', at + 2, close - 1, no)
  }

  #else(at: number): void {
    const close = this.#text(at + 1) === '{' ? this.#partners.get(at + 1) : this.#endOfStatement(at + 1)
    if (close !== undefined && close > at + 2) this.#replace('else', at + 1, close, '{}')
  }

  /** The comparison of a sort is dropped; without one, the order of C++ is turned. */
  #sort(open: number): void {
    const close = this.#partners.get(open)
    if (close === undefined) return
    const commas: number[] = []
    for (let at = open + 1; at < close; at += 1) {
      if (this.#text(at) === ',') commas.push(at)
      if ('([{'.includes(this.#text(at))) at = this.#partners.get(at) ?? at
    }
    if (this.#language === 'javascript') {
      if (close > open + 1) this.#replace('order', open + 1, close - 1, '')
      return
    }
    const [, second] = commas
    if (this.#language === 'java' && commas.length === 1 && commas[0] !== undefined) {
      this.#replace('order', commas[0], close - 1, '')
    } else if (this.#language === 'cpp' && second !== undefined) {
      this.#replace('order', second, close - 1, '')
    } else if (this.#language === 'cpp' && commas.length === 1) {
      this.#replace('order', close, close, ', greater<>())')
    }
  }
}

function partnersOf(tokens: readonly Token[]): Map<number, number> {
  const partners = new Map<number, number>()
  const open: number[] = []
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== 'sign') continue
    if (text === '(' || text === '[' || text === '{') open.push(at)
    if (text !== ')' && text !== ']' && text !== '}') continue
    const partner = open.pop()
    if (partner === undefined) continue
    partners.set(partner, at)
    partners.set(at, partner)
  }
  return partners
}
