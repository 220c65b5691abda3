// A permutation to be sorted: steps of a simple procedure, fewest exchanges (cycles), fewest neighbour swaps after a rotation.
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
  /** The Korean counting word. */
  unit: string
}

const scenes: readonly Scene[] = [
  {
    title: text('뒤섞인 백과사전', 'The Shuffled Encyclopedia'),
    story: text(
      '도서관의 책꽂이에 백과사전 한 질이 꽂혀 있다. 아이들이 다녀간 뒤로 순서가 온통 뒤섞여서, 사서는 다시 번호 순서대로 꽂으려고 한다.',
      'A set of encyclopedia volumes stands on a shelf of the library. Since the children were there the volumes are out of order, and the librarian wants to have them sorted by number again.',
    ),
    thing: text('책', 'volume'),
    things: 'volumes',
    unit: '권',
  },
  {
    title: text('화물 열차의 화차 정렬', 'Sorting the Wagons'),
    story: text(
      '조차장에 화물 열차의 화차가 한 줄로 서 있다. 화차는 목적지에 닿는 차례대로 번호가 붙어 있지만 지금은 순서가 엉망이다. 조차원은 화차를 번호 순서대로 세우려고 한다.',
      'The wagons of a freight train stand in a line in the yard. They are numbered in the order in which they reach their destinations, but at the moment the order is a mess. The crew wants to line them up by number.',
    ),
    thing: text('화차', 'wagon'),
    things: 'wagons',
    unit: '량',
  },
  {
    title: text('합창단의 자리 바꾸기', 'Lining Up the Choir'),
    story: text(
      '공연을 앞둔 합창단원들이 무대 위에 한 줄로 섰다. 저마다 설 자리의 번호가 정해져 있지만 모두 아무 데나 서 버렸다. 지휘자는 단원들을 번호 순서대로 세우려고 한다.',
      'Before the concert the singers of a choir have lined up on the stage. Everybody has a number, but they simply stood wherever they liked. The conductor wants them to stand in the order of their numbers.',
    ),
    thing: text('단원', 'singer'),
    things: 'singers',
    unit: '명',
  },
]

const tasks = {
  easy: {
    asked: ({ thing, things }) =>
      text(
        `다음과 같은 방법으로 정렬한다. 먼저 1번 ${thing.ko}을(를) 찾아, 맨 앞에 올 때까지 바로 앞의 ${thing.ko}과(와) 자리를 바꾼다. 이어서 번호가 하나씩 큰 ${thing.ko}을(를) 차례로 찾아, 바로 앞 번호의 ${thing.ko} 바로 뒤에 올 때까지 같은 방법으로 앞으로 옮긴다. N번까지 모두 마쳤을 때 자리를 바꾼 횟수가 모두 몇 번인지 구하시오.`,
        `The ${things} are sorted as follows. First ${thing.en} 1 changes places with the one directly in front of it, again and again, until it is at the front of the line. Then the others follow in the order of their numbers: each is moved forward in the same way until it stands directly behind the ${thing.en} whose number is one less. Find how many times two ${things} have changed places when ${thing.en} N is done.`,
      ),
    output: () => text('자리를 바꾼 횟수를 출력한다.', 'Print how many times two of them have changed places.'),
    solve: (order) => inversions(order),
    reference: program(
      text(
        '번호 순서대로 찾아 빼내면서, 그 앞에 남아 있던 개수를 더한다.',
        'Take out the numbers in order and add up how many were still in front of each.',
      ),
      'O(N^2)',
      `
import sys


def main():
    n, *line = map(int, sys.stdin.read().split())
    exchanges = 0
    for number in range(1, n + 1):
        place = line.index(number)
        exchanges += place
        line.pop(place)
    print(exchanges)


main()
`,
    ),
    bruteForce: program(
      text('적힌 대로 한 번씩 자리를 바꾸어 본다.', 'Carry out every single exchange.'),
      'O(N^3)',
      `
n = int(input())
p = list(map(int, input().split()))
count = 0
for number in range(1, n + 1):
    while p[number - 1] != number:
        i = p.index(number)
        p[i - 1], p[i] = p[i], p[i - 1]
        count += 1
print(count)
`,
    ),
  },
  medium: {
    asked: ({ thing, things }) =>
      text(
        `한 번에 아무 두 ${thing.ko}(이)나 골라 자리를 맞바꿀 수 있다. 모든 ${thing.ko}을(를) 번호 순서대로 놓으려면 적어도 몇 번 맞바꾸어야 하는지 구하시오.`,
        `In one move any two of the ${things} may change places. Find the least number of moves after which all ${things} are in the order of their numbers.`,
      ),
    output: () => text('맞바꾸는 최소 횟수를 출력한다.', 'Print the least number of moves.'),
    solve: (order) => {
      const line = [...order]
      let moves = 0
      order.forEach((_, place) => {
        const from = line.indexOf(place + 1)
        if (from === place) return
        line.splice(from, 1, ...line.splice(place, 1, place + 1))
        moves += 1
      })
      return moves
    },
    reference: program(
      text(
        '순열을 순환으로 나눈다. 길이가 c인 순환은 c-1번이면 풀린다.',
        'Split the permutation into cycles; a cycle of length c takes c-1 moves.',
      ),
      'O(N)',
      `
import sys


def main():
    target = [0] + list(map(int, sys.stdin.buffer.read().split()))[1:]
    moves = 0
    for place in range(1, len(target)):
        while target[place] != place:
            other = target[place]
            target[place] = target[other]
            target[other] = other
            moves += 1
    print(moves)


main()
`,
    ),
    bruteForce: program(
      text(
        '앞자리부터 차례로, 거기 놓일 번호를 처음부터 찾아 맞바꾼다.',
        'Go through the places, search the line for the number that belongs there and change the two.',
      ),
      'O(N^2)',
      `
n = int(input())
p = list(map(int, input().split()))
moves = 0
for i in range(n):
    j = p.index(i + 1)
    if j != i:
        p[i], p[j] = p[j], p[i]
        moves += 1
print(moves)
`,
    ),
  },
  hard: {
    asked: ({ thing, things, unit }) =>
      text(
        `정렬을 시작하기 전에, 맨 앞의 ${thing.ko} 몇 ${unit}을(를) 순서를 바꾸지 않고 한꺼번에 줄의 맨 뒤로 옮길 수 있다. 이 일은 많아야 한 번만 할 수 있고 힘이 들지 않는다. 그런 다음에는 이웃한 두 ${thing.ko}의 자리를 바꾸는 일만 되풀이해 모든 ${thing.ko}을(를) 번호 순서대로 놓아야 한다. 자리를 바꾸는 횟수의 최솟값과, 그렇게 되도록 처음에 뒤로 옮길 ${thing.ko}의 수 가운데 가장 작은 값을 구하시오. 하나도 옮기지 않아도 된다.`,
        `Before the sorting begins, some of the ${things} at the front may be moved to the end of the line together, keeping their order. This may be done at most once and takes no effort. After that, only two neighbouring ${things} may change places at a time, until all ${things} are in the order of their numbers. Find the least number of such changes, and the smallest number of ${things} to move to the end at first so that this least number is reached. It is allowed to move none.`,
      ),
    output: ({ thing, things }) =>
      text(
        `자리를 바꾸는 횟수의 최솟값과, 처음에 뒤로 옮길 ${thing.ko}의 수를 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the least number of changes and the number of ${things} moved to the end at first on one line, separated by a space.`,
      ),
    solve: (order) => {
      const counts = order.map((_, moved) => inversions([...order.slice(moved), ...order.slice(0, moved)]))
      const least = Math.min(...counts)
      return `${least} ${counts.indexOf(least)}`
    },
    reference: program(
      text(
        '펜윅 트리로 뒤바뀐 쌍의 수를 구한다. 맨 앞의 x를 뒤로 보내면 x보다 작은 것의 수만큼 줄고 큰 것의 수만큼 늘어나므로, 모든 회전의 값을 차례로 알 수 있다.',
        'Count the inversions with a Fenwick tree. Moving the front value x to the end removes one for every smaller value and adds one for every greater value, which gives all rotations in turn.',
      ),
      'O(N log N)',
      `
import sys


def main():
    n, *line = map(int, sys.stdin.buffer.read().split())
    tree = [0] * (n + 1)
    changes = 0
    for value in reversed(line):
        i = value
        while i:
            changes += tree[i]
            i &= i - 1
        i = value
        while i <= n:
            tree[i] += 1
            i += i & -i
    best = changes
    moved = 0
    for count, value in enumerate(line, 1):
        changes += n + 1 - 2 * value
        if changes < best:
            best = changes
            moved = count
    print(best, moved)


main()
`,
    ),
    bruteForce: program(
      text('모든 회전에 대해 뒤바뀐 쌍을 하나하나 센다.', 'Count the pairs in the wrong order for every rotation.'),
      'O(N^3)',
      `
n = int(input())
p = list(map(int, input().split()))
best = None
for moved in range(n):
    line = p[moved:] + p[:moved]
    changes = sum(line[i] > line[j] for j in range(n) for i in range(j))
    if best is None or changes < best[0]:
        best = (changes, moved)
print(*best)
`,
    ),
  },
} satisfies Record<string, Task<Scene, readonly number[]>>

/** C++: sorts a half-open stretch and returns how many pairs were in the wrong order. */
const mergeCount = `
#include <algorithm>
#include <iostream>
#include <vector>

long long sortAndCount(std::vector<int> &line, int from, int to) {
    if (to - from < 2) return 0;
    int middle = (from + to) / 2;
    long long count = sortAndCount(line, from, middle) + sortAndCount(line, middle, to);
    for (int left = from, right = middle; left < middle; ++left) {
        while (right < to && line[right] < line[left]) ++right;
        count += right - middle;
    }
    std::inplace_merge(line.begin() + from, line.begin() + middle, line.begin() + to);
    return count;
}
`

/** What others write who read the same statement: wrong ideas, slow programs and an independent solution. */
const otherSolutions = {
  easy: {
    wrong: [
      edited(
        text(
          '한 자리씩 옮기지 않고, 옮긴 것이 몇인지만 센다.',
          'Counts how many are moved instead of the places they move.',
        ),
        tasks.easy.reference,
        ['exchanges += place', 'exchanges += place > 0'],
      ),
      edited(
        text(
          '앞선 것을 옮기는 동안 나머지가 밀려나는 것을 잊고, 처음 자리와 제자리의 차이만 더한다.',
          'Forgets that the others shift: adds up how far each was from its place at the beginning.',
        ),
        tasks.easy.reference,
        ['exchanges += place\n        line.pop(place)', 'exchanges += max(0, place + 1 - number)'],
      ),
      decoy(
        text(
          '처음부터 끝까지 한 번만 훑으며 이웃을 바꾼다.',
          'Exchanges neighbours in a single pass from front to back.',
        ),
        `
n = int(input())
p = list(map(int, input().split()))
exchanges = 0
for i in range(n - 1):
    if p[i] > p[i + 1]:
        p[i], p[i + 1] = p[i + 1], p[i]
        exchanges += 1
print(exchanges)
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text('병합 정렬을 하면서 뒤바뀐 쌍을 센다.', 'Count the pairs in the wrong order during a merge sort.'),
      'O(N log N)',
      `${mergeCount}
int main() {
    int n;
    std::cin >> n;
    std::vector<int> p(n);
    for (int &number : p) std::cin >> number;
    std::cout << sortAndCount(p, 0, n) << '\\n';
}
`,
    ),
  },
  medium: {
    wrong: [
      decoy(
        text(
          '한 번에 둘씩 제자리를 찾는다고 믿고, 제자리에 없는 것의 절반을 답한다.',
          'Believes that every move settles two: half of those that are out of place.',
        ),
        `
n = int(input())
p = list(map(int, input().split()))
print((sum(number != place for place, number in enumerate(p, 1)) + 1) // 2)
`,
      ),
      decoy(
        text(
          '제자리에 없는 것들이 모두 한 순환을 이룬다고 보고 하나만 뺀다.',
          'Takes all that are out of place for a single cycle and subtracts one.',
        ),
        `
n = int(input())
p = list(map(int, input().split()))
print(max(0, sum(number != place for place, number in enumerate(p, 1)) - 1))
`,
      ),
      edited(
        text('자리마다 한 번만 맞바꾸고 지나간다.', 'Makes at most one move for every place and goes on.'),
        tasks.medium.reference,
        ['while target[place] != place:', 'if target[place] != place:'],
      ),
      edited(
        text(
          '순환 하나가 한 번에 풀린다고 여겨 순환의 수를 센다.',
          'Counts the cycles, as if a single move could settle each of them.',
        ),
        tasks.medium.reference,
        ['while target[place] != place:', 'moves += target[place] != place\n        while target[place] != place:'],
        ['            moves += 1\n', ''],
      ),
    ],
    slow: [
      decoy(
        text(
          '순환을 따라가되, 이미 본 자리인지를 목록에서 찾는다.',
          'Follows the cycles, but looks up in a list which places were seen.',
        ),
        `
n = int(input())
p = list(map(int, input().split()))
seen = []
moves = 0
for start in range(n):
    place = start
    while place not in seen:
        seen.append(place)
        place = p[place] - 1
        moves += place != start
print(moves)
`,
      ),
      decoy(
        text('선택 정렬을 하며 바꾼 횟수를 센다.', 'Counts the moves of a selection sort.'),
        `
n = int(input())
p = list(map(int, input().split()))
moves = 0
for i in range(n):
    least = i
    for j in range(i, n):
        if p[j] < p[least]:
            least = j
    if least != i:
        p[i], p[least] = p[least], p[i]
        moves += 1
print(moves)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '자리와 거기 놓인 번호를 서로소 집합으로 합친다. 합쳐진 횟수가 답이다.',
        'Join each place with the number found there in disjoint sets; the answer is how often two sets were joined.',
      ),
      'O(N log N)',
      `
#include <cstdio>
#include <numeric>
#include <utility>
#include <vector>

int main() {
    int n, number, moves = 0;
    if (scanf("%d", &n) != 1) return 1;
    std::vector<int> parent(n + 1);
    std::iota(parent.begin(), parent.end(), 0);
    auto find = [&](int x) {
        while (parent[x] != x) x = parent[x] = parent[parent[x]];
        return x;
    };
    for (int place = 1; place <= n; ++place) {
        if (scanf("%d", &number) != 1) return 1;
        int a = find(place), b = find(number);
        moves += a != b;
        parent[a] = b;
    }
    printf("%d\\n", moves);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text(
          '1번이 맨 앞에 오도록 옮기는 것이 늘 가장 좋다고 믿는다.',
          'Believes that it is always best to bring number 1 to the front.',
        ),
        tasks.hard.reference,
        ['    tree = [0]', '    front = line.index(1)\n    line = line[front:] + line[:front]\n    tree = [0]'],
        [
          `    best = changes
    moved = 0
    for count, value in enumerate(line, 1):
        changes += n + 1 - 2 * value
        if changes < best:
            best = changes
            moved = count
    print(best, moved)`,
          '    print(changes, front)',
        ],
      ),
      edited(
        text(
          '최솟값이 여러 번 나오면 뒤로 옮기는 수가 큰 쪽을 고른다.',
          'Among several least values takes the greatest number moved.',
        ),
        tasks.hard.reference,
        ['if changes < best:', 'if changes <= best and count < n:'],
      ),
      edited(
        text('처음으로 나아지지 않는 곳에서 찾기를 멈춘다.', 'Stops searching as soon as one more does not help.'),
        tasks.hard.reference,
        ['            moved = count\n', '            moved = count\n        else:\n            break\n'],
      ),
    ],
    slow: [
      decoy(
        text(
          '처음 순서에서 뒤바뀐 쌍을 하나하나 세고, 회전할 때마다 고친다.',
          'Counts the pairs of the first order one by one, and adjusts the count for every rotation.',
        ),
        `
n = int(input())
p = list(map(int, input().split()))
changes = sum(before > value for i, value in enumerate(p) for before in p[:i])
best = (changes, 0)
for moved, value in enumerate(p, 1):
    changes += n + 1 - 2 * value
    best = min(best, (changes, moved))
print(*best)
`,
      ),
      decoy(
        text(
          '회전마다 이진 탐색으로 뒤바뀐 쌍을 처음부터 다시 센다.',
          'Counts the pairs afresh for every rotation, with binary search.',
        ),
        `
from bisect import bisect, insort

n = int(input())
p = list(map(int, input().split()))
best = (n * n, 0)
for moved in range(n):
    changes = 0
    passed = []
    for value in p[moved:] + p[:moved]:
        changes += len(passed) - bisect(passed, value)
        insort(passed, value)
    best = min(best, (changes, moved))
print(*best)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '병합 정렬로 처음 순서의 뒤바뀐 쌍을 세고, 맨 앞의 것을 하나씩 뒤로 보내며 고친다.',
        'Count the pairs of the first order with a merge sort, then move the front one to the end again and again and adjust the count.',
      ),
      'O(N log N)',
      `${mergeCount}
int main() {
    int n;
    std::cin >> n;
    std::vector<int> p(n);
    for (int &number : p) std::cin >> number;
    std::vector<int> sorted = p;
    long long changes = sortAndCount(sorted, 0, n), best = changes;
    int moved = 0;
    for (int i = 0; i + 1 < n; ++i) {
        long long smaller = p[i] - 1, greater = n - p[i];
        changes += greater - smaller;
        if (changes < best) best = changes, moved = i + 1;
    }
    std::cout << best << ' ' << moved << '\\n';
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const shelfRotation: Blueprint = {
  id: 'shelf-rotation',
  topics: ['sorting'],
  words: [
    '백과사전',
    '화차',
    '합창',
    '순열',
    '뒤집힌 쌍',
    'encyclopedia',
    'wagon',
    'choir',
    'permutation',
    'inversion',
  ],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const maxN = {
    easy: random.integer(3, 10) * 100,
    medium: random.integer(70, 100) * 1000,
    hard: random.integer(40, 60) * 1000,
  }[level]
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(scene)),
    input: [line(integer('N', 1, maxN)), { kind: 'permutation', name: 'P', length: 'N' }],
    samples: varied(
      () => sample(level, random, 5),
      () => sample(level, random, 7),
      () => sample(level, random, 3),
    ),
    illegalInputs: [
      illegal('3\n1 2 2\n', '같은 번호가 두 번 나온다.', 'A number appears twice.'),
      illegal('3\n1 2 4\n', '번호가 N보다 크다.', 'A number is greater than N.'),
      illegal('3\n0 1 2\n', '번호가 하한보다 작다.', 'A number is below its lower bound.'),
      illegal('3\n1 2\n', '번호가 N개보다 적다.', 'There are fewer than N numbers.'),
    ],
    generator: {
      strategies: [
        strategy('random-order', 'random', '크기가 다양한 무작위 순서', 'random orders of many sizes'),
        strategy(
          'edge-nearly-sorted',
          'edge',
          '거의 정렬되었거나 거의 거꾸로 된 순서',
          'orders that are almost sorted or almost reversed',
        ),
        strategy('maximum-order', 'maximum', '가장 긴 무작위 순서', 'a random order of the largest size'),
        strategy(
          'adversarial-rotated',
          'adversarial',
          '정렬된 순서를 돌려 놓고 조금 섞은 가장 긴 순서',
          'a longest order that is a sorted one, rotated and slightly shuffled',
        ),
      ],
      code: generatorCode({ MAX_N: maxN }, generatorBody),
    },
  }
}

function given({ thing, things, unit }: Scene): Text {
  return text(
    `1번부터 N번까지 번호가 붙은 ${thing.ko} N${unit}이(가) 한 줄로 늘어서 있고, 그 번호를 앞에서부터 차례로 적은 순열 P가 주어진다.`,
    `There are N ${things} in a line, numbered from 1 to N; the permutation P lists their numbers from front to back.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const order = random.shuffle(Array.from({ length: n }, (_, index) => index + 1))
  return { input: lines([n], order), output: lines([tasks[level].solve(order)]) }
}

function inversions(order: readonly number[]): number {
  return order.reduce((sum, value, place) => sum + order.slice(0, place).filter((before) => before > value).length, 0)
}

const generatorBody = `
if strategy == "random-order":
    n = rng.choice([rng.randint(8, 14), rng.randint(20, 100), rng.randint(MAX_N // 4, MAX_N // 2)])
    order = list(range(1, n + 1))
    rng.shuffle(order)
elif strategy == "edge-nearly-sorted":
    n = rng.randint(20, 80)
    order = list(range(1, n + 1))
    if rng.random() < 0.5:
        order.reverse()
    for _ in range(3):
        i = rng.randrange(n)
        j = rng.randrange(n)
        order[i], order[j] = order[j], order[i]
elif strategy == "maximum-order":
    order = list(range(1, MAX_N + 1))
    rng.shuffle(order)
else:
    turn = rng.randrange(MAX_N)
    order = list(range(turn + 1, MAX_N + 1)) + list(range(1, turn + 1))
    for _ in range(MAX_N // 20):
        i = rng.randrange(MAX_N - 1)
        order[i], order[i + 1] = order[i + 1], order[i]
print(len(order))
print(*order)
`
