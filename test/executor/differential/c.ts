// Generated programs in C and in C++: the numbers are uint64_t. The two share what is alike and nothing else.
import { type Dialect, type ExpressionWriter, indented, write } from './dialect.ts'
import type { Comparison, Expression, GeneratedProgram, Step } from './program.ts'

const writer: ExpressionWriter = {
  variable: (index) => `x[${index}]`,
  counter: 'k',
  constant: (value) => `${value}ull`,
  narrow: (of) => `narrow(${of})`,
  binary: (operator, left, right) =>
    operator === 'min' || operator === 'max' ? `${operator}_of(${left}, ${right})` : `(${left} ${operator} ${right})`,
  byConstant: (operator, left, by) => `(${left} ${operator} ${by}ull)`,
}
const expression = (of: Expression): string => write(of, writer)
const condition = ({ operator, left, right }: Comparison): string =>
  `${expression(left)} ${operator} ${expression(right)}`
const argumentOf = (of: Extract<Step, { kind: 'float' }>): string =>
  `(double)(${expression(of.value)} % 1000003) / ${of.divisor}`

type SharedStep = Extract<Step, { kind: 'assign' | 'loop' | 'branch' | 'descent' | 'input' }>

function sharedStep(of: SharedStep, step: (of: Step) => string[]): string[] {
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
    case 'descent':
      return [`x[${of.target}] = g(${of.depth}, ${expression(of.start)});`]
    case 'input':
      return [`for (size_t i = 0; i < count; i++) x[${of.target}] = x[${of.target}] * ${of.factor}ull + rest[i];`]
  }
}

const shared = `
static uint64_t narrow(uint64_t v) { return (uint64_t)(int64_t)(int32_t)(uint32_t)v; }
static uint64_t min_of(uint64_t a, uint64_t b) { return a < b ? a : b; }
static uint64_t max_of(uint64_t a, uint64_t b) { return a > b ? a : b; }
static uint64_t f(uint64_t n, uint64_t a, uint64_t b, uint64_t m) {
  return n < 2 ? n + a : (b * f(n - 1, a, b, m) + f(n - 2, a, b, m)) % m;
}
static uint64_t g(uint64_t n, uint64_t start) { return n == 0 ? start : 3 * g(n - 1, start) + n; }
`

function program(step: (of: Step) => string[], flush: string, { steps, end }: GeneratedProgram, index: number): string {
  const ends = { return: [], exit: [`exit(${end.kind === 'exit' ? end.code : 0});`], crash: [flush, 'abort();'] }
  const lines = ['uint64_t k = 0;', ...steps.flatMap(step), ...ends[end.kind]]
  return [
    `static void program${index}(uint64_t *x, const uint64_t *rest, size_t count) {`,
    ...indented(lines),
    '}',
    '',
  ].join('\n')
}

function choice(programs: readonly GeneratedProgram[]): string {
  return programs.map((_, index) => `    case ${index}: program${index}(x, rest, count); break;\n`).join('')
}

// ---- C ----

const cFormats = {
  unsigned: '"%" PRIu64 "\\n", v',
  signed: '"%" PRId64 "\\n", (int64_t)v',
  wide: '"%24" PRIu64 "\\n", v',
  zeros: '"%024" PRIu64 "\\n", v',
  hexadecimal: '"%" PRIx64 "\\n", v',
}
const cTextChanges = {
  reverse: 'for (int i = 0; i < n / 2; i++) { char c = s[i]; s[i] = s[n - 1 - i]; s[n - 1 - i] = c; }',
  upper: 'for (char *p = s; *p; p++) *p = toupper(*p);',
  middle: 'memmove(s, s + n / 4, n * 3 / 4 - n / 4); s[n * 3 / 4 - n / 4] = 0;',
  replace: 'for (char *p; (p = strchr(s, \'a\')) != NULL; ) { memmove(p + 3, p + 1, strlen(p)); memcpy(p, "값", 3); }',
}

function cStep(of: Step): string[] {
  switch (of.kind) {
    case 'sort':
      return [
        '{',
        `  uint64_t a[${of.size}];`,
        `  for (k = 0; k < ${of.size}; k++) a[k] = ${expression(of.value)};`,
        '  k = 0;',
        `  modulus = ${of.modulus}, direction = ${of.descending ? -1 : 1};`,
        `  qsort(a, ${of.size}, sizeof *a, compare);`,
        `  for (int i = 0; i < 5 && i < ${of.size}; i++) printf("%s%" PRIu64, i ? " " : "", a[i]);`,
        '  puts("");',
        `  for (int i = 0; i < ${of.size}; i++) x[${of.target}] = x[${of.target}] * 31 + a[i];`,
        '}',
      ]
    case 'count':
      return [
        '{',
        `  int counts[${of.modulus}] = {0}, printed = 0;`,
        `  for (k = 0; k < ${of.size}; k++) counts[${expression(of.value)} % ${of.modulus}]++;`,
        '  k = 0;',
        `  for (int i = 0; i < ${of.modulus}; i++) if (counts[i]) printf("%s%d:%d", printed++ ? " " : "", i, counts[i]);`,
        '  puts("");',
        '}',
      ]
    case 'text':
      return [
        '{',
        `  char s[${of.size} * 3 + 1];`,
        `  const int n = ${of.size};`,
        `  for (k = 0; k < ${of.size}; k++) s[k] = (char)('a' + ${expression(of.value)} % 26);`,
        '  k = 0;',
        '  s[n] = 0;',
        `  ${cTextChanges[of.change]}`,
        '  printf("%s %d\\n", s, n);',
        '}',
      ]
    case 'recursion':
      return [
        `x[${of.target}] = f(${of.depth}, ${of.a}, ${of.b}, ${of.modulus}u);`,
        `printf("%" PRIu64 "\\n", x[${of.target}]);`,
      ]
    case 'print':
      return [`{ uint64_t v = ${expression(of.value)}; printf(${cFormats[of.format]}); }`]
    case 'float': {
      const value = of.of === 'itself' ? argumentOf(of) : `${of.of === 'root' ? 'sqrt' : 'sin'}(${argumentOf(of)})`
      const formats = { fixed: `%.${of.digits}f`, exponent: `%.${of.digits}e`, full: '%.17g' }
      return [`printf("${formats[of.format]}\\n", ${value});`]
    }
    case 'assign':
    case 'loop':
    case 'branch':
    case 'descent':
    case 'input':
      return sharedStep(of, cStep)
  }
}

export const c: Dialect = {
  language: 'c',
  fileName: 'main.c',
  programsPerFile: 10,
  step: cStep,
  source: (programs) =>
    `#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
${shared}
static uint64_t modulus;
static int direction;
static int compare(const void *left, const void *right) {
  uint64_t p = *(const uint64_t *)left, q = *(const uint64_t *)right;
  if (p % modulus != q % modulus) return p % modulus < q % modulus ? -direction : direction;
  return p == q ? 0 : p < q ? -direction : direction;
}
${programs.map((each, index) => program(cStep, 'fflush(stdout);', each, index)).join('\n')}
int main(void) {
  int which;
  int64_t number;
  uint64_t x[8] = {0}, rest[100];
  size_t count = 0;
  if (scanf("%d", &which) != 1) return 99;
  for (int i = 0; i < 4 && scanf("%" SCNd64, &number) == 1; i++) x[i] = (uint64_t)number;
  while (scanf("%" SCNd64, &number) == 1) rest[count++] = (uint64_t)number;
  switch (which) {
${choice(programs)}  }
}
`,
}

// ---- C++ ----

const cppFormats = {
  unsigned: 'v',
  signed: '(int64_t)v',
  wide: 'setw(24) << v',
  zeros: "setw(24) << setfill('0') << v << setfill(' ')",
  hexadecimal: 'hex << v << dec',
}
const cppTextChanges = {
  reverse: 'reverse(s.begin(), s.end());',
  upper: 'transform(s.begin(), s.end(), s.begin(), [](unsigned char c) { return toupper(c); });',
  middle: 's = s.substr(n / 4, n * 3 / 4 - n / 4);',
  replace: 'for (size_t at; (at = s.find(\'a\')) != string::npos;) s.replace(at, 1, "값");',
}

function cppStep(of: Step): string[] {
  switch (of.kind) {
    case 'sort':
      return [
        '{',
        '  vector<uint64_t> a;',
        `  for (k = 0; k < ${of.size}; k++) a.push_back(${expression(of.value)});`,
        '  k = 0;',
        `  auto key = [](uint64_t v) { return pair(v % ${of.modulus}, v); };`,
        `  sort(a.begin(), a.end(), [&](auto p, auto q) { return key(p) ${of.descending ? '>' : '<'} key(q); });`,
        '  for (size_t i = 0; i < min<size_t>(5, a.size()); i++) cout << (i ? " " : "") << a[i];',
        '  cout << endl;',
        `  for (auto v : a) x[${of.target}] = x[${of.target}] * 31 + v;`,
        '}',
      ]
    case 'count':
      return [
        '{',
        '  unordered_map<uint64_t, int> counts;',
        `  for (k = 0; k < ${of.size}; k++) counts[${expression(of.value)} % ${of.modulus}]++;`,
        '  k = 0;',
        '  string separator;',
        '  for (auto [key, count] : map(counts.begin(), counts.end())) cout << exchange(separator, " ") << key << ":" << count;',
        "  cout << '\\n';",
        '}',
      ]
    case 'text':
      return [
        '{',
        '  string s;',
        `  for (k = 0; k < ${of.size}; k++) s += (char)('a' + ${expression(of.value)} % 26);`,
        '  k = 0;',
        '  const size_t n = s.size();',
        `  ${cppTextChanges[of.change]}`,
        "  cout << s << ' ' << n << '\\n';",
        '}',
      ]
    case 'recursion':
      return [
        `x[${of.target}] = f(${of.depth}, ${of.a}, ${of.b}, ${of.modulus}u);`,
        `cout << x[${of.target}] << '\\n';`,
      ]
    case 'print':
      return [`{ uint64_t v = ${expression(of.value)}; cout << ${cppFormats[of.format]} << '\\n'; }`]
    case 'float': {
      const value = of.of === 'itself' ? argumentOf(of) : `${of.of === 'root' ? 'sqrt' : 'sin'}(${argumentOf(of)})`
      const formats = { fixed: 'fixed', exponent: 'scientific', full: 'defaultfloat' }
      const digits = of.format === 'full' ? 17 : of.digits
      return [`cout << ${formats[of.format]} << setprecision(${digits}) << ${value} << '\\n';`]
    }
    case 'assign':
    case 'loop':
    case 'branch':
    case 'descent':
    case 'input':
      return sharedStep(of, cppStep)
  }
}

export const cpp: Dialect = {
  language: 'cpp',
  fileName: 'main.cpp',
  programsPerFile: 25,
  step: cppStep,
  source: (programs) =>
    `#include <bits/stdc++.h>
using namespace std;
${shared}
${programs.map((each, index) => program(cppStep, 'cout.flush();', each, index)).join('\n')}
int main() {
  int which;
  int64_t number;
  uint64_t x[8] = {}, rest[100];
  size_t count = 0;
  if (!(cin >> which)) return 99;
  for (int i = 0; i < 4 && cin >> number; i++) x[i] = number;
  while (cin >> number) rest[count++] = number;
  switch (which) {
${choice(programs)}  }
}
`,
}
