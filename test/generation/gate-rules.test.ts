// What single gates hold to beyond the defects they are there for: who is blamed, what counts as seen, what is not held against anybody.
import { describe, expect, it } from 'vitest'
import type { GateId } from '../../src/contract/verification.ts'
import { unclean } from '../../src/generation/gates/reference.ts'
import { allGates } from '../../src/generation/stages.ts'
import type { Author } from '../../mock/gemini/job.ts'
import { type PipelineRunResult, runScenario } from '../support/pipeline.ts'
import { tampered } from '../support/tampered.ts'
import { planted, tinyAuthor, tinyReplies } from '../support/tiny-author.ts'

const code = (source: string): unknown => ({ patch: [{ op: 'replace', path: '/code', value: source }] })
const without = (...ids: GateId[]): { gates: typeof allGates } => ({
  gates: allGates.filter(({ id }) => !ids.includes(id)),
})
const failures = ({ events }: PipelineRunResult): string[] =>
  events.flatMap((event) => (event.type === 'gate' && event.outcome === 'failed' ? [event.evidence] : []))

/** Mutants of a reference that the tests do not kill. */
async function unkilled(reference: string): Promise<number> {
  const { end } = await runScenario({ scenario: { reference: [code(reference)] } })
  if (!end.ok) throw new Error(end.code)
  const { mutants, killed } = end.publication.document.verification.mutation
  return mutants - killed
}

/** The tiny problem, whose programs print something else than the number. */
function printing(python: string, cpp: string, blueprint: Record<string, unknown> = {}): Author {
  return (question) => {
    const reply = tinyAuthor(question)
    if (question.job.artefact === 'blueprint') return { ...reply, ...blueprint }
    const text = JSON.stringify(reply)
    return JSON.parse(
      question.job.artefact === 'solver'
        ? text.replace("answer + std::count(s.begin(), s.end(), 'a')", cpp)
        : text.replaceAll('print(answer)', `print(${python})`),
    ) as Record<string, unknown>
  }
}

describe('G2', () => {
  it('refuses a spec whose largest input nobody can print', async () => {
    const operations = [
      { op: 'replace', path: '/input/0/fields/0/max', value: '700000' },
      { op: 'replace', path: '/input/1/max', value: '1000000000' },
    ]
    const run = await runScenario({ scenario: { blueprint: [{ patch: operations }] } })
    expect(run.failed).toEqual(['G2'])
    expect(failures(run)[0]).toMatch(/^the largest input has [\d.]+ MB; at most 4.2 can be made$/)
  })
})

describe('G7', () => {
  it('sees one bit of a hash that two seeds have in common', async () => {
    const reference = [code(planted('reference', 'if n == 200:', "    answer += hash('alpaco') % 2"))]
    expect((await runScenario({ scenario: { reference } })).failed).toEqual(['G7'])
  })

  it('sees a program that fails under another seed once it has printed', async () => {
    const leaving = tinyReplies.reference.code.replace('print(answer)', "print(answer)\n    sys.exit(hash('b') % 2)")
    const run = await runScenario({ scenario: { reference: [code(leaving)] } })
    expect(run.failed).toEqual(['G7'])
    expect(failures(run)[0]).toBe('test 1: exit 1 under another hash seed')
  })
})

describe('G9', () => {
  it('runs the reference beyond the sizes that the brute force gets to', async () => {
    const run = await runScenario({
      scenario: {
        reference: [code(planted('reference', 'if n > 40: [][0]'))],
        'brute-force': [code(planted('brute-force', 'while n > 9: pass'))],
      },
      // Both would see it on a larger input.
      parts: without('G6', 'G7'),
    })
    expect(run.failed[0]).toBe('G9')
    expect(failures(run)[0]).toMatch(/^reference on ".*IndexError/)
  })
})

describe('G21', () => {
  it.each([
    ['inf', '"inf" is no answer'],
    ['3 None', '"None" is no answer'],
    ['1.0 2', 'the real number 1.0 where outputs are compared word by word'],
    ['1e5', 'the real number 1e5 where outputs are compared word by word'],
    ['info nano 15', undefined],
  ])('of %j says %j', (output, words) => {
    expect(unclean(output, '2\nab cd\n', false)).toBe(words)
  })

  it('lets a word of the input be one of the answer', () => {
    const input = '4\nq inf null 1e5 None\n'
    expect(unclean('inf 12\nnull 3\n1e5 7\n', input, false)).toBeUndefined()
    expect(unclean('inf 12\nnan 3\n', input, false)).toBe('"nan" is no answer')
  })
})

describe('G12', () => {
  it('does not call an answer junk that happens to look like it', async () => {
    const cpp = '"x"; if (answer > 2) std::cout << answer'
    const { events } = await runScenario({ author: printing("answer if answer > 2 else 'x'", cpp) })
    expect(events).toContainEqual(expect.objectContaining({ gate: 'G12', outcome: 'passed' }))
  })

  it('changes a real number by more than a tolerance allows', async () => {
    const blueprint = { comparison: 'float', tolerance: '1e-6' }
    const author = printing('10**9 + answer', '1000000000 + answer', blueprint)
    const { events } = await runScenario({ author })
    expect(events).toContainEqual(expect.objectContaining({ gate: 'G12', outcome: 'passed' }))
  })
})

describe('G13', () => {
  it('counts a mutant that never ends as killed', async () => {
    // Of the loop's mutants, one begins with 1, and two leave the answer as it is.
    const loop = planted('reference', 'i = 0', 'while i < n:', '    i += 1', 'answer += i - n')
    expect(await unkilled(loop)).toBe((await unkilled(tinyReplies.reference.code)) + 3)
  })
})

describe('G14', () => {
  it('does not count a wrong idea that is only slow', async () => {
    const solutions = [0, 1].map((index) => ({
      kind: 'wrong',
      idea: `idea ${index}`,
      language: 'python',
      code: planted('brute-force', `while n == 200 - ${index}: pass`),
    }))
    const value = { op: 'replace', path: '/solutions', value: solutions }
    const run = await runScenario({ scenario: { 'wrong-solutions': [{ patch: [value] }] } })
    expect(run.failed).toEqual(['G14'])
    expect(failures(run)[0]).toMatch(/^0 of 2 wrong solutions fail; these give no wrong answer: idea 0; idea 1$/)
  })

  it('counts a program that is given twice once', async () => {
    const [wrong] = tinyReplies['wrong-solutions'].solutions
    const again = { ...wrong, idea: 'quite another idea', code: `${wrong.code}\n` }
    const value = { op: 'replace', path: '/solutions', value: [wrong, again] }
    const run = await runScenario({ scenario: { 'wrong-solutions': [{ patch: [value] }] } })
    expect(run.failed).toEqual(['G14'])
    expect(failures(run)[0]).toBe('1 of 2 wrong solutions fail; 1 of them only repeat another one')
  })
})

describe('G15', () => {
  it('tries a repaired brute force again, although the reference stayed the same', async () => {
    const run = await runScenario({
      scenario: { 'brute-force': [code(planted('brute-force', 'if n == 200: answer += 1'))] },
      parts: without('G9'),
    })
    expect(run.failed).toEqual(['G15'])
    expect(run.end.ok).toBe(true)
  })
})

describe('G18 and G10', () => {
  it('count what a solver got wrong with each of them, not how often they were asked', async () => {
    const erring = [200, 1].map((size) => ({
      replace: [{ path: '/code', find: '    std::cout', with: `    if (n == ${size}) ++answer;\n    std::cout` }],
    }))
    const { failed, calls, end } = await runScenario({ scenario: { solver: erring } })
    expect(failed).toEqual(['G18', 'G10'])
    expect(calls).toContain('solver-3')
    expect(calls).not.toContain('reference-2')
    expect(end.ok).toBe(true)
  })
})

describe('G23', () => {
  it('compares as the emitted document says, not as we do', async () => {
    const strict = tampered((document, tests) => ({
      ...document,
      checker: {
        kind: 'custom',
        protocol: 'kattis',
        program: { language: 'python', files: [{ name: 'checker.py', text: 'raise SystemExit(43)\n' }] },
        args: [],
      },
      test_cases: tests,
    }))
    const run = await runScenario({ parts: { serialise: strict } })
    expect(run.failed).toEqual(['G23'])
    expect(failures(run)[0]).toBe('emitted output 1 is not what the emitted solution prints')
  })
})

describe('who writes again', () => {
  const wrong = code(planted('reference', 'answer += 1 if n == 1 else 0'))
  const { task } = tinyReplies.blueprint

  it.each([
    ['sees the finding when the task is the same still', task, 'G9'],
    ['sees nothing of another task', `${task} 순서는 상관없다.`, undefined],
  ])('%s', async (_what, second, expected) => {
    const seen: (string | undefined)[] = []
    const author: Author = (question) => {
      if (question.job.artefact === 'brute-force') seen.push(question.finding)
      return tinyAuthor(question)
    }
    const blueprint = [task, second].map((value) => ({ patch: [{ op: 'replace', path: '/task', value }] }))
    await runScenario({ author, scenario: { reference: [wrong, wrong], blueprint } })
    expect(seen).toEqual([undefined, 'G9', expected])
  })
})
