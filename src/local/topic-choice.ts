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

/**
 * The topic and difficulty to ask for: what was given, else a topic drawn by the seed and `보통`. With a wish the
 * rest stays open. Throws LocalError for what the scripted author does not know.
 */
export function chooseTopic(line: CommandLine, seed: number, author: 'scripted' | 'other'): Choice {
  const { locale, algorithm, difficulty, prompt } = line
  const asked = prompt === undefined ? { algorithm, difficulty: difficulty ?? difficultyName('medium', locale) } : line
  const level = asked.difficulty === undefined ? undefined : parseDifficulty(asked.difficulty)
  const served = author === 'scripted' ? servedTopics(level) : topics
  if (asked.algorithm !== undefined) {
    const topic = parseTopic(asked.algorithm)
    // An unknown word is for the contract to refuse.
    if (topic === undefined || served.includes(topic)) return { ...asked, algorithm: asked.algorithm }
    const names = served.map((known) => topicName(known, locale)).join(', ')
    throw new LocalError('unserved-topic', texts[locale].unservedTopic(asked.algorithm, asked.difficulty ?? '', names))
  }
  const topic = prompt === undefined ? served[draw(seed, served.length)] : undefined
  return {
    algorithm: topic === undefined ? undefined : topicName(topic, locale),
    difficulty: asked.difficulty,
  }
}

function servedTopics(level: Difficulty | undefined): readonly Topic[] {
  const able = blueprints.filter(({ levels }) => level === undefined || levels.includes(level))
  return topics.filter((topic) => able.some((blueprint) => blueprint.topics.includes(topic)))
}

/** A whole number from 0 to below `count`, the same for the same seed. */
function draw(seed: number, count: number): number {
  return createHash('sha256').update(`topic:${seed}`).digest().readUInt32BE() % Math.max(1, count)
}
