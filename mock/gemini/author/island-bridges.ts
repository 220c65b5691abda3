// Undirected weighted graph: where a vehicle can go (search), which pairs it joins (union-find), every pair's best load (Kruskal).
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
  vehicle: Text
  load: Text
}

/** The best load of every pair, row and column `v - 1` for vertex `v`; 0 where there is no way. */
interface Case {
  best: readonly (readonly number[])[]
  k: number
}

const scenes: readonly Scene[] = [
  {
    title: text('다리를 건너는 트럭', 'Trucks Across the Islands'),
    story: text(
      '섬과 섬을 잇는 다리들은 지어진 시기가 제각각이라 견딜 수 있는 무게도 서로 다르다. 군청은 짐을 실은 트럭이 어디까지 다닐 수 있는지 조사하려고 한다.',
      'The bridges between the islands were built in different decades, and not all of them can be trusted with the same weight. The county wants to know how far a loaded truck can travel.',
    ),
    place: text('섬', 'island'),
    places: 'islands',
    link: text('다리', 'bridge'),
    links: 'bridges',
    vehicle: text('트럭', 'truck'),
    load: text('무게', 'weight'),
  },
  {
    title: text('갱도를 지나는 광차', 'Carts in the Old Mine'),
    story: text(
      '오래된 광산에는 손으로 판 갱도가 얽혀 있다. 갱도마다 폭이 달라서 넓은 광차는 지나가지 못하는 곳이 많다. 새 광차를 들이기 전에 광산 지도를 살펴보아야 한다.',
      'The old mine is a maze of tunnels dug by hand. Their widths differ, and a broad cart gets stuck in many of them. Before new carts are bought, somebody has to study the map.',
    ),
    place: text('갱실', 'chamber'),
    places: 'chambers',
    link: text('갱도', 'tunnel'),
    links: 'tunnels',
    vehicle: text('광차', 'cart'),
    load: text('폭', 'width'),
  },
  {
    title: text('운하와 화물선', 'Barges on the Canals'),
    story: text(
      '평야의 도시들은 운하로 짐을 나른다. 운하마다 물의 깊이가 달라서, 물속에 잠기는 부분이 깊은 화물선은 얕은 운하에 들어갈 수 없다.',
      'The towns of the plain move their goods on canals. The water is not equally deep everywhere, and a barge that sits low in the water cannot enter a shallow canal.',
    ),
    place: text('도시', 'town'),
    places: 'towns',
    link: text('운하', 'canal'),
    links: 'canals',
    vehicle: text('화물선', 'barge'),
    load: text('흘수', 'draught'),
  },
]

const tasks = {
  easy: {
    asked: ({ place, places, vehicle, load }) =>
      text(
        `${load.ko}이(가) K인 ${vehicle.ko}이(가) 1번 ${place.ko}에서 출발한다. 이 ${vehicle.ko}이(가) 갈 수 있는 ${place.ko}의 수를 구하시오. 출발하는 1번 ${place.ko}도 센다.`,
        `A ${vehicle.en} of ${load.en} K starts at ${place.en} 1. Count the ${places} it can reach, including ${place.en} 1 itself.`,
      ),
    output: ({ place, places }) =>
      text(`갈 수 있는 ${place.ko}의 수를 출력한다.`, `Print the number of ${places} that can be reached.`),
    solve: ({ best, k }) => 1 + (best[0] ?? []).filter((load) => load >= k).length,
    reference: program(
      text(
        '한계가 K 이상인 연결만 남기고 1번에서 너비 우선 탐색을 한다.',
        'Breadth-first search from 1 over the links whose limit is at least K.',
      ),
      'O(N + M)',
      `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m, k = data[:3]
    neighbours = [[] for _ in range(n + 1)]
    for i in range(3, 3 + 3 * m, 3):
        u, v, w = data[i:i + 3]
        if w >= k:
            neighbours[u].append(v)
            neighbours[v].append(u)
    reached = [False] * (n + 1)
    reached[1] = True
    queue = [1]
    for u in queue:
        for v in neighbours[u]:
            if not reached[v]:
                reached[v] = True
                queue.append(v)
    print(len(queue))


main()
`,
    ),
    bruteForce: program(
      text(
        '더 늘어나지 않을 때까지 모든 연결을 되풀이해 살펴본다.',
        'Scan all links again and again until nothing new is reached.',
      ),
      'O(N * M)',
      `
import sys

tokens = list(map(int, sys.stdin.read().split()))
n, m, k = tokens[:3]
reached = [place == 1 for place in range(n + 1)]
changed = True
while changed:
    changed = False
    for i in range(m):
        u, v, w = tokens[3 + 3 * i:6 + 3 * i]
        if w >= k and reached[u] != reached[v]:
            reached[u] = reached[v] = True
            changed = True
print(sum(reached))
`,
    ),
  },
  medium: {
    asked: ({ place, places, vehicle, load }) =>
      text(
        `${load.ko}이(가) K인 ${vehicle.ko}(으)로 한쪽에서 다른 쪽까지 갈 수 있는, 서로 다른 두 ${place.ko}의 쌍은 모두 몇 개인지 구하시오. 다른 ${place.ko}을(를) 거쳐 가도 되며, 두 ${place.ko}의 순서는 구별하지 않는다.`,
        `Count the pairs of different ${places} such that a ${vehicle.en} of ${load.en} K can travel from one to the other, possibly through further ${places}. The order within a pair does not matter.`,
      ),
    output: () => text('조건을 만족하는 쌍의 수를 출력한다.', 'Print the number of such pairs.'),
    solve: ({ best, k }) => best.flatMap((row, u) => row.slice(0, u)).filter((load) => load >= k).length,
    reference: program(
      text(
        '한계가 K 이상인 연결의 두 끝을 유니온 파인드로 합치면서, 합쳐지는 두 집합의 크기의 곱을 더한다.',
        'Union-find over the links whose limit is at least K; every union adds the product of the two sizes.',
      ),
      'O((N + M) log N)',
      `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m, k = data[:3]
    parent = list(range(n + 1))
    size = [1] * (n + 1)

    def find(a):
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        return a

    pairs = 0
    for i in range(3, 3 + 3 * m, 3):
        if data[i + 2] >= k:
            a = find(data[i])
            b = find(data[i + 1])
            if a != b:
                pairs += size[a] * size[b]
                parent[b] = a
                size[a] += size[b]
    print(pairs)


main()
`,
    ),
    bruteForce: program(
      text(
        '거쳐 갈 곳을 하나씩 늘리며 모든 쌍이 이어지는지 따진다.',
        'Decide for every pair whether it is joined, one place on the way after another.',
      ),
      'O(N^3)',
      `
import sys

tokens = list(map(int, sys.stdin.read().split()))
n, m, k = tokens[:3]
joined = [[u == v for v in range(n)] for u in range(n)]
for i in range(m):
    u, v, w = tokens[3 + 3 * i:6 + 3 * i]
    if w >= k:
        joined[u - 1][v - 1] = joined[v - 1][u - 1] = True
for via in range(n):
    for u in range(n):
        for v in range(n):
            if joined[u][via] and joined[via][v]:
                joined[u][v] = True
print(sum(joined[u][v] for u in range(n) for v in range(u)))
`,
    ),
  },
  hard: {
    asked: ({ place, places, vehicle, load }) =>
      text(
        `서로 다른 두 ${place.ko}의 쌍마다, 한쪽에서 다른 쪽까지 갈 수 있는 ${vehicle.ko}의 가장 큰 ${load.ko}을(를) 그 쌍의 값이라고 하자. 다른 ${place.ko}을(를) 거쳐 가도 되며, 어떻게 해도 갈 수 없으면 값은 0이다. 모든 쌍의 값을 더한 결과를 구하시오. 두 ${place.ko}의 순서는 구별하지 않는다.`,
        `The value of a pair of different ${places} is the largest ${load.en} of a ${vehicle.en} that can travel from one to the other, possibly through further ${places}; it is 0 when there is no way at all. Find the sum of the values of all pairs. The order within a pair does not matter.`,
      ),
    output: () => text('모든 쌍의 값의 합을 출력한다.', 'Print the sum of the values of all pairs.'),
    solve: ({ best }) => best.flatMap((row, u) => row.slice(0, u)).reduce((sum, load) => sum + load, 0),
    reference: program(
      text(
        '연결을 한계가 큰 것부터 유니온 파인드로 합친다. 두 집합이 처음 만날 때 그 사이에 있는 모든 쌍의 값이 그 한계로 정해진다.',
        'Join the links from the largest limit down with union-find. When two sets meet, that limit is the value of every pair between them.',
      ),
      'O(M log M + N log N)',
      `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m = data[:2]
    parent = list(range(n + 1))
    size = [1] * (n + 1)

    def find(a):
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        return a

    us = data[2::3]
    vs = data[3::3]
    ws = data[4::3]
    total = 0
    for i in sorted(range(m), key=ws.__getitem__, reverse=True):
        a = find(us[i])
        b = find(vs[i])
        if a != b:
            total += ws[i] * size[a] * size[b]
            parent[b] = a
            size[a] += size[b]
    print(total)


main()
`,
    ),
    bruteForce: program(
      text(
        '거쳐 갈 곳을 하나씩 늘리며 모든 쌍의 값을 갱신한다.',
        'Widen the best value of every pair through one place after another.',
      ),
      'O(N^3)',
      `
import sys

tokens = list(map(int, sys.stdin.read().split()))
n, m = tokens[:2]
best = [[0] * n for _ in range(n)]
for i in range(m):
    u, v, w = tokens[2 + 3 * i:5 + 3 * i]
    best[u - 1][v - 1] = best[v - 1][u - 1] = w
for via in range(n):
    for u in range(n):
        for v in range(n):
            best[u][v] = max(best[u][v], min(best[u][via], best[via][v]))
print(sum(best[u][v] for u in range(n) for v in range(u)))
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  easy: {
    wrong: [
      edited(
        text('한계가 꼭 K이면 지나지 못한다고 여긴다.', 'Refuses a link whose limit is exactly K.'),
        tasks.easy.reference,
        ['w >= k', 'w > k'],
      ),
      edited(
        text('적힌 방향으로만 지나간다.', 'Uses a link only in the direction in which it is written.'),
        tasks.easy.reference,
        ['            neighbours[v].append(u)\n', ''],
      ),
      decoy(
        text('연결을 적힌 차례대로 한 번씩만 살펴본다.', 'Looks at every link just once, in the order given.'),
        `
import sys

data = list(map(int, sys.stdin.read().split()))
k = data[2]
reached = {1}
for u, v, w in zip(data[3::3], data[4::3], data[5::3]):
    if w >= k and (u in reached or v in reached):
        reached |= {u, v}
print(len(reached))
`,
      ),
      decoy(
        text('출발하는 곳과 바로 이어진 곳만 센다.', 'Counts only what is joined directly to the start.'),
        `
import sys

data = list(map(int, sys.stdin.read().split()))
print(1 + sum(w >= data[2] and 1 in (u, v) for u, v, w in zip(data[3::3], data[4::3], data[5::3])))
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '쓸 수 있는 연결의 두 끝을 유니온 파인드로 합치고, 1번과 같은 집합에 있는 것을 센다.',
        'Join the ends of the usable links with union-find and count the set of vertex 1.',
      ),
      'O((N + M) log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int root[5005];

int find(int a) { return root[a] == a ? a : root[a] = find(root[a]); }

int main() {
    int n, m, k;
    cin >> n >> m >> k;
    for (int v = 1; v <= n; v++) root[v] = v;
    while (m--) {
        int u, v, w;
        cin >> u >> v >> w;
        if (w >= k) root[find(u)] = find(v);
    }
    int reached = 0;
    for (int v = 1; v <= n; v++) reached += find(v) == find(1);
    cout << reached << "\\n";
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text('한계가 꼭 K이면 지나지 못한다고 여긴다.', 'Refuses a link whose limit is exactly K.'),
        tasks.medium.reference,
        ['data[i + 2] >= k', 'data[i + 2] > k'],
      ),
      decoy(
        text('바로 이어진 쌍만 센다.', 'Counts only the pairs that are joined directly.'),
        `
import sys

n, m, k, *edges = map(int, sys.stdin.read().split())
print(sum(w >= k for w in edges[2::3]))
`,
      ),
      edited(
        text('집합을 합칠 때 크기를 하나만 늘린다.', 'Adds only one to the size when two sets are joined.'),
        tasks.medium.reference,
        ['size[a] += size[b]', 'size[a] += 1'],
      ),
      edited(
        text('가장 큰 집합 안의 쌍만 센다.', 'Counts the pairs of the largest set only.'),
        tasks.medium.reference,
        ['    print(pairs)', '    print(max(size) * (max(size) - 1) // 2)'],
      ),
    ],
    slow: [
      decoy(
        text(
          '두 집합을 합칠 때마다 모든 정점을 훑어 번호를 다시 적는다.',
          'Goes through all vertices to rewrite their labels whenever two sets are joined.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n, m, k = data[:3]
label = list(range(n + 1))
for u, v, w in zip(data[3::3], data[4::3], data[5::3]):
    if w >= k and label[u] != label[v]:
        old, new = label[u], label[v]
        label = [new if one == old else one for one in label]
count = [0] * (n + 1)
for one in label[1:]:
    count[one] += 1
print(sum(c * (c - 1) // 2 for c in count))
`,
      ),
      decoy(
        text('모든 정점에서 한 번씩 탐색한다.', 'Searches once from every vertex.'),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n, m, k = data[:3]
near = [[] for _ in range(n + 1)]
for u, v, w in zip(data[3::3], data[4::3], data[5::3]):
    if w >= k:
        near[u].append(v)
        near[v].append(u)
total = 0
for start in range(1, n + 1):
    reached = {start}
    queue = [start]
    for u in queue:
        for v in near[u]:
            if v not in reached:
                reached.add(v)
                queue.append(v)
    total += len(queue) - 1
print(total // 2)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '쓸 수 있는 연결만으로 깊이 우선 탐색을 해, 이어진 덩어리마다 쌍의 수를 더한다.',
        'Depth-first search over the usable links; add up the pairs within every connected component.',
      ),
      'O(N + M)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m, k;
    scanf("%d %d %d", &n, &m, &k);
    vector<vector<int>> near(n + 1);
    while (m--) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        if (w < k) continue;
        near[u].push_back(v);
        near[v].push_back(u);
    }
    vector<bool> seen(n + 1);
    long long pairs = 0;
    for (int start = 1; start <= n; start++) {
        if (seen[start]) continue;
        long long members = 0;
        vector<int> stack = {start};
        seen[start] = true;
        while (!stack.empty()) {
            int u = stack.back();
            stack.pop_back();
            pairs += members++;
            for (int v : near[u]) {
                if (!seen[v]) {
                    seen[v] = true;
                    stack.push_back(v);
                }
            }
        }
    }
    printf("%lld\\n", pairs);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text('한계가 작은 연결부터 합친다.', 'Joins the links from the smallest limit up.'),
        tasks.hard.reference,
        [', reverse=True', ''],
      ),
      edited(text('연결을 적힌 차례대로 합친다.', 'Joins the links in the order given.'), tasks.hard.reference, [
        'sorted(range(m), key=ws.__getitem__, reverse=True)',
        'range(m)',
      ]),
      edited(
        text('집합을 합칠 때 크기를 하나만 늘린다.', 'Adds only one to the size when two sets are joined.'),
        tasks.hard.reference,
        ['size[a] += size[b]', 'size[a] += 1'],
      ),
      decoy(
        text('바로 이어진 쌍의 한계만 더한다.', 'Adds up the limits of directly joined pairs only.'),
        `
import sys

print(sum(map(int, sys.stdin.read().split()[4::3])))
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '한계가 큰 연결부터 합치되, 합칠 때마다 모든 정점을 훑어 번호를 다시 적는다.',
          'Joins from the largest limit down, but goes through all vertices to rewrite their labels each time.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n, m = data[:2]
label = list(range(n + 1))
size = [1] * (n + 1)
total = 0
for w, u, v in sorted(zip(data[4::3], data[2::3], data[3::3]), reverse=True):
    old, new = label[u], label[v]
    if old != new:
        total += w * size[old] * size[new]
        size[new] += size[old]
        label = [new if one == old else one for one in label]
print(total)
`,
      ),
      decoy(
        text(
          '최대 신장 트리를 만든 다음, 모든 정점에서 한 번씩 탐색하며 지나온 가장 작은 한계를 더한다.',
          'Builds a maximum spanning tree, then searches it once from every vertex and adds up the smallest limits met.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n, m = data[:2]
parent = list(range(n + 1))
near = [[] for _ in range(n + 1)]
for w, u, v in sorted(zip(data[4::3], data[2::3], data[3::3]), reverse=True):
    a, b = u, v
    while parent[a] != a:
        parent[a] = a = parent[parent[a]]
    while parent[b] != b:
        parent[b] = b = parent[parent[b]]
    if a != b:
        parent[a] = b
        near[u].append((v, w))
        near[v].append((u, w))
total = 0
for start in range(1, n + 1):
    stack = [(start, 0, 10 ** 9)]
    while stack:
        u, before, least = stack.pop()
        for v, w in near[u]:
            if v != before:
                total += min(least, w)
                stack.append((v, u, min(least, w)))
print(total // 2)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '연결을 한계가 큰 것부터 보면서, 작은 덩어리의 구성원을 큰 덩어리로 옮겨 적는다.',
        'From the largest limit down, move the members of the smaller group into the larger one.',
      ),
      'O(M log M + N log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m;
    scanf("%d %d", &n, &m);
    vector<array<int, 3>> links(m);
    for (auto &[w, u, v] : links) scanf("%d %d %d", &u, &v, &w);
    sort(links.rbegin(), links.rend());
    vector<int> group(n + 1);
    vector<vector<int>> members(n + 1);
    for (int v = 1; v <= n; v++) {
        group[v] = v;
        members[v] = {v};
    }
    long long total = 0;
    for (auto [w, u, v] : links) {
        int small = group[u], large = group[v];
        if (small == large) continue;
        if (members[small].size() > members[large].size()) swap(small, large);
        total += (long long)w * members[small].size() * members[large].size();
        for (int one : members[small]) {
            group[one] = large;
            members[large].push_back(one);
        }
        members[small].clear();
    }
    printf("%lld\\n", total);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const islandBridges: Blueprint = {
  id: 'island-bridges',
  topics: ['graph'],
  words: ['섬', '다리', '갱도', '운하', 'island', 'bridge', 'tunnel', 'canal', 'union-find', '유니온'],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const hasVehicle = level !== 'hard'
  const bounds = {
    MAX_N: level === 'easy' ? random.integer(3, 10) * 100 : random.integer(40, 50) * 1000,
    MAX_M: level === 'easy' ? random.integer(12, 20) * 100 : random.integer(55, 60) * 1000,
    MAX_W: random.pick([10_000, 100_000, 500_000]),
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...contenders[level] }, scene, given(scene)),
    input: [
      line(
        integer('N', 1, bounds.MAX_N),
        integer('M', 0, `min(N*(N-1)/2, ${bounds.MAX_M})`),
        ...(hasVehicle ? [integer('K', 1, bounds.MAX_W)] : []),
      ),
      {
        kind: 'graph',
        name: 'E',
        vertices: 'N',
        edges: 'M',
        directed: false,
        connected: false,
        simple: true,
        acyclic: false,
        weight_min: '1',
        weight_max: String(bounds.MAX_W),
      },
    ],
    samples: varied(
      () => sample(level, random, 5, 5),
      () => sample(level, random, 6, 8),
    ),
    illegalInputs: illegalInputs(hasVehicle ? ' 3' : '', bounds.MAX_W),
    generator: {
      strategies: [
        strategy('random-sparse', 'random', '크기가 다양한 성긴 그래프', 'sparse graphs of many sizes'),
        strategy('edge-star', 'edge', '한계의 종류가 몇 가지뿐인 별 모양', 'a star whose limits take few values'),
        strategy('maximum-random', 'maximum', '가장 큰 무작위 그래프', 'a random graph of the largest size'),
        strategy(
          'adversarial-path',
          'adversarial',
          '번호가 뒤섞인 긴 경로와 약간의 지름길',
          'a long path with shuffled numbers and a few shortcuts',
        ),
      ],
      code: generatorCode({ ...bounds, HAS_K: hasVehicle ? 1 : 0 }, generatorBody),
    },
  }
}

function given({ place, places, link, links, vehicle, load }: Scene): Text {
  return text(
    `1번부터 N번까지 번호가 붙은 ${place.ko} N개와, 서로 다른 두 ${place.ko}을(를) 양방향으로 잇는 ${link.ko} M개의 목록 E가 주어진다. E의 각 줄은 어느 두 ${place.ko}을(를) 잇는지와 그 ${link.ko}의 한계 w를 나타내며, ${load.ko}이(가) w 이하인 ${vehicle.ko}만 그 ${link.ko}을(를) 지날 수 있다. 같은 두 ${place.ko}을(를) 잇는 ${link.ko}은(는) 많아야 하나이다.`,
    `There are N ${places}, numbered from 1 to N, and a list E of M ${links}, each joining two different ${places} in both directions. A line of E names the two ${places} and the limit w of the ${link.en}: only a ${vehicle.en} whose ${load.en} is at most w may use it. At most one ${link.en} joins the same two ${places}.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, m: number): Sample {
  const pairs = Array.from({ length: n }, (_, u) => Array.from({ length: u }, (_, v) => [v, u])).flat()
  const edges = random.shuffle(pairs).slice(0, m)
  const loads = random.integers(m, 1, 9)
  const k = random.integer(3, 6)
  let best = Array.from({ length: n }, () => Array.from({ length: n }, () => 0))
  edges.forEach(([u = 0, v = 0], index) => {
    for (const [from, to] of [[u, v] as const, [v, u] as const]) best[from]?.splice(to, 1, loads[index] ?? 0)
  })
  for (let via = 0; via < n; via += 1) {
    best = best.map((row, u) =>
      row.map((load, v) => (u === v ? 0 : Math.max(load, Math.min(row[via] ?? 0, best[via]?.[v] ?? 0)))),
    )
  }
  return {
    input: lines(
      level === 'hard' ? [n, m] : [n, m, k],
      ...edges.map(([u = 0, v = 0], index) => [u + 1, v + 1, loads[index] ?? 0]),
    ),
    output: lines([tasks[level].solve({ best, k })]),
  }
}

function illegalInputs(vehicle: string, maxLoad: number): Draft['illegalInputs'] {
  return [
    illegal(
      `3 2${vehicle}\n1 2 5\n2 1 4\n`,
      '같은 두 정점이 두 번 이어져 있다.',
      'The same two vertices are joined twice.',
    ),
    illegal(`3 1${vehicle}\n2 2 5\n`, '정점이 자기 자신과 이어져 있다.', 'A vertex is joined to itself.'),
    illegal(`3 1${vehicle}\n1 4 5\n`, '정점 번호가 N보다 크다.', 'A vertex number is greater than N.'),
    illegal(`2 1${vehicle}\n1 2 ${maxLoad + 1}\n`, 'w가 상한보다 크다.', 'The value w is above its upper bound.'),
    illegal(`3 2${vehicle}\n1 2 5\n`, '간선이 M개보다 적다.', 'There are fewer than M edges.'),
  ]
}

const generatorBody = `

def add_random_edges(n, m, edges, seen):
    while len(edges) < m:
        u = rng.randint(1, n)
        v = rng.randint(1, n)
        key = min(u, v) * n + max(u, v)
        if u != v and key not in seen:
            seen.add(key)
            edges.append((u, v))


def build():
    edges = []
    if strategy == "random-sparse":
        n = rng.choice([rng.randint(4, 12), rng.randint(20, 200), rng.randint(MAX_N // 10, MAX_N // 2)])
        m = min(n * (n - 1) // 2, MAX_M, n * rng.randint(2, 6) // 3)
        add_random_edges(n, m, edges, set())
        return n, edges, [rng.randint(1, MAX_W) for _ in edges]
    if strategy == "edge-star":
        n = rng.randint(10, 60)
        centre = rng.randint(1, n)
        edges = [(centre, v) for v in range(1, n + 1) if v != centre]
        rng.shuffle(edges)
        few = [1, MAX_W // 2, MAX_W // 2 + 1, MAX_W]
        return n, edges, [rng.choice(few) for _ in edges]
    if strategy == "maximum-random":
        add_random_edges(MAX_N, MAX_M, edges, set())
        return MAX_N, edges, [rng.randint(1, MAX_W) for _ in edges]
    label = list(range(1, MAX_N + 1))
    rng.shuffle(label)
    edges = list(zip(label, label[1:]))
    seen = set(min(u, v) * MAX_N + max(u, v) for u, v in edges)
    add_random_edges(MAX_N, len(edges) + MAX_N // 100, edges, seen)
    return MAX_N, edges, [MAX_W if rng.random() < 0.999 else rng.randint(1, MAX_W) for _ in edges]


n, edges, weights = build()
first = [n, len(edges)]
if HAS_K:
    first.append(rng.randint(MAX_W // 4, MAX_W // 2) if strategy == "maximum-random" else rng.choice(weights))
rows = [" ".join(map(str, first))]
rows.extend(f"{u} {v} {w}" for (u, v), w in zip(edges, weights))
print("\\n".join(rows))
`
