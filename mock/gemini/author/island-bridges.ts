// Undirected weighted graph: where a vehicle can go (search), which pairs it joins (union-find), every pair's best load (Kruskal).
import {
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
    ...taskPart(tasks[level], scene, given(scene)),
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
