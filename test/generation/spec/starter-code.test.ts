// Starter code reads everything: it is compiled, run, and made to print what it read.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import * as z from 'zod'
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import { specInputs } from '../../../src/generation/spec/families.ts'
import { starterCode } from '../../../src/generation/spec/starter-code.ts'
import { formats } from './formats.ts'
import { withEcho } from './starter-echo.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'starter-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Inputs of each format: its examples, its boundaries, one of middle size and a largest one. */
const jobs = formats.map(({ name, spec, legal }, number) => ({
  name,
  number,
  spec,
  inputs: [
    ...legal,
    ...specInputs(spec, 'boundary').map(({ input }) => input),
    ...specInputs(spec, 'middle')
      .slice(-2)
      .map(({ input }) => input),
    ...specInputs(spec, 'largest')
      .map(({ input }) => input)
      .filter((input) => input.length < 300_000)
      .slice(-1),
  ],
}))

const echoed = (language: ExecutorLanguage): string[] =>
  jobs.map(({ spec }) => withEcho(spec, language, starterCode(spec, language)))

function run(command: string, args: readonly string[], input = ''): string {
  return execFileSync(command, args, { input, cwd: folder, maxBuffer: 1 << 28, encoding: 'utf8' })
}

/** Lines in any order; numbers by value, for a real may be written in several ways. */
function normal(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/ +/)
        .map((token) => (/^-?\d+\.\d+(?:E-?\d+)?$/i.test(token) ? String(Number(token)) : token))
        .join(' '),
    )
    .filter((line) => line !== '')
    .sort()
}

/** What is not as it was read, of outputs by format and input. The number of cases is read by the loop around what is printed. */
function differences(outputs: readonly (readonly string[])[]): string[] {
  return jobs.flatMap(({ name, spec, inputs }, index) =>
    inputs.flatMap((input, at) => {
      const expected = spec.blocks[0]?.kind === 'cases' ? input.slice(input.indexOf('\n') + 1) : input
      const output = outputs[index]?.[at] ?? ''
      const isSame = JSON.stringify(normal(output)) === JSON.stringify(normal(expected))
      return isSame
        ? []
        : [`${name}: ${JSON.stringify(input.slice(0, 100))} gave ${JSON.stringify(output.slice(0, 100))}`]
    }),
  )
}

it('in Python', () => {
  const runner = `
import io, json, sys
jobs = json.load(sys.stdin)
results = []
def echoToken(*values):
    tokens = []
    def add(value):
        if isinstance(value, (list, tuple)):
            for each in value: add(each)
        else: tokens.append(str(value))
    add(values)
    print(*tokens)
for code, inputs in jobs:
    outputs = []
    for text in inputs:
        sys.stdin, sys.stdout = io.StringIO(text), io.StringIO()
        exec(code, {"__name__": "__main__", "echoToken": echoToken})
        outputs.append(sys.stdout.getvalue())
    results.append(outputs)
sys.stdout = sys.__stdout__
json.dump(results, sys.stdout)
`
  const programs = echoed('python').map((code, index) => [code, jobs[index]?.inputs])
  expect(
    differences(
      z.array(z.array(z.string())).parse(JSON.parse(run('python3', ['-c', runner], JSON.stringify(programs)))),
    ),
  ).toEqual([])
})

it('in JavaScript', () => {
  const runner = `
const jobs = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const results = jobs.map(([code, inputs]) => {
  return inputs.map((input) => {
    const out = []
    const echoToken = (...values) => out.push(values.flat(9).join(' '))
    new Function('require', 'echoToken', code)(() => ({ readFileSync: () => input }), echoToken)
    return out.join('\\n')
  })
})
process.stdout.write(JSON.stringify(results))
`
  const programs = echoed('javascript').map((code, index) => [code, jobs[index]?.inputs])
  writeFileSync(path.join(folder, 'run.cjs'), runner)
  expect(
    differences(z.array(z.array(z.string())).parse(JSON.parse(run('node', ['run.cjs'], JSON.stringify(programs))))),
  ).toEqual([])
})

/** One program of all: the mains are renamed, the first argument says which one runs. */
function merged(language: 'c' | 'cpp', prelude: string, main: RegExp): string {
  const heads = new Set<string>()
  const bodies = echoed(language).map((code, number) => {
    const at = code.search(main)
    heads.add(
      code
        .slice(0, at)
        .replaceAll(/^(?:#.*|using namespace std;)$/gm, '')
        .trim(),
    )
    return code
      .slice(at)
      .replace(main, `static int main${number}(void) {`)
      .replace(/\}\s*$/, 'return 0; }')
  })
  const dispatch = bodies.map((_, number) => `case ${number}: return main${number}();`).join('\n')
  return `${prelude}\n${[...heads].join('\n')}\n${bodies.join('\n')}\nint main(int argc, char **argv) { switch (atoi(argv[argc - 1])) { ${dispatch} } return 2; }\n`
}

it('in C', () => {
  const prelude = `#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define echoToken(x) (printf(_Generic((x), int: "%d ", long long: "%lld ", double: "%.12g ", char *: "%s "), x))
#define echoLine() putchar('\\n')`
  writeFileSync(path.join(folder, 'all.c'), merged('c', prelude, /^int main\(void\) \{$/m))
  run('gcc', [
    '-std=c17',
    '-O1',
    '-Wall',
    '-Wno-unused-variable',
    '-Wno-unused-function',
    '-Werror',
    '-o',
    'all-c',
    'all.c',
  ])
  expect(
    differences(jobs.map(({ number, inputs }) => inputs.map((input) => run('./all-c', [String(number)], input)))),
  ).toEqual([])
})

it('in C++', () => {
  const prelude = `#include <algorithm>
#include <iostream>
#include <limits>
#include <string>
#include <vector>
using namespace std;
template <class T> void echoToken(const T &x) { cout.precision(12); cout << x << ' '; }
void echoLine() { cout << '\\n'; }`
  writeFileSync(path.join(folder, 'all.cpp'), merged('cpp', prelude, /^int main\(\) \{$/m))
  run('g++', ['-std=c++17', '-O1', '-Wall', '-Wno-sign-compare', '-Werror', '-o', 'all-cpp', 'all.cpp'])
  expect(
    differences(jobs.map(({ number, inputs }) => inputs.map((input) => run('./all-cpp', [String(number)], input)))),
  ).toEqual([])
})

it('in Java', () => {
  const echo = `static void echoToken(Object x) { System.out.print(x); System.out.print(' '); } static void echoLine() { System.out.print('\\n'); }`
  const imports = new Set<string>()
  const classes = echoed('java').map((code, number) => {
    for (const [line] of code.matchAll(/^import .*;$/gm)) imports.add(line)
    return code.replaceAll(/^import .*;$/gm, '').replace('public class Main {', `class Main${number} { ${echo}`)
  })
  const calls = jobs.flatMap(({ number, inputs }) =>
    inputs.map((input, at) => {
      writeFileSync(path.join(folder, `${number}-${at}.in`), input)
      return `run("${number}-${at}", () -> Main${number}.main(args));`
    }),
  )
  const main = `class All {
    interface Job { void run() throws Exception; }
    static void run(String name, Job job) throws Exception {
        System.setIn(new java.io.FileInputStream(name + ".in"));
        java.io.PrintStream out = new java.io.PrintStream(new java.io.BufferedOutputStream(new java.io.FileOutputStream(name + ".out"), 1 << 16), false);
        System.setOut(out);
        job.run();
        out.close();
    }
    public static void main(String[] args) throws Exception { ${calls.join('\n')} }
}`
  writeFileSync(path.join(folder, 'All.java'), `${[...imports].join('\n')}\n${main}\n${classes.join('\n')}`)
  run('javac', ['-nowarn', 'All.java'])
  run('java', ['-Xshare:auto', '-cp', '.', 'All'])
  expect(
    differences(
      jobs.map(({ number, inputs }) =>
        inputs.map((_, at) => readFileSync(path.join(folder, `${number}-${at}.out`), 'utf8')),
      ),
    ),
  ).toEqual([])
})
