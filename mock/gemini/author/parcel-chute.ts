// Rows of an operation and a number: a deque, a queue with two priorities (two heaps), the x-th smallest (Fenwick tree).
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
  place: Text
  thing: Text
  things: string
}

type Case = readonly { op: string; x: number }[]

const scenes: readonly Scene[] = [
  {
    title: text('택배 분류장의 하루', 'A Day at the Sorting Centre'),
    story: text(
      '택배 분류장에는 하루 종일 소포가 드나든다. 분류장의 컴퓨터에는 그날 일어난 일이 빠짐없이 차례대로 기록되어 있다.',
      'Parcels come and go all day long at the sorting centre. Its computer has recorded everything that happened that day, in order.',
    ),
    place: text('분류장', 'sorting centre'),
    thing: text('소포', 'parcel'),
    things: 'parcels',
  },
  {
    title: text('항구의 컨테이너', 'Containers at the Harbour'),
    story: text(
      '항구의 하역장에는 배가 들어올 때마다 컨테이너가 내려지고, 화물차가 올 때마다 컨테이너가 실려 나간다. 하역장의 일지에는 그 과정이 차례대로 적혀 있다.',
      'Whenever a ship arrives at the harbour, containers are put down on the quay, and whenever a truck comes, containers are taken away. The log of the quay lists all of it in order.',
    ),
    place: text('하역장', 'quay'),
    thing: text('컨테이너', 'container'),
    things: 'containers',
  },
  {
    title: text('공항의 수하물', 'Luggage at the Airport'),
    story: text(
      '공항의 수하물 보관소에 여행 가방이 끊임없이 들어오고 나간다. 보관소 직원은 가방이 드나들 때마다 무슨 일이 있었는지 한 줄씩 적어 두었다.',
      'Suitcases keep arriving at and leaving the luggage room of the airport. The staff have written down, line by line, what happened each time.',
    ),
    place: text('보관소', 'luggage room'),
    thing: text('여행 가방', 'suitcase'),
    things: 'suitcases',
  },
]

const tasks = {
  easy: {
    asked: ({ thing, things }) =>
      text(
        `${thing.ko}은(는) 한 줄로 놓이며, 처음에 줄은 비어 있다. op가 F이면 무게가 x인 ${thing.ko} 하나를 줄의 맨 앞에 놓고, B이면 무게가 x인 ${thing.ko} 하나를 줄의 맨 뒤에 놓는다. op가 T이면 맨 앞에서부터 ${thing.ko} x개를 치우는데, x개가 안 되면 모두 치운다. 기록을 모두 따른 뒤, 치운 ${thing.ko}의 무게의 합과 남아 있는 ${thing.ko}의 수를 구하시오.`,
        `The ${things} stand in a line, which is empty at first. If op is F, one ${thing.en} of weight x is put at the front of the line; if it is B, one ${thing.en} of weight x is put at the end of the line. If op is T, the x ${things} at the front are taken away, or all of them if there are fewer than x. Find the total weight of the ${things} taken away, and the number of ${things} that remain at the end.`,
      ),
    output: ({ thing, things }) =>
      text(
        `치운 ${thing.ko}의 무게의 합과 남아 있는 ${thing.ko}의 수를 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the total weight taken away and the number of remaining ${things} on one line, separated by a space.`,
      ),
    solve: (rows) => {
      let queue: number[] = []
      let taken = 0
      for (const { op, x } of rows) {
        if (op === 'F') queue = [x, ...queue]
        else if (op === 'B') queue = [...queue, x]
        else {
          taken += sum(queue.slice(0, x))
          queue = queue.slice(x)
        }
      }
      return `${taken} ${queue.length}`
    },
    reference: program(
      text('양쪽에서 넣고 뺄 수 있는 덱을 쓴다.', 'Use a double-ended queue.'),
      'O(N)',
      `
import sys
from collections import deque


def main():
    data = sys.stdin.read().split()
    queue = deque()
    taken = 0
    for op, x in zip(data[1::2], map(int, data[2::2])):
        if op == "F":
            queue.appendleft(x)
        elif op == "B":
            queue.append(x)
        else:
            for _ in range(min(x, len(queue))):
                taken += queue.popleft()
    print(taken, len(queue))


main()
`,
    ),
    bruteForce: program(
      text('줄 전체를 매번 새로 만든다.', 'Build the whole line anew each time.'),
      'O(N^2)',
      `
n = int(input())
queue = []
taken = 0
for _ in range(n):
    op, x = input().split()
    x = int(x)
    if op == "F":
        queue = [x] + queue
    if op == "B":
        queue = queue + [x]
    if op == "T":
        taken += sum(queue[:x])
        queue = queue[x:]
print(taken, len(queue))
`,
    ),
  },
  medium: {
    asked: ({ place, thing, things }) =>
      text(
        `처음에 ${place.ko}은(는) 비어 있다. op가 A이면 무게가 x인 ${thing.ko} 하나가 들어온다. op가 H이면 가장 무거운 ${thing.ko}부터 x개를, L이면 가장 가벼운 ${thing.ko}부터 x개를 내보내는데, x개가 안 되면 모두 내보낸다. 기록을 모두 따를 때, H로 내보낸 ${thing.ko}의 무게의 합과 L로 내보낸 ${thing.ko}의 무게의 합을 구하시오.`,
        `At first the ${place.en} is empty. If op is A, one ${thing.en} of weight x arrives. If op is H, the x heaviest ${things} are sent off; if it is L, the x lightest ${things} are sent off. If there are fewer than x, all of them are sent off. Find the total weight of the ${things} sent off by H and the total weight of those sent off by L.`,
      ),
    output: ({ thing, things }) =>
      text(
        `H로 내보낸 ${thing.ko}의 무게의 합과 L로 내보낸 ${thing.ko}의 무게의 합을 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the total weight of the ${things} sent off by H and that of those sent off by L on one line, separated by a space.`,
      ),
    solve: (rows) => {
      let stored: number[] = []
      const sent = { H: 0, L: 0 }
      for (const { op, x } of rows) {
        stored.sort((a, b) => (op === 'H' ? b - a : a - b))
        if (op === 'A') {
          stored.push(x)
          continue
        }
        sent[op === 'H' ? 'H' : 'L'] += sum(stored.slice(0, x))
        stored = stored.slice(x)
      }
      return `${sent.H} ${sent.L}`
    },
    reference: program(
      text(
        '최대 힙과 최소 힙에 함께 넣고, 한쪽에서 나간 것은 다른 쪽에서 만났을 때 버린다.',
        'Keep everything in a max-heap and a min-heap; what has left through one heap is skipped when it shows up in the other.',
      ),
      'O(N log N)',
      `
import heapq
import sys


def main():
    data = sys.stdin.read().split()
    heaps = {"H": [], "L": []}
    sent = {"H": 0, "L": 0}
    present = {}
    for i in range(1, len(data), 2):
        op = data[i]
        x = int(data[i + 1])
        if op == "A":
            present[i] = x
            heapq.heappush(heaps["H"], (-x, i))
            heapq.heappush(heaps["L"], (x, i))
        else:
            heap = heaps[op]
            while x and present:
                weight = present.pop(heapq.heappop(heap)[1], 0)
                if weight:
                    sent[op] += weight
                    x -= 1
    print(sent["H"], sent["L"])


main()
`,
    ),
    bruteForce: program(
      text(
        '하나씩 내보낼 때마다 남은 것을 모두 훑는다.',
        'Scan everything that is left for every single item sent off.',
      ),
      'O(N^2)',
      `
n = int(input())
stored = []
heavy = light = 0
for _ in range(n):
    op, x = input().split()
    x = int(x)
    if op == "A":
        stored.append(x)
    while op != "A" and x > 0 and stored:
        chosen = stored[0]
        for weight in stored:
            if op == "H" and weight > chosen or op == "L" and weight < chosen:
                chosen = weight
        stored.remove(chosen)
        x -= 1
        if op == "H":
            heavy += chosen
        else:
            light += chosen
print(heavy, light)
`,
    ),
  },
  hard: {
    asked: ({ place, thing, things }) =>
      text(
        `처음에 ${place.ko}은(는) 비어 있다. op가 A이면 무게가 x인 ${thing.ko} 하나가 들어온다. op가 T이면 지금 있는 ${thing.ko}을(를) 가벼운 것부터 늘어놓았을 때 x번째인 ${thing.ko} 하나를 내보낸다. 이때 ${thing.ko}이(가) x개보다 적으면 아무 일도 일어나지 않는다. 기록을 모두 따를 때, 내보낸 ${thing.ko}의 무게의 합과 아무 일도 일어나지 않은 T의 횟수를 구하시오.`,
        `At first the ${place.en} is empty. If op is A, one ${thing.en} of weight x arrives. If op is T, the ${things} present are imagined in order, lightest first, and the x-th of them is sent off; if there are fewer than x ${things}, nothing happens. Find the total weight of the ${things} sent off, and how many times T had no effect.`,
      ),
    output: ({ thing, things }) =>
      text(
        `내보낸 ${thing.ko}의 무게의 합과 아무 일도 일어나지 않은 T의 횟수를 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the total weight of the ${things} sent off and the number of times T had no effect on one line, separated by a space.`,
      ),
    solve: (rows) => {
      const stored: number[] = []
      let sent = 0
      let failed = 0
      for (const { op, x } of rows) {
        stored.sort((a, b) => a - b)
        if (op === 'A') stored.push(x)
        else if (x > stored.length) failed += 1
        else sent += sum(stored.splice(x - 1, 1))
      }
      return `${sent} ${failed}`
    },
    reference: program(
      text(
        '나올 무게를 미리 모아 순위로 바꾸고, 순위별 개수를 펜윅 트리에 둔다. x번째는 트리를 위에서 내려가며 찾는다.',
        'Collect all weights in advance and replace them by ranks; a Fenwick tree holds the counts, and the x-th is found by descending it.',
      ),
      'O(N log N)',
      `
import sys


def main():
    data = sys.stdin.read().split()
    rows = list(zip(data[1::2], map(int, data[2::2])))
    weights = sorted(set(x for op, x in rows if op == "A"))
    rank = {weight: i for i, weight in enumerate(weights, 1)}
    top = 1 << len(weights).bit_length()
    tree = [0] * top
    present = sent = failed = 0
    for op, x in rows:
        if op == "A":
            present += 1
            i = rank[x]
            while i < top:
                tree[i] += 1
                i += i & -i
        elif x > present:
            failed += 1
        else:
            present -= 1
            before = 0
            step = top // 2
            while step:
                if tree[before + step] < x:
                    before += step
                    x -= tree[before]
                else:
                    tree[before + step] -= 1
                step //= 2
            sent += weights[before]
    print(sent, failed)


main()
`,
    ),
    bruteForce: program(
      text('내보낼 때마다 남은 것을 모두 정렬한다.', 'Sort everything that is left for every item sent off.'),
      'O(N^2 log N)',
      `
n = int(input())
stored = []
sent = failed = 0
for _ in range(n):
    op, x = input().split()
    x = int(x)
    if op == "A":
        stored.insert(0, x)
    elif len(stored) < x:
        failed += 1
    else:
        chosen = sorted(stored)[x - 1]
        stored.remove(chosen)
        sent += chosen
print(sent, failed)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

const operations = { easy: 'FBT', medium: 'AHL', hard: 'AT' }

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  easy: {
    wrong: [
      edited(text('F도 B처럼 맨 뒤에 놓는다.', 'Puts F at the end, just like B.'), tasks.easy.reference, [
        'queue.appendleft(x)',
        'queue.append(x)',
      ]),
      edited(
        text('맨 앞이 아니라 맨 뒤에서부터 치운다.', 'Takes away from the end instead of the front.'),
        tasks.easy.reference,
        ['queue.popleft()', 'queue.pop()'],
      ),
      edited(
        text('x개가 안 되면 하나도 치우지 않는다.', 'Takes nothing away if there are fewer than x.'),
        tasks.easy.reference,
        ['min(x, len(queue))', 'x if x <= len(queue) else 0'],
      ),
      edited(
        text('T가 나오면 x와 상관없이 하나만 치운다.', 'Takes away a single one for T, whatever x says.'),
        tasks.easy.reference,
        ['min(x, len(queue))', 'min(1, len(queue))'],
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '가운데에서 시작하는 배열 하나에 줄의 앞과 뒤의 위치를 기억해 둔다.',
        'A single array that starts in the middle, with the positions of the front and the end of the line.',
      ),
      'O(N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    cin >> n;
    vector<int> line(2 * n + 1);
    int front = n, end = n;
    long long taken = 0;
    while (n--) {
        char op;
        int x;
        cin >> op >> x;
        if (op == 'F') line[--front] = x;
        if (op == 'B') line[end++] = x;
        if (op == 'T')
            for (; x > 0 && front < end; x--) taken += line[front++];
    }
    cout << taken << " " << end - front << "\\n";
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text('x와 상관없이 하나만 내보낸다.', 'Sends off a single one, whatever x says.'),
        tasks.medium.reference,
        ['x -= 1', 'x = 0'],
      ),
      edited(
        text('x개가 안 되면 하나도 내보내지 않는다.', 'Sends off nothing if there are fewer than x.'),
        tasks.medium.reference,
        ['while x and present', 'while x and x <= len(present)'],
      ),
      edited(
        text('무게가 같은 것을 하나로 여긴다.', 'Takes those of equal weight for a single one.'),
        tasks.medium.reference,
        ['present[i] = x', 'present[x] = x'],
        ['(-x, i)', '(-x, x)'],
        ['(x, i)', '(x, x)'],
      ),
      decoy(
        text(
          '두 힙을 따로 두고, 한쪽에서 나간 것을 다른 쪽에서 지우지 않는다.',
          'Keeps two heaps and does not remove from one what has left through the other.',
        ),
        `
import heapq
import sys

data = sys.stdin.read().split()
heaps = {"H": [], "L": []}
sent = {"H": 0, "L": 0}
for op, x in zip(data[1::2], map(int, data[2::2])):
    if op == "A":
        heapq.heappush(heaps["H"], -x)
        heapq.heappush(heaps["L"], x)
    else:
        for _ in range(min(x, len(heaps[op]))):
            sent[op] += abs(heapq.heappop(heaps[op]))
print(sent["H"], sent["L"])
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '정렬된 목록을 유지하되, 들어갈 자리를 끝에서부터 하나씩 찾아간다.',
          'Keeps a sorted list, but walks from its end to find the place of everything that arrives.',
        ),
        `
import sys

data = sys.stdin.read().split()
stored = []
sent = {"H": 0, "L": 0}
for op, x in zip(data[1::2], map(int, data[2::2])):
    if op == "A":
        at = len(stored)
        while at > 0 and stored[at - 1] > x:
            at -= 1
        stored.insert(at, x)
        continue
    x = min(x, len(stored))
    rest = len(stored) - x
    leaving = stored[rest:] if op == "H" else stored[:x]
    stored = stored[:rest] if op == "H" else stored[x:]
    sent[op] += sum(leaving)
print(sent["H"], sent["L"])
`,
      ),
    ],
    solver: cppSolver(
      text(
        '같은 값도 담는 정렬된 집합에서 앞이나 뒤를 꺼낸다.',
        'A sorted multiset, from whose front or back things are taken.',
      ),
      'O(N log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    scanf("%d", &n);
    multiset<int> stored;
    long long heavy = 0, light = 0;
    while (n--) {
        char op;
        int x;
        scanf(" %c %d", &op, &x);
        if (op == 'A') {
            stored.insert(x);
            continue;
        }
        for (; x > 0 && !stored.empty(); x--) {
            auto it = op == 'H' ? prev(stored.end()) : stored.begin();
            (op == 'H' ? heavy : light) += *it;
            stored.erase(it);
        }
    }
    printf("%lld %lld\\n", heavy, light);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text('무거운 것부터 세어 x번째를 내보낸다.', 'Counts from the heaviest instead of the lightest.'),
        tasks.hard.reference,
        ['            present -= 1', '            x = present + 1 - x\n            present -= 1'],
      ),
      edited(
        text('꼭 x개일 때에도 아무 일이 일어나지 않는다고 여긴다.', 'Does nothing when there are exactly x.'),
        tasks.hard.reference,
        ['x > present', 'x >= present'],
      ),
      edited(
        text('x개가 안 되면 가장 무거운 것을 내보낸다.', 'Sends off the heaviest if there are fewer than x.'),
        tasks.hard.reference,
        ['elif x > present', 'elif present == 0'],
        ['            present -= 1', '            x = min(x, present)\n            present -= 1'],
      ),
      decoy(
        text('무게가 같은 것을 하나로 여긴다.', 'Takes those of equal weight for a single one.'),
        `
import sys
from bisect import bisect_left

data = sys.stdin.read().split()
stored = []
sent = failed = 0
for op, x in zip(data[1::2], map(int, data[2::2])):
    if op == "A":
        at = bisect_left(stored, x)
        if stored[at:at + 1] != [x]:
            stored.insert(at, x)
    elif x > len(stored):
        failed += 1
    else:
        sent += stored.pop(x - 1)
print(sent, failed)
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '정렬된 목록을 유지하되, 들어갈 자리를 끝에서부터 하나씩 찾아간다.',
          'Keeps a sorted list, but walks from its end to find the place of everything that arrives.',
        ),
        `
import sys

data = sys.stdin.read().split()
stored = []
sent = failed = 0
for op, x in zip(data[1::2], map(int, data[2::2])):
    if op == "A":
        at = len(stored)
        while at > 0 and stored[at - 1] > x:
            at -= 1
        stored.insert(at, x)
    elif x > len(stored):
        failed += 1
    else:
        sent += stored.pop(x - 1)
print(sent, failed)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '무게의 범위 전체를 덮는 세그먼트 트리에 개수를 두고, 뿌리에서 내려가며 x번째를 찾는다.',
        'A segment tree over all possible weights holds the counts; the x-th is found by going down from its root.',
      ),
      'O(N log X)',
      `
#include <bits/stdc++.h>
using namespace std;

const int leaves = 1 << 20;
int present[2 * leaves];

int main() {
    int n;
    scanf("%d", &n);
    long long sent = 0, failed = 0;
    while (n--) {
        char op;
        int x;
        scanf(" %c %d", &op, &x);
        if (op == 'A') {
            for (int node = leaves + x; node > 0; node /= 2) present[node]++;
        } else if (x > present[1]) {
            failed++;
        } else {
            int node = 1;
            while (node < leaves) {
                node *= 2;
                if (present[node] < x) x -= present[node++];
            }
            sent += node - leaves;
            for (; node > 0; node /= 2) present[node]--;
        }
    }
    printf("%lld %lld\\n", sent, failed);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const parcelChute: Blueprint = {
  id: 'parcel-chute',
  topics: ['data-structure'],
  words: [
    '택배',
    '소포',
    '컨테이너',
    '수하물',
    '우선순위 큐',
    '펜윅',
    'parcel',
    'container',
    'luggage',
    'deque',
    'priority queue',
    'fenwick',
  ],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_N: {
      easy: random.integer(5, 10) * 100,
      medium: random.integer(70, 100) * 1000,
      hard: random.integer(60, 80) * 1000,
    }[level],
    MAX_X: level === 'easy' ? random.integer(1, 10) * 100 : random.integer(1, 10) * 100_000,
  }
  const alphabet = operations[level]
  const put = alphabet.charAt(0)
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...contenders[level] }, scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N)),
      {
        kind: 'rows',
        name: 'D',
        count: 'N',
        fields: [word('op', 1, 1, alphabet), integer('x', 1, bounds.MAX_X)],
        distinct: false,
      },
    ],
    samples: varied(
      () => sample(level, random, 6),
      () => sample(level, random, 9),
    ),
    illegalInputs: [
      illegal(`1\nQ 5\n`, '모르는 기록이다.', 'The operation is unknown.'),
      illegal(`1\n${put}${put} 5\n`, 'op가 두 글자이다.', 'The word op has two letters.'),
      illegal(`2\n${put} 5\n${put} 0\n`, 'x가 하한보다 작다.', 'The value x is below its lower bound.'),
      illegal(`1\n${put} ${bounds.MAX_X + 1}\n`, 'x가 상한보다 크다.', 'The value x is above its upper bound.'),
      illegal(`1\n${put}\n`, '한 줄에 x가 없다.', 'The value x is missing in a line.'),
    ],
    generator: {
      strategies: [
        strategy('random-log', 'random', '크기가 다양한 무작위 기록', 'random logs of many sizes'),
        strategy('edge-often-empty', 'edge', '자주 비게 되는 기록', 'logs that often run empty'),
        strategy('maximum-log', 'maximum', '가장 긴 무작위 기록', 'a random log of the largest size'),
        strategy(
          'adversarial-full-then-empty',
          'adversarial',
          '먼저 모두 넣고 나중에 하나씩 빼는 가장 긴 기록',
          'a longest log that first puts everything in and then takes it out bit by bit',
        ),
      ],
      code: generatorCode({ LEVEL: { easy: 0, medium: 1, hard: 2 }[level], ...bounds }, generatorBody),
    },
  }
}

function given({ place }: Scene): Text {
  return text(
    `${place.ko}에서 일어난 일을 차례대로 적은 기록 N줄이 D에 주어진다. D의 각 줄에는 한 글자로 된 단어 op와 정수 x가 적혀 있으며, 그 뜻은 다음과 같다.`,
    `What happened at the ${place.en} is given in order as a log D of N lines. Each line of D holds a one-letter word op and an integer x, with the following meaning.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const [put = 'A', ...others] = Array.from(operations[level])
  const rows = Array.from({ length: n }, (_, index) => {
    const op = index < 2 || index % 3 === 0 ? put : random.pick(others)
    return { op, x: op === put || op === 'B' ? random.integer(1, 20) : random.integer(1, 2) }
  })
  return { input: lines([n], ...rows.map(({ op, x }) => [op, x])), output: lines([tasks[level].solve(rows)]) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

const generatorBody = `
PUT = ["FB", "A", "A"][LEVEL]
TAKE = ["T", "HL", "T"][LEVEL]


def put(top):
    return rng.choice(PUT), rng.randint(1, top)


def take(most):
    return rng.choice(TAKE), rng.randint(1, max(1, min(MAX_X, most)))


rows = []
if strategy == "random-log":
    n = rng.choice([rng.randint(8, 20), rng.randint(50, 200), rng.randint(MAX_N // 4, MAX_N // 2)])
    top = rng.choice([min(MAX_X, 30), MAX_X])
    present = 0
    for _ in range(n):
        if rng.random() < 0.6:
            rows.append(put(top))
            present += 1
        else:
            rows.append(take(present + 1 if LEVEL == 2 else rng.choice([2, 4])))
            present = max(0, present - 1)
elif strategy == "edge-often-empty":
    for _ in range(rng.randint(20, 60)):
        if rng.random() < 0.45:
            rows.append((rng.choice(PUT), rng.choice([1, MAX_X, rng.randint(1, MAX_X)])))
        else:
            rows.append((rng.choice(TAKE), rng.choice([1, 1, 2, MAX_X])))
elif strategy == "maximum-log":
    present = 0
    for _ in range(MAX_N):
        if rng.random() < 0.7:
            rows.append(put(MAX_X))
            present += 1
        else:
            rows.append(take(present if LEVEL == 2 else 2))
            present -= 1
else:
    half = MAX_N // 2
    rows = [put(MAX_X) for _ in range(half)]
    rows += [take(half - i if LEVEL == 2 else 1) for i in range(half)]
print(len(rows))
print("\\n".join(f"{op} {x}" for op, x in rows))
`
