// A square of letters for few places: the cheapest exchange (assignment over subsets), two crews that share a tour (paths over subsets).
import {
  cppSolver,
  decoy,
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
  crew: Text
  crews: string
}

/** The cost of the way from each place to each other, the diagonal included. */
type Case = readonly (readonly number[])[]

const scenes: readonly Scene[] = [
  {
    title: text('항구의 예인선', 'Tugs of the Harbours'),
    story: text(
      '물살이 센 해협에는 작은 항구들이 있고 항구마다 예인선이 드나든다. 물살 때문에 가는 길과 오는 길의 힘든 정도가 다르다.',
      'Small harbours lie along a strait with strong currents. Because of the currents it is not as hard to go from one to the other as it is to come back.',
    ),
    place: text('항구', 'harbour'),
    places: 'harbours',
    crew: text('예인선', 'tug'),
    crews: 'tugs',
  },
  {
    title: text('산장의 정비반', 'Repair Teams of the Huts'),
    story: text(
      '산악 연맹의 산장은 가파른 오솔길로 이어져 있다. 오르막과 내리막이 있어 같은 길이라도 방향에 따라 걸리는 힘이 다르다.',
      'The huts of the alpine league are joined by steep trails. Uphill is not like downhill, so the same trail takes a different effort in each direction.',
    ),
    place: text('산장', 'hut'),
    places: 'huts',
    crew: text('정비반', 'team'),
    crews: 'teams',
  },
  {
    title: text('극장과 악단', 'Bands on the Road'),
    story: text(
      '도시의 극장들은 골목으로 이어져 있고, 악단은 악기를 끌고 극장 사이를 옮겨 다닌다. 계단과 비탈 때문에 방향에 따라 힘든 정도가 다르다.',
      'The theatres of the city are joined by lanes, and bands drag their instruments from one to the other. Stairs and slopes make a way harder in one direction than in the other.',
    ),
    place: text('극장', 'theatre'),
    places: 'theatres',
    crew: text('악단', 'band'),
    crews: 'bands',
  },
]

const read = `
import sys

n, *rows = sys.stdin.read().split()
n = int(n)
cost = [[ord(letter) - 96 for letter in row] for row in rows]`

const cppRead = `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    vector<vector<int>> cost(n, vector<int>(n));
    for (auto& row : cost)
        for (int& one : row) {
            char letter;
            if (scanf(" %c", &letter) != 1) return 1;
            one = letter - 'a' + 1;
        }`

const tasks = {
  medium: {
    asked: ({ place, places, crew, crews }) =>
      text(
        `지금은 ${place.ko}마다 ${crew.ko}이(가) 하나씩 있다. ${crew.ko}을(를) 모두 새로 배치하여, 끝났을 때에도 ${place.ko}마다 정확히 하나씩 있게 하려고 한다. ${crew.ko}이(가) 제자리에 남을 수도 있지만, 그때에도 그 칸에 적힌 만큼 힘이 든다. 드는 힘의 합의 최솟값을 구하시오.`,
        `At present there is one ${crew.en} at each of the ${places}. All ${crews} are to be placed anew, such that in the end there is again exactly one at every ${place.en}. A ${crew.en} may stay where it is, but that takes the effort written in its square, too. Find the smallest possible total effort.`,
      ),
    output: () => text('드는 힘의 합의 최솟값을 출력한다.', 'Print the smallest total effort.'),
    solve: (costs) =>
      Math.min(
        ...orders(costs.length).map((order) => order.reduce((sum, to, from) => sum + costAt(costs, from, to), 0)),
      ),
    reference: program(
      text(
        '앞의 행 몇 개에 어떤 열들이 쓰였는지만 기억하면 된다. 쓰인 열의 집합마다 최소 비용을 구한다.',
        'All that matters is which columns the first rows have taken; find the smallest cost for each set of columns.',
      ),
      'O(2^N * N)',
      `${read}


def main():
    most = 10 ** 9
    best = [most] * (1 << n)
    best[0] = 0
    # Only masks with as many columns as the row number are filled when their row comes.
    layer = [0]
    for row in cost:
        pairs = [(1 << j, price) for j, price in enumerate(row)]
        following = []
        for mask in layer:
            base = best[mask]
            for bit, price in pairs:
                if not mask & bit:
                    other = mask | bit
                    if best[other] == most:
                        following.append(other)
                    if base + price < best[other]:
                        best[other] = base + price
        layer = following
    print(best[-1])


main()
`,
    ),
    bruteForce: program(
      text('모든 배치를 시험한다.', 'Try all placements.'),
      'O(N! * N)',
      `${read}
from itertools import permutations

print(min(sum(row[j] for row, j in zip(cost, order)) for order in permutations(range(n))))
`,
    ),
    wrong: [
      decoy(
        text('행마다 차례로 남은 것 가운데 가장 싼 열을 고른다.', 'Takes the cheapest column left, row by row.'),
        `${read}
free = set(range(n))
total = 0
for row in cost:
    j = min(free, key=lambda column: (row[column], column))
    free.remove(j)
    total += row[j]
print(total)
`,
      ),
      decoy(
        text('전체에서 가장 싼 칸부터 차례로 고른다.', 'Takes the cheapest square of all, again and again.'),
        `${read}
squares = sorted((cost[i][j], i, j) for i in range(n) for j in range(n))
rows_left, columns_left = set(range(n)), set(range(n))
total = 0
for price, i, j in squares:
    if i in rows_left and j in columns_left:
        rows_left.remove(i)
        columns_left.remove(j)
        total += price
print(total)
`,
      ),
      decoy(
        text(
          '행의 최솟값의 합과 열의 최솟값의 합 가운데 큰 것이 답이라고 여긴다.',
          'Takes the greater of the sum of row minima and the sum of column minima.',
        ),
        `${read}
print(max(sum(map(min, cost)), sum(map(min, zip(*cost)))))
`,
      ),
      decoy(
        text(
          '두 개씩 맞바꾸어 나아지지 않으면 끝낸다.',
          'Starts with everybody staying and stops when no exchange of two makes it better.',
        ),
        `${read}
place = list(range(n))
better = True
while better:
    better = False
    for a in range(n):
        for b in range(a):
            i, j = place[a], place[b]
            if cost[a][j] + cost[b][i] < cost[a][i] + cost[b][j]:
                place[a], place[b] = j, i
                better = True
print(sum(cost[a][place[a]] for a in range(n)))
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '위쪽 절반의 행이 쓰는 열의 집합을 모두 시험하며, 두 절반을 저마다 모든 순서로 맞추어 본다.',
          'Tries every set of columns for the upper half of the rows, and all orders within both halves.',
        ),
        `${read}
from itertools import combinations, permutations

half = n // 2
best = 10 ** 9
for chosen in combinations(range(n), half):
    others = [j for j in range(n) if j not in chosen]
    upper = min(sum(row[j] for row, j in zip(cost[:half], order)) for order in permutations(chosen))
    lower = min(sum(row[j] for row, j in zip(cost[half:], order)) for order in permutations(others))
    best = min(best, upper + lower)
print(best)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '행을 하나씩 더하며 줄어든 비용의 최단 증가 경로를 찾는 헝가리안 방법이다.',
        'The Hungarian method: add one row after another along a shortest augmenting path of reduced costs.',
      ),
      'O(N^3)',
      `${cppRead}
    const int most = 1e9;
    vector<int> u(n + 1), v(n + 1), owner(n + 1), before(n + 1);
    for (int i = 1; i <= n; i++) {
        owner[0] = i;
        int at = 0;
        vector<int> least(n + 1, most);
        vector<char> used(n + 1);
        do {
            used[at] = 1;
            int row = owner[at], next = 0, step = most;
            for (int j = 1; j <= n; j++) {
                if (used[j]) continue;
                int reduced = cost[row - 1][j - 1] - u[row] - v[j];
                if (reduced < least[j]) least[j] = reduced, before[j] = at;
                if (least[j] < step) step = least[j], next = j;
            }
            for (int j = 0; j <= n; j++) {
                if (used[j]) u[owner[j]] += step, v[j] -= step;
                else least[j] -= step;
            }
            at = next;
        } while (owner[at] != 0);
        for (; at; at = before[at]) owner[at] = owner[before[at]];
    }
    int total = 0;
    for (int j = 1; j <= n; j++) total += cost[owner[j] - 1][j - 1];
    printf("%d\\n", total);
}
`,
    ),
  },
  hard: {
    asked: ({ place, places, crew, crews }) =>
      text(
        `두 ${crew.ko}이(가) 모든 ${place.ko}을(를) 나누어 들른다. 두 ${crew.ko}은(는) 저마다 원하는 ${place.ko}에서 출발하여 다른 ${place.ko}(으)로 차례로 옮겨 가며, 어느 ${place.ko}이든 두 ${crew.ko} 가운데 정확히 하나가 정확히 한 번 들른다. 출발하는 데에는 힘이 들지 않고, ${place.ko}을(를) 하나만 들르거나 하나도 들르지 않는 ${crew.ko}도 힘이 들지 않는다. 두 ${crew.ko} 가운데 더 많이 쓴 쪽의 힘을 가장 작게 할 때 그 값을 구하시오. 같은 번호의 행과 열이 만나는 칸은 쓰이지 않는다.`,
        `Two ${crews} share the ${places} between them. Each starts at a ${place.en} of its choice and moves on from one to the next; every ${place.en} is visited by exactly one of the two ${crews}, and exactly once. Starting takes no effort, and a ${crew.en} that visits a single ${place.en} or none has no effort at all. Make the effort of the ${crew.en} that has the greater one as small as possible, and find that effort. The squares in which a row meets the column of the same number are not used.`,
      ),
    output: ({ crew }) =>
      text(
        `더 많이 쓴 ${crew.ko}의 힘으로 가능한 가장 작은 값을 출력한다.`,
        `Print the smallest possible effort of the ${crew.en} that has the greater one.`,
      ),
    solve: (costs) =>
      Math.min(
        ...orders(costs.length).flatMap((order) =>
          order.map((_, cut) => Math.max(along(costs, order.slice(0, cut)), along(costs, order.slice(cut)))),
        ),
      ),
    reference: program(
      text(
        '들른 곳의 집합과 마지막 장소마다 최소의 힘을 구한다. 집합마다 가장 좋은 값을 얻은 다음, 집합과 그 나머지를 짝지어 큰 쪽이 가장 작은 것을 고른다.',
        'Find the smallest effort for each set of places and each last one. With the best of every set, pair each set with the rest and take the pair whose greater value is smallest.',
      ),
      'O(2^N * N^2)',
      `${read}


def main():
    most = 10 ** 9
    size = 1 << n
    # effort[last][mask], with last being in the mask.
    effort = [[most] * size for _ in range(n)]
    for last in range(n):
        effort[last][1 << last] = 0
    best = [0] * size
    for mask in range(1, size):
        here = [(effort[last][mask], cost[last]) for last in range(n) if mask >> last & 1]
        best[mask] = min(here)[0]
        for to in range(n):
            if not mask >> to & 1:
                effort[to][mask | 1 << to] = min([base + row[to] for base, row in here])
    print(min(map(max, best, reversed(best))))


main()
`,
    ),
    bruteForce: program(
      text(
        '모든 순서를 시험하고, 순서마다 두 토막으로 나누는 모든 자리를 시험한다.',
        'Try all orders, and every place to cut an order in two.',
      ),
      'O(N! * N)',
      `${read}
from itertools import permutations

best = 10 ** 9
for order in permutations(range(n)):
    steps = [cost[a][b] for a, b in zip(order, order[1:])]
    total = sum(steps)
    best = min(best, total)
    first = 0
    for step in steps:
        best = min(best, max(first, total - first - step))
        first += step
print(best)
`,
    ),
    wrong: [
      decoy(
        text(
          '혼자 모두 들르는 가장 좋은 길을 찾아 한 곳에서 끊는다.',
          'Finds the best tour for one alone and cuts it at the best place.',
        ),
        `${read}


def main():
    best = {}
    for i in range(n):
        best[1 << i, i] = (0, (i,))
    for mask in range(1, 1 << n):
        for last in range(n):
            if mask >> last & 1:
                base, order = best[mask, last]
                for to in range(n):
                    if not mask >> to & 1:
                        key = (mask | 1 << to, to)
                        found = (base + cost[last][to], order + (to,))
                        if key not in best or found[0] < best[key][0]:
                            best[key] = found
    total, order = min(best[(1 << n) - 1, last] for last in range(n))
    answer = total
    first = 0
    for a, b in zip(order, order[1:]):
        answer = min(answer, max(first, total - first - cost[a][b]))
        first += cost[a][b]
    print(answer)


main()
`,
      ),
      decoy(
        text(
          '두 토막의 힘의 합을 가장 작게 한 다음 그 가운데 큰 쪽을 답한다.',
          'Makes the sum of both as small as possible and answers with the greater of the two.',
        ),
        `${read}


def main():
    most = 10 ** 9
    size = 1 << n
    effort = [[most] * size for _ in range(n)]
    for last in range(n):
        effort[last][1 << last] = 0
    best = [0] * size
    for mask in range(1, size):
        here = [(effort[last][mask], cost[last]) for last in range(n) if mask >> last & 1]
        best[mask] = min(here)[0]
        for to in range(n):
            if not mask >> to & 1:
                effort[to][mask | 1 << to] = min([base + row[to] for base, row in here])
    print(min((one + other, max(one, other)) for one, other in zip(best, reversed(best)))[1])


main()
`,
      ),
      decoy(
        text(
          '번갈아 가장 가까운 곳으로 가는 탐욕법이다. 출발점만 모두 시험한다.',
          'The one with less effort so far goes to the nearest place; only the starting places are all tried.',
        ),
        `${read}


def main():
    best = sum(sum(row) for row in cost)
    for a in range(n):
        for b in range(n):
            if n > 1 and a == b:
                continue
            at = [a, b]
            spent = [0, 0]
            free = set(range(n)) - {a, b}
            while free:
                who = 0 if spent[0] <= spent[1] else 1
                to = min(free, key=lambda place: (cost[at[who]][place], place))
                spent[who] += cost[at[who]][to]
                at[who] = to
                free.remove(to)
            best = min(best, max(spent))
    print(best)


main()
`,
      ),
      decoy(
        text(
          '두 쪽이 들르는 곳의 수가 같거나 하나 차이라고 여긴다.',
          'Believes that both visit equally many places, or one more.',
        ),
        `${read}


def main():
    most = 10 ** 9
    size = 1 << n
    effort = [[most] * size for _ in range(n)]
    for last in range(n):
        effort[last][1 << last] = 0
    best = [0] * size
    for mask in range(1, size):
        here = [(effort[last][mask], cost[last]) for last in range(n) if mask >> last & 1]
        best[mask] = min(here)[0]
        for to in range(n):
            if not mask >> to & 1:
                effort[to][mask | 1 << to] = min([base + row[to] for base, row in here])
    answer = most
    for mask in range(size):
        if bin(mask).count("1") == n // 2:
            answer = min(answer, max(best[mask], best[size - 1 - mask]))
    print(answer)


main()
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '두 쪽의 몫을 나눌 때마다 각각의 가장 좋은 길을 처음부터 다시 구한다.',
          'Computes the best paths of both from the start for each way to share the places.',
        ),
        `${read}


def shortest(places):
    size = len(places)
    most = 10 ** 9
    effort = [[most] * size for _ in range(1 << size)]
    for i in range(size):
        effort[1 << i][i] = 0
    for mask in range(1, 1 << size):
        for last in range(size):
            base = effort[mask][last]
            if base < most:
                for to in range(size):
                    if not mask >> to & 1:
                        found = base + cost[places[last]][places[to]]
                        if found < effort[mask | 1 << to][to]:
                            effort[mask | 1 << to][to] = found
    return min(effort[-1]) if places else 0


best = 10 ** 9
for mask in range(1 << n):
    one = [i for i in range(n) if mask >> i & 1]
    other = [i for i in range(n) if not mask >> i & 1]
    best = min(best, max(shortest(one), shortest(other)))
print(best)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '첫 장소와 들를 집합에 대한 최소의 힘을 재귀와 메모로 구하고, 모든 나눔에서 큰 쪽이 가장 작은 것을 찾는다.',
        'A memoised recursion gives the smallest effort for a first place and a set still to visit; then all ways to share are compared.',
      ),
      'O(2^N * N^2)',
      `${cppRead}
    vector<vector<int>> memo(n, vector<int>(1 << n, -1));
    function<int(int, int)> from = [&](int first, int rest) -> int {
        if (rest == 0) return 0;
        int& known = memo[first][rest];
        if (known >= 0) return known;
        int best = INT_MAX;
        for (int next = 0; next < n; next++)
            if (rest >> next & 1) best = min(best, cost[first][next] + from(next, rest & ~(1 << next)));
        return known = best;
    };
    vector<int> least(1 << n, 0);
    for (int set = 1; set < 1 << n; set++) {
        least[set] = INT_MAX;
        for (int first = 0; first < n; first++)
            if (set >> first & 1) least[set] = min(least[set], from(first, set & ~(1 << first)));
    }
    int answer = INT_MAX;
    for (int set = 0; set < 1 << n; set++) answer = min(answer, max(least[set], least[(1 << n) - 1 - set]));
    printf("%d\\n", answer);
}
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const harbourCrews: Blueprint = {
  id: 'harbour-crews',
  topics: ['bitmask'],
  words: ['예인선', '정비반', '악단', '항구', 'harbour', 'tug', 'theatre', 'hut', 'subset', '부분집합'],
  drafts: { medium: (random) => draft('medium', random), hard: (random) => draft('hard', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = { MAX_N: level === 'medium' ? random.integer(15, 16) : random.integer(13, 14) }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(scene)),
    input: [line(integer('N', 1, bounds.MAX_N)), { kind: 'grid', name: 'S', rows: 'N', columns: 'N', alphabet: 'a-z' }],
    samples: varied(
      () => sample(level, random, 3),
      () => sample(level, random, 4),
      () => sample(level, random, 5),
    ),
    illegalInputs: [
      illegal('2\nab\ncD\n', '허용되지 않은 글자가 있다.', 'There is a letter that is not allowed.'),
      illegal('2\nabc\nabc\n', '한 줄의 글자가 N개보다 많다.', 'A line has more than N letters.'),
      illegal('3\nabc\nabc\n', '줄이 N개보다 적다.', 'There are fewer than N lines.'),
      illegal('0\n', 'N이 하한보다 작다.', 'The value N is below its lower bound.'),
      illegal('2\na b\nc d\n', '글자 사이에 빈칸이 있다.', 'There are blanks between the letters.'),
    ],
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '크기가 다양한 무작위 표', 'random tables of many sizes'),
        strategy('edge-few', 'edge', '값의 종류가 적은 작은 표', 'small tables with few different values'),
        strategy('maximum-random', 'maximum', '가장 큰 무작위 표', 'a random table of the largest size'),
        strategy(
          'adversarial-traps',
          'adversarial',
          '싼 칸이 한곳에 몰려 있어 욕심내면 손해를 보는 가장 큰 표',
          'a largest table whose cheap squares are crowded, so that greed is punished',
        ),
        strategy(
          'adversarial-remote',
          'adversarial',
          '몇 곳만 외따로 떨어져 있어 몫이 고르지 않아야 하는 가장 큰 표',
          'a largest table with a few remote places, so that the best shares are uneven',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ place, places, crew }: Scene): Text {
  return text(
    `1번부터 N번까지 ${place.ko}이(가) N곳 있다. 표 S의 i번째 행 j번째 글자는 ${crew.ko}이(가) i번 ${place.ko}에서 j번 ${place.ko}(으)로 옮겨 가는 데 드는 힘을 나타낸다. 글자 a는 1이고, 알파벳에서 다음 글자로 갈수록 1씩 커진다.`,
    `There are N ${places}, numbered from 1 to N. In the table S, the j-th letter of the i-th row stands for the effort that a ${crew.en} needs to move from ${place.en} i to ${place.en} j. The letter a stands for 1, and each letter of the alphabet for 1 more than the letter before it.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const costs = Array.from({ length: n }, () => random.integers(n, 1, 26))
  const rows = costs.map((row) => [row.map((one) => String.fromCharCode(96 + one)).join('')])
  return { input: lines([n], ...rows), output: lines([tasks[level].solve(costs)]) }
}

function costAt(costs: Case, from: number, to: number): number {
  return costs[from]?.[to] ?? 0
}

function along(costs: Case, order: readonly number[]): number {
  return order.slice(1).reduce((sum, to, index) => sum + costAt(costs, order[index] ?? 0, to), 0)
}

/** All orders of 0 … n - 1. */
function orders(n: number): number[][] {
  const items = Array.from({ length: n }, (_, index) => index)
  const extended = (begun: readonly number[][]): number[][] =>
    begun.flatMap((order) => items.filter((next) => !order.includes(next)).map((next) => [...order, next]))
  return items.reduce<number[][]>(extended, [[]])
}

const generatorBody = `

def build():
    if strategy == "random-mixed":
        n = rng.randint(3, MAX_N - 2)
        low, high = rng.choice([(1, 26), (10, 26), (1, 9)])
        return [[rng.randint(low, high) for _ in range(n)] for _ in range(n)]
    if strategy == "edge-few":
        n = rng.randint(2, 9)
        few = [1, 26, rng.randint(1, 26)]
        return [[rng.choice(few) for _ in range(n)] for _ in range(n)]
    if strategy == "maximum-random":
        return [[rng.randint(1, 26) for _ in range(MAX_N)] for _ in range(MAX_N)]
    if strategy == "adversarial-remote":
        remote = rng.sample(range(MAX_N), rng.randint(2, 3))
        costs = [[rng.randint(1, 4) for _ in range(MAX_N)] for _ in range(MAX_N)]
        for i in range(MAX_N):
            for j in range(MAX_N):
                if i in remote or j in remote:
                    costs[i][j] = rng.randint(12, 16) if i in remote and j in remote else rng.randint(24, 26)
        return costs
    costs = [[rng.randint(8, 26) for _ in range(MAX_N)] for _ in range(MAX_N)]
    crowd = rng.sample(range(MAX_N), MAX_N // 3)
    for i in range(MAX_N):
        for j in crowd:
            costs[i][j] = rng.randint(1, 5)
            if i in crowd:
                costs[i][j] = rng.randint(1, 2)
    return costs


costs = build()
print(len(costs))
for row in costs:
    print("".join(chr(96 + one) for one in row))
`
