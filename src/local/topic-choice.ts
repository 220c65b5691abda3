// Fills in what the person left open, and says beforehand what the scripted author cannot write.
import { createHash } from 'node:crypto'
import {
  difficultyName,
  parseDifficulty,
  parseTopic,
  topicName,
  topics,
  type Difficulty,
  type Topic,
} from '../contract/topics.ts'
import { blueprints } from '../../mock/gemini/author/index.ts'
import { LocalError } from './local-error.ts'
import type { CommandLine } from './options.ts'
import { texts } from './texts.ts'

/** Topic and difficulty in the caller's own words; both open only when there is a wish. */
export interface Choice {
  readonly algorithm: string | undefined
  readonly difficulty: string | undefined
}

/** Topics that can be asked for at a difficulty, or at any. */
type Served = (level: Difficulty | undefined) => readonly Topic[]

/** What the scripted author knows. */
export const scriptedTopics: Served = (level) => {
  const able = blueprints.filter(({ levels }) => level === undefined || levels.includes(level))
  return topics.filter((topic) => able.some((blueprint) => blueprint.topics.includes(topic)))
}

/** A real model is asked about anything. */
export const allTopics: Served = () => topics

/**
 * The topic and difficulty to ask for: what was given, else a topic drawn by the seed and `보통`. With a wish the
 * rest stays open. Throws LocalError for a topic that is not served.
 */
export function chooseTopic(
  { locale, algorithm, difficulty, prompt }: Pick<CommandLine, 'locale' | 'algorithm' | 'difficulty' | 'prompt'>,
  seed: number,
  served: Served,
): Choice {
  const levelWord = difficulty ?? (prompt === undefined ? difficultyName('medium', locale) : undefined)
  const able = served(levelWord === undefined ? undefined : parseDifficulty(levelWord))
  if (algorithm === undefined) {
    const topic = prompt === undefined ? able[draw(seed, able.length)] : undefined
    return { algorithm: topic === undefined ? undefined : topicName(topic, locale), difficulty: levelWord }
  }
  const topic = parseTopic(algorithm)
  // An unknown word is for the contract to refuse.
  if (topic === undefined || able.includes(topic)) return { algorithm, difficulty: levelWord }
  const names = able.map((known) => topicName(known, locale)).join(', ')
  throw new LocalError('unserved-topic', texts[locale].unservedTopic(algorithm, levelWord, names))
}

/** A whole number from 0 to below `count`, the same for the same seed. */
function draw(seed: number, count: number): number {
  return createHash('sha256').update(`topic:${seed}`).digest().readUInt32BE() % Math.max(1, count)
}
