// The pages for whoever runs the service: their lines run, what they call exists, and every name in them is one of ours.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { App } from 'aws-cdk-lib'
import { beforeAll, describe, expect, it } from 'vitest'
import { contextKeys, readContext } from '../../infra/context.ts'
import { synthesize, type Template } from '../../infra/synthesis.ts'
import { eventsKeptDays } from '../../src/contract/limits.ts'
import { metrics } from '../../src/contract/metrics.ts'
import { environmentSchema } from '../../src/environment.ts'
import { answerCall } from '../../src/executor/answer.ts'
import { openReply, type ExecutionRequest } from '../../src/executor/wire.ts'
import { type Call, readPage, runDocumented } from '../support/documented-commands.ts'
import { rememberingExecutor } from '../support/pipeline.ts'
import { only, resources } from '../infra/templates.ts'

const pages = ['docs/operations.md', 'docs/troubleshooting.md'] as const
/** What is typed where the page asks for a key. */
const typed = ['AIza-planted-first', 'AIza-planted-second']

const known = JSON.parse(readFileSync(path.join(import.meta.dirname, 'aws-options.json'), 'utf8')) as {
  everywhere: string[]
  commands: Record<string, { options: string[]; required: string[] }>
}
const settings = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> }
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

let calls: readonly Call[]
let errors: string
let templates: Record<string, Template>
let everything: string

const of = (program: string): Call[] => calls.filter((call) => call.program === program)
const cdk = (): Call[] => of('npx').filter(({ args }) => args[0] === 'cdk')
const flags = (args: readonly string[]): string[] =>
  args.flatMap((arg) => (/^--?[a-zA-Z]/.test(arg) ? [arg.replace(/=.*/s, '')] : []))
const after = (args: readonly string[], flag: string): string[] =>
  args.flatMap((arg, index) => (args[index - 1] === flag ? [arg] : []))
const awsName = ({ args }: Call): string => args.slice(0, args[1] === 'wait' ? 3 : 2).join(' ')
const spans = (prose: string): string[] => [...prose.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text)

beforeAll(() => {
  const read = pages.map(readPage)
  const scripts = read.flatMap(({ prose, blocks }) => [
    ...blocks.flatMap(({ language, code }) => (language === 'sh' ? [code] : [])),
    ...spans(prose).filter((text) => /^(?:aws|npx|npm|curl|docker|output) [^…]+$/.test(text)),
  ])
  ;({ calls, errors } = runDocumented(scripts, typed))
  templates = synthesize()
  everything = JSON.stringify(templates)
})

it('every line runs: no variable that was never set, no program that is not there', () => {
  // Wanted: what the check says of the bases without a digest, and what asks for a key.
  const unexpected = errors
    .split('\n')
    .filter((line) => !/^(?:$|image\/\S+ is not ready| {2}(?:digest=|sed -i)|Gemini API key: $)/.test(line))
  expect(unexpected).toEqual([])
  expect(calls.length).toBeGreaterThan(90)
})

it.each(pages)('the blocks of %s are read by sh and by bash', (page) => {
  for (const { language, code } of readPage(page).blocks) {
    if (language !== 'sh') continue
    for (const shell of ['sh', 'bash']) expect(spawnSync(shell, ['-n'], { input: code }).status, code).toBe(0)
  }
})

/** Calls of the scripts and workflows: each to the end of its command, by words. */
const delivered = ['infra/**/*.sh', 'image/*.sh', '.github/workflows/*.yml']
  .flatMap((glob) => globSync(glob))
  .map((file) =>
    readFileSync(file, 'utf8')
      .replaceAll(/^\s*#.*$/gm, '')
      .replaceAll(/\\\n\s*/g, ''),
  )
  .flatMap((code) => [...code.matchAll(/\baws ([^|>;)\n]+)/g)])
  .map(([, words = '']): Call => ({ program: 'aws', args: words.trim().split(/\s+/), input: '' }))

describe('aws', () => {
  it('is called by the scripts of the delivery', () =>
    expect([...new Set(delivered.map(awsName))].sort()).toEqual([
      'cloudformation describe-stacks',
      'cognito-idp initiate-auth',
      'ecr describe-images',
      'ecr get-login-password',
      'lambda get-alias',
      'lambda update-alias',
    ]))

  it('knows every command, and every option of it (else: test/docs/aws-options.ts)', () => {
    for (const call of [...of('aws'), ...delivered]) {
      const command = known.commands[awsName(call)]
      expect(command, awsName(call)).toBeDefined()
      const unknown = flags(call.args).filter((flag) => !known.everywhere.concat(command?.options ?? []).includes(flag))
      expect(unknown, call.args.join(' ')).toEqual([])
    }
  })

  it('gets every option that a command needs', () => {
    for (const call of [...of('aws'), ...delivered]) {
      // A command that is only named has no options at all; another is told them by a document (delivery.test.ts).
      if (call.args.length <= 2 && known.commands[awsName(call)]?.required.length !== 0) continue
      if (call.args.includes('--cli-input-json')) continue
      expect(flags(call.args), call.args.join(' ')).toEqual(
        expect.arrayContaining(known.commands[awsName(call)]?.required ?? []),
      )
    }
  })

  it('is asked for outputs that stacks have', () => {
    const asked = of('aws').filter(({ args }) => args.join(' ').includes('OutputKey=='))
    expect(asked.length).toBeGreaterThan(10)
    for (const { args } of asked) {
      const [stack = ''] = after(args, '--stack-name')
      const output = /OutputKey=='(\w+)'/.exec(args.join(' '))?.[1] ?? ''
      expect(Object.keys(templates[stack]?.Outputs ?? {}), `${stack} ${output}`).toContain(output)
    }
  })

  it('is told names that the stacks give', () => {
    const names = of('aws').flatMap(({ args }) =>
      [...args.join(' ').matchAll(/(?:\/aws\/lambda\/)?alpaco[-/][A-Za-z/-]*-dev\b/g)].map(String),
    )
    expect(new Set(names).size).toBeGreaterThan(8)
    expect(names.filter((name) => !everything.toLowerCase().includes(name.toLowerCase()))).toEqual([])
  })

  it('stores what secretsmanager is to hold under the name that the functions look for', () => {
    for (const call of of('aws').filter(({ args }) => args[0] === 'secretsmanager')) {
      const [name] = [...after(call.args, '--name'), ...after(call.args, '--secret-id')]
      expect(String(settings.context['modelKeySecretArn'])).toContain(`:secret:${name}`)
    }
  })
})

it('nothing secret is on a command line', () => {
  const written = calls.flatMap(({ args }) => args).join('\n')
  for (const secret of [...typed, 'told-secret', 'told-session', '-aA1']) expect(written).not.toContain(secret)
  const given = calls.map(({ input }) => input).join('\n')
  for (const secret of [...typed, 'AKIATOLD:told-secret', 'x-amz-security-token: told-session'])
    expect(given).toContain(secret)
})

describe('cdk', () => {
  const helps = new Map<string, string>()
  const helpOf = (command: string): string => {
    const help = helps.get(command) ?? execFileSync('npx', ['cdk', command, '--help'], { encoding: 'utf8' })
    helps.set(command, help)
    return help
  }

  it('knows every command and option', () => {
    expect(cdk().length).toBeGreaterThan(10)
    for (const { args } of cdk()) {
      const [, command = ''] = args
      for (const flag of flags(args))
        expect(helpOf(command.replace(/^--.*/, '')), args.join(' ')).toMatch(new RegExp(`(?<![\\w-])${flag}\\b`))
    }
  })

  it('is told stacks that there are', () => {
    const stacks = cdk().flatMap(({ args }) => args.filter((arg) => arg.startsWith('Alpaco-')))
    expect(new Set(stacks)).toEqual(new Set(Object.keys(templates)))
  })

  it('is given context that can be deployed', () => {
    for (const { args } of cdk()) {
      const given = Object.fromEntries(
        after(args, '-c').map((pair) => [pair.replace(/=.*/s, ''), pair.replace(/.*?=/s, '')]),
      )
      expect(
        () => readContext(new App({ context: { ...settings.context, ...given } }).node),
        args.join(' '),
      ).not.toThrow()
    }
  })
})

it('npm and node are told scripts and files that there are', () => {
  for (const { args } of of('npm')) {
    const [command = '', script = ''] = args
    if (['ci', 'install'].includes(command)) continue
    expect(Object.keys(manifest.scripts), args.join(' ')).toContain(command === 'run' ? script : command)
  }
  const files = of('npx').flatMap(({ args: [program, file = ''] }) => (program === 'node' ? [file] : []))
  expect(files).toContain('infra/executor-image.ts')
  expect(files.filter((file) => !existsSync(file))).toEqual([])
  expect(of('npx').filter(({ args: [program = ''] }) => !['node', 'cdk'].includes(program))).toEqual([])
})

describe('curl', () => {
  it('knows every option', () => {
    const help = execFileSync('curl', ['--help', 'all'], { encoding: 'utf8' })
    for (const { args } of of('curl')) {
      // `-sN` is two.
      const single = flags(args).flatMap((flag) =>
        /^-\w/.test(flag)
          ? flag
              .slice(1)
              .split('')
              .map((letter) => `-${letter}`)
          : [flag],
      )
      for (const flag of single) expect(help, args.join(' ')).toMatch(new RegExp(`(?:^|[\\s,])${flag}[\\s,]`, 'm'))
    }
  })

  it("asks for paths that are the function's", () => {
    const edge = JSON.stringify(templates['Alpaco-Edge-dev'])
    const patterns = [...edge.matchAll(/"PathPattern":"([^"]+)"/g)].map(([, pattern = '']) => pattern)
    const paths = of('curl')
      .map(({ args }) => new URL(args.find((arg) => arg.startsWith('https://')) ?? ''))
      .filter(({ hostname }) => hostname !== 'generativelanguage.googleapis.com')
      .map(({ pathname }) => pathname)
    expect(new Set(paths).size).toBeGreaterThan(3)
    for (const asked of paths) {
      expect(
        patterns.some((pattern) => path.matchesGlob(asked, pattern.replace('*', '**'))),
        asked,
      ).toBe(true)
    }
  })

  it('sends the hash of each body', () => {
    const sent = of('curl').filter(({ args }) => args.includes('--data-raw'))
    expect(sent).toHaveLength(1)
    for (const { args } of sent) {
      const hash = createHash('sha256').update(after(args, '--data-raw').join('')).digest('hex')
      expect(args).toContain(`x-amz-content-sha256: ${hash}`)
    }
  })

  it('gets the key of the model by standard input', () => {
    const asked = of('curl').filter(({ args }) => args.some((arg) => arg.includes('googleapis')))
    expect(asked.map(({ input }) => input.trim())).toEqual(asked.map(() => 'header = "x-goog-api-key: told"'))
    expect(asked.length).toBeGreaterThan(1)
  })

  it('gets the token by standard input', () => {
    const asked = of('curl').filter(({ input }) => input.startsWith('header = "Authorization: Bearer told"'))
    expect(asked.length).toBeGreaterThan(4)
  })
})

it('images are built for the processor of the function, without attestations', () => {
  expect(only(templates['Alpaco-Executor-dev'], 'AWS::Lambda::Function').Properties['Architectures']).toEqual([
    'x86_64',
  ])
  const builds = of('docker').filter(({ args }) => args[1] === 'build')
  expect(builds).toHaveLength(2)
  for (const { args } of builds) {
    expect(args).toEqual(expect.arrayContaining(['--provenance=false', '--sbom=false', '--push', 'image/Dockerfile']))
    expect(after(args, '--platform')).toEqual(['linux/amd64'])
    expect(after(args, '-t')).toEqual(['told:told'])
  }
})

it('the executor answers both messages that it is sent by hand', async () => {
  const payloads = of('aws')
    .filter(({ args }) => args.includes('alpaco-executor-dev:live') && args.includes('--payload'))
    .map(({ args }) => JSON.parse(after(args, '--payload').join('')) as unknown)
  expect(payloads).toHaveLength(2)
  const [batch, older] = await Promise.all(
    payloads.map((payload) => answerCall(payload, rememberingExecutor(), (ms) => AbortSignal.timeout(ms))),
  )
  expect(openReply(payloads[0] as ExecutionRequest, batch).results[0]?.stdout).toBe('3\n')
  expect(older).toMatchObject({ returnValue: 3, isSuccessful: true })
})

describe('the pages name', () => {
  const [operations, troubleshooting] = pages.map(readPage)
  const all = spans(`${operations?.prose} ${troubleshooting?.prose}`)
  const section = (title: string): string =>
    operations?.prose.split(/^## /m).find((text) => text.startsWith(title)) ?? ''
  const takenByWorkflows = [
    ...new Set(
      globSync('.github/workflows/*.yml').flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/\b(?:vars|secrets)\.(\w+)/g)].map(([, name = '']) => name),
      ),
    ),
  ]
  const firstCells = (title: string): string[] =>
    [...section(title).matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => spans(cell))

  it('every alarm, and no other', () => {
    const alarms = resources(templates['Alpaco-Operations-dev'], 'AWS::CloudWatch::Alarm').map(
      ({ Properties: { AlarmName: name } }) => String(name).replace('alpaco-dev-', ''),
    )
    expect(firstCells('Alarms').toSorted()).toEqual(alarms.toSorted())
  })

  it('every metric, and no other', () => {
    const named = [...section('Metrics').matchAll(/`([A-Z][a-z]\w+)`/g)].map(([, name = '']) => name)
    expect(named.filter((name) => name !== 'Alpaco').toSorted()).toEqual(Object.keys(metrics).toSorted())
  })

  it('every key of the context, with its default', () => {
    expect(firstCells('Settings').toSorted()).toEqual(contextKeys.toSorted())
    const defaults = readContext(new App({ context: settings.context }).node)
    for (const [, key = '', value = ''] of section('Settings').matchAll(/^\| `(\w+)` \| `([^`]*)`/gm)) {
      expect(String(defaults[key as keyof typeof defaults]), key).toBe(value)
    }
  })

  it('variables that somebody reads', () => {
    const outsiders = ['AWS_REGION', 'AWS_ENDPOINT_URL', 'TARGET_NODE', ...takenByWorkflows]
    const variables = all.filter((text) => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text) && !outsiders.includes(text))
    expect(variables.length).toBeGreaterThan(4)
    expect(variables.filter((name) => !(name in environmentSchema.shape))).toEqual([])
  })

  it('every variable and secret that the workflows take, and no other', () =>
    expect(firstCells('Delivery').toSorted()).toEqual(takenByWorkflows.toSorted()))

  it('the failures of a run that the smoke test excuses', () => {
    const smokeTest = readFileSync('infra/delivery/smoke-test.sh', 'utf8')
    const excused = [...smokeTest.matchAll(/^ {6}([a-z-]+(?: \| [a-z-]+)*)\)/gm)].flatMap(([, codes = '']) =>
      codes.split(' | '),
    )
    const [, sentence = ''] = /but not for a run that ends as ([^:]*):/.exec(section('Delivery')) ?? []
    expect(spans(sentence)).toEqual(excused)
  })

  it('lines of the log that are written', () => {
    const lines = all.filter((text) => /^[Tt]he [A-Za-z ]+$/.test(text))
    expect(lines.length).toBeGreaterThan(4)
    const sources = globSync('{src,infra/packaging}/**/*.ts').map((file) => readFileSync(file, 'utf8'))
    expect(lines.filter((line) => !sources.some((source) => source.includes(`'${line}'`)))).toEqual([])
  })

  it('files and places that there are', () => {
    const files = all
      .map((text) => /^sh (\S+)/.exec(text)?.[1] ?? text)
      .filter((text) => /^(?:src|infra|image|test|docs|mock)\/[\w./-]+$/.test(text))
    expect(files).toContain('infra/delivery/pin-actions.sh')
    expect(files.filter((file) => !existsSync(file))).toEqual([])
    for (const page of pages) {
      const links = [...readPage(page).prose.matchAll(/\]\((?!https:)([^)\s]+)\)/g)].map(([, link = '']) => link)
      for (const [file = '', anchor] of links.map((link) => link.split('#'))) {
        const target = file === '' ? page : path.join('docs', file)
        expect(existsSync(target), target).toBe(true)
        if (anchor !== undefined) expect(anchorsOf(target), `${target}#${anchor}`).toContain(anchor)
      }
    }
  })

  it('how long events are kept', () =>
    expect(section('How long things are kept')).toContain(`${eventsKeptDays} days after their end`))
})

/** Of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe('the costs', () => {
  const costs =
    readPage('docs/operations.md')
      .prose.split(/^## Costs/m)[1]
      ?.split(/^## /m)[0] ?? ''
  const row = /^\| [^|]+ \| [^|]*?([\d,.]+) [^|\d]*\| ([\d.]+) for ([\d,]+) [^|]*\| ([\d.,]+) \|/gm

  it('are what amounts and prices come to', () => {
    const rows = [...costs.matchAll(row)].map((cells) => cells.slice(1).map((text) => Number(text.replaceAll(',', ''))))
    expect(rows).toHaveLength(11)
    for (const [amount = 0, price = 0, per = 0, cost] of rows)
      expect((1_000 * amount * price) / per).toBeCloseTo(cost ?? 0, 2)
    const sum = rows.reduce((all, [, , , cost = 0]) => all + cost, 0)
    expect(costs).toContain(`**${sum.toFixed(2)}**`)
  })

  it('count the metrics that there are, and those in alarms', () => {
    const emitted = Object.values(metrics).flatMap(({ services }) => [...services])
    const watched = resources(templates['Alpaco-Operations-dev'], 'AWS::CloudWatch::Alarm').flatMap(
      ({ Properties: { Metrics: parts } }): unknown[] =>
        parts === undefined ? ['itself'] : (parts as object[]).filter((part) => 'MetricStat' in part),
    )
    expect(costs).toContain(`${emitted.length} metrics at 0.30`)
    expect(costs).toContain(`${watched.length} metrics in alarms`)
  })
})
