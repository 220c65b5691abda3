// Attacks through file descriptors: what may have been inherited, the three standard streams, and new ones of any kind.
import { briefly, endsWith, held, spinning, stoppedBy, type Attack } from './attack.ts'
import { java, javaBackDoor, javascript, native, python } from './source.ts'

export const descriptorAttacks: readonly Attack[] = [
  {
    name: 'looks for inherited descriptors',
    languages: {
      ...native(`
  for (int fd = 3; fd < 1024; fd++) {
    char byte = 0;
    if (fcntl(fd, F_GETFD) != -1) dprintf(1, "BREACH: descriptor %d is open\\n", fd);
    if (write(fd, &byte, 1) > 0) dprintf(1, "BREACH: wrote to %d\\n", fd);
    if (read(fd, &byte, 1) > 0) dprintf(1, "BREACH: read from %d\\n", fd);
  }
  said("BREACH", "more", 0);`),
      python: python(`
for fd in range(3, 1024):
    for act in (os.fstat, lambda fd: os.write(fd, b"x"), lambda fd: os.read(fd, 1)):
        try: os.write(1, f"BREACH: {fd} {act(fd)}\\n".encode())
        except OSError: pass
print("held: no more")`),
      // The runtime has queues, pipes to itself and /dev/null of its own; anything else is ours.
      javascript: javascript(`
for (let fd = 3; fd < 1024; fd++) {
  let stat
  try { stat = fs.fstatSync(fd) } catch { continue }
  const nothing = stat.isCharacterDevice() && stat.rdev === 259
  if (stat.isFile() || stat.isDirectory() || stat.isSocket() || stat.isBlockDevice() || (stat.isCharacterDevice() && !nothing))
    say('BREACH', 'descriptor', fd)
}
say('held', 'no more', 0)`),
      // The runtime keeps its archives open for reading.
      java: java(
        `
    for (int i = 3; i < 256; i++) {
      FileDescriptor fd = descriptor(i);
      try { new FileOutputStream(fd).write("ready go exit 0\\n".getBytes()); say("BREACH", "wrote to", i); } catch (IOException error) { continue; }
    }
    say("held", "no more", 0);`,
        javaBackDoor,
      ),
    },
    expect: held,
  },
  {
    name: 'copies descriptors',
    languages: {
      ...native(`
  ATTEMPT("BREACH", "dup", dup(0));
  ATTEMPT("BREACH", "dup2 to 9", dup2(1, 9));
  ATTEMPT("BREACH", "dup3", dup3(1, 10, O_CLOEXEC));
  ATTEMPT("BREACH", "F_DUPFD", fcntl(0, F_DUPFD, 0));
  ATTEMPT("BREACH", "F_DUPFD_CLOEXEC", fcntl(0, F_DUPFD_CLOEXEC, 500));
  close(0);
  ATTEMPT("BREACH", "dup to 0", dup(1));
  ATTEMPT("BREACH", "open as 0", open("/etc/passwd", O_RDONLY));`),
      python: python(`
attempt("dup", lambda: os.dup(0))
attempt("dup2", lambda: os.dup2(1, 9))
os.close(0)
attempt("dup to 0", lambda: os.dup(1))
attempt("open as 0", lambda: os.open("/etc/passwd", os.O_RDONLY))`),
      javascript: javascript(`
fs.closeSync(0)
attempt('open as 0', () => fs.openSync('/etc/passwd'))`),
      java: java(`
    attempt("possible", "close", () -> { System.in.close(); return 0; });
    attempt("BREACH", "open as 0", () -> new FileInputStream("/etc/passwd").read());`),
    },
    expect: endsWith('held', 'possible'),
  },
  {
    name: 'makes descriptors of every other kind',
    languages: {
      ...native(
        `
  int pair[2];
  static char zeros[256];
  ATTEMPT("BREACH", "pipe", pipe(pair));
  ATTEMPT("BREACH", "pipe2", pipe2(pair, O_CLOEXEC));
  ATTEMPT("BREACH", "eventfd", eventfd(0, 0));
  ATTEMPT("BREACH", "epoll", epoll_create1(0));
  ATTEMPT("BREACH", "timerfd", timerfd_create(CLOCK_MONOTONIC, 0));
  ATTEMPT("BREACH", "inotify", inotify_init1(0));
  ATTEMPT("BREACH", "memfd", memfd_create("x", 0));
  sigset_t none;
  sigemptyset(&none);
  ATTEMPT("BREACH", "signalfd", signalfd(-1, &none, 0));
  ATTEMPT("BREACH", "posix_openpt", posix_openpt(O_RDWR));
  ATTEMPT("BREACH", "memfd_secret", syscall(447, 0));
  ATTEMPT("BREACH", "io_uring_setup", syscall(425, 8, zeros));
  ATTEMPT("BREACH", "open_tree", syscall(428, AT_FDCWD, "/", 0));
  ATTEMPT("BREACH", "open_tree clone", syscall(428, AT_FDCWD, "/", 1));
  ATTEMPT("BREACH", "fsopen", syscall(430, "tmpfs", 0));
  ATTEMPT("BREACH", "fspick", syscall(433, AT_FDCWD, "/", 0));
  ATTEMPT("BREACH", "openat2", syscall(437, AT_FDCWD, "/etc/passwd", zeros, 24));
  ATTEMPT("BREACH", "pidfd_getfd", syscall(438, 0, 1, 0));
  ATTEMPT("BREACH", "landlock_create_ruleset", syscall(444, zeros, 8, 0));
  ATTEMPT("BREACH", "quotactl_fd", syscall(443, 0, 0, 0, 0));
#ifdef SYS_bpf
  ATTEMPT("BREACH", "bpf", syscall(SYS_bpf, 0, zeros, 72));
#endif
  ATTEMPT("BREACH", "userfaultfd", syscall(SYS_userfaultfd, 1));
  ATTEMPT("BREACH", "perf_event_open", syscall(SYS_perf_event_open, zeros, 0, -1, -1, 0));
  ATTEMPT("BREACH", "fanotify_init", syscall(SYS_fanotify_init, 0, 0));
  struct mq_attr { long a, b, c, d, e[4]; } attributes = {0, 1, 1, 0, {0, 0, 0, 0}};
  ATTEMPT("BREACH", "mq_open", syscall(SYS_mq_open, "alpaco-planted-file", O_CREAT | O_RDWR, 0600, &attributes));
  struct { unsigned bytes; int type; unsigned char data[128]; } handle = {128, 0, {0}};
  ATTEMPT("BREACH", "open_by_handle_at", syscall(SYS_open_by_handle_at, AT_FDCWD, &handle, 0));`,
        '#include <sys/epoll.h>\n#include <sys/eventfd.h>\n#include <sys/inotify.h>\n#include <sys/signalfd.h>\n#include <sys/timerfd.h>',
      ),
      python: python(`
for name in ("pipe", "openpty", "epoll"):
    attempt(name, lambda: getattr(__import__("select") if name == "epoll" else os, name)())
attempt("memfd", lambda: os.memfd_create("x"))
attempt("eventfd", lambda: os.eventfd(0))
attempt("pidfd", lambda: os.pidfd_open(os.getpid()))
attempt("poll", lambda: __import__("selectors").EpollSelector())
attempt("event loop", lambda: __import__("asyncio").new_event_loop())`),
      javascript: javascript(`
attempt('watch', () => fs.watch('.'))
attempt('tty', () => new (require('tty').ReadStream)(0))
attempt('signal watcher', () => { process.on('SIGUSR2', () => 0); throw new Error('of no use') })`),
      java: java(`
    attempt("BREACH", "selector", () -> java.nio.channels.Selector.open());
    attempt("BREACH", "pipe", () -> java.nio.channels.Pipe.open());
    attempt("BREACH", "watch", () -> FileSystems.getDefault().newWatchService());
    attempt("BREACH", "console", () -> System.console().toString());`),
    },
    expect: held,
  },
  {
    name: 'closes its streams and opens others in their place',
    languages: {
      ...native(`
  int error = dup(1) == -1 ? errno : 0;
  close(0); close(2);
  int first = open("/etc/passwd", O_RDONLY), second = open("/tmp/alpaco-planted-file", O_CREAT | O_WRONLY, 0666);
  dprintf(1, "%s: open after close (%d)\\n", first >= 0 || second >= 0 ? "BREACH" : "held", error);
  close(1);
  if (open("/tmp/alpaco-planted-file", O_CREAT | O_WRONLY, 0666) >= 0) return 7;`),
      python: python(`
os.close(0); os.close(2)
attempt("open after close", lambda: open("/etc/passwd").read())
os.close(1)
try:
    os.open("/etc/passwd", os.O_RDONLY)
    os._exit(7)
except OSError:
    os._exit(0)`),
      javascript: javascript(`
fs.closeSync(0); fs.closeSync(2)
attempt('open after close', () => fs.readFileSync('/etc/passwd'))`),
    },
    expect: held,
  },
  {
    name: 'writes to its input and reads its output',
    languages: {
      ...native(
        `
  signal(SIGXFSZ, SIG_IGN);
  ATTEMPT("BREACH", "write to the input", write(0, "x", 1));
  ATTEMPT("BREACH", "pwrite to the input", pwrite(0, "x", 1, 0));
  ATTEMPT("BREACH", "truncate the input", ftruncate(0, 0));
  ATTEMPT("BREACH", "allocate the input", posix_fallocate(0, 0, 1 << 20) == 0 ? 0 : -1);
  ATTEMPT("BREACH", "map the input for writing", mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, 0, 0));
  ATTEMPT("BREACH", "type into the terminal", ioctl(0, TIOCSTI, "x"));
  ATTEMPT("BREACH", "become the terminal's", ioctl(1, TIOCSCTTY, 0));`,
        '#include <sys/ioctl.h>',
      ),
      python: python(`
attempt("write to the input", lambda: os.write(0, b"x"))
attempt("truncate the input", lambda: os.ftruncate(0, 0))`),
      javascript: javascript(`
attempt('write to the input', () => fs.writeSync(0, 'x'))
attempt('truncate the input', () => fs.ftruncateSync(0, 0))`),
      java: java(
        'attempt("BREACH", "write to the input", () -> { new FileOutputStream(FileDescriptor.in).write(1); return 1; });',
      ),
    },
    expect: held,
    runs: 2,
  },
  {
    name: 'changes how its streams behave',
    languages: native(
      `
  for (int fd = 0; fd < 3; fd++) {
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK | O_APPEND);
    fcntl(fd, F_SETFL, O_NONBLOCK | O_DIRECT | O_NOATIME);
    fcntl(fd, F_ADD_SEALS, 1 | 2 | 4 | 8 | 16);
    fcntl(fd, F_SETPIPE_SZ, 4096);
    fcntl(fd, F_SETLEASE, F_WRLCK);
    flock(fd, LOCK_EX | LOCK_NB);
    struct flock lock = {F_WRLCK, SEEK_SET, 0, 0, 0};
    fcntl(fd, F_OFD_SETLK, &lock);
    fchmod(fd, 0);
    fchown(fd, getuid(), getgid());
    fsetxattr(fd, "user.x", "x", 1, 0);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    lseek(fd, 0, SEEK_END);
    shutdown(fd, SHUT_RDWR);
  }
  return 5;`,
      '#include <sys/file.h>\n#include <sys/socket.h>\n#include <sys/xattr.h>\n#pragma GCC diagnostic ignored "-Wunused-result"',
    ),
    expect: endsWith('failed', 'sandbox-violation'),
    runs: 3,
    result: { exitCode: 5 },
  },
  {
    name: 'makes its output huge without writing it',
    languages: {
      ...native(`
  signal(SIGXFSZ, SIG_IGN);
  ATTEMPT("possible", "truncate", ftruncate(1, 1L << 42));
  ATTEMPT("possible", "truncate", ftruncate(2, 1L << 42));
  ATTEMPT("possible", "allocate", fallocate(1, 0, 0, 1L << 36));
  ATTEMPT("possible", "allocate beyond the end", fallocate(1, FALLOC_FL_KEEP_SIZE, 0, 1L << 36));
  if (lseek(1, 1L << 42, SEEK_SET) > 0) ATTEMPT("possible", "write far out", write(1, "x", 1));
  ATTEMPT("possible", "pwrite", pwrite(1, "x", 1, 1L << 40));
  lseek(1, 0, SEEK_SET);
  dprintf(1, "held: the rest\\n");`),
      python: python(`
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
attempt("truncate", lambda: os.ftruncate(1, 1 << 42), "possible")
attempt("allocate", lambda: os.posix_fallocate(1, 0, 1 << 36), "possible")
attempt("pwrite", lambda: os.pwrite(1, b"x", 1 << 40), "possible")`),
      javascript: javascript(`
attempt('truncate', () => fs.ftruncateSync(1, 2 ** 42), 'possible')
attempt('write', () => fs.writeSync(1, Buffer.from('x'), 0, 1, 2 ** 40), 'possible')`),
    },
    expect: endsWith('held', 'output-limit', 'crashed'),
  },
  {
    name: 'maps its output and grows it in memory',
    languages: native(`
  long size = 1L << 16;
  if (ftruncate(1, size) == 0) {
    char *page = (char *)mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, 1, 0);
    if (page != MAP_FAILED) { memset(page, 'x', size); msync(page, size, MS_SYNC); return 0; }
  }
  said("BREACH", "map", 0);`),
    expect: endsWith('held', 'ended', 'output-limit'),
  },
  {
    name: 'floods its output',
    languages: {
      ...native(`
  static char block[1 << 16];
  memset(block, 'x', sizeof block);
  signal(SIGXFSZ, SIG_IGN);
  for (;;) if (write(1, block, sizeof block) < 0) lseek(1, 0, SEEK_CUR);`),
      python: python('block = b"x" * 65536\nwhile True:\n    try: os.write(1, block)\n    except OSError: pass'),
      javascript: javascript(`
const block = 'x'.repeat(65536)
for (;;) try { fs.writeSync(1, block) } catch { continue }`),
      java: java(
        'byte[] block = new byte[65536]; for (;;) { System.out.write(block, 0, block.length); System.out.flush(); }',
      ),
    },
    expect: stoppedBy('output-limit'),
  },
  {
    name: 'floods its output byte by byte',
    languages: {
      ...native('for (;;) if (write(1, "x", 1) < 0) return 1;'),
      python: python('while True: print("x", flush=True)'),
      javascript: javascript('for (;;) console.log("x")'),
      java: java('for (;;) { System.out.print("x"); System.out.flush(); }'),
    },
    expect: endsWith('output-limit', 'cpu-limit'),
    limits: { outputBytes: 4_096, cpuMs: 1_000 },
  },
  {
    name: 'floods the standard error',
    languages: {
      ...native(`
  static char block[1 << 16];
  memset(block, 'e', sizeof block);
  signal(SIGXFSZ, SIG_IGN);
  for (;;) if (write(2, block, sizeof block) < 0) errno = 0;`),
      python: python('block = b"e" * 65536\nwhile True:\n    try: os.write(2, block)\n    except OSError: pass'),
      javascript: javascript('for (;;) try { fs.writeSync(2, "e".repeat(65536)) } catch { continue }'),
      java: java(
        'byte[] block = new byte[65536]; for (;;) { System.err.write(block, 0, block.length); System.err.flush(); }',
      ),
    },
    expect: endsWith('cpu-limit', 'output-limit', 'wall-limit', 'crashed'),
    limits: spinning,
  },
  {
    name: 'waits for input that never comes',
    languages: {
      ...native(`
  char block[256];
  while (read(0, block, sizeof block) > 0) continue;
  for (;;) { lseek(0, 0, SEEK_END); if (read(0, block, sizeof block) < 0) pause(); rest(10); }`),
      python: python('sys.stdin.read()\nwhile True: sys.stdin.read(); time.sleep(0.01)'),
      javascript: javascript('process.stdin.on("end", () => setInterval(() => process.stdin.read(), 10)).resume()'),
      java: java('for (;;) { System.in.read(); Thread.sleep(10); }'),
    },
    expect: stoppedBy('wall-limit'),
    limits: briefly,
  },
]
