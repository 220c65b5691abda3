// The engine: repairs, dependencies, budgets and ends.
import { describe, expect, it } from 'vitest'
import type { EventBody } from '../../src/contract/events.ts'
import { type InputSpec, inputSpecSchema } from '../../src/contract/input-spec.ts'
import { canonicalInput } from '../../src/generation/canonical.ts'
import { wireSchema } from '../../src/generation/wire-schema.ts'
import { allGates } from '../../src/generation/stages.ts'
import { artefacts } from '../../src/contract/verification.ts'
import { runScenario } from '../support/pipeline.ts'
import { planted } from '../support/tiny-author.ts'

const bad = (artefact: 'reference' | 'brute-force' | 'generator', ...lines: string[]): unknown => ({
  patch: [{ op: 'replace', path: '/code', value: planted(artefact, ...lines) }],
})
const wrong = bad('reference', 'answer += 1 if n == 1 else 0')
const clean = [
  'blueprint-1',
  'brute-force-1',
  'generator-1',
  'reference-1',
  'solver-1',
  'statement-1',
  'wrong-solutions-1',
]

describe('a clean run', () => {
  it('asks seven times in four rounds, and passes every gate once', async () => {
    const { end, calls, events } = await runScenario()
    expect(end.ok).toBe(true)
    expect(calls.toSorted()).toEqual(clean)
    const gates = events.flatMap((event) =>
      event.type === 'gate' ? [`${event.gate} ${event.outcome} ${event.attempt}`] : [],
    )
    expect(gates).toEqual(
      [
        'G0 G2 G20',
        'G0 G0 G0 G0 G1 G1 G1 G1',
        'G3 G5 G4 G6 G7 G21 G12 G11 G8 G9 G20 G16 G13 G14 G19 G15',
        'G0 G17 G0 G1 G10 G18 G22',
        'G24 G23',
      ].flatMap((step) => step.split(' ').map((gate) => `${gate} passed 1`)),
    )
  })

  it('leaves a record from which the limits can be worked out, and says how far the brute force got', async () => {
    const { end } = await runScenario()
    if (!end.ok) throw new Error(end.code)
    const { limits, verification } = end.publication.document
    const { rule, slowestReferenceCpuMs: slowest, largestReferenceMemoryBytes: used } = verification.limits
    expect(limits.timeMs).toBe(Math.max(rule.leastMs, Math.ceil((rule.factor * slowest) / rule.stepMs) * rule.stepMs))
    const { factor = 0, stepBytes = 1, leastBytes = 0 } = rule.memory ?? {}
    expect(limits.memoryBytes).toBe(Math.max(leastBytes, Math.ceil((factor * used) / stepBytes) * stepBytes))
    const { small = 0, middle = 0, bruteForce } = verification.inputSets ?? {}
    expect(bruteForce?.finished).toBeGreaterThan(40)
    expect(bruteForce?.finished).toBeLessThanOrEqual(small + middle)
    expect(bruteForce?.largest?.bytes).toBeGreaterThan(0)
    expect(verification.totals.compileMs).toBeGreaterThan(0)
    expect(verification.versions['python']).toMatch(/^Python 3\.\d+\.\d+ \(.+, .+\)$/)
    expect(verification.versions['cpp']).toMatch(/^g\+\+ .*\d \(/)
    expect(verification.mutation.survivors.every(({ witness }) => witness !== undefined)).toBe(true)
  })

  it('claims no comparison when the gate that compares is switched off', async () => {
    const { end } = await runScenario({ parts: { gates: allGates.filter(({ id }) => id !== 'G9') } })
    expect(end.ok && end.publication.document.verification.inputSets).toBe(undefined)
  })

  it('never lets the percentage fall, and ends with 100', async () => {
    const { events } = await runScenario({ scenario: { reference: [wrong] } })
    const percents = events.flatMap((event) => (event.type === 'progress' ? [event.percent] : []))
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    expect(percents.at(-1)).toBe(100)
  })
})

describe('a repair', () => {
  it('asks both sides of a disagreement again, and nobody else', async () => {
    const { end, calls } = await runScenario({ scenario: { reference: [wrong] } })
    expect(end.ok).toBe(true)
    expect(calls.toSorted()).toEqual([...clean, 'brute-force-2', 'reference-2'].toSorted())
  })

  it('is possible twice in a stage', async () => {
    const { end, failed } = await runScenario({ scenario: { reference: [wrong, wrong] } })
    expect(failed).toEqual(['G9', 'G9'])
    expect(end.ok).toBe(true)
  })

  it('is not possible a third time: the run ends with the evidence', async () => {
    const { end, failed } = await runScenario({ scenario: { reference: [{ ...(wrong as object), repeat: true }] } })
    expect(failed).toEqual(['G9', 'G9', 'G9'])
    expect(end).toMatchObject({ ok: false, code: 'verification-failed', retryable: true })
    expect(end.ok ? [] : end.evidence.join('\n')).toMatch(/G9 \(proof, attempt 3\): on "1\\n/)
  })

  it('re-runs only the gates that read what was changed', async () => {
    const { events } = await runScenario({ scenario: { generator: [bad('generator', 'a[0] = 1001')] } })
    const again = events.flatMap((event) => (event.type === 'gate' && event.attempt > 1 ? [event.gate] : []))
    // G3 and G8 do not read the generator; the reference's gates read the tests it makes.
    expect(again).toEqual(['G0', 'G1', 'G5', 'G4'])
  })

  it('of several parts at once costs one round', async () => {
    const { end, calls } = await runScenario({
      scenario: { reference: ['no'], 'brute-force': ['no'], generator: ['no'] },
    })
    expect(end.ok).toBe(true)
    expect(calls).toHaveLength(10)
    expect(end.ok && end.publication.document.verification.repairs).toHaveLength(3)
  })

  it('of the blueprint makes stale what was written from it', async () => {
    const spec = { op: 'replace', path: '/input/2/alphabet', value: 'a-z ' }
    const { end, calls } = await runScenario({ scenario: { blueprint: [{ patch: [spec] }] } })
    expect(end.ok).toBe(true)
    expect(calls.toSorted()).toEqual(
      [...clean, 'blueprint-2', 'brute-force-2', 'generator-2', 'reference-2', 'wrong-solutions-2'].toSorted(),
    )
  })

  it("of the blueprint's samples alone keeps the programs", async () => {
    const sample = { op: 'replace', path: '/samples/0/input', value: '6\n5 3 5 3 5\nbanana\n' }
    const { end, calls, failed } = await runScenario({ scenario: { blueprint: [{ patch: [sample] }] } })
    expect(failed).toEqual(['G4'])
    expect(end.ok).toBe(true)
    expect(calls.toSorted()).toEqual([...clean, 'blueprint-2'].toSorted())
  })

  it('that brings back what has passed before has its gate passed again, on record', async () => {
    const blueprint = [
      ['/samples/0/input', '0\n\na\n'],
      ['/algorithm_type', 'string'],
    ].map(([path, value]) => ({ patch: [{ op: 'replace', path, value }] }))
    const { end, failed, events } = await runScenario({ scenario: { blueprint } })
    expect(failed).toEqual(['G4', 'G2'])
    expect(end.ok).toBe(true)
    const last = new Map(events.flatMap((event) => (event.type === 'gate' ? [[event.gate, event.outcome]] : [])))
    expect(last.get('G2')).toBe('passed')
  })

  it('is not asked of anybody when a second blind solver outvotes the first', async () => {
    const find = '    std::cout'
    const erring = { replace: [{ path: '/code', find, with: `    if (n == 200) ++answer;\n${find}` }] }
    const { end, calls, failed } = await runScenario({ scenario: { solver: [erring] } })
    expect(failed).toEqual(['G18'])
    expect(end.ok).toBe(true)
    expect(calls.toSorted()).toEqual([...clean, 'solver-2'].toSorted())
  })

  it('shows the writer its earlier reply and the counter-example', async () => {
    const seen: string[] = []
    const { end } = await runScenario({
      scenario: { reference: [wrong] },
      parts: {
        emit: (event: EventBody) =>
          void (event.type === 'progress' && event.state === 'repairing' && seen.push(event.message)),
      },
    })
    expect(end.ok).toBe(true)
    expect(seen).toEqual(['실행 검증: 결함을 찾아 고치는 중 (G9)'])
  })
})

describe('a program that never ends', () => {
  it('is shown the input on which it ran out of time', async () => {
    const code = planted('reference', "while s == 'cb': pass")
    const run = await runScenario({
      scenario: { reference: [{ patch: [{ op: 'replace', path: '/code', value: code }] }] },
    })
    const failure = run.events.find((event) => event.type === 'gate' && event.outcome === 'failed')
    expect(failure).toMatchObject({ gate: 'G9' })
    expect(failure?.type === 'gate' ? failure.evidence : '').toMatch(/^reference on ".*cb.*: cpu-limit$/)
    expect(run.end.ok).toBe(true)
  })
})

describe('a claimed sample', () => {
  it('that both programs contradict is overruled, and the report says so', async () => {
    const { end, events } = await runScenario({
      scenario: { blueprint: [{ patch: [{ op: 'replace', path: '/samples/0/output', value: '99\n' }] }] },
    })
    expect(end.ok && end.publication.document.examples[0]?.output).toBe('7\n')
    expect(events).toContainEqual(
      expect.objectContaining({
        gate: 'G8',
        outcome: 'passed',
        evidence:
          '2 sample outputs executed by reference and brute force; 1 claimed outputs overruled by both programs',
      }),
    )
  })
})

function blueprint(...operations: unknown[]): Record<string, unknown> {
  return { blueprint: [{ patch: operations }] }
}

function graph(vertices: string): unknown {
  const value = { kind: 'graph', name: 'E', vertices, edges: 'N', acyclic: true }
  return { op: 'replace', path: '/input/1', value }
}

/** A number and that many others on the next line. */
function listSpec(min: string): InputSpec {
  return inputSpecSchema.parse({
    version: 1,
    blocks: [
      { kind: 'line', fields: [{ type: 'integer', name: 'N', min, max: '9' }] },
      { kind: 'array', name: 'A', length: 'N', min: '0', max: '9', layout: 'line', order: 'any', distinct: false },
    ],
  })
}

describe('replies made to break something', () => {
  it.each<[string, string, Record<string, unknown>]>([
    [
      'nested without end, with another object behind',
      'G0',
      { reference: [`{"x":${'['.repeat(60_000)}${']'.repeat(60_000)}} {"y":1}`] },
    ],
    [
      'with half a surrogate pair',
      'G0',
      { statement: [{ patch: [{ op: 'replace', path: '/title', value: 'x\ud83d' }] }] },
    ],
    ['with a graph of two million vertices', 'G2', blueprint(graph('2000000'))],
    [
      'with sizes that hide in a product',
      'G2',
      blueprint({ op: 'replace', path: '/input/1/length', value: '20000*N' }),
    ],
    [
      'with an invisible character in an alphabet',
      'G2',
      blueprint({ op: 'replace', path: '/input/2/alphabet', value: 'a-z\u2028' }),
    ],
    ['with an array in another name', 'G2', blueprint({ op: 'replace', path: '/input/1/length', value: 'K' })],
    [
      'with the same sample twice',
      'G4',
      blueprint({ op: 'copy', from: '/samples/0', path: '/samples/1' }, { op: 'remove', path: '/samples/2' }),
    ],
    [
      'with a reference that is wrong from nine elements on',
      'G9',
      { reference: [bad('reference', 'answer += 1 if n >= 9 else 0')] },
    ],
    [
      'with a statement that names the technique',
      'G17',
      { statement: [{ patch: [{ op: 'replace', path: '/output_format', value: '누적 합을 출력한다.' }] }] },
    ],
  ])('%s are stopped by %s and asked for again', async (_name, gate, scenario) => {
    const { end, failed } = await runScenario({ scenario })
    expect(failed).toEqual([gate])
    expect(end.ok).toBe(true)
  })

  it('an empty last line counts where the spec wants one, and nowhere else', () => {
    expect(canonicalInput('0\n\n', listSpec('0'))).toBe('0\n\n')
    expect(canonicalInput('0\r\n', listSpec('0'))).toBe('0\n')
    expect(canonicalInput('1 \n5\n\n\n', listSpec('1'))).toBe('1\n5\n')
    expect(canonicalInput('1\n5', listSpec('1'))).toBe('1\n5\n')
  })
})

describe('a model that makes us wait', () => {
  it('is said to the reader, and the run goes on', async () => {
    const { end, events } = await runScenario({ scenario: { reference: [{ fault: '429', retryAfterSeconds: 1 }] } })
    expect(end.ok).toBe(true)
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'progress',
        stage: 'programs',
        state: 'started',
        message: '모델의 사용 한도: 1초 기다립니다',
      }),
    )
  })
})

describe('the ends', () => {
  it.each<[string, unknown, Record<string, unknown>]>([
    ['a blocked prompt', { fault: 'blocked' }, { code: 'model-refused', retryable: false }],
    ['a bad key', { fault: 'bad-key' }, { code: 'model-key-refused', retryable: false }],
    [
      'a model that always answers with prose',
      { text: 'I would rather not.', repeat: true },
      { code: 'verification-failed', retryable: true },
    ],
    [
      'a model whose answers are always withheld',
      { fault: 'safety', repeat: true },
      { code: 'verification-failed', retryable: true },
    ],
  ])('%s ends in one failure', async (_name, entry, expected) => {
    const { end } = await runScenario({ scenario: { blueprint: [entry] } })
    expect(end).toMatchObject({ ok: false, ...expected })
  })

  it('a reply without end is cut off and asked for again', async () => {
    const flood = { text: '{"code":"'.padEnd(400_000, 'x') }
    const { end, failed, events } = await runScenario({ scenario: { reference: [flood] } })
    expect(failed).toEqual(['G0'])
    expect(end.ok).toBe(true)
    const written = events.reduce(
      (sum, event) => sum + (event.type === 'delta' && event.callId === 'reference-1' ? event.text.length : 0),
      0,
    )
    expect(written).toBeLessThan(300_000)
  })

  it('a budget of calls, tokens or money stops the run', async () => {
    for (const limits of [{ calls: 3 }, { tokens: 10 }]) {
      const { end } = await runScenario({ parts: { limits } })
      expect(end).toMatchObject({ ok: false, code: 'budget-exhausted' })
    }
  })

  it('an abort ends it with the reason, at once', async () => {
    const abort = new AbortController()
    const reason = new Error('enough')
    const run = runScenario({
      parts: {
        signal: abort.signal,
        emit: (event) => void (event.type === 'gate' && event.gate === 'G6' && abort.abort(reason)),
      },
    })
    await expect(run).rejects.toBe(reason)
  })
})

describe('the reply schemas', () => {
  const allowed = new Set(['type', 'enum', 'items', 'properties', 'required'])
  const check = (schema: Record<string, unknown>): void => {
    expect(Object.keys(schema).filter((key) => !allowed.has(key))).toEqual([])
    for (const property of Object.values((schema['properties'] ?? {}) as Record<string, Record<string, unknown>>))
      check(property)
    if (schema['items'] !== undefined) check(schema['items'] as Record<string, unknown>)
  }

  it.each(artefacts)('%s uses only what the provider understands', (artefact) => {
    check(wireSchema(artefact))
    expect(wireSchema(artefact)).toMatchSnapshot()
  })
})
