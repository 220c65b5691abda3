// Tools of the machine, run to their end: what they print, how they fail, and that nothing of them is left.
import { describe, expect, it } from 'vitest'
import { runTool } from '../../src/executor/run-tool.ts'

const shell = (script: string, timeout?: number): ReturnType<typeof runTool> =>
  runTool('sh', ['-c', script], timeout === undefined ? {} : { timeout })

describe('a tool', () => {
  it('gives what it printed', async () => {
    expect(await shell('echo out; echo err >&2')).toEqual({ stdout: 'out\n', stderr: 'err\n' })
  })

  it('that fails is named with what it complained of', async () => {
    await expect(shell('echo out; echo no such header >&2; exit 3')).rejects.toThrow('sh ended with 3: no such header')
  })

  it('that does not exist is an error', async () => {
    await expect(runTool('no-such-tool', [])).rejects.toThrow(/ENOENT/)
  })

  it('leads a process group of its own, so that a Ctrl-C in the terminal is not for it', async () => {
    expect((await shell('kill -0 -$$ && echo leads')).stdout).toBe('leads\n')
  })

  it('that takes too long is ended with all it started', async () => {
    const startedAt = Date.now()
    // What was started holds the output open: without its end, the tool's would not be noticed.
    await expect(shell('sleep 30 & sleep 30', 200)).rejects.toThrow('sh ended with SIGKILL')
    expect(Date.now() - startedAt).toBeLessThan(20_000)
  })
})
