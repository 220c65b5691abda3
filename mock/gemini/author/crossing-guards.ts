// Connected graph, several right answers: few vertices next to all others (layers), directions with even out-degrees (spanning tree).
import {
  cppSolver,
  decoy,
  edited,
  generatorCode,
  illegal,
  integer,
  line,
  lines,
  program,
  strategy,
  taskPart,
  varied,
  type Blueprint,
  type Draft,
  type Sample,
  type Task,
} from './draft.ts'
import { text, type Random, type Text } from './story.ts'

interface Scene {
  title: Text
  story: Text
  place: Text
  places: string
  link: Text
  links: string
  post: Text
}

interface Case {
  n: number
  edges: readonly (readonly [number, number])[]
}

const scenes: readonly Scene[] = [
  {
    title: text('안개 낀 교차로', 'Crossings in the Fog'),
    story: text(
      '안개가 잦은 언덕 마을에서는 교차로마다 사람을 세울 여유가 없다. 마을 회의에서는 안내원을 어디에 세우고 길을 어느 쪽으로 다니게 할지를 정하려고 한다.',
      'Fog is frequent in the hill town, and there are not enough people to stand at every crossing. The council has to settle where the guides stand and which way the traffic goes.',
    ),
    place: text('교차로', 'crossing'),
    places: 'crossings',
    link: text('길', 'street'),
    links: 'streets',
    post: text('안내원', 'guide'),
  },
  {
    title: text('박물관의 야간 경비', 'Night Watch in the Museum'),
    story: text(
      '문을 닫은 박물관의 전시실은 복도로 이어져 있다. 야간 경비 팀은 감지기를 놓을 전시실과 순찰하는 방향을 새로 짜고 있다.',
      'After closing time the rooms of the museum are joined by empty corridors. The night watch is working out anew which rooms get a sensor and which way the patrols walk.',
    ),
    place: text('전시실', 'room'),
    places: 'rooms',
    link: text('복도', 'corridor'),
    links: 'corridors',
    post: text('감지기', 'sensor'),
  },
  {
    title: text('등반 구역의 구조대', 'Rescue Teams at the Cliffs'),
    story: text(
      '절벽 지대의 야영장들은 능선을 따라 난 오솔길로 이어져 있다. 산악회는 구조 상자를 나누어 놓고 오솔길을 한쪽으로만 다니도록 바꾸려고 한다.',
      'The camps among the cliffs are joined by trails along the ridges. The mountain club wants to hand out rescue boxes, and to let every trail be walked one way only.',
    ),
    place: text('야영장', 'camp'),
    places: 'camps',
    link: text('오솔길', 'trail'),
    links: 'trails',
    post: text('구조 상자', 'rescue box'),
  },
]

/** Reads the graph into `neighbours`, in Python. */
const reading = `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m = data[:2]
    us = data[2::2]
    vs = data[3::2]
    neighbours = [[] for _ in range(n + 1)]
    for i in range(m):
        neighbours[us[i]].append(vs[i])
        neighbours[vs[i]].append(us[i])`

/** Of a checker: refuses what is not whole numbers written plainly, or more than any right output needs. */
const checkerStart = `
import re
import sys


def refuse():
    sys.exit(43)


def whole(token):
    if re.fullmatch(rb"-?[0-9]{1,9}", token) is None:
        refuse()
    return int(token)


with open(sys.argv[1], "rb") as file:
    data = list(map(int, file.read().split()))
with open(sys.argv[2], "rb") as file:
    answer = file.read().split()
n, m = data[:2]
edges = list(zip(data[2::2], data[3::2]))
most = 2000 + 40 * (n + m)
output = sys.stdin.buffer.read(most + 1)
if len(output) > most:
    refuse()
tokens = output.split()`

const layers = program(
  text(
    '1번에서 너비 우선 탐색을 하여 거리가 짝수인 정점과 홀수인 정점으로 나누면, 어느 쪽이든 다른 쪽 모두와 이웃한다. 적은 쪽을 고른다.',
    'Breadth-first search from 1 splits the vertices by the parity of their distance; each part is next to all of the other, so take the smaller one.',
  ),
  'O(N + M)',
  `${reading}
    depth = [-1] * (n + 1)
    depth[1] = 0
    queue = [1]
    for u in queue:
        for v in neighbours[u]:
            if depth[v] < 0:
                depth[v] = depth[u] + 1
                queue.append(v)
    chosen = [v for v in queue if depth[v] % 2 == 0]
    if 2 * len(chosen) > n:
        chosen = [v for v in queue if depth[v] % 2 == 1]
    print(len(chosen))
    print(*chosen)


main()
`,
)

const spanningTree = program(
  text(
    '신장 트리 밖의 간선은 아무 방향으로나 정한다. 트리를 잎부터 거슬러 올라가며, 부모로 가는 간선의 방향으로 각 정점의 짝수를 맞춘다. 뿌리는 간선의 수가 짝수일 때 저절로 맞는다.',
    'Direct the edges outside a spanning tree at will. Going up the tree from its leaves, the edge to the parent puts each vertex right; the root comes out right just when the number of edges is even.',
  ),
  'O(N + M)',
  `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m = data[:2]
    us = data[2::2]
    vs = data[3::2]
    incident = [[] for _ in range(n + 1)]
    for i in range(m):
        incident[us[i]].append(i)
        incident[vs[i]].append(i)
    if m % 2 == 1:
        print(-1)
        return
    link = [-1] * (n + 1)
    reached = [False] * (n + 1)
    reached[1] = True
    order = [1]
    for u in order:
        for i in incident[u]:
            v = us[i] + vs[i] - u
            if not reached[v]:
                reached[v] = True
                link[v] = i
                order.append(v)
    in_tree = [False] * m
    for v in order[1:]:
        in_tree[link[v]] = True
    start = us[:]
    odd = [0] * (n + 1)
    for i in range(m):
        if not in_tree[i]:
            odd[us[i]] ^= 1
    for v in reversed(order[1:]):
        i = link[v]
        start[i] = v if odd[v] else us[i] + vs[i] - v
        odd[start[i]] ^= 1
    print("\\n".join(f"{start[i]} {us[i] + vs[i] - start[i]}" for i in range(m)))


main()
`,
)

const tasks = {
  medium: {
    asked: ({ place, places, link, post }) =>
      text(
        `${post.ko}을(를) 둘 ${place.ko}을(를) 고르려고 한다. 고른 ${place.ko}의 수는 전체 N곳의 절반을 넘지 않아야 하고, 고르지 않은 ${place.ko}은(는) 모두 고른 ${place.ko} 가운데 적어도 하나와 ${link.ko} 하나로 바로 이어져 있어야 한다. 이렇게 고르는 방법은 언제나 있다. 그런 방법을 하나 구하시오. 방법이 여럿이면 어느 것이든 맞다.`,
        `Choose the ${places} that get a ${post.en}: no more than half of the N ${places}, and such that every ${place.en} which is not chosen is joined by a single ${link.en} to at least one that is. There is always a way to do so. Find one; when there are several, each of them is right.`,
      ),
    output: ({ place, places }) =>
      text(
        `첫 줄에 고른 ${place.ko}의 수를, 다음 줄에 고른 ${place.ko}의 번호를 공백으로 나누어 아무 순서로나 출력한다.`,
        `On the first line print how many ${places} you choose, on the next line their numbers in any order, separated by blanks.`,
      ),
    solve: ({ n, edges }) => {
      const order = searchFromOne(n, edges)
      const even = order.filter(({ depth }) => depth % 2 === 0)
      const chosen = 2 * even.length > n ? order.filter(({ depth }) => depth % 2 === 1) : even
      return lines(
        [chosen.length],
        chosen.map(({ vertex }) => vertex),
      ).trimEnd()
    },
    reference: layers,
    bruteForce: program(
      text('적은 수부터 모든 고르는 방법을 시험한다.', 'Try all choices, smaller ones first.'),
      'O(2^N * (N + M))',
      `
import sys
from itertools import combinations

data = list(map(int, sys.stdin.read().split()))
n, m = data[:2]
around = [{v} for v in range(n + 1)]
for i in range(m):
    u, v = data[2 + 2 * i:4 + 2 * i]
    around[u].add(v)
    around[v].add(u)


def search():
    for size in range(1, n // 2 + 1):
        for chosen in combinations(range(1, n + 1), size):
            if all(around[v].intersection(chosen) for v in range(1, n + 1)):
                return chosen


found = search()
print(len(found))
print(*found)
`,
    ),
    wrong: [
      edited(
        text(
          '거리가 짝수인 쪽이 언제나 절반 이하라고 여긴다.',
          'Takes the vertices at even distance, as if they were never more than half.',
        ),
        layers,
        ['2 * len(chosen) > n', 'not chosen'],
      ),
      decoy(
        text(
          '번호 순서대로 보면서 아직 이웃에 고른 것이 없으면 고른다. 절반을 넘을 수 있다.',
          'Goes through the numbers and chooses what has no chosen neighbour yet; that may be more than half.',
        ),
        `${reading}
    covered = [False] * (n + 1)
    chosen = []
    for v in range(1, n + 1):
        if not covered[v]:
            chosen.append(v)
            covered[v] = True
            for other in neighbours[v]:
                covered[other] = True
    print(len(chosen))
    print(*chosen)


main()
`,
      ),
      decoy(
        text(
          '정점을 둘씩 짝지어 짝마다 하나를 고르면 된다고 여긴다. 짝이 없는 정점을 놓친다.',
          'Pairs up neighbours and chooses one of each pair; vertices without a partner are forgotten.',
        ),
        `${reading}
    paired = [False] * (n + 1)
    chosen = []
    for i in range(m):
        if not paired[us[i]] and not paired[vs[i]]:
            paired[us[i]] = paired[vs[i]] = True
            chosen.append(us[i])
    print(len(chosen))
    print(*chosen)


main()
`,
      ),
      decoy(
        text(
          '막다른 곳은 고를 필요가 없으니 나머지를 모두 고른다.',
          'Chooses everything but the dead ends, however much that is.',
        ),
        `${reading}
    chosen = [v for v in range(1, n + 1) if len(neighbours[v]) > 1] or [1]
    print(len(chosen))
    print(*chosen)


main()
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '모두 고른 데서 시작하여 하나씩 빼 보며 그때마다 전부를 다시 확인하고, 남은 것과 뺀 것 가운데 적은 쪽을 답한다.',
          'Starts with all and takes away one after another, checking everything anew each time; answers with the smaller of what is left and what was taken away.',
        ),
        `${reading}
    kept = [True] * (n + 1)
    for v in range(1, n + 1):
        kept[v] = False
        for u in range(1, n + 1):
            if not kept[u] and not any(kept[w] for w in neighbours[u]):
                kept[v] = True
    chosen = [v for v in range(1, n + 1) if kept[v]]
    if 2 * len(chosen) > n:
        chosen = [v for v in range(1, n + 1) if not kept[v]]
    print(len(chosen))
    print(*chosen)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '모두 고른 데서 시작하여, 자신과 이웃이 모두 다른 고른 정점의 보호를 받으면 뺀다. 더 뺄 수 없을 때 남은 것도, 뺀 것도 조건을 만족하므로 적은 쪽을 출력한다.',
        'Start with everything chosen and drop a vertex while it and its neighbours are all covered by others. In the end both what is left and what was dropped will do; print the smaller.',
      ),
      'O(N + M)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m;
    if (scanf("%d %d", &n, &m) != 2) return 1;
    vector<vector<int>> near(n);
    for (int i = 0; i < m; i++) {
        int u, v;
        if (scanf("%d %d", &u, &v) != 2) return 1;
        near[u - 1].push_back(v - 1);
        near[v - 1].push_back(u - 1);
    }
    vector<int> covers(n);
    vector<char> kept(n, 1);
    for (int v = 0; v < n; v++) covers[v] = (int)near[v].size() + 1;
    for (int v = n - 1; v >= 0; v--) {
        bool free = covers[v] >= 2;
        for (int u : near[v]) free = free && covers[u] >= 2;
        if (!free) continue;
        kept[v] = 0;
        covers[v]--;
        for (int u : near[v]) covers[u]--;
    }
    vector<int> parts[2];
    for (int v = 0; v < n; v++) parts[(int)kept[v]].push_back(v + 1);
    const vector<int>& part = parts[0].size() < parts[1].size() ? parts[0] : parts[1];
    printf("%d\\n", (int)part.size());
    for (int v : part) printf("%d ", v);
    puts("");
}
`,
    ),
  },
  hard: {
    asked: ({ place, link, links }) =>
      text(
        `모든 ${link.ko}을(를) 일방통행으로 바꾸려고 한다. 어느 ${place.ko}에서나 그곳에서 나가는 방향인 ${link.ko}의 수가 짝수가 되도록 ${link.ko}의 방향을 정하시오. 하나도 없는 것도 짝수이다. 방법이 여럿이면 어느 것이든 맞다. 그런 방법이 없을 수도 있다.`,
        `All ${links} are to become one-way. Choose their directions such that from every ${place.en} an even number of ${links} leads away; none at all is even, too. When there are several ways, each of them is right; there may also be none.`,
      ),
    output: ({ place, link, links }) =>
      text(
        `주어진 순서대로 ${link.ko}마다 한 줄에 나가는 ${place.ko}의 번호와 들어가는 ${place.ko}의 번호를 출력한다. 방법이 없으면 첫 줄에 -1만 출력한다.`,
        `For each of the ${links}, in the order given, print a line with the number of the ${place.en} it leads away from and the number of the ${place.en} it leads to. Print only -1 when there is no way.`,
      ),
    solve: evenDirections,
    reference: spanningTree,
    bruteForce: program(
      text('모든 방향을 하나하나 시험한다.', 'Try all directions of all edges.'),
      'O(2^M * (N + M))',
      `
import sys
from itertools import product

data = list(map(int, sys.stdin.read().split()))
n, m = data[:2]
edges = [data[2 + 2 * i:4 + 2 * i] for i in range(m)]


def search():
    for turned in product((0, 1), repeat=m):
        odd = [0] * (n + 1)
        for edge, side in zip(edges, turned):
            odd[edge[side]] ^= 1
        if 1 not in odd:
            return [(edge[side], edge[1 - side]) for edge, side in zip(edges, turned)]
    return [(-1,)]


for row in search():
    print(*row)
`,
    ),
    wrong: [
      edited(text('방법이 언제나 있다고 여긴다.', 'Believes that there always is a way.'), spanningTree, [
        'm % 2 == 1',
        'm == 0',
      ]),
      edited(
        text(
          '간선이 홀수 개 이어진 정점이 있으면 방법이 없다고 여긴다.',
          'Believes that there is no way as soon as some vertex has an odd number of edges.',
        ),
        spanningTree,
        ['m % 2 == 1', 'any(len(edges) % 2 == 1 for edges in incident)'],
      ),
      decoy(
        text(
          '간선을 차례로 보며, 지금까지 나가는 수가 홀수인 끝에서 나가게 한다. 남는 것이 생긴다.',
          'Takes the edges in turn and lets each leave the end whose count is odd so far; something may be left over.',
        ),
        `${reading}
    if m % 2 == 1:
        print(-1)
        return
    odd = [0] * (n + 1)
    rows = []
    for i in range(m):
        u, v = us[i], vs[i]
        if odd[v] and not odd[u]:
            u, v = v, u
        odd[u] ^= 1
        rows.append(f"{u} {v}")
    print("\\n".join(rows))


main()
`,
      ),
      edited(
        text(
          '트리의 정점을 잎부터가 아니라 번호가 큰 것부터 맞춘다.',
          'Puts the vertices of the tree right by falling number instead of leaves first.',
        ),
        spanningTree,
        ['for v in reversed(order[1:]):', 'for v in range(n, 1, -1):'],
      ),
    ],
    slow: [
      decoy(
        text(
          '아무 방향으로나 시작하여, 홀수인 두 정점 사이의 경로를 뒤집는 일을 되풀이한다. 그때마다 전체를 탐색한다.',
          'Starts with any directions and turns a path between two odd vertices around, again and again; each path costs a search of everything.',
        ),
        `${reading}
    if m % 2 == 1:
        print(-1)
        return
    start = {}
    odd = [0] * (n + 1)
    for i in range(m):
        start[min(us[i], vs[i]), max(us[i], vs[i])] = us[i]
        odd[us[i]] ^= 1
    while 1 in odd:
        first = odd.index(1)
        last = n - odd[::-1].index(1)
        before = [0] * (n + 1)
        before[first] = first
        queue = [first]
        for u in queue:
            for v in neighbours[u]:
                if before[v] == 0:
                    before[v] = u
                    queue.append(v)
        v = last
        while v != first:
            u = before[v]
            key = (min(u, v), max(u, v))
            start[key] = u + v - start[key]
            v = u
        odd[first] = odd[last] = 0
    for i in range(m):
        u = start[min(us[i], vs[i]), max(us[i], vs[i])]
        print(u, us[i] + vs[i] - u)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '유니온 파인드로 신장 트리를 고르고 나머지 간선은 적힌 대로 둔다. 트리의 잎을 하나씩 떼어 내며, 마지막 남은 간선의 방향으로 그 잎의 짝수를 맞춘다.',
        'Union-find picks a spanning tree; the other edges stay as written. Leaves are peeled off the tree one by one, each put right by the direction of its last edge.',
      ),
      'O(N + M log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m;
    if (scanf("%d %d", &n, &m) != 2) return 1;
    vector<int> from(m), to(m), root(n + 1), odd(n + 1), degree(n + 1), joined(n + 1);
    iota(root.begin(), root.end(), 0);
    auto find = [&](int v) {
        while (root[v] != v) v = root[v] = root[root[v]];
        return v;
    };
    vector<char> isTree(m);
    for (int i = 0; i < m; i++) {
        if (scanf("%d %d", &from[i], &to[i]) != 2) return 1;
        int a = find(from[i]), b = find(to[i]);
        if (a != b) {
            root[a] = b;
            isTree[i] = 1;
            // The exclusive or of a vertex's tree edges is the last one when it has become a leaf.
            for (int v : {from[i], to[i]}) degree[v]++, joined[v] ^= i;
        } else {
            odd[from[i]] ^= 1;
        }
    }
    if (m % 2 == 1) {
        puts("-1");
        return 0;
    }
    vector<int> leaves;
    for (int v = 1; v <= n; v++) if (degree[v] == 1) leaves.push_back(v);
    while (!leaves.empty()) {
        int v = leaves.back();
        leaves.pop_back();
        if (degree[v] != 1) continue;
        int i = joined[v], other = from[i] ^ to[i] ^ v;
        from[i] = odd[v] ? v : other;
        to[i] = odd[v] ? other : v;
        odd[from[i]] ^= 1;
        degree[v]--;
        joined[other] ^= i;
        if (--degree[other] == 1) leaves.push_back(other);
    }
    for (int i = 0; i < m; i++) printf("%d %d\\n", from[i], to[i]);
}
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

const checkers = {
  medium: program(
    text(
      '고른 수와 번호를 읽고, 절반 이하인지와 나머지가 모두 이웃인지를 확인한다.',
      'Reads how many and which are chosen, and checks that they are at most half and next to all others.',
    ),
    'O(N + M)',
    `${checkerStart}
if not tokens:
    refuse()
size = whole(tokens[0])
if not 1 <= size <= n // 2 or len(tokens) != size + 1:
    refuse()
chosen = set(map(whole, tokens[1:]))
if len(chosen) != size or min(chosen) < 1 or max(chosen) > n:
    refuse()
covered = set(chosen)
for u, v in edges:
    if u in chosen:
        covered.add(v)
    if v in chosen:
        covered.add(u)
sys.exit(42 if len(covered) == n else 43)
`,
  ),
  hard: program(
    text(
      '간선마다 같은 두 끝을 잇는지와, 어느 정점에서나 나가는 수가 짝수인지를 확인한다. 방법이 있는지는 간선의 수로 안다.',
      'Checks that each edge joins the same two ends and that an even number leaves every vertex. Whether there is a way is known from the answer.',
    ),
    'O(N + M)',
    `${checkerStart}
if answer == [b"-1"]:
    sys.exit(42 if tokens == answer else 43)
if len(tokens) != 2 * m:
    refuse()
odd = [0] * (n + 1)
for i, edge in enumerate(edges):
    u = whole(tokens[2 * i])
    v = whole(tokens[2 * i + 1])
    if (u, v) != edge and (v, u) != edge:
        refuse()
    odd[u] ^= 1
sys.exit(43 if 1 in odd else 42)
`,
  ),
}

export const crossingGuards: Blueprint = {
  id: 'crossing-guards',
  topics: ['constructive'],
  words: ['안내원', '박물관', '감지기', '야영장', 'fog', 'museum', 'sensor', 'night watch', 'one-way', '일방통행'],
  drafts: { medium: (random) => draft('medium', random), hard: (random) => draft('hard', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = { MAX_N: random.integer(30, 40) * 1000, MAX_M: random.integer(25, 30) * 2000 }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(scene)),
    comparison: { kind: 'checker', checker: checkers[level] },
    input: [
      line(integer('N', 2, bounds.MAX_N), integer('M', 'N-1', `min(N*(N-1)/2, ${bounds.MAX_M})`)),
      {
        kind: 'graph',
        name: 'E',
        vertices: 'N',
        edges: 'M',
        directed: false,
        connected: true,
        simple: true,
        acyclic: false,
      },
    ],
    samples: varied(
      () => sample(level, random, 6, 6),
      () => sample(level, random, 5, 7),
      () => sample(level, random, 4, 4),
    ),
    illegalInputs: [
      illegal('4 3\n1 2\n2 3\n1 3\n', '4번 정점이 이어져 있지 않다.', 'Vertex 4 is not connected.'),
      illegal('3 3\n1 2\n2 3\n2 1\n', '같은 두 정점이 두 번 이어져 있다.', 'The same two vertices are joined twice.'),
      illegal('3 3\n1 2\n2 3\n3 3\n', '정점이 자기 자신과 이어져 있다.', 'A vertex is joined to itself.'),
      illegal('3 2\n1 2\n2 4\n', '정점 번호가 N보다 크다.', 'A vertex number is greater than N.'),
      illegal('1 0\n', 'N이 하한보다 작다.', 'The value N is below its lower bound.'),
    ],
    generator: {
      strategies: [
        strategy('random-town', 'random', '크기가 다양한 무작위 그래프', 'random graphs of many sizes'),
        strategy(
          'edge-star',
          'edge',
          '1번이 잎인 별 모양과 짧은 길',
          'stars and short paths in which vertex 1 is a leaf',
        ),
        strategy('maximum-town', 'maximum', '가장 큰 무작위 그래프', 'a random graph of the largest size'),
        strategy(
          'adversarial-caterpillar',
          'adversarial',
          '긴 경로에 번호가 작은 잎이 많이 달린 트리와 약간의 간선',
          'a long path with many leaves of small numbers, and a few more edges',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ place, places, link, links }: Scene): Text {
  return text(
    `1번부터 N번까지 번호가 붙은 ${place.ko} N곳과, 서로 다른 두 ${place.ko}을(를) 잇는 ${link.ko} M개의 목록 E가 주어진다. ${link.ko}을(를) 따라가면 어느 ${place.ko}에서든 다른 모든 ${place.ko}(으)로 갈 수 있고, 같은 두 ${place.ko}을(를) 잇는 ${link.ko}은(는) 많아야 하나이다.`,
    `There are N ${places}, numbered from 1 to N, and a list E of M ${links}, each joining two different ${places}. Along the ${links} every ${place.en} can be reached from every other one, and at most one ${link.en} joins the same two ${places}.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, m: number): Sample {
  const label = random.shuffle(Array.from({ length: n }, (_, index) => index + 1))
  const tree = label.slice(1).map((child, index): [number, number] => [random.pick(label.slice(0, index + 1)), child])
  const others = label
    .flatMap((u, index) => label.slice(0, index).map((v): [number, number] => [u, v]))
    .filter(([u, v]) => !tree.some((edge) => edge.includes(u) && edge.includes(v)))
  const edges = random.shuffle([...tree, ...random.shuffle(others).slice(0, m - tree.length)])
  return { input: lines([n, m], ...edges), output: lines([tasks[level].solve({ n, edges })]) }
}

/** The vertices in the order of a breadth-first search from vertex 1, each with its distance and the edge it was reached by. */
function searchFromOne(n: number, edges: Case['edges']): { vertex: number; depth: number; edge: number }[] {
  const found = [{ vertex: 1, depth: 0, edge: -1 }]
  for (const { vertex, depth } of found) {
    edges.forEach(([u, v], edge) => {
      const other = u === vertex ? v : v === vertex ? u : undefined
      const isNew = other !== undefined && found.length < n && found.every((one) => one.vertex !== other)
      if (isNew) found.push({ vertex: other, depth: depth + 1, edge })
    })
  }
  return found
}

function evenDirections({ n, edges }: Case): string {
  if (edges.length % 2 === 1) return '-1'
  const search = searchFromOne(n, edges)
  const start = edges.map(([u]) => u)
  const done = edges.map((_, index) => search.every(({ edge }) => edge !== index))
  for (const { vertex, edge } of search.slice(1).toReversed()) {
    const odd = start.filter((from, index) => done[index] === true && from === vertex).length % 2 === 1
    const [u, v] = edges[edge] ?? [0, 0]
    start[edge] = odd ? vertex : u + v - vertex
    done[edge] = true
  }
  return edges.map(([u, v], index) => `${start[index] ?? u} ${u + v - (start[index] ?? u)}`).join('\n')
}

const generatorBody = `

def add_random_edges(n, m, edges):
    seen = set(edges) | set((v, u) for u, v in edges)
    while len(edges) < m:
        u = rng.randint(1, n)
        v = rng.randint(1, n)
        if u != v and (u, v) not in seen:
            seen.add((u, v))
            seen.add((v, u))
            edges.append((u, v))


def random_tree(label, reach):
    return [(label[rng.randint(max(0, i - reach), i - 1)], label[i]) for i in range(1, len(label))]


def build():
    if strategy == "random-town":
        n = rng.choice([rng.randint(5, 15), rng.randint(30, 300), rng.randint(MAX_N // 10, MAX_N // 2)])
        label = list(range(1, n + 1))
        rng.shuffle(label)
        edges = random_tree(label, rng.choice([2, n]))
        m = min(n * (n - 1) // 2, MAX_M, n + rng.randint(0, n // 2))
        add_random_edges(n, m, edges)
        return n, edges
    if strategy == "edge-star":
        n = rng.randint(2, 40)
        centre = rng.randint(2, n)
        if rng.random() < 0.5:
            return n, [(centre, v) for v in range(1, n + 1) if v != centre]
        rest = [v for v in range(1, n + 1)]
        rng.shuffle(rest)
        return n, list(zip(rest, rest[1:]))
    if strategy == "maximum-town":
        label = list(range(1, MAX_N + 1))
        rng.shuffle(label)
        edges = random_tree(label, MAX_N)
        add_random_edges(MAX_N, MAX_M, edges)
        return MAX_N, edges
    spine = MAX_N // 4
    label = list(range(1, MAX_N + 1))
    leaves = label[:MAX_N - spine]
    path = label[MAX_N - spine:]
    rng.shuffle(path)
    edges = random_tree(path, 1) + [(rng.choice(path), leaf) for leaf in leaves]
    add = rng.randint(0, spine // 50)
    add_random_edges(MAX_N, len(edges) + add + (len(edges) + add) % 2, edges)
    return MAX_N, edges


n, edges = build()
rng.shuffle(edges)
rows = [f"{n} {len(edges)}"]
rows.extend(f"{u} {v}" if rng.random() < 0.5 else f"{v} {u}" for u, v in edges)
print("\\n".join(rows))
`
