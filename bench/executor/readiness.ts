// From nothing to a first Python program: the supervisor, its warm interpreter, the program compiled.
import { median, type Figure } from '../measure.ts'
import { inTurn, milliseconds, ratio } from './rounds.ts'
import { call, spawned, warmImports, type Bench } from './sandbox.ts'

const rounds = 9

export async function readiness(bench: Bench): Promise<Figure[]> {
  const hello: number[] = []
  const warm: number[] = []
  const imports = await warmImports()
  const { ours, theirs } = await inTurn(rounds, {
    ours: async () => {
      const sandbox = bench.open(1)
      const startedAt = performance.now()
      await sandbox.warmUp()
      const helloAt = performance.now()
      const first = await call(sandbox, { language: 'python', text: 'print(1)\n' }, [])
      const readyAt = performance.now()
      // The second one is only compiled: what the first took longer is the interpreter's start.
      const second = await call(sandbox, { language: 'python', text: 'print(2)\n' }, [])
      await sandbox.close()
      hello.push(helloAt - startedAt)
      warm.push(first.wallMs - second.wallMs)
      return readyAt - startedAt
    },
    theirs: async () => (await spawned(bench.tools.python, ['-S', '-s', '-P', '-B', '-c', imports])).ms,
  })
  const value = median(ours)
  return [
    {
      name: `from no supervisor to a compiled Python program (least ${milliseconds(Math.min(...ours))})`,
      value: milliseconds(value),
      target: '≤ 100 ms',
      met: value <= 100,
    },
    { name: '  of it the supervisor, to its hello', value: milliseconds(median(hello)) },
    { name: '  of it the warm interpreter', value: milliseconds(median(warm)) },
    {
      name: '  peer: python3 from Node that imports the same and ends',
      value: `${milliseconds(median(theirs))}, ${ratio(theirs, ours)}`,
    },
  ]
}
