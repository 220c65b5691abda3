// Mutants of C, C++, Java and JavaScript: what each operator makes of a line, and what only looks like an operator.
import { describe, expect, it } from 'vitest'
import { mutantsOf, type Mutant } from '../../../src/generation/mutation/mutants.ts'
import { tokenise, type TokenLanguage } from '../../../src/generation/mutation/tokens.ts'
import type { Executor } from '../../../src/ports.ts'

const unused: Executor = {
  run: async () => {
    throw new Error('not scripted')
  },
}
const signal = new AbortController().signal

const allOf = async (source: string, language: TokenLanguage, limit = 1_000, seed = 1): Promise<Mutant[]> =>
  mutantsOf(source, language, unused, signal, { limit, seed })

/** What an operator makes of a source of one line, sorted. */
async function made(source: string, language: TokenLanguage, operator: string): Promise<string[]> {
  const mutants = await allOf(source, language)
  return mutants.flatMap((mutant) => (mutant.operator === operator ? [mutant.after] : [])).sort()
}

const texts = (source: string, language: TokenLanguage): string[] => tokenise(source, language).map(({ text }) => text)

const operators: readonly [TokenLanguage, string, string, readonly string[]][] = [
  ['cpp', 'comparison', 'x = a < b;', ['x = a <= b;']],
  ['cpp', 'comparison', 'x = a <= b;', ['x = a < b;']],
  ['c', 'comparison', 'x = a > b;', ['x = a >= b;']],
  ['java', 'comparison', 'x = a >= b;', ['x = a > b;']],
  ['java', 'comparison', 'x = a == b;', ['x = a != b;']],
  ['javascript', 'comparison', 'x = a === b', ['x = a !== b']],
  ['javascript', 'comparison', 'x = a !== b;', ['x = a === b;']],
  ['cpp', 'comparison', "x = c == 'a';", ["x = c != 'a';"]],
  ['cpp', 'comparison', 'x = lower_bound(b, e, v);', ['x = upper_bound(b, e, v);']],
  ['cpp', 'arithmetic', 'x = a + b;', ['x = a - b;']],
  ['c', 'arithmetic', 'x = a[i] * b;', ['x = a[i] / b;']],
  ['java', 'arithmetic', 'x = f(a) / b;', ['x = f(a) * b;']],
  ['java', 'arithmetic', 'x += y;', ['x -= y;']],
  ['cpp', 'arithmetic', 'count++;', ['count--;']],
  ['cpp', 'arithmetic', 'x = a & b;', ['x = a | b;']],
  ['cpp', 'arithmetic', 'x = 1 << k;', ['x = 1 >> k;']],
  ['java', 'arithmetic', 's = a + " " + b;', []],
  ['cpp', 'division', 'x = a / b;', ['x = a * 1.0 / b;']],
  ['javascript', 'division', 'x = Math.floor(a / b)', ['x = (a / b)']],
  ['cpp', 'modulus', 'x = (a + b) % m;', ['x = (a + b) ;']],
  ['java', 'modulus', 'x = a * b % this.m[i] + c;', ['x = a * b  + c;']],
  ['c', 'modulus', 'x %= m;', [';']],
  ['cpp', 'constant', 'x = a + 0;', ['x = a + 1;']],
  ['cpp', 'constant', 'x = a + 7LL;', ['x = a + 6LL;', 'x = a + 8LL;']],
  ['java', 'constant', 'x = 998_244_353;', ['x = 998244352;', 'x = 998244354;']],
  ['cpp', 'constant', "x = 1'000'000'007;", ['x = 1000000006;', 'x = 1000000008;']],
  ['cpp', 'constant', 'x = 0.5;', ['x = 1.5;']],
  ['java', 'constant', 'x = true;', ['x = false;']],
  ['cpp', 'constant', 'const int MAXN = 200005;', []],
  ['c', 'constant', 'int grid[1005][1005];', []],
  ['cpp', 'min-max', 'x = std::min(a, b);', ['x = std::max(a, b);']],
  ['java', 'min-max', 'x = Math.max(a, b);', ['x = Math.min(a, b);']],
  ['cpp', 'boolean', 'x = a && b;', ['x = a || b;']],
  ['c', 'boolean', 'x = a || (b);', ['x = a && (b);']],
  ['cpp', 'negation', 'x = !a;', ['x = a;']],
  ['cpp', 'negation', 'x = -a;', ['x = a;']],
  ['cpp', 'branch', 'if (a < b) f();', ['if (false) f();', 'if (true) f();']],
  ['c', 'branch', 'if (f(a)) g();', ['if (0) g();', 'if (1) g();']],
  ['cpp', 'branch', 'while (a) g();', ['while (false) g();']],
  ['java', 'branch', 'while (a) g();', []],
  ['cpp', 'else', 'if (a) f(); else g();', ['if (a) f(); else {}']],
  ['java', 'else', 'if (a) { f(); } else { g(); h(); }', ['if (a) { f(); } else {}']],
  ['cpp', 'else', 'if (a) f(); else if (b) g();', []],
  ['cpp', 'statement', 'a[i] = b;', [';']],
  ['cpp', 'statement', 'p->total += b;', [';']],
  ['cpp', 'statement', 'heap.push({a, b});', [';']],
  ['java', 'statement', 'list.get(0).add(b);', []],
  ['java', 'statement', 'list.add(b);', [';']],
  ['java', 'statement', 'int x = b;', []],
  ['javascript', 'statement', 'if (a) {\n  b = c\n}', ['{}']],
  ['cpp', 'jump', 'for (;;) { continue; }', ['for (;;) { ; }']],
  ['java', 'jump', 'while (a) break;', ['while (a) ;']],
  ['cpp', 'range', 'for (int i = 0; i < n; i++) f();', ['for (int i = 0; i < n - 1; i++) f();']],
  ['java', 'range', 'for (int i = n; i >= a.size(); i--) f();', ['for (int i = n; i >= a.size() + 1; i--) f();']],
  ['cpp', 'range', 'for (int i = 0; i < 3; i++) f();', []],
  ['cpp', 'order', 'sort(a.begin(), a.end());', ['sort(a.begin(), a.end(), greater<>());']],
  ['cpp', 'order', 'sort(a, a + n, [](int x, int y) { return x > y; });', ['sort(a, a + n);']],
  ['cpp', 'order', 'priority_queue<int, vector<int>, greater<int>> q(f);', []],
  ['java', 'order', 'Arrays.sort(a, (x, y) -> f(x, y));', ['Arrays.sort(a);']],
  ['java', 'order', 'x = Collections.reverseOrder();', ['x = Collections.naturalOrder();']],
  ['javascript', 'order', 'a.sort((x, y) => x - y)', ['a.sort()']],
  ['cpp', 'initial', 'x = INT_MAX;', ['x = 0;']],
  ['cpp', 'initial', 'x = std::numeric_limits<long long>::max();', ['x = 0;']],
  ['cpp', 'initial', 'x = 1e18;', ['x = 0;']],
  ['cpp', 'initial', 'x = 0x3f3f3f3f;', ['x = 0;']],
  ['java', 'initial', 'x = Long.MAX_VALUE;', ['x = 0;']],
  ['javascript', 'initial', 'x = -Infinity', ['x = -0']],
  ['cpp', 'initial', 'const int MOD = 1e9 + 7;', []],
]

describe('operators', () => {
  it.each(operators)('%s, %s: %s', async (language, operator, source, expected) => {
    expect(await made(source, language, operator)).toEqual([...expected].sort())
  })
})

describe('what only looks like an operator', () => {
  it.each<[TokenLanguage, string]>([
    ['cpp', '#include <vector>\n#define LESS(a, b) \\\n  (a < b + 1)\n'],
    ['cpp', '// a < b + 1 \\\n still a < b\n/* a < b\n && c */'],
    ['cpp', 'f("a < b", \'<\', R"x(a < "b" + 1)x", "\\"<");'],
    ['cpp', 'vector<vector<pair<int, long long>>> a;'],
    ['cpp', 'map<string, vector<int>>::iterator it;'],
    ['cpp', 'std::function<int(int, vector<int>&)> f;'],
    ['cpp', 'template <typename T = int> struct Node { T key; Node<T> *next; };'],
    ['cpp', 'bool operator<(const Node &other) const;'],
    ['cpp', 'void f(const string &s, int *p, int &&q, Node *n);'],
    ['cpp', 'for (auto &[u, w] : g[v]) f(u, w);'],
    ['cpp', 'cin >> a >> b; cout << a << b << "\\n";'],
    ['cpp', 'ios::sync_with_stdio(false); cin.tie(0);'],
    ['cpp', 'int main() { f(); return 0; }'],
    ['cpp', 'using P = pair<int, int>;'],
    ['c', 'scanf("%d", &a[1]);'],
    ['c', 'if (scanf("%d %d", &n, &m) != 2) return;'],
    ['java', 'import java.util.*;'],
    ['java', 'Map<String, List<int[]>> m = f();'],
    ['java', 'List<? extends Comparable<?>> list = new ArrayList<>();'],
    ['java', 'static <T extends Comparable<T>> T larger(T a, T b) { return f(a, b); }'],
    ['java', 'int n = Integer.parseInt(in.readLine()) + 1;'],
    ['java', 'String s = """\n  a < b "quoted" + 1\n  """;'],
    ['java', '@SuppressWarnings("unchecked") f();'],
    ['javascript', "const lines = require('fs').readFileSync(0, 'utf8').split('\\n').slice(1)\n"],
    ['javascript', 'f(/[/<]+ < 1/g, `a < ${b ? `c < ${d}` : e} + 1`)'],
    ['javascript', 'const f = (a) => g(a)'],
  ])('%s: %j', async (language, source) => {
    expect((await allOf(source, language)).map(({ operator, after }) => [operator, after])).toEqual([])
  })

  it('is told from what is one', async () => {
    expect(await made('if (a < b && c > d) f(x < y, z);', 'cpp', 'comparison')).toEqual([
      'if (a < b && c > d) f(x <= y, z);',
      'if (a < b && c >= d) f(x < y, z);',
      'if (a <= b && c > d) f(x < y, z);',
    ])
    expect(await made('vector<int> a(n), b = c < d ? c : d;', 'cpp', 'comparison')).toEqual([
      'vector<int> a(n), b = c <= d ? c : d;',
    ])
    expect(await made('bool operator<(const P &o) const { return x < o.x; }', 'cpp', 'comparison')).toEqual([
      'bool operator<(const P &o) const { return x <= o.x; }',
    ])
    expect(await made('x = a / b / c < d;', 'javascript', 'comparison')).toEqual(['x = a / b / c <= d;'])
  })

  it('does not hide what stands in a function that is a value', async () => {
    const source = 'const main = () => {\n  const n = Number(readFileSync(0))\n  if (n > 1) f()\n}\nmain()\n'
    expect((await allOf(source, 'javascript')).map(({ line, after }) => [line, after])).toContainEqual([
      3,
      'if (n >= 1) f()',
    ])
  })
})

describe('tokens', () => {
  it('cover all that is no blank and no comment, whatever the source', () => {
    expect(texts('x=.5e-3f+0xFFull>>1;', 'cpp')).toEqual(['x', '=', '.5e-3f', '+', '0xFFull', '>>', '1', ';'])
    expect(texts('a>>>=b->c ?? d?.e', 'java')).toEqual(['a', '>>>=', 'b', '->', 'c', '??', 'd', '?.', 'e'])
    expect(texts('"open\nnext \' ` /* end', 'javascript')).toEqual(['"open', 'next', "' ` /* end"])
    expect(texts('', 'c')).toEqual([])
  })
})

describe('the choice', () => {
  const source = `int f(int n) {
  int best = 0;
  for (int i = 0; i < n; i++) {
    if (a[i] > best && a[i] % 2 == 0) best = max(best, a[i] + 1);
    else best -= 1;
  }
  return best * 2;
}
`
  it('is the same for the same seed, another for another, and spread', async () => {
    const [first, again, other] = await Promise.all([
      allOf(source, 'cpp', 10),
      allOf(source, 'cpp', 10),
      allOf(source, 'cpp', 10, 2),
    ])
    expect(again).toEqual(first)
    expect(other.map(({ source }) => source)).not.toEqual(first.map(({ source }) => source))
    expect(new Set(first.map(({ operator }) => operator)).size).toBe(10)
    expect(new Set(first.map(({ line }) => line)).size).toBe(5)
    expect(first.map(({ line }) => line)).toEqual(first.map(({ line }) => line).sort((a, b) => a - b))
  })

  it('tells line and change as they are in the source, and no mutant twice', async () => {
    const all = await allOf(source, 'cpp')
    expect(new Set(all.map(({ source }) => source)).size).toBe(all.length)
    const lines = source.split('\n')
    for (const { line, before, after, source: changed } of all) {
      expect([lines[line - 1]?.trim(), changed.split('\n')[line - 1]?.trim()]).toEqual([before, after])
    }
  })
})
