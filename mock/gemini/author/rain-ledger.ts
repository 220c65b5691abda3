// An array and rows of ranges: sums of ranges, range additions (differences), additions that grow along the range (second differences).
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
  amount: Text
  event: Text
  events: string
}

interface Case {
  levels: readonly number[]
  /** Ranges counted from 1, with the value of the row. */
  rows: readonly { l: number; r: number; v: number }[]
}

const scenes: readonly Scene[] = [
  {
    title: text('빗물 저장고의 장부', 'The Rainwater Ledger'),
    story: text(
      '마을에는 빗물 저장고가 한 줄로 늘어서 있다. 저수지 관리인은 저장고마다 모인 물의 양을 장부에 적고, 비가 올 때마다 어디에 얼마나 내렸는지를 기록한다.',
      'A row of rainwater tanks stands in the village. The keeper writes down how much water each of them holds, and notes for every rain where it fell and how much.',
    ),
    place: text('저장고', 'tank'),
    places: 'tanks',
    amount: text('물의 양', 'amount of water'),
    event: text('비', 'rain'),
    events: 'rains',
  },
  {
    title: text('눈 내린 활주로', 'Snow on the Runway'),
    story: text(
      '공항의 활주로는 같은 길이의 구획으로 나뉘어 있다. 관제사는 구획마다 쌓인 눈의 양을 재어 두고, 눈구름이 지나갈 때마다 어느 구획에 눈이 내렸는지를 적는다.',
      'The runway of the airport is divided into sections of equal length. The controllers have measured the snow on each section, and for every snow cloud that passes they note the sections on which it snowed.',
    ),
    place: text('구획', 'section'),
    places: 'sections',
    amount: text('눈의 양', 'amount of snow'),
    event: text('눈구름', 'snow cloud'),
    events: 'snow clouds',
  },
  {
    title: text('과수원의 꿀벌들', 'Bees in the Orchard'),
    story: text(
      '과수원에는 벌통이 한 줄로 놓여 있다. 양봉가는 벌통마다 모인 꿀의 양을 재어 적어 두고, 꽃이 필 때마다 어느 벌통에 꿀이 더해졌는지를 기록한다.',
      'A row of beehives stands in the orchard. The beekeeper has measured the honey in each of them, and whenever something is in bloom, notes which hives have gained honey.',
    ),
    place: text('벌통', 'hive'),
    places: 'hives',
    amount: text('꿀의 양', 'amount of honey'),
    event: text('개화', 'bloom'),
    events: 'blooms',
  },
]

const tasks = {
  easy: {
    asked: ({ place, places, amount }) =>
      text(
        `이어서 구간 Q개의 목록 D가 주어진다. D의 각 줄에 적힌 l과 r은 l번부터 r번까지의 ${place.ko}을(를) 뜻하며, 그 ${place.ko}들의 ${amount.ko}을(를) 모두 더한 것이 구간의 값이다. 구간의 값 가운데 가장 큰 값과, 값이 그와 같은 구간의 수를 구하시오. 같은 구간이 여러 번 주어지면 각각 센다.`,
        `A list D of Q ranges follows. The values l and r on a line of D stand for the ${places} from ${place.en} l to ${place.en} r, and the value of the range is the sum of the values of A for them. Find the greatest value of a range and the number of ranges that have it. A range that is given several times counts several times.`,
      ),
    output: () =>
      text(
        '가장 큰 값과 값이 그와 같은 구간의 수를 공백으로 구분하여 한 줄에 출력한다.',
        'Print the greatest value and the number of ranges that have it on one line, separated by a space.',
      ),
    solve: ({ levels, rows }) => greatestAndCount(rows.map(({ l, r }) => sum(levels.slice(l - 1, r)))),
    reference: program(
      text(
        '누적 합을 구해 두고, 구간의 합을 두 누적 합의 차로 구한다.',
        'With prefix sums, the sum of a range is the difference of two of them.',
      ),
      'O(N + Q)',
      `
import sys
from itertools import accumulate


def main():
    n, q, *numbers = map(int, sys.stdin.read().split())
    prefix = [0, *accumulate(numbers[:n])]
    sums = [prefix[r] - prefix[l - 1] for l, r in zip(numbers[n::2], numbers[n + 1::2])]
    print(max(sums), sums.count(max(sums)))


main()
`,
    ),
    bruteForce: program(
      text('구간마다 하나하나 더한다.', 'Add up every range value by value.'),
      'O(N * Q)',
      `
n, q = map(int, input().split())
a = list(map(int, input().split()))
best = count = 0
for _ in range(q):
    l, r = map(int, input().split())
    total = 0
    for i in range(l - 1, r):
        total += a[i]
    if count == 0 or total > best:
        best = total
        count = 0
    count += total == best
print(best, count)
`,
    ),
  },
  medium: {
    asked: ({ place, places, amount, event, events }) =>
      text(
        `이어서 ${event.ko}에 관한 기록 Q개의 목록 D가 주어진다. D의 각 줄에 적힌 l, r, v는 l번부터 r번까지 모든 ${place.ko}의 ${amount.ko}이(가) v만큼 늘었다는 뜻이다. 모든 기록을 반영한 뒤, 가장 많은 ${amount.ko}과(와), ${amount.ko}이(가) 그와 같은 ${place.ko}의 수를 구하시오.`,
        `A list D of Q ${events} follows. The values l, r and v on a line of D say that one ${event.en} has increased the ${amount.en} of each of the ${places} from ${place.en} l to ${place.en} r by v. Find the greatest ${amount.en} after all ${events}, and the number of ${places} that have it.`,
      ),
    output: ({ place, places, amount }) =>
      text(
        `가장 많은 ${amount.ko}과(와) 그만큼인 ${place.ko}의 수를 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the greatest ${amount.en} and the number of ${places} that have it on one line, separated by a space.`,
      ),
    solve: ({ levels, rows }) =>
      greatestAndCount(
        levels.map((level, i) => level + sum(rows.filter(({ l, r }) => l <= i + 1 && i + 1 <= r).map(({ v }) => v))),
      ),
    reference: program(
      text(
        '구간의 양 끝에서 늘고 주는 양만 차이 배열에 적고, 마지막에 누적한다.',
        'Note only where an increase begins and ends in a difference array and accumulate it at the end.',
      ),
      'O(N + Q)',
      `
import sys
from itertools import accumulate


def main():
    n, q, *numbers = map(int, sys.stdin.buffer.read().split())
    change = [0] * (n + 1)
    for i in range(n, n + 3 * q, 3):
        change[numbers[i] - 1] += numbers[i + 2]
        change[numbers[i + 1]] -= numbers[i + 2]
    amounts = [start + more for start, more in zip(numbers[:n], accumulate(change))]
    print(max(amounts), amounts.count(max(amounts)))


main()
`,
    ),
    bruteForce: program(
      text('기록마다 구간의 모든 값을 하나씩 늘린다.', 'Increase all values of the range for every line.'),
      'O(N * Q)',
      `
n, q = map(int, input().split())
a = list(map(int, input().split()))
for _ in range(q):
    l, r, v = map(int, input().split())
    for i in range(l - 1, r):
        a[i] += v
best = max(a)
print(best, sum(value == best for value in a))
`,
    ),
  },
  hard: {
    asked: ({ place, amount, event, events }) =>
      text(
        `이어서 ${event.ko}에 관한 기록 Q개의 목록 D가 주어진다. D의 각 줄에 적힌 l, r, v는 l번 ${place.ko}의 ${amount.ko}이(가) v만큼 늘고, 그 오른쪽으로 r번까지는 ${place.ko} 하나를 지날 때마다 늘어나는 양이 v씩 커진다는 뜻이다. 따라서 r번 ${place.ko}의 ${amount.ko}은(는) v의 r-l+1배만큼 늘어난다. 모든 기록을 반영한 뒤, 가장 많은 ${amount.ko}과(와), ${amount.ko}이(가) 그와 같은 ${place.ko} 가운데 가장 작은 번호를 구하시오.`,
        `A list D of Q ${events} follows. The values l, r and v on a line of D say that one ${event.en} has increased the ${amount.en} of ${place.en} l by v, and that the increase grows by v from each ${place.en} to the next one up to ${place.en} r; so the ${amount.en} of ${place.en} r has increased by r-l+1 times v. Find the greatest ${amount.en} after all ${events}, and the smallest number of a ${place.en} that has it.`,
      ),
    output: ({ place, amount }) =>
      text(
        `가장 많은 ${amount.ko}과(와) 그만큼인 ${place.ko}의 가장 작은 번호를 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the greatest ${amount.en} and the smallest number of a ${place.en} that has it on one line, separated by a space.`,
      ),
    solve: ({ levels, rows }) => {
      const amounts = levels.map(
        (level, i) => level + sum(rows.map(({ l, r, v }) => (l <= i + 1 && i + 1 <= r ? v * (i + 2 - l) : 0))),
      )
      const greatest = Math.max(...amounts)
      return `${greatest} ${amounts.indexOf(greatest) + 1}`
    },
    reference: program(
      text(
        '늘어나는 양의 기울기를 차이 배열에 적는다. 구간이 끝나면 기울기와 그때까지 쌓인 양을 함께 되돌린다. 두 번 누적하면 된다.',
        'Note the slope of every increase in a difference array; at the end of a range both the slope and what has piled up are taken back. Accumulating twice gives the increases.',
      ),
      'O(N + Q)',
      `
import sys
from itertools import accumulate


def main():
    n, q, *numbers = map(int, sys.stdin.buffer.read().split())
    slope = [0] * (n + 1)
    drop = [0] * (n + 1)
    for i in range(n, n + 3 * q, 3):
        l, r, v = numbers[i:i + 3]
        slope[l - 1] += v
        slope[r] -= v
        drop[r] -= v * (r - l + 1)
    increases = accumulate(grow + fall for grow, fall in zip(accumulate(slope), drop))
    amounts = [start + more for start, more in zip(numbers[:n], increases)]
    print(max(amounts), amounts.index(max(amounts)) + 1)


main()
`,
    ),
    bruteForce: program(
      text('기록마다 구간의 모든 값을 하나씩 늘린다.', 'Increase all values of the range for every line.'),
      'O(N * Q)',
      `
n, q = map(int, input().split())
a = list(map(int, input().split()))
for _ in range(q):
    l, r, v = map(int, input().split())
    more = v
    for i in range(l - 1, r):
        a[i] += more
        more += v
print(max(a), a.index(max(a)) + 1)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const rainLedger: Blueprint = {
  id: 'rain-ledger',
  topics: ['prefix-sum'],
  words: ['빗물', '활주로', '벌통', '구간 합', 'rainwater', 'runway', 'beehive', 'range sum', 'difference array'],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const isEasy = level === 'easy'
  const bounds = {
    MAX_N: isEasy ? random.integer(2, 10) * 100 : random.integer(50, 80) * 1000,
    MAX_Q: isEasy ? random.integer(2, 10) * 100 : random.integer(50, 60) * 1000,
    MAX_A: random.integer(1, 9) * 1000,
    MAX_V: random.integer(1, 10) * 100,
  }
  const range = [integer('l', 1, 'N'), integer('r', 'l', 'N')]
  const v = isEasy ? '' : ' 1'
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N), integer('Q', 1, bounds.MAX_Q)),
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
      {
        kind: 'rows',
        name: 'D',
        count: 'Q',
        fields: isEasy ? range : [...range, integer('v', 1, bounds.MAX_V)],
        distinct: false,
      },
    ],
    samples: varied(
      () => sample(level, random, 5, 3),
      () => sample(level, random, 7, 4),
    ),
    illegalInputs: [
      illegal(`3 1\n1 2 3\n3 2${v}\n`, 'r이 l보다 작다.', 'The value r is less than l.'),
      illegal(`3 1\n1 2 3\n2 4${v}\n`, 'r이 N보다 크다.', 'The value r is greater than N.'),
      illegal(`3 2\n1 2 3\n1 2${v}\n`, '줄이 Q개보다 적다.', 'There are fewer than Q lines.'),
      illegal(`2 1\n1 -2\n1 2${v}\n`, 'A의 값이 하한보다 작다.', 'A value of A is below its lower bound.'),
      illegal(`3 1\n1 2\n1 2${v}\n`, 'A의 값이 N개보다 적다.', 'There are fewer than N values in A.'),
    ],
    generator: {
      strategies: [
        strategy('random-ranges', 'random', '크기가 다양한 무작위 구간', 'random ranges of many sizes'),
        strategy('edge-touching', 'edge', '양 끝이나 서로 맞닿은 구간', 'ranges that touch the ends or one another'),
        strategy('maximum-ranges', 'maximum', '가장 많은 무작위 구간', 'the largest number of random ranges'),
        strategy(
          'adversarial-long',
          'adversarial',
          '거의 전체를 덮는 가장 많은 구간',
          'the largest number of ranges that cover almost everything',
        ),
      ],
      code: generatorCode({ ...bounds, HAS_V: isEasy ? 0 : 1 }, generatorBody),
    },
  }
}

function given({ place, places, amount }: Scene): Text {
  return text(
    `1번부터 N번까지 번호가 붙은 ${place.ko} N개가 한 줄로 늘어서 있고, 배열 A의 i번째 값은 i번 ${place.ko}의 처음 ${amount.ko}이다.`,
    `There are N ${places} in a row, numbered from 1 to N, and the i-th value of the array A is the ${amount.en} of ${place.en} i at the beginning.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, q: number): Sample {
  const levels = random.integers(n, 0, 9)
  const rows = Array.from({ length: q }, () => {
    const [l = 1, r = 1] = random.integers(2, 1, n).sort((a, b) => a - b)
    return { l, r, v: random.integer(1, 5) }
  })
  return {
    input: lines([n, q], levels, ...rows.map(({ l, r, v }) => (level === 'easy' ? [l, r] : [l, r, v]))),
    output: lines([tasks[level].solve({ levels, rows })]),
  }
}

function greatestAndCount(values: readonly number[]): string {
  const greatest = Math.max(...values)
  return `${greatest} ${values.filter((value) => value === greatest).length}`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

const generatorBody = `

def pair(n):
    l = rng.randint(1, n)
    r = rng.randint(1, n)
    return min(l, r), max(l, r)


if strategy == "random-ranges":
    n, q = rng.choice([
        (rng.randint(4, 10), rng.randint(2, 8)),
        (rng.randint(30, 150), rng.randint(10, 150)),
        (rng.randint(MAX_N // 4, MAX_N // 2), rng.randint(MAX_Q // 4, MAX_Q // 2)),
    ])
    ranges = [pair(n) for _ in range(q)]
elif strategy == "edge-touching":
    n = rng.randint(12, 40)
    cuts = sorted(rng.sample(range(1, n), 5))
    ranges = [(a + 1, b) for a, b in zip([0] + cuts, cuts + [n])] + [(1, n), (n, n), (1, 1)]
    ranges = [rng.choice(ranges) for _ in range(rng.randint(8, 20))]
elif strategy == "maximum-ranges":
    n = MAX_N
    ranges = [pair(n) for _ in range(MAX_Q)]
else:
    n = MAX_N
    ranges = [(rng.randint(1, n // 20), n - rng.randint(0, n // 20)) for _ in range(MAX_Q)]
few = strategy == "edge-touching"
print(n, len(ranges))
print(*(rng.choice([0, 1, MAX_A]) if few else rng.randint(0, MAX_A) for _ in range(n)))
if HAS_V:
    rows = [f"{l} {r} {rng.choice([1, MAX_V]) if few else rng.randint(1, MAX_V)}" for l, r in ranges]
else:
    rows = [f"{l} {r}" for l, r in ranges]
print("\\n".join(rows))
`
