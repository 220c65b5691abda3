// Attacks that leave something for a later program: kernel objects that outlive processes, and state of the interpreter.
import { contained, endsWith, held, type Attack } from './attack.ts'
import { ipcKey, mark } from './names.ts'
import { javascript, native, python } from './source.ts'

const ipc = '#include <sys/ipc.h>\n#include <sys/msg.h>\n#include <sys/sem.h>\n#include <sys/shm.h>'

export const persistenceAttacks: readonly Attack[] = [
  {
    name: 'leaves System V shared memory',
    languages: native(
      `
  int id = shmget(${ipcKey}, 65536, IPC_CREAT | 0666);
  if (id >= 0) { char *here = (char *)shmat(id, NULL, 0); if (here != (char *)-1) strcpy(here, "${mark}"); }
  said("planted", "shared memory", id >= 0);
  ATTEMPT("planted", "private shared memory", shmget(IPC_PRIVATE, 4096, 0666));`,
      ipc,
    ),
    expect: contained,
  },
  {
    name: 'leaves System V queues and semaphores',
    languages: native(
      `
  struct { long type; char text[32]; } message = {1, "${mark}"};
  int id = msgget(${ipcKey}, IPC_CREAT | 0666);
  if (id >= 0) msgsnd(id, &message, 32, IPC_NOWAIT);
  said("planted", "queue", id >= 0);
  ATTEMPT("planted", "semaphores", semget(${ipcKey}, 8, IPC_CREAT | 0666));
  ATTEMPT("planted", "private queue", msgget(IPC_PRIVATE, 0666));`,
      ipc,
    ),
    expect: contained,
  },
  {
    name: 'hides memory in shared segments it lets go',
    languages: native(
      `
  int made = 0;
  for (int i = 0; i < 24; i++) {
    int id = shmget(IPC_PRIVATE, 8 << 20, IPC_CREAT | 0600);
    if (id < 0) break;
    char *here = (char *)shmat(id, NULL, 0);
    if (here == (char *)-1) break;
    memset(here, 1, 8 << 20);
    shmdt(here);
    made++;
  }
  said("planted", "segments of 8 MB", made > 0);`,
      ipc,
    ),
    expect: { rlimits: [...contained.rlimits, 'memory-limit'], all: [...contained.all, 'memory-limit'] },
  },
  {
    name: 'leaves keys in key rings',
    languages: native(`
  static const int rings[] = {-1, -2, -3, -4, -5};
  for (int i = 0; i < 5; i++) ATTEMPT(i < 2 ? "possible" : "planted", "key", syscall(SYS_add_key, "user", "${mark}", "secret", 6, rings[i]));
  long persistent = syscall(SYS_keyctl, 22, -1, -2);
  if (persistent > 0) ATTEMPT("planted", "key in the persistent ring", syscall(SYS_add_key, "user", "${mark}", "secret", 6, persistent));
  ATTEMPT("possible", "ring", syscall(SYS_keyctl, 1, "${mark}"));`),
    expect: { rlimits: [...contained.rlimits, 'possible'], all: [...contained.all, 'possible'] },
  },
  {
    name: 'leaves POSIX objects',
    languages: native(
      `
  ATTEMPT("BREACH", "shared memory", shm_open("/${mark}-file", O_CREAT | O_RDWR, 0666));
  ATTEMPT("BREACH", "queue", mq_open("/${mark}-file", O_CREAT | O_RDWR, 0666, NULL));
  said("BREACH", "semaphore", sem_open("/${mark}-file", O_CREAT, 0666, 1) != SEM_FAILED);`,
      '#include <mqueue.h>\n#include <semaphore.h>',
    ),
    expect: held,
  },
  {
    name: 'leaves changes in the interpreter',
    languages: {
      python: python(`
import builtins, types, gc
builtins.alpaco_planted = "alpaco-planted"
sys.modules["alpaco_planted"] = types.ModuleType("alpaco_planted")
os.environ["ALPACO_PLANTED"] = "1"
builtins.print = lambda *a, **k: None
builtins.input = lambda *a: "stolen"
builtins.len = lambda x: 3
for name in ("write", "fork", "_exit", "waitpid", "kill", "stat", "lstat"):
    setattr(os, name, lambda *a: 0)
frame = sys._getframe()
while frame:
    frame.f_globals["alpaco_planted"] = True
    for name in list(frame.f_globals):
        if name not in ("frame", "name", "sys", "list"): frame.f_globals[name] = None
    frame = frame.f_back`),
      javascript: javascript(`
Object.prototype.alpacoPlanted = true
globalThis.alpacoPlanted = true
for (const name of Object.keys(require.cache)) delete require.cache[name]
require('module')._extensions['.js'] = () => { throw new Error('planted') }
process.exitCode = 0`),
    },
    expect: endsWith('ended', 'failed', 'crashed'),
    runs: 2,
  },
  {
    name: 'looks for the next run’s input and earlier programs in memory',
    languages: {
      python: python(`
import gc
# Never in memory in clear for longer than a comparison.
def needle(): return "".join(chr(ord(letter) - 1) for letter in "BMQBDP.OFYU.JOQVU")
def texts(value):
    if isinstance(value, str): yield value
    elif isinstance(value, (bytes, bytearray)): yield bytes(value).decode("latin-1")
seen = 0
for thing in gc.get_objects():
    for inner in [thing, *gc.get_referents(thing)]:
        for text in texts(inner):
            seen += 1
            if needle() in text: os.write(1, b"BREACH: the next input\\n"); os._exit(0)
frame = sys._getframe().f_back
while frame:
    for name, value in list(frame.f_locals.items()) + list(frame.f_globals.items()):
        if needle() in repr(value)[:100000]: os.write(1, f"BREACH: {name}\\n".encode()); os._exit(0)
    frame = frame.f_back
print("held:", seen)`),
      javascript: javascript(`
process.on('unhandledRejection', () => undefined)
const needle = ['ALPACO', 'INPUT'].join('-NEXT-')
const seen = new Set()
const walk = (value, depth) => {
  if (typeof value === 'string' && value.includes(needle)) say('BREACH', 'the next input', '')
  if (depth === 0 || value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return
  seen.add(value)
  for (const key of Reflect.ownKeys(value).slice(0, 200)) try { walk(value[key], depth - 1) } catch { continue }
}
walk(process, 5); walk(module, 6); walk(globalThis, 4)
say('held', 'seen', seen.size)`),
    },
    expect: held,
    runs: 2,
    limits: { cpuMs: 5_000, wallMs: 10_000 },
  },
]
