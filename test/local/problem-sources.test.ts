// What a folder, a package or a document becomes before it is judged by: tests in order, limits, checker, notes.
import { mkdir, symlink } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chooseChecker, checkerFor, checkerNeed } from '../../src/local/judging/checker-choice.ts'
import type { LoadedProblem } from '../../src/local/judging/loaded-problem.ts'
import { settleLimits } from '../../src/local/judging/limits.ts'
import { loadProblem } from '../../src/local/judging/problem.ts'
import { inNaturalOrder } from '../../src/local/judging/test-folder.ts'
import { readCommandLine } from '../../src/local/options.ts'
import { Workplace } from './command.ts'
import { writeTree } from './tree.ts'

let place: Workplace
beforeEach(async () => {
  place = await Workplace.open()
})
afterEach(() => place.close())

const MiB = 1024 * 1024

/** Loads as `judge` does, with these further arguments. */
async function load(target: string, ...args: readonly string[]): Promise<LoadedProblem> {
  const line = readCommandLine(['judge', target, 'sol.py', '--locale', 'en', ...args])
  const choice = await chooseChecker(line)
  const reading = { signal: new AbortController().signal, locale: line.locale }
  const io = {
    argv: [],
    env: {},
    folder: place.folder,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signals: process,
  }
  const problem = await loadProblem(target, {
    ...reading,
    line,
    variables: {},
    io,
    language: 'python',
    need: checkerNeed(choice),
  })
  return { ...problem, checker: await checkerFor(choice, problem, reading) }
}

const names = ({ tests }: LoadedProblem): string[] => tests.map(({ name }) => name)

describe('natural order', () => {
  test('takes numbers by their value, folder by folder', () => {
    const sorted = ['b/1', 'a10', 'a2', 'a/10', 'a/9', 'a', '10', '2', '02', '1b', '1a']
    expect(sorted.sort(inNaturalOrder)).toEqual(['1a', '1b', '02', '2', '10', 'a', 'a/9', 'a/10', 'a2', 'a10', 'b/1'])
  })

  test('is never a tie for two names', () => {
    const alike = ['1', '01', '001', 'A', 'a', 'a/01', 'a/1']
    for (const one of alike) {
      for (const other of alike) expect(inNaturalOrder(one, other) === 0).toBe(one === other)
    }
  })
})

describe('a folder of tests', () => {
  test('is searched below, with either ending for answers, and files that are none of it', async () => {
    await writeTree(place.folder, {
      't/10.in': '10\n',
      't/10.ans': '10\n',
      't/2.in': '2\n',
      't/2.out': '2\n',
      't/both.in': '3\n',
      't/both.ans': '3\n',
      't/both.out': '3\n',
      't/group 1/비밀.in': '',
      't/group 1/비밀.out': '',
      't/.hidden/1.in': '',
      't/README.md': '',
      't/node_modules/x/1.in': '',
    })
    const problem = await load(place.path('t'))
    expect(problem.tests).toEqual([
      { name: '2', input: '2\n', answer: '2\n' },
      { name: '10', input: '10\n', answer: '10\n' },
      { name: 'both', input: '3\n', answer: '3\n' },
      { name: 'group 1/비밀', input: '', answer: '' },
    ])
    expect(problem.inputFiles[3]).toBe(place.path('t', 'group 1', '비밀.in'))
    expect(problem).toMatchObject({ checker: { kind: 'tokens' }, limits: {}, notes: [] })
  })

  test('may have symbolic links, even one to itself', async () => {
    await writeTree(place.folder, { 'far/1.in': 'x\n', 'far/1.ans': 'y\n' })
    await mkdir(place.path('t'))
    await symlink('../far', place.path('t', 'linked'))
    await symlink('../far/1.in', place.path('t', '2.in'))
    await symlink('../far/1.ans', place.path('t', '2.ans'))
    await symlink('.', place.path('t', 'again'))
    await symlink('nowhere', place.path('t', 'broken'))
    expect(names(await load(place.path('t')))).toEqual(['2', 'linked/1'])
  })

  test('keeps every byte of its texts, and says where marks and line ends are of Windows', async () => {
    await writeTree(place.folder, { 't/1.in': '\uFEFF1\r\n', 't/1.ans': '1', 't/2.in': '2\n', 't/2.ans': '2' })
    const { tests, notes } = await load(place.path('t'))
    expect(tests[0]).toEqual({ name: '1', input: '\uFEFF1\r\n', answer: '1' })
    expect(notes).toEqual([
      expect.stringContaining(String.raw`(\r\n): 1. `),
      expect.stringContaining('byte order mark: 1. '),
    ])
  })

  test('is not searched for ever, whatever its links multiply to', async () => {
    for (let level = 0; level < 16; level += 1) {
      await mkdir(place.path(`t${level}`))
      if (level === 0) continue
      for (const name of ['left', 'right']) await symlink(`../t${level - 1}`, place.path(`t${level}`, name))
    }
    await expect(load(place.path('t15'))).rejects.toMatchObject({ code: 'too-many-files', exitCode: 2 })
  })
})

describe('a problem package', () => {
  const tests = {
    'p/data/sample/1.in': '1\n',
    'p/data/sample/1.ans': 'Yes\n',
    // What a team is shown; the answer is another thing.
    'p/data/sample/1.out': 'yes indeed\n',
    'p/data/secret/b/2.in': '2\n',
    'p/data/secret/b/2.ans': 'No\n',
    'p/data/secret/a/10.in': '3\n',
    'p/data/secret/a/10.ans': 'No\n',
    'p/data/secret/a/9.in': '4\n',
    'p/data/secret/a/9.ans': 'No\n',
    'p/data/invalid_input/1.in': 'x\n',
    'p/data/invalid_output/1.in': '1\n',
    'p/data/invalid_output/1.out': 'x\n',
  }
  const loadWith = async (files: Record<string, string>, ...args: string[]): Promise<LoadedProblem> => {
    await writeTree(place.folder, { ...tests, ...files })
    return load(place.path('p'), ...args)
  }

  test('has its samples first, then the secret tests, and nothing else', async () => {
    const problem = await loadWith({ 'p/problem.yaml': 'name: Yes or No\n' })
    expect(names(problem)).toEqual(['sample/1', 'secret/a/9', 'secret/a/10', 'secret/b/2'])
    expect(problem.tests[0]).toEqual({ name: 'sample/1', input: '1\n', answer: 'Yes\n' })
    expect(problem).toMatchObject({ title: 'Yes or No', checker: { kind: 'tokens' } })
  })

  test('needs no problem.yaml; its title is that of the folder then', async () => {
    expect(await loadWith({})).toMatchObject({ title: 'p', checker: { kind: 'tokens' } })
  })

  test('does not mind capitals, unless it says so or there are no letters; where each space counts they do', async () => {
    const about = expect.stringContaining('upper and lower case') as string
    const sensitive = await loadWith({ 'p/problem.yaml': 'validator_flags: case_sensitive\n' })
    expect(sensitive.checker).toEqual({ kind: 'tokens' })
    expect((await loadWith({ 'p/problem.yaml': 'name: x\n' })).notes).not.toContainEqual(about)
    const strict = await loadWith({ 'p/problem.yaml': 'validator_flags: space_change_sensitive\n' })
    expect(strict).toMatchObject({ checker: { kind: 'exact' }, notes: expect.arrayContaining([about]) as string[] })
    await writeTree(place.folder, { 'q/data/secret/1.in': '', 'q/data/secret/1.ans': '42\n' })
    expect((await load(place.path('q'))).checker).toEqual({ kind: 'tokens' })
  })

  test('that has only samples says so', async () => {
    const about = expect.stringContaining('only samples') as string
    expect((await loadWith({})).notes).not.toContainEqual(about)
    await writeTree(place.folder, { 'q/data/sample/1.in': '', 'q/data/sample/1.ans': '42\n' })
    expect((await load(place.path('q'))).notes).toContainEqual(about)
  })

  test.each([
    [
      'limits: { time_limit: 1.5, memory: 512, output: 8 }',
      {},
      { timeMs: 1_500, memoryBytes: 512 * MiB, outputBytes: 8 * MiB },
    ],
    ['limits: { memory: 64 }', { '.timelimit': ' 3\n' }, { timeMs: 3_000, memoryBytes: 64 * MiB }],
    ['name: x', { 'domjudge-problem.ini': "color = red\ntimelimit='4'\n" }, { timeMs: 4_000 }],
    ['limits: { time_limit: 2 }', { '.timelimit': '9' }, { timeMs: 2_000 }],
  ])('takes its limits from %s', async (yaml, beside, limits) => {
    const files = Object.fromEntries(Object.entries(beside).map(([name, text]) => [`p/${name}`, text]))
    const problem = await loadWith({ 'p/problem.yaml': yaml, ...files })
    expect(problem.limits).toEqual(limits)
    expect(problem.notes.join()).not.toContain('no time limit')
  })

  test('says when it names no time limit', async () => {
    expect((await loadWith({ 'p/problem.yaml': 'limits:\n' })).notes.join()).toContain('no time limit')
  })

  test.each([
    ['', { kind: 'tokens', ignoreCase: true }],
    ['float_tolerance 1e-6', { kind: 'float', absolute: 1e-6, relative: 1e-6, ignoreCase: true }],
    ['float_absolute_tolerance 0.01', { kind: 'float', absolute: 0.01, relative: 0, ignoreCase: true }],
    [
      'case_sensitive float_relative_tolerance 1e-3 float_absolute_tolerance 2',
      { kind: 'float', absolute: 2, relative: 1e-3 },
    ],
    ['case_sensitive space_change_sensitive', { kind: 'exact' }],
  ])('compares as its flags "%s" say', async (flags, checker) => {
    expect((await loadWith({ 'p/problem.yaml': `validator_flags: ${flags}\n` })).checker).toEqual(checker)
  })

  test('takes flags from the groups of its tests, when all agree', async () => {
    const problem = await loadWith({
      'p/problem.yaml': 'problem_format_version: 2025-09\nname: { en: Floats, ko: 실수 }\n',
      'p/data/sample/1.yaml': 'output_validator_args: [float_tolerance, 1e-4]\n',
      'p/data/secret/test_group.yaml': 'output_validator_args: [float_tolerance, "0.0001"]\n',
    })
    expect(problem).toMatchObject({ title: 'Floats', checker: { kind: 'float', absolute: 1e-4, relative: 1e-4 } })
  })

  const validator = 'import sys\nsys.exit(42)\n'

  test('brings its output validator, with flags, headers and constants', async () => {
    const problem = await loadWith({
      'p/problem.yaml': 'validation: custom\nvalidator_flags: --strict 7\nconstants: { most: 100 }\n',
      'p/output_validators/validate/validate.cc': '#include "validate.h"\nint most = {{most}}, other = {{other}};\n',
      'p/output_validators/validate/validate.h': '// shared\n',
      'p/output_validators/validate/README': 'no source\n',
    })
    expect(problem.checker).toEqual({
      kind: 'custom',
      protocol: 'kattis',
      args: ['--strict', '7'],
      program: {
        language: 'cpp',
        files: [
          { name: 'validate.cc', text: '#include "validate.h"\nint most = 100, other = {{other}};\n' },
          { name: 'validate.h', text: '// shared\n' },
        ],
      },
    })
    expect(problem.notes.join()).not.toContain('case')
  })

  test('of a newer version needs no word about its validator', async () => {
    const problem = await loadWith({
      'p/problem.yaml': 'problem_format_version: 2023-07-draft\n',
      'p/output_validator/validate.py': validator,
    })
    expect(problem.checker).toMatchObject({ kind: 'custom', protocol: 'kattis', program: { language: 'python' } })
  })

  test('of an older version says so when a validator is not used', async () => {
    const files = { 'p/problem.yaml': 'validation: default\n', 'p/output_validators/check.py': validator }
    const problem = await loadWith(files)
    expect(problem.checker).toEqual({ kind: 'tokens', ignoreCase: true })
    expect(problem.notes.join()).toContain('check.py is not used')
  })

  test('can be judged by one of several validators, with its flags', async () => {
    const files = {
      'p/problem.yaml': 'validation: custom\nvalidator_flags: fast\n',
      'p/output_validators/a.py': validator,
      'p/output_validators/b/main.py': validator,
    }
    await writeTree(place.folder, files)
    for (const chosen of ['a.py', 'b', 'b/main.py']) {
      const { checker } = await loadWith({}, '--checker', place.path('p', 'output_validators', chosen))
      expect(checker).toMatchObject({ kind: 'custom', protocol: 'kattis', args: ['fast'] })
    }
    expect((await loadWith({}, '--checker', 'lines')).checker).toEqual({ kind: 'lines' })
  })
})

describe('a document', () => {
  const problem = {
    problemId: '01a1fc77-2747-7791-8837-97abfcce2338',
    title: 'Sum',
    examples: [{ input: '1\n', output: '1\n' }],
    test_cases: [
      { input: '2\n', output: '2\n' },
      { input: '3\n', output: '3\n' },
    ],
    limits: { timeMs: 1_500, memoryBytes: 64 * MiB, provisional: true },
    checker: { kind: 'lines' },
    unheardOf: 1,
  }

  test.each([
    ['as it is in out/', problem],
    ['as show prints it', { problem, report: {}, problemId: problem.problemId }],
  ])('%s has its samples, then its tests', async (_name, content) => {
    await writeTree(place.folder, { 'p.json': JSON.stringify(content) })
    const loaded = await load(place.path('p.json'))
    expect(loaded.tests).toEqual([
      { name: 'sample/1', input: '1\n', answer: '1\n' },
      { name: 'test/1', input: '2\n', answer: '2\n' },
      { name: 'test/2', input: '3\n', answer: '3\n' },
    ])
    expect(loaded).toMatchObject({ title: 'Sum', checker: { kind: 'lines' }, inputFiles: [] })
    expect(loaded.limits).toEqual({ timeMs: 1_500, memoryBytes: 64 * MiB })
  })
})

describe('limits', () => {
  const tests = [{ name: '1', input: '', answer: 'x'.repeat(10 * MiB) }]

  test('are those of the command line, else of the problem, else our own', () => {
    const named = { timeMs: 1_000, outputBytes: 9 * MiB }
    expect(settleLimits({ timeMs: 500 }, named, [], 'en')).toEqual({
      limits: { timeMs: 500, memoryBytes: 256 * MiB, outputBytes: 9 * MiB },
      defaults: ['memoryBytes'],
      notes: [],
    })
    expect(settleLimits({}, {}, [], 'en')).toMatchObject({
      limits: { timeMs: 2_000, memoryBytes: 256 * MiB, outputBytes: 16 * MiB },
      defaults: ['timeMs', 'memoryBytes'],
    })
  })

  test('of the output leave room for the largest answer, and a note where they cannot', () => {
    expect(settleLimits({}, {}, tests, 'en').limits.outputBytes).toBe(20 * MiB)
    expect(settleLimits({}, { outputBytes: MiB }, tests, 'en').notes.join()).toContain('cannot be passed')
    expect(settleLimits({}, { outputBytes: 100 * MiB }, [], 'en')).toMatchObject({
      limits: { outputBytes: 64 * MiB },
      notes: [expect.stringContaining('64 MiB')],
    })
  })
})

describe('a checker of one file', () => {
  test.each([
    ['check.cpp', 'testlib'],
    ['kattis:check.cpp', 'kattis'],
    ['output_validators/v.cpp', 'kattis'],
    ['testlib:output_validators/v.cpp', 'testlib'],
  ])('%s speaks %s', async (word, protocol) => {
    await writeTree(place.folder, { 'check.cpp': '', 'output_validators/v.cpp': '', 't/1.in': '', 't/1.ans': '' })
    const [, prefix = '', path = ''] = /^(\w+:)?(.*)$/.exec(word) ?? []
    const { checker } = await load(place.path('t'), '--checker', prefix + place.path(path))
    expect(checker).toMatchObject({ kind: 'custom', protocol })
  })

  test('brings the headers beside it, and what they include', async () => {
    await writeTree(place.folder, {
      'check.cpp': '#include <vector>\n#include "testlib.h"\n  # include "own.h"\n#include "absent.h"\nint main() {}\n',
      'testlib.h': '// testlib\n',
      'own.h': '#include "deeper.h"\n',
      'deeper.h': '#include "own.h"\n',
      't/1.in': '',
      't/1.ans': '',
    })
    const { checker } = await load(place.path('t'), '--checker', place.path('check.cpp'))
    const files = checker?.kind === 'custom' ? checker.program.files.map(({ name }) => name) : []
    expect(files).toEqual(['check.cpp', 'testlib.h', 'own.h', 'deeper.h'])
  })

  test('--float-tolerance is absolute and relative, and makes the checker float', async () => {
    await writeTree(place.folder, { 't/1.in': '', 't/1.ans': '' })
    const t = place.path('t')
    expect((await load(t, '--float-tolerance', '1e-3')).checker).toEqual({
      kind: 'float',
      absolute: 1e-3,
      relative: 1e-3,
    })
    expect((await load(t, '--checker', 'float')).checker).toEqual({ kind: 'float', absolute: 1e-6, relative: 1e-6 })
  })
})
