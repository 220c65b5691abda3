// A run whose length is the model's pace and nothing else: the tiny problem, each reply filled up to the same number of chunks.
import { parseScenario, type Scenario } from '../mock/gemini/scenario.ts'
import { planted, tinyReplies } from '../test/support/tiny-author.ts'

/** How the model speaks. */
export const pace = { chunkCharacters: 10, chunkDelayMs: 20 } as const
export const chunksPerCall = 200

/** A reference that is wrong once: both programs are asked again. Each reply is filled up with blanks. */
export function sevenCalls(chunks = chunksPerCall): Scenario {
  const filled = (artefact: keyof typeof tinyReplies): unknown => ({
    wrap: { before: '', after: after(tinyReplies[artefact], chunks) },
    repeat: true,
  })
  const wrong = { ...tinyReplies.reference, code: planted('reference', 'answer += 1 if n == 1 else 0') }
  return parseScenario(
    JSON.stringify({
      blueprint: [filled('blueprint')],
      reference: [{ reply: wrong, wrap: { before: '', after: after(wrong, chunks) } }, filled('reference')],
      'brute-force': [filled('brute-force')],
      generator: [filled('generator')],
      statement: [filled('statement')],
    }),
  )
}

/** What fills a reply up to the number of chunks. */
function after(reply: unknown, chunks: number): string {
  return ' '.repeat(Math.max(0, chunks * pace.chunkCharacters - JSON.stringify(reply).length))
}
