// Saves the exchange with the model as a scenario, and says how to play it again.
import type { Scenario } from '../../mock/gemini/scenario.ts'
import { writeWhole } from './files.ts'
import { LocalError, systemReason } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { texts } from './texts.ts'
import type { Choice } from './topic-choice.ts'

/** Writes what was recorded, whatever became of the run; returns the words that say so. Throws LocalError. */
export async function saveRecording(
  { record: file, locale }: CommandLine,
  recorded: Scenario | undefined,
  choice: Choice,
): Promise<string | undefined> {
  if (file === undefined || recorded === undefined || Object.keys(recorded).length === 0) return undefined
  const text = texts[locale]
  try {
    await writeWhole(file, `${JSON.stringify(recorded, null, 2)}\n`)
  } catch (cause) {
    throw new LocalError('record-unwritable', text.recordUnwritable(file, systemReason(cause, locale)), {
      exitCode: 1,
      cause,
    })
  }
  const words = [
    `npm start -- --model stand-in --scenario ${quoted(file)}`,
    ...(choice.algorithm === undefined ? [] : [`-a ${quoted(choice.algorithm)}`]),
    ...(choice.difficulty === undefined ? [] : [`-d ${quoted(choice.difficulty)}`]),
    ...(locale === 'ko' ? [] : [`--locale ${locale}`]),
  ]
  return text.recorded(file, words.join(' '))
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\p{L}\p{N}_./:-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
