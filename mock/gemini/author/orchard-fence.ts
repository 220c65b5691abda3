// Different points with integer coordinates: the area of their convex hull, and the two that are farthest apart (antipodal pairs).
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
  fence: Text
  rope: Text
}

type Case = readonly (readonly [number, number])[]

const scenes: readonly Scene[] = [
  {
    title: text('과수원의 울타리', 'A Fence for the Orchard'),
    story: text(
      '오래된 과수원의 나무들은 아무렇게나 심겨 있다. 주인은 과수원을 울타리로 둘러싸고 나무 사이에 줄을 매려고 지도를 펼쳤다.',
      'The trees of the old orchard were planted without any plan. The owner unrolls the map to think about a fence around them and a rope between them.',
    ),
    thing: text('나무', 'tree'),
    things: 'trees',
    fence: text('울타리', 'fence'),
    rope: text('밧줄', 'rope'),
  },
  {
    title: text('바다 위의 부표', 'Buoys on the Sea'),
    story: text(
      '연구선이 바다 곳곳에 부표를 띄워 두었다. 해류를 조사하려면 부표를 모두 둘러싸는 그물과 부표를 잇는 굵은 전선이 필요하다.',
      'A research ship has left buoys all over the sea. To study the current it needs a net around all of them, and a heavy cable between two.',
    ),
    thing: text('부표', 'buoy'),
    things: 'buoys',
    fence: text('그물', 'net'),
    rope: text('전선', 'cable'),
  },
  {
    title: text('유적지의 말뚝', 'Stakes at the Dig'),
    story: text(
      '발굴단은 유물이 나온 자리마다 말뚝을 박았다. 이제 유적지를 둘러싸는 띠를 치고 말뚝 사이의 거리를 재려고 한다.',
      'The diggers drove a stake into the ground wherever they found something. Now a tape is to go around the site, and a chain is needed to measure between the stakes.',
    ),
    thing: text('말뚝', 'stake'),
    things: 'stakes',
    fence: text('띠', 'tape'),
    rope: text('사슬', 'chain'),
  },
]

const hull = `
import sys


def half(points):
    chain = []
    for x, y in points:
        while len(chain) > 1:
            bx, by = chain[-1]
            ax, ay = chain[-2]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def convex_hull(points):
    points.sort()
    if len(points) < 3:
        return points
    return half(points)[:-1] + half(points[::-1])[:-1]

`

const shoelace = program(
  text(
    '점을 정렬하여 아래쪽과 위쪽 껍질을 각각 스택으로 만들고, 꼭짓점을 차례로 돌며 외적을 더한다.',
    'Sort the points, build the lower and the upper hull with a stack each, and add up the cross products around it.',
  ),
  'O(N log N)',
  `${hull}
def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    corners = convex_hull(list(zip(data[1::2], data[2::2])))
    total = 0
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1]):
        total += ax * by - ay * bx
    print(total)


main()
`,
)

const antipodal = program(
  text(
    '볼록 껍질만 남기고, 변마다 그 변에서 가장 먼 꼭짓점을 가리키는 손을 함께 돌린다. 가장 먼 쌍은 이렇게 마주 보는 쌍 가운데 있다.',
    'Keep the convex hull only. Go around its edges and turn a second hand along to the corner farthest from the edge; the farthest pair is among those facing each other.',
  ),
  'O(N log N)',
  `${hull}
def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    corners = convex_hull(list(zip(data[1::2], data[2::2])))
    size = len(corners)
    best = 0
    j = 1 % size
    for i in range(size):
        ax, ay = corners[i]
        bx, by = corners[(i + 1) % size]
        while True:
            cx, cy = corners[j]
            distance = (ax - cx) ** 2 + (ay - cy) ** 2
            if distance > best:
                best = distance
            dx, dy = corners[(j + 1) % size]
            if (bx - ax) * (dy - cy) - (by - ay) * (dx - cx) <= 0:
                break
            j = (j + 1) % size
        distance = (bx - cx) ** 2 + (by - cy) ** 2
        if distance > best:
            best = distance
    print(best)


main()
`,
)

const readPoints = `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
points = list(zip(data[1::2], data[2::2]))`

const cppPoints = `
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;
typedef pair<ll, ll> Point;

ll cross(Point o, Point a, Point b) {
    return (a.first - o.first) * (b.second - o.second) - (a.second - o.second) * (b.first - o.first);
}

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    vector<Point> points(n);
    for (auto& [x, y] : points) if (scanf("%lld %lld", &x, &y) != 2) return 1;`

const tasks = {
  medium: {
    asked: ({ thing, things, fence }) =>
      text(
        `${thing.ko}을(를) 모두 둘러싸는 볼록한 ${fence.ko} 가운데 둘레 안의 넓이가 가장 작은 것을 친다. ${fence.ko}은(는) ${thing.ko}에 닿아도 된다. 그 넓이의 두 배는 언제나 정수이다. 넓이의 두 배를 구하시오. ${thing.ko}이(가) 모두 한 직선 위에 있거나 하나뿐이면 넓이는 0이다.`,
        `Among all convex ${fence.en}s that have every ${thing.en} inside or on them, the one around the smallest area is put up. Twice that area is always an integer; find it. The area is 0 when all ${things} lie on one straight line or when there is only one.`,
      ),
    output: () => text('넓이의 두 배를 정수로 출력한다.', 'Print twice the area, an integer.'),
    solve: (points) =>
      points
        .flatMap((p) => points.map((q) => [p, q] as const))
        .filter(([p, q]) => p !== q && points.every((r) => turn(p, q, r) > 0 || isBetween(p, q, r)))
        .reduce((sum, [p, q]) => sum + p[0] * q[1] - p[1] * q[0], 0),
    reference: shoelace,
    bruteForce: program(
      text(
        '두 점을 잇는 선분 가운데 나머지 점이 모두 한쪽에 있는 것을 찾아 외적을 더한다.',
        'Find the segments between two points that have all others on one side, and add up their cross products.',
      ),
      'O(N^3)',
      `
import sys

data = list(map(int, sys.stdin.read().split()))
points = list(zip(data[1::2], data[2::2]))


def is_edge(p, q):
    for r in points:
        turn = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
        if turn < 0:
            return False
        if turn == 0 and not (min(p, q) <= r <= max(p, q)):
            return False
    return True


total = 0
for p in points:
    for q in points:
        if p != q and is_edge(p, q):
            total += p[0] * q[1] - p[1] * q[0]
print(total)
`,
    ),
    wrong: [
      decoy(
        text('축에 나란한 가장 작은 직사각형의 넓이를 구한다.', 'Takes the smallest rectangle along the axes.'),
        `${readPoints}
width = max(x for x, _ in points) - min(x for x, _ in points)
height = max(y for _, y in points) - min(y for _, y in points)
print(2 * width * height)
`,
      ),
      decoy(
        text(
          '주어진 순서대로 이은 다각형의 넓이를 구한다.',
          'Takes the polygon through the points in the order given.',
        ),
        `${readPoints}
total = 0
for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
    total += ax * by - ay * bx
print(abs(total))
`,
      ),
      decoy(
        text(
          '가운데에서 본 각도로 정렬하여 모든 점을 잇는다. 안쪽으로 파인 곳이 생긴다.',
          'Sorts by the angle seen from the middle and joins all points, dents included.',
        ),
        `${readPoints}
from math import atan2

cx = sum(x for x, _ in points) / len(points)
cy = sum(y for _, y in points) / len(points)
points.sort(key=lambda point: (atan2(point[1] - cy, point[0] - cx), point))
total = 0
for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
    total += ax * by - ay * bx
print(abs(total))
`,
      ),
      edited(
        text('넓이를 정수로 내림한 다음 두 배로 한다.', 'Rounds the area down to an integer before doubling it.'),
        shoelace,
        ['print(total)', 'print(total // 2 * 2)'],
      ),
    ],
    slow: [
      decoy(
        text(
          '껍질의 꼭짓점마다 모든 점을 훑어 다음 꼭짓점을 찾는다.',
          'Runs through all points at every corner of the hull to find the next corner.',
        ),
        `${readPoints}


def main():
    start = min(points)
    total = 0
    px, py = start
    while True:
        qx, qy = px, py
        for x, y in points:
            turn = (qx - px) * (y - py) - (qy - py) * (x - px)
            if turn < 0 or turn == 0 and (x - px) ** 2 + (y - py) ** 2 > (qx - px) ** 2 + (qy - py) ** 2:
                qx, qy = x, y
        total += px * qy - py * qx
        px, py = qx, qy
        if (px, py) == start:
            break
    print(abs(total))


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '가장 아래의 점에서 본 각도로 나머지를 정렬하고 스택 하나로 껍질을 만든다. 넓이는 그 점에서 나눈 삼각형의 합이다.',
        'Sort by the angle seen from the lowest point and build the hull with one stack. The area is the sum of triangles from that point.',
      ),
      'O(N log N)',
      `${cppPoints}
    auto lowest = min_element(points.begin(), points.end(), [](const Point& a, const Point& b) {
        return make_pair(a.second, a.first) < make_pair(b.second, b.first);
    });
    iter_swap(points.begin(), lowest);
    Point origin = points[0];
    auto away = [&](const Point& a) { return llabs(a.first - origin.first) + llabs(a.second - origin.second); };
    sort(points.begin() + 1, points.end(), [&](const Point& a, const Point& b) {
        ll turn = cross(origin, a, b);
        return turn != 0 ? turn > 0 : away(a) < away(b);
    });
    vector<Point> stack;
    for (const Point& point : points) {
        while (stack.size() > 1 && cross(stack[stack.size() - 2], stack.back(), point) <= 0) stack.pop_back();
        stack.push_back(point);
    }
    ll area = 0;
    for (size_t i = 2; i < stack.size(); i++) area += cross(origin, stack[i - 1], stack[i]);
    printf("%lld\\n", area);
}
`,
    ),
  },
  hard: {
    asked: ({ thing, things, rope }) =>
      text(
        `두 ${thing.ko}을(를) 곧게 잇는 ${rope.ko}을(를) 하나 준비하는데, 어느 두 ${thing.ko}을(를) 고르더라도 모자라지 않아야 한다. 가장 멀리 떨어진 두 ${thing.ko} 사이의 거리의 제곱을 구하시오. ${thing.ko}이(가) 하나뿐이면 답은 0이다.`,
        `One ${rope.en} has to be long enough to join any two ${things} in a straight line, whichever two are picked. Find the square of the distance between the two ${things} that are farthest apart; it is 0 when there is only one ${thing.en}.`,
      ),
    output: () => text('거리의 제곱을 정수로 출력한다.', 'Print the square of the distance, an integer.'),
    solve: (points) => Math.max(...points.flatMap((p) => points.map((q) => (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2))),
    reference: antipodal,
    bruteForce: program(
      text('모든 쌍의 거리를 잰다.', 'Measure every pair.'),
      'O(N^2)',
      `
import sys

data = list(map(int, sys.stdin.read().split()))
points = list(zip(data[1::2], data[2::2]))
best = 0
for ax, ay in points:
    for bx, by in points:
        best = max(best, (ax - bx) ** 2 + (ay - by) ** 2)
print(best)
`,
    ),
    wrong: [
      decoy(
        text(
          '첫 점에서 가장 먼 점을 찾고, 거기서 다시 가장 먼 점을 찾으면 된다고 여긴다.',
          'Goes to the point farthest from the first one, and from there to the farthest again, as one does in a tree.',
        ),
        `${readPoints}


def farthest(ax, ay):
    return max(points, key=lambda point: ((point[0] - ax) ** 2 + (point[1] - ay) ** 2, point))


a = farthest(*points[0])
b = farthest(*a)
print((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
`,
      ),
      decoy(
        text('네 방향의 끝에 있는 점만 비교한다.', 'Compares only the points at the four ends of the axes.'),
        `${readPoints}
ends = [min(points), max(points)]
turned = [(y, x) for x, y in points]
ends += [min(turned)[::-1], max(turned)[::-1]]
print(max((ax - bx) ** 2 + (ay - by) ** 2 for ax, ay in ends for bx, by in ends))
`,
      ),
      decoy(
        text(
          '가로와 세로 거리의 합이 가장 큰 쌍을 고른다.',
          'Picks the pair whose sum of the horizontal and the vertical distance is greatest.',
        ),
        `${readPoints}
best = 0
for sign in (1, -1):
    low = min(points, key=lambda point: (point[0] + sign * point[1], point))
    high = max(points, key=lambda point: (point[0] + sign * point[1], point))
    across = (abs(low[0] - high[0]) + abs(low[1] - high[1]), (low[0] - high[0]) ** 2 + (low[1] - high[1]) ** 2)
    best = max(best, across) if best else across
print(best[1])
`,
      ),
      decoy(
        text('모든 점을 담는 직사각형의 대각선을 잰다.', 'Measures the diagonal of the rectangle around all points.'),
        `${readPoints}
width = max(x for x, _ in points) - min(x for x, _ in points)
height = max(y for _, y in points) - min(y for _, y in points)
print(width ** 2 + height ** 2)
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '볼록 껍질만 남기고 그 꼭짓점의 모든 쌍을 잰다. 꼭짓점이 많으면 느리다.',
          'Keeps the convex hull and measures all pairs of its corners, of which there may be many.',
        ),
        `${hull}
def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    corners = convex_hull(list(zip(data[1::2], data[2::2])))
    best = 0
    for i, (ax, ay) in enumerate(corners):
        for bx, by in corners[:i]:
            distance = (ax - bx) ** 2 + (ay - by) ** 2
            if distance > best:
                best = distance
    print(best)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '위쪽과 아래쪽 껍질을 따로 만들고, 한쪽은 왼쪽 끝에서, 다른 쪽은 오른쪽 끝에서 출발하여 기울기를 비교하며 마주 보는 쌍을 모두 지나간다.',
        'Build the upper and the lower hull apart; walk one from the left and the other from the right by comparing slopes, which passes all pairs that face each other.',
      ),
      'O(N log N)',
      `${cppPoints}
    sort(points.begin(), points.end());
    vector<Point> upper, lower;
    for (const Point& point : points) {
        while (upper.size() > 1 && cross(upper[upper.size() - 2], upper.back(), point) >= 0) upper.pop_back();
        while (lower.size() > 1 && cross(lower[lower.size() - 2], lower.back(), point) <= 0) lower.pop_back();
        upper.push_back(point);
        lower.push_back(point);
    }
    ll best = 0;
    size_t i = 0, j = lower.size() - 1;
    while (true) {
        ll dx = upper[i].first - lower[j].first, dy = upper[i].second - lower[j].second;
        best = max(best, dx * dx + dy * dy);
        bool top = i + 1 == upper.size(), bottom = j == 0;
        if (top && bottom) break;
        if (top) {
            j--;
        } else if (bottom) {
            i++;
        } else {
            ll ux = upper[i + 1].first - upper[i].first, uy = upper[i + 1].second - upper[i].second;
            ll lx = lower[j].first - lower[j - 1].first, ly = lower[j].second - lower[j - 1].second;
            if (uy * lx > ly * ux) i++;
            else j--;
        }
    }
    printf("%lld\\n", best);
}
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const orchardFence: Blueprint = {
  id: 'orchard-fence',
  topics: ['geometry'],
  words: ['과수원', '울타리', '부표', '유적', 'orchard', 'fence', 'buoy', 'convex', 'farthest', '볼록'],
  drafts: { medium: (random) => draft('medium', random), hard: (random) => draft('hard', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = { MAX_N: random.integer(30, 40) * 1000, MAX_C: random.pick([1_000_000, 2_000_000, 5_000_000]) }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N)),
      {
        kind: 'rows',
        name: 'P',
        count: 'N',
        fields: [integer('x', -bounds.MAX_C, bounds.MAX_C), integer('y', -bounds.MAX_C, bounds.MAX_C)],
        distinct: true,
      },
    ],
    samples: varied(
      () => sample(level, random, 5),
      () => sample(level, random, 7),
      () => sample(level, random, 2),
    ),
    illegalInputs: [
      illegal('3\n0 0\n1 1\n0 0\n', '같은 점이 두 번 나온다.', 'A point appears twice.'),
      illegal(`2\n0 0\n${bounds.MAX_C + 1} 0\n`, 'x가 상한보다 크다.', 'The value x is above its upper bound.'),
      illegal(`2\n0 0\n0 ${-bounds.MAX_C - 1}\n`, 'y가 하한보다 작다.', 'The value y is below its lower bound.'),
      illegal('3\n0 0\n1 1\n', '점이 N개보다 적다.', 'There are fewer than N points.'),
      illegal('2\n0 0\n1 0.5\n', '좌표가 정수가 아니다.', 'A coordinate is not an integer.'),
    ],
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '크기와 흩어진 정도가 다양한 점', 'points of many numbers and spreads'),
        strategy('edge-line', 'edge', '한 직선 위이거나 거의 그런 점', 'points on a line, or nearly so'),
        strategy('maximum-random', 'maximum', '가장 많은 무작위 점', 'as many random points as there may be'),
        strategy(
          'adversarial-round',
          'adversarial',
          '거의 모든 점이 꼭짓점인 둥근 다각형',
          'a round polygon that has nearly every point as a corner',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ thing, things }: Scene): Text {
  return text(
    `평면 위에 서로 다른 자리에 있는 ${thing.ko} N개의 목록 P가 주어진다. P의 각 줄은 ${thing.ko} 하나의 좌표 x와 y이다.`,
    `P is a list of N ${things} in the plane, all at different places. Each line of P has the coordinates x and y of one ${thing.en}.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number): Sample {
  const all = Array.from({ length: 81 }, (_, index) => [(index % 9) - 4, Math.floor(index / 9) - 4] as const)
  const points = random.shuffle(all).slice(0, n)
  return { input: lines([n], ...points), output: lines([tasks[level].solve(points)]) }
}

type Point = Case[number]

function turn(p: Point, q: Point, r: Point): number {
  return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
}

function isBetween(p: Point, q: Point, r: Point): boolean {
  const along = (r[0] - p[0]) * (r[0] - q[0]) + (r[1] - p[1]) * (r[1] - q[1])
  return turn(p, q, r) === 0 && along <= 0
}

const generatorBody = `
from math import atan2, gcd


def scattered(n, spread):
    points = {}
    while len(points) < n:
        points[rng.randint(-spread, spread), rng.randint(-spread, spread)] = True
    return list(points)


def round_polygon():
    size = 90
    steps = [(a, b) for a in range(size) for b in range(1, size) if gcd(a, b) == 1]
    steps += [(-b, a) for a, b in steps]
    steps += [(-a, -b) for a, b in steps]
    steps.sort(key=lambda step: atan2(step[1], step[0]))
    x = y = 0
    corners = []
    for a, b in steps:
        corners.append((x, y))
        x += a
        y += b
    middle_x = (min(x for x, _ in corners) + max(x for x, _ in corners)) // 2
    middle_y = (min(y for _, y in corners) + max(y for _, y in corners)) // 2
    return [(x - middle_x, y - middle_y) for x, y in corners]


def build():
    if strategy == "random-mixed":
        n = rng.choice([rng.randint(3, 10), rng.randint(20, 300), rng.randint(1000, MAX_N // 4)])
        return scattered(n, rng.choice([n, 10 * n, MAX_C]))
    if strategy == "edge-line":
        n = rng.randint(2, 30)
        a, b = rng.choice([(1, 0), (0, 1), (rng.randint(1, 9), rng.randint(-9, 9))])
        points = {(a * t, b * t): True for t in rng.sample(range(-1000, 1000), n)}
        for _ in range(rng.randint(0, 2)):
            points[rng.randint(-9, 9), rng.randint(-9, 9)] = True
        return list(points)
    if strategy == "maximum-random":
        return scattered(MAX_N, MAX_C)
    corners = round_polygon()
    points = rng.sample(corners, min(len(corners), MAX_N) * 4 // 5)
    taken = set(points)
    return points + [point for point in scattered(MAX_N - len(points), 1000) if point not in taken]


points = build()
rng.shuffle(points)
print(len(points))
print("\\n".join(f"{x} {y}" for x, y in points))
`
