// Chances in a row, real answers: at least K successes (counting distribution), the expected longest run (one pass for each length).
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
  /** The Korean counter of the things. */
  counter: string
  /** Korean before a noun, once as what may happen and once as what has; English with one and with several. */
  will: Text
  did: Text
}

/** The chances as parts of one. */
interface Case {
  k: number
  chances: readonly number[]
}

const scenes: readonly Scene[] = [
  {
    title: text('한 줄로 심은 씨앗', 'A Row of Seeds'),
    story: text(
      '식물원에서 오래된 씨앗을 한 줄로 심었다. 보관한 곳이 달라서 씨앗마다 싹틀 가능성이 다르다. 정원사는 봄이 오기 전에 화단의 모습을 짐작해 보려고 한다.',
      'The botanical garden has sown old seeds in a row. They were kept in different places, so each has its own chance to sprout. The gardener would like to know before spring what the bed may look like.',
    ),
    thing: text('씨앗', 'seed'),
    things: 'seeds',
    counter: '개',
    will: text('싹틀', 'sprouts'),
    did: text('싹튼', 'sprout'),
  },
  {
    title: text('축제의 궁수들', 'Archers at the Festival'),
    story: text(
      '축제의 마지막 날에는 궁수들이 한 줄로 서서 차례로 한 발씩 쏜다. 기록실에는 궁수마다 과녁을 얼마나 자주 맞히는지가 남아 있다.',
      'On the last day of the festival the archers stand in a row and shoot one arrow each. The records tell how often each of them hits the target.',
    ),
    thing: text('궁수', 'archer'),
    things: 'archers',
    counter: '명',
    will: text('명중할', 'hits the target'),
    did: text('명중한', 'hit the target'),
  },
  {
    title: text('낡은 등불의 거리', 'The Street of Old Lanterns'),
    story: text(
      '골목을 따라 낡은 등불이 한 줄로 걸려 있다. 스위치를 올려도 켜지지 않는 등불이 있고, 얼마나 자주 켜지는지는 등불마다 다르다.',
      'Old lanterns hang in a row along the lane. When the switch is turned, not all of them light up, and each has its own habits.',
    ),
    thing: text('등불', 'lantern'),
    things: 'lanterns',
    counter: '개',
    will: text('켜질', 'lights up'),
    did: text('켜진', 'light up'),
  },
]

const counting = program(
  text(
    '지금까지의 성공 횟수가 j일 확률을 앞에서부터 하나씩 갱신한다. K번 이상은 한데 모은다.',
    'Keep the chance of each number of successes so far, one trial after another; K and more are kept together.',
  ),
  'O(N * K)',
  `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    k = data[1]
    chance = [1.0] + [0.0] * (k - 1)
    enough = 0.0
    for percent in data[2:]:
        p = percent / 100
        q = 1 - p
        enough += chance[-1] * p
        chance = [chance[0] * q] + [more * q + less * p for less, more in zip(chance, chance[1:])]
    print(f"{enough:.12f}")


main()
`,
)

const runs = program(
  text(
    '기댓값은 길이 L마다 L 이상의 연속이 나올 확률을 더한 값이다. 그런 연속이 없을 확률을, 처음으로 연속이 완성되는 자리를 빼 나가며 구한다.',
    'The expectation is the sum over L of the chance of a run of at least L. The chance of none follows place by place, by taking away the runs that are completed there first.',
  ),
  'O(N^2)',
  `
import sys


def main():
    n, *percents = map(int, sys.stdin.buffer.read().split())
    p = [percent / 100 for percent in percents]
    miss = [1 - one for one in p]
    whole = [1.0] * n
    expected = 0.0
    for length in range(1, n + 1):
        # whole[i]: the chance that the length places from i on all succeed.
        whole = [before * p[i + length - 1] for i, before in enumerate(whole[:n - length + 1])]
        none = [1.0] * length + [1 - whole[0]]
        for i in range(1, n - length + 1):
            none.append(none[-1] - none[i - 1] * miss[i - 1] * whole[i])
        expected += 1 - none[-1]
    print(f"{expected:.12f}")


main()
`,
)

/** All outcomes in TypeScript, for the samples: the chance of each and the successes as a row of 0 and 1. */
function outcomes({ chances }: Case): { chance: number; row: string }[] {
  return chances.reduce(
    (rows, p) =>
      rows.flatMap(({ chance, row }) => [
        { chance: chance * (1 - p), row: `${row}0` },
        { chance: chance * p, row: `${row}1` },
      ]),
    [{ chance: 1, row: '' }],
  )
}

/** All outcomes in Python; the body says what one \`row\` of 0 and 1 counts for. */
const allOutcomes = (first: string, worth: string): string => `
import sys
from itertools import groupby, product

${first}
total = 0.0
for row in product((0, 1), repeat=n):
    chance = 1.0
    for percent, success in zip(percents, row):
        chance *= percent / 100 if success else 1 - percent / 100
    total += chance * ${worth}
print("%.12f" % total)
`

const tasks = {
  medium: {
    asked: ({ things, thing, counter, did }) =>
      text(
        `${did.ko} ${thing.ko}이(가) K${counter} 이상일 확률을 구하시오.`,
        `Find the probability that at least K of the ${things} ${did.en}.`,
      ),
    output: () =>
      text(
        '확률을 0과 1 사이의 실수로 출력한다. 절대 오차나 상대 오차가 1e-6 이하이면 맞다.',
        'Print the probability as a real number between 0 and 1. An absolute or relative error of at most 1e-6 is accepted.',
      ),
    solve: (given) =>
      outcomes(given)
        .filter(({ row }) => row.replaceAll('0', '').length >= given.k)
        .reduce((sum, { chance }) => sum + chance, 0)
        .toFixed(9),
    reference: counting,
    bruteForce: program(
      text('모든 결과의 확률을 하나하나 더한다.', 'Add up the chances of all outcomes.'),
      'O(2^N * N)',
      allOutcomes('n, k, *percents = map(int, sys.stdin.read().split())', '(sum(row) >= k)'),
    ),
    wrong: [
      edited(
        text('K번 이상이 아니라 정확히 K번일 확률을 구한다.', 'Finds the chance of exactly K instead of at least K.'),
        counting,
        ['    enough = 0.0\n', '    chance.append(0.0)\n'],
        ['        enough += chance[-1] * p\n', ''],
        ['{enough:.12f}', '{chance[-1]:.12f}'],
      ),
      edited(
        text('모두가 평균 확률을 가진 것처럼 계산한다.', 'Computes as if everybody had the average chance.'),
        counting,
        ['        p = percent / 100\n', '        p = sum(data[2:]) / (len(data) - 2) / 100\n'],
      ),
      edited(
        text(
          '소수점 아래 세 자리까지만 출력하여 오차가 허용 범위를 넘는다.',
          'Prints three decimal places only, which is less exact than asked.',
        ),
        counting,
        ['.12f', '.3f'],
      ),
      decoy(
        text(
          '확률이 가장 높은 K개가 모두 성공할 확률만 구한다.',
          'Finds only the chance that the K most likely ones all succeed.',
        ),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
chance = 1.0
for percent in sorted(data[2:], reverse=True)[:data[1]]:
    chance *= percent / 100
print(f"{chance:.12f}")
`,
      ),
    ],
    slow: [
      decoy(
        text(
          'K번째 성공이 일어나는 자리마다 그 앞의 분포를 처음부터 다시 계산한다.',
          'For each place where the K-th success may happen the distribution before it is computed from the start.',
        ),
        `
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, k = data[:2]
    p = [percent / 100 for percent in data[2:]]
    enough = 0.0
    for last in range(n):
        chance = [1.0] + [0.0] * n
        for i in range(last):
            for j in range(i + 1, 0, -1):
                chance[j] = chance[j] * (1 - p[i]) + chance[j - 1] * p[i]
            chance[0] *= 1 - p[i]
        enough += chance[k - 1] * p[last]
    print(f"{enough:.12f}")


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '성공 횟수의 특성 함수를 단위원 위의 점마다 곱으로 구하고, 이산 푸리에 변환을 거꾸로 하여 각 횟수의 확률을 얻는다.',
        'Multiply out the characteristic function of the number of successes at the roots of unity, and turn it back into the chances by an inverse Fourier transform.',
      ),
      'O(N^2)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n, k;
    if (scanf("%d %d", &n, &k) != 2) return 1;
    vector<double> p(n);
    for (double& one : p) {
        if (scanf("%lf", &one) != 1) return 1;
        one /= 100;
    }
    int size = n + 1;
    vector<complex<double>> root(size), value(size, 1.0);
    for (int i = 0; i < size; i++) root[i] = polar(1.0, 2 * acos(-1.0) * i / size);
    for (int i = 0; i < size; i++) for (double one : p) value[i] *= 1.0 - one + one * root[i];
    double enough = 0;
    for (int count = k; count <= n; count++) {
        complex<double> sum = 0;
        for (int i = 0; i < size; i++) sum += value[i] * conj(root[(long long)i * count % size]);
        enough += sum.real() / size;
    }
    printf("%.12f\\n", min(1.0, max(0.0, enough)));
}
`,
    ),
  },
  hard: {
    asked: ({ thing, things, counter, did }) =>
      text(
        `${did.ko} ${thing.ko}이(가) 줄에서 연속하여 가장 길게 이어진 구간의 ${thing.ko} 수를 그 줄의 길이라고 하자. ${did.ko} ${thing.ko}이(가) 하나도 없으면 길이는 0이고, 하나만 이어져도 1${counter}(으)로 센다. 길이의 기댓값을 구하시오.`,
        `The length of the row is the number of ${things} in the longest stretch of neighbours which all ${did.en}; it is 0 when there is no such ${thing.en} at all, and a single one counts as a stretch. Find the expected value of the length.`,
      ),
    output: () =>
      text(
        '기댓값을 실수로 출력한다. 절대 오차나 상대 오차가 1e-6 이하이면 맞다.',
        'Print the expected value as a real number. An absolute or relative error of at most 1e-6 is accepted.',
      ),
    solve: (given) =>
      outcomes(given)
        .reduce((sum, { chance, row }) => sum + chance * Math.max(...row.split('0').map((run) => run.length)), 0)
        .toFixed(9),
    reference: runs,
    bruteForce: program(
      text(
        '모든 결과에서 가장 긴 연속을 찾아 확률과 곱해 더한다.',
        'Find the longest run of every outcome and weigh it with its chance.',
      ),
      'O(2^N * N)',
      allOutcomes('n, *percents = map(int, sys.stdin.read().split())', 'max(sum(group) for _, group in groupby(row))'),
    ),
    wrong: [
      edited(
        text(
          '길이가 L인 구간들이 서로 독립이라고 여긴다.',
          'Treats the stretches of one length as independent of each other.',
        ),
        runs,
        ['none.append(none[-1] - none[i - 1] * miss[i - 1] * whole[i])', 'none.append(none[-1] * (1 - whole[i]))'],
      ),
      edited(
        text(
          '연속이 끊기려면 그 앞이 실패해야 한다는 것을 빠뜨린다.',
          'Forgets that a new run needs a failure right before it.',
        ),
        runs,
        [' * miss[i - 1] * whole[i]', ' * whole[i]'],
      ),
      decoy(
        text(
          '길이마다 성공할 확률이 가장 높은 구간 하나만 본다.',
          'Looks at the single likeliest stretch of each length only.',
        ),
        `
import sys


def main():
    n, *percents = map(int, sys.stdin.buffer.read().split())
    p = [percent / 100 for percent in percents]
    whole = [1.0] * n
    expected = 0.0
    for length in range(1, n + 1):
        whole = [before * p[i + length - 1] for i, before in enumerate(whole[:n - length + 1])]
        expected += max(whole)
    print(f"{expected:.12f}")


main()
`,
      ),
      decoy(
        text(
          '자리마다 그곳에서 끝나는 연속의 기댓값을 구하고 그 가운데 가장 큰 것을 답한다.',
          'Finds the expected run that ends at each place, and answers with the greatest of these.',
        ),
        `
import sys

run = best = 0.0
for percent in list(map(int, sys.stdin.buffer.read().split()))[1:]:
    run = (run + 1) * percent / 100
    best = max(best, run)
print(f"{best:.12f}")
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '길이마다, 자리마다 지금 이어진 연속의 길이별 확률을 모두 다시 계산한다.',
          'For each length and each place, all chances of the current run are computed anew.',
        ),
        `
import sys


def main():
    n, *percents = map(int, sys.stdin.buffer.read().split())
    expected = 0.0
    for length in range(1, n + 1):
        run = [1.0] + [0.0] * (length - 1)
        for percent in percents:
            p = percent / 100
            run = [sum(run) * (1 - p)] + [chance * p for chance in run[:-1]]
        expected += 1 - sum(run)
    print(f"{expected:.12f}")


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '길이마다 마지막 실패가 i번째에 있고 그때까지 긴 연속이 없을 확률을 구한다. 최근 L번 안의 실패에서 이어지는 합을 창처럼 밀며 갱신한다.',
        'For each length, find the chance that place i fails and no long run came before it. The sum over the failures of the last L places slides along.',
      ),
      'O(N^2)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    vector<double> p(n + 2), all(n + 2, 1.0);
    for (int i = 1; i <= n; i++) {
        if (scanf("%lf", &p[i]) != 1) return 1;
        p[i] /= 100;
    }
    double expected = 0;
    for (int length = 1; length <= n; length++) {
        for (int i = n; i >= length; i--) all[i] = all[i - 1] * p[i];
        // Before the first place and behind the last one there is a failure for certain.
        vector<double> fails(n + 2);
        fails[0] = 1;
        double open = 1;
        for (int i = 1; i <= n + 1; i++) {
            fails[i] = open * (1 - p[i]);
            open = open * p[i] + fails[i];
            if (i >= length && i <= n) open -= fails[i - length] * all[i];
        }
        expected += 1 - fails[n + 1];
    }
    printf("%.12f\\n", expected);
}
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const sproutingRow: Blueprint = {
  id: 'sprouting-row',
  topics: ['probability'],
  words: ['씨앗', '궁수', '등불', 'seed', 'sprout', 'archer', 'lantern', 'expected', '기댓값'],
  drafts: { medium: (random) => draft('medium', random), hard: (random) => draft('hard', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = { MAX_N: random.integer(20, 22) * 50, HAS_K: level === 'medium' ? 1 : 0 }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(scene)),
    comparison: { kind: 'float', tolerance: '1e-6' },
    input: [
      line(integer('N', 1, bounds.MAX_N), ...(level === 'medium' ? [integer('K', 1, 'N')] : [])),
      {
        kind: 'array',
        name: 'P',
        length: 'N',
        min: '0',
        max: '100',
        layout: 'column',
        order: 'any',
        distinct: false,
      },
    ],
    samples: varied(
      () => sample(level, random, [50, 50]),
      () =>
        sample(
          level,
          random,
          random.integers(3, 1, 9).map((tenth) => tenth * 10),
        ),
      () =>
        sample(
          level,
          random,
          random.integers(4, 0, 20).map((part) => part * 5),
        ),
    ),
    illegalInputs: illegalInputs(level === 'medium' ? ' 1' : ''),
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '크기와 확률이 다양한 줄', 'rows of many sizes and chances'),
        strategy(
          'edge-certain',
          'edge',
          '확실한 것과 불가능한 것이 많은 줄',
          'rows with much that is certain or impossible',
        ),
        strategy('maximum-random', 'maximum', '가장 긴 무작위 줄', 'a random row of the largest size'),
        strategy(
          'adversarial-likely',
          'adversarial',
          '확률이 매우 높고 드물게 낮은 가장 긴 줄',
          'a longest row of high chances with a few low ones',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ thing, things, counter, will }: Scene): Text {
  return text(
    `${thing.ko} N${counter}이(가) 한 줄로 늘어서 있다. 배열 P는 앞에서부터 차례로 각 ${thing.ko}이(가) ${will.ko} 확률을 퍼센트로 나타낸 것이다. 한 ${thing.ko}의 결과는 다른 ${thing.ko}의 결과에 영향을 주지 않는다.`,
    `There are N ${things} in a row. The array P lists, from first to last, the probability that the ${thing.en} ${will.en}, in percent. What happens to one ${thing.en} does not depend on the others.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, percents: readonly number[]): Sample {
  const n = percents.length
  const k = random.integer(1, n)
  const chances = percents.map((percent) => percent / 100)
  return {
    input: lines(level === 'medium' ? [n, k] : [n], ...percents.map((percent) => [percent])),
    output: lines([tasks[level].solve({ k, chances })]),
  }
}

function illegalInputs(threshold: string): Draft['illegalInputs'] {
  return [
    illegal(`2${threshold}\n50\n101\n`, 'P의 값이 상한보다 크다.', 'A value of P is above its upper bound.'),
    illegal(`2${threshold}\n-1\n50\n`, 'P의 값이 하한보다 작다.', 'A value of P is below its lower bound.'),
    illegal(`2${threshold}\n50\n0.5\n`, 'P의 값이 정수가 아니다.', 'A value of P is not an integer.'),
    illegal(`3${threshold}\n50\n50\n`, '값이 N개보다 적다.', 'There are fewer than N values.'),
    illegal(`2${threshold}\n50 50\n`, '한 줄에 값이 두 개 있다.', 'There are two values on one line.'),
  ]
}

const generatorBody = `
if strategy == "random-mixed":
    n = rng.choice([rng.randint(3, 9), rng.randint(12, 60), rng.randint(100, MAX_N // 2)])
    low = rng.choice([0, 10, 60])
    percents = [rng.randint(low, rng.choice([low + 30, 100])) for _ in range(n)]
elif strategy == "edge-certain":
    n = rng.randint(1, 30)
    percents = [rng.choice([0, 100, 100, 100, 1, 99, rng.randint(0, 100)]) for _ in range(n)]
elif strategy == "maximum-random":
    percents = [rng.randint(0, 100) for _ in range(MAX_N)]
else:
    percents = [rng.randint(5, 60) if rng.random() < 0.01 else rng.randint(95, 100) for _ in range(MAX_N)]
n = len(percents)
expected = sum(percents) // 100
around = int(n ** 0.5) // 2 + 1
threshold = min(n, max(1, expected + rng.randint(-around, around)))
print(*([n, threshold] if HAS_K else [n]))
for percent in percents:
    print(percent)
`
