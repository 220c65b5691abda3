// Attacks on files: reading what is there, and everything that needs a path only and no descriptor.
import { contained, endsWith, held, harmless, noticed, type Attack } from './attack.ts'
import { preciousFolderSlot, secretFileSlot } from './names.ts'
import { java, javascript, native, nativePlaces, python } from './source.ts'

const secretFiles = [
  '/etc/passwd',
  '/etc/shadow',
  '/etc/hostname',
  '/proc/self/environ',
  '/proc/self/maps',
  '/proc/self/mem',
  '/proc/self/status',
  '/proc/1/environ',
  '/proc/meminfo',
  '/dev/mem',
  '/dev/kmsg',
  '/dev/tty',
  '/dev/null',
  '/dev/urandom',
  '/var/runtime/bootstrap',
  '/var/task',
  '/',
  '/tmp',
  '.',
  '..',
  secretFileSlot,
]
const list = secretFiles.map((file) => `"${file}"`).join(', ')

export const fileAttacks: readonly Attack[] = [
  {
    name: 'opens files and folders',
    languages: {
      ...native(
        `
  static const char *const files[] = {${list}};
  static const int ways[] = {O_RDONLY, O_RDWR, O_PATH, O_RDONLY | O_DIRECTORY, O_PATH | O_NOFOLLOW};
  for (int i = 0; i < (int)(sizeof files / sizeof *files); i++)
    for (int way = 0; way < (int)(sizeof ways / sizeof *ways); way++) {
      int fd = open(files[i], ways[way]);
      if (fd < 0) continue;
      char content[200];
      ssize_t size = read(fd, content, sizeof content);
      dprintf(1, "BREACH: %s: %.*s\\n", files[i], size > 0 ? (int)size : 0, content);
    }
  said("BREACH", "folder", opendir("/") != NULL);
  said("BREACH", "file", fopen("/etc/passwd", "r") != NULL);`,
        '#include <dirent.h>',
      ),
      python: python(`
for path in [${list}]:
    attempt("open " + path, lambda: os.open(path, os.O_RDONLY))
    attempt("O_PATH " + path, lambda: os.open(path, os.O_PATH))
    attempt("read " + path, lambda: open(path, "rb").read(200))
for path in ("/", "/tmp", ".", ".."):
    attempt("listdir " + path, lambda: os.listdir(path))
    attempt("scandir " + path, lambda: list(os.scandir(path)))
attempt("import", lambda: __import__("this"))`),
      javascript: javascript(`
for (const path of [${list}]) {
  attempt('open ' + path, () => fs.openSync(path, 'r'))
  attempt('read ' + path, () => fs.readFileSync(path))
  attempt('list ' + path, () => fs.readdirSync(path))
  attempt('opendir ' + path, () => fs.opendirSync(path))
}
attempt('copy', () => fs.copyFileSync('/etc/passwd', MARK))
attempt('require', () => require('/etc/passwd'))
attempt('env file', () => process.loadEnvFile('/proc/self/environ'))
for (const name of ['../main.js', './main.js', '/proc/self/cwd/main.js']) attempt('require ' + name, () => fs.readFileSync(name))`),
      java: java(`
    for (String name : new String[] {${list}}) {
      Path path = Path.of(name);
      attempt("BREACH", "bytes " + name, () -> Files.readAllBytes(path).length);
      attempt("BREACH", "stream " + name, () -> new FileInputStream(name).read());
      attempt("BREACH", "channel " + name, () -> java.nio.channels.FileChannel.open(path).size());
      attempt("BREACH", "list " + name, () -> { try (var found = Files.list(path)) { return found.count(); } });
      attempt("BREACH", "File.list " + name, () -> Objects.requireNonNull(new File(name).list()).length);
    }
    attempt("BREACH", "zip", () -> new java.util.zip.ZipFile(System.getProperty("java.home") + "/lib/jrt-fs.jar").size());`),
    },
    expect: held,
  },
  {
    name: 'creates files',
    languages: {
      ...native(
        `
  EVERYWHERE("file", open(path, O_CREAT | O_RDWR, 0666));
  EVERYWHERE("file", creat(path, 0666));
  for (int i = 0; i < PLACES; i++) ATTEMPT("BREACH", "O_TMPFILE", open(places[i], O_TMPFILE | O_RDWR, 0600));
  char name[] = "/tmp/" MARK "-XXXXXX";
  ATTEMPT("BREACH", "mkstemp", mkstemp(name));
  ATTEMPT("BREACH", "shm_open", shm_open("/" MARK, O_CREAT | O_RDWR, 0666));
  said("BREACH", "tmpfile", tmpfile() != NULL);`,
        nativePlaces,
      ),
      python: python(`
everywhere("file", lambda path: open(path, "w"))
for place in PLACES:
    attempt("O_TMPFILE", lambda: os.open(place, os.O_TMPFILE | os.O_RDWR))
def temporary():
    import tempfile
    return tempfile.mkstemp()
attempt("tempfile", temporary)`),
      javascript: javascript(`
everywhere('file', (path) => fs.writeFileSync(path, 'x'))
everywhere('file', (path) => fs.copyFileSync('/proc/self/exe', path))
attempt('heap snapshot', () => require('v8').writeHeapSnapshot('/tmp/' + MARK + '-file'))
attempt('report', () => { const name = process.report.writeReport('/tmp/' + MARK + '-file'); fs.accessSync('/tmp/' + MARK + '-file'); return name })`),
      java: java(`
    everywhere("file", path -> Files.writeString(path, "x"));
    everywhere("file", path -> new FileOutputStream(path.toFile()));
    everywhere("file", path -> new RandomAccessFile(path.toFile(), "rw"));
    attempt("BREACH", "temporary file", () -> File.createTempFile(MARK, "x"));
    attempt("BREACH", "logging", () -> new java.util.logging.FileHandler("/tmp/" + MARK + "-file"));`),
    },
    expect: held,
  },
  {
    name: 'plants folders',
    languages: {
      ...native('EVERYWHERE("dir", mkdir(path, 0777));', nativePlaces),
      python: python('everywhere("dir", os.mkdir)'),
      javascript: javascript(`
everywhere('dir', (path) => { fs.mkdirSync(path); return path })
attempt('mkdtemp', () => fs.mkdtempSync('/tmp/' + MARK + '-'), 'planted')`),
      java: java(`
    everywhere("dir", Files::createDirectory);
    attempt("planted", "temporary", () -> Files.createTempDirectory(MARK));`),
    },
    expect: contained,
  },
  {
    name: 'plants a folder deeper than any path, closed to whoever cleans up',
    languages: {
      ...native(
        `
  static char name[] = MARK "-deep-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
  int depth = 0;
  if (mkdir(MARK "-deep", 0777) == 0 && chdir(MARK "-deep") == 0)
    while (depth < 400 && mkdir(name, 0777) == 0 && chdir(name) == 0) depth++;
  chmod("..", 0300);
  chmod(".", 0);
  said("planted", "folders", depth > 0);`,
        nativePlaces,
      ),
      python: python(`
def deep():
    os.mkdir(MARK + "-deep")
    os.chdir(MARK + "-deep")
    for i in range(300):
        os.mkdir("x" * 100)
        os.chdir("x" * 100)
    os.chmod("..", 0o300)
    os.chmod(".", 0)
attempt("folders", deep, "planted")`),
      javascript: javascript(`
attempt('folders', () => {
  fs.mkdirSync(MARK + '-deep')
  process.chdir(MARK + '-deep')
  for (let i = 0; i < 300; i++) { fs.mkdirSync('x'.repeat(100)); process.chdir('x'.repeat(100)) }
  fs.chmodSync('.', 0)
}, 'planted')`),
    },
    expect: contained,
  },
  {
    name: 'plants links',
    languages: {
      ...native(
        `
  EVERYWHERE("symlink", symlink("/etc", path));
  EVERYWHERE("hardlink", link("/etc/passwd", path));
  EVERYWHERE("program", linkat(AT_FDCWD, "/proc/self/exe", AT_FDCWD, path, AT_SYMLINK_FOLLOW));
  EVERYWHERE("output", linkat(AT_FDCWD, "/proc/self/fd/1", AT_FDCWD, path, AT_SYMLINK_FOLLOW));
  ATTEMPT("planted", "AT_EMPTY_PATH", linkat(1, "", AT_FDCWD, "/tmp/" MARK "-output", AT_EMPTY_PATH));`,
        nativePlaces,
      ),
      python: python(`
everywhere("symlink", lambda path: os.symlink("/etc", path))
everywhere("hardlink", lambda path: os.link("/etc/passwd", path))
everywhere("program", lambda path: os.link("/proc/self/exe", path, follow_symlinks=True))
everywhere("output", lambda path: os.link("/proc/self/fd/1", path, follow_symlinks=True))`),
      javascript: javascript(`
everywhere('symlink', (path) => fs.symlinkSync('/etc', path))
everywhere('hardlink', (path) => fs.linkSync('/etc/passwd', path))`),
      java: java(`
    everywhere("symlink", path -> Files.createSymbolicLink(path, Path.of("/etc")));
    everywhere("hardlink", path -> Files.createLink(path, Path.of("/etc/passwd")));`),
    },
    expect: contained,
  },
  {
    name: 'plants pipes, sockets and devices',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  EVERYWHERE("fifo", mkfifo(path, 0666));
  EVERYWHERE("socket", mknod(path, S_IFSOCK | 0777, 0));
  EVERYWHERE("file", mknod(path, S_IFREG | 0777, 0));
  for (int place = 0; place < PLACES; place++) {
    ATTEMPT("BREACH", "memory device", mknod(at(places[place], "device"), S_IFCHR | 0666, makedev(1, 1)));
    ATTEMPT("BREACH", "disk device", mknod(at(places[place], "device"), S_IFBLK | 0666, makedev(254, 0)));
  }`,
        `#include <sys/sysmacros.h>\n${nativePlaces}`,
      ),
      python: python(`
import stat
guard()
everywhere("fifo", os.mkfifo)
everywhere("socket", lambda path: os.mknod(path, stat.S_IFSOCK | 0o777))
everywhere("file", lambda path: os.mknod(path, stat.S_IFREG | 0o777))
for place in PLACES:
    attempt("device", lambda: os.mknod(f"{place}/{MARK}-device", stat.S_IFCHR | 0o666, os.makedev(1, 1)))`),
    },
    expect: contained,
  },
  {
    name: 'exchanges its folder for a link to somebody else’s',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  char here[4096], moved[4200];
  if (getcwd(here, sizeof here) == NULL) { said("BREACH", "getcwd", 0); return 0; }
  snprintf(moved, sizeof moved, "%s-" MARK "-moved", here);
  ATTEMPT("planted", "moves its folder", rename(here, moved));
  ATTEMPT("planted", "a link in its place", symlink("${preciousFolderSlot}", here));
  ATTEMPT("planted", "removes its folder", rmdir(here));
  ATTEMPT("planted", "moves the folder above", rename("..", "../../" MARK "-moved"));
  ATTEMPT("planted", "a link in its folder", symlink("${preciousFolderSlot}", MARK "-symlink"));`,
        nativePlaces,
      ),
      python: python(`
guard()
here = os.getcwd()
attempt("moves its folder", lambda: os.rename(here, here + "-" + MARK + "-moved"), "planted")
attempt("a link in its place", lambda: os.symlink("${preciousFolderSlot}", here), "planted")
attempt("removes its folder", lambda: os.rmdir(here), "planted")`),
      javascript: javascript(`
guard()
const here = process.cwd()
attempt('moves its folder', () => fs.renameSync(here, here + '-' + MARK + '-moved'), 'planted')
attempt('a link in its place', () => fs.symlinkSync('${preciousFolderSlot}', here), 'planted')
attempt('removes its folder', () => fs.rmdirSync(here), 'planted')`),
      java: java(`
    guard();
    Path here = Path.of("").toAbsolutePath();
    Path moved = Path.of(here + "-" + MARK + "-moved");
    attempt("planted", "moves its folder", () -> Files.move(here, moved));
    attempt("planted", "a link in its place", () -> Files.createSymbolicLink(here, Path.of("${preciousFolderSlot}")));`),
    },
    expect: contained,
    runs: 2,
  },
  {
    name: 'closes its folder to others',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  ATTEMPT("planted", "chmod .", chmod(".", 0));
  ATTEMPT("planted", "chmod ..", chmod("..", 0));
  ATTEMPT("planted", "chmod ../..", chmod("../..", 0));
  ATTEMPT("BREACH", "chmod /tmp", chmod("/tmp", 0));
  ATTEMPT("BREACH", "chown .", chown(".", 0, 0));
  ATTEMPT("planted", "attribute of .", setxattr(".", "user.x", "x", 1, 0));
  ATTEMPT("BREACH", "attribute of /tmp", setxattr("/tmp", "user.x", "x", 1, 0));`,
        '#include <sys/xattr.h>',
      ),
      python: python(`
guard()
for path in (".", "..", "../.."):
    attempt("chmod " + path, lambda: os.chmod(path, 0), "planted")
attempt("chmod /tmp", lambda: os.chmod("/tmp", 0))
attempt("chown .", lambda: os.chown(".", 0, 0))
attempt("attribute", lambda: os.setxattr(".", "user.x", b"x"), "planted")`),
      javascript: javascript(`
guard()
for (const path of ['.', '..', '../..']) attempt('chmod ' + path, () => fs.chmodSync(path, 0), 'planted')
attempt('chmod /tmp', () => fs.chmodSync('/tmp', 0))`),
      java: java(`
    guard();
    for (String path : new String[] {".", "..", "../.."})
      attempt("planted", "chmod " + path, () -> Files.setPosixFilePermissions(Path.of(path), Set.of()));
    attempt("BREACH", "chmod /tmp", () -> Files.setPosixFilePermissions(Path.of("/tmp"), Set.of()));`),
    },
    expect: contained,
    runs: 2,
  },
  {
    name: 'writes notes on its own program for the next run',
    languages: native(
      `
  NOT_AS_ROOT;
  struct timespec times[2] = {{1, 1}, {1, 1}};
  char seen[8];
  if (getxattr("/proc/self/exe", "user.note", seen, sizeof seen) > 0) { dprintf(1, "BREACH: a note\\n"); return 0; }
  ATTEMPT("planted", "attribute", setxattr("/proc/self/exe", "user.note", "x", 1, 0));
  ATTEMPT("planted", "attribute by a newer call", syscall(463, AT_FDCWD, "/proc/self/exe", 0, "user.note", "x", 16));
  ATTEMPT("planted", "times", utimensat(AT_FDCWD, "/proc/self/exe", times, 0));
  ATTEMPT("planted", "mode by a newer call", syscall(452, AT_FDCWD, "/proc/self/exe", 0, 0));`,
      '#include <sys/xattr.h>\n#include <sys/syscall.h>\n#include <sys/stat.h>\n#include <fcntl.h>\n',
    ),
    runs: 2,
    expect: noticed,
  },
  {
    name: 'harms its own program for the next run',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  char path[4096];
  ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
  if (size < 0) { said("BREACH", "its own path", 0); return 0; }
  path[size] = 0;
  ATTEMPT("planted", "chmod", chmod(path, 0));
  ATTEMPT("planted", "chmod by link", chmod("/proc/self/exe", 0));
  ATTEMPT("planted", "truncate", truncate(path, 0));
  ATTEMPT("planted", "rename", rename(path, "/tmp/" MARK "-program"));
  ATTEMPT("planted", "unlink", unlink(path));
  ATTEMPT("planted", "another program", symlink("/bin/true", path));`,
        nativePlaces,
      ),
      python: python(`
guard()
for path in {sys.argv[0], "main.py", "../main.py", os.path.abspath(sys.argv[0]), sys.executable, "/proc/self/exe"}:
    attempt("unlink " + path, lambda: os.unlink(path), "planted")
    attempt("chmod " + path, lambda: os.chmod(path, 0), "planted")
    attempt("truncate " + path, lambda: os.truncate(path, 0), "planted")`),
      javascript: javascript(`
guard()
for (const path of [__filename, process.argv[1], process.execPath, './main.js', '../main.js']) {
  attempt('unlink ' + path, () => fs.unlinkSync(path), 'planted')
  attempt('chmod ' + path, () => fs.chmodSync(path, 0), 'planted')
  attempt('rename ' + path, () => fs.renameSync(path, path + MARK), 'planted')
}
attempt('empties the folder above', () => fs.rmdirSync('..'), 'planted')`),
      java: java(`
    guard();
    for (String name : (System.getProperty("java.class.path") + ":Main.class:Main.java:../Main.class:" + System.getProperty("java.home")).split(":")) {
      if (name.isEmpty()) continue;
      attempt("planted", "delete " + name, () -> { Files.delete(Path.of(name)); return name; });
      attempt("planted", "chmod " + name, () -> Files.setPosixFilePermissions(Path.of(name), Set.of()));
      attempt("planted", "move " + name, () -> Files.move(Path.of(name), Path.of(name + MARK)));
    }`),
    },
    expect: contained,
    runs: 2,
  },
  {
    name: 'reaches its streams by path',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  for (int fd = 0; fd < 3; fd++) {
    char path[64], target[200];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(path, target, sizeof target);
    if (size > 0 && target[0] == '/') {
      target[size < 199 ? size : 199] = 0;
      ATTEMPT("planted", "unlink", unlink(target));
      ATTEMPT("planted", "symlink", symlink("/etc/passwd", target));
    }
    ATTEMPT("BREACH", "reopen", open(path, O_RDWR));
  }
  ATTEMPT("planted", "truncate its input", truncate("/proc/self/fd/0", 0));
  ATTEMPT("planted", "chmod its input", chmod("/proc/self/fd/0", 0));
  ATTEMPT("planted", "chmod its output", chmod("/proc/self/fd/1", 0));`,
      ),
      python: python(`
for fd in range(3):
    path = f"/proc/self/fd/{fd}"
    attempt("reopen", lambda: os.open(path, os.O_RDWR))
attempt("truncate its input", lambda: os.truncate("/proc/self/fd/0", 0), "planted")
attempt("chmod its input", lambda: os.chmod("/proc/self/fd/0", 0), "planted")
attempt("chmod its output", lambda: os.chmod("/proc/self/fd/1", 0), "planted")`),
      javascript: javascript(`
for (const fd of [1, 2]) {
  attempt('reopen', () => fs.openSync('/proc/self/fd/' + fd, 'r+'))
  attempt('truncate', () => fs.truncateSync('/proc/self/fd/' + fd, 0))
  attempt('chmod', () => fs.chmodSync('/proc/self/fd/' + fd, 0), 'planted')
}`),
    },
    // What stands behind the streams is ours to throw away after each run: harming it harms nobody, and the next
    // run of the batch and the canary show it.
    expect: { rlimits: ['held', 'planted', 'sandbox-violation'], all: ['held', 'planted'] },
    runs: 2,
  },
  {
    name: 'makes its output huge by path',
    languages: native(`
  signal(SIGXFSZ, SIG_IGN);
  ATTEMPT("possible", "truncate", truncate("/proc/self/fd/1", 1L << 42));
  ATTEMPT("possible", "truncate", truncate("/proc/self/fd/2", 1L << 42));
  ATTEMPT("possible", "truncate", truncate("/proc/self/fd/1", 1L << 29));`),
    expect: {
      rlimits: ['held', 'output-limit', 'sandbox-violation', 'crashed'],
      all: ['held', 'output-limit', 'crashed'],
    },
  },
  {
    name: 'removes the files of others',
    languages: {
      ...native(
        `
  NOT_AS_ROOT;
  ATTEMPT("BREACH", "unlink", unlink("${secretFileSlot}"));
  ATTEMPT("BREACH", "rename", rename("${secretFileSlot}", "/tmp/" MARK "-moved"));
  ATTEMPT("BREACH", "truncate", truncate("${secretFileSlot}", 0));
  ATTEMPT("BREACH", "chmod", chmod("${secretFileSlot}", 0666));
  ATTEMPT("BREACH", "link", link("${secretFileSlot}", "/tmp/" MARK "-hardlink"));
  ATTEMPT("BREACH", "rename", rename("${preciousFolderSlot}", "/tmp/" MARK "-moved"));
  ATTEMPT("BREACH", "unlink", unlink("/etc/passwd"));
  ATTEMPT("BREACH", "truncate", truncate("/etc/passwd", 0));
  ATTEMPT("BREACH", "chmod", chmod("/dev/null", 0));`,
        nativePlaces,
      ),
      python: python(`
guard()
for path in ("${secretFileSlot}", "/etc/passwd"):
    for act in (os.unlink, lambda path: os.rename(path, "/tmp/" + MARK), lambda path: os.truncate(path, 0), lambda path: os.chmod(path, 0o666)):
        attempt(path, lambda: act(path))`),
      javascript: javascript(`
guard()
for (const path of ['${secretFileSlot}', '/etc/passwd'])
  for (const act of [fs.unlinkSync, (path) => fs.renameSync(path, '/tmp/' + MARK), (path) => fs.truncateSync(path, 0), (path) => fs.chmodSync(path, 0o666)])
    attempt(path, () => act(path))
attempt('rm', () => fs.rmSync('${secretFileSlot}', { recursive: true }))`),
      java: java(`
    guard();
    Path path = Path.of("${secretFileSlot}");
    attempt("BREACH", "delete", () -> { Files.delete(path); return path; });
    attempt("BREACH", "move", () -> Files.move(path, Path.of("/tmp/" + MARK)));
    attempt("BREACH", "chmod", () -> Files.setPosixFilePermissions(path, Set.of()));`),
    },
    expect: held,
  },
  {
    name: 'has the runtime keep caches for later programs',
    languages: {
      javascript: javascript(`
const m = require('module')
attempt('compile cache', () => {
  const { status, directory } = m.enableCompileCache('/tmp/' + MARK + '-cache')
  m.flushCompileCache()
  fs.accessSync('/tmp/' + MARK + '-cache')
  return status + directory
}, 'planted')`),
      java: java(`
    attempt("possible", "preferences", () -> { java.util.prefs.Preferences.userRoot().node("alpaco").put("x", "y"); java.util.prefs.Preferences.userRoot().sync(); return "kept"; });
    for (String name : new String[] {"/tmp/hsperfdata_" + System.getProperty("user.name"), System.getProperty("user.home") + "/.java"})
      attempt("planted", name, () -> { if (!Files.exists(Path.of(name))) throw new IOException("not there"); return name; });`),
      python: python(`
sys.dont_write_bytecode = False
sys.pycache_prefix = "/tmp/" + MARK + "-cache"
attempt("cache", lambda: __import__("this"))`),
    },
    expect: { ...contained, rlimits: ['held', 'possible', 'sandbox-violation'] },
  },
  {
    name: 'dumps core',
    languages: {
      ...native(
        `
  struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
  prctl(PR_SET_DUMPABLE, 1);
  ATTEMPT("BREACH", "a larger core limit", setrlimit(RLIMIT_CORE, &all));
  abort();`,
        '#include <sys/prctl.h>',
      ),
      python: python('os.abort()'),
      javascript: javascript('process.abort()'),
      java: java(
        'unsafe().putAddress(0L, 0L);',
        'static sun.misc.Unsafe unsafe() throws Throwable { java.lang.reflect.Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe"); field.setAccessible(true); return (sun.misc.Unsafe) field.get(null); }',
      ),
    },
    expect: endsWith('crashed', 'failed'),
  },
  {
    name: 'wanders through the file system',
    languages: {
      ...native(`
  for (int i = 0; i < 50; i++) if (chdir("..") != 0) break;
  struct stat about;
  said("possible", "leaves its folder", chdir("/tmp") == 0 && stat(".", &about) == 0);
  chdir("/");
  said("BREACH", "chroot", chroot(".") == 0);`),
      python: python(`
os.chdir("/")
attempt("chroot", lambda: os.chroot("/tmp"))`),
      javascript: javascript(`attempt('chdir', () => process.chdir('/'), 'possible')`),
    },
    expect: harmless,
    runs: 2,
  },
]
