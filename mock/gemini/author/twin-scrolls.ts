// Two words and prices: weighted edit distance, and alignment where blocks of letters share a fixed price (three states).
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
  word,
  type Blueprint,
  type Draft,
  type Sample,
  type Task,
} from './draft.ts'
import { text, type Random, type Text } from './story.ts'

interface Scene {
  title: Text
  story: Text
  whole: Text
  letter: Text
  letters: string
}

interface Case {
  a: string
  b: string
  block: number
  single: number
  replaced: number
}

const scenes: readonly Scene[] = [
  {
    title: text('두 벌의 필사본', 'Two Copies of a Manuscript'),
    story: text(
      '수도원 서고에서 같은 책의 필사본이 두 벌 발견되었다. 베껴 쓰는 동안 글자가 빠지거나 더해지고 바뀌었기 때문에 두 필사본의 글은 조금씩 다르다. 사서는 한쪽을 다른 쪽과 똑같이 고치려고 한다.',
      'Two copies of the same book have turned up in the archive of a monastery. Letters were dropped, added and changed while they were copied, so the texts differ. The librarian wants to change one copy until it equals the other.',
    ),
    whole: text('글', 'text'),
    letter: text('글자', 'letter'),
    letters: 'letters',
  },
  {
    title: text('구슬 목걸이 고치기', 'Mending a Bead Necklace'),
    story: text(
      '보석상에 길게 펼친 구슬 목걸이 두 줄이 있다. 손님은 첫째 목걸이의 구슬을 고쳐 둘째 목걸이와 똑같게 해 달라고 부탁했다.',
      'A jeweller has two necklaces with beads of many colours, laid out straight. A customer wants the beads of the first necklace changed until it looks exactly like the second.',
    ),
    whole: text('목걸이', 'necklace'),
    letter: text('구슬', 'bead'),
    letters: 'beads',
  },
  {
    title: text('기록 장치의 복구', 'Repairing a Recording'),
    story: text(
      '심해 탐사정의 기록 장치 두 대가 같은 사건을 기호의 열로 남겼지만, 바닷물 때문에 내용이 서로 달라졌다. 기술자는 첫째 기록을 고쳐 둘째 기록과 똑같이 만들려고 한다.',
      'Two recorders of a deep-sea vessel stored the same event as sequences of symbols, but the salt water left them different. An engineer wants to change the first recording until it equals the second.',
    ),
    whole: text('기록', 'recording'),
    letter: text('기호', 'symbol'),
    letters: 'symbols',
  },
]

/** Python: every way to choose which letters of A become which letters of B, in order. */
const pairings = `
from itertools import combinations

a, b = input().split()
`

const tasks = {
  medium: {
    asked: ({ letter, whole }) =>
      text(
        `A에서 ${letter.ko} 하나를 지우거나, 아무 곳에나 ${letter.ko} 하나를 끼워 넣는 데에는 비용 D가 든다. ${letter.ko} 하나를 다른 것으로 바꾸는 데에는 비용 R이 든다. ${whole.ko} A를 B로 만드는 데 드는 비용의 최솟값을 구하시오.`,
        `Removing one ${letter.en} from A or inserting one ${letter.en} anywhere costs D. Replacing one ${letter.en} by another costs R. Find the least cost of turning the ${whole.en} A into B.`,
      ),
    output: () => text('비용의 최솟값을 출력한다.', 'Print the least cost.'),
    solve: ({ a, b, single, replaced }) => leastCost(a, b, 0, single, replaced),
    reference: program(
      text(
        '두 단어의 앞부분끼리 맞추는 최소 비용을 표로 채운다.',
        'Fill a table with the least cost of turning each beginning of A into each beginning of B.',
      ),
      'O(|A| * |B|)',
      `
import sys


def main():
    a, b, d, r = sys.stdin.read().split()
    d = int(d)
    r = int(r)
    above = [j * d for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        row = [i * d]
        for j, y in enumerate(b):
            row.append(min(above[j] + (0 if x == y else r), above[j + 1] + d, row[j] + d))
        above = row
    print(above[-1])


main()
`,
    ),
    bruteForce: program(
      text(
        '지우지 않고 남길 글자와 그것이 될 글자를 고르는 모든 방법을 시험해 본다.',
        'Try every choice of the letters that stay and of the letters they become.',
      ),
      'O(2^(|A| + |B|))',
      `${pairings}d, r = map(int, input().split())
best = d * (len(a) + len(b))
for t in range(1, min(len(a), len(b)) + 1):
    rest = d * (len(a) + len(b) - 2 * t)
    targets = list(combinations(b, t))
    for kept in combinations(a, t):
        for target in targets:
            best = min(best, rest + r * sum(x != y for x, y in zip(kept, target)))
print(best)
`,
    ),
  },
  hard: {
    asked: ({ letter, letters, whole }) =>
      text(
        `A의 ${letter.ko}은(는) 하나하나 그대로 두거나, 다른 것으로 바꾸거나, 지운다. 그대로 두거나 바꾼 ${letter.ko}은(는) 살아남았다고 하며, 살아남은 것들은 순서를 바꾸지 않는다. 그런 다음 맨 앞, 맨 뒤, 살아남은 ${letter.ko}들 사이에 새 ${letter.ko}을(를) 끼워 넣어 ${whole.ko} B를 만든다. ${letter.ko} 하나를 다른 것으로 바꾸는 비용은 R이다. A에서 잇달아 지운 ${letter.ko}들은 한 덩어리이고, 살아남은 ${letter.ko} 사이의 한 자리에 끼워 넣은 ${letter.ko}들도 한 덩어리이다. 지우거나 끼워 넣은 덩어리마다 비용 G가 들고, 거기에 덩어리의 ${letter.ko}마다 비용 D가 더 든다. 전체 비용의 최솟값을 구하시오.`,
        `Each of the ${letters} of A is left as it is, replaced by another one, or removed. Those left or replaced are said to survive, and they keep their order. Then new ${letters} are inserted at the front, at the end and between survivors, so that the ${whole.en} B results. Replacing one ${letter.en} by another costs R. Consecutive ${letters} removed from A form one block, and all ${letters} inserted at one place between survivors form one block, too. Every removed or inserted block costs G, plus D for each of the ${letters} in it. Find the least total cost.`,
      ),
    output: () => text('전체 비용의 최솟값을 출력한다.', 'Print the least total cost.'),
    solve: ({ a, b, block, single, replaced }) => leastCost(a, b, block, single, replaced),
    reference: program(
      text(
        '앞부분끼리 맞추는 최소 비용을, 마지막 글자가 살아남은 경우, 지우는 덩어리가 이어지는 경우, 끼워 넣는 덩어리가 이어지는 경우로 나누어 표로 채운다.',
        'Fill the table of beginnings in three layers: the last letters are paired, a removed block goes on, an inserted block goes on.',
      ),
      'O(|A| * |B|)',
      `
import sys


def main():
    a, b, g, d, r = sys.stdin.read().split()
    g, d, r = int(g), int(d), int(r)
    far = 10 ** 12
    above = [0] + [g + j * d for j in range(1, len(b) + 1)]
    removing = [far] * (len(b) + 1)
    for i, x in enumerate(a, 1):
        removing[0] = g + i * d
        row = [g + i * d]
        inserting = far
        for j, y in enumerate(b, 1):
            inserting = min(inserting, row[j - 1] + g) + d
            removing[j] = min(removing[j], above[j] + g) + d
            row.append(min(above[j - 1] + (0 if x == y else r), inserting, removing[j]))
        above = row
    print(above[-1])


main()
`,
    ),
    bruteForce: program(
      text(
        '살아남을 글자와 그것이 될 글자의 위치를 고르는 모든 방법에 대해 덩어리의 비용을 직접 더한다.',
        'For every choice of the positions that survive and of the positions they become, add up the blocks directly.',
      ),
      'O(2^(|A| + |B|) * |A|)',
      `${pairings}g, d, r = map(int, input().split())


def blocks(kept, length):
    cost = 0
    for before, after in zip((-1,) + kept, kept + (length,)):
        gap = after - before - 1
        if gap:
            cost += g + d * gap
    return cost


best = None
for t in range(min(len(a), len(b)) + 1):
    targets = [(blocks(kept, len(b)), [b[j] for j in kept]) for kept in combinations(range(len(b)), t)]
    for kept in combinations(range(len(a)), t):
        base = blocks(kept, len(a))
        letters = [a[i] for i in kept]
        for more, target in targets:
            cost = base + more + r * sum(x != y for x, y in zip(letters, target))
            if best is None or cost < best:
                best = cost
print(best)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write who read the same statement: wrong ideas, slow programs and an independent solution. */
const otherSolutions = {
  medium: {
    wrong: [
      edited(
        text('바꾸지 않고 지우고 끼워 넣기만 한다.', 'Only removes and inserts, never replaces.'),
        tasks.medium.reference,
        ['0 if x == y else r', '0 if x == y else 2 * d'],
      ),
      decoy(
        text(
          '앞에서부터 같은 자리끼리 바꾸고 남는 것을 지우거나 끼워 넣는다.',
          'Replaces place by place from the front, then removes or inserts the rest.',
        ),
        `
a, b = input().split()
d, r = map(int, input().split())
print(r * sum(x != y for x, y in zip(a, b)) + d * abs(len(a) - len(b)))
`,
      ),
      decoy(
        text(
          '고치는 횟수를 가장 적게 한 뒤, 횟수에 싼 쪽의 비용을 곱한다.',
          'Minimises the number of changes and multiplies it by the lower cost.',
        ),
        `
a, b = input().split()
d, r = map(int, input().split())
above = list(range(len(b) + 1))
for i, x in enumerate(a, 1):
    row = [i]
    for j, y in enumerate(b):
        row.append(min(above[j] + (x != y), above[j + 1] + 1, row[j] + 1))
    above = row
print(above[-1] * min(d, r))
`,
      ),
      edited(
        text(
          '표의 첫 열을 0으로 두어 A의 앞부분을 공짜로 지운다.',
          'Fills the first column of the table with 0, so the front of A is removed for nothing.',
        ),
        tasks.medium.reference,
        ['row = [i * d]', 'row = [0]'],
      ),
    ],
    slow: [
      decoy(
        text(
          '잇달아 지우거나 끼워 넣는 길이를 칸마다 모두 시험한다.',
          'Tries every length of a stretch to remove or insert for every pair of beginnings.',
        ),
        `
a, b = input().split()
d, r = map(int, input().split())
best = [[j * d for j in range(len(b) + 1)]]
for i, x in enumerate(a, 1):
    row = [i * d]
    for j, y in enumerate(b, 1):
        pair = best[i - 1][j - 1] + (0 if x == y else r)
        removed = min(best[i - length][j] + length * d for length in range(1, i + 1))
        inserted = min(row[j - length] + length * d for length in range(1, j + 1))
        row.append(min(pair, removed, inserted))
    best.append(row)
print(best[-1][-1])
`,
      ),
      decoy(
        text(
          '살아남는 글자의 짝마다 바로 앞의 짝이 될 수 있는 것을 모두 시험한다.',
          'Tries for every pair of surviving letters all pairs that may come before it.',
        ),
        `
a, b = input().split()
d, r = map(int, input().split())
answer = d * (len(a) + len(b))
best = []
for i, x in enumerate(a):
    best.append([])
    for j, y in enumerate(b):
        least = d * (i + j)
        for p in range(i):
            for q in range(j):
                least = min(least, best[p][q] + d * (i - p + j - q - 2))
        least += 0 if x == y else r
        best[i].append(least)
        answer = min(answer, least + d * (len(a) - i + len(b) - j - 2))
print(answer)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '두 단어의 뒷부분끼리 맞추는 최소 비용을 기억하며 재귀로 구한다.',
        'Recursion with memory over the ends of the two words.',
      ),
      'O(|A| * |B|)',
      `
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

std::string a, b;
int d, r;
std::vector<std::vector<int>> known;

int rest(size_t i, size_t j) {
    if (i == a.size()) return d * (b.size() - j);
    if (j == b.size()) return d * (a.size() - i);
    int &answer = known[i][j];
    if (answer < 0) {
        int cost = a[i] == b[j] ? 0 : r;
        answer = std::min({rest(i + 1, j + 1) + cost, rest(i + 1, j) + d, rest(i, j + 1) + d});
    }
    return answer;
}

int main() {
    std::cin >> a >> b >> d >> r;
    known.assign(a.size(), std::vector<int>(b.size(), -1));
    std::cout << rest(0, 0) << '\\n';
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text('글자 하나하나를 따로 덩어리로 친다.', 'Takes every single letter for a block of its own.'),
        tasks.hard.reference,
        ['above = [0] + [g + j * d', 'above = [0] + [j * (g + d)'],
        ['row = [g + i * d]', 'row = [i * (g + d)]'],
        ['inserting = min(inserting, row[j - 1] + g) + d', 'inserting = row[j - 1] + g + d'],
        ['min(removing[j], above[j] + g) + d', 'above[j] + g + d'],
      ),
      edited(
        text(
          '지운 덩어리 바로 뒤에 끼워 넣은 덩어리를 한 덩어리로 친다.',
          'Counts an inserted block right behind a removed one as the same block.',
        ),
        tasks.hard.reference,
        ['min(inserting, row[j - 1] + g)', 'min(inserting, row[j - 1] + g, removing[j - 1])'],
      ),
      edited(
        text('맨 앞의 덩어리에는 G를 내지 않는다.', 'Charges no G for the block at the very front.'),
        tasks.hard.reference,
        ['above = [0] + [g + j * d', 'above = [0] + [j * d'],
        ['removing[0] = g + i * d', 'removing[0] = i * d'],
        ['row = [g + i * d]', 'row = [i * d]'],
      ),
      decoy(
        text(
          '표의 칸마다 가장 싼 경우 하나와 그 마지막 일만 기억한다.',
          'Remembers for every pair of beginnings only the cheapest case and what it did last.',
        ),
        `
a, b = input().split()
g, d, r = map(int, input().split())
above = [(0, "")] + [(g + j * d, "insert") for j in range(1, len(b) + 1)]
for i, x in enumerate(a, 1):
    row = [(g + i * d, "remove")]
    for j, y in enumerate(b, 1):
        pair = above[j - 1][0] + (0 if x == y else r)
        removed = above[j][0] + d + (0 if above[j][1] == "remove" else g)
        inserted = row[-1][0] + d + (0 if row[-1][1] == "insert" else g)
        row.append(min((pair, "pair"), (removed, "remove"), (inserted, "insert")))
    above = row
print(above[-1][0])
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '지우거나 끼워 넣는 덩어리의 길이를 칸마다 모두 시험한다.',
          'Tries every length of a removed or inserted block for every pair of beginnings.',
        ),
        `
a, b = input().split()
g, d, r = map(int, input().split())
best = [[0] + [g + j * d for j in range(1, len(b) + 1)]]
for i, x in enumerate(a, 1):
    row = [g + i * d]
    for j, y in enumerate(b, 1):
        pair = best[i - 1][j - 1] + (0 if x == y else r)
        removed = min(best[i - length][j] + g + length * d for length in range(1, i + 1))
        inserted = min(row[j - length] + g + length * d for length in range(1, j + 1))
        row.append(min(pair, removed, inserted))
    best.append(row)
print(best[-1][-1])
`,
      ),
      decoy(
        text(
          '살아남는 글자의 짝마다 바로 앞의 짝이 될 수 있는 것을 모두 시험한다.',
          'Tries for every pair of surviving letters all pairs that may come before it.',
        ),
        `
a, b = input().split()
g, d, r = map(int, input().split())


def gap(length):
    return g + d * length if length else 0


answer = gap(len(a)) + gap(len(b))
best = []
for i, x in enumerate(a):
    best.append([])
    for j, y in enumerate(b):
        least = gap(i) + gap(j)
        for p in range(i):
            for q in range(j):
                least = min(least, best[p][q] + gap(i - p - 1) + gap(j - q - 1))
        least += 0 if x == y else r
        best[i].append(least)
        answer = min(answer, least + gap(len(a) - i - 1) + gap(len(b) - j - 1))
print(answer)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '두 단어의 어디까지 왔고 바로 앞에서 무엇을 했는지를 꼭짓점으로 하는 그래프에서 최단 경로를 구한다.',
        'Shortest path in a graph whose vertices say how far both words are and what was done last.',
      ),
      'O(|A| * |B| * log(|A| * |B|))',
      `
#include <functional>
#include <iostream>
#include <queue>
#include <string>
#include <utility>
#include <vector>

int main() {
    std::string a, b;
    int g, d, r;
    std::cin >> a >> b >> g >> d >> r;
    int n = a.size(), m = b.size();
    enum Last { pair, removal, insertion };
    auto vertex = [&](int i, int j, int last) { return (i * (m + 1) + j) * 3 + last; };
    std::vector<int> best(vertex(n, m, insertion) + 1, 1 << 30);
    using Entry = std::pair<int, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> queue;
    auto reach = [&](int i, int j, int last, int cost) {
        int v = vertex(i, j, last);
        if (cost >= best[v]) return;
        best[v] = cost;
        queue.push({cost, v});
    };
    reach(0, 0, pair, 0);
    while (!queue.empty()) {
        auto [cost, v] = queue.top();
        queue.pop();
        int last = v % 3, j = v / 3 % (m + 1), i = v / 3 / (m + 1);
        if (i == n && j == m) {
            std::cout << cost << '\\n';
            return 0;
        }
        if (cost > best[v]) continue;
        if (i < n && j < m) reach(i + 1, j + 1, pair, cost + (a[i] == b[j] ? 0 : r));
        // A removal never has to come behind an insertion at the same place: the order of the two is free.
        if (i < n && last != insertion) reach(i + 1, j, removal, cost + d + (last == removal ? 0 : g));
        if (j < m) reach(i, j + 1, insertion, cost + d + (last == insertion ? 0 : g));
    }
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const twinScrolls: Blueprint = {
  id: 'twin-scrolls',
  topics: ['dynamic-programming', 'string'],
  words: ['필사본', '목걸이', '편집 거리', 'manuscript', 'necklace', 'edit distance', 'alignment'],
  drafts: { medium: (random) => draft('medium', random), hard: (random) => draft('hard', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_LENGTH: random.integer(60, 70) * 10,
    MAX_COST: random.pick([100, 1000, 5000]),
    LETTERS: random.pick([4, 6, 26]),
  }
  const alphabet = `a-${'abcdefghijklmnopqrstuvwxyz'.charAt(bounds.LETTERS - 1)}`
  const cost = (name: string) => integer(name, 1, bounds.MAX_COST)
  const prices = level === 'medium' ? '2 3' : '4 2 3'
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(scene)),
    input: [
      line(word('A', 1, bounds.MAX_LENGTH, alphabet), word('B', 1, bounds.MAX_LENGTH, alphabet)),
      line(...(level === 'hard' ? [cost('G')] : []), cost('D'), cost('R')),
    ],
    samples: varied(
      () => sample(level, random, { letters: 'abc', length: 5, prices: [1, 2, 3] }),
      () => sample(level, random, { letters: 'ab', length: 7, prices: [3, 1, 5] }),
      () => sample(level, random, { letters: 'abcd', length: 3, prices: [2, 4, 3] }),
    ),
    illegalInputs: [
      illegal(`abca\n${prices}\n`, '첫 줄에 단어가 하나뿐이다.', 'The first line has a single word.'),
      illegal(`abca aBc\n${prices}\n`, '허용되지 않은 글자가 있다.', 'A character is not allowed.'),
      illegal(`abca  abc\n${prices}\n`, '단어 사이에 빈칸이 두 개 있다.', 'There are two blanks between the words.'),
      illegal(
        `abca abc\n${prices.slice(0, -1)}${bounds.MAX_COST + 1}\n`,
        'R이 상한보다 크다.',
        'The value R is above its upper bound.',
      ),
      illegal(`abca abc\n${prices.slice(0, -2)}\n`, '비용이 하나 모자란다.', 'A cost is missing.'),
    ],
    generator: {
      strategies: [
        strategy('random-related', 'random', '서로 닮은 다양한 길이의 단어', 'related words of many lengths'),
        strategy('edge-few-letters', 'edge', '한두 글자로만 된 단어', 'words of one or two different letters'),
        strategy('maximum-related', 'maximum', '서로 닮은 가장 긴 단어', 'related words of the largest length'),
        strategy(
          'adversarial-rotated',
          'adversarial',
          '덩어리의 순서가 바뀐 가장 긴 단어',
          'longest words with their blocks swapped',
        ),
      ],
      code: generatorCode({ ...bounds, HAS_G: level === 'hard' ? 1 : 0 }, generatorBody),
    },
  }
}

function given({ whole, letter, letters }: Scene): Text {
  return text(
    `두 ${whole.ko}을(를) 이루는 ${letter.ko}을(를) 각각 차례로 영어 소문자로 적은 단어 A와 B가 주어진다.`,
    `You are given two words A and B: the ${letters} of two ${whole.en}s in order, each ${letter.en} written as a lower-case letter.`,
  )
}

function sample(
  level: keyof typeof tasks,
  random: Random,
  shape: { letters: string; length: number; prices: readonly [number, number, number] },
): Sample {
  const draw = (length: number): string =>
    Array.from({ length }, () => shape.letters.charAt(random.integer(0, shape.letters.length - 1))).join('')
  const a = draw(shape.length)
  const cut = random.integer(1, shape.length - 1)
  const b = `${a.slice(cut)}${draw(random.integer(1, 2))}${a.slice(0, cut - 1)}`
  const [block, single, replaced] = shape.prices
  return {
    input: lines([a, b], level === 'medium' ? [single, replaced] : [block, single, replaced]),
    output: lines([tasks[level].solve({ a, b, block, single, replaced })]),
  }
}

/** Takes off both words what follows the last survivor, then the survivor itself; tries all of them. */
function leastCost(a: string, b: string, block: number, single: number, replaced: number): number {
  const gap = (length: number): number => (length === 0 ? 0 : block + single * length)
  const costs = [gap(a.length) + gap(b.length)]
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < b.length; j += 1) {
      const pair = a.charAt(i) === b.charAt(j) ? 0 : replaced
      const after = gap(a.length - i - 1) + gap(b.length - j - 1)
      costs.push(leastCost(a.slice(0, i), b.slice(0, j), block, single, replaced) + pair + after)
    }
  }
  return Math.min(...costs)
}

const generatorBody = `
letters = "abcdefghijklmnopqrstuvwxyz"[:LETTERS]


def changed(source, rate):
    result = []
    for letter in source:
        chance = rng.random()
        if chance < rate:
            continue
        result.append(rng.choice(letters) if chance < 2 * rate else letter)
        if chance > 1 - rate:
            result.extend(rng.choices(letters, k=rng.randint(1, 6)))
    return "".join(result)[:MAX_LENGTH] or rng.choice(letters)


def fill(text):
    return text + "".join(rng.choices(letters, k=MAX_LENGTH - len(text)))


if strategy == "random-related":
    length = rng.choice([rng.randint(8, 15), rng.randint(30, MAX_LENGTH)])
    a = "".join(rng.choices(letters, k=length))
    b = changed(a, rng.choice([0.05, 0.3]))
elif strategy == "edge-few-letters":
    few = rng.sample(letters, 2)
    a = "".join(rng.choices(few, weights=[9, 1], k=rng.randint(20, 60)))
    b = "".join(rng.choices(few, weights=[1, 5], k=rng.randint(10, 60)))
elif strategy == "maximum-related":
    a = fill("")
    b = fill(changed(a, 0.1))
else:
    a = fill("")
    cut = rng.randint(MAX_LENGTH // 4, 3 * MAX_LENGTH // 4)
    b = a[cut:] + a[:cut]
costs = [rng.randint(1, MAX_COST) for _ in range(2 + HAS_G)]
if rng.random() < 0.5:
    costs = [rng.randint(1, min(MAX_COST, 9)) for _ in costs]
print(a, b)
print(*costs)
`
