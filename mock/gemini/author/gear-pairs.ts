// An array and a number: counting divisors, pairs by remainder, pairs by greatest common divisor (counting over multiples).
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
  measure: Text
}

interface Case {
  values: readonly number[]
  k: number
}

const scenes: readonly Scene[] = [
  {
    title: text('시계공의 톱니바퀴', "The Watchmaker's Gears"),
    story: text(
      '시계공의 서랍에는 톱니의 수가 제각각인 톱니바퀴가 가득하다. 시계공은 새 시계를 설계하기에 앞서 가진 톱니바퀴를 꼼꼼히 조사하려고 한다.',
      'The drawer of a watchmaker is full of gears with all kinds of tooth counts. Before designing a new watch, the watchmaker wants to study the gears at hand.',
    ),
    thing: text('톱니바퀴', 'gear'),
    things: 'gears',
    measure: text('톱니 수', 'tooth count'),
  },
  {
    title: text('종지기의 종소리', 'The Bells of the Tower'),
    story: text(
      '종탑에는 저마다 다른 주기로 울리는 종이 여럿 달려 있다. 종지기는 종이 울리는 주기를 모두 적어 놓고, 종들이 어떻게 어우러지는지 따져 보고 있다.',
      'Many bells hang in the tower, each ringing with a period of its own. The bell ringer has written down all the periods and is working out how the bells go together.',
    ),
    thing: text('종', 'bell'),
    things: 'bells',
    measure: text('주기', 'period'),
  },
  {
    title: text('목수의 나무토막', "The Carpenter's Planks"),
    story: text(
      '목수의 창고에 길이가 제각각인 나무토막이 쌓여 있다. 목수는 나무토막의 길이를 모두 재어 적은 다음, 어떤 것들이 서로 잘 맞는지 알아보려고 한다.',
      'Planks of all lengths are piled up in the shed of a carpenter, who has measured every one of them and now wants to find out which ones fit together.',
    ),
    thing: text('나무토막', 'plank'),
    things: 'planks',
    measure: text('길이', 'length'),
  },
]

const tasks = {
  easy: {
    asked: ({ thing, things, measure }) =>
      text(
        `${measure.ko}의 약수가 정확히 K개인 ${thing.ko}은(는) 모두 몇 개인지 구하시오. 1과 그 수 자신도 약수이다.`,
        `Count the ${things} whose ${measure.en} has exactly K divisors. The divisors of a number include 1 and the number itself.`,
      ),
    output: ({ thing, things }) =>
      text(`조건에 맞는 ${thing.ko}의 수를 출력한다.`, `Print the number of such ${things}.`),
    solve: ({ values, k }) =>
      values.filter(
        (value) => k === Array.from({ length: value }, (_, i) => i + 1).filter((d) => value % d === 0).length,
      ).length,
    reference: program(
      text(
        '제곱근 이하의 약수만 찾고, 짝이 되는 약수를 함께 센다.',
        'Look for divisors up to the square root only and count each with its partner.',
      ),
      'O(N sqrt(A))',
      `
import sys


def divisors(value):
    count = 0
    d = 1
    while d * d <= value:
        if value % d == 0:
            count += 1 if d * d == value else 2
        d += 1
    return count


def main():
    n, *values, k = map(int, sys.stdin.read().split())
    print(sum(divisors(value) == k for value in values))


main()
`,
    ),
    bruteForce: program(
      text('1부터 그 수까지 모두 나누어 본다.', 'Try all divisors from 1 to the number itself.'),
      'O(N * A)',
      `
n = int(input())
values = list(map(int, input().split()))
k = int(input())
answer = 0
for value in values:
    if sum(value % d == 0 for d in range(1, value + 1)) == k:
        answer += 1
print(answer)
`,
    ),
  },
  medium: {
    asked: ({ thing, things, measure }) =>
      text(
        `서로 다른 두 ${thing.ko}의 쌍 가운데, 두 ${measure.ko}의 합이 K로 나누어떨어지는 쌍은 모두 몇 개인지 구하시오. 두 ${thing.ko}의 순서는 구별하지 않으며, ${measure.ko}이(가) 같더라도 서로 다른 ${thing.ko}은(는) 구별한다.`,
        `Count the pairs of different ${things} such that the sum of the two ${measure.en}s is divisible by K. The order within a pair does not matter, and ${things} of equal ${measure.en} are still different ${things}.`,
      ),
    output: () => text('조건에 맞는 쌍의 수를 출력한다.', 'Print the number of such pairs.'),
    solve: ({ values, k }) => pairsOf(values).filter(([a, b]) => (a + b) % k === 0).length,
    reference: program(
      text(
        '앞에서부터 훑으면서, 지금까지 나온 나머지의 개수를 세어 두고 짝이 되는 나머지의 개수를 더한다.',
        'Scan the values, keep how often each remainder has occurred, and add the count of the matching remainder.',
      ),
      'O(N)',
      `
import sys


def main():
    n, *values, k = map(int, sys.stdin.buffer.read().split())
    seen = {}
    pairs = 0
    for value in values:
        pairs += seen.get(-value % k, 0)
        seen[value % k] = seen.get(value % k, 0) + 1
    print(pairs)


main()
`,
    ),
    bruteForce: program(
      text('모든 쌍의 합을 나누어 본다.', 'Divide the sum of every pair.'),
      'O(N^2)',
      `
n = int(input())
values = list(map(int, input().split()))
k = int(input())
answer = 0
for i in range(n):
    for j in range(i + 1, n):
        if (values[i] + values[j]) % k == 0:
            answer += 1
print(answer)
`,
    ),
  },
  hard: {
    asked: ({ thing, things, measure }) =>
      text(
        `서로 다른 두 ${thing.ko}의 쌍 가운데, 두 ${measure.ko}의 최대공약수가 정확히 K인 쌍은 모두 몇 개인지 구하시오. 두 ${thing.ko}의 순서는 구별하지 않으며, ${measure.ko}이(가) 같더라도 서로 다른 ${thing.ko}은(는) 구별한다.`,
        `Count the pairs of different ${things} such that the greatest common divisor of the two ${measure.en}s is exactly K. The order within a pair does not matter, and ${things} of equal ${measure.en} are still different ${things}.`,
      ),
    output: () => text('조건에 맞는 쌍의 수를 출력한다.', 'Print the number of such pairs.'),
    solve: ({ values, k }) => pairsOf(values).filter(([a, b]) => commonDivisor(a, b) === k).length,
    reference: program(
      text(
        'K의 배수만 남겨 K로 나눈다. 큰 수부터, 그 수의 배수끼리 만드는 쌍의 수에서 최대공약수가 더 큰 배수인 쌍의 수를 빼면 최대공약수가 그 수인 쌍이 남는다.',
        'Keep the multiples of K and divide them by K. From the largest number down: the pairs among its multiples, minus the pairs whose greatest common divisor is a larger multiple.',
      ),
      'O(N + A log A)',
      `
import sys


def main():
    n, *values, k = map(int, sys.stdin.buffer.read().split())
    top = max(values) // k
    count = [0] * (top + 1)
    for value in values:
        if value % k == 0:
            count[value // k] += 1
    pairs = [0] * (top + 2)
    for d in range(top, 0, -1):
        multiples = sum(count[d::d])
        pairs[d] = multiples * (multiples - 1) // 2 - sum(pairs[2 * d::d])
    print(pairs[1])


main()
`,
    ),
    bruteForce: program(
      text('모든 쌍의 최대공약수를 구한다.', 'Compute the greatest common divisor of every pair.'),
      'O(N^2 log A)',
      `
from math import gcd

n = int(input())
values = list(map(int, input().split()))
k = int(input())
answer = 0
for i in range(n):
    for j in range(i + 1, n):
        if gcd(values[i], values[j]) == k:
            answer += 1
print(answer)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  easy: {
    wrong: [
      edited(text('제곱수의 제곱근을 두 번 센다.', 'Counts the square root of a square twice.'), tasks.easy.reference, [
        'count += 1 if d * d == value else 2',
        'count += 2',
      ]),
      edited(text('제곱근은 살펴보지 않는다.', 'Stops before the square root.'), tasks.easy.reference, [
        'd * d <= value',
        'd * d < value',
      ]),
      edited(text('약수가 K개 이상이면 센다.', 'Counts the numbers with at least K divisors.'), tasks.easy.reference, [
        'divisors(value) == k',
        'divisors(value) >= k',
      ]),
      edited(
        text('그 수 자신을 약수로 치지 않는다.', 'Does not take a number for a divisor of itself.'),
        tasks.easy.reference,
        ['divisors(value) == k', 'divisors(value) - 1 == k'],
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '배수를 훑어 모든 수의 약수의 개수를 미리 구한다.',
        'Walk along multiples to find the number of divisors of all numbers in advance.',
      ),
      'O(N + A log A)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, k;
    cin >> n;
    vector<int> a(n);
    for (int &x : a) cin >> x;
    cin >> k;
    int top = *max_element(a.begin(), a.end());
    vector<int> divisors(top + 1);
    for (int d = 1; d <= top; d++)
        for (int x = d; x <= top; x += d) divisors[x]++;
    cout << count_if(a.begin(), a.end(), [&](int x) { return divisors[x] == k; }) << "\\n";
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text(
          '나머지가 r이면 K-r만 찾아서, 둘 다 K의 배수인 쌍을 놓친다.',
          'Looks for the remainder K-r only and misses pairs of two multiples of K.',
        ),
        tasks.medium.reference,
        ['-value % k, 0', 'k - value % k, 0'],
      ),
      edited(text('나머지가 같은 것끼리 짝짓는다.', 'Pairs equal remainders.'), tasks.medium.reference, [
        '-value % k, 0',
        'value % k, 0',
      ]),
      edited(text('같은 값은 한 번만 센다.', 'Counts equal values only once.'), tasks.medium.reference, [
        'for value in values',
        'for value in set(values)',
      ]),
      decoy(
        text(
          '나머지의 개수를 곱해 모두 더하고 반으로 나누면서, 자기 자신과의 쌍을 빼지 않는다.',
          'Halves the sum of the products of matching counts without taking out pairs of a value with itself.',
        ),
        `
import sys
from collections import Counter

n, *values, k = map(int, sys.stdin.buffer.read().split())
count = Counter(value % k for value in values)
print(sum(many * count[-r % k] for r, many in list(count.items())) // 2)
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '나머지를 늘어놓고, 값마다 짝이 되는 나머지가 앞에 몇 번 나왔는지 처음부터 센다.',
          'Writes the remainders down and counts for every value, from the start, how often its match occurred.',
        ),
        `
import sys

n, *values, k = map(int, sys.stdin.buffer.read().split())
seen = []
pairs = 0
for value in values:
    pairs += seen.count(-value % k)
    seen.append(value % k)
print(pairs)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '나머지의 개수를 먼저 모두 센 다음, 서로 짝이 되는 나머지끼리 곱하고 자기와 짝이 되는 나머지는 따로 센다.',
        'Count all remainders first, then multiply the counts of matching ones; those that match themselves are counted apart.',
      ),
      'O(N + K)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, k;
    scanf("%d", &n);
    vector<int> a(n);
    for (int &x : a) scanf("%d", &x);
    scanf("%d", &k);
    vector<long long> count(k);
    for (int x : a) count[x % k]++;
    long long pairs = count[0] * (count[0] - 1) / 2;
    for (int r = 1; 2 * r <= k; r++)
        pairs += 2 * r == k ? count[r] * (count[r] - 1) / 2 : count[r] * count[k - r];
    printf("%lld\\n", pairs);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text('둘 다 K의 배수이기만 하면 센다.', 'Counts a pair as soon as both are multiples of K.'),
        tasks.hard.reference,
        [' - sum(pairs[2 * d::d])', ''],
      ),
      edited(
        text(
          '더 큰 배수를 공약수로 가지는 쌍을 배수마다 그대로 빼서 여러 번 뺀다.',
          'Subtracts the pairs of every larger multiple as they are, some of them several times.',
        ),
        tasks.hard.reference,
        ['sum(pairs[2 * d::d])', '(sum(pairs[2 * d::d]) if d == 1 else 0)'],
      ),
      edited(text('같은 값은 한 번만 센다.', 'Counts equal values only once.'), tasks.hard.reference, [
        'count[value // k] += 1',
        'count[value // k] = 1',
      ]),
      edited(
        text('값과 그 자신의 쌍도 센다.', 'Counts each value together with itself as well.'),
        tasks.hard.reference,
        ['multiples * (multiples - 1)', 'multiples * (multiples + 1)'],
      ),
    ],
    slow: [
      decoy(
        text(
          '같은 값끼리 묶은 다음, 서로 다른 두 값의 최대공약수를 모두 구한다.',
          'Groups equal values, then computes the greatest common divisor of any two different ones.',
        ),
        `
import sys
from collections import Counter
from math import gcd

n, *values, k = map(int, sys.stdin.buffer.read().split())
groups = sorted(Counter(values).items())
pairs = 0
for i, (a, many) in enumerate(groups):
    if a == k:
        pairs += many * (many - 1) // 2
    for b, more in groups[:i]:
        if gcd(a, b) == k:
            pairs += many * more
print(pairs)
`,
      ),
    ],
    solver: cppSolver(
      text(
        'K의 배수마다 그 배수로 나누어떨어지는 값의 쌍을 세고, 뫼비우스 함수를 곱해 더한다.',
        'For every multiple of K count the pairs it divides, and add them up weighted by the Möbius function.',
      ),
      'O(N + A log A)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, k;
    scanf("%d", &n);
    vector<int> a(n);
    for (int &x : a) scanf("%d", &x);
    scanf("%d", &k);
    int top = *max_element(a.begin(), a.end()) / k;
    vector<long long> count(top + 1), mobius(top + 1);
    for (int x : a)
        if (x % k == 0) count[x / k]++;
    if (top >= 1) mobius[1] = 1;
    long long pairs = 0;
    for (int d = 1; d <= top; d++) {
        long long multiples = 0;
        for (int x = d; x <= top; x += d) {
            multiples += count[x];
            if (x > d) mobius[x] -= mobius[d];
        }
        pairs += mobius[d] * (multiples * (multiples - 1) / 2);
    }
    printf("%lld\\n", pairs);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const gearPairs: Blueprint = {
  id: 'gear-pairs',
  topics: ['math'],
  words: ['톱니', '종탑', '목수', '약수', '배수', '나머지', 'gear', 'bells', 'plank', 'divisor', 'gcd', 'modulo'],
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
    MAX_A: {
      easy: random.integer(10, 20) * 100,
      medium: random.integer(5, 10) * 100_000,
      hard: random.integer(15, 20) * 10_000,
    }[level],
  }
  const maxK = level === 'easy' ? random.integer(30, 40) : bounds.MAX_A
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
        min: '1',
        max: String(bounds.MAX_A),
        layout: 'line',
        order: 'any',
        distinct: false,
      },
      line(integer('K', 1, maxK)),
    ],
    samples: varied(
      () => sample(level, random, 5),
      () => sample(level, random, 7),
    ),
    illegalInputs: [
      illegal('2\n0 3\n2\n', 'A의 값이 하한보다 작다.', 'A value of A is below its lower bound.'),
      illegal('2\n5 3\n0\n', 'K가 하한보다 작다.', 'The value K is below its lower bound.'),
      illegal(`2\n5 3\n${maxK + 1}\n`, 'K가 상한보다 크다.', 'The value K is above its upper bound.'),
      illegal('3\n5 3\n2\n', 'A의 값이 N개보다 적다.', 'There are fewer than N values in A.'),
      illegal('2\n5 3 2\n', 'K가 A와 같은 줄에 적혀 있다.', 'The value K is on the same line as A.'),
    ],
    generator: {
      strategies: [
        strategy('random-values', 'random', '크기가 다양한 무작위 배열', 'random arrays of many sizes'),
        strategy('edge-equal-values', 'edge', '같은 값이 많은 배열', 'arrays with many equal values'),
        strategy('maximum-values', 'maximum', '가장 긴 무작위 배열', 'a random array of the largest size'),
        strategy(
          'adversarial-smooth',
          'adversarial',
          '약수가 많은 값으로만 된 가장 긴 배열',
          'a longest array of values with many divisors',
        ),
      ],
      code: generatorCode({ LEVEL: { easy: 0, medium: 1, hard: 2 }[level], ...bounds, MAX_K: maxK }, generatorBody),
    },
  }
}

function given({ thing, things, measure }: Scene): Text {
  return text(
    `${thing.ko} N개의 ${measure.ko}을(를) 적은 배열 A와 정수 K가 주어진다.`,
    `You are given an array A, the ${measure.en}s of N ${things}, and an integer K.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const values = random.integers(n, 2, 24)
  const [first = 1, second = 1] = values
  const k = { easy: 4, medium: random.integer(2, 5), hard: commonDivisor(first, second) }[level]
  return { input: lines([n], values, [k]), output: lines([tasks[level].solve({ values, k })]) }
}

function pairsOf(values: readonly number[]): (readonly [number, number])[] {
  return values.flatMap((one, index) => values.slice(index + 1).map((other) => [one, other] as const))
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

const generatorBody = `
if strategy == "random-values":
    n = rng.choice([rng.randint(6, 12), rng.randint(30, 200), rng.randint(MAX_N // 4, MAX_N // 2)])
    top = rng.choice([min(MAX_A, 60), min(MAX_A, 2000), MAX_A])
    values = [rng.randint(1, top) for _ in range(n)]
elif strategy == "edge-equal-values":
    few = [1, MAX_A] + [rng.randint(1, MAX_A) for _ in range(3)]
    values = [rng.choice(few) for _ in range(rng.randint(20, 60))]
elif strategy == "maximum-values":
    values = [rng.randint(1, MAX_A) for _ in range(MAX_N)]
else:
    step = 12
    values = [step * rng.randint(1, MAX_A // step) for _ in range(MAX_N)]
if LEVEL == 0:
    k = rng.choice([2, 3, 4, 6, 8]) if strategy != "adversarial-smooth" else rng.choice([12, 16, 18, 24])
elif LEVEL == 1:
    k = rng.choice([rng.randint(1, 12), rng.randint(1, 5000), 2 * rng.choice(values)])
elif strategy == "adversarial-smooth":
    k = step * rng.randint(1, 4)
else:
    k = rng.choice([1, rng.randint(1, 12), rng.choice(values)])
print(len(values))
print(*values)
print(min(MAX_K, k))
`
