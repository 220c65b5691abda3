// Actions by their commits: the check, and filling the hashes in from repositories on this machine.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeScratch, type Result, run } from './scripts.ts'

const newFolder = makeScratch()
const hash = '0123456789abcdef0123456789abcdef01234567'
const check = async (line: string): Promise<Result> => {
  const folder = newFolder()
  writeFileSync(path.join(folder, 'w.yml'), `jobs:\n  a:\n    steps:\n      - ${line}\n`)
  return run('pin-actions.sh', ['w.yml'], { folder })
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
  const servers = newFolder()
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
    const folder = newFolder()
    writeFileSync(path.join(folder, 'w.yml'), content)
    const env = { GITHUB_SERVER_URL: `file://${servers}` }
    const result = await run('pin-actions.sh', ['--fill', 'w.yml'], { folder, env })
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
