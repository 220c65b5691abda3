// Two arrays to be paired: at least as large (greedy after sorting), or close enough (two pointers).
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
  person: Text
  people: string
  thing: Text
  things: string
  /** Korean counting words for the people and the things. */
  units: readonly [string, string]
}

interface Case {
  people: readonly number[]
  things: readonly number[]
  d: number
}

const scenes: readonly Scene[] = [
  {
    title: text('기사단의 갑옷', 'Armour for the Knights'),
    story: text(
      '왕국의 무기고에서 기사들에게 갑옷을 나누어 주는 날이다. 기사마다 몸집이 다르고 갑옷도 크기가 제각각이라, 무기고지기는 되도록 많은 기사가 갑옷을 받도록 짝을 지으려고 한다.',
      'Today the armoury of the kingdom hands out suits of armour to the knights. Knights come in all sizes and so does the armour, and the keeper wants as many knights as possible to leave with a suit.',
    ),
    person: text('기사', 'knight'),
    people: 'knights',
    units: ['명', '벌'],
    thing: text('갑옷', 'suit of armour'),
    things: 'suits of armour',
  },
  {
    title: text('등산화 대여소', 'The Boot Rental'),
    story: text(
      '등산로 입구의 대여소 앞에 손님들이 줄을 섰다. 대여소에는 크기가 서로 다른 등산화가 있고, 손님마다 필요한 크기가 있다. 직원은 되도록 많은 손님에게 등산화를 빌려주려고 한다.',
      'Guests are queueing at the foot of the mountain to rent boots. The rental has boots of different sizes, and every guest needs a certain size. The staff want to lend boots to as many guests as possible.',
    ),
    person: text('손님', 'guest'),
    people: 'guests',
    units: ['명', '켤레'],
    thing: text('등산화', 'pair of boots'),
    things: 'pairs of boots',
  },
  {
    title: text('화분을 고르는 날', 'The Day of the Pots'),
    story: text(
      '식목일을 맞아 아이들이 저마다 모종을 한 그루씩 들고 학교에 왔다. 모종의 뿌리도 교실의 화분도 크기가 제각각이어서, 선생님은 되도록 많은 아이가 화분을 받도록 짝을 맞추려고 한다.',
      'On the day of trees every child has brought a sapling to school. Roots and pots come in many sizes, and the teacher wants to match them so that as many children as possible get a pot for their sapling.',
    ),
    person: text('아이', 'child'),
    people: 'children',
    units: ['명', '개'],
    thing: text('화분', 'pot'),
    things: 'pots',
  },
]

const tasks = {
  easy: {
    asked: ({ person, people, thing, units }) =>
      text(
        `${person.ko} 한 ${units[0]}과(와) ${thing.ko} 한 ${units[1]}을(를) 짝짓는다. ${person.ko}도 ${thing.ko}도 저마다 많아야 한 번만 짝지을 수 있고, ${thing.ko}의 크기가 ${person.ko}에게 필요한 크기보다 작으면 짝지을 수 없다. 짝지을 수 있는 ${person.ko}의 최대 수를 구하시오.`,
        `Each ${person.en} may be matched with at most one ${thing.en} and each ${thing.en} with at most one ${person.en}, and the ${thing.en} must not be smaller than the size that the ${person.en} needs. Find the greatest number of ${people} that can be matched.`,
      ),
    output: ({ person, people }) =>
      text(
        `짝지을 수 있는 ${person.ko}의 최대 수를 출력한다.`,
        `Print the greatest number of ${people} that can be matched.`,
      ),
    solve: ({ people, things }) => mostPairs(people, things, (person, thing) => person <= thing),
    reference: program(
      text(
        '양쪽을 정렬하고, 작은 것부터 맞는 가장 작은 것과 짝짓는다.',
        'Sort both sides and give each in turn the smallest one that fits.',
      ),
      'O(N log N + M)',
      `
import sys


def main():
    n, m, *sizes = map(int, sys.stdin.read().split())
    people = sorted(sizes[:n])
    matched = 0
    for thing in sizes[n:]:
        if matched < n and thing >= people[matched]:
            matched += 1
    print(matched)


main()
`,
    ),
    bruteForce: program(
      text('짝을 바꾸어 가며 하나씩 늘리는 이분 매칭을 한다.', 'Bipartite matching by augmenting paths.'),
      'O(N^2 * M)',
      `
n, m = map(int, input().split())
a = list(map(int, input().split()))
b = list(map(int, input().split()))
owner = [-1] * m


def place(i, tried):
    for j in range(m):
        if b[j] >= a[i] and j not in tried:
            tried.append(j)
            if owner[j] < 0 or place(owner[j], tried):
                owner[j] = i
                return True
    return False


print(sum(place(i, []) for i in range(n)))
`,
    ),
  },
  medium: {
    asked: ({ person, people, thing, units }) =>
      text(
        `${person.ko} 한 ${units[0]}과(와) ${thing.ko} 한 ${units[1]}을(를) 짝짓는다. ${person.ko}도 ${thing.ko}도 저마다 많아야 한 번만 짝지을 수 있고, ${thing.ko}의 크기와 ${person.ko}에게 필요한 크기의 차가 D 이하여야 한다. 짝지을 수 있는 ${person.ko}의 최대 수를 구하시오.`,
        `Each ${person.en} may be matched with at most one ${thing.en} and each ${thing.en} with at most one ${person.en}, and the size of the ${thing.en} may differ by at most D from the size that the ${person.en} needs. Find the greatest number of ${people} that can be matched.`,
      ),
    output: ({ person, people }) =>
      text(
        `짝지을 수 있는 ${person.ko}의 최대 수를 출력한다.`,
        `Print the greatest number of ${people} that can be matched.`,
      ),
    solve: ({ people, things, d }) => mostPairs(people, things, (person, thing) => Math.abs(person - thing) <= d),
    reference: program(
      text(
        '양쪽을 정렬하고 두 포인터로 훑는다. 너무 작은 쪽은 앞으로 아무와도 맞지 않으므로 버린다.',
        'Sort both sides and walk along them with two pointers; the one that is too small fits nothing that follows and is dropped.',
      ),
      'O(N log N + M)',
      `
import sys


def main():
    n, m, d, *sizes = map(int, sys.stdin.buffer.read().split())
    people = sorted(sizes[:n])
    things = sizes[n:]
    matched = i = j = 0
    while i < n and j < m:
        if people[i] > things[j] + d:
            j += 1
        elif things[j] > people[i] + d:
            i += 1
        else:
            matched += 1
            i += 1
            j += 1
    print(matched)


main()
`,
    ),
    bruteForce: program(
      text('짝을 바꾸어 가며 하나씩 늘리는 이분 매칭을 한다.', 'Bipartite matching by augmenting paths.'),
      'O(N^2 * M)',
      `
n, m, d = map(int, input().split())
a = list(map(int, input().split()))
b = list(map(int, input().split()))
owner = [-1] * m


def place(i, tried):
    for j in range(m):
        if abs(a[i] - b[j]) <= d and j not in tried:
            tried.append(j)
            if owner[j] < 0 or place(owner[j], tried):
                owner[j] = i
                return True
    return False


print(sum(place(i, []) for i in range(n)))
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  easy: {
    wrong: [
      edited(
        text('크기가 꼭 맞는 것은 쓸 수 없다고 여긴다.', 'Takes a size that fits exactly for too small.'),
        tasks.easy.reference,
        ['thing >= people', 'thing > people'],
      ),
      edited(
        text('A를 정렬하지 않고 적힌 차례대로 나누어 준다.', 'Serves A in the order given, without sorting it.'),
        tasks.easy.reference,
        ['sorted(sizes[:n])', 'sizes[:n]'],
      ),
      decoy(
        text(
          '작은 것이 필요한 쪽부터 남은 것 가운데 가장 큰 것을 준다.',
          'Gives the largest one left to whoever needs the smallest.',
        ),
        `
import sys

n, m, *sizes = map(int, sys.stdin.read().split())
things = sizes[n:]
matched = 0
for need in sorted(sizes[:n]):
    if things and things[-1] >= need:
        things.pop()
        matched += 1
print(matched)
`,
      ),
      decoy(
        text(
          '가장 큰 것이 맞는지만 보고 개수로 자른다.',
          'Only asks who could wear the largest one, and cuts that off at the number of things.',
        ),
        `
import sys

n, m, *sizes = map(int, sys.stdin.read().split())
print(min(m, sum(need <= sizes[-1] for need in sizes[:n])))
`,
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '큰 것부터 보면서, 남은 것 가운데 가장 큰 것이 맞으면 짝짓는다.',
        'From the largest need down, take the largest thing left if it fits.',
      ),
      'O(N log N + M)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m;
    cin >> n >> m;
    vector<int> a(n), b(m);
    for (int &x : a) cin >> x;
    for (int &x : b) cin >> x;
    sort(a.rbegin(), a.rend());
    int pairs = 0;
    for (int need : a) {
        if (!b.empty() && b.back() >= need) {
            b.pop_back();
            pairs++;
        }
    }
    cout << pairs << "\\n";
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text('크기가 꼭 D만큼 작은 것은 맞지 않는다고 여긴다.', 'Refuses a size that is smaller by exactly D.'),
        tasks.medium.reference,
        ['people[i] > things[j] + d', 'people[i] >= things[j] + d'],
      ),
      edited(
        text('A를 정렬하지 않고 두 포인터로 훑는다.', 'Walks with two pointers without sorting A.'),
        tasks.medium.reference,
        ['sorted(sizes[:n])', 'sizes[:n]'],
      ),
      edited(
        text('맞지 않으면 양쪽을 모두 버린다.', 'Drops both when two do not fit together.'),
        tasks.medium.reference,
        ['            j += 1\n        elif', '            i += 1\n            j += 1\n        elif'],
      ),
      decoy(
        text(
          '적힌 차례대로, 남은 것 가운데 크기가 가장 가까운 것과 짝짓는다.',
          'In the order given, takes whatever is left nearest in size.',
        ),
        `
import sys
from bisect import bisect_left

n, m, d, *sizes = map(int, sys.stdin.buffer.read().split())
things = sizes[n:]
matched = 0
for need in sizes[:n]:
    at = bisect_left(things, need)
    near = [i for i in (at - 1, at) if 0 <= i < len(things)]
    best = min(near, key=lambda i: abs(things[i] - need), default=None)
    if best is not None and abs(things[best] - need) <= d:
        del things[best]
        matched += 1
print(matched)
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '작은 쪽부터, 아직 쓰지 않은 것 가운데 처음으로 맞는 것을 맨 앞에서부터 찾는다.',
          'From the smallest need up, searches for the first unused one that fits, each time from the beginning.',
        ),
        `
import sys

n, m, d, *sizes = map(int, sys.stdin.buffer.read().split())
things = sizes[n:]
used = [False] * m
for need in sorted(sizes[:n]):
    for j in range(m):
        if not used[j] and abs(things[j] - need) <= d:
            used[j] = True
            break
print(sum(used))
`,
      ),
    ],
    solver: cppSolver(
      text(
        '작은 쪽부터, 남은 것 가운데 허용되는 가장 작은 것을 멀티셋에서 찾아 쓴다.',
        'From the smallest need up, take the smallest one left that is allowed out of a multiset.',
      ),
      'O((N + M) log M)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, m, d;
    scanf("%d %d %d", &n, &m, &d);
    vector<int> a(n);
    for (int &x : a) scanf("%d", &x);
    multiset<int> left;
    for (int j = 0, x; j < m; j++) {
        scanf("%d", &x);
        left.insert(left.end(), x);
    }
    sort(a.begin(), a.end());
    int pairs = 0;
    for (int need : a) {
        auto it = left.lower_bound(need - d);
        if (it != left.end() && *it <= need + d) {
            left.erase(it);
            pairs++;
        }
    }
    printf("%d\\n", pairs);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const armourMatch: Blueprint = {
  id: 'armour-match',
  topics: ['greedy', 'sorting'],
  words: ['갑옷', '기사단', '등산화', '화분', '모종', 'armour', 'knight', 'sapling', 'two pointers', '두 포인터'],
  drafts: { easy: (random) => draft('easy', random), medium: (random) => draft('medium', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const hasTolerance = level === 'medium'
  const bounds = {
    MAX_N: hasTolerance ? random.integer(60, 90) * 1000 : random.integer(15, 20) * 10,
    MAX_SIZE: hasTolerance ? random.integer(1, 10) * 100_000 : random.integer(1, 10) * 1000,
  }
  const size = { kind: 'array', min: '1', max: String(bounds.MAX_SIZE), layout: 'line', distinct: false } as const
  const d = hasTolerance ? ' 1' : ''
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...contenders[level] }, scene, given(level, scene)),
    input: [
      line(
        integer('N', 1, bounds.MAX_N),
        integer('M', 1, bounds.MAX_N),
        ...(hasTolerance ? [integer('D', 0, bounds.MAX_SIZE)] : []),
      ),
      { ...size, name: 'A', length: 'N', order: 'any' },
      { ...size, name: 'B', length: 'M', order: 'non-decreasing' },
    ],
    samples: varied(
      () => sample(level, random, 4, 5),
      () => sample(level, random, 6, 4),
    ),
    illegalInputs: [
      illegal(`2 3${d}\n4 1\n2 5 3\n`, 'B가 작은 것부터 적혀 있지 않다.', 'The values of B are not in order.'),
      illegal(`2 2${d}\n4 0\n2 5\n`, 'A의 값이 하한보다 작다.', 'A value of A is below its lower bound.'),
      illegal(
        `1 2${d}\n4\n2 ${bounds.MAX_SIZE + 1}\n`,
        'B의 값이 상한보다 크다.',
        'A value of B is above its upper bound.',
      ),
      illegal(`2 2${d}\n4 1 7\n2 5\n`, 'A의 값이 N개보다 많다.', 'There are more than N values in A.'),
      illegal(`2 2${d}\n4 1\n`, 'B가 없다.', 'The array B is missing.'),
    ],
    generator: {
      strategies: [
        strategy('random-sizes', 'random', '개수가 다양한 무작위 크기', 'random sizes of many counts'),
        strategy('edge-just-fitting', 'edge', '겨우 맞거나 겨우 맞지 않는 크기', 'sizes that only just fit or do not'),
        strategy('maximum-sizes', 'maximum', '가장 많은 무작위 크기', 'the largest number of random sizes'),
        strategy(
          'adversarial-shifted',
          'adversarial',
          '조금씩 밀려 있는 가장 많은 크기',
          'the largest number of sizes, slightly shifted',
        ),
      ],
      code: generatorCode({ ...bounds, HAS_D: hasTolerance ? 1 : 0 }, generatorBody),
    },
  }
}

function given(level: keyof typeof tasks, { person, people, thing, things, units }: Scene): Text {
  const tolerance =
    level === 'medium' ? text(' 정수 D도 함께 주어진다.', ' An integer D is given as well.') : text('', '')
  return text(
    `${person.ko} N${units[0]}에게 필요한 크기를 적은 배열 A와, ${thing.ko} M${units[1]}의 크기를 작은 것부터 적은 배열 B가 주어진다.${tolerance.ko}`,
    `You are given the array A with the sizes that N ${people} need, and the array B with the sizes of M ${things}, smallest first.${tolerance.en}`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, m: number): Sample {
  const people = random.integers(n, 1, 15)
  const things = random.integers(m, 1, 15).sort((a, b) => a - b)
  const d = random.integer(1, 2)
  return {
    input: lines(level === 'medium' ? [n, m, d] : [n, m], people, things),
    output: lines([tasks[level].solve({ people, things, d })]),
  }
}

/** The most pairs that fit, trying everything for the first person. */
function mostPairs(
  people: readonly number[],
  things: readonly number[],
  fits: (person: number, thing: number) => boolean,
): number {
  const [person, ...others] = people
  if (person === undefined) return 0
  const choices = things.flatMap((thing, index) =>
    fits(person, thing) ? [1 + mostPairs(others, things.toSpliced(index, 1), fits)] : [],
  )
  return Math.max(mostPairs(others, things, fits), ...choices)
}

const generatorBody = `
d = 0
if strategy == "random-sizes":
    n = rng.choice([rng.randint(4, 10), rng.randint(20, 150), rng.randint(MAX_N // 4, MAX_N // 2)])
    m = max(1, min(MAX_N, n + rng.randint(-n // 3, n // 3)))
    top = rng.choice([min(MAX_SIZE, 4 * n), MAX_SIZE])
    a = [rng.randint(1, top) for _ in range(n)]
    b = [rng.randint(1, top) for _ in range(m)]
    d = rng.randint(0, max(1, top // n))
elif strategy == "edge-just-fitting":
    d = rng.randint(1, MAX_SIZE // 40)
    b = [rng.randint(1 + d, MAX_SIZE - d - 1) for _ in range(rng.randint(10, 40))]
    shifts = [-d - 1, -d, d, d + 1] if HAS_D else [-1, 0, 1]
    a = [max(1, size + rng.choice(shifts)) for size in b]
elif strategy == "maximum-sizes":
    a = [rng.randint(1, MAX_SIZE) for _ in range(MAX_N)]
    b = [rng.randint(1, MAX_SIZE) for _ in range(MAX_N)]
    d = rng.randint(1, 20)
else:
    step = max(1, MAX_SIZE // MAX_N)
    d = step
    a = [max(1, min(MAX_SIZE, step * i + rng.randint(-step, 3 * step))) for i in range(1, MAX_N + 1)]
    b = [max(1, min(MAX_SIZE, step * i + rng.randint(-step, step))) for i in range(1, MAX_N + 1)]
    rng.shuffle(a)
print(*([len(a), len(b), d] if HAS_D else [len(a), len(b)]))
print(*a)
print(*sorted(b))
`
