// Directed acyclic graph of jobs: the earliest end of everything (longest path), and which jobs decide it (slack from both ends).
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
  job: Text
  jobs: string
}

interface Case {
  times: readonly number[]
  /** Pairs of jobs, counted from 0: the first one has to end before the second one starts. */
  rules: readonly (readonly [number, number])[]
}

const scenes: readonly Scene[] = [
  {
    title: text('시계탑 복원 공사', 'Restoring the Clock Tower'),
    story: text(
      '오래된 시계탑을 되살리는 공사가 시작된다. 공사는 여러 작업으로 나뉘어 있고, 어떤 작업은 다른 작업이 끝나야 시작할 수 있다. 일손은 넉넉해서 동시에 할 수 있는 작업의 수에는 제한이 없다.',
      'The restoration of an old clock tower is about to begin. The work is split into jobs, some of which cannot start before others have ended. There are plenty of hands: any number of jobs may be worked on at the same time.',
    ),
    job: text('작업', 'job'),
    jobs: 'jobs',
  },
  {
    title: text('위성을 조립하는 순서', 'Assembling a Satellite'),
    story: text(
      '위성 조립동에서는 공정표에 따라 위성을 만든다. 앞선 공정이 끝나야 다음 공정을 시작할 수 있는 경우가 많다. 조립동은 넓어서 몇 개의 공정이든 나란히 진행할 수 있다.',
      'In the assembly hall a satellite is built step by step, and many steps have to wait for others to end. The hall is large enough for any number of steps to go on side by side.',
    ),
    job: text('공정', 'step'),
    jobs: 'steps',
  },
  {
    title: text('축제를 여는 날까지', 'Until the Festival Opens'),
    story: text(
      '마을 축제 준비 위원회가 할 일을 목록으로 정리했다. 무대를 세워야 조명을 달 수 있듯이, 어떤 준비는 다른 준비가 끝난 뒤에야 시작할 수 있다. 도와줄 사람은 얼마든지 있다.',
      'The committee of the village festival has written down all the preparations. Some of them can only begin after others have ended, as the lights cannot be hung before the stage stands. There are more than enough helpers.',
    ),
    job: text('준비', 'preparation'),
    jobs: 'preparations',
  },
]

/** Reads the input, then walks the jobs in an order that respects the rules: `end[v]` is the earliest end of job v. */
const earliestEnds = `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m = data[:2]
    times = [0] + data[2:n + 2]
    following = [[] for _ in range(n + 1)]
    waiting = [0] * (n + 1)
    for i in range(n + 2, n + 2 + 2 * m, 2):
        following[data[i]].append(data[i + 1])
        waiting[data[i + 1]] += 1
    order = [v for v in range(1, n + 1) if waiting[v] == 0]
    end = times[:]
    for u in order:
        for v in following[u]:
            end[v] = max(end[v], end[u] + times[v])
            waiting[v] -= 1
            if waiting[v] == 0:
                order.append(v)
`

const tasks = {
  medium: {
    asked: ({ job, jobs }) =>
      text(
        `모든 ${job.ko}을(를) 될 수 있는 대로 빨리 시작할 때, 첫 ${job.ko}을(를) 시작한 때부터 마지막 ${job.ko}이(가) 끝날 때까지 며칠이 걸리는지 구하시오.`,
        `All ${jobs} are started as early as possible. Find how many days pass from the start of the first of the ${jobs} to the end of the last one.`,
      ),
    output: () => text('걸리는 날수를 출력한다.', 'Print the number of days.'),
    solve: ({ times, rules }) => lengthOf(times, rules),
    reference: program(
      text(
        '위상 정렬 순서로 가장 이른 종료 시각을 전파하고 그 최댓값을 구한다.',
        'Propagate the earliest ends in topological order and take the greatest.',
      ),
      'O(N + M)',
      `${earliestEnds}    print(max(end))


main()
`,
    ),
    bruteForce: program(
      text(
        '종료 시각이 더 늦어지지 않을 때까지 모든 규칙을 되풀이해 적용한다.',
        'Apply all rules again and again until no end moves any more.',
      ),
      'O(N * M)',
      `
n, m = map(int, input().split())
t = list(map(int, input().split()))
rules = [tuple(map(int, input().split())) for _ in range(m)]
start = [0] * n
changed = True
while changed:
    changed = False
    for u, v in rules:
        if start[v - 1] < start[u - 1] + t[u - 1]:
            start[v - 1] = start[u - 1] + t[u - 1]
            changed = True
print(max(start[i] + t[i] for i in range(n)))
`,
    ),
  },
  hard: {
    asked: ({ job, jobs }) =>
      text(
        `모든 ${job.ko}을(를) 될 수 있는 대로 빨리 시작할 때, 첫 ${job.ko}을(를) 시작한 때부터 마지막 ${job.ko}이(가) 끝날 때까지 걸리는 날수를 전체 기간이라고 하자. 어떤 ${job.ko} 하나만 걸리는 날수가 하루 늘어났을 때 전체 기간도 하루 늘어나면, 그 ${job.ko}을(를) 빠듯하다고 한다. 전체 기간과, 빠듯한 ${job.ko}의 수를 구하시오.`,
        `All ${jobs} are started as early as possible; the duration of the whole is the number of days from the start of the first of the ${jobs} to the end of the last one. One of the ${jobs} is tight if the whole lasts a day longer whenever that one alone takes a day longer. Find the duration of the whole and the number of tight ${jobs}.`,
      ),
    output: ({ job, jobs }) =>
      text(
        `전체 기간과 빠듯한 ${job.ko}의 수를 공백으로 구분하여 한 줄에 출력한다.`,
        `Print the duration of the whole and the number of tight ${jobs} on one line, separated by a space.`,
      ),
    solve: ({ times, rules }) => {
      const whole = lengthOf(times, rules)
      const tight = times.filter(
        (_, late) =>
          lengthOf(
            times.map((time, job) => (job === late ? time + 1 : time)),
            rules,
          ) > whole,
      )
      return `${whole} ${tight.length}`
    },
    reference: program(
      text(
        '위상 정렬 순서로 가장 이른 종료 시각을, 거꾸로 그 뒤에 남는 가장 긴 시간을 구한다. 둘의 합이 전체 기간과 같은 것이 빠듯하다.',
        'Compute the earliest ends in topological order and, backwards, the longest time that remains after each job; the tight ones are those where both add up to the whole.',
      ),
      'O(N + M)',
      `${earliestEnds}    whole = max(end)
    rest = [0] * (n + 1)
    for u in reversed(order):
        for v in following[u]:
            rest[u] = max(rest[u], times[v] + rest[v])
    print(whole, sum(end[v] + rest[v] == whole for v in order))


main()
`,
    ),
    bruteForce: program(
      text(
        '하나씩 하루를 늘려 보고 그때마다 전체 기간을 처음부터 다시 구한다.',
        'Lengthen one after another by a day and compute the duration of the whole from scratch each time.',
      ),
      'O(N^2 * M)',
      `
n, m = map(int, input().split())
t = list(map(int, input().split()))
rules = [tuple(map(int, input().split())) for _ in range(m)]


def whole():
    start = [0] * n
    changed = True
    while changed:
        changed = False
        for u, v in rules:
            if start[v - 1] < start[u - 1] + t[u - 1]:
                start[v - 1] = start[u - 1] + t[u - 1]
                changed = True
    return max(start[i] + t[i] for i in range(n))


usual = whole()
tight = 0
for i in range(n):
    t[i] += 1
    tight += whole() > usual
    t[i] -= 1
print(usual, tight)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** Python: reads the input and keeps the rules as a plain list. */
const rulesAsPairs = `
import sys

data = list(map(int, sys.stdin.read().split()))
n, m = data[:2]
times = [0] + data[2:n + 2]
rules = list(zip(data[n + 2::2], data[n + 3::2]))
`

/** C++: the longest chain that begins with a vertex, by recursion with memory. */
const longestChains = `
#include <algorithm>
#include <cstdio>
#include <vector>

std::vector<int> times;

struct Chains {
    std::vector<std::vector<int>> next;
    std::vector<long long> known;

    explicit Chains(int n) : next(n + 1), known(n + 1) {}

    long long from(int u) {
        if (known[u] == 0) {
            long long longest = 0;
            for (int v : next[u]) longest = std::max(longest, from(v));
            known[u] = longest + times[u];
        }
        return known[u];
    }
};
`

/** What others write who read the same statement: wrong ideas, slow programs and an independent solution. */
const otherSolutions = {
  medium: {
    wrong: [
      edited(
        text(
          '먼저 끝나야 하는 것이 여럿이면 마지막에 살펴본 것만 기다린다.',
          'Waits only for the last of several that have to end before.',
        ),
        tasks.medium.reference,
        ['max(end[v], end[u] + times[v])', 'end[u] + times[v]'],
      ),
      edited(
        text(
          '순서의 맨 뒤에 놓인 것이 가장 늦게 끝난다고 믿는다.',
          'Believes that the last one in topological order is the last to end.',
        ),
        tasks.medium.reference,
        ['print(max(end))', 'print(end[order[-1]])'],
      ),
      decoy(
        text(
          '규칙을 적힌 차례로 한 번씩만 반영한다.',
          'Applies every rule once, in the order in which they are given.',
        ),
        `
n, m = map(int, input().split())
times = list(map(int, input().split()))
end = times[:]
for _ in range(m):
    u, v = map(int, input().split())
    end[v - 1] = max(end[v - 1], end[u - 1] + times[v - 1])
print(max(end))
`,
      ),
      edited(
        text(
          '같은 단계에 있는 것이 모두 끝나야 다음 단계를 시작한다고 여긴다.',
          'Starts the next layer only when the whole layer before it has ended.',
        ),
        tasks.medium.reference,
        ['    end = times[:]\n', '    layer = [0] * (n + 1)\n'],
        ['end[v] = max(end[v], end[u] + times[v])', 'layer[v] = max(layer[v], layer[u] + 1)'],
        [
          '    print(max(end))',
          `    longest = [0] * (n + 1)
    for v in order:
        longest[layer[v]] = max(longest[layer[v]], times[v])
    print(sum(longest))`,
        ],
      ),
    ],
    slow: [
      decoy(
        text(
          '하나가 끝날 때마다 규칙을 처음부터 끝까지 훑어 이어지는 것을 찾는다.',
          'Goes through all rules to find what may follow, each time something ends.',
        ),
        `${rulesAsPairs}
waiting = [0] * (n + 1)
for _, v in rules:
    waiting[v] += 1
order = [v for v in range(1, n + 1) if waiting[v] == 0]
end = times[:]
for done in order:
    for u, v in rules:
        if u == done:
            end[v] = max(end[v], end[u] + times[v])
            waiting[v] -= 1
            if waiting[v] == 0:
                order.append(v)
print(max(end))
`,
      ),
    ],
    solver: cppSolver(
      text(
        '그것부터 시작하는 가장 긴 사슬의 길이를 기억하며 재귀로 구한다.',
        'Recursion with memory: the longest chain that begins with each one.',
      ),
      'O(N + M)',
      `${longestChains}
int main() {
    int n, m;
    if (scanf("%d %d", &n, &m) != 2) return 1;
    times.resize(n + 1);
    for (int i = 1; i <= n; ++i) if (scanf("%d", &times[i]) != 1) return 1;
    Chains after(n);
    while (m--) {
        int u, v;
        if (scanf("%d %d", &u, &v) != 2) return 1;
        after.next[u].push_back(v);
    }
    long long whole = 0;
    for (int i = 1; i <= n; ++i) whole = std::max(whole, after.from(i));
    printf("%lld\\n", whole);
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text(
          '전체 기간을 정하는 사슬 하나에 놓인 것만 센다.',
          'Counts only those on one of the chains that decide the duration.',
        ),
        tasks.hard.reference,
        ['    end = times[:]\n', '    end = times[:]\n    before = [0] * (n + 1)\n'],
        [
          'end[v] = max(end[v], end[u] + times[v])',
          `if end[u] + times[v] > end[v]:
                end[v] = end[u] + times[v]
                before[v] = u`,
        ],
        [
          `    rest = [0] * (n + 1)
    for u in reversed(order):
        for v in following[u]:
            rest[u] = max(rest[u], times[v] + rest[v])
    print(whole, sum(end[v] + rest[v] == whole for v in order))`,
          `    count = 0
    last = end.index(whole)
    while last:
        count += 1
        last = before[last]
    print(whole, count)`,
        ],
      ),
      edited(
        text(
          '바로 다음 것이 곧바로 시작하면 빠듯하다고 여기고, 그다음에 여유가 있는지는 보지 않는다.',
          'Calls one tight as soon as one that follows starts at once, whatever slack there is after that.',
        ),
        tasks.hard.reference,
        ['rest[u] = max(rest[u], times[v] + rest[v])', 'rest[u] |= end[u] + times[v] == end[v]'],
        ['sum(end[v] + rest[v] == whole for v in order)', 'sum(rest[v] or end[v] == whole for v in order)'],
      ),
      edited(
        text(
          '먼저 끝나야 하는 것이 여럿이면 마지막에 살펴본 것만 기다린다.',
          'Waits only for the last of several that have to end before.',
        ),
        tasks.hard.reference,
        ['max(end[v], end[u] + times[v])', 'end[u] + times[v]'],
      ),
      edited(
        text(
          '남는 시간을 잴 때 가장 긴 것이 아니라 마지막에 살펴본 것을 따른다.',
          'Measures what remains along the last one looked at instead of the longest.',
        ),
        tasks.hard.reference,
        ['max(rest[u], times[v] + rest[v])', 'times[v] + rest[v]'],
      ),
    ],
    slow: [
      edited(
        text(
          '하나씩 하루를 늘려 보고 그때마다 위상 정렬 순서로 전체 기간을 다시 구한다.',
          'Lengthens one after another by a day and computes the whole again in topological order.',
        ),
        tasks.hard.reference,
        [
          `    rest = [0] * (n + 1)
    for u in reversed(order):
        for v in following[u]:
            rest[u] = max(rest[u], times[v] + rest[v])
    print(whole, sum(end[v] + rest[v] == whole for v in order))`,
          `    tight = 0
    for late in order:
        times[late] += 1
        end = times[:]
        for u in order:
            for v in following[u]:
                end[v] = max(end[v], end[u] + times[v])
        tight += max(end) > whole
        times[late] -= 1
    print(whole, tight)`,
        ],
      ),
      decoy(
        text(
          '하나가 끝날 때마다 규칙을 처음부터 끝까지 훑어 이어지는 것을 찾는다.',
          'Goes through all rules to find what may follow, each time something ends.',
        ),
        `${rulesAsPairs}

def chains(rules):
    waiting = [0] * (n + 1)
    for _, v in rules:
        waiting[v] += 1
    order = [v for v in range(1, n + 1) if waiting[v] == 0]
    end = times[:]
    for done in order:
        for u, v in rules:
            if u == done:
                end[v] = max(end[v], end[u] + times[v])
                waiting[v] -= 1
                if waiting[v] == 0:
                    order.append(v)
    return end


until = chains(rules)
since = chains([(v, u) for u, v in rules])
whole = max(until)
print(whole, sum(until[v] + since[v] - times[v] == whole for v in range(1, n + 1)))
`,
      ),
    ],
    solver: cppSolver(
      text(
        '가장 긴 사슬을 양쪽으로 재귀로 구한다. 두 길이의 합에서 자신을 한 번 뺀 것이 전체 기간이면 빠듯하다.',
        'The longest chains in both directions, with recursion; one is tight if the two lengths without itself once make up the whole.',
      ),
      'O(N + M)',
      `${longestChains}
int main() {
    int n, m;
    if (scanf("%d %d", &n, &m) != 2) return 1;
    times.resize(n + 1);
    for (int i = 1; i <= n; ++i) if (scanf("%d", &times[i]) != 1) return 1;
    Chains after(n), before(n);
    while (m--) {
        int u, v;
        if (scanf("%d %d", &u, &v) != 2) return 1;
        after.next[u].push_back(v);
        before.next[v].push_back(u);
    }
    long long whole = 0;
    int tight = 0;
    for (int i = 1; i <= n; ++i) whole = std::max(whole, after.from(i));
    for (int i = 1; i <= n; ++i) tight += after.from(i) + before.from(i) - times[i] == whole;
    printf("%lld %d\\n", whole, tight);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const workshopOrder: Blueprint = {
  id: 'workshop-order',
  topics: ['graph', 'dynamic-programming'],
  words: [
    '위상 정렬',
    '공정',
    '시계탑',
    '위성',
    '축제',
    'topological',
    'clock tower',
    'satellite',
    'festival',
    'critical path',
  ],
  drafts: { medium: (random) => draft('medium', random), hard: (random) => draft('hard', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_N: random.integer(40, 50) * 1000,
    MAX_M: random.integer(70, 80) * 1000,
    MAX_T: random.pick([1000, 10_000]),
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N), integer('M', 0, `min(N*(N-1)/2, ${bounds.MAX_M})`)),
      {
        kind: 'array',
        name: 'T',
        length: 'N',
        min: '1',
        max: String(bounds.MAX_T),
        layout: 'line',
        order: 'any',
        distinct: false,
      },
      {
        kind: 'graph',
        name: 'E',
        vertices: 'N',
        edges: 'M',
        directed: true,
        connected: false,
        simple: true,
        acyclic: true,
      },
    ],
    samples: varied(
      () => sample(level, random, 5, 5),
      () => sample(level, random, 7, 8),
      () => sample(level, random, 3, 0),
    ),
    illegalInputs: [
      illegal('3 3\n1 2 3\n1 2\n2 3\n3 1\n', '규칙이 순환한다.', 'The rules form a cycle.'),
      illegal('2 1\n1 2\n2 2\n', '자기 자신을 기다린다.', 'A vertex waits for itself.'),
      illegal('3 2\n1 2 3\n1 3\n1 3\n', '같은 규칙이 두 번 나온다.', 'The same rule is given twice.'),
      illegal('2 1\n1 0\n1 2\n', 'T의 값이 하한보다 작다.', 'A value of T is below its lower bound.'),
      illegal('2 2\n1 2\n1 2\n2 1\n', 'M이 상한보다 크다.', 'The value M is above its upper bound.'),
    ],
    generator: {
      strategies: [
        strategy('random-rules', 'random', '크기가 다양한 무작위 순서 규칙', 'random rules of many sizes'),
        strategy('edge-equal-times', 'edge', '걸리는 날수가 거의 같은 층 구조', 'layers with almost equal times'),
        strategy('maximum-rules', 'maximum', '가장 큰 무작위 순서 규칙', 'random rules of the largest size'),
        strategy(
          'adversarial-chain',
          'adversarial',
          '거꾸로 적힌 가장 긴 사슬',
          'a longest chain whose rules are listed backwards',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ job, jobs }: Scene): Text {
  return text(
    `1번부터 N번까지 번호가 붙은 ${job.ko} N개가 있고, 배열 T의 i번째 값은 i번 ${job.ko}에 걸리는 날수이다. 순서 규칙 M개의 목록 E가 주어지는데, E의 각 줄에 적힌 두 ${job.ko} 가운데 앞의 것이 끝나야 뒤의 것을 시작할 수 있다. 규칙이 없는 ${job.ko}은(는) 언제든지 시작할 수 있고, 규칙을 모두 지키며 모든 ${job.ko}을(를) 끝낼 수 있음이 보장된다.`,
    `There are N ${jobs}, numbered from 1 to N; the i-th value of the array T is the number of days that ${job.en} i takes. A list E of M rules is given: of the two ${jobs} on a line of E, the first has to end before the second may start. Whatever no rule holds back may start at any time, and it is guaranteed that all ${jobs} can be done without breaking a rule.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, m: number): Sample {
  const times = random.integers(n, 1, 9)
  const order = random.shuffle(times.map((_, job) => job))
  const pairs = order.flatMap((after, place) => order.slice(0, place).map((before) => [before, after] as const))
  const rules = random.shuffle(pairs).slice(0, m)
  return {
    input: lines([n, m], times, ...rules.map(([before, after]) => [before + 1, after + 1])),
    output: lines([tasks[level].solve({ times, rules })]),
  }
}

function lengthOf(times: Case['times'], rules: Case['rules']): number {
  const endOf = (job: number): number =>
    (times[job] ?? 0) + Math.max(0, ...rules.filter(([, after]) => after === job).map(([before]) => endOf(before)))
  return Math.max(...times.map((_, job) => endOf(job)))
}

const generatorBody = `

def random_rules(n, m, near):
    order = list(range(1, n + 1))
    rng.shuffle(order)
    seen = set()
    rules = []
    while len(rules) < m:
        i = rng.randrange(n)
        j = min(n - 1, i + rng.randint(1, near))
        if i != j and i * n + j not in seen:
            seen.add(i * n + j)
            rules.append((order[i], order[j]))
    return rules


def build():
    if strategy == "random-rules":
        n = rng.choice([rng.randint(5, 10), rng.randint(30, 300), rng.randint(MAX_N // 10, MAX_N // 2)])
        m = min(MAX_M, n * (n - 1) // 4, n * rng.randint(1, 3))
        return [rng.randint(1, MAX_T) for _ in range(n)], random_rules(n, m, n)
    if strategy == "edge-equal-times":
        width = rng.randint(2, 5)
        depth = rng.randint(3, 10)
        n = width * depth
        label = list(range(1, n + 1))
        rng.shuffle(label)
        rules = []
        for i in range(n - width):
            for j in range(width):
                if rng.random() < 0.5:
                    rules.append((label[i], label[(i // width + 1) * width + j]))
        usual = rng.choice([1, MAX_T - 1])
        return [usual + (rng.random() < 0.1) for _ in range(n)], rules
    if strategy == "maximum-rules":
        return [rng.randint(1, MAX_T) for _ in range(MAX_N)], random_rules(MAX_N, MAX_M, 20)
    label = list(range(1, MAX_N + 1))
    rng.shuffle(label)
    rules = list(zip(label, label[1:]))
    rules.reverse()
    return [rng.randint(1, MAX_T) for _ in range(MAX_N)], rules


times, rules = build()
print(len(times), len(rules))
print(*times)
if rules:
    print("\\n".join(f"{u} {v}" for u, v in rules))
`
