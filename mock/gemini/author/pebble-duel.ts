// A game of piles with limits of their own: which piles win alone (win or lose by size), and all winning first moves (Grundy numbers).
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
  pile: Text
  piles: string
  piece: Text
  pieces: string
  players: readonly [Text, Text]
}

interface Case {
  sizes: readonly number[]
  limits: readonly number[]
}

const scenes: readonly Scene[] = [
  {
    title: text('조약돌 대결', 'The Pebble Duel'),
    story: text(
      '해 질 무렵 바닷가에서 두 친구가 조약돌 더미를 앞에 두고 마주 앉는다. 더미마다 옆에 꽂힌 나뭇가지가 한 번에 몇 개까지 가져갈 수 있는지를 알려 준다.',
      'At dusk two friends sit down on the beach with piles of pebbles between them. A stick beside each pile tells how many may be taken from it at once.',
    ),
    pile: text('더미', 'pile'),
    piles: 'piles',
    piece: text('조약돌', 'pebble'),
    pieces: 'pebbles',
    players: [text('가람', 'Garam'), text('나래', 'Narae')],
  },
  {
    title: text('초콜릿 접시', 'Plates of Chocolate'),
    story: text(
      '제과점에서 남은 초콜릿을 접시에 나누어 담아 두고 두 견습생이 내기를 한다. 접시마다 한 번에 집을 수 있는 개수가 정해져 있다.',
      'Leftover chocolates stand on plates in the bakery, and two apprentices make a bet about them. Each plate has its own rule about how many may be picked up at once.',
    ),
    pile: text('접시', 'plate'),
    piles: 'plates',
    piece: text('초콜릿', 'chocolate'),
    pieces: 'chocolates',
    players: [text('보람', 'Boram'), text('다온', 'Daon')],
  },
  {
    title: text('책상 위의 동전', 'Coins on the Desk'),
    story: text(
      '두 회계사가 퇴근 전에 책상 위의 동전 탑으로 놀이를 한다. 탑마다 한 번에 내릴 수 있는 동전의 수가 종이에 적혀 있다.',
      'Before going home two accountants play with the towers of coins on their desk. A note at each tower says how many coins may be taken off it at once.',
    ),
    pile: text('탑', 'tower'),
    piles: 'towers',
    piece: text('동전', 'coin'),
    pieces: 'coins',
    players: [text('하늘', 'Haneul'), text('새봄', 'Saebom')],
  },
]

const read = `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n = data[0]
piles = list(zip(data[1:n + 1], data[n + 1:]))`

const remainders = program(
  text(
    '한계가 k인 더미는 k + 1개 단위로 상대에게 맞추어 줄 수 있으므로, 나머지가 0일 때만 먼저 하는 사람이 진다.',
    'With limit k the other player can always complete a round of k + 1 pieces, so the first player loses just when the remainder is 0.',
  ),
  'O(N)',
  `${read}
print(sum(1 for size, limit in piles if size % (limit + 1) != 0))
`,
)

const grundy = program(
  text(
    '더미의 그런디 수는 크기를 한계보다 하나 큰 수로 나눈 나머지이다. 모두의 배타적 논리합에서, 각 더미가 되어야 할 값으로 한 번에 갈 수 있는지 센다.',
    'The Grundy number of a pile is its size modulo the limit plus one. From the exclusive or of all follows what each pile would have to become; count where one move gets there.',
  ),
  'O(N)',
  `${read}
total = 0
for size, limit in piles:
    total ^= size % (limit + 1)
moves = 0
if total != 0:
    for size, limit in piles:
        wanted = total ^ (size % (limit + 1))
        # Taking this many leaves the wanted Grundy number; it is from 1 to the limit, since the number changes.
        taken = (size - wanted) % (limit + 1)
        if wanted <= limit and taken <= size:
            moves += 1
print(moves)
`,
)

const tasks = {
  easy: {
    asked: ({ pile, piles, players: [first, second] }) =>
      text(
        `두 사람은 ${pile.ko} 하나만 놓고 놀이를 하고, 끝나면 다음 ${pile.ko}(으)로 새 놀이를 한다. 어느 놀이에서나 ${first.ko}이(가) 먼저 시작하고, ${first.ko}과(와) ${second.ko}은(는) 모두 실수하지 않는다. ${first.ko}이(가) 이기는 ${pile.ko}의 수를 구하시오.`,
        `They play a game with a single ${pile.en}, then a new game with the next one, and so on. ${first.en} begins every game, and neither ${first.en} nor ${second.en} ever makes a mistake. Count the ${piles} with which ${first.en} wins.`,
      ),
    output: ({ pile, piles, players: [first] }) =>
      text(
        `${first.ko}이(가) 이기는 ${pile.ko}의 수를 출력한다.`,
        `Print the number of ${piles} with which ${first.en} wins.`,
      ),
    solve: ({ sizes, limits }) => sizes.filter((size, index) => grundyNumber(size, limits[index] ?? 1) !== 0).length,
    reference: remainders,
    bruteForce: program(
      text(
        '크기가 작은 것부터 이기는지 지는지를 차례로 정한다.',
        'Decide for every size from the smallest up whether it wins or loses.',
      ),
      'O(N * A * K)',
      `
n = int(input())
sizes = list(map(int, input().split()))
limits = list(map(int, input().split()))
answer = 0
for size, limit in zip(sizes, limits):
    wins = [False]
    for left in range(1, size + 1):
        wins.append(any(not wins[left - taken] for taken in range(1, min(limit, left) + 1)))
    if wins[size]:
        answer += 1
print(answer)
`,
    ),
    wrong: [
      edited(
        text(
          '한계보다 하나 큰 수가 아니라 한계로 나눈 나머지를 본다.',
          'Takes the remainder by the limit instead of the limit plus one.',
        ),
        remainders,
        ['(limit + 1)', 'limit'],
      ),
      edited(
        text(
          '한 번에 다 가져갈 수 있는 더미에서만 이긴다고 여긴다.',
          'Believes that only a pile that can be taken at once is won.',
        ),
        remainders,
        ['size % (limit + 1) != 0', 'size <= limit'],
      ),
      edited(text('홀수 개가 남은 더미에서 이긴다고 여긴다.', 'Believes that odd piles are won.'), remainders, [
        'size % (limit + 1) != 0',
        'size % 2 == 1',
      ]),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '지는 크기는 0에서 시작하여 한계에 하나를 더한 만큼씩 떨어져 있다. 그 크기를 차례로 밟아 본다.',
        'The sizes that lose begin with 0 and lie the limit plus one apart; step along them.',
      ),
      'O(N * A)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    vector<int> size(n), limit(n);
    for (int& one : size) if (scanf("%d", &one) != 1) return 1;
    for (int& one : limit) if (scanf("%d", &one) != 1) return 1;
    int won = 0;
    for (int i = 0; i < n; i++) {
        int losing = 0;
        while (losing < size[i]) losing += limit[i] + 1;
        won += losing != size[i];
    }
    printf("%d\\n", won);
}
`,
    ),
  },
  medium: {
    asked: ({ pile, piles, piece, pieces, players: [first, second] }) =>
      text(
        `모든 ${pile.ko}을(를) 한꺼번에 놓고 놀이를 한다. 차례가 된 사람은 ${piece.ko}이(가) 남은 ${pile.ko} 하나를 골라 가져간다. ${first.ko}이(가) 먼저 시작한다. 첫 수는 어느 ${pile.ko}에서 몇 개를 가져가는지로 정해진다. ${second.ko}이(가) 어떻게 하더라도 ${first.ko}이(가) 끝내 이길 수 있는 첫 수는 몇 가지인지 구하시오. 그런 첫 수가 없으면 0이다.`,
        `The game is played with all ${piles} together: whoever's turn it is picks one ${pile.en} with ${pieces} left and takes from it. ${first.en} begins. A first move is the choice of a ${pile.en} and of how many ${pieces} to take. Count the first moves after which ${first.en} can win whatever ${second.en} does; it is 0 when there are none.`,
      ),
    output: () => text('이길 수 있는 첫 수의 수를 출력한다.', 'Print the number of winning first moves.'),
    solve: ({ sizes, limits }) => {
      const numbers = sizes.map((size, index) => grundyNumber(size, limits[index] ?? 1))
      const total = numbers.reduce((sum, number) => sum ^ number, 0)
      return sizes
        .flatMap((size, index) => {
          const limit = limits[index] ?? 1
          const rest = total ^ (numbers[index] ?? 0)
          return Array.from({ length: Math.min(size, limit) }, (_, less) => grundyNumber(size - less - 1, limit) ^ rest)
        })
        .filter((after) => after === 0).length
    },
    reference: grundy,
    bruteForce: program(
      text(
        '작은 놀이는 모든 상태의 승패를 규칙대로 정한다. 큰 놀이는 더미마다 그런디 수를 정의대로 구하고 모든 첫 수를 시험한다.',
        'Small games are decided state by state from the rules; for larger ones the Grundy numbers are found from their definition and every first move is tried.',
      ),
      'O(N * A * K)',
      `
from itertools import product

n = int(input())
sizes = list(map(int, input().split()))
limits = list(map(int, input().split()))


def by_the_rules():
    wins = {}
    for state in product(*(range(size + 1) for size in sizes)):
        wins[state] = any(not wins[after] for after in moves(state))
    return sum(1 for after in moves(tuple(sizes)) if not wins[after])


def moves(state):
    for i, left in enumerate(state):
        for taken in range(1, min(left, limits[i]) + 1):
            yield state[:i] + (left - taken,) + state[i + 1:]


def by_grundy_numbers():
    numbers = []
    for size, limit in zip(sizes, limits):
        row = []
        for left in range(size + 1):
            seen = set(row[max(0, left - limit):left])
            number = 0
            while number in seen:
                number += 1
            row.append(number)
        numbers.append(row)
    total = 0
    for row in numbers:
        total ^= row[-1]
    count = 0
    for row, limit in zip(numbers, limits):
        for taken in range(1, min(len(row) - 1, limit) + 1):
            if total ^ row[-1] ^ row[-1 - taken] == 0:
                count += 1
    return count


states = 1
for size in sizes:
    states = min(states * (size + 1), 10 ** 9)
print(by_the_rules() if states * sum(limits) <= 30000 else by_grundy_numbers())
`,
    ),
    wrong: [
      edited(
        text('가져갈 수 있는 것보다 많이 가져가는 수도 센다.', 'Counts moves that take more than there is.'),
        grundy,
        [' and taken <= size', ''],
      ),
      edited(
        text(
          '한계를 잊고 더미의 크기 그대로 님 게임을 한다.',
          'Forgets the limits and plays Nim with the sizes themselves.',
        ),
        grundy,
        ['    total ^= size % (limit + 1)\n', '    total ^= size\n'],
        ['        wanted = total ^ (size % (limit + 1))\n', '        wanted = total ^ size\n'],
        ['taken = (size - wanted) % (limit + 1)', 'taken = size - wanted'],
        ['wanted <= limit and taken <= size', '0 < taken <= limit'],
      ),
      edited(
        text(
          '그런디 수가 작아지는 수만 센다. 커지는 수도 이길 수 있다.',
          'Counts only moves that make the Grundy number smaller; a larger one can win as well.',
        ),
        grundy,
        ['wanted <= limit and taken <= size', 'wanted < size % (limit + 1)'],
      ),
      edited(
        text('나머지를 한계로 나누어 구한다.', 'Takes remainders by the limit itself.'),
        grundy,
        ['    total ^= size % (limit + 1)\n', '    total ^= size % limit\n'],
        ['wanted = total ^ (size % (limit + 1))', 'wanted = total ^ (size % limit)'],
      ),
    ],
    slow: [
      decoy(
        text(
          '더미마다 그런디 수를 0부터 정의대로 하나씩 구한다.',
          'Works out the Grundy numbers of every pile from their definition, size by size.',
        ),
        `${read}


def main():
    rows = []
    total = 0
    for size, limit in piles:
        row = [0]
        for left in range(1, size + 1):
            reachable = set(row[max(0, left - limit):])
            number = 0
            while number in reachable:
                number += 1
            row.append(number)
        # Only what the first move can lead to is kept.
        rows.append(row[max(0, size - limit):])
        total ^= row[-1]
    moves = 0
    for row in rows:
        moves += row[:-1].count(total ^ row[-1])
    print(moves)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '더미마다 되어야 할 그런디 수를 구하고, 그 값을 가진 가장 큰 더 작은 크기로 바로 내려갈 수 있는지 본다.',
        'For each pile find the Grundy number that it needs and the greatest smaller size which has it; see whether that is within reach.',
      ),
      'O(N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    vector<int> size(n), limit(n);
    for (int& one : size) if (scanf("%d", &one) != 1) return 1;
    for (int& one : limit) if (scanf("%d", &one) != 1) return 1;
    int total = 0;
    for (int i = 0; i < n; i++) total ^= size[i] % (limit[i] + 1);
    int count = 0;
    for (int i = 0; i < n && total; i++) {
        int round = limit[i] + 1;
        int wanted = total ^ (size[i] % round);
        if (wanted >= round) continue;
        int below = size[i] - 1;
        below -= ((below - wanted) % round + round) % round;
        count += below >= 0 && size[i] - below <= limit[i];
    }
    printf("%d\\n", count);
}
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const pebbleDuel: Blueprint = {
  id: 'pebble-duel',
  topics: ['game'],
  words: ['조약돌', '초콜릿', '동전', 'pebble', 'chocolate', 'coin', 'duel', 'winning move', '필승'],
  drafts: { easy: (random) => draft('easy', random), medium: (random) => draft('medium', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds =
    level === 'easy'
      ? { MAX_N: random.integer(5, 10) * 10, MAX_A: random.integer(5, 10) * 10 }
      : { MAX_N: random.integer(80, 100) * 1000, MAX_A: random.integer(8, 10) * 100 }
  const array = (name: string) =>
    ({
      kind: 'array',
      name,
      length: 'N',
      min: '1',
      max: String(bounds.MAX_A),
      layout: 'line',
      order: 'any',
      distinct: false,
    }) as const
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(scene)),
    input: [line(integer('N', 1, bounds.MAX_N)), array('A'), array('K')],
    samples: varied(
      () => sample(level, random, 3),
      () => sample(level, random, 4),
      () => sample(level, random, 6),
    ),
    illegalInputs: [
      illegal('2\n3 0\n1 1\n', 'A의 값이 하한보다 작다.', 'A value of A is below its lower bound.'),
      illegal('2\n3 1\n0 1\n', 'K의 값이 하한보다 작다.', 'A value of K is below its lower bound.'),
      illegal(`2\n3 ${bounds.MAX_A + 1}\n1 1\n`, 'A의 값이 상한보다 크다.', 'A value of A is above its upper bound.'),
      illegal('2\n3 4\n1\n', 'K의 값이 N개보다 적다.', 'There are fewer than N values of K.'),
      illegal('2\n3 4\n', '배열 K가 없다.', 'The array K is missing.'),
    ],
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '크기와 한계가 다양한 더미', 'piles of many sizes and limits'),
        strategy('edge-small', 'edge', '한계가 1이거나 크기에 가까운 더미', 'limits of one or close to the sizes'),
        strategy('maximum-random', 'maximum', '가장 많은 무작위 더미', 'as many random piles as there may be'),
        strategy(
          'adversarial-wide',
          'adversarial',
          '한계가 크기보다 큰 더미가 많고 균형이 한 곳에서만 깨진 배치',
          'many limits above the sizes, and a balance broken in one place only',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ pile, piles, piece, pieces, players: [first, second] }: Scene): Text {
  return text(
    `${piece.ko}이(가) 쌓인 ${pile.ko}이(가) N개 있다. 배열 A는 각 ${pile.ko}에 있는 ${piece.ko}의 수이고, 배열 K는 그 ${pile.ko}에서 한 번에 가져갈 수 있는 가장 많은 ${piece.ko}의 수이다. ${first.ko}과(와) ${second.ko}이(가) 번갈아 ${pile.ko} 하나에서 ${piece.ko}을(를) 하나 이상, 그 ${pile.ko}의 한계까지 가져간다. 가져갈 ${piece.ko}이(가) 없는 사람이 진다.`,
    `There are N ${piles} of ${pieces}. The array A lists how many ${pieces} each ${pile.en} has, the array K how many may be taken from that ${pile.en} at most in one move. In turn, ${first.en} and ${second.en} take one or more ${pieces} from one ${pile.en}, up to its limit. Whoever has no ${piece.en} left to take loses.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const sizes = random.integers(n, 1, 9)
  const limits = random.integers(n, 1, 5)
  return { input: lines([n], sizes, limits), output: lines([tasks[level].solve({ sizes, limits })]) }
}

/** The Grundy number of a pile, by its definition. */
function grundyNumber(size: number, limit: number): number {
  const numbers: number[] = []
  for (let left = 0; left <= size; left += 1) {
    const reachable = new Set(numbers.slice(Math.max(0, left - limit)))
    let number = 0
    while (reachable.has(number)) number += 1
    numbers.push(number)
  }
  return numbers[size] ?? 0
}

const generatorBody = `

def build():
    if strategy == "random-mixed":
        n = rng.choice([rng.randint(2, 8), rng.randint(10, MAX_N // 2)])
        top = rng.choice([9, MAX_A])
        return [(rng.randint(1, top), rng.randint(1, top)) for _ in range(n)]
    if strategy == "edge-small":
        piles = []
        for _ in range(rng.randint(1, 12)):
            size = rng.choice([1, rng.randint(1, MAX_A), MAX_A])
            piles.append((size, rng.choice([1, MAX_A, max(1, size - 1), size, min(MAX_A, size + 1)])))
        return piles
    if strategy == "maximum-random":
        return [(rng.randint(1, MAX_A), rng.randint(1, MAX_A)) for _ in range(MAX_N)]
    piles = []
    for _ in range(MAX_N // 2 - 1):
        limit = rng.randint(MAX_A * 2 // 3, MAX_A)
        size = rng.randint(MAX_A // 3, MAX_A)
        piles.append((size, limit))
        piles.append((size % (limit + 1) or limit, rng.randint(limit, MAX_A)))
    return piles + [(rng.randint(2, MAX_A // 3), rng.randint(MAX_A // 2, MAX_A))]


piles = build()
rng.shuffle(piles)
print(len(piles))
print(*(size for size, _ in piles))
print(*(limit for _, limit in piles))
`
