"""The warm interpreter: imports what programs use, then forks a bound child for each run (guard.c) and runs its code there.

A child can open nothing, so everything a program may import has to be here beforehand. The code it gets begins with `S`
(sources: compile them and print the result) or `C` (compiled: run them).
"""

import sys

sys.path.insert(0, sys.argv[1])
import alpaco_guard as guard  # noqa: E402

del sys.path[0]

# The standard library as far as contest programs use it. Left out: what needs descriptors, processes or sockets.
WARM = '''
    __future__ _bisect _heapq _random abc argparse array ast atexit base64 binascii bisect builtins bz2 calendar cmath
    codecs collections collections.abc contextlib copy copyreg csv dataclasses datetime decimal difflib dis encodings.ascii
    encodings.cp949 encodings.latin_1 encodings.utf_16 encodings.utf_8 encodings.utf_8_sig enum errno fnmatch fractions
    functools gc genericpath getopt graphlib hashlib heapq hmac inspect io itertools json keyword linecache locale logging
    math marshal numbers opcode operator os os.path pickle platform posix pprint queue random re reprlib resource secrets
    select shlex signal site stat statistics string stringprep struct sys sysconfig tempfile textwrap threading time timeit
    token tokenize traceback types typing unicodedata uuid warnings weakref zlib
'''.split()

for name in WARM:
    try:
        __import__(name)
    except ImportError:
        pass  # an interpreter built without it

import atexit
import gc
import locale
import marshal
import os
import random
import site
import struct
import threading
import types


class Unavailable:
    """Ends the search for modules: looking on the disk would fail for want of a descriptor, with a confusing message."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        raise ModuleNotFoundError(f"No module named '{name}' in the sandbox", name=name)


class Sources:
    """Finds the program's own other files."""

    def __init__(self, codes):
        self.codes = codes

    def find_spec(self, name, path=None, target=None):
        if f'{name}.py' not in self.codes:
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, self, origin=f'{name}.py')

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.codes[f'{module.__name__}.py'], module.__dict__)


def start_inline(thread):
    """No second thread can be started. One that is started only for its larger stack, and joined, needs none."""
    if thread._started.is_set():
        raise RuntimeError('threads can only be started once')
    thread._started.set()
    try:
        thread.run()
    except SystemExit:
        pass
    except BaseException:
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), thread)))


def join_inline(thread, timeout=None):
    """What was started is over."""
    if not thread._started.is_set():
        raise RuntimeError('cannot join thread before it is started')


def unpack(pack):
    """Files in order: a count, then for each the lengths and bytes of name and text (big-endian)."""
    (count,) = struct.unpack_from('>I', pack)
    files, at = {}, 4
    for _ in range(count):
        parts = []
        for _ in range(2):
            (size,) = struct.unpack_from('>I', pack, at)
            parts.append(pack[at + 4 : at + 4 + size])
            at += 4 + size
        files[parts[0].decode()] = parts[1]
    return files


def compile_sources(pack):
    codes = {}
    for name, text in unpack(pack).items():
        try:
            codes[name] = compile(text, name, 'exec', dont_inherit=True)
        except Exception as error:
            sys.__excepthook__(type(error), error.with_traceback(None), None)
            os._exit(1)
    with open(1, 'wb', closefd=False) as target:
        target.write(b'C' + marshal.dumps((next(iter(codes)), codes)))
    os._exit(0)


def show_exception(kind, error, trace):
    """Like the interpreter's own, without the frame of this file."""
    sys.__excepthook__(kind, error.with_traceback(trace.tb_next if trace else None), None)


def become_main():
    """Makes this process look like `python3 main.py`, as far as that is the same for all. Returns the globals of a program."""
    site.setquit()  # exit() and quit(), which -S leaves out
    threading.Thread.start = start_inline
    threading.Thread.join = join_inline
    threading.Thread.is_alive = lambda thread: False
    sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, '__name__', '') != 'PathFinder']
    main = types.ModuleType('__main__')
    main.__builtins__ = sys.modules['builtins']
    sys.modules['__main__'] = main
    sys.path[:] = []
    sys.excepthook = show_exception
    return main.__dict__


def become_program(name, codes):
    """The rest, once it is known which program this process is."""
    random.seed()
    threading.main_thread()._set_native_id()
    sys.meta_path += [Sources(codes), Unavailable]
    namespace['__file__'] = name
    sys.argv = [name, *(word.decode() for word in guard.arguments().split(b'\0')[:-1])]


def finish(namespace):
    """What the interpreter does at its end and a program can see, without the 3 ms of taking itself apart."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    if gc.isenabled():
        gc.collect()  # as the interpreter does: it also orders a cycle so that a file in it is flushed before it is closed
    namespace.clear()
    gc.collect()


# Loads the locale's data, which come from files.
locale.setlocale(locale.LC_ALL, '')
namespace = become_main()
gc.collect()
gc.freeze()
code = guard.serve()
if code[:1] == b'S':
    compile_sources(code[1:])
main_name, codes = marshal.loads(code[1:])
del code
become_program(main_name, codes)
status = 0
try:
    exec(codes[main_name], namespace)
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
