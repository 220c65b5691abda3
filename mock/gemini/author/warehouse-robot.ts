// Grid, start and command string: single steps, sliding to the next rock, and jumping to the next square not yet visited (linked lists).
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
  robot: Text
  rock: Text
  rocks: string
}

interface Case {
  grid: readonly string[]
  y: number
  x: number
  commands: string
}

const scenes: readonly Scene[] = [
  {
    title: text('창고를 누비는 로봇', 'The Warehouse Robot'),
    story: text(
      '넓은 창고의 바닥은 바둑판처럼 칸으로 나뉘어 있고, 곳곳에 기둥이 서 있다. 창고를 돌아다니는 로봇은 무전으로 받은 명령을 한 글자씩 그대로 따른다.',
      'The floor of a large warehouse is divided into squares, and pillars stand here and there. A robot moves about the warehouse and obeys the commands it receives by radio, letter by letter.',
    ),
    robot: text('로봇', 'robot'),
    rock: text('기둥', 'pillar'),
    rocks: 'pillars',
  },
  {
    title: text('화성 탐사차', 'A Rover on Mars'),
    story: text(
      '화성의 평원을 찍은 사진은 칸으로 나뉘어 있고, 바위가 있는 칸이 표시되어 있다. 지구에서 보낸 명령은 한 글자씩 차례로 탐사차에 전해진다.',
      'The photograph of a plain on Mars is divided into squares, and those with rocks are marked. The commands sent from Earth reach the rover one letter after another.',
    ),
    robot: text('탐사차', 'rover'),
    rock: text('바위', 'rock'),
    rocks: 'rocks',
  },
  {
    title: text('얼음 호수의 펭귄', 'The Penguin on the Frozen Lake'),
    story: text(
      '얼어붙은 호수 위에 펭귄 한 마리가 서 있다. 호수는 바둑판처럼 칸으로 나뉘어 있고 군데군데 눈 더미가 쌓여 있다. 조련사는 호루라기로 펭귄에게 방향을 알려 준다.',
      'A penguin stands on a frozen lake. The lake is divided into squares, some of which are covered by heaps of snow. With a whistle the trainer tells the penguin where to go.',
    ),
    robot: text('펭귄', 'penguin'),
    rock: text('눈 더미', 'snow heap'),
    rocks: 'snow heaps',
  },
]

const directions: Readonly<Record<string, readonly [number, number]>> = {
  U: [-1, 0],
  D: [1, 0],
  L: [0, -1],
  R: [0, 1],
}

const tasks = {
  easy: {
    asked: ({ robot, rock, rocks }) =>
      text(
        `명령마다 ${robot.ko}은(는) 그 방향의 이웃한 칸으로 한 칸 움직인다. 그 칸에 ${rock.ko}이(가) 있거나 격자 밖이면 움직이지 않는다. 명령을 모두 따른 뒤 ${robot.ko}이(가) 있는 행과 열, 그리고 한 번이라도 있었던 칸의 수를 구하시오. 처음에 있던 칸도 센다.`,
        `On each command the ${robot.en} moves to the next square in that direction; it stays where it is if that square holds one of the ${rocks} or lies outside the grid. Find the row and the column of the ${robot.en} after all commands, and the number of squares it has been on at least once, including the first one.`,
      ),
    output: () =>
      text(
        '마지막에 있는 행과 열, 있었던 칸의 수를 공백으로 구분하여 한 줄에 출력한다.',
        'Print the final row, the final column and the number of squares visited on one line, separated by spaces.',
      ),
    solve: (one) => {
      let { y, x } = one
      const seen = new Set([`${y} ${x}`])
      for (const command of one.commands) {
        const [down, right] = directions[command] ?? [0, 0]
        if (one.grid[y + down]?.charAt(x + right) !== '.') continue
        y += down
        x += right
        seen.add(`${y} ${x}`)
      }
      return `${y + 1} ${x + 1} ${seen.size}`
    },
    reference: program(
      text(
        '적힌 대로 한 칸씩 움직이며, 지난 칸을 배열에 표시한다.',
        'Do what the commands say and mark the squares in an array.',
      ),
      'O(R * C + |S|)',
      `
import sys


def main():
    data = sys.stdin.read().split()
    r, c, y, x = map(int, data[:4])
    rows = ["#" * (c + 2)] + ["#" + row + "#" for row in data[4:4 + r]] + ["#" * (c + 2)]
    visited = [[False] * (c + 2) for _ in rows]
    visited[y][x] = True
    steps = {"U": (-1, 0), "D": (1, 0), "L": (0, -1), "R": (0, 1)}
    for command in data[4 + r]:
        down, right = steps[command]
        if rows[y + down][x + right] == ".":
            y += down
            x += right
            visited[y][x] = True
    print(y, x, sum(map(sum, visited)))


main()
`,
    ),
    bruteForce: program(
      text(
        '지나온 칸을 모두 목록에 적어 두고 나중에 서로 다른 칸을 센다.',
        'Write down every square and count the different ones at the end.',
      ),
      'O(|S|^2)',
      `
r, c, y, x = map(int, input().split())
free = []
for row in range(r):
    for column, mark in enumerate(input()):
        if mark == ".":
            free.append((row + 1, column + 1))
trail = [(y, x)]
for command in input():
    y, x = trail[-1]
    if command == "U":
        y -= 1
    if command == "D":
        y += 1
    if command == "L":
        x -= 1
    if command == "R":
        x += 1
    if (y, x) in free:
        trail.append((y, x))
different = []
for place in trail:
    if place not in different:
        different.append(place)
print(trail[-1][0], trail[-1][1], len(different))
`,
    ),
  },
  medium: {
    asked: ({ robot, rock, rocks }) =>
      text(
        `명령을 받으면 ${robot.ko}은(는) 그 방향으로 미끄러지기 시작해, 바로 앞 칸에 ${rock.ko}이(가) 있거나 격자의 끝에 닿을 때에야 멈춘다. 처음부터 막혀 있으면 움직이지 않는다. 명령을 모두 따른 뒤 ${robot.ko}이(가) 있는 행과 열, 그리고 움직인 칸 수의 합을 구하시오.`,
        `On each command the ${robot.en} starts to slide in that direction, and stops only when the square right ahead holds one of the ${rocks} or when the edge of the grid is reached. If the way is blocked from the beginning, it does not move. Find the row and the column of the ${robot.en} after all commands, and the total number of squares it has moved.`,
      ),
    output: () =>
      text(
        '마지막에 있는 행과 열, 움직인 칸 수의 합을 공백으로 구분하여 한 줄에 출력한다.',
        'Print the final row, the final column and the total number of squares moved on one line, separated by spaces.',
      ),
    solve: (one) => {
      let { y, x } = one
      let moved = 0
      for (const command of one.commands) {
        const [down, right] = directions[command] ?? [0, 0]
        for (; one.grid[y + down]?.charAt(x + right) === '.'; moved += 1) {
          y += down
          x += right
        }
      }
      return `${y + 1} ${x + 1} ${moved}`
    },
    reference: program(
      text(
        '칸마다 네 방향으로 미끄러졌을 때 멈추는 칸을, 바로 앞 칸의 답을 이용해 미리 구해 둔다.',
        'Compute in advance where a slide in each of the four directions ends, using the answer of the square ahead.',
      ),
      'O(R * C + |S|)',
      `
import sys


def main():
    data = sys.stdin.read().split()
    r, c, y, x = map(int, data[:4])
    width = c + 2
    marks = "#" * width + "".join("#" + row + "#" for row in data[4:4 + r]) + "#" * width
    stop = {}
    for command, step in (("U", -width), ("L", -1), ("D", width), ("R", 1)):
        ends = list(range(len(marks)))
        places = range(width, len(marks) - width)
        for place in places if step < 0 else reversed(places):
            if marks[place + step] == ".":
                ends[place] = ends[place + step]
        stop[command] = ends
    place = y * width + x
    moved = 0
    for command in data[4 + r]:
        end = stop[command][place]
        distance = abs(end - place)
        moved += distance if command in "LR" else distance // width
        place = end
    print(place // width, place % width, moved)


main()
`,
    ),
    bruteForce: program(
      text('명령마다 한 칸씩 미끄러뜨린다.', 'Slide square by square on every command.'),
      'O(|S| * (R + C))',
      `
r, c, y, x = map(int, input().split())
grid = [input() for _ in range(r)]
steps = {"U": (-1, 0), "D": (1, 0), "L": (0, -1), "R": (0, 1)}
y -= 1
x -= 1
moved = 0
for command in input():
    down, right = steps[command]
    while 0 <= y + down < r and 0 <= x + right < c and grid[y + down][x + right] == ".":
        y += down
        x += right
        moved += 1
print(y + 1, x + 1, moved)
`,
    ),
  },
  hard: {
    asked: ({ robot, rock, rocks }) =>
      text(
        `${robot.ko}은(는) 이미 있었던 칸에는 다시 멈추지 않는다. 명령을 받으면 그 방향에서 ${rock.ko}이(가) 없고 아직 한 번도 멈춘 적이 없는 가장 가까운 칸까지 뛰어가 멈춘다. 그 사이에 있는 ${rock.ko}과(와) 이미 멈췄던 칸은 뛰어넘는다. 그런 칸이 없으면 움직이지 않는다. 처음에 있던 칸은 멈췄던 칸으로 친다. 명령을 모두 따른 뒤 ${robot.ko}이(가) 있는 행과 열, 그리고 뛰어간 거리의 합을 구하시오. 이웃한 칸까지의 거리는 1이다.`,
        `The ${robot.en} never stops twice on the same square. On each command it leaps to the nearest square in that direction that has no ${rock.en} and on which it has not stopped yet, leaping over the ${rocks} and the squares used before that lie between. If there is no such square, it does not move. The first square counts as one on which it has stopped. Find the row and the column of the ${robot.en} after all commands, and the sum of the distances leaped, where a neighbouring square is at distance 1.`,
      ),
    output: () =>
      text(
        '마지막에 있는 행과 열, 뛰어간 거리의 합을 공백으로 구분하여 한 줄에 출력한다.',
        'Print the final row, the final column and the sum of the distances on one line, separated by spaces.',
      ),
    solve: (one) => {
      let { y, x } = one
      let distance = 0
      const used = new Set([`${y} ${x}`])
      for (const command of one.commands) {
        const [down, right] = directions[command] ?? [0, 0]
        const squares = one.grid.flatMap((row) => Array.from(row)).map((_, index) => index + 1)
        const leap = squares.find(
          (far) =>
            one.grid[y + far * down]?.charAt(x + far * right) === '.' &&
            !used.has(`${y + far * down} ${x + far * right}`),
        )
        if (leap === undefined) continue
        y += leap * down
        x += leap * right
        distance += leap
        used.add(`${y} ${x}`)
      }
      return `${y + 1} ${x + 1} ${distance}`
    },
    reference: program(
      text(
        '남아 있는 칸을 행마다, 열마다 이중 연결 리스트로 잇고, 멈춘 칸을 리스트에서 빼면서 다음 칸을 바로 찾는다.',
        'Keep the remaining squares of every row and column in doubly linked lists; a square that is used is taken out, so the next one is always at hand.',
      ),
      'O(R * C + |S|)',
      `
import sys


def main():
    data = sys.stdin.read().split()
    r, c, y, x = map(int, data[:4])
    rows = [list(row) for row in data[4:4 + r]]
    rows[y - 1][x - 1] = "."
    marks = [mark for row in rows for mark in row]
    cells = r * c
    # Squares are numbered row by row; the number behind the last one stands for "none".
    left, right, up, down = ([cells] * (cells + 1) for _ in range(4))
    last_above = [cells] * c
    for row in range(r):
        before = cells
        for column in range(c):
            here = row * c + column
            if marks[here] == ".":
                left[here] = before
                right[before] = here
                up[here] = last_above[column]
                down[last_above[column]] = here
                before = last_above[column] = here
    following = {"L": left, "R": right, "U": up, "D": down}
    here = (y - 1) * c + x - 1
    distance = 0
    for command in data[4 + r]:
        there = following[command][here]
        if there != cells:
            right[left[here]] = right[here]
            left[right[here]] = left[here]
            down[up[here]] = down[here]
            up[down[here]] = up[here]
            gap = abs(there - here)
            distance += gap if command in "LR" else gap // c
            here = there
    print(here // c + 1, here % c + 1, distance)


main()
`,
    ),
    bruteForce: program(
      text(
        '명령마다 그 방향으로 한 칸씩 살펴보며 멈출 칸을 찾는다.',
        'Search square by square for the next stop on every command.',
      ),
      'O(|S| * (R + C))',
      `
r, c, y, x = map(int, input().split())
free = [[mark == "." for mark in input()] for _ in range(r)]
steps = {"U": (-1, 0), "D": (1, 0), "L": (0, -1), "R": (0, 1)}
y -= 1
x -= 1
free[y][x] = False
distance = 0
for command in input():
    down, right = steps[command]
    far = 1
    while 0 <= y + far * down < r and 0 <= x + far * right < c:
        if free[y + far * down][x + far * right]:
            y += far * down
            x += far * right
            distance += far
            free[y][x] = False
            break
        far += 1
print(y + 1, x + 1, distance)
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
          '있었던 서로 다른 칸이 아니라 움직인 횟수에 하나를 더해 센다.',
          'Counts the moves plus one instead of the different squares.',
        ),
        tasks.easy.reference,
        ['    steps = {', '    count = 1\n    steps = {'],
        ['            visited[y][x] = True\n', '            count += 1\n'],
        ['sum(map(sum, visited))', 'count'],
      ),
      edited(
        text('움직이지 못하면 남은 명령을 따르지 않는다.', 'Obeys no more commands once the way is blocked.'),
        tasks.easy.reference,
        ['            visited[y][x] = True\n', '            visited[y][x] = True\n        else:\n            break\n'],
      ),
      edited(
        text(
          '출발한 칸은 막혀 있지 않다고 믿고 다시 돌아갈 수 있게 한다.',
          'Lets the first square be entered again even if it is marked as blocked.',
        ),
        tasks.easy.reference,
        ['    visited = [[', '    rows[y] = rows[y][:x] + "." + rows[y][x + 1:]\n    visited = [['],
      ),
    ],
    slow: [],
    solver: cppSolver(
      text('있었던 칸을 집합에 모으며 명령을 그대로 따른다.', 'Follow the commands and collect the squares in a set.'),
      'O(|S| log |S|)',
      `
#include <iostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

int main() {
    int r, c, y, x;
    std::cin >> r >> c >> y >> x;
    std::vector<std::string> grid(r);
    for (auto &row : grid) std::cin >> row;
    std::string commands;
    std::cin >> commands;
    std::set<std::pair<int, int>> visited = {{--y, --x}};
    for (char command : commands) {
        int ny = y + (command == 'D') - (command == 'U');
        int nx = x + (command == 'R') - (command == 'L');
        if (ny < 0 || ny >= r || nx < 0 || nx >= c || grid[ny][nx] == '#') continue;
        y = ny, x = nx;
        visited.insert({y, x});
    }
    std::cout << y + 1 << ' ' << x + 1 << ' ' << visited.size() << '\\n';
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text('미끄러진 칸 수가 아니라 미끄러진 횟수를 센다.', 'Counts the slides instead of the squares moved.'),
        tasks.medium.reference,
        ['moved += distance if command in "LR" else distance // width', 'moved += distance > 0'],
      ),
      edited(
        text('막고 있는 것이 있는 칸까지 들어가서 멈춘다.', 'Stops on the blocked square instead of in front of it.'),
        tasks.medium.reference,
        [
          '"#" * width + "".join("#" + row + "#" for row in data[4:4 + r]) + "#" * width',
          '"E" * width + "".join("E" + row + "E" for row in data[4:4 + r]) + "E" * width',
        ],
        ['    stop = {}\n', '    stop = {}\n    steps = {"U": -width, "L": -1, "D": width, "R": 1}\n'],
        [
          '        end = stop[command][place]\n',
          '        end = stop[command][place]\n        if marks[end + steps[command]] == "#":\n            end += steps[command]\n',
        ],
      ),
      edited(
        text(
          '가는 길 어딘가가 막혀 있으면 아예 움직이지 않는다.',
          'Does not move at all if the way is blocked somewhere before the edge.',
        ),
        tasks.medium.reference,
        [
          '"#" * width + "".join("#" + row + "#" for row in data[4:4 + r]) + "#" * width',
          '"E" * width + "".join("E" + row + "E" for row in data[4:4 + r]) + "E" * width',
        ],
        ['    stop = {}\n', '    stop = {}\n    steps = {"U": -width, "L": -1, "D": width, "R": 1}\n'],
        [
          '        end = stop[command][place]\n',
          '        end = stop[command][place]\n        if marks[end + steps[command]] == "#":\n            end = place\n',
        ],
      ),
      edited(
        text(
          '출발한 칸은 막혀 있지 않다고 믿고 다시 지나갈 수 있게 한다.',
          'Lets the first square be entered again even if it is marked as blocked.',
        ),
        tasks.medium.reference,
        [
          '    stop = {}\n',
          '    first = y * width + x\n    marks = marks[:first] + "." + marks[first + 1:]\n    stop = {}\n',
        ],
      ),
    ],
    slow: [
      decoy(
        text(
          '테두리를 두른 한 줄짜리 배열에서 명령마다 한 칸씩 미끄러뜨린다.',
          'Slides square by square, in a flat array with a border.',
        ),
        `
import sys


def main():
    data = sys.stdin.read().split()
    r, c, y, x = map(int, data[:4])
    width = c + 2
    marks = "#" * width + "".join("#" + row + "#" for row in data[4:4 + r]) + "#" * width
    steps = {"U": -width, "L": -1, "D": width, "R": 1}
    place = y * width + x
    moved = 0
    for command in data[4 + r]:
        step = steps[command]
        while marks[place + step] == ".":
            place += step
            moved += 1
    print(place // width, place % width, moved)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '행마다, 열마다 막힌 칸의 위치를 차례로 적어 두고 이진 탐색으로 멈출 칸을 찾는다.',
        'List the blocked squares of every row and column in order, and find the end of a slide with binary search.',
      ),
      'O(R * C + |S| log(R + C))',
      `
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    int r, c, y, x;
    std::cin >> r >> c >> y >> x;
    std::vector<std::vector<int>> inRow(r + 1, {0}), inColumn(c + 1, {0});
    for (int row = 1; row <= r; ++row) {
        std::string marks;
        std::cin >> marks;
        for (int column = 1; column <= c; ++column) {
            if (marks[column - 1] == '.') continue;
            inRow[row].push_back(column);
            inColumn[column].push_back(row);
        }
    }
    for (auto &line : inRow) line.push_back(c + 1);
    for (auto &line : inColumn) line.push_back(r + 1);
    std::string commands;
    std::cin >> commands;
    long long moved = 0;
    for (char command : commands) {
        bool vertical = command == 'U' || command == 'D';
        int &here = vertical ? y : x;
        auto &blocked = vertical ? inColumn[x] : inRow[y];
        int there;
        if (command == 'U' || command == 'L')
            there = *(std::lower_bound(blocked.begin(), blocked.end(), here) - 1) + 1;
        else
            there = *std::upper_bound(blocked.begin(), blocked.end(), here) - 1;
        moved += std::abs(there - here);
        here = there;
    }
    std::cout << y << ' ' << x << ' ' << moved << '\\n';
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text('거리 대신 뛴 횟수를 더한다.', 'Adds up the leaps instead of their distances.'),
        tasks.hard.reference,
        ['distance += gap if command in "LR" else gap // c', 'distance += gap > 0'],
      ),
      edited(text('막힌 칸은 뛰어넘지 못한다고 여긴다.', 'Does not leap over blocked squares.'), tasks.hard.reference, [
        '                before = last_above[column] = here\n',
        '                before = last_above[column] = here\n            else:\n                before = last_above[column] = cells\n',
      ]),
      edited(
        text('이미 멈췄던 칸은 뛰어넘지 못한다고 여긴다.', 'Does not leap over squares that were used before.'),
        tasks.hard.reference,
        ['    distance = 0\n', '    distance = 0\n    used = {here}\n'],
        ['if there != cells:', 'if there != cells and there not in used:'],
        [
          `right[left[here]] = right[here]
            left[right[here]] = left[here]
            down[up[here]] = down[here]
            up[down[here]] = up[here]`,
          'used.add(there)',
        ],
      ),
      edited(
        text('처음에 있던 칸은 멈췄던 칸으로 치지 않는다.', 'Does not count the first square as one that was used.'),
        tasks.hard.reference,
        ['    distance = 0\n', '    distance = 0\n    is_first = True\n'],
        [
          '        if there != cells:\n',
          '        if there != cells and is_first:\n            is_first = False\n            distance += abs(there - here) if command in "LR" else abs(there - here) // c\n            here = there\n        elif there != cells:\n',
        ],
      ),
    ],
    slow: [
      decoy(
        text(
          '멈춘 칸을 지운 한 줄짜리 배열에서 명령마다 한 칸씩 살펴본다.',
          'Searches square by square, in a flat array in which the used squares are marked.',
        ),
        `
import sys


def main():
    data = sys.stdin.read().split()
    r, c, y, x = map(int, data[:4])
    width = c + 2
    # The border: what lies behind it is never looked at.
    rows = ["E" * width] + ["E" + row + "E" for row in data[4:4 + r]] + ["E" * width]
    marks = list("".join(rows))
    steps = {"U": -width, "L": -1, "D": width, "R": 1}
    here = y * width + x
    marks[here] = "#"
    distance = 0
    for command in data[4 + r]:
        step = steps[command]
        there = here + step
        while marks[there] == "#":
            there += step
        if marks[there] == ".":
            distance += (there - here) // step
            here = there
            marks[here] = "#"
    print(here // width, here % width, distance)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '방향마다 서로소 집합을 두고, 쓴 칸과 막힌 칸을 그 방향의 다음 칸에 합쳐 다음에 멈출 칸을 찾는다.',
        'Disjoint sets for every direction: a used or blocked square joins the next one in that direction, so its root is where a leap ends.',
      ),
      'O((R * C + |S|) log(R * C))',
      `
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    int r, c, y, x;
    std::cin >> r >> c >> y >> x;
    int width = c + 2, cells = (r + 2) * width;
    const std::string letters = "LRUD";
    const int steps[] = {-1, 1, -width, width};
    std::vector<std::vector<int>> next(4, std::vector<int>(cells));
    for (auto &direction : next) std::iota(direction.begin(), direction.end(), 0);
    auto remove = [&](int cell) {
        for (int i = 0; i < 4; ++i) next[i][cell] = cell + steps[i];
    };
    for (int row = 1; row <= r; ++row) {
        std::string marks;
        std::cin >> marks;
        for (int column = 1; column <= c; ++column)
            if (marks[column - 1] == '#') remove(row * width + column);
    }
    int here = y * width + x;
    remove(here);
    std::string commands;
    std::cin >> commands;
    long long distance = 0;
    for (char command : commands) {
        int i = letters.find(command);
        auto &onward = next[i];
        int there = here;
        while (onward[there] != there) there = onward[there] = onward[onward[there]];
        int row = there / width, column = there % width;
        if (row == 0 || row > r || column == 0 || column > c) continue;
        distance += (there - here) / steps[i];
        here = there;
        remove(here);
    }
    std::cout << here / width << ' ' << here % width << ' ' << distance << '\\n';
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const warehouseRobot: Blueprint = {
  id: 'warehouse-robot',
  topics: ['simulation'],
  words: ['로봇', '탐사차', '펭귄', '창고', 'robot', 'rover', 'penguin', 'warehouse'],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    easy: { MAX_R: random.integer(10, 20), MAX_C: random.integer(20, 30), MAX_S: random.integer(3, 10) * 100 },
    medium: {
      MAX_R: random.integer(10, 12),
      MAX_C: random.integer(8, 10) * 1000,
      MAX_S: random.integer(110, 130) * 1000,
    },
    hard: {
      MAX_R: random.integer(10, 12),
      MAX_C: random.integer(8, 10) * 1000,
      MAX_S: random.integer(220, 240) * 1000,
    },
  }[level]
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(scene)),
    input: [
      line(integer('R', 1, bounds.MAX_R), integer('C', 1, bounds.MAX_C), integer('Y', 1, 'R'), integer('X', 1, 'C')),
      { kind: 'grid', name: 'G', rows: 'R', columns: 'C', alphabet: '.#' },
      { kind: 'string', name: 'S', min_length: '1', max_length: String(bounds.MAX_S), alphabet: 'LRUD' },
    ],
    samples: varied(
      () => sample(level, random, 3, 4),
      () => sample(level, random, 4, 5),
    ),
    illegalInputs: [
      illegal('2 3 3 1\n...\n.#.\nRR\n', 'Y가 R보다 크다.', 'The value Y is greater than R.'),
      illegal(
        '2 3 1 1\n...\n.x.\nRR\n',
        '격자에 허용되지 않은 문자가 있다.',
        'The grid contains a character that is not allowed.',
      ),
      illegal('2 3 1 1\n...\n.#\nRR\n', '격자의 한 줄이 C칸보다 짧다.', 'A row of the grid is shorter than C.'),
      illegal('1 3 1 1\n...\nRXR\n', '모르는 명령이 있다.', 'There is an unknown command.'),
      illegal('1 3 1 1\n...\n\n', '명령이 없다.', 'There is no command.'),
    ],
    generator: {
      strategies: [
        strategy(
          'random-walk',
          'random',
          '크기가 다양한 격자와 무작위 명령',
          'grids of many sizes with random commands',
        ),
        strategy('edge-corridor', 'edge', '한두 줄짜리 격자', 'grids of one or two rows or columns'),
        strategy(
          'maximum-walk',
          'maximum',
          '가장 큰 격자와 가장 긴 무작위 명령',
          'a largest grid with as many random commands as possible',
        ),
        strategy(
          'adversarial-long-ways',
          'adversarial',
          '거의 빈 가장 큰 격자에서 좌우로 길게 오가는 명령',
          'a largest, almost empty grid with long ways to the left and to the right',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ robot, rock, rocks }: Scene): Text {
  return text(
    `R행 C열의 격자 G가 주어진다. 맨 윗줄이 1행, 맨 왼쪽 줄이 1열이고, #은 ${rock.ko}이(가) 있는 칸, .은 빈칸이다. ${robot.ko}은(는) Y행 X열에서 출발하며, 그 칸에 ${rock.ko}이(가) 표시되어 있더라도 출발은 할 수 있다. 이어서 명령을 한 글자씩 적은 문자열 S가 주어진다. L, R, U, D는 차례로 왼쪽, 오른쪽, 위쪽, 아래쪽을 뜻한다.`,
    `You are given a grid G of R rows and C columns. The top row is row 1 and the leftmost column is column 1; a # marks a square with one of the ${rocks}, a dot marks an empty square. The ${robot.en} starts in row Y and column X, which is possible even if a ${rock.en} is marked there. A string S of commands follows, one letter each: L, R, U and D stand for left, right, up and down.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, rows: number, columns: number): Sample {
  const grid = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => random.pick(['.', '.', '.', '#'])).join(''),
  )
  const commands = random
    .shuffle(Array.from('LRUDLRUDLR'))
    .slice(0, 5 + rows)
    .join('')
  const y = random.integer(0, rows - 1)
  const x = random.integer(0, columns - 1)
  return {
    input: lines([rows, columns, y + 1, x + 1], ...grid.map((row) => [row]), [commands]),
    output: lines([tasks[level].solve({ grid, y, x, commands })]),
  }
}

const generatorBody = `

def draw(r, c, rocks):
    return ["".join("#" if rng.random() < rocks else "." for _ in range(c)) for _ in range(r)]


y = x = None
if strategy == "random-walk":
    r = rng.randint(3, MAX_R)
    c = rng.choice([rng.randint(4, 12), rng.randint(15, MAX_C)])
    grid = draw(r, c, rng.choice([0.1, 0.3]))
    commands = rng.choices("LRUD", k=rng.choice([rng.randint(5, 40), rng.randint(100, MAX_S)]))
elif strategy == "edge-corridor":
    r = rng.randint(1, 2)
    c = rng.randint(6, MAX_R)
    grid = draw(r, c, 0.15)
    if rng.random() < 0.5:
        grid = ["".join(column) for column in zip(*grid)]
    commands = rng.choices("LRUD", k=rng.randint(15, 60))
elif strategy == "maximum-walk":
    grid = draw(MAX_R, MAX_C, 10 / (MAX_R * MAX_C))
    commands = rng.choices("LRUD", weights=[4, 4, 1, 1], k=MAX_S)
else:
    grid = draw(MAX_R, MAX_C, 0.0002)
    y = rng.randint(1, MAX_R)
    x = MAX_C // 2
    commands = ["LR"[i % 2] if rng.random() < 1 - 20 / MAX_S else rng.choice("UD") for i in range(MAX_S)]
if y is None:
    y = rng.randint(1, len(grid))
    x = rng.randint(1, len(grid[0]))
if strategy == "edge-corridor" and rng.random() < 0.5:
    grid[y - 1] = grid[y - 1][:x - 1] + "#" + grid[y - 1][x:]
print(len(grid), len(grid[0]), y, x)
print("\\n".join(grid))
print("".join(commands))
`
