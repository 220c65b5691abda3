// Swaps and questions about stretches of an array: sums (Fenwick tree), the best part of a stretch (segment tree of four figures).
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
  thing: Text
  things: string
  worth: Text
}

interface Case {
  values: readonly number[]
  rows: readonly { type: 'S' | 'Q'; l: number; r: number }[]
}

const scenes: readonly Scene[] = [
  {
    title: text('자리를 바꾸는 노점', 'Stalls That Trade Places'),
    story: text(
      '야시장의 노점들은 한 줄로 늘어서 장사를 한다. 이익을 보는 노점도 있고 손해를 보는 노점도 있으며, 상인들은 가끔 서로 자리를 바꾼다. 상인회는 그때그때 구간의 형편을 묻는다.',
      'The stalls of the night market stand in a row. Some make a profit, some a loss, and now and then two merchants trade places. The guild keeps asking how the stretches of the row are doing.',
    ),
    thing: text('노점', 'stall'),
    things: 'stalls',
    worth: text('이익', 'profit'),
  },
  {
    title: text('열차의 화물칸', 'Wagons in the Yard'),
    story: text(
      '조차장에 화물칸이 한 줄로 서 있다. 규정보다 무거운 칸도 있고 가벼운 칸도 있어 칸마다 초과량을 적어 둔다. 기관사는 칸을 바꾸어 가며 구간의 균형을 확인한다.',
      'Wagons stand in a row in the yard. Some are heavier than the rules say, some lighter, so each has its excess written on it. The driver exchanges wagons and checks the balance of stretches.',
    ),
    thing: text('화물칸', 'wagon'),
    things: 'wagons',
    worth: text('초과량', 'excess'),
  },
  {
    title: text('합창단의 음높이', 'The Tuning of the Choir'),
    story: text(
      '합창단원이 한 줄로 서서 연습한다. 저마다 음이 조금씩 높거나 낮게 어긋나 있다. 지휘자는 단원들의 자리를 바꾸어 보며 어느 구간의 소리가 치우쳐 있는지 듣는다.',
      'The singers of the choir stand in a row. Each of them is a little sharp or flat. The conductor lets singers change places and listens to which stretch is out of balance.',
    ),
    thing: text('단원', 'singer'),
    things: 'singers',
    worth: text('편차', 'offset'),
  },
]

const fenwick = program(
  text(
    '펜윅 트리로 앞에서부터의 합을 관리한다. 자리를 바꾸는 일은 두 자리에 차이를 더하고 빼는 것과 같다.',
    'A Fenwick tree keeps the sums from the beginning; a swap adds the difference at one place and takes it away at the other.',
  ),
  'O((N + Q) log N)',
  `
import sys


def main():
    data = sys.stdin.buffer.read().split()
    n = int(data[0])
    data += [b"Q", b"1", data[0]]
    values = [0] + list(map(int, data[2:2 + n]))
    tree = values[:]
    for i in range(1, n + 1):
        above = i + (i & -i)
        if above <= n:
            tree[above] += tree[i]
    lefts = list(map(int, data[3 + n::3]))
    rights = list(map(int, data[4 + n::3]))
    out = []
    for kind, left, right in zip(data[2 + n::3], lefts, rights):
        if kind == b"Q":
            total = 0
            left -= 1
            while right > left:
                total += tree[right]
                right &= right - 1
            while left > right:
                total -= tree[left]
                left &= left - 1
            out.append(total)
            continue
        change = values[right] - values[left]
        values[left], values[right] = values[right], values[left]
        while left <= n:
            tree[left] += change
            left += left & -left
        while right <= n:
            tree[right] -= change
            right += right & -right
    print("\\n".join(map(str, out)))


main()
`,
)

const bestParts = program(
  text(
    '세그먼트 트리의 마디마다 합, 앞에서 시작하는 가장 큰 합, 뒤에서 끝나는 가장 큰 합, 안의 가장 큰 합을 둔다. 두 마디의 값에서 합친 마디의 값이 나온다.',
    'Each node of a segment tree keeps its sum, its best beginning, its best end and its best part; those of two neighbours give those of both together.',
  ),
  'O(N + Q log N)',
  `
import sys


def main():
    data = sys.stdin.buffer.read().split()
    n = int(data[0])
    data += [b"Q", b"1", data[0]]
    size = 1
    while size < n:
        size *= 2
    low = -10 ** 15
    nothing = (0, low, low, low)

    def join(one, other):
        total, head, tail, best = one
        total2, head2, tail2, best2 = other
        across = tail + head2
        if best2 > best:
            best = best2
        return (
            total + total2,
            head if head > total + head2 else total + head2,
            tail2 if tail2 > tail + total2 else tail + total2,
            best if best > across else across,
        )

    tree = [nothing] * (2 * size)
    for i in range(n):
        value = int(data[2 + i])
        tree[size + i] = (value, value, value, value)
    for i in range(size - 1, 0, -1):
        tree[i] = join(tree[2 * i], tree[2 * i + 1])
    out = []
    for at in range(2 + n, len(data), 3):
        left = int(data[at + 1]) - 1 + size
        right = int(data[at + 2]) - 1 + size
        if data[at] == b"S":
            if left == right:
                continue
            tree[left], tree[right] = tree[right], tree[left]
            left >>= 1
            right >>= 1
            while left:
                tree[left] = join(tree[2 * left], tree[2 * left + 1])
                if right != left:
                    tree[right] = join(tree[2 * right], tree[2 * right + 1])
                left >>= 1
                right >>= 1
            continue
        before = behind = nothing
        right += 1
        while left < right:
            if left & 1:
                before = join(before, tree[left])
                left += 1
            if right & 1:
                right -= 1
                behind = join(tree[right], behind)
            left >>= 1
            right >>= 1
        out.append(join(before, behind)[3])
    print("\\n".join(map(str, out)))


main()
`,
)

/** Does all rows one by one in Python; the body appends the answer for \`part\`, the values of the stretch. */
const rowByRow = (body: string): string => `
import sys


def main():
    data = sys.stdin.read().split()
    n = int(data[0])
    data += ["Q", "1", data[0]]
    values = list(map(int, data[2:2 + n]))
    out = []
    for at in range(2 + n, len(data), 3):
        l, r = int(data[at + 1]), int(data[at + 2])
        if data[at] == "S":
            values[l - 1], values[r - 1] = values[r - 1], values[l - 1]
            continue
        part = values[l - 1:r]
${body}
    print("\\n".join(map(str, out)))


main()
`

const kadane = `        run = best = part[0]
        for value in part[1:]:
            run = run + value if run > 0 else value
            if run > best:
                best = run
        out.append(best)`

/** The C++ that all solvers begin with. */
const cppRead = `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, q;
    if (scanf("%d %d", &n, &q) != 2) return 1;
    vector<long long> a(n);
    for (auto& one : a) if (scanf("%lld", &one) != 1) return 1;`

const tasks = {
  medium: {
    asked: ({ thing, worth }) =>
      text(
        `T가 Q인 줄마다, 그때 왼쪽에서 l번째부터 r번째까지 서 있는 ${thing.ko}의 ${worth.ko}을(를) 모두 더한 값을 구하시오.`,
        `For every row whose T is Q, find the sum of the ${worth.en} of those that stand at the places from l to r at that moment, both included. Each ${thing.en} takes its ${worth.en} along when it moves.`,
      ),
    output: () =>
      text(
        'T가 Q인 줄마다 답을 한 줄에 하나씩 순서대로 출력하고, 마지막 줄에 전체 구간에 대한 답을 출력한다.',
        'Print the answers of all rows whose T is Q, one on a line, in the order of the input, and at last the answer for all places.',
      ),
    solve: (given) => answers(given, (part) => part.reduce((sum, value) => sum + value, 0)),
    reference: fenwick,
    bruteForce: program(
      text('줄마다 그대로 바꾸고 그대로 더한다.', 'Swap as told and add up as told.'),
      'O(N * Q)',
      rowByRow(`        total = 0
        for value in part:
            total += value
        out.append(total)`),
    ),
    wrong: [
      edited(
        text('자리를 바꾸는 것을 왼쪽 자리에만 반영한다.', 'Carries a swap into the tree at the left place only.'),
        fenwick,
        ['            tree[right] -= change\n', '            pass\n'],
        ['            right += right & -right\n', '            break\n'],
      ),
      edited(
        text(
          '처음 값만 기억하여, 이미 옮겨진 것을 다시 바꿀 때 틀린다.',
          'Remembers the first values only, which is wrong for what has moved before.',
        ),
        fenwick,
        ['        values[left], values[right] = values[right], values[left]\n', ''],
      ),
      edited(text('구간의 왼쪽 끝을 빼놓는다.', 'Leaves out the left end of the stretch.'), fenwick, [
        '            left -= 1\n',
        '            left -= left == right\n',
      ]),
      edited(
        text('바뀐 것을 무시하고 처음 배열의 합을 답한다.', 'Ignores the swaps and answers for the first array.'),
        fenwick,
        ['values[right] - values[left]', '0'],
      ),
    ],
    slow: [
      decoy(
        text(
          '앞에서부터의 합을 두되, 바꿀 때마다 그 사이를 모두 고친다.',
          'Keeps the sums from the beginning and mends all between the two places at every swap.',
        ),
        `
import sys


def main():
    data = sys.stdin.read().split()
    n = int(data[0])
    data += ["Q", "1", data[0]]
    values = list(map(int, data[2:2 + n]))
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    out = []
    for at in range(2 + n, len(data), 3):
        l, r = int(data[at + 1]), int(data[at + 2])
        if data[at] == "Q":
            out.append(sums[r] - sums[l - 1])
            continue
        change = values[r - 1] - values[l - 1]
        values[l - 1], values[r - 1] = values[r - 1], values[l - 1]
        for i in range(l, r):
            sums[i] += change
    print("\\n".join(map(str, out)))


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '배열을 제곱근 크기의 묶음으로 나누어 묶음마다 합을 둔다.',
        'Cut the array into blocks of about the square root of its size and keep the sum of each.',
      ),
      'O(N + Q * sqrt(N))',
      `${cppRead}
    const int block = 256;
    vector<long long> sums(n / block + 1);
    for (int i = 0; i < n; i++) sums[i / block] += a[i];
    for (int row = 0; row <= q; row++) {
        char kind = 'Q';
        int l = 1, r = n;
        if (row < q && scanf(" %c %d %d", &kind, &l, &r) != 3) return 1;
        l--, r--;
        if (kind == 'S') {
            sums[l / block] += a[r] - a[l];
            sums[r / block] += a[l] - a[r];
            swap(a[l], a[r]);
            continue;
        }
        long long total = 0;
        for (int i = l; i <= r;) {
            if (i % block == 0 && i + block - 1 <= r) total += sums[i / block], i += block;
            else total += a[i++];
        }
        printf("%lld\\n", total);
    }
}
`,
    ),
  },
  hard: {
    asked: ({ thing, things, worth }) =>
      text(
        `T가 Q인 줄마다, 그때 왼쪽에서 l번째부터 r번째까지의 자리 안에서 서로 이웃한 ${thing.ko}을(를) 하나 이상 골라 그 ${worth.ko}을(를) 더할 때, 얻을 수 있는 가장 큰 값을 구하시오.`,
        `For every row whose T is Q, choose one or more neighbouring ${things} among those that stand at the places from l to r at that moment, and add up the ${worth.en} of each of them. Find the greatest sum that can be had. Each ${thing.en} takes its ${worth.en} along when it moves.`,
      ),
    output: () =>
      text(
        'T가 Q인 줄마다 답을 한 줄에 하나씩 순서대로 출력하고, 마지막 줄에 전체 구간에 대한 답을 출력한다.',
        'Print the answers of all rows whose T is Q, one on a line, in the order of the input, and at last the answer for all places.',
      ),
    solve: (given) =>
      answers(given, (part) =>
        Math.max(
          ...part.flatMap((_, from) =>
            part
              .slice(from)
              .map((__, more) => part.slice(from, from + more + 1).reduce((sum, value) => sum + value, 0)),
          ),
        ),
      ),
    reference: bestParts,
    bruteForce: program(
      text(
        '줄마다 모든 부분의 합을 구해 가장 큰 것을 고른다.',
        'Take the greatest of the sums of all parts, for every row.',
      ),
      'O(Q * N^2)',
      rowByRow(`        best = part[0]
        for i in range(len(part)):
            total = 0
            for value in part[i:]:
                total += value
                best = max(best, total)
        out.append(best)`),
    ),
    wrong: [
      edited(
        text('모두 음수이면 아무것도 고르지 않고 0을 답한다.', 'Chooses nothing and answers 0 where all are negative.'),
        bestParts,
        ['out.append(join(before, behind)[3])', 'out.append(max(0, join(before, behind)[3]))'],
      ),
      edited(
        text('합친 마디에서 두 마디에 걸친 부분을 빠뜨린다.', 'Forgets the parts that lie across two nodes.'),
        bestParts,
        ['best if best > across else across', 'best'],
      ),
      edited(
        text('가장 좋은 앞부분을 왼쪽 마디에서만 찾는다.', 'Looks for the best beginning in the left node only.'),
        bestParts,
        ['head if head > total + head2 else total + head2', 'head if head > low else head2'],
      ),
      edited(text('뒤쪽 마디를 반대 순서로 잇는다.', 'Joins the nodes behind in the wrong order.'), bestParts, [
        'join(tree[right], behind)',
        'join(behind, tree[right])',
      ]),
    ],
    slow: [
      decoy(
        text('줄마다 구간을 처음부터 끝까지 훑는다.', 'Runs through the whole stretch for every row.'),
        rowByRow(kadane),
      ),
    ],
    solver: cppSolver(
      text(
        '묶음마다 합, 가장 좋은 앞부분과 뒷부분, 가장 좋은 부분을 두고, 바뀐 묶음만 다시 계산한다. 질문은 낱개와 묶음을 왼쪽부터 이어 답한다.',
        'Blocks keep their sum, best beginning, best end and best part, and are computed anew when a swap touches them. A question walks over single places and blocks from the left.',
      ),
      'O(N + Q * sqrt(N))',
      `${cppRead}
    const int block = 200;
    struct Part { long long sum, head, tail, best; };
    vector<Part> parts(n / block + 1);
    auto add = [](Part& part, long long value) {
        part.sum += value;
        part.head = max(part.head, part.sum);
        part.tail = max(part.tail, 0LL) + value;
        part.best = max(part.best, part.tail);
    };
    auto renew = [&](int index) {
        Part part = {0, LLONG_MIN / 4, LLONG_MIN / 4, LLONG_MIN / 4};
        for (int i = index * block; i < min(n, (index + 1) * block); i++) add(part, a[i]);
        parts[index] = part;
    };
    for (int i = 0; i * block < n; i++) renew(i);
    for (int row = 0; row <= q; row++) {
        char kind = 'Q';
        int l = 1, r = n;
        if (row < q && scanf(" %c %d %d", &kind, &l, &r) != 3) return 1;
        l--, r--;
        if (kind == 'S') {
            swap(a[l], a[r]);
            renew(l / block);
            renew(r / block);
            continue;
        }
        Part all = {0, LLONG_MIN / 4, LLONG_MIN / 4, LLONG_MIN / 4};
        for (int i = l; i <= r;) {
            if (i % block || i + block - 1 > r) {
                add(all, a[i++]);
                continue;
            }
            const Part& next = parts[i / block];
            all.best = max({all.best, next.best, all.tail + next.head});
            all.tail = max(next.tail, all.tail + next.sum);
            all.sum += next.sum;
            i += block;
        }
        printf("%lld\\n", all.best);
    }
}
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const marketSwaps: Blueprint = {
  id: 'market-swaps',
  topics: ['segment-tree'],
  words: ['노점', '야시장', '화물칸', '합창단', 'stall', 'wagon', 'choir', 'night market'],
  drafts: { medium: (random) => draft('medium', random), hard: (random) => draft('hard', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const isHard = level === 'hard'
  const bounds = {
    MAX_N: isHard ? random.integer(45, 50) * 1000 : random.integer(40, 50) * 1000,
    MAX_Q: isHard ? random.integer(14, 15) * 1000 : random.integer(40, 50) * 1000,
    MAX_A: random.pick([1000, 100_000, 1_000_000]),
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N), integer('M', 1, bounds.MAX_Q)),
      {
        kind: 'array',
        name: 'A',
        length: 'N',
        min: String(-bounds.MAX_A),
        max: String(bounds.MAX_A),
        layout: 'line',
        order: 'any',
        distinct: false,
      },
      {
        kind: 'rows',
        name: 'R',
        count: 'M',
        fields: [word('T', 1, 1, 'QS'), integer('l', 1, 'N'), integer('r', 'l', 'N')],
        distinct: false,
      },
    ],
    samples: varied(
      () => sample(level, random, 5, 5),
      () => sample(level, random, 6, 7),
    ),
    illegalInputs: [
      illegal('3 1\n1 2 3\nQ 3 2\n', 'r이 l보다 작다.', 'The value r is smaller than l.'),
      illegal('3 1\n1 2 3\nQ 1 4\n', 'r이 N보다 크다.', 'The value r is greater than N.'),
      illegal('3 1\n1 2 3\nX 1 2\n', 'T가 정해진 글자가 아니다.', 'The word T is not one of the letters allowed.'),
      illegal(
        `2 1\n1 ${bounds.MAX_A + 1}\nQ 1 2\n`,
        'A의 값이 상한보다 크다.',
        'A value of A is above its upper bound.',
      ),
      illegal('2 2\n1 2\nQ 1 2\n', '줄이 M개보다 적다.', 'There are fewer than M rows.'),
    ],
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '크기와 값의 범위가 다양한 입력', 'inputs of many sizes and ranges'),
        strategy(
          'edge-negative',
          'edge',
          '거의 모두 음수이고 짧은 구간이 많은 입력',
          'almost all values negative, many short stretches',
        ),
        strategy('maximum-random', 'maximum', '가장 큰 무작위 입력', 'a random input of the largest size'),
        strategy(
          'adversarial-wide',
          'adversarial',
          '넓은 구간의 질문과 먼 자리끼리 바꾸는 일이 번갈아 나오는 입력',
          'wide stretches and swaps over long distances in turn',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ thing, things, worth }: Scene): Text {
  return text(
    `${thing.ko} N개의 자리가 왼쪽부터 1번에서 N번까지 있고, 배열 A는 처음에 각 자리에 있는 ${thing.ko}의 ${worth.ko}을(를) 왼쪽부터 적은 것이다. 이어서 R의 줄 M개가 차례로 주어진다. 각 줄은 글자 T와 두 자리 l, r로 이루어진다. T가 S이면 l번 자리와 r번 자리에 있는 둘이 자리를 맞바꾸고(l과 r이 같으면 아무 일도 없다), Q이면 자리는 그대로 두고 l번부터 r번까지의 구간에 대해 묻는다. 줄을 모두 처리한 다음에는 T가 Q, l이 1, r이 N인 줄이 하나 더 있는 것처럼 전체 구간에 대해 한 번 더 묻는다.`,
    `There are N places in a row, numbered from 1 to N from the left, with one of the ${things} at each; the array A lists the ${worth.en} of each ${thing.en} in the beginning, from left to right. The M rows of R follow in the order in which they happen. A row has a letter T and two places l and r. If T is S, the two at the places l and r trade places (nothing happens when l equals r). If T is Q, nobody moves and a question about the stretch from l to r is asked. When all rows are done, one more question is asked about all places, as if there were one more row with T = Q, l = 1 and r = N.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, m: number): Sample {
  const values = random.integers(n, -9, 9)
  const rows = Array.from({ length: m }, (_, index) => {
    const [l, r] = [random.integer(1, n - 1), random.integer(1, n)]
    const type = index % 2 === 0 ? ('Q' as const) : ('S' as const)
    return { type, l: Math.min(l, r), r: Math.max(l, r) }
  })
  return {
    input: lines([n, m], values, ...rows.map(({ type, l, r }) => [type, l, r])),
    output: lines([tasks[level].solve({ values, rows })]),
  }
}

/** The answers to all questions, one on a line. */
function answers({ values, rows }: Case, answer: (part: readonly number[]) => number): string {
  const now = [...values]
  return [...rows, { type: 'Q', l: 1, r: values.length }]
    .flatMap(({ type, l, r }) => {
      if (type === 'Q') return [answer(now.slice(l - 1, r))]
      const [left = 0, right = 0] = [now[l - 1], now[r - 1]]
      now[l - 1] = right
      now[r - 1] = left
      return []
    })
    .join('\n')
}

const generatorBody = `

def stretch(n, widest):
    width = rng.randint(0, min(n, widest) - 1)
    left = rng.randint(1, n - width)
    return left, left + width


def build():
    if strategy == "random-mixed":
        n = rng.choice([rng.randint(3, 9), rng.randint(20, 200), rng.randint(1000, MAX_N // 4)])
        m = min(MAX_Q, rng.randint(5, 2 * n))
        top = rng.choice([9, MAX_A])
        values = [rng.randint(-top, top) for _ in range(n)]
        return values, [(rng.choice("QS"), *stretch(n, n)) for _ in range(m)]
    if strategy == "edge-negative":
        n = rng.randint(1, 30)
        values = [rng.choice([-MAX_A, -1, -rng.randint(1, MAX_A)]) for _ in range(n)]
        values[rng.randrange(n)] = rng.choice([0, 1, MAX_A, -MAX_A])
        return values, [(rng.choice("QQS"), *stretch(n, rng.choice([1, 2, n]))) for _ in range(rng.randint(5, 40))]
    values = [rng.randint(-MAX_A, MAX_A) for _ in range(MAX_N)]
    if strategy == "maximum-random":
        return values, [(rng.choice("QS"), *stretch(MAX_N, MAX_N)) for _ in range(MAX_Q)]
    rows = []
    for _ in range(MAX_Q):
        margin = MAX_N // 20
        rows.append((rng.choice("QQS"), rng.randint(1, margin), rng.randint(MAX_N - margin, MAX_N)))
    return values, rows


values, rows = build()
print(len(values), len(rows))
print(*values)
print("\\n".join(f"{kind} {left} {right}" for kind, left, right in rows))
`
