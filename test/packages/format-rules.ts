// The published rules of the problem package format (https://www.kattis.com/problem-package-format/), read and written down a
// second time: shares nothing with the code that writes and checks packages, and runs programs with this machine's Python.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'

const commonKeys = ['problem_format_version', 'type', 'name', 'uuid', 'license', 'rights_owner', 'limits', 'source']
const legacyKeys = [...commonKeys, 'author', 'source_url', 'validation', 'validator_flags', 'grading', 'keywords']
const newerKeys = [
  ...commonKeys,
  'version',
  'credits',
  'embargo_until',
  'keywords',
  'languages',
  'allow_file_writing',
  'constants',
]
const limitKeys = [
  'memory',
  'output',
  'code',
  'compilation_time',
  'compilation_memory',
  'validation_time',
  'validation_memory',
  'validation_output',
]
const legacyLimitKeys = [...limitKeys, 'time_multiplier', 'time_safety_margin']
const newerLimitKeys = [...limitKeys, 'time_multipliers', 'time_limit', 'time_resolution', 'validation_passes']
const licenses = ['unknown', 'public domain', 'cc0', 'cc by', 'cc by-sa', 'educational', 'permission']
const submissionFolders = ['accepted', 'wrong_answer', 'time_limit_exceeded', 'run_time_error']

/** All rules that a package breaks, in words; empty for a package by the rules. */
export function brokenRules(folder: string): string[] {
  const broken: string[] = []
  const rule = (holds: boolean, words: string): void => {
    if (!holds) broken.push(words)
  }
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = paths.filter((path) => statSync(join(folder, path)).isFile())
  const read = (path: string): Buffer => readFileSync(join(folder, path))

  rule(/^[a-z0-9]+$/.test(basename(folder)), "the package's name has other signs than a-z and 0-9")
  for (const path of files) {
    const isSpecial = path === '.timelimit'
    rule(isSpecial || /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,253}[a-zA-Z0-9]$/.test(basename(path)), `${path}: a bad name`)
    const bytes = read(path)
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    rule(!text.startsWith('\uFEFF'), `${path}: a byte order mark`)
    rule(!text.includes('\r'), `${path}: a carriage return`)
    rule(text === '' || text.endsWith('\n'), `${path}: no final line feed`)
  }

  const config = z.record(z.string(), z.unknown()).parse(parse(read('problem.yaml').toString()))
  const word = (key: string, usual: string): string => z.string().parse(config[key] ?? usual)
  const version = word('problem_format_version', 'legacy')
  const isLegacy = version === 'legacy'
  rule(isLegacy || version === '2023-07-draft', `the version ${version}`)
  const keys = isLegacy ? legacyKeys : newerKeys
  rule(
    Object.keys(config).every((key) => keys.includes(key)),
    'an unknown key in problem.yaml',
  )
  const limits = z.record(z.string(), z.number().positive()).parse(config['limits'] ?? {})
  const knownLimits = isLegacy ? legacyLimitKeys : newerLimitKeys
  rule(
    Object.keys(limits).every((key) => knownLimits.includes(key)),
    'an unknown limit',
  )
  rule(licenses.includes(word('license', 'unknown')), 'an unknown license')
  rule(z.uuid().safeParse(config['uuid']).success, 'no uuid')
  rule(['pass-fail', 'scoring'].includes(word('type', 'pass-fail')), 'an unknown type')

  const home = isLegacy ? 'problem_statement' : 'statement'
  const statements = files.filter((path) => path.startsWith(`${home}/`))
  const languages = statements.map((path) => /problem\.([a-z]{2})\.(?:tex|md)$/.exec(path)?.[1] ?? '?')
  rule(statements.length > 0 && !languages.includes('?'), 'no statement with a language')
  if (isLegacy) {
    rule(typeof config['name'] === 'string', 'a name that is no text')
    for (const path of statements) rule(/\\problemname\{.+\}/.test(read(path).toString()), `${path}: no name`)
    rule(Number(read('.timelimit').toString()) > 0, 'no time limit')
  } else {
    const names = z.record(z.string(), z.string().min(1)).parse(config['name'])
    rule(Object.keys(names).sort().join() === languages.sort().join(), 'names and statements in different languages')
    rule((limits['time_limit'] ?? 0) > 0, 'no time limit')
  }

  const inputs = files.filter((path) => /^data\/(sample|secret)\/.*\.in$/.test(path))
  rule(
    inputs.some((path) => path.startsWith('data/secret/')),
    'no secret tests',
  )
  for (const path of inputs) rule(files.includes(path.replace(/in$/, 'ans')), `${path}: no answer`)
  const companions = isLegacy ? ['in', 'ans', 'desc', 'hint'] : ['in', 'ans', 'yaml']
  for (const path of files.filter((each) => each.startsWith('data/'))) {
    const isGroup = !isLegacy && /^data\/(sample|secret)\/test_group\.yaml$/.test(path)
    const [, base = '', ending = ''] = /^(data\/(?:sample|secret)\/[^/]+)\.([a-z]+)$/.exec(path) ?? []
    rule(isGroup || (companions.includes(ending) && inputs.includes(`${base}.in`)), `${path}: not of any test`)
    if (ending === 'yaml' && !isGroup) {
      const { success } = z.strictObject({ description: z.string() }).safeParse(parse(read(path).toString()))
      rule(success, `${path}: unknown keys`)
    }
  }
  const tops = new Set(paths.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''))
  const knownTops = ['data', 'submissions', 'input_validators', 'generators', home]
  knownTops.push(isLegacy ? 'output_validators' : 'output_validator')
  for (const top of tops) rule(knownTops.includes(top), `${top}: an unknown folder`)

  broken.push(...brokenPrograms(folder, files, inputs))
  return broken
}

const runSchema = z.object({ code: z.number(), output: z.string() })
type Run = z.infer<typeof runSchema>

/** Runs a program once for each input, each time in a process of its own that has the interpreter already. */
const forks = `
import io, json, os, runpy, sys
question = json.load(sys.stdin)
runs = []
for text in question['inputs']:
    source, target = os.memfd_create('in'), os.memfd_create('out')
    os.write(source, text.encode())
    os.lseek(source, 0, 0)
    child = os.fork()
    if child == 0:
        os.dup2(source, 0)
        os.dup2(target, 1)
        sys.stdin = open(0, encoding='utf-8')
        sys.stdout = open(1, 'w', encoding='utf-8')
        code = 0
        try:
            runpy.run_path(question['program'], run_name='__main__')
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            code = 1
        sys.stdout.flush()
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.lseek(target, 0, 0)
    with open(target, encoding='utf-8') as file:
        runs.append({'code': code, 'output': file.read()})
    os.close(source)
json.dump(runs, sys.stdout)
`

const words = (text: string): string => text.trim().split(/\s+/).join(' ')

/** Validators accept with 42 what is there, and nothing empty; example submissions do what their folders say. */
function brokenPrograms(folder: string, files: readonly string[], inputs: readonly string[]): string[] {
  const broken: string[] = []
  const python = (path: string, inputs: readonly string[]): readonly Run[] => {
    const question = JSON.stringify({ program: join(folder, path), inputs })
    const { stdout, stderr } = spawnSync('python3', ['-c', forks], {
      input: question,
      encoding: 'utf8',
      timeout: 50_000,
    })
    if (stdout === '') throw new Error(stderr)
    return z.array(runSchema).parse(JSON.parse(stdout))
  }
  const text = (path: string): string => readFileSync(join(folder, path), 'utf8')
  const validators = files.filter((path) => path.startsWith('input_validators/'))
  if (validators.length === 0) broken.push('no input validator')
  for (const validator of validators) {
    if (!/^#!.*python3\n/.test(text(validator))) broken.push(`${validator}: which Python is open`)
    const texts = inputs.map(text)
    const runs = python(validator, [...texts, ''])
    inputs.forEach((input, index) => {
      if (runs[index]?.code !== 42) broken.push(`${validator} refuses ${input}`)
    })
    if (runs.at(-1)?.code === 42) broken.push(`${validator} accepts an empty file`)
  }
  const submissions = files.filter((path) => path.startsWith('submissions/'))
  const folders = submissions.map((path) => path.split('/')[1] ?? '')
  if (!folders.includes('accepted')) broken.push('no accepted submission')
  if (!folders.every((name) => submissionFolders.includes(name))) broken.push('an unknown folder of submissions')
  for (const path of submissions.filter((each) => each.endsWith('.py'))) {
    const isRight = path.startsWith('submissions/accepted/')
    if (!isRight && !path.startsWith('submissions/wrong_answer/')) continue
    const runs = python(path, inputs.map(text))
    const passed = inputs.filter((input, index) => {
      const answer = words(text(input.replace(/in$/, 'ans')))
      return runs[index]?.code === 0 && words(runs[index]?.output ?? '') === answer
    })
    if ((passed.length === inputs.length) !== isRight)
      broken.push(`${path} passes ${passed.length} of ${inputs.length}`)
  }
  return broken
}
