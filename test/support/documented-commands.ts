// What the command lines of a page call: they are run, in a shell, with stand-ins for everything that leaves this machine.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const repository = path.join(import.meta.dirname, '../..')

/** A fenced block of a page. */
interface Block {
  readonly language: string
  readonly code: string
}

/** The page without its blocks, and these. */
export function readPage(file: string): { readonly prose: string; readonly blocks: readonly Block[] } {
  const text = readFileSync(path.join(repository, file), 'utf8')
  const fence = /^```(\w+)\n(.*?)^```$/gms
  return {
    prose: text.replaceAll(fence, ''),
    blocks: [...text.matchAll(fence)].map(([, language = '', code = '']) => ({ language, code })),
  }
}

/** A program that was called. */
export interface Call {
  readonly program: string
  readonly args: readonly string[]
  /** What it was given on its standard input, where its arguments say that it reads it. */
  readonly input: string
}

/** Programs that leave this machine, or change something on it. */
const standIns = ['aws', 'npx', 'npm', 'docker', 'curl', 'git', 'gh', 'rm', 'stty'] as const

/** Writes its call to a file of its own, so that two of one pipe do not mix, and answers with something that can be used on. */
const standIn = `#!/bin/sh
input=
case " $* " in *' -K - '*|*'=/dev/stdin'*|*'file:///dev/stdin'*|*' --password-stdin '*|*' secret set '*) input=$(cat) ;; esac
printf '%s\\0' "\${0##*/}" "$input" "$@" > "$CALLS/$(date +%s%N)-$$"
case "$*" in
  *request-certificate*) echo arn:aws:acm:us-east-1:000000000000:certificate/told ;;
  *StackStatus*) echo UPDATE_COMPLETE ;;
  *DistributionDomain*) echo told.cloudfront.net ;;
  *GeneratorUrl*) echo https://told.lambda-url.ap-northeast-2.on.aws/ ;;
  *) echo told ;;
esac
`

/**
 * Runs scripts one after the other in one shell, in which a variable that was never set is an error; `typed` is what a
 * person types. Returns the calls in their order, and what was written to standard error.
 */
export function runDocumented(scripts: readonly string[], typed: readonly string[]): { calls: Call[]; errors: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'alpaco-documented-'))
  try {
    const [bin, record, work] = ['bin', 'calls', 'work'].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ]
    for (const made of [bin, record, work]) mkdirSync(made)
    for (const name of standIns) {
      writeFileSync(path.join(bin, name), standIn)
      chmodSync(path.join(bin, name), 0o755)
    }
    // What is read is the repository's; what is written is not.
    for (const name of readdirSync(repository)) symlinkSync(path.join(repository, name), path.join(work, name))
    const script = path.join(folder, 'script')
    writeFileSync(script, ['set -u', ...scripts].join('\n'))
    const { status, stderr } = spawnSync('sh', [script], {
      cwd: work,
      env: {
        PATH: `${bin}:/usr/bin:/bin`,
        CALLS: record,
        AWS_ACCESS_KEY_ID: 'AKIATOLD',
        AWS_SECRET_ACCESS_KEY: 'told-secret',
        AWS_SESSION_TOKEN: 'told-session',
      },
      input: typed.map((line) => `${line}\n`).join(''),
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`The lines end with ${status}: ${stderr}`)
    const calls = readdirSync(record)
      .sort()
      .map((name) => {
        const [program = '', input = '', ...args] = readFileSync(path.join(record, name), 'utf8').split('\0')
        return { program, input, args: args.slice(0, -1) }
      })
    return { calls, errors: stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
