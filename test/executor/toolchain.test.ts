// The sandbox's own programs: built once for a machine, or all at once into a folder for an image.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installToolchain, openToolchain, readToolchain, ToolMissing } from '../../src/executor/toolchain.ts'

const searchPath = process.env['PATH'] ?? '/usr/bin:/bin'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'alpaco-toolchain-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A folder of links to some of this machine's programs. */
function link(...programs: string[]): string {
  for (const program of programs) {
    const place = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8', env: { PATH: searchPath } })
    symlinkSync(place.trim(), path.join(root, program))
  }
  return root
}

describe('a toolchain of this machine', () => {
  it('finds a tool that was installed after it was built, without building anew', async () => {
    const cache = path.join(root, 'cache')
    const place = link('gcc', 'as', 'ld')
    const before = await openToolchain(cache, place)
    expect(before.tools).not.toHaveProperty('g++')
    link('g++')
    const after = await openToolchain(cache, place)
    expect(after).toMatchObject({ home: before.home, tools: before.tools })
    expect(after.tools['g++']).toMatch(/g\+\+/)
    expect(readdirSync(cache)).toHaveLength(1)
  })

  it('is built anew when a tool has changed since', async () => {
    const cache = path.join(root, 'cache')
    const place = link('gcc', 'as', 'ld')
    const { home } = await openToolchain(cache, place)
    const note = path.join(home, 'toolchain.json')
    expect(await openToolchain(cache, place)).toMatchObject({ home })
    // As if the compiler had been installed after it.
    utimesSync(note, 1, 1)
    await openToolchain(cache, place)
    expect(statSync(note).mtimeMs).toBeGreaterThan(1_000_000)
  })

  it('cannot be built without a C compiler', async () => {
    await expect(openToolchain(path.join(root, 'cache'), '/nowhere')).rejects.toThrow(ToolMissing)
  })
})

describe('a toolchain for an image', () => {
  it('has the chosen languages and no others, and is written by nobody else', async () => {
    const home = path.join(root, 'home')
    const built = await installToolchain(home, searchPath, ['c', 'javascript'])
    expect(Object.keys(built.tools).sort()).toEqual(['gcc', 'node'])
    expect(await readToolchain(home)).toEqual(built)
    const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
    expect(files).toContain('launcher.cjs')
    expect(files).not.toContain('alpaco.jar')
    const modes = new Map(files.map((file) => [file, statSync(path.join(home, file)).mode & 0o777]))
    expect([...modes].filter(([, mode]) => (mode & 0o022) !== 0)).toEqual([])
    // Run by everybody, read by nobody.
    expect(modes.get('box')).toBe(0o711)
  })

  it('is not mixed with what is there', async () => {
    writeFileSync(path.join(root, 'something'), '')
    await expect(installToolchain(root, searchPath, ['c'])).rejects.toThrow('not empty')
  })
})
