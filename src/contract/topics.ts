// The topics and difficulties a caller may name: canonical English keys, the words people use for them, and suggestions.
import * as z from 'zod'

/** Canonical topics; what is stored and what the model is asked for. */
export const topics = [
  'graph',
  'tree',
  'shortest-path',
  'dynamic-programming',
  'greedy',
  'sorting',
  'binary-search',
  'string',
  'math',
  'simulation',
  'prefix-sum',
  'data-structure',
  'constructive',
  'probability',
  'game',
  'geometry',
  'segment-tree',
  'number-theory',
  'bitmask',
  'two-pointers',
] as const
export const topicSchema = z.enum(topics)
export type Topic = z.infer<typeof topicSchema>

/** Canonical difficulties, easiest first. */
export const difficulties = ['easy', 'medium', 'hard'] as const
export const difficultySchema = z.enum(difficulties)
export type Difficulty = z.infer<typeof difficultySchema>

export const localeSchema = z.enum(['ko', 'en'])
export type Locale = z.infer<typeof localeSchema>

/** Words for each topic; the first Korean and the first English one are shown, all of them are understood. */
const topicWords: Record<Topic, { ko: readonly [string, ...string[]]; en: readonly [string, ...string[]] }> = {
  graph: { ko: ['그래프', '그래프 탐색', 'BFS/DFS'], en: ['graph', 'graphs', 'graph theory', 'bfs', 'dfs'] },
  tree: { ko: ['트리'], en: ['tree', 'trees'] },
  'shortest-path': { ko: ['최단 경로', '최단경로', '다익스트라'], en: ['shortest path', 'shortest paths', 'dijkstra'] },
  'dynamic-programming': {
    ko: ['다이나믹 프로그래밍', '동적 계획법', '동적 프로그래밍', '디피'],
    en: ['dynamic programming', 'dp'],
  },
  greedy: { ko: ['그리디', '탐욕', '탐욕법', '그리디 알고리즘'], en: ['greedy'] },
  sorting: { ko: ['정렬'], en: ['sorting', 'sort'] },
  'binary-search': { ko: ['이분 탐색', '이진 탐색'], en: ['binary search', 'parametric search'] },
  string: { ko: ['문자열'], en: ['string', 'strings'] },
  math: { ko: ['수학'], en: ['math', 'mathematics'] },
  simulation: { ko: ['구현', '시뮬레이션'], en: ['simulation', 'implementation'] },
  'prefix-sum': { ko: ['누적 합', '누적합'], en: ['prefix sum', 'prefix sums'] },
  'data-structure': {
    ko: ['자료 구조', '자료구조', '스택', '큐', '힙'],
    en: ['data structure', 'data structures', 'stack', 'queue', 'heap'],
  },
  constructive: { ko: ['해 구성하기', '구성', '구성적'], en: ['constructive', 'constructive algorithms'] },
  probability: { ko: ['확률', '기댓값', '확률론'], en: ['probability', 'expected value', 'expectation'] },
  game: { ko: ['게임 이론', '게임', '님 게임'], en: ['game', 'games', 'game theory', 'nim'] },
  geometry: {
    ko: ['기하', '기하학', '계산 기하', '볼록 껍질'],
    en: ['geometry', 'computational geometry', 'convex hull'],
  },
  'segment-tree': {
    ko: ['세그먼트 트리', '구간 트리', '펜윅 트리'],
    en: ['segment tree', 'segment trees', 'fenwick tree', 'range queries'],
  },
  'number-theory': { ko: ['정수론'], en: ['number theory'] },
  bitmask: { ko: ['비트마스크', '비트마스킹', '비트 마스크'], en: ['bitmask', 'bitmasks', 'bitmask dp'] },
  'two-pointers': { ko: ['두 포인터', '투 포인터'], en: ['two pointers', 'two pointer', 'sliding window'] },
}

const difficultyWords: Record<Difficulty, { ko: readonly [string, ...string[]]; en: readonly [string, ...string[]] }> =
  {
    easy: { ko: ['쉬움', '하'], en: ['easy'] },
    medium: { ko: ['보통', '중간', '중'], en: ['medium', 'normal'] },
    hard: { ko: ['어려움', '상'], en: ['hard', 'difficult'] },
  }

/** The word shown to people for a topic. */
export function topicName(topic: Topic, locale: Locale): string {
  return topicWords[topic][locale][0]
}

/** The word shown to people for a difficulty. */
export function difficultyName(difficulty: Difficulty, locale: Locale): string {
  return difficultyWords[difficulty][locale][0]
}

/** The canonical topic for a word in Korean or English, in any case and with any blanks, hyphens or underscores. */
export function parseTopic(word: string): Topic | undefined {
  return topics.find((topic) => matches(topic, topicWords[topic], word))
}

/** The canonical difficulty for a word in Korean or English. */
export function parseDifficulty(word: string): Difficulty | undefined {
  return difficulties.find((difficulty) => matches(difficulty, difficultyWords[difficulty], word))
}

/** The known word nearest to `word` by edit distance, or undefined when nothing is near (more than half of it differs). */
export function suggest(word: string, kind: 'topic' | 'difficulty'): string | undefined {
  const table = kind === 'topic' ? topicWords : difficultyWords
  const known = Object.values(table).flatMap((words) => [...words.ko, ...words.en])
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(fold(word), fold(candidate)) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance * 2 <= Math.max(jamoCount(word), jamoCount(best.candidate))
    ? best.candidate
    : undefined
}

function jamoCount(word: string): number {
  return fold(word).normalize('NFD').length
}

function matches(key: string, words: { ko: readonly string[]; en: readonly string[] }, word: string): boolean {
  return [key, ...words.ko, ...words.en].some((known) => fold(known) === fold(word))
}

function fold(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '')
}

/** Levenshtein distance over code points of the decomposed form, so that one wrong jamo of a syllable counts as one. */
function editDistance(left: string, right: string): number {
  const from = Array.from(left.normalize('NFD'))
  const to = Array.from(right.normalize('NFD'))
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  from.forEach((char, i) => {
    const next = [i + 1]
    to.forEach((other, j) => {
      next.push(Math.min((row[j] ?? 0) + (char === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    })
    row = next
  })
  return row[to.length] ?? 0
}
