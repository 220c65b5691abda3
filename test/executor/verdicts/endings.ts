// How programs end: right, wrong, with an exit code, by a signal, by an exception; and which of two reasons counts.
import { code, type Situation } from './situation.ts'

/** Adds the two numbers of its input, in the usual way. */
export const sums = {
  python: 'a, b = map(int, input().split())\nprint(a + b)\n',
  // No return: the end of main is exit code 0.
  c: code`
    #include <stdio.h>
    int main(void) {
      int a, b;
      scanf("%d %d", &a, &b);
      printf("%d\n", a + b);
    }
  `,
  cpp: code`
    #include <bits/stdc++.h>
    using namespace std;
    int main() {
      int a, b;
      cin >> a >> b;
      cout << a + b << endl;
    }
  `,
  java: code`
    import java.util.*;
    public class Main {
      public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.println(in.nextInt() + in.nextInt());
      }
    }
  `,
  javascript: code`
    const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number)
    console.log(a + b)
  `,
} as const

export const endings: readonly Situation[] = [
  { what: 'prints the sum', verdict: 'accepted', programs: sums },
  { what: 'prints the sum of another test', verdict: 'wrong-answer', programs: sums, answer: '4\n' },
  {
    what: 'is right in the first test only',
    verdict: 'wrong-answer',
    programs: { python: 'print(3)', c: '#include <stdio.h>\nint main(void) { puts("3"); return 0; }' },
    tests: [
      ['1 2\n', '3\n'],
      ['2 2\n', '4\n'],
    ],
  },
  {
    what: 'keeps a count that every test has to find at zero',
    verdict: 'accepted',
    programs: {
      python: 'import math\nmath.seen = getattr(math, "seen", 0) + 1\nprint(math.seen)',
      c: '#include <stdio.h>\nint seen;\nint main(void) { printf("%d\\n", ++seen); }',
      java: 'class Main { static int seen; public static void main(String[] a) { System.out.println(++seen); } }',
      javascript: 'globalThis.seen = (globalThis.seen ?? 0) + 1\nconsole.log(seen)',
    },
    tests: Array.from({ length: 5 }, () => ['', '1\n'] as const),
  },
  {
    what: 'prints nothing',
    verdict: 'wrong-answer',
    programs: {
      python: '',
      c: 'int main(void) { return 0; }',
      java: 'public class Main { public static void main(String[] args) {} }',
      javascript: '',
    },
    exitCode: 0,
  },
  {
    what: 'prints nothing where nothing is right',
    verdict: 'accepted',
    programs: {
      python: 'pass',
      c: 'int main(void) { return 0; }',
      java: 'public class Main { public static void main(String[] args) {} }',
      javascript: '// nothing',
    },
    answer: '',
  },
  {
    what: 'prints bytes that are no text',
    verdict: 'wrong-answer',
    programs: {
      python: 'import sys\nsys.stdout.buffer.write(b"\\xff\\xfe\\x00")',
      c: '#include <stdio.h>\nint main(void) { fwrite("\\xff\\xfe\\0", 1, 3, stdout); }',
      java: 'class Main { public static void main(String[] a) { System.out.write(255); System.out.write(0); System.out.flush(); } }',
      javascript: 'process.stdout.write(Buffer.from([255, 254, 0]))',
    },
  },

  // ---- exit codes ----
  {
    what: 'prints the sum and ends with exit code 1',
    verdict: 'runtime-error',
    programs: {
      python: 'import sys\nprint(3)\nsys.exit(1)',
      c: '#include <stdio.h>\nint main(void) { puts("3"); return 1; }',
      java: 'class Main { public static void main(String[] a) { System.out.println(3); System.exit(1); } }',
      javascript: 'console.log(3)\nprocess.exit(1)',
    },
    exitCode: 1,
  },
  {
    what: 'prints the sum and sets process.exitCode',
    verdict: 'runtime-error',
    programs: { javascript: 'process.exitCode = 1\nconsole.log(3)' },
    exitCode: 1,
  },
  {
    what: 'ends with exit code 3',
    verdict: 'runtime-error',
    programs: { java: 'class Main { public static void main(String[] a) { System.exit(3); } }' },
    exitCode: 3,
  },
  {
    what: 'ends with exit code 42, as an accepting checker does',
    verdict: 'runtime-error',
    programs: {
      python: 'import sys\nprint(3)\nsys.exit(42)',
      c: '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { puts("3"); exit(42); }',
    },
    exitCode: 42,
  },
  {
    what: 'ends with exit code 43, as a refusing checker does',
    verdict: 'runtime-error',
    programs: {
      cpp: '#include <iostream>\nint main() { std::cout << 3; std::exit(43); }',
      javascript: 'console.log(3)\nprocess.exit(43)',
    },
    exitCode: 43,
  },
  {
    what: 'ends with exit code -1, which is 255',
    verdict: 'runtime-error',
    programs: {
      python: 'import sys\nprint(3)\nsys.exit(-1)',
      c: '#include <stdio.h>\nint main(void) { puts("3"); return -1; }',
      java: 'class Main { public static void main(String[] a) { System.out.println(3); System.exit(-1); } }',
      javascript: 'console.log(3)\nprocess.exit(-1)',
    },
    exitCode: 255,
  },
  {
    what: 'ends with exit code 255',
    verdict: 'runtime-error',
    programs: { python: 'import os\nos._exit(255)' },
    exitCode: 255,
  },
  {
    what: 'prints the sum and ends with exit code 0 by a call',
    verdict: 'accepted',
    programs: {
      python: 'print(3)\nexit()',
      c: '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { printf("3"); exit(0); }',
      cpp: '#include <iostream>\nint main() { std::cout << 3 << "\\n"; std::quick_exit((std::cout.flush(), 0)); }',
      java: 'class Main { public static void main(String[] a) { System.out.println(3); System.exit(0); } }',
      javascript: 'console.log(3)\nprocess.exit()',
    },
    exitCode: 0,
  },
  {
    what: 'exits with a text',
    verdict: 'runtime-error',
    programs: { python: 'raise SystemExit("no such luck")' },
    exitCode: 1,
    stderr: /no such luck/,
  },
  {
    what: 'loses what it had not flushed',
    verdict: 'wrong-answer',
    programs: {
      python: 'import os\nprint(3)\nos._exit(0)',
      c: '#include <stdio.h>\n#include <unistd.h>\nint main(void) { printf("3\\n"); _exit(0); }',
      java: 'class Main { public static void main(String[] a) { new java.io.PrintWriter(System.out).println(3); } }',
    },
    exitCode: 0,
  },
  {
    what: 'closes its output after the sum',
    verdict: 'accepted',
    programs: {
      python: 'import sys\nprint(3)\nsys.stdout.close()',
      c: '#include <stdio.h>\nint main(void) { printf("3\\n"); fclose(stdout); }',
      java: 'class Main { public static void main(String[] a) { System.out.println(3); System.out.close(); } }',
    },
  },

  // ---- exceptions and signals ----
  {
    what: 'lets an exception out',
    verdict: 'runtime-error',
    programs: {
      python: 'raise ValueError("it went wrong")',
      cpp: '#include <stdexcept>\nint main() { throw std::runtime_error("it went wrong"); }',
      java: 'class Main { public static void main(String[] a) { throw new IllegalStateException("it went wrong"); } }',
      javascript: 'throw new Error("it went wrong")',
    },
    stderr: /it went wrong/,
  },
  {
    what: 'prints the sum and lets an exception out',
    verdict: 'runtime-error',
    programs: {
      python: 'print(3, flush=True)\n[][0]',
      java: 'class Main { public static void main(String[] a) { System.out.println(3); int b = a[7].length(); } }',
      javascript: 'console.log(3)\nnull.length',
    },
  },
  {
    what: 'uses a name that does not exist, which only its run shows',
    verdict: 'runtime-error',
    programs: { python: 'prnt(3)', javascript: 'consle.log(3)' },
    exitCode: 1,
    stderr: /prnt|consle/,
  },
  {
    what: 'rejects a promise that nobody handles',
    verdict: 'runtime-error',
    programs: {
      javascript: code`
        console.log(3)
        Promise.reject(new Error('unhandled'))
      `,
    },
    exitCode: 1,
    stderr: /unhandled/,
  },
  {
    what: 'rejects in an async main',
    verdict: 'runtime-error',
    programs: { javascript: 'async function main() { await null; throw new Error("late") }\nmain()' },
    exitCode: 1,
    stderr: /late/,
  },
  {
    what: 'waits for a promise that nobody resolves',
    verdict: 'wrong-answer',
    programs: { javascript: 'async function main() { await new Promise(() => {}); console.log(3) }\nmain()' },
  },
  {
    what: 'lets an exception out of a second thread after the sum',
    verdict: 'accepted',
    programs: {
      python: code`
        import threading
        print(3)
        thread = threading.Thread(target=lambda: [][0])
        thread.start()
        thread.join()
      `,
      java: code`
        class Main {
          public static void main(String[] args) throws Exception {
            System.out.println(3);
            Thread thread = new Thread(() -> { throw new RuntimeException("in the thread"); });
            thread.start();
            thread.join();
          }
        }
      `,
    },
    exitCode: 0,
  },
  {
    what: 'throws in a static initialiser',
    verdict: 'runtime-error',
    programs: {
      java: code`
        public class Main {
          static int[] table = new int[3];
          static { table[3] = 1; }
          public static void main(String[] args) { System.out.println(3); }
        }
      `,
      cpp: code`
        #include <iostream>
        #include <vector>
        int first = std::vector<int>{}.at(0);
        int main() { std::cout << 3; }
      `,
    },
    stderr: /ExceptionInInitializerError|out_of_range/,
  },
  {
    what: 'fails an assertion',
    verdict: 'runtime-error',
    programs: {
      python: 'print(3)\nassert 1 > 2, "not so"',
      javascript: 'console.log(3)\nrequire("assert")(1 > 2, "not so")',
      c: '#include <assert.h>\n#include <stdio.h>\nint main(void) { puts("3"); assert(1 > 2 && "not so"); }',
    },
    stderr: /not so/,
  },
  {
    what: 'fails an assertion where assertions are off',
    verdict: 'accepted',
    programs: { java: 'class Main { public static void main(String[] a) { assert 1 > 2; System.out.println(3); } }' },
  },
  {
    what: 'divides by zero',
    verdict: 'runtime-error',
    programs: {
      python: 'print(1 // 0)',
      c: '#include <stdio.h>\nint main(void) { volatile int zero = 0; printf("%d\\n", 7 / zero); }',
      java: 'class Main { public static void main(String[] a) { System.out.println(1 / a.length); } }',
      javascript: 'console.log(1n / 0n)',
    },
  },
  {
    what: 'divides by zero in floating point',
    verdict: 'wrong-answer',
    programs: {
      c: '#include <stdio.h>\nint main(void) { volatile double zero = 0; printf("%f\\n", 1 / zero); }',
      java: 'class Main { public static void main(String[] a) { System.out.println(1.0 / a.length); } }',
      javascript: 'console.log(1 / 0)',
    },
  },
  {
    what: 'divides by zero, and the signal is told',
    verdict: 'runtime-error',
    programs: { c: 'int main(void) { volatile int zero = 0; return 7 / zero; }' },
    signal: 'SIGFPE',
  },
  {
    what: 'aborts',
    verdict: 'runtime-error',
    programs: {
      python: 'import os\nos.abort()',
      c: '#include <stdlib.h>\nint main(void) { abort(); }',
      cpp: '#include <exception>\nint main() { std::terminate(); }',
      javascript: 'process.abort()',
    },
    signal: 'SIGABRT',
  },
  {
    what: 'ends by a segmentation fault',
    verdict: 'runtime-error',
    programs: {
      python: 'import os, signal\nprint(3, flush=True)\nos.kill(os.getpid(), signal.SIGSEGV)',
      c: 'int main(void) { *(volatile int *)0 = 1; }',
    },
    signal: 'SIGSEGV',
  },
  {
    what: 'uses a null reference',
    verdict: 'runtime-error',
    programs: { java: 'class Main { public static void main(String[] a) { String s = null; s.length(); } }' },
    exitCode: 1,
    stderr: /NullPointerException/,
  },
  {
    what: 'frees twice',
    verdict: 'runtime-error',
    programs: {
      c: '#include <stdlib.h>\nint main(void) { char *volatile p = malloc(8); char *volatile q = p; free(p); free(q); }',
    },
    signal: 'SIGABRT',
  },
  {
    what: 'kills itself as a memory limit would',
    verdict: 'runtime-error',
    programs: {
      python: 'import os, signal\nprint(3, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)',
      c: '#include <signal.h>\n#include <stdio.h>\nint main(void) { puts("3"); fflush(stdout); raise(SIGKILL); }',
    },
    signal: 'SIGKILL',
  },

  // ---- two reasons ----
  {
    what: 'prints the sum and never ends',
    verdict: 'time-limit-exceeded',
    programs: {
      python: 'print(3, flush=True)\nwhile True: pass',
      c: '#include <stdio.h>\nint main(void) { puts("3"); fflush(stdout); for (;;) ; }',
      java: 'class Main { public static void main(String[] a) { System.out.println(3); while (true); } }',
      javascript: 'console.log(3)\nfor (;;);',
    },
    limits: { timeMs: 100 },
  },
  {
    what: 'prints a wrong number and fails',
    verdict: 'runtime-error',
    programs: {
      python: 'print(4)\nraise KeyError(4)',
      cpp: '#include <iostream>\nint main() { std::cout << 4 << std::endl; std::abort(); }',
    },
  },
  {
    what: 'prints too much and fails',
    verdict: 'output-limit-exceeded',
    programs: {
      python: 'import sys\nsys.stdout.write("3 " * 5000)\nsys.stdout.flush()\nsys.exit(1)',
      c: '#include <stdio.h>\nint main(void) { for (int i = 0; i < 5000; i++) puts("3"); fflush(stdout); return 1; }',
    },
    limits: { outputBytes: 1_000 },
  },
  {
    what: 'prints too much and never ends',
    verdict: 'output-limit-exceeded',
    programs: {
      python: code`
        import sys
        try: sys.stdout.write("3 " * 5000); sys.stdout.flush()
        except BaseException: pass
        while True: pass
      `,
    },
    limits: { outputBytes: 1_000, timeMs: 100 },
  },
  {
    what: 'uses too much memory and prints the sum',
    verdict: 'memory-limit-exceeded',
    programs: {
      python: 'x = bytearray(b"x") * (80 << 20)\nprint(3)',
      c: code`
        #include <stdio.h>
        #include <stdlib.h>
        int main(void) {
          volatile char *p = malloc(80 << 20);
          for (int i = 0; i < 80 << 20; i += 1024) p[i] = 1;
          puts("3");
        }
      `,
    },
    limits: { memoryBytes: 64 * 1024 * 1024 },
  },
]
