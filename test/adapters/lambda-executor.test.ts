// The executor in a function beyond the contract: how batches are cut, what is believed, and what happens when it dies.
import { createCipheriv, createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startLambdaInvoke, type InvokeFault, type LambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import { createLambdaExecutor } from '../../src/adapters/lambda-executor.ts'
import type { BatchResult, ExecutionBatch, ExecutionResult } from '../../src/contract/execution.ts'
import { AppError } from '../../src/errors.ts'
import { answerCall } from '../../src/executor/answer.ts'
import {
  executionReplySchema,
  executionRequestSchema,
  sealReply,
  type ExecutionRequest,
} from '../../src/executor/wire.ts'
import type { Executor } from '../../src/ports.ts'
import { batchOf, runBatch, runOne } from './executor.contract.ts'
import { faultOf, recordingLog } from './executor-faults.ts'

const MB = 1024 * 1024
const never = new AbortController().signal
const neverAfter = (): AbortSignal => never
const functionArn = 'arn:aws:lambda:ap-northeast-2:123456789012:function:alpaco-executor-local'

/** Text that no compression makes smaller than itself in base64; the same for the same seed. */
function noise(characters: number, seed = 0): string {
  const key = Buffer.alloc(16, seed)
  const bytes = createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(Math.ceil(characters * 0.75)))
  return bytes.toString('base64').slice(0, characters)
}

/** Texts that begin with their index. */
const noises = (count: number, characters: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index} ${noise(characters, index)}`)

/** A run that printed `stdout`. */
const fine = (stdout: string): ExecutionResult => ({
  outcome: 'exited',
  exitCode: 0,
  signal: null,
  stdout,
  stdoutBytes: Buffer.byteLength(stdout),
  stdoutSha256: createHash('sha256').update(stdout).digest('hex'),
  stderr: '',
  cpuMs: 1,
  wallMs: 1,
  peakMemoryBytes: 1,
})

/** The executor behind the function: prints what `output` makes of each input, and runs nothing. */
function scripted(output: (input: string) => string | Partial<ExecutionResult>): Executor {
  return {
    async run(batch, signal, onResult = () => undefined): Promise<BatchResult> {
      const results: ExecutionResult[] = []
      for (const { input } of batch.tests) {
        signal.throwIfAborted()
        const made = output(input)
        const result = typeof made === 'string' ? fine(made) : { ...fine(''), ...made }
        results.push(result)
        onResult(result)
        await Promise.resolve()
        const { exitCode } = result
        if (batch.stopOnFirstFailure === true && exitCode !== 0) break
      }
      return { version: 1, compile: { ok: true, log: 'a warning', wallMs: 1 }, results }
    },
  }
}
const echo = scripted((input) => input)
/** Replies of its have room for all that a request can hold. */
const brief = scripted((input) => input.slice(0, 8))

type Handler = Parameters<typeof startLambdaInvoke>[0]['handler']
const answering =
  (executor: Executor): Handler =>
  (_name, payload) =>
    answerCall(payload, executor, neverAfter)

async function withLambda(
  options: Partial<Parameters<typeof startLambdaInvoke>[0]>,
  use: (executor: Executor, lambda: LambdaInvoke, log: ReturnType<typeof recordingLog>) => Promise<void>,
): Promise<void> {
  const lambda = await startLambdaInvoke({ handler: answering(echo), ...options })
  const log = recordingLog()
  try {
    await use(createLambdaExecutor({ functionArn, endpoint: lambda.endpoint, log }), lambda, log)
  } finally {
    await lambda.close()
  }
}

/** The requests as they came. */
const requestsOf = ({ invocations }: LambdaInvoke): ExecutionRequest[] =>
  invocations.map(({ payload }) => executionRequestSchema.parse(payload))
const outputsOf = ({ results }: BatchResult): string[] => results.map(({ stdout }) => stdout)

describe('a batch on its way to the function', () => {
  it('of usual size is one invocation, of the function that was named', async () => {
    await withLambda({}, async (executor, lambda) => {
      const batch: ExecutionBatch = {
        ...batchOf({ source: 'print(1)', hashSeed: 5, access: 'folder', collect: ['note'] }),
        tests: [{ input: '1', args: ['-v'], files: [{ name: 'in', text: 'x' }] }, { input: '2' }],
      }
      const { compile, results } = await executor.run(batch, never)
      expect(compile).toEqual({ ok: true, log: 'a warning', wallMs: 1 })
      expect(results).toEqual([fine('1'), fine('2')])
      const { tests, ...rest } = batch
      expect(lambda.invocations).toMatchObject([{ functionName: functionArn }])
      expect(requestsOf(lambda)).toMatchObject([{ batch: rest, tests }])
    })
  })

  it('has another id, nonce and key in every invocation', async () => {
    await withLambda({}, async (executor, lambda) => {
      await runBatch(executor, { source: '', inputs: noises(250, 1) })
      await runBatch(executor, { source: '' })
      const requests = requestsOf(lambda)
      expect(requests).toHaveLength(3)
      for (const field of ['requestId', 'nonce', 'key'] as const) {
        expect(new Set(requests.map((request) => request[field])).size).toBe(3)
      }
    })
  })

  it.each([
    ['more than 200 tests', noises(450, 1), [200, 200, 50]],
    ['more than 5.5 MB', noises(12, MB), [5, 5, 2]],
    ['a test that takes a whole request', ['a', noise(5 * MB), noise(5 * MB), 'b'], [2, 2]],
  ])('is cut without the caller noticing: %s', async (_why, inputs, counts) => {
    await withLambda({ handler: answering(brief) }, async (executor, lambda) => {
      const told: string[] = []
      const result = await executor.run(batchOf({ source: '', inputs }), never, ({ stdout }) => told.push(stdout))
      expect(outputsOf(result)).toEqual(inputs.map((input) => input.slice(0, 8)))
      expect(told).toEqual(outputsOf(result))
      expect(requestsOf(lambda).map(({ tests }) => tests.length)).toEqual(counts)
    })
  })

  it('has long texts compressed', async () => {
    await withLambda({ handler: answering(brief) }, async (executor, lambda) => {
      const inputs = Array.from({ length: 12 }, (_, index) => `${index} ${'값 1\n'.repeat(200_000)}`)
      const { results } = await runBatch(executor, { source: '', inputs })
      expect(results).toHaveLength(12)
      expect(lambda.invocations).toHaveLength(1)
      expect(lambda.invocations[0]?.payloadBytes).toBeLessThan(MB)
    })
  })

  it('is refused when a single input is too large', async () => {
    await withLambda({}, async (executor, lambda) => {
      const fault = await faultOf(runOne(executor, { source: '', inputs: [noise(6 * MB)] }))
      expect(fault).toMatchObject({
        code: 'executor-unavailable',
        message: 'An input is too large to be sent to the executor.',
      })
      expect(lambda.invocations).toEqual([])
    })
  })

  it('ends with the first invocation when the program does not compile', async () => {
    const refusing: Executor = {
      run: () => Promise.resolve({ version: 1, compile: { ok: false, log: 'SyntaxError', wallMs: 1 }, results: [] }),
    }
    await withLambda({ handler: answering(refusing) }, async (executor, lambda) => {
      expect(await runBatch(executor, { source: 'x = (', inputs: noises(450, 1) })).toEqual({
        version: 1,
        compile: { ok: false, log: 'SyntaxError', wallMs: 1 },
        results: [],
      })
      expect(lambda.invocations).toHaveLength(1)
    })
  })

  it('ends with the invocation in which a test failed, when that was asked for', async () => {
    const failing = scripted((input) => (input.startsWith('250 ') ? { exitCode: 1 } : input))
    await withLambda({ handler: answering(failing) }, async (executor, lambda) => {
      const inputs = noises(700, 1)
      const { results } = await runBatch(executor, { source: '', inputs, stopOnFirstFailure: true })
      expect(results.map(({ exitCode }) => exitCode)).toEqual([...Array<number>(250).fill(0), 1])
      expect(lambda.invocations).toHaveLength(2)
    })
  })
})

describe('results on their way back', () => {
  const large = scripted((input) => `${input} ${noise(MB, Number(input))}`)

  it.each([2, 5, 6, 14])('come in as many replies as they need: %i MB', async (count) => {
    await withLambda({ handler: answering(large) }, async (executor, lambda) => {
      const inputs = Array.from({ length: count }, (_, index) => String(index))
      const told: string[] = []
      const result = await executor.run(batchOf({ source: '', inputs }), never, ({ stdout }) => told.push(stdout))
      const expected = inputs.map((input) => `${input} ${noise(MB, Number(input))}`)
      expect(outputsOf(result).join('|') === expected.join('|')).toBe(true)
      expect(told.join('|') === expected.join('|')).toBe(true)
      expect(lambda.invocations.length).toBeLessThanOrEqual(Math.ceil(count / 5) + 1)
    })
  })

  it.each([
    ['two that are too large together', ['4', '4']],
    ['one too large for what is left, at the end', ['1', '1', '1', '4']],
  ])('are asked for again from the first that is missing: %s', async (_what, inputs) => {
    const sized = scripted((input) => noise(Number(input) * MB))
    await withLambda({ handler: answering(sized) }, async (executor, lambda) => {
      const { results } = await runBatch(executor, { source: '', inputs })
      expect(results.map(({ stdoutBytes }) => stdoutBytes / MB)).toEqual(inputs.map(Number))
      expect(requestsOf(lambda).map(({ tests }) => tests.length)).toEqual([inputs.length, 1])
    })
  })

  it('are asked for again when the function ran out of time between two of them', async () => {
    let time = new AbortController()
    const slow = scripted((input) => {
      if (Number(input) % 3 === 2) time.abort()
      return input
    })
    const handler: Handler = (_name, payload) => {
      time = new AbortController()
      return answerCall(payload, slow, () => time.signal)
    }
    await withLambda({ handler }, async (executor, lambda) => {
      const inputs = Array.from({ length: 8 }, (_, index) => String(index))
      expect(outputsOf(await runBatch(executor, { source: '', inputs }))).toEqual(inputs)
      expect(requestsOf(lambda).map(({ tests }) => tests.length)).toEqual([8, 5, 2])
    })
  })

  it.each([
    ['alone', ['6']],
    ['after others', ['1', '6', '1']],
  ])('cannot be had when a single output is too large: %s', async (_what, inputs) => {
    const sized = scripted((input) => noise(Number(input) * MB))
    await withLambda({ handler: answering(sized) }, async (executor) => {
      const fault = await faultOf(runBatch(executor, { source: '', inputs }))
      expect(fault).toMatchObject({
        code: 'executor-unavailable',
        message: 'An output is too large to be sent back by the executor.',
      })
    })
  })
})

/** What a reply is replaced by. */
type Forgery = (reply: ReturnType<typeof executionReplySchema.parse>, request: ExecutionRequest) => unknown

describe('a reply that is not the one to this request', () => {
  const forgedResult: BatchResult = { version: 1, compile: { ok: true, log: '', wallMs: 0 }, results: [fine('forged')] }
  const otherKey = Buffer.alloc(32, 1).toString('base64')
  const forgeries: [what: string, forge: Forgery][] = [
    ['no seal', ({ mac: _mac, ...reply }) => reply],
    ['a wrong seal', (reply) => ({ ...reply, mac: '0'.repeat(64) })],
    [
      'a seal that is almost right',
      (reply) => ({ ...reply, mac: reply.mac.replace(/^./, (first) => (first === '0' ? '1' : '0')) }),
    ],
    ['a seal of other characters', (reply) => ({ ...reply, mac: '값'.repeat(64) })],
    ['a seal in capitals', (reply) => ({ ...reply, mac: reply.mac.toUpperCase() })],
    ['another nonce', (reply) => ({ ...reply, nonce: 'f'.repeat(32) })],
    ['another id', (reply) => ({ ...reply, requestId: 'other' })],
    ['another body', (reply) => ({ ...reply, body: JSON.stringify(forgedResult) })],
    [
      'a compressed body',
      (reply) => ({ ...reply, body: { gzip: Buffer.from(JSON.stringify(forgedResult)).toString('base64') } }),
    ],
    ['the seal of another key', (_reply, request) => sealReply({ ...request, key: otherKey }, forgedResult)],
    [
      'the seal of another nonce',
      (_reply, { nonce, ...rest }) => ({ ...sealReply({ ...rest, nonce: 'f'.repeat(32) }, forgedResult), nonce }),
    ],
    [
      'the seal of another id',
      (_reply, { requestId, ...rest }) => ({ ...sealReply({ ...rest, requestId: 'other' }, forgedResult), requestId }),
    ],
    ['no envelope', () => forgedResult],
    ['another version', (reply) => ({ ...reply, version: 2 })],
    ['more than is known', (reply) => ({ ...reply, more: 1 })],
    ['nothing', () => undefined],
  ]
  it.each(forgeries)('is never a result: it has %s', async (_what, forge) => {
    const handler: Handler = async (_name, payload) =>
      forge(
        executionReplySchema.parse(await answerCall(payload, echo, neverAfter)),
        executionRequestSchema.parse(payload),
      )
    await withLambda({ handler }, async (executor) => {
      const told: ExecutionResult[] = []
      const fault = await faultOf(executor.run(batchOf({ source: '' }), never, (result) => told.push(result)))
      expect(fault.code).toBe('executor-unavailable')
      expect(told).toEqual([])
    })
  })

  it('is never a result: it is the one to an earlier request', async () => {
    let first: unknown
    const handler: Handler = async (_name, payload) => (first ??= await answerCall(payload, echo, neverAfter))
    await withLambda({ handler }, async (executor) => {
      expect(await runOne(executor, { source: '', inputs: ['x'] })).toMatchObject({ stdout: 'x' })
      expect((await faultOf(runOne(executor, { source: '', inputs: ['x'] }))).code).toBe('executor-unavailable')
    })
  })

  const unsound: [what: string, result: unknown][] = [
    ['is of another version', { ...forgedResult, version: 2 }],
    ['has more results than tests', { ...forgedResult, results: [fine('1'), fine('2')] }],
    ['has no results', { ...forgedResult, results: [] }],
    ['has a result of another kind', { ...forgedResult, results: [{ verdict: 'accepted' }] }],
  ]
  it.each(unsound)('is not believed when it is sealed, but %s', async (_what, result) => {
    const handler: Handler = (_name, payload) =>
      Promise.resolve(sealReply(executionRequestSchema.parse(payload), result as BatchResult))
    await withLambda({ handler }, async (executor) => {
      expect((await faultOf(runOne(executor, { source: '', inputs: ['x'] }))).code).toBe('executor-unavailable')
    })
  })
})

describe('a service or a function that fails', () => {
  it.each(['throttled', 'service-error', 'disconnected', 'timed-out'] as const)(
    'once is asked again: %s',
    async (fault) => {
      const faultOnce = (ordinal: number): InvokeFault | undefined => (ordinal === 1 ? fault : undefined)
      await withLambda({ fault: faultOnce }, async (executor, lambda) => {
        expect(await runOne(executor, { source: '', inputs: ['again'] })).toMatchObject({ stdout: 'again' })
        expect(lambda.invocations).toHaveLength(2)
      })
    },
  )

  const secret = 'SECRET-OF-THE-FUNCTION'
  const failures: [what: string, options: Partial<Parameters<typeof startLambdaInvoke>[0]>][] = [
    ['is throttled for good', { fault: () => 'throttled' }],
    ['has an error of the service for good', { fault: () => 'service-error' }],
    ['is disconnected for good', { fault: () => 'disconnected' }],
    ['answers with half a reply', { fault: () => 'malformed' }],
    ['throws', { handler: () => Promise.reject(new Error(secret)) }],
    ['throws a fault', { handler: () => Promise.reject(new AppError('bad-request', secret)) }],
    ['answers with something else', { handler: () => Promise.resolve({ message: secret }) }],
  ]
  it.each(failures)('is unavailable, without a foreign word, when it %s', async (_what, options) => {
    await withLambda(options, async (executor, _lambda, log) => {
      const fault = await faultOf(runOne(executor, { source: '', inputs: ['1'] }))
      expect(fault.code).toBe('executor-unavailable')
      expect(fault.message).toMatch(/^The executor [\w ]+\.$/)
      expect(log.lines.join('\n')).not.toContain(secret)
    })
  })

  it('is unavailable when nobody listens', async () => {
    const lambda = await startLambdaInvoke({ handler: answering(echo) })
    const executor = createLambdaExecutor({ functionArn, endpoint: lambda.endpoint, log: recordingLog() })
    await lambda.close()
    expect((await faultOf(runOne(executor, { source: '' }))).code).toBe('executor-unavailable')
  })

  it.each(['silent', 'throttled'] as const)('does not hold up an abort: %s', async (fault) => {
    await withLambda({ fault: () => fault }, async (executor, lambda) => {
      const controller = new AbortController()
      const running = executor.run(batchOf({ source: '' }), controller.signal)
      void running.catch(() => undefined)
      while (lambda.invocations.length === 0) await sleep(10)
      controller.abort('enough')
      await expect(running).rejects.toBe('enough')
    })
  })

  it('keeps keys, nonces, programs, inputs and outputs out of the log', async () => {
    const faults: ((ordinal: number) => InvokeFault | undefined)[] = [
      (ordinal) => (['throttled', 'timed-out'] as const)[ordinal - 1],
      () => 'malformed',
      () => 'service-error',
    ]
    for (const fault of faults) {
      await withLambda({ fault }, async (executor, lambda, log) => {
        await runOne(executor, { source: `# ${secret}`, inputs: [secret] }).catch(() => undefined)
        const words = requestsOf(lambda).flatMap(({ key, nonce }) => [key, nonce])
        expect(words.length).toBeGreaterThan(0)
        const logged = log.lines.join('\n')
        expect([secret, ...words].filter((word) => logged.includes(word))).toEqual([])
      })
    }
  })
})

/** How Lambda tells that the function's process has ended. */
function death(name = 'Runtime.ExitError'): Error {
  return Object.assign(new Error('RequestId: 7 Error: Runtime exited with error: exit status 1'), { name })
}

/** Dies in place of an answer when `dies` says so. */
const mortal =
  (dies: (request: ExecutionRequest, ordinal: number) => boolean, name?: string): (() => Handler) =>
  () => {
    let ordinal = 0
    return (_name, payload) => {
      ordinal += 1
      if (dies(executionRequestSchema.parse(payload), ordinal)) return Promise.reject(death(name))
      return answerCall(payload, echo, neverAfter)
    }
  }

describe('a function that a program may have killed', () => {
  const violation = {
    outcome: 'sandbox-violation',
    exitCode: null,
    stdout: '',
    violation: 'sandbox violation: the program ended the executor',
  }
  const inputs = Array.from({ length: 20 }, (_, index) => String(index))
  const ended = inputs.map((stdout) => ({ outcome: 'exited', stdout }))

  it.each(['Runtime.ExitError', 'Runtime.Unknown', 'Sandbox.Timedout', 'Sandbox.Failure'])(
    'once (%s) is asked again, and all results are had',
    async (name) => {
      const handler = mortal((_request, ordinal) => ordinal === 1, name)()
      await withLambda({ handler }, async (executor) => {
        expect((await runBatch(executor, { source: '', inputs })).results).toMatchObject(ended)
      })
    },
  )

  it.each([0, 7, 19])('always by one run of many (number %i): that one is a violation', async (hostile) => {
    const handler = mortal(({ tests }) => tests.some(({ input }) => input === String(hostile)))()
    await withLambda({ handler }, async (executor, lambda) => {
      const told: ExecutionResult[] = []
      const { results } = await executor.run(batchOf({ source: '', inputs }), never, (result) => told.push(result))
      expect(results).toMatchObject(ended.map((end, index) => (index === hostile ? violation : end)))
      expect(told).toEqual(results)
      expect(lambda.invocations.length).toBeLessThanOrEqual(2 * inputs.length + 1)
    })
  })

  it('by every run: all are violations, each after one invocation of its own', async () => {
    const handler = mortal(() => true)()
    await withLambda({ handler }, async (executor, lambda) => {
      const { compile, results } = await runBatch(executor, { source: '', inputs })
      expect(compile.ok).toBe(true)
      expect(results).toMatchObject(inputs.map(() => violation))
      expect(lambda.invocations).toHaveLength(inputs.length + 1)
    })
  })

  it('by its first run: there are no others when the first failure is the last', async () => {
    await withLambda({ handler: mortal(() => true)() }, async (executor, lambda) => {
      const { results } = await runBatch(executor, { source: '', inputs, stopOnFirstFailure: true })
      expect(results).toMatchObject([violation])
      expect(lambda.invocations).toHaveLength(2)
    })
  })

  it('while it compiled only is unavailable: there is no run whose fault it could be', async () => {
    await withLambda({ handler: mortal(() => true)() }, async (executor, lambda) => {
      const fault = await faultOf(runBatch(executor, { source: '', inputs: [] }))
      expect(fault).toMatchObject({
        code: 'executor-unavailable',
        message: 'The executor died while it compiled the program.',
      })
      expect(lambda.invocations).toHaveLength(2)
    })
  })
})

const invoke = (
  endpoint: string,
  body: string,
  path = '/2015-03-31/functions/alpaco-executor-local/invocations',
): Promise<Response> => fetch(`${endpoint}${path}`, { method: 'POST', body })

describe('the stand-in for Invoke', () => {
  const answers: [what: string, body: string, status: number, header: string, value: string | null, text: RegExp][] = [
    ['a reply', '{"a":1}', 200, 'x-amz-executed-version', '$LATEST', /^\{"echoed":\{"a":1\}\}$/],
    ['an empty event', '', 200, 'x-amz-function-error', null, /^\{"echoed":\{\}\}$/],
    [
      'a function error',
      '"throw"',
      200,
      'x-amz-function-error',
      'Unhandled',
      /"errorType":"RangeError","errorMessage":"no"/,
    ],
    ['a reply over 6 MB', '"long"', 200, 'x-amz-function-error', 'Unhandled', /Function\.ResponseSizeTooLarge/],
    [
      'a request over 6 MB',
      `"${'x'.repeat(6_291_455)}"`,
      413,
      'x-amzn-errortype',
      'RequestTooLargeException',
      /6291456/,
    ],
    ['a request that is no JSON', '{', 400, 'x-amzn-errortype', 'InvalidRequestContentException', /json/],
  ]
  it.each(answers)('gives %s as the service does', async (_what, body, status, header, value, text) => {
    const lambda = await startLambdaInvoke({
      handler(_name, payload) {
        if (payload === 'throw') return Promise.reject(new RangeError('no'))
        return Promise.resolve({ echoed: payload === 'long' ? 'x'.repeat(6_291_556) : payload })
      },
    })
    try {
      const response = await invoke(lambda.endpoint, body)
      expect({ status: response.status, header: response.headers.get(header) }).toEqual({ status, header: value })
      expect(await response.text()).toMatch(text)
      expect((await invoke(lambda.endpoint, '{}', '/elsewhere')).status).toBe(404)
    } finally {
      await lambda.close()
    }
  })
})
