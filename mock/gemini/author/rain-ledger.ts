// An array and rows of ranges: sums of ranges, range additions (differences), additions that grow along the range (second differences).
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

/** What others write who read the same statement: wrong ideas, slow programs and an independent solution. */
const otherSolutions = {
  easy: {
    wrong: [
      edited(
        text(
          '누적 합을 뺄 때 l번까지 빼서 왼쪽 끝을 빠뜨린다.',
          'Subtracts the prefix up to l, so the left end is lost.',
        ),
        tasks.easy.reference,
        ['prefix[l - 1]', 'prefix[l]'],
      ),
      edited(
        text('같은 구간이 여러 번 주어져도 한 번만 센다.', 'Counts a range that is given several times only once.'),
        tasks.easy.reference,
        ['zip(numbers[n::2], numbers[n + 1::2])', 'set(zip(numbers[n::2], numbers[n + 1::2]))'],
      ),
      edited(
        text('가장 긴 구간의 값이 가장 크다고 믿는다.', 'Believes that the longest range has the greatest value.'),
        tasks.easy.reference,
        [
          'print(max(sums), sums.count(max(sums)))',
          `lengths = [r - l for l, r in zip(numbers[n::2], numbers[n + 1::2])]
    greatest = sums[lengths.index(max(lengths))]
    print(greatest, sums.count(greatest))`,
        ],
      ),
      edited(
        text(
          '더 큰 값을 찾아도 수를 처음부터 다시 세지 않는다.',
          'Does not start counting afresh when a greater value turns up.',
        ),
        tasks.easy.reference,
        [
          'print(max(sums), sums.count(max(sums)))',
          `best = count = 0
    for value in sums:
        if value >= best:
            best = value
            count += 1
    print(best, count)`,
        ],
      ),
    ],
    slow: [],
    solver: cppSolver(
      text('구간마다 그대로 더해 값별로 몇 번 나왔는지 센다.', 'Add up every range and tally the sums.'),
      'O(N * Q)',
      `
#include <iostream>
#include <map>
#include <numeric>
#include <vector>

int main() {
    int n, q;
    std::cin >> n >> q;
    std::vector<long long> a(n);
    for (auto &value : a) std::cin >> value;
    std::map<long long, int> tally;
    while (q--) {
        int l, r;
        std::cin >> l >> r;
        ++tally[std::accumulate(a.begin() + l - 1, a.begin() + r, 0LL)];
    }
    std::cout << tally.rbegin()->first << ' ' << tally.rbegin()->second << '\\n';
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text(
          '처음의 값을 더하지 않고 늘어난 양만 비교한다.',
          'Compares the increases only and forgets the values at the beginning.',
        ),
        tasks.medium.reference,
        ['[start + more for', '[more for'],
      ),
      edited(
        text(
          '같은 곳에서 시작하는 기록은 마지막 것만 남긴다.',
          'Of several ranges with the same beginning only the last one is kept.',
        ),
        tasks.medium.reference,
        ['change[numbers[i] - 1] +=', 'change[numbers[i] - 1] ='],
      ),
      edited(
        text(
          '처음에 가장 많던 곳이 끝에도 가장 많다고 믿는다.',
          'Believes that whatever was greatest at the beginning stays so.',
        ),
        tasks.medium.reference,
        [
          'print(max(amounts), amounts.count(max(amounts)))',
          `greatest = amounts[numbers.index(max(numbers[:n]))]
    print(greatest, amounts.count(greatest))`,
        ],
      ),
      edited(
        text(
          '같은 곳에서 끝나는 기록은 마지막 것만 되돌린다.',
          'Of several ranges with the same end only the last one is taken back.',
        ),
        tasks.medium.reference,
        ['change[numbers[i + 1]] -= numbers', 'change[numbers[i + 1]] = -numbers'],
      ),
    ],
    slow: [
      decoy(
        text(
          '기록마다 구간을 잘라 내어 모두 늘린 뒤 다시 끼워 넣는다.',
          'Cuts out every range, increases it and puts it back.',
        ),
        `
import sys


def main():
    n, q, *numbers = map(int, sys.stdin.buffer.read().split())
    amounts = numbers[:n]
    for i in range(n, n + 3 * q, 3):
        l, r, v = numbers[i:i + 3]
        amounts[l - 1:r] = [amount + v for amount in amounts[l - 1:r]]
    print(max(amounts), amounts.count(max(amounts)))


main()
`,
      ),
      decoy(
        text(
          '한 칸씩 나아가며 그 칸을 덮는 기록을 매번 모두 더한다.',
          'Walks along the row and adds up all ranges that cover each place.',
        ),
        `
import sys


def main():
    n, q, *numbers = map(int, sys.stdin.buffer.read().split())
    begins = [[] for _ in range(n + 1)]
    for i in range(n, n + 3 * q, 3):
        begins[numbers[i]].append((numbers[i + 1], numbers[i + 2]))
    amounts = numbers[:n]
    covering = []
    for place in range(1, n + 1):
        covering = [(r, v) for r, v in covering + begins[place] if r >= place]
        amounts[place - 1] += sum(v for _, v in covering)
    print(max(amounts), amounts.count(max(amounts)))


main()
`,
      ),
    ],
    solver: cppSolver(
      text('시작과 끝을 위치순으로 정렬해 훑는다.', 'Sort where the increases begin and end, and sweep along the row.'),
      'O(N + Q log Q)',
      `
#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

int main() {
    int n, q;
    if (scanf("%d %d", &n, &q) != 2) return 1;
    std::vector<long long> a(n);
    for (auto &value : a) if (scanf("%lld", &value) != 1) return 1;
    std::vector<std::pair<int, long long>> events;
    for (int i = 0; i < q; ++i) {
        int l, r;
        long long v;
        if (scanf("%d %d %lld", &l, &r, &v) != 3) return 1;
        events.push_back({l, v});
        events.push_back({r + 1, -v});
    }
    std::sort(events.begin(), events.end());
    long long more = 0, best = -1;
    int count = 0;
    size_t next = 0;
    for (int place = 1; place <= n; ++place) {
        while (next < events.size() && events[next].first == place) more += events[next++].second;
        long long amount = a[place - 1] + more;
        if (amount > best) best = amount, count = 0;
        count += amount == best;
    }
    printf("%lld %d\\n", best, count);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text(
          '구간이 끝날 때 기울기만 되돌리고 쌓인 양은 그대로 둔다.',
          'At the end of a range takes back the slope, but not what has piled up.',
        ),
        tasks.hard.reference,
        ['        drop[r] -= v * (r - l + 1)\n', ''],
      ),
      edited(
        text('구간 전체가 똑같이 v만큼 늘어난다고 읽는다.', 'Reads the task as if the whole range increased by v.'),
        tasks.hard.reference,
        ['slope[l - 1] += v', 'drop[l - 1] += v'],
        ['slope[r] -= v\n        drop[r] -= v * (r - l + 1)', 'drop[r] -= v'],
      ),
      edited(
        text(
          '같은 곳에서 끝나는 기록은 마지막 것만 되돌린다.',
          'Of several ranges with the same end only the last one is taken back.',
        ),
        tasks.hard.reference,
        ['drop[r] -= v', 'drop[r] = -v'],
      ),
      edited(
        text(
          '가장 많은 곳은 늘 어느 구간의 오른쪽 끝이라고 믿는다.',
          'Believes that the greatest amount is always at the right end of a range.',
        ),
        tasks.hard.reference,
        [
          'print(max(amounts), amounts.index(max(amounts)) + 1)',
          `greatest = max(amounts[r - 1] for r in numbers[n + 1::3])
    print(greatest, amounts.index(greatest) + 1)`,
        ],
      ),
    ],
    slow: [
      decoy(
        text(
          '기록마다 구간을 잘라 내어 모두 늘린 뒤 다시 끼워 넣는다.',
          'Cuts out every range, increases it and puts it back.',
        ),
        `
import sys


def main():
    n, q, *numbers = map(int, sys.stdin.buffer.read().split())
    amounts = numbers[:n]
    for i in range(n, n + 3 * q, 3):
        l, r, v = numbers[i:i + 3]
        growth = range(v, v * (r - l + 1) + 1, v)
        amounts[l - 1:r] = [amount + more for amount, more in zip(amounts[l - 1:r], growth)]
    print(max(amounts), amounts.index(max(amounts)) + 1)


main()
`,
      ),
      decoy(
        text(
          '한 칸씩 나아가며 그 칸을 덮는 기록을 매번 모두 더한다.',
          'Walks along the row and adds up all ranges that cover each place.',
        ),
        `
import sys


def main():
    n, q, *numbers = map(int, sys.stdin.buffer.read().split())
    begins = [[] for _ in range(n + 1)]
    for i in range(n, n + 3 * q, 3):
        begins[numbers[i]].append(numbers[i:i + 3])
    amounts = numbers[:n]
    covering = []
    for place in range(1, n + 1):
        covering = [row for row in covering + begins[place] if row[1] >= place]
        amounts[place - 1] += sum(v * (place - l + 1) for l, _, v in covering)
    print(max(amounts), amounts.index(max(amounts)) + 1)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        'i번에 늘어나는 양은 덮는 기록들의 v의 합에 i를 곱하고 v(l-1)의 합을 뺀 값이다. 두 합을 훑으며 유지한다.',
        'What place i gains is i times the sum of v over the ranges that cover it, minus the sum of v(l-1); keep both sums in a sweep.',
      ),
      'O(N + Q)',
      `
#include <cstdio>
#include <vector>

int main() {
    int n, q;
    if (scanf("%d %d", &n, &q) != 2) return 1;
    std::vector<long long> a(n + 2), weight(n + 2), offset(n + 2);
    for (int i = 1; i <= n; ++i) if (scanf("%lld", &a[i]) != 1) return 1;
    while (q--) {
        long long l, r, v;
        if (scanf("%lld %lld %lld", &l, &r, &v) != 3) return 1;
        weight[l] += v;
        weight[r + 1] -= v;
        offset[l] += v * (l - 1);
        offset[r + 1] -= v * (l - 1);
    }
    long long factor = 0, less = 0, best = -1;
    int number = 0;
    for (int i = 1; i <= n; ++i) {
        factor += weight[i];
        less += offset[i];
        long long amount = a[i] + factor * i - less;
        if (amount > best) best = amount, number = i;
    }
    printf("%lld %d\\n", best, number);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

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
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(scene)),
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
