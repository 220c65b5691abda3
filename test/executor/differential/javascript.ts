// Generated programs in JavaScript: numbers are BigInts cut to 64 bits.
import { type Dialect, type ExpressionWriter, indented, write } from './dialect.ts'
import type { Comparison, Expression, GeneratedProgram, Step } from './program.ts'

const writer: ExpressionWriter = {
  variable: (index) => `x[${index}]`,
  counter: 'k',
  constant: (value) => `${value}n`,
  narrow: (of) => `u(BigInt.asIntN(32, ${of}))`,
  binary: (operator, left, right) =>
    operator === 'min' || operator === 'max' ? `${operator}(${left}, ${right})` : `u(${left} ${operator} ${right})`,
  byConstant: (operator, left, by) => `u(${left} ${operator} ${by}n)`,
}
const expression = (of: Expression): string => write(of, writer)
const condition = ({ operator, left, right }: Comparison): string =>
  `${expression(left)} ${operator.length === 2 && operator !== '<=' ? `${operator}=` : operator} ${expression(right)}`

const integerFormats = {
  unsigned: 'v',
  signed: 'BigInt.asIntN(64, v)',
  wide: 'String(v).padStart(24)',
  zeros: "String(v).padStart(24, '0')",
  hexadecimal: 'v.toString(16)',
}
const textChanges = {
  reverse: "[...s].reverse().join('')",
  upper: 's.toUpperCase()',
  middle: 's.slice(Math.floor(s.length / 4), Math.floor((s.length * 3) / 4))',
  replace: "s.replace(/a/g, '값')",
}

function step(of: Step): string[] {
  switch (of.kind) {
    case 'assign':
      return [`x[${of.target}] = ${expression(of.value)}`]
    case 'loop':
      return [
        `for (let k = 0n; k < ${of.rounds}n; k++) {`,
        ...indented(of.body.flatMap(step)),
        `  if (${condition(of.until)}) break`,
        '}',
      ]
    case 'branch':
      return [`if (${condition(of.condition)}) {`, ...indented(step(of.yes)), '} else {', ...indented(step(of.no)), '}']
    case 'sort': {
      const order = of.descending ? '-' : ''
      return [
        '{',
        `  const a = Array.from({ length: ${of.size} }, (_, i) => { const k = BigInt(i); return ${expression(of.value)} })`,
        `  a.sort((p, q) => ${order}(compare(p % ${of.modulus}n, q % ${of.modulus}n) || compare(p, q)))`,
        "  print(a.slice(0, 5).join(' '))",
        `  for (const v of a) x[${of.target}] = u(x[${of.target}] * 31n + v)`,
        '}',
      ]
    }
    case 'count':
      return [
        '{',
        '  const counts = new Map()',
        `  for (let k = 0n; k < ${of.size}n; k++) { const v = ${expression(of.value)} % ${of.modulus}n; counts.set(v, (counts.get(v) ?? 0) + 1) }`,
        "  print([...counts].sort(([p], [q]) => compare(p, q)).map((pair) => pair.join(':')).join(' '))",
        '}',
      ]
    case 'text':
      return [
        '{',
        "  let s = ''",
        `  for (let k = 0n; k < ${of.size}n; k++) s += String.fromCharCode(97 + Number(${expression(of.value)} % 26n))`,
        `  print(${textChanges[of.change]} + ' ' + s.length)`,
        '}',
      ]
    case 'recursion':
      return [`x[${of.target}] = f(${of.depth}n, ${of.a}n, ${of.b}n, ${of.modulus}n)`, `print(x[${of.target}])`]
    case 'descent':
      return [`x[${of.target}] = g(${of.depth}n, ${expression(of.start)})`]
    case 'print':
      return [`{ const v = ${expression(of.value)}; print(${integerFormats[of.format]}) }`]
    case 'float': {
      const argument = `Number(${expression(of.value)} % 1000003n) / ${of.divisor}`
      const value = of.of === 'itself' ? argument : `Math.${of.of === 'root' ? 'sqrt' : 'sin'}(${argument})`
      const formats = { fixed: `.toFixed(${of.digits})`, exponent: `.toExponential(${of.digits})`, full: '' }
      return [`print((${value})${formats[of.format]})`]
    }
    case 'input':
      return [`for (const v of rest) x[${of.target}] = u(x[${of.target}] * ${of.factor}n + v)`]
  }
}

function program({ steps, end }: GeneratedProgram, index: number): string {
  const ends = {
    return: [],
    exit: [`process.exit(${end.kind === 'exit' ? end.code : 0})`],
    crash: ["throw new Error(x.join(' '))"],
  }
  return [
    `programs[${index}] = (x, rest) => {`,
    '  const k = 0n',
    ...indented([...steps.flatMap(step), ...ends[end.kind]]),
    '}',
    '',
  ].join('\n')
}

export const javascript: Dialect = {
  language: 'javascript',
  fileName: 'main.js',
  programsPerFile: 1,
  step,
  source: (programs) =>
    `const programs = []
const u = (v) => BigInt.asUintN(64, v)
const min = (a, b) => (a < b ? a : b)
const max = (a, b) => (a > b ? a : b)
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
const print = (value) => console.log(String(value))
const f = (n, a, b, m) => (n < 2n ? n + a : (b * f(n - 1n, a, b, m) + f(n - 2n, a, b, m)) % m)
const g = (n, start) => (n === 0n ? start : u(3n * g(n - 1n, start) + n))
${programs.map(program).join('\n')}
const [which, ...numbers] = require('fs').readFileSync(0, 'utf8').trim().split(/\\s+/).map((word) => u(BigInt(word)))
programs[which]([...numbers.slice(0, 4), 0n, 0n, 0n, 0n], numbers.slice(4))
`,
}
