// Attacks of programs that run in a folder, as checkers do: they may open files, so much less is refused to them.
import { contained, endsWith, held, type Attack } from './attack.ts'
import { fileAttacks } from './files.ts'
import { places, secretFileSlot } from './names.ts'
import { otherProcessAttacks } from './others.ts'
import { processAttacks } from './processes.ts'
import { native, nativePlaces, python } from './source.ts'

/** Another attack's C and Python programs, which may open files here; what is no breach then is only possible. */
function again(attacks: readonly Attack[], name: string, breachIs = 'BREACH'): Attack['languages'] {
  const { c, python } = attacks.find((attack) => attack.name === name)?.languages ?? {}
  if (c === undefined || python === undefined) throw new Error(`no attack "${name}" in C and Python`)
  return { c: c.replaceAll('BREACH', breachIs), python: python.replaceAll('BREACH', breachIs) }
}

/** Everywhere but in the folder of the run itself. */
const elsewhere = places.filter((place) => place !== '.')

const attacks: readonly Omit<Attack, 'access'>[] = [
  {
    name: 'exchanges what is collected for links to secrets',
    languages: {
      ...native(`
  unlink("out"); unlink("more");
  ATTEMPT("possible", "link to a secret", symlink("${secretFileSlot}", "out"));
  ATTEMPT("possible", "link to a file", symlink("/etc/passwd", "more"));`),
      python: python(`
os.unlink("out"); os.unlink("more")
attempt("link to a secret", lambda: os.symlink("${secretFileSlot}", "out"), "possible")
attempt("link to a file", lambda: os.link("/etc/passwd", "more"), "possible")`),
    },
    expect: endsWith('held', 'possible', 'failed'),
    collect: ['out', 'more'],
    result: { collected: { out: '', more: '' } },
  },
  {
    name: 'exchanges what is collected for pipes and folders',
    languages: {
      ...native(`
  unlink("out"); unlink("more");
  ATTEMPT("possible", "pipe", mkfifo("out", 0600));
  ATTEMPT("possible", "folder", mkdir("more", 0700));`),
      python: python(`
os.unlink("out"); os.unlink("more")
attempt("pipe", lambda: os.mkfifo("out"), "possible")
attempt("folder", lambda: os.mkdir("more"), "possible")`),
    },
    expect: endsWith('held', 'possible', 'failed'),
    collect: ['out', 'more'],
    result: { collected: { out: '', more: '' } },
    runs: 2,
  },
  {
    name: 'has far too much collected',
    languages: {
      ...native(`
  int fd = open("out", O_WRONLY);
  static char block[1 << 16];
  memset(block, 'x', sizeof block);
  signal(SIGXFSZ, SIG_IGN);
  for (int i = 0; i < 1000; i++) if (write(fd, block, sizeof block) < 0) break;
  ATTEMPT("possible", "grows it", ftruncate(fd, 1L << 40));
  ATTEMPT("possible", "grows it by path", truncate("out", 1L << 40));`),
      python: python(`
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
attempt("grows it", lambda: os.truncate("out", 1 << 40), "possible")
with open("out", "wb", buffering=0) as out:
    for i in range(1000): out.write(b"x" * 65536)`),
    },
    expect: endsWith('held', 'failed', 'output-limit'),
    collect: ['out'],
  },
  {
    name: 'leaves a folder that is hard to remove',
    languages: {
      ...native(
        `
  static char name[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
  for (int i = 0; i < 200; i++) { char file[32]; snprintf(file, sizeof file, "many-%d", i); mkdir(file, 0); }
  for (int i = 0; i < 300 && mkdir(name, 0700) == 0 && chdir(name) == 0; i++) symlink("..", "up");
  chmod("..", 0300);
  chmod(".", 0);
  said("BREACH", "the rest", 0);`,
        '#pragma GCC diagnostic ignored "-Wunused-result"',
      ),
      python: python(`
for i in range(300):
    os.mkdir("x" * 100)
    os.symlink("..", "up")
    os.chdir("x" * 100)
os.chmod("..", 0o300)
os.chmod(".", 0)
print("held: the rest")`),
    },
    expect: endsWith('held', 'failed', 'crashed'),
    runs: 2,
  },
  {
    name: 'creates files elsewhere',
    languages: {
      ...native(
        `
  for (int place = 1; place < PLACES; place++) {
    const char *path = at(places[place], "file");
    ATTEMPT("planted", path, open(path, O_CREAT | O_RDWR, 0666));
  }`,
        nativePlaces,
      ),
      python: python(`
for place in ${JSON.stringify(elsewhere)}:
    path = place + "/" + MARK + "-file"
    attempt(path, lambda: open(path, "w").fileno(), "planted")`),
    },
    expect: contained,
  },
  {
    name: 'opens what others have',
    languages: again(otherProcessAttacks, 'looks at its parent in /proc'),
    expect: held,
  },
  {
    name: 'forks',
    languages: again(processAttacks, 'forks until something gives'),
    expect: held,
  },
  {
    name: 'starts other programs',
    languages: again(processAttacks, 'starts other programs'),
    expect: held,
  },
  {
    name: 'opens sockets',
    languages: {
      ...native(
        `
  for (int family = 0; family < 46; family++)
    for (int type = 1; type < 11; type++)
      if (socket(family, type, 0) >= 0) dprintf(1, "possible: family %d type %d\\n", family, type);
  said("BREACH", "more", 0);`,
        '#include <sys/socket.h>',
      ),
      python: python(`
def listen():
    import socket
    return socket.create_server(("127.0.0.1", 0))
attempt("listens", listen, "possible")
attempt("native", lambda: __import__("_socket").socket(), "possible")`),
    },
    // Limits alone cannot tell a socket from a file: why nothing less than a filter is the default.
    expect: { rlimits: ['held', 'possible'], all: ['held'] },
  },
  {
    name: 'reads what it can',
    languages: again(fileAttacks, 'opens files and folders', 'possible'),
    expect: endsWith('held', 'possible'),
  },
  {
    name: 'removes the files of others',
    languages: again(fileAttacks, 'removes the files of others'),
    expect: held,
  },
]

export const folderAttacks: readonly Attack[] = attacks.map((attack) => ({
  ...attack,
  name: `${attack.name}, as a checker`,
  access: 'folder',
}))
