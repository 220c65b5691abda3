// One array: the first greater value to the right (monotonic stack), and the spread of every stretch (contribution counting).
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
  height: Text
}

const scenes: readonly Scene[] = [
  {
    title: text('능선 위의 관측소', 'Lookouts on the Ridge'),
    story: text(
      '능선을 따라 봉우리가 한 줄로 늘어서 있다. 산림청은 봉우리마다 관측소를 세우고, 시야가 어디에서 막히는지와 지형이 얼마나 험한지를 조사하고 있다.',
      'Peaks stand in a single line along the ridge. The forest service builds a lookout on each of them and studies where the view ends and how rugged the terrain is.',
    ),
    thing: text('봉우리', 'peak'),
    things: 'peaks',
    height: text('높이', 'height'),
  },
  {
    title: text('강변의 건물들', 'Buildings by the River'),
    story: text(
      '강변을 따라 건물이 한 줄로 서 있다. 도시 계획과에서는 건물의 전망과 스카이라인의 변화를 수치로 나타내려고 한다.',
      'Buildings stand in a row along the river. The planning office wants figures for their views and for the changes of the skyline.',
    ),
    thing: text('건물', 'building'),
    things: 'buildings',
    height: text('높이', 'height'),
  },
  {
    title: text('한 줄로 늘어선 스피커', 'The Row of Speakers'),
    story: text(
      '축제장에 스피커가 한 줄로 놓여 있고 스피커마다 음량이 정해져 있다. 음향 기사는 어느 스피커의 소리가 더 큰 소리에 묻히는지, 구간마다 음량이 얼마나 고르지 않은지 알고 싶다.',
      'Speakers stand in a row on the festival ground, each set to some volume. The sound engineer wants to know where a speaker is drowned out, and how uneven the volume is from stretch to stretch.',
    ),
    thing: text('스피커', 'speaker'),
    things: 'speakers',
    height: text('음량', 'volume'),
  },
]

const tasks = {
  medium: {
    asked: ({ thing, height }) =>
      text(
        `각 ${thing.ko}에서 오른쪽으로 한 칸씩 나아가며, ${height.ko}이(가) 자신보다 큰 ${thing.ko}을(를) 처음 만날 때까지의 칸 수를 그 ${thing.ko}의 거리라고 하자. 이웃한 ${thing.ko} 사이가 한 칸이며, 그런 ${thing.ko}이(가) 오른쪽에 없으면 거리는 0이다. 모든 ${thing.ko}의 거리를 더한 값을 구하시오.`,
        `From each ${thing.en} walk to the right, one place at a time, until the first ${thing.en} whose ${height.en} is strictly greater; the number of places walked is the distance of the ${thing.en} you started from. It is 0 when there is no such ${thing.en} to the right. Find the sum of all distances.`,
      ),
    output: () => text('모든 거리의 합을 출력한다.', 'Print the sum of all distances.'),
    solve: (heights) =>
      heights.reduce((sum, height, from) => sum + 1 + heights.slice(from + 1).findIndex((other) => other > height), 0),
    reference: program(
      text(
        '아직 더 큰 값을 만나지 못한 위치를 스택에 둔다. 스택의 값은 위로 갈수록 커지지 않는다.',
        'Keep the positions still waiting for a greater value on a stack; its values never rise towards the top.',
      ),
      'O(N)',
      `
import sys


def main():
    heights = list(map(int, sys.stdin.buffer.read().split()))[1:]
    waiting = []
    total = 0
    for i, height in enumerate(heights):
        while waiting and heights[waiting[-1]] < height:
            total += i - waiting.pop()
        waiting.append(i)
    print(total)


main()
`,
    ),
    bruteForce: program(
      text('위치마다 오른쪽으로 한 칸씩 걸어가 본다.', 'Walk to the right from every position.'),
      'O(N^2)',
      `
n = int(input())
h = list(map(int, input().split()))
answer = 0
for i in range(n):
    j = i + 1
    while j < n and h[j] <= h[i]:
        j += 1
    if j < n:
        answer += j - i
print(answer)
`,
    ),
  },
  hard: {
    asked: ({ thing, things, height }) =>
      text(
        `연속한 하나 이상의 ${thing.ko}(으)로 이루어진 구간마다, 구간 안의 가장 큰 ${height.ko}에서 가장 작은 ${height.ko}을(를) 뺀 값을 그 구간의 차이라고 하자. 모든 구간의 차이를 더한 값을 구하시오. 시작이나 끝이 다르면 서로 다른 구간이다.`,
        `For every stretch of one or more consecutive ${things}, the spread is the greatest ${height.en} in it minus the smallest. Find the sum of the spreads of all stretches; stretches that begin or end at different places are different.`,
      ),
    output: () => text('모든 구간의 차이의 합을 출력한다.', 'Print the sum of the spreads of all stretches.'),
    solve: (heights) =>
      heights
        .flatMap((_, from) => heights.slice(from).map((_, more) => heights.slice(from, from + more + 1)))
        .reduce((sum, stretch) => sum + Math.max(...stretch) - Math.min(...stretch), 0),
    reference: program(
      text(
        '값마다 그 값이 최댓값인 구간의 수와 최솟값인 구간의 수를 단조 스택으로 세어, 값과 곱해 더하고 뺀다. 같은 값은 왼쪽 것이 대표한다.',
        'Count with monotonic stacks in how many stretches each value is the greatest and in how many the smallest; among equal values the leftmost one counts.',
      ),
      'O(N)',
      `
import sys


def sum_of_greatest(values):
    total = 0
    stack = [-1]
    for i, value in enumerate(values + [max(values) + 1]):
        while len(stack) > 1 and values[stack[-1]] < value:
            middle = stack.pop()
            total += values[middle] * (middle - stack[-1]) * (i - middle)
        stack.append(i)
    return total


def main():
    heights = list(map(int, sys.stdin.buffer.read().split()))[1:]
    print(sum_of_greatest(heights) + sum_of_greatest([-height for height in heights]))


main()
`,
    ),
    bruteForce: program(
      text(
        '모든 구간의 최댓값과 최솟값을 직접 구한다.',
        'Take the greatest and smallest value of every stretch directly.',
      ),
      'O(N^3)',
      `
n = int(input())
h = list(map(int, input().split()))
answer = 0
for i in range(n):
    for j in range(i, n):
        answer += max(h[i:j + 1]) - min(h[i:j + 1])
print(answer)
`,
    ),
  },
} satisfies Record<string, Task<Scene, readonly number[]>>

/** What others write for the same tasks: wrong ideas, slow ones, and a second right program. */
const contenders = {
  medium: {
    wrong: [
      edited(text('같은 값을 만나도 멈춘다.', 'Stops at an equal value already.'), tasks.medium.reference, [
        'heights[waiting[-1]] < height',
        'heights[waiting[-1]] <= height',
      ]),
      edited(
        text('더 큰 값이 없으면 끝까지의 칸 수를 더한다.', 'Adds the way to the end where no greater value follows.'),
        tasks.medium.reference,
        ['print(total)', 'print(total + sum(len(heights) - 1 - i for i in waiting))'],
      ),
      edited(
        text('두 위치 사이에 있는 것의 수를 센다.', 'Counts what lies strictly between the two places.'),
        tasks.medium.reference,
        ['i - waiting.pop()', 'i - waiting.pop() - 1'],
      ),
      edited(
        text('큰 값을 만날 때 스택에서 하나만 꺼낸다.', 'Takes only one position off the stack for a greater value.'),
        tasks.medium.reference,
        ['while waiting', 'if waiting'],
      ),
    ],
    slow: [
      decoy(
        text(
          '아직 더 큰 값을 만나지 못한 위치를 목록에 두고 칸마다 목록 전체를 훑는다.',
          'Keeps a list of the positions still waiting for a greater value and goes through all of it at every place.',
        ),
        `
n = int(input())
h = list(map(int, input().split()))
waiting = []
total = 0
for i in range(n):
    still = []
    for j in waiting:
        if h[j] < h[i]:
            total += i - j
        else:
            still.append(j)
    waiting = still + [i]
print(total)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '오른쪽부터 보면서, 크지 않은 것은 그것이 이미 찾아 둔 위치로 건너뛴다.',
        'From right to left; whatever is not greater is skipped by jumping to the place it has already found.',
      ),
      'O(N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    scanf("%d", &n);
    vector<int> h(n), next(n);
    for (int &x : h) scanf("%d", &x);
    long long total = 0;
    for (int i = n - 1; i >= 0; i--) {
        int j = i + 1;
        while (j < n && h[j] <= h[i]) j = next[j];
        next[i] = j;
        if (j < n) total += j - i;
    }
    printf("%lld\\n", total);
}
`,
    ),
  },
  hard: {
    wrong: [
      decoy(
        text(
          '구간 양 끝의 값의 차이를 그 구간의 차이로 여긴다.',
          'Takes the difference of the two ends for the spread.',
        ),
        `
import sys

heights = sorted(map(int, sys.stdin.buffer.read().split()[1:]))
print(sum(height * (2 * i - len(heights) + 1) for i, height in enumerate(heights)))
`,
      ),
      decoy(
        text(
          '이웃한 값의 차이를 구간마다 더해 그 구간의 차이로 여긴다.',
          'Takes the sum of the steps between neighbours for the spread of a stretch.',
        ),
        `
import sys

heights = list(map(int, sys.stdin.buffer.read().split()))[1:]
n = len(heights)
print(sum(abs(heights[i] - heights[i - 1]) * i * (n - i) for i in range(1, n)))
`,
      ),
      decoy(
        text(
          '값이 같으면 양쪽 모두로 넓혀, 같은 구간을 여러 번 센다.',
          'Extends over equal values on both sides and so counts a stretch several times.',
        ),
        `
import sys


def reach(values):
    stack = []
    found = []
    for i, value in enumerate(values):
        while stack and values[stack[-1]] <= value:
            stack.pop()
        found.append(i - stack[-1] if stack else i + 1)
        stack.append(i)
    return found


def sum_of_greatest(values):
    return sum(v * a * b for v, a, b in zip(values, reach(values), reversed(reach(values[::-1]))))


heights = list(map(int, sys.stdin.buffer.read().split()))[1:]
print(sum_of_greatest(heights) + sum_of_greatest([-height for height in heights]))
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '시작을 정해 놓고 끝을 늘리면서 최댓값과 최솟값을 이어 간다.',
          'For every start extends the end and keeps the greatest and the smallest value so far.',
        ),
        `
n = int(input())
h = list(map(int, input().split()))
total = 0
for i in range(n):
    most = least = h[i]
    for j in range(i, n):
        if h[j] > most:
            most = h[j]
        elif h[j] < least:
            least = h[j]
        total += most - least
print(total)
`,
      ),
      decoy(
        text(
          '값마다 그 값이 최댓값이나 최솟값인 범위를 왼쪽과 오른쪽으로 걸어가며 구한다.',
          'Walks to the left and right of every value to find the range in which it is the greatest or the smallest.',
        ),
        `
n = int(input())
h = list(map(int, input().split()))
total = 0
for values in (h, [-x for x in h]):
    for i in range(n):
        left = i
        while left > 0 and values[left - 1] < values[i]:
            left -= 1
        right = i
        while right + 1 < n and values[right + 1] <= values[i]:
            right += 1
        total += values[i] * (i - left + 1) * (right - i + 1)
print(total)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '끝이 i인 모든 구간의 최댓값의 합과 최솟값의 합을 스택 두 개로 i를 늘리며 고쳐 나간다.',
        'Move the end to the right and keep, with two stacks, the sums of the greatest and smallest values of all stretches that end there.',
      ),
      'O(N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    scanf("%d", &n);
    // Groups of starts that share a greatest (first) or smallest (second) value: the value and how many.
    vector<pair<long long, long long>> groups[2];
    long long sums[2] = {0, 0}, total = 0;
    for (int i = 0; i < n; i++) {
        long long height;
        scanf("%lld", &height);
        for (int side = 0; side < 2; side++) {
            long long value = side == 0 ? height : -height, starts = 1;
            auto &stack = groups[side];
            while (!stack.empty() && stack.back().first <= value) {
                sums[side] -= stack.back().first * stack.back().second;
                starts += stack.back().second;
                stack.pop_back();
            }
            stack.push_back({value, starts});
            sums[side] += value * starts;
            total += sums[side];
        }
    }
    printf("%lld\\n", total);
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const hillView: Blueprint = {
  id: 'hill-view',
  topics: ['data-structure'],
  words: ['스택', 'stack', '봉우리', '능선', '건물', '스피커', 'ridge', 'skyline', 'speaker'],
  drafts: { medium: (random) => draft('medium', random), hard: (random) => draft('hard', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_N: random.integer(80, 100) * 1000,
    MAX_H: random.pick([100_000, 500_000, 1_000_000]),
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...contenders[level] }, scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N)),
      {
        kind: 'array',
        name: 'H',
        length: 'N',
        min: '1',
        max: String(bounds.MAX_H),
        layout: 'line',
        order: 'any',
        distinct: false,
      },
    ],
    samples: varied(
      () => sample(level, random.integers(5, 1, 9)),
      () => sample(level, random.integers(7, 1, 20)),
      () => sample(level, random.integers(1, 1, 50)),
    ),
    illegalInputs: [
      illegal('3\n4 0 2\n', 'H의 값이 하한보다 작다.', 'A value of H is below its lower bound.'),
      illegal(`2\n1 ${bounds.MAX_H + 1}\n`, 'H의 값이 상한보다 크다.', 'A value of H is above its upper bound.'),
      illegal('3\n4 1\n', '값이 N개보다 적다.', 'There are fewer than N values.'),
      illegal('3\n4 1 5 2\n', '값이 N개보다 많다.', 'There are more than N values.'),
    ],
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '크기와 값의 범위가 다양한 배열', 'arrays of many sizes and value ranges'),
        strategy('edge-plateaus', 'edge', '같은 값이 길게 이어지는 배열', 'long runs of equal values'),
        strategy(
          'maximum-random',
          'maximum',
          '무작위로 시작해 뒤로 갈수록 작아지는 가장 긴 배열',
          'a longest array, random at first and falling towards the end',
        ),
        strategy(
          'adversarial-descent',
          'adversarial',
          '거의 계속 작아지는 가장 긴 배열',
          'a longest array that falls almost all the way',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ thing, things, height }: Scene): Text {
  return text(
    `${thing.ko} N개가 왼쪽부터 차례로 늘어서 있고, 그 ${height.ko}을(를) 순서대로 적은 배열 H가 주어진다.`,
    `There are N ${things} in a row, and the array H lists the ${height.en} of each from left to right.`,
  )
}

function sample(level: keyof typeof tasks, heights: readonly number[]): Sample {
  return { input: lines([heights.length], heights), output: lines([tasks[level].solve(heights)]) }
}

const generatorBody = `
if strategy == "random-mixed":
    n = rng.choice([rng.randint(8, 15), rng.randint(50, 300), rng.randint(1000, MAX_N // 4)])
    top = rng.choice([rng.randint(8, 20), MAX_H])
    heights = [rng.randint(1, top) for _ in range(n)]
elif strategy == "edge-plateaus":
    heights = []
    for _ in range(rng.randint(5, 12)):
        heights.extend([rng.choice([1, MAX_H, rng.randint(1, MAX_H)])] * rng.randint(1, 30))
elif strategy == "maximum-random":
    heights = [rng.randint(1, MAX_H) for _ in range(MAX_N)]
    heights[MAX_N // 2:] = sorted(heights[MAX_N // 2:], reverse=True)
else:
    heights = sorted((rng.randint(1, MAX_H) for _ in range(MAX_N)), reverse=True)
    for _ in range(5):
        heights[rng.randrange(MAX_N)] = rng.randint(1, MAX_H)
    if rng.random() < 0.5:
        heights[-1] = MAX_H
print(len(heights))
print(*heights)
`
