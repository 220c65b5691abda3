// `npx node test/docs/aws-options.ts AWS…`: writes aws-options.json, the options of every `aws` command that our pages, scripts and
// workflows use, as the help of the given programs tells them. To be run again, with the AWS CLI at hand, when a test misses one.
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'

/** Options of a command; of several versions of the CLI, those that any of them has. */
interface AwsCommand {
  options: readonly string[]
  readonly required: readonly string[]
}

/** `aws SERVICE COMMAND`, or `aws SERVICE wait STATE`, as it is written anywhere. */
const awsCommand = /\baws ([a-z0-9-]+(?: wait)? [a-z0-9-]+)/g

/** What the CLI asks for and its help does not name. */
const unnamed: Readonly<Record<string, readonly string[]>> = { 'cognito-idp list-user-pools': ['--max-results'] }

function helpOf(program: string, command: string): string {
  const env = { ...process.env, PAGER: 'cat', AWS_PAGER: 'cat' }
  const text = execFileSync(program, [...command.split(' '), 'help'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // Bold type is a letter, a step back, and the letter again.
  return text.split('\b').reduce((before, after) => before.slice(0, -1) + after)
}

function read(program: string, command: string): AwsCommand {
  const help = helpOf(program, command)
  const synopsis = /^SYNOPSIS\n(.*?)^[A-Z]/ms.exec(help)?.[1] ?? ''
  const global = /^GLOBAL OPTIONS\n(.*?)(?:^[A-Z]|$(?![\s\S]))/ms.exec(help)?.[1] ?? ''
  const options = [
    ...[...synopsis.matchAll(/--[a-z0-9-]+/g)].map(String),
    ...[...global.matchAll(/^ {7}(--[a-z0-9-]+)/gm)].map(([, name = '']) => name),
    ...(unnamed[command] ?? []),
  ]
  const required = [...synopsis.matchAll(/^ *(--[a-z0-9-]+) </gm)].map(([, name = '']) => name)
  return { options: [...new Set(options)].sort(), required: [...required, ...(unnamed[command] ?? [])].sort() }
}

if (import.meta.main) {
  const programs = process.argv.slice(2)
  const files = ['docs/*.md', 'infra/**/*.sh', 'image/*.sh', '.github/workflows/*.yml'].flatMap((glob) =>
    globSync(glob),
  )
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  const names = [...new Set([...text.matchAll(awsCommand)].map(([, name = '']) => name))].sort()
  const commands = names.map((name): [string, AwsCommand] => {
    const versions = programs.flatMap((program) => {
      try {
        return [read(program, name)]
      } catch {
        return [] // Not every version has every command.
      }
    })
    if (versions.length === 0) throw new Error(`no program knows aws ${name}`)
    return [
      name,
      {
        options: [...new Set(versions.flatMap(({ options }) => options))].sort(),
        required: versions
          .map(({ required }) => required)
          .reduce((all, some) => all.filter((one) => some.includes(one))),
      },
    ]
  })
  const versions = programs.map((program) => execFileSync(program, ['--version'], { encoding: 'utf8' }).split(' ')[0])
  const [[, { options: first }] = ['', { options: [] }]] = commands
  const everywhere = first.filter((option) => commands.every(([, { options }]) => options.includes(option)))
  for (const [, command] of commands) command.options = command.options.filter((one) => !everywhere.includes(one))
  const page = { versions, everywhere, commands: Object.fromEntries(commands) }
  writeFileSync(new URL('aws-options.json', import.meta.url), `${JSON.stringify(page, null, 2)}\n`)
}
