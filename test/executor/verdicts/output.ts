// Output on both sides of its limit, and standard error, which has none to speak of.
import { code, type Situation } from './situation.ts'

export const output: readonly Situation[] = [
  {
    what: 'prints for ever',
    verdict: 'output-limit-exceeded',
    programs: {
      python: 'while True: print("x" * 99)',
      c: '#include <stdio.h>\nint main(void) { for (;;) puts("xxxxxxxxxxxxxxxx"); }',
      cpp: '#include <iostream>\nint main() { for (;;) std::cout << "xxxxxxxxxxxxxxxx" << std::endl; }',
      java: 'class Main { public static void main(String[] a) { for (;;) System.out.println("xxxxxxxxxxxxxxxx"); } }',
      javascript: 'for (;;) console.log("xxxxxxxxxxxxxxxx")',
    },
    limits: { outputBytes: 65_536 },
  },
  {
    what: 'prints for ever and swallows what that raises',
    verdict: 'output-limit-exceeded',
    programs: {
      python: code`
        import signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        while True:
          try: print("x" * 99)
          except BaseException: pass
      `,
      c: code`
        #include <signal.h>
        #include <unistd.h>
        int main(void) {
          signal(SIGXFSZ, SIG_IGN);
          signal(SIGPIPE, SIG_IGN);
          for (;;) write(1, "xxxxxxxxxxxxxxxx", 16);
        }
      `,
      javascript: 'for (;;) try { require("fs").writeSync(1, "xxxxxxxxxxxxxxxx") } catch {}',
    },
    limits: { outputBytes: 65_536 },
  },
  {
    what: 'prints too much, swallows what that raises and ends well',
    verdict: 'output-limit-exceeded',
    programs: {
      python: code`
        import sys
        try: sys.stdout.write("3\n" * 1000); sys.stdout.flush()
        except OSError: pass
      `,
    },
    limits: { outputBytes: 1_000 },
  },
  {
    what: 'prints as much as it may',
    verdict: 'accepted',
    programs: {
      python: 'print("0" * 1000, end="")',
      c: '#include <stdio.h>\nint main(void) { printf("%01000d", 0); }',
      java: 'class Main { public static void main(String[] a) { System.out.print("0".repeat(1000)); } }',
      javascript: 'process.stdout.write("0".repeat(1000))',
    },
    answer: '0'.repeat(1_000),
    limits: { outputBytes: 1_000 },
  },
  {
    what: 'prints one byte more than it may',
    verdict: 'output-limit-exceeded',
    programs: {
      python: 'print("0" * 1000)',
      c: '#include <stdio.h>\nint main(void) { printf("%01000d\\n", 0); }',
      java: 'class Main { public static void main(String[] a) { System.out.println("0".repeat(1000)); } }',
      javascript: 'console.log("0".repeat(1000))',
    },
    answer: '0'.repeat(1_000),
    limits: { outputBytes: 1_000 },
  },
  {
    what: 'prints one megabyte',
    verdict: 'accepted',
    programs: {
      python: 'for i in range(1 << 17): print(1234567)',
      c: '#include <stdio.h>\nint main(void) { for (int i = 0; i < 1 << 17; i++) puts("1234567"); }',
      cpp: '#include <iostream>\nint main() { for (int i = 0; i < 1 << 17; i++) std::cout << 1234567 << std::endl; }',
      java: 'class Main { public static void main(String[] a) { for (int i = 0; i < 1 << 17; i++) System.out.println(1234567); } }',
      javascript: 'for (let i = 0; i < 1 << 17; i++) console.log(1234567)\nprocess.exit(0)',
    },
    answer: '1234567\n'.repeat(1 << 17),
  },
  {
    what: 'prints a megabyte of complaints beside the sum',
    verdict: 'accepted',
    programs: {
      python: 'import sys\nfor i in range(20_000): print("x" * 50, file=sys.stderr)\nprint(3)',
      c: '#include <stdio.h>\nint main(void) { for (int i = 0; i < 60000; i++) fputs("xxxxxxxxxxxxxxxx\\n", stderr); puts("3"); }',
      javascript: 'console.error("x".repeat(1 << 20))\nconsole.log(3)',
    },
  },
  {
    what: 'complains for ever',
    verdict: ['output-limit-exceeded', 'time-limit-exceeded'],
    programs: {
      python: code`
        import sys
        print(3, flush=True)
        while True:
          try: sys.stderr.write("x" * 4096)
          except OSError: pass
      `,
      c: '#include <stdio.h>\nint main(void) { for (;;) fputs("xxxxxxxxxxxxxxxx\\n", stderr); }',
      java: 'class Main { public static void main(String[] a) { for (;;) System.err.println("xxxxxxxxxxxxxxxx"); } }',
    },
    limits: { timeMs: 200 },
  },
]
