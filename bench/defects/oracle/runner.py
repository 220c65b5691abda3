"""Runs one program on many inputs, each in a process of its own, and tells how each run ended. Reads a plan, writes a line a run."""

import gc
import io
import json
import os
import resource
import signal
import sys


def limit(kind, value):
    resource.setrlimit(kind, (value, value))


def prepare(plan, input_path, output_path, error_path):
    os.setpgid(0, 0)
    os.dup2(os.open(input_path, os.O_RDONLY), 0)
    os.dup2(os.open(output_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
    os.dup2(os.open(error_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 2)
    os.closerange(3, 64)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, plan["outputBytes"])
    limit(resource.RLIMIT_CPU, plan["cpuMs"] // 1000 + 2)
    limit(resource.RLIMIT_AS, plan["memoryBytes"] + (128 << 20))
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    stack = 256 << 20
    resource.setrlimit(resource.RLIMIT_STACK, (stack if hard == resource.RLIM_INFINITY else min(stack, hard), hard))
    # Both timers end the process by their signal and survive exec. This one counts whole ticks, so it may be early.
    signal.setitimer(signal.ITIMER_PROF, plan["cpuMs"] / 800 + 0.05)
    signal.setitimer(signal.ITIMER_REAL, plan["wallMs"] / 1000)


def run_python(code):
    """As the interpreter would run the file: its own streams, its own module, its exit code."""
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", write_through=True)
    status = 0
    try:
        exec(code, {"__name__": "__main__", "__builtins__": __builtins__})
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException as fault:
        print(type(fault).__name__, fault, file=sys.stderr)
        status = 1
    if "threading" in sys.modules:
        threading = sys.modules["threading"]
        for thread in threading.enumerate():
            if thread is not threading.main_thread() and not thread.daemon:
                thread.join()
    try:
        sys.stdout.flush()
    except OSError:
        status = 1
    os._exit(status & 255)


def read(path, most):
    with open(path, "rb") as file:
        return file.read(most)


def ending(plan, status, usage, output_path, error_path):
    cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in (signal.SIGPROF, signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL):
            return "time", cpu_ms
        return ("output" if number == signal.SIGXFSZ else "crash"), cpu_ms
    if usage.ru_maxrss * 1024 > plan["memoryBytes"]:
        return "memory", cpu_ms
    if os.WEXITSTATUS(status) != 0:
        if os.path.getsize(output_path) >= plan["outputBytes"]:
            return "output", cpu_ms
        return ("memory" if b"MemoryError" in read(error_path, 4096) else "crash"), cpu_ms
    return ("time" if cpu_ms > plan["cpuMs"] else "ok"), cpu_ms


def plain(text):
    """Lines without blanks at their ends, and no empty ones at the end: as inputs are stored."""
    return b"\n".join(line.rstrip() for line in text.split(b"\n")).rstrip()


def main():
    plan = json.load(sys.stdin)
    folder = plan["folder"]
    output_path = os.path.join(folder, "output")
    error_path = os.path.join(folder, "error")
    code = compile(plan["python"], "main.py", "exec") if "python" in plan else None
    sys.argv = ["main.py"]
    gc.freeze()
    for index, input_path in enumerate(plan["inputs"]):
        child = os.fork()
        if child == 0:
            try:
                prepare(plan, input_path, output_path, error_path)
                if code is None:
                    os.chdir(folder)
                    os.execv(plan["command"][0], plan["command"])
                os.chdir(folder)
                run_python(code)
            finally:
                os._exit(127)
        _, status, usage = os.wait4(child, 0)
        try:
            os.killpg(child, signal.SIGKILL)
        except OSError:
            pass
        outcome, cpu_ms = ending(plan, status, usage, output_path, error_path)
        result = {"index": index, "outcome": outcome, "cpuMs": round(cpu_ms, 1)}
        if outcome == "ok" and "expected" in plan:
            expected, actual = read(plan["expected"][index], -1), read(output_path, -1)
            if plain(actual) != plain(expected) if plan["byLine"] else actual.split() != expected.split():
                result["outcome"] = "wrong"
        if plan["keep"] and outcome == "ok":
            result["output"] = read(output_path, -1).decode("utf-8", "replace")
        print(json.dumps(result), flush=True)
        if plan["stop"] and result["outcome"] != "ok":
            break


main()
