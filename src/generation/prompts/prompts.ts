// The prompts, one per artefact, each rule with a reason to be there: what models get wrong and a gate then has to catch.
import type { Artefact } from '../../contract/verification.ts'
import type { Prompt } from './prompt.ts'

const programRules = `Rules for the program:
- Python 3, standard library only (sys, math, heapq, bisect, collections, itertools, functools …). It reads all of standard input and writes the answer to standard output. No prompts, files, network, threads, arguments, and no randomness.
- The input follows the given format exactly; do not check it. Numbers in one line are separated by single spaces.
- No recursion deeper than a few hundred calls.
- Same input, same output: never depend on the iteration order of sets or on hash().`

/** Every prompt, by what it asks for. */
export const prompts: Readonly<Record<Artefact, Prompt>> = {
  blueprint: {
    artefact: 'blueprint',
    version: 'blueprint/3',
    temperature: 1,
    maxOutputTokens: 8_192,
    text: `Design a new algorithm problem for the <request>: its topic, its difficulty and, if there is one, the wish. When topic or difficulty are missing, choose what fits the wish.
- easy: a direct simulation or loop passes. medium: needs the standard technique of the topic. hard: needs a combination or an observation that is not obvious.
- "task": the complete task in precise words: what is given, what is asked, what happens in every corner case. Use the variable names of "input". Prefer tasks with exactly one right output for every input.
- "input": the input as a list of blocks, in reading order; ranges and structure are stated here and nowhere else. A bound is an integer expression over variables read before: 200000, 10^9, N-1, min(N*(N-1)/2, 200000).
  |S| in a bound is the length of the string or word S. In the bounds of array elements and of the fields of rows and queries, i is the number of the element or row from 1 (parents p_i: min 1, max i); in a matrix i is the row and j the column.
  fields: integer (min, max; optional "not": a variable that it differs from), real (min, max, decimals: most digits after the point), word (min_length, max_length, alphabet), list (length, min, max: several integers on the same line, length mostly an earlier field).
  kinds: line (fields on one line), array (name, length, min, max; layout line or column; order; distinct; optional sum_max; decimals makes it real numbers), words (name, length, min_length, max_length, alphabet, layout, distinct), permutation (name, length: 1..length), string (name, min_length, max_length, alphabet like a-z; its own line), grid (name, rows, columns, alphabet; rows of characters; optional exactly: character and count), matrix (name, rows, columns, min, max: integers separated by blanks), tree (name, vertices, optional weight_min and weight_max; vertices-1 lines "u v [w]"), graph (name, vertices, edges, directed, connected, simple, acyclic, optional weights; lines "u v [w]", no loops), rows (name, count, fields; count lines, bounds may use earlier fields of the row; optional sum_of and sum_max), queries (name, count, tags, fields with "form": count lines, each a tag word and then the fields of that form), cases (name, min, max, sum_of, sum_max: a line with the number of test cases; all blocks after it are repeated for every case, and sum_of, such as N, added up over all cases is at most sum_max).
  permutation, tree and graph are numbered from 1 unless "first" is 0.
  Alphabets contain no blanks. Smallest sizes are small (1 to 3), so that everything can be checked exhaustively. The largest input has at most 200000 numbers.
- "output": what to print. Integers or words, unless the answer is a real number by its nature.
- "comparison": leave it out when exactly one output is right. "float" with a "tolerance" such as 1e-6 when the answer is a real number. "checker" when several outputs are right; the task then says that any of them is accepted.
- "samples": 2 or 3 small inputs that follow "input" to the byte (every line ends with a line feed), with the outputs you worked out by hand. They are checked against two programs.
- "illegal_inputs": inputs that break exactly one promise of "input" each (a bound, the order, distinctness, connectedness), with the reason.
- "slug": a short English name in lower case with hyphens.`,
  },
  reference: {
    artefact: 'reference',
    version: 'reference/1',
    temperature: 0.2,
    maxOutputTokens: 8_192,
    text: `Write the reference solution for the <blueprint>: correct for every legal input, with the intended complexity, in at most half of four seconds and 128 MiB at the largest input.
${programRules}`,
  },
  'brute-force': {
    artefact: 'brute-force',
    version: 'brute-force/1',
    temperature: 0.2,
    maxOutputTokens: 8_192,
    text: `Write the most naive program for the <blueprint> that is certainly right: try all possibilities, follow the task word by word, optimise nothing. It is run on tiny inputs only, and is the witness against every clever solution, so being obviously correct is all that counts. It handles every corner case of the task, the smallest sizes included, and finishes each tiny input within half a second.
${programRules}`,
  },
  generator: {
    artefact: 'generator',
    version: 'generator/1',
    temperature: 0.4,
    maxOutputTokens: 8_192,
    text: `Write the test generator for the <blueprint>: one Python program that reads one line "<strategy> <seed>" from standard input and prints one legal input.
- Seed with random.Random(f"{strategy}:{seed}") and use nothing else that is random: the same line gives the same bytes, another seed gives other bytes.
- 3 to 6 strategies, named in "strategies", at least one of each kind: random (sizes vary with the seed), edge (smallest sizes, extreme values, degenerate shapes), maximum (the largest sizes that the input allows), adversarial (what breaks greedy, naive or overflowing solutions).
- Print exactly what "input" describes: single spaces, no blanks at line ends, every bound and structure kept. At most two seconds for the largest.
- Standard library only, no files, no arguments; never depend on hash order.`,
  },
  'wrong-solutions': {
    artefact: 'wrong-solutions',
    version: 'wrong-solutions/1',
    temperature: 0.8,
    maxOutputTokens: 12_288,
    text: `Write programs for the <blueprint> that a contestant might hand in and that must not pass. They are run to find out whether the tests are good.
- 3 to 6 of kind "wrong": each has one plausible misconception (a greedy choice that is not optimal, a missed corner case, an off-by-one at a bound, a misread promise, a state that is left out) and prints a wrong answer for some legal input. They run to the end and print something everywhere.
- 1 or 2 of kind "slow" when the difficulty is medium or hard: right for every input, but of too high complexity for the largest ones. None when it is easy.
- "idea": the misconception, or why it is slow, in one sentence.
${programRules}`,
  },
  checker: {
    artefact: 'checker',
    version: 'checker/1',
    temperature: 0.2,
    maxOutputTokens: 8_192,
    text: `Several outputs are right for one input of the <blueprint>. Write the checker that decides whether an output is one of them: a Python 3 program, standard library only.
- It is started with three arguments: the file of the input, the file of an answer that is right, and a folder. The output to be judged comes on standard input. Exit code 42 accepts, 43 refuses; anything else is a failure of the checker.
- Judge the output by the task alone: check every promise. Compare with the answer only what all right outputs have in common (a best value, or that there is no solution).
- The output is hostile: empty, cut off, far too long, not numbers, other tokens at its end. Read it token by token, refuse whatever is not exactly as asked, and never crash.`,
  },
  solver: {
    artefact: 'solver',
    version: 'solver/1',
    temperature: 0.3,
    maxOutputTokens: 8_192,
    text: `Solve the <problem>: you see exactly what a contestant sees. Write one program in C++17 that passes all tests within the limits.
- It reads standard input and writes standard output; no files, no threads, no randomness, no compiler extensions beyond bits/stdc++.h. Use 64-bit integers where sums or products may need them.
- When the statement can be read in two ways, take its words literally; the samples decide what is left.
- "approach": how it works, in two sentences. "complexity": its running time.`,
  },
  statement: {
    artefact: 'statement',
    version: 'statement/1',
    temperature: 0.7,
    maxOutputTokens: 4_096,
    text: `Write the statement for the <blueprint>, whose programs and samples have been proved. Input format, constraints and samples are added by program; you write the title, the description (a short story and the precise task) and the output format.
- The description explains the whole task so that a reader needs nothing else, and mentions every variable of the input by its exact name.
- Ranges are added by program: state none, and use no number of 100 or more that is not in the blueprint.
- No hint at the solution: no algorithm names, no complexities, no code. No placeholders.`,
  },
}
