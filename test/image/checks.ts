// What has to hold of the image, tried at its entry point under one kind of machine after another: answers, secrets, and
// every attack of the suite. Started by run.ts, in a network of its own: `checks.ts CONTAINER ROOT [OPTION]...`.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { createLocalExecutor } from '../../src/adapters/local-executor.ts'
import type { ExecutionBatch } from '../../src/contract/execution.ts'
import { executorLanguageSchema } from '../../src/contract/languages.ts'
import { encodeRequest, encodeTest, openReply } from '../../src/executor/wire.ts'
import { quietLog } from '../support/quiet-log.ts'
import { checkAttacks } from './attacks.ts'
import { answers, asBatch, commandOf, deploy, machines, run, secret, type Deployed, type Machine } from './machines.ts'
import { counting, spying } from './programs.ts'
import { check, note, sumUp } from './report.ts'

const { values: options, positionals } = parseArgs({
  options: {
    without: { type: 'string', multiple: true, default: [] },
    machine: { type: 'string', default: '' },
    attack: { type: 'string', default: '' },
  },
  allowPositionals: true,
})
const [container = '', root = ''] = positionals
const image = { container, root }
const languages = executorLanguageSchema.options.filter((language) => !options.without.includes(language))
const leftOut = executorLanguageSchema.options.filter((language) => options.without.includes(language))

async function checkAnswers({ fn, executor, machine }: Deployed): Promise<void> {
  await check('starts, and says which tier it reaches', async () => {
    await fn.warmUp()
    const ready = fn.lines.find((line) => line.includes('The sandbox is ready')) ?? ''
    const tier = /"tier":"(\w+)"/.exec(ready)?.[1] ?? 'nothing'
    return machine.tiers.includes(tier) ? [] : [`${tier}: ${fn.lines.join('\n')}`]
  })
  for (const language of languages) {
    for (const times of ['first', 'second']) {
      const batch = asBatch(language, counting[language], ['3 1 2\n', '10 20 30 40\n', '-5\n'])
      const expected = ['1 2 3\nsum 6\n', '10 20 30 40\nsum 100\n', '-5\nsum -5\n']
      // Another program each time: compiled anew.
      await check(`${language} answers, the ${times} time`, async () =>
        answers(executor, { ...batch, program: renamed(batch.program, times) }, expected),
      )
    }
  }
  for (const language of leftOut) {
    await check(`${language} was left out, and is refused by name`, async () => {
      const { tests, ...batch } = asBatch(language, counting[language], ['1\n'])
      const request = encodeRequest({ ...batch, tests }, tests.map(encodeTest), { wallMs: 20_000, replyBytes: 100_000 })
      const error = await fn.invoke(request).catch((error: unknown) => error)
      const isRefused = error instanceof Error && error.name === 'executor-unavailable'
      return isRefused && error.message.includes('not found') ? [] : [String(error)]
    })
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
  for (const language of languages) {
    for (const access of ['none', 'folder'] as const) {
      await check(`a ${language} program with access "${access}" finds no credentials`, async () => {
        const batch = { ...asBatch(language, spying[language], ['']), access }
        const result = await run(executor, batch)
        const [seen] = result.results
        return [
          ...(JSON.stringify(result).includes(secret) ? ['it printed them'] : []),
          ...(seen?.outcome === 'exited' && seen.exitCode === 0 ? [] : [JSON.stringify(result).slice(0, 600)]),
          ...(/^opened: *$/m.test(seen?.stdout ?? '') ? [] : [JSON.stringify(seen?.stdout.slice(-300))]),
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

function checkLeavings({ fn, machine }: Deployed): void {
  const inside = fn.processes()
  const left = readdirSync(`/proc/${inside[0]}/root/tmp`).filter((name) => !name.startsWith('alpaco-box-'))
  note('/tmp is empty but for the sandbox’s own folder', left)
  // Orphans are the first process's to bury; where that is Node, which knows only its own children, nobody does.
  if (machine.kernel === 'docker') return
  const defunct = inside.filter((pid) => /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')))
  note('nothing dead is left unburied', defunct.map(String))
}

async function checkRefusal(machine: Machine): Promise<void> {
  const deployed = await deploy(image, { ...machine, maxTier: 'rlimits' }, { EXECUTOR_MIN_TIER: 'namespaces' })
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
    command: commandOf(image, machine, 'supervisor'),
    minTier: 'rlimits',
    slots: 1,
  })
  for (const language of languages) {
    await check(`as a supervisor over standard streams it answers in ${language}`, async () =>
      answers(supervisor, asBatch(language, counting[language], ['2 1\n']), ['1 2\nsum 3\n']),
    )
  }
  await supervisor.close()
}

execFileSync('ip', ['link', 'set', 'lo', 'up'])
for (const machine of machines.filter(({ name }) => name.includes(options.machine))) {
  console.log(`\n${machine.name}, user ${machine.uid}`)
  const deployed = await deploy(image, machine)
  await checkAnswers(deployed)
  await checkSecrets(deployed)
  checkLeavings(deployed)
  await checkRefusal(machine)
  await checkSupervisor(machine)
  await checkAttacks(deployed, languages, options.attack)
  checkLeavings(deployed)
  await deployed.close()
}
process.exit(sumUp() ? 0 : 1)
