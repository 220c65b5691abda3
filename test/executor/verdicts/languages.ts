// What a language offers its users: several files, its library, odd but legal programs; and what does not compile.
import { code, type Situation } from './situation.ts'

export const languages: readonly Situation[] = [
  // ---- several files ----
  {
    what: 'has a second file',
    verdict: 'accepted',
    programs: {
      python: [
        {
          name: 'main.py',
          text: 'from arithmetic import add\nimport arithmetic\nprint(add(*map(int, input().split())) + arithmetic.zero)\n',
        },
        { name: 'arithmetic.py', text: 'zero = 0\ndef add(a, b): return a + b\n' },
      ],
      c: [
        {
          name: 'main.c',
          text: '#include "arithmetic.h"\n#include <stdio.h>\nint main(void) { printf("%d\\n", ADD(1, 2)); }\n',
        },
        { name: 'arithmetic.h', text: '#define ADD(a, b) ((a) + (b))\n' },
      ],
      cpp: [
        {
          name: 'main.cpp',
          text: '#include "arithmetic.hpp"\n#include <iostream>\nint main() { std::cout << add(1, 2) << std::endl; }\n',
        },
        { name: 'arithmetic.hpp', text: '#pragma once\ntemplate <class T> T add(T a, T b) { return a + b; }\n' },
      ],
      java: [
        {
          name: 'Main.java',
          text: 'public class Main { public static void main(String[] args) { System.out.println(new Arithmetic().add(1, 2)); } }\n',
        },
        {
          name: 'Arithmetic.java',
          text: 'public class Arithmetic { public int add(int a, int b) { return a + b; } }\n',
        },
      ],
      javascript: [
        { name: 'main.js', text: "const { add } = require('./arithmetic')\nconsole.log(add(1, 2))\n" },
        { name: 'arithmetic.js', text: 'exports.add = (a, b) => a + b\n' },
      ],
    },
  },
  {
    what: 'has a second file that is compiled on its own',
    verdict: 'accepted',
    programs: {
      c: [
        {
          name: 'main.c',
          text: '#include <stdio.h>\nint add(int a, int b);\nint main(void) { printf("%d\\n", add(1, 2)); }\n',
        },
        { name: 'arithmetic.c', text: 'int add(int a, int b) { return a + b; }\n' },
      ],
      cpp: [
        {
          name: 'main.cpp',
          text: '#include <iostream>\nint add(int a, int b);\nint main() { std::cout << add(1, 2) << std::endl; }\n',
        },
        { name: 'arithmetic.cpp', text: 'int add(int a, int b) { return a + b; }\n' },
      ],
    },
  },
  {
    what: 'has a main file with a name of its own',
    verdict: 'accepted',
    programs: {
      python: [{ name: 'solution.py', text: 'print(3)' }],
      c: [{ name: 'a.c', text: '#include <stdio.h>\nint main(void) { puts("3"); }' }],
      cpp: [{ name: 'solve-it.cc', text: '#include <iostream>\nint main() { std::cout << 3; }' }],
      java: [
        {
          name: 'Solution.java',
          text: 'public class Solution { public static void main(String[] a) { System.out.println(3); } }',
        },
      ],
      javascript: [{ name: 'solution.js', text: 'console.log(3)' }],
    },
  },
  {
    what: 'asks whether it is the main module',
    verdict: 'accepted',
    programs: {
      python: 'if __name__ == "__main__": print(3)',
      javascript: 'if (require.main === module) console.log(3)',
    },
  },

  // ---- libraries ----
  {
    what: 'imports what solutions import',
    verdict: 'accepted',
    programs: {
      python: code`
        import abc, array, ast, bisect, calendar, cmath, collections, contextlib, copy, dataclasses, datetime, decimal
        import enum, fractions, functools, graphlib, hashlib, heapq, io, inspect, itertools, json, math, numbers
        import operator, os, pprint, queue, random, re, statistics, string, struct, sys, textwrap, threading, time
        import traceback, types, typing, unicodedata, uuid, warnings, weakref, zlib
        from collections import *
        from decimal import Decimal
        from fractions import Fraction
        from functools import *
        from itertools import *
        from math import *
        print(Counter('aab').most_common(1)[0][1] + int(Fraction(1, 2) * 2), Decimal('0.1') + 0)
        print(datetime.date(2024, 2, 29).weekday(), statistics.median([3, 1, 2]), random.Random(1).randint(3, 3))
        print(re.sub('(a)', r'\1\1', 'bab'), json.dumps({'a': [1]}), hashlib.sha256(b'').hexdigest()[:4])
      `,
      c: code`
        #include <assert.h>
        #include <ctype.h>
        #include <errno.h>
        #include <inttypes.h>
        #include <limits.h>
        #include <math.h>
        #include <stdbool.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <time.h>
        static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
        int main(void) {
          int x[] = {3, 1, 2};
          qsort(x, 3, sizeof *x, compare);
          char *copy = strdup("bab");
          __int128 wide = (__int128)1 << 100;
          volatile double angle = M_PI;
          printf("%d 0.%d\n", x[2], (int)(wide >> 100));
          printf("%d %d %d\n", x[2], __builtin_popcount(3), (int)lround(cbrt(27) + sin(angle)));
          printf("%ca%c%c {\"a\": [1]} e3b0\n", copy[0], tolower('A'), copy[2]);
        }
      `,
      cpp: code`
        #include <bits/stdc++.h>
        #include <ext/pb_ds/assoc_container.hpp>
        #include <ext/pb_ds/tree_policy.hpp>
        using namespace std;
        using Tree = __gnu_pbds::tree<int, __gnu_pbds::null_type, less<>, __gnu_pbds::rb_tree_tag,
                                      __gnu_pbds::tree_order_statistics_node_update>;
        template <integral T> T twice(T x) { return x * 2; }
        struct Point { int x, y; auto operator<=>(const Point &) const = default; };
        int main() {
          Tree tree;
          for (int i : {5, 3, 1, 4}) tree.insert(i);
          auto odd = views::iota(1, 6) | views::filter([](int i) { return i % 2; });
          auto [a, b] = pair{tree.order_of_key(4), *tree.find_by_order(0)};
          unordered_map<string, vector<Point>> points{{"p", {{1, 2}, {1, 1}}}};
          ranges::sort(points["p"]);
          cout << ranges::distance(odd) << " 0." << points["p"][0].y << '\n';
          cout << a + b << ' ' << twice(1) << ' ' << popcount(7u) << '\n';
          cout << regex_replace("bab", regex("(a)"), "$1$1") << " {\"a\": [" << gcd(2, 3) << "]} e3b0" << endl;
        }
      `,
      java: code`
        import java.math.*;
        import java.time.*;
        import java.util.*;
        import java.util.function.*;
        import java.util.regex.*;
        import java.util.stream.*;
        public class Main {
          sealed interface Shape permits Square, Circle {}
          record Square(int side) implements Shape {}
          record Circle(int radius) implements Shape {}
          enum Colour { RED, GREEN }
          static abstract class Node { abstract int value(); }
          class Inner extends Node { int value() { return 3; } }
          static int size(Shape shape) { return shape instanceof Square s ? s.side() : 0; }
          public static void main(String[] args) throws Exception {
            var deque = new ArrayDeque<>(List.of(1, 2));
            Map<String, Integer> counts = new TreeMap<>();
            for (String word : "a a b".split(" ")) counts.merge(word, 1, Integer::sum);
            BiFunction<Integer, Integer, Integer> add = (x, y) -> x + y;
            System.out.println(add.apply(deque.pop(), counts.get("a")) + " " + new BigDecimal("0.10").stripTrailingZeros());
            int day = LocalDate.of(2024, 2, 29).getDayOfWeek().getValue() - 1;
            int two = switch (Colour.GREEN) { case RED -> 1; case GREEN -> 2; };
            int three = IntStream.rangeClosed(1, 2).parallel().sum();
            System.out.println(day + " " + two + " " + BigInteger.valueOf(three).gcd(BigInteger.valueOf(size(new Square(9)))));
            String text = """
                {"a": [%d]}""";
            Node node = new Main().new Inner();
            var words = Stream.of("e", "b0").collect(Collectors.joining(String.valueOf(node.value())));
            System.out.println(Pattern.compile("(a)").matcher("bab").replaceAll("$1$1") + " " + String.format(text, 1) + " " + words);
          }
        }
      `,
      javascript: code`
        'use strict'
        const assert = require('node:assert')
        const { createHash } = require('crypto')
        const { EventEmitter, once } = require('events')
        const os = require('os'), path = require('path'), util = require('util'), { performance } = require('perf_hooks')
        class Node { #value; static zero = 0; constructor(value) { this.#value = value } get value() { return this.#value } }
        async function main() {
          const counts = new Map([...'aab'].map((letter, index) => [letter, index]))
          assert(performance.now() > 0 && os.EOL === '\n' && path.join('a', 'b') === 'a/b')
          console.log('%d %s', new Node(3).value, (0.1).toFixed(1))
          const later = new EventEmitter()
          setTimeout(() => later.emit('done', 2), 1)
          const [two] = await once(later, 'done')
          console.log(...[3, 10, two].sort((a, b) => a - b).slice(0, 2).reverse(), Number(BigInt(2) ** 64n % 13n))
          console.log('bab'.replace(/(a)/g, '$1$1'), util.format('%j', { a: [1] }).replace(':', ': '), createHash('sha256').update('').digest('hex').slice(0, counts.get('b') + 2))
        }
        main().then(() => setImmediate(() => process.nextTick(() => {})))
      `,
    },
    answer: '3 0.1\n3 2 3\nbaab {"a": [1]} e3b0\n',
  },

  // ---- Java's classes ----
  {
    what: 'has its main in a class that is not Main',
    verdict: 'accepted',
    programs: {
      java: 'public class Solution { public static void main(String[] args) { System.out.println(3); } }',
    },
  },
  {
    what: 'declares a package',
    verdict: 'accepted',
    programs: {
      java: 'package org.example.sums;\npublic class Main { public static void main(String[] args) { System.out.println(3); } }',
    },
  },
  {
    what: 'declares a package and another class name',
    verdict: 'accepted',
    programs: {
      java: 'package a.b;\n\nclass Helper { int three() { return 3; } }\nclass Entry { public static void main(String... args) { System.out.println(new Helper().three()); } }',
    },
  },
  {
    what: 'mentions other classes in comments and texts before its own',
    verdict: 'accepted',
    programs: {
      java: code`
        // public class Wrong { public static void main(String[] args) {} }
        /* package wrong;
           class Other { } */
        class Text { static final String TEXT = "public class Fake { public static void main(String[] a) {} }"; }
        final class Answer {
          static public void main(final String args[]) { System.out.println(Text.TEXT.length() > 3 ? 3 : 0); }
        }
      `,
    },
  },
  {
    what: 'has its first class without a main',
    verdict: 'accepted',
    programs: {
      java: code`
        import java.util.*;
        class Edge implements Comparable<Edge> {
          int to, cost;
          Edge(int to, int cost) { this.to = to; this.cost = cost; }
          public int compareTo(Edge other) { return Integer.compare(cost, other.cost); }
        }
        class Main {
          public static void main(String[] args) {
            PriorityQueue<Edge> queue = new PriorityQueue<>(List.of(new Edge(1, 9), new Edge(3, 1)));
            System.out.println(queue.poll().to);
          }
        }
      `,
    },
  },
  {
    what: 'prints from a static initialiser',
    verdict: 'accepted',
    programs: {
      java: 'public class Main { static { System.out.println(3); } public static void main(String[] args) {} }',
      cpp: '#include <iostream>\nstruct Early { Early() { std::cout << 3 << std::endl; } } early;\nint main() {}',
    },
  },
  {
    what: 'works on in a thread after main has returned',
    verdict: 'accepted',
    programs: {
      java: code`
        class Main {
          public static void main(String[] args) {
            new Thread(() -> {
              try { Thread.sleep(50); } catch (InterruptedException stop) { return; }
              System.out.println(3);
            }).start();
          }
        }
      `,
      python: 'import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.05), print(3))).start()',
    },
  },
  {
    what: 'prints when it ends',
    verdict: 'accepted',
    programs: {
      python: 'import atexit\natexit.register(print, 3)',
      c: '#include <stdio.h>\n#include <stdlib.h>\nstatic void bye(void) { puts("3"); }\nint main(void) { atexit(bye); }',
      cpp: '#include <iostream>\nstruct Late { ~Late() { std::cout << 3 << std::endl; } } late;\nint main() {}',
      java: 'class Main { public static void main(String[] a) { Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(3))); } }',
      javascript: 'process.on("exit", () => console.log(3))',
    },
  },

  // ---- compilers ----
  {
    what: 'has a syntax error',
    verdict: 'compile-error',
    programs: {
      python: 'print(3)\nx = (',
      c: '#include <stdio.h>\nint main(void) { puts("3") }',
      cpp: '#include <iostream>\nint main() { std::cout << 3 << ; }',
      java: 'public class Main { public static void main(String[] args) { System.out.println(3) } }',
      javascript: 'console.log(3)\nconst = 4',
    },
    log: /error/i,
  },
  {
    what: 'has a wrong indent',
    verdict: 'compile-error',
    programs: { python: 'if True:\nprint(3)' },
    log: /IndentationError.*line 1/,
  },
  {
    what: 'declares a name twice',
    verdict: 'compile-error',
    programs: {
      c: 'int main(void) { int a; char *a; }',
      java: 'class Main { public static void main(String[] args) { int args = 3; } }',
      javascript: 'console.log(3)\nlet a = 1\nlet a = 2',
    },
    log: /args|\ba\b/,
  },
  {
    what: 'uses a name that does not exist, which the compiler sees',
    verdict: 'compile-error',
    programs: {
      c: 'int main(void) { return missing; }',
      java: 'class Main { public static void main(String[] args) { missing(); } }',
    },
    log: /missing/,
  },
  {
    what: 'calls a function that nothing defines',
    verdict: 'compile-error',
    programs: {
      c: 'int missing(void);\nint main(void) { return missing(); }',
    },
    log: /undefined reference/,
  },
  {
    what: 'has no main',
    verdict: 'compile-error',
    programs: {
      c: 'int add(int a, int b) { return a + b; }',
      cpp: '',
      java: 'public class Main { static int add(int a, int b) { return a + b; } }',
    },
    log: /main/,
  },
  {
    what: 'includes a file that does not exist',
    verdict: 'compile-error',
    programs: {
      c: '#include "missing.h"\nint main(void) { return 0; }',
      java: 'import org.missing.Thing;\nclass Main { public static void main(String[] args) {} }',
    },
    log: /missing/,
  },
  {
    what: 'has an error of types deep in a template',
    verdict: 'compile-error',
    programs: {
      cpp: code`
        #include <bits/stdc++.h>
        struct Opaque {};
        int main() {
          std::map<std::vector<Opaque>, std::set<Opaque>> x;
          x[{Opaque{}}].insert(Opaque{});
          std::cout << x;
          std::vector<std::list<int>> y;
          std::sort(y.begin()->begin(), y.begin()->end());
        }
      `,
    },
    log: /error/,
  },
  {
    what: 'has more errors than a log may be long',
    verdict: 'compile-error',
    programs: {
      c: `int main(void) {\n${Array.from({ length: 2_000 }, (_, index) => `  missing_${index} = 1;\n`).join('')}}`,
      cpp: `int main() {\n${Array.from({ length: 2_000 }, (_, index) => `  missing_${index} = 1;\n`).join('')}}`,
      java: `class Main { static void f() {\n${Array.from({ length: 2_000 }, (_, index) => `  missing${index} = 1;\n`).join('')}} }`,
    },
    log: /missing/,
  },
  {
    what: 'instantiates templates without end',
    verdict: 'compile-error',
    programs: { cpp: 'template <int n> int f() { return f<n + 1>(); }\nint main() { return f<0>(); }' },
    log: /depth/,
  },
  {
    what: 'makes its compiler warn',
    verdict: 'accepted',
    programs: {
      python: 'x = 3\nif x is 3: pass\nprint(x)',
      c: '#warning "be careful"\nint main(void) { puts("3"); }',
      java: 'import java.util.*;\nclass Main { public static void main(String[] args) { List x = new ArrayList(); x.add(new Integer(3)); System.out.println(x.get(0)); } }',
    },
  },
  {
    what: 'begins with a byte order mark',
    verdict: 'accepted',
    programs: {
      python: '\u{FEFF}print(3)',
      c: '\u{FEFF}#include <stdio.h>\nint main(void) { puts("3"); }',
      javascript: '\u{FEFF}console.log(3)',
    },
  },
  {
    what: 'has CRLF line ends and no last one',
    verdict: 'accepted',
    programs: {
      python: 'if True:\r\n    x = 3\r\n    print(x)',
      c: '#include <stdio.h>\r\n#define MULTI(x) \\\r\n  (x)\r\nint main(void) {\r\n  printf("%d", MULTI(3));\r\n}',
      java: 'class Main {\r\n  public static void main(String[] a) {\r\n    System.out.println(3); // three\r\n  }\r\n}',
      javascript: '// three\r\nconst x = 3\r\nconsole.log(x)',
    },
  },
]
