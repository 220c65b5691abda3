// The command that goes on with a run whose command was killed, or whose machine went off.
import { localUserId } from '../contract/limits.ts'
import type { RunRecord, RunStore } from '../ports.ts'
import { make } from './generate.ts'
import type { Io } from './io.ts'
import { withTable } from './library.ts'
import { LocalError } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { checkOut, prepare } from './preparation.ts'
import type { Settings, Variables } from './settings.ts'
import { texts } from './texts.ts'

/** Unfinished runs among which one is looked for. */
const mostLookedAt = 1_000

/**
 * Goes on with the run whose id begins or ends with the given letters, or with the only one there is. Returns the exit
 * code. Throws LocalError when it cannot be told which, or when that one is over.
 */
export async function resume(line: CommandLine, variables: Variables, io: Io, interrupt: AbortSignal): Promise<number> {
  const [wanted = '', ...rest] = line.operands
  if (rest.length > 0) throw new LocalError('bad-option', texts[line.locale].surplus(rest.join(' ')))
  const preparation = await prepare(line, variables)
  await checkOut(line)
  const { problemId, request } = await unfinished(wanted.toLowerCase(), line, preparation.settings, io)
  const what = [request.algorithmType, request.difficulty, request.prompt].filter((word) => word !== undefined)
  return make(line, preparation, { what: what.join(' · '), asked: problemId }, io, interrupt)
}

/** The run to go on with, free to be taken. */
async function unfinished(wanted: string, line: CommandLine, settings: Settings, io: Io): Promise<RunRecord> {
  return withTable(line, settings, io, async ({ runs }) => {
    const run = await runOf(wanted, runs, line)
    // Nobody else has this folder open, so whoever made the run is gone. Elsewhere its lease has to be over first.
    const isOurs = settings.table.kind === 'stand-in'
    const lease = isOurs ? await runs.leaseOf(run.problemId) : undefined
    if (lease !== undefined) await runs.release({ problemId: run.problemId, term: lease.term })
    return run
  })
}

async function runOf(wanted: string, runs: RunStore, { locale }: CommandLine): Promise<RunRecord> {
  const text = texts[locale]
  // Those of who signed in at `--serve` are theirs: a request with their token and `requestId` goes on with them.
  const unfinished = await Promise.all((await runs.running(mostLookedAt)).map((id) => runs.read(id)))
  const ids = unfinished.flatMap((run) => (run?.creatorId === localUserId ? [run.problemId] : []))
  const fitting = ids.filter((id) => id.startsWith(wanted) || id.endsWith(wanted))
  const [only] = fitting
  if (fitting.length > 1) throw new LocalError('ambiguous-id', text.severalUnfinished(fitting))
  const problemId = only ?? wanted
  if (problemId === '') throw new LocalError('unknown-id', text.nothingUnfinished)
  const run = await runs.read(problemId)
  if (run === undefined) throw new LocalError('unknown-id', text.unknownRun(wanted, ids))
  if (run.creatorId !== localUserId) throw new LocalError('not-yours', text.runOfSomebody(run.problemId))
  if (run.status !== 'PROCESSING') throw new LocalError('already-ended', text.alreadyEnded(run.problemId, run.status))
  return run
}
