"""Runs one Python program on many inputs: compile once, then fork this warm interpreter for each input.

Started by python-runner.ts, one process per batch, in an empty folder. It is not a sandbox: a program sees the files and
the network of its user. File descriptor 3 is a socket; both sides keep it open until the last reply.
  in:  one line of JSON {source, limits, inputBytes: [...]}, then the inputs' bytes one after the other
  out: {"interpreter": path}, {"ok", "log"} of the compiler, then for each input {outcome, ..., "stdoutBytes"} and its bytes
Its end means that the caller is gone; then every process started here is killed. Inputs and outputs never rest in this
process, because a forked child starts with the memory of its parent and that would count as the program's.
"""

import atexit
import ctypes
import gc
import json
import marshal
import os
import re
import resource
import select
import signal
import site
import sys
import time
import types

CHANNEL = 3
CHUNK_BYTES = 256 * 1024
STDERR_BYTES = 4 * 1024
COMPILE_LOG_BYTES = 16 * 1024
COMPILE_LIMITS = {'cpuMs': 8_000, 'wallMs': 10_000, 'memoryBytes': 1 << 30, 'outputBytes': 64 << 20}
POLL_MS = 10
OPEN_FILES = 128
STACK_BYTES = 1 << 30
# Address space beyond the memory limit. Memory in use decides; this stops a single huge request before it is in use,
# and leaves room for what is only reserved, such as the big thread stacks of recursive programs.
RESERVED_BYTES = 1 << 30
PAGE_BYTES = os.sysconf('SC_PAGE_SIZE')
# Linux counts ru_maxrss in kilobytes, macOS in bytes.
MAXRSS_UNIT_BYTES = 1 if sys.platform == 'darwin' else 1024
KEPT_ENVIRONMENT = {'LANG', 'PYTHONHASHSEED', 'PYTHONIOENCODING'}
# Modules without side effects: imported here when the program names them, each run is spared the import.
WARM_MODULES = frozenset(
    'abc array bisect collections contextlib copy dataclasses datetime decimal enum fractions functools heapq io '
    'itertools math operator queue random re statistics string struct threading typing'.split()
)
# How an interpreter that ran out of address space says so, whichever thread it was.
MEMORY_ERROR = re.compile(rb'^MemoryError\b', re.MULTILINE)

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


LIBC = ctypes.CDLL(None)


def prctl(option, value):
    """True when the system knows the option and allows it."""
    return hasattr(LIBC, 'prctl') and LIBC.prctl(option, value, 0, 0, 0) == 0


class Supervisor:
    """Starts one child at a time, watches its limits and leaves nothing of it behind."""

    def __init__(self):
        self.pid = os.getpid()
        self.children_file = f'/proc/self/task/{self.pid}/children'
        # Orphans of a program then become children of this process, even those that left its session.
        self.adopts_orphans = os.path.exists(self.children_file) and prctl(PR_SET_CHILD_SUBREAPER, 1)
        self.wake_in, wake_out = os.pipe()
        os.set_blocking(self.wake_in, False)
        os.set_blocking(wake_out, False)
        signal.set_wakeup_fd(wake_out, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.poller = select.poll()
        self.poller.register(self.wake_in, select.POLLIN)
        self.poller.register(CHANNEL, 0)  # only its hang-up

    def run(self, stdin, stderr_bytes, limits):
        """Forks. None in the child, which has its limits and streams; else (report, file with the output)."""
        stdout = open_scratch_file()
        stderr, stderr_in = os.pipe()
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            self.enter(stdin, stdout, stderr_in, limits)
            return None
        os.close(stdin)
        os.close(stderr_in)
        os.set_blocking(stderr, False)
        reason, status, usage, tail = self.watch(pid, stderr, stderr_bytes, limits, started)
        wall_ms = (time.monotonic() - started) * 1000
        self.end_leftovers(pid)
        while chunk := read_some(stderr):
            tail = (tail + chunk)[-stderr_bytes:]
        os.close(stderr)
        return describe(reason, status, usage, wall_ms, tail, stdout, limits), stdout

    def enter(self, stdin, stdout, stderr, limits):
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it and would go on without output
        os.setsid()
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != self.pid:
            os._exit(1)
        for target, fd in enumerate((stdin, stdout, stderr)):
            os.dup2(fd, target)
        os.closerange(3, 256)
        cpu_seconds = -(-limits['cpuMs'] // 1000) + 1
        limit(resource.RLIMIT_CORE, 0)
        limit(resource.RLIMIT_NOFILE, OPEN_FILES)
        limit(resource.RLIMIT_STACK, STACK_BYTES)
        limit(resource.RLIMIT_FSIZE, limits['outputBytes'] + 1)
        limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
        limit(resource.RLIMIT_AS, limits['memoryBytes'] + RESERVED_BYTES)

    def watch(self, pid, stderr, stderr_bytes, limits, started):
        self.poller.register(stderr, select.POLLIN)
        reason, tail, open_stderr = None, b'', True
        wait_ms = min(POLL_MS, limits['cpuMs'], limits['wallMs'])
        while True:
            for fd, _ in self.poller.poll(wait_ms):
                if fd == CHANNEL:
                    self.end_all(pid)
                elif fd == self.wake_in:
                    read_some(self.wake_in)
                elif chunk := read_some(stderr):
                    tail = (tail + chunk)[-stderr_bytes:]
                else:
                    self.poller.unregister(stderr)
                    open_stderr = False
            reaped, status, usage = os.wait4(pid, os.WNOHANG)
            if reaped:
                break
            if reason is None:
                reason, wait_ms = overstepped(pid, limits, started)
                if reason is not None:
                    kill_group(pid)
                    wait_ms = None
        if open_stderr:
            self.poller.unregister(stderr)
        return reason, status, usage, tail

    def end_leftovers(self, pid):
        """Kills and reaps whatever the child started; each death may hand over further orphans."""
        if not self.adopts_orphans:
            kill_group(pid)
        while True:
            try:
                reaped, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not reaped:
                kill_group(pid)
                with open(self.children_file) as children:
                    for child in children.read().split():
                        os.kill(int(child), signal.SIGKILL)
                time.sleep(0.0005)

    def end_all(self, pid):
        """The caller is gone."""
        kill_group(pid)
        self.end_leftovers(pid)
        leave()


def overstepped(pid, limits, started):
    """(the limit that a running child is over or None, milliseconds until it is worth asking again)"""
    wall_left = limits['wallMs'] - (time.monotonic() - started) * 1000
    if wall_left <= 0:
        return 'wall-limit', 0
    cpu_left = POLL_MS
    try:
        # Linux: the clock id of another process's CPU time, as clock_getcpuclockid(3) makes it.
        cpu_left = limits['cpuMs'] - time.clock_gettime(~pid << 3 | 2) * 1000
        if cpu_left <= 0:
            return 'cpu-limit', 0
        with open(f'/proc/{pid}/statm', 'rb', buffering=0) as statm:
            if int(statm.read().split()[1]) * PAGE_BYTES > limits['memoryBytes']:
                return 'memory-limit', 0
    except (OSError, IndexError):
        pass  # it has just ended, or this system has no such clock: then RLIMIT_CPU and the figures at its end decide
    return None, max(1, min(POLL_MS, cpu_left, wall_left))


def describe(reason, status, usage, wall_ms, stderr, stdout, limits):
    """A stop of ours comes first, then output and memory (Python turns both into exit code 1), CPU time, the end itself."""
    code = os.waitstatus_to_exitcode(status)
    peak_bytes = usage.ru_maxrss * MAXRSS_UNIT_BYTES
    cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000
    written = os.fstat(stdout).st_size
    if reason is not None:
        outcome = reason
    elif written > limits['outputBytes'] or code == -signal.SIGXFSZ:
        outcome = 'output-limit'
    elif peak_bytes > limits['memoryBytes'] or (code >= 0 and MEMORY_ERROR.search(stderr)):
        outcome = 'memory-limit'
    elif cpu_ms > limits['cpuMs'] or code == -signal.SIGXCPU:
        outcome = 'cpu-limit'
    else:
        outcome = 'exited' if code >= 0 else 'signalled'
    return {
        'outcome': outcome,
        'exitCode': code if outcome == 'exited' else None,
        'signal': signal_name(-code) if outcome == 'signalled' else None,
        'stderr': stderr.decode('utf-8', 'replace'),
        'cpuMs': round(cpu_ms, 3),
        'wallMs': round(wall_ms, 3),
        'peakMemoryBytes': peak_bytes,
        'stdoutBytes': min(written, limits['outputBytes']),
    }


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return f'SIG{number}'


def kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # nobody is left in it


def limit(kind, soft, hard=None):
    """Lowers a limit for good; one that is lower already stays."""
    _, ceiling = resource.getrlimit(kind)
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        hard = min(hard, ceiling)
    try:
        resource.setrlimit(kind, (min(soft, hard), hard))
    except (ValueError, OSError):
        pass  # macOS refuses some of them


def open_scratch_file():
    """A file without a name, so that programs cannot deadlock on a pipe and the kernel stops what writes too much."""
    if hasattr(os, 'memfd_create'):
        return os.memfd_create('run')
    fd = os.open('.scratch', os.O_RDWR | os.O_CREAT | os.O_EXCL)
    os.unlink('.scratch')
    return fd


def read_some(fd):
    try:
        return os.read(fd, CHUNK_BYTES)
    except BlockingIOError:
        return b''


def send(*parts):
    data = memoryview(b''.join(parts))
    while data:
        data = data[os.write(CHANNEL, data) :]


def send_line(value):
    send(json.dumps(value).encode(), b'\n')


def send_output(report, stdout):
    line, position = json.dumps(report).encode() + b'\n', 0
    while position < report['stdoutBytes']:
        chunk = os.pread(stdout, min(CHUNK_BYTES, report['stdoutBytes'] - position), position)
        send(line, chunk)
        line, position = b'', position + len(chunk)
    send(line)


def receive_input(requests, size):
    """The next `size` bytes as a file at its beginning."""
    fd = open_scratch_file()
    while size > 0:
        chunk = requests.read(min(size, CHUNK_BYTES))
        if not chunk:
            raise EOFError
        size -= os.write(fd, chunk)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def empty_folder():
    """Empties the working folder level by level (no recursion, no long path); nothing of the program runs any more."""
    os.chmod('.', 0o700)
    moved = 0
    while entries := listing('.'):
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, 0o700)
            for inner in listing(entry.path):
                if inner.is_dir(follow_symlinks=False):
                    os.chmod(inner.path, 0o700)
                    moved += 1
                    os.rename(inner.path, f'.emptied-{moved}')
                else:
                    os.unlink(inner.path)
            os.rmdir(entry.path)


def listing(folder):
    with os.scandir(folder) as entries:
        return list(entries)


def leave():
    """Ends without a reply. Nobody else may be there to remove the folder."""
    try:
        empty_folder()
        os.rmdir(os.getcwd())
    except OSError:
        pass  # the caller removes it at the same time
    os._exit(1)


def compile_source():
    """In a child, with limits: a source can crash or choke the compiler."""
    try:
        with open(0, 'rb') as source, open(1, 'wb') as target:
            marshal.dump(compile(source.read(), 'main.py', 'exec', dont_inherit=True), target)
    except Exception as error:
        sys.__excepthook__(type(error), error.with_traceback(None), None)
        os._exit(1)
    os._exit(0)


def compiled(supervisor, source):
    """The program's code, or None after having sent why there is none. In the compiling child it does not return."""
    fd = open_scratch_file()
    with open(fd, 'wb', closefd=False) as file:
        file.write(source.encode('utf-8', 'replace'))
    os.lseek(fd, 0, os.SEEK_SET)
    ran = supervisor.run(fd, COMPILE_LOG_BYTES, COMPILE_LIMITS)
    if ran is None:
        compile_source()
    report, output = ran
    with open(output, 'rb') as file:
        file.seek(0)
        if report['outcome'] == 'exited' and report['exitCode'] == 0:
            send_line({'ok': True, 'log': ''})
            return marshal.load(file)
    stopped = f'The compiler stopped: {report["signal"] or report["outcome"]}.'
    send_line({'ok': False, 'log': report['stderr'] or stopped})
    return None


def supervise():
    """The program's code in each child that is to run it; in the supervisor it ends the process."""
    try:
        for name in os.environ.keys() - KEPT_ENVIRONMENT:
            del os.environ[name]
        supervisor = Supervisor()
        send_line({'interpreter': sys.executable})
        requests = open(CHANNEL, 'rb', closefd=False)
        header = json.loads(requests.readline() or 'null')
        if header is None:
            raise EOFError
        code = compiled(supervisor, header['source'])
        if code is not None:
            for name in {name.partition('.')[0] for name in code.co_names} & WARM_MODULES:
                __import__(name)
            gc.collect()
            gc.freeze()
            for size in header['inputBytes']:
                ran = supervisor.run(receive_input(requests, size), STDERR_BYTES, header['limits'])
                if ran is None:
                    return code
                send_output(*ran)
                os.close(ran[1])
                empty_folder()
    except (BrokenPipeError, ConnectionResetError, EOFError):
        leave()
    os._exit(0)


def show_exception(kind, error, trace):
    """Like the interpreter's own, without the frame of this file."""
    sys.__excepthook__(kind, error.with_traceback(trace.tb_next if trace else None), None)


def become_main():
    """Makes this process look like `python3 main.py` and returns the globals of the program."""
    site.setquit()  # exit() and quit(), which -S leaves out
    main = types.ModuleType('__main__')
    main.__file__ = 'main.py'
    sys.modules['__main__'] = main
    sys.argv = ['main.py']
    sys.excepthook = show_exception
    return main.__dict__


def finish(namespace):
    """What the interpreter does at its end and a program can see, without the 3 ms of taking itself apart."""
    if threading := sys.modules.get('threading'):
        threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    if gc.isenabled():
        gc.collect()  # as the interpreter does: it also orders a cycle so that a file in it is flushed before it is closed
    namespace.clear()
    gc.collect()


code = supervise()
namespace = become_main()
status = 0
try:
    exec(code, namespace)
except SystemExit as stop:
    # Other codes are for the interpreter itself to print or to convert, like every other exception.
    if not (stop.code is None or (type(stop.code) is int and 0 <= stop.code < 256)):
        raise
    status = stop.code or 0
try:
    finish(namespace)
except Exception:  # for instance standard output that cannot be flushed: the interpreter's own end reports it
    sys.exit(status)
os._exit(status)
