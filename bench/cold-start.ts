// `npm run bench -- cold-start`: what the first request to a new environment waits for, in AWS's runtime client: our function as it is
// deployed against one that does nothing, and against the same sources unbundled. Shuffled rounds, medians of same-round ratios.
import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { startFunctionUrl } from '../mock/function-url/server.ts'
import { parseScenario } from '../mock/gemini/scenario.ts'
import { startGemini } from '../mock/gemini/server.ts'
import { makeIssuerKey, signToken } from '../mock/issuer/key.ts'
import { startIssuer } from '../mock/issuer/server.ts'
import { tinyAuthor } from '../test/support/tiny-author.ts'
import { makeDisks, packagings, type Variant } from './cold-start/disks.ts'
import { type Figure, median } from './measure.ts'
import { startApart, defineTable, tableClient } from './service.ts'

const requests = ['preflight', 'health', '401', 'prelude', 'model'] as const
type Request = (typeof requests)[number]

/** Real user pools are asked for by HTTPS: the rules for tokens are those of a deployment, the stage is the local one. */
const issuer = 'https://cognito-idp.ap-northeast-2.amazonaws.com/ap-northeast-2_bench'
const clientId = 'bench'

interface Sample {
  readonly ms: number
  readonly rssBytes: number
}

/** Runs the benchmark with the words after its name; returns the exit code. */
export async function coldStart(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: { rounds: { type: 'string', default: '11' }, json: { type: 'boolean', default: false } },
  })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) {
    console.error('cold-start [--rounds 11] [--json]')
    return 2
  }
  const { folder, disks } = await makeDisks()
  const table = await startApart(new URL('../mock/dynamodb/main.ts', import.meta.url).pathname, '--port', '0')
  const key = await makeIssuerKey()
  const keys = await startIssuer({ keys: [key] })
  let onModelRequest: (() => void) | undefined
  const gemini = await startGemini({
    author: (question) => {
      onModelRequest?.()
      return tinyAuthor(question)
    },
    scenario: parseScenario('{}'),
  })
  await defineTable(table.endpoint)
  const { region, credentials, tableName } = tableClient
  const env = {
    STAGE: 'local',
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    PROBLEMS_TABLE_NAME: tableName,
    // Nothing is executed before the model has answered, and then it is over.
    CODE_EXECUTOR_LAMBDA_ARN: 'arn:aws:lambda:ap-northeast-2:000000000000:function:executor',
    AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:9',
    GOOGLE_AI_API_KEY: 'local',
    GEMINI_BASE_URL: gemini.endpoint,
    COGNITO_ISSUER_URL: issuer,
    COGNITO_APP_CLIENT_ID: clientId,
    COGNITO_JWKS_URL: keys.jwksUrl,
    QUOTA_RUNS_PER_DAY: '1000000',
    QUOTA_RUNNING: '1000000',
    POWERTOOLS_LOG_LEVEL: 'ERROR',
  }
  const claims = { iss: issuer, aud: clientId }
  const issuedAtSeconds = Math.floor(Date.now() / 1_000)
  const token = await signToken(key, 'bench', { issuedAtSeconds, lifetimeSeconds: 36_000, claims })
  const over = await signToken(key, 'bench', { issuedAtSeconds: issuedAtSeconds - 7_200, lifetimeSeconds: 60, claims })

  /** From the request to the first byte of its answer, or to the first request to the model, in a new environment. */
  async function measure(variant: Variant, request: Request): Promise<Sample> {
    const url = await startFunctionUrl({
      environment: { kind: 'runtime', root: disks[variant], env, maxEnvironments: 1, freezes: false },
      onLog: () => undefined,
    })
    const asked = Promise.withResolvers<number>()
    onModelRequest = () => asked.resolve(performance.now())
    const path = request === 'health' ? '/health' : '/generate?algorithm_type=graph&difficulty=easy'
    const sent = request === '401' ? over : token
    const startedAt = performance.now()
    const response = await fetch(url.url + path, {
      method: request === 'preflight' ? 'OPTIONS' : 'GET',
      headers: { 'x-custom-auth-token': `Bearer ${sent}` },
    })
    const body = response.body?.getReader()
    await body?.read()
    const firstByteAt = performance.now()
    const status = { preflight: 200, health: 200, '401': 401, prelude: 200, model: 200 }[request]
    if (variant !== 'bare' && response.status !== status) throw new Error(`${variant} ${request}: ${response.status}`)
    const at = request === 'model' && variant !== 'bare' ? await asked.promise : firstByteAt
    const rssBytes = residentBytes()
    await body?.cancel().catch(() => undefined)
    await url.close()
    return { ms: at - startedAt, rssBytes }
  }

  const samples = new Map<string, Sample[]>()
  try {
    for (let round = 0; round < rounds; round += 1) {
      const jobs = shuffled(
        requests
          .flatMap((request) => (Object.keys(disks) as Variant[]).map((variant) => ({ request, variant })))
          .filter(({ request, variant }) => variant !== 'floor' || request === 'prelude'),
      )
      for (const { request, variant } of jobs) {
        const name = `${variant} ${request}`
        samples.set(name, [...(samples.get(name) ?? []), await measure(variant, request)])
      }
      if (!values.json) console.log(`  round ${round + 1} of ${rounds}`)
    }
  } finally {
    await Promise.all([gemini.close(), keys.close()])
    table.stop()
    await rm(folder, { recursive: true, force: true })
  }

  const of = (variant: Variant, request: Request): Sample[] => samples.get(`${variant} ${request}`) ?? []
  const ratio = (variant: Variant, request: Request, to: Variant): number =>
    median(of(variant, request).map(({ ms }, round) => ms / (of(to, request)[round]?.ms ?? Number.NaN)))
  const figures = packagings.flatMap((variant): Figure[] => {
    const rss = median(of(variant, 'model').map(({ rssBytes }) => rssBytes)) / 1e6
    return [
      ...(['preflight', 'health', '401'] as const).map((request) =>
        figure(`${variant}: first byte of ${request}`, ratio(variant, request, 'bare'), '× bare', 1.35),
      ),
      figure(`${variant}: prelude of a run`, ratio(variant, 'prelude', 'unbundled'), '× unbundled', 0.2),
      { name: `${variant}: prelude of a run`, value: `${ratio(variant, 'prelude', 'floor').toFixed(3)} × floor` },
      figure(`${variant}: model and clients ready`, ratio(variant, 'model', 'unbundled'), '× unbundled', 0.2),
      figure(`${variant}: resident memory when the model is asked`, rss, 'MB', 70),
    ]
  })
  const floor = ratio('floor', 'prelude', 'unbundled')
  figures.push({ name: 'floor: prelude of a run', value: `${floor.toFixed(3)} × unbundled` })
  const medians = Object.fromEntries(
    [...samples].map(([name, all]) => [name, Math.round(median(all.map(({ ms }) => ms)))]),
  )
  if (values.json) console.log(JSON.stringify({ figures, medians }))
  else {
    for (const { name, value, target, met } of figures)
      console.log(
        `${met === undefined ? ' ' : met ? '✓' : '✗'} ${name}: ${value}   ${target === undefined ? '' : `target ${target}`}`,
      )
    console.log(`median milliseconds: ${JSON.stringify(medians)}`)
  }
  return figures.every(({ met }) => met !== false) ? 0 : 1
}

function figure(name: string, value: number, unit: string, most: number): Figure {
  return { name, value: `${value.toFixed(3)} ${unit}`, target: `≤ ${most} ${unit}`, met: value <= most }
}

/** Resident memory of the largest process below this one that is Node. */
function residentBytes(): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const sizes = children.flatMap((id) => {
    try {
      const status = readFileSync(`/proc/${id}/status`, 'utf8')
      const isOurs = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(status)
      const isFunction = readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('aws-lambda-ric')
      return isOurs && isFunction ? [Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1_024] : []
    } catch {
      return [] // It ended meanwhile.
    }
  })
  return Math.max(0, ...sizes)
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value)
}
