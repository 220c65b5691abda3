// The fixed half of a stand-alone Python validator: a reader of lines and words, with only those methods that a spec needs.

/** What a spec makes use of; the rest is left out of the program. */
export type Feature = 'words' | 'integer' | 'text' | 'order' | 'distinct' | 'graph'

/** The reader class and the main function. */
export function runtimeFor(features: ReadonlySet<Feature>): string {
  const methods = (['words', 'integer', 'text', 'order', 'distinct', 'graph'] as const)
    .filter((feature) => features.has(feature))
    .map((feature) => pieces[feature])
  return [start, ...methods, features.has('graph') ? graphFunctions : '', end]
    .filter((piece) => piece !== '')
    .join('\n')
}

const start = `
class Refused(Exception):
    pass


class Reader:
    def __init__(self, text):
        self.lines = text.split('\\n')
        self.number = 0  # of the line that is being read, from 1
        self.tokens = []
        if self.lines.pop() != '' or not text:
            raise Refused('the last line does not end with a line feed')

    def refuse(self, token, name, why, line=None):
        column = 1 + sum(len(word) + 1 for word in self.tokens[:token])
        where = f'column {column}' if line is None else ''
        raise Refused(f'line {line or self.number} {where} ({name}): {why}')

    def whole_line(self, name):
        self.number += 1
        if self.number > len(self.lines):
            self.tokens = []
            self.refuse(0, name, 'a line is missing')
        self.tokens = [self.lines[self.number - 1]]

    def size(self, value):
        if not isinstance(value, int) or not 0 <= value <= 5000000:
            raise Refused(f'{value} is no size')
        return value

    def end(self):
        if self.number < len(self.lines):
            raise Refused(f'line {self.number + 1}: nothing may follow the last line')
`

const words = `    def words(self, name, count):
        self.whole_line(name)
        line = self.tokens[0]
        self.tokens = line.split(' ') if line else []
        if len(self.tokens) != count:
            self.refuse(min(len(self.tokens), count), name, f'{count} words expected, {len(self.tokens)} found')
`

const integer = `    def integer(self, token, name, low, high):
        word = self.tokens[token]
        if not re.fullmatch(r'0|-?[1-9][0-9]{0,39}', word):
            self.refuse(token, name, f'{word[:30]!r} is not an integer')
        value = int(word)
        if not low <= value <= high:
            self.refuse(token, name, f'{value} is outside {low}..{high}')
        return value
`

const text = `    def text(self, token, name, shortest, longest, alphabet):
        word = self.tokens[token]
        for char in word:
            if char not in alphabet:
                self.refuse(token, name, f'{char!r} is not allowed')
        if not shortest <= len(word) <= longest:
            self.refuse(token, name, f'length {len(word)} is outside {shortest}..{longest}')
`

const order = `    def in_order(self, values, name, sign):
        for previous, value in zip(values, values[1:]):
            good = {'<': previous < value, '<=': previous <= value, '>': previous > value, '>=': previous >= value}
            if not good[sign]:
                raise Refused(f'{name}: {previous} {sign} {value} does not hold')
`

const distinct = `    def distinct(self, values, name):
        seen = set()
        for value in values:
            if value in seen:
                raise Refused(f'{name}: {value} appears twice')
            seen.add(value)
`

const graph = `    def graph(self, last, edges, name, **promise):
        why = broken_graph(last, edges, **promise)
        if why is not None:
            raise Refused(f'{name}: {why}')
`

const pieces: Readonly<Record<Feature, string>> = { words, integer, text, order, distinct, graph }

const graphFunctions = `
def broken_graph(last, edges, directed, connected, simple, acyclic):
    parent = list(range(last + 1))

    def find(vertex):
        while parent[vertex] != vertex:
            parent[vertex] = parent[parent[vertex]]
            vertex = parent[vertex]
        return vertex

    seen = set()
    components = last
    for u, v in edges:
        if u == v:
            return f'edge {u} {v} is a loop'
        key = (u, v) if directed else (min(u, v), max(u, v))
        if simple and key in seen:
            return f'edge {u} {v} is given twice'
        seen.add(key)
        one, other = find(u), find(v)
        if one != other:
            parent[one] = other
            components -= 1
        elif acyclic and not directed:
            return f'edge {u} {v} closes a cycle'
    if connected and components > 1:
        return f'the graph has {components} components'
    if acyclic and directed and has_cycle(last, edges):
        return 'the graph has a directed cycle'
    return None


def has_cycle(last, edges):
    following = [[] for _ in range(last + 1)]
    incoming = [0] * (last + 1)
    for u, v in edges:
        following[u].append(v)
        incoming[v] += 1
    ready = [vertex for vertex in range(1, last + 1) if incoming[vertex] == 0]
    taken = 0
    while ready:
        taken += 1
        for vertex in following[ready.pop()]:
            incoming[vertex] -= 1
            if incoming[vertex] == 0:
                ready.append(vertex)
    return taken < last
`

const end = `
def main():
    try:
        check(Reader(sys.stdin.buffer.read().decode('utf-8')))
    except (Refused, UnicodeDecodeError, ZeroDivisionError) as error:
        print(error, file=sys.stderr)
        sys.exit(43)
    sys.exit(42)
`
