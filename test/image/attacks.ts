// Every attack of the suite through the image's entry point; after each, the programs of somebody else.
import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { BatchResult } from '../../src/contract/execution.ts'
import type { ExecutorLanguage } from '../../src/contract/languages.ts'
import type { Executor } from '../../src/ports.ts'
import { endingsOf, limitsOf, type Attack } from '../executor/attacks/attack.ts'
import { echoes, nativeFinder, pythonCanary } from '../executor/attacks/finders.ts'
import { preciousFolderSlot, secretFileSlot } from '../executor/attacks/names.ts'
import { attacks } from '../executor/attacks/suite.ts'
import { answers, asBatch, run, secret, type Deployed } from './machines.ts'
import { note } from './report.ts'

/** What is there to be attacked, in the image. */
const inScene = (text: string): string =>
  text.replaceAll(secretFileSlot, '/etc/shadow').replaceAll(preciousFolderSlot, '/app/src')

/** What later programs print: the same in every sound environment. */
interface View {
  readonly python: string
  readonly native: string
}

async function viewOf(executor: Executor): Promise<View> {
  return {
    python: await lookAround(executor, 'python', pythonCanary),
    native: await lookAround(executor, 'c', nativeFinder),
  }
}

/** All that a finder prints but its first line, which is its input reversed. Throws when it is not accepted. */
async function lookAround(executor: Executor, language: 'python' | 'c', source: string): Promise<string> {
  const input = randomBytes(6).toString('hex')
  const { compile, results } = await run(executor, asBatch(language, source, [input]))
  const [result] = results
  const [first, ...rest] = result?.stdout.split('\n') ?? []
  const isRight = result?.outcome === 'exited' && result.exitCode === 0
  if (isRight && first === Buffer.from(input).reverse().toString()) return rest.join('\n')
  throw new Error(`${language}: ${compile.log}${JSON.stringify(result)}`)
}

async function attackWith(
  { executor, machine }: Deployed,
  attack: Attack,
  language: ExecutorLanguage,
): Promise<string[]> {
  const inputs = Array.from({ length: attack.runs ?? 1 }, () => 'ALPACO-NEXT-INPUT\n')
  const batch = asBatch(language, inScene(attack.languages[language] ?? ''), inputs)
  const files = [...batch.program.files, ...(attack.files ?? [])]
  const result = await run(executor, { ...batch, program: { language, files }, limits: limitsOf(attack, language) })
  const wrong = endingsOf(result).filter((ending) => !attack.expect[machine.strength].includes(ending))
  return [
    ...(wrong.length > 0 ? [`ended with ${wrong.join(', ')}: ${tellingOf(result)}`] : []),
    ...(JSON.stringify(result).includes(secret) ? ['it found the credentials'] : []),
  ]
}

/** What of a result shows why it is not as expected. */
function tellingOf({ compile, results }: BatchResult): string {
  const said = results.flatMap(({ stdout }) => stdout.match(/^(?:BREACH|planted|possible): .*$/gm) ?? [])
  const broken = results.flatMap(({ violation, stderr }) => [violation ?? '', stderr])
  return [...said, ...broken, compile.log]
    .filter((words) => words !== '')
    .join(' / ')
    .slice(0, 400)
}

const newLines = (before: string, after: string): string[] =>
  after.split('\n').filter((line) => !before.split('\n').includes(line))

/** Makes every attack in the languages whose name has `part` in it. */
export async function checkAttacks(
  deployed: Deployed,
  languages: readonly ExecutorLanguage[],
  part: string,
): Promise<void> {
  const { executor, fn } = deployed
  const rows = attacks
    .filter(({ name }) => name.includes(part))
    .flatMap((attack) =>
      languages.flatMap((language) => (attack.languages[language] === undefined ? [] : [{ attack, language }])),
    )
  let quiet = await viewOf(executor)
  const startedAt = performance.now()
  const startsBefore = fn.starts
  let expected = 0
  let accepted = 0
  for (const [index, { attack, language }] of rows.entries()) {
    if (index % 100 === 50) console.log(`    … ${index} of ${rows.length} attacks`)
    const name = `a ${language} program ${attack.name}`
    const problems = await attackWith(deployed, attack, language).catch((error: unknown) => [String(error)])
    if (problems.length === 0) expected += 1
    else note(name, problems)

    const aftermath = await (async (): Promise<string[]> => {
      const after = await viewOf(executor)
      const changed = [...newLines(quiet.python, after.python), ...newLines(quiet.native, after.native)]
      const isQuiet = isDeepStrictEqual(after, quiet)
      // What stays is charged to one attack, not to all that follow.
      quiet = after
      const echo = await answers(executor, asBatch(language, echoes[language], ['echo']), ['echo'])
      return isQuiet ? echo : ['something has changed', ...changed, ...echo]
    })().catch((error: unknown) => [String(error)])
    if (aftermath.length === 0) accepted += 1
    else note(`the program after ${name}`, aftermath)
  }
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
  const figure = `${rows.length} programs, ${fn.starts - startsBefore} new environments, ${minutes} min`
  const tooFew = (count: number): string[] => (count === rows.length ? [] : [`${rows.length - count} are not`])
  note(`attacks end as they should: ${expected} of ${rows.length}`, tooFew(expected), figure)
  note(`the program after each one is accepted: ${accepted} of ${rows.length}`, tooFew(accepted))
}
