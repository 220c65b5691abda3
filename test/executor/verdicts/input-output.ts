// Reading and writing: every usual way of it, odd line ends, long inputs, text beyond ASCII.
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import { sums } from './endings.ts'
import { code, type Situation } from './situation.ts'

/** About 4 MB of numbers. */
const many = Array.from({ length: 600_000 }, (_, index) => (index * 7919) % 1_000_003)
const manyInput = `${many.length}\n${many.join(' ')}\n`
const manySum = `${many.reduce((sum, value) => sum + value, 0)}\n`

/** Each prints the sum of all numbers of its input. */
const waysOfReading: readonly [way: string, language: ExecutorLanguage, program: string][] = [
  ['input()', 'python', 'total = 0\nfor _ in range(2): total += sum(map(int, input().split()))\nprint(total)'],
  ['sys.stdin line by line', 'python', 'import sys\nprint(sum(int(x) for line in sys.stdin for x in line.split()))'],
  ['sys.stdin.readline', 'python', 'import sys\ninput = sys.stdin.readline\nprint(int(input()) + int(input()))'],
  ['sys.stdin.read()', 'python', 'import sys\nprint(sum(map(int, sys.stdin.read().split())))'],
  ['sys.stdin.buffer', 'python', 'import sys\nprint(sum(map(int, sys.stdin.buffer.read().split())))'],
  ['open(0)', 'python', 'print(sum(map(int, open(0).read().split())))'],
  [
    'a loop until EOFError',
    'python',
    'total = 0\ntry:\n  while True: total += int(input())\nexcept EOFError: print(total)',
  ],
  ['os.read', 'python', 'import os\nprint(sum(map(int, os.read(0, 100).split())))'],
  [
    'io.BytesIO of os.read',
    'python',
    'import io, os\nread = io.BytesIO(os.read(0, os.fstat(0).st_size or 100)).readline\nprint(int(read()) + int(read()))',
  ],
  [
    'scanf',
    'c',
    '#include <stdio.h>\nint main(void) { int s = 0, x; while (scanf("%d", &x) == 1) s += x; printf("%d\\n", s); }',
  ],
  [
    'fgets',
    'c',
    '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { char l[99]; int s = 0; while (fgets(l, 99, stdin)) s += atoi(l); printf("%d\\n", s); }',
  ],
  [
    'getchar',
    'c',
    '#include <stdio.h>\nint main(void) { int s = 0, x = 0, c; while ((c = getchar()) != EOF) if (c == \'\\n\') s += x, x = 0; else x = x * 10 + c - 48; printf("%d\\n", s); }',
  ],
  [
    'read',
    'c',
    '#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\nint main(void) { char b[99] = "", *p = b; if (read(0, b, 98) < 1) return 1; long s = strtol(p, &p, 10); printf("%ld\\n", s + strtol(p, &p, 10)); }',
  ],
  [
    'cin',
    'cpp',
    "#include <iostream>\nint main() { int s = 0, x; while (std::cin >> x) s += x; std::cout << s << '\\n'; }",
  ],
  [
    'cin without C streams',
    'cpp',
    '#include <bits/stdc++.h>\nusing namespace std;\nint main() { ios::sync_with_stdio(false); cin.tie(nullptr); int a, b; cin >> a >> b; cout << a + b << "\\n"; }',
  ],
  [
    'getline',
    'cpp',
    '#include <bits/stdc++.h>\nint main() { std::string l; int s = 0; while (std::getline(std::cin, l)) s += std::stoi(l); std::cout << s; }',
  ],
  [
    'istream iterators',
    'cpp',
    '#include <bits/stdc++.h>\nusing I = std::istream_iterator<int>;\nint main() { std::cout << std::accumulate(I(std::cin), I(), 0) << std::endl; }',
  ],
  [
    'cin and scanf in turns',
    'cpp',
    '#include <bits/stdc++.h>\nint main() { int a, b; std::cin >> a; scanf("%d", &b); printf("%d", a + b); std::cout << std::endl; }',
  ],
  [
    'Scanner',
    'java',
    'import java.util.Scanner;\nclass Main { public static void main(String[] a) { Scanner in = new Scanner(System.in); int s = 0; while (in.hasNextInt()) s += in.nextInt(); System.out.println(s); } }',
  ],
  [
    'BufferedReader',
    'java',
    'import java.io.*;\nclass Main { public static void main(String[] a) throws IOException { BufferedReader in = new BufferedReader(new InputStreamReader(System.in)); int s = 0; for (String l; (l = in.readLine()) != null; ) s += Integer.parseInt(l); System.out.println(s); } }',
  ],
  [
    'StreamTokenizer',
    'java',
    'import java.io.*;\nclass Main { public static void main(String[] a) throws IOException { StreamTokenizer in = new StreamTokenizer(System.in); int s = 0; while (in.nextToken() != StreamTokenizer.TT_EOF) s += (int) in.nval; PrintWriter out = new PrintWriter(System.out); out.println(s); out.flush(); } }',
  ],
  [
    'System.in.readAllBytes',
    'java',
    'class Main { public static void main(String[] a) throws Exception { int s = 0; for (String x : new String(System.in.readAllBytes()).split("\\\\s+")) s += Integer.parseInt(x); System.out.println(s); } }',
  ],
  [
    'lines()',
    'java',
    'import java.io.*;\nclass Main { public static void main(String[] a) { System.out.println(new BufferedReader(new InputStreamReader(System.in)).lines().mapToInt(Integer::parseInt).sum()); } }',
  ],
  [
    'readFileSync(0)',
    'javascript',
    'console.log(require("fs").readFileSync(0, "utf8").trim().split("\\n").reduce((s, x) => s + +x, 0))',
  ],
  [
    'readFileSync of /dev/stdin',
    'javascript',
    'const input = require("fs").readFileSync("/dev/stdin").toString().trim().split("\\n")\nconsole.log(+input[0] + +input[1])',
  ],
  [
    'readline events',
    'javascript',
    'const rl = require("readline").createInterface({ input: process.stdin })\nlet s = 0\nrl.on("line", (line) => (s += +line)).on("close", () => console.log(s))',
  ],
  [
    'readline as an iterator',
    'javascript',
    'async function main() {\n  let s = 0\n  for await (const line of require("node:readline").createInterface({ input: process.stdin })) s += +line\n  console.log(s)\n}\nmain()',
  ],
  [
    'data events',
    'javascript',
    'let text = ""\nprocess.stdin.setEncoding("utf8")\nprocess.stdin.on("data", (part) => (text += part))\nprocess.stdin.on("end", () => console.log(text.split("\\n").reduce((s, x) => s + +x, 0)))',
  ],
  [
    'readable events',
    'javascript',
    'let s = ""\nprocess.stdin.on("readable", () => { for (let part; (part = process.stdin.read()) !== null; ) s += part })\nprocess.stdin.on("end", () => console.log(eval(s.trim().replace("\\n", "+"))))',
  ],
  [
    'readFile with a callback',
    'javascript',
    'require("fs").readFile(0, "utf8", (error, text) => { if (error) throw error; const [a, b] = text.split("\\n"); console.log(+a + +b) })',
  ],
]

export const inputOutput: readonly Situation[] = [
  ...waysOfReading.map(([way, language, program]): Situation => ({
    what: `reads by ${way}`,
    verdict: 'accepted',
    programs: { [language]: program },
    input: '1\n2\n',
  })),
  { what: 'gets CRLF line ends', verdict: 'accepted', programs: sums, input: '1 2\r\n' },
  { what: 'gets no line end', verdict: 'accepted', programs: sums, input: '1 2' },
  {
    what: 'prints no line end',
    verdict: 'accepted',
    programs: {
      python: 'print(3, end="")',
      c: '#include <stdio.h>\nint main(void) { printf("3"); }',
      java: 'class Main { public static void main(String[] a) { System.out.print(3); } }',
      javascript: 'process.stdout.write("3")',
    },
  },
  {
    what: 'reads past the end of its input and fails',
    verdict: 'runtime-error',
    programs: {
      python: 'input()\nprint(input())',
      cpp: '#include <bits/stdc++.h>\nint main() { std::string a, b; getline(std::cin, a); getline(std::cin, b); std::cout << std::stoi(b); }',
      java: sums.java.replace('in.nextInt())', 'in.nextInt() + in.nextInt())'),
      javascript:
        'const lines = require("fs").readFileSync(0, "utf8").trim().split("\\n")\nconsole.log(lines[1].length)',
    },
    stderr: /EOFError|stoi|NoSuchElementException|TypeError/,
  },
  {
    what: 'reads past the end of its input and goes on',
    verdict: 'accepted',
    programs: {
      c: '#include <stdio.h>\nint main(void) { int a, b, c = 0; scanf("%d%d%d", &a, &b, &c); printf("%d\\n", a + b + c); }',
    },
  },
  {
    what: 'gets no input at all',
    verdict: 'accepted',
    programs: {
      python: 'import sys\nprint(len(sys.stdin.read()) + 3)',
      c: '#include <stdio.h>\nint main(void) { printf("%d\\n", getchar() + 4); }',
      java: 'class Main { public static void main(String[] a) throws Exception { System.out.println(System.in.read() + 4); } }',
      javascript: 'console.log(require("fs").readFileSync("/dev/stdin", "utf8").length + 3)',
    },
    input: '',
  },
  {
    what: 'waits for the end of an empty input by events',
    verdict: 'accepted',
    programs: { javascript: 'process.stdin.on("data", () => {}).on("end", () => console.log(3))' },
    input: '',
  },
  {
    what: 'does not read its 4 MB of input',
    verdict: 'accepted',
    programs: {
      python: 'print(3)',
      c: '#include <stdio.h>\nint main(void) { puts("3"); }',
      java: 'class Main { public static void main(String[] a) { System.out.println(3); } }',
      javascript: 'console.log(3)',
    },
    input: manyInput,
  },
  {
    what: 'reads 4 MB of input',
    verdict: 'accepted',
    programs: {
      python: 'import sys\nn, *x = map(int, sys.stdin.buffer.read().split())\nassert len(x) == n\nprint(sum(x))',
      c: code`
        #include <stdio.h>
        int main(void) {
          int n, x;
          long sum = 0;
          scanf("%d", &n);
          while (n-- > 0) scanf("%d", &x), sum += x;
          printf("%ld\n", sum);
        }
      `,
      cpp: code`
        #include <bits/stdc++.h>
        using namespace std;
        int main() {
          ios::sync_with_stdio(false), cin.tie(nullptr);
          long long n, x, sum = 0;
          cin >> n;
          while (n-- > 0) cin >> x, sum += x;
          cout << sum << endl;
        }
      `,
      java: code`
        import java.io.*;
        import java.util.*;
        public class Main {
          public static void main(String[] args) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            int n = Integer.parseInt(in.readLine());
            StringTokenizer words = new StringTokenizer(in.readLine());
            long sum = 0;
            while (n-- > 0) sum += Integer.parseInt(words.nextToken());
            System.out.println(sum);
          }
        }
      `,
      javascript: code`
        const [n, ...x] = require('fs').readFileSync('/dev/stdin', 'utf8').split(/\s+/)
        let sum = 0
        for (let i = 0; i < n; i++) sum += +x[i]
        console.log(sum)
      `,
    },
    input: manyInput,
    answer: manySum,
  },
  {
    what: 'reads 4 MB of lines by events',
    verdict: 'accepted',
    programs: {
      javascript: code`
        let sum = 0
        require('readline')
          .createInterface({ input: process.stdin })
          .on('line', (line) => (sum += Number(line)))
          .on('close', () => console.log(sum))
      `,
    },
    input: `${many.join('\n')}\n`,
    answer: manySum,
  },
  {
    what: 'reads and writes text beyond ASCII',
    verdict: 'accepted',
    programs: {
      python: 'a, b = input().split()\nprint(b, a, len(a))',
      c: code`
        #include <stdio.h>
        int main(void) {
          char a[99], b[99];
          int letters = 0;
          scanf("%s %s", a, b);
          for (char *p = a; *p; p++) letters += (*p & 0xc0) != 0x80;
          printf("%s %s %d\n", b, a, letters);
        }
      `,
      cpp: code`
        #include <bits/stdc++.h>
        int main() {
          std::string a, b;
          std::cin >> a >> b;
          std::cout << b << ' ' << a << ' ' << std::ranges::count_if(a, [](char c) { return (c & 0xc0) != 0x80; });
        }
      `,
      java: code`
        import java.util.*;
        class Main {
          public static void main(String[] args) {
            Scanner in = new Scanner(System.in);
            String a = in.next(), b = in.next();
            System.out.println(b + " " + a + " " + a.length());
          }
        }
      `,
      javascript: 'const [a, b] = require("fs").readFileSync(0, "utf8").trim().split(" ")\nconsole.log(b, a, a.length)',
    },
    input: '알고리즘 😀é\n',
    answer: '😀é 알고리즘 4\n',
  },
  {
    what: 'has text beyond ASCII in its source',
    verdict: 'accepted',
    programs: {
      python: '답 = "값 😀"\nprint(답)',
      c: '#include <stdio.h>\nint main(void) { puts("값 😀"); }',
      java: 'class Main { public static void main(String[] a) { String 답 = "값 😀"; System.out.println(답); } }',
      javascript: 'const 답 = "값 😀"\nconsole.log(답)',
    },
    answer: '값 😀\n',
  },
  {
    // The test puts the parent's elsewhere: Seoul and Germany.
    what: 'asks for its time zone and its decimal point',
    verdict: 'accepted',
    programs: {
      python:
        'import time, locale\nlocale.setlocale(locale.LC_ALL, "")\nprint(time.localtime(0).tm_hour, f"{1234.5:n}")',
      c: '#include <locale.h>\n#include <stdio.h>\n#include <time.h>\nint main(void) { setlocale(LC_ALL, ""); time_t z = 0; printf("%d %.1f\\n", localtime(&z)->tm_hour, 1234.5); }',
      java: 'class Main { public static void main(String[] a) { System.out.printf("%d %.1f%n", java.util.TimeZone.getDefault().getRawOffset(), 1234.5); } }',
      javascript: 'console.log(new Date(0).getHours(), (1234.5).toLocaleString().replace(",", ""))',
    },
    answer: '0 1234.5\n',
  },
  {
    what: 'asks for its arguments',
    verdict: 'accepted',
    programs: {
      python: 'import sys\nprint(len(sys.argv) + 2)',
      c: '#include <stdio.h>\nint main(int argc, char **argv) { printf("%d\\n", argc + 2); }',
      java: 'class Main { public static void main(String[] args) { System.out.println(args.length + 3); } }',
      javascript: 'console.log(process.argv.length + 1)',
    },
  },
]
