// Increasing positions: smallest range for few hops, widest spacing of K chosen ones, K-th smallest distance; all by bisecting the answer.
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
  post: Text
  posts: string
  flyer: Text
}

interface Case {
  positions: readonly number[]
  k: number
}

const scenes: readonly Scene[] = [
  {
    title: text('해안선의 등대', 'Lighthouses on the Coast'),
    story: text(
      '곧게 뻗은 해안선을 따라 등대가 서 있다. 등대에는 무인기가 내려앉아 충전할 수 있는 자리와 신호등이 있다. 해양 관리청은 등대 사이의 거리를 꼼꼼히 조사하고 있다.',
      'Lighthouses stand along a straight coast. Each has a pad on which a drone can land and recharge, and a signal lamp. The coast office is studying the distances between them.',
    ),
    post: text('등대', 'lighthouse'),
    posts: 'lighthouses',
    flyer: text('무인기', 'drone'),
  },
  {
    title: text('사막 도로의 쉼터', 'Shelters on the Desert Road'),
    story: text(
      '사막을 가로지르는 곧은 도로를 따라 쉼터가 흩어져 있다. 전기 트럭은 쉼터에서만 충전할 수 있다. 도로 관리소는 쉼터의 배치를 다시 살펴보기로 했다.',
      'Shelters are scattered along the straight road through the desert, and an electric truck can only be recharged at one of them. The road office has decided to review their layout.',
    ),
    post: text('쉼터', 'shelter'),
    posts: 'shelters',
    flyer: text('전기 트럭', 'electric truck'),
  },
  {
    title: text('철길 옆의 관측 기둥', 'Poles Beside the Railway'),
    story: text(
      '곧은 철길 옆에 관측 기둥이 세워져 있다. 점검 로봇은 기둥에 닿을 때마다 전지를 갈아 끼운다. 철도 회사는 기둥의 간격을 두고 고민하고 있다.',
      'Observation poles stand beside a straight railway. An inspection robot changes its battery at the poles. The railway company is pondering the spacing of the poles.',
    ),
    post: text('기둥', 'pole'),
    posts: 'poles',
    flyer: text('점검 로봇', 'inspection robot'),
  },
]

const tasks = {
  easy: {
    asked: ({ post, posts, flyer }) =>
      text(
        `${flyer.ko} 한 대가 가장 왼쪽 ${post.ko}에서 출발해 가장 오른쪽 ${post.ko}까지 가려고 한다. 움직일 때는 언제나 더 오른쪽에 있는 ${post.ko}까지 한 번에 가며, 그 거리가 한계 거리를 넘을 수 없다. 많아야 K번 움직여 도착할 수 있는 한계 거리의 최솟값을 구하시오.`,
        `One ${flyer.en} wants to get from the leftmost ${post.en} to the rightmost one. Each move leads to one of the ${posts} further to the right without a stop, and must not be longer than the range. Find the least range with which the goal can be reached in at most K moves.`,
      ),
    output: () => text('한계 거리의 최솟값을 출력한다.', 'Print the least range.'),
    solve: ({ positions, k }) => {
      const [first = 0] = positions
      const last = positions.at(-1) ?? 0
      const ways = subsets(positions.slice(1, -1)).filter((stops) => stops.length < k)
      return Math.min(...ways.map((stops) => Math.max(...gapsOf([first, ...stops, last]))))
    },
    reference: program(
      text(
        '한계 거리를 이분 탐색한다. 정해진 거리로는 갈 수 있는 가장 먼 곳까지 움직이는 것이 가장 좋다.',
        'Bisect the range; with a fixed range it is best to move as far as possible each time.',
      ),
      'O(N log X)',
      `
import sys


def main():
    n, k, *posts = map(int, sys.stdin.read().split())

    def reaches(limit):
        moves = 1
        start = before = posts[0]
        for post in posts[1:]:
            if post - before > limit:
                return False
            if post - start > limit:
                moves += 1
                start = before
            before = post
        return moves <= k

    low = 0
    high = posts[-1] - posts[0]
    while high - low > 1:
        middle = (low + high) // 2
        if reaches(middle):
            high = middle
        else:
            low = middle
    print(high)


main()
`,
    ),
    bruteForce: program(
      text(
        '움직이는 횟수를 하나씩 늘리면서, 모든 두 곳 사이의 가장 작은 한계 거리를 구한다.',
        'Compute the least range to every place for one, two, … moves, trying every last stop.',
      ),
      'O(N^2 * K)',
      `
n, k = map(int, input().split())
x = [int(input()) for _ in range(n)]
far = 10 ** 18
least = [0] + [far] * (n - 1)
for _ in range(k):
    least = [min([least[j]] + [max(least[i], x[j] - x[i]) for i in range(j)]) for j in range(n)]
print(least[-1])
`,
    ),
  },
  medium: {
    asked: ({ post, posts }) =>
      text(
        `${post.ko} 가운데 정확히 K곳을 골라 특별한 신호등을 단다. 고른 ${post.ko}들 가운데 가장 가까운 두 ${post.ko} 사이의 거리를 되도록 크게 하려고 한다. 그 거리의 최댓값을 구하시오.`,
        `Exactly K of the ${posts} are to be chosen for a special lamp. The distance between the closest two of the chosen ${posts} should be as large as possible. Find the greatest value of that distance.`,
      ),
    output: () => text('거리의 최댓값을 출력한다.', 'Print the greatest distance.'),
    solve: ({ positions, k }) =>
      Math.max(
        ...subsets(positions)
          .filter((chosen) => chosen.length === k)
          .map((chosen) => Math.min(...gapsOf(chosen))),
      ),
    reference: program(
      text(
        '거리를 이분 탐색한다. 정해진 거리 이상 떨어지도록 왼쪽부터 차례로 고를 때 K곳 이상 고를 수 있는지 본다.',
        'Bisect the distance and choose greedily from the left: can at least K be chosen?',
      ),
      'O(N log X)',
      `
import sys


def main():
    n, k, *posts = map(int, sys.stdin.buffer.read().split())
    low = 1
    high = posts[-1] - posts[0] + 1
    while high - low > 1:
        middle = (low + high) // 2
        chosen = 0
        free = posts[0]
        for post in posts:
            if post >= free:
                chosen += 1
                free = post + middle
        if chosen >= k:
            low = middle
        else:
            high = middle
    print(low)


main()
`,
    ),
    bruteForce: program(
      text('K곳을 고르는 모든 방법을 시험해 본다.', 'Try every choice of K places.'),
      'O(2^N * N)',
      `
from itertools import combinations

n, k = map(int, input().split())
x = [int(input()) for _ in range(n)]
best = 0
for chosen in combinations(x, k):
    best = max(best, min(b - a for a, b in zip(chosen, chosen[1:])))
print(best)
`,
    ),
  },
  hard: {
    asked: ({ post }) =>
      text(
        `서로 다른 두 ${post.ko}의 모든 쌍에 대해 두 ${post.ko} 사이의 거리를 구하고, 작은 것부터 차례로 늘어놓는다. 같은 거리가 여러 번 나오면 나온 횟수만큼 모두 늘어놓는다. 이 가운데 K번째 거리를 구하시오.`,
        `Take the distance of every pair of different ${post.en}s and write all these distances down in order, smallest first, each as often as it occurs. Find the K-th distance in this list.`,
      ),
    output: () => text('K번째 거리를 출력한다.', 'Print the K-th distance.'),
    solve: ({ positions, k }) => {
      const distances = positions.flatMap((one, index) => positions.slice(index + 1).map((other) => other - one))
      return distances.sort((a, b) => a - b)[k - 1] ?? 0
    },
    reference: program(
      text(
        '거리를 이분 탐색한다. 정해진 거리 이하인 쌍의 수는 두 포인터로 한 번에 훑어 센다.',
        'Bisect the distance; two pointers count the pairs that are at most that far apart in one pass.',
      ),
      'O(N log X)',
      `
import sys


def main():
    n, k, *posts = map(int, sys.stdin.buffer.read().split())
    low = 0
    high = posts[-1] - posts[0]
    while high - low > 1:
        middle = (low + high) // 2
        pairs = 0
        left = 0
        for right, post in enumerate(posts):
            while post - posts[left] > middle:
                left += 1
            pairs += right - left
        if pairs >= k:
            high = middle
        else:
            low = middle
    print(high)


main()
`,
    ),
    bruteForce: program(
      text('모든 쌍의 거리를 구해 정렬한다.', 'Compute all distances and sort them.'),
      'O(N^2 log N)',
      `
n, k = map(int, input().split())
x = [int(input()) for _ in range(n)]
print(sorted(x[j] - x[i] for j in range(n) for i in range(j))[k - 1])
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  easy: {
    wrong: [
      edited(text('움직이는 횟수가 K보다 적어야 한다고 여긴다.', 'Demands fewer than K moves.'), tasks.easy.reference, [
        'moves <= k',
        'moves < k',
      ]),
      decoy(
        text(
          '전체 거리를 K로 나눈 값과 가장 넓은 간격 가운데 큰 것을 답한다.',
          'Answers with the whole way divided by K, or the widest gap if that is larger.',
        ),
        `
import sys

n, k, *posts = map(int, sys.stdin.read().split())
widest = max(b - a for a, b in zip(posts, posts[1:]))
print(max(widest, -((posts[0] - posts[-1]) // k)))
`,
      ),
      decoy(
        text(
          '간격이 K개가 될 때까지, 합이 가장 작은 이웃한 두 간격을 하나로 합친다.',
          'Until K gaps are left, merges the two neighbouring gaps with the smallest sum.',
        ),
        `
import sys

n, k, *posts = map(int, sys.stdin.read().split())
gaps = [b - a for a, b in zip(posts, posts[1:])]
while len(gaps) > k:
    i = min(range(len(gaps) - 1), key=lambda i: gaps[i] + gaps[i + 1])
    gaps[i] += gaps.pop(i + 1)
print(max(gaps))
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '답이 될 수 있는 두 곳 사이의 거리를 모두 정렬해 놓고 그 위에서 이분 탐색한다.',
        'Sort all distances between two places, which are the only possible answers, and bisect that list.',
      ),
      'O(N^2 log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, k;
    cin >> n >> k;
    vector<long long> x(n), ranges;
    for (auto &one : x) cin >> one;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) ranges.push_back(x[i] - x[j]);
    sort(ranges.begin(), ranges.end());
    auto tooShort = [&](long long range) {
        int at = 0;
        for (int move = 0; move < k; move++) {
            long long from = x[at];
            while (at + 1 < n && x[at + 1] - from <= range) at++;
        }
        return at < n - 1;
    };
    cout << *partition_point(ranges.begin(), ranges.end(), tooShort) << "\\n";
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text('거리가 꼭 같으면 고를 수 없다고 여긴다.', 'Does not choose a place at exactly the required distance.'),
        tasks.medium.reference,
        ['post >= free', 'post > free'],
      ),
      edited(
        text('양 끝을 고를 때의 거리를 답의 후보에서 빠뜨린다.', 'Never tries the distance between the two ends.'),
        tasks.medium.reference,
        ['posts[-1] - posts[0] + 1', 'posts[-1] - posts[0]'],
      ),
      decoy(
        text('전체 거리를 K-1로 나눈 값을 답한다.', 'Answers with the whole distance divided by K-1.'),
        `
import sys

n, k, *posts = map(int, sys.stdin.buffer.read().split())
print((posts[-1] - posts[0]) // (k - 1))
`,
      ),
      decoy(
        text(
          '양 끝부터 고르고, 가장 넓은 간격의 한가운데에 가까운 곳을 차례로 더한다.',
          'Chooses both ends first, then again and again the place nearest to the middle of the widest gap.',
        ),
        `
import sys
from bisect import bisect_left
from heapq import heappop, heappush

n, k, *posts = map(int, sys.stdin.buffer.read().split())
gaps = [(posts[0] - posts[-1], 0, n - 1)]
nearest = posts[-1] - posts[0]
while k > 2 and gaps:
    _, i, j = heappop(gaps)
    if j - i < 2:
        continue
    k -= 1
    at = max(i + 1, min(j - 1, bisect_left(posts, (posts[i] + posts[j]) // 2)))
    nearest = min(nearest, posts[at] - posts[i], posts[j] - posts[at])
    heappush(gaps, (posts[i] - posts[at], i, at))
    heappush(gaps, (posts[at] - posts[j], at, j))
print(nearest)
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '몇 곳을 골랐고 마지막이 어디인지에 따라 가장 좋은 거리를 표로 채운다.',
          'Fills a table of the best distance by the number of chosen places and the last of them.',
        ),
        `
import sys

n, k, *posts = map(int, sys.stdin.buffer.read().split())
best = [posts[-1]] * n
for _ in range(k - 1):
    best = [max((min(best[i], posts[j] - posts[i]) for i in range(j)), default=0) for j in range(n)]
print(max(best))
`,
      ),
    ],
    solver: cppSolver(
      text(
        '거리를 이분 탐색하면서, 다음에 고를 곳도 매번 이분 탐색으로 찾는다.',
        'Bisect the distance, and find each next place to choose by bisecting the positions as well.',
      ),
      'O(N log N log X)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, k;
    scanf("%d %d", &n, &k);
    vector<long long> x(n);
    for (auto &one : x) scanf("%lld", &one);
    long long answer = 0;
    for (long long step = 1LL << 30; step > 0; step /= 2) {
        int chosen = 0;
        auto it = x.begin();
        while (it != x.end() && chosen < k) {
            chosen++;
            it = lower_bound(it, x.end(), *it + answer + step);
        }
        if (chosen >= k) answer += step;
    }
    printf("%lld\\n", answer);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text('한 곳과 그 자신의 쌍도 센다.', 'Counts each place together with itself as well.'),
        tasks.hard.reference,
        ['right - left', 'right - left + 1'],
      ),
      edited(
        text('K번째가 아니라 그다음 거리를 찾는다.', 'Finds the distance that comes after the K-th.'),
        tasks.hard.reference,
        ['pairs >= k', 'pairs > k'],
      ),
      edited(text('한 쌍을 두 번 센다.', 'Counts every pair twice.'), tasks.hard.reference, [
        'pairs += right - left',
        'pairs += 2 * (right - left)',
      ]),
      decoy(
        text('이웃한 곳 사이의 거리만 늘어놓는다.', 'Writes down the distances of neighbours only.'),
        `
import sys

n, k, *posts = map(int, sys.stdin.buffer.read().split())
gaps = sorted(b - a for a, b in zip(posts, posts[1:]))
print(gaps[min(k, n - 1) - 1])
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '거리를 이분 탐색하되, 그 거리 이하인 쌍을 한 쌍씩 센다.',
          'Bisects the distance, but counts the pairs up to it one by one.',
        ),
        `
import sys

n, k, *posts = map(int, sys.stdin.buffer.read().split())
low = 0
high = posts[-1] - posts[0]
while high - low > 1:
    middle = (low + high) // 2
    pairs = 0
    for i in range(n):
        j = i + 1
        while j < n and posts[j] - posts[i] <= middle:
            pairs += 1
            j += 1
    if pairs >= k:
        high = middle
    else:
        low = middle
print(high)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '거리를 이분 탐색하면서, 곳마다 그 거리 안에 있는 마지막 곳을 이분 탐색으로 찾아 쌍을 센다.',
        'Bisect the distance; for every place another bisection finds the last one within it, which counts the pairs.',
      ),
      'O(N log N log X)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    long long n, k;
    scanf("%lld %lld", &n, &k);
    vector<long long> x(n);
    for (auto &one : x) scanf("%lld", &one);
    // The largest distance that has fewer than K pairs up to it, bit by bit; the answer is the next one.
    long long below = 0;
    for (long long step = 1LL << 30; step > 0; step /= 2) {
        long long pairs = 0;
        for (auto it = x.begin(); it != x.end(); ++it)
            pairs += upper_bound(it, x.end(), *it + below + step) - it - 1;
        if (pairs < k) below += step;
    }
    printf("%lld\\n", below + 1);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const beaconGap: Blueprint = {
  id: 'beacon-gap',
  topics: ['binary-search'],
  words: ['등대', '쉼터', '간격', '매개 변수 탐색', 'lighthouse', 'railway', 'parametric search'],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_N: {
      easy: random.integer(10, 20) * 10,
      medium: random.integer(50, 80) * 1000,
      hard: random.integer(30, 40) * 1000,
    }[level],
    MAX_X: level === 'easy' ? random.integer(1, 9) * 10_000 : random.integer(1, 10) * 100_000_000,
  }
  const k = {
    easy: integer('K', 1, 'N-1'),
    medium: integer('K', 2, 'N'),
    hard: integer('K', 1, 'N*(N-1)/2'),
  }[level]
  const tooLarge = { easy: 3, medium: 4, hard: 4 }[level]
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...contenders[level] }, scene, given(scene)),
    input: [
      line(integer('N', 2, bounds.MAX_N), k),
      {
        kind: 'array',
        name: 'X',
        length: 'N',
        min: '0',
        max: String(bounds.MAX_X),
        layout: 'column',
        order: 'increasing',
        distinct: true,
      },
    ],
    samples: varied(
      () => sample(level, random, 5),
      () => sample(level, random, 7),
    ),
    illegalInputs: [
      illegal('3 2\n1\n9\n5\n', '위치가 커지는 순서가 아니다.', 'The positions are not increasing.'),
      illegal('3 2\n1\n5\n5\n', '같은 위치가 두 번 나온다.', 'A position appears twice.'),
      illegal(`3 2\n1\n5\n${bounds.MAX_X + 1}\n`, '위치가 상한보다 크다.', 'A position is above its upper bound.'),
      illegal(`3 ${tooLarge}\n1\n5\n9\n`, 'K가 상한보다 크다.', 'The value K is above its upper bound.'),
      illegal('3 2\n1 5 9\n', '위치가 한 줄에 모두 적혀 있다.', 'All positions are on one line.'),
    ],
    generator: {
      strategies: [
        strategy('random-positions', 'random', '크기가 다양한 무작위 위치', 'random positions of many sizes'),
        strategy('edge-even-spacing', 'edge', '간격이 거의 같은 위치', 'positions with almost equal gaps'),
        strategy('maximum-positions', 'maximum', '가장 많은 무작위 위치', 'the largest number of random positions'),
        strategy(
          'adversarial-clusters',
          'adversarial',
          '몇 무리로 몰려 있는 가장 많은 위치',
          'the largest number of positions, crowded into few clusters',
        ),
      ],
      code: generatorCode({ LEVEL: { easy: 0, medium: 1, hard: 2 }[level], ...bounds }, generatorBody),
    },
  }
}

function given({ post, posts }: Scene): Text {
  return text(
    `${post.ko} N곳의 위치를 왼쪽부터 차례로 적은 배열 X와 정수 K가 주어진다. 두 ${post.ko} 사이의 거리는 위치의 차이다.`,
    `You are given an integer K and the array X with the positions of N ${posts} from left to right. The distance between two ${posts} is the difference of their positions.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  let position = random.integer(0, 5)
  const positions = Array.from({ length: n }, () => (position += random.integer(1, 9)))
  const k = { easy: n - 3, medium: random.integer(3, n - 1), hard: random.integer(n, n + 2) }[level]
  return {
    input: lines([n, k], ...positions.map((one) => [one])),
    output: lines([tasks[level].solve({ positions, k })]),
  }
}

function gapsOf(positions: readonly number[]): number[] {
  return positions.slice(1).map((position, index) => position - (positions[index] ?? 0))
}

/** Every subset of the values, each in order. */
function subsets(values: readonly number[]): number[][] {
  return values.reduce<number[][]>((found, value) => [...found, ...found.map((some) => [...some, value])], [[]])
}

const generatorBody = `
if strategy == "random-positions":
    n = rng.choice([rng.randint(5, 9), rng.randint(20, 90), rng.randint(MAX_N // 4, MAX_N // 2)])
    top = rng.choice([MAX_X, min(MAX_X, 20 * n)])
    positions = sorted(rng.sample(range(top + 1), n))
elif strategy == "edge-even-spacing":
    n = rng.randint(10, 40)
    gap = rng.randint(1, MAX_X // 50)
    start = rng.randint(0, 100)
    positions = sorted(set(start + i * gap + rng.choice([0, 0, gap // 3]) for i in range(n)))
elif strategy == "maximum-positions":
    positions = sorted(rng.sample(range(MAX_X + 1), MAX_N))
else:
    chosen = {0, MAX_X}
    centres = [rng.randint(0, MAX_X - 4 * MAX_N // 3) for _ in range(6)]
    while len(chosen) < MAX_N:
        chosen.add(rng.choice(centres) + rng.randint(0, 4 * MAX_N // 3))
    positions = sorted(chosen)
n = len(positions)
if LEVEL == 0:
    k = rng.randint(1, min(n - 1, rng.choice([3, 10, n])))
elif LEVEL == 1:
    k = rng.randint(2, rng.choice([max(2, n // 100), max(2, n // 3), n]))
else:
    k = rng.choice([rng.randint(1, n), rng.randint(1, n * (n - 1) // 2), n * (n - 1) // 2])
print(n, k)
print("\\n".join(map(str, positions)))
`
