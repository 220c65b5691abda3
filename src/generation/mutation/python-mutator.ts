// The program that makes mutants of a Python source by its syntax tree. It runs in the executor, like every program that
// reads somebody's source.

/**
 * Reads `{source, limit, seed}` as JSON, prints `[{line, operator, before, after, source}]`: at most `limit` mutants,
 * the same ones for the same seed, spread over operators and lines. A mutant differs from the source in one place.
 */
export const pythonMutator = String.raw`
import ast, hashlib, json, sys

sys.setrecursionlimit(20_000)

question = json.loads(sys.stdin.read())
source, limit, seed = question["source"].lstrip("\ufeff"), question["limit"], question["seed"]

tree = ast.parse(source)
lines = source.encode().splitlines(keepends=True)
starts = [0]
for text in lines:
    starts.append(starts[-1] + len(text))
data = b"".join(lines)
parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
candidates = []  # (operator, line, from, to, replacement)


def begin(node):
    return starts[node.lineno - 1] + node.col_offset


def end(node):
    return starts[node.end_lineno - 1] + node.end_col_offset


def text_of(node):
    return data[begin(node):end(node)].decode()


def propose(operator, node, first, last, replacement):
    candidates.append((operator, node.lineno, first, last, replacement))


def replace(operator, node, replacement):
    propose(operator, node, begin(node), end(node), replacement)


def wrapped(node):
    """A part of an expression as it may stand anywhere."""
    text = text_of(node)
    simple = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.List, ast.Dict, ast.Set)
    return text if isinstance(node, simple) else "(" + text + ")"


def sign_between(left, right, sign):
    """Where an operator's sign stands between its operands, past brackets and comments."""
    at, stop = end(left), begin(right)
    while at < stop:
        if data[at:at + 1] == b"#":
            at = data.index(b"\n", at)
        elif data.startswith(sign, at):
            return at
        else:
            at += 1
    return None


def swap_sign(operator, node, left, right, old, new):
    at = sign_between(left, right, old.encode())
    if at is not None:
        propose(operator, node, at, at + len(old), new)


def is_call(node, *names):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def is_method(node, *names):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names


def is_text(node):
    return isinstance(node, (ast.JoinedStr, ast.FormattedValue)) or (
        isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)))


POWERS_OF_TEN = {10 ** power for power in range(9, 31)}


def is_infinite(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        return is_infinite(node.operand)
    if is_call(node, "float") and len(node.args) == 1:
        value = node.args[0]
        return isinstance(value, ast.Constant) and isinstance(value.value, str) and "inf" in value.value.lower()
    if isinstance(node, ast.Attribute):
        return node.attr in ("inf", "maxsize")
    if isinstance(node, ast.Name):
        return node.id in ("inf", "maxsize") and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        sides = (node.left, node.right)
        return (all(isinstance(side, ast.Constant) and isinstance(side.value, int) for side in sides)
                and node.left.value == 10 and node.right.value >= 9 and not isinstance(parents.get(node), ast.BinOp))
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value == float("inf") or node.value in POWERS_OF_TEN
    return False


# ---- what only reads the input or prepares the interpreter ----

input_names = {"input"}
for node in ast.walk(tree):
    if isinstance(node, ast.ImportFrom) and node.module == "sys":
        input_names |= {alias.asname or alias.name for alias in node.names if alias.name == "stdin"}


def reads(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in input_names:
            return True
        if isinstance(part, ast.Attribute) and part.attr in ("stdin", "readline", "readlines"):
            return True
        if is_call(part, "open") or is_method(part, "setrecursionlimit", "stack_size", "set_int_max_str_digits"):
            return True
        if is_call(part, "setrecursionlimit"):
            return True
    return False


simple_statements = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)
whole_inputs = set()  # names that hold what was read
for node in ast.walk(tree):
    if isinstance(node, ast.Assign) and reads(node.value) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        value = node.value
        if isinstance(value, (ast.Attribute, ast.Lambda)):
            input_names.add(node.targets[0].id)
        elif not is_call(value, "int", "float", "len", "sum", "min", "max", "sorted"):
            whole_inputs.add(node.targets[0].id)

skipped = set()


def skip(node):
    skipped.update(ast.walk(node))


for node in ast.walk(tree):
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        skip(node)
    elif isinstance(node, simple_statements) and reads(node):
        skip(node)
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in whole_inputs:
        if isinstance(node.slice, ast.Constant) or is_call(parents.get(node), "int", "float", "str"):
            skip(node.slice)
    elif isinstance(node, ast.If) and "__name__" in ast.dump(node.test):
        skip(node.test)
        skipped.add(node)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for part in [*node.decorator_list, node.returns, *[arg.annotation for arg in ast.walk(node.args) if isinstance(arg, ast.arg)]]:
            if part is not None:
                skip(part)
    elif isinstance(node, ast.ClassDef):
        for part in node.decorator_list + node.bases:
            skip(part)
    elif isinstance(node, ast.AnnAssign):
        skip(node.annotation)
    elif is_infinite(node):
        for part in ast.iter_child_nodes(node):
            skip(part)
    elif isinstance(node, ast.JoinedStr):
        # Their parts have no reliable places in older versions.
        skip(node)

# Sizes of lists: larger ones change nothing.
sizes = set()
for node in ast.walk(tree):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, (ast.List, ast.ListComp)):
                sizes.update(ast.walk(other))
    elif isinstance(node, ast.comprehension) and isinstance(node.target, ast.Name) and node.target.id.strip("_") == "":
        sizes.update(ast.walk(node.iter))

# ---- proposals ----

comparisons = {ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
               ast.Eq: ("==", "!="), ast.NotEq: ("!=", "==")}
arithmetic = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "//"), ast.FloorDiv: ("//", "/"),
              ast.Div: ("/", "//"), ast.BitAnd: ("&", "|"), ast.BitOr: ("|", "&"), ast.BitXor: ("^", "|"),
              ast.LShift: ("<<", ">>"), ast.RShift: (">>", "<<"), ast.Pow: ("**", "*")}
# Between these the signs mean something else, and the mutant only crashes.
sequences = (ast.List, ast.ListComp, ast.Tuple, ast.Set, ast.Dict)


def is_plus_constant(node):
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)) and isinstance(node.right, ast.Constant)


def shift_bound(operator, node):
    # Constants, also at the end of a sum, are moved by themselves.
    if isinstance(node, (ast.Constant, ast.UnaryOp, ast.Starred)) or is_plus_constant(node):
        return
    if node not in sizes:
        replace(operator, node, wrapped(node) + " + 1")
    replace(operator, node, wrapped(node) + " - 1")


def drop_statement(operator, node):
    replace(operator, node, "pass")


def enclosing(node, kinds):
    while node in parents:
        node = parents[node]
        if isinstance(node, kinds):
            return node
    return tree


functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.Module)


def names_set(node):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}


def is_defined_before(node):
    """Whether what an assignment sets has a value without it."""
    first = first_set(enclosing(node, functions))
    names = set()
    for target in node.targets:
        names |= names_set(target)
    return all(first.get(name, sys.maxsize) < begin(node) for name in names)


first_sets = {}


def first_set(scope):
    """Where each name of a scope is set first; -1 for what has a value from the beginning."""
    if scope in first_sets:
        return first_sets[scope]
    first = first_sets[scope] = {}
    for part in ast.walk(scope):
        if isinstance(part, (ast.Assign, ast.AnnAssign, ast.For)):
            for target in part.targets if isinstance(part, ast.Assign) else [part.target]:
                for name in names_set(target):
                    first[name] = min(begin(part), first.get(name, sys.maxsize))
        elif isinstance(part, (ast.arg, ast.Global, ast.Nonlocal)):
            for name in [part.arg] if isinstance(part, ast.arg) else part.names:
                first[name] = -1
    return first


for node in ast.walk(tree):
    if node in skipped:
        continue
    if isinstance(node, ast.Compare):
        left = node.left
        for op, right in zip(node.ops, node.comparators):
            old_new = comparisons.get(type(op))
            if old_new:
                swap_sign("comparison", node, left, right, *old_new)
            elif isinstance(op, ast.In):
                swap_sign("comparison", node, left, right, "in", "not in")
            elif isinstance(op, ast.NotIn):
                at = sign_between(left, right, b"not")
                stop = sign_between(left, right, b"in")
                if at is not None and stop is not None:
                    propose("comparison", node, at, stop + 2, "in")
            left = right
    elif isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Mod):
            if not is_text(node.left):
                replace("modulus", node, wrapped(node.left))
        elif type(node.op) in arithmetic and not is_infinite(node) and not any(isinstance(side, sequences) or is_text(side) for side in (node.left, node.right)):
            swap_sign("arithmetic", node, node.left, node.right, *arithmetic[type(node.op)])
    elif isinstance(node, ast.AugAssign):
        if isinstance(node.op, ast.Mod):
            drop_statement("modulus", node)
        else:
            if type(node.op) in arithmetic and not is_text(node.value) and not isinstance(node.value, sequences):
                swap_sign("arithmetic", node, node.target, node.value, *[sign + "=" for sign in arithmetic[type(node.op)]])
            drop_statement("statement", node)
    elif isinstance(node, ast.UnaryOp):
        if isinstance(node.op, ast.Not):
            replace("negation", node, wrapped(node.operand))
        elif isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant) and not is_infinite(node):
            replace("negation", node, wrapped(node.operand))
    elif isinstance(node, ast.Constant) and not is_text(node):
        if node.value is True or node.value is False:
            # reverse=True is a matter of order.
            if getattr(parents[node], "arg", None) != "reverse":
                replace("constant", node, str(not node.value))
        elif isinstance(node.value, (int, float)) and not is_infinite(node):
            steps = (1, -1) if node.value and isinstance(node.value, int) else (1,)
            for value in [node.value + step for step in steps if step < 0 or node not in sizes]:
                replace("constant", node, repr(value))
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in ("min", "max"):
        replace("min-max", node, "max" if node.id == "min" else "min")
    elif isinstance(node, ast.BoolOp):
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:]):
            at = sign_between(left, right, old.encode())
            if at is not None:
                propose("boolean", right, at, at + len(old), new)
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        if not isinstance(node.test, ast.Constant):
            for value in ("True", "False") if not isinstance(node, ast.While) else ("False",):
                replace("branch", node.test, value)
        if isinstance(node, ast.If) and node.orelse and not all(isinstance(part, ast.Pass) for part in node.orelse):
            first, last = node.orelse[0], node.orelse[-1]
            # An elif is a branch of its own.
            if not data.startswith(b"elif", begin(first)):
                propose("else", first, begin(first), end(last), "pass")
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            if test not in skipped:
                replace("branch", test, "True")
    elif isinstance(node, ast.Expr):
        if is_method(node.value, "append", "add", "appendleft", "pop", "popleft", "remove", "discard", "sort", "reverse",
                     "extend", "update", "insert", "clear") or is_call(node.value, "heappush", "heappop", "heapify") \
                or is_method(node.value, "heappush", "heappop", "heapify"):
            drop_statement("statement", node)
    elif isinstance(node, ast.Assign):
        if all(isinstance(target, ast.Subscript) for target in node.targets):
            drop_statement("statement", node)
        elif enclosing(node, (ast.For, ast.While, ast.If, *functions)) is not enclosing(node, functions) and is_defined_before(node):
            drop_statement("statement", node)
    elif isinstance(node, (ast.Break, ast.Continue)):
        drop_statement("jump", node)
    elif isinstance(node, ast.Slice):
        for bound in (node.lower, node.upper):
            if bound is not None and bound not in skipped:
                shift_bound("slice", bound)
                replace("slice", bound, "")
    if is_infinite(node) and not is_infinite(parents.get(node)):
        replace("initial", node, "0")
    if is_call(node, "range") and node.args:
        if len(node.args) == 1:
            shift_bound("range", node.args[0])
            if not isinstance(node.args[0], ast.Starred):
                propose("range", node, begin(node.args[0]), begin(node.args[0]), "1, ")
        else:
            for bound in node.args[:2]:
                shift_bound("range", bound)
    if is_call(node, "sorted") or is_method(node, "sort"):
        named = {word.arg: word for word in node.keywords}
        if "reverse" in named:
            value = named["reverse"].value
            replace("order", value, str(not value.value) if isinstance(value, ast.Constant) else "not " + wrapped(value))
        elif node.args or node.keywords:
            last = ([*node.args, *node.keywords])[-1]
            propose("order", node, end(last), end(last), ", reverse=True")
        else:
            propose("order", node, end(node) - 1, end(node) - 1, "reverse=True")
        if "key" in named:
            replace("order", named["key"].value, "None")
    if is_call(node, "reversed") and len(node.args) == 1:
        replace("order", node, wrapped(node.args[0]))

# ---- the choice ----


def digest(candidate):
    return hashlib.sha256(repr((seed, candidate)).encode()).digest()


by_operator = {}
for candidate in sorted(set(candidates), key=digest):
    by_operator.setdefault(candidate[0], []).append(candidate)
operators = sorted(by_operator, key=lambda name: hashlib.sha256(repr((seed, name)).encode()).digest())
uses = {}
seen = {ast.dump(tree)}
mutants = []
while len(mutants) < limit and any(by_operator.values()):
    for operator in operators:
        waiting = by_operator[operator]
        while waiting and len(mutants) < limit:
            # The line that was used least; among its candidates the first by digest.
            candidate = min(waiting, key=lambda each: uses.get(each[1], 0))
            waiting.remove(candidate)
            _, line, first, last, replacement = candidate
            mutated = data[:first] + replacement.encode() + data[last:]
            text = mutated.decode()
            try:
                changed = ast.dump(ast.parse(text))
                compile(text, "main.py", "exec", dont_inherit=True)
            except (SyntaxError, ValueError):
                continue
            if changed in seen:
                continue
            seen.add(changed)
            uses[line] = uses.get(line, 0) + 1
            start = data.rfind(b"\n", 0, first) + 1
            stop, mutated_stop = data.find(b"\n", last), mutated.find(b"\n", first + len(replacement.encode()))
            mutants.append({
                "line": data.count(b"\n", 0, first) + 1,
                "operator": operator,
                "before": data[start:stop if stop >= 0 else None].decode().strip(),
                "after": mutated[start:mutated_stop if mutated_stop >= 0 else None].decode().strip(),
                "source": text,
            })
            break

print(json.dumps(sorted(mutants, key=lambda mutant: mutant["line"])))
`
