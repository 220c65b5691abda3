// Planted faults: each gives exactly its own finding, at the right file, and nothing else; the sound package gives none.
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { lookAtPackage } from '../../src/local/verifying/look.ts'
import { checkSubject } from '../../src/packages/check-subject.ts'
import { type Finding, findingIds, inOrder, viewOf } from '../../src/packages/findings.ts'
import { writeTree } from '../local/tree.ts'
import { rememberingExecutor } from '../support/pipeline.ts'
import { type Changes, changed, outputValidator, soundPackage, yaml } from './sample-package.ts'

const executor = rememberingExecutor()
const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

/** What verify finds: `file:line id`. */
async function findingsOf(changes: Changes, links: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const found = await findingsIn(changes, links)
  return found.map(({ id, file, line }) => `${file}${line === undefined ? '' : `:${line}`} ${id}`)
}

async function findingsIn(changes: Changes, links: Readonly<Record<string, string>> = {}): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'alpaco-package-'))
  folders.push(folder)
  await writeTree(folder, changed(changes))
  for (const [path, target] of Object.entries(links)) await symlink(target, join(folder, path))
  const { signal } = new AbortController()
  const looked = await lookAtPackage(folder, { signal, locale: 'en' })
  const ran = looked.subject && (await checkSubject(looked.subject, executor, signal, () => undefined))
  const found = inOrder([...looked.findings, ...(ran?.findings ?? [])])
  for (const each of found) {
    const { id, what, why, fix } = viewOf(each, 'ko')
    expect([what, why, fix].join(' ')).not.toMatch(/\{\w+\}/)
    if (id === 'garbage-accepted' || id === 'input-junk-accepted') expect(what).not.toMatch(/[a-z]-[a-z]/)
  }
  return found
}

const py = '#!/usr/bin/env python3\n'
const statement = 'problem_statement/problem.en.tex'
const validator = 'input_validators/validate.py'
const custom = { 'problem.yaml': yaml('default\nvalidator_flags: case_sensitive', 'custom') }
const checker = 'output_validators/check.py'
const newer = {
  'problem.yaml': `problem_format_version: 2023-07-draft
name: Sum
uuid: 6f1c2d3e-4a5b-4c6d-8e7f-901a2b3c4d5e
limits:
  time_limit: 0.4
`,
  [statement]: null,
  'statement/problem.en.md': 'Add all numbers.\n\n## Input\n\nA line with N, a line with N integers.\n',
}

const table: readonly (readonly [fault: string, changes: Changes, ...findings: string[]])[] = [
  ['no problem.yaml', { 'problem.yaml': null }, 'problem.yaml config-missing'],
  ['YAML that is none', { 'problem.yaml': yaml('memory: 256', 'memory: [256') }, 'problem.yaml:8 config-unparsable'],
  [
    'a version that does not exist',
    { 'problem.yaml': yaml('legacy', '2031-02') },
    'problem.yaml:1 config-version-unknown',
  ],
  ['a misspelt key', { 'problem.yaml': yaml('keywords', 'keyword') }, 'problem.yaml:10 config-key-unknown'],
  ['an empty name', { 'problem.yaml': yaml('name: Sum', 'name: ""') }, 'problem.yaml:2 config-name-missing'],
  [
    'a newer package without a name',
    { ...newer, 'problem.yaml': newer['problem.yaml'].replace('name: Sum\n', '') },
    'problem.yaml config-name-missing',
  ],
  [
    'a newer package without a uuid',
    { ...newer, 'problem.yaml': newer['problem.yaml'].replace(/uuid.*\n/, '') },
    'problem.yaml config-uuid-missing',
  ],
  ['a uuid that is none', { 'problem.yaml': yaml('6f1c2d3e', '6f1c') }, 'problem.yaml:3 config-uuid-bad'],
  ['a negative limit', { 'problem.yaml': yaml('memory: 256', 'code: -1') }, 'problem.yaml:6 config-limit-bad'],
  [
    'a flag that does not exist',
    { 'problem.yaml': yaml('case_sensitive', 'case_sensitiv') },
    'problem.yaml:9 config-validation-bad',
  ],
  ['a license that does not exist', { 'problem.yaml': yaml('cc by-sa', 'gpl') }, 'problem.yaml:5 config-license-bad'],
  ['a license without an owner', { 'problem.yaml': yaml(/author.*\n/, '') }, 'problem.yaml:4 config-owner-missing'],
  [
    'a blank in a name',
    { 'data/secret/5 five.in': '1\n5\n', 'data/secret/5 five.ans': '5\n' },
    'data/secret/5 five.ans file-name-bad',
    'data/secret/5 five.in file-name-bad',
  ],
  [
    'names that differ in capitals',
    { 'data/secret/1-ZERO.in': '1\n8\n', 'data/secret/1-ZERO.ans': '8\n' },
    'data/secret/1-zero.ans file-name-clash',
    'data/secret/1-zero.in file-name-clash',
  ],
  [
    "the system's files",
    { 'data/.DS_Store': '\0', 'submissions/accepted/__pycache__/sum.pyc': '\0' },
    'data/.DS_Store file-stray',
    'submissions/accepted/__pycache__ file-stray',
  ],
  ['a misspelt folder', { 'output_validator/check.py': outputValidator }, 'output_validator file-folder-unknown'],
  ['no statement', { [statement]: null }, 'problem_statement statement-missing'],
  ['an empty statement', { [statement]: '' }, `${statement} statement-empty`],
  [
    'a skeleton',
    { [statement]: '\\problemname{Sum}\n\n\\section*{Input}\n\n% to be written\n' },
    `${statement} statement-empty`,
  ],
  [
    'a placeholder',
    { [statement]: `${soundPackage[statement] ?? ''}\nTODO: explain\n` },
    `${statement}:13 statement-placeholder`,
  ],
  ['a statement without a name', { [statement]: 'Add all numbers.\n' }, `${statement} statement-name-missing`],
  [
    'a language without a name',
    { ...newer, 'statement/problem.ko.md': '모두 더한다.\n' },
    'statement/problem.ko.md statement-unnamed',
  ],
  [
    'a name without a statement',
    { ...newer, 'problem.yaml': newer['problem.yaml'].replace('name: Sum', 'name: {en: Sum, ko: 합}') },
    'problem.yaml name-without-statement',
  ],
  [
    'no samples',
    { 'data/sample/1.in': null, 'data/sample/1.ans': null, 'data/sample/2.in': null, 'data/sample/2.ans': null },
    'data/sample samples-missing',
  ],
  ['one sample', { 'data/sample/2.in': null, 'data/sample/2.ans': null }, 'data/sample samples-few'],
  ['an input without answer', { 'data/secret/2-one.ans': null }, 'data/secret/2-one.in answer-missing'],
  ['an answer without input', { 'data/secret/2-one.in': null }, 'data/secret/2-one.ans input-missing'],
  [
    'a test outside its place',
    { 'data/5.in': '1\n4\n', 'data/5.ans': '4\n' },
    'data/5.ans test-misplaced',
    'data/5.in test-misplaced',
  ],
  ['no final line feed', { 'data/secret/2-one.ans': '999' }, 'data/secret/2-one.ans:1 newline-missing'],
  ['Windows line ends', { 'data/secret/2-one.ans': '999\r\n' }, 'data/secret/2-one.ans:1 carriage-return'],
  ['a trailing blank', { 'data/secret/2-one.ans': '999 \n' }, 'data/secret/2-one.ans:1 trailing-blank'],
  [
    'bytes that are no text',
    { 'data/secret/2-one.ans': new Uint8Array([0x39, 0xff, 0x0a]) },
    'data/secret/2-one.ans not-utf8',
  ],
  [
    'the same input twice',
    { 'data/secret/5.in': '1\n999\n', 'data/secret/5.ans': '999\n' },
    'data/secret/5.in input-duplicate',
  ],
  [
    'a sample among the secret tests',
    { 'data/secret/5.in': '3\n1 2 3\n', 'data/secret/5.ans': '6\n' },
    'data/secret/5.in sample-in-secret',
  ],
  ['no input validator', { [validator]: null }, 'input_validators input-validator-missing'],
  ['a validator that does not compile', { [validator]: 'def (:\n' }, `${validator} input-validator-broken`],
  [
    'a validator that crashes',
    { [validator]: `${py}import sys\nsys.exit(42 if [1, 2][len(sys.stdin.read())] else 43)\n` },
    `${validator} input-validator-crashes`,
  ],
  [
    'an input out of bounds',
    { 'data/secret/5.in': '1\n1001\n', 'data/secret/5.ans': '1001\n' },
    'data/secret/5.in input-refused',
  ],
  [
    'an invalid input that is accepted',
    { 'data/invalid_input/zero.in': '2\n0 0\n' },
    'data/invalid_input/zero.in invalid-input-accepted',
  ],
  [
    'a validator that reads only the first line',
    {
      [validator]: `${py}import sys\nn = sys.stdin.readline()\nsys.exit(42 if n in ('1\\n', '2\\n', '3\\n', '4\\n', '5\\n') else 43)\n`,
    },
    `${validator} input-junk-accepted`,
  ],
  ['custom without a validator', custom, 'problem.yaml output-validator-missing'],
  ['a validator that is not used', { [checker]: outputValidator }, 'output_validators output-validator-unused'],
  [
    'an output validator that crashes on garbage',
    {
      ...custom,
      [checker]: outputValidator.replace('sys.stdin.read().split()', 'sorted(sys.stdin.read().split(), key=int)'),
    },
    'output_validators output-validator-broken',
  ],
  [
    'an output validator that refuses an answer',
    { ...custom, [checker]: outputValidator.replace('== answer', "== answer != ['0']") },
    'data/secret/1-zero.ans answer-refused',
  ],
  [
    'an output validator that stops reading',
    { ...custom, [checker]: outputValidator.replace('.split() == answer', '.split()[:1] == answer') },
    'output_validators garbage-accepted',
  ],
  [
    'an invalid output that is accepted',
    { 'data/invalid_output/a.in': '1\n4\n', 'data/invalid_output/a.ans': '4\n', 'data/invalid_output/a.out': '4 \n' },
    'data/invalid_output/a.out invalid-output-accepted',
  ],
  [
    'a valid output that is refused',
    { 'data/valid_output/a.in': '1\n4\n', 'data/valid_output/a.ans': '4\n', 'data/valid_output/a.out': '4.0\n' },
    'data/valid_output/a.out valid-output-refused',
  ],
  ['one accepted submission', { 'submissions/accepted/loop.py': null }, 'submissions/accepted accepted-single'],
  ['nobody is slow', { 'submissions/time_limit_exceeded/spin.py': null }, 'submissions slow-missing'],
  [
    'a folder of submissions that does not exist',
    { 'submissions/slow/spin.py': soundPackage['submissions/time_limit_exceeded/spin.py'] ?? '' },
    'submissions/slow submission-folder-unknown',
  ],
  [
    'a submission that does not compile',
    { 'submissions/wrong_answer/typo.py': 'print(1\n' },
    'submissions/wrong_answer/typo.py submission-broken',
  ],
  [
    'an accepted submission that is wrong',
    { 'submissions/accepted/third.py': `${py}n = int(input())\nprint(max(sum(map(int, input().split())), -1000))\n` },
    'submissions/accepted/third.py submission-not-accepted',
  ],
  [
    'a wrong answer that passes',
    {
      'submissions/wrong_answer/abs2.py': `${py}n = int(input())\nprint(sum(map(int, input().split())) % 10 ** 9 if n > 5 else sum(map(int, [x for x in input().split()])))\n`,
    },
    'submissions/wrong_answer/abs2.py submission-passes',
  ],
  [
    'a slow submission that passes',
    { 'submissions/time_limit_exceeded/quick.py': soundPackage['submissions/accepted/sum.py'] ?? '' },
    'submissions/time_limit_exceeded/quick.py submission-passes',
  ],
  [
    'a crash that does not happen',
    { 'submissions/run_time_error/fine.py': soundPackage['submissions/accepted/sum.py'] ?? '' },
    'submissions/run_time_error/fine.py submission-passes',
  ],
  [
    'a wrong answer that crashes',
    { 'submissions/wrong_answer/crash.py': soundPackage['submissions/run_time_error/index.py'] ?? '' },
    'submissions/wrong_answer/crash.py submission-verdict-unexpected',
  ],
  [
    'an empty accepted submission',
    { 'submissions/accepted/loop.py': null, 'submissions/accepted/loop.cpp': '' },
    'submissions/accepted accepted-single',
    'submissions/accepted/loop.cpp submission-broken',
  ],
  ['a wrong judge answer', { 'data/secret/3-large.ans': '5001\n' }, 'data/secret/3-large.ans:1 answer-disputed'],
  [
    'a wrong judge answer for an output validator',
    { ...custom, [checker]: outputValidator, 'data/secret/3-large.ans': '5001\n' },
    'data/secret/3-large.ans:1 answer-disputed',
  ],
  ['an empty input that alone stops programs', { 'data/secret/3-large.in': '' }, 'data/secret/3-large.in test-empty'],
  ['an empty answer', { 'data/secret/3-large.ans': '' }, 'data/secret/3-large.ans test-empty'],
  [
    'an input out of bounds that alone stops programs',
    { 'data/secret/3-large.in': '6\n1000 1000 1000 1000 1000 1000\n' },
    'data/secret/3-large.in input-refused',
  ],
  [
    'a validator that refuses everything',
    { [validator]: `${py}import sys\nsys.exit(43)\n` },
    'data/sample/1.in input-refused',
    'data/sample/2.in input-refused',
    'data/secret/1-zero.in input-refused',
    'data/secret/2-one.in input-refused',
    'data/secret/3-large.in input-refused',
    'data/secret/4-negative.in input-refused',
  ],
]

const rows = table.map(([fault, changes, ...findings]) => ({ fault, changes, findings }))

describe('verify', () => {
  test('finds nothing in a sound package', async () => {
    expect(await findingsOf({})).toEqual([])
    expect(await findingsOf(newer)).toEqual([])
  })

  test.each(rows)('finds $fault, and nothing else', async ({ changes, findings }) => {
    expect(await findingsOf(changes)).toEqual(findings.sort())
  })

  test('finds a link that leads out of the package', async () => {
    expect(await findingsOf({}, { 'data/secret/9.in': '/etc/hostname' })).toEqual([
      'data/secret/9.in file-link-outside',
    ])
  })
})

test('every id is kebab words, with words in both languages', () => {
  for (const id of findingIds) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
    const [ko, en] = (['ko', 'en'] as const).map((locale) => viewOf({ id, file: 'f', details: {} }, locale))
    for (const key of ['what', 'why', 'fix'] as const) {
      expect(ko?.[key]).toMatch(/\S/)
      expect(en?.[key]).not.toMatch(/[가-힣]/)
    }
  }
  expect(findingIds.length).toBeGreaterThanOrEqual(30)
})

async function said(changes: Changes, locale: 'ko' | 'en'): Promise<string[]> {
  return (await findingsIn(changes)).map((found) => viewOf(found, locale).what)
}

describe('findings say', () => {
  test('what a disputed answer is, and what the programs print', async () => {
    const changes = { 'data/secret/3-large.ans': '5001\n' }
    expect(await said(changes, 'en')).toEqual([
      'The answer is disputed: the file has "5001", but all 2 accepted submissions print "5000"',
    ])
    expect(await said(changes, 'ko')).toEqual([
      '정답 파일에는 "5001", 맞는 풀이 2개의 출력에는 모두 "5000": 정답이 의심스럽습니다',
    ])
  })

  test('verdicts in the language of the reader', async () => {
    const changes = { 'submissions/accepted/third.py': `${py}print(5)\n` }
    expect(await said(changes, 'ko')).toEqual(['맞아야 하는데 data/sample/2.in에서 통과하지 못합니다: 틀린 답'])
  })

  test.each([
    ['cpp', '', 'It does not compile: the file is empty', '컴파일되지 않습니다: 빈 파일'],
    ['py', 'print(1\n', /^It does not compile: .*Error: /, /^컴파일되지 않습니다: .*Error: /],
  ])('why a %s file with %j does not compile', async (ending, text, english, korean) => {
    const changes = { [`submissions/wrong_answer/typo.${ending}`]: text }
    expect(await said(changes, 'en')).toEqual([expect.stringMatching(english)])
    expect(await said(changes, 'ko')).toEqual([expect.stringMatching(korean)])
  })
})
