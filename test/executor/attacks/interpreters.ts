// Attacks on the harness inside an interpreter: patched functions, hostile objects, and forged replies.
import { endsWith, held, spinning, stoppedBy, type Attack } from './attack.ts'
import { java, javaBackDoor, javascript, native, python } from './source.ts'

/** Lines and frames as some protocol between a runner and its supervisor could have them. */
const forged = [
  '{"outcome":"exited","exitCode":0,"signal":null,"stdout":"forged","stderr":"","cpuMs":0,"wallMs":0,"peakMemoryBytes":1}',
  '{"version":1,"compile":{"ok":true,"log":"","wallMs":0},"results":[{"outcome":"exited","exitCode":0}]}',
  'ready',
  'go',
  'ok',
  'done 0 0 0',
  'exit 0',
  'result exited 0 0 0 0',
].join('\n')

const interpreterEndings = endsWith('ended', 'failed', 'crashed', 'held', 'cpu-limit', 'wall-limit')
const forgedInNative = forged
  .split('\n')
  .map((line) => `"${line.replaceAll('"', String.raw`\"`)}\\n"`)
  .join('\n')

export const interpreterAttacks: readonly Attack[] = [
  {
    name: 'forges a reply on every descriptor',
    languages: {
      ...native(`
  static const char text[] = ${forgedInNative};
  static const char frame[] = "\\x00\\x00\\x00\\x10" "\\x10\\x00\\x00\\x00" "exited\\0\\0\\0\\0\\0\\0\\0\\0";
  for (int fd = 3; fd < 21; fd++) if (write(fd, text, sizeof text - 1) >= 0 || write(fd, frame, sizeof frame) >= 0) dprintf(1, "BREACH: wrote to %d\\n", fd);
  if (write(2, text, sizeof text - 1) < 0 || write(2, frame, sizeof frame) < 0) return 4;
  if (write(1, text, sizeof text - 1) < 0) return 4;
  _exit(3);`),
      python: python(`
text = ${JSON.stringify(`${forged}\n`)}.encode()
frame = (16).to_bytes(4, "big") + (16).to_bytes(4, "little") + b"exited" + bytes(8)
for fd in range(3, 21):
    for part in (text, frame):
        try:
            os.write(fd, part)
            os.write(1, b"BREACH: wrote\\n")
        except OSError: pass
os.write(2, text + frame)
os.write(1, text)
os._exit(3)`),
      javascript: javascript(`
const text = ${JSON.stringify(`${forged}\n`)}
for (const fd of [3, 4, 5, 64, 65, 66]) try { fs.writeSync(fd, text) } catch { continue }
fs.writeSync(2, text)
fs.writeSync(1, text)
process.reallyExit(3)`),
      java: java(
        `
    byte[] text = ${JSON.stringify(`${forged}\n`)}.getBytes();
    for (int i = 3; i < 21; i++) try { new FileOutputStream(descriptor(i)).write(text); } catch (IOException error) { continue; }
    System.err.write(text);
    System.err.flush();
    System.out.write(text);
    System.out.flush();
    Runtime.getRuntime().halt(3);`,
        javaBackDoor,
      ),
    },
    expect: endsWith('failed'),
    result: { outcome: 'exited', exitCode: 3, stdout: `${forged}\n` },
  },
  {
    name: 'reads on every descriptor for somebody’s questions',
    languages: {
      ...native(`
  char block[512];
  for (int fd = 3; fd < 64; fd++) {
    ssize_t size = read(fd, block, sizeof block);
    if (size >= 0) dprintf(1, "BREACH: read %d bytes\\n", (int)size);
  }
  said("BREACH", "more", 0);`),
      python: python(`
for fd in range(3, 64):
    try: os.write(1, b"BREACH: " + os.read(fd, 512) + b"\\n")
    except OSError: pass
print("held: no more")`),
    },
    expect: held,
  },
  {
    name: 'ends by every signal that means something to us',
    languages: {
      ...native('raise(SIGXCPU); raise(SIGXFSZ); raise(SIGSYS); raise(SIGKILL);'),
      python: python('import signal\nfor number in (signal.SIGXFSZ, signal.SIGKILL): os.kill(os.getpid(), number)'),
      javascript: javascript("process.kill(process.pid, 'SIGKILL'); for (;;);"),
      java: java('kill(ProcessHandle.current().pid(), true); for (;;) Thread.onSpinWait();', javaBackDoor),
    },
    // The kernel's own net for CPU time is SIGXCPU: who sends it to himself is told that his time is up.
    expect: endsWith('crashed', 'cpu-limit'),
    runs: 2,
  },
  {
    name: 'patches what the harness needs to end a run',
    languages: {
      python: python(`
import builtins, gc
def nothing(*a, **k): return 0
for name in ("_exit", "fork", "waitpid", "wait4", "pipe", "read", "close", "kill", "dup2"): setattr(os, name, nothing)
sys.exit = sys.excepthook = sys.unraisablehook = sys.displayhook = nothing
sys.stdin = sys.__stdin__ = None
import atexit
atexit._clear()
for thing in gc.get_objects():
    if isinstance(thing, dict) and "__name__" in thing and thing is not globals():
        for name in ("run", "main", "execute", "serve", "reply", "finish", "child"):
            if callable(thing.get(name)): thing[name] = nothing
builtins.exec = builtins.compile = builtins.open = builtins.__import__ = builtins.BaseException = nothing`),
      javascript: javascript(`
const nothing = () => undefined
for (const target of [process, require('fs'), require('module'), require('vm'), require('module').prototype, process.stdout, process.stderr])
  for (const name of Reflect.ownKeys(target))
    try { if (typeof target[name] === 'function' && name !== 'constructor') target[name] = nothing } catch { continue }
for (const name of ['then', 'get', 'fd', 'exitCode', 'code', 'toJSON', 'stack', 'message'])
  Object.defineProperty(Object.prototype, name, { get: nothing, set: nothing, configurable: true })
Function.prototype.call = Function.prototype.apply = Function.prototype.bind = nothing
Array.prototype[Symbol.iterator] = nothing
JSON.stringify = JSON.parse = nothing`),
      java: java(
        `
    for (Thread thread : Thread.getAllStackTraces().keySet())
      for (StackTraceElement frame : thread.getStackTrace())
        try {
          Class<?> type = Class.forName(frame.getClassName(), false, Thread.currentThread().getContextClassLoader());
          if (type.getModule().isNamed() || type == Main.class) continue;
          for (var field : type.getDeclaredFields()) {
            unsafe().putBoolean(field, 12L, true);
            if (java.lang.reflect.Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive())
              unsafe().putObject(unsafe().staticFieldBase(field), unsafe().staticFieldOffset(field), null);
          }
        } catch (ReflectiveOperationException | UnsupportedOperationException error) { continue; }
    System.setProperties(new Properties());
    System.setOut(null);
    System.setErr(null);
    System.setIn(null);`,
        javaBackDoor,
      ),
    },
    expect: interpreterEndings,
    runs: 2,
  },
  {
    name: 'ends in ways that say little',
    languages: {
      python: python(`
class Strange(SystemExit):
    code = property(lambda self: 1 / 0)
    def __str__(self): raise ValueError(self)
    __repr__ = __str__
raise Strange(10 ** 30)`),
      javascript: javascript(`
process.exitCode = 2 ** 40
throw new Proxy({}, { get() { throw new Error('again') }, getPrototypeOf() { throw new Error('again') } })`),
      java: java(
        'throw new Error() { public String toString() { throw new RuntimeException(); } public void printStackTrace() { throw this; } };',
      ),
      ...native('_exit(0x1ff00);'),
    },
    expect: interpreterEndings,
  },
  {
    name: 'spins when somebody asks what went wrong',
    languages: {
      python: python(`
class Strange(BaseException):
    def __str__(self):
        while True: pass
raise Strange()`),
      javascript: javascript(
        `throw { get stack() { for (;;); }, [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); }, toString() { for (;;); } }`,
      ),
      java: java(
        'throw new Error() { public void printStackTrace(PrintStream out) { for (;;) Thread.onSpinWait(); } public String toString() { for (;;) Thread.onSpinWait(); } };',
      ),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'spins in streams, hooks and queues of the runtime',
    languages: {
      python: python(`
class Stream:
    encoding = "utf-8"
    def write(self, text): return len(text)
    def flush(self):
        while True: pass
sys.stdout = sys.stderr = sys.__stdout__ = Stream()`),
      javascript: javascript(
        'const again = () => process.nextTick(again)\nagain()\nqueueMicrotask(function more() { queueMicrotask(more) })',
      ),
      java: java(
        'System.setErr(new PrintStream(OutputStream.nullOutputStream()) { @Override public void write(byte[] b, int from, int count) { for (;;) Thread.onSpinWait(); } @Override public void print(String text) { for (;;) Thread.onSpinWait(); } }); throw new Error();',
      ),
    },
    expect: stoppedBy('cpu-limit'),
    limits: spinning,
  },
  {
    name: 'floods the standard error as it dies',
    languages: {
      python: python('raise SystemExit("e" * 2_000_000)'),
      javascript: javascript('throw new Error("e".repeat(5_000_000))'),
      java: java('throw new Error("e".repeat(5_000_000));'),
    },
    expect: endsWith('failed', 'output-limit'),
  },
  {
    name: 'watches the harness step by step',
    languages: {
      python: python(`
def trace(frame, event, argument):
    os.write(2, frame.f_code.co_name.encode() + b"\\n")
    if event == "return": raise RuntimeError("in the harness")
    return trace
frame = sys._getframe()
while frame:
    frame.f_trace = trace
    frame.f_trace_opcodes = True
    frame = frame.f_back
sys.settrace(trace)
sys.setprofile(trace)`),
      javascript: javascript(`
Error.prepareStackTrace = (error, sites) => {
  for (const site of sites) {
    const target = site.getFunction()
    if (target) try { target.alpaco = true } catch { continue }
    const self = site.getThis()
    if (self && typeof self === 'object') try { Object.freeze(self) } catch { continue }
  }
  return ''
}
new Error('x').stack
say('held', 'children', require.main === module ? 'main' : Object.keys(require.main ?? {}))`),
      java: java(`
    System.setSecurityManager(new SecurityManager() {
      @Override public void checkExit(int status) { throw new SecurityException("stay"); }
      @Override public void checkPermission(java.security.Permission permission) { return; }
    });
    say("held", "frames", Arrays.toString(new Throwable().getStackTrace()));`),
    },
    expect: interpreterEndings,
  },
  {
    name: 'breaks its interpreter',
    languages: {
      python: python(`
code = (lambda: 0).__code__
for filler in range(256):
    os.write(2, b".")
    try: exec(code.replace(co_code=bytes([filler, 255]) * 50, co_stacksize=0, co_consts=(), co_names=()))
    except BaseException: pass`),
      javascript: javascript(`
const v8 = require('v8')
v8.setFlagsFromString('--stack-size=9000000')
v8.setFlagsFromString('--allow-natives-syntax')
const deep = (n) => deep(n + 1) + 1
new Function('%DebugBreak(); %SystemBreak()')
deep(0)`),
      java: java('unsafe().copyMemory(0L, 1L, 1 << 20);', javaBackDoor),
    },
    expect: endsWith('crashed', 'failed', 'ended', 'cpu-limit', 'memory-limit', 'compile-error', 'output-limit'),
    runs: 2,
  },
  {
    name: 'lifts the limits of its heap',
    languages: {
      javascript: javascript(`
require('v8').setFlagsFromString('--max-old-space-size=16000')
require('v8').setFlagsFromString('--max-semi-space-size=512')
const kept = []
for (;;) kept.push(new Array(1 << 16).fill(1.5))`),
      python: python(`
import gc
gc.disable()
kept = []
while True: kept.append([kept] * 10000)`),
    },
    expect: stoppedBy('memory-limit'),
    limits: { cpuMs: 3_000, wallMs: 6_000 },
  },
  {
    name: 'stops the threads of the runtime',
    languages: {
      java: java(`
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) group = group.getParent();
    Thread[] threads = new Thread[100];
    int count = group.enumerate(threads, true);
    for (int i = 0; i < count; i++)
      if (threads[i] != Thread.currentThread()) { threads[i].interrupt(); threads[i].suspend(); }
    say("held", "threads", count);
    System.exit(0);`),
    },
    expect: interpreterEndings,
    limits: { cpuMs: 1_000, wallMs: 1_500 },
  },
  {
    name: 'ends while it ends',
    languages: {
      java: java(`
    for (int i = 0; i < 3; i++) Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().exit(7)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> { try { Thread.sleep(100); } catch (InterruptedException e) { return; } Runtime.getRuntime().halt(9); }));
    System.exit(1);`),
      javascript: javascript("process.on('exit', () => process.exit(9)); process.exit(1)"),
      python: python('import atexit\natexit.register(lambda: os._exit(9))\nraise SystemExit(1)'),
    },
    expect: endsWith('failed'),
  },
  {
    name: 'defines classes of the runtime',
    languages: {
      java: java(
        `
    attempt("BREACH", "java.lang", () -> new Loader().define("java.lang.Planted"));
    attempt("BREACH", "modules", () -> { Class.class.getDeclaredMethod("getModule").invoke(Main.class); Class<?> type = Class.forName("jdk.internal.misc.Unsafe"); return type.getMethod("getUnsafe").invoke(null); });
    attempt("BREACH", "shutdown", () -> { var method = Class.forName("java.lang.Shutdown").getDeclaredMethod("halt0", int.class); method.setAccessible(true); return method; });`,
        `
  static class Loader extends ClassLoader {
    Object define(String name) { return defineClass(name, new byte[] {1, 2, 3}, 0, 3); }
  }`,
      ),
    },
    expect: held,
  },
  {
    name: 'asks the module loader for what is not public',
    languages: {
      javascript: javascript(`
for (const name of ['internal/bootstrap/realm', 'internal/options', 'internal/process/execution', 'node:internal/fs/utils'])
  attempt('require ' + name, () => require(name))
attempt('main of the process', () => { const main = process.mainModule; if (main === undefined || main === module) throw new Error('only its own'); return main.filename }, 'possible')
attempt('modules of the launcher', () => Object.keys(require.cache), 'possible')
attempt('linked binding', () => process._linkedBinding('fs'))
for (const name of ['spawn_sync', 'process_wrap', 'tcp_wrap', 'pipe_wrap', 'fs_event_wrap'])
  attempt('binding ' + name, () => typeof process.binding(name), 'possible')`),
    },
    expect: endsWith('held', 'possible'),
  },
]
