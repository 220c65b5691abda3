// Rows of two numbers: most disjoint intervals, best unit jobs before deadlines (heap), most jobs in time (exchange greedy).
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
  machine: Text
}

/** The two numbers of every order. */
type Case = readonly (readonly [number, number])[]

const scenes: readonly Scene[] = [
  {
    title: text('하나뿐인 가마', 'The Only Kiln'),
    story: text(
      '도자기 공방에는 가마가 하나뿐이라 주문을 한꺼번에 처리할 수 없다. 이번 철에도 주문서가 잔뜩 쌓였고, 장인은 어떤 주문을 받을지 고르고 있다.',
      'The pottery has a single kiln, so it cannot work on two orders at once. A pile of order forms has arrived again this season, and the master has to choose among them.',
    ),
    machine: text('가마', 'kiln'),
  },
  {
    title: text('대학 천문대의 망원경', 'The Telescope of the University'),
    story: text(
      '대학 천문대에는 커다란 망원경이 한 대 있다. 한 번에 한 연구팀만 쓸 수 있는데, 관측을 주문한 팀은 늘 넘쳐난다. 관리인은 어떤 주문을 받아들일지 정해야 한다.',
      'The university observatory owns one large telescope. Only one team can use it at a time, and there are always too many orders for observations. The keeper has to decide which orders to accept.',
    ),
    machine: text('망원경', 'telescope'),
  },
  {
    title: text('인쇄소의 낡은 인쇄기', 'The Old Printing Press'),
    story: text(
      '골목 인쇄소에는 낡은 인쇄기가 한 대 있다. 인쇄기는 한 번에 주문 하나만 처리한다. 선거철이 되어 주문이 밀려들자 주인은 주문을 가려 받기로 했다.',
      'The print shop round the corner has one old press, which works on a single order at a time. Elections are coming, orders are pouring in, and the owner has decided to accept only some of them.',
    ),
    machine: text('인쇄기', 'press'),
  },
]

const tasks = {
  easy: {
    asked: ({ machine }) =>
      text(
        `J의 각 줄에는 주문 하나의 l과 r이 적혀 있다. 이 주문을 받으면 l일부터 r일까지 하루도 빠짐없이 ${machine.ko}을(를) 쓴다. 같은 날에 두 주문이 ${machine.ko}을(를) 쓸 수는 없다. 받을 수 있는 주문의 최대 개수를 구하시오.`,
        `Each line of J holds the values l and r of one order. An order that is accepted uses the ${machine.en} on every day from day l to day r, both included. Two orders cannot use the ${machine.en} on the same day. Find the greatest number of orders that can be accepted.`,
      ),
    output: () => text('받을 수 있는 주문의 최대 개수를 출력한다.', 'Print the greatest number of orders.'),
    solve: (orders) =>
      Math.max(
        ...subsets(orders)
          .filter((some) => some.every(([l, r], i) => some.slice(0, i).every(([from, to]) => to < l || r < from)))
          .map((some) => some.length),
      ),
    reference: program(
      text(
        '일찍 끝나는 주문부터 보면서, 앞서 받은 주문과 겹치지 않으면 받는다.',
        'Go through the orders by their last day and accept each one that does not meet the one accepted before.',
      ),
      'O(N log N)',
      `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    busy = 0
    accepted = 0
    for r, l in sorted(zip(data[2::2], data[1::2])):
        if l > busy:
            busy = r
            accepted += 1
    print(accepted)


main()
`,
    ),
    bruteForce: program(
      text(
        '늦게 시작하는 주문부터, 그 주문을 가장 먼저 처리할 때의 최대 개수를 뒤따를 수 있는 모든 주문에서 구한다.',
        'From the latest start down, compute the most orders when that one comes first, trying every order that may follow.',
      ),
      'O(N^2)',
      `
n = int(input())
orders = [tuple(map(int, input().split())) for _ in range(n)]
known = []
for l, r in sorted(orders, reverse=True):
    known.append((l, 1 + max([most for start, most in known if start > r], default=0)))
print(max(most for _, most in known))
`,
    ),
  },
  medium: {
    asked: ({ machine }) =>
      text(
        `J의 각 줄에는 주문 하나의 d와 p가 적혀 있다. 주문 하나를 처리하려면 ${machine.ko}을(를) 꼬박 하루 써야 하고, ${machine.ko}은(는) 1일부터 날마다 주문을 많아야 하나 처리할 수 있다. d일이나 그 전에 처리한 주문에서는 p만큼의 돈을 받고, 그때까지 처리하지 못한 주문에서는 아무것도 받지 못한다. 받을 수 있는 돈의 최댓값을 구하시오.`,
        `Each line of J holds the values d and p of one order. An order takes the ${machine.en} for one whole day, and from day 1 on the ${machine.en} can work on at most one order a day. An order that is done on day d or earlier earns p; an order that is not done by then earns nothing. Find the greatest amount that can be earned.`,
      ),
    output: () => text('받을 수 있는 돈의 최댓값을 출력한다.', 'Print the greatest amount.'),
    solve: (orders) =>
      Math.max(
        ...subsets(orders)
          .filter((some) => some.toSorted(([a], [b]) => a - b).every(([d], day) => day < d))
          .map((some) => some.reduce((sum, [, p]) => sum + p, 0)),
      ),
    reference: program(
      text(
        '기한이 이른 주문부터 모두 받되, 기한까지의 날수보다 많아지면 가장 싼 주문을 포기한다. 받은 주문은 힙에 둔다.',
        'Accept the orders by deadline; whenever there are more than days until the deadline, give up the cheapest one. The accepted ones are kept in a heap.',
      ),
      'O(N log N)',
      `
import heapq
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    accepted = []
    for d, p in sorted(zip(data[1::2], data[2::2])):
        heapq.heappush(accepted, p)
        if len(accepted) > d:
            heapq.heappop(accepted)
    print(sum(accepted))


main()
`,
    ),
    bruteForce: program(
      text(
        '주문의 모든 부분집합에 대해, 어느 주문을 마지막 날에 처리할지 모두 시험해 본다.',
        'For every set of orders try every one of them as the one done on the last day.',
      ),
      'O(2^N * N)',
      `
n = int(input())
orders = [tuple(map(int, input().split())) for _ in range(n)]
possible = {0}
best = 0
for chosen in range(1, 1 << n):
    some = [i for i in range(n) if chosen >> i & 1]
    if any(len(some) <= orders[i][0] and chosen ^ 1 << i in possible for i in some):
        possible.add(chosen)
        best = max(best, sum(orders[i][1] for i in some))
print(best)
`,
    ),
  },
  hard: {
    asked: ({ machine }) =>
      text(
        `J의 각 줄에는 주문 하나의 t와 d가 적혀 있다. 주문을 받으면 ${machine.ko}을(를) t일 동안 잇달아 써서 d일이나 그 전에 끝내야 한다. ${machine.ko}은(는) 1일부터 쓸 수 있고, 하루에 한 주문만 처리할 수 있다. 기한 안에 끝낼 수 있는 주문의 최대 개수를 구하시오.`,
        `Each line of J holds the values t and d of one order. An order that is accepted needs the ${machine.en} for t consecutive days and has to be done on day d or earlier. The ${machine.en} is available from day 1 on and works on only one order on each day. Find the greatest number of orders that can be done in time.`,
      ),
    output: () => text('기한 안에 끝낼 수 있는 주문의 최대 개수를 출력한다.', 'Print the greatest number of orders.'),
    solve: (orders) =>
      Math.max(
        ...subsets(orders)
          .filter((some) => {
            let day = 0
            return some.toSorted(([, a], [, b]) => a - b).every(([t, d]) => (day += t) <= d)
          })
          .map((some) => some.length),
      ),
    reference: program(
      text(
        '기한이 이른 주문부터 모두 받되, 기한을 넘기면 지금까지 받은 것 가운데 가장 오래 걸리는 주문을 포기한다.',
        'Accept the orders by deadline; whenever a deadline is missed, give up the longest order accepted so far.',
      ),
      'O(N log N)',
      `
import heapq
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    accepted = []
    busy = 0
    for d, t in sorted(zip(data[2::2], data[1::2])):
        busy += t
        heapq.heappush(accepted, -t)
        if busy > d:
            busy += heapq.heappop(accepted)
    print(len(accepted))


main()
`,
    ),
    bruteForce: program(
      text(
        '주문의 모든 부분집합에 대해, 어느 주문을 마지막으로 처리할지 모두 시험해 본다.',
        'For every set of orders try every one of them as the last one.',
      ),
      'O(2^N * N)',
      `
n = int(input())
orders = [tuple(map(int, input().split())) for _ in range(n)]
possible = {0}
best = 0
for chosen in range(1, 1 << n):
    some = [i for i in range(n) if chosen >> i & 1]
    days = sum(orders[i][0] for i in some)
    if any(days <= orders[i][1] and chosen ^ 1 << i in possible for i in some):
        possible.add(chosen)
        best = max(best, len(some))
print(best)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  easy: {
    wrong: [
      edited(text('일찍 시작하는 주문부터 받는다.', 'Accepts the orders by their first day.'), tasks.easy.reference, [
        'for r, l in sorted(zip(data[2::2], data[1::2]))',
        'for l, r in sorted(zip(data[1::2], data[2::2]))',
      ]),
      edited(
        text(
          '앞의 주문이 끝나는 날에 다음 주문을 시작해도 된다고 여긴다.',
          'Starts an order on the last day of the one before.',
        ),
        tasks.easy.reference,
        ['l > busy', 'l >= busy'],
      ),
      edited(text('적힌 차례대로 받는다.', 'Accepts the orders in the order given.'), tasks.easy.reference, [
        'sorted(zip(data[2::2], data[1::2]))',
        'zip(data[2::2], data[1::2])',
      ]),
      decoy(
        text(
          '짧은 주문부터, 받은 것과 겹치지 않으면 받는다.',
          'Accepts the shortest orders first, unless they meet an accepted one.',
        ),
        `
import sys

data = list(map(int, sys.stdin.read().split()))
accepted = []
for l, r in sorted(zip(data[1::2], data[2::2]), key=lambda order: order[1] - order[0]):
    if all(r < start or end < l for start, end in accepted):
        accepted.append((l, r))
print(len(accepted))
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '날마다, 그날까지 끝난 주문의 최대 개수를 앞 날들의 값에서 구한다.',
        'For every day compute the most orders done by then from the values of earlier days.',
      ),
      'O(N + D)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, last = 0;
    cin >> n;
    map<int, vector<int>> startsByEnd;
    for (int i = 0; i < n; i++) {
        int l, r;
        cin >> l >> r;
        startsByEnd[r].push_back(l);
        last = max(last, r);
    }
    vector<int> most(last + 1);
    for (int day = 1; day <= last; day++) {
        most[day] = most[day - 1];
        for (int l : startsByEnd[day]) most[day] = max(most[day], most[l - 1] + 1);
    }
    cout << most[last] << "\\n";
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text(
          '기한이 이른 주문부터 받고, 받은 주문은 포기하지 않는다.',
          'Accepts by deadline and never gives up an accepted order.',
        ),
        tasks.medium.reference,
        [
          '        heapq.heappush(accepted, p)\n        if len(accepted) > d:\n            heapq.heappop(accepted)',
          '        if len(accepted) < d:\n            accepted.append(p)',
        ],
      ),
      edited(
        text('기한이 되는 날에는 처리할 수 없다고 여긴다.', 'Demands that an order is done before its day d.'),
        tasks.medium.reference,
        ['len(accepted) > d', 'len(accepted) >= d'],
      ),
      decoy(
        text('비싼 주문부터 가장 이른 빈 날에 처리한다.', 'Puts the dearest orders first on the earliest free day.'),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
day = 1
earned = 0
for p, d in sorted(zip(data[2::2], data[1::2]), reverse=True):
    if day <= d:
        earned += p
        day += 1
print(earned)
`,
      ),
      decoy(
        text('기한이 같은 주문은 하나만 처리할 수 있다고 여긴다.', 'Does only one order for each deadline.'),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
best = {}
for d, p in zip(data[1::2], data[2::2]):
    best[d] = max(best.get(d, 0), p)
print(sum(best.values()))
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '비싼 주문부터, 기한에서 하루씩 앞으로 가며 빈 날을 찾아 처리한다.',
          'Takes the dearest orders first and walks back from the deadline, day by day, to a free one.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
busy = [True] + [False] * max(data[1::2])
earned = 0
for p, d in sorted(zip(data[2::2], data[1::2]), reverse=True):
    while d > 0 and busy[d]:
        d -= 1
    if d > 0:
        busy[d] = True
        earned += p
print(earned)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '비싼 주문부터, 기한 안의 가장 늦은 빈 날에 처리한다. 빈 날은 유니온 파인드로 찾는다.',
        'The dearest orders first, each on the latest free day before its deadline, which union-find tells.',
      ),
      'O(N log N)',
      `
#include <bits/stdc++.h>
using namespace std;

vector<int> freeDay;

int latest(int day) {
    while (freeDay[day] != day) day = freeDay[day] = freeDay[freeDay[day]];
    return day;
}

int main() {
    int n;
    scanf("%d", &n);
    vector<pair<int, int>> orders(n);
    int last = 0;
    for (auto &[p, d] : orders) {
        scanf("%d %d", &d, &p);
        last = max(last, d);
    }
    sort(orders.rbegin(), orders.rend());
    freeDay.resize(last + 1);
    iota(freeDay.begin(), freeDay.end(), 0);
    long long earned = 0;
    for (auto [p, d] : orders) {
        int day = latest(d);
        if (day == 0) continue;
        freeDay[day] = day - 1;
        earned += p;
    }
    printf("%lld\\n", earned);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text(
          '기한이 이른 주문부터 받고, 받은 주문은 포기하지 않는다.',
          'Accepts by deadline and never gives up an accepted order.',
        ),
        tasks.hard.reference,
        [
          `        busy += t
        heapq.heappush(accepted, -t)
        if busy > d:
            busy += heapq.heappop(accepted)
`,
          `        if busy + t <= d:
            busy += t
            accepted.append(t)
`,
        ],
      ),
      edited(
        text('기한이 되는 날까지 쓰면 늦는다고 여긴다.', 'Takes an order that is done on its day d for late.'),
        tasks.hard.reference,
        ['busy > d', 'busy >= d'],
      ),
      edited(
        text(
          '늦어도 시작해야 하는 날이 이른 주문부터 받는다.',
          'Goes through the orders by the latest day on which they can start.',
        ),
        tasks.hard.reference,
        [
          'sorted(zip(data[2::2], data[1::2]))',
          'sorted(zip(data[2::2], data[1::2]), key=lambda order: order[0] - order[1])',
        ],
      ),
      decoy(
        text('빨리 끝나는 주문부터 잇달아 처리한다.', 'Works through the orders from the shortest up.'),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
busy = 0
accepted = 0
for t, d in sorted(zip(data[1::2], data[2::2])):
    if busy + t <= d:
        busy += t
        accepted += 1
print(accepted)
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '기한이 이른 주문부터 보면서, 받은 개수마다 필요한 가장 적은 날수를 표로 이어 간다.',
          'Goes through the orders by deadline with a table of the fewest days for every number of accepted orders.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
least = [0]
for d, t in sorted(zip(data[2::2], data[1::2])):
    if least[-1] + t <= d:
        least.append(least[-1] + t)
    for count in range(len(least) - 1, 0, -1):
        if least[count - 1] + t <= d and least[count - 1] + t < least[count]:
            least[count] = least[count - 1] + t
print(len(least) - 1)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '시간을 거꾸로 흘려, 기한이 지나지 않은 주문 가운데 남은 날수가 가장 적은 것을 처리한다.',
        'Run time backwards and always work on the order with the fewest days left among those whose deadline has come up.',
      ),
      'O(N log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    scanf("%d", &n);
    vector<pair<int, int>> orders(n);
    for (auto &[d, t] : orders) scanf("%d %d", &t, &d);
    sort(orders.rbegin(), orders.rend());
    priority_queue<int, vector<int>, greater<int>> left;
    int done = 0;
    for (int i = 0; i < n; i++) {
        left.push(orders[i].second);
        // The days between this deadline and the one before it.
        int days = orders[i].first - (i + 1 < n ? orders[i + 1].first : 0);
        while (!left.empty() && days > 0) {
            int shortest = left.top();
            left.pop();
            if (shortest <= days) done++;
            else left.push(shortest - days);
            days -= min(days, shortest);
        }
    }
    printf("%d\\n", done);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const kilnOrders: Blueprint = {
  id: 'kiln-orders',
  topics: ['greedy'],
  words: [
    '가마',
    '망원경',
    '인쇄',
    '주문',
    '마감',
    'kiln',
    'telescope',
    'printing press',
    'deadline',
    'interval scheduling',
  ],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_N: level === 'easy' ? random.integer(2, 10) * 100 : random.integer(60, 100) * 1000,
    MAX_DAY: level === 'easy' ? random.integer(1, 5) * 1000 : random.integer(60, 100) * 1000,
    MAX_P: random.pick([1000, 10_000, 100_000]),
  }
  const fields = {
    easy: [integer('l', 1, bounds.MAX_DAY), integer('r', 'l', bounds.MAX_DAY)],
    medium: [integer('d', 1, bounds.MAX_DAY), integer('p', 1, bounds.MAX_P)],
    hard: [integer('t', 1, bounds.MAX_DAY), integer('d', 1, bounds.MAX_DAY)],
  }[level]
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(
      { ...tasks[level], ...contenders[level] },
      scene,
      text('주문 N개의 목록 J가 주어진다.', 'You are given a list J of N orders.'),
    ),
    input: [line(integer('N', 1, bounds.MAX_N)), { kind: 'rows', name: 'J', count: 'N', fields, distinct: false }],
    samples: varied(
      () => sample(level, random, 4),
      () => sample(level, random, 6),
      () => sample(level, random, 1),
    ),
    illegalInputs: [
      illegal('2\n1 2\n', '줄이 N개보다 적다.', 'There are fewer than N lines.'),
      illegal('1\n1 2\n3 4\n', '줄이 N개보다 많다.', 'There are more than N lines.'),
      illegal('1\n0 2\n', '첫째 값이 하한보다 작다.', 'The first value is below its lower bound.'),
      level === 'easy'
        ? illegal('1\n5 4\n', 'r이 l보다 작다.', 'The value r is less than l.')
        : illegal('1\n5 0\n', '둘째 값이 하한보다 작다.', 'The second value is below its lower bound.'),
      illegal('1\n3\n', '한 줄에 값이 하나뿐이다.', 'A line has a single value.'),
    ],
    generator: {
      strategies: [
        strategy('random-orders', 'random', '크기가 다양한 무작위 주문', 'random orders of many sizes'),
        strategy('edge-tight', 'edge', '기한이 서로 맞닿거나 같은 주문', 'orders whose days are equal or touch'),
        strategy('maximum-orders', 'maximum', '가장 많은 무작위 주문', 'the largest number of random orders'),
        strategy(
          'adversarial-late-gems',
          'adversarial',
          '먼저 받은 주문을 나중에 포기해야 하는 가장 많은 주문',
          'a largest list in which orders accepted early have to be given up later',
        ),
      ],
      code: generatorCode({ LEVEL: { easy: 0, medium: 1, hard: 2 }[level], ...bounds }, generatorBody),
    },
  }
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const orders = Array.from({ length: n }, () => {
    const first = level === 'medium' ? random.integer(1, 4) : random.integer(1, 7)
    const second = { easy: random.integer(first, 9), medium: random.integer(1, 30), hard: random.integer(3, 14) }[level]
    return [first, second] as const
  })
  return { input: lines([n], ...orders), output: lines([tasks[level].solve(orders)]) }
}

/** Every set of the orders, in their order. */
function subsets(orders: Case): Case[] {
  return orders.reduce<Case[]>((found, order) => [...found, ...found.map((some) => [...some, order])], [[]])
}

const generatorBody = `

def order(level, top):
    if level == 0:
        l = rng.randint(1, top)
        return l, min(top, l + rng.randint(0, max(1, top // rng.choice([3, 10, 50]))))
    if level == 1:
        return rng.randint(1, top), rng.randint(1, MAX_P)
    d = rng.randint(1, top)
    return rng.randint(1, max(1, d // rng.choice([1, 3, 20, 500]))), d


def build():
    if strategy == "random-orders":
        n = rng.choice([rng.randint(5, 12), rng.randint(20, 150), rng.randint(MAX_N // 10, MAX_N // 2)])
        top = min(MAX_DAY, max(9, n * rng.randint(1, 6) // 3))
        return [order(LEVEL, top) for _ in range(n)]
    if strategy == "edge-tight":
        days = sorted(rng.randint(1, MAX_DAY) for _ in range(rng.randint(8, 40)))
        if LEVEL == 0:
            rows = [(a + shift, b) for a, b in zip(days, days[1:]) for shift in (0, 1) if a + shift <= b]
            rows += [(day, min(MAX_DAY, day + 1)) for day in days[::2]] + [(day, day) for day in days[::3]]
            rows += [(days[0], days[-1])]
        elif LEVEL == 1:
            rows = [(rng.randint(1, len(days) * 2 // 3), rng.choice([1, MAX_P, rng.randint(1, MAX_P)])) for _ in days]
        else:
            rows = [(max(1, day - before), day) for before, day in zip([0] + days, days)]
            rows += [(rng.randint(1, max(1, day // rng.choice([1, len(days)]))), day) for day in days[::2]]
        rng.shuffle(rows)
        return rows
    if strategy == "maximum-orders":
        # Jobs of one day crowd before early deadlines, so that many have to be given up.
        return [order(LEVEL, MAX_DAY // 4 if LEVEL == 1 else MAX_DAY) for _ in range(MAX_N)]
    rows = []
    for i in range(MAX_N):
        day = 1 + (MAX_DAY - 1) * i // MAX_N
        if LEVEL == 0:
            rows.append((day, min(MAX_DAY, day + rng.randint(0, 3))) if i % 2 else (max(1, day - rng.randint(0, 90)), day))
        elif LEVEL == 1:
            rows.append((max(1, day // 2), min(MAX_P, 1 + rng.randint(0, MAX_P) * i // MAX_N)))
        else:
            rows.append((max(1, min(day, (MAX_N - i) // 100 + rng.randint(0, 5))), day))
    rng.shuffle(rows)
    return rows


rows = build()
print(len(rows))
print("\\n".join(f"{a} {b}" for a, b in rows))
`
