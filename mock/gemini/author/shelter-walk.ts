// Connected unweighted graph and a set of sources: distance to the nearest one, and who serves whom (search from many sources).
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
  road: Text
  roads: string
  shelter: Text
  shelters: string
}

/** Distance from every source (outer) to every place (inner); sources in the order of their numbers. */
type Case = readonly (readonly number[])[]

const scenes: readonly Scene[] = [
  {
    title: text('지진 대피소', 'Earthquake Shelters'),
    story: text(
      '지진이 잦은 도시에서 대피 훈련이 열린다. 시청은 시민들이 가까운 대피소까지 얼마나 움직여야 하는지 알고 싶다. 길마다 지나는 데 걸리는 시간은 같다.',
      'A city that knows earthquakes well is holding a drill. The town hall wants to know how far the citizens have to walk to a shelter nearby. All streets take the same time to walk.',
    ),
    place: text('교차로', 'crossing'),
    places: 'crossings',
    road: text('길', 'street'),
    roads: 'streets',
    shelter: text('대피소', 'shelter'),
    shelters: 'shelters',
  },
  {
    title: text('섬마을의 우물', 'Wells of the Village'),
    story: text(
      '가뭄이 든 섬마을에는 물이 나오는 우물이 몇 군데밖에 없다. 마을 회의에서는 집집마다 물을 길으러 얼마나 멀리 가야 하는지 조사하기로 했다. 오솔길은 모두 길이가 같다.',
      'In a village struck by drought only a few wells still give water. The council has decided to find out how far people have to walk for it. All paths have the same length.',
    ),
    place: text('집', 'house'),
    places: 'houses',
    road: text('오솔길', 'path'),
    roads: 'paths',
    shelter: text('우물', 'well'),
    shelters: 'wells',
  },
  {
    title: text('우주 정거장의 산소실', 'Oxygen on the Space Station'),
    story: text(
      '커다란 우주 정거장은 수많은 모듈로 이루어져 있고, 그 가운데 몇 곳에 산소실이 있다. 승무원들은 비상시에 산소실까지 얼마나 빨리 갈 수 있는지 점검하려고 한다. 통로를 지나는 시간은 모두 같다.',
      'A large space station is made of many modules, a few of which hold an oxygen room. The crew wants to check how quickly such a room can be reached in an emergency. All corridors take the same time to cross.',
    ),
    place: text('모듈', 'module'),
    places: 'modules',
    road: text('통로', 'corridor'),
    roads: 'corridors',
    shelter: text('산소실', 'oxygen room'),
    shelters: 'oxygen rooms',
  },
]

const tasks = {
  easy: {
    asked: ({ place, road, roads, shelter, shelters }) =>
      text(
        `${place.ko}마다 가장 가까운 ${shelter.ko}까지 가려면 ${road.ko}을(를) 적어도 몇 개 지나야 하는지를 그 ${place.ko}의 거리라고 하자. ${shelter.ko}이(가) 있는 ${place.ko}의 거리는 0이다. 가장 큰 거리를 구하시오.`,
        `The distance of a ${place.en} is the least number of ${roads} on a way from there to any of the ${shelters}; it is 0 where there is one. Find the greatest distance.`,
      ),
    output: () => text('가장 큰 거리를 출력한다.', 'Print the greatest distance.'),
    solve: (distances) => Math.max(...nearest(distances).map(({ distance }) => distance)),
    reference: program(
      text(
        '모든 시작점을 한꺼번에 큐에 넣고 너비 우선 탐색을 한다.',
        'Breadth-first search that starts from all sources at once.',
      ),
      'O(N + M)',
      `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m, k = data[:3]
    near = [[] for _ in range(n + 1)]
    for i in range(3, 3 + 2 * m, 2):
        near[data[i]].append(data[i + 1])
        near[data[i + 1]].append(data[i])
    distance = [-1] * (n + 1)
    queue = data[3 + 2 * m:]
    for source in queue:
        distance[source] = 0
    for u in queue:
        for v in near[u]:
            if distance[v] < 0:
                distance[v] = distance[u] + 1
                queue.append(v)
    print(max(distance))


main()
`,
    ),
    bruteForce: program(
      text(
        '모든 두 곳 사이의 거리를 구한 뒤 가장 가까운 것을 고른다.',
        'Compute all distances and pick the nearest source for everybody.',
      ),
      'O(N^3)',
      `
n, m, k = map(int, input().split())
far = 10 ** 9
d = [[0 if i == j else far for j in range(n)] for i in range(n)]
for _ in range(m):
    u, v = map(int, input().split())
    d[u - 1][v - 1] = d[v - 1][u - 1] = 1
sources = [int(a) - 1 for a in input().split()]
for c in range(n):
    for a in range(n):
        for b in range(n):
            d[a][b] = min(d[a][b], d[a][c] + d[c][b])
print(max(min(d[a][s] for s in sources) for a in range(n)))
`,
    ),
  },
  medium: {
    asked: ({ place, road, roads, shelter }) =>
      text(
        `${place.ko}마다 사람이 한 명씩 있고, 모두 지나는 ${road.ko}의 수가 가장 적은 ${shelter.ko}(으)로 간다. 그런 ${shelter.ko}이(가) 여럿이면 그 가운데 번호가 가장 작은 ${place.ko}에 있는 ${shelter.ko}(으)로 간다. 처음부터 ${shelter.ko}이(가) 있는 ${place.ko}의 사람은 움직이지 않는다. 모든 사람이 지나는 ${road.ko}의 수의 합과, 한 ${shelter.ko}에 모이는 사람 수의 최댓값을 구하시오.`,
        `There is one person in every ${place.en}, and everybody walks to the ${shelter.en} that is reached over the fewest ${roads}. If there are several, the one in the ${place.en} with the smallest number is chosen. Those who start where there is one stay there. Find the sum of the numbers of ${roads} used by all people, and the greatest number of people who end up at the same ${shelter.en}.`,
      ),
    output: ({ road, roads }) =>
      text(
        `지나는 ${road.ko}의 수의 합과 사람 수의 최댓값을 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the sum of the numbers of ${roads} and the greatest number of people on one line, separated by a space.`,
      ),
    solve: (distances) => {
      const served = nearest(distances)
      const counts = distances.map((_, source) => served.filter((one) => one.source === source).length)
      return `${served.reduce((sum, { distance }) => sum + distance, 0)} ${Math.max(...counts)}`
    },
    reference: program(
      text(
        '시작점을 번호가 작은 것부터 큐에 넣고 한꺼번에 너비 우선 탐색을 한다. 큐에는 같은 거리 안에서 번호가 작은 시작점의 것이 먼저 오므로, 먼저 닿은 쪽이 곧 답이다.',
        'Breadth-first search from all sources at once, put into the queue by number. Within a distance the queue stays ordered by the number of the source, so the first to arrive is the right one.',
      ),
      'O(N + M + K log K)',
      `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m, k = data[:3]
    near = [[] for _ in range(n + 1)]
    for i in range(3, 3 + 2 * m, 2):
        near[data[i]].append(data[i + 1])
        near[data[i + 1]].append(data[i])
    distance = [-1] * (n + 1)
    source = list(range(n + 1))
    queue = sorted(data[3 + 2 * m:])
    for u in queue:
        distance[u] = 0
    people = [0] * (n + 1)
    total = 0
    for u in queue:
        total += distance[u]
        people[source[u]] += 1
        for v in near[u]:
            if distance[v] < 0:
                distance[v] = distance[u] + 1
                source[v] = source[u]
                queue.append(v)
    print(total, max(people))


main()
`,
    ),
    bruteForce: program(
      text(
        '시작점마다 따로 탐색해 모든 거리를 구하고 비교한다.',
        'Search from every source separately and compare all distances.',
      ),
      'O(K * (N + M))',
      `
n, m, k = map(int, input().split())
near = [[] for _ in range(n + 1)]
for _ in range(m):
    u, v = map(int, input().split())
    near[u].append(v)
    near[v].append(u)
sources = list(map(int, input().split()))
best = [None] * (n + 1)
for s in sources:
    steps = {s: 0}
    layer = [s]
    while layer:
        ahead = []
        for u in layer:
            for v in near[u]:
                if v not in steps:
                    steps[v] = steps[u] + 1
                    ahead.append(v)
        layer = ahead
    for u in steps:
        if best[u] is None or (steps[u], s) < best[u]:
            best[u] = (steps[u], s)
chosen = [s for _, s in best[1:]]
print(sum(d for d, _ in best[1:]), max(chosen.count(s) for s in sources))
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write who read the same statement: wrong ideas, slow programs and an independent solution. */
const otherSolutions = {
  easy: {
    wrong: [
      edited(text('시작점을 하나만 쓴다.', 'Starts from the first source only.'), tasks.easy.reference, [
        'queue = data[3 + 2 * m:]',
        'queue = data[3 + 2 * m:4 + 2 * m]',
      ]),
      edited(
        text('너비가 아니라 깊이를 우선해 탐색한다.', 'Searches depth first instead of breadth first.'),
        tasks.easy.reference,
        ['for u in queue:\n', 'while queue:\n        u = queue.pop()\n'],
      ),
      edited(
        text(
          '양쪽으로 이어진 것을 한쪽으로만 갈 수 있게 읽는다.',
          'Lets every connection be used in one direction only.',
        ),
        tasks.easy.reference,
        ['        near[data[i + 1]].append(data[i])\n', ''],
      ),
      decoy(
        text('이어진 곳의 거리를 적힌 차례로 한 번씩만 고친다.', 'Goes through the connections once and never again.'),
        `
n, m, k = map(int, input().split())
edges = [tuple(map(int, input().split())) for _ in range(m)]
distance = [n] * (n + 1)
for source in map(int, input().split()):
    distance[source] = 0
for u, v in edges:
    distance[v] = min(distance[v], distance[u] + 1)
    distance[u] = min(distance[u], distance[v] + 1)
print(max(distance[1:]))
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '거리가 더 줄지 않을 때까지 모든 연결을 되풀이해 살핀다.',
        'Look at all connections again and again until no distance shrinks any more.',
      ),
      'O(N * M)',
      `
#include <algorithm>
#include <iostream>
#include <utility>
#include <vector>

int main() {
    int n, m, k;
    std::cin >> n >> m >> k;
    std::vector<std::pair<int, int>> edges(m);
    for (auto &[u, v] : edges) std::cin >> u >> v;
    std::vector<int> distance(n + 1, n);
    distance[0] = 0;
    while (k--) {
        int source;
        std::cin >> source;
        distance[source] = 0;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (auto [u, v] : edges) {
            if (distance[u] > distance[v]) std::swap(u, v);
            if (distance[v] <= distance[u] + 1) continue;
            distance[v] = distance[u] + 1;
            changed = true;
        }
    }
    std::cout << *std::max_element(distance.begin(), distance.end()) << '\\n';
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text(
          '거리가 같으면 A에 먼저 적힌 시작점을 고른다.',
          'Among equal distances chooses the source that comes first in A.',
        ),
        tasks.medium.reference,
        ['sorted(data[3 + 2 * m:])', 'data[3 + 2 * m:]'],
      ),
      edited(
        text(
          '거리가 같은 시작점을 나중에 만나면 그것으로 바꾼다.',
          'Changes to a source at the same distance when one turns up later.',
        ),
        tasks.medium.reference,
        [
          `                source[v] = source[u]
                queue.append(v)`,
          `                queue.append(v)
            if distance[v] == distance[u] + 1:
                source[v] = source[u]`,
        ],
      ),
      edited(
        text('너비가 아니라 깊이를 우선해 탐색한다.', 'Searches depth first instead of breadth first.'),
        tasks.medium.reference,
        ['for u in queue:\n        total', 'while queue:\n        u = queue.pop()\n        total'],
      ),
    ],
    slow: [
      decoy(
        text(
          '다익스트라처럼 아직 정하지 않은 가장 가까운 곳을 매번 처음부터 찾는다.',
          'Like Dijkstra, but searches all places for the nearest open one every time.',
        ),
        `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m, k = data[:3]
    near = [[] for _ in range(n + 1)]
    for i in range(3, 3 + 2 * m, 2):
        near[data[i]].append(data[i + 1])
        near[data[i + 1]].append(data[i])
    best = [(n, n)] * (n + 1)
    for source in data[3 + 2 * m:]:
        best[source] = (0, source)
    waiting = list(range(1, n + 1))
    people = [0] * (n + 1)
    total = 0
    while waiting:
        u = min(waiting, key=lambda place: best[place])
        waiting.remove(u)
        distance, source = best[u]
        total += distance
        people[source] += 1
        for v in near[u]:
            best[v] = min(best[v], (distance + 1, source))
    print(total, max(people))


main()
`,
      ),
      decoy(
        text(
          '한꺼번에 너비 우선 탐색을 하지만, 가 본 곳인지를 목록에서 찾는다.',
          'Breadth-first search from all sources at once that looks up in a list which places were reached.',
        ),
        `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m, k = data[:3]
    near = [[] for _ in range(n + 1)]
    for i in range(3, 3 + 2 * m, 2):
        near[data[i]].append(data[i + 1])
        near[data[i + 1]].append(data[i])
    queue = sorted(data[3 + 2 * m:])
    chosen = [(source, 0) for source in queue]
    for u, (source, distance) in zip(queue, chosen):
        for v in near[u]:
            if v not in queue:
                queue.append(v)
                chosen.append((source, distance + 1))
    people = [0] * (n + 1)
    for source, _ in chosen:
        people[source] += 1
    print(sum(distance for _, distance in chosen), max(people))


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '거리와 시작점의 번호를 짝지어 우선순위 큐로 가장 작은 짝부터 정한다.',
        'Settle the places in the order of distance and number of the source with a priority queue.',
      ),
      'O((N + M) log N)',
      `
#include <algorithm>
#include <cstdio>
#include <functional>
#include <queue>
#include <tuple>
#include <vector>

int main() {
    int n, m, k;
    if (scanf("%d %d %d", &n, &m, &k) != 3) return 1;
    std::vector<std::vector<int>> near(n + 1);
    while (m--) {
        int u, v;
        if (scanf("%d %d", &u, &v) != 2) return 1;
        near[u].push_back(v);
        near[v].push_back(u);
    }
    using Arrival = std::tuple<int, int, int>;
    std::priority_queue<Arrival, std::vector<Arrival>, std::greater<Arrival>> queue;
    while (k--) {
        int source;
        if (scanf("%d", &source) != 1) return 1;
        queue.push({0, source, source});
    }
    std::vector<int> people(n + 1);
    std::vector<bool> settled(n + 1);
    long long total = 0;
    while (!queue.empty()) {
        auto [distance, source, place] = queue.top();
        queue.pop();
        if (settled[place]) continue;
        settled[place] = true;
        total += distance;
        ++people[source];
        for (int next : near[place])
            if (!settled[next]) queue.push({distance + 1, source, next});
    }
    printf("%lld %d\\n", total, *std::max_element(people.begin(), people.end()));
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const shelterWalk: Blueprint = {
  id: 'shelter-walk',
  topics: ['graph', 'shortest-path'],
  words: ['대피소', '우물', '산소', '교차로', 'drought', 'oxygen', 'earthquake', 'multi-source', '너비 우선'],
  drafts: { easy: (random) => draft('easy', random), medium: (random) => draft('medium', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_N: level === 'easy' ? random.integer(8, 12) * 10 : random.integer(40, 60) * 1000,
    MAX_M: level === 'easy' ? random.integer(2, 4) * 100 : random.integer(80, 90) * 1000,
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N), integer('M', 'N-1', `min(N*(N-1)/2, ${bounds.MAX_M})`), integer('K', 1, 'N')),
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
      {
        kind: 'array',
        name: 'A',
        length: 'K',
        min: '1',
        max: 'N',
        layout: 'line',
        order: 'any',
        distinct: true,
      },
    ],
    samples: varied(
      () => sample(level, random, 6, 6, 2),
      () => sample(level, random, 8, 8, 2),
      () => sample(level, random, 4, 3, 1),
    ),
    illegalInputs: [
      illegal('4 3 1\n1 2\n2 3\n1 3\n1\n', '4번 정점이 이어져 있지 않다.', 'Vertex 4 is not connected.'),
      illegal('3 2 2\n1 2\n2 3\n3 3\n', 'A에 같은 값이 두 번 나온다.', 'A value appears twice in A.'),
      illegal('3 2 1\n1 2\n2 3\n4\n', 'A의 값이 N보다 크다.', 'A value of A is greater than N.'),
      illegal(
        '3 3 1\n1 2\n2 3\n2 1\n1\n',
        '같은 두 정점이 두 번 이어져 있다.',
        'The same two vertices are joined twice.',
      ),
      illegal('3 1 1\n1 2\n1\n', 'M이 하한보다 작다.', 'The value M is below its lower bound.'),
    ],
    generator: {
      strategies: [
        strategy('random-town', 'random', '크기가 다양한 무작위 그래프', 'random graphs of many sizes'),
        strategy(
          'edge-circle',
          'edge',
          '거리가 같은 경우가 많은 고리 모양',
          'circles in which many distances are equal',
        ),
        strategy('maximum-town', 'maximum', '가장 큰 무작위 그래프', 'a random graph of the largest size'),
        strategy(
          'adversarial-caterpillar',
          'adversarial',
          '곁가지가 달린 긴 경로와 많은 시작점',
          'a long path with side branches and many sources',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ place, places, road, roads, shelter, shelters }: Scene): Text {
  return text(
    `1번부터 N번까지 번호가 붙은 ${place.ko} N곳과, 서로 다른 두 ${place.ko}을(를) 양방향으로 잇는 ${road.ko} M개의 목록 E가 주어진다. ${road.ko}을(를) 따라가면 어느 ${place.ko}에서든 다른 모든 ${place.ko}(으)로 갈 수 있고, 같은 두 ${place.ko}을(를) 잇는 ${road.ko}은(는) 많아야 하나이다. ${shelter.ko}은(는) 모두 K곳이며, 배열 A는 ${shelter.ko}이(가) 있는 ${place.ko}의 번호이다.`,
    `There are N ${places}, numbered from 1 to N, and a list E of M ${roads}, each joining two different ${places} in both directions. Along the ${roads} every ${place.en} can be reached from every other one, and at most one ${road.en} joins the same two ${places}. There are K ${shelters}; the array A lists the numbers of the ${places} where they are.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, m: number, k: number): Sample {
  const label = random.shuffle(Array.from({ length: n }, (_, index) => index + 1))
  const tree = label
    .slice(1)
    .map((child, index) => [random.pick(label.slice(Math.max(0, index - 1), index + 1)), child])
  const others = label
    .flatMap((u, index) => label.slice(0, index).map((v) => [u, v]))
    .filter(
      ([u, v]) => !tree.some((edge) => u !== undefined && v !== undefined && edge.includes(u) && edge.includes(v)),
    )
  const edges = random.shuffle([...tree, ...random.shuffle(others).slice(0, m - tree.length)])
  const sources = random.shuffle(label).slice(0, k)
  const distances = sources.toSorted((a, b) => a - b).map((source) => distancesFrom(source, n, edges))
  return { input: lines([n, m, k], ...edges, sources), output: lines([tasks[level].solve(distances)]) }
}

function distancesFrom(source: number, n: number, edges: readonly (readonly number[])[]): number[] {
  const found = new Map([[source, 0]])
  for (const [place, distance] of found) {
    for (const next of edges.filter((edge) => edge.includes(place)).flat()) {
      if (!found.has(next)) found.set(next, distance + 1)
    }
  }
  return Array.from({ length: n }, (_, index) => found.get(index + 1) ?? Infinity)
}

/** The nearest source of every place; among equals the first one. */
function nearest(distances: Case): { source: number; distance: number }[] {
  return (distances[0] ?? []).map((_, place) => {
    const here = distances.map((row) => row[place] ?? Infinity)
    const distance = Math.min(...here)
    return { source: here.indexOf(distance), distance }
  })
}

const generatorBody = `

def add_random_edges(n, m, edges):
    seen = set(min(u, v) * n + max(u, v) for u, v in edges)
    while len(edges) < m:
        u = rng.randint(1, n)
        v = rng.randint(1, n)
        key = min(u, v) * n + max(u, v)
        if u != v and key not in seen:
            seen.add(key)
            edges.append((u, v))


def build():
    if strategy == "edge-circle":
        n = 2 * rng.randint(5, 25)
        edges = [(i, i % n + 1) for i in range(1, n + 1)]
        return n, edges, [rng.randint(1, 4)]
    if strategy == "adversarial-caterpillar":
        n = MAX_N
        spine = 2 * n // 3
        edges = [(i, i + 1) for i in range(1, spine)]
        edges += [(rng.randint(1, spine), i) for i in range(spine + 1, n + 1)]
        return n, edges, [n // 3, n // 10]
    if strategy == "maximum-town":
        n = MAX_N
        m = MAX_M
        reach = n // 100 + 2
    else:
        n = rng.choice([rng.randint(5, 12), rng.randint(20, 80), rng.randint(MAX_N // 10, MAX_N // 2)])
        m = min(MAX_M, n * (n - 1) // 2, n + rng.randint(0, n // 2))
        reach = rng.choice([2, n])
    edges = [(rng.randint(max(1, i - reach), i - 1), i) for i in range(2, n + 1)]
    add_random_edges(n, m, edges)
    counts = [max(1, n // 50), max(1, n // 4)]
    return n, edges, counts if strategy == "maximum-town" else [1] + counts


n, edges, counts = build()
k = rng.choice(counts)
label = list(range(1, n + 1))
rng.shuffle(label)
rng.shuffle(edges)
print(n, len(edges), k)
print("\\n".join(f"{label[u - 1]} {label[v - 1]}" for u, v in edges))
print(*rng.sample(range(1, n + 1), k))
`
