// Attacks on time and memory: bombs, sleepers, and work hidden where a program ends.
import { briefly, endsWith, spinning, stoppedBy, type Attack } from './attack.ts'
import { java, javascript, native, python } from './source.ts'

const MiB = 1024 * 1024
const hungry = { cpuMs: 3_000, wallMs: 6_000 }

export const resourceAttacks: readonly Attack[] = [
  {
    name: 'spins',
    languages: {
      ...native('spin();'),
      python: 'while True: pass',
      javascript: 'for (;;);',
      java: java('for (;;) Thread.onSpinWait();'),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'spins in the kernel',
    languages: {
      ...native(
        'static char block[4096]; for (;;) { getppid(); read(0, block, 0); sched_yield(); }',
        '#include <sched.h>',
      ),
      python: python('while True: os.getppid()'),
      javascript: javascript('for (;;) fs.existsSync("/")'),
      java: java('for (;;) new File("/").exists();'),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'spins in several threads',
    languages: {
      java: java(`
    for (int i = 0; i < 4; i++) new Thread(() -> { for (;;) Thread.onSpinWait(); }).start();
    say("held", "main ends", 0);`),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'searches a pattern for ever',
    languages: {
      python: 'import re\nre.match("(a+)+$", "a" * 40 + "b")',
      javascript: '/^(a+)+$/.test("a".repeat(40) + "b")',
      java: java('say("held", "match", ("a".repeat(40)).matches("(.*a){20}b"));'),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'sleeps for ever',
    languages: {
      ...native('for (;;) pause();'),
      python: python('time.sleep(1000)'),
      javascript: javascript('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'),
      java: java('synchronized (Main.class) { Main.class.wait(); }'),
    },
    expect: stoppedBy('wall-limit'),
    limits: briefly,
  },
  {
    name: 'waits for a timer or a lock for ever',
    languages: {
      ...native('sigset_t none; sigemptyset(&none); for (;;) sigtimedwait(&none, NULL, NULL);'),
      python: python('import _thread\nlock = _thread.allocate_lock()\nlock.acquire()\nlock.acquire()'),
      javascript: javascript('setInterval(() => undefined, 50)'),
      java: java('new Thread(() -> java.util.concurrent.locks.LockSupport.park()).start();'),
    },
    expect: stoppedBy('wall-limit'),
    limits: briefly,
  },
  {
    name: 'spins when it ends',
    languages: {
      c: native('atexit(spin); return 0;').c,
      cpp: native('static Last last; return 0;', 'struct Last { ~Last() { spin(); } };').cpp,
      python: python(`
import atexit
def last():
    while True: pass
atexit.register(last)`),
      javascript: javascript("process.on('exit', () => { for (;;); })"),
      java: java('Runtime.getRuntime().addShutdownHook(new Thread(() -> { for (;;) Thread.onSpinWait(); }));'),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'spins while it is being torn down',
    languages: {
      c: native('return 0;', '__attribute__((destructor)) static void last(void) { spin(); }').c,
      cpp: native('std::set_terminate([] { spin(); }); throw 1;', '#include <exception>').cpp,
      python: python(`
class Last:
    def __del__(self):
        while True: pass
last = Last()
try:
    raise SystemExit(3)
finally:
    while True: pass`),
      javascript: javascript(`
process.on('beforeExit', () => setImmediate(() => 0))
process.on('uncaughtException', () => { for (;;); })
throw new Error('x')`),
      java: java('try { throw new Error(); } finally { for (long i = 0; ; i++) if (i < 0) break; }'),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'sleeps when it ends',
    languages: {
      c: native('atexit(last); return 0;', 'static void last(void) { for (;;) pause(); }').c,
      cpp: native('static Last last; return 0;', 'struct Last { ~Last() { for (;;) pause(); } };').cpp,
      python: python('import atexit\natexit.register(time.sleep, 1000)'),
      javascript: javascript("process.on('exit', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))"),
      java: java('Runtime.getRuntime().addShutdownHook(new Thread(() -> System.exit(0))); System.exit(1);'),
    },
    expect: stoppedBy('wall-limit'),
    limits: briefly,
  },
  {
    name: 'touches memory without end',
    languages: {
      c: native(
        'for (;;) { char *block = malloc(1 << 20); if (!block) { said("BREACH", "malloc", 0); return 1; } memset(block, 1, 1 << 20); }',
      ).c,
      cpp: native('std::vector<std::vector<char>> all; for (;;) all.emplace_back(1 << 20, 1);', '#include <vector>')
        .cpp,
      python: 'kept = []\nwhile True: kept.append(bytearray(b"x") * (1 << 20))',
      javascript: 'const kept = []\nfor (;;) kept.push(new Array(1 << 17).fill(1.5))',
      java: java('List<byte[]> kept = new ArrayList<>(); for (;;) kept.add(new byte[1 << 20]);'),
    },
    expect: stoppedBy('memory-limit'),
    limits: hungry,
  },
  {
    name: 'touches memory outside of the heap',
    languages: {
      ...native(`
  for (;;) {
    void *block = mmap(NULL, 16 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (block == MAP_FAILED) { said("BREACH", "mmap", 0); return 0; }
    memset(block, 1, 16 << 20);
  }`),
      python: python('kept = []\nwhile True: kept.append(1 << 80000000)'),
      javascript: 'const kept = []\nfor (;;) kept.push(Buffer.alloc(1 << 20, 1))',
      java: java(
        'for (;;) unsafe().setMemory(unsafe().allocateMemory(1 << 20), 1 << 20, (byte) 1);',
        'static sun.misc.Unsafe unsafe() throws Throwable { java.lang.reflect.Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe"); field.setAccessible(true); return (sun.misc.Unsafe) field.get(null); }',
      ),
    },
    expect: { rlimits: ['memory-limit'], all: ['memory-limit', 'held'] },
    limits: hungry,
  },
  {
    name: 'asks for all its memory in one call',
    languages: {
      ...native(`
  void *block = mmap(NULL, 8L << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (block == MAP_FAILED) { said("BREACH", "mmap", 0); return 0; }
  memset(block, 1, 8L << 30);`),
      python: 'block = bytearray(b"x") * (4 << 30)\nprint(len(block))',
      javascript: 'const block = Buffer.alloc(2 ** 31, 1)\nconsole.log(block.length)',
      java: java('byte[][] block = new byte[8][1 << 30]; say("held", "length", block.length);'),
    },
    expect: endsWith('memory-limit', 'held'),
    limits: hungry,
  },
  {
    name: 'touches memory and gives it back at once',
    languages: native(`
  for (int i = 0; i < 4; i++) {
    char *block = (char *)mmap(NULL, 200 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) { said("BREACH", "mmap", 0); return 0; }
    memset(block, 1, 200 << 20);
    madvise(block, 200 << 20, MADV_DONTNEED);
    munmap(block, 200 << 20);
  }`),
    expect: endsWith('memory-limit', 'held'),
    limits: hungry,
  },
  {
    name: 'spreads its memory over page tables',
    languages: native(`
  long step = 2L << 20, size = 1L << 40;
  char *block = (char *)mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (block == MAP_FAILED) { said("BREACH", "mmap", 0); return 0; }
  madvise(block, size, MADV_NOHUGEPAGE);
  for (long at = 0; at < size; at += step) block[at] = 1;`),
    expect: endsWith('memory-limit', 'held', 'cpu-limit'),
    limits: hungry,
  },
  {
    name: 'reserves memory and does not touch it',
    languages: {
      ...native(`
  for (int i = 0; i < 1000; i++)
    if (mmap(NULL, 1L << 32, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED) { said("BREACH", "mmap", 0); return 0; }`),
    },
    expect: endsWith('ended', 'held', 'memory-limit'),
  },
  {
    name: 'makes as many mappings as the kernel lets it',
    languages: native(`
  for (long i = 0; i < 1000000; i++)
    if (mmap(NULL, 4096, i & 1 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) { said("BREACH", "mmap", 0); return 0; }`),
    expect: endsWith('ended', 'held', 'memory-limit', 'cpu-limit'),
  },
  {
    name: 'recurses without end',
    languages: {
      ...native(
        'return deep(1) & 1;',
        `
__attribute__((noinline)) static int deep(int n) {
  volatile char here[1024];
  here[n & 1023] = (char)n;
  return deep(n + 1) + here[(n + 1) & 1023];
}`,
      ),
      python: 'import sys\nsys.setrecursionlimit(10 ** 9)\ndef deep(n): return deep(n + 1) + 1\ndeep(0)',
      javascript: 'const deep = (n) => deep(n + 1) + 1\ndeep(0)',
      java: java('deep(0);', 'static int deep(int n) { return deep(n + 1) + 1; }'),
    },
    expect: endsWith('crashed', 'failed', 'memory-limit'),
    limits: { ...hungry, memoryBytes: 256 * MiB },
  },
  {
    name: 'makes numbers and texts without end',
    languages: {
      python: 'n = 7\nwhile True: n = n * n',
      javascript:
        'let text = "x"\nconst kept = []\nfor (;;) { text = (text + text).slice(0, 1 << 27); kept.push(text + kept.length); Buffer.from(text) }',
      java: java('StringBuilder text = new StringBuilder("x"); for (;;) text.append(text);'),
    },
    expect: endsWith('memory-limit', 'cpu-limit', 'failed'),
    limits: { cpuMs: 500, wallMs: 4_000 },
  },
  {
    name: 'fills the memory of the runtime beside the heap',
    languages: {
      javascript: javascript(`
const kept = []
for (;;) kept.push(new WebAssembly.Memory({ initial: 64 }), new Uint8Array(new SharedArrayBuffer(1 << 22)).fill(1))`),
      java: java(
        'List<Object> kept = new ArrayList<>(); for (;;) { var block = java.nio.ByteBuffer.allocateDirect(1 << 20); while (block.hasRemaining()) block.put((byte) 1); kept.add(block); }',
      ),
    },
    expect: endsWith('memory-limit', 'failed'),
    limits: hungry,
  },
  {
    name: 'keeps memory in shared mappings of which it shows nothing',
    languages: native(`
  const size_t part = 16 << 20;
  char *parts[40];
  int count = 0;
  for (; count < 40; count++) {
    parts[count] = (char *)mmap(NULL, part, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if ((void *)parts[count] == MAP_FAILED) { said("BREACH", "mmap", 0); return 0; }
    memset(parts[count], count + 1, part);
    madvise(parts[count], part, MADV_DONTNEED);
    usleep(5000);
  }
  for (int i = 0; i < count; i++) if (parts[i][part / 2] != i + 1) return 3;
  dprintf(1, "BREACH: 640 MiB\\n");`),
    expect: { rlimits: ['memory-limit'], all: ['held'] },
    limits: hungry,
  },
  {
    name: 'keeps memory in segments, one attached at a time',
    languages: native(
      `
  const size_t part = 16 << 20;
  int ids[40], count = 0;
  for (; count < 40; count++) {
    ids[count] = shmget(IPC_PRIVATE, part, IPC_CREAT | 0600);
    if (ids[count] < 0) break;
    char *block = (char *)shmat(ids[count], NULL, 0);
    memset(block, 1, part);
    shmdt(block);
    usleep(5000);
  }
  for (int i = 0; i < count; i++) shmctl(ids[i], IPC_RMID, NULL);
  if (count < 40) { said("BREACH", "shmget", 0); return 0; }
  dprintf(1, "BREACH: 640 MiB\\n");`,
      '#include <sys/ipc.h>\n#include <sys/shm.h>\n',
    ),
    expect: { rlimits: ['memory-limit', 'sandbox-violation'], all: ['held'] },
    limits: hungry,
  },
]
