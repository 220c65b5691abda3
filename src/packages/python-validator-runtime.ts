// The fixed half of a stand-alone Python validator: a reader of lines and words, with only those methods that a spec needs.

const features = ['integer', 'real', 'text', 'differ', 'order', 'distinct', 'total', 'exactly', 'graph'] as const
/** What a spec makes use of; the rest is left out of the program. */
export type Feature = (typeof features)[number]

/** The reader class and the main function. */
export function runtimeFor(used: ReadonlySet<Feature>): string {
  const methods = features.filter((feature) => used.has(feature)).map((feature) => pieces[feature])
  return [start, ...methods, ...(used.has('graph') ? [graphFunctions] : []), end].join('\n')
}

const start = `
class Refused(Exception):
    pass


class Reader:
    def __init__(self, text):
        self.lines = text.split('\\n')
        self.number = 0  # of the line that is being read, from 1
        self.line = ''
        self.words = []
        self.at = 0  # how many words of it have been read
        self.word = ''
        if self.lines.pop() != '' or not text:
            raise Refused('the last line does not end with a line feed')

    def refuse(self, name, why):
        column = 1 + sum(len(word) + 1 for word in self.words[: max(0, self.at - 1)])
        raise Refused(f'line {self.number}, column {column} ({name}): {why}')

    def open(self, name):
        self.number += 1
        if self.number > len(self.lines):
            raise Refused(f'line {self.number} ({name}): a line is missing')
        self.line = self.lines[self.number - 1]
        self.words = self.line.split(' ') if self.line else []
        self.at = 0

    def next(self, name):
        if self.at == len(self.words):
            self.refuse(name, 'a word is missing')
        self.word = self.words[self.at]
        self.at += 1
        return self.word

    def close(self):
        if self.at != len(self.words):
            raise Refused(f'line {self.number}: {self.at} words expected, {len(self.words)} found')

    def size(self, value):
        if not isinstance(value, int) or not 0 <= value <= 5000000:
            raise Refused(f'{value} is no size')
        return value

    def end(self):
        if self.number < len(self.lines):
            raise Refused(f'line {self.number + 1}: nothing may follow the last line')
`

const pieces: Readonly<Record<Feature, string>> = {
  integer: `    def integer(self, name, low, high):
        word = self.next(name)
        if not re.fullmatch('0|-?[1-9][0-9]{0,39}', word):
            self.refuse(name, f'{word[:30]!r} is not an integer')
        value = int(word)
        if not low <= value <= high:
            self.refuse(name, f'{value} is outside {low}..{high}')
        return value
`,
  real: `    def real(self, name, low, high, decimals):
        word = self.next(name)
        if not re.fullmatch(r'-?(0|[1-9][0-9]{0,39})(\\.[0-9]{1,40})?', word) or re.fullmatch('-[0.]*', word):
            self.refuse(name, f'{word[:30]!r} is not a real number in decimal notation')
        whole, _, fraction = word.partition('.')
        if len(fraction) > decimals:
            self.refuse(name, f'{word[:30]!r} has more than {decimals} digits after the point')
        value = int(whole + fraction.ljust(decimals, '0'))
        if not low <= value <= high:
            self.refuse(name, f'{word[:60]} is out of its bounds')
        return value
`,
  text: `    def text(self, name, shortest, longest, letters):
        return self.letters(name, self.next(name), shortest, longest, letters)

    def whole_line(self, name, shortest, longest, letters):
        self.open(name)
        self.at = len(self.words)
        return self.letters(name, self.line, shortest, longest, letters)

    def letters(self, name, text, shortest, longest, letters):
        if not letters.issuperset(text):
            self.refuse(name, f'{next(char for char in text if char not in letters)!r} is not allowed')
        if not shortest <= len(text) <= longest:
            self.refuse(name, f'length {len(text)} is outside {shortest}..{longest}')
        return len(text)
`,
  differ: `    def differ(self, value, other, name):
        if value == other:
            self.refuse(name, f'{value} must not be its value')
`,
  order: `    def in_order(self, values, name, sign):
        for previous, value in zip(values, values[1:]):
            good = {'<': previous < value, '<=': previous <= value, '>': previous > value, '>=': previous >= value}
            if not good[sign]:
                raise Refused(f'{name}: {previous} {sign} {value} does not hold')
`,
  distinct: `    def distinct(self, values, name):
        if len(set(values)) < len(values):
            raise Refused(f'{name}: something appears twice')
`,
  total: `    def total(self, total, most, name):
        if total > most:
            raise Refused(f'{name}: {total} is more than {most}')
`,
  exactly: `    def exactly(self, text, char, count, name):
        if text.count(char) != count:
            raise Refused(f'{name}: {char!r} appears {text.count(char)} times, not {count} times')
`,
  graph: `    def graph(self, vertices, first, edges, name, **promise):
        why = broken_graph(vertices, first, edges, **promise)
        if why is not None:
            raise Refused(f'{name}: {why}')
`,
}

const graphFunctions = `
def broken_graph(vertices, first, edges, directed, connected, simple, acyclic):
    parent = list(range(vertices + first))

    def find(vertex):
        while parent[vertex] != vertex:
            parent[vertex] = parent[parent[vertex]]
            vertex = parent[vertex]
        return vertex

    seen = set()
    components = vertices
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
    if acyclic and directed and has_cycle(vertices, first, edges):
        return 'the graph has a directed cycle'
    return None


def has_cycle(vertices, first, edges):
    following = [[] for _ in range(vertices + first)]
    incoming = [0] * (vertices + first)
    for u, v in edges:
        following[u].append(v)
        incoming[v] += 1
    ready = [vertex for vertex in range(first, vertices + first) if incoming[vertex] == 0]
    taken = 0
    while ready:
        taken += 1
        for vertex in following[ready.pop()]:
            incoming[vertex] -= 1
            if incoming[vertex] == 0:
                ready.append(vertex)
    return taken < vertices
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
