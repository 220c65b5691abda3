// What the workflows promise, read from their own text. What their scripts do is tried in delivery.test.ts.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { only, resources, stacks, statements } from './templates.ts'

interface Step {
  readonly id?: string
  readonly name?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
}
interface Job {
  readonly 'runs-on'?: string
  readonly if?: string
  readonly uses?: string
  readonly needs?: string | readonly string[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: string
  readonly outputs?: Readonly<Record<string, string>>
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': unknown }
  readonly env?: Readonly<Record<string, string>>
  readonly steps?: readonly Step[]
  readonly 'timeout-minutes'?: number
}
interface Workflow {
  readonly on: unknown
  readonly permissions: unknown
  readonly concurrency?: Job['concurrency']
  readonly defaults: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

const repository = path.resolve(import.meta.dirname, '../..')
const folder = path.join(repository, '.github/workflows')
const texts = Object.fromEntries(
  readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
)
const workflows = Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, parse(text) as Workflow]))
const jobs = Object.entries(workflows).flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]): [string, Job] => [`${file}: ${name}`, job]),
)
const steps = jobs.flatMap(([job, { steps = [] }]) =>
  steps.map((step, at): [string, Step] => [
    `${job}: ${step.name ?? step.uses ?? step.run?.split('\n')[0] ?? at}`,
    step,
  ]),
)
const runs = steps.flatMap(([name, { run }]): [string, string][] => (run === undefined ? [] : [[name, run]]))
const job = (name: string): Job => jobs.find(([known]) => known === name)?.[1] ?? {}
const stages = ['dev', 'production'] as const
const templates = Object.fromEntries(
  stages.map((stage) => [stage, stacks({ stage, githubRepository: 'example/alpaco' })]),
)
const { Bootstrap: bootstrap, Executor: executor, Generator: generator } = templates['dev'] ?? {}
const secondsOf = (minutes: number): number => minutes * 60

it('there are three workflows', () => expect(Object.keys(workflows)).toEqual(['check.yml', 'deploy.yml', 'diff.yml']))

describe('when they run', () => {
  it('each push and pull request is checked, once', () => {
    expect(workflows['check.yml']?.on).toEqual({
      push: { 'branches-ignore': ['main'] },
      pull_request: null,
      workflow_call: null,
    })
    expect(workflows['deploy.yml']?.on).toMatchObject({ push: { branches: ['main'] } })
    expect(job('deploy.yml: check').uses).toBe('./.github/workflows/check.yml')
    expect(job('deploy.yml: deploy').needs).toContain('check')
  })

  it('the check is what the README says', () => {
    expect(
      job('check.yml: check')
        .steps?.map(({ run }) => run)
        .filter(Boolean),
    ).toEqual(['npm ci --no-audit --no-fund', 'npm run check'])
    const readme = readFileSync(path.join(repository, 'README.md'), 'utf8')
    for (const command of ['npm ci', 'npm run check']) expect(readme).toContain(command)
  })

  it('production is deployed by a release, no pre-release, or by hand, dev by a push to main', () => {
    expect(workflows['deploy.yml']?.on).toMatchObject({
      release: { types: ['released'] },
      workflow_dispatch: { inputs: { stage: { type: 'choice', options: stages, default: 'dev' } } },
    })
    expect(job('deploy.yml: release-check').outputs).toEqual({
      stage: "${{ github.event_name == 'push' && 'dev' || inputs.stage || 'production' }}",
    })
  })

  it('a diff is made for pull requests of the repository itself, never with rights for a fork', () => {
    expect(workflows['diff.yml']?.on).toBe('pull_request')
    expect(job('diff.yml: synthesize').if).toBe(
      "github.event.pull_request.head.repo.full_name == github.repository && github.actor != 'dependabot[bot]'",
    )
    expect(job('diff.yml: comment').needs).toBe('synthesize')
    for (const text of Object.values(texts)) expect(text).not.toMatch(/pull_request_target|workflow_run/)
  })
})

describe('what they may do', () => {
  it.each(Object.entries(workflows))('%s has no permission as a whole', (_file, { permissions }) =>
    expect(permissions).toEqual({}),
  )

  it('jobs have these, and no others', () =>
    expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).toEqual({
      'check.yml: check': { contents: 'read' },
      'deploy.yml: release-check': { contents: 'read' },
      'deploy.yml: check': { contents: 'read' },
      'deploy.yml: synthesize': { contents: 'read' },
      'deploy.yml: newest': { contents: 'read' },
      'deploy.yml: deploy': { contents: 'read', 'id-token': 'write' },
      'diff.yml: synthesize': { contents: 'read' },
      'diff.yml: comment': { contents: 'read', 'id-token': 'write', 'pull-requests': 'write' },
    }))

  it.each(jobs)('%s can ask for a token of AWS just if it takes on a role', (_name, { permissions, steps: own = [] }) =>
    expect(permissions?.['id-token'] === 'write').toBe(
      own.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@')),
    ),
  )

  it.each(jobs.filter(([, { steps: own }]) => own?.some(({ with: given }) => given?.['role-to-assume'])))(
    '%s takes on a role that trusts its environment and its file',
    (name, { environment = '', steps: own = [] }) => {
      const roles = own.flatMap(({ with: given }) => (given?.['role-to-assume'] as string | undefined) ?? [])
      for (const stage of stages) {
        const filled = (text: string): string =>
          text.replace(/\$\{\{ (?:needs\.release-check\.outputs|matrix)\.stage \}\}/, stage)
        for (const role of roles) {
          const [, named] = /^arn:aws:iam::\$\{\{ vars\.AWS_ACCOUNT_ID \}\}:role\/(.*)$/.exec(filled(role)) ?? []
          const trust = only(templates[stage]?.['Bootstrap'], 'AWS::IAM::Role', { RoleName: named }).Properties[
            'AssumeRolePolicyDocument'
          ]
          expect(JSON.stringify(trust)).toContain(`"repo:example/alpaco:environment:${filled(environment)}"`)
          const [file = ''] = name.split(':')
          expect(JSON.stringify(trust)).toContain(`"example/alpaco/.github/workflows/${file}@refs/`)
        }
      }
    },
  )

  it('no code of a pull request runs where there is a token of AWS', () => {
    const [checkout] = job('diff.yml: comment').steps ?? []
    expect(checkout?.with?.['ref']).toBe('${{ github.event.pull_request.base.sha }}')
  })

  it.each(steps.filter(([, { uses }]) => uses?.startsWith('actions/checkout@')))(
    '%s leaves no token behind',
    (_name, step) => expect(step.with?.['persist-credentials']).toBe(false),
  )

  it('one secret is used, by the step that needs it, in its environment', () => {
    const using = steps.filter(([, step]) => JSON.stringify(step).includes('secrets.'))
    expect(using.map(([, { env, run }]) => [env, run])).toEqual([
      [
        { SMOKE_REFRESH_TOKEN: '${{ secrets.SMOKE_REFRESH_TOKEN }}' },
        'sh infra/delivery/sign-in.sh "$RUNNER_TEMP/token"',
      ],
    ])
    expect(
      Object.values(texts)
        .join('')
        .match(/secrets\./g),
    ).toHaveLength(1)
  })
})

describe('actions', () => {
  const uses = Object.values(texts).flatMap((text) => [...text.matchAll(/uses: (.*)$/gm)].map(([, what = '']) => what))

  it('are named by a commit and its version, or wait to be', () => {
    expect(uses.length).toBeGreaterThan(8)
    for (const what of uses.filter((each) => !each.startsWith('./')))
      expect(what).toMatch(/^[\w-]+\/[\w-]+@(?:[0-9a-f]{40}|PLACEHOLDER) # v\d+\.\d+\.\d+$/)
  })

  it('are these four', () =>
    expect([...new Set(uses.map((what) => what.replace(/@.*/, '')))].sort()).toEqual([
      './.github/workflows/check.yml',
      'actions/checkout',
      'actions/download-artifact',
      'actions/upload-artifact',
      'aws-actions/configure-aws-credentials',
    ]))

  it('that wait hold up a deployment: their check comes first, and uses none', () => {
    const { steps: own = [] } = job('deploy.yml: release-check')
    expect(own.filter((step) => step.uses !== undefined)).toEqual([])
    expect(own.map(({ run }) => run)).toEqual(
      expect.arrayContaining(['sh infra/delivery/pin-actions.sh', 'sh image/release-check.sh']),
    )
    expect(job('deploy.yml: deploy').needs).toContain('release-check')
    const { status } = spawnSync('sh', ['infra/delivery/pin-actions.sh'], { cwd: repository })
    expect(status).toBe(uses.some((what) => what.includes('@PLACEHOLDER ')) ? 1 : 0)
  })
})

describe('what they run', () => {
  it.each(Object.entries(workflows))('%s runs it with the shell that it is written for', (_file, { defaults }) =>
    expect(defaults).toEqual({ run: { shell: 'sh -eu {0}' } }),
  )

  it.each(runs)('%s is a script that parses', (_name, run) =>
    expect(spawnSync('sh', ['-n', '-c', run], { encoding: 'utf8' }).stderr).toBe(''),
  )

  it.each(runs)('%s takes what others may write by variables only', (_name, run) => expect(run).not.toContain('${{'))

  it.each(runs)('%s calls what there is', (_name, run) => {
    const { scripts } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const files = [...run.matchAll(/\b(?:infra|image|test|docs)\/[\w./-]+/g)].map(([file]) => file)
    for (const file of files) expect(existsSync(path.join(repository, file)), file).toBe(true)
    for (const [, script = ''] of run.matchAll(/npm run (\S+)/g)) expect(Object.keys(scripts)).toContain(script)
    for (const [, binary = ''] of run.matchAll(/npx (\S+)/g))
      expect(existsSync(path.join(repository, 'node_modules/.bin', binary)), binary).toBe(true)
    expect(files.length > 0 || /^(?:npm|npx|gh) /.test(run)).toBe(true)
  })

  it('scripts find all variables that they need', () => {
    const github = ['EVENT_NAME', 'OUTPUT', 'REPOSITORY', 'SERVER_URL', 'SHA'].map((name) => `GITHUB_${name}`)
    const known = [...github, 'RUNNER_TEMP', 'SMOKE_TRIES']
    for (const [, { env: ofJob = {}, steps: own = [] }] of jobs)
      for (const { run = '', env = {} } of own) {
        const given = [...known, ...Object.keys(ofJob), ...Object.keys(env)]
        // What assumes a role sets the region.
        if (own.some(({ uses }) => uses?.startsWith('aws-actions/'))) given.push('AWS_REGION')
        for (const source of sourcesOf(run))
          for (const [, name = ''] of source.matchAll(/\$\{?([A-Z][A-Z_]+)\b/g)) expect(given, source).toContain(name)
      }
  })
})

/** A step's own code, and that of the scripts that it calls, which call others. */
function sourcesOf(run: string, seen = new Set<string>()): string[] {
  const called = [...run.matchAll(/(?:infra\/delivery|\$here|dirname "\$0"\))\/([\w-]+\.sh)/g)].map(
    ([, file = '']) => file,
  )
  return [
    run,
    ...called.flatMap((file) => {
      if (seen.has(file)) return []
      seen.add(file)
      const text = readFileSync(path.join(repository, 'infra/delivery', file), 'utf8')
      // Comments tell how it is called.
      return sourcesOf(text.replaceAll(/^#.*$/gm, ''), seen)
    }),
  ]
}

describe('limits', () => {
  it.each(jobs.filter(([, { uses }]) => uses === undefined))('%s ends some time', (_name, each) =>
    expect(each['timeout-minutes']).toBeLessThanOrEqual(120),
  )

  it('a stage is deployed once at a time, and no deployment is broken off', () =>
    expect(job('deploy.yml: deploy').concurrency).toEqual({
      group: 'deploy-${{ needs.release-check.outputs.stage }}',
      'cancel-in-progress': false,
    }))

  it.each(['check.yml', 'diff.yml'])('%s ends when a pull request was pushed to again', (file) => {
    expect(workflows[file]?.concurrency?.['cancel-in-progress']).toBe(true)
    expect(workflows[file]?.concurrency?.group).toContain('github.ref')
  })
})

const arm = 'ubuntu-24.04-arm'

describe('what is deployed or compared', () => {
  const synthesizing = ['deploy.yml: synthesize', 'diff.yml: synthesize']

  it.each(synthesizing)("%s makes it with the code cache, by Lambda's Node, on a processor like Lambda's", (name) => {
    const { 'runs-on': machine, steps: own = [] } = job(name)
    const { Architectures: architectures } = only(generator, 'AWS::Lambda::Function', {
      FunctionName: 'alpaco-generator-dev',
    }).Properties
    expect(architectures).toEqual(['arm64'])
    expect(machine).toBe(arm)
    const { TARGET_NODE: node = '' } = own.find(({ run }) => run === 'sh infra/delivery/synth.sh')?.env ?? {}
    expect(node).toBe('infra/packaging/lambda-node.sh')
    expect(statSync(path.join(repository, node)).mode & 0o111).toBe(0o111)
  })

  it('is synthesized in the same way, so that the diff of what has not changed is empty', () => {
    const [forDeployment, forDiff] = synthesizing.map((name) => {
      const { 'runs-on': machine, steps: own } = job(name)
      return { machine, steps: own?.slice(0, 3) }
    })
    const text = JSON.stringify(forDeployment).replaceAll('needs.release-check.outputs.stage', 'matrix.stage')
    expect(JSON.parse(text)).toEqual(forDiff)
  })

  it.each([
    ['deploy.yml: synthesize', 'deploy.yml: deploy'],
    ['diff.yml: synthesize', 'diff.yml: comment'],
  ])('goes from %s to %s, whole', (from, to) => {
    const find = (name: string, action: string): Step | undefined =>
      job(name).steps?.find(({ uses }) => uses?.startsWith(`actions/${action}-artifact@`))
    const { 'retention-days': days, ...kept } = find(from, 'upload')?.with ?? {}
    expect(kept).toMatchObject({ path: 'build/cdk.out' })
    expect(days).toBeGreaterThan(0)
    expect(find(to, 'download')?.with).toEqual(kept)
    expect([job(to).needs].flat()).toContain('synthesize')
  })

  it('is made for a stage by its own settings', () => {
    expect(job('deploy.yml: synthesize').environment).toBe(job('deploy.yml: deploy').environment)
    expect(job('diff.yml: synthesize').environment).toBe(job('diff.yml: comment').environment)
  })
})

describe('a deployment', () => {
  const { steps: own = [], ...deploy } = job('deploy.yml: deploy')
  const at = (words: string): number => {
    const found = own.findIndex(({ run }) => run?.includes(words))
    expect(found, words).toBeGreaterThanOrEqual(0)
    return found
  }
  const order = [
    'npm ci',
    'infra/delivery/sign-in.sh',
    'infra/delivery/roll-back.sh note',
    '--exclusively "Alpaco-Registry-$STAGE"',
    'infra/delivery/push-image.sh',
    '--all',
    'infra/delivery/roll-back.sh forward',
    'infra/delivery/smoke-test.sh',
    'infra/delivery/roll-back.sh back',
  ]

  it('goes in this order: what is noted, the registry, the image, the rest, what is live, the test', () => {
    const places = order.map(at)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(new Set(places).size).toBe(order.length)
  })

  it('leaves out what is no longer the newest of main: before it stands in line, and after', () => {
    const { steps: asking = [], outputs } = job('deploy.yml: newest')
    const asked = asking.find(({ id }) => id === 'asked')
    expect(asked?.run).toBe('sh infra/delivery/newest.sh >>"$GITHUB_OUTPUT"')
    expect(outputs).toEqual({ is: '${{ steps.asked.outputs.is }}' })
    expect(deploy.needs).toContain('newest')
    expect(deploy.if).toBe("needs.newest.outputs.is == 'yes'")
    // Not before everything that takes long.
    expect(job('deploy.yml: newest').needs).toEqual(['check', 'synthesize'])
    expect(own.findIndex(({ run }) => run === 'sh infra/delivery/newest.sh | grep -x is=yes')).toBe(1)
  })

  it('deploys what was built, and asks nobody', () => {
    const deploying = own.flatMap(({ run = '' }) => (run.includes('cdk deploy') ? [run] : []))
    expect(deploying).toHaveLength(2)
    for (const run of deploying) expect(run).toContain(' --app build/cdk.out --require-approval never ')
    expect((JSON.parse(readFileSync(path.join(repository, 'cdk.json'), 'utf8')) as { output: string }).output).toBe(
      'build/cdk.out',
    )
  })

  it('builds the image on a machine of its own platform', () => {
    const [architecture] = only(executor, 'AWS::Lambda::Function').Properties['Architectures'] as string[]
    expect(deploy['runs-on']).toBe(architecture === 'arm64' ? arm : 'ubuntu-24.04')
  })

  it('asks through CloudFront', () =>
    expect(own[at('smoke-test.sh')]?.run).toContain('"https://$(sh infra/delivery/output.sh Edge DistributionDomain)"'))

  it('rolls back when it fails or is broken off after what is live was noted, with a session of its own', () => {
    const noted = own[at('roll-back.sh note')]
    const back = at('roll-back.sh back')
    const condition = `(failure() || cancelled()) && steps.${noted?.id ?? ''}.outcome == 'success'`
    expect(own[back]?.if).toBe(condition)
    expect(own[back - 1]?.if).toBe(condition)
    expect(own[back - 1]?.uses).toContain('aws-actions/configure-aws-credentials@')
    expect(own[back]?.run?.split(' ').at(-1)).toBe(noted?.run?.split(' ').at(-1))
    expect(own.filter((step) => step.if !== undefined)).toHaveLength(2)
  })

  it('is over before the session that it began with, whatever takes how long', () => {
    const from = own.findIndex(({ uses }) => uses?.startsWith('aws-actions/'))
    const to = at('smoke-test.sh')
    const minutes = own.slice(from + 1, to).map((step) => step['timeout-minutes'] ?? Infinity)
    const total = minutes.reduce((sum, each) => sum + each, 0)
    const role = only(bootstrap, 'AWS::IAM::Role', { RoleName: 'alpaco-deploy-dev' })
    expect(secondsOf(total)).toBeLessThan(role.Properties['MaxSessionDuration'] as number)
    const all = own.reduce((sum, step) => sum + (step['timeout-minutes'] ?? 5), 0)
    expect(deploy['timeout-minutes']).toBeGreaterThanOrEqual(all)
  })

  it('leaves the roll-back the time to wait for CloudFormation', () => {
    const source = readFileSync(path.join(repository, 'infra/delivery/roll-back.sh'), 'utf8')
    const [tries = 0, seconds = 0] = [/tries=(\d+)/, /sleep (\d+)/].map((each) => Number(each.exec(source)?.[1]))
    expect(tries * seconds).toBeGreaterThanOrEqual(600)
    expect(secondsOf(own[at('roll-back.sh back')]?.['timeout-minutes'] ?? 0)).toBeGreaterThan(tries * seconds + 120)
  })

  it('leaves the smoke test the time that a run may take', () => {
    const patience = /locale=en' (\d+) /.exec(
      readFileSync(path.join(repository, 'infra/delivery/smoke-test.sh'), 'utf8'),
    )
    const maker = only(generator, 'AWS::Lambda::Function', { FunctionName: 'alpaco-generator-dev' })
    expect(Number(patience?.[1])).toBeGreaterThan(maker.Properties['Timeout'] as number)
    expect(secondsOf(own[at('smoke-test.sh')]?.['timeout-minutes'] ?? 0)).toBeGreaterThan(Number(patience?.[1]) + 120)
  })

  it('has a role that may do what it does, and nothing else', () => {
    const source = own.flatMap(({ run = '' }) => sourcesOf(run)).join('\n')
    const called = [...source.matchAll(/\baws ([a-z-]+) ([a-z-]+)/g)].map(([, service = '', command = '']) => {
      const name = command.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
      return `${service}:${name}`
    })
    // Signing in takes a refresh token and no right.
    expect(called).toContain('cognito-idp:InitiateAuth')
    const needed = [
      ...called.filter((action) => action !== 'cognito-idp:InitiateAuth'),
      // `docker login` and push (ECR User Guide, "IAM permissions for pushing an image").
      'ecr:GetAuthorizationToken',
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:CompleteLayerUpload',
      'ecr:InitiateLayerUpload',
      'ecr:PutImage',
      'ecr:UploadLayerPart',
      // The CDK's own roles do the rest.
      'sts:AssumeRole',
    ].filter((action) => action !== 'ecr:GetLoginPassword')
    const granted = statements(bootstrap, 'Deploy').flatMap(({ Action }) => Action)
    expect([...new Set(needed)].sort()).toEqual([...granted].sort())
  })

  it('rolls back functions that its role may roll back', () => {
    const functions = resources(generator, 'AWS::Lambda::Function')
      .concat(resources(executor, 'AWS::Lambda::Function'))
      .map(({ Properties: properties }) => String(properties['FunctionName']))
    const right = statements(bootstrap, 'Deploy').find(({ Sid }) => Sid === 'RollBack')
    for (const name of functions) expect(JSON.stringify(right?.Resource)).toContain(`:function:${name}"`)
  })
})
