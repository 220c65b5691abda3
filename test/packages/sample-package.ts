// A small sound package as a table of files, in which tests plant one fault each: the sum of N numbers.

const python = '#!/usr/bin/env python3\n'

/** Path → content. Without any finding. */
export const soundPackage: Readonly<Record<string, string>> = {
  'problem.yaml': `problem_format_version: legacy
name: Sum
uuid: 6f1c2d3e-4a5b-4c6d-8e7f-901a2b3c4d5e
author: Ada
license: cc by-sa
limits:
  memory: 256
validation: default
validator_flags: case_sensitive
keywords: math
`,
  '.timelimit': '0.4\n',
  'problem_statement/problem.en.tex': `\\problemname{Sum}

Add all numbers.

\\section*{Input}

The first line has $N$, the second line has $N$ integers.

\\section*{Output}

Print their sum.
`,
  'data/sample/1.in': '3\n1 2 3\n',
  'data/sample/1.ans': '6\n',
  'data/sample/2.in': '1\n-5\n',
  'data/sample/2.ans': '-5\n',
  'data/secret/1-zero.in': '2\n7 -7\n',
  'data/secret/1-zero.ans': '0\n',
  'data/secret/2-one.in': '1\n999\n',
  'data/secret/2-one.ans': '999\n',
  'data/secret/3-large.in': '5\n1000 1000 1000 1000 1000\n',
  'data/secret/3-large.ans': '5000\n',
  'data/secret/4-negative.in': '4\n-1000 -1 -20 -300\n',
  'data/secret/4-negative.ans': '-1321\n',
  'input_validators/validate.py': `${python}import re
import sys

text = sys.stdin.read()
match = re.fullmatch(r'([1-5])\\n((?:0|-?[1-9][0-9]*)(?: (?:0|-?[1-9][0-9]*))*)\\n', text)
numbers = match.group(2).split() if match else []
good = match and len(numbers) == int(match.group(1)) and all(-1000 <= int(x) <= 1000 for x in numbers)
sys.exit(42 if good else 43)
`,
  'submissions/accepted/sum.py': `${python}n = int(input())
print(sum(map(int, input().split())))
`,
  'submissions/accepted/loop.py': `${python}n = int(input())
total = 0
for word in input().split():
    total += int(word)
print(total)
`,
  'submissions/wrong_answer/absolute.py': `${python}n = int(input())
print(sum(abs(int(x)) for x in input().split()))
`,
  'submissions/time_limit_exceeded/spin.py': `${python}n = int(input())
while n == 5:
    pass
print(sum(map(int, input().split())))
`,
  'submissions/run_time_error/index.py': `${python}n = int(input())
a = list(map(int, input().split()))
print(sum(a[i] for i in range(n + (n == 5))))
`,
}

/** An output validator for it that reads the output to its end. */
export const outputValidator = `${python}import sys

answer = open(sys.argv[2]).read().split()
sys.exit(42 if sys.stdin.read().split() == answer else 43)
`

/** Changes of a package: a new content, or null to take the file away. */
export type Changes = Readonly<Record<string, string | Uint8Array | null>>

/** The sound package with changes. */
export function changed(changes: Changes): Record<string, string | Uint8Array> {
  const files: Record<string, string | Uint8Array> = { ...soundPackage }
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) delete files[path]
    else files[path] = content
  }
  return files
}

/** The package's problem.yaml with lines replaced; a line that is replaced by nothing goes. */
export function yaml(from: string | RegExp, to: string): string {
  return (soundPackage['problem.yaml'] ?? '').replace(from, to)
}
