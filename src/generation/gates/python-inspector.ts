// The program that inspects a Python source. It runs in the executor, so that nobody's source is parsed in this process.

/** Reads `{source, role}` as JSON, prints `{findings, lines, nodes}`. */
export const pythonInspector = String.raw`
import ast, json, sys

question = json.loads(sys.stdin.read())
source, role = question["source"], question["role"]

ALLOWED = set("""__future__ array bisect cmath collections contextlib copy dataclasses decimal enum fractions functools heapq io
itertools math numbers operator os queue random re statistics string struct sys textwrap threading typing""".split())
OS_ALLOWED = {"read", "write", "fstat"}
# A checker is started with the names of its files.
OPENS_FILES = role == "checker"
SYS_FORBIDDEN = {"argv", "modules", "path", "meta_path", "_getframe", "settrace", "setprofile", "executable", "orig_argv"} - ({"argv"} if OPENS_FILES else set())
NAMES_FORBIDDEN = {"eval", "exec", "compile", "__import__", "globals", "locals", "breakpoint", "getattr", "setattr",
                   "delattr", "__builtins__", "__loader__", "__spec__"}
CALLS_FORBIDDEN = {"vars", "help"}
# Ways to other objects' insides; operator methods such as __getitem__ are ordinary code.
REFLECTION = {"__bases__", "__base__", "__mro__", "__subclasses__", "__globals__", "__code__", "__closure__",
              "__dict__", "__builtins__", "__import__", "__getattribute__", "__loader__", "__spec__", "__self__",
              "tb_frame", "f_back", "gi_frame", "cr_frame", "ag_frame", "f_globals", "f_locals", "f_builtins",
              "__func__", "__module__", "__reduce__", "__reduce_ex__", "__defaults__", "__file__"}
RANDOM_FUNCTIONS = {"random", "randint", "randrange", "shuffle", "choice", "choices", "sample", "uniform", "getrandbits",
                    "betavariate", "gauss", "normalvariate"}

findings = []

def report(node, text):
    findings.append("line %d: %s" % (getattr(node, "lineno", 0), text))

try:
    tree = ast.parse(source)
except SyntaxError as error:
    print(json.dumps({"findings": ["line %s: does not compile: %s" % (error.lineno, error.msg)], "lines": source.count("\n") + 1, "nodes": 0}))
    sys.exit(0)

nodes = list(ast.walk(tree))
called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
modules = set()
reads = prints = False
random_names, seeded = set(), False
os_aliases, sys_aliases, random_aliases, io_aliases = set(), set(), set(), set()

for node in nodes:
    if isinstance(node, ast.Import):
        for alias in node.names:
            top = alias.name.split(".")[0]
            if top not in ALLOWED:
                report(node, "imports %s; only the standard library's computing modules are allowed" % alias.name)
            modules.add(alias.asname or top)
            {"os": os_aliases, "sys": sys_aliases, "random": random_aliases, "io": io_aliases}.get(top, set()).add(alias.asname or top)
    elif isinstance(node, ast.ImportFrom):
        top = (node.module or "").split(".")[0]
        if node.level or top not in ALLOWED:
            report(node, "imports from %s; only the standard library's computing modules are allowed" % (node.module or "."))
        for alias in node.names:
            if alias.name.startswith("_") and top != "__future__":
                report(node, "imports %s" % alias.name)
            if top == "io" and alias.name in ("open", "FileIO", "open_code"):
                report(node, "imports io.%s" % alias.name)
            if top == "os" and alias.name not in OS_ALLOWED:
                report(node, "imports os.%s" % alias.name)
            if top == "os" and alias.name == "read":
                reads = True
            if top == "os" and alias.name == "write":
                prints = True
            if top == "sys" and alias.name in SYS_FORBIDDEN:
                report(node, "imports sys.%s" % alias.name)
            if top == "sys" and alias.name == "stdin":
                reads = True
            if top == "sys" and alias.name == "stdout":
                prints = True
            if top == "random" and alias.name in RANDOM_FUNCTIONS:
                random_names.add(alias.asname or alias.name)
            if top == "random" and alias.name == "SystemRandom":
                report(node, "randomness that cannot be seeded")

for node in nodes:
    if isinstance(node, ast.Name):
        if node.id in NAMES_FORBIDDEN:
            report(node, "uses %s" % node.id)
        if node.id in CALLS_FORBIDDEN and id(node) in called:
            report(node, "calls %s" % node.id)
        if node.id == "open" and id(node) not in called:
            report(node, "uses open other than to open standard input or output")
        if node.id == "input":
            reads = True
        if node.id == "print":
            prints = True
    elif isinstance(node, ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else None
        if node.attr.startswith("_") and owner in modules and not node.attr.startswith("__"):
            report(node, "reaches into %s.%s" % (owner, node.attr))
        if owner in io_aliases and node.attr in ("open", "FileIO", "open_code"):
            report(node, "opens a file")
        if node.attr in REFLECTION:
            report(node, "uses %s" % node.attr)
        if owner in os_aliases and node.attr not in OS_ALLOWED:
            report(node, "uses os.%s" % node.attr)
        if owner in os_aliases and node.attr == "read":
            reads = True
        if owner in os_aliases and node.attr == "write":
            prints = True
        if owner in sys_aliases:
            if node.attr in SYS_FORBIDDEN:
                report(node, "uses sys.%s" % node.attr)
            if node.attr == "stdin":
                reads = True
            if node.attr == "stdout":
                prints = True
        if owner in random_aliases and node.attr == "SystemRandom":
            report(node, "randomness that cannot be seeded")
    elif isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else None
        attribute = node.func.attr if isinstance(node.func, ast.Attribute) else None
        owner = node.func.value.id if attribute and isinstance(node.func.value, ast.Name) else None
        if name == "open":
            first = node.args[0] if node.args else None
            if not (isinstance(first, ast.Constant) and first.value in (0, 1)):
                if not OPENS_FILES or isinstance(first, ast.Constant):
                    report(node, "opens a file")
            elif first.value == 0:
                reads = True
            else:
                prints = True
        if name == "input" and node.args and not (isinstance(node.args[0], ast.Constant) and node.args[0].value == ""):
            report(node, "prompts: input() takes no text here")
        if (owner in random_aliases and attribute == "seed") or name == "seed":
            seeded = seeded or bool(node.args)
        if (owner in random_aliases and attribute == "Random") or name == "Random":
            if not node.args:
                report(node, "randomness without a seed")

if not seeded:
    for node in nodes:
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in random_names:
                report(node, "randomness without a seed: %s" % node.func.id)
            if (isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
                    and node.func.value.id in random_aliases and node.func.attr in RANDOM_FUNCTIONS):
                report(node, "randomness without a seed: random.%s" % node.func.attr)
if not reads:
    findings.append("never reads standard input")
if not prints and not OPENS_FILES:
    findings.append("never prints")
if len(source) > 32768:
    findings.append("longer than 32 KB")

print(json.dumps({"findings": findings[:8], "lines": source.count("\n") + 1, "nodes": len(nodes)}))
`
