// Grid of digits: the cheapest way right and down, and the same with a few cells for free (one more dimension).
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

export const terracePath: Blueprint = {
  id: 'terrace-path',
  topics: ['dynamic-programming'],
  words: ['격자', '다랑논', '유적', '빙하', '썰매', 'grid', 'terrace', 'glacier', 'desert'],
  drafts: { easy: (random) => draft('easy', random), medium: (random) => draft('medium', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const side = level === 'easy' ? random.integer(20, 30) : random.integer(15, 20) * 10
  const maxK = random.integer(3, 6)
  const k = level === 'easy' ? '' : ' 1'
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(level)),
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
