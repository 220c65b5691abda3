// The programs that come after an attack: quiet ones that must run as if nothing had happened, and see nothing of it.
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import { ipcKey, kinds, mark } from './names.ts'
import { native, nativeKinds, nativePlaces, python } from './source.ts'

/**
 * Prints its input reversed, then what it could find of any attack, then the state it runs in: rank, processors, mode of
 * its folder, signals, limits. Everything but the first line has to be the same in every run.
 */
export const pythonCanary = python(`
import builtins, signal
print(input()[::-1])
paths = [f"{place}/${mark}-{kind}" for place in PLACES for kind in ${JSON.stringify(kinds)}]
print("paths", [path for path in paths if os.path.lexists(path)])
print("modules", [name for name in (*sys.modules, *vars(builtins), *os.environ) if "planted" in name.lower()])
print("rank", os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), len(os.sched_getaffinity(0)))
print("folder", oct(os.stat(".").st_mode), os.umask(0o22))
print("signals", sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])), [n for n in range(1, 32) if signal.getsignal(n) == signal.SIG_IGN])
print("ids", os.getuid() == os.geteuid() != 0, os.getgid() == os.getegid() != 0, os.getppid() > 0)`)

/** As {@link pythonCanary}, and looks for kernel objects as well. */
export const nativeFinder = native(
  `
  char line[256];
  if (!fgets(line, sizeof line, stdin)) return 1;
  line[strcspn(line, "\\n")] = 0;
  for (int i = (int)strlen(line) - 1; i >= 0; i--) putchar(line[i]);
  printf("\\npaths");
  for (int place = 0; place < PLACES; place++)
    for (int kind = 0; kind < KINDS; kind++) {
      struct stat about;
      const char *path = at(places[place], kinds[kind]);
      if (lstat(path, &about) == 0) printf(" %s", path);
    }
  int id = shmget(${ipcKey}, 0, 0);
  printf("\\nshared memory %s", id >= 0 ? "found" : "none");
  printf("\\nqueue %s", msgget(${ipcKey}, 0) >= 0 ? "found" : "none");
  printf("\\nsemaphores %s", semget(${ipcKey}, 0, 0) >= 0 ? "found" : "none");
  printf("\\nkeys");
  for (int ring = -5; ring < -1; ring++)
    if (syscall(SYS_keyctl, 10, ring, "user", "${mark}", 0) > 0) printf(" in %d", ring);
  struct shm_info info;
  int last = shmctl(0, SHM_INFO, (struct shmid_ds *)(void *)&info), own = 0;
  for (int i = 0; i <= last; i++) {
    struct shmid_ds segment;
    if (shmctl(i, SHM_STAT, &segment) >= 0 && segment.shm_perm.cuid == getuid()) own++;
  }
  printf("\\nsegments of its user %d", own);
  sigset_t blocked;
  sigprocmask(SIG_BLOCK, NULL, &blocked);
  printf("\\nsignals");
  for (int number = 1; number < 32; number++) {
    struct sigaction action;
    sigaction(number, NULL, &action);
    if (sigismember(&blocked, number) || action.sa_handler == SIG_IGN) printf(" %d", number);
  }
  printf("\\nrank %d\\n", getpriority(PRIO_PROCESS, 0));`,
  `#include <sys/ipc.h>\n#include <sys/msg.h>\n#include <sys/sem.h>\n#include <sys/shm.h>${nativePlaces}${nativeKinds}`,
).c

/** Tiny programs that print their input: whether the tools of each language still work. */
export const echoes: Readonly<Record<ExecutorLanguage, string>> = {
  c: '#include <stdio.h>\nint main(void) { int c; while ((c = getchar()) != EOF) putchar(c); return 0; }\n',
  cpp: '#include <iostream>\nint main() { std::cout << std::cin.rdbuf(); }\n',
  python: 'import sys\nsys.stdout.write(sys.stdin.read())\n',
  javascript: "process.stdout.write(require('fs').readFileSync(0))\n",
  java: 'public class Main { public static void main(String[] a) throws Exception { System.in.transferTo(System.out); System.out.flush(); } }\n',
}
