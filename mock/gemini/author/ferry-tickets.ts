// Directed graph and a trip: fewest rides (BFS), cheapest trip through a stop (Dijkstra twice), coupons (Dijkstra on layers).
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
  type WireBlock,
} from './draft.ts'
import { text, type Random, type Text } from './story.ts'

interface Scene {
  title: Text
  story: Text
  place: Text
  places: string
  route: Text
  routes: string
}

interface Case {
  edges: readonly { from: number; to: number; price: number }[]
  start: number
  stop: number
  goal: number
  coupons: number
}

const scenes: readonly Scene[] = [
  {
    title: text('다도해 여객선', 'Ferries of the Archipelago'),
    story: text(
      '다도해에서는 여객선이 항구와 항구 사이를 다닌다. 조류가 세어서 모든 배편은 한 방향으로만 다니고, 회사가 여럿이라 같은 구간을 다니는 배편이 둘 이상일 수도 있다.',
      'Ferries run between the ports of the archipelago. The currents are strong, so every ferry runs in one direction only, and as there are several companies, more than one ferry may serve the same two ports.',
    ),
    place: text('항구', 'port'),
    places: 'ports',
    route: text('배편', 'ferry'),
    routes: 'ferries',
  },
  {
    title: text('케이블카 여행', 'A Trip by Cable Car'),
    story: text(
      '산악 도시의 전망대들은 한 방향으로만 도는 케이블카 노선으로 이어져 있다. 오래된 노선 옆에 새 노선이 나란히 놓인 곳도 있다. 여행자는 노선도를 펴 놓고 길을 고르고 있다.',
      'The viewpoints of a mountain city are joined by cable cars, each of which carries passengers in one direction only. In some places a new cable car runs beside an old one. A traveller has unfolded the map and is choosing a way.',
    ),
    place: text('전망대', 'viewpoint'),
    places: 'viewpoints',
    route: text('노선', 'cable car'),
    routes: 'cable cars',
  },
  {
    title: text('행성 사이의 셔틀', 'Shuttles Between Planets'),
    story: text(
      '행성과 행성 사이를 셔틀 편이 오간다. 연료를 아끼기 위해 모든 편은 한 방향으로만 날아가며, 같은 두 행성을 잇는 편이 여럿일 수도 있다. 우주 상인은 되도록 알뜰하게 여행하고 싶다.',
      'Shuttle services connect the planets. To save fuel each service flies in one direction only, and several services may connect the same two planets. A space trader wants to travel as thriftily as possible.',
    ),
    place: text('행성', 'planet'),
    places: 'planets',
    route: text('셔틀 편', 'service'),
    routes: 'services',
  },
]

const tasks = {
  easy: {
    asked: ({ place, route }) =>
      text(
        `S번 ${place.ko}에서 T번 ${place.ko}까지 가려면 ${route.ko}을(를) 적어도 몇 번 타야 하는지 구하시오. S와 T가 같으면 한 번도 탈 필요가 없다. 갈 수 없으면 답은 -1이다.`,
        `Find the least number of rides needed to travel from ${place.en} S to ${place.en} T. If S and T are equal, none is needed. If there is no way, the answer is -1.`,
      ),
    output: ({ route }) =>
      text(
        `타야 하는 ${route.ko}의 최소 횟수를 출력한다. 갈 수 없으면 -1을 출력한다.`,
        'Print the least number of rides, or -1 if there is no way.',
      ),
    solve: ({ edges, start, goal }) =>
      orNone(
        cheapest(
          edges.map((edge) => ({ ...edge, price: 1 })),
          start,
          0,
        )[goal],
      ),
    reference: program(
      text('S에서 너비 우선 탐색을 한다.', 'Breadth-first search from S.'),
      'O(N + M)',
      `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m = data[:2]
    start, goal = data[-2:]
    following = [[] for _ in range(n + 1)]
    for i in range(2, 2 + 2 * m, 2):
        following[data[i]].append(data[i + 1])
    rides = [-1] * (n + 1)
    rides[start] = 0
    queue = [start]
    for u in queue:
        for v in following[u]:
            if rides[v] < 0:
                rides[v] = rides[u] + 1
                queue.append(v)
    print(rides[goal])


main()
`,
    ),
    bruteForce: program(
      text(
        '모든 두 곳 사이의 최소 횟수를 거쳐 갈 곳을 늘려 가며 구한다.',
        'Compute the least number for all pairs, allowing one more place on the way at a time.',
      ),
      'O(N^3)',
      `
n, m = map(int, input().split())
far = 10 ** 9
rides = [[0 if i == j else far for j in range(n)] for i in range(n)]
for _ in range(m):
    u, v = map(int, input().split())
    rides[u - 1][v - 1] = 1
s, t = map(int, input().split())
for k in range(n):
    for i in range(n):
        for j in range(n):
            rides[i][j] = min(rides[i][j], rides[i][k] + rides[k][j])
answer = rides[s - 1][t - 1]
print(answer if answer < far else -1)
`,
    ),
  },
  medium: {
    asked: ({ place, route }) =>
      text(
        `S번 ${place.ko}에서 출발해 X번 ${place.ko}을(를) 반드시 거쳐 T번 ${place.ko}까지 가는 데 드는 요금의 최솟값을 구하시오. 같은 ${place.ko}(이)나 같은 ${route.ko}을(를) 여러 번 이용해도 되고, S, X, T 가운데 같은 것이 있을 수 있다. 같은 ${route.ko}을(를) 다시 타면 요금도 다시 낸다. 그렇게 갈 수 없으면 답은 -1이다.`,
        `Find the least total price of a trip that starts in ${place.en} S, visits ${place.en} X on the way and ends in ${place.en} T. The same ${place.en} or ${route.en} may be used several times, and the price is paid for each ride; some of S, X and T may be equal. If there is no such trip, the answer is -1.`,
      ),
    output: () =>
      text(
        '요금의 최솟값을 출력한다. 갈 수 없으면 -1을 출력한다.',
        'Print the least total price, or -1 if there is no such trip.',
      ),
    solve: ({ edges, start, stop, goal }) =>
      orNone((cheapest(edges, start, 0)[stop] ?? Infinity) + (cheapest(edges, stop, 0)[goal] ?? Infinity)),
    reference: program(
      text(
        'S에서 X까지, X에서 T까지를 우선순위 큐를 쓴 다익스트라로 따로 구해 더한다.',
        'Dijkstra with a heap from S to X and from X to T; the answer is the sum.',
      ),
      'O(M log M)',
      `
import heapq
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m = data[:2]
    s, x, t = data[-3:]
    following = [[] for _ in range(n + 1)]
    for i in range(2, 2 + 3 * m, 3):
        following[data[i]].append((data[i + 1], data[i + 2]))
    far = 10 ** 18

    def cheapest(start, goal):
        cost = [far] * (n + 1)
        cost[start] = 0
        heap = [(0, start)]
        while heap:
            paid, u = heapq.heappop(heap)
            if paid == cost[u]:
                for v, w in following[u]:
                    if paid + w < cost[v]:
                        cost[v] = paid + w
                        heapq.heappush(heap, (paid + w, v))
        return cost[goal]

    total = cheapest(s, x) + cheapest(x, t)
    print(total if total < far else -1)


main()
`,
    ),
    bruteForce: program(
      text(
        '요금이 더 줄어들지 않을 때까지 모든 연결을 되풀이해 살펴본다.',
        'Relax all connections again and again until no price drops any more.',
      ),
      'O(N * M)',
      `
n, m = map(int, input().split())
edges = [tuple(map(int, input().split())) for _ in range(m)]
s, x, t = map(int, input().split())


def price(a, b):
    cost = {a: 0}
    changed = True
    while changed:
        changed = False
        for u, v, w in edges:
            if u in cost and (v not in cost or cost[u] + w < cost[v]):
                cost[v] = cost[u] + w
                changed = True
    return cost.get(b)


first, second = price(s, x), price(x, t)
print(-1 if first is None or second is None else first + second)
`,
    ),
  },
  hard: {
    asked: ({ place, route, routes }) =>
      text(
        `할인권이 K장 있다. 할인권 한 장을 쓰면 ${route.ko}을(를) 한 번 탈 때의 요금이 절반이 되며, 소수점 아래는 버린다. 한 번 탈 때 할인권은 한 장까지만 쓸 수 있고, 할인권을 다 쓰지 않아도 된다. S번 ${place.ko}에서 T번 ${place.ko}까지 가는 데 드는 요금의 최솟값을 구하시오. S와 T가 같으면 답은 0이고, 갈 수 없으면 답은 -1이다.`,
        `You hold K coupons. A coupon halves the price of a single ride on one of the ${routes}, rounded down to an integer. At most one coupon may be used for a ride, and coupons may remain unused. Find the least total price of a trip from ${place.en} S to ${place.en} T. It is 0 if S and T are equal; if there is no way, the answer is -1.`,
      ),
    output: () =>
      text(
        '요금의 최솟값을 출력한다. 갈 수 없으면 -1을 출력한다.',
        'Print the least total price, or -1 if there is no way.',
      ),
    solve: ({ edges, start, goal, coupons }) => orNone(cheapest(edges, start, coupons)[goal]),
    reference: program(
      text(
        '있는 곳과 지금까지 쓴 할인권의 수를 한 상태로 보고 다익스트라를 한다.',
        'Dijkstra over states made of the place and the number of coupons used so far.',
      ),
      'O(M K log(M K))',
      `
import heapq
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m = data[:2]
    s, t, k = data[-3:]
    following = [[] for _ in range(n + 1)]
    for i in range(2, 2 + 3 * m, 3):
        following[data[i]].append((data[i + 1], data[i + 2]))
    far = 10 ** 18
    cost = [[far] * (k + 1) for _ in range(n + 1)]
    cost[s][0] = 0
    heap = [(0, s, 0)]
    answer = -1
    while heap:
        paid, u, used = heapq.heappop(heap)
        if u == t:
            answer = paid
            break
        if paid > cost[u][used]:
            continue
        for v, w in following[u]:
            if paid + w < cost[v][used]:
                cost[v][used] = paid + w
                heapq.heappush(heap, (paid + w, v, used))
            if used < k and paid + w // 2 < cost[v][used + 1]:
                cost[v][used + 1] = paid + w // 2
                heapq.heappush(heap, (paid + w // 2, v, used + 1))
    print(answer)


main()
`,
    ),
    bruteForce: program(
      text(
        '모든 두 곳 사이의 요금을 먼저 구하고, 할인권을 쓸 연결을 한 장씩 모두 시험해 본다.',
        'Compute the price between all pairs first, then try every connection for one coupon after another.',
      ),
      'O(N^3 + K * N * M)',
      `
n, m = map(int, input().split())
edges = [tuple(map(int, input().split())) for _ in range(m)]
s, t, k = map(int, input().split())
far = 10 ** 15
full = [[0 if i == j else far for j in range(n + 1)] for i in range(n + 1)]
for u, v, w in edges:
    full[u][v] = min(full[u][v], w)
for c in range(1, n + 1):
    for a in range(1, n + 1):
        for b in range(1, n + 1):
            full[a][b] = min(full[a][b], full[a][c] + full[c][b])
best = full[s]
for _ in range(k):
    best = [min([best[b]] + [best[u] + w // 2 + full[v][b] for u, v, w in edges]) for b in range(n + 1)]
print(best[t] if best[t] < far else -1)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const ferryTickets: Blueprint = {
  id: 'ferry-tickets',
  topics: ['shortest-path'],
  words: ['여객선', '항구', '케이블카', '셔틀', '할인권', '요금', 'ferry', 'ferries', 'cable car', 'shuttle', 'coupon'],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

const maxCoupons = 3
const place = (name: string) => integer(name, 1, 'N')

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    easy: { MAX_N: random.integer(2, 5) * 100, MAX_M: random.integer(10, 20) * 100 },
    medium: { MAX_N: random.integer(20, 30) * 1000, MAX_M: random.integer(50, 60) * 1000 },
    hard: { MAX_N: random.integer(80, 100) * 100, MAX_M: random.integer(25, 30) * 1000 },
  }[level]
  const maxPrice = random.pick([1000, 5000, 10_000])
  const trip = {
    easy: line(place('S'), place('T')),
    medium: line(place('S'), place('X'), place('T')),
    hard: line(place('S'), place('T'), integer('K', 0, maxCoupons)),
  }[level]
  const routes: WireBlock = {
    kind: 'graph',
    name: 'E',
    vertices: 'N',
    edges: 'M',
    directed: true,
    connected: false,
    simple: false,
    acyclic: false,
    ...(level === 'easy' ? {} : { weight_min: '1', weight_max: String(maxPrice) }),
  }
  const price = level === 'easy' ? '' : ' 7'
  const tail = { easy: '1 2', medium: '1 2 2', hard: '1 2 1' }[level]
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(level, scene)),
    input: [line(integer('N', 2, bounds.MAX_N), integer('M', 1, bounds.MAX_M)), routes, trip],
    samples: varied(
      () => sample(level, random, 4, 6),
      () => sample(level, random, 5, 9),
      () => unreachable(level),
    ),
    illegalInputs: [
      illegal(`3 1\n2 2${price}\n${tail}\n`, '출발하는 곳과 도착하는 곳이 같다.', 'A connection starts where it ends.'),
      illegal(`3 1\n1 4${price}\n${tail}\n`, '정점 번호가 N보다 크다.', 'A vertex number is greater than N.'),
      illegal(`3 2\n1 2${price}\n${tail}\n`, '연결이 M개보다 적다.', 'There are fewer than M connections.'),
      illegal(`3 1\n1 2${price}\n0 ${tail.slice(2)}\n`, 'S가 하한보다 작다.', 'The value S is below its lower bound.'),
      illegal(`1 1\n1 1${price}\n${tail}\n`, 'N이 하한보다 작다.', 'The value N is below its lower bound.'),
    ],
    generator: {
      strategies: [
        strategy('random-network', 'random', '크기가 다양한 무작위 연결', 'random networks of many sizes'),
        strategy(
          'edge-parallel',
          'edge',
          '몇 안 되는 곳 사이에 겹친 많은 연결',
          'many parallel connections between few places',
        ),
        strategy('maximum-network', 'maximum', '가장 큰 무작위 연결', 'a random network of the largest size'),
        strategy(
          'adversarial-ladder',
          'adversarial',
          '싸게 돌아가는 긴 길과 비싼 지름길',
          'a long cheap way with expensive shortcuts',
        ),
      ],
      code: generatorCode(
        { ...bounds, MAX_W: level === 'easy' ? 0 : maxPrice, MAX_K: level === 'hard' ? maxCoupons : 0 },
        generatorBody,
      ),
    },
  }
}

function given(level: keyof typeof tasks, { place, places, route, routes }: Scene): Text {
  const line =
    level === 'easy'
      ? text(
          `E의 각 줄은 ${route.ko} 하나가 출발하는 ${place.ko}과(와) 도착하는 ${place.ko}을(를) 나타낸다.`,
          `Each line of E describes one of the ${routes}: the ${place.en} where it starts and the ${place.en} where it ends.`,
        )
      : text(
          `E의 각 줄은 ${route.ko} 하나가 출발하는 ${place.ko}, 도착하는 ${place.ko}과(와) 한 번 탈 때의 요금 w를 나타낸다.`,
          `Each line of E describes one of the ${routes}: the ${place.en} where it starts, the ${place.en} where it ends, and the price w of one ride.`,
        )
  return text(
    `1번부터 N번까지 번호가 붙은 ${place.ko} N곳과 ${route.ko} M개의 목록 E가 주어진다. ${line.ko} ${route.ko}은(는) 그 방향으로만 탈 수 있으며, 같은 두 ${place.ko}을(를) 같은 방향으로 잇는 ${route.ko}이(가) 여러 개일 수도 있다.`,
    `There are N ${places}, numbered from 1 to N, and a list E of M ${routes}. ${line.en} Rides are possible in that direction only, and several ${routes} may lead from the same ${place.en} to the same other one.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, m: number): Sample {
  const way = random.shuffle(Array.from({ length: n }, (_, index) => index + 1))
  const ends = [
    ...way.slice(1).map((to, index) => [way[index] ?? 1, to]),
    ...Array.from({ length: m - n + 1 }, () => random.shuffle(way)),
  ]
  const edges = random.shuffle(ends).map(([from = 1, to = 2]) => ({ from, to, price: random.integer(1, 20) }))
  const [start = 1] = way
  return toSample(level, n, {
    edges,
    start,
    stop: random.pick(way.slice(1)),
    goal: way.at(-1) ?? start,
    coupons: random.integer(1, 2),
  })
}

function unreachable(level: keyof typeof tasks): Sample {
  const edges = [
    { from: 1, to: 2, price: 4 },
    { from: 3, to: 2, price: 5 },
  ]
  return toSample(level, 3, { edges, start: 1, stop: 2, goal: 3, coupons: 0 })
}

function toSample(level: keyof typeof tasks, n: number, one: Case): Sample {
  const rows = one.edges.map(({ from, to, price }) => (level === 'easy' ? [from, to] : [from, to, price]))
  const trip = {
    easy: [one.start, one.goal],
    medium: [one.start, one.stop, one.goal],
    hard: [one.start, one.goal, one.coupons],
  }[level]
  return { input: lines([n, rows.length], ...rows, trip), output: lines([tasks[level].solve(one)]) }
}

/** The least price to every place that can be reached, by number of the place. */
function cheapest(edges: Case['edges'], start: number, coupons: number): number[] {
  const costs = Array.from({ length: coupons + 1 }, () => new Map([[start, 0]]))
  // As many passes as the longest useful trip has rides; a pass relaxes every edge with and without a coupon.
  for (let pass = 0; pass <= edges.length; pass += 1) {
    costs.forEach((cost, used) => {
      for (const { from, to, price } of edges) {
        const plain = (cost.get(from) ?? Infinity) + price
        const halved = (costs[used - 1]?.get(from) ?? Infinity) + Math.floor(price / 2)
        const paid = Math.min(plain, halved, cost.get(to) ?? Infinity)
        if (paid < Infinity) cost.set(to, paid)
      }
    })
  }
  const last = costs.at(-1) ?? new Map<number, number>()
  return Array.from({ length: Math.max(...last.keys()) + 1 }, (_, place) => last.get(place) ?? Infinity)
}

function orNone(price: number | undefined): number {
  return price === undefined || price === Infinity ? -1 : price
}

const generatorBody = `

def other(n, u):
    v = rng.randint(1, n - 1)
    return v if v < u else v + 1


def build():
    if strategy == "edge-parallel":
        n = rng.randint(4, 7)
        edges = []
        for _ in range(rng.randint(8, 20)):
            u = rng.randint(1, n)
            edges.append((u, other(n, u), rng.choice([1, 2, 3, MAX_W - 1, MAX_W])))
        return n, edges, rng.sample(range(1, n + 1), 3)
    if strategy == "random-network":
        n = rng.choice([rng.randint(4, 10), rng.randint(20, 200), rng.randint(MAX_N // 10, MAX_N // 2)])
        m = min(MAX_M, n * rng.randint(2, 6) // 2)
        skeleton = n // 3
    else:
        n = MAX_N
        m = MAX_M
        skeleton = n // 20 if strategy == "maximum-network" else n
    way = list(range(1, n + 1))
    rng.shuffle(way)
    way = way[:max(2, skeleton)]
    if strategy == "adversarial-ladder":
        edges = [(u, v, rng.randint(1, 3)) for u, v in zip(way, way[1:])]
        while len(edges) < m:
            i = rng.randrange(n - 1)
            jump = rng.randint(2, 3 + n // 100)
            edges.append((way[i], way[min(n - 1, i + jump)], max(1, min(MAX_W, jump * 4))))
        edges = [(u, v, w) for u, v, w in edges if u != v]
    else:
        edges = [(u, v, rng.randint(1, max(1, MAX_W))) for u, v in zip(way, way[1:])]
        while len(edges) < m:
            u = rng.randint(1, n)
            edges.append((u, other(n, u), rng.randint(1, max(1, MAX_W))))
    if strategy == "random-network" and rng.random() < 0.3:
        return n, edges, [rng.randint(1, n) for _ in range(3)]
    return n, edges, [way[0], way[len(way) // 2], way[-1]]


n, edges, (s, x, t) = build()
rng.shuffle(edges)
rows = [f"{n} {len(edges)}"]
if MAX_W:
    rows.extend(f"{u} {v} {max(1, w)}" for u, v, w in edges)
else:
    rows.extend(f"{u} {v}" for u, v, w in edges)
if MAX_K:
    rows.append(f"{s} {t} {rng.randint(0, MAX_K) if strategy[0] == 'e' else MAX_K}")
else:
    rows.append(f"{s} {x} {t}" if MAX_W else f"{s} {t}")
print("\\n".join(rows))
`
