// CPU time on both sides of its limit, waiting, and what does not count as time.
import { code, type Situation } from './situation.ts'

export const time: readonly Situation[] = [
  {
    what: 'computes for ever',
    verdict: 'time-limit-exceeded',
    programs: {
      python: 'while True: pass',
      c: 'int main(void) { for (volatile unsigned i = 0;; i++) ; }',
      cpp: 'int main() { for (volatile unsigned i = 0;; i = i + 1) ; }',
      java: 'class Main { public static void main(String[] a) { for (;;) ; } }',
      javascript: 'for (;;);',
    },
    limits: { timeMs: 100 },
  },
  {
    what: 'computes for ever and ignores every signal and exception',
    verdict: 'time-limit-exceeded',
    programs: {
      python: code`
        import signal
        for number in (signal.SIGXCPU, signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
          signal.signal(number, signal.SIG_IGN)
        while True:
          try:
            while True: pass
          except BaseException: pass
      `,
      c: code`
        #include <signal.h>
        int main(void) {
          for (int number = 1; number < 64; number++) signal(number, SIG_IGN);
          for (;;) ;
        }
      `,
      java: code`
        class Main {
          public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> { for (;;) ; }));
            for (;;) try { for (;;) ; } catch (Throwable any) {}
          }
        }
      `,
      javascript: 'for (const name of ["SIGTERM", "SIGINT", "SIGXCPU"]) process.on(name, () => {})\nfor (;;);',
    },
    limits: { timeMs: 100 },
  },
  {
    what: 'computes for ever in a thread',
    verdict: 'time-limit-exceeded',
    programs: {
      java: code`
        class Main {
          public static void main(String[] args) throws Exception {
            Thread thread = new Thread(() -> { for (;;) ; });
            thread.start();
            thread.join();
          }
        }
      `,
    },
    limits: { timeMs: 100 },
  },
  {
    what: 'waits instead of computing',
    verdict: 'time-limit-exceeded',
    programs: {
      python: 'import time\nprint(3, flush=True)\ntime.sleep(60)',
      c: '#include <unistd.h>\nint main(void) { for (;;) sleep(60); }',
      java: 'class Main { public static void main(String[] a) throws Exception { Thread.sleep(60_000); } }',
      javascript: 'console.log(3)\nsetTimeout(() => {}, 60_000)',
    },
    limits: { timeMs: 100 },
  },
  {
    what: 'stops itself',
    verdict: 'time-limit-exceeded',
    programs: { c: '#include <signal.h>\nint main(void) { raise(SIGSTOP); }' },
    limits: { timeMs: 100 },
  },
  {
    what: 'needs half of its time',
    verdict: 'accepted',
    programs: {
      python: 'import time\nwhile time.process_time() < 0.25: pass\nprint(3)',
      c: '#include <stdio.h>\n#include <time.h>\nint main(void) { while (clock() < CLOCKS_PER_SEC / 4) ; puts("3"); }',
      java: code`
        class Main {
          public static void main(String[] args) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 250_000_000L) ;
            System.out.println(3);
          }
        }
      `,
      javascript: code`
        const start = process.cpuUsage()
        for (let used = start; used.user + used.system < 250_000; ) used = process.cpuUsage(start)
        console.log(3)
      `,
    },
    limits: { timeMs: 500 },
  },
  {
    what: 'needs half as much again as its time',
    verdict: 'time-limit-exceeded',
    programs: {
      python: 'import time\nwhile time.process_time() < 0.3: pass\nprint(3)',
      c: '#include <stdio.h>\n#include <time.h>\nint main(void) { while (clock() < CLOCKS_PER_SEC * 0.3) ; puts("3"); }',
      java: code`
        class Main {
          public static void main(String[] args) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 2_000_000_000L) ;
            System.out.println(3);
          }
        }
      `,
      javascript: code`
        const start = process.cpuUsage()
        for (let used = start; used.user + used.system - start.user - start.system < 300_000; ) used = process.cpuUsage()
        console.log(3)
      `,
    },
    limits: { timeMs: 200 },
  },
  {
    what: 'has less time than the start of its interpreter takes',
    verdict: 'accepted',
    programs: {
      python: 'print(3)',
      java: 'class Main { public static void main(String[] a) { System.out.println(3); } }',
      javascript: 'console.log(3)',
    },
    limits: (language) => ({ timeMs: language === 'python' ? 10 : language === 'java' ? 30 : 20 }),
  },
  {
    what: 'sleeps a little, which costs no time',
    verdict: 'accepted',
    programs: {
      python: 'import time\ntime.sleep(0.2)\nprint(3)',
      c: '#include <stdio.h>\n#include <unistd.h>\nint main(void) { usleep(200000); puts("3"); }',
      javascript: 'setTimeout(() => console.log(3), 200)',
    },
    limits: { timeMs: 150 },
  },
]
