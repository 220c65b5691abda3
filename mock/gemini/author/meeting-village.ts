// Weighted tree with a number at every vertex: distances from a root, contribution of every edge, rerooting.
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
  path: Text
  paths: string
  person: Text
  people: string
}

interface Case {
  people: readonly number[]
  /** Distance between every two places, counted from 0. */
  distance: readonly (readonly number[])[]
}

const scenes: readonly Scene[] = [
  {
    title: text('골짜기 마을의 모임', 'The Valley Gathering'),
    story: text(
      '깊은 골짜기의 마을들은 산길로 이어져 있다. 산길은 꼭 필요한 만큼만 있어서, 어느 두 마을 사이를 오가는 방법은 하나뿐이다. 골짜기 사람들은 해마다 한 번씩 서로 만나는 날을 정한다.',
      'The villages of a deep valley are joined by mountain trails. There are no more trails than necessary, so there is a single way between any two villages. Once a year the people of the valley set a day on which they meet.',
    ),
    place: text('마을', 'village'),
    places: 'villages',
    path: text('산길', 'trail'),
    paths: 'trails',
    person: text('주민', 'resident'),
    people: 'residents',
  },
  {
    title: text('남극 기지의 연구원들', 'Researchers on the Ice'),
    story: text(
      '남극의 연구 기지들은 눈 밑에 판 통로로 이어져 있다. 통로를 파는 일이 워낙 힘들어, 두 기지 사이를 오가는 방법은 언제나 하나뿐이다. 겨울이 오기 전에 연구원들의 이동 계획을 세워야 한다.',
      'The research stations of Antarctica are joined by passages under the snow. Digging is hard work, so there is always a single way between two stations. Before winter comes, the movements of the researchers have to be planned.',
    ),
    place: text('기지', 'station'),
    places: 'stations',
    path: text('통로', 'passage'),
    paths: 'passages',
    person: text('연구원', 'researcher'),
    people: 'researchers',
  },
  {
    title: text('나무 위의 다람쥐들', 'Squirrels of the Old Oak'),
    story: text(
      '커다란 참나무에 다람쥐들이 굴을 파고 산다. 굴과 굴은 나뭇가지로 이어져 있고, 다람쥐는 가지를 따라서만 움직인다. 가을이 되면 다람쥐들은 서로의 굴을 부지런히 찾아다닌다.',
      'Squirrels have dug their dens into a huge oak. The dens are joined by branches, and a squirrel only ever moves along a branch. In autumn the squirrels are busy visiting one another.',
    ),
    place: text('굴', 'den'),
    places: 'dens',
    path: text('가지', 'branch'),
    paths: 'branches',
    person: text('다람쥐', 'squirrel'),
    people: 'squirrels',
  },
]

const readTree = `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n = data[0]
    people = [0] + data[1:n + 1]
    neighbours = [[] for _ in range(n + 1)]
    for i in range(n + 1, len(data), 3):
        u, v, w = data[i:i + 3]
        neighbours[u].append((v, w))
        neighbours[v].append((u, w))
`

/** Vertices in breadth-first order, `people` summed up over the subtrees, `up` the length of the edge to the parent. */
const gatherSubtrees = `${readTree}    parent = [0] * (n + 1)
    up = [0] * (n + 1)
    order = [1]
    for u in order:
        for v, w in neighbours[u]:
            if v != parent[u]:
                parent[v] = u
                up[v] = w
                order.append(v)
    for v in reversed(order):
        people[parent[v]] += people[v]
    everyone = people[1]
`

const tasks = {
  easy: {
    asked: ({ place, person, people }) =>
      text(
        `모든 ${person.ko}이(가) 1번 ${place.ko}(으)로 모인다. 각자 가장 짧은 길로 움직일 때, 모든 ${person.ko}이(가) 움직인 거리의 합을 구하시오.`,
        `All ${people} gather in ${place.en} 1, each by the shortest way. Find the sum of the distances travelled by all ${people}.`,
      ),
    output: () => text('움직인 거리의 합을 출력한다.', 'Print the sum of the distances.'),
    solve: ({ people, distance }) => costOf(people, distance[0] ?? []),
    reference: program(
      text(
        '1번에서 탐색하며 각 정점까지의 거리를 구하고, 사람 수를 곱해 더한다.',
        'Search from vertex 1 for all distances and add them up, each times its number of people.',
      ),
      'O(N)',
      `${readTree}    distance = [-1] * (n + 1)
    distance[1] = 0
    queue = [1]
    total = 0
    for u in queue:
        total += distance[u] * people[u]
        for v, w in neighbours[u]:
            if distance[v] < 0:
                distance[v] = distance[u] + w
                queue.append(v)
    print(total)


main()
`,
    ),
    bruteForce: program(
      text(
        '거리가 더 줄어들지 않을 때까지 모든 길을 되풀이해 살펴본다.',
        'Relax all edges again and again until no distance shrinks any more.',
      ),
      'O(N^2)',
      `
n = int(input())
people = list(map(int, input().split()))
edges = [tuple(map(int, input().split())) for _ in range(n - 1)]
far = 10 ** 18
distance = [0] + [far] * (n - 1)
for _ in range(n):
    for u, v, w in edges:
        distance[v - 1] = min(distance[v - 1], distance[u - 1] + w)
        distance[u - 1] = min(distance[u - 1], distance[v - 1] + w)
print(sum(p * d for p, d in zip(people, distance)))
`,
    ),
  },
  medium: {
    asked: ({ place, places, person, people }) =>
      text(
        `서로 다른 두 ${person.ko}의 쌍마다, 두 ${person.ko}이(가) 있는 ${place.ko} 사이의 거리를 구해 모두 더하려고 한다. 같은 ${place.ko}에 있는 두 ${person.ko} 사이의 거리는 0이며, 쌍 안의 순서는 구별하지 않는다. 그 합을 구하시오.`,
        `Take every pair of different ${people} and the distance between the ${places} they are in. The distance is 0 for two ${people} in the same ${place.en}, and the order within a pair does not matter. Find the sum of these distances.`,
      ),
    output: () => text('모든 쌍의 거리의 합을 출력한다.', 'Print the sum of the distances of all pairs.'),
    solve: ({ people, distance }) =>
      people.reduce((sum, count, from) => sum + count * costOf(people.slice(0, from), distance[from] ?? []), 0),
    reference: program(
      text(
        '길 하나를 지나는 쌍의 수는 그 길 양쪽에 있는 사람 수의 곱이다. 부분 트리마다 사람 수를 모아 길의 길이와 곱해 더한다.',
        'An edge is used by as many pairs as the product of the people on its two sides. Collect the people of every subtree and add up length times product.',
      ),
      'O(N)',
      `${gatherSubtrees}    print(sum(up[v] * people[v] * (everyone - people[v]) for v in order))


main()
`,
    ),
    bruteForce: program(
      text(
        '모든 두 곳 사이의 거리를 구해 사람 수를 곱한다.',
        'Compute all distances between two places and multiply by the people in both.',
      ),
      'O(N^3)',
      `
n = int(input())
people = list(map(int, input().split()))
far = 10 ** 18
d = [[0 if i == j else far for j in range(n)] for i in range(n)]
for _ in range(n - 1):
    u, v, w = map(int, input().split())
    d[u - 1][v - 1] = d[v - 1][u - 1] = w
for k in range(n):
    for i in range(n):
        for j in range(n):
            d[i][j] = min(d[i][j], d[i][k] + d[k][j])
print(sum(people[i] * people[j] * d[i][j] for i in range(n) for j in range(i)))
`,
    ),
  },
  hard: {
    asked: ({ place, places, person, people }) =>
      text(
        `모든 ${person.ko}이(가) 한 ${place.ko}을(를) 골라 그곳에 모이려고 한다. 각자 가장 짧은 길로 움직일 때, 움직인 거리의 합이 가장 작아지도록 모일 ${place.ko}을(를) 고른다. 그때의 거리의 합과, 그 합이 되는 ${place.ko}의 수를 구하시오.`,
        `All ${people} want to gather in a single ${place.en}, each travelling there by the shortest way. The ${place.en} is chosen so that the sum of the distances travelled is as small as possible. Find that sum, and the number of ${places} that reach it.`,
      ),
    output: ({ place, places }) =>
      text(
        `가장 작은 거리의 합과, 그 합이 되는 ${place.ko}의 수를 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the smallest sum and the number of ${places} that reach it on one line, separated by a space.`,
      ),
    solve: ({ people, distance }) => {
      const costs = distance.map((row) => costOf(people, row))
      const least = Math.min(...costs)
      return `${least} ${costs.filter((cost) => cost === least).length}`
    },
    reference: program(
      text(
        '1번에 모일 때의 합을 구한 뒤, 모이는 곳을 자식으로 옮길 때 달라지는 양을 부분 트리의 사람 수로 계산한다.',
        'Compute the sum for vertex 1, then move the meeting point to each child: the change follows from the people of its subtree.',
      ),
      'O(N)',
      `${gatherSubtrees}    cost = [0] * (n + 1)
    cost[1] = sum(up[v] * people[v] for v in order)
    for v in order[1:]:
        cost[v] = cost[parent[v]] + up[v] * (everyone - 2 * people[v])
    best = min(cost[1:])
    print(best, cost[1:].count(best))


main()
`,
    ),
    bruteForce: program(
      text(
        '모일 곳을 하나씩 정해 보며 그때마다 모든 거리를 새로 구한다.',
        'Try every meeting point and compute all distances to it from scratch.',
      ),
      'O(N^2)',
      `
n = int(input())
people = list(map(int, input().split()))
near = [[] for _ in range(n)]
for _ in range(n - 1):
    u, v, w = map(int, input().split())
    near[u - 1].append((v - 1, w))
    near[v - 1].append((u - 1, w))
sums = []
for centre in range(n):
    total = 0
    todo = [(centre, -1, 0)]
    while todo:
        here, before, distance = todo.pop()
        total += people[here] * distance
        for there, w in near[here]:
            if there != before:
                todo.append((there, here, distance + w))
    sums.append(total)
print(min(sums), sum(total == min(sums) for total in sums))
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  easy: {
    wrong: [
      edited(text('길마다 길이가 1이라고 여긴다.', 'Takes every edge for one of length 1.'), tasks.easy.reference, [
        'distance[u] + w',
        'distance[u] + 1',
      ]),
      edited(
        text('정점마다 한 번씩만 거리를 더한다.', 'Adds the distance of every vertex just once, whoever is there.'),
        tasks.easy.reference,
        ['distance[u] * people[u]', 'distance[u]'],
      ),
      decoy(
        text(
          '길이 1번에서 가까운 것부터 적혀 있다고 여겨 한 번만 훑는다.',
          'Scans the edges once, as if they were listed from vertex 1 outwards.',
        ),
        `
import sys

data = list(map(int, sys.stdin.read().split()))
n = data[0]
distance = {1: 0}
for u, v, w in zip(data[n + 1::3], data[n + 2::3], data[n + 3::3]):
    if u in distance:
        distance[v] = distance[u] + w
    elif v in distance:
        distance[u] = distance[v] + w
print(sum(data[v] * length for v, length in distance.items()))
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '길마다 그 길을 지나는 사람의 수를 재귀로 모아 길이를 곱해 더한다.',
        'Collect recursively how many people use each edge, and add up that number times its length.',
      ),
      'O(N)',
      `
#include <bits/stdc++.h>
using namespace std;

vector<vector<pair<int, int>>> near;
vector<long long> people;
long long total = 0;

long long gather(int u, int parent) {
    long long sum = people[u];
    for (auto [v, w] : near[u]) {
        if (v == parent) continue;
        long long coming = gather(v, u);
        total += coming * w;
        sum += coming;
    }
    return sum;
}

int main() {
    int n;
    cin >> n;
    people.resize(n + 1);
    near.resize(n + 1);
    for (int v = 1; v <= n; v++) cin >> people[v];
    for (int i = 1; i < n; i++) {
        int u, v, w;
        cin >> u >> v >> w;
        near[u].push_back({v, w});
        near[v].push_back({u, w});
    }
    gather(1, 0);
    cout << total << "\\n";
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text('부분 트리의 사람 수를 위에서부터 모은다.', 'Collects the people of the subtrees from the top down.'),
        tasks.medium.reference,
        ['for v in reversed(order)', 'for v in order'],
      ),
      edited(
        text(
          '길의 건너편을 나머지 전부가 아니라 부모의 부분 트리로 여긴다.',
          "Takes the rest of the parent's subtree for the other side of an edge.",
        ),
        tasks.medium.reference,
        ['(everyone - people[v])', '(people[parent[v]] - people[v])'],
      ),
      edited(text('길마다 길이가 1이라고 여긴다.', 'Takes every edge for one of length 1.'), tasks.medium.reference, [
        'up[v] * people[v]',
        '(v > 1) * people[v]',
      ]),
      edited(
        text('바로 이어진 두 곳의 쌍만 센다.', 'Counts only the pairs in two places joined directly.'),
        tasks.medium.reference,
        ['people[parent[v]] += people[v]', 'pass'],
        ['(everyone - people[v])', 'people[parent[v]]'],
      ),
    ],
    slow: [
      decoy(
        text(
          '정점마다 탐색해 다른 모든 정점까지의 거리를 구한다.',
          'Searches from every vertex for the distances to all others.',
        ),
        `${readTree}    total = 0
    for start in range(1, n + 1):
        stack = [(start, 0, 0)]
        away = 0
        while stack:
            u, before, length = stack.pop()
            away += people[u] * length
            for v, w in neighbours[u]:
                if v != before:
                    stack.append((v, u, length + w))
        total += people[start] * away
    print(total // 2)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '잎을 하나씩 떼어 내면서, 잎에 모인 사람과 나머지 사람이 그 길을 지나는 거리를 더한다.',
        'Remove one leaf after another: the people gathered in it and all others are the ones that use its edge.',
      ),
      'O(N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    scanf("%d", &n);
    vector<long long> people(n + 1);
    long long everyone = 0, total = 0;
    for (int v = 1; v <= n; v++) {
        scanf("%lld", &people[v]);
        everyone += people[v];
    }
    // For a leaf these hold its only neighbour and the length of its only edge.
    vector<int> degree(n + 1), others(n + 1), lengths(n + 1);
    for (int i = 1; i < n; i++) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        for (int end : {u, v}) {
            degree[end]++;
            others[end] ^= u ^ v ^ end;
            lengths[end] ^= w;
        }
    }
    for (int v = 1; v <= n; v++) {
        int leaf = v;
        while (degree[leaf] == 1) {
            int next = others[leaf];
            total += lengths[leaf] * people[leaf] * (everyone - people[leaf]);
            people[next] += people[leaf];
            degree[leaf] = 0;
            degree[next]--;
            others[next] ^= leaf;
            lengths[next] ^= lengths[leaf];
            leaf = next;
        }
    }
    printf("%lld\\n", total);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text(
          '가장 작은 합이 되는 곳은 하나뿐이라고 여긴다.',
          'Believes that a single vertex reaches the smallest sum.',
        ),
        tasks.hard.reference,
        ['cost[1:].count(best)', '1'],
      ),
      edited(
        text(
          '모이는 곳을 옮길 때 가까워지는 사람을 빼지 않는다.',
          'Forgets those who come closer when the meeting point moves.',
        ),
        tasks.hard.reference,
        ['everyone - 2 * people[v]', 'everyone - people[v]'],
      ),
      edited(
        text('사람이 있는 곳에서만 모인다.', 'Lets them gather only where somebody lives.'),
        tasks.hard.reference,
        ['cost[1:]', 'places'],
        ['cost[1:]', 'places'],
        ['    best =', '    places = [cost[v] for v in order if data[v] > 0] or [0] * n\n    best ='],
      ),
      edited(text('사람이 가장 많은 곳에 모인다.', 'Lets them gather where most people live.'), tasks.hard.reference, [
        'min(cost[1:])',
        'cost[max(order, key=lambda v: data[v])]',
      ]),
    ],
    slow: [
      decoy(
        text(
          '모일 곳을 하나씩 정해 보며 거리를 더하다가, 지금까지의 최솟값을 넘으면 그만둔다.',
          'Tries every meeting point and adds up distances until the best sum so far is exceeded.',
        ),
        `${readTree}    best = 10 ** 18
    reaching = 0
    for centre in range(1, n + 1):
        total = 0
        queue = [(centre, 0, 0)]
        for u, before, length in queue:
            total += people[u] * length
            if total > best:
                break
            for v, w in neighbours[u]:
                if v != before:
                    queue.append((v, u, length + w))
        if total < best:
            best = total
            reaching = 0
        reaching += total == best
    print(best, reaching)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '어느 쪽으로 가도 전체의 절반이 넘는 사람이 없는 곳이 답이 되는 곳이다. 그런 곳을 모두 찾고 한 곳에서 거리를 구한다.',
        'The best places are those from which no direction leads to more than half of the people. Find them all and sum up the distances from one.',
      ),
      'O(N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    scanf("%d", &n);
    vector<long long> people(n + 1);
    for (int v = 1; v <= n; v++) scanf("%lld", &people[v]);
    vector<vector<pair<int, int>>> near(n + 1);
    for (int i = 1; i < n; i++) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        near[u].push_back({v, w});
        near[v].push_back({u, w});
    }
    vector<int> parent(n + 1), order;
    vector<long long> length(n + 1);
    auto walk = [&](int start) {
        order = {start};
        parent[start] = 0;
        length[start] = 0;
        for (size_t i = 0; i < order.size(); i++) {
            int u = order[i];
            for (auto [v, w] : near[u]) {
                if (v == parent[u]) continue;
                parent[v] = u;
                length[v] = length[u] + w;
                order.push_back(v);
            }
        }
    };
    walk(1);
    vector<long long> below = people, largest(n + 1);
    for (int i = n - 1; i > 0; i--) {
        int v = order[i];
        below[parent[v]] += below[v];
        largest[parent[v]] = max(largest[parent[v]], below[v]);
    }
    int best = 0, places = 0;
    for (int v = 1; v <= n; v++) {
        if (2 * max(largest[v], below[1] - below[v]) > below[1]) continue;
        best = v;
        places++;
    }
    walk(best);
    long long total = 0;
    for (int v = 1; v <= n; v++) total += people[v] * length[v];
    printf("%lld %d\\n", total, places);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const meetingVillage: Blueprint = {
  id: 'meeting-village',
  topics: ['tree'],
  words: ['산골', '마을', '남극', '다람쥐', 'village', 'antarctic', 'squirrel', 'rerooting', '트리 dp'],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_N: level === 'easy' ? random.integer(3, 10) * 100 : random.integer(50, 70) * 1000,
    // The sum over all pairs has to fit into 64 bits.
    MAX_A: random.pick(level === 'medium' ? [10, 15, 20] : [100, 500, 1000]),
    MAX_W: random.pick(level === 'medium' ? [50, 100] : [100, 1000]),
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...contenders[level] }, scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N)),
      {
        kind: 'array',
        name: 'A',
        length: 'N',
        min: '0',
        max: String(bounds.MAX_A),
        layout: 'line',
        order: 'any',
        distinct: false,
      },
      { kind: 'tree', name: 'T', vertices: 'N', weight_min: '1', weight_max: String(bounds.MAX_W) },
    ],
    samples: varied(
      () => sample(level, random, 4),
      () => sample(level, random, 6),
      () => sample(level, random, 2),
    ),
    illegalInputs: [
      illegal('4\n1 2 3 4\n1 2 5\n2 3 5\n3 1 5\n', '4번 정점이 이어져 있지 않다.', 'Vertex 4 is not connected.'),
      illegal('3\n1 2 3\n1 2 5\n', '간선이 N-1개보다 적다.', 'There are fewer than N-1 edges.'),
      illegal('2\n1 -1\n1 2 5\n', 'A의 값이 하한보다 작다.', 'A value of A is below its lower bound.'),
      illegal(`2\n1 1\n1 2 ${bounds.MAX_W + 1}\n`, 'w가 상한보다 크다.', 'The value w is above its upper bound.'),
      illegal('3\n1 2\n1 2 5\n2 3 5\n', 'A의 값이 N개보다 적다.', 'There are fewer than N values in A.'),
    ],
    generator: {
      strategies: [
        strategy('random-tree', 'random', '크기가 다양한 무작위 트리', 'random trees of many sizes'),
        strategy(
          'edge-star-or-path',
          'edge',
          '가운데가 빈 별이나 양쪽 절반이 대칭인 경로',
          'stars with an empty centre and paths with two equal halves',
        ),
        strategy('maximum-tree', 'maximum', '가장 큰 무작위 트리', 'a random tree of the largest size'),
        strategy(
          'adversarial-path',
          'adversarial',
          '번호가 뒤섞인 가장 긴 경로',
          'a longest path with shuffled numbers',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ place, places, path, paths, person, people }: Scene): Text {
  return text(
    `1번부터 N번까지 번호가 붙은 ${place.ko} N곳이 ${path.ko}의 목록 T로 이어져 있다. T의 각 줄은 ${path.ko} 하나가 잇는 두 ${place.ko}과(와) 그 길이 w를 나타내며, ${path.ko}을(를) 따라가면 어느 ${place.ko}에서든 다른 모든 ${place.ko}(으)로 갈 수 있다. 배열 A의 i번째 값은 i번 ${place.ko}에 있는 ${person.ko}의 수이다.`,
    `There are N ${places}, numbered from 1 to N, joined by the list T of ${paths}. Each line of T names the two ${places} at the ends of a ${path.en} and its length w, and along the ${paths} every ${place.en} can be reached from every other one. The i-th value of the array A is the number of ${people} in ${place.en} i.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const people = random.integers(n, 0, 9)
  const label = random.shuffle(people.map((_, index) => index))
  const distance = people.map((_, row) => people.map((_, column) => (row === column ? 0 : Infinity)))
  const edges = label.slice(1).map((child, index) => {
    const parent = random.pick(label.slice(0, index + 1))
    const length = random.integer(1, 9)
    distance[child]?.splice(parent, 1, length)
    distance[parent]?.splice(child, 1, length)
    return [parent + 1, child + 1, length]
  })
  for (let via = 0; via < n; via += 1) {
    const through = [...(distance[via] ?? [])]
    for (const row of distance) {
      const toVia = row[via] ?? 0
      row.forEach((known, to) => row.splice(to, 1, Math.min(known, toVia + (through[to] ?? 0))))
    }
  }
  return { input: lines([n], people, ...edges), output: lines([tasks[level].solve({ people, distance })]) }
}

function costOf(people: readonly number[], distances: readonly number[]): number {
  return people.reduce((sum, count, place) => sum + count * (distances[place] ?? 0), 0)
}

const generatorBody = `

def build():
    if strategy == "random-tree":
        n = rng.choice([rng.randint(4, 10), rng.randint(30, 300), rng.randint(MAX_N // 10, MAX_N // 2)])
        return n, [rng.randint(1, i - 1) for i in range(2, n + 1)]
    if strategy == "edge-star-or-path":
        n = rng.randint(10, 60)
        if rng.random() < 0.5:
            return n, [1] * (n - 1)
        return n, list(range(1, n))
    if strategy == "maximum-tree":
        return MAX_N, [rng.randint(1, i - 1) for i in range(2, MAX_N + 1)]
    return MAX_N, list(range(1, MAX_N))


n, parents = build()
people = [rng.randint(0, MAX_A) for _ in range(n)]
if strategy == "edge-star-or-path":
    people = [value if rng.random() < 0.4 else 0 for value in people]
    # An empty centre, or two equal halves: several vertices or none with people are best.
    if parents[-1] == 1:
        people[0] = 0
    else:
        people[n // 2:] = people[:n - n // 2][::-1]
label = list(range(1, n + 1))
rng.shuffle(label)
placed = [number for _, number in sorted(zip(label, people))]
rows = [f"{label[p - 1]} {label[i]} {rng.randint(1, MAX_W)}" for i, p in enumerate(parents, 1)]
rng.shuffle(rows)
print(n)
print(*placed)
if rows:
    print("\\n".join(rows))
`
