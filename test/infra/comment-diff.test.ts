// The comment of a pull request, by the CDK's own command: what it asks of AWS is what its role may do.
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { App } from 'aws-cdk-lib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addStacks } from '../../infra/deployment.ts'
import { listen, makeScratch, repository, type Result, run } from './scripts.ts'
import { stacks, statements } from './templates.ts'

const newFolder = makeScratch()
const account = '123456789012'
/** Actions that were asked for, by service and name. */
const asked = new Set<string>()
let folder: string
let api: { url: string; server: Server }

beforeAll(async () => {
  folder = newFolder()
  const settings = JSON.parse(readFileSync(path.join(repository, 'cdk.json'), 'utf8')) as { context: object }
  const context = { ...settings.context, githubRepository: 'example/alpaco' }
  const app = new App({ context, outdir: path.join(folder, 'build/cdk.out'), analyticsReporting: false })
  addStacks(app)
  app.synth()
  api = await listen((request, response) => void answer(request, response))
})

/** What the CDK asks: every stack is there, and empty. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
}
afterAll(() => api.server.close())

const comment = (gh: string): Promise<Result> =>
  run('comment-diff.sh', [], {
    folder,
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
  })
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
  expect(Buffer.byteLength(written)).toBeLessThan(65_536)
  expect(written).toMatch(/The rest is in the log of the job\.\n$/)
  expect(calls.at(-1)).toMatch(/^gh api --silent --method POST repos\/example\/alpaco\/issues\/12\/comments -F body=@/)
})

it('writes its own comment anew where there is one', async () => {
  const { status, calls } = await comment(github('345\\n678\\n'))
  expect(status).toBe(0)
  expect(calls.at(-2)).toContain('startswith("<!-- cdk diff: dev -->")')
  expect(calls.at(-1)).toMatch(/--method PATCH repos\/example\/alpaco\/issues\/comments\/345 /)
})

/** Comments on what was made after `change` in one of its files, which is then put back. */
async function commentWith(file: string, change: (text: string) => string): Promise<Result> {
  const place = path.join(folder, 'build/cdk.out', file)
  const before = readFileSync(place, 'utf8')
  writeFileSync(place, change(before))
  const result = await comment(github(''))
  writeFileSync(place, before)
  return result
}

it('shows all of it, whatever bytes are in it', async () => {
  const { status } = await commentWith('Alpaco-Bootstrap-dev.template.json', (text) =>
    text.replace('"AWS::IAM::OIDCProvider"', '"AWS::\\u0000IAM::OIDCProvider"'),
  )
  expect(status).toBe(0)
  expect(readFileSync(path.join(folder, 'comment'), 'utf8')).toContain('[+] AWS::IAM::OIDCProvider')
})

it.each([
  ['templateFile', 'manifest.json', '"Alpaco-Data-dev.template.json"', '"..\\u002f..\\u002fproc/self/environ"'],
  ['file', 'manifest.json', '"Alpaco-Data-dev.assets.json"', '".."'],
  ['path', 'Alpaco-Data-dev.assets.json', '"Alpaco-Data-dev.template.json"', '"/etc/passwd"'],
  ['directoryName', 'manifest.json', '"templateFile"', '"directoryName"'],
])('reads nothing that is elsewhere: %s', async (key, file, before, after) => {
  const { status, output, calls } = await commentWith(file, (text) => text.replace(before, after))
  expect(status).toBe(1)
  expect(output).toContain(`build/cdk.out/${file} leads elsewhere: ${key} is "`)
  expect(calls.filter((call) => !call.startsWith('npx node '))).not.toContainEqual(
    expect.stringMatching(/^(?:gh|npx cdk)/),
  )
})

it('nor by a link', async () => {
  const link = path.join(folder, 'build/cdk.out/link')
  symlinkSync('/proc/self/environ', link)
  const { status, output } = await comment(github(''))
  rmSync(link)
  expect(status).toBe(1)
  expect(output).toContain('build/cdk.out/link leads elsewhere.')
})

it('asks for nothing that its role may not have, and for all that it has', () => {
  const granted = statements(stacks()['Bootstrap'], 'Diff').flatMap(({ Action }) => Action)
  // Who one is may always be asked; the role for look-ups is refused, and the CDK goes on without it.
  const free = ['sts:GetCallerIdentity', 'sts:AssumeRole']
  expect([...asked].filter((action) => !free.includes(action)).sort()).toEqual([...granted].sort())
})
