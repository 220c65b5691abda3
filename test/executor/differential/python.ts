// Generated programs in Python: numbers are masked to 64 bits.
import { type Dialect, type ExpressionWriter, indented, write } from './dialect.ts'
import type { Comparison, Expression, GeneratedProgram, Step } from './program.ts'

const writer: ExpressionWriter = {
  variable: (index) => `x[${index}]`,
  counter: 'k',
  constant: String,
  narrow: (of) => `narrow(${of})`,
  binary: (operator, left, right) =>
    operator === 'min' || operator === 'max' ? `${operator}(${left}, ${right})` : `(${left} ${operator} ${right} & M)`,
  byConstant: (operator, left, by) =>
    operator === '<<' ? `(${left} << ${by} & M)` : `(${left} ${operator === '/' ? '//' : operator} ${by})`,
}
const expression = (of: Expression): string => write(of, writer)
const condition = ({ operator, left, right }: Comparison): string =>
  `${expression(left)} ${operator} ${expression(right)}`

const integerFormats = {
  unsigned: 'str(v)',
  signed: 'str(v - (v >> 63 << 64))',
  wide: `f'{v:24d}'`,
  zeros: `f'{v:024d}'`,
  hexadecimal: `f'{v:x}'`,
}
const textChanges = {
  reverse: 's[::-1]',
  upper: 's.upper()',
  middle: 's[len(s) // 4:len(s) * 3 // 4]',
  replace: "s.replace('a', '값')",
}

function step(of: Step): string[] {
  switch (of.kind) {
    case 'assign':
      return [`x[${of.target}] = ${expression(of.value)}`]
    case 'loop':
      return [
        `for k in range(${of.rounds}):`,
        ...indented(of.body.flatMap(step)),
        `  if ${condition(of.until)}: break`,
        'k = 0',
      ]
    case 'branch':
      return [`if ${condition(of.condition)}:`, ...indented(step(of.yes)), 'else:', ...indented(step(of.no))]
    case 'sort':
      return [
        `a = [${expression(of.value)} for k in range(${of.size})]`,
        `a.sort(key=lambda v: (v % ${of.modulus}, v), reverse=${of.descending ? 'True' : 'False'})`,
        'print(*a[:5])',
        `for v in a: x[${of.target}] = x[${of.target}] * 31 + v & M`,
      ]
    case 'count':
      return [
        `counts = collections.Counter(${expression(of.value)} % ${of.modulus} for k in range(${of.size}))`,
        "print(' '.join(f'{key}:{counts[key]}' for key in sorted(counts)))",
      ]
    case 'text':
      return [
        `s = ''.join(chr(97 + ${expression(of.value)} % 26) for k in range(${of.size}))`,
        `print(${textChanges[of.change]}, len(s))`,
      ]
    case 'recursion':
      return [`x[${of.target}] = f(${of.depth}, ${of.a}, ${of.b}, ${of.modulus})`, `print(x[${of.target}])`]
    case 'descent':
      return [`x[${of.target}] = g(${of.depth}, ${expression(of.start)})`]
    case 'print':
      return [`v = ${expression(of.value)}`, `print(${integerFormats[of.format]})`]
    case 'float': {
      const { format, digits } = of
      const argument = `${expression(of.value)} % 1000003 / ${of.divisor}`
      const value = of.of === 'itself' ? argument : `math.${of.of === 'root' ? 'sqrt' : 'sin'}(${argument})`
      return [
        `d = ${value}`,
        format === 'full' ? 'print(d)' : `print(f'{d:.${digits}${format === 'fixed' ? 'f' : 'e'}}')`,
      ]
    }
    case 'input':
      return [`for v in rest: x[${of.target}] = x[${of.target}] * ${of.factor} + v & M`]
  }
}

function program({ steps, end }: GeneratedProgram, index: number): string {
  const ends = { return: [], exit: [`sys.exit(${end.kind === 'exit' ? end.code : 0})`], crash: ['raise ValueError(x)'] }
  return [`def program_${index}(x, rest):`, ...indented(['k = 0', ...steps.flatMap(step), ...ends[end.kind]]), ''].join(
    '\n',
  )
}

export const python: Dialect = {
  language: 'python',
  fileName: 'main.py',
  programsPerFile: 1,
  step,
  source: (programs) =>
    `import collections, math, sys
M = 2**64 - 1
def narrow(v): return ((v & 2**32 - 1) ^ 2**31) - 2**31 & M
def f(n, a, b, m): return n + a if n < 2 else (b * f(n - 1, a, b, m) + f(n - 2, a, b, m)) % m
def g(n, start): return start if n == 0 else 3 * g(n - 1, start) + n & M
${programs.map(program).join('\n')}
which, *numbers = map(int, sys.stdin.read().split())
numbers = [v & M for v in numbers]
globals()[f'program_{which}'](numbers[:4] + [0] * 4, numbers[4:])
`,
}
