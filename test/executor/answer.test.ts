// What the executor function answers: to requests, within the limits of a call, and to the older message.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BatchResult, ExecutionBatch, ExecutionResult } from '../../src/contract/execution.ts'
import { AppError } from '../../src/errors.ts'
import { answerCall } from '../../src/executor/answer.ts'
import { encodeRequest, encodeTest, openReply, type ExecutionRequest } from '../../src/executor/wire.ts'
import type { Executor } from '../../src/ports.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

const MiB = 1024 * 1024
const neverAfter = (_ms: number): AbortSignal => new AbortController().signal

const batch: ExecutionBatch = {
  version: 1,
  program: { language: 'python', files: [{ name: 'main.py', text: 'print(input())' }] },
  tests: [],
  limits: { cpuMs: 1_000, wallMs: 2_000, memoryBytes: 64 * MiB, outputBytes: MiB },
  hashSeed: 7,
}

function requestOf(
  tests: ExecutionBatch['tests'],
  callLimits: Partial<ExecutionRequest['callLimits']> = {},
): ExecutionRequest {
  return encodeRequest(batch, tests.map(encodeTest), { wallMs: 60_000, replyBytes: 5_000_000, ...callLimits })
}

function printed(stdout: string): ExecutionResult {
  return {
    outcome: 'exited',
    exitCode: 0,
    signal: null,
    stdout,
    stdoutBytes: Buffer.byteLength(stdout),
    stdoutSha256: createHash('sha256').update(stdout).digest('hex'),
    stderr: '',
    cpuMs: 1,
    wallMs: 1,
    peakMemoryBytes: MiB,
  }
}

/** Prints every input, and is seen at it. `after` is called after each result. */
function echo(after: (index: number) => void = () => undefined): Executor & { batches: ExecutionBatch[] } {
  const batches: ExecutionBatch[] = []
  return {
    batches,
    async run(given, signal, onResult = () => undefined): Promise<BatchResult> {
      batches.push(given)
      const results: ExecutionResult[] = []
      for (const [index, { input }] of given.tests.entries()) {
        signal.throwIfAborted()
        results.push(printed(input))
        onResult(printed(input))
        after(index)
        await Promise.resolve()
      }
      return { version: 1, compile: { ok: true, log: 'a warning', wallMs: 5 }, results }
    },
  }
}

const failing = (error: Error): Executor => ({
  run(): Promise<never> {
    throw error
  },
})

async function faultOf(work: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )
  if (thrown instanceof AppError) return thrown
  throw thrown
}

describe('a request', () => {
  it('is run as the batch that was sent, and its answer opens with its own key only', async () => {
    const tests: ExecutionBatch['tests'] = [
      { input: 'plain' },
      { input: 'long '.repeat(10_000), args: ['-x'], files: [{ name: 'in', text: 'y'.repeat(9_000) }] },
    ]
    const request = requestOf(tests)
    const executor = echo()
    const reply = await answerCall(JSON.parse(JSON.stringify(request)), executor, neverAfter)
    expect(executor.batches).toEqual([{ ...batch, tests }])
    const { compile, results } = openReply(request, JSON.parse(JSON.stringify(reply)))
    expect(compile).toEqual({ ok: true, log: 'a warning', wallMs: 5 })
    expect(results).toEqual(tests.map(({ input }) => printed(input)))
    expect(() => openReply(requestOf(tests), reply)).toThrow('forged')
    expect(JSON.stringify(reply)).not.toContain(request.key)
  })

  it('gets what the executor throws', async () => {
    const fault = new AppError('executor-unavailable', 'No sandbox here.')
    await expect(answerCall(requestOf([{ input: '' }]), failing(fault), neverAfter)).rejects.toBe(fault)
    const bug = new TypeError('a bug')
    await expect(answerCall(requestOf([{ input: '' }]), failing(bug), neverAfter)).rejects.toBe(bug)
    // A fault stays one when the time is over as well.
    await expect(answerCall(requestOf([{ input: '' }]), failing(fault), () => AbortSignal.abort())).rejects.toBe(fault)
  })

  const request = requestOf([{ input: 'x' }])
  const { nonce: _nonce, ...withoutNonce } = request
  const withTest = (test: object): object => ({ ...request, tests: [test] })
  const withBatch = (change: object): object => ({ ...request, batch: { ...request.batch, ...change } })
  const bomb = gzipSync(Buffer.alloc(129 * MiB)).toString('base64')
  const bad: [what: string, payload: unknown, message: RegExp][] = [
    ['nothing', undefined, /^This is no execution request/],
    ['a text', 'run this', /^This is no execution request/],
    ['an object of another kind', { hello: 1 }, /^This is no execution request: version: /],
    ['another version', { ...request, version: 2 }, /^This is no execution request: version: /],
    ['no nonce', withoutNonce, /^This is no execution request: nonce: /],
    ['a short key', { ...request, key: 'AAAA' }, /^This is no execution request: key: /],
    [
      'too many tests',
      { ...request, tests: Array.from({ length: 201 }, () => ({ input: '' })) },
      /^This is no execution request: tests: /,
    ],
    ['a test without an input', withTest({}), /^This is no execution request: tests\.0\.input: /],
    ['no call limits', { ...request, callLimits: {} }, /^This is no execution request: callLimits\.wallMs: /],
    ['an unknown field', { ...request, more: 1 }, /^This is no execution request/],
    ['an unknown language', withBatch({ program: { ...batch.program, language: 'cobol' } }), /: program\.language: /],
    ['a limit of zero', withBatch({ limits: { ...batch.limits, cpuMs: 0 } }), /: limits\.cpuMs: /],
    ['a file elsewhere', withTest({ input: '', files: [{ name: '../x', text: '' }] }), /: tests\.0\.files\.0\.name: /],
    ['what is no gzip', withTest({ input: { gzip: 'AAAA' } }), /^The request cannot be read\.$/],
    ['a text that unfolds to too much', withTest({ input: { gzip: bomb } }), /^The request cannot be read\.$/],
    ['a body that is no JSON', { body: '{' }, /^The request cannot be read\.$/],
    ['a body without code', { body: '{}' }, /^The request cannot be read: code_to_execute: /],
    ['no code', { code_to_execute: '' }, /^The request cannot be read: code_to_execute: /],
    ['code that is no text', { code_to_execute: 1 }, /^The request cannot be read: code_to_execute: /],
    ['a time that is none', { code_to_execute: 'x', timeout_ms: 0 }, /^The request cannot be read: timeout_ms: /],
  ]
  it.each(bad)('is refused with the field that is wrong: %s', async (_what, payload, message) => {
    const executor = echo()
    const fault = await faultOf(answerCall(payload, executor, neverAfter))
    expect(fault.code).toBe('bad-request')
    expect(fault.message).toMatch(message)
    expect(executor.batches).toEqual([])
  })
})

/** First letters of what came back. */
async function outputsOf(request: ExecutionRequest, executor: Executor, after = neverAfter): Promise<string[]> {
  const { compile, results } = openReply(request, await answerCall(request, executor, after))
  expect(compile.ok).toBe(true)
  return results.map(({ stdout }) => stdout.slice(0, 1))
}

describe('the limits of a call', () => {
  const tests = ['a', 'b', 'c', 'd'].map((letter) => ({ input: letter.repeat(1_000) }))

  it.each([
    [1, []],
    [2_000, ['a']],
    [3_500, ['a', 'b']],
    // The last one is too much: nothing is left to stop then.
    [4_500, ['a', 'b', 'c']],
    [100_000, ['a', 'b', 'c', 'd']],
  ])('cut a reply of at most %i bytes', async (replyBytes, outputs) => {
    const executor = echo()
    expect(await outputsOf(requestOf(tests, { replyBytes }), executor)).toEqual(outputs)
  })

  it('stop the executor when the reply is full', async () => {
    let finished = 0
    const executor = echo(() => (finished += 1))
    await outputsOf(requestOf(tests, { replyBytes: 2_000 }), executor)
    expect(finished).toBe(2)
  })

  it('cut what comes after the time', async () => {
    const time = new AbortController()
    const asked: number[] = []
    const after = (ms: number): AbortSignal => {
      asked.push(ms)
      return time.signal
    }
    const executor = echo((index) => index === 1 && time.abort())
    expect(await outputsOf(requestOf(tests, { wallMs: 1_234 }), executor, after)).toEqual(['a', 'b'])
    expect(asked).toEqual([1_234])
  })

  it('that are over before the first result are a fault of ours: nothing is known of the program', async () => {
    const fault = await faultOf(answerCall(requestOf(tests), echo(), () => AbortSignal.abort()))
    expect(fault).toMatchObject({ code: 'executor-unavailable', message: 'There was no result within 60 s.' })
  })

  it('are about what travels: outputs that compress well may be larger together', async () => {
    const large = ['a', 'b', 'c'].map((letter) => ({ input: letter.repeat(1_000_000) }))
    expect(await outputsOf(requestOf(large, { replyBytes: 100_000 }), echo())).toEqual(['a', 'b', 'c'])
  })
})

describe('the older message', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox('all', { slots: 1 })
  })
  afterAll(async () => sandbox.close())

  const send = async (message: Record<string, unknown>): Promise<unknown> =>
    answerCall(JSON.parse(JSON.stringify(message)), sandbox.executor, neverAfter)
  const fine = { stderr: '', exitCode: 0, timedOut: false, error: null, isSuccessful: true }
  const failed = { returnValue: null, timedOut: false, isSuccessful: false }

  it('has all the fields of its answer', async () => {
    const code = 'def solution(x):\n    return x * 2'
    const reply = (await send({ code_to_execute: code, input_data: 21, timeout_ms: 5_000 })) as {
      executionTimeMs: number
    }
    const { executionTimeMs, ...rest } = reply
    expect(rest).toEqual({ ...fine, stdout: '', returnValue: 42 })
    expect(executionTimeMs).toBeGreaterThan(0)
  })

  it('may be the body of an HTTP request, and is answered as one', async () => {
    const message = { code_to_execute: 'def solution(x): return x["값"]', input_data: { 값: '😀' } }
    const reply = (await send({ body: JSON.stringify(message), headers: {} })) as Record<string, string>
    const { body = '', ...rest } = reply
    expect(rest).toEqual({ statusCode: 200, headers: { 'content-type': 'application/json' } })
    expect(JSON.parse(body)).toMatchObject({ ...fine, returnValue: '😀' })
  })

  const calls: [what: string, code: string, input: unknown, reply: object][] = [
    ['calls solve', 'def solve(x): return x + 1', 1, { ...fine, returnValue: 2 }],
    ['calls answer', 'def answer(x): return x + 1', 1, { ...fine, returnValue: 2 }],
    ['calls main', 'def main(x): return x + 1', 1, { ...fine, returnValue: 2 }],
    [
      'calls the first of the names it knows, whatever their order in the code',
      'def main(x): return "main"\ndef answer(x): return "answer"\ndef solution(x): return "solution"\ndef solve(x): return "solve"',
      1,
      { ...fine, returnValue: 'solution' },
    ],
    ['gives no input as None', 'def solution(x): return x is None', undefined, { ...fine, returnValue: true }],
    [
      'gives any JSON and takes any back',
      'def solution(x): return x',
      { list: [1, 2.5, null, true, 'x'], empty: {} },
      { ...fine, returnValue: { list: [1, 2.5, null, true, 'x'], empty: {} } },
    ],
    ['returns nothing', 'def solution(x): pass', 1, { ...fine, returnValue: null }],
    ['returns what is no JSON', 'def solution(x): return {"set": {1}}', 1, { ...fine, returnValue: { set: '{1}' } }],
    ['returns no number', 'def solution(x): return float("nan")', 1, { ...fine, returnValue: 'NaN' }],
    [
      'prints, and returns',
      'print("loaded")\ndef solution(x):\n    print("hello")\n    return x',
      '값',
      { ...fine, stdout: 'loaded\nhello\n', returnValue: '값' },
    ],
    [
      'prints when it ends',
      'import atexit\natexit.register(print, "bye")\ndef solution(x):\n    print("hi", end="")\n    return x',
      1,
      { ...fine, stdout: 'hibye\n', returnValue: 1 },
    ],
    [
      'writes to standard error',
      'import sys\ndef solution(x): print("note", file=sys.stderr)',
      1,
      { ...fine, stderr: 'note\n' },
    ],
    ['does not run what only a script runs', 'def main(x): return 1\nif __name__ == "__main__": exit(3)', 1, fine],
    [
      'raises',
      'def solution(x):\n    print("before")\n    raise ValueError("no")',
      1,
      { ...failed, stdout: 'before\n', exitCode: 1, error: 'ValueError: no' },
    ],
    ['exits', 'def solution(x): exit(3)', 1, { ...failed, exitCode: 3, error: 'exited' }],
    ['exits before it has returned', 'def solution(x): exit()', 1, { ...failed, exitCode: 0, error: 'exited' }],
    [
      'returns keys that JSON cannot have',
      'def solution(x): return {(1, 2): 3}',
      1,
      { ...failed, exitCode: 1, error: 'TypeError: keys must be str, int, float, bool or None, not tuple' },
    ],
    [
      'has none of the names',
      'def other(x): return x',
      1,
      { ...failed, exitCode: 1, error: 'The code defines none of: solution, solve, answer, main.' },
    ],
    [
      'takes more memory than there is',
      'def solution(x): return [0] * 10**9',
      1,
      { ...failed, exitCode: null, error: 'MemoryError' },
    ],
  ]
  it.each(calls)('tells what a function does that %s', async (_what, code, input, reply) => {
    expect(await send({ code_to_execute: code, input_data: input })).toMatchObject(reply)
  })

  it('says where an exception came from', async () => {
    const reply = await send({ code_to_execute: 'def solution(x):\n    return 1 // x', input_data: 0 })
    const { stderr, error } = reply as { stderr: string; error: string }
    expect(stderr).toMatch(/File "program\.py", line 2, in solution\n/)
    expect(error).toMatch(/^ZeroDivisionError: /)
  })

  it('tells a syntax error', async () => {
    const reply = (await send({ code_to_execute: 'def solution(x:\n', input_data: 0 })) as Record<string, string>
    expect(reply).toMatchObject({ ...failed, stdout: '', exitCode: 1, executionTimeMs: 0 })
    expect(reply['error']).toMatch(/File "program\.py", line 1[^]*SyntaxError/)
    expect(reply['stderr']).toBe(reply['error'])
  })

  it.each([
    ['works', 'while True: pass', 'cpu-limit'],
    ['sleeps', 'import time; time.sleep(60)', 'wall-limit'],
  ])('tells that the time is over for a function that %s', async (_what, body, error) => {
    const code = `def solution(x):\n    print("begun", flush=True)\n    ${body}`
    const reply = await send({ code_to_execute: code, input_data: 1, timeout_ms: 150 })
    expect(reply).toMatchObject({ ...failed, stdout: 'begun\n', exitCode: null, timedOut: true, error })
  })

  it.each([
    [undefined, 5_000],
    [1, 1],
    [60_000, 60_000],
  ])('with a time limit of %s gives %i ms of CPU time and twice that of waiting', async (timeout_ms, cpuMs) => {
    const executor = echo()
    await answerCall({ code_to_execute: 'x', input_data: 1, timeout_ms }, executor, neverAfter)
    expect(executor.batches).toMatchObject([{ limits: { cpuMs, wallMs: 2 * cpuMs }, tests: [{ input: '1' }] }])
  })

  it('gets what the executor throws', async () => {
    const fault = new AppError('executor-unavailable', 'No sandbox here.')
    await expect(answerCall({ code_to_execute: 'x' }, failing(fault), neverAfter)).rejects.toBe(fault)
  })
})
