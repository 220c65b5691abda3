// The wire between this process and a supervisor, against a peer that says whatever a test wants: as bytes, cut anywhere.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Supervisor, SupervisorFault, SupervisorLost } from '../../src/executor/supervisor.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alpaco-supervisor-test-'))
})
afterAll(async () => rm(folder, { recursive: true }))

const opened: Supervisor[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((supervisor) => supervisor.close()))
})

/** Standard input of the peer as `takeRequest()`, and `say(bytes…)`, which writes them one by one. */
const prelude = `
import { setTimeout as sleep } from 'node:timers/promises'
let pending = Buffer.alloc(0)
const source = process.stdin[Symbol.asyncIterator]()
async function take(count) {
  while (pending.length < count) {
    const { value, done } = await source.next()
    if (done) process.exit(0)
    pending = Buffer.concat([pending, value])
  }
  const bytes = pending.subarray(0, count)
  pending = pending.subarray(count)
  return bytes
}
async function takeRequest() {
  const head = (await take((await take(4)).readUInt32LE())).toString()
  const words = head.split('\\0').slice(0, -1)
  const blobs = []
  for (const word of words) if (word.startsWith('blob=')) blobs.push((await take(Number(word.split(':').at(-1)))).toString())
  return { words, blobs }
}
function frame(value) {
  const text = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return Buffer.concat([length, text])
}
async function say(...parts) {
  for (const part of parts) {
    await new Promise((resolve) => process.stdout.write(part, resolve))
    if (parts.length > 1) await sleep(1)
  }
}
const toolchain = { home: '/home', tools: {}, versions: {} }
const hello = { protocol: 1, tier: 'seccomp', uid: 7, protections: { seccomp: true, namespaces: false }, toolchain }
const run = {
  outcome: 'exited', exitCode: 0, signal: 0, cpuNs: 1500000, wallNs: 2500000, peakBytes: 4096, violation: '',
  stdoutBytes: 0, stderrBytes: 0, collected: [],
}
`

let scripts = 0
/** A command that plays the supervisor. */
async function peer(body: string): Promise<[string, ...string[]]> {
  scripts += 1
  const file = join(folder, `peer-${scripts}.mjs`)
  await writeFile(file, `${prelude}${body}`)
  return [process.execPath, file]
}

async function start(body: string): Promise<Supervisor> {
  const supervisor = await Supervisor.start({ command: await peer(body) })
  opened.push(supervisor)
  return supervisor
}

const request = { words: [['op', 'run'] as const] }

describe('the first words of a supervisor', () => {
  it('say what the machine gives, however they are cut', async () => {
    const { hello } = await start(
      'await say(...[...frame(hello)].map((byte) => Buffer.from([byte])))\nawait takeRequest()',
    )
    expect(hello).toEqual({
      protocol: 1,
      tier: 'seccomp',
      uid: 7,
      protections: { seccomp: true, namespaces: false },
      toolchain: { home: '/home', tools: {}, versions: {} },
    })
  })

  it.each([
    ['another protocol', 'await say(frame({ ...hello, protocol: 2 }))\nawait takeRequest()'],
    ['an unknown tier', 'await say(frame({ ...hello, tier: "best" }))\nawait takeRequest()'],
    ['no JSON', 'await say(frame("hello"))\nawait takeRequest()'],
    ['half of them', 'await say(frame(hello).subarray(0, 50))'],
    ['nothing', ''],
    ['half a length', 'await say(Buffer.from([1, 2]))'],
    ['another program’s', 'console.log("Usage: another program")'],
  ])('are not understood when they are %s', async (_what, body) => {
    await expect(start(body)).rejects.toThrow(SupervisorLost)
  })

  it('are missed with the words of what was started instead', async () => {
    await expect(start('process.stderr.write("no such image")\nprocess.exitCode = 125')).rejects.toThrow(
      /no such image/,
    )
    const starting = Supervisor.start({ command: ['/not/there'] })
    await expect(starting).rejects.toThrow(/ENOENT/)
    await expect(starting).rejects.toThrow(SupervisorLost)
  })

  it('come from a process that has nothing of our environment, and a session of its own', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      await takeRequest()
      const stdout = Buffer.from(JSON.stringify(Object.keys(process.env)))
      await say(Buffer.concat([frame({ ...run, stdoutBytes: stdout.length }), stdout]))
      await takeRequest()`)
    expect((await supervisor.run(request)).stdout.toString()).toBe('[]')
    // Session: field 6 of /proc/…/stat (proc(5)).
    const stat = await readFile(`/proc/${supervisor.pid}/stat`, 'utf8')
    expect(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]).toBe(String(supervisor.pid))
  })
})

describe('a request', () => {
  it('is its words, each ended by NUL, and then its bytes', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      for (;;) {
        const stdout = Buffer.from(JSON.stringify(await takeRequest()))
        await say(Buffer.concat([frame({ ...run, stdoutBytes: stdout.length }), stdout]))
      }`)
    const long = 'x'.repeat(3_000_000)
    const { stdout } = await supervisor.run({
      words: [
        ['op', 'run'],
        ['arg', 'a=b c'],
        ['arg', ''],
        ['cpu', 1000],
      ],
      blobs: [
        ['stdin', Buffer.from(long)],
        ['file:값.txt', Buffer.from('값')],
        ['empty', Buffer.alloc(0)],
      ],
    })
    const { words, blobs } = JSON.parse(stdout.toString()) as { words: string[]; blobs: string[] }
    expect(words).toEqual([
      'op=run',
      'arg=a=b c',
      'arg=',
      'cpu=1000',
      'blob=stdin:3000000',
      'blob=file:값.txt:3',
      'blob=empty:0',
    ])
    expect(blobs[0] === long).toBe(true)
    expect(blobs.slice(1)).toEqual(['값', ''])
  })

  it('may be made before the last one is answered; each gets its own answer', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      const requests = [await takeRequest(), await takeRequest(), await takeRequest()]
      await say(frame({ ...run, exitCode: Number(requests[0].blobs[0]) }))
      await say(frame({ fault: requests[1].blobs[0] }))
      const stdout = Buffer.from(requests[2].blobs[0])
      await say(Buffer.concat([frame({ ...run, stdoutBytes: stdout.length }), stdout]))
      await takeRequest()`)
    const [first, second, third] = ['7', 'skipped', 'last'].map(async (text) =>
      supervisor.run({ ...request, blobs: [['stdin', Buffer.from(text)]] }),
    )
    await expect(second).rejects.toThrow('skipped')
    expect(await first).toMatchObject({ exitCode: 7 })
    expect((await third)?.stdout.toString()).toBe('last')
  })

  it('with a NUL in a word is refused and never sent', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      const stdout = Buffer.from((await takeRequest()).words.join())
      await say(Buffer.concat([frame({ ...run, stdoutBytes: stdout.length }), stdout]))
      await takeRequest()`)
    await expect(supervisor.run({ words: [['arg', 'a\0op=close']] })).rejects.toThrow(SupervisorFault)
    expect((await supervisor.run(request)).stdout.toString()).toBe('op=run')
  })
})

describe('an answer', () => {
  const answer = `Buffer.concat([
    frame({ ...run, outcome: 'signalled', exitCode: -1, signal: 9, violation: 'left files behind',
      stdoutBytes: 5, stderrBytes: 3, collected: [2, 0] }),
    Buffer.from('hello' + 'err' + 'ab')])`
  const expected = {
    outcome: 'signalled',
    exitCode: undefined,
    signal: 9,
    cpuMs: 1.5,
    wallMs: 2.5,
    peakMemoryBytes: 4096,
    violation: 'left files behind',
    stdout: Buffer.from('hello'),
    stderr: Buffer.from('err'),
    collected: [Buffer.from('ab'), Buffer.from('')],
  }

  it('is the same wherever it is cut', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      const answer = ${answer}
      for (let at = 0; ; at = (at + 1) % answer.length) {
        await takeRequest()
        await say(answer.subarray(0, at), answer.subarray(at))
      }`)
    // As many as the answer has bytes, and the first one again.
    for (let at = 0; at < 260; at++) expect(await supervisor.run(request), `cut at ${at}`).toEqual(expected)
  })

  it('is read to its end and no further when the next ones are there already', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      await takeRequest()
      await say(Buffer.concat([${answer}, frame({}), frame({ ...run, exitCode: 3 })]))
      await takeRequest()
      await takeRequest()
      await takeRequest()`)
    expect(await supervisor.run(request)).toEqual(expected)
    await supervisor.perform(request)
    expect(await supervisor.run(request)).toMatchObject({ outcome: 'exited', exitCode: 3, violation: undefined })
  })

  it('may be megabytes', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      await takeRequest()
      const stdout = Buffer.alloc(20_000_000, 'ab')
      await say(Buffer.concat([frame({ ...run, stdoutBytes: stdout.length }), stdout]))
      await takeRequest()`)
    const { stdout } = await supervisor.run(request)
    expect(stdout.equals(Buffer.alloc(20_000_000, 'ab'))).toBe(true)
  })

  it('that tells a fault leaves the supervisor as it was', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      await takeRequest()
      await say(frame({ fault: 'exec: No such file' }))
      await takeRequest()
      await say(frame({ fault: 'service: No such file' }))
      await takeRequest()
      await say(frame(run))
      await takeRequest()`)
    const first = supervisor.run(request)
    await expect(first).rejects.toThrow(SupervisorFault)
    await expect(first).rejects.toThrow('exec: No such file')
    await expect(supervisor.perform(request)).rejects.toThrow(SupervisorFault)
    expect(await supervisor.run(request)).toMatchObject({ outcome: 'exited', exitCode: 0 })
  })

  it.each([
    ['breaks off in its length', 'await say(frame(run).subarray(0, 2))\nprocess.exit()'],
    ['breaks off in its text', 'await say(frame(run).subarray(0, 40))\nprocess.exit()'],
    [
      'breaks off in its bytes',
      'await say(Buffer.concat([frame({ ...run, stdoutBytes: 5 }), Buffer.from("hel")]))\nprocess.exit()',
    ],
    ['does not come', 'process.exit()'],
    ['is no JSON', 'await say(frame("exited"))\nawait takeRequest()'],
    ['is no object', 'await say(frame("[1]"))\nawait takeRequest()'],
    ['has an unknown outcome', 'await say(frame({ ...run, outcome: "fine" }))\nawait takeRequest()'],
    ['lacks a field', 'await say(frame({ outcome: "exited" }))\nawait takeRequest()'],
    ['has more than is known', 'await say(frame({ ...run, verdict: "accepted" }))\nawait takeRequest()'],
  ])('that %s means that the supervisor is lost', async (_what, body) => {
    const supervisor = await start(`await say(frame(hello))\nawait takeRequest()\n${body}`)
    await expect(supervisor.run(request)).rejects.toThrow(SupervisorLost)
  })

  it('that is missed has the last words of the supervisor', async () => {
    const supervisor = await start(`
      await say(frame(hello))
      await takeRequest()
      process.stderr.write('box: work folder: No space left on device', () => process.exit(1))`)
    await expect(supervisor.run(request)).rejects.toThrow(/No space left on device/)
    // Nothing after that is answered either, and nobody waits for it.
    await expect(supervisor.perform(request)).rejects.toThrow(SupervisorLost)
  })
})

async function isAlive(pid: number | undefined): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && !/\) Z /.test(stat)
}

describe('the end of a supervisor', () => {
  it.each([
    ['one that goes by itself', 'await takeRequest()'],
    ['one that does not hear', 'process.on("SIGTERM", () => {})\nsetInterval(() => {}, 1000)'],
    ['one that is gone already', 'process.exit(3)'],
    ['one that is halted', 'process.kill(process.pid, "SIGSTOP")\nawait takeRequest()'],
  ])('leaves no process: %s', async (_what, body) => {
    const supervisor = await start(`await say(frame(hello))\n${body}`)
    await sleep(50)
    await supervisor.close()
    expect(await isAlive(supervisor.pid)).toBe(false)
    await supervisor.close()
  })

  it('is told to whom waits for an answer', async () => {
    const supervisor = await start('await say(frame(hello))\nfor (;;) await takeRequest()')
    const running = supervisor.run(request)
    void running.catch(() => undefined)
    await supervisor.close()
    await expect(running).rejects.toThrow(SupervisorLost)
  })

  it('is brought about when somebody halts it while an answer is due', async () => {
    const supervisor = await start('await say(frame(hello))\nfor (;;) await takeRequest()')
    const running = supervisor.run(request)
    if (supervisor.pid !== undefined) process.kill(supervisor.pid, 'SIGSTOP')
    await expect(running).rejects.toThrow(SupervisorLost)
    expect(await isAlive(supervisor.pid)).toBe(false)
  })
})
