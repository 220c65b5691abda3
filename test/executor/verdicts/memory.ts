// Memory on both sides of its limit, requests that fail, and deep recursion, which needs both stack and memory.
import { code, type Situation } from './situation.ts'

const MiB = 1024 * 1024

export const memory: readonly Situation[] = [
  {
    what: 'collects memory without end',
    verdict: 'memory-limit-exceeded',
    programs: {
      python: 'x = []\nwhile True: x.append(bytes(10000))',
      c: code`
        #include <stdlib.h>
        int main(void) {
          for (;;) {
            volatile char *p = malloc(1 << 16);
            for (int i = 0; i < 1 << 16; i += 1 << 10) p[i] = 1;
          }
        }
      `,
      cpp: '#include <vector>\nint main() { std::vector<long> v; for (;;) v.push_back(1); }',
      java: code`
        import java.util.*;
        class Main {
          public static void main(String[] args) {
            List<int[]> all = new ArrayList<>();
            for (;;) all.add(new int[10_000]);
          }
        }
      `,
      javascript: 'const all = []\nfor (;;) all.push(new Array(1000).fill(1.5))',
    },
    limits: { memoryBytes: 128 * MiB },
  },
  {
    what: 'collects memory outside of the heap without end',
    verdict: 'memory-limit-exceeded',
    programs: {
      java: code`
        import java.nio.*;
        import java.util.*;
        class Main {
          public static void main(String[] args) {
            List<ByteBuffer> all = new ArrayList<>();
            for (;;) {
              ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
              for (int i = 0; i < 1 << 20; i += 1 << 10) buffer.put(i, (byte) 1);
              all.add(buffer);
            }
          }
        }
      `,
      javascript: 'const all = []\nfor (;;) all.push(Buffer.alloc(1 << 20, 1))',
    },
    limits: { memoryBytes: 128 * MiB },
  },
  {
    what: 'asks for far too much at once',
    verdict: 'memory-limit-exceeded',
    programs: {
      python: 'x = [0] * 10**9\nprint(3)',
      cpp: '#include <bits/stdc++.h>\nint main() { std::vector<long> v(1000000000, 1); printf("%ld\\n", v[1] + 2); }',
      java: 'class Main { public static void main(String[] a) { long[] x = new long[1_000_000_000]; System.out.println(3); } }',
      javascript: 'const x = new Float64Array(1e8).fill(1.5)\nconsole.log(3)',
    },
  },
  {
    what: 'asks for far too much at once and does not look whether it got it',
    verdict: ['memory-limit-exceeded', 'runtime-error'],
    programs: {
      c: code`
        #include <stdio.h>
        #include <stdlib.h>
        int main(void) {
          volatile char *p = malloc(8ull << 30);
          for (unsigned long i = 0; i < 8ull << 30; i += 1024) p[i] = 1;
          puts("3");
        }
      `,
    },
  },
  {
    what: 'lets the failed request for memory out',
    verdict: 'memory-limit-exceeded',
    programs: {
      python: 'raise MemoryError',
      cpp: '#include <cstdio>\nint main() { puts("3"); for (;;) { char *volatile p = new char[1 << 24]{1}; } }',
      java: 'class Main { public static void main(String[] a) { throw new OutOfMemoryError("Java heap space"); } }',
    },
  },
  {
    what: 'asks for a length that there is not, which is no want of memory',
    verdict: 'runtime-error',
    programs: {
      cpp: '#include <string>\nint main(int argc, char **) { std::string s; s.reserve(-argc); }',
      javascript: 'const a = []\na.length = -1',
    },
  },
  {
    what: 'catches the failed request for memory and goes on',
    verdict: 'accepted',
    programs: {
      python: code`
        try: x = bytearray(8 << 30)
        except MemoryError: pass
        print(3)
      `,
      c: '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { free(malloc(8ull << 30)); puts("3"); }',
      cpp: code`
        #include <iostream>
        #include <new>
        int main() {
          try { delete[] new char[8ull << 30]; } catch (const std::bad_alloc &) {}
          std::cout << 3 << std::endl;
        }
      `,
      java: code`
        class Main {
          public static void main(String[] args) {
            try { long[] x = new long[1 << 30]; } catch (OutOfMemoryError caught) {}
            System.out.println(3);
          }
        }
      `,
      javascript: code`
        try { new Array(-1) } catch {}
        try { 'x'.repeat(2 ** 29) + 'x'.repeat(2 ** 29) } catch {}
        console.log(3)
      `,
    },
  },
  {
    what: 'stays just below its memory',
    verdict: 'accepted',
    programs: {
      python: 'x = bytearray(b"x") * (108 << 20)\nprint(3)',
      c: code`
        #include <stdio.h>
        #include <stdlib.h>
        int main(void) {
          volatile char *p = malloc(122 << 20);
          for (int i = 0; i < 122 << 20; i += 1024) p[i] = 1;
          puts("3");
        }
      `,
    },
    limits: { memoryBytes: 128 * MiB },
  },
  {
    what: 'goes just above its memory',
    verdict: 'memory-limit-exceeded',
    programs: {
      python: 'x = bytearray(b"x") * (132 << 20)\nprint(3)',
      c: code`
        #include <stdio.h>
        #include <stdlib.h>
        int main(void) {
          volatile char *p = malloc(132 << 20);
          for (int i = 0; i < 132 << 20; i += 1024) p[i] = 1;
          puts("3");
        }
      `,
    },
    limits: { memoryBytes: 128 * MiB },
  },
  {
    what: 'fills a global array below its memory',
    verdict: 'accepted',
    programs: {
      c: '#include <stdio.h>\nint x[50000000];\nint main(void) { for (int i = 0; i < 50000000; i++) x[i] = i; printf("%d\\n", x[3]); }',
    },
  },
  {
    what: 'fills a global array above its memory',
    verdict: 'memory-limit-exceeded',
    programs: {
      c: '#include <stdio.h>\nint x[200000000];\nint main(void) { for (int i = 0; i < 200000000; i++) x[i] = i; printf("%d\\n", x[3]); }',
    },
  },
  {
    what: 'holds half of its memory in ordinary objects',
    verdict: 'accepted',
    programs: {
      python: 'x = list(range(2_500_000))\nprint(x[3])',
      cpp: '#include <bits/stdc++.h>\nint main() { std::set<int> s; for (int i = 0; i < 2000000; i++) s.insert(i); std::cout << *s.find(3); }',
      java: code`
        import java.util.*;
        class Main {
          public static void main(String[] args) {
            List<Integer> x = new ArrayList<>();
            for (int i = 0; i < 4_000_000; i++) x.add(i);
            System.out.println(x.get(3));
          }
        }
      `,
      javascript: 'const x = Array.from({ length: 1_500_000 }, (_, id) => ({ id }))\nconsole.log(x[3].id)',
    },
  },
  {
    what: 'throws away far more than its memory, a little at a time',
    verdict: 'accepted',
    programs: {
      python: 'for i in range(2000): x = bytearray(1 << 20)\nprint(3)',
      java: 'class Main { public static void main(String[] a) { int sum = 0; for (int i = 0; i < 20_000; i++) sum += new byte[1 << 17].length >> 17; System.out.println(sum / 10_000 + 1); } }',
      javascript:
        'let sum = 0\nfor (let i = 0; i < 2000; i++) sum += new Array(50_000).fill(i).length\nconsole.log(sum / 1e8 + 2)',
    },
  },

  // ---- recursion ----
  {
    what: 'recurses deep',
    verdict: 'accepted',
    programs: {
      python: code`
        import sys
        sys.setrecursionlimit(10**6)
        def depth(n): return depth(n - 1) + 1 if n else 0
        print(depth(10**5))
      `,
      java: code`
        class Main {
          static int depth(int n) { return n == 0 ? 0 : depth(n - 1) + 1; }
          public static void main(String[] args) { System.out.println(depth(100_000)); }
        }
      `,
      javascript: 'const depth = (n) => (n ? depth(n - 1) + 1 : 0)\nconsole.log(depth(100_000))',
    },
    answer: '100000\n',
  },
  {
    what: 'recurses a million deep',
    verdict: 'accepted',
    programs: {
      c: code`
        #include <stdio.h>
        static int depth(volatile int n) { return n == 0 ? 0 : depth(n - 1) + 1; }
        int main(void) { printf("%d\n", depth(1000000)); }
      `,
      cpp: code`
        #include <bits/stdc++.h>
        std::vector<int> child, size;
        void visit(int v) {
          size[v] = 1;
          if (child[v] < 0) return;
          visit(child[v]);
          size[v] += size[child[v]];
        }
        int main() {
          const int n = 1000000;
          child.assign(n, -1), size.assign(n, 0);
          for (int v = 0; v + 1 < n; v++) child[v] = v + 1;
          visit(0);
          std::cout << size[0] << std::endl;
        }
      `,
    },
    answer: '1000000\n',
  },
  {
    what: 'recurses deep in a thread with a stack of its own size',
    verdict: 'accepted',
    programs: {
      python: code`
        import sys, threading
        sys.setrecursionlimit(10**6)
        threading.stack_size(1 << 27)
        def depth(n): return depth(n - 1) + 1 if n else 0
        def main(): print(depth(10**5))
        thread = threading.Thread(target=main)
        thread.start()
        thread.join()
      `,
      java: code`
        class Main implements Runnable {
          public static void main(String[] args) { new Thread(null, new Main(), "", 1 << 26).start(); }
          static int depth(int n) { return n == 0 ? 0 : depth(n - 1) + 1; }
          public void run() { System.out.println(depth(100_000)); }
        }
      `,
    },
    answer: '100000\n',
  },
  {
    what: 'recurses through a cache written in C',
    verdict: 'accepted',
    programs: {
      python: code`
        import sys
        from functools import lru_cache
        sys.setrecursionlimit(10**6)
        @lru_cache(maxsize=None)
        def depth(n): return depth(n - 1) + 1 if n else 0
        print(depth(20000))
      `,
    },
    answer: '20000\n',
  },
  {
    what: 'recurses without end',
    verdict: 'runtime-error',
    programs: {
      python: 'def f(): f()\nf()',
      javascript: 'const f = (n) => f(n + 1) + 1\nf(0)',
    },
    exitCode: 1,
    stderr: /RecursionError|RangeError/,
  },
  {
    // To unwind a stack of 64 MiB the virtual machine itself takes 340 to 480 MB.
    what: 'recurses without end in a virtual machine',
    verdict: ['runtime-error', 'memory-limit-exceeded'],
    programs: {
      java: 'class Main { static int f(int n) { return f(n + 1) + 1; } public static void main(String[] a) { f(0); } }',
    },
  },
  {
    what: 'recurses without end and without a limit of the language',
    verdict: ['runtime-error', 'memory-limit-exceeded'],
    programs: {
      python: 'import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()',
      c: 'static int f(volatile int n) { return f(n + 1) + n; }\nint main(void) { return f(0); }',
    },
    limits: { memoryBytes: 64 * MiB },
  },
]
