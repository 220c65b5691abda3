// Attacks with signals: on the supervisor, on everything in reach, and on the watch over the program itself.
// At the weakest tier programs share our uid and may signal us; then the run has to end as a violation.
import {
  briefly,
  endsWith,
  held,
  noticed,
  noticedOrDead,
  spinning,
  stoppedBy,
  type Attack,
  type Expectation,
} from './attack.ts'
import { java, javaBackDoor, javascript, native, python } from './source.ts'

/** Stops or kills its watch and goes on for ever: only somebody else can end it. */
const noticedOrStopped: Expectation = {
  rlimits: ['held', 'sandbox-violation', 'cpu-limit', 'wall-limit', 'crashed'],
  all: ['held', 'cpu-limit', 'wall-limit', 'crashed'],
}

const killsParent = (signal: string): Attack['languages'] => ({
  ...native(`
  NOT_AS_ROOT;
  ATTEMPT("BREACH", "${signal} to the parent", kill(parent(), ${signal}));
  rest(100);`),
  python: python(`
import signal
guard()
attempt("${signal} to the parent", lambda: os.kill(parent(), signal.${signal}))
time.sleep(0.1)`),
  javascript: javascript(`
guard()
attempt('${signal} to the parent', () => process.kill(parent(), '${signal}'))
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)`),
})

/** The nearest of those that were started before it, or one of their threads. */
const endsOne = (signal: string): Attack['languages'] => ({
  ...native(`
  NOT_AS_ROOT;
  for (pid_t pid = getpid() - 1; pid > 1 && pid > getpid() - 400; pid--)
    if (pid != parent() && kill(pid, ${signal}) == 0) {
      (void)!write(1, "BREACH: ${signal}\\n", 16);
      _exit(0);
    }
  said("held", "nobody", 0);`),
  python: python(`
import signal
guard()
for pid in range(os.getpid() - 1, max(1, os.getpid() - 400), -1):
    if pid != parent():
        try:
            os.kill(pid, signal.${signal})
            os.write(1, b"BREACH: ${signal}\\n")
            os._exit(0)
        except OSError: pass
print("held: nobody")`),
})

export const signalAttacks: readonly Attack[] = [
  {
    name: 'kills its parent',
    languages: {
      ...killsParent('SIGKILL'),
      java: java(
        `
    guard();
    attempt("BREACH", "SIGKILL to the parent", () -> kill(parent(), true));
    Thread.sleep(100);`,
        javaBackDoor,
      ),
    },
    expect: noticedOrDead,
  },
  {
    name: 'asks its parent to end',
    languages: {
      ...killsParent('SIGTERM'),
      java: java(
        `
    guard();
    attempt("BREACH", "SIGTERM to the parent", () -> kill(parent(), false));
    Thread.sleep(100);`,
        javaBackDoor,
      ),
    },
    expect: noticedOrDead,
  },
  { name: 'stops its parent', languages: killsParent('SIGSTOP'), expect: noticedOrDead },
  {
    name: 'stops its parent and spins',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  ATTEMPT("BREACH", "SIGSTOP to the parent", kill(parent(), SIGSTOP));
  spin();`),
      python: python(`
import signal
guard()
attempt("SIGSTOP to the parent", lambda: os.kill(parent(), signal.SIGSTOP))
while True: pass`),
    },
    expect: noticedOrStopped,
    limits: spinning,
  },
  {
    name: 'kills its parent and lives on',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  prctl(PR_SET_PDEATHSIG, 0);
  setsid();
  ATTEMPT("BREACH", "SIGKILL to the parent", kill(parent(), SIGKILL));
  spin();`,
        '#include <sys/prctl.h>',
      ),
      python: python(`
import signal
guard()
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
attempt("SIGKILL to the parent", lambda: os.kill(parent(), signal.SIGKILL))
while True: pass`),
      javascript: javascript(`
guard()
attempt('SIGKILL to the parent', () => process.kill(parent(), 'SIGKILL'))
for (;;);`),
    },
    expect: noticedOrStopped,
    limits: spinning,
  },
  {
    name: 'sends its parent every signal there is',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  pid_t pid = parent();
  for (int number = 1; number <= 64; number++)
    if (number != SIGKILL && number != SIGSTOP && number != SIGCONT) ATTEMPT("BREACH", "a signal to the parent", kill(pid, number));
  rest(50);`),
      python: python(`
guard()
for number in [17, 14, 13, 10, 12, 2, 1, 3, 26, 27, 29, 34, 64]:
    attempt(f"signal {number} to the parent", lambda: os.kill(parent(), number))
time.sleep(0.05)`),
    },
    expect: noticedOrDead,
  },
  {
    name: 'forges queued signals and names threads of its parent',
    languages: native(`
  NOT_AS_ROOT;
  pid_t pid = parent();
  siginfo_t info;
  memset(&info, 0, sizeof info);
  info.si_code = SI_QUEUE;
  info.si_pid = getpid();
  ATTEMPT("BREACH", "rt_sigqueueinfo", syscall(SYS_rt_sigqueueinfo, pid, SIGTERM, &info));
  ATTEMPT("BREACH", "rt_tgsigqueueinfo", syscall(SYS_rt_tgsigqueueinfo, pid, pid, SIGTERM, &info));
  ATTEMPT("BREACH", "tgkill", syscall(SYS_tgkill, pid, pid, SIGTERM));
  ATTEMPT("BREACH", "tkill", syscall(SYS_tkill, pid, SIGTERM));
  union sigval value = {0};
  ATTEMPT("BREACH", "sigqueue", sigqueue(pid, SIGCHLD, value));
  rest(50);`),
    expect: noticedOrDead,
  },
  {
    name: 'signals through a pidfd',
    languages: {
      ...native(`
  ATTEMPT("BREACH", "pidfd_open", syscall(434, parent(), 0));
  for (int fd = 0; fd < 64; fd++) if (syscall(424, fd, SIGCONT, NULL, 0) == 0) dprintf(1, "BREACH: fd %d is a pidfd\\n", fd);`),
      python: python(`attempt("pidfd_open", lambda: os.pidfd_open(parent()))`),
    },
    expect: held,
  },
  {
    name: 'kills its process group',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  ATTEMPT("possible", "SIGKILL to group 0", kill(0, SIGKILL));`),
      python: python(`
guard()
attempt("SIGKILL to group 0", lambda: os.kill(0, 9), "possible")`),
      javascript: javascript(`
guard()
attempt('SIGKILL to group 0', () => process.kill(0, 'SIGKILL'), 'possible')`),
    },
    expect: { rlimits: ['crashed', 'held', 'sandbox-violation'], all: ['crashed', 'held'] },
  },
  {
    name: 'joins the group of its parent and kills it',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  pid_t pid = parent(), group = getpgid(pid);
  if (setpgid(0, group) == 0 && getpgid(pid) == getpgid(0)) ATTEMPT("BREACH", "SIGKILL to the group", kill(0, SIGKILL));
  if (group > 1) ATTEMPT("BREACH", "SIGKILL to the group of the parent", kill(-group, SIGKILL));
  said("BREACH", "lives", 0);`),
      python: python(`
guard()
group = os.getpgid(parent())
if group > 1:
    attempt("killpg", lambda: os.killpg(group, 9))
attempt("joins", lambda: os.setpgid(0, group), "possible")
print("held: lives", flush=True)`),
    },
    expect: {
      rlimits: ['held', 'sandbox-violation', 'crashed', 'possible'],
      all: ['held', 'crashed', 'possible'],
    },
  },
  {
    name: 'kills everything it may',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  ATTEMPT("BREACH", "SIGKILL to -1", kill(-1, SIGKILL));
  rest(100);`),
      python: python(`
guard()
attempt("SIGKILL to -1", lambda: os.kill(-1, 9))
time.sleep(0.1)`),
      javascript: javascript(`
guard()
attempt('SIGKILL to -1', () => process.kill(-1, 'SIGKILL'))
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)`),
    },
    expect: noticedOrDead,
  },
  {
    name: 'kills everything it may, again and again',
    languages: {
      // An end of its own, should nobody else find one: what is made anew would be killed for ever.
      ...native(`
  NOT_AS_ROOT;
  time_t start = time(NULL);
  while (time(NULL) < start + 3) if (kill(-1, SIGKILL) == 0) dprintf(1, "BREACH: SIGKILL to -1\\n");
  said("BREACH", "the last one", 0);`),
      python: python(`
guard()
start = time.time()
while time.time() < start + 3:
    try:
        os.kill(-1, 9)
        os.write(1, b"BREACH: SIGKILL to -1\\n")
    except OSError: pass
print("held: the last one")`),
    },
    expect: noticedOrStopped,
    limits: spinning,
  },
  {
    name: 'stops everything it may',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  ATTEMPT("BREACH", "SIGSTOP to -1", kill(-1, SIGSTOP));`),
      python: python(`
guard()
attempt("SIGSTOP to -1", lambda: os.kill(-1, 19))`),
      javascript: javascript(`
guard()
attempt('SIGSTOP to -1', () => process.kill(-1, 'SIGSTOP'))`),
    },
    expect: noticed,
  },
  {
    name: 'kills the processes next to it one by one',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  for (pid_t pid = getpid() - 60; pid < getpid() + 60; pid++)
    if (pid > 1 && pid != getpid() && kill(pid, SIGKILL) == 0) dprintf(1, "BREACH: killed %d\\n", (int)pid);
  for (pid_t pid = parent() - 20; pid < parent() + 20; pid++)
    if (pid > 1 && pid != getpid() && kill(pid, SIGKILL) == 0) dprintf(1, "BREACH: killed %d\\n", (int)pid);
  said("BREACH", "no more", 0);`),
      python: python(`
guard()
me = os.getpid()
for middle in (me, parent()):
    for pid in range(middle - 60, middle + 60):
        if pid > 1 and pid != me:
            try:
                os.kill(pid, 9)
                os.write(1, b"BREACH: killed\\n")
            except OSError: pass
print("held: no more")`),
      javascript: javascript(`
guard()
for (const middle of [process.pid, parent()])
  for (let pid = middle - 60; pid < middle + 60; pid++)
    if (pid > 1 && pid !== process.pid)
      try { process.kill(pid, 'SIGKILL'); say('BREACH', 'killed', pid) } catch { continue }
say('held', 'no more', 0)`),
      java: java(
        `
    guard();
    long me = ProcessHandle.current().pid();
    for (long pid = Math.max(2, me - 60); pid < me + 60; pid++) {
      long other = pid;
      if (pid != me) attempt("BREACH", "kills a neighbour", () -> kill(other, true));
    }`,
        javaBackDoor,
      ),
    },
    expect: noticedOrDead,
  },
  {
    name: 'kills one process next to it and is gone before that one is',
    languages: endsOne('SIGKILL'),
    expect: noticed,
  },
  {
    name: 'aborts one process next to it and is gone before that one is',
    languages: endsOne('SIGABRT'),
    expect: noticed,
  },
  {
    name: 'has the kernel signal its parent',
    languages: native(`
  NOT_AS_ROOT;
  for (int fd = 0; fd < 3; fd++) {
    fcntl(fd, F_SETOWN, parent());
    fcntl(fd, F_SETSIG, SIGKILL);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC);
  }
  for (int i = 0; i < 100; i++) dprintf(1, "line %d\\n", i);
  rest(50);`),
    expect: { rlimits: ['ended', 'sandbox-violation'], all: ['ended'] },
    runs: 2,
  },
  {
    name: 'destroys its parent by the means of the language',
    languages: {
      java: java(`
    attempt("BREACH", "parent", () -> ProcessHandle.current().parent().orElseThrow().destroyForcibly());
    attempt("BREACH", "all", () -> {
      long seen = ProcessHandle.allProcesses().filter(process -> process.pid() != ProcessHandle.current().pid()).count();
      if (seen == 0) throw new IOException("nobody");
      return seen;
    });
    attempt("BREACH", "pid 1", () -> ProcessHandle.of(1).orElseThrow().info());`),
    },
    expect: held,
  },
  {
    name: 'has the runtime signal its parent',
    languages: {
      javascript: javascript(`
guard()
attempt('_debugProcess', () => process._debugProcess(parent()))
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)`),
    },
    expect: noticedOrDead,
  },
  {
    name: 'stops itself',
    languages: {
      ...native('raise(SIGSTOP); raise(SIGTSTP); raise(SIGTTIN); pause();'),
      python: python('import signal\nfor number in (19, 20, 21, 22): os.kill(os.getpid(), number)\nsignal.pause()'),
      javascript: javascript(`process.kill(process.pid, 'SIGSTOP')\nsetInterval(() => 0, 1000)`),
    },
    expect: stoppedBy('wall-limit'),
    limits: briefly,
  },
  {
    name: 'ignores every signal and spins',
    languages: {
      ...native(`
  sigset_t everything;
  sigfillset(&everything);
  for (int number = 1; number <= 64; number++) signal(number, SIG_IGN);
  sigprocmask(SIG_BLOCK, &everything, NULL);
  spin();`),
      python: python(`
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True: pass`),
      javascript: javascript(`
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU', 'SIGALRM', 'SIGPROF', 'SIGUSR2'])
  try { process.on(name, () => undefined) } catch (error) { say('held', name, error) }
for (;;);`),
      java: java(
        `
    for (String name : new String[] {"TERM", "INT", "HUP", "XCPU", "ALRM", "PROF", "XFSZ"})
      try { sun.misc.Signal.handle(new sun.misc.Signal(name), sun.misc.SignalHandler.SIG_IGN); }
      catch (IllegalArgumentException error) { continue; }
    for (;;) Thread.onSpinWait();`,
      ),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'spins in the handler of the limit',
    languages: {
      ...native(
        `
  stack_t stack = {0};
  stack.ss_sp = malloc(65536);
  stack.ss_size = 65536;
  sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_NODEFER | SA_ONSTACK;
  for (int number = 1; number <= 31; number++) sigaction(number, &action, NULL);
  raise(SIGXCPU);
  spin();`,
        'static void handler(UNUSED int number) { for (;;) __asm__ volatile(""); }',
      ),
      python: python(`
import signal
def handler(number, frame):
    while True: pass
for number in (signal.SIGXCPU, signal.SIGTERM, signal.SIGALRM, signal.SIGPROF): signal.signal(number, handler)
os.kill(os.getpid(), signal.SIGXCPU)
while True: pass`),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'makes a storm of timers',
    languages: {
      ...native(
        `
  signal(SIGALRM, handler);
  signal(SIGVTALRM, handler);
  signal(SIGPROF, handler);
  struct itimerval often = {{0, 1}, {0, 1}};
  setitimer(ITIMER_REAL, &often, NULL);
  setitimer(ITIMER_VIRTUAL, &often, NULL);
  setitimer(ITIMER_PROF, &often, NULL);
  for (int i = 0; i < 1000; i++) {
    struct sigevent event;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    timer_t timer;
    struct itimerspec soon = {{0, 1000}, {0, 1000}};
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) timer_settime(timer, 0, &soon, NULL);
  }
  for (;;) pause();`,
        '#include <sys/time.h>\nstatic void handler(UNUSED int number) {}',
      ),
      python: python(`
import signal
for which, number in ((signal.ITIMER_REAL, signal.SIGALRM), (signal.ITIMER_VIRTUAL, signal.SIGVTALRM)):
    signal.signal(number, lambda *_: None)
    signal.setitimer(which, 0.00001, 0.00001)
while True: pass`),
      javascript: javascript('setInterval(() => { for (let i = 0; i < 1000; i++) setImmediate(() => 0) }, 0)'),
    },
    expect: endsWith('cpu-limit', 'wall-limit'),
    limits: { cpuMs: 250, wallMs: 1_500 },
  },
  {
    name: 'works just less than a tick at a time',
    languages: native(`
  struct timespec now, start, nap = {0, 50000};
  for (;;) {
    clock_gettime(CLOCK_MONOTONIC, &start);
    do clock_gettime(CLOCK_MONOTONIC, &now); while ((now.tv_sec - start.tv_sec) * 1000000000L + now.tv_nsec - start.tv_nsec < 900000);
    nanosleep(&nap, NULL);
  }`),
    expect: endsWith('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'has the processes next to it note a signal, and speak',
    languages: {
      ...native(`
  NOT_AS_ROOT;
  const int signals[] = {SIGINT, SIGQUIT, SIGUSR1};
  int sent = 0;
  for (pid_t pid = getpid() - 60; pid < getpid(); pid++)
    for (int i = 0; i < 3; i++) if (pid > 1 && pid != parent()) sent += kill(pid, signals[i]) == 0;
  if (sent > 0) dprintf(1, "planted: %d signals\\n", sent);
  said("BREACH", "no more", 0);`),
      python: python(`
guard()
import threading
sent = 0
for pid in [threading.main_thread().native_id, *range(os.getpid() - 60, os.getpid())]:
    for number in (2, 3, 10):
        if pid > 1 and pid != os.getpid() and pid != parent():
            try:
                os.kill(pid, number)
                sent += 1
            except OSError: pass
print("planted: signals" if sent else "held: signals")`),
    },
    expect: { rlimits: ['planted', 'held', 'sandbox-violation'], all: ['held'] },
  },
  {
    name: 'has the processes next to it run when nobody else does',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  struct sched_param none = {0};
  int changed = 0;
  for (pid_t pid = getpid() - 60; pid < getpid(); pid++)
    if (pid > 1 && sched_setscheduler(pid, SCHED_IDLE, &none) == 0) changed++;
  if (changed > 0) dprintf(1, "planted: %d ranks\\n", changed);
  said("BREACH", "no more", 0);`,
        '#include <sched.h>\n',
      ),
      python: python(`
guard()
changed = 0
for pid in range(os.getpid() - 60, os.getpid()):
    try:
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
        changed += 1
    except OSError: pass
print("planted: ranks" if changed else "held: ranks")`),
    },
    expect: { rlimits: ['sandbox-violation', 'held'], all: ['held'] },
  },
]
