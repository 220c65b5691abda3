// The program that runs many Python programs on many inputs in one process of the executor: starting a process for each
// pair would cost more than all the rest.

/** Most bytes of a token-normalised output that are told as text; longer ones are told by their hash. */
export const outcomeTextBytes = 2_000

/**
 * Reads `{programs: [{source, from, bad}], inputs, expected?, cpuMs, budgetMs, memoryBytes, stopAfter?}` as JSON, where
 * `from` is the program's first input and `bad` what it has failed so far. Prints a token, then for each program a line
 * `token index`, one line for each run and one `s slowestMs` at its end, and `token end` after the last.
 * Of a run: `e`, `t`, the number of a text, or `+"text"`, which gets the next number.
 */
export const pythonHarness = String.raw`
def harness():
    import atexit, builtins, gc, hashlib, io, json, os, resource, secrets, signal, sys, time, types

    text_bytes, flood_bytes = ${outcomeTextBytes}, 1 << 20
    question = json.loads(sys.stdin.buffer.read())
    inputs = [text.encode() for text in question["inputs"]]
    expected, stop_after = question.get("expected"), question.get("stopAfter")
    soft = question["cpuMs"] / 1000
    hard = 2 * soft + 0.1
    budget_ns = question["budgetMs"] * 1_000_000
    # The interpreter and what it has imported is not the programs'.
    resource.setrlimit(resource.RLIMIT_DATA, (question["memoryBytes"] + (64 << 20), resource.RLIM_INFINITY))

    write_out, stat_file = os.write, os.fstat
    token = secrets.token_hex(6)
    setitimer, cpu_ns = signal.setitimer, time.process_time_ns
    soft_timer, hard_timer = signal.ITIMER_PROF, signal.ITIMER_VIRTUAL

    def tell(line):
        write_out(1, (line + "\n").encode())

    class Late(BaseException):
        pass

    class Flood(BaseException):
        pass

    is_running = was_late = False

    def on_time(number, frame):
        nonlocal was_late
        if is_running:
            was_late = True
            raise Late

    class Input(io.BytesIO):
        name = "<stdin>"

        def fileno(self):
            return 0

    class Output(io.RawIOBase):
        name = "<stdout>"

        def __init__(self):
            self.parts, self.size = [], 0

        def fileno(self):
            return 1

        def writable(self):
            return True

        def write(self, data):
            self.size += len(data)
            if self.size > flood_bytes:
                raise Flood
            self.parts.append(bytes(data))
            return len(data)

    class Sink(io.TextIOBase):
        encoding, errors, buffer = "utf-8", "backslashreplace", None

        def fileno(self):
            return 2

        def writable(self):
            return True

        def write(self, text):
            return len(text)

    class SinkBytes(io.RawIOBase):
        def writable(self):
            return True

        def write(self, data):
            return len(data)

    Sink.buffer = SinkBytes()
    source = sink = None
    errors = Sink()

    def read(descriptor, size):
        if descriptor != 0:
            raise OSError(9, "Bad file descriptor")
        return source.read(size)

    def write(descriptor, data):
        if descriptor == 2:
            return len(data)
        if descriptor != 1:
            raise OSError(9, "Bad file descriptor")
        return sink.write(data)

    def reader():
        text = io.TextIOWrapper(io.BufferedReader(source), encoding="utf-8")
        text.mode = "r"
        return text

    def writer():
        text = io.TextIOWrapper(io.BufferedWriter(sink), encoding="utf-8")
        text.mode = "w"
        return text

    def open_stream(file, mode="r", *rest, **more):
        if file == 0 and type(file) is int and "r" in mode:
            return io.BufferedReader(source) if "b" in mode else reader()
        if file == 1 and type(file) is int and "w" in mode:
            return io.BufferedWriter(sink) if "b" in mode else writer()
        raise OSError(24, "Too many open files")

    builtins.open = io.open = open_stream
    os.read, os.write = read, write
    posix = sys.modules.get("posix")
    if posix:
        posix.read, posix.write = read, write
    random, decimal, threading = (sys.modules.get(name) for name in ("random", "decimal", "threading"))
    recursion_limit, digits_limit = sys.getrecursionlimit(), getattr(sys, "get_int_max_str_digits", int)()
    argv = sys.argv[:1]
    kept = [(module.__dict__, dict(module.__dict__)) for name, module in sorted(sys.modules.items())
            if name not in ("__main__", "sys") and isinstance(module, types.ModuleType)]

    def reset(source_text):
        """What one run may have left behind for the next."""
        sys.setrecursionlimit(recursion_limit)
        if not gc.isenabled():
            gc.enable()
        if "random" in source_text:
            random.seed(0)
        if "decimal" in source_text:
            decimal.setcontext(decimal.DefaultContext.copy())
        if "threading" in source_text:
            threading.stack_size(0)
        if "argv" in source_text:
            sys.argv = list(argv)
        if "max_str_digits" in source_text:
            sys.set_int_max_str_digits(digits_limit)

    def restore():
        """What one program may have changed in the modules, put right for the next."""
        for now, then in kept:
            if now != then:
                now.update(then)
                for name in now.keys() - then.keys():
                    del now[name]

    def run(code, data):
        """How a run ended, and its output."""
        nonlocal source, sink, is_running, was_late
        source, sink = Input(data), Output()
        # The streams live as long as the run: what a program drops must not close them early.
        input_stream, output_stream = sys.stdin, sys.stdout = reader(), writer()
        sys.__stdin__, sys.__stdout__ = input_stream, output_stream
        sys.stderr = sys.__stderr__ = errors
        module = types.ModuleType("__main__")
        module.__builtins__ = builtins
        module.__file__ = "main.py"
        sys.modules["__main__"] = module
        namespace = module.__dict__
        ended, was_late = "ok", False
        try:
            try:
                is_running = True
                setitimer(hard_timer, hard)
                setitimer(soft_timer, soft, 0.01)
                try:
                    exec(code, namespace)
                except SystemExit as stop:
                    if not (stop.code is None or (isinstance(stop.code, int) and stop.code & 255 == 0)):
                        ended = "error"
                if atexit._ncallbacks():
                    atexit._run_exitfuncs()
                if sys.stdout is not output_stream and sys.stdout is not None:
                    sys.stdout.flush()
                if not output_stream.closed:
                    output_stream.flush()
                namespace.clear()
            except BaseException as problem:
                ended = "error"
                problem.__traceback__ = problem.__context__ = None
            is_running = False
        except Late:
            pass
        is_running = False
        setitimer(soft_timer, 0)
        setitimer(hard_timer, 0)
        if was_late:
            ended = "time"
        if ended != "ok":
            if atexit._ncallbacks():
                atexit._clear()
            namespace.clear()
            try:
                output_stream.detach()
            except BaseException:
                pass
        return ended, b"".join(sink.parts)

    def told(output):
        """The output as it is told, and as it is compared."""
        key = b" ".join(output.split())
        try:
            text = output.decode()
        except UnicodeDecodeError:
            text = output.decode("utf-8", "replace")
            key = b" ".join(text.encode().split())
        if len(key) > text_bytes:
            text = key = "sha256:" + hashlib.sha256(key).hexdigest()
            return text, key
        key = key.decode("utf-8", "replace")
        return (text if len(output) <= 2 * text_bytes else key), key

    numbers, keys = {}, {}
    signal.signal(signal.SIGPROF, on_time)
    tell(token)
    told_bytes = runs = 0
    codes = []
    for program in question["programs"]:
        try:
            codes.append(compile(program["source"], "main.py", "exec", dont_inherit=True))
        except BaseException:
            codes.append(None)
    gc.collect()
    gc.freeze()
    for index, (program, code) in enumerate(zip(question["programs"], codes)):
        tell("%s %d" % (token, index))
        source_text, bad, slowest = program["source"], program["bad"], 0
        for at in range(program["from"], len(inputs)):
            began = cpu_ns()
            if runs and (began > budget_ns or told_bytes > (3 << 20)):
                os._exit(0)
            runs += 1
            if code is None:
                ended, output = "error", b""
            else:
                reset(source_text)
                ended, output = run(code, inputs[at])
                slowest = max(slowest, cpu_ns() - began)
            if ended == "ok":
                number = numbers.get(output)
                if number is None:
                    number = numbers[output] = len(numbers)
                    text, keys[output] = told(output)
                    line = "+" + json.dumps(text)
                    told_bytes += len(line)
                    tell(line)
                else:
                    tell("%d" % number)
            else:
                tell(ended[0])
            if stop_after is not None:
                if ended != "ok" or keys[output] != expected[at]:
                    bad += 2 if ended == "time" else 1
                    if bad >= stop_after:
                        break
        tell("s%.3f" % (slowest / 1e6))
        restore()
    tell(token + " end")
    os._exit(0)


harness()
`
