// What is real and what stands in for it, from the command line and the environment; and what the function gets to see.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { environmentSchema, placeholderKey } from '../../src/environment.ts'
import { readCommandLine } from '../../src/local/options.ts'
import { awsVariables, functionEnvironment, readSettings, readVariables } from '../../src/local/settings.ts'
import { allTopics, chooseTopic, scriptedTopics } from '../../src/local/topic-choice.ts'

const places = { table: 'http://127.0.0.1:1', model: 'http://127.0.0.1:2', scratch: '/scratch', jwks: undefined }

function settingsOf(args: string, variables: Record<string, string> = {}) {
  return readSettings(readCommandLine(args.split(' ').filter((word) => word !== '')), variables)
}

describe('.env', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alpaco-env-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test.each([
    ['a plain line', 'GOOGLE_AI_API_KEY=abc', 'abc'],
    ['export', 'export GOOGLE_AI_API_KEY=abc', 'abc'],
    ['double quotes', 'GOOGLE_AI_API_KEY="a b"', 'a b'],
    ['single quotes after export', "export GOOGLE_AI_API_KEY='abc' # mine", 'abc'],
    ['a byte order mark and CRLF', '\uFEFFGOOGLE_AI_API_KEY=abc\r\nX=1\r\n', 'abc'],
    ['comments and blank lines', '# key\n\n  GOOGLE_AI_API_KEY = abc\n', 'abc'],
  ])('understands %s', async (_form, content, key) => {
    await writeFile(join(folder, '.env'), content)
    expect((await readVariables(folder, {}, 'ko'))['GOOGLE_AI_API_KEY']).toBe(key)
  })

  test('gives way to what is set, and an empty value is none', async () => {
    await writeFile(join(folder, '.env'), 'A=file\nB=file\nC=file\n')
    expect(await readVariables(folder, { A: 'set', B: '' }, 'ko')).toEqual({ A: 'set', C: 'file' })
  })

  test('may be missing', async () => {
    expect(await readVariables(folder, { A: 'set' }, 'ko')).toEqual({ A: 'set' })
  })

  test('that cannot be read is named with the reason', async () => {
    await mkdir(join(folder, '.env'))
    await expect(readVariables(folder, {}, 'ko')).rejects.toThrow(
      '.env 파일을 읽을 수 없습니다 (파일이 아니라 폴더, EISDIR)',
    )
    await expect(readVariables(folder, {}, 'en')).rejects.toThrow('.env cannot be read (a folder, not a file, EISDIR)')
  })

  test('that is not text is refused', async () => {
    await writeFile(join(folder, '.env'), Buffer.from([0x41, 0x3d, 0xff, 0xfe]))
    await expect(readVariables(folder, {}, 'en')).rejects.toThrow('UTF-8')
  })
})

describe('.env.example', () => {
  const example = readFile(new URL('../../.env.example', import.meta.url), 'utf8')

  test('has every variable, each below a comment', async () => {
    const lines = (await example).split('\n')
    for (const name of [...Object.keys(environmentSchema.shape), ...awsVariables]) {
      const at = lines.findIndex((line) => line.startsWith(`${name}=`))
      expect(at, name).toBeGreaterThan(0)
      const above = lines.slice(0, at).findLast((line) => !/^[A-Z_]+=/.test(line))
      expect(above, name).toMatch(/^# /)
    }
  })

  test('copied as it is changes nothing', async () => {
    const values = parse(await example)
    expect(values['GOOGLE_AI_API_KEY']).toBe(placeholderKey)
    const variables = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
    expect(settingsOf('', variables)).toEqual({ ...settingsOf(''), variables })
  })
})

describe('what is chosen', () => {
  test('is all stand-ins by default', () => {
    expect(settingsOf('')).toMatchObject({
      table: { kind: 'stand-in', path: '.alpaco' },
      model: { kind: 'stand-in' },
      executorArn: undefined,
      localStack: undefined,
    })
  })

  test.each([
    ['-k abc', {}, 'abc'],
    ['', { GOOGLE_AI_API_KEY: 'def' }, 'def'],
    ['-k abc', { GOOGLE_AI_API_KEY: 'def' }, 'abc'],
    ['', { GOOGLE_AI_API_KEY: `${placeholderKey},def` }, 'def'],
    ['', { GOOGLE_AI_API_KEY: 'one, two' }, 'one,two'],
    ['', { GOOGLE_AI_API_KEY: placeholderKey }, undefined],
    ['--model stand-in', { GOOGLE_AI_API_KEY: 'def' }, undefined],
  ])('%j with %j is the model of the key %j', (args, variables, apiKey) => {
    const { model } = settingsOf(args, variables)
    expect(model).toMatchObject(apiKey === undefined ? { kind: 'stand-in' } : { kind: 'real', apiKey })
  })

  test('a command-line model name wins over the environment', () => {
    const env = { GEMINI_MODEL_NAME: 'from-env' }
    expect(settingsOf('-k abc', env).model).toMatchObject({ name: 'from-env' })
    expect(settingsOf('-k abc --model-name mine', env).model).toMatchObject({ name: 'mine' })
  })

  test('an executor ARN chooses the real executor, unless told otherwise', () => {
    const env = { CODE_EXECUTOR_LAMBDA_ARN: 'arn:aws:lambda:x' }
    expect(settingsOf('', env).executorArn).toBe('arn:aws:lambda:x')
    expect(settingsOf('--executor stand-in', env).executorArn).toBeUndefined()
  })

  test('LocalStack takes the place of AWS when it is named', () => {
    const env = { IS_LOCAL: 'true', LOCALSTACK_HOSTNAME: 'localhost' }
    const settings = settingsOf('', env)
    expect(settings).toMatchObject({
      table: { kind: 'real', name: 'alpaco-Problems-local', endpoint: 'http://localhost:4566' },
      localStack: 'http://localhost:4566',
    })
    expect(functionEnvironment(settings, places)).toMatchObject({ ...env, AWS_ACCESS_KEY_ID: 'stand-in' })
    expect(settingsOf('--table stand-in', env)).toMatchObject({ table: { kind: 'stand-in' }, localStack: undefined })
  })

  test('a real table is named by the environment, under either name', () => {
    for (const name of ['PROBLEMS_TABLE_NAME', 'DYNAMODB_TABLE_NAME']) {
      expect(settingsOf('--table real', { [name]: 'mine' }).table).toMatchObject({ kind: 'real', name: 'mine' })
    }
    expect(() => settingsOf('--table real', { PROBLEMS_TABLE_NAME: 'a', DYNAMODB_TABLE_NAME: 'b' })).toThrow(
      'DYNAMODB_TABLE_NAME (b)',
    )
  })

  test('a variable that makes no sense is named', () => {
    expect(() => settingsOf('', { LOCALSTACK_PORT: 'abc' })).toThrow('LOCALSTACK_PORT')
  })
})

describe("the function's environment", () => {
  test('holds no secret of the person when everything stands in', () => {
    const person = { AWS_SECRET_ACCESS_KEY: 'secret', GOOGLE_AI_API_KEY: 'key', OTHER: 'x', PATH: '/bin', HOME: '/me' }
    expect(functionEnvironment(settingsOf('--model stand-in', person), places)).toEqual({
      STAGE: 'local',
      TMPDIR: '/scratch',
      PATH: '/bin',
      HOME: '/me',
      AWS_ENDPOINT_URL_DYNAMODB: places.table,
      AWS_ACCESS_KEY_ID: 'stand-in',
      AWS_SECRET_ACCESS_KEY: 'stand-in',
      GOOGLE_AI_API_KEY: 'stand-in',
      GEMINI_BASE_URL: places.model,
    })
  })

  test("passes the person's own credentials on to a real table or executor", () => {
    const own = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' }
    const table = settingsOf('--table real', { ...own, PROBLEMS_TABLE_NAME: 'mine' })
    expect(functionEnvironment(table, { ...places, table: undefined })).toMatchObject({
      ...own,
      PROBLEMS_TABLE_NAME: 'mine',
    })
    const executor = settingsOf('', { ...own, CODE_EXECUTOR_LAMBDA_ARN: 'arn' })
    expect(functionEnvironment(executor, places)).toMatchObject({ ...own, CODE_EXECUTOR_LAMBDA_ARN: 'arn' })
  })
})

function choose(args: string, seed = 1, served = allTopics) {
  return chooseTopic(readCommandLine(args.split(' ').filter((word) => word !== '')), seed, served)
}

describe('the topic', () => {
  test('is drawn by the seed among what is served, with 보통, when nothing is asked', () => {
    expect(choose('', 5, scriptedTopics)).toEqual(choose('', 5, scriptedTopics))
    expect(choose('')).toMatchObject({ difficulty: '보통' })
    expect(choose('--locale en')).toMatchObject({
      difficulty: 'medium',
      algorithm: expect.stringMatching(/^[a-z ]+$/) as string,
    })
    const drawn = Array.from({ length: 60 }, (_, seed) => choose('', seed, () => ['graph', 'tree']).algorithm)
    expect(new Set(drawn)).toEqual(new Set(['그래프', '트리']))
  })

  test('stays in the words it was asked in', () => {
    expect(choose('-a BFS/DFS -d 하')).toEqual({ algorithm: 'BFS/DFS', difficulty: '하' })
  })

  test('stays open with a wish', () => {
    expect(choose('--prompt bridges')).toEqual({ algorithm: undefined, difficulty: undefined })
  })

  test('that nobody here can serve is refused with what can be', () => {
    expect(() => choose('-a 수학 -d 상', 1, () => ['graph'])).toThrow('아는 주제: 그래프')
    expect(() => choose('-a math --locale en', 1, () => ['graph'])).toThrow('It knows: graph')
  })
})
