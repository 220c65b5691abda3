// The app as a whole: by the CDK's own command, offline, and through the checks.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import * as s3 from 'aws-cdk-lib/aws-s3'
import { afterAll, describe, expect, it } from 'vitest'
import { addStacks } from '../../infra/deployment.ts'

const settings = JSON.parse(readFileSync('cdk.json', 'utf8')) as { app: string; context: Record<string, unknown> }
const scratch = mkdtempSync(path.join(tmpdir(), 'alpaco-cdk-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** `npx cdk synth`, with nothing of an account in the environment and no way to any. */
function cdk(
  output: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): { status: number | null; stdout: string; stderr: string } {
  const home = path.join(scratch, 'home')
  return spawnSync('node_modules/.bin/cdk', ['synth', '--output', path.join(scratch, output), ...args], {
    encoding: 'utf8',
    env: {
      PATH: `${path.resolve('node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      AWS_EC2_METADATA_DISABLED: 'true',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      DOCKER_HOST: 'tcp://127.0.0.1:9',
      ...variables,
    },
  })
}

/** What is deployed: templates and assets. */
function filesIn(output: string): Record<string, string> {
  const folder = path.join(scratch, output)
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name), 'latin1')]))
}

describe('npx cdk synth', () => {
  const names = ['Bootstrap', 'Data', 'Registry', 'Executor', 'Generator', 'Edge', 'Operations']

  it('works without account, Docker or network, twice the same to the byte', () => {
    const runs = ['first', 'second'].map((output) => cdk(output, ['--quiet']))
    expect(runs.map(({ status, stderr }) => ({ status, errors: /error/i.test(stderr) }))).toEqual([
      { status: 0, errors: false },
      { status: 0, errors: false },
    ])
    const [first, second] = [filesIn('first'), filesIn('second')]
    expect(Object.keys(first).filter((name) => name.endsWith('.template.json'))).toHaveLength(names.length)
    expect(Object.keys(second)).toEqual(Object.keys(first))
    expect(Object.keys(first).filter((name) => first[name] !== second[name])).toEqual([])
  })

  it.each(names)('gives Alpaco-%s-dev alone', (name) => {
    const { status, stdout } = cdk('alone', [
      '--exclusively',
      '--json',
      '--app',
      path.join(scratch, 'first'),
      `Alpaco-${name}-dev`,
    ])
    expect(status).toBe(0)
    const whole = filesIn('first')[`Alpaco-${name}-dev.template.json`] ?? ''
    expect((JSON.parse(stdout) as { Resources: object }).Resources).toEqual(
      (JSON.parse(whole) as { Resources: object }).Resources,
    )
  })

  it.each([
    ['stage=staging', {}, 'stage: not usable. Set it in cdk.json or with -c stage=…: dev or production'],
    ['region=eu-west-1', { AWS_REGION: 'us-east-1' }, 'region: the context has eu-west-1, AWS_REGION has us-east-1.'],
  ])('says in one sentence why %s cannot be deployed, and what to set', (given, variables, sentence) => {
    const { status, stderr } = cdk('refused', ['--quiet', '-c', given], variables)
    expect(status).not.toBe(0)
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/^ +at |ContextError/m)
  })

  it('finds no account id, key or address in what is committed', () => {
    const committed = [
      'cdk.json',
      ...readdirSync('infra', { recursive: true, encoding: 'utf8' }).map((file) => `infra/${file}`),
    ]
    for (const file of committed.filter((name) => /\.(?:json|ts|js)$/.test(name)))
      expect(readFileSync(file, 'utf8')).not.toMatch(/\b\d{12}\b|AIza|AKIA|[\w.]+@[\w.]+\.\w+/)
  })
})

function synthesized(given: Record<string, unknown> = {}, change: (app: App) => unknown = () => undefined): App {
  const outdir = mkdtempSync(path.join(scratch, 'app-'))
  const app = new App({ context: { ...settings.context, ...given }, outdir, analyticsReporting: false })
  addStacks(app)
  change(app)
  return app
}

describe('the checks', () => {
  const reportOf = (app: App): { pluginReports: { pluginName: string; violations: { ruleName: string }[] }[] } =>
    JSON.parse(readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')) as ReturnType<typeof reportOf>

  it.each([
    ['dev', {}],
    [
      'production, with everything set',
      {
        stage: 'production',
        githubRepository: 'example/alpaco',
        alarmEmail: 'ops@example.org',
        domainName: 'alpaco.example.org',
        certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b',
      },
    ],
  ])('find nothing that is not explained: %s', (_what, given) => {
    const app = synthesized(given)
    app.synth()
    expect(reportOf(app).pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName))).toEqual(
      [],
    )
  })

  it('find a bucket that is open', () => {
    const app = synthesized({}, (whole) => new s3.Bucket(whole.node.findChild('Alpaco-Data-dev'), 'Open'))
    expect(() => app.synth()).toThrow(/AwsSolutions-S1'[^]*AwsSolutions-S10'/)
  })

  it('are switched off nowhere without a reason', () => {
    const reasons = synthesized()
      .node.findAll()
      .flatMap((construct) => construct.node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    expect(reasons.length).toBeGreaterThan(5)
    for (const { data } of reasons) expect(JSON.stringify(data)).toMatch(/\w+ \w+ \w+.*\./)
  })
})

describe('the stacks', () => {
  const app = synthesized()
  const needs = Object.fromEntries(
    app.synth().stacks.map((stack) => [
      stack.stackName,
      stack.dependencies
        .map(({ id }) => id)
        .filter((id) => id.startsWith('Alpaco-') && !id.endsWith('.assets'))
        .sort(),
    ]),
  )

  it('need each other in one direction only', () =>
    expect(needs).toEqual({
      'Alpaco-Bootstrap-dev': [],
      'Alpaco-Data-dev': [],
      'Alpaco-Operations-dev': [],
      'Alpaco-Registry-dev': [],
      'Alpaco-Executor-dev': ['Alpaco-Registry-dev'],
      'Alpaco-Generator-dev': ['Alpaco-Data-dev', 'Alpaco-Executor-dev'],
      'Alpaco-Edge-dev': ['Alpaco-Generator-dev'],
    }))

  it('hold no other one fast: nothing is imported', () =>
    expect(JSON.stringify(app.synth().stacks.map((stack) => stack.template as unknown))).not.toContain(
      'Fn::ImportValue',
    ))
})
