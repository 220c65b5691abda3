// The image on machines that it may meet, with the client that calls it as the product does: the real adapter, over
// Lambda's Invoke, its answers opened with the key that only the caller has.
import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { startLambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import { createLambdaExecutor } from '../../src/adapters/lambda-executor.ts'
import type { BatchResult, ExecutionBatch } from '../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import type { Executor } from '../../src/ports.ts'
import type { Strength } from '../executor/attacks/attack.ts'
import { quietLog } from '../support/quiet-log.ts'
import { readDockerfile, startOf } from './dockerfile.ts'
import { ContainerFunction } from './function.ts'

const MiB = 1024 * 1024

/** A machine that the image may meet. */
export interface Machine {
  readonly name: string
  /** Lambda chooses one of its own. */
  readonly uid: number
  /** What is refused there (container.c). */
  readonly kernel: 'plain' | 'lambda' | 'docker'
  readonly maxTier?: 'rlimits'
  readonly tiers: readonly string[]
  /** Which of the attacks' expectations hold. */
  readonly strength: Strength
}

const start = startOf(readDockerfile())
export const machines: readonly Machine[] = [
  {
    name: 'a kernel that refuses prctl, seccomp, ptrace and namespaces, as in Lambda',
    uid: 993,
    kernel: 'lambda',
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
    name: 'a container as Docker makes it',
    uid: start.uid,
    kernel: 'docker',
    tiers: ['seccomp'],
    strength: 'all',
  },
  {
    name: 'everything this machine gives',
    uid: start.uid,
    kernel: 'plain',
    tiers: ['seccomp', 'namespaces'],
    strength: 'all',
  },
]

/** Part of every credential that the function's environment is given. */
export const secret = `secret-${randomBytes(12).toString('hex')}`
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

/** The image's root folder, and the program that makes a container of it (container.c). */
export interface Image {
  readonly container: string
  readonly root: string
}

/** How the entry point is started there. */
export function commandOf(
  { container, root }: Image,
  { uid, kernel }: Machine,
  ...args: string[]
): [string, ...string[]] {
  return [container, root, String(uid), kernel, ...start.words, ...args]
}

export interface Deployed {
  readonly machine: Machine
  readonly fn: ContainerFunction
  readonly executor: Executor
  close(): Promise<void>
}

export async function deploy(image: Image, machine: Machine, more: Record<string, string> = {}): Promise<Deployed> {
  const capped = machine.maxTier === undefined ? {} : { EXECUTOR_MAX_TIER: machine.maxTier }
  const fn = await ContainerFunction.open({
    command: commandOf(image, machine),
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

const mainFiles = { c: 'main.c', cpp: 'main.cpp', python: 'main.py', javascript: 'main.js', java: 'Main.java' } as const

export const asBatch = (language: ExecutorLanguage, text: string, inputs: readonly string[]): ExecutionBatch => ({
  version: 1,
  program: { language, files: [{ name: mainFiles[language], text }] },
  tests: inputs.map((input) => ({ input })),
  limits: { cpuMs: 5_000, wallMs: 10_000, memoryBytes: 256 * MiB, outputBytes: 1 * MiB },
  hashSeed: 0,
})

export async function run(executor: Executor, batch: ExecutionBatch): Promise<BatchResult> {
  return executor.run(batch, new AbortController().signal)
}

/** A batch whose runs all have to exit with 0 and print what is expected. */
export async function answers(
  executor: Executor,
  batch: ExecutionBatch,
  expected: readonly string[],
): Promise<string[]> {
  const { compile, results } = await run(executor, batch)
  const seen = results.map(({ outcome, exitCode, stdout }) =>
    outcome === 'exited' && exitCode === 0 ? stdout : outcome,
  )
  return isDeepStrictEqual(seen, expected) ? [] : [`${compile.log}${JSON.stringify(seen).slice(0, 600)}`]
}
