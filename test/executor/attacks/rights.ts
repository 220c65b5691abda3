// Attacks on rights and limits: raising limits, becoming somebody else, namespaces, mounts, and the environment.
import { endsWith, held, heldOrDead, possible, spinning, stoppedBy, type Attack } from './attack.ts'
import { secretVariable } from './names.ts'
import { java, javascript, native, python } from './source.ts'

const tryEverything = `
static void try_everything(const char *when) {
  int fd = open("/etc/passwd", O_RDONLY);
  if (fd >= 0) dprintf(1, "BREACH: opens %s\\n", when);
  pid_t pid = fork();
  if (pid == 0) _exit(0);
  if (pid > 0) dprintf(1, "BREACH: forks %s\\n", when);
  if (fd < 0 && pid < 0) dprintf(1, "held: %s\\n", when);
}
`

export const rightsAttacks: readonly Attack[] = [
  {
    name: 'raises its limits',
    languages: {
      ...native(
        `
  static const int limits[] = {RLIMIT_NOFILE, RLIMIT_NPROC, RLIMIT_FSIZE, RLIMIT_CORE, RLIMIT_CPU, RLIMIT_AS, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_MEMLOCK, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO};
  for (int i = 0; i < (int)(sizeof limits / sizeof *limits); i++) {
    struct rlimit now, more;
    getrlimit((enum __rlimit_resource)limits[i], &now);
    if (now.rlim_max == RLIM_INFINITY) continue;
    more.rlim_cur = more.rlim_max = now.rlim_max + 1024;
    ATTEMPT("BREACH", "setrlimit", setrlimit((enum __rlimit_resource)limits[i], &more));
    ATTEMPT("BREACH", "prlimit", prlimit(getpid(), (enum __rlimit_resource)limits[i], &more, NULL));
    more.rlim_max = RLIM_INFINITY;
    ATTEMPT("BREACH", "prlimit to infinity", prlimit(0, (enum __rlimit_resource)limits[i], &more, NULL));
    more.rlim_cur = more.rlim_max = now.rlim_max;
    setrlimit((enum __rlimit_resource)limits[i], &more);
  }
  try_everything("after raising");`,
        tryEverything,
      ),
      python: python(`
def raise_limit(name):
    import resource
    which = getattr(resource, name)
    hard = resource.getrlimit(which)[1]
    if hard == resource.RLIM_INFINITY: raise ValueError("no limit")
    resource.setrlimit(which, (hard + 1024, hard + 1024))
for name in ("RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_CORE"):
    attempt(name, lambda: raise_limit(name))
attempt("open", lambda: open("/etc/passwd"))`),
    },
    expect: held,
  },
  {
    name: 'has no limit left to raise',
    languages: native(`
  static const struct { int which; const char *name; } limits[] = {{RLIMIT_NOFILE, "NOFILE"}, {RLIMIT_NPROC, "NPROC"}, {RLIMIT_CORE, "CORE"}};
  for (int i = 0; i < 3; i++) {
    struct rlimit now;
    getrlimit((enum __rlimit_resource)limits[i].which, &now);
    said("BREACH", limits[i].name, now.rlim_max != 0 || now.rlim_cur != 0);
  }
  struct rlimit size;
  getrlimit(RLIMIT_FSIZE, &size);
  said("BREACH", "files without a limit", size.rlim_max == RLIM_INFINITY);`),
    expect: held,
  },
  {
    name: 'becomes another user',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  gid_t groups[1] = {0};
  ATTEMPT("BREACH", "setuid", setuid(0));
  ATTEMPT("BREACH", "setgid", setgid(0));
  ATTEMPT("BREACH", "setreuid", setreuid(0, 0));
  ATTEMPT("BREACH", "setresuid", setresuid(0, 0, 0));
  ATTEMPT("BREACH", "setresuid to another", setresuid(getuid() + 1, getuid() + 1, getuid() + 1));
  ATTEMPT("BREACH", "setresgid", setresgid(0, 0, 0));
  ATTEMPT("BREACH", "setgroups", setgroups(1, groups));
  setfsuid(0);
  said("BREACH", "setfsuid", setfsuid(-1) == 0);
  struct { unsigned version; int pid; } head = {0x20080522, 0};
  struct { unsigned effective, permitted, inheritable; } sets[2] = {{~0u, ~0u, ~0u}, {~0u, ~0u, ~0u}};
  ATTEMPT("BREACH", "capset", syscall(SYS_capset, &head, sets));
  sets[0].effective = sets[0].permitted = 0;
  syscall(SYS_capget, &head, sets);
  said("BREACH", "capabilities", sets[0].effective != 0 || sets[0].permitted != 0);
  ATTEMPT("BREACH", "ambient capability", prctl(47, 2, 21, 0, 0));
  gid_t own[64];
  int count = getgroups(64, own);
  for (int i = 0; i < count; i++) said("BREACH", "a group of the system", own[i] < 100);`,
        '#include <grp.h>\n#include <sys/fsuid.h>\n#include <sys/prctl.h>',
      ),
      python: python(`
guard()
for name in ("setuid", "setgid", "seteuid", "setegid"):
    attempt(name, lambda: getattr(os, name)(0))
attempt("setresuid", lambda: os.setresuid(0, 0, 0))
attempt("setgroups", lambda: os.setgroups([0]))
for group in os.getgroups():
    if group < 100: print("BREACH: group", group)`),
      javascript: javascript(`
guard()
for (const name of ['setuid', 'setgid', 'seteuid', 'setegid']) attempt(name, () => process[name](0))
attempt('setgroups', () => process.setgroups([0]))
attempt('initgroups', () => process.initgroups(0, 0))
for (const group of process.getgroups()) if (group < 100) say('BREACH', 'group', group)`),
    },
    expect: held,
  },
  {
    name: 'calls what only the administrator may',
    languages: native(
      `
  NOT_AS_ROOT;
  struct timespec time = {1, 0};
  char name[1] = {'x'};
  ATTEMPT("BREACH", "mount", mount("tmpfs", "/tmp", "tmpfs", 0, NULL));
  ATTEMPT("BREACH", "bind mount", mount("/etc", "/mnt", NULL, MS_BIND, NULL));
  ATTEMPT("BREACH", "umount", umount2("/proc", MNT_DETACH));
  ATTEMPT("BREACH", "pivot_root", syscall(SYS_pivot_root, ".", "."));
  ATTEMPT("BREACH", "chroot", chroot("/"));
  ATTEMPT("BREACH", "sethostname", sethostname(name, 1));
  ATTEMPT("BREACH", "setdomainname", setdomainname(name, 1));
  ATTEMPT("BREACH", "clock_settime", clock_settime(CLOCK_REALTIME, &time));
  ATTEMPT("BREACH", "swapon", syscall(SYS_swapon, "/tmp/none", 0));
  ATTEMPT("BREACH", "acct", acct("/tmp/none"));
  ATTEMPT("BREACH", "init_module", syscall(SYS_init_module, name, 0, ""));
  ATTEMPT("BREACH", "finit_module", syscall(SYS_finit_module, 0, "", 0));
  ATTEMPT("BREACH", "delete_module", syscall(SYS_delete_module, "none", 0));
  ATTEMPT("BREACH", "kexec_load", syscall(SYS_kexec_load, 0, 0, NULL, 0));
  ATTEMPT("BREACH", "vhangup", vhangup());
  ATTEMPT("BREACH", "setns of 0", setns(0, 0));
  ATTEMPT("BREACH", "setns of 3", setns(3, 0));
  ATTEMPT("BREACH", "mlockall", mlockall(MCL_CURRENT | MCL_FUTURE) == 0 && getuid() == 0 ? 0 : -1);
#ifdef SYS_iopl
  ATTEMPT("BREACH", "iopl", syscall(SYS_iopl, 3));
  ATTEMPT("BREACH", "ioperm", syscall(SYS_ioperm, 0x378, 3, 1));
#endif`,
      '#include <sched.h>\n#include <sys/mount.h>',
    ),
    expect: held,
  },
  {
    name: 'makes namespaces of its own, and uses them',
    languages: native(
      `
  static const int kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID};
  for (int i = 0; i < (int)(sizeof kinds / sizeof *kinds); i++) ATTEMPT("possible", "unshare", unshare(kinds[i]));
  struct rlimit more = {1024, 1024};
  ATTEMPT("BREACH", "more descriptors", setrlimit(RLIMIT_NOFILE, &more));
  ATTEMPT("BREACH", "more processes", setrlimit(RLIMIT_NPROC, &more));
  ATTEMPT("BREACH", "setuid", setuid(0));
  try_everything("in namespaces");
  ATTEMPT("possible", "mount", mount("tmpfs", "/mnt", "tmpfs", 0, NULL));
  ATTEMPT("possible", "chroot", chroot("/mnt"));`,
      `#include <sched.h>\n#include <sys/mount.h>${tryEverything}`,
    ),
    // Harms nobody: neither limit can be raised from in there, and namespaces end with the process.
    expect: possible,
  },
  {
    name: 'reads what the kernel tells everybody',
    languages: native(
      `
  static char log[4096];
  ATTEMPT("possible", "kernel log", syscall(SYS_syslog, 3, log, sizeof log));
  ATTEMPT("BREACH", "clear the kernel log", getuid() == 0 ? -1 : syscall(SYS_syslog, 5, NULL, 0));
`,
    ),
    expect: possible,
  },
  {
    name: 'guards itself with filters and modes',
    languages: native(
      `
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  struct sock_filter filter[] = {{0x06, 0, 0, 0x7fff0000}};
  struct sock_fprog program = {1, filter};
  prctl(PR_SET_SECCOMP, 2, &program, 0, 0);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  prctl(PR_SET_TIMING, 1, 0, 0, 0);
  prctl(PR_SET_TIMERSLACK, 1000000000, 0, 0, 0);
  prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
  prctl(PR_TASK_PERF_EVENTS_DISABLE, 0, 0, 0, 0);
  personality(0x0400000 | 0x0040000);
  spin();`,
      '#include <linux/filter.h>\n#include <sys/personality.h>\n#include <sys/prctl.h>',
    ),
    expect: endsWith('cpu-limit', 'held'),
    limits: spinning,
  },
  {
    name: 'enters the mode in which it may only read and write',
    languages: native(
      `
  if (prctl(PR_SET_SECCOMP, 1, 0, 0, 0) != 0) { said("BREACH", "strict mode", 0); return 0; }
  for (;;) if (write(1, "", 0) != 0) continue;`,
      '#include <sys/prctl.h>',
    ),
    expect: endsWith('cpu-limit', 'held', 'crashed'),
    limits: spinning,
  },
  {
    name: 'looks for secrets in its environment',
    languages: {
      ...native(
        `
  for (char **entry = environ; *entry; entry++) {
    int allowed = strncmp(*entry, "LANG=", 5) == 0 || strncmp(*entry, "LC_", 3) == 0 || strncmp(*entry, "PATH=", 5) == 0 || strncmp(*entry, "HOME=", 5) == 0 || strncmp(*entry, "TZ=", 3) == 0;
    if (!allowed) dprintf(1, "BREACH: %s\\n", *entry);
  }
  said("BREACH", "the secret", getenv("${secretVariable}") != NULL);
  /* Above the environment lie the program's name and the end of the stack. */
  char *last = argv[0];
  for (char **entry = environ; *entry; entry++) last = *entry + strlen(*entry);
  const char *program = (const char *)getauxval(AT_EXECFN);
  dprintf(1, "held: %s %d\\n", program, (int)(program - last));`,
        '#include <sys/auxv.h>',
      ),
      python: python(`
for name, value in os.environ.items():
    if name not in ("LANG", "PATH", "HOME", "TZ", "LD_PRELOAD") and not name.startswith(("LC_", "PYTHON")):
        print("BREACH:", name, value)
print("held:", sys.argv, sys.orig_argv, sys.flags, sys.path)`),
      javascript: javascript(`
for (const [name, value] of Object.entries(process.env))
  if (!/^(LANG|LC_[A-Z]+|PATH|HOME|TZ|UV_[A-Z_]+|LD_PRELOAD)$/.test(name)) say('BREACH', name, value)
say('held', 'arguments', JSON.stringify([process.argv, process.execArgv, process.config.variables.host_arch]))`),
      java: java(`
    for (var entry : System.getenv().entrySet())
      if (!entry.getKey().matches("LANG|LC_[A-Z]+|PATH|HOME|TZ|LD_PRELOAD")) say("BREACH", entry.getKey(), entry.getValue());
    say("held", "properties", System.getProperties());`),
    },
    expect: held,
  },
  {
    name: 'reaches for system calls from an interpreter',
    languages: {
      python: python(`
def library():
    import ctypes
    return ctypes.CDLL(None)
attempt("open", lambda: [][0] if library().open(b"/etc/passwd", 0) < 0 else 1)
def fork():
    pid = library().fork()
    if pid == 0: os._exit(0)
    if pid < 0: raise OSError("refused")
    return pid
attempt("fork", fork)
attempt("ptrace", lambda: [][0] if library().ptrace(16, os.getppid(), 0, 0) < 0 else 1)
attempt("syscall memfd_create", lambda: [][0] if library().syscall(319, b"x", 0) < 0 else 1)
attempt("shared memory", lambda: __import__("multiprocessing.shared_memory").shared_memory.SharedMemory(create=True, size=9))
attempt("mmap of a file", lambda: __import__("mmap").mmap(os.open("/etc/passwd", 0), 0))
attempt("syslog", lambda: open("/dev/log"))`),
      javascript: javascript(`
attempt('dlopen', () => process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6'))
attempt('inspector', () => { require('inspector').open(0, '127.0.0.1'); if (!require('inspector').url()) throw new Error('closed') })
attempt('wasi', () => { const { WASI } = require('wasi'); return new WASI({ version: 'preview1', preopens: { '/': '/' } }) })
attempt('sqlite', () => { const { DatabaseSync } = require('node:sqlite'); return new DatabaseSync('/tmp/' + MARK + '-file') })
attempt('pipe', () => { const { Pipe, constants } = process.binding('pipe_wrap'); const made = new Pipe(constants.SOCKET).listen(1); if (made !== 0) throw new Error(made); return made })
attempt('spawn_sync', () => { const { pid } = process.binding('spawn_sync').spawn({ file: '/bin/sh', args: ['sh', '-c', 'echo BREACH: shell'], stdio: [] }); if (!pid) throw new Error('no process'); return pid })
process.exit(0)`),
      java: java(`
    attempt("BREACH", "library", () -> { System.load("/lib/x86_64-linux-gnu/libm.so.6"); return 1; });
    attempt("BREACH", "map", () -> new RandomAccessFile("/etc/passwd", "r").getChannel().map(java.nio.channels.FileChannel.MapMode.READ_ONLY, 0, 9));
    attempt("BREACH", "attach", () -> Class.forName("com.sun.tools.attach.VirtualMachine").getMethod("attach", String.class).invoke(null, "" + ProcessHandle.current().pid()));
    attempt("BREACH", "attach to pid 1", () -> Class.forName("com.sun.tools.attach.VirtualMachine").getMethod("attach", String.class).invoke(null, "1"));
    attempt("BREACH", "heap dump", () -> { var bean = java.lang.management.ManagementFactory.getPlatformMXBeans(com.sun.management.HotSpotDiagnosticMXBean.class).get(0); bean.dumpHeap("/tmp/" + MARK + "-file.hprof", true); return 1; });`),
    },
    expect: heldOrDead,
  },
  {
    name: 'runs before main',
    languages: {
      ...native(
        'said("BREACH", "main", 0);',
        `${tryEverything}
__attribute__((constructor(101))) static void early(void) { try_everything("in a constructor"); }
static void first(void) { try_everything("before constructors"); }
__attribute__((section(".preinit_array"), used)) static void (*const very_early)(void) = first;
`,
      ),
      java: java(
        'say("held", "main", 0);',
        `
  static {
    try { System.out.println("BREACH: opens in the initialiser " + new FileInputStream("/etc/passwd").read()); }
    catch (IOException error) { System.out.println("held: initialiser " + error); }
    try { System.out.println("BREACH: listens in the initialiser " + new ServerSocket(0)); }
    catch (IOException error) { System.out.println("held: initialiser " + error); }
    try { System.out.println("BREACH: starts in the initialiser " + new ProcessBuilder("/bin/true").start()); }
    catch (IOException error) { System.out.println("held: initialiser " + error); }
  }`,
      ),
      javascript: `}); try { require('fs').openSync('/etc/passwd'); console.log('BREACH: outside the wrapper') } catch { console.log('held: outside') } (function () {`,
      python: python(`
import builtins
attempt("open in an import hook", lambda: builtins.open("/etc/passwd"))`),
    },
    expect: endsWith('held', 'failed', 'compile-error'),
  },
  {
    name: 'spins before main',
    languages: {
      ...native('', '__attribute__((constructor)) static void early(void) { spin(); }'),
      java: java('', 'static { for (long i = 0; i >= 0; i += 2) { if (i == Long.MAX_VALUE - 1) i = 0; } }'),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
]
