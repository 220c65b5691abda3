// Generated programs in Java: a long wraps by itself; comparisons and divisions are the unsigned ones.
import { type Dialect, type ExpressionWriter, indented, write } from './dialect.ts'
import type { Comparison, Expression, GeneratedProgram, Step } from './program.ts'

const writer: ExpressionWriter = {
  variable: (index) => `x[${index}]`,
  counter: 'k',
  constant: (value) => `${value}L`,
  narrow: (of) => `(long) (int) ${of}`,
  binary: (operator, left, right) =>
    operator === 'min' || operator === 'max' ? `${operator}(${left}, ${right})` : `(${left} ${operator} ${right})`,
  byConstant: (operator, left, by) => {
    if (operator === '/') return `Long.divideUnsigned(${left}, ${by}L)`
    if (operator === '%') return `Long.remainderUnsigned(${left}, ${by}L)`
    return `(${left} ${operator === '>>' ? '>>>' : operator} ${by})`
  },
}
const expression = (of: Expression): string => write(of, writer)
const remainder = (of: Expression, modulus: number): string => `Long.remainderUnsigned(${expression(of)}, ${modulus}L)`
const condition = ({ operator, left, right }: Comparison): string =>
  `Long.compareUnsigned(${expression(left)}, ${expression(right)}) ${operator} 0`

const integerFormats = {
  unsigned: 'Long.toUnsignedString(v)',
  signed: 'v',
  wide: 'String.format("%24s", Long.toUnsignedString(v))',
  zeros: "String.format(\"%24s\", Long.toUnsignedString(v)).replace(' ', '0')",
  hexadecimal: 'Long.toHexString(v)',
}
const textChanges = {
  reverse: 's.reverse()',
  upper: 's.toString().toUpperCase()',
  middle: 's.substring(s.length() / 4, s.length() * 3 / 4)',
  replace: 's.toString().replace("a", "값")',
}

function step(of: Step): string[] {
  switch (of.kind) {
    case 'assign':
      return [`x[${of.target}] = ${expression(of.value)};`]
    case 'loop':
      return [
        `for (k = 0; k < ${of.rounds}; k++) {`,
        ...indented(of.body.flatMap(step)),
        `  if (${condition(of.until)}) break;`,
        '}',
        'k = 0;',
      ]
    case 'branch':
      return [`if (${condition(of.condition)}) {`, ...indented(step(of.yes)), '} else {', ...indented(step(of.no)), '}']
    case 'sort':
      return [
        '{',
        '  List<Long> a = new ArrayList<>();',
        `  for (k = 0; k < ${of.size}; k++) a.add(${expression(of.value)});`,
        '  k = 0;',
        `  Comparator<Long> order = Comparator.comparing(v -> Long.remainderUnsigned(v, ${of.modulus}));`,
        `  a.sort(order.thenComparing(Long::compareUnsigned)${of.descending ? '.reversed()' : ''});`,
        '  println(a.stream().limit(5).map(Long::toUnsignedString).collect(Collectors.joining(" ")));',
        `  for (long v : a) x[${of.target}] = x[${of.target}] * 31 + v;`,
        '}',
      ]
    case 'count':
      return [
        '{',
        '  Map<Long, Integer> counts = new HashMap<>();',
        `  for (k = 0; k < ${of.size}; k++) counts.merge(${remainder(of.value, of.modulus)}, 1, Integer::sum);`,
        '  k = 0;',
        '  StringJoiner pairs = new StringJoiner(" ");',
        '  new TreeMap<>(counts).forEach((key, count) -> pairs.add(key + ":" + count));',
        '  println(pairs);',
        '}',
      ]
    case 'text':
      return [
        '{',
        '  StringBuilder s = new StringBuilder();',
        `  for (k = 0; k < ${of.size}; k++) s.append((char) ('a' + ${remainder(of.value, 26)}));`,
        '  k = 0;',
        '  int length = s.length();',
        `  println(${textChanges[of.change]} + " " + length);`,
        '}',
      ]
    case 'recursion':
      return [
        `x[${of.target}] = f(${of.depth}, ${of.a}, ${of.b}, ${of.modulus}L);`,
        `println(Long.toUnsignedString(x[${of.target}]));`,
      ]
    case 'descent':
      return [`x[${of.target}] = g(${of.depth}, ${expression(of.start)});`]
    case 'print':
      return [`{ long v = ${expression(of.value)}; println(${integerFormats[of.format]}); }`]
    case 'float': {
      const argument = `(double) ${remainder(of.value, 1_000_003)} / ${of.divisor}`
      const value = of.of === 'itself' ? argument : `Math.${of.of === 'root' ? 'sqrt' : 'sin'}(${argument})`
      if (of.format === 'full') return [`println(${value});`]
      return [`println(String.format("%.${of.digits}${of.format === 'fixed' ? 'f' : 'e'}", ${value}));`]
    }
    case 'input':
      return [`for (long v : rest) x[${of.target}] = x[${of.target}] * ${of.factor}L + v;`]
  }
}

function program({ steps, end }: GeneratedProgram, index: number): string {
  const ends = {
    return: [],
    exit: [`System.exit(${end.kind === 'exit' ? end.code : 0});`],
    crash: ['throw new IllegalStateException(Arrays.toString(x));'],
  }
  const lines = ['long k = 0;', ...steps.flatMap(step), ...ends[end.kind]]
  return [`static void program${index}(long[] x, long[] rest) {`, ...indented(lines), '}']
    .map((line) => `  ${line}\n`)
    .join('')
}

export const java: Dialect = {
  language: 'java',
  fileName: 'Main.java',
  programsPerFile: 25,
  step,
  source: (programs) =>
    `import java.util.*;
import java.util.stream.*;

public class Main {
  static long min(long a, long b) { return Long.compareUnsigned(a, b) < 0 ? a : b; }
  static long max(long a, long b) { return Long.compareUnsigned(a, b) > 0 ? a : b; }
  static void println(Object value) { System.out.println(value); }
  static long f(long n, long a, long b, long m) {
    return n < 2 ? n + a : Long.remainderUnsigned(b * f(n - 1, a, b, m) + f(n - 2, a, b, m), m);
  }
  static long g(long n, long start) { return n == 0 ? start : 3 * g(n - 1, start) + n; }
${programs.map(program).join('')}
  public static void main(String[] args) {
    Scanner in = new Scanner(System.in);
    int which = in.nextInt();
    long[] x = new long[8];
    for (int i = 0; i < 4; i++) x[i] = in.nextLong();
    List<Long> rest = new ArrayList<>();
    while (in.hasNextLong()) rest.add(in.nextLong());
    long[] numbers = rest.stream().mapToLong(Long::longValue).toArray();
    switch (which) {
${programs.map((_, index) => `      case ${index} -> program${index}(x, numbers);\n`).join('')}    }
  }
}
`,
}
