// Directed graph and a trip: fewest rides (BFS), cheapest trip through a stop (Dijkstra twice), coupons (Dijkstra on layers).
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
        '한 번, 두 번, … 타고 갈 수 있는 곳을 늘려 가며 모든 연결을 되풀이해 살펴본다.',
        'Collect what can be reached with one, two, … rides, looking at all connections each time.',
      ),
      'O(N * M)',
      `
n, m = map(int, input().split())
edges = [tuple(map(int, input().split())) for _ in range(m)]
s, t = map(int, input().split())
reached = {s}
rides = 0
while t not in reached:
    more = reached | {v for u, v in edges if u in reached}
    if more == reached:
        rides = -1
        break
    reached = more
    rides += 1
print(rides)
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

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  easy: {
    wrong: [
      edited(
        text('연결을 양쪽 방향으로 탈 수 있다고 여긴다.', 'Rides the connections in both directions.'),
        tasks.easy.reference,
        [
          'following[data[i]].append(data[i + 1])',
          'following[data[i]].append(data[i + 1])\n        following[data[i + 1]].append(data[i])',
        ],
      ),
      decoy(
        text(
          '깊이 우선 탐색으로 처음 닿았을 때의 횟수를 답으로 여긴다.',
          'Searches depth-first and takes the first way to a place for the best one.',
        ),
        `
import sys

data = list(map(int, sys.stdin.read().split()))
n, m = data[:2]
start, goal = data[-2:]
following = [[] for _ in range(n + 1)]
for u, v in zip(data[2:-2:2], data[3:-2:2]):
    following[u].append(v)
rides = [-1] * (n + 1)
stack = [(start, 0)]
while stack:
    u, count = stack.pop()
    if rides[u] < 0:
        rides[u] = count
        stack.extend((v, count + 1) for v in reversed(following[u]))
print(rides[goal])
`,
      ),
      decoy(
        text('적힌 차례대로 연결을 한 번씩만 살펴본다.', 'Looks at every connection just once, in the order given.'),
        `
import sys

data = list(map(int, sys.stdin.read().split()))
start, goal = data[-2:]
rides = {start: 0}
for u, v in zip(data[2:-2:2], data[3:-2:2]):
    if u in rides:
        rides[v] = min(rides.get(v, rides[u] + 1), rides[u] + 1)
print(rides.get(goal, -1))
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '도착하는 곳에서 시작해 연결을 거꾸로 따라가는 너비 우선 탐색을 한다.',
        'Breadth-first search from the goal along reversed connections.',
      ),
      'O(N + M)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m, s, t;
    cin >> n >> m;
    vector<vector<int>> before(n + 1);
    while (m--) {
        int u, v;
        cin >> u >> v;
        before[v].push_back(u);
    }
    cin >> s >> t;
    vector<int> rides(n + 1, -1);
    queue<int> todo;
    rides[t] = 0;
    todo.push(t);
    while (!todo.empty()) {
        int v = todo.front();
        todo.pop();
        for (int u : before[v]) {
            if (rides[u] < 0) {
                rides[u] = rides[v] + 1;
                todo.push(u);
            }
        }
    }
    cout << rides[s] << "\\n";
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text('X를 거치지 않고 S에서 T까지 바로 간다.', 'Goes straight from S to T and never mind X.'),
        tasks.medium.reference,
        ['cheapest(s, x) + cheapest(x, t)', 'cheapest(s, t)'],
      ),
      edited(
        text('연결을 양쪽 방향으로 탈 수 있다고 여긴다.', 'Rides the connections in both directions.'),
        tasks.medium.reference,
        [
          'following[data[i]].append((data[i + 1], data[i + 2]))',
          'following[data[i]].append((data[i + 1], data[i + 2]))\n        following[data[i + 1]].append((data[i], data[i + 2]))',
        ],
      ),
      edited(
        text(
          '같은 두 곳을 잇는 연결이 여럿이면 마지막 것만 남긴다.',
          'Keeps only the last of several connections between the same two places.',
        ),
        tasks.medium.reference,
        ['[[] for', '[{} for'],
        ['following[data[i]].append((data[i + 1], data[i + 2]))', 'following[data[i]][data[i + 1]] = data[i + 2]'],
        ['in following[u]:', 'in following[u].items():'],
      ),
      edited(
        text(
          '처음 발견했을 때의 요금을 더 고치지 않는다.',
          'Never improves the price at which a place was first found.',
        ),
        tasks.medium.reference,
        ['paid + w < cost[v]', 'cost[v] == far'],
      ),
    ],
    slow: [
      decoy(
        text(
          '힙 없이, 남은 곳 가운데 가장 싼 곳을 매번 모두 훑어 찾는 다익스트라이다.',
          'Dijkstra without a heap: scans all remaining places for the cheapest one each time.',
        ),
        `
import sys

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
    left = set(range(1, n + 1))
    while left:
        u = min(left, key=cost.__getitem__)
        left.remove(u)
        for v, w in following[u]:
            cost[v] = min(cost[v], cost[u] + w)
    return cost[goal]


total = cheapest(s, x) + cheapest(x, t)
print(total if total < far else -1)
`,
      ),
    ],
    solver: cppSolver(
      text(
        'X에서 시작하는 다익스트라를 두 번 한다. 한 번은 연결을 뒤집어 S까지, 한 번은 그대로 T까지 구한다.',
        'Dijkstra from X twice: along reversed connections for the way from S, and forward for the way to T.',
      ),
      'O(M log N)',
      `
#include <bits/stdc++.h>
using namespace std;

typedef vector<vector<pair<int, int>>> Graph;

long long cheapest(const Graph &graph, int from, int to) {
    vector<long long> cost(graph.size(), LLONG_MAX);
    set<pair<long long, int>> open;
    cost[from] = 0;
    open.insert({0, from});
    while (!open.empty()) {
        int u = open.begin()->second;
        open.erase(open.begin());
        for (auto [v, w] : graph[u]) {
            if (cost[u] + w < cost[v]) {
                open.erase({cost[v], v});
                cost[v] = cost[u] + w;
                open.insert({cost[v], v});
            }
        }
    }
    return cost[to];
}

int main() {
    int n, m, s, x, t;
    scanf("%d %d", &n, &m);
    Graph forward(n + 1), backward(n + 1);
    while (m--) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        forward[u].push_back({v, w});
        backward[v].push_back({u, w});
    }
    scanf("%d %d %d", &s, &x, &t);
    long long first = cheapest(backward, x, s), second = cheapest(forward, x, t);
    bool none = first == LLONG_MAX || second == LLONG_MAX;
    printf("%lld\\n", none ? -1 : first + second);
}
`,
    ),
  },
  hard: {
    wrong: [
      decoy(
        text(
          '할인 없이 가장 싼 길을 정해 놓고, 그 길에서 가장 비싼 K번에 할인권을 쓴다.',
          'Fixes the cheapest way without coupons and spends them on its K dearest rides.',
        ),
        `
import heapq
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n, m = data[:2]
s, t, k = data[-3:]
following = [[] for _ in range(n + 1)]
for i in range(2, 2 + 3 * m, 3):
    following[data[i]].append((data[i + 1], data[i + 2]))
cost = {s: 0}
last = {}
heap = [(0, s)]
while heap:
    paid, u = heapq.heappop(heap)
    if paid == cost[u]:
        for v, w in following[u]:
            if v not in cost or paid + w < cost[v]:
                cost[v] = paid + w
                last[v] = (u, w)
                heapq.heappush(heap, (paid + w, v))
prices = []
here = t
while here in last and here != s:
    here, w = last[here]
    prices.append(w)
prices.sort(reverse=True)
print(sum(prices) - sum((w + 1) // 2 for w in prices[:k]) if t in cost else -1)
`,
      ),
      edited(
        text('절반으로 줄인 요금을 올림한다.', 'Rounds the halved price up.'),
        tasks.hard.reference,
        ...Array.from({ length: 3 }, () => ['paid + w // 2', 'paid + (w + 1) // 2'] as const),
      ),
      edited(text('할인권 K장을 모두 써야 한다고 여긴다.', 'Insists on using all K coupons.'), tasks.hard.reference, [
        'if u == t:',
        'if u == t and used == k:',
      ]),
      edited(
        text('한 번 탈 때 할인권을 여러 장 겹쳐 쓴다.', 'Spends several coupons on a single ride.'),
        tasks.hard.reference,
        [
          `            if used < k and paid + w // 2 < cost[v][used + 1]:
                cost[v][used + 1] = paid + w // 2
                heapq.heappush(heap, (paid + w // 2, v, used + 1))
`,
          `            for more in range(1, k - used + 1):
                if paid + (w >> more) < cost[v][used + more]:
                    cost[v][used + more] = paid + (w >> more)
                    heapq.heappush(heap, (paid + (w >> more), v, used + more))
`,
        ],
      ),
    ],
    slow: [
      decoy(
        text(
          '있는 곳과 쓴 할인권의 수를 상태로 보되, 힙 없이 가장 싼 상태를 매번 모두 훑어 찾는다.',
          'Dijkstra over place and coupons without a heap: scans all remaining states for the cheapest each time.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n, m = data[:2]
s, t, k = data[-3:]
following = [[] for _ in range(n + 1)]
for i in range(2, 2 + 3 * m, 3):
    following[data[i]].append((data[i + 1], data[i + 2]))
far = 10 ** 18
cost = [far] * ((n + 1) * (k + 1))
cost[s] = 0
left = set(range(len(cost)))
while left:
    state = min(left, key=cost.__getitem__)
    left.remove(state)
    used, u = divmod(state, n + 1)
    for v, w in following[u]:
        there = used * (n + 1) + v
        cost[there] = min(cost[there], cost[state] + w)
        if used < k:
            cost[there + n + 1] = min(cost[there + n + 1], cost[state] + w // 2)
best = min(cost[t::n + 1])
print(best if best < far else -1)
`,
      ),
      decoy(
        text(
          '쓴 할인권의 수마다 요금을 두고, 더 줄어들지 않을 때까지 모든 연결을 되풀이해 살펴본다.',
          'Keeps a price for each number of coupons and relaxes all connections until nothing drops any more.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n, m = data[:2]
s, t, k = data[-3:]
far = 10 ** 18
cost = [[far] * (n + 1) for _ in range(k + 1)]
for row in cost:
    row[s] = 0
for used, row in enumerate(cost):
    changed = True
    while changed:
        changed = False
        for i in range(2, 2 + 3 * m, 3):
            u, v, w = data[i:i + 3]
            paid = row[u] + w
            if used:
                paid = min(paid, cost[used - 1][u] + w // 2)
            if paid < row[v]:
                row[v] = paid
                changed = True
print(cost[k][t] if cost[k][t] < far else -1)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '할인권을 쓰지 않는 요금부터 구하고, 할인권을 한 장씩 늘리며 앞의 요금에서 다시 다익스트라를 한다.',
        'Compute the prices without coupons first; for each further coupon run Dijkstra again, starting from the prices before.',
      ),
      'O(K M log M)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m, s, t, k;
    scanf("%d %d", &n, &m);
    vector<array<int, 3>> rides(m);
    vector<vector<pair<int, int>>> graph(n + 1);
    for (auto &[u, v, w] : rides) {
        scanf("%d %d %d", &u, &v, &w);
        graph[u].push_back({v, w});
    }
    scanf("%d %d %d", &s, &t, &k);
    const long long far = 1e18;
    vector<long long> cost(n + 1, far);
    cost[s] = 0;
    for (int coupon = 0; coupon <= k; coupon++) {
        vector<long long> next = cost;
        if (coupon > 0)
            for (auto [u, v, w] : rides) next[v] = min(next[v], cost[u] + w / 2);
        priority_queue<pair<long long, int>> heap;
        for (int v = 1; v <= n; v++)
            if (next[v] < far) heap.push({-next[v], v});
        while (!heap.empty()) {
            auto [paid, u] = heap.top();
            heap.pop();
            if (-paid > next[u]) continue;
            for (auto [v, w] : graph[u]) {
                if (next[u] + w < next[v]) {
                    next[v] = next[u] + w;
                    heap.push({-next[v], v});
                }
            }
        }
        cost = next;
    }
    printf("%lld\\n", cost[t] < far ? cost[t] : -1);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

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
    ...taskPart({ ...tasks[level], ...contenders[level] }, scene, given(level, scene)),
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
        strategy(
          'maximum-network',
          'maximum',
          '가까운 곳끼리만 이어진 가장 큰 무작위 연결',
          'a random network of the largest size that joins only places near each other',
        ),
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
        s, x, t = rng.sample(range(1, n + 1), 3)
        price = rng.randint(2, 9)
        # A direct connection that is worth its price only with a coupon.
        edges = [(s, x, price), (x, t, price), (s, t, 2 * price + 1)]
        for _ in range(rng.randint(6, 16)):
            u = rng.randint(1, n)
            edges.append((u, other(n, u), rng.choice([rng.randint(1, 9), MAX_W - 1, MAX_W])))
        return n, edges, [s, x, t]
    if strategy == "random-network":
        n = rng.choice([rng.randint(4, 10), rng.randint(20, 200), rng.randint(MAX_N // 10, MAX_N // 2)])
        m = min(MAX_M, n * rng.randint(2, 6) // 2)
        skeleton = n // 3
    else:
        n = MAX_N
        m = MAX_M
        skeleton = n
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
            if strategy == "maximum-network":
                i = rng.randrange(n - 1)
                u, v = rng.sample([way[i], way[min(n - 1, i + rng.randint(1, 20))]], 2)
            else:
                u = rng.randint(1, n)
                v = other(n, u)
            edges.append((u, v, rng.randint(1, max(1, MAX_W))))
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
