// The executor of this machine beyond the contract: what it needs, what it leaves, and what it does when it is harmed.
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createLocalExecutor, type LocalExecutorOptions } from '../../src/adapters/local-executor.ts'
import type { ExecutionResult } from '../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import type { Sandbox } from '../../src/executor/executor.ts'
import { openSandbox, userOfItsOwn } from '../executor/sandbox.ts'
import { quietLog } from '../support/quiet-log.ts'
import { batchOf, runBatch, runOne, type Job } from './executor.contract.ts'
import { faultOf, recordingLog } from './executor-faults.ts'

const never = new AbortController().signal
const systemPath = process.env['PATH'] ?? ''

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'alpaco-executor-test-'))
  // Programs run as other users, who have to get to what is built here.
  await chmod(root, 0o755)
})
afterAll(async () => rm(root, { recursive: true }))

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()))
})

/** The kernel's limits and nothing else. */
function onlyLimits(): Pick<LocalExecutorOptions, 'maxTier' | 'supervisorUid'> {
  return { maxTier: 'rlimits', supervisorUid: userOfItsOwn() }
}

function local(options: Partial<LocalExecutorOptions> = {}): Sandbox {
  const executor = createLocalExecutor({ log: quietLog, searchPath: systemPath, slots: 1, ...options })
  opened.push(executor)
  return executor
}

async function open(kind: 'rlimits' | 'all', slots: number): ReturnType<typeof openSandbox> {
  const sandbox = await openSandbox(kind, { slots })
  opened.push(sandbox)
  return sandbox
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10)
}

/** Whether the process is there, ended ones that nobody has asked for not counted. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && !/\) Z /.test(stat)
}

/** The processes and all below them. */
async function withDescendants(pids: readonly number[]): Promise<number[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = new Map(
    await Promise.all(
      all.map(async (pid) => {
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
        return [pid, Number(/\) \S (\d+) /.exec(stat)?.[1] ?? 0)] as const
      }),
    ),
  )
  const isBelow = (pid: number): boolean => pids.includes(pid) || (pid > 1 && isBelow(parents.get(pid) ?? 0))
  return all.filter(isBelow)
}

/** Ends when none of the processes is left. A test that waits for ever here has found one that stays. */
async function untilGone(pids: readonly number[]): Promise<void> {
  await until(async () => (await Promise.all(pids.map(isAlive))).every((alive) => !alive))
}

/** Working folders of these supervisors; one with a file system of its own has none that others see. */
async function workFolders(pids: readonly number[]): Promise<string[]> {
  return (await readdir('/tmp')).filter((name) => pids.some((pid) => name.startsWith(`alpaco-box-${pid}-`)))
}

const sleeper: Job = { source: 'import time\ntime.sleep(60)', limits: { wallMs: 60_000 } }
/** Runs of one program: `slow` ones wait long enough for somebody to interfere. */
const slowOnDemand = (inputs: readonly string[]): Job => ({
  source: 'import time\nword = input()\nif word == "slow": time.sleep(1.5)\nprint(word)',
  inputs: inputs.map((input) => `${input}\n`),
})

/** Links the machine's own program of that name into the folder. */
async function link(folder: string, name: string): Promise<void> {
  for (const place of systemPath.split(delimiter)) {
    const found = await readdir(place).catch((): string[] => [])
    if (found.includes(name)) return symlink(join(place, name), join(folder, name))
  }
  throw new Error(`this machine has no ${name}`)
}

/** A folder of programs to be the whole search path: links to this machine's own, and scripts. */
async function toolFolder(links: readonly string[], scripts: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(root, 'tools-'))
  await chmod(folder, 0o755)
  await Promise.all([
    ...links.map(async (name) => link(folder, name)),
    ...Object.entries(scripts).map(async ([name, text]) =>
      writeFile(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 }),
    ),
  ])
  return folder
}

describe('what the local executor needs', () => {
  it('refuses a machine that gives less than was asked for', async () => {
    const executor = local({ ...onlyLimits(), minTier: 'seccomp' })
    const fault = await faultOf(runOne(executor, { source: '' }))
    expect(fault.code).toBe('executor-unavailable')
    expect(fault.message).toMatch(
      /^This machine gives the sandbox the tier "rlimits" \(missing: .*seccomp.*\), and "seccomp" is asked for \(EXECUTOR_MIN_TIER\)\.$/,
    )
    expect(executor.pids()).toEqual([])
    await expect(executor.warmUp()).rejects.toMatchObject({ code: 'executor-unavailable' })
  })

  it('takes seccomp as the least that is good enough, unless told otherwise', async () => {
    await expect(local(onlyLimits()).warmUp()).rejects.toMatchObject({ code: 'executor-unavailable' })
    expect(await local({ ...onlyLimits(), minTier: 'rlimits' }).warmUp()).toMatchObject({ tier: 'rlimits' })
  })

  const cCompiler = ['gcc', 'as', 'ld']
  const hello: Partial<Record<ExecutorLanguage, string>> = {
    python: 'print(1)',
    c: 'int main(void) {}',
    cpp: 'int main() {}',
    java: 'class Main { public static void main(String[] a) {} }',
  }

  it.each([
    ['is missing', {}],
    ['is too old', { gcc: 'echo "gcc (Debian 4.9.2-10) 4.9.2"' }],
  ])('names what to install when the C compiler %s', async (_what, scripts) => {
    const executor = local({ searchPath: await toolFolder([], scripts), cache: join(root, 'without-gcc') })
    const fault = await faultOf(runOne(executor, { source: 'print(1)' }))
    expect(fault.code).toBe('executor-unavailable')
    expect(fault.message).toMatch(
      /^The sandbox cannot be built: gcc not found or too old\..*apt-get install gcc libc6-dev/,
    )
  })

  it('looks again for a C compiler that was missing', async () => {
    const searchPath = await toolFolder([])
    const executor = local({ searchPath, cache: join(root, 'later') })
    await faultOf(runOne(executor, { source: 'print(1)' }))
    await Promise.all(cCompiler.map(async (name) => link(searchPath, name)))
    expect(await runOne(executor, { source: 'print(1)' })).toMatchObject({ stdout: '1\n' })
  })

  it('says that it cannot be built when the C compiler fails', async () => {
    const searchPath = await toolFolder([], { gcc: 'test "$1" = --version && echo "gcc (GCC) 12.2.0"' })
    const fault = await faultOf(runOne(local({ searchPath, cache: join(root, 'broken') }), { source: 'print(1)' }))
    expect(fault).toMatchObject({
      code: 'executor-unavailable',
      message: 'The sandbox could not be built on this machine.',
    })
    expect(await readdir(join(root, 'broken'))).toEqual([])
  })

  it.each([
    ['java', /^Java 17: java, javac not found or too old\..*apt-get install openjdk-17-jdk-headless/],
    ['cpp', /^C\+\+20: g\+\+ not found or too old\..*apt-get install g\+\+/],
  ] as const)('names what to install for %s, and runs the other languages', async (language, message) => {
    const old = { java: 'echo "openjdk 11.0.2 2019-01-15"' }
    const executor = local({ searchPath: await toolFolder(cCompiler, old), cache: join(root, 'c-only') })
    const fault = await faultOf(runOne(executor, { language, source: hello[language] ?? '' }))
    expect(fault.code).toBe('executor-unavailable')
    expect(fault.message).toMatch(message)
    expect(await runOne(executor, { source: 'print(1)' })).toMatchObject({ stdout: '1\n' })
    expect(await runOne(executor, { language: 'c', source: hello.c ?? '' })).toMatchObject({ exitCode: 0 })
  })

  it('finds a tool that was installed after it was missed', async () => {
    const [searchPath, cache] = [await toolFolder(cCompiler), join(root, 'installed-later')]
    const job: Job = { language: 'cpp', source: hello.cpp ?? '' }
    expect((await faultOf(runOne(local({ searchPath, cache }), job))).message).toContain('g++')
    await link(searchPath, 'g++')
    expect(await runOne(local({ searchPath, cache }), job)).toMatchObject({ exitCode: 0 })
  })

  it('is unavailable when its folder is not one that was built', async () => {
    const fault = await faultOf(runOne(local({ home: root }), { source: 'print(1)' }))
    expect(fault.code).toBe('executor-unavailable')
    expect(fault.message).not.toContain(root)
  })

  it('builds what several processes need at once only in one place', async () => {
    const cache = join(root, 'together')
    const executors = [1, 2].map(() => local({ cache, ...onlyLimits(), minTier: 'rlimits' }))
    const results = await Promise.all(executors.map((executor) => runOne(executor, { source: 'print(1)' })))
    expect(results.map(({ stdout }) => stdout)).toEqual(['1\n', '1\n'])
    expect(await readdir(cache)).toHaveLength(1)
  })
})

/** Where the sandbox's own programs are, and the user for programs. */
async function box(): Promise<{ home: string; args: string[] }> {
  const sandbox = await open('all', 1)
  const [, home = ''] = (await readFile(`/proc/${sandbox.pids()[0]}/cmdline`, 'utf8')).split('\0')
  return { home, args: process.getuid?.() === 0 ? ['--uid', '61900'] : [] }
}

describe('a command that starts the supervisor', () => {
  it.each([
    ['a shell', (program: string, args: string[]) => ['sh', '-c', `exec "${program}" ${args.join(' ')}`]],
    ['a shell that stays', (program: string, args: string[]) => ['sh', '-c', `"${program}" ${args.join(' ')}; exit 0`]],
    ['env', (program: string, args: string[]) => ['/usr/bin/env', 'SOME=thing', program, ...args]],
    ['the program itself', (program: string, args: string[]) => [program, ...args]],
  ])('works through %s', async (_what, commandOf) => {
    const { home, args } = await box()
    const executor = local({ command: commandOf(join(home, 'box'), [home, ...args]), slots: 2 })
    const job: Job = { source: 'import os\nprint(input(), sorted(os.environ))', inputs: ['a\n', 'b\n'] }
    const [first, second] = await Promise.all([runBatch(executor, job), runBatch(executor, job)])
    expect(first.results.map(({ stdout }) => stdout[0])).toEqual(['a', 'b'])
    expect(second.results.map(({ stdout }) => stdout)).toEqual(first.results.map(({ stdout }) => stdout))
    expect(first.results[0]?.stdout).not.toContain('SOME')
    const processes = await withDescendants(executor.pids())
    await executor.close()
    await untilGone(processes)
  })

  it.each([
    ['is not there', ['/not/there/box']],
    ['ends at once', ['false']],
    ['says why it does not work', ['sh', '-c', 'echo "no such image" >&2; exit 125']],
    ['says something else', ['echo', 'Hello, I am another program.']],
  ])('is named when it %s', async (_what, command) => {
    const executor = local({ command })
    const fault = await faultOf(runOne(executor, { source: 'print(1)' }))
    expect(fault).toMatchObject({
      code: 'executor-unavailable',
      message: `The command in EXECUTOR_COMMAND ("${command[0]}") does not start a supervisor.`,
    })
    if (command[0] === 'sh') expect(String(fault.cause)).toContain('no such image')
  })

  it('is held to the same tier', async () => {
    const { home, args } = await box()
    const command = [join(home, 'box'), home, '--max-tier', 'rlimits', ...args]
    const fault = await faultOf(runOne(local({ command }), { source: 'print(1)' }))
    expect(fault.message).toContain('EXECUTOR_MIN_TIER')
    expect(await runOne(local({ command, minTier: 'rlimits' }), { source: 'print(1)' })).toMatchObject({ exitCode: 0 })
  })
})

describe.each(['all', 'rlimits'] as const)('with the protections "%s"', (kind) => {
  it('nothing is left after the end', async () => {
    const sandbox = await open(kind, 2)
    const languages: ExecutorLanguage[] = ['python', 'c']
    await Promise.all(
      languages.map((language) =>
        runBatch(sandbox.executor, { language, source: language === 'c' ? 'int main(void) {}' : 'print(1)' }),
      ),
    )
    const pids = sandbox.pids()
    // With nothing but limits there is one environment.
    expect(pids).toHaveLength(kind === 'rlimits' ? 1 : 2)
    const processes = await withDescendants(pids)
    // The warm interpreter, too.
    expect(processes.length).toBeGreaterThan(pids.length)
    await sandbox.close()
    await untilGone(processes)
    expect(await workFolders(pids)).toEqual([])
    expect(sandbox.pids()).toEqual([])
  })

  it('the end stops what is at work, and what is waiting, and nothing is begun after it', async () => {
    const sandbox = await open(kind, 2)
    const running = [1, 2, 3].map(() => faultOf(sandbox.executor.run(batchOf(sleeper), never)))
    // One or two supervisors, their warm interpreters, their programs.
    await until(async () => (await withDescendants(sandbox.pids())).length >= (kind === 'rlimits' ? 3 : 6))
    const [pids, processes] = [sandbox.pids(), await withDescendants(sandbox.pids())]
    await sandbox.close()
    for (const { code, message } of await Promise.all(running)) {
      expect({ code, message }).toEqual({ code: 'executor-unavailable', message: 'The executor has been closed.' })
    }
    expect(await faultOf(runOne(sandbox.executor, sleeper))).toMatchObject({ code: 'executor-unavailable' })
    await untilGone(processes)
    expect(sandbox.pids()).toEqual([])
    expect(await workFolders(pids)).toEqual([])
  })

  it('a batch that is stopped between two runs leaves its environment as it was', async () => {
    const sandbox = await open(kind, 1)
    const before = sandbox.pids()
    const stopping = new AbortController()
    const job = { source: 'print(input())', inputs: Array.from({ length: 50 }, () => '1') }
    const stopped = sandbox.executor.run(batchOf(job), stopping.signal, () => stopping.abort(new Error('enough')))
    await expect(stopped).rejects.toThrow('enough')
    expect(await runOne(sandbox.executor, { source: 'print(2)' })).toMatchObject({ stdout: '2\n' })
    expect(sandbox.pids()).toEqual(before)
  })

  it('a killed supervisor is replaced, and the batch goes on as if nothing had been', async () => {
    const sandbox = await open(kind, 2)
    const before = sandbox.pids()
    const told: ExecutionResult[] = []
    const job = slowOnDemand(['first', 'slow', 'last'])
    const { compile, results } = await sandbox.executor.run(batchOf(job), never, (result) => {
      told.push(result)
      if (told.length === 1) setTimeout(() => before.forEach((pid) => process.kill(pid, 'SIGKILL')), 100)
    })
    expect(compile.ok).toBe(true)
    expect(results.map(({ stdout }) => stdout)).toEqual(['first\n', 'slow\n', 'last\n'])
    expect(told).toEqual(results)
    expect(sandbox.pids()).not.toEqual(before)
    await untilGone(before)
    expect(await workFolders(before)).toEqual([])
  })

  it('a halted supervisor is noticed and replaced', async () => {
    const sandbox = await open(kind, 1)
    const before = sandbox.pids()
    const processes = await withDescendants(before)
    let isFirst = true
    const { results } = await sandbox.executor.run(batchOf(slowOnDemand(['first', 'slow', 'last'])), never, () => {
      if (isFirst) before.forEach((pid) => process.kill(pid, 'SIGSTOP'))
      isFirst = false
    })
    expect(results.map(({ stdout }) => stdout)).toEqual(['first\n', 'slow\n', 'last\n'])
    await untilGone(processes)
    // One that was halted while nobody used it, too.
    sandbox.pids().forEach((pid) => process.kill(pid, 'SIGSTOP'))
    const later = await runBatch(sandbox.executor, slowOnDemand(['slow', 'last']))
    expect(later.results.map(({ stdout }) => stdout)).toEqual(['slow\n', 'last\n'])
  })

  it('a program whose supervisor dies twice has done it; the others are judged as ever', async () => {
    const sandbox = await open(kind, 2)
    const killed = new Set<number>()
    let current = 0
    // Twice the second run, and once the fourth: by then the program has no credit left.
    const deaths: Partial<Record<number, number>> = { 1: 2, 3: 3 }
    const killer = setInterval(() => {
      const fresh = sandbox.pids().find((pid) => !killed.has(pid))
      if (fresh === undefined || killed.size >= (deaths[current] ?? 0)) return
      killed.add(fresh)
      process.kill(fresh, 'SIGKILL')
    }, 20)
    const job = slowOnDemand(['first', 'slow', 'third', 'slow', 'last'])
    const running = sandbox.executor.run(batchOf(job), never, () => (current += 1))
    const { results } = await running.finally(() => clearInterval(killer))
    const violation = {
      outcome: 'sandbox-violation',
      exitCode: null,
      signal: null,
      stdout: '',
      violation: 'sandbox violation: the program ended the executor',
    }
    const [first, third, last] = ['first\n', 'third\n', 'last\n'].map((stdout) => ({ outcome: 'exited', stdout }))
    expect(results).toMatchObject([first, violation, third, violation, last])
    expect(killed.size).toBe(3)
    expect(await runOne(sandbox.executor, { source: 'print(1)' })).toMatchObject({ stdout: '1\n' })
  })

  it('an abort ends what runs, frees its place, and leaves nothing', async () => {
    const sandbox = await open(kind, 1)
    const controller = new AbortController()
    const running = sandbox.executor.run(batchOf(sleeper), controller.signal)
    void running.catch(() => undefined)
    // The supervisor, the warm interpreter, the program.
    await until(async () => (await withDescendants(sandbox.pids())).length >= 3)
    const [pids, processes] = [sandbox.pids(), await withDescendants(sandbox.pids())]
    const next = runOne(sandbox.executor, { source: 'print(1)' })
    controller.abort('enough')
    await expect(running).rejects.toBe('enough')
    expect(await next).toMatchObject({ stdout: '1\n' })
    await untilGone(processes)
    expect(await workFolders(pids)).toEqual([])
  })
})

describe('an abort', () => {
  // A cold executor is at another step of its start after each of these times.
  it.each([0, 1, 3, 5, 10, 20, 30, 50, 80])('is heard at every step of the start: after %i ms', async (ms) => {
    const executor = local()
    const controller = new AbortController()
    setTimeout(() => controller.abort('enough'), ms)
    await expect(executor.run(batchOf(sleeper), controller.signal)).rejects.toBe('enough')
    expect(await runOne(executor, { source: 'print(1)' })).toMatchObject({ stdout: '1\n' })
  })
})

describe('the places of the local executor', () => {
  it('are used at the same time', async () => {
    const { executor } = await open('all', 2)
    const controller = new AbortController()
    const occupying = executor.run(batchOf(sleeper), controller.signal).catch((error: unknown) => error)
    expect(await runOne(executor, { source: 'print(1)' })).toMatchObject({ stdout: '1\n' })
    controller.abort('done')
    expect(await occupying).toBe('done')
  })

  it('keep batches apart that come in the same moment', async () => {
    const sandbox = await open('all', 1)
    const { executor } = sandbox
    const inputs = Array.from({ length: 20 }, (_, index) => `${index}\n`)
    const names = ['a', 'b', 'c']
    const jobs = names.map((name): Job => ({ source: `print("${name}", input())`, inputs }))
    const batches = await Promise.all(jobs.map((job) => runBatch(executor, job)))
    for (const [index, { results }] of batches.entries()) {
      expect(results.map(({ stdout }) => stdout)).toEqual(inputs.map((input) => `${names[index]} ${input}`))
    }
    expect(sandbox.pids()).toHaveLength(1)
  })

  it('are waited for in order, and not by those who have gone', async () => {
    const { executor } = await open('all', 1)
    const finished: string[] = []
    const occupied = new AbortController()
    const occupying = executor.run(batchOf(sleeper), occupied.signal).catch(() => undefined)
    const gone = new AbortController()
    const abandoned = executor.run(batchOf({ source: 'print(1)' }), gone.signal)
    const waiting = ['first', 'second', 'third'].map(async (name) => {
      await runOne(executor, { source: 'print(1)' })
      finished.push(name)
    })
    gone.abort('changed my mind')
    await expect(abandoned).rejects.toBe('changed my mind')
    expect(finished).toEqual([])
    occupied.abort('done')
    await Promise.all([occupying, ...waiting])
    expect(finished).toEqual(['first', 'second', 'third'])
  })

  it('forget the programs that were used least, and compile them again', async () => {
    const { executor } = await open('all', 1)
    for (const index of Array.from({ length: 60 }, (_, index) => index % 30)) {
      const job: Job = { source: `print(${index}, input())`, inputs: ['x\n'] }
      expect(await runOne(executor, job)).toMatchObject({ stdout: `${index} x\n` })
    }
  })
})

/** Runs a script in a process of its own, to its end. */
async function runScript(script: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const file = join(await mkdtemp(join(root, 'script-')), 'script.mjs')
  await writeFile(file, script)
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, stdout, stderr }
}

describe('a process with an idle executor', () => {
  const adapter = new URL('../../src/adapters/local-executor.ts', import.meta.url).href
  const opening = `
    import { createLocalExecutor } from ${JSON.stringify(adapter)}
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const executor = createLocalExecutor({ log, searchPath: process.env.PATH, slots: 2 })
    const run = (batch) => executor.run(batch, new AbortController().signal)`

  it('ends by itself, and its supervisors with it', async () => {
    const batch = batchOf({ source: 'import time\ntime.sleep(0.2)\nprint(input())', inputs: ['a\n', 'b\n'] })
    const { code, stdout, stderr } = await runScript(`${opening}
      const [{ results }] = await Promise.all([1, 2].map(() => run(${JSON.stringify(batch)})))
      console.log(JSON.stringify({ outputs: results.map((result) => result.stdout), pids: executor.pids() }))`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { outputs, pids } = JSON.parse(stdout) as { outputs: string[]; pids: number[] }
    expect(outputs).toEqual(['a\n', 'b\n'])
    expect(pids).toHaveLength(2)
    await untilGone(pids)
    expect(await workFolders(pids)).toEqual([])
  })

  it('runs programs for a user of very many groups', async () => {
    // Built by who may.
    await local().warmUp()
    const { code, stdout, stderr } = await runScript(`${opening}
      process.setgroups(Array.from({ length: 1_000 }, (_, index) => 2_000_000_000 + index))
      process.setuid(${userOfItsOwn()})
      const { results } = await run(${JSON.stringify(batchOf({ source: 'print(input())', inputs: ['a\n'] }))})
      console.log(JSON.stringify(results.map(({ outcome, stdout }) => ({ outcome, stdout }))))`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual([{ outcome: 'exited', stdout: 'a\n' }])
  })

  it('takes its programs with it when it is killed', async () => {
    const batch = batchOf(sleeper)
    const { code, stdout } = await runScript(`${opening}
      await executor.warmUp()
      void run(${JSON.stringify(batch)})
      setTimeout(() => {
        console.log(JSON.stringify(executor.pids()))
        setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300)
      }, 300)`)
    expect(code).toBeNull()
    const pids = JSON.parse(stdout) as number[]
    expect(pids.length).toBeGreaterThan(0)
    await untilGone(pids)
    expect(await workFolders(pids)).toEqual([])
  })
})

describe('the log of the local executor', () => {
  it('has no word of a program, of what it reads, and of what it prints', async () => {
    const log = recordingLog()
    const executor = local({ log, ...onlyLimits(), minTier: 'rlimits' })
    const secret = 'NOT-FOR-THE-LOG'
    await runBatch(executor, { source: `print("${secret}", input())`, inputs: [`${secret}\n`] })
    await runBatch(executor, { source: `${secret} = (`, inputs: ['1'] })
    const [pid] = executor.pids()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
    await runBatch(executor, { source: `print("${secret}")` })
    expect(log.lines.some((line) => line.includes('made anew'))).toBe(true)
    expect(log.lines.join('\n')).not.toContain(secret)
  })
})
