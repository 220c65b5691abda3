// Attacks on the compilers: sources that take all time and memory, that read or write files, and that pose as our files.
import { endsWith, held, type Attack, type Ending } from './attack.ts'
import { mark, secretFileSlot } from './names.ts'
import { java, javascript, native, python } from './source.ts'

/** Refused by the compiler, or compiled to something that runs to its end. */
const whatever: Ending[] = ['compile-error', 'ended', 'held', 'failed', 'crashed', 'memory-limit', 'cpu-limit']
const refused: Ending[] = ['compile-error']

const nativeSource = (source: string): Attack['languages'] => ({ c: source, cpp: source })

/** A program that prints `size` bytes from `begin`. */
const printsBytes = (assembly: string): Attack['languages'] =>
  nativeSource(`#include <stdio.h>
__asm__(".section .rodata\\n.globl begin\\nbegin:\\n${assembly}\\n.globl last\\nlast: .byte 0\\n.previous\\n");
#ifdef __cplusplus
extern "C"
#else
extern
#endif
const char begin[], last[];
int main(void) { fwrite(begin, 1, last - begin, stdout); return 0; }
`)

const endlessFiles = [
  '/dev/zero',
  '/dev/urandom',
  '/dev/stdin',
  '/dev/tty',
  '/proc/self/mem',
  '/proc/kmsg',
  '/tmp',
  '.',
]
const secrets = [secretFileSlot, '/proc/self/environ', '/proc/1/environ', '/etc/shadow', '/proc/self/cmdline']

const doubling = (
  first: string,
  next: (before: string) => string,
  times: number,
  line: (index: number, value: string) => string,
) => Array.from({ length: times }, (_, index) => line(index, index === 0 ? first : next(String(index - 1)))).join('\n')

export const compilingAttacks: readonly Attack[] = [
  ...endlessFiles.map((file): Attack => ({
    name: `includes ${file}`,
    languages: { c: `#include "${file}"\nint main(void) { return 0; }\n` },
    expect: endsWith(...refused, 'ended'),
  })),
  {
    name: 'includes secrets',
    languages: nativeSource(
      `${secrets.map((file) => `#if __has_include("${file}")\n#include "${file}"\n#endif\n`).join('')}int main(void) { return x; }\n`,
    ),
    expect: endsWith(...refused),
  },
  {
    name: 'has the compiler quote secrets in its words',
    languages: nativeSource(
      `${secrets.map((file) => `#line 1 "${file}"\nint x = ;\nint y = ;\nint z = ;\n`).join('')}int main(void) { return 0; }\n`,
    ),
    expect: endsWith(...refused),
  },
  {
    name: 'embeds secrets in its program',
    languages: printsBytes(`.incbin \\"${secretFileSlot}\\"`),
    expect: endsWith(...refused),
  },
  {
    name: 'embeds what it finds in /proc',
    languages: printsBytes('.incbin \\"/proc/self/environ\\"\\n.incbin \\"/proc/self/cmdline\\"'),
    expect: endsWith(...refused, 'ended'),
  },
  {
    name: 'has the assembler quote secrets',
    languages: printsBytes(`.include \\"/proc/self/environ\\"\\n.include \\"${secretFileSlot}\\"`),
    expect: endsWith(...refused, 'ended'),
  },
  {
    name: 'includes itself, twice each time',
    languages: { c: '#include __FILE__\n#include __FILE__\nint main(void) { return 0; }\n' },
    expect: endsWith(...refused),
  },
  {
    name: 'is a macro of a billion words',
    languages: {
      cpp: `${doubling(
        'x +',
        (before) => `A${before} A${before} A${before} A${before}`,
        20,
        (index, value) => `#define A${index} ${value}`,
      )}
int main(void) { int x = 1; return A19 x; }\n`,
    },
    expect: endsWith(...refused),
  },
  {
    name: 'has huge tables',
    languages: {
      c: 'int a[1 << 30] = {1};\nint b[1 << 30] = {2};\nint main(void) { return a[1] + b[1]; }\n',
      java: java(`int[] table = {${'1,'.repeat(60_000)}};`),
      python: `table = [${'1,'.repeat(120_000)}]\ndel table`,
      javascript: `const table = [${'1,'.repeat(120_000)}]`,
    },
    expect: endsWith(...whatever),
  },
  {
    name: 'has the assembler write without end',
    languages: printsBytes('.rept 2000000000\\n.quad 1\\n.endr'),
    expect: endsWith(...refused),
  },
  {
    name: 'has the assembler leave room without end',
    languages: printsBytes('.fill 1 << 38, 1, 7'),
    expect: endsWith(...refused),
  },
  {
    name: 'has the compiler count for ever',
    languages: {
      cpp: `constexpr long f() { long n = 0; for (int i = 0; i < 200000; i++) for (int j = 0; j < 200000; j++) n += i ^ j; return n; }
constexpr long a = f();
int main() { return a & 1; }\n`,
      java: java(
        'f(() -> f(() -> f(() -> f(() -> f(() -> f(() -> f(() -> f(() -> f(() -> f(() -> f(() -> f(() -> 1))))))))))));',
        `static <T> T f(java.util.concurrent.Callable<T> c) { return null; }
  static <T> T f(java.util.function.Supplier<T> c) { return null; }`,
      ),
    },
    expect: endsWith(...whatever),
  },
  {
    name: 'has the compiler make types without end',
    languages: {
      cpp: `template <int depth, long index> struct T { static constexpr long value = T<depth - 1, index * 2>::value + T<depth - 1, index * 2 + 1>::value; };
template <long index> struct T<0, index> { static constexpr long value = index; };
int main() { return T<40, 0>::value & 1; }\n`,
      c: `${doubling(
        'int x',
        (before) => `struct S${before} a, b, c, d`,
        30,
        (index, value) => `struct S${index} { ${value}; };`,
      )}
struct S29 all = {{{{{{{{{1}}}}}}}}};
int main(void) { return sizeof all; }\n`,
      java: java('', 'static class A<T> extends A<A<A<T>>> {}'),
    },
    expect: endsWith(...whatever),
  },
  {
    name: 'has the compiler recurse without end',
    languages: {
      cpp: `template <typename T> struct R { using type = typename R<R<T>>::type; };
int main() { return sizeof(R<int>::type); }\n`,
      c: `int main(void) { return ${'('.repeat(100_000)}1${')'.repeat(100_000)}; }\n`,
      java: java(`int x = ${'('.repeat(20_000)}1${')'.repeat(20_000)};`),
      javascript: `const x = ${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      python: `x = ${'('.repeat(100_000)}1${')'.repeat(100_000)}`,
    },
    expect: endsWith(...whatever),
  },
  {
    name: 'nests in ways of its language',
    languages: {
      c: `int main(void) ${'{'.repeat(8_000)}${'}'.repeat(8_000)}\n`,
      cpp: `int main() { return ${'-~'.repeat(2_000)}1; }\n`,
      java: java(`Object x = ${'"a" + '.repeat(20_000)}new Object();`),
      javascript: `const f = ${'() => '.repeat(40_000)}1`,
      python: `x = ${'-'.repeat(100_000)}1`,
    },
    expect: endsWith(...whatever),
  },
  {
    name: 'chains without end',
    languages: {
      c: `int main(void) { return ${'1 + '.repeat(60_000)}1; }\n`,
      java: java(`int x = ${'1 + '.repeat(10_000)}args.length;`),
      javascript: `const x = ${'1 + '.repeat(60_000)}1`,
      python: `x = ${'1 + '.repeat(30_000)}1\ny = x${'.real'.repeat(20_000)}`,
    },
    expect: endsWith(...whatever),
  },
  {
    name: 'folds constants until memory ends',
    languages: {
      java: java(
        'say("held", "length", S29.length());',
        doubling(
          '"xxxxxxxxxxxxxxxx"',
          (before) => `S${before} + S${before}`,
          30,
          (index, value) => `static final String S${index} = ${value};`,
        ),
      ),
      python: 'x = ("x" * 4000) * 4000 * 4000 * 4000\ny = 7 ** 7 ** 7 ** 7',
      javascript: 'const x = "x".repeat(2 ** 28) + "y".repeat(2 ** 28)\nconst y = 7n ** 7n ** 7n ** 7n',
    },
    expect: endsWith(...whatever),
    limits: { cpuMs: 300 },
  },
  {
    name: 'has more mistakes than a log has lines',
    languages: {
      ...nativeSource(`${'int 1;\n#warning x\n'.repeat(2_000)}int main(void) { return 0; }\n`),
      java: java('int 1;\n'.repeat(4_000)),
      python: `x = ${'y'.repeat(200_000)} z`,
      javascript: `const x = ${'y'.repeat(200_000)} z`,
    },
    expect: endsWith(...refused, 'failed'),
  },
  {
    name: 'has warnings without end',
    languages: nativeSource(
      `#define W _Pragma("message(\\"${'w'.repeat(200)}\\")")\n${'W W W W W W W W\n'.repeat(400)}int main(void) { return 0; }\n`,
    ),
    expect: endsWith('ended', ...refused),
  },
  {
    name: 'has the compiler write files',
    languages: nativeSource(
      `${[
        'dump-tree-all=/tmp/',
        'callgraph-info=/tmp/',
        'plugin=/tmp/',
        'save-temps=/tmp/',
        'profile-generate=/tmp/',
        'stack-usage=/tmp/',
      ]
        .map((option) => `#pragma GCC optimize("${option}${mark}-file")\n`)
        .join('')}#pragma GCC pch_preprocess "/tmp/${mark}-file"
#pragma GCC dependency "/etc/passwd"
__asm__(".file 1 \\"/tmp/${mark}-file\\"\\n.ident \\"x\\"\\n");
int main(void) { return 0; }\n`,
    ),
    expect: endsWith('ended', ...refused),
  },
  {
    name: 'brings files named as the compiler’s own',
    languages: {
      ...native('said("BREACH", "main", 0);'),
      python: python('print("held: main")'),
      javascript: javascript('say("held", "main", 0)'),
      java: java('say("held", "main", 0);'),
    },
    files: [
      ...['as', 'ld', 'cc1', 'cc1plus', 'collect2', 'specs', 'gcc', 'python3', 'node', 'java', 'javac'].map((name) => ({
        name,
        text: '#!/bin/sh\necho BREACH: ran it\n',
      })),
      ...[
        'sitecustomize.py',
        'usercustomize.py',
        'encodings.py',
        'site.py',
        'runpy.py',
        'linecache.py',
        'atexit.py',
      ].map((name) => ({
        name,
        text: 'print("BREACH: imported it")\n',
      })),
      { name: 'package.json', text: '{"type":"module","main":"fs.js","imports":{"#x":"./fs.js"}}' },
      { name: 'fs.js', text: 'console.log("BREACH: required it")\n' },
    ],
    expect: endsWith('held', 'compile-error'),
  },
  {
    name: 'brings classes named as our launcher’s',
    languages: {
      java: `import java.io.*;
public class Main { public static void main(String[] args) { System.out.println("held: main"); } }
${[
  'Launcher',
  'Runner',
  'Compiler',
  'Server',
  'Box',
  'Warm',
  'Executor',
  'Bootstrap',
  'Start',
  'Run',
  'Sandbox',
  'JavaRunner',
  'System2',
]
  .map(
    (name) =>
      `class ${name} { static { System.out.println("BREACH: initialised"); } public static void main(String[] args) { System.out.println("BREACH: started"); } }`,
  )
  .join('\n')}
`,
    },
    expect: held,
  },
  {
    name: 'shadows the names our launcher uses',
    languages: {
      java: `public class Main { public static void main(String[] args) throws Throwable { java.lang.System.out.println("held: main"); } }
${['String', 'System', 'Object', 'Class', 'Thread', 'Throwable', 'Exception', 'Integer']
  .filter((name) => name !== 'Object' && name !== 'String' && name !== 'Throwable')
  .map((name) => `class ${name} { static { java.lang.System.out.println("BREACH: ${name}"); } }`)
  .join('\n')}
`,
    },
    expect: held,
  },
  {
    name: 'is no text of its language at all',
    languages: {
      c: '\0\u0001\u{1F600}\n'.repeat(1000),
      cpp: '??/\n%:include <%:\0',
      java: '\\u0000\\uuuu',
      javascript: '\0\u2028<!--\n#!x',
      python: '# -*- coding: zlib_codec -*-\n\0',
    },
    expect: endsWith(...refused, 'failed'),
  },
]
