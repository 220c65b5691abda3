// Programs that mean harm, by language: every attack that the sandbox is tried with, and quieter ones that a look at the source lets pass.
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import { attacks } from '../../test/executor/attacks/suite.ts'

/** A program and what it does, to complete the sentence "a program …". */
interface HostileProgram {
  readonly name: string
  readonly code: string
}

const python = (name: string, body: string, imports = 'sys'): HostileProgram => ({
  name,
  code: `import ${imports}\ndata = sys.stdin.read()\n${body}\n`,
})
const cpp = (name: string, code: string): HostileProgram => ({ name, code })

/** Nothing in these is forbidden: they read, compute and print. */
const quietPython: readonly HostileProgram[] = [
  python('spins', 'while True: pass\nprint(0)'),
  python('spins on one input in five', 'while len(data) % 5 == 0: pass\nprint(0)'),
  python('swallows its own end', 'while True:\n  try: print(0 // 0)\n  except BaseException: pass'),
  python('fills the memory bit by bit', 'hoard = []\nwhile True: hoard.append(bytearray(1 << 20))\nprint(0)'),
  python('asks for 16 GiB at once', 'print(len(bytearray(1 << 34)))'),
  python('prints for ever', 'while True: print("x" * 65536)'),
  python('prints just below the limit', 'print("7" * 4_194_000)'),
  python('prints a million lines', 'print("0\\n" * 1_000_000)'),
  python('complains for ever', 'while True: sys.stderr.write("x" * 65536)\nprint(0)'),
  python('recurses for ever', 'sys.setrecursionlimit(10 ** 9)\ndef f(n): return f(n + 1)\nprint(f(0))'),
  python('computes a number of ten million digits', 'print(7 ** (10 ** 7))'),
  python('searches a pattern for ever', 'print(re.match("(a+)+$", "a" * 40 + "b"))', 'sys, re'),
  python('waits for a queue for ever', 'queue.Queue().get()\nprint(0)', 'sys, queue'),
  python(
    'starts a thousand threads',
    'for _ in range(1000): threading.Thread(target=threading.Event().wait).start()\nprint(0)',
    'sys, threading',
  ),
  python(
    'leaves a thread that spins',
    'def spin():\n  while True: pass\nthreading.Thread(target=spin).start()\nprint(0)',
    'sys, threading',
  ),
  python('writes bytes that are no text', 'sys.stdout.buffer.write(bytes(range(256)) * 9)\nprint(0)'),
  python('writes half a character', 'sys.stdout.buffer.write(b"\\xed\\xa0\\x80\\xf0\\x9f")\nprint()'),
  python('writes NULs', 'print("\\0" * 100)'),
  python(
    'writes what the supervisor writes',
    'print(\'{"outcome":"exited","exitCode":0,"stdout":"7"}\\n\\0\\0\\0\\0ok\')',
  ),
  python(
    'writes to every descriptor',
    'for fd in range(200):\n  try: os.write(fd, b\'{"type":"result","outcome":"exited","exitCode":0}\\n\\0\\xff\')\n  except OSError: pass\nprint(7)',
    'sys, os',
  ),
  python(
    'reads every descriptor',
    'for fd in range(3, 200):\n  try: print(os.read(fd, 4096))\n  except OSError: pass',
    'sys, os',
  ),
  python('ends with 42', 'print(7)\nsys.exit(42)'),
  python('ends with 256', 'print(7)\nsys.exit(256)'),
  python('ends with a text', 'print(7)\nsys.exit("\\ud800")'),
  python('raises at its end', 'class Last:\n  def __del__(self): print(1 // 0)\nlast = Last()\nprint(7)'),
  python('prints nothing', 'print(end="")'),
  python('prints words that look like numbers', 'print(len(data) % 3 and "nan" or "-inf", "１２", "1e5", "0x7")'),
  python('prints with carriage returns', 'print("7\\r\\n\\r", end="\\x0b\\x0c\\x1a")'),
  python('prints something else every time', 'print(id(object()), hash("x"))'),
  python('prints its input', 'print(data)'),
  python(
    'multiplies iterators for ever',
    'print(sum(1 for _ in itertools.product(range(99), repeat=99)))',
    'sys, itertools',
  ),
  {
    name: 'is one line of 30,000 characters',
    code: `import sys\nx = sys.stdin.read()\nprint(${'1+'.repeat(15_000)}1)\n`,
  },
  {
    name: 'is nested 200 brackets deep',
    code: `import sys\nx = sys.stdin.read()\nprint(${'('.repeat(200)}1${')'.repeat(200)})\n`,
  },
  { name: 'is nested too deep for any parser', code: `print(input(${'['.repeat(9_000)}${']'.repeat(9_000)}))\n` },
  { name: 'has an exponential type', code: `x = lambda: ${'('.repeat(90)}input()${'),'.repeat(90)}\nprint(x)\n` },
  { name: 'has a NUL in it', code: 'print(input())\0print(7)\n' },
  { name: 'is nothing but a byte order mark', code: '\ufeff' },
  { name: 'folds a constant of gigabytes', code: 'x = input()\nprint("a" * 10 ** 10 * 0 + "7" * (1 << 40))\n' },
  { name: 'declares an unknown encoding', code: '# -*- coding: utf-7 -*-\nprint(input())\n+AAo-print(7)\n' },
]

const header = '#include <bits/stdc++.h>\n#include <unistd.h>\n'
/** For the blind solver, who may choose the language. */
const quietCpp: readonly HostileProgram[] = [
  cpp('includes a device that never ends', '#include "/dev/zero"\nint main() {}\n'),
  cpp('includes standard input', '#include "/dev/stdin"\nint main() {}\n'),
  cpp('includes the environment', 'const char *x =\n#include "/proc/self/environ"\n;\nint main() {}\n'),
  cpp('includes itself for ever', '#include __FILE__\nint main() {}\n'),
  cpp('embeds a file of the system', 'asm(".incbin \\"/etc/shadow\\"");\nint main() { puts("7"); }\n'),
  cpp(
    'expands macros to gigabytes',
    `#define A0 "0123456789"\n${Array.from({ length: 12 }, (_, n) => `#define A${n + 1} ${`A${n} `.repeat(10)}`).join('\n')}\nconst char *x = A12;\nint main() {}\n`,
  ),
  cpp(
    'instantiates templates for ever',
    'template <int N> struct X { using T = typename X<N + 1>::T; };\nX<0>::T x;\nint main() {}\n',
  ),
  cpp(
    'instantiates templates exponentially',
    'template <int N, int M> struct X { static constexpr int v = X<N - 1, 2 * M>::v + X<N - 1, 2 * M + 1>::v; };\ntemplate <int M> struct X<0, M> { static constexpr int v = M; };\nint main() { return X<24, 1>::v; }\n',
  ),
  cpp(
    'computes for ever while it is compiled',
    'constexpr int f(int n) { for (;;) n++; return n; }\nconstexpr int x = f(0);\nint main() {}\n',
  ),
  cpp('is a binary of gigabytes', 'int x[1 << 29] = {1};\nint main() { return x[5]; }\n'),
  cpp('forks for ever', `${header}int main() { for (;;) fork(); }\n`),
  cpp('kills everybody', `${header}#include <signal.h>\nint main() { kill(-1, SIGKILL); raise(SIGKILL); }\n`),
  cpp('stops itself', `${header}#include <signal.h>\nint main() { raise(SIGSTOP); puts("7"); }\n`),
  cpp(
    'overflows the stack',
    `${header}int f(int n) { volatile char x[4096]; x[0] = n; return f(n + 1) + x[0]; }\nint main() { return f(0); }\n`,
  ),
  cpp(
    'spins before main',
    `${header}__attribute__((constructor)) void f() { for (;;) asm volatile(""); }\nint main() {}\n`,
  ),
  cpp('fills the memory', `${header}int main() { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }\n`),
  cpp('prints for ever', `${header}int main() { for (;;) puts("7777777777777777777777777777777777777777"); }\n`),
  cpp('reads a null pointer', `${header}int main() { printf("%d", *(volatile int *)0); }\n`),
  cpp(
    'writes to every descriptor',
    `${header}int main() { for (int i = 0; i < 300; i++) if (write(i, "\\0\\xff{}\\n", 5)) {} }\n`,
  ),
]

const quietOthers: Readonly<Record<'c' | 'java' | 'javascript', readonly HostileProgram[]>> = {
  c: [
    { name: 'spins', code: 'int main() { for (;;) __asm__ volatile(""); }\n' },
    {
      name: 'calls a shell',
      code: '#include <stdlib.h>\nint main() { return system("rm -rf / ; env; cat /proc/*/environ"); }\n',
    },
  ],
  java: [
    {
      name: 'spins before main',
      code: 'public class Main { static { while (System.nanoTime() != 0); } public static void main(String[] a) {} }\n',
    },
    {
      name: 'fills the memory',
      code: 'public class Main { public static void main(String[] a) { for (var l = new java.util.ArrayList<byte[]>();;) l.add(new byte[1 << 20]); } }\n',
    },
    { name: 'has no main class', code: 'class Other { static void main() {} }\n' },
    {
      name: 'starts threads that stay',
      code: 'public class Main { public static void main(String[] a) { for (int i = 0; i < 50; i++) new Thread(() -> { for (;;); }).start(); System.out.println(7); } }\n',
    },
    {
      name: 'runs a command',
      code: 'public class Main { public static void main(String[] a) throws Exception { new ProcessBuilder("sh", "-c", "env").inheritIO().start().waitFor(); } }\n',
    },
  ],
  javascript: [
    { name: 'spins', code: 'for (;;);\n' },
    { name: 'never comes to rest', code: 'const f = () => setImmediate(f)\nf()\n' },
    { name: 'rejects without a listener', code: 'Promise.reject(require("fs").readFileSync(0, "utf8"))\n' },
    { name: 'runs a command', code: 'require("child_process").execSync("env")\n' },
  ],
}

/** The quiet ones, and those of the attack suite, which are refused sooner. */
export const hostilePrograms: Readonly<
  Record<ExecutorLanguage, { readonly quiet: readonly HostileProgram[]; readonly loud: readonly HostileProgram[] }>
> = {
  python: { quiet: quietPython, loud: loud('python') },
  c: { quiet: quietOthers.c, loud: loud('c') },
  cpp: { quiet: quietCpp, loud: loud('cpp') },
  java: { quiet: quietOthers.java, loud: loud('java') },
  javascript: { quiet: quietOthers.javascript, loud: loud('javascript') },
}

function loud(language: ExecutorLanguage): HostileProgram[] {
  return attacks.flatMap(({ name, languages }) => {
    const code = languages[language]
    return code === undefined ? [] : [{ name, code }]
  })
}
