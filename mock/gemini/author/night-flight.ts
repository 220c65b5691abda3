// Sorted weights in a column and a bound: the longest stretch of similar ones, and the triples that fit together (two pointers).
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
  thing: Text
  things: string
  carrier: Text
}

interface Case {
  weights: readonly number[]
  k: number
}

const scenes: readonly Scene[] = [
  {
    title: text('야간 비행 화물', 'Cargo for the Night Flight'),
    story: text(
      '섬으로 가는 야간 무인기는 한 번에 짐을 조금만 실을 수 있다. 물류 창고에서는 저울에 오른 순서대로 가벼운 것부터 짐을 늘어놓았다.',
      'The drone that flies to the island at night carries little at a time. In the depot the parcels have been laid out from light to heavy.',
    ),
    thing: text('소포', 'parcel'),
    things: 'parcels',
    carrier: text('무인기', 'drone'),
  },
  {
    title: text('케이블카의 배낭', 'Rucksacks on the Cable Car'),
    story: text(
      '산장으로 짐을 올리는 작은 케이블카가 있다. 관리인은 등산객이 맡긴 배낭을 가벼운 것부터 차례로 걸어 두었다.',
      'A little cable car lifts the luggage up to the hut. The keeper has hung up the rucksacks of the hikers, the lightest first.',
    ),
    thing: text('배낭', 'rucksack'),
    things: 'rucksacks',
    carrier: text('케이블카', 'cable car'),
  },
  {
    title: text('도서관의 책 수레', 'The Book Cart'),
    story: text(
      '오래된 도서관의 책 수레는 무거운 것을 싣지 못한다. 사서는 옮겨야 할 책을 가벼운 것부터 책상 위에 줄지어 놓았다.',
      'The cart of the old library does not stand much weight. The librarian has put the volumes to be moved on a table, from the lightest to the heaviest.',
    ),
    thing: text('책', 'volume'),
    things: 'volumes',
    carrier: text('수레', 'cart'),
  },
]

const window = program(
  text(
    '오른쪽 끝을 하나씩 늘리면서, 차이가 K를 넘으면 왼쪽 끝을 당긴다.',
    'Move the right end on, and pull the left end along while the difference is above K.',
  ),
  'O(N)',
  `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
k = data[1]
weights = data[2:]
left = best = 0
for right, weight in enumerate(weights):
    while weight - weights[left] > k:
        left += 1
    best = max(best, right - left + 1)
print(best)
`,
)

const triples = program(
  text(
    '가장 가벼운 하나를 정하고, 나머지 둘을 양 끝에서 좁혀 가며 센다. 합이 K 이하이면 그 사이의 모든 짝이 된다.',
    'Fix the lightest one and close in on the other two from both ends; whenever the sum fits, all partners in between fit as well.',
  ),
  'O(N^2)',
  `
import sys


def main():
    n, k, *weights = map(int, sys.stdin.buffer.read().split())
    count = 0
    for first in range(n - 2):
        room = k - weights[first]
        left = first + 1
        right = n - 1
        while left < right:
            if weights[left] + weights[right] <= room:
                count += right - left
                left += 1
            else:
                right -= 1
    print(count)


main()
`,
)

const tasks = {
  easy: {
    asked: ({ thing, things, carrier }) =>
      text(
        `${carrier.ko}에는 무게가 비슷한 ${thing.ko}끼리만 함께 실을 수 있다. 함께 실은 ${thing.ko} 가운데 가장 무거운 것과 가장 가벼운 것의 차이가 K 이하여야 한다. 한 번에 실을 수 있는 ${thing.ko}의 수의 최댓값을 구하시오.`,
        `Only ${things} of similar weight may be put on the ${carrier.en} together: among those on it, the heaviest and the lightest may differ by at most K. Find the greatest number of ${things} that can be taken at once.`,
      ),
    output: ({ thing, things }) =>
      text(`한 번에 실을 수 있는 ${thing.ko}의 최대 수를 출력한다.`, `Print the greatest number of ${things}.`),
    solve: ({ weights, k }) =>
      Math.max(...weights.map((low) => weights.filter((weight) => weight >= low && weight - low <= k).length)),
    reference: window,
    bruteForce: program(
      text(
        '가장 가벼운 것을 하나씩 정하고 함께 실을 수 있는 것을 모두 센다.',
        'For each as the lightest one, count all that go with it.',
      ),
      'O(N^2)',
      `
import sys

n, k, *weights = map(int, sys.stdin.read().split())
best = 0
for low in weights:
    best = max(best, sum(1 for weight in weights if 0 <= weight - low <= k))
print(best)
`,
    ),
    wrong: [
      edited(text('차이가 K인 것을 함께 싣지 않는다.', 'Does not take two that differ by exactly K.'), window, [
        '> k:',
        '>= max(k, 1):',
      ]),
      edited(
        text('이웃한 것끼리의 차이만 K 이하이면 된다고 여긴다.', 'Looks at the difference of neighbours only.'),
        window,
        [
          '    while weight - weights[left] > k:\n        left += 1\n',
          '    if weight - weights[right - 1] > k:\n        left = right\n',
        ],
      ),
      edited(text('무게가 같은 것을 하나로 센다.', 'Counts equal weights once.'), window, [
        'weights = data[2:]',
        'weights = sorted(set(data[2:]))',
      ]),
      decoy(
        text(
          '가장 가벼운 것부터 욕심껏 묶고 묶음 가운데 가장 큰 것을 고른다.',
          'Cuts the row into groups from the lightest on and takes the largest group.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
k = data[1]
low = data[2]
size = best = 0
for weight in data[2:]:
    if weight - low > k:
        low = weight
        size = 0
    size += 1
    best = max(best, size)
print(best)
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '하나씩 가장 가벼운 것으로 정하고, K만큼 무거운 것까지의 자리를 이분 탐색으로 찾는다.',
        'For each as the lightest one, find the last place within K by bisection.',
      ),
      'O(N log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    long long k;
    if (scanf("%d %lld", &n, &k) != 2) return 1;
    vector<long long> weights(n);
    for (auto& one : weights) if (scanf("%lld", &one) != 1) return 1;
    long best = 0;
    for (auto low = weights.begin(); low != weights.end(); ++low)
        best = max(best, (long)(upper_bound(low, weights.end(), *low + k) - low));
    printf("%ld\\n", best);
}
`,
    ),
  },
  medium: {
    asked: ({ thing, things, carrier }) =>
      text(
        `${carrier.ko}에는 서로 다른 ${thing.ko} 세 개를 함께 싣고, 그 무게의 합은 K 이하여야 한다. 세 개를 고르는 방법은 모두 몇 가지인지 구하시오. 무게가 같아도 다른 ${thing.ko}이며, 고르는 순서는 구별하지 않는다.`,
        `The ${carrier.en} takes three different ${things} at a time, and their weights may add up to at most K. In how many ways can the three be chosen? ${thing.en[0]?.toUpperCase()}${thing.en.slice(1)}s of equal weight are still different ones; the order of choosing does not matter.`,
      ),
    output: () => text('세 개를 고르는 방법의 수를 출력한다.', 'Print the number of ways to choose the three.'),
    solve: ({ weights, k }) =>
      weights.flatMap((a, i) =>
        weights.slice(0, i).flatMap((b, j) => weights.slice(0, j).filter((c) => a + b + c <= k)),
      ).length,
    reference: triples,
    bruteForce: program(
      text('모든 세 개를 시험한다.', 'Try all triples.'),
      'O(N^3)',
      `
import sys

n, k, *weights = map(int, sys.stdin.read().split())
count = 0
for a in range(n):
    for b in range(a):
        for c in range(b):
            if weights[a] + weights[b] + weights[c] <= k:
                count += 1
print(count)
`,
    ),
    wrong: [
      edited(
        text(
          '합이 맞을 때 그 사이의 짝을 세지 않고 하나만 센다.',
          'Counts one when a sum fits, instead of all partners in between.',
        ),
        triples,
        ['count += right - left', 'count += 1'],
      ),
      edited(text('합이 정확히 K인 경우를 뺀다.', 'Leaves out sums of exactly K.'), triples, ['<= room', '< room']),
      edited(
        text('같은 것을 두 번 고르는 경우도 센다.', 'Also counts choices that take the same one twice.'),
        triples,
        ['left = first + 1', 'left = first'],
      ),
      edited(text('무게가 같은 것을 하나로 여긴다.', 'Treats equal weights as one.'), triples, [
        '    count = 0\n',
        '    weights = sorted(set(weights))\n    n = len(weights)\n    count = 0\n',
      ]),
    ],
    slow: [
      decoy(
        text('두 개를 정할 때마다 나머지를 모두 훑는다.', 'Runs through all the others for every two.'),
        `
import sys

n, k, *weights = map(int, sys.stdin.buffer.read().split())
count = 0
for a in range(n):
    for b in range(a + 1, n):
        room = k - weights[a] - weights[b]
        count += sum(1 for weight in weights[b + 1:] if weight <= room)
print(count)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '두 개를 정할 때마다 함께 실을 수 있는 가장 무거운 것의 자리를 이분 탐색으로 찾는다.',
        'For every two, find the last place of a third one that fits by bisection.',
      ),
      'O(N^2 log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    long long k;
    if (scanf("%d %lld", &n, &k) != 2) return 1;
    vector<long long> weights(n);
    for (auto& one : weights) if (scanf("%lld", &one) != 1) return 1;
    long long count = 0;
    for (int a = 0; a < n; a++)
        for (int b = a + 1; b < n; b++) {
            auto from = weights.begin() + b + 1;
            count += upper_bound(from, weights.end(), k - weights[a] - weights[b]) - from;
        }
    printf("%lld\\n", count);
}
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const nightFlight: Blueprint = {
  id: 'night-flight',
  topics: ['two-pointers'],
  words: ['소포', '배낭', '수레', '무인기', 'parcel', 'rucksack', 'cart', 'drone', 'sliding'],
  drafts: { easy: (random) => draft('easy', random), medium: (random) => draft('medium', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const maxWeight = random.pick([10_000, 100_000, 1_000_000])
  const bounds = {
    MAX_N: level === 'easy' ? random.integer(5, 10) * 100 : random.integer(12, 14) * 100,
    MAX_W: maxWeight,
    MAX_K: level === 'easy' ? maxWeight : 3 * maxWeight,
    IS_EASY: level === 'easy' ? 1 : 0,
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(scene)),
    input: [
      line(integer('N', level === 'easy' ? 1 : 3, bounds.MAX_N), integer('K', 1, bounds.MAX_K)),
      {
        kind: 'array',
        name: 'W',
        length: 'N',
        min: '1',
        max: String(bounds.MAX_W),
        layout: 'column',
        order: 'non-decreasing',
        distinct: false,
      },
    ],
    samples: varied(
      () => sample(level, random, 5),
      () => sample(level, random, 7),
      () => sample(level, random, 4),
    ),
    illegalInputs: [
      illegal('3 5\n1\n3\n2\n', 'W가 줄어드는 곳이 있다.', 'W falls somewhere.'),
      illegal('3 5\n0\n1\n2\n', 'W의 값이 하한보다 작다.', 'A value of W is below its lower bound.'),
      illegal(`3 5\n1\n2\n${bounds.MAX_W + 1}\n`, 'W의 값이 상한보다 크다.', 'A value of W is above its upper bound.'),
      illegal('3 0\n1\n2\n3\n', 'K가 하한보다 작다.', 'The value K is below its lower bound.'),
      illegal('3 5\n1 2 3\n', '값이 한 줄에 모여 있다.', 'The values are all on one line.'),
    ],
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '크기와 무게의 범위가 다양한 줄', 'rows of many sizes and ranges'),
        strategy('edge-equal', 'edge', '같은 무게가 많은 짧은 줄', 'short rows with many equal weights'),
        strategy('maximum-random', 'maximum', '가장 긴 무작위 줄', 'a random row of the largest size'),
        strategy(
          'adversarial-groups',
          'adversarial',
          '무게가 K의 간격으로 뭉쳐 있는 가장 긴 줄',
          'a longest row in clusters that lie about K apart',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ thing, things }: Scene): Text {
  return text(
    `${thing.ko} N개가 가벼운 것부터 늘어서 있다. 배열 W는 그 무게를 차례로 적은 것이다.`,
    `There are N ${things} in order of their weight, the lightest first; the array W lists the weights in that order.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const weights = random.integers(n, 1, 12).toSorted((a, b) => a - b)
  const k = level === 'easy' ? random.integer(1, 5) : random.integer(12, 24)
  return {
    input: lines([n, k], ...weights.map((weight) => [weight])),
    output: lines([tasks[level].solve({ weights, k })]),
  }
}

const generatorBody = `

def build():
    if strategy == "random-mixed":
        n = rng.choice([rng.randint(4, 12), rng.randint(20, 100), rng.randint(100, MAX_N // 2)])
        top = rng.choice([20, MAX_W // 10, MAX_W])
        weights = [rng.randint(1, top) for _ in range(n)]
        return weights, rng.randint(1, max(1, top // 3) if IS_EASY else 3 * top)
    if strategy == "edge-equal":
        few = [rng.randint(1, MAX_W // 3) for _ in range(3)] + [1]
        weights = [rng.choice(few) for _ in range(rng.randint(3, 30))]
        exact = max(1, max(few) - min(few)) if IS_EASY else sum(few[:3])
        return weights, exact
    if strategy == "maximum-random":
        weights = [rng.randint(1, MAX_W) for _ in range(MAX_N)]
        return weights, rng.randint(MAX_W // 10, MAX_W // 2) if IS_EASY else rng.randint(MAX_W, 2 * MAX_W)
    step = MAX_W // 12
    weights = [step * rng.randint(1, 11) + rng.choice([-1, 0, 0, 1]) for _ in range(MAX_N)]
    return weights, step * rng.randint(1, 3) if IS_EASY else step * rng.randint(14, 22)


weights, bound = build()
weights.sort()
print(len(weights), bound)
for weight in weights:
    print(weight)
`
