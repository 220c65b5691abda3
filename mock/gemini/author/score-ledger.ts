// Rows of a name and two numbers: sorting by several keys, and the best record of everybody before sorting.
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
  round: Text
  rounds: string
  player: Text
  players: string
}

interface Entry {
  name: string
  score: number
  time: number
}

interface Case {
  entries: readonly Entry[]
  k: number
}

const scenes: readonly Scene[] = [
  {
    title: text('오락실의 명예의 전당', 'Hall of Fame in the Arcade'),
    story: text(
      '동네 오락실에 새 게임기가 들어왔다. 주인은 손님들의 기록을 빠짐없이 장부에 적어 두었다가, 주말마다 명예의 전당을 새로 써 붙인다.',
      'A new machine has arrived in the arcade. The owner keeps a ledger of every single game, and each weekend a new hall of fame is put up on the wall.',
    ),
    round: text('게임', 'game'),
    rounds: 'games',
    player: text('손님', 'guest'),
    players: 'guests',
  },
  {
    title: text('산악 달리기 대회', 'The Mountain Run'),
    story: text(
      '산악 달리기 대회에서는 코스를 따라 놓인 깃발을 되도록 많이, 되도록 빨리 모아야 한다. 심판은 출전 기록을 들어온 차례대로 장부에 적었다.',
      'In the mountain run the competitors have to collect as many flags as possible along the course, and as quickly as possible. The referee has written down the results as they came in.',
    ),
    round: text('출전', 'run'),
    rounds: 'runs',
    player: text('선수', 'runner'),
    players: 'runners',
  },
  {
    title: text('온라인 퍼즐 대회', 'The Online Puzzle Contest'),
    story: text(
      '온라인 퍼즐 대회가 막을 내렸다. 서버에는 참가자들이 제출한 답안의 채점 결과가 제출된 차례대로 남아 있고, 이제 순위표를 만들 일만 남았다.',
      'The online puzzle contest is over. The server holds the marks of all submissions in the order in which they arrived, and all that remains is to draw up the ranking.',
    ),
    round: text('제출', 'submission'),
    rounds: 'submissions',
    player: text('참가자', 'participant'),
    players: 'participants',
  },
]

const tasks = {
  easy: {
    asked: ({ round, rounds }) =>
      text(
        `${round.ko} 기록을 점수 score가 높은 것부터, 점수가 같으면 걸린 시간 time이 짧은 것부터, 그것도 같으면 장부에 먼저 적힌 것부터 늘어놓는다. 앞에서부터 K개의 ${round.ko} 기록에 적힌 이름을 차례로 구하시오. 같은 이름이 여러 번 나올 수도 있다.`,
        `Order the ${rounds} by score, highest first; among equal scores by time, shortest first; and if these are equal too, in the order of the ledger. Find the names of the first K ${rounds} in that order. The same name may come up several times.`,
      ),
    output: ({ rounds }) =>
      text(
        'K개의 이름을 순서대로 한 줄에 하나씩 출력한다.',
        `Print the names of the first K ${rounds}, one on each line.`,
      ),
    solve: ({ entries, k }) =>
      ranked(entries)
        .slice(0, k)
        .map(({ name }) => name)
        .join('\n'),
    reference: program(
      text(
        '점수의 부호를 바꾼 값과 시간을 기준으로 안정 정렬한다.',
        'A stable sort by the negated score and the time.',
      ),
      'O(N log N)',
      `
import sys


def main():
    n, k, *fields = sys.stdin.read().split()
    entries = list(zip(fields[::3], map(int, fields[1::3]), map(int, fields[2::3])))
    entries.sort(key=lambda entry: (-entry[1], entry[2]))
    for name, _, _ in entries[:int(k)]:
        print(name)


main()
`,
    ),
    bruteForce: program(
      text('남은 기록 가운데 가장 앞설 것을 K번 골라낸다.', 'Pick the best remaining record K times.'),
      'O(N * K)',
      `
n, k = map(int, input().split())
entries = []
for _ in range(n):
    name, score, time = input().split()
    entries.append((name, int(score), int(time)))
for _ in range(k):
    best = 0
    for i in range(len(entries)):
        _, score, time = entries[i]
        if score > entries[best][1] or score == entries[best][1] and time < entries[best][2]:
            best = i
    print(entries[best][0])
    del entries[best]
`,
    ),
  },
  medium: {
    asked: ({ round, rounds, player, players }) =>
      text(
        `이름이 같은 ${round.ko} 기록은 모두 같은 ${player.ko}의 것이다. ${player.ko}마다 가장 좋은 ${round.ko} 기록 하나만 남기는데, 점수 score가 더 높으면 더 좋고, 점수가 같으면 걸린 시간 time이 더 짧은 쪽이 더 좋다. 남은 기록을 좋은 것부터 늘어놓되, 점수와 시간이 모두 같으면 이름 name이 사전 순으로 앞서는 것부터 놓는다. 앞에서부터 K명의 기록을 구하시오. ${player.ko}이(가) K명보다 적으면 모두 구한다.`,
        `All ${rounds} with the same name belong to the same ${player.en}. Only the best one counts for each ${player.en}: a higher score is better, and among equal scores a shorter time. Order the ${players} from the best record to the worst; those with equal score and time are ordered alphabetically by name. Find the first K ${players} with their records, or all of them if there are fewer than K.`,
      ),
    output: ({ player, players }) =>
      text(
        `${player.ko}마다 이름, 점수, 시간을 공백으로 구분하여 한 줄에 하나씩 순서대로 출력한다.`,
        `Print one line for each of these ${players}, in order: name, score and time, separated by spaces.`,
      ),
    solve: ({ entries, k }) => {
      const seen = new Set<string>()
      const best = ranked(entries).filter(({ name }) => seen.size !== seen.add(name).size)
      const byName = best.toSorted((one, other) => (one.name < other.name ? -1 : 1))
      return ranked(byName)
        .slice(0, k)
        .map(({ name, score, time }) => `${name} ${score} ${time}`)
        .join('\n')
    },
    reference: program(
      text(
        '이름마다 가장 좋은 기록을 해시 테이블에 모은 뒤, 세 가지 기준으로 정렬한다.',
        'Collect the best record of every name in a hash table, then sort by the three keys.',
      ),
      'O(N log N)',
      `
import sys


def main():
    n, k, *fields = sys.stdin.read().split()
    best = {}
    for name, score, time in zip(fields[::3], fields[1::3], fields[2::3]):
        record = (-int(score), int(time))
        if name not in best or record < best[name]:
            best[name] = record
    ranking = sorted((record, name) for name, record in best.items())
    for (score, time), name in ranking[:int(k)]:
        print(name, -score, time)


main()
`,
    ),
    bruteForce: program(
      text(
        '기록마다 그것보다 앞서는 다른 사람의 기록을 모두 세어 등수를 정한다.',
        'Rank every record by counting the people who are ahead of it.',
      ),
      'O(N^2)',
      `
n, k = map(int, input().split())
rows = []
for _ in range(n):
    name, score, time = input().split()
    rows.append((name, int(score), int(time)))


def ahead(p, q):
    if p[1] != q[1]:
        return p[1] > q[1]
    if p[2] != q[2]:
        return p[2] < q[2]
    return p[0] < q[0]


places = {}
for row in rows:
    if not any(other[0] == row[0] and ahead(other, row) for other in rows):
        rank = len(set(other[0] for other in rows if ahead(other, row)))
        places[rank] = row
for rank in range(min(k, len(places))):
    print(*places[rank])
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write who read the same statement: wrong ideas, slow programs and an independent solution. */
const otherSolutions = {
  easy: {
    wrong: [
      edited(
        text('점수와 시간이 모두 같으면 이름의 사전 순으로 놓는다.', 'Orders equal scores and times by name.'),
        tasks.easy.reference,
        ['(-entry[1], entry[2])', '(-entry[1], entry[2], entry[0])'],
      ),
      edited(
        text('걸린 시간은 보지 않고 점수만 비교한다.', 'Compares the scores only, not the times.'),
        tasks.easy.reference,
        ['(-entry[1], entry[2])', '-entry[1]'],
      ),
      edited(text('같은 이름은 한 번만 적는다.', 'Prints every name only once.'), tasks.easy.reference, [
        'for name, _, _ in entries[:int(k)]:',
        'for name in list(dict.fromkeys(name for name, _, _ in entries))[:int(k)]:',
      ]),
      edited(
        text('점수를 수가 아니라 글자로 비교한다.', 'Compares the scores as text instead of numbers.'),
        tasks.easy.reference,
        ['map(int, fields[1::3])', 'fields[1::3]'],
        [
          'entries.sort(key=lambda entry: (-entry[1], entry[2]))',
          `entries.sort(key=lambda entry: entry[2])
    entries.sort(key=lambda entry: entry[1], reverse=True)`,
        ],
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '모든 기록을 우선순위 큐에 넣고 K번 꺼낸다.',
        'Put all records into a priority queue and take K of them out.',
      ),
      'O(N log N)',
      `
#include <functional>
#include <iostream>
#include <queue>
#include <string>
#include <tuple>
#include <vector>

int main() {
    int n, k;
    std::cin >> n >> k;
    std::vector<std::string> names(n);
    using Record = std::tuple<int, int, int>;
    std::priority_queue<Record, std::vector<Record>, std::greater<Record>> queue;
    for (int i = 0; i < n; ++i) {
        int score, time;
        std::cin >> names[i] >> score >> time;
        queue.push({-score, time, i});
    }
    while (k--) {
        std::cout << names[std::get<2>(queue.top())] << '\\n';
        queue.pop();
    }
}
`,
    ),
  },
  medium: {
    wrong: [
      edited(
        text('같은 사람의 기록은 점수만 비교해 고른다.', 'Compares the records of the same person by score only.'),
        tasks.medium.reference,
        ['record < best[name]', 'record[0] < best[name][0]'],
      ),
      edited(
        text(
          '점수와 시간이 모두 같으면 장부에 먼저 나온 사람을 앞에 둔다.',
          'Orders equal records by who came first in the ledger instead of by name.',
        ),
        tasks.medium.reference,
        ['in best.items())', 'in best.items()), key=lambda one: one[0])'],
        ['sorted((record', 'sorted(((record'],
      ),
      edited(
        text(
          '사람마다 가장 높은 점수와 가장 짧은 시간을 따로 고른다.',
          'Takes the highest score and the shortest time of everybody separately.',
        ),
        tasks.medium.reference,
        [
          `if name not in best or record < best[name]:
            best[name] = record`,
          'best[name] = tuple(map(min, record, best.get(name, record)))',
        ],
      ),
      decoy(
        text(
          '먼저 앞에서부터 K개의 기록을 고른 뒤 같은 사람의 것을 지운다.',
          'Takes the first K records before dropping those of the same person.',
        ),
        `
import sys


def main():
    n, k, *fields = sys.stdin.read().split()
    records = sorted(zip((-int(score) for score in fields[1::3]), map(int, fields[2::3]), fields[::3]))
    seen = set()
    for score, time, name in records[:int(k)]:
        if name not in seen:
            seen.add(name)
            print(name, -score, time)


main()
`,
      ),
    ],
    slow: [
      decoy(
        text('이름을 목록에서 처음부터 찾아 그 사람의 기록을 고친다.', 'Searches a list for the name of every record.'),
        `
import sys


def main():
    n, k, *fields = sys.stdin.read().split()
    best = []
    for name, score, time in zip(fields[::3], fields[1::3], fields[2::3]):
        record = (-int(score), int(time), name)
        for place, known in enumerate(best):
            if known[2] == name:
                best[place] = min(known, record)
                break
        else:
            best.append(record)
    best.sort()
    for score, time, name in best[:int(k)]:
        print(name, -score, time)


main()
`,
      ),
      decoy(
        text('남은 사람 가운데 가장 앞설 사람을 K번 골라낸다.', 'Picks the best of the remaining people K times.'),
        `
import sys


def main():
    n, k, *fields = sys.stdin.read().split()
    best = {}
    for name, score, time in zip(fields[::3], fields[1::3], fields[2::3]):
        record = (-int(score), int(time), name)
        best[name] = min(record, best.get(name, record))
    for _ in range(min(int(k), len(best))):
        leader = min(best, key=lambda name: best[name])
        score, time, _ = best.pop(leader)
        print(leader, -score, time)


main()
`,
      ),
    ],
    solver: cppSolver(
      text(
        '이름, 점수, 시간 순으로 정렬해 사람마다 첫 기록만 남기고 다시 정렬한다.',
        'Sort by name, score and time, keep the first record of everybody, and sort those again.',
      ),
      'O(N log N)',
      `
#include <algorithm>
#include <iostream>
#include <string>
#include <tuple>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    size_t n, k;
    std::cin >> n >> k;
    std::vector<std::tuple<std::string, int, int>> records(n);
    for (auto &[name, score, time] : records) {
        std::cin >> name >> score >> time;
        score = -score;
    }
    std::sort(records.begin(), records.end());
    std::vector<std::tuple<int, int, std::string>> ranking;
    for (auto &[name, score, time] : records)
        if (ranking.empty() || std::get<2>(ranking.back()) != name) ranking.push_back({score, time, name});
    std::sort(ranking.begin(), ranking.end());
    for (size_t i = 0; i < std::min(k, ranking.size()); ++i) {
        auto &[score, time, name] = ranking[i];
        std::cout << name << ' ' << -score << ' ' << time << '\\n';
    }
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const scoreLedger: Blueprint = {
  id: 'score-ledger',
  topics: ['sorting'],
  words: ['순위', '오락실', '달리기', '퍼즐', 'ranking', 'arcade', 'leaderboard', 'puzzle'],
  drafts: { easy: (random) => draft('easy', random), medium: (random) => draft('medium', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const bounds = {
    MAX_N: level === 'easy' ? random.integer(3, 10) * 100 : random.integer(50, 60) * 1000,
    MAX_SCORE: random.pick([1000, 5000, 100_000]),
    MAX_TIME: random.pick([3600, 7200, 10_000]),
    MAX_NAME: random.integer(6, 8),
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(scene)),
    input: [
      line(integer('N', 1, bounds.MAX_N), integer('K', 1, 'N')),
      {
        kind: 'rows',
        name: 'B',
        count: 'N',
        fields: [
          word('name', 1, bounds.MAX_NAME, 'a-z'),
          integer('score', 0, bounds.MAX_SCORE),
          integer('time', 1, bounds.MAX_TIME),
        ],
        distinct: false,
      },
    ],
    samples: varied(
      () => sample(level, random, 5, 3),
      () => sample(level, random, 7, 5),
    ),
    illegalInputs: [
      illegal('2 3\nann 5 6\nbob 7 8\n', 'K가 N보다 크다.', 'The value K is greater than N.'),
      illegal('1 1\nAnn 5 6\n', '이름에 대문자가 있다.', 'A name contains an upper-case letter.'),
      illegal('1 1\nann 5 0\n', 'time이 하한보다 작다.', 'The value time is below its lower bound.'),
      illegal(`1 1\n${'a'.repeat(bounds.MAX_NAME + 1)} 5 6\n`, '이름이 너무 길다.', 'A name is too long.'),
      illegal('2 1\nann 5 6\n', '줄이 N개보다 적다.', 'There are fewer than N lines.'),
    ],
    generator: {
      strategies: [
        strategy('random-ledger', 'random', '크기가 다양한 무작위 장부', 'random ledgers of many sizes'),
        strategy('edge-ties', 'edge', '점수와 시간이 거의 같은 장부', 'ledgers where scores and times hardly differ'),
        strategy('maximum-ledger', 'maximum', '가장 긴 무작위 장부', 'a random ledger of the largest size'),
        strategy(
          'adversarial-regulars',
          'adversarial',
          '몇 사람이 점점 나은 기록을 내는 가장 긴 장부',
          'a longest ledger in which few people improve again and again',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given({ round, rounds }: Scene): Text {
  return text(
    `${round.ko} 기록 N개를 차례로 적은 장부 B와 정수 K가 주어진다. B의 각 줄에는 이름 name, 점수 score, 걸린 시간 time이 적혀 있다.`,
    `You are given an integer K and a ledger B of N ${rounds}. Each line of B holds a name, a score and a time: who it was, the points won, and how long it took.`,
  )
}

function sample(level: keyof typeof tasks, random: Random, n: number, k: number): Sample {
  const names = random.shuffle(['bora', 'dan', 'hyun', 'jin', 'mina', 'sol', 'yuri']).slice(0, 4)
  const entries = Array.from({ length: n }, () => ({
    name: random.pick(names),
    score: random.integer(3, 6) * 10,
    time: random.integer(4, 6) * 15,
  }))
  return {
    input: lines([n, k], ...entries.map(({ name, score, time }) => [name, score, time])),
    output: lines([tasks[level].solve({ entries, k })]),
  }
}

function ranked(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => other.score - one.score || one.time - other.time)
}

const generatorBody = `

def names(count):
    return ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(1, MAX_NAME))) for _ in range(count)]


if strategy == "random-ledger":
    n = rng.choice([rng.randint(5, 12), rng.randint(30, 150), rng.randint(MAX_N // 4, MAX_N // 2)])
    k = rng.randint(1, n)
    people = names(max(3, n // 3))
    rows = [(rng.choice(people), rng.randint(0, MAX_SCORE), rng.randint(1, MAX_TIME)) for _ in range(n)]
elif strategy == "edge-ties":
    n = rng.randint(15, 60)
    k = rng.choice([1, n // 2, n])
    people = names(8) + ["a", "a" * MAX_NAME, "z" * MAX_NAME]
    rows = [(rng.choice(people), rng.choice([0, 1, MAX_SCORE]), rng.choice([1, 2, MAX_TIME])) for _ in range(n)]
elif strategy == "maximum-ledger":
    k = MAX_N // 2
    people = names(MAX_N // 2)
    rows = [(rng.choice(people), rng.randint(0, MAX_SCORE), rng.randint(1, MAX_TIME)) for _ in range(MAX_N)]
else:
    k = MAX_N
    people = names(50)
    rows = []
    for i in range(MAX_N):
        score = MAX_SCORE * i // MAX_N
        rows.append((rng.choice(people), score, rng.randint(1, MAX_TIME)))
print(len(rows), k)
print("\\n".join(f"{name} {score} {time}" for name, score, time in rows))
`
