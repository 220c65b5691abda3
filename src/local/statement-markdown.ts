// A problem's statement as Markdown, in the problem's own language.
import type { AuthorProblem } from '../contract/problem.ts'
import { count, megabytes } from './figures.ts'
import { labels } from './run-words.ts'

/** The statement as people read it: nothing that would give the solution away. */
export function statementMarkdown(problem: AuthorProblem): string {
  const label = labels[problem.locale]
  const { timeMs, memoryBytes, provisional } = problem.limits
  const limits = `${count(timeMs)} ms · ${megabytes(memoryBytes)}${provisional ? ` (${label.provisional})` : ''}`
  const examples = problem.examples.map(
    ({ input, output }, index) =>
      `## ${label.exampleInput} ${index + 1}\n\n${fenced(input)}\n\n## ${label.exampleOutput} ${index + 1}\n\n${fenced(output)}`,
  )
  const sections = [
    `# ${problem.title.replaceAll(/\s+/g, ' ')}`,
    [
      `- ${label.topic}: ${problem.algorithm_type}`,
      `- ${label.difficulty}: ${problem.difficulty}`,
      `- ${label.limits}: ${limits}`,
      `- ${label.author}: ${problem.author}`,
      `- ID: ${problem.problemId}`,
    ].join('\n'),
    `## ${label.description}\n\n${problem.description.trim()}`,
    `## ${label.input}\n\n${problem.input_format.trim()}`,
    `## ${label.output}\n\n${problem.output_format.trim()}`,
    `## ${label.constraints}\n\n${problem.constraints.trim()}`,
    ...examples,
  ]
  return `${sections.join('\n\n')}\n`
}

/** A code block whose fence is longer than any run of backticks inside it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`
}
