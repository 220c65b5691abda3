// Attacks on the memory, the limits and the rank of other processes: the supervisor, the neighbours, pid 1.
import { held, noticed, noticedOrDead, possible, type Attack } from './attack.ts'
import { java, javascript, native, python } from './source.ts'

/** Calls `act(pid)` for the parent, pid 1 and whoever has a number near ours. */
const nativeOthers = `
#define EACH_OTHER(pid) for (int other_ = 0; other_ < 142; other_++) \\
    for (pid_t pid = other_ == 0 ? getppid() : other_ == 1 ? 1 : getpid() - 72 + other_; pid > 0 && pid != getpid(); pid = 0)
`

export const otherProcessAttacks: readonly Attack[] = [
  {
    name: 'traces its parent and its neighbours',
    languages: native(
      `
  EACH_OTHER(pid) {
    if (ptrace(PTRACE_SEIZE, pid, 0, 0) == 0) dprintf(1, "BREACH: seized %d\\n", (int)pid);
    if (ptrace(PTRACE_ATTACH, pid, 0, 0) == 0) dprintf(1, "BREACH: attached to %d\\n", (int)pid);
  }
  said("BREACH", "the last one", 0);`,
      `#include <sys/ptrace.h>${nativeOthers}`,
    ),
    expect: held,
  },
  {
    name: 'reads and writes the memory of its parent and its neighbours',
    languages: native(
      `
  static char here[64];
  EACH_OTHER(pid) {
    for (int i = 0; i < 4; i++) {
      struct iovec local = {here, sizeof here};
      void *const addresses[] = {(void *)0x400000, (void *)0x10000, (void *)here, (void *)&local};
      struct iovec remote = {addresses[i], sizeof here};
      /* EFAULT means that only the address was wrong. */
      errno = 0;
      if (process_vm_readv(pid, &local, 1, &remote, 1, 0) >= 0 || errno == EFAULT) dprintf(1, "BREACH: may read %d\\n", (int)pid);
      errno = 0;
      if (process_vm_writev(pid, &local, 1, &remote, 1, 0) >= 0 || errno == EFAULT) dprintf(1, "BREACH: may write %d\\n", (int)pid);
    }
  }
  said("BREACH", "the last one", 0);`,
      `#include <sys/uio.h>${nativeOthers}`,
    ),
    expect: held,
  },
  {
    name: 'asks the kernel about the inside of its parent',
    languages: native(`
  pid_t pid = parent();
  void *list = NULL;
  size_t length = 0;
  ATTEMPT("BREACH", "get_robust_list", syscall(SYS_get_robust_list, pid, &list, &length));
  ATTEMPT("BREACH", "kcmp", syscall(SYS_kcmp, pid, getpid(), 2 /* KCMP_FILES */, 0, 0));
  unsigned long nodes = 1;
  ATTEMPT("BREACH", "migrate_pages", syscall(SYS_migrate_pages, pid, 64, &nodes, &nodes));
  int status = 0, node = 0;
  void *page = (void *)0x400000;
  ATTEMPT("BREACH", "move_pages", syscall(SYS_move_pages, pid, 1, &page, &node, &status, 0));`),
    expect: held,
  },
  {
    name: 'looks at its parent in /proc',
    languages: {
      ...native(
        `
  static const char *const links[] = {"exe", "cwd", "root", "fd/0", "fd/1", "fd/2", "fd/3", "fd/4", "fd/5", "fd/7", "ns/user", "map_files"};
  static const char *const files[] = {"environ", "mem", "maps", "auxv", "io", "stack", "fd", "map_files", "syscall", "pagemap"};
  EACH_OTHER(pid) {
    char path[64], target[256];
    for (int i = 0; i < (int)(sizeof links / sizeof *links); i++) {
      snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, links[i]);
      ssize_t size = readlink(path, target, sizeof target);
      if (size >= 0) dprintf(1, "BREACH: %s is %.*s\\n", path, (int)size, target);
    }
    for (int i = 0; i < (int)(sizeof files / sizeof *files); i++) {
      snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, files[i]);
      /* Those of a process that has ended, or is the kernel's, open and are empty. */
      int fd = open(path, O_RDONLY);
      if (fd >= 0 && (read(fd, target, 1) > 0 || errno == EISDIR)) dprintf(1, "BREACH: %s is open\\n", path);
      if (fd >= 0) close(fd);
    }
    for (int i = 0; i < 20; i++) {
      snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, i);
      if (truncate(path, 0) == 0) dprintf(1, "BREACH: truncated %s\\n", path);
      if (chmod(path, 0666) == 0) dprintf(1, "BREACH: chmod %s\\n", path);
    }
  }
  said("BREACH", "the last one", 0);`,
        nativeOthers,
      ),
      python: python(`
near = range(max(2, os.getpid() - 60), os.getpid() + 60)
for pid in [os.getppid(), 1, *near]:
    if pid in (0, os.getpid()): continue
    for name in ("environ", "mem", "maps", "auxv", "fd/0", "fd/3", "cwd", "exe", "root"):
        path = f"/proc/{pid}/{name}"
        for look in (os.readlink, lambda path: open(path, "rb").read(400), lambda path: os.truncate(path, 0)):
            try: seen = look(path)
            except OSError: continue
            if seen != b"": os.write(1, f"BREACH: {path} {seen}\\n".encode())
print("held: the last one")`),
      // The numbers after their own are their threads.
      javascript: javascript(`
for (const pid of [process.ppid, 1, process.pid - 1, process.pid - 2])
  for (const name of ['environ', 'mem', 'maps', 'cmdline', 'fd/0', 'fd/3', 'cwd', 'exe', 'root']) {
    const path = '/proc/' + pid + '/' + name
    for (const look of [fs.readlinkSync, fs.readFileSync, fs.readdirSync])
      try { say('BREACH', path, look(path)) } catch { continue }
  }
say('held', 'the last one', 0)`),
      java: java(`
    long me = ProcessHandle.current().pid();
    for (String pid : new String[] {"1", "" + (me - 1), "" + (me - 2)})
      for (String name : new String[] {"environ", "mem", "maps", "cmdline", "fd/0", "fd/3", "cwd", "exe", "root"}) {
        Path path = Path.of("/proc", pid, name);
        try { say("BREACH", path.toString(), Files.readSymbolicLink(path)); } catch (IOException error) { say("held", "link", error); }
        try { say("BREACH", path.toString(), Files.readAllBytes(path).length); } catch (IOException error) { say("held", "file", error); }
      }`),
    },
    expect: held,
  },
  {
    name: 'lowers the limits of its parent',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  struct rlimit low = {0, 0}, second = {1, 1};
  pid_t pid = parent();
  ATTEMPT("BREACH", "prlimit NOFILE", prlimit(pid, RLIMIT_NOFILE, &low, NULL));
  ATTEMPT("BREACH", "prlimit NPROC", prlimit(pid, RLIMIT_NPROC, &low, NULL));
  ATTEMPT("BREACH", "prlimit FSIZE", prlimit(pid, RLIMIT_FSIZE, &low, NULL));
  ATTEMPT("BREACH", "prlimit CPU", prlimit(pid, RLIMIT_CPU, &second, NULL));`),
      python: python(`
guard()
def lower(what):
    import resource
    resource.prlimit(parent(), getattr(resource, what), (0, 0))
for what in ("RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_AS"):
    attempt(what, lambda: lower(what))`),
    },
    expect: noticedOrDead,
  },
  {
    name: 'lowers the limits of its neighbours',
    languages: native(
      `
  NOT_AS_ROOT;
  struct rlimit low = {0, 0};
  EACH_OTHER(pid) if (prlimit(pid, RLIMIT_NOFILE, &low, NULL) == 0) dprintf(1, "BREACH: %d\\n", (int)pid);
  said("BREACH", "the last one", 0);`,
      nativeOthers,
    ),
    expect: noticedOrDead,
  },
  {
    name: 'makes its parent wait behind others',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  pid_t pid = parent();
  ATTEMPT("BREACH", "setpriority of the parent", setpriority(PRIO_PROCESS, pid, 19));
  if (getpgid(pid) > 1) ATTEMPT("BREACH", "setpriority of its group", setpriority(PRIO_PGRP, getpgid(pid), 19));`),
      python: python(`
guard()
attempt("setpriority", lambda: os.setpriority(os.PRIO_PROCESS, parent(), 19))`),
      javascript: javascript(`
guard()
attempt('setPriority', () => require('os').setPriority(parent(), 19))`),
    },
    expect: noticed,
  },
  {
    name: 'makes every process of its user wait behind others',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  setpriority(PRIO_USER, 0, 19);
  errno = 0;
  int rank = getpriority(PRIO_PROCESS, parent());
  said("BREACH", "the parent has a lower rank", errno == 0 && rank == 19);`),
      python: python(`
guard()
def lower():
    os.setpriority(os.PRIO_USER, 0, 19)
    if os.getpriority(os.PRIO_PROCESS, parent()) != 19: raise OSError("the parent did not change")
attempt("setpriority of the user", lower)`),
    },
    expect: noticed,
  },
  {
    name: 'schedules its parent',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  pid_t pid = parent();
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(0, &one);
  struct sched_param param = {0};
  ATTEMPT("BREACH", "sched_setaffinity", sched_setaffinity(pid, sizeof one, &one));
  ATTEMPT("BREACH", "SCHED_IDLE", sched_setscheduler(pid, SCHED_IDLE, &param));
  ATTEMPT("BREACH", "SCHED_BATCH", sched_setscheduler(pid, SCHED_BATCH, &param));
  ATTEMPT("BREACH", "ioprio_set", syscall(SYS_ioprio_set, 1, pid, 3 << 13));`,
        '#include <sched.h>',
      ),
      python: python(`
guard()
attempt("sched_setaffinity", lambda: os.sched_setaffinity(parent(), {0}))
attempt("SCHED_IDLE", lambda: os.sched_setscheduler(parent(), os.SCHED_IDLE, os.sched_param(0)))`),
    },
    expect: noticed,
  },
  {
    name: 'raises its own rank',
    languages: {
      ...native(
        `
  struct sched_param param = {1};
  ATTEMPT("BREACH", "nice", setpriority(PRIO_PROCESS, 0, -1));
  ATTEMPT("BREACH", "SCHED_FIFO", sched_setscheduler(0, SCHED_FIFO, &param));
  ATTEMPT("BREACH", "SCHED_RR", sched_setscheduler(0, SCHED_RR, &param));
  ATTEMPT("BREACH", "ioprio_set", syscall(SYS_ioprio_set, 1, 0, 1 << 13));`,
        '#include <sched.h>',
      ),
      python: python(`
attempt("nice", lambda: os.nice(-5))
attempt("SCHED_FIFO", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))`),
      javascript: javascript(`attempt('setPriority', () => require('os').setPriority(0, -10))`),
    },
    expect: held,
  },
  {
    name: 'moves its parent to another group',
    languages: {
      ...native('ATTEMPT("BREACH", "setpgid", setpgid(parent(), getpid()));'),
      python: python('attempt("setpgid", lambda: os.setpgid(parent(), os.getpid()))'),
    },
    expect: held,
  },
  {
    name: 'sees who else is there',
    languages: {
      ...native(
        `
  int seen = 0;
  EACH_OTHER(pid) if (kill(pid, 0) == 0) seen++;
  said("possible", "others could be signalled", seen > 0);`,
        nativeOthers,
      ),
      python: python(`
seen = 0
for pid in [os.getppid(), *range(max(2, os.getpid() - 60), os.getpid() + 60)]:
    try:
        if pid not in (0, os.getpid()):
            os.kill(pid, 0)
            seen += 1
    except OSError: pass
print("possible:" if seen else "held:", seen)`),
    },
    expect: possible,
  },
]
