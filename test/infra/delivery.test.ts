// What the deployment calls, but for the smoke test and its last resort, which are tried apart.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { executorImageTag } from '../../infra/executor-image.ts'
import { makeScratch, repository, type Result, run } from './scripts.ts'
import { only, resources, stacks } from './templates.ts'

const templates = stacks()
const newFolder = makeScratch()

describe('synth.sh', () => {
  it('gives the stage’s settings to the CDK, one a line, as they are', async () => {
    const folder = newFolder()
    // What the shell would make of a pattern.
    writeFileSync(path.join(folder, 'alarmEmail=me@example.org'), '')
    const { status, calls } = await run('synth.sh', [], {
      folder,
      env: {
        AWS_REGION: 'eu-west-1',
        GITHUB_REPOSITORY: 'example/alpaco',
        SETTINGS: 'alarmEmail=*@example.org\r\n\nallowedOrigins=https://a.example, https://b.example\n',
      },
      programs: { npx: '' },
    })
    expect(status).toBe(0)
    expect(calls).toEqual([
      'npx cdk synth --quiet -c alarmEmail=*@example.org -c allowedOrigins=https://a.example, https://b.example -c stage=dev -c region=eu-west-1 -c githubRepository=example/alpaco',
    ])
  })

  it('needs none', async () => {
    const { calls } = await run('synth.sh', [], {
      folder: newFolder(),
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
      folder: newFolder(),
      programs: { aws: aws({ DistributionDomain: 'd1.example' }) },
    })
    expect(output).toBe('d1.example\n')
    expect(calls[0]).toContain('--stack-name Alpaco-Edge-dev ')
  })

  it('fails where there is none', async () => {
    const { status, output } = await run('output.sh', ['Edge', 'Domain'], {
      folder: newFolder(),
      programs: { aws: aws({}) },
    })
    expect(status).toBe(1)
    expect(output).toContain('Alpaco-Edge-dev has no output Domain')
  })

  it('is asked for outputs that the stacks have', () => {
    const asked = ['push-image.sh', 'roll-back.sh', 'sign-in.sh', '../../.github/workflows/deploy.yml']
      .map((file) => readFileSync(path.join(repository, 'infra/delivery', file), 'utf8'))
      .flatMap((source) => [...source.matchAll(/output\.sh"? (\w+) (\w+)/g)])
    expect(asked).toHaveLength(7)
    for (const [, stack = '', name = ''] of asked) expect(Object.keys(templates[stack]?.Outputs ?? {})).toContain(name)
  })
})

describe('push-image.sh', () => {
  const uri = '000000000000.dkr.ecr.eu-west-1.example/alpaco/executor-dev'
  const push = (tag: string, code: string): Promise<Result> =>
    run('push-image.sh', [], {
      folder: newFolder(),
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
    const executor = only(templates['Executor'], 'AWS::Lambda::Function')
    const [architecture] = executor.Properties['Architectures'] as string[]
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

const newest = (event: string, gh: string): Promise<Result> =>
  run('newest.sh', [], {
    folder: newFolder(),
    env: { GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: 'example/alpaco', GITHUB_SHA: 'abc' },
    programs: { gh },
  })

describe('newest.sh', () => {
  it('says yes where main is still at what was pushed', async () => {
    expect(await newest('push', 'echo abc')).toMatchObject({
      status: 0,
      output: 'is=yes\n',
      calls: ['gh api repos/example/alpaco/commits/main --jq .sha'],
    })
  })

  it('says no, and what is newer, where it is not', async () => {
    const { status, output } = await newest('push', 'echo def')
    expect({ status, output }).toEqual({
      status: 0,
      output: 'is=no\nmain is at def by now: abc is not deployed any more.\n',
    })
  })

  it('says neither where it cannot be asked', async () => {
    const { status, output } = await newest('push', 'echo "HTTP 503" >&2; exit 1')
    expect(status).toBe(1)
    expect(output).not.toContain('is=')
  })

  it.each(['release', 'workflow_dispatch'])('takes %s as it is', async (event) =>
    expect(await newest(event, 'echo def')).toMatchObject({ status: 0, output: 'is=yes\n', calls: [] }),
  )
})

const signIn = (code: string, refreshToken = 'refresh.token'): Promise<Result> =>
  run('sign-in.sh', ['header'], {
    folder: newFolder(),
    env: { SMOKE_REFRESH_TOKEN: refreshToken },
    programs: { aws: aws({ UserPoolClientId: 'client' }, code) },
  })

describe('sign-in.sh', () => {
  it('writes the header with the token to a file of its own, and shows it nobody', async () => {
    const { status, output, calls, folder } = await signIn('cat >sent; echo an.id.token')
    expect(status).toBe(0)
    const header = path.join(folder, 'header')
    expect(readFileSync(header, 'utf8')).toBe('X-Custom-Auth-Token: Bearer an.id.token\n')
    expect(statSync(header).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(path.join(folder, 'sent'), 'utf8'))).toEqual({
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: 'client',
      AuthParameters: { REFRESH_TOKEN: 'refresh.token' },
    })
    expect(output + calls.join('')).not.toMatch(/refresh\.token|id\.token/)
  })

  it.each([
    ['the refresh token has run out', "echo '(NotAuthorizedException)' >&2; exit 254"],
    ['there is a challenge to be met first, and no token', 'echo None'],
    ['the answer is no token', 'echo a.b'],
  ])('says what to do when %s', async (_what, code) => {
    const { status, output, folder } = await signIn(code)
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

/** A folder in which these versions are live. */
function deployed(versions: Readonly<Record<string, number>>): string {
  const folder = newFolder()
  for (const [name, version] of Object.entries(versions))
    writeFileSync(path.join(folder, `live-${name}`), `${version}\n`)
  return folder
}

describe('roll-back.sh', () => {
  /** Versions that are live, a file each, in the place of Lambda. */
  const lambda = [
    'file=live-$4',
    'case $2 in',
    // The states that a stack goes through: the first is told, and the last is told again and again.
    '  describe-stacks)',
    '    [ -e "states-$4" ] || { echo UPDATE_COMPLETE; exit; }',
    '    head -n 1 "states-$4"',
    '    if [ "$(wc -l <"states-$4")" -gt 1 ]; then sed -i 1d "states-$4"; elif [ -e after ]; then . ./after; fi ;;',
    '  get-alias) cat "$file" 2>/dev/null || { echo "(ResourceNotFoundException)" >&2; exit 254; } ;;',
    '  update-alias) if [ -e "refuse-$4" ]; then exit 254; fi; echo "$8" >"$file" ;;',
    'esac',
  ].join('\n')
  const names = ['alpaco-generator-dev', 'alpaco-sweeper-dev', 'alpaco-executor-dev']
  const live = (folder: string): string[] =>
    names.map((name) => readFileSync(path.join(folder, `live-${name}`), 'utf8').trim())
  const rollBack = (folder: string, mode: string, file = 'noted'): Promise<Result> =>
    run('roll-back.sh', [mode, file], { folder, programs: { aws: lambda, sleep: '' } })

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
    expect(output).toContain('alpaco-generator-dev could not be set to 7.')
    expect(live(folder)).toEqual(['9', '5', '3'])
  })

  it.each([
    ['an update', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
    ['a roll-back of its own', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'],
    ['whatever it does not tell', '(Throttling)', 'UPDATE_ROLLBACK_FAILED'],
  ])('waits for the end of %s, which may move an alias', async (_what, during, afterwards) => {
    const folder = deployed({ 'alpaco-generator-dev': 7, 'alpaco-sweeper-dev': 5, 'alpaco-executor-dev': 3 })
    await rollBack(folder, 'note')
    writeFileSync(path.join(folder, 'states-Alpaco-Generator-dev'), `${during}\n${during}\n${afterwards}\n`)
    writeFileSync(path.join(folder, 'after'), 'echo 9 >live-alpaco-generator-dev\n')
    const { status, calls } = await rollBack(folder, 'back')
    expect(status).toBe(0)
    expect(live(folder)).toEqual(['7', '5', '3'])
    expect(calls.filter((call) => call.startsWith('sleep'))).toHaveLength(2)
  })

  it('says so when CloudFormation does not come to rest, and goes back all the same', async () => {
    const folder = deployed({ 'alpaco-generator-dev': 7, 'alpaco-sweeper-dev': 5, 'alpaco-executor-dev': 3 })
    await rollBack(folder, 'note')
    writeFileSync(path.join(folder, 'live-alpaco-generator-dev'), '9\n')
    for (const stack of ['Executor', 'Generator'])
      writeFileSync(path.join(folder, `states-Alpaco-${stack}-dev`), 'UPDATE_IN_PROGRESS\n')
    const { status, output, calls } = await rollBack(folder, 'back')
    expect(status).toBe(1)
    expect(output).toContain('Alpaco-Generator-dev may still change what is live: UPDATE_IN_PROGRESS')
    expect(live(folder)).toEqual(['7', '5', '3'])
    expect(calls.filter((call) => call === 'sleep 10').length * 10).toBeLessThan(600)
  })

  it('looks again in the end', async () => {
    const folder = deployed({ 'alpaco-generator-dev': 7, 'alpaco-sweeper-dev': 5, 'alpaco-executor-dev': 3 })
    await rollBack(folder, 'note')
    // Something moves it as soon as it has been looked at.
    const moves = lambda.replace('cat "$file"', 'cat "$file" && { [ "$4" != alpaco-sweeper-dev ] || echo 9 >"$file"; }')
    const { status, output } = await run('roll-back.sh', ['back', 'noted'], { folder, programs: { aws: moves } })
    expect(status).toBe(1)
    expect(output).toContain('alpaco-sweeper-dev is not at 5.')
  })

  it('has nothing to go back to at the first deployment', async () => {
    const folder = deployed({})
    const { status, output } = await rollBack(folder, 'note')
    expect(status).toBe(0)
    expect(output).toContain('alpaco-executor-dev is not deployed yet.')
    const { status: ended, calls } = await rollBack(folder, 'back')
    expect(ended).toBe(0)
    expect(calls.filter((call) => call.includes('-alias'))).toEqual([])
  })

  it('stops before the deployment when it cannot tell what is live', async () => {
    const { status, output } = await run('roll-back.sh', ['note', 'noted'], {
      folder: newFolder(),
      programs: { aws: "echo '(AccessDeniedException)' >&2; exit 254" },
    })
    expect(status).toBe(1)
    expect(output).toContain('AccessDeniedException')
  })

  it('knows every function that has an alias, and its name', () => {
    const source = readFileSync(path.join(repository, 'infra/delivery/roll-back.sh'), 'utf8')
    const services = /for service in (.*); do/.exec(source)?.[1]?.split(' ') ?? []
    const all = Object.values(templates)
    const aliases = all.flatMap((template) => resources(template, 'AWS::Lambda::Alias'))
    const functions = all
      .flatMap((template) => resources(template, 'AWS::Lambda::Function'))
      .map(({ Properties: properties }) => String(properties['FunctionName']))
    expect(services.map((service) => `alpaco-${service}-dev`).sort()).toEqual([...functions].sort())
    expect(aliases.map(({ Properties: properties }) => properties['Name'])).toEqual(services.map(() => 'live'))
    expect(source.match(/--name (\w+)/g)).toEqual(['--name live', '--name live'])
  })

  it('makes live what was deployed, which CloudFormation does not do after a roll-back: who is called comes first', async () => {
    const folder = deployed({ 'alpaco-generator-dev': 7, 'alpaco-sweeper-dev': 6, 'alpaco-executor-dev': 3 })
    const versions = { GeneratorVersion: '9', SweeperVersion: '8', ExecutorVersion: '4' }
    const { status, calls } = await run('roll-back.sh', ['forward'], {
      folder,
      programs: { aws: aws(versions, lambda) },
    })
    expect(status).toBe(0)
    expect(live(folder)).toEqual(['9', '8', '4'])
    expect(calls.filter((call) => call.includes('update-alias'))).toEqual([
      'aws lambda update-alias --function-name alpaco-executor-dev --name live --function-version 4',
      'aws lambda update-alias --function-name alpaco-sweeper-dev --name live --function-version 8',
      'aws lambda update-alias --function-name alpaco-generator-dev --name live --function-version 9',
    ])
  })

  it.each([
    ['is told no version', {}, 'Alpaco-Executor-dev has no output ExecutorVersion'],
    ['cannot set one', { ExecutorVersion: '4' }, 'alpaco-executor-dev could not be set to 4.'],
  ])('ends the deployment when it %s', async (_what, versions, message) => {
    const folder = deployed({ 'alpaco-executor-dev': 3 })
    writeFileSync(path.join(folder, 'refuse-alpaco-executor-dev'), '')
    const { status, output } = await run('roll-back.sh', ['forward'], {
      folder,
      programs: { aws: aws(versions, lambda) },
    })
    expect(status).toBe(1)
    expect(output).toContain(message)
  })

  it('goes forward to the versions that the aliases are deployed with', () => {
    for (const [stack, service] of [
      ['Generator', 'Generator'],
      ['Generator', 'Sweeper'],
      ['Executor', 'Executor'],
    ] as const) {
      const { Value: version } = templates[stack]?.Outputs[`${service}Version`] ?? {}
      const alias = resources(templates[stack], 'AWS::Lambda::Alias').find(({ Properties: properties }) =>
        JSON.stringify(properties['FunctionName']).startsWith(`{"Ref":"${service}`),
      )
      expect(alias?.Properties['FunctionVersion'], service).toEqual(version)
    }
  })

  it.each(['', 'note', 'forward file', 'sideways file'])('says how it is called: not “%s”', async (words) => {
    const { status, output } = await run('roll-back.sh', words.split(' '), { folder: newFolder() })
    expect(status).toBe(2)
    expect(output).toMatch(/^roll-back\.sh note FILE .*\nroll-back\.sh back FILE .*\nroll-back\.sh forward/)
  })
})
