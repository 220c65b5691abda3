// Both executors through the same suite, then what only one of them does.
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startLambdaInvoke, type InvokeFault, type LambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import { createLambdaExecutor } from '../../src/adapters/lambda-executor.ts'
import { createPythonRunner } from '../../src/adapters/python-runner.ts'
import { executionBatchSchema, type BatchResult } from '../../src/contract/execution.ts'
import { AppError } from '../../src/errors.ts'
import type { Executor, Log } from '../../src/ports.ts'
import { batchOf, describeExecutor, runBatch, runOne } from './executor.contract.ts'

const MB = 1024 * 1024
const never = new AbortController().signal

/** Keeps what was logged, one line of JSON each. */
function recordingLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const write = (level: string) => (message: string, fields?: Record<string, unknown>) =>
    void lines.push(JSON.stringify({ level, message, ...fields }))
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

async function faultOf(work: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )
  if (thrown instanceof AppError) return thrown
  throw thrown
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10)
}

let root: string
let folders = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'alpaco-executor-test-'))
})
afterAll(async () => rm(root, { recursive: true }))

/** A runner whose processes and files can be told from those of other tests. */
async function openRunner(): Promise<{ runner: Executor; scratchRoot: string; log: ReturnType<typeof recordingLog> }> {
  folders += 1
  const scratchRoot = join(root, `${folders}-`)
  await mkdir(scratchRoot)
  const log = recordingLog()
  return { runner: createPythonRunner({ log, scratchRoot }), scratchRoot, log }
}

/** Ids of the processes whose working folder is, or was, below `folder`. */
async function processesIn(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const places = await Promise.all(ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => '')))
  return ids.filter((_, index) => places[index]?.startsWith(folder))
}

describeExecutor('the python runner', async () => {
  const { runner } = await openRunner()
  return { executor: runner, close: () => Promise.resolve() }
})

describeExecutor('the lambda executor', async () => {
  const { runner } = await openRunner()
  const lambda = await startLambdaInvoke({
    handler: (_name, payload) => runner.run(executionBatchSchema.parse(payload), never),
  })
  return { executor: lambdaExecutorAt(lambda).executor, close: () => lambda.close() }
})

const functionArn = 'arn:aws:lambda:ap-northeast-2:123456789012:function:alpaco-executor-local'

function lambdaExecutorAt({ endpoint }: LambdaInvoke): { executor: Executor; log: ReturnType<typeof recordingLog> } {
  const log = recordingLog()
  return { executor: createLambdaExecutor({ functionArn, endpoint, log }), log }
}

describe('the python runner', () => {
  it('says once that it is no sandbox', async () => {
    const { runner, log } = await openRunner()
    await runBatch(runner, { source: '', inputs: [] })
    await runBatch(runner, { source: '', inputs: [] })
    expect(log.lines).toEqual([expect.stringContaining('no sandbox')])
  })

  it('starts one interpreter for a whole batch, out of reach of the terminal', async () => {
    const { runner } = await openRunner()
    const inputs = Array.from({ length: 20 }, () => '')
    const { results } = await runBatch(runner, {
      source: 'import os\nprint(os.getppid(), os.getppid() == os.getsid(os.getppid()))',
      inputs,
    })
    expect(new Set(results.map((result) => result.stdout)).size).toBe(1)
    expect(results[0]?.stdout).toMatch(/^\d+ True\n$/)
  })

  it('takes what the program was written in, whatever the inputs before it held', async () => {
    const { runner } = await openRunner()
    const inputs = ['x'.repeat(30 * MB), '']
    const { results } = await runBatch(runner, { source: 'print(1)', inputs, limits: { outputBytes: 64 * MB } })
    expect(results[1]?.peakMemoryBytes).toBeLessThan(20 * MB)
  })

  it.each([
    ['when it is missing', 'python-that-is-not-here'],
    ['when it is too old', 'old-python'],
  ])('says what to install, %s', async (_when, name) => {
    const oldPython = join(root, 'old-python')
    await writeFile(oldPython, '#!/bin/sh\necho "Unknown option: -P" >&2\nexit 2\n')
    await chmod(oldPython, 0o755)
    const python = name === 'old-python' ? oldPython : name
    const runner = createPythonRunner({ log: recordingLog(), python, scratchRoot: root })
    const fault = await faultOf(runBatch(runner, { source: 'print(1)' }))
    expect(fault.code).toBe('executor-unavailable')
    expect(fault.message).toMatch(/Install Python 3\.11 or newer/)
  })

  it('is unavailable when it has no folder to work in', async () => {
    const runner = createPythonRunner({ log: recordingLog(), scratchRoot: join(root, 'not', 'there') })
    expect((await faultOf(runBatch(runner, { source: '' }))).code).toBe('executor-unavailable')
  })

  it('is unavailable when a program kills it, and leaves nothing', async () => {
    const { runner, scratchRoot } = await openRunner()
    const source = 'import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)'
    const fault = await faultOf(runBatch(runner, { source }))
    expect(fault).toMatchObject({ code: 'executor-unavailable', message: 'The Python runner failed.' })
    expect(await readdir(scratchRoot)).toEqual([])
    await until(async () => (await processesIn(scratchRoot)).length === 0)
  })

  /** Programs that try to stay: all sleep for an hour in some child of theirs. */
  const leavers: [what: string, source: string][] = [
    ['a child', 'import os, time\nif os.fork() == 0: time.sleep(3600)'],
    [
      'a daemon in a session of its own',
      'import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0: time.sleep(3600)',
    ],
    [
      'a tree of daemons',
      'import os, time\nfor _ in range(4):\n  if os.fork() == 0: os.setsid()\nif os.getpid() != os.getsid(0): time.sleep(3600)\nelse: os._exit(0)',
    ],
    ['a child that it stopped', 'import os, signal\nif os.fork() == 0: os.kill(os.getpid(), signal.SIGSTOP)'],
    ['a child, and spins', 'import os, time\nif os.fork() == 0: os.setsid(); time.sleep(3600)\nwhile True: pass'],
    [
      'a child that holds standard error',
      'import os, time\nif os.fork() == 0:\n  os.setsid()\n  while True: os.write(2, b"x" * 1000)',
    ],
  ]
  it.runIf(process.platform === 'linux').each(leavers)(
    'ends what a program leaves behind: %s',
    async (_what, source) => {
      const { runner, scratchRoot } = await openRunner()
      // The second run looks at the machine after the first: what is left there is the runner and this run itself.
      const look = [
        'import os',
        'def place(p):',
        '  try: return os.readlink(f"/proc/{p}/cwd")',
        '  except OSError: return ""',
        'print(sum(place(p) == os.getcwd() for p in os.listdir("/proc") if p.isdigit()))',
      ].join('\n')
      const { results } = await runBatch(runner, {
        source: `if input() == "leave":\n${source.replace(/^/gm, '  ')}\nelse:\n${look.replace(/^/gm, '  ')}`,
        inputs: ['leave', 'look'],
        limits: { cpuMs: 200 },
      })
      expect(results[1]?.stdout).toBe('2\n')
      expect(await processesIn(scratchRoot)).toEqual([])
      expect(await readdir(scratchRoot)).toEqual([])
    },
  )

  const stayers: [what: string, source: string][] = [
    ['that sleeps', 'import time\nprint(1, flush=True)\ntime.sleep(3600)'],
    ['with a daemon', 'import os, time\nif os.fork() == 0: os.setsid()\ntime.sleep(3600)'],
    ['that stopped the runner', 'import os, signal, time\nos.kill(os.getppid(), signal.SIGSTOP)\ntime.sleep(3600)'],
    ['that fills its folder', 'import os\nn = 0\nwhile True:\n  n += 1\n  os.mkdir(str(n))'],
  ]
  it.runIf(process.platform === 'linux').each(stayers)(
    'leaves no process and no file of a program %s after an abort',
    async (_what, source) => {
      const { runner, scratchRoot, log } = await openRunner()
      const controller = new AbortController()
      const batch = batchOf({ source, limits: { wallMs: 60_000, cpuMs: 60_000 } })
      const running = runner.run(batch, controller.signal)
      void running.catch(() => undefined)
      await until(async () => (await processesIn(scratchRoot)).length > 1)
      await sleep(50)
      controller.abort('enough')
      await expect(running).rejects.toBe('enough')
      expect(await readdir(scratchRoot)).toEqual([])
      expect(log.lines.filter((line) => line.includes('warn'))).toEqual([])
      await until(async () => (await processesIn(scratchRoot)).length === 0)
    },
  )

  it.runIf(process.platform === 'linux')('ends with its programs when Node is killed', async () => {
    const { scratchRoot } = await openRunner()
    const runnerUrl = new URL('../../src/adapters/python-runner.ts', import.meta.url).href
    const source = 'import os, time\nif os.fork() == 0: os.setsid()\ntime.sleep(3600)'
    const batch = batchOf({ source, inputs: ['x'.repeat(MB), 'y'.repeat(MB)], limits: { wallMs: 60_000 } })
    const script = `
      import { createPythonRunner } from ${JSON.stringify(runnerUrl)}
      const log = { debug() {}, info() {}, warn() {}, error() {} }
      const runner = createPythonRunner({ log, scratchRoot: ${JSON.stringify(scratchRoot)} })
      await runner.run(${JSON.stringify(batch)}, new AbortController().signal)`
    const scriptFile = join(root, 'to-be-killed.mjs')
    await writeFile(scriptFile, script)
    const node = spawn(process.execPath, [scriptFile], { stdio: 'ignore' })
    await until(async () => (await processesIn(scratchRoot)).length === 3)
    node.kill('SIGKILL')
    await until(async () => (await processesIn(scratchRoot)).length === 0)
    expect(await readdir(scratchRoot)).toEqual([])
  })

  it('gives up on a runner that takes longer than all limits together', async () => {
    const { runner, scratchRoot } = await openRunner()
    const realTimeout = AbortSignal.timeout.bind(AbortSignal)
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => realTimeout(ms / 100))
    try {
      const source = 'import os, signal, time\nos.kill(os.getppid(), signal.SIGSTOP)\ntime.sleep(3600)'
      const fault = await faultOf(runBatch(runner, { source, inputs: ['', ''], limits: { wallMs: 5_000 } }))
      expect(fault).toMatchObject({ code: 'executor-unavailable', message: 'The Python runner failed.' })
      expect(timeout.mock.calls).toEqual([[20_000 + 2 * 5_250]])
    } finally {
      timeout.mockRestore()
    }
    expect(await readdir(scratchRoot)).toEqual([])
    await until(async () => (await processesIn(scratchRoot)).length === 0)
  })

  it('runs as many batches at once as there are processors and lets the others wait in order', async () => {
    const { runner, scratchRoot } = await openRunner()
    const count = availableParallelism()
    const finished: string[] = []
    // All but one slot stay taken, so that the waiting batches can only follow each other.
    const occupied = new AbortController()
    const occupying = Array.from({ length: count - 1 }, () =>
      runner.run(batchOf({ source: 'import time\ntime.sleep(60)' }), occupied.signal).catch(() => 'ended'),
    )
    const first = runOne(runner, { source: 'import time\ntime.sleep(0.4)' }).then(() => finished.push('first'))
    const controller = new AbortController()
    const abandoned = runner.run(batchOf({ source: 'print(1)' }), controller.signal)
    const waiting = [1, 2, 3].map(async (index) => {
      await runOne(runner, { source: 'import time\ntime.sleep(0.02)' })
      finished.push(`waiting ${index}`)
    })
    await until(async () => (await readdir(scratchRoot)).length === count)
    controller.abort('changed my mind')
    await expect(abandoned).rejects.toBe('changed my mind')
    expect(finished).toEqual([])
    await Promise.all([first, ...waiting])
    expect(finished).toEqual(['first', 'waiting 1', 'waiting 2', 'waiting 3'])
    occupied.abort('done')
    await Promise.all(occupying)
  })
})

/** A run that printed `stdout`. */
const fine = (stdout: string): BatchResult['results'][number] => ({
  outcome: 'exited',
  exitCode: 0,
  signal: null,
  stdout,
  stderr: '',
  cpuMs: 1,
  wallMs: 1,
  peakMemoryBytes: 1,
})

/** Echoes every input, without running anything. */
const echo = (_name: string, payload: unknown): Promise<unknown> => {
  const { inputs } = executionBatchSchema.parse(payload)
  return Promise.resolve({ version: 1, compile: { ok: true, log: '' }, results: inputs.map(fine) })
}

/** Answers every input with 1 MB more. */
const long = async (_name: string, payload: unknown): Promise<unknown> => {
  const { inputs } = executionBatchSchema.parse(payload)
  const results = inputs.map((input) => fine(input + 'y'.repeat(MB)))
  return { version: 1, compile: { ok: true, log: '' }, results }
}

/** Inputs that begin with their index. */
const manyInputs = (count: number, bytes: number, letter = 'x'): string[] =>
  Array.from({ length: count }, (_, index) => `${index}${letter.repeat(bytes)}`)

async function withLambda(
  options: Partial<Parameters<typeof startLambdaInvoke>[0]>,
  use: (executor: Executor, lambda: LambdaInvoke, log: ReturnType<typeof recordingLog>) => Promise<void>,
): Promise<void> {
  const lambda = await startLambdaInvoke({ handler: echo, ...options })
  const { executor, log } = lambdaExecutorAt(lambda)
  try {
    await use(executor, lambda, log)
  } finally {
    await lambda.close()
  }
}

describe('the lambda executor', () => {
  it('sends a batch of usual size in one invocation of its function', async () => {
    await withLambda({}, async (executor, lambda) => {
      const batch = batchOf({ source: 'print(1)', inputs: ['1', '2', '3'], hashSeed: 5 })
      const { results } = await executor.run(batch, never)
      expect(results.map((result) => result.stdout)).toEqual(['1', '2', '3'])
      expect(lambda.invocations).toMatchObject([{ functionName: functionArn, payload: batch }])
    })
  })

  const splits: [why: string, inputs: string[], limits: { cpuMs?: number }, invocations: number][] = [
    ['the request', manyInputs(12, MB), {}, 3],
    ['the request once it is escaped', manyInputs(8, MB, '\n'), {}, 4],
    ['the expected reply', manyInputs(1_900, 2_400), {}, 2],
    ['the time of the function', manyInputs(300, 1), { cpuMs: 2_000 }, 3],
  ]
  it.each(splits)('splits what is too much for one invocation: %s', async (_why, inputs, limits, invocations) => {
    await withLambda({}, async (executor, lambda) => {
      const { results } = await runBatch(executor, { source: '', inputs, limits: { cpuMs: 100, ...limits } })
      expect(results.map((result) => result.stdout).join('|') === inputs.join('|')).toBe(true)
      expect(lambda.invocations).toHaveLength(invocations)
      for (const { payloadBytes } of lambda.invocations) expect(payloadBytes).toBeLessThan(5.5 * 1024 * 1024)
    })
  })

  it('halves a batch whose replies turn out too large', async () => {
    await withLambda({ handler: long }, async (executor, lambda) => {
      const { results } = await runBatch(executor, { source: '', inputs: manyInputs(14, 1) })
      expect(results.map((result) => Number.parseInt(result.stdout, 10))).toEqual(results.map((_, index) => index))
      expect(results).toHaveLength(14)
      expect(lambda.invocations).toHaveLength(7)
    })
  })

  it('stops at the first invocation when the source does not compile', async () => {
    const refused = { version: 1, compile: { ok: false, log: 'SyntaxError' }, results: [] }
    await withLambda({ handler: () => Promise.resolve(refused) }, async (executor, lambda) => {
      expect(await runBatch(executor, { source: 'x = (', inputs: manyInputs(12, MB) })).toEqual(refused)
      expect(lambda.invocations).toHaveLength(1)
    })
  })

  it.each(['throttled', 'service-error', 'disconnected'] as const)(
    'tries again when the service fails once: %s',
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
    ['runs out of time', { fault: () => 'timed-out' }],
    ['answers with half a reply', { fault: () => 'malformed' }],
    ['throws', { handler: () => Promise.reject(new Error(secret)) }],
    ['answers with something else', { handler: () => Promise.resolve({ message: secret }) }],
    [
      'answers with an older version',
      { handler: () => Promise.resolve({ version: 2, compile: { ok: true, log: '' }, results: [] }) },
    ],
    [
      'answers with a result too few',
      { handler: () => Promise.resolve({ version: 1, compile: { ok: true, log: '' }, results: [] }) },
    ],
    ['answers nothing', { handler: () => Promise.resolve(undefined) }],
    [
      'has an output that no reply can hold',
      {
        handler: () =>
          Promise.resolve({ version: 1, compile: { ok: true, log: '' }, results: [fine('x'.repeat(7 * MB))] }),
      },
    ],
  ]
  it.each(failures)('is unavailable, without a foreign word, when the function %s', async (_what, options) => {
    await withLambda(options, async (executor, _lambda, log) => {
      const fault = await faultOf(runOne(executor, { source: '', inputs: ['1'] }))
      expect(fault.code).toBe('executor-unavailable')
      expect(fault.message).toMatch(/^(The executor|An output) [\w ]+\.$/)
      expect(log.lines.join('\n')).not.toContain(secret)
    })
  })

  it('is unavailable when nobody listens', async () => {
    const lambda = await startLambdaInvoke({ handler: echo })
    const { executor } = lambdaExecutorAt(lambda)
    await lambda.close()
    expect((await faultOf(runOne(executor, { source: '' }))).code).toBe('executor-unavailable')
  })

  it('refuses an input that no request can hold', async () => {
    await withLambda({}, async (executor, lambda) => {
      const fault = await faultOf(runOne(executor, { source: '', inputs: ['x'.repeat(6 * MB)] }))
      expect(fault.message).toBe('An input is too large to be sent to the executor.')
      expect(lambda.invocations).toEqual([])
    })
  })

  it.each(['silent', 'throttled'] as const)('lets an abort end the wait: %s', async (fault) => {
    await withLambda({ fault: () => fault }, async (executor, lambda) => {
      const controller = new AbortController()
      const running = executor.run(batchOf({ source: '' }), controller.signal)
      void running.catch(() => undefined)
      await until(() => Promise.resolve(lambda.invocations.length > 0))
      controller.abort('enough')
      await expect(running).rejects.toBe('enough')
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
