// The export command: packages by the published rules that verify finds sound, the same bytes each time, nothing overwritten.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { packageName } from '../../src/packages/build-package.ts'
import { brokenRules } from '../packages/format-rules.ts'
import { tinyProblem, withChecker } from '../packages/own-problems.ts'
import { rememberingExecutor } from '../support/pipeline.ts'
import { Workplace } from './command.ts'
import { runInProcess } from './in-process.ts'

let place: Workplace
const home = process.cwd()
const env = { PATH: process.env['PATH'] ?? '' }
const run = (line: string): ReturnType<typeof runInProcess> => runInProcess(line.split(' '), env)

/** Typed, unlike what it is made of. */
const textWith = (part: string): unknown => expect.stringContaining(part)

const reportSchema = z.object({
  sound: z.boolean(),
  findings: z.array(z.object({ id: z.string(), severity: z.string(), file: z.string() })),
  checks: z.array(z.object({ check: z.string(), outcome: z.string() })),
})

async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = files.map(async (file) => [file.slice(folder.length), await readFile(file, 'utf8')] as const)
  return Object.fromEntries(await Promise.all(contents))
}

beforeAll(async () => {
  place = await Workplace.open()
  process.chdir(place.folder)
  const tiny = await tinyProblem(rememberingExecutor())
  await writeFile('tiny.json', tiny)
  await writeFile('checked.json', withChecker(tiny))
})
afterAll(() => {
  process.chdir(home)
  return place.close()
})

describe('an exported package', () => {
  test.each([
    ['tiny.json', 'legacy', 'twinbeads'],
    ['tiny.json', '2023-07', 'twinbeads'],
    ['checked.json', 'legacy', 'twinbeadschecked'],
    ['checked.json', '2023-07', 'twinbeadschecked'],
  ])('of %s, version %s, is by the rules, and verify finds it sound', async (file, version, name) => {
    const exported = await run(`export ${file} --format kattis --format-version ${version} --out ${version} --json`)
    expect(exported).toMatchObject({ code: 0, stderr: '' })
    const { folder } = z.object({ folder: z.string() }).parse(JSON.parse(exported.stdout))
    expect(folder).toBe(join(version, name))
    expect(brokenRules(place.path(folder))).toEqual([])
    const verified = await run(`verify ${folder} --json`)
    const report = reportSchema.parse(JSON.parse(verified.stdout))
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect({ code: verified.code, sound: report.sound }).toEqual({ code: 0, sound: true })
    expect(report.checks.filter(({ outcome }) => outcome === 'ran').length).toBeGreaterThanOrEqual(9)
  })

  test('has its programs where their verdicts belong', async () => {
    expect((await readdir(place.path('legacy/twinbeads/submissions'))).sort()).toEqual(['accepted', 'wrong_answer'])
    expect((await readdir(place.path('legacy/twinbeads/submissions/accepted'))).sort()).toEqual([
      'brute_force.py',
      'reference.py',
      'solver.cpp',
    ])
    expect(await readdir(place.path('legacy/twinbeads/submissions/wrong_answer'))).toHaveLength(2)
  })

  test('has the same bytes again, and takes the place of what was exported before', async () => {
    const before = await filesOf(place.path('legacy/twinbeads'))
    expect((await run('export tiny.json --format kattis --out legacy')).code).toBe(0)
    expect(await filesOf(place.path('legacy/twinbeads'))).toEqual(before)
    expect(await readdir(place.path('legacy'))).not.toContainEqual(expect.stringMatching(/^\.alpaco/))
  })

  test('does not take the place of what somebody has changed', async () => {
    const file = place.path('legacy/twinbeads/data/secret/note.in')
    await writeFile(file, 'mine\n')
    const { code, stderr } = await run('export tiny.json --format kattis --out legacy --locale en')
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: textWith('something else') })
    expect(await readFile(file, 'utf8')).toBe('mine\n')
  })

  test('goes into a folder that is there and empty', async () => {
    await mkdir(place.path('empty/twinbeads'), { recursive: true })
    expect((await run('export tiny.json --format kattis --out empty')).code).toBe(0)
  })
})

describe('export refuses', () => {
  test.each([
    ['export --format kattis', 'export needs'],
    ['export tiny.json', '--format kattis'],
    ['export tiny.json --format polygon', '"polygon"'],
    ['export tiny.json --format kattis --format-version 2031', '"2031"'],
    ['export legacy --format kattis', 'is a folder'],
    [
      'export legacy/twinbeads/problem.yaml --format kattis',
      'It is no JSON file of a problem. export takes a JSON file of out/, the ID of a stored problem.',
    ],
    ['export nothing.json --format kattis', 'nothing.json'],
    ['export tiny.json twice --format kattis', 'words too many'],
  ])('%s', async (line, words) => {
    const { code, stdout, stderr } = await run(`${line} --locale en`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
  })

  test('a problem whose reference fails, and writes nothing', async () => {
    const text = (await readFile(place.path('tiny.json'), 'utf8')).replaceAll('print(answer)', 'print(answer + 1)')
    await writeFile('wrong.json', text)
    const { code, stderr } = await run('export wrong.json --format kattis --out wrong --locale en')
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: textWith('does not pass') })
    await expect(readdir(place.path('wrong'))).rejects.toThrow('ENOENT')
  })
})

test("a package's name has letters and digits only", () => {
  expect(['twin-beads', 'Ünï-9', '--'].map(packageName)).toEqual(['twinbeads', 'n9', 'problem'])
})
