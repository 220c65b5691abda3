// Grid of digits: the cheapest way right and down, and the same with a few cells for free (one more dimension).
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
  who: Text
  cost: Text
  /** What the sum of a way is, with the words that lead up to it. */
  wholeCost: string
}

interface Case {
  /** The numbers met on every possible way. */
  ways: readonly (readonly number[])[]
  k: number
}

const scenes: readonly Scene[] = [
  {
    title: text('다랑논을 내려가는 길', 'Down the Rice Terraces'),
    story: text(
      '산비탈에 다랑논이 바둑판 모양으로 펼쳐져 있다. 논마다 흙이 무른 정도가 달라서 지나가는 데 드는 힘이 다르다. 농부는 왼쪽 위의 논에서 오른쪽 아래의 집까지 내려가려고 한다.',
      'Rice terraces cover the hillside like a chessboard. The soil is softer in some fields than in others, so they do not take the same effort to cross. A farmer wants to walk down from the top left field to the house at the bottom right.',
    ),
    who: text('농부', 'farmer'),
    cost: text('드는 힘', 'effort'),
    wholeCost: '그 길을 가는 데 드는 힘',
  },
  {
    title: text('유적의 회랑', 'Halls of the Ruin'),
    story: text(
      '사막의 유적은 바둑판처럼 나뉜 방들로 이루어져 있다. 방마다 쌓인 모래의 양이 달라서 치우는 데 걸리는 시간이 다르다. 탐험대는 왼쪽 위의 입구에서 오른쪽 아래의 제단까지 길을 내려고 한다.',
      'The ruin in the desert consists of rooms laid out like a chessboard. Sand has filled them to different heights, so they take different times to clear. An expedition wants to open a way from the entrance at the top left to the altar at the bottom right.',
    ),
    who: text('탐험대', 'expedition'),
    cost: text('걸리는 시간', 'time'),
    wholeCost: '그 길을 내는 데 걸리는 시간',
  },
  {
    title: text('빙하를 건너는 썰매', 'A Sled on the Glacier'),
    story: text(
      '빙하 위의 지도는 바둑판처럼 칸으로 나뉘어 있고, 칸마다 얼음이 갈라진 정도가 적혀 있다. 썰매는 왼쪽 위의 야영지에서 오른쪽 아래의 기지까지 되도록 안전하게 가야 한다.',
      'The map of the glacier is divided into squares, each marked with how badly the ice is cracked. A sled has to travel from the camp at the top left to the base at the bottom right, as safely as possible.',
    ),
    who: text('썰매', 'sled'),
    cost: text('위험도', 'risk'),
    wholeCost: '그 길의 위험도',
  },
]

const tasks = {
  easy: {
    asked: ({ who, cost, wholeCost }) =>
      text(
        `${who.ko}은(는) 맨 왼쪽 위 칸에서 출발해, 한 번에 오른쪽이나 아래쪽의 이웃한 칸으로 움직여 맨 오른쪽 아래 칸까지 간다. 출발한 칸과 도착한 칸을 포함해 지나는 모든 칸의 숫자를 더한 값이 ${wholeCost}(이)다. ${cost.ko}의 최솟값을 구하시오.`,
        `The ${who.en} starts in the top left square and moves to the next square on the right or below, until the bottom right square is reached. The ${cost.en} of a way is the sum of the digits of all squares on it, including the first and the last one. Find the least ${cost.en}.`,
      ),
    output: ({ cost }) => text(`${cost.ko}의 최솟값을 출력한다.`, `Print the least ${cost.en}.`),
    solve: ({ ways }) => Math.min(...ways.map((way) => sum(way))),
    reference: program(
      text(
        '칸마다 위와 왼쪽 가운데 더 싼 쪽에서 온다.',
        'The best way to a square comes from the cheaper one of the squares above and to the left.',
      ),
      'O(R * C)',
      `
import sys


def main():
    rows = sys.stdin.read().split()[2:]
    best = [10 ** 9] * (len(rows[0]) + 1)
    best[1] = 0
    for row in rows:
        best[0] = 10 ** 9
        for c, digit in enumerate(row, 1):
            best[c] = min(best[c], best[c - 1]) + int(digit)
    print(best[-1])


main()
`,
    ),
    bruteForce: program(
      text('오른쪽과 아래쪽 가운데 하나를 고르는 모든 길을 따라가 본다.', 'Follow every single way.'),
      'O(2^(R + C))',
      `
r, c = map(int, input().split())
grid = [input() for _ in range(r)]


def walk(y, x):
    here = int(grid[y][x])
    if y == r - 1 and x == c - 1:
        return here
    ways = []
    if y + 1 < r:
        ways.append(walk(y + 1, x))
    if x + 1 < c:
        ways.append(walk(y, x + 1))
    return here + min(ways)


print(walk(0, 0))
`,
    ),
  },
  medium: {
    asked: ({ who, cost, wholeCost }) =>
      text(
        `${who.ko}은(는) 맨 왼쪽 위 칸에서 출발해, 한 번에 오른쪽이나 아래쪽의 이웃한 칸으로 움직여 맨 오른쪽 아래 칸까지 간다. 출발한 칸과 도착한 칸을 포함해 지나는 모든 칸의 숫자를 더한 값이 ${wholeCost}(이)며, 지나는 칸 가운데 많아야 K개는 숫자를 0으로 칠 수 있다. ${cost.ko}의 최솟값을 구하시오.`,
        `The ${who.en} starts in the top left square and moves to the next square on the right or below, until the bottom right square is reached. The ${cost.en} of a way is the sum of the digits of all squares on it, including the first and the last one, except that at most K of these squares may be counted as 0. Find the least ${cost.en}.`,
      ),
    output: ({ cost }) => text(`${cost.ko}의 최솟값을 출력한다.`, `Print the least ${cost.en}.`),
    solve: ({ ways, k }) => Math.min(...ways.map((way) => sum(way.toSorted((a, b) => b - a).slice(k)))),
    reference: program(
      text(
        '칸마다, 지금까지 0으로 친 칸의 수에 따른 최솟값을 모두 가지고 간다.',
        'Keep for every square the least cost for each number of squares already counted as 0.',
      ),
      'O(R * C * K)',
      `
import sys


def main():
    r, c, k, *rows = sys.stdin.read().split()
    k = int(k)
    far = 10 ** 9
    best = [[far] * (k + 1) for _ in range(int(c) + 1)]
    best[1][0] = 0
    for row in rows:
        left = [far] * (k + 1)
        for x, digit in enumerate(row, 1):
            price = int(digit)
            before = list(map(min, best[x], left))
            left = [cost + price for cost in before]
            for used in range(k):
                left[used + 1] = min(left[used + 1], before[used])
            best[x] = left
    print(min(best[-1]))


main()
`,
    ),
    bruteForce: program(
      text(
        '모든 길을 따라가며 모은 숫자에서 가장 큰 K개를 뺀다.',
        'Follow every single way and leave out its K greatest digits.',
      ),
      'O(2^(R + C))',
      `
r, c, k = map(int, input().split())
grid = [input() for _ in range(r)]
best = 10 ** 9
ways = [(0, 0, [])]
while ways:
    y, x, met = ways.pop()
    met = met + [int(grid[y][x])]
    if y + 1 < r:
        ways.append((y + 1, x, met))
    if x + 1 < c:
        ways.append((y, x + 1, met))
    if y == r - 1 and x == c - 1:
        best = min(best, sum(sorted(met, reverse=True)[k:]))
print(best)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write who read the same statement: wrong ideas, slow programs and an independent solution. */
const otherSolutions = {
  easy: {
    wrong: [
      decoy(
        text(
          '언제나 오른쪽과 아래쪽 가운데 숫자가 작은 칸으로 간다.',
          'Always goes to the smaller one of the squares on the right and below.',
        ),
        `
r, c = map(int, input().split())
grid = [input() for _ in range(r)]
y = x = 0
total = int(grid[0][0])
while y + 1 < r or x + 1 < c:
    if x + 1 == c or y + 1 < r and grid[y + 1][x] <= grid[y][x + 1]:
        y += 1
    else:
        x += 1
    total += int(grid[y][x])
print(total)
`,
      ),
      edited(
        text('대각선으로도 움직일 수 있다고 여긴다.', 'Allows diagonal moves as well.'),
        tasks.easy.reference,
        ['        best[0] = 10 ** 9\n', '        above = best[:]\n        best[0] = 10 ** 9\n'],
        ['min(best[c], best[c - 1])', 'min(above[c], above[c - 1], best[c - 1])'],
      ),
      edited(
        text(
          '표의 왼쪽 가장자리를 0으로 두어, 맨 왼쪽 열의 어느 칸에서나 출발한다.',
          'Fills the left border of the table with 0, so a way may start anywhere in the leftmost column.',
        ),
        tasks.easy.reference,
        ['        best[0] = 10 ** 9\n', '        best[0] = 0\n'],
      ),
      edited(
        text('출발한 칸의 숫자를 더하지 않는다.', 'Does not add the digit of the first square.'),
        tasks.easy.reference,
        ['print(best[-1])', 'print(best[-1] - int(rows[0][0]))'],
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '도착 칸에서 거꾸로, 칸마다 남은 길의 최솟값을 구한다.',
        'Backwards from the last square, compute the least cost of the rest of the way.',
      ),
      'O(R * C)',
      `
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

int main() {
    int r, c;
    std::cin >> r >> c;
    std::vector<std::string> grid(r);
    for (auto &row : grid) std::cin >> row;
    std::vector<std::vector<int>> rest(r, std::vector<int>(c));
    for (int y = r - 1; y >= 0; --y)
        for (int x = c - 1; x >= 0; --x) {
            int ahead = 1 << 30;
            if (y + 1 < r) ahead = rest[y + 1][x];
            if (x + 1 < c) ahead = std::min(ahead, rest[y][x + 1]);
            if (y + 1 == r && x + 1 == c) ahead = 0;
            rest[y][x] = ahead + grid[y][x] - '0';
        }
    std::cout << rest[0][0] << '\\n';
}
`,
    ),
  },
  medium: {
    wrong: [
      decoy(
        text(
          '합이 가장 작은 길을 먼저 고른 뒤 그 길에서 가장 큰 K개를 0으로 친다.',
          'First takes the way with the least sum, then leaves out its K greatest digits.',
        ),
        `
r, c, k = map(int, input().split())
grid = [input() for _ in range(r)]
best = {}
for y in range(r):
    for x in range(c):
        before = [best[place] for place in ((y - 1, x), (y, x - 1)) if place in best]
        total, digits = min(before, default=(0, ""))
        best[y, x] = (total + int(grid[y][x]), digits + grid[y][x])
digits = sorted(map(int, best[r - 1, c - 1][1]), reverse=True)
print(sum(digits[k:]))
`,
      ),
      edited(
        text('정확히 K개를 0으로 쳐야 한다고 읽는다.', 'Insists on counting exactly K squares as 0.'),
        tasks.medium.reference,
        ['min(best[-1])', 'best[-1][k]'],
      ),
      edited(
        text('출발한 칸과 도착한 칸은 0으로 칠 수 없다고 여긴다.', 'Never counts the first or the last square as 0.'),
        tasks.medium.reference,
        ['for row in rows:', 'for y, row in enumerate(rows, 1):'],
        ['for used in range(k):', 'for used in range(k if 2 < x + y < len(rows) + int(c) else 0):'],
      ),
      decoy(
        text(
          '격자 전체에서 가장 큰 K칸을 0으로 바꾼 뒤 가장 싼 길을 찾는다.',
          'Counts the K greatest squares of the whole grid as 0 and then looks for the cheapest way.',
        ),
        `
r, c, k = map(int, input().split())
grid = [list(map(int, input())) for _ in range(r)]
places = sorted(((-grid[y][x], y, x) for y in range(r) for x in range(c)))
for _, y, x in places[:k]:
    grid[y][x] = 0
best = [0] + [10 ** 9] * c
for row in grid:
    for x, price in enumerate(row):
        best[x] = min(best[x], best[x - 1] if x else 10 ** 9) + price
print(best[c - 1])
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '모든 칸의 최솟값을 한 걸음씩, 걸음 수만큼 되풀이해 고친다.',
          'Improves the values of all squares by one step, as many times as a way has steps.',
        ),
        `
r, c, k = map(int, input().split())
grid = [list(map(int, input())) for _ in range(r)]
far = 10 ** 9
best = [[[far] * (k + 1) for _ in range(c)] for _ in range(r)]
start = [grid[0][0]] + [0] * k
for _ in range(r + c):
    after = []
    for y in range(r):
        row = []
        for x in range(c):
            above = best[y - 1][x] if y else [far] * (k + 1)
            left = best[y][x - 1] if x else [far] * (k + 1)
            before = list(map(min, above, left))
            paid = [cost + grid[y][x] for cost in before]
            row.append(list(map(min, paid, [far] + before)) if x or y else start)
        after.append(row)
    best = after
print(min(best[-1][-1]))
`,
      ),
      decoy(
        text(
          '몇 번째 걸음의 칸을 0으로 칠지를 모두 시험하고, 그때마다 표를 새로 채운다.',
          'Tries every choice of the steps whose squares count as 0, filling a new table each time.',
        ),
        `
from itertools import combinations

r, c, k = map(int, input().split())
grid = [list(map(int, input())) for _ in range(r)]
answer = 10 ** 9
for free in combinations(range(r + c - 1), min(k, r + c - 1)):
    best = [0] + [10 ** 9] * (c - 1)
    for y, row in enumerate(grid):
        for x, price in enumerate(row):
            before = min(best[x], best[x - 1]) if x else best[x]
            best[x] = before + (0 if x + y in free else price)
    answer = min(answer, best[-1])
print(answer)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '칸과 남은 횟수를 상태로 하여, 거기서 도착 칸까지의 최솟값을 기억하며 재귀로 구한다.',
        'Recursion with memory: the least cost from a square to the last one, with so many squares still free.',
      ),
      'O(R * C * K)',
      `
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

int r, c, k;
std::vector<std::string> grid;
std::vector<int> known;

int rest(int y, int x, int free) {
    if (y == r || x == c) return 1 << 29;
    int &answer = known[(y * c + x) * (k + 1) + free];
    if (answer >= 0) return answer;
    auto onward = [&](int left) {
        return y + 1 == r && x + 1 == c ? 0 : std::min(rest(y + 1, x, left), rest(y, x + 1, left));
    };
    int paid = grid[y][x] - '0' + onward(free);
    return answer = free == 0 ? paid : std::min(paid, onward(free - 1));
}

int main() {
    std::cin >> r >> c >> k;
    grid.resize(r);
    for (auto &row : grid) std::cin >> row;
    known.assign(r * c * (k + 1), -1);
    std::cout << rest(0, 0, k) << '\\n';
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const terracePath: Blueprint = {
  id: 'terrace-path',
  topics: ['dynamic-programming'],
  words: ['격자', '다랑논', '유적', '빙하', '썰매', 'grid', 'terrace', 'glacier', 'desert'],
  drafts: { easy: (random) => draft('easy', random), medium: (random) => draft('medium', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const side = level === 'easy' ? random.integer(8, 10) : random.integer(15, 20) * 10
  const maxK = random.integer(3, 6)
  const k = level === 'easy' ? '' : ' 1'
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(level)),
    input: [
      line(integer('R', 1, side), integer('C', 1, side), ...(level === 'easy' ? [] : [integer('K', 0, maxK)])),
      { kind: 'grid', name: 'G', rows: 'R', columns: 'C', alphabet: '0-9' },
    ],
    samples: varied(
      () => sample(level, random, 3, 3),
      () => sample(level, random, 3, 5),
      () => sample(level, random, 1, 4),
    ),
    illegalInputs: [
      illegal(`2 3${k}\n123\n45\n`, '한 줄의 숫자가 C개보다 적다.', 'A row has fewer than C digits.'),
      illegal(`2 3${k}\n123\n`, '줄이 R개보다 적다.', 'There are fewer than R rows.'),
      illegal(`1 3${k}\n1x3\n`, '숫자가 아닌 문자가 있다.', 'There is a character that is not a digit.'),
      illegal(`1 3${k}\n1 2 3\n`, '숫자 사이에 빈칸이 있다.', 'There are blanks between the digits.'),
      illegal(`${side + 1} 0${k}\n`, 'R과 C가 범위를 벗어난다.', 'The values R and C are out of range.'),
    ],
    generator: {
      strategies: [
        strategy('random-grid', 'random', '크기가 다양한 무작위 격자', 'random grids of many sizes'),
        strategy('edge-thin', 'edge', '한두 줄짜리 격자', 'grids of one or two rows or columns'),
        strategy('maximum-grid', 'maximum', '가장 큰 무작위 격자', 'a random grid of the largest size'),
        strategy(
          'adversarial-walls',
          'adversarial',
          '싼 길 앞에 비싼 벽이 늘어선 가장 큰 격자',
          'a largest grid where rows of expensive squares guard the cheap ones',
        ),
      ],
      code: generatorCode({ MAX_SIDE: side, MAX_K: maxK, HAS_K: level === 'easy' ? 0 : 1 }, generatorBody),
    },
  }
}

function given(level: keyof typeof tasks): Text {
  const grid = text(
    '가로로 C칸, 세로로 R칸인 격자 G가 주어진다. 각 칸에는 한 자리 숫자가 적혀 있다.',
    'You are given a grid G of R rows and C columns; every square holds a single decimal digit.',
  )
  return level === 'easy'
    ? grid
    : { ko: `${grid.ko} 정수 K도 함께 주어진다.`, en: `${grid.en} An integer K is given as well.` }
}

function sample(level: keyof typeof tasks, random: Random, rows: number, columns: number): Sample {
  const grid = Array.from({ length: rows }, () => random.integers(columns, 0, 9))
  const k = random.integer(1, 2)
  const waysTo = (y: number, x: number): number[][] => {
    const here = grid[y]?.[x]
    if (here === undefined) return []
    const before = y === 0 && x === 0 ? [[]] : [...waysTo(y - 1, x), ...waysTo(y, x - 1)]
    return before.map((way) => [...way, here])
  }
  return {
    input: lines(level === 'easy' ? [rows, columns] : [rows, columns, k], ...grid.map((row) => [row.join('')])),
    output: lines([tasks[level].solve({ ways: waysTo(rows - 1, columns - 1), k })]),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

const generatorBody = `
if strategy == "random-grid":
    r = rng.randint(4, MAX_SIDE)
    c = rng.randint(4, MAX_SIDE)
    low = rng.randint(0, 3)
    rows = [[rng.randint(low, 9) for _ in range(c)] for _ in range(r)]
elif strategy == "edge-thin":
    r = rng.randint(1, 2)
    c = rng.randint(MAX_SIDE // 2, MAX_SIDE)
    rows = [[rng.choice([0, 9, rng.randint(0, 9)]) for _ in range(c)] for _ in range(r)]
    if rng.random() < 0.5:
        rows = [list(column) for column in zip(*rows)]
elif strategy == "maximum-grid":
    rows = [[rng.randint(0, 9) for _ in range(MAX_SIDE)] for _ in range(MAX_SIDE)]
else:
    rows = [[rng.randint(1, 4) for _ in range(MAX_SIDE)] for _ in range(MAX_SIDE)]
    for y in range(3, MAX_SIDE, 7):
        for x in range(MAX_SIDE):
            rows[y][x] = rng.randint(7, 9)
        rows[y - 1] = [rng.randint(0, 1) for _ in range(MAX_SIDE)]
first = [len(rows), len(rows[0])]
if HAS_K:
    first.append(MAX_K if strategy == "maximum-grid" else rng.randint(0, MAX_K))
print(*first)
for row in rows:
    print("".join(map(str, row)))
`
