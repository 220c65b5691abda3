// The command that makes a problem's tests again from their origins and compares them with the stored ones, byte for byte.
import * as z from 'zod'
import { languageSchema } from '../contract/languages.ts'
import { inputSpecSchema } from '../contract/input-spec.ts'
import { testCaseSchema, testOriginSchema } from '../contract/problem.ts'
import { originText, remakeInputs } from '../generation/suite/remake.ts'
import { faultOf } from './executor-fault.ts'
import { type Io, logOn, print } from './io.ts'
import { readText, type Reading, testsLimitBytes } from './judging/text-file.ts'
import { readStored } from './library.ts'
import { LocalError } from './local-error.ts'
import { openExecutor } from './open-executor.ts'
import type { CommandLine } from './options.ts'
import { readSettings, type Variables } from './settings.ts'
import { checkLocalStack } from './stack.ts'
import { texts } from './texts.ts'
import { mistakeIn, targetKind } from './verifying/read-problem.ts'

/** What the command needs of a problem. */
const recipeSchema = z.object({
  language: languageSchema,
  input_spec: inputSpecSchema,
  test_generator_code: z.string(),
  test_origins: z.array(testOriginSchema),
  test_cases: z.array(testCaseSchema),
})
const wrappedSchema = z.object({ problem: z.record(z.string(), z.unknown()) })

/**
 * Makes all tests again, or the one of the given number, whose input it prints. Returns 0 when every byte is the same, 1
 * otherwise. Throws LocalError, and Interrupted.
 */
export async function remake(line: CommandLine, variables: Variables, io: Io, interrupt: AbortSignal): Promise<number> {
  const { locale, json } = line
  const text = texts[locale]
  const [target, numberText, ...rest] = line.operands
  if (target === undefined) throw new LocalError('bad-option', text.remakeNeeds)
  if (rest.length > 0) throw new LocalError('bad-option', text.surplus(rest.join(' ')))
  const problem = await readRecipe(target, line, variables, io, { signal: interrupt, locale })
  const { test_cases: tests, test_origins: origins } = problem
  const wanted = wantedTests(numberText, tests.length, locale)
  const settings = readSettings(line, variables)
  await checkLocalStack(settings, locale)
  const opened = await openExecutor(settings, logOn(io.stderr, settings.verbose))
  let made: (string | undefined)[]
  try {
    const recipe = {
      spec: problem.input_spec,
      generator: { language: 'python' as const, code: problem.test_generator_code },
      origins: wanted.flatMap((index) => origins[index] ?? []),
    }
    made = await remakeInputs(recipe, opened.executor, interrupt)
  } catch (error) {
    interrupt.throwIfAborted()
    throw faultOf(error, locale)
  } finally {
    await opened.close()
  }
  const outcomes = wanted.map((index, position) => ({
    test: index + 1,
    madeBy: origins[index] === undefined ? '?' : originText(origins[index]),
    bytes: Buffer.byteLength(tests[index]?.input ?? ''),
    same: made[position] !== undefined && made[position] === tests[index]?.input,
  }))
  const isSame = outcomes.every(({ same }) => same)
  if (json) print(io.stdout, JSON.stringify({ same: isSame, tests: outcomes }))
  else {
    for (const { test, madeBy, bytes, same } of outcomes) {
      print(io.stderr, `${same ? '✔' : '✖'} ${text.remade(test, madeBy, bytes, same)}`)
    }
    if (numberText !== undefined) io.stdout.write(made[0] ?? '')
    else print(io.stdout, text.remadeAll(outcomes.filter(({ same }) => same).length, outcomes.length))
  }
  return isSame ? 0 : 1
}

async function readRecipe(
  target: string,
  line: CommandLine,
  variables: Variables,
  io: Io,
  reading: Reading,
): Promise<z.infer<typeof recipeSchema>> {
  const { badFile, isFolder } = texts[line.locale]
  const kind = await targetKind(target, reading)
  if (kind === 'folder') throw new LocalError('bad-problem', isFolder(target, 'remake'))
  if (kind === 'none') {
    const { document, tests } = await readStored(target, line, variables, io)
    return { ...document, test_cases: tests }
  }
  const content = await readText(target, testsLimitBytes, reading)
  const json = parseJson(content)
  const parsed = recipeSchema.safeParse(wrappedSchema.safeParse(json).data?.problem ?? json)
  if (parsed.success) return parsed.data
  const why = mistakeIn(parsed.error, 'remake', line.locale)
  throw new LocalError('bad-problem', badFile(target, why), { cause: parsed.error })
}

/** Indices of the tests that are asked for. */
function wantedTests(numberText: string | undefined, count: number, locale: CommandLine['locale']): number[] {
  if (numberText === undefined) return Array.from({ length: count }, (_, index) => index)
  const number = /^[1-9]\d{0,3}$/.test(numberText) ? Number(numberText) : Number.NaN
  if (!(number <= count)) throw new LocalError('bad-option', texts[locale].noSuchTest(numberText, count))
  return [number - 1]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
