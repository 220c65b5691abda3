// What has to hold of the image, tried at its entry point under one kind of machine after another: answers, secrets, and
// every attack of the suite. Started by run.ts, in a network of its own.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { startLambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import { createLambdaExecutor } from '../../src/adapters/lambda-executor.ts'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import {
  executorLanguageSchema,
  type BatchResult,
  type ExecutionBatch,
  type ExecutorLanguage,
} from '../../src/contract/execution.ts'
import { encodeRequest, encodeTest, openReply } from '../../src/executor/wire.ts'
import type { Executor } from '../../src/ports.ts'
import { endingsOf, limitsOf, type Attack, type Strength } from '../executor/attacks/attack.ts'
import { echoes, nativeFinder, pythonCanary } from '../executor/attacks/finders.ts'
import { preciousFolderSlot, secretFileSlot } from '../executor/attacks/names.ts'
import { attacks } from '../executor/attacks/suite.ts'
import { quietLog } from '../support/quiet-log.ts'
import { readDockerfile, startOf } from './dockerfile.ts'
import { ContainerFunction } from './function.ts'
import { counting, spying } from './programs.ts'

const MiB = 1024 * 1024

/** A machine that the image may meet. */
interface Machine {
  readonly name: string
  /** Lambda chooses one of its own. */
  readonly uid: number
  readonly kernel: 'plain' | 'refusing'
  readonly maxTier?: 'rlimits'
  readonly tiers: readonly string[]
  /** Which of the attacks' expectations hold. */
  readonly strength: Strength
}

const start = startOf(readDockerfile())
const machines: readonly Machine[] = [
  {
    name: 'a kernel that refuses prctl, seccomp, ptrace and namespaces, as in Lambda',
    uid: 993,
    kernel: 'refusing',
    tiers: ['rlimits'],
    strength: 'rlimits',
  },
  {
    name: 'EXECUTOR_MAX_TIER=rlimits',
    uid: start.uid,
    kernel: 'plain',
    maxTier: 'rlimits',
    tiers: ['rlimits'],
    strength: 'rlimits',
  },
  {
    name: 'everything this machine gives',
    uid: start.uid,
    kernel: 'plain',
    tiers: ['seccomp', 'namespaces'],
    strength: 'all',
  },
]

const { values: options, positionals } = parseArgs({
  options: { machine: { type: 'string' }, attack: { type: 'string', default: '' } },
  allowPositionals: true,
})
const [container = '', root = ''] = positionals

const secret = `secret-${randomBytes(12).toString('hex')}`
const environment = {
  ...start.environment,
  PATH: '/usr/local/bin:/usr/bin:/bin',
  EXECUTOR_MIN_TIER: 'rlimits',
  AWS_REGION: 'ap-northeast-2',
  AWS_LAMBDA_FUNCTION_NAME: 'alpaco-executor-local',
  AWS_ACCESS_KEY_ID: `id-${secret}`,
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_SESSION_TOKEN: `token-${secret}`,
}

let passed = 0
const failures: string[] = []

function note(name: string, problems: readonly string[], figure = ''): void {
  if (problems.length === 0) passed += 1
  else failures.push(`${name}: ${problems.join('; ')}`)
  console.log(`  ${problems.length === 0 ? '✓' : '✗'} ${name}${figure === '' ? '' : ` (${figure})`}`)
  for (const problem of problems) console.log(`      ${problem}`)
}

async function check(name: string, work: () => Promise<readonly string[]>): Promise<void> {
  const startedAt = performance.now()
  const problems = await work().catch((error: unknown) => [String(error)])
  note(name, problems, `${Math.round(performance.now() - startedAt)} ms`)
}

const asBatch = (language: ExecutorLanguage, text: string, inputs: readonly string[]): ExecutionBatch => ({
  version: 1,
  program: { language, files: [{ name: mainFiles[language], text }] },
  tests: inputs.map((input) => ({ input })),
  limits: { cpuMs: 5_000, wallMs: 10_000, memoryBytes: 256 * MiB, outputBytes: 1 * MiB },
  hashSeed: 0,
})
const mainFiles = { c: 'main.c', cpp: 'main.cpp', python: 'main.py', javascript: 'main.js', java: 'Main.java' } as const
const never = new AbortController().signal
const run = async (executor: Executor, batch: ExecutionBatch): Promise<BatchResult> => executor.run(batch, never)

/** A batch whose runs all have to exit with 0 and print what is expected. */
async function answers(executor: Executor, batch: ExecutionBatch, expected: readonly string[]): Promise<string[]> {
  const { compile, results } = await run(executor, batch)
  const seen = results.map(({ outcome, exitCode, stdout }) =>
    outcome === 'exited' && exitCode === 0 ? stdout : outcome,
  )
  return isDeepStrictEqual(seen, expected) ? [] : [`${compile.log}${JSON.stringify(seen).slice(0, 600)}`]
}

// ---- one machine --------------------------------------------------------------------------------------------------

/** A function with the client that calls it as the product does: the real adapter, over Lambda's Invoke. */
interface Deployed {
  readonly machine: Machine
  readonly fn: ContainerFunction
  readonly executor: Executor
  close(): Promise<void>
}

function commandOf({ uid, kernel }: Machine, ...args: string[]): [string, ...string[]] {
  return [container, root, String(uid), kernel, ...start.words, ...args]
}

async function deploy(machine: Machine, more: Record<string, string> = {}): Promise<Deployed> {
  const capped = machine.maxTier === undefined ? {} : { EXECUTOR_MAX_TIER: machine.maxTier }
  const fn = await ContainerFunction.open({
    command: commandOf(machine),
    environment: { ...environment, ...capped, ...more },
  })
  const service = await startLambdaInvoke({ handler: async (_name, payload) => fn.invoke(payload) })
  const functionArn = 'arn:aws:lambda:ap-northeast-2:123456789012:function:alpaco-executor-local'
  const executor = createLambdaExecutor({ functionArn, endpoint: service.endpoint, log: quietLog })
  return {
    machine,
    fn,
    executor,
    async close() {
      await service.close()
      await fn.close()
    },
  }
}

async function checkAnswers({ fn, executor, machine }: Deployed): Promise<void> {
  await check('starts, and says which tier it reaches', async () => {
    await fn.warmUp()
    const ready = fn.lines.find((line) => line.includes('The sandbox is ready')) ?? ''
    const tier = /"tier":"(\w+)"/.exec(ready)?.[1] ?? 'nothing'
    return machine.tiers.includes(tier) ? [] : [`${tier}: ${fn.lines.join('\n')}`]
  })
  for (const language of executorLanguageSchema.options) {
    for (const times of ['first', 'second']) {
      const batch = asBatch(language, counting[language], ['3 1 2\n', '10 20 30 40\n', '-5\n'])
      const expected = ['1 2 3\nsum 6\n', '10 20 30 40\nsum 100\n', '-5\nsum -5\n']
      // Another program each time: compiled anew.
      await check(`${language} answers, the ${times} time`, async () =>
        answers(executor, { ...batch, program: renamed(batch.program, times) }, expected),
      )
    }
  }
  await check('the reply is sealed for who asked, and for nobody else', async () => {
    const { tests, ...batch } = asBatch('python', counting.python, ['1\n'])
    const request = encodeRequest({ ...batch, tests }, tests.map(encodeTest), { wallMs: 20_000, replyBytes: 100_000 })
    const reply = await fn.invoke(request)
    const { results } = openReply(request, reply)
    const isOpen = (other: Partial<typeof request>): boolean => {
      try {
        openReply({ ...request, ...other }, reply)
        return true
      } catch {
        return false
      }
    }
    return [
      ...(results[0]?.stdout === '1\nsum 1\n' ? [] : [JSON.stringify(results)]),
      ...(isOpen({ key: randomBytes(32).toString('base64') }) ? ['opened with another key'] : []),
      ...(isOpen({ nonce: randomBytes(16).toString('hex') }) ? ['opened for another request'] : []),
    ]
  })
  await check('the older message is answered, directly and in an envelope', async () => {
    const message = { code_to_execute: 'def solution(x):\n    print("seen")\n    return sum(x)', input_data: [1, 2, 3] }
    const direct = await fn.invoke(message)
    const wrapped = (await fn.invoke({ body: JSON.stringify(message) })) as { statusCode?: number; body?: string }
    const expected = { stdout: 'seen\n', returnValue: 6, exitCode: 0, timedOut: false, isSuccessful: true }
    const holds = (reply: unknown): boolean => isDeepStrictEqual({ ...(reply as object), ...expected }, reply)
    return [
      ...(holds(direct) ? [] : [JSON.stringify(direct)]),
      ...(wrapped.statusCode === 200 && holds(JSON.parse(wrapped.body ?? '{}')) ? [] : [JSON.stringify(wrapped)]),
    ]
  })
  await check('what is no request is refused by name', async () => {
    const error = await fn.invoke({ what: 'else' }).catch((error: unknown) => error)
    return error instanceof Error && error.name === 'bad-request' ? [] : [String(error)]
  })
}

/** The same program as a text of its own. */
function renamed({ language, files }: ExecutionBatch['program'], word: string): ExecutionBatch['program'] {
  const comment = language === 'python' ? `# ${word}` : `// ${word}`
  return { language, files: files.map(({ name, text }) => ({ name, text: `${text}\n${comment}\n` })) }
}

async function checkSecrets({ fn, executor }: Deployed): Promise<void> {
  for (const language of executorLanguageSchema.options) {
    for (const access of ['none', 'folder'] as const) {
      await check(`a ${language} program with access "${access}" finds no credentials`, async () => {
        const batch = { ...asBatch(language, spying[language], ['']), access }
        const result = await run(executor, batch)
        const [seen] = result.results
        return [
          ...(JSON.stringify(result).includes(secret) ? ['it printed them'] : []),
          ...(seen?.outcome === 'exited' && seen.exitCode === 0 ? [] : [JSON.stringify(result).slice(0, 600)]),
          ...(/^opened: *$/m.test(seen?.stdout ?? '') ? [] : [`it read of others: ${seen?.stdout.slice(-300)}`]),
        ]
      })
    }
  }
  await check('no process of the container has them, seen from outside', async () => {
    const inside = fn.processes().filter((pid) => readlinkSync(`/proc/${pid}/exe`) !== container)
    const holders = inside.filter((pid) =>
      ['environ', 'cmdline'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1').includes(secret)),
    )
    return [
      ...(inside.length >= 2 ? [] : [`only ${inside.length} processes were there to look at`]),
      ...holders.map((pid) => `process ${pid}: ${readlinkSync(`/proc/${pid}/exe`)}`),
    ]
  })
}

function checkLeavings({ fn }: Deployed): void {
  const inside = fn.processes()
  const left = readdirSync(`/proc/${inside[0]}/root/tmp`).filter((name) => !name.startsWith('alpaco-box-'))
  note('/tmp is empty but for the sandbox’s own folder', left)
  const defunct = inside.filter((pid) => /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')))
  note('nothing dead is left unburied', defunct.map(String))
}

async function checkRefusal(machine: Machine): Promise<void> {
  const deployed = await deploy({ ...machine, maxTier: 'rlimits' }, { EXECUTOR_MIN_TIER: 'namespaces' })
  await check('refuses to run below EXECUTOR_MIN_TIER, and says why', async () => {
    const error = await deployed.fn
      .invoke({ code_to_execute: 'def solution(x): return x' })
      .catch((error: unknown) => error)
    const isRefused = error instanceof Error && error.name === 'executor-unavailable'
    return isRefused && error.message.includes('"rlimits"') ? [] : [String(error)]
  })
  await deployed.close()
}

async function checkSupervisor(machine: Machine): Promise<void> {
  const supervisor = createLocalExecutor({
    log: quietLog,
    command: commandOf(machine, 'supervisor'),
    minTier: 'rlimits',
    slots: 1,
  })
  for (const language of executorLanguageSchema.options) {
    await check(`as a supervisor over standard streams it answers in ${language}`, async () =>
      answers(supervisor, asBatch(language, counting[language], ['2 1\n']), ['1 2\nsum 3\n']),
    )
  }
  await supervisor.close()
}

// ---- attacks ------------------------------------------------------------------------------------------------------

const inScene = (text: string): string =>
  text.replaceAll(secretFileSlot, '/etc/shadow').replaceAll(preciousFolderSlot, '/app/src')

/** What a later program of somebody else prints; everything but its first line is the same in every sound environment. */
async function lookAround(executor: Executor, language: 'python' | 'c', source: string): Promise<string> {
  const input = randomBytes(6).toString('hex')
  const { compile, results } = await run(executor, asBatch(language, source, [input]))
  const [result] = results
  const [first, ...rest] = result?.stdout.split('\n') ?? []
  const isRight =
    result?.outcome === 'exited' && result.exitCode === 0 && first === Buffer.from(input).reverse().toString()
  return isRight ? rest.join('\n') : `not accepted: ${compile.log}${JSON.stringify(result)}`
}

async function attackWith(
  { executor, machine }: Deployed,
  attack: Attack,
  language: ExecutorLanguage,
): Promise<string[]> {
  const source = inScene(attack.languages[language] ?? '')
  const batch = asBatch(
    language,
    source,
    Array.from({ length: attack.runs ?? 1 }, () => 'ALPACO-NEXT-INPUT\n'),
  )
  const files = [...batch.program.files, ...(attack.files ?? [])]
  const result = await run(executor, { ...batch, program: { language, files }, limits: limitsOf(attack, language) })
  const endings = endingsOf(result)
  const wrong = endings.filter((ending) => !attack.expect[machine.strength].includes(ending))
  return [
    ...(wrong.length > 0 ? [`ended with ${wrong.join(', ')}: ${JSON.stringify(result).slice(0, 500)}`] : []),
    ...(JSON.stringify(result).includes(secret) ? ['it found the credentials'] : []),
  ]
}

async function checkAttacks(deployed: Deployed): Promise<void> {
  const { executor, fn } = deployed
  const chosen = attacks.filter(({ name }) => name.includes(options.attack))
  const rows = chosen.flatMap((attack) =>
    executorLanguageSchema.options.flatMap((language) =>
      attack.languages[language] === undefined ? [] : [{ attack, language }],
    ),
  )
  const quiet = {
    python: await lookAround(executor, 'python', pythonCanary),
    native: await lookAround(executor, 'c', nativeFinder),
  }
  const startedAt = performance.now()
  const startsBefore = fn.starts
  let accepted = 0
  let asExpected = 0
  for (const [index, { attack, language }] of rows.entries()) {
    if (index % 100 === 50) console.log(`    … ${index} of ${rows.length} attacks`)
    const name = `a ${language} program ${attack.name}`
    const problems = await attackWith(deployed, attack, language).catch((error: unknown) => [String(error)])
    if (problems.length === 0) asExpected += 1
    else note(name, problems)
    // The next program of somebody else: accepted, and nothing around it has changed.
    const after = {
      python: await lookAround(executor, 'python', pythonCanary).catch(String),
      native: await lookAround(executor, 'c', nativeFinder).catch(String),
    }
    const echo = await answers(executor, asBatch(language, echoes[language], ['echo']), ['echo']).catch((error) => [
      String(error),
    ])
    const isAccepted = isDeepStrictEqual(after, quiet) && echo.length === 0
    if (isAccepted) accepted += 1
    else note(`the canary after ${name}`, [JSON.stringify({ after, quiet, echo }).slice(0, 1_500)])
  }
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
  const restarts = fn.starts - startsBefore
  const figure = `${rows.length} programs, ${restarts} new environments, ${minutes} min`
  note(
    `attacks end as they should: ${asExpected} of ${rows.length}`,
    asExpected === rows.length ? [] : ['see above'],
    figure,
  )
  note(
    `the program after each one is accepted: ${accepted} of ${rows.length}`,
    accepted === rows.length ? [] : ['see above'],
  )
}

// ---- all of it ----------------------------------------------------------------------------------------------------

execFileSync('ip', ['link', 'set', 'lo', 'up'])
for (const machine of machines.filter(({ name }) => name.includes(options.machine ?? ''))) {
  console.log(`\n${machine.name}, user ${machine.uid}`)
  const deployed = await deploy(machine)
  await checkAnswers(deployed)
  await checkSecrets(deployed)
  checkLeavings(deployed)
  await checkRefusal(machine)
  await checkSupervisor(machine)
  await checkAttacks(deployed)
  checkLeavings(deployed)
  await deployed.close()
}
console.log(`\n${passed} checks passed, ${failures.length} failed`)
process.exit(failures.length === 0 ? 0 : 1)
