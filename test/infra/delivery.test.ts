// The scripts of the delivery, as the workflows call them. Programs that would reach a network are stood in for by ones that
// write down how they were called.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { App } from 'aws-cdk-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addStacks } from '../../infra/deployment.ts'
import { executorImageTag } from '../../infra/executor-image.ts'
import { resources, stacks, statements } from './templates.ts'

const repository = path.resolve(import.meta.dirname, '../..')
const scratch = mkdtempSync(path.join(tmpdir(), 'alpaco-delivery-'))
afterAll(() => rmSync(scratch, { recursive: true }))

interface Result {
  readonly status: unknown
  readonly output: string
  /** What the stand-ins were called with, in order. */
  readonly calls: readonly string[]
  readonly folder: string
}

/** Runs a script of infra/delivery with stand-ins: shell code by the program's name. What they are sent is in `$0.in`. */
async function run(
  script: string,
  args: readonly string[],
  { env = {}, programs = {} }: { env?: Record<string, string>; programs?: Record<string, string> } = {},
  folder = mkdtempSync(path.join(scratch, 'run-')),
): Promise<Result> {
  const calls = path.join(folder, 'calls')
  writeFileSync(calls, '')
  for (const [name, code] of Object.entries(programs)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>'${calls}'\n${code}\n`)
    chmodSync(path.join(folder, name), 0o755)
  }
  const child = spawn('sh', [path.join(repository, 'infra/delivery', script), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${folder}:${path.join(repository, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      STAGE: 'dev',
      ...env,
    },
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<unknown[]>,
  ])
  return {
    status,
    output: stdout + stderr,
    calls: readFileSync(calls, 'utf8').split('\n').filter(Boolean),
    folder,
  }
}

/** Starts a server on loopback; its URL. */
async function listen(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return { url: `http://127.0.0.1:${address.port}`, server }
}

describe('synth.sh', () => {
  it('gives the stage’s settings to the CDK, one a line', async () => {
    const { status, calls } = await run('synth.sh', [], {
      env: {
        AWS_REGION: 'eu-west-1',
        GITHUB_REPOSITORY: 'example/alpaco',
        SETTINGS: 'alarmEmail=ops@example.org\r\n\nallowedOrigins=https://a.example, https://*.example\n',
      },
      programs: { npx: 'printf "<%s>" "$@" >words' },
    })
    expect(status).toBe(0)
    expect(calls).toEqual([
      'npx cdk synth --quiet -c alarmEmail=ops@example.org -c allowedOrigins=https://a.example, https://*.example -c stage=dev -c region=eu-west-1 -c githubRepository=example/alpaco',
    ])
  })

  it('needs none', async () => {
    const { calls } = await run('synth.sh', [], {
      env: { AWS_REGION: 'eu-west-1', GITHUB_REPOSITORY: 'example/alpaco', SETTINGS: '' },
      programs: { npx: '' },
    })
    expect(calls).toEqual(['npx cdk synth --quiet -c stage=dev -c region=eu-west-1 -c githubRepository=example/alpaco'])
  })
})

/** A stand-in for the AWS CLI that knows outputs of stacks, and otherwise does what it is told. */
const aws = (outputs: Readonly<Record<string, string>>, code = ''): string =>
  [
    'case "$*" in',
    ...Object.entries(outputs).map(([name, value]) => `*"OutputKey=='${name}'"*) echo '${value}'; exit 0 ;;`),
    'cloudformation*) exit 0 ;;',
    'esac',
    code,
  ].join('\n')

describe('output.sh', () => {
  it('prints an output of a stack', async () => {
    const { output, calls } = await run('output.sh', ['Edge', 'DistributionDomain'], {
      programs: { aws: aws({ DistributionDomain: 'd1.example' }) },
    })
    expect(output).toBe('d1.example\n')
    expect(calls[0]).toContain('--stack-name Alpaco-Edge-dev ')
  })

  it('fails where there is none', async () => {
    const { status, output } = await run('output.sh', ['Edge', 'Domain'], { programs: { aws: aws({}) } })
    expect(status).toBe(1)
    expect(output).toContain('Alpaco-Edge-dev has no output Domain')
  })

  it('is asked for outputs that the stacks have', () => {
    const templates = stacks()
    const asked = ['push-image.sh', 'sign-in.sh', '../../.github/workflows/deploy.yml']
      .map((file) => readFileSync(path.join(repository, 'infra/delivery', file), 'utf8'))
      .flatMap((source) => [...source.matchAll(/output\.sh"? (\w+) (\w+)/g)])
    expect(asked).toHaveLength(4)
    for (const [, stack = '', name = ''] of asked) expect(Object.keys(templates[stack]?.Outputs ?? {})).toContain(name)
  })
})

describe('push-image.sh', () => {
  const uri = '000000000000.dkr.ecr.eu-west-1.example/alpaco/executor-dev'
  const push = (tag: string, code: string): Promise<Result> =>
    run('push-image.sh', [], {
      programs: {
        aws: aws({ ExecutorRepositoryUri: uri, ExecutorImageTag: tag }, code),
        docker: 'if [ "$1" = login ]; then cat >password; fi',
        npx: 'exec "$@"',
      },
    })
  const missing = `case $2 in describe-images) echo 'An error occurred (ImageNotFoundException)' >&2; exit 254 ;; *) echo secret ;; esac`

  it('builds and pushes an image whose tag the registry does not have', async () => {
    const { status, calls, folder, output } = await push(executorImageTag(), missing)
    expect(status).toBe(0)
    const docker = calls.filter((call) => call.startsWith('docker '))
    expect(docker[0]).toBe('docker login --username AWS --password-stdin 000000000000.dkr.ecr.eu-west-1.example')
    expect(readFileSync(path.join(folder, 'password'), 'utf8')).toBe('secret\n')
    expect(output).not.toContain('secret')
    expect(docker[1]).toContain('buildx build --platform linux/amd64 --provenance=false --sbom=false --push ')
    expect(docker[1]).toContain(` -t ${uri}:${executorImageTag()} `)
  })

  it('builds for the platform of the function', () => {
    const platforms: Record<string, string> = { x86_64: 'linux/amd64', arm64: 'linux/arm64' }
    const [executor] = resources(stacks()['Executor'], 'AWS::Lambda::Function')
    const [architecture] = executor?.Properties['Architectures'] as string[]
    const source = readFileSync(path.join(repository, 'infra/delivery/push-image.sh'), 'utf8')
    expect(/--platform (\S+)/.exec(source)?.[1]).toBe(platforms[architecture ?? ''])
  })

  it('leaves one alone that is there', async () => {
    const { status, calls } = await push('abc', '')
    expect(status).toBe(0)
    expect(calls.join('\n')).toContain('--repository-name alpaco/executor-dev --image-ids imageTag=abc')
    expect(calls.filter((call) => !call.startsWith('aws '))).toEqual([])
  })

  it('builds none when the registry cannot be read', async () => {
    const { status, calls, output } = await push(executorImageTag(), "echo '(AccessDeniedException)' >&2; exit 254")
    expect(status).toBe(1)
    expect(output).toContain('AccessDeniedException')
    expect(calls.filter((call) => !call.startsWith('aws '))).toEqual([])
  })

  it('does not put another content under a tag that was asked for', async () => {
    const { status, calls, output } = await push('of-last-week', missing)
    expect(status).toBe(1)
    expect(output).toContain(
      `executorImageTag asks for of-last-week, which the registry does not have; these sources make ${executorImageTag()}.`,
    )
    expect(calls.filter((call) => call.startsWith('docker '))).toEqual([])
  })
})

describe('sign-in.sh', () => {
  const signIn = (code: string, refreshToken = 'refresh.token'): Promise<Result> =>
    run('sign-in.sh', ['header'], {
      env: { SMOKE_REFRESH_TOKEN: refreshToken },
      programs: { aws: aws({ UserPoolClientId: 'client' }, code) },
    })

  it('writes the header with the token to a file of its own, and shows it nobody', async () => {
    const { status, output, calls, folder } = await signIn('cat >sent; echo id.token')
    expect(status).toBe(0)
    const header = path.join(folder, 'header')
    expect(readFileSync(header, 'utf8')).toBe('X-Custom-Auth-Token: Bearer id.token\n')
    expect(statSync(header).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(path.join(folder, 'sent'), 'utf8'))).toEqual({
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: 'client',
      AuthParameters: { REFRESH_TOKEN: 'refresh.token' },
    })
    expect(output + calls.join('')).not.toMatch(/refresh\.token|id\.token/)
  })

  it('says what to do when the refresh token has run out', async () => {
    const { status, output, folder } = await signIn("echo '(NotAuthorizedException)' >&2; exit 254")
    expect(status).toBe(1)
    expect(output).toContain('Set the secret SMOKE_REFRESH_TOKEN anew')
    expect(existsSync(path.join(folder, 'header'))).toBe(false)
  })

  it('does nothing without one', async () => {
    const { status, calls, folder } = await signIn('', '')
    expect({ status, calls }).toEqual({ status: 0, calls: [] })
    expect(existsSync(path.join(folder, 'header'))).toBe(false)
  })
})

describe('roll-back.sh', () => {
  /** Versions that are live, a file each, in the place of Lambda. */
  const lambda = [
    'file=live-$4',
    'case $2 in',
    '  get-alias) cat "$file" 2>/dev/null || { echo "(ResourceNotFoundException)" >&2; exit 254; } ;;',
    '  update-alias) if [ -e "refuse-$4" ]; then exit 254; fi; echo "$8" >"$file" ;;',
    'esac',
  ].join('\n')
  const names = ['alpaco-generator-dev', 'alpaco-sweeper-dev', 'alpaco-executor-dev']
  function deployed(versions: Readonly<Record<string, number>>): string {
    const folder = mkdtempSync(path.join(scratch, 'lambda-'))
    for (const [name, version] of Object.entries(versions))
      writeFileSync(path.join(folder, `live-${name}`), `${version}\n`)
    return folder
  }
  const live = (folder: string): string[] =>
    names.map((name) => readFileSync(path.join(folder, `live-${name}`), 'utf8').trim())
  const rollBack = (folder: string, mode: string, file = 'noted'): Promise<Result> =>
    run('roll-back.sh', [mode, file], { programs: { aws: lambda } }, folder)

  it('makes the versions live again that were noted before the deployment', async () => {
    const folder = deployed({ 'alpaco-generator-dev': 7, 'alpaco-sweeper-dev': 5, 'alpaco-executor-dev': 3 })
    expect(await rollBack(folder, 'note')).toMatchObject({ status: 0 })
    for (const name of names.slice(0, 2)) writeFileSync(path.join(folder, `live-${name}`), '9\n')
    const { status, calls } = await rollBack(folder, 'back')
    expect(status).toBe(0)
    expect(live(folder)).toEqual(['7', '5', '3'])
    expect(calls.filter((call) => call.includes('update-alias'))).toEqual([
      'aws lambda update-alias --function-name alpaco-generator-dev --name live --function-version 7',
      'aws lambda update-alias --function-name alpaco-sweeper-dev --name live --function-version 5',
    ])
  })

  it('goes on with the others when one cannot be set back, and fails', async () => {
    const folder = deployed({ 'alpaco-generator-dev': 7, 'alpaco-sweeper-dev': 5, 'alpaco-executor-dev': 3 })
    await rollBack(folder, 'note')
    for (const name of names) writeFileSync(path.join(folder, `live-${name}`), '9\n')
    writeFileSync(path.join(folder, 'refuse-alpaco-generator-dev'), '')
    const { status, output } = await rollBack(folder, 'back')
    expect(status).toBe(1)
    expect(output).toContain('alpaco-generator-dev could not be set back to 7.')
    expect(live(folder)).toEqual(['9', '5', '3'])
  })

  it('has nothing to go back to at the first deployment', async () => {
    const folder = deployed({})
    const { status, output } = await rollBack(folder, 'note')
    expect(status).toBe(0)
    expect(output).toContain('alpaco-executor-dev is not deployed yet.')
    expect(await rollBack(folder, 'back')).toMatchObject({ status: 0, calls: [] })
  })

  it('stops before the deployment when it cannot tell what is live', async () => {
    const { status, output } = await run('roll-back.sh', ['note', 'noted'], {
      programs: { aws: "echo '(AccessDeniedException)' >&2; exit 254" },
    })
    expect(status).toBe(1)
    expect(output).toContain('AccessDeniedException')
  })

  it('knows every function that has an alias, and its name', () => {
    const source = readFileSync(path.join(repository, 'infra/delivery/roll-back.sh'), 'utf8')
    const services = /for service in (.*); do/.exec(source)?.[1]?.split(' ') ?? []
    const templates = Object.values(stacks())
    const aliases = templates.flatMap((template) => resources(template, 'AWS::Lambda::Alias'))
    const functions = templates
      .flatMap((template) => resources(template, 'AWS::Lambda::Function'))
      .map(({ Properties: properties }) => properties['FunctionName'])
    expect(services.map((service) => `alpaco-${service}-dev`).sort()).toEqual([...functions].sort())
    expect(aliases.map(({ Properties: properties }) => properties['Name'])).toEqual(services.map(() => 'live'))
    expect(source.match(/--name (\w+)/g)).toEqual(['--name live', '--name live'])
  })

  it.each([[], ['note'], ['forward', 'file']])('says how it is called: %s %s', async (...args) => {
    const { status, output } = await run('roll-back.sh', args)
    expect(status).toBe(2)
    expect(output).toMatch(/^roll-back\.sh note FILE .*\nroll-back\.sh back FILE/)
  })
})

describe('smoke-test.sh', () => {
  const token = 'eyJhbGciOi.of-nobody.else'
  /** What is told of a call of curl, and then the call itself. */
  const curl = `exec ${execFileSync('which', ['curl'], { encoding: 'utf8' }).trim()} "$@"`
  const sse = { 'content-type': 'text/event-stream; charset=utf-8' }
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const progress = 'id: a:1\nevent: progress\ndata: {"type":"progress"}\n\n'
  const problem = 'id: a:2\nevent: problem\ndata: {"type":"problem"}\n\n'
  const failed = (code: string): string =>
    `${progress}id: a:2\nevent: failed\ndata: {"type":"failed","code":"${code}","message":"…"}\n\n`

  type Answer = (response: Parameters<RequestListener>[1], request: Parameters<RequestListener>[0]) => void
  const answer =
    (status: number, headers: Record<string, string>, body: string): Answer =>
    (response) =>
      response.writeHead(status, headers).end(body)
  /** A deployment that is whole; it even says the token, for nobody may repeat it. */
  const whole: Record<'health' | 'preflight' | 'refusal' | 'stream', Answer> = {
    health: answer(200, json, '{"status":"ok"}\n'),
    preflight: answer(200, json, '{}'),
    refusal: answer(401, json, '{"code":"unauthorized"}'),
    stream: (response, request) =>
      response.writeHead(200, sse).end(`: ${String(request.headers['x-custom-auth-token'])}\n\n${progress}${problem}`),
  }

  async function smoke(
    change: Partial<typeof whole> = {},
    { withToken = true, env = {} }: { withToken?: boolean; env?: Record<string, string> } = {},
  ): Promise<Result> {
    const answers = { ...whole, ...change }
    const { url, server } = await listen((request, response) => {
      const { method, url: asked = '', headers } = request
      if (asked === '/health') answers.health(response, request)
      else if (method === 'OPTIONS') answers.preflight(response, request)
      else if (headers['x-custom-auth-token'] === undefined) answers.refusal(response, request)
      else answers.stream(response, request)
    })
    const folder = mkdtempSync(path.join(scratch, 'smoke-'))
    writeFileSync(path.join(folder, 'header'), withToken ? `X-Custom-Auth-Token: Bearer ${token}\n` : '')
    const result = await run(
      'smoke-test.sh',
      [url, 'header'],
      { env: { SMOKE_TRIES: '1', ...env }, programs: { curl } },
      folder,
    )
    server.closeAllConnections()
    server.close()
    expect(result.output + result.calls.join('\n')).not.toContain(token)
    return result
  }

  it('passes on a deployment that is whole', async () => {
    const { status, output, calls } = await smoke()
    expect(output).toBe('✓ health\n✓ preflight\n✓ no token, no problem\n✓ a stream\n✓ a problem\n')
    expect(status).toBe(0)
    for (const call of calls) expect(call).toMatch(/^curl -sN .*-H Accept-Encoding: gzip, br/)
  })

  it('without a token asks what needs none', async () => {
    const { status, output, calls } = await smoke({}, { withToken: false })
    expect(status).toBe(0)
    expect(output).toContain('– no token: no problem was made')
    expect(calls).toHaveLength(3)
  })

  it('waits for a distribution that is not known yet', async () => {
    let asked = 0
    const health: Answer = (response, request) =>
      (asked++ === 0 ? answer(404, {}, 'not here') : whole.health)(response, request)
    expect(await smoke({ health }, { env: { SMOKE_TRIES: '2' }, withToken: false })).toMatchObject({ status: 0 })
  })

  it.each(['verification-failed', 'model-unavailable', 'model-rate-limited'])(
    'does not blame the deployment for %s',
    async (code) => {
      const { status, output } = await smoke({ stream: answer(200, sse, failed(code)) })
      expect(status).toBe(0)
      expect(output).toContain(`✓ an end, though no problem: ${code}`)
    },
  )

  it.each<[string, Partial<typeof whole>, string]>([
    ['nobody is there', { health: (response) => response.destroy() }, 'health: the connection broke (curl: 52'],
    [
      'CloudFront may not call the function',
      { refusal: answer(403, json, '{}') },
      'no token, no problem: 403 instead of 401',
    ],
    ['anybody may make problems', { refusal: answer(200, sse, problem) }, 'no token, no problem: 200 instead of 401'],
    ['somebody else answers', { health: answer(200, json, '{}') }, 'health: not ours'],
    [
      'the web app answers',
      { health: answer(200, { 'content-type': 'text/html' }, '') },
      "health: 'text/html' instead of application/json",
    ],
    ['there is no preflight', { preflight: answer(403, json, '{}') }, 'preflight: 403 instead of 200'],
    ['the token is refused', { stream: answer(401, json, '{}') }, 'a stream: 401 instead of 200'],
    ['the signature is refused', { stream: answer(403, json, '{}') }, 'a stream: 403 instead of 200'],
    [
      'the answer is no stream',
      { stream: answer(200, json, '{}') },
      "a stream: 'application/json; charset=utf-8' instead of text/event-stream",
    ],
    [
      'the stream is compressed',
      { stream: answer(200, { ...sse, 'content-encoding': 'gzip' }, problem) },
      'a stream: compressed (gzip)',
    ],
    [
      'health is compressed',
      { health: answer(200, { ...json, 'content-encoding': 'br' }, '') },
      'health: compressed (br)',
    ],
    [
      'the stream ends without a last event',
      { stream: answer(200, sse, progress) },
      "without a last event, after 'progress'",
    ],
    ['the stream is empty', { stream: answer(200, sse, ': hello\n\n') }, "without a last event, after 'nothing'"],
    ['something comes after the last event', { stream: answer(200, sse, problem + progress) }, "after 'progress'"],
    [
      'the stream breaks off',
      {
        stream: (response) => {
          response.writeHead(200, sse)
          response.write(progress, () => response.destroy())
        },
      },
      'a stream: the connection broke (curl: 18, status 200)',
    ],
    [
      'the stream is held back to its end',
      { stream: (response, request) => setTimeout(() => whole.stream(response, request), 2_300) },
      'held back: the first byte came after 2.3',
    ],
    [
      'programs cannot be run',
      { stream: answer(200, sse, failed('executor-unavailable')) },
      'the run failed: executor-unavailable',
    ],
    ['there is a bug', { stream: answer(200, sse, failed('internal')) }, 'the run failed: internal'],
    [
      'the model’s key is refused',
      { stream: answer(200, sse, failed('model-key-refused')) },
      'the run failed: model-key-refused',
    ],
    ['the run is cancelled', { stream: answer(200, sse, 'event: cancelled\ndata: {}\n\n') }, "after 'cancelled'"],
  ])('fails when %s', async (_what, change, message) => {
    const { status, output } = await smoke(change)
    expect(status).toBe(1)
    expect(output).toContain('✗ ')
    expect(output).toContain(message)
  })

  it('excuses only failures that there are', () => {
    const source = readFileSync(path.join(repository, 'infra/delivery/smoke-test.sh'), 'utf8')
    const excused = /^ +([a-z-]+(?: \| [a-z-]+)+)\)$/m.exec(source)?.[1]?.split(' | ') ?? []
    expect(excused).toHaveLength(5)
    const contract = readFileSync(path.join(repository, 'src/contract/events.ts'), 'utf8')
    for (const code of excused) expect(contract).toContain(`'${code}',`)
  })
})

describe('pin-actions.sh', () => {
  const hash = '0123456789abcdef0123456789abcdef01234567'
  const check = async (line: string): Promise<Result> => {
    const folder = mkdtempSync(path.join(scratch, 'pins-'))
    writeFileSync(path.join(folder, 'w.yml'), `jobs:\n  a:\n    steps:\n      - ${line}\n`)
    return run('pin-actions.sh', ['w.yml'], {}, folder)
  }

  it.each([
    ['an action with its hash and version', `uses: example/act@${hash} # v1.2.3`],
    ['a folder of an action', `uses: example/act/part@${hash} # v1.2.3`],
    ['a workflow of ours', 'uses: ./.github/workflows/check.yml'],
  ])('passes %s', async (_what, line) => {
    expect(await check(line)).toMatchObject({ status: 0, output: '' })
  })

  it.each([
    ['a placeholder', 'uses: example/act@PLACEHOLDER # v1.2.3'],
    ['a tag', 'uses: example/act@v1'],
    ['a hash that is cut', `uses: example/act@${hash.slice(1)} # v1.2.3`],
    ['a hash without its version', `uses: example/act@${hash}`],
    ['an image', 'uses: docker://example/act:1'],
  ])('fails on %s, and says how to fill it in', async (_what, line) => {
    const { status, output } = await check(line)
    expect(status).toBe(1)
    expect(output).toContain('fill them in with: sh infra/delivery/pin-actions.sh --fill')
    expect(output).toContain(`w.yml:4:      - ${line}`)
  })

  describe('--fill', () => {
    const servers = path.join(scratch, 'servers')
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', path.join(servers, 'example/act'), ...args], {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          GIT_AUTHOR_NAME: 'a',
          GIT_AUTHOR_EMAIL: 'a@example.org',
          GIT_COMMITTER_NAME: 'a',
          GIT_COMMITTER_EMAIL: 'a@example.org',
        },
      }).trim()
    beforeAll(() => {
      mkdirSync(path.join(servers, 'example/act'), { recursive: true })
      git('init', '-q')
      for (const tag of ['v1.2.3', 'v1.2.30']) {
        git('commit', '-q', '--allow-empty', '-m', tag)
        git('tag', '-a', tag, '-m', tag)
      }
      git('commit', '-q', '--allow-empty', '-m', 'v2.0.0')
      git('tag', 'v2.0.0')
    })
    const fill = async (content: string): Promise<Result & { filled: string }> => {
      const folder = mkdtempSync(path.join(scratch, 'fill-'))
      writeFileSync(path.join(folder, 'w.yml'), content)
      const env = { GITHUB_SERVER_URL: `file://${servers}` }
      const result = await run('pin-actions.sh', ['--fill', 'w.yml'], { env }, folder)
      return { ...result, filled: readFileSync(path.join(folder, 'w.yml'), 'utf8') }
    }

    it('writes the commit of each version', async () => {
      const { status, filled } = await fill(
        `- uses: example/act@PLACEHOLDER # v1.2.3\n- uses: example/act/part@${hash} # v2.0.0\n- uses: ./here\n`,
      )
      expect(filled).toBe(
        `- uses: example/act@${git('rev-parse', 'v1.2.3^{commit}')} # v1.2.3\n- uses: example/act/part@${git('rev-parse', 'v2.0.0')} # v2.0.0\n- uses: ./here\n`,
      )
      expect(status).toBe(0)
    })

    it('fails at a version that there is not, and changes nothing', async () => {
      const content = '- uses: example/act@PLACEHOLDER # v9.0.0\n'
      const { status, output, filled } = await fill(content)
      expect({ status, filled }).toEqual({ status: 1, filled: content })
      expect(output).toContain('example/act has no version v9.0.0.')
    })
  })
})

describe('comment-diff.sh', () => {
  const account = '123456789012'
  /** Actions that were asked for, by service and name. */
  const asked = new Set<string>()
  let folder: string
  let api: { url: string; server: Server }

  beforeAll(async () => {
    folder = mkdtempSync(path.join(scratch, 'diff-'))
    const settings = JSON.parse(readFileSync(path.join(repository, 'cdk.json'), 'utf8')) as { context: object }
    const context = { ...settings.context, githubRepository: 'example/alpaco' }
    const app = new App({ context, outdir: path.join(folder, 'build/cdk.out'), analyticsReporting: false })
    addStacks(app)
    app.synth()
    // The two services that the CDK asks: whoever deployed before deployed nothing.
    api = await listen(async (request, response) => {
      const form = new URLSearchParams(await text(request))
      const action = form.get('Action') ?? ''
      const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/(\w+)\//.exec(request.headers.authorization ?? '') ?? []
      asked.add(`${service}:${action}`)
      const answers: Record<string, string> = {
        GetCallerIdentity: `<Arn>arn:aws:sts::${account}:assumed-role/a/b</Arn><UserId>a</UserId><Account>${account}</Account>`,
        DescribeStacks: `<Stacks><member><StackName>${form.get('StackName') ?? ''}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime></member></Stacks>`,
        GetTemplate: '<TemplateBody>{"Resources":{}}</TemplateBody>',
      }
      const found = answers[action]
      if (found === undefined)
        response.writeHead(403).end('<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>')
      else response.end(`<${action}Response><${action}Result>${found}</${action}Result></${action}Response>`)
    })
  })
  afterAll(() => api.server.close())

  const comment = (gh: string): Promise<Result> =>
    run(
      'comment-diff.sh',
      [],
      {
        env: {
          CI: 'true',
          PULL_REQUEST: '12',
          GITHUB_REPOSITORY: 'example/alpaco',
          AWS_ENDPOINT_URL: api.url,
          AWS_REGION: 'ap-northeast-2',
          AWS_ACCESS_KEY_ID: 'a',
          AWS_SECRET_ACCESS_KEY: 'b',
          AWS_EC2_METADATA_DISABLED: 'true',
        },
        programs: { npx: 'exec "$@"', gh },
      },
      folder,
    )
  /** Lists these comments, and keeps what is written. */
  const github = (comments: string): string =>
    `case "$*" in *--paginate*) printf '${comments}' ;; *) cp "\${7#body=@}" comment ;; esac`

  it('says in a new comment what would change', async () => {
    const { status, calls } = await comment(github(''))
    expect(status).toBe(0)
    const written = readFileSync(path.join(folder, 'comment'), 'utf8')
    expect(written).toMatch(
      /^<!-- cdk diff: dev -->\nWhat a deployment to `dev` would change:\n\n~~~~~~~~~~~~\nStack Alpaco-Bootstrap-dev/,
    )
    expect(written).toContain('[+] AWS::ECR::Repository')
    expect(written).not.toContain(account)
    expect(written.split('~~~~~~~~~~~~')).toHaveLength(3)
    expect(written.length).toBeLessThan(65_536)
    expect(written).toMatch(/The rest is in the log of the job\.\n$/)
    expect(calls.at(-1)).toMatch(
      /^gh api --silent --method POST repos\/example\/alpaco\/issues\/12\/comments -F body=@/,
    )
  })

  it('writes its own comment anew where there is one', async () => {
    const { status, calls } = await comment(github('345\\n678\\n'))
    expect(status).toBe(0)
    expect(calls.at(-2)).toContain('startswith("<!-- cdk diff: dev -->")')
    expect(calls.at(-1)).toMatch(/--method PATCH repos\/example\/alpaco\/issues\/comments\/345 /)
  })

  it('asks for nothing that its role may not have, and for all that it has', () => {
    const granted = statements(stacks()['Bootstrap'], 'Diff').flatMap(({ Action }) => Action)
    // Who one is may always be asked; the role for look-ups is refused, and the CDK goes on without it.
    const free = ['sts:GetCallerIdentity', 'sts:AssumeRole']
    expect([...asked].filter((action) => !free.includes(action)).sort()).toEqual([...granted].sort())
  })
})
