// Attacks that want to be more than one process: forks, threads, other programs, and slipping away from the watch.
import { briefly, endsWith, held, heldOrDead, spinning, stoppedBy, type Attack } from './attack.ts'
import { java, javascript, native, nativePlaces, python } from './source.ts'

/** Whatever is born by mistake lives for a moment only, so that a sandbox that fails the test survives it. */
const nativeChild = `
UNUSED static void born(const char *what, long pid) {
  if (pid == 0) { rest(300); _exit(0); }
  said("BREACH", what, pid > 0);
}
UNUSED static int brief(UNUSED void *nothing) { _exit(0); }
`

const again = `
static int second_life(int argc, char **argv, const char *word) {
  if (argc < 2 || strcmp(argv[1], word) != 0) return 0;
  ATTEMPT("BREACH", "opens after exec", open("/etc/passwd", O_RDONLY));
  ATTEMPT("BREACH", "forks after exec", fork());
  return 1;
}
`

export const processAttacks: readonly Attack[] = [
  {
    name: 'forks until something gives',
    languages: {
      ...native(`
  int born = 0;
  for (int i = 0; i < 7; i++) if (fork() >= 0) born = 1;
  said("BREACH", "fork", born);
  if (born) rest(500);`),
      python: python(`
born = 0
for i in range(7):
    try:
        os.fork()
        born = 1
    except OSError as error:
        print("held: fork", error, flush=True)
if born:
    os.write(1, b"BREACH: fork\\n")
    time.sleep(0.5)`),
    },
    expect: held,
  },
  {
    name: 'forks without end',
    languages: {
      ...native(`
  for (int generation = 0;;) if (fork() == 0 && ++generation > 5) { dprintf(1, "BREACH: six generations\\n"); _exit(0); }`),
      python: python(`
born = 0
while True:
    try:
        if os.fork() == 0:
            born += 1
        if born > 5:
            os.write(1, b"BREACH: six generations\\n")
            os._exit(0)
    except OSError:
        pass`),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'calls vfork',
    languages: {
      ...native(
        `
  pid_t pid = vfork();
  if (pid == 0) _exit(0);
  said("BREACH", "vfork", pid > 0);`,
      ),
    },
    expect: held,
  },
  {
    name: 'calls every variant of clone',
    languages: native(
      `
  static char stack[65536] __attribute__((aligned(64)));
  static const unsigned long flags[] = {SIGCHLD, CLONE_PARENT | SIGCHLD, CLONE_FS | CLONE_FILES, CLONE_NEWUSER | SIGCHLD,
    CLONE_NEWPID | SIGCHLD, CLONE_NEWNS | CLONE_NEWUSER | SIGCHLD, CLONE_UNTRACED | SIGCHLD, CLONE_IO, CLONE_NEWCGROUP | CLONE_NEWUSER, 0};
  for (int i = 0; i < (int)(sizeof flags / sizeof *flags); i++) born("clone", syscall(SYS_clone, flags[i], 0, 0, 0, 0));
  long shared = clone(brief, stack + sizeof stack, CLONE_VM | SIGCHLD, NULL);
  said("BREACH", "clone sharing memory", shared > 0);
  long thread = clone(brief, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL);
  said("BREACH", "clone like vfork", thread > 0);
#ifdef SYS_clone3
  unsigned long long three[11] = {0, 0, 0, 0, SIGCHLD};
  born("clone3", syscall(SYS_clone3, three, 64));
  three[0] = CLONE_NEWUSER | CLONE_NEWPID;
  born("clone3 in namespaces", syscall(SYS_clone3, three, 64));
#endif
#ifdef SYS_fork
  born("the system call fork", syscall(SYS_fork));
#endif`,
      `#include <sched.h>\n${nativeChild}`,
    ),
    expect: held,
  },
  {
    name: 'starts threads',
    languages: {
      c: native(
        `
  int born = 0, error = 0;
  for (int i = 0; i < 64; i++) {
    pthread_t thread;
    error = pthread_create(&thread, NULL, idle, NULL);
    if (error == 0) born++;
  }
  errno = error;
  said("BREACH", "threads", born > 0);`,
        '#include <pthread.h>\nstatic void *idle(void *nothing) { rest(200); return nothing; }',
      ).c,
      cpp: native(
        `
  int born = 0;
  try {
    std::vector<std::thread> threads;
    for (int i = 0; i < 64; i++) { threads.emplace_back([] { rest(200); }); threads.back().detach(); born++; }
  } catch (const std::exception &error) { dprintf(1, "held: std::thread %s\\n", error.what()); }
  try { std::async(std::launch::async, [&] { born++; }).get(); }
  catch (const std::exception &error) { dprintf(1, "held: std::async %s\\n", error.what()); }
  if (born) dprintf(1, "BREACH: %d threads\\n", born);`,
        '#include <future>\n#include <thread>\n#include <vector>',
      ).cpp,
      python: python(`
import _thread
# Something may look like a thread and be run by this one: only another task of the kernel counts.
others = set()
def note():
    others.add(_thread.get_native_id())
    time.sleep(0.001)
def refuse_same():
    others.discard(os.getpid())
    if not others: raise RuntimeError("no other task")
    return others
def raw():
    _thread.start_new_thread(note, ())
    time.sleep(0.02)
    refuse_same()
def start():
    import threading
    for i in range(64):
        threading.Thread(target=note, daemon=True).start()
    time.sleep(0.02)
    refuse_same()
attempt("_thread", raw)
attempt("threading", start)`),
      javascript: javascript(`
const { Worker } = require('worker_threads')
let left = 8
const over = (word, more) => { say(word, 'worker', more); if (--left === 0) process.exit(0) }
for (let i = left; i > 0; i--) {
  try {
    const worker = new Worker('setTimeout(() => 0, 200)', { eval: true })
    worker.on('online', () => over('BREACH', 'online'))
    worker.on('error', (error) => over('held', error))
  } catch (error) { over('held', error) }
}`),
    },
    expect: held,
  },
  {
    name: 'starts more threads than any solution needs',
    languages: {
      java: java(`
    int born = 0;
    try {
      for (; born < 2000; born++) {
        Thread thread = new Thread(() -> { try { Thread.sleep(20000); } catch (InterruptedException e) { return; } }, "x");
        thread.setDaemon(true);
        thread.start();
      }
      say("BREACH", "threads", born);
    } catch (Throwable error) { say("held", "threads", born + " " + error); }`),
    },
    expect: endsWith('held', 'failed', 'crashed', 'memory-limit', 'cpu-limit'),
  },
  {
    name: 'leaves a daemon behind',
    languages: {
      ...native(
        `
  pid_t pid = fork();
  if (pid == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    for (int i = 0; i < 20; i++) { rest(100); mkdir("/tmp/" MARK "-daemon", 0777); }
    _exit(0);
  }
  said("BREACH", "daemon", pid > 0);`,
        nativePlaces,
      ),
      python: python(`
def daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for i in range(20):
                time.sleep(0.1)
                try: os.mkdir("/tmp/" + MARK + "-daemon")
                except OSError: pass
        os._exit(0)
attempt("daemon", daemon)`),
      javascript: javascript(`
const child = require('child_process').spawn('/bin/sh', ['-c', 'sleep 1; mkdir /tmp/' + MARK + '-daemon; sleep 1'],
  { detached: true, stdio: 'ignore' })
child.on('error', () => undefined)
child.unref()
say(child.pid === undefined ? 'held' : 'BREACH', 'daemon', child.pid)`),
      java: java(`
    attempt("BREACH", "daemon", () -> new ProcessBuilder("/bin/sh", "-c",
        "(trap '' HUP; sleep 1; mkdir /tmp/" + MARK + "-daemon; sleep 1) &").inheritIO().start().pid());`),
    },
    expect: held,
  },
  {
    name: 'starts other programs',
    languages: {
      ...native(
        `
  static char sh[] = "/bin/sh", option[] = "-c", script[] = "echo BREACH: a shell";
  char *const command[] = {sh, option, script, NULL};
  pid_t pid = 0;
  int error = posix_spawn(&pid, sh, NULL, NULL, command, environ);
  errno = error;
  said("BREACH", "posix_spawn", error == 0);
  errno = 0;
  said("BREACH", "system", system(script) == 0);
  FILE *pipe = popen(script, "r");
  said("BREACH", "popen", pipe != NULL);`,
        '#include <spawn.h>',
      ),
      python: python(`
script = "echo BREACH: a shell"
def refuse_status(status):
    if status != 0:
        raise OSError(status)
attempt("os.system", lambda: refuse_status(os.system(script)))
attempt("os.popen", lambda: os.popen(script).read())
attempt("os.posix_spawn", lambda: os.posix_spawn("/bin/sh", ["sh", "-c", script], {}))
attempt("os.spawnv", lambda: os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh", "-c", script]))
attempt("os.forkpty", lambda: os.forkpty())
def run():
    import subprocess
    return subprocess.run(["/bin/sh", "-c", script])
attempt("subprocess", run)
def process():
    import multiprocessing
    made = multiprocessing.Process(target=print, args=("BREACH: multiprocessing",))
    made.start()
    made.join()
attempt("multiprocessing", process)
def raw():
    import _posixsubprocess
    return _posixsubprocess.fork_exec([b"sh"], [b"/bin/sh"], True, (), None, None, -1, -1, -1, -1, -1, -1, -1, -1, False, False, -1, None, None, None, -1, None, False)
attempt("fork_exec", raw)`),
      javascript: javascript(`
const c = require('child_process')
const script = 'echo BREACH: a shell'
for (const stdio of ['inherit', 'ignore', 'pipe'])
  attempt('spawnSync ' + stdio, () => { const { error, pid } = c.spawnSync('/bin/sh', ['-c', script], { stdio }); if (error) throw error; return pid })
attempt('execSync', () => c.execSync(script))
for (const start of [() => c.spawn('/bin/sh', ['-c', script], { stdio: 'inherit' }), () => c.exec(script), () => c.fork(__filename), () => require('cluster').fork()])
  attempt('starts', () => {
    const child = start()
    const made = child.process ?? child
    for (const each of [child, made]) each.on('error', () => undefined)
    if (made.pid === undefined) throw new Error('no process')
    return made.pid
  })
setTimeout(() => process.exit(0), 50)`),
      java: java(`
    String[] command = {"/bin/sh", "-c", "echo BREACH: a shell"};
    for (String how : new String[] {"POSIX_SPAWN", "VFORK", "FORK"}) {
      System.setProperty("jdk.lang.Process.launchMechanism", how);
      attempt("BREACH", "ProcessBuilder " + how, () -> new ProcessBuilder(command).inheritIO().start().pid());
    }
    attempt("BREACH", "Runtime.exec", () -> Runtime.getRuntime().exec(command).pid());`),
    },
    expect: held,
  },
  {
    name: 'becomes a shell',
    languages: {
      ...native(`
  execl("/bin/sh", "sh", "-c", "echo BREACH: a shell; cat /etc/passwd; sleep 1 &", (char *)NULL);
  said("BREACH", "exec", 0);`),
      python: python(`
attempt("exec", lambda: os.execv("/bin/sh", ["sh", "-c", "echo BREACH: a shell; sleep 1 &"]))`),
      javascript: javascript(`
attempt('execve', () => process.execve('/bin/sh', ['sh', '-c', 'echo BREACH: a shell'], {}))`),
    },
    expect: heldOrDead,
  },
  {
    name: 'becomes a program with more rights',
    languages: {
      ...native(`
  static const char *const programs[] = {"/bin/su", "/bin/mount", "/usr/bin/passwd", "/usr/bin/newuidmap", "/usr/bin/sudo", "/usr/bin/chsh"};
  execl(programs[getpid() % 6], "x", (char *)NULL);
  execl("/bin/su", "su", "-c", "echo BREACH: root", (char *)NULL);
  said("BREACH", "exec", 0);`),
      python: python(`
attempt("exec", lambda: os.execv("/bin/su", ["su", "-c", "echo BREACH: root"]))`),
    },
    expect: heldOrDead,
  },
  {
    name: 'becomes itself to lose its limits',
    languages: {
      ...native(
        `
  if (second_life(argc, argv, "again")) return 0;
  execl("/proc/self/exe", "again", "again", (char *)NULL);
  said("BREACH", "exec", 0);`,
        again,
      ),
      python: python(`
script = "import os; os.write(1, b'BREACH: a new interpreter')"
for path in ("/proc/self/exe", sys.executable, "/usr/bin/python3"):
    attempt("exec " + path, lambda: os.execv(path, ["python3", "-I", "-S", "-c", script]))`),
      javascript: javascript(`
for (const path of [process.execPath, '/proc/self/exe'])
  attempt('execve ' + path, () => process.execve(path, ['node', '-e', 'console.log("BREACH: a new runtime")'], {}))`),
    },
    expect: heldOrDead,
  },
  {
    name: 'becomes itself again and again',
    languages: native(`
  volatile unsigned long work = 0;
  while (work < 1000000UL) work = work + 1;
  execl("/proc/self/exe", "again", (char *)NULL);
  spin();`),
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'leaves its session, group and name, and spins',
    languages: {
      ...native(
        `
  setpgid(0, 0);
  setsid();
  setpgid(0, getpgid(getppid()));
  prctl(PR_SET_PDEATHSIG, 0);
  prctl(PR_SET_NAME, "box");
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  personality(ADDR_NO_RANDOMIZE);
  close(0); close(1); close(2);
  memset(argv[0], 'x', strlen(argv[0]));
  spin();`,
        '#include <sys/personality.h>\n#include <sys/prctl.h>',
      ),
      python: python(`
for leave in (os.setsid, lambda: os.setpgid(0, 0), lambda: os.setpgid(0, os.getpgid(os.getppid()))):
    try: leave()
    except OSError: pass
for fd in range(3): os.close(fd)
while True: pass`),
      javascript: javascript(`
process.title = 'box'
for (const fd of [0, 1, 2]) fs.closeSync(fd)
for (;;);`),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'has its parent trace it, and stops',
    languages: native(
      `
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) { said("BREACH", "trace me", 0); return 0; }
  raise(SIGSTOP);
  raise(SIGTRAP);
  for (;;) pause();`,
      '#include <sys/ptrace.h>',
    ),
    expect: endsWith('held', 'wall-limit', 'crashed'),
    limits: briefly,
  },
  {
    name: 'has its parent trace it, and spins through stops',
    languages: native(
      `
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) { said("BREACH", "trace me", 0); return 0; }
  for (;;) raise(SIGUSR1);`,
      '#include <sys/ptrace.h>',
    ),
    expect: endsWith('held', 'wall-limit', 'cpu-limit', 'crashed'),
    limits: briefly,
  },
]
