// A number and a string: collapsing runs (stack), the longest repairable stretch (two pointers), repeated beginnings (Z function).
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
  type Blueprint,
  type Draft,
  type Sample,
  type Task,
} from './draft.ts'
import { text, type Random, type Text } from './story.ts'

interface Scene {
  title: Text
  story: Text
  letter: Text
  letters: string
  whole: Text
}

interface Case {
  k: number
  s: string
}

const scenes: readonly Scene[] = [
  {
    title: text('탐사선의 신호', 'Signals of the Probe'),
    story: text(
      '먼 행성으로 떠난 탐사선이 기호로 된 신호를 보내왔다. 지상국은 도착한 신호를 그대로 적어 두고 분석을 시작했다.',
      'A probe on its way to a distant planet has sent a signal made of symbols. The ground station wrote it down exactly as it arrived and now begins to analyse it.',
    ),
    letter: text('기호', 'symbol'),
    letters: 'symbols',
    whole: text('신호', 'signal'),
  },
  {
    title: text('구슬 띠의 무늬', 'Patterns of the Bead Strip'),
    story: text(
      '공방에서는 색이 다른 구슬을 한 줄로 꿰어 띠를 만든다. 장인은 완성된 띠의 무늬를 하나하나 살펴보고 있다.',
      'The workshop threads beads of different colours into strips. The craftsman is studying the pattern of a finished strip.',
    ),
    letter: text('구슬', 'bead'),
    letters: 'beads',
    whole: text('띠', 'strip'),
  },
  {
    title: text('철새의 노래', 'Songs of the Migrants'),
    story: text(
      '조류학자가 철새의 노래를 녹음해 음 하나를 글자 하나로 옮겨 적었다. 되풀이되는 음에서 새의 습성을 알아낼 수 있다고 한다.',
      'An ornithologist recorded the song of a migrating bird and wrote one letter for every note. The repetitions are said to give away the habits of the bird.',
    ),
    letter: text('음', 'note'),
    letters: 'notes',
    whole: text('노래', 'song'),
  },
]

const tasks = {
  easy: {
    asked: ({ letter, letters }) =>
      text(
        `같은 ${letter.ko}이(가) K개 이상 잇달아 놓인 곳이 있으면, 그 가운데 가장 왼쪽에 있는 곳에서 같은 ${letter.ko}을(를) 정확히 K개 없애고 남은 양쪽을 이어 붙인다. 없앨 곳이 없을 때까지 이 일을 되풀이한다. 마지막에 남는 문자열을 구하시오.`,
        `As long as K or more equal ${letters} stand next to one another somewhere, take the leftmost such place, remove exactly K of those equal ${letters} and push the two remaining parts together. Repeat until nothing can be removed. Find the string that is left.`,
      ),
    output: () =>
      text(
        '마지막에 남는 문자열을 출력한다. 아무것도 남지 않으면 EMPTY를 출력한다.',
        'Print the string that is left, or EMPTY if nothing is left.',
      ),
    solve: ({ k, s }) => collapse(k, s) || 'EMPTY',
    reference: program(
      text(
        '글자와 그때까지 이어진 개수를 스택에 쌓고, 개수가 K가 되면 K개를 꺼낸다.',
        'Stack each letter with the length of its run so far; when a run reaches K, drop K letters.',
      ),
      'O(|S|)',
      `
import sys


def main():
    k, s = sys.stdin.read().split()
    k = int(k)
    kept = []
    runs = []
    for letter in s:
        run = 1
        if kept and kept[-1] == letter:
            run = runs[-1] + 1
        kept.append(letter)
        runs.append(run)
        if run == k:
            del kept[-k:]
            del runs[-k:]
    print("".join(kept) or "EMPTY")


main()
`,
    ),
    bruteForce: program(
      text(
        '문제에 적힌 대로 맨 왼쪽부터 찾아 지우기를 되풀이한다.',
        'Do what the task says: search from the left, remove, start again.',
      ),
      'O(|S|^2 * K)',
      `
k = int(input())
s = input()
i = 0
while i + k <= len(s):
    if s[i:i + k] == s[i] * k:
        s = s[:i] + s[i + k:]
        i = 0
    else:
        i += 1
print(s if s else "EMPTY")
`,
    ),
  },
  medium: {
    asked: ({ letter, letters }) =>
      text(
        `S에서 연속한 부분 하나를 골라, 그 안의 ${letter.ko}을(를) 많아야 K개까지 다른 것으로 바꿀 수 있다. 고른 부분의 모든 ${letter.ko}이(가) 같아지게 할 수 있는 가장 긴 부분의 길이를 구하시오.`,
        `Choose a contiguous part of S; at most K of its ${letters} may be replaced by others. Find the greatest length of a part in which all ${letters} can be made equal.`,
      ),
    output: () => text('가장 긴 부분의 길이를 출력한다.', 'Print the greatest length.'),
    solve: ({ k, s }) =>
      Math.max(
        ...partsOf(s)
          .filter((part) => Array.from(part).some((letter) => part.replaceAll(letter, '').length <= k))
          .map((part) => part.length),
      ),
    reference: program(
      text(
        '창을 오른쪽으로 넓히면서, 창의 길이에서 가장 많은 글자의 수를 뺀 값이 K를 넘으면 왼쪽을 한 칸 줄인다. 가장 많은 글자의 수는 늘어날 때만 갱신하면 된다.',
        'Widen a window to the right; when its length minus its most frequent letter exceeds K, move the left end by one. The highest frequency only needs to be updated when it grows.',
      ),
      'O(|S|)',
      `
import sys


def main():
    k, s = sys.stdin.read().split()
    k = int(k)
    count = dict.fromkeys(s, 0)
    most = 0
    left = 0
    for right, letter in enumerate(s):
        count[letter] += 1
        most = max(most, count[letter])
        if right - left + 1 - most > k:
            count[s[left]] -= 1
            left += 1
    print(len(s) - left)


main()
`,
    ),
    bruteForce: program(
      text(
        '모든 부분과 모든 글자에 대해 바꿔야 하는 개수를 센다.',
        'For every part and every letter count the replacements that are needed.',
      ),
      'O(|S|^3)',
      `
k = int(input())
s = input()
best = 0
for i in range(len(s)):
    for j in range(i + 1, len(s) + 1):
        part = s[i:j]
        for letter in part:
            if len(part) - part.count(letter) <= k:
                best = max(best, len(part))
print(best)
`,
    ),
  },
  hard: {
    asked: ({ letter }) =>
      text(
        `S의 앞부분이란 S의 첫 ${letter.ko}부터 시작하는 연속한 부분을 말하며, S 전체도 앞부분이다. 길이가 K 이상인 앞부분마다 그것이 S 안에 나타나는 횟수를 세어 모두 더한 값을 구하시오. 나타나는 위치는 서로 겹쳐도 되고, 맨 앞에 나타나는 것도 센다.`,
        `A beginning of S is a contiguous part that starts with the first ${letter.en}; S itself is one of its beginnings. For every beginning of length K or more count how often it occurs in S, and find the sum of these counts. Occurrences may overlap, and the one at the very front counts too.`,
      ),
    output: () =>
      text(
        '횟수의 합을 출력한다. 길이가 K 이상인 앞부분이 없으면 0을 출력한다.',
        'Print the sum of the counts, which is 0 if no beginning has length K or more.',
      ),
    solve: ({ k, s }) => partsOf(s).filter((part) => part.length >= k && s.startsWith(part)).length,
    reference: program(
      text(
        '위치마다 거기서 시작하는 부분이 S의 앞부분과 얼마나 길게 일치하는지(Z 함수)를 구한다. 일치 길이가 z인 위치는 길이 K부터 z까지의 앞부분에 한 번씩 기여한다.',
        'Compute for every position how long the part from there agrees with the front of S (Z function). A position with agreement z is one occurrence of each beginning of length K to z.',
      ),
      'O(|S|)',
      `
import sys


def main():
    k, s = sys.stdin.read().split()
    k = int(k)
    n = len(s)
    z = [n] * n
    left = right = 0
    total = max(0, n - k + 1)
    for i in range(1, n):
        length = 0
        if i < right:
            length = min(right - i, z[i - left])
        while i + length < n and s[length] == s[i + length]:
            length += 1
        if i + length > right:
            left = i
            right = i + length
        z[i] = length
        total += max(0, length - k + 1)
    print(total)


main()
`,
    ),
    bruteForce: program(
      text('앞부분마다 S의 모든 위치와 비교한다.', 'Compare every beginning with every position of S.'),
      'O(|S|^3)',
      `
k = int(input())
s = input()
answer = 0
for length in range(k, len(s) + 1):
    for start in range(len(s) - length + 1):
        if s[start:start + length] == s[:length]:
            answer += 1
print(answer)
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

/** What others write who read the same statement: wrong ideas, slow programs and an independent solution. */
const otherSolutions = {
  easy: {
    wrong: [
      decoy(
        text('정확히 K개가 아니라 이어진 것을 모두 없앤다.', 'Removes the whole run instead of exactly K of it.'),
        `
import re

k = int(input())
s = input()
run = re.compile(r"(.)\\1{%d,}" % (k - 1))
while run.search(s):
    s = run.sub("", s, count=1)
print(s or "EMPTY")
`,
      ),
      decoy(
        text(
          '왼쪽부터 한 번만 훑고, 이어 붙인 뒤에 새로 생긴 것은 보지 않는다.',
          'Goes from left to right once and ignores the runs that arise when the parts are pushed together.',
        ),
        `
import re

k = int(input())
print(re.sub(r"(.)\\1{%d}" % (k - 1), "", input()) or "EMPTY")
`,
      ),
      edited(
        text('아무것도 남지 않으면 빈 줄을 출력한다.', 'Prints an empty line when nothing is left.'),
        tasks.easy.reference,
        [' or "EMPTY"', ''],
      ),
      edited(
        text(
          '없앤 뒤에는 그 앞에서 몇 개가 이어져 있었는지를 잊는다.',
          'Forgets after a removal how long the run before it was.',
        ),
        tasks.easy.reference,
        ['del runs[-k:]', 'runs = [0] * len(kept)'],
      ),
    ],
    slow: [],
    solver: cppSolver(
      text(
        '글자와 이어진 개수를 묶음으로 쌓고, 개수가 K가 되면 묶음을 없앤다.',
        'Keep a stack of runs, each a letter and its length; a run of length K is dropped.',
      ),
      'O(|S|)',
      `
#include <iostream>
#include <string>
#include <utility>
#include <vector>

int main() {
    int k;
    std::string s;
    std::cin >> k >> s;
    std::vector<std::pair<char, int>> runs;
    for (char letter : s) {
        if (runs.empty() || runs.back().first != letter) runs.push_back({letter, 0});
        if (++runs.back().second == k) runs.pop_back();
    }
    std::string left;
    for (auto [letter, length] : runs) left += std::string(length, letter);
    std::cout << (left.empty() ? "EMPTY" : left) << '\\n';
}
`,
    ),
  },
  medium: {
    wrong: [
      decoy(
        text(
          '처음부터 가장 길게 이어진 곳에 K를 더한다.',
          'Adds K to the longest run that is there from the beginning.',
        ),
        `
from itertools import groupby

k = int(input())
s = input()
print(min(len(s), k + max(len(list(run)) for _, run in groupby(s))))
`,
      ),
      edited(
        text('K개까지가 아니라 K개보다 적게만 바꾼다.', 'Replaces fewer than K instead of up to K.'),
        tasks.medium.reference,
        ['- most > k:', '- most >= max(k, 1):'],
      ),
      edited(
        text('S 전체에서 가장 많은 글자로만 맞춘다.', 'Tries only the letter that is most frequent in the whole of S.'),
        tasks.medium.reference,
        ['    most = 0\n', '    most = 0\n    target = max(sorted(count), key=s.count)\n'],
        ['most = max(most, count[letter])', 'most = max(most, count[target])'],
      ),
      decoy(
        text(
          'K개로 모자라면 지금까지의 부분을 버리고 그 자리에서 새로 시작한다.',
          'Drops the whole part when K is not enough and starts afresh at that place.',
        ),
        `
k = int(input())
s = input()
best = start = most = 0
count = {}
for here, letter in enumerate(s):
    count[letter] = count.get(letter, 0) + 1
    most = max(most, count[letter])
    if here - start + 1 - most > k:
        start = here
        most = 1
        count = {letter: 1}
    best = max(best, here - start + 1)
print(best)
`,
      ),
    ],
    slow: [
      decoy(
        text(
          '시작하는 곳마다 오른쪽으로 늘리며 글자를 센다.',
          'Starts at every place and counts the letters to the right as far as it goes.',
        ),
        `
k = int(input())
s = input()
best = 0
for left in range(len(s)):
    count = dict.fromkeys(s, 0)
    most = 0
    for right in range(left, len(s)):
        count[s[right]] += 1
        most = max(most, count[s[right]])
        if right - left + 1 - most > k:
            break
        best = max(best, right - left + 1)
print(best)
`,
      ),
      decoy(
        text(
          '길이를 하나씩 늘리며, 그 길이로 되는 부분이 있는지 처음부터 훑는다.',
          'Tries length after length, going through the whole of S for each of them.',
        ),
        `
def fits(length):
    count = dict.fromkeys(s, 0)
    for i, letter in enumerate(s):
        count[letter] += 1
        if i >= length:
            count[s[i - length]] -= 1
        if i >= length - 1 and length - max(count.values()) <= k:
            return True
    return False


k = int(input())
s = input()
length = 1
while length < len(s) and fits(length + 1):
    length += 1
print(length)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '글자마다 그것이 아닌 글자가 K개 이하인 가장 긴 부분을 두 포인터로 찾는다.',
        'For every letter find the longest part with at most K others, with two pointers.',
      ),
      'O(26 * |S|)',
      `
#include <algorithm>
#include <iostream>
#include <string>

int main() {
    int k;
    std::string s;
    std::cin >> k >> s;
    int n = s.size(), best = 0;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        int others = 0;
        for (int left = 0, right = 0; right < n; ++right) {
            others += s[right] != letter;
            while (others > k) others -= s[left++] != letter;
            best = std::max(best, right - left + 1);
        }
    }
    std::cout << best << '\\n';
}
`,
    ),
  },
  hard: {
    wrong: [
      edited(
        text('앞부분이 맨 앞에 나타나는 것은 세지 않는다.', 'Does not count the occurrences at the very front.'),
        tasks.hard.reference,
        ['total = max(0, n - k + 1)', 'total = 0'],
      ),
      edited(
        text('길이가 정확히 K인 앞부분만 센다.', 'Counts the beginning of length K only.'),
        tasks.hard.reference,
        ['total = max(0, n - k + 1)', 'total = n >= k'],
        ['total += max(0, length - k + 1)', 'total += length >= k'],
        ['print(total)', 'print(int(total))'],
      ),
      edited(
        text(
          'Z 함수를 구할 때 앞에서 얻은 값을 오른쪽 끝에서 자르지 않는다.',
          'Takes over earlier values of the Z function without cutting them off at the right end.',
        ),
        tasks.hard.reference,
        ['min(right - i, z[i - left])', 'z[i - left]'],
      ),
      edited(
        text(
          '나타나는 위치가 맨 앞의 것과 겹치면 세지 않는다.',
          'Does not count occurrences that overlap the one at the front.',
        ),
        tasks.hard.reference,
        ['max(0, length - k + 1)', 'max(0, min(length, i) - k + 1)'],
      ),
    ],
    slow: [
      decoy(
        text(
          '위치마다 S의 앞부분과 얼마나 일치하는지 한 글자씩 비교한다.',
          'Compares every position with the front of S letter by letter.',
        ),
        `
k = int(input())
s = input()
total = 0
for start in range(len(s)):
    length = 0
    while start + length < len(s) and s[length] == s[start + length]:
        length += 1
    total += max(0, length - k + 1)
print(total)
`,
      ),
      decoy(
        text(
          '앞부분마다 모든 위치의 해시 값을 비교한다.',
          'Compares the hash of every beginning with that of every position.',
        ),
        `
k = int(input())
s = input()
mod = (1 << 61) - 1
base = 911382323
power = [1]
prefix = [0]
for letter in s:
    power.append(power[-1] * base % mod)
    prefix.append((prefix[-1] * base + ord(letter)) % mod)
total = 0
for length in range(k, len(s) + 1):
    for end in range(length, len(s) + 1):
        if (prefix[end] - prefix[end - length] * power[length]) % mod == prefix[length]:
            total += 1
print(total)
`,
      ),
    ],
    solver: cppSolver(
      text(
        '위치마다 거기서 끝나는 앞부분 가운데 길이가 K 이상인 것의 수를, KMP의 실패 함수를 따라 더 짧은 것의 수에서 얻는다.',
        'For every position count the beginnings of length K or more that end there: one more than for the longest shorter one, which the failure function of KMP gives.',
      ),
      'O(|S|)',
      `
#include <iostream>
#include <string>
#include <vector>

int main() {
    int k;
    std::string s;
    std::cin >> k >> s;
    int n = s.size();
    std::vector<int> shorter(n + 1), ending(n + 1);
    long long total = 0;
    for (int length = 1, border = 0; length <= n; ++length) {
        if (length > 1) {
            while (border > 0 && s[border] != s[length - 1]) border = shorter[border];
            border += s[border] == s[length - 1];
        }
        shorter[length] = border;
        ending[length] = ending[border] + (length >= k);
        total += ending[length];
    }
    std::cout << total << '\\n';
}
`,
    ),
  },
} satisfies Record<keyof typeof tasks, Pick<Draft, 'wrong' | 'slow' | 'solver'>>

export const signalNoise: Blueprint = {
  id: 'signal-noise',
  topics: ['string'],
  words: ['신호', '구슬 띠', '철새', 'signal', 'beads', 'bird', 'substring', '부분 문자열'],
  drafts: {
    easy: (random) => draft('easy', random),
    medium: (random) => draft('medium', random),
    hard: (random) => draft('hard', random),
  },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const letters = level === 'easy' ? random.pick([3, 4]) : random.pick([5, 8, 26])
  const maxLength = level === 'easy' ? random.integer(5, 10) * 100 : random.integer(80, 100) * 1000
  const minK = { easy: 2, medium: 0, hard: 1 }[level]
  const maxK = level === 'easy' ? random.pick([8, 9, 10]) : maxLength
  const alphabet = `a-${'abcdefghijklmnopqrstuvwxyz'.charAt(letters - 1)}`
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart({ ...tasks[level], ...otherSolutions[level] }, scene, given(scene)),
    input: [
      line(integer('K', minK, maxK)),
      { kind: 'string', name: 'S', min_length: '1', max_length: String(maxLength), alphabet },
    ],
    samples: samples(level, random),
    illegalInputs: [
      illegal(`${minK - 1}\nabca\n`, 'K가 하한보다 작다.', 'K is below its lower bound.'),
      illegal(`${maxK + 1}\nabca\n`, 'K가 상한보다 크다.', 'K is above its upper bound.'),
      illegal(
        `${minK}\nabAa\n`,
        'S에 허용되지 않은 글자가 있다.',
        'The string S contains a character that is not allowed.',
      ),
      illegal(`${minK}\nab ca\n`, 'S에 빈칸이 있다.', 'The string S contains a blank.'),
      illegal(`${minK}\n\n`, 'S가 비어 있다.', 'The string S is empty.'),
    ],
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '길이와 글자 수가 다양한 문자열', 'strings of many lengths and alphabets'),
        strategy('edge-near-uniform', 'edge', '거의 한 글자로만 된 문자열', 'strings of almost a single letter'),
        strategy('maximum-random', 'maximum', '가장 긴 무작위 문자열', 'a random string of the largest length'),
        strategy(
          'adversarial-repeats',
          'adversarial',
          '짧은 무늬가 되풀이되는 가장 긴 문자열',
          'a longest string that repeats a short pattern',
        ),
      ],
      code: generatorCode({ MAX_LENGTH: maxLength, MIN_K: minK, MAX_K: maxK, LETTERS: letters }, generatorBody),
    },
  }
}

function given({ letter, letters, whole }: Scene): Text {
  return text(
    `정수 K와, ${whole.ko}을(를) 이루는 ${letter.ko}을(를) 왼쪽부터 하나씩 영어 소문자로 적은 문자열 S가 주어진다.`,
    `You are given an integer K and a string S: the ${letters} of the ${whole.en} from left to right, each written as a lower-case letter.`,
  )
}

function samples(level: keyof typeof tasks, random: Random): Sample[] {
  const [x = 'a', y = 'b', z = 'c'] = random.shuffle(['a', 'b', 'c'])
  const cases: Case[] = {
    easy: [
      { k: 3, s: x + y + z + z + z + y + y + x + z },
      { k: 2, s: x + y + y + x },
      { k: 4, s: x + x + x + y + y },
    ],
    medium: [
      { k: 2, s: x + y + x + z + x + x + y + z },
      { k: 0, s: z + y + y + x },
    ],
    hard: [
      { k: 1, s: x + y + x + x + y + x },
      { k: 3, s: x + x + y + x + x + y + x + x },
      { k: 5, s: z + y },
    ],
  }[level]
  return cases.map((one) => ({ input: lines([one.k], [one.s]), output: lines([tasks[level].solve(one)]) }))
}

function collapse(k: number, s: string): string {
  const run = Array.from(s).findIndex((letter, from) => s.startsWith(letter.repeat(k), from))
  return run === -1 ? s : collapse(k, s.slice(0, run) + s.slice(run + k))
}

/** Every non-empty contiguous part, each as often as it occurs. */
function partsOf(s: string): string[] {
  return Array.from(s, (_, from) => Array.from(s.slice(from), (_, more) => s.slice(from, from + more + 1))).flat()
}

const generatorBody = `
letters = "abcdefghijklmnopqrstuvwxyz"[:LETTERS]
if strategy == "random-mixed":
    length = rng.choice([rng.randint(20, 40), rng.randint(60, 200), rng.randint(MAX_LENGTH // 4, MAX_LENGTH // 2)])
    s = rng.choices(letters[:rng.randint(2, LETTERS)], k=length)
    k = rng.randint(MIN_K, min(MAX_K, MIN_K + 5))
elif strategy == "edge-near-uniform":
    used = rng.sample(letters, 2)
    length = rng.randint(50, 150)
    k = rng.choice([MIN_K, MIN_K + 1, min(MAX_K, length // 2), min(MAX_K, length)])
    if rng.random() < 0.5:
        s = used[:1] * (length - length % max(k, 1))
    else:
        s = [used[0] if rng.random() < 0.85 else used[1] for _ in range(length)]
elif strategy == "maximum-random":
    s = rng.choices(letters[:rng.randint(2, LETTERS)], k=MAX_LENGTH)
    k = rng.randint(MIN_K, 3) if MIN_K else rng.randint(MAX_LENGTH // 8, MAX_LENGTH // 2)
else:
    pattern = rng.choices(letters[:2], k=rng.randint(3, 12))
    s = (pattern * (MAX_LENGTH // len(pattern) + 1))[:MAX_LENGTH]
    for _ in range(4):
        s[rng.randrange(MAX_LENGTH // 2, MAX_LENGTH)] = rng.choice(letters)
    k = rng.randint(MIN_K, min(MAX_K, 60))
print(k)
print("".join(s))
`
