// A second scripted author with one small problem, so that tests of the pipeline can plant defects in programs they know.
import type { Author } from '../../mock/gemini/job.ts'

/** Count equal pairs of A, plus how often `a` stands in S. Every test input is small, so a whole run takes a second. */
export const tinyReplies = {
  blueprint: {
    slug: 'twin-beads',
    title: '쌍둥이 구슬',
    algorithm_type: 'graph',
    difficulty: 'easy',
    task: '구슬 N개의 색 번호 A와 문자열 S가 주어진다. 색이 같은 두 구슬의 쌍의 수에 S에 들어 있는 a의 개수를 더한 값을 구한다.',
    output: '구한 값을 정수로 출력한다.',
    intended_approach: '색마다 개수를 센다.',
    intended_complexity: 'O(N)',
    naive_approach: '모든 쌍을 본다.',
    naive_complexity: 'O(N^2)',
    input: [
      { kind: 'line', fields: [{ type: 'integer', name: 'N', min: '1', max: '200' }] },
      { kind: 'array', name: 'A', length: 'N', min: '1', max: '1000' },
      { kind: 'string', name: 'S', min_length: '1', max_length: '20', alphabet: 'a-z' },
    ],
    samples: [
      { input: '6\n5 3 5 3 5 9\nbanana\n', output: '7\n' },
      { input: '5\n7 7 7 7 7\nxyz\n', output: '10\n' },
    ],
    illegal_inputs: [
      { input: '0\n\nabc\n', reason: 'N is below its minimum' },
      { input: '2\n1 2\nABC\n', reason: 'capital letters' },
    ],
  },
  reference: {
    language: 'python',
    approach: 'count by colour',
    complexity: 'O(N)',
    code: `import sys
from collections import Counter


def main():
    lines = sys.stdin.read().split('\\n')
    n = int(lines[0])
    a = list(map(int, lines[1].split()))
    s = lines[2]
    answer = sum(c * (c - 1) // 2 for c in Counter(a).values()) + s.count('a')
    # PLANT
    print(answer)


main()
`,
  },
  'brute-force': {
    language: 'python',
    approach: 'look at every pair',
    complexity: 'O(N^2)',
    code: `import sys


def main():
    lines = sys.stdin.read().split('\\n')
    n = int(lines[0])
    a = list(map(int, lines[1].split()))
    s = lines[2]
    answer = 0
    for i in range(n):
        for j in range(i + 1, n):
            if a[i] == a[j]:
                answer += 1
    for ch in s:
        if ch == 'a':
            answer += 1
    # PLANT
    print(answer)


main()
`,
  },
  generator: {
    language: 'python',
    strategies: [
      { name: 'random', kind: 'random', description: 'any size' },
      { name: 'tiny', kind: 'edge', description: 'smallest sizes' },
      { name: 'full', kind: 'maximum', description: 'largest size' },
      { name: 'equal', kind: 'adversarial', description: 'many equal colours' },
    ],
    code: `import random
import sys

strategy, seed = sys.stdin.readline().split()
rng = random.Random(f"{strategy}:{seed}")
letters = 'abcdefghijklmnopqrstuvwxyz'
n = {'random': rng.randint(1, 200), 'tiny': rng.randint(1, 3), 'full': 200, 'equal': rng.randint(150, 199)}[strategy]
top = 3 if strategy == 'equal' else 1000
a = [rng.randint(1, top) for _ in range(n)]
s = ''.join(rng.choice(letters) for _ in range(rng.randint(1, 20)))
# PLANT
print(n)
print(*a)
print(s)
`,
  },
  'wrong-solutions': {
    solutions: [
      {
        kind: 'wrong',
        idea: 'only neighbours make a pair',
        language: 'python',
        code: `n = int(input())
a = input().split()
s = input()
print(sum(a[i] == a[i + 1] for i in range(n - 1)) + s.count('a'))
`,
      },
      {
        kind: 'wrong',
        idea: 'counts whether there is an a, not how many',
        language: 'python',
        code: `n = int(input())
a = input().split()
s = input()
print(sum(a[i] == a[j] for i in range(n) for j in range(i)) + ('a' in s))
`,
      },
    ],
  },
  checker: {
    language: 'python',
    approach: 'the same number',
    complexity: 'O(1)',
    code: `import sys

with open(sys.argv[2]) as file:
    answer = file.read().split()
sys.exit(42 if sys.stdin.read().split() == answer else 43)
`,
  },
  solver: {
    language: 'cpp',
    approach: 'count by colour',
    complexity: 'O(N)',
    code: `#include <bits/stdc++.h>

int main() {
    int n;
    std::cin >> n;
    std::map<int, long long> seen;
    long long answer = 0;
    for (int i = 0; i < n; ++i) {
        int a;
        std::cin >> a;
        answer += seen[a]++;
    }
    std::string s;
    std::cin >> s;
    std::cout << answer + std::count(s.begin(), s.end(), 'a') << std::endl;
}
`,
  },
  statement: {
    title: '쌍둥이 구슬',
    description:
      '상점에 구슬이 N개 있고, i번째 구슬의 색 번호는 A_i이다. 점원은 색이 같은 두 구슬을 골라 쌍을 만들 수 있는 방법의 수를 세고, 상표에 적힌 문자열 S에 a가 몇 번 나오는지도 세었다. 두 수의 합을 구하시오.',
    output_format: '첫째 줄에 두 수의 합을 출력한다.',
  },
} as const

const english = {
  title: 'Twin Beads',
  description:
    'A shop has N beads; the colour of the i-th bead is A_i. The clerk counts the pairs of beads of equal colour and how many times the letter a appears in the string S of the label. Find the sum of both counts.',
  output_format: 'Print the sum on one line.',
}

/** Always the same problem, whatever is asked for. */
export const tinyAuthor: Author = ({ job }) => ({
  ...tinyReplies[job.artefact],
  ...(job.artefact === 'statement' && job.locale === 'en' ? english : {}),
})

/** A program of the tiny problem with lines planted before its output. */
export function planted(artefact: 'reference' | 'brute-force' | 'generator', ...lines: string[]): string {
  const indent = artefact === 'generator' ? '' : '    '
  return tinyReplies[artefact].code.replace(`${indent}# PLANT`, lines.map((line) => indent + line).join('\n'))
}

/** The tiny problem by somebody whose reference is wrong at first, and right once it is told so. */
export const onceMistaken: Author = (question) => {
  const reply = tinyAuthor(question)
  const isWrong = question.job.artefact === 'reference' && question.finding === undefined
  return isWrong ? { ...reply, code: planted('reference', 'answer += 1 if n == 1 else 0') } : reply
}
