// Generated programs in the sandbox and outside of it: the same bytes on standard output, the same end.
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { c, cpp } from './differential/c.ts'
import type { Dialect } from './differential/dialect.ts'
import { java } from './differential/java.ts'
import { javascript } from './differential/javascript.ts'
import { type Ending, runPlainly } from './differential/plain.ts'
import { generateInput, generateProgram } from './differential/program.ts'
import { python } from './differential/python.ts'
import { isTodays } from '../support/turns.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

const programCount = 100
const dialects = [python, c, cpp, java, javascript]

/** Runs of each program: fewer where a plain run starts a slow interpreter. */
const inputsPerProgram: Record<Dialect['language'], number> = { python: 2, c: 5, cpp: 5, java: 1, javascript: 1 }

interface SourceFile {
  readonly dialect: Dialect
  readonly source: string
  readonly inputs: readonly string[]
}

function sourceFiles(dialect: Dialect): SourceFile[] {
  const { language, programsPerFile } = dialect
  return Array.from({ length: programCount / programsPerFile }, (_, file) => {
    const indexes = Array.from({ length: programsPerFile }, (_, position) => file * programsPerFile + position)
    const rounds = Array.from({ length: inputsPerProgram[language] }, (_, round) => round)
    return {
      dialect,
      source: dialect.source(indexes.map(generateProgram)),
      inputs: indexes.flatMap((index, position) => rounds.map((round) => generateInput(index, position, round))),
    }
  })
}

async function runInSandbox({ executor }: Sandbox, { dialect, source, inputs }: SourceFile): Promise<Ending[]> {
  const { compile, results } = await executor.run(
    {
      version: 1,
      program: { language: dialect.language, files: [{ name: dialect.fileName, text: source }] },
      tests: inputs.map((input) => ({ input })),
      limits: { cpuMs: 10_000, wallMs: 20_000, memoryBytes: 256 * 1024 * 1024, outputBytes: 1024 * 1024 },
      hashSeed: 0,
    },
    new AbortController().signal,
  )
  expect(compile.ok, compile.log).toBe(true)
  return results.map(({ stdout, exitCode, signal }) => ({ stdout, exitCode, signal }))
}

describe('a generated program', () => {
  it.each(dialects)('in $language is one of a hundred different ones', (dialect) => {
    const programs = Array.from({ length: programCount }, (_, index) => generateProgram(index))
    const written = programs.map(({ steps, end }) => JSON.stringify([steps.flatMap((step) => dialect.step(step)), end]))
    expect(new Set(written).size).toBe(programCount)
    expect(new Set(programs.map(({ end }) => end.kind))).toEqual(new Set(['return', 'exit', 'crash']))
  })

  describe('prints and ends in the sandbox as it does outside', () => {
    let sandboxes: Sandbox[] = []
    beforeAll(async () => {
      sandboxes = await Promise.all([openSandbox('rlimits', { slots: 2 }), openSandbox('all', { slots: 2 })])
    })
    afterAll(async () => Promise.all(sandboxes.map((sandbox) => sandbox.close())))

    it.each(dialects)('in $language', async (dialect) => {
      const files = [...sourceFiles(dialect).entries()].filter(([index]) => isTodays(index, 4)).values()
      const compareTheRest = async (): Promise<void> => {
        for (const [index, file] of files) {
          // The tiers take turns, as the days do.
          const [sandbox] = sandboxes.slice((index >> 2) % sandboxes.length)
          if (sandbox === undefined) throw new Error('no sandbox is open')
          const inside = await runInSandbox(sandbox, file)
          const outside = await runPlainly(dialect, file.source, file.inputs)
          expect(inside, `${sandbox.tier}\n${file.source}`).toEqual(outside)
          expect(outside.filter(({ stdout }) => stdout === '')).toEqual([])
        }
      }
      await Promise.all(Array.from({ length: availableParallelism() }, compareTheRest))
    })
  })
})
