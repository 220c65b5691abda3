// All that is decided and checked before anything starts: a run that cannot end well should not begin.
import { randomInt, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseScenario, type Scenario, ScenarioError } from '../../mock/gemini/scenario.ts'
import type { Locale } from '../contract/topics.ts'
import { toAppError } from '../errors.ts'
import { parseBody } from '../http/generation-request.ts'
import { checkFolder } from './files.ts'
import type { RunRequest } from './generation-client.ts'
import { LocalError, systemReason } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { readSettings, type Settings, type Variables } from './settings.ts'
import { texts } from './texts.ts'
import { allTopics, type Choice, chooseTopic, scriptedTopics } from './topic-choice.ts'

/** What `generate` and `serve` start from. */
export interface Preparation {
  readonly settings: Settings
  readonly seed: number
  readonly scenario: Scenario
  readonly choice: Choice
  readonly request: RunRequest
}

/** Reads and judges everything that was given. Throws LocalError. */
export async function prepare(line: CommandLine, variables: Variables): Promise<Preparation> {
  const settings = readSettings(line, variables)
  const seed = line.seed ?? randomInt(1, 1_000_000)
  const scenario = await readScenario(line)
  // A scenario that brings its own blueprint makes the author's knowledge of topics irrelevant.
  const isScripted = settings.model.kind === 'stand-in' && scenario.blueprint === undefined
  const choice = chooseTopic(line, seed, isScripted ? scriptedTopics : allTopics)
  const request = requestOf(line, choice)
  await checkRecording(line.record, line.locale)
  return { settings, seed, scenario, choice, request }
}

/** The request body, judged by the contract. Throws LocalError with what is wrong, field by field. */
function requestOf(line: CommandLine, choice: Choice): RunRequest {
  const { locale, language, prompt, maxCostUsd } = line
  const fields = { algorithm_type: choice.algorithm, difficulty: choice.difficulty, prompt, language, maxCostUsd }
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const request = { ...given, locale, requestId: randomUUID() }
  try {
    parseBody(request, locale)
    return request
  } catch (error) {
    const { code, details } = toAppError(error)
    if (code !== 'bad-request') throw error
    throw new LocalError(code, texts[locale].badRequest, { details, cause: error })
  }
}

/** The scenario file, or an empty scenario. Throws LocalError with file, line and field. */
async function readScenario({ scenario: file, locale }: CommandLine): Promise<Scenario> {
  if (file === undefined) return {}
  const text = texts[locale]
  let json: string
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (cause) {
    throw new LocalError('scenario-unreadable', text.scenarioUnreadable(file, systemReason(cause, locale)), { cause })
  }
  try {
    return parseScenario(json)
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    throw new LocalError('bad-scenario', text.scenarioWrong(file, error.message), { cause: error })
  }
}

/** Throws LocalError when files cannot be made in the folder for results. */
export async function checkOut({ out, locale }: CommandLine): Promise<void> {
  try {
    await checkFolder(out)
  } catch (cause) {
    throw new LocalError('out-unwritable', texts[locale].outUnwritable(out, systemReason(cause, locale)), { cause })
  }
}

async function checkRecording(file: string | undefined, locale: Locale): Promise<void> {
  if (file === undefined) return
  try {
    await checkFolder(dirname(file))
  } catch (cause) {
    throw new LocalError('record-unwritable', texts[locale].recordUnwritable(file, systemReason(cause, locale)), {
      cause,
    })
  }
}
