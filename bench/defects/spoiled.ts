// Programs that do what they did, except where they are told to err. Works for every program that reads standard input
// with Python's own means and prints: input and output are put into memory around it.

const head = `import io as _io
import sys as _sys

_text = _sys.stdin.read()
_sys.stdin = _io.TextIOWrapper(_io.BytesIO(_text.encode()))
_out = _sys.stdout
_sys.stdout = _io.StringIO()
_words = _text.split()

`
const tail = (lines: readonly string[]): string => `

_answer = _sys.stdout.getvalue().split()
_sys.stdout = _out
${lines.join('\n')}
print(" ".join(_answer))
`

/** The program with lines that may change `_answer`, the list of the words it prints; `_words` are its input's. */
export function spoiled(code: string, ...lines: string[]): string {
  return `${head}${code.trimEnd()}\n${tail(lines)}`
}

/** A line that adds one to the last number printed, under a condition on `_words` and `_answer`. */
export function offByOne(condition: string): string {
  return `if ${condition} and _answer and _answer[-1].lstrip("-").isdigit(): _answer[-1] = str(int(_answer[-1]) + 1)`
}

/** The program with lines before it. */
export function preceded(code: string, ...lines: string[]): string {
  return `${lines.join('\n')}\n\n${code}`
}

/** A generator's code with its printed input changed: `_lines` is the list of its lines. */
export function spoiledGenerator(code: string, ...lines: string[]): string {
  return `import io as _io
import sys as _sys

_question = _sys.stdin.read()
_strategy, _seed = _question.split()
_sys.stdin = _io.TextIOWrapper(_io.BytesIO(_question.encode()))
_out = _sys.stdout
_sys.stdout = _io.StringIO()

${code.trimEnd()}

_lines = _sys.stdout.getvalue().splitlines()
_sys.stdout = _out
${lines.join('\n')}
print("\\n".join(_lines))
`
}
