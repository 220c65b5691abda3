// The scripted author has to be right: everything it writes is parsed, validated and executed here, for another seed each day.
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { blueprints, createAuthor, createAuthorOf } from '../../mock/gemini/author/index.ts'
import type { Author } from '../../mock/gemini/job.ts'
import type { Block, InputSpec } from '../../src/contract/input-spec.ts'
import { difficulties, topics, type Difficulty, type Locale } from '../../src/contract/topics.ts'
import { artefacts, type Artefact } from '../../src/contract/verification.ts'
import { replySchemas, toInputSpec, type Replies } from '../../src/generation/replies.ts'
import { boundaryInputs, enumerateTiny, sampleSmall } from '../../src/generation/spec/sampler.ts'
import { validate } from '../../src/generation/spec/validator.ts'
import { compare } from '../../src/judge/checkers.ts'

const seed = Math.floor(Date.now() / 86_400_000) % 1000
const locales: readonly Locale[] = ['ko', 'en']
const problems = blueprints.flatMap(({ id, levels }) => levels.map((level) => ({ id, level })))

/** The reply to one question, which has to satisfy its schema. */
function ask<A extends Artefact>(author: Author, artefact: A, locale: Locale, level: Difficulty): Replies[A] {
  const request = { level }
  const { slug } = z.object({ slug: z.string() }).parse(author({ job: job('blueprint', locale), request }))
  const reply = author({ job: job(artefact, locale), request, slug })
  return replySchemas[artefact]().parse(reply) as Replies[A]
}

function job(artefact: Artefact, locale: Locale): { artefact: Artefact; attempt: number; locale: Locale } {
  return { artefact, attempt: 1, locale }
}

function specOf(author: Author, level: Difficulty): InputSpec {
  return toInputSpec(ask(author, 'blueprint', 'en', level).input)
}

/** A block's kind and shape, without names and bounds. */
function shapeOf(block: Block): string {
  if (block.kind === 'cases') return `cases of ${block.blocks.map(shapeOf).join(' | ')}`
  const flags = Object.entries(block).flatMap(([name, value]) =>
    typeof value === 'boolean' ? [`${name}=${value}`] : [],
  )
  const fields = 'fields' in block ? block.fields.map(({ type }) => type) : []
  const order = block.kind === 'array' ? [block.layout, block.order] : []
  const weight = 'weight' in block && block.weight !== undefined ? ['weighted'] : []
  return [block.kind, ...flags, ...fields, ...order, ...weight].join(' ')
}

/** Every name that the statement has to explain. */
function namesOf(block: Block): string[] {
  if (block.kind === 'cases') return [block.name, ...block.blocks.flatMap(namesOf)]
  const weight = 'weight' in block && block.weight !== undefined ? ['w'] : []
  const fields = 'fields' in block ? block.fields.map(({ name }) => name) : []
  return [...('name' in block ? [block.name] : []), ...fields, ...weight]
}

/** Levels that no blueprint serves: what the topic asks for is beyond an easy problem, or nobody has written one yet. */
const unserved = [
  'constructive easy',
  'probability easy',
  'game hard',
  'geometry easy',
  'segment-tree easy',
  'number-theory hard',
  'bitmask easy',
  'two-pointers hard',
]

test('every topic is served at every level but a few', () => {
  const served = new Set(
    blueprints.flatMap((one) => one.topics.flatMap((topic) => one.levels.map((level) => `${topic} ${level}`))),
  )
  const wanted = topics.flatMap((topic) => difficulties.map((level) => `${topic} ${level}`))
  expect(wanted.filter((one) => !served.has(one))).toEqual(unserved)
  expect(topics.length).toBeGreaterThanOrEqual(16)
  expect(blueprints.length).toBeGreaterThanOrEqual(25)
})

test('no two blueprints share an id or an input grammar, and every kind of block is used', () => {
  const owners = new Map<string, string>()
  for (const { id, level } of problems) {
    const grammar = specOf(createAuthorOf(id, seed), level)
      .blocks.map((block) => shapeOf(block))
      .join(' | ')
    expect(owners.get(grammar) ?? id).toBe(id)
    owners.set(grammar, id)
  }
  expect(new Set(blueprints.map(({ id }) => id)).size).toBe(blueprints.length)
  const grammars = [...owners.keys()].join(' | ')
  for (const piece of ['line', 'permutation', 'string', 'grid', 'tree', 'graph', 'rows', 'word', 'column', 'cases']) {
    expect(grammars).toContain(piece)
  }
  for (const flag of [
    'directed=true',
    'directed=false',
    'connected=true',
    'acyclic=true',
    'distinct=true',
    'weighted',
  ]) {
    expect(grammars).toContain(flag)
  }
})

test('a request is answered with its topic and level, and the seed decides between several blueprints', () => {
  const chosen = new Set<unknown>()
  for (let one = 0; one < 20; one += 1) {
    const reply = createAuthor(one)({ job: job('blueprint', 'ko'), request: { topic: '그래프', level: '보통' } })
    expect(reply).toMatchObject({ algorithm_type: 'graph', difficulty: 'medium' })
    chosen.add(String(reply['slug']).replace(/-s\d+$/, ''))
  }
  expect(chosen.size).toBeGreaterThan(1)
})

/** The slug of the problem that answers a wish. */
function about(wish: string): unknown {
  return createAuthor(seed)({ job: job('blueprint', 'en'), request: { wish } })['slug']
}

test('a wish alone picks the blueprint it speaks of', () => {
  expect(about('something with a penguin, please')).toMatch(/^warehouse-robot-/)
  expect(about('백과사전이 나오는 문제')).toMatch(/^shelf-rotation-/)
  expect(about('anything at all')).toBe(about('whatever you like'))
})

test('a slug that was never given out is refused', () => {
  const author = createAuthor(seed)
  for (const slug of [undefined, 'two-sums', 'island-bridges-easy', 'hill-view-easy-s1', 'no-such-thing-hard-s1']) {
    const question = { job: job('reference', 'ko'), ...(slug === undefined ? {} : { slug }) }
    expect(() => author(question)).toThrow(/never wrote/)
  }
  expect(() => createAuthorOf('no-such-thing', seed)).toThrow(/knows no blueprint/)
})

describe.each(problems)(`$id $level, seed ${seed}`, ({ id, level }) => {
  const author = createAuthorOf(id, seed)

  test('the same seed writes the same, another seed writes something else', () => {
    const { comparison } = ask(author, 'blueprint', 'ko', level)
    for (const artefact of artefacts.filter((one) => one !== 'checker' || comparison === 'checker')) {
      const reply = ask(author, artefact, 'ko', level)
      expect(ask(createAuthorOf(id, seed), artefact, 'ko', level)).toEqual(reply)
    }
    const { slug: _, ...first } = ask(author, 'blueprint', 'ko', level)
    const { slug: __, ...second } = ask(createAuthorOf(id, seed + 1), 'blueprint', 'ko', level)
    expect(second).not.toEqual(first)
  })

  test('the spec accepts the samples and refuses the illegal inputs', () => {
    const { input, samples, illegal_inputs: illegal } = ask(author, 'blueprint', 'ko', level)
    const spec = toInputSpec(input)
    for (const sample of samples) expect(validate(spec, sample.input)).toEqual({ ok: true })
    for (const one of illegal) expect(validate(spec, one.input), one.reason).toMatchObject({ ok: false })
    expect(new Set(samples.map((sample) => sample.input)).size).toBe(samples.length)
  })

  test.each(locales)('the statement names every variable and speaks %s', (locale) => {
    const blueprint = ask(author, 'blueprint', locale, level)
    const statement = ask(author, 'statement', locale, level)
    for (const name of toInputSpec(blueprint.input).blocks.flatMap(namesOf)) {
      const mention = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`)
      expect(blueprint.task).toMatch(mention)
      expect(statement.description).toMatch(mention)
    }
    const prose = [statement.title, statement.description, statement.output_format, blueprint.intended_approach].join(
      '\n',
    )
    expect(/[가-힣]/.test(prose)).toBe(locale === 'ko')
    expect(prose).not.toMatch(/undefined|\[object|\$\{|\((?:은|는|이|가|을|를|과|와|으)\)/)
    // Bounds are the program's business; what is left are the numbers that every reader takes for words.
    expect([...statement.description.matchAll(/\d+/g)].filter(([number]) => Number(number) > 1)).toEqual([])
  })
})

/** Runs programs in one Python process: the generator on its lines, the reference on everything, the brute force on what is tiny. */
const runner = `
import io, json, os, sys, tempfile

def run(code, text):
    sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    sys.stdout = io.StringIO()
    exec(code, {"__name__": "__main__"})
    return sys.stdout.getvalue()

def judge(checker, folder, text, answer, output):
    paths = [os.path.join(folder, name) for name in ("input", "answer")]
    for path, content in zip(paths, (text, answer)):
        with open(path, "w") as file:
            file.write(content)
    sys.argv = ["checker", *paths, folder]
    try:
        run(checker, output)
    except SystemExit as end:
        return end.code
    return "no exit code"

def spoilt(output):
    first, *rest = output.split()
    others = [str(int(first) + step) for step in (-1, 1)] + ["-0", "+" + first, first + ".0", first + "x", "\\x00"]
    endings = [rest[:-1] if rest else ["1"], rest + ["1"], rest + ["x"], rest[:-1] + [str(10 ** 6)]]
    return ["", "9" * 4000, "1 " * 20000] + [" ".join([one] + rest) for one in others] + [
        " ".join([first] + ending) for ending in endings
    ]

def checks(job, results):
    checker = compile(job["checker"], "checker", "exec")
    with tempfile.TemporaryDirectory() as folder:
        def codes(inputs, answers, outputs):
            return [judge(checker, folder, *one) for one in zip(inputs, answers, outputs)]
        right = codes(job["inputs"], results["reference"], results["bruteForce"])
        right += codes(job["inputs"], results["reference"], results["reference"])
        right += codes(job["inputs"], results["reference"], job["samples"])
        right += codes(results["generated"], results["large"], results["large"])
        few = [*zip(job["inputs"][:20], results["reference"][:20]), *zip(results["generated"], results["large"])]
        wrong = [judge(checker, folder, text, answer, output) for text, answer in few for output in spoilt(answer)]
        for source in job["slow"]:
            right += codes(job["inputs"], results["reference"], [run(source, text) for text in job["inputs"]])
        for source in job["wrong"]:
            # One refusal is enough for an idea that is wrong somewhere.
            wrong.append(max(codes(job["inputs"], results["reference"], [run(source, text) for text in job["inputs"]])))
    return {"right": right, "wrong": wrong}

jobs = json.load(sys.stdin)
out = sys.stdout
results = []
for job in jobs:
    generator, reference, brute = (compile(job[name], name, "exec") for name in ("generator", "reference", "bruteForce"))
    generated = [run(generator, line) for line in job["lines"]]
    result = {
        "generated": generated,
        "again": [run(generator, line) for line in job["lines"][:2]],
        "large": [run(reference, text) for text in generated],
        "reference": [run(reference, text) for text in job["inputs"]],
        "bruteForce": [run(brute, text) for text in job["inputs"]],
    }
    results.append({**result, **(checks(job, result) if "checker" in job else {"right": [], "wrong": []})})
json.dump(results, out)
`

const texts = z.array(z.string())
const resultsSchema = z.array(
  z.object({
    generated: texts,
    again: texts,
    large: texts,
    reference: texts,
    bruteForce: texts,
    /** What the checker, where there is one, ended with on outputs of right programs and on spoilt ones. */
    right: z.array(z.unknown()),
    wrong: z.array(z.unknown()),
  }),
)

/** What tries the checker of a problem. */
function checking(author: Author, level: Difficulty): { checker: string; wrong: string[]; slow: string[] } {
  const { solutions } = ask(author, 'wrong-solutions', 'en', level)
  const ofKind = (kind: 'wrong' | 'slow') => solutions.filter((one) => one.kind === kind).map(({ code }) => code)
  return { checker: ask(author, 'checker', 'en', level).code, wrong: ofKind('wrong'), slow: ofKind('slow') }
}

/** Whether an output is as good as the answer; of several right answers the checker has its say in the runner. */
function agrees({ comparison, tolerance }: Replies['blueprint'], output: string, answer: string): boolean {
  const within = Number(tolerance ?? 0)
  if (comparison === 'checker') return true
  return compare(
    comparison === 'float' ? { kind: 'float', absolute: within, relative: within } : { kind: 'tokens' },
    output,
    answer,
  ).accepted
}

test.each(blueprints)(
  `the programs of $id agree on tiny inputs and digest large ones, seed ${seed}`,
  ({ id, levels }) => {
    const author = createAuthorOf(id, seed)
    const jobs = levels.map((level, index) => {
      const blueprint = ask(author, 'blueprint', 'en', level)
      const { input, samples, comparison } = blueprint
      const spec = toInputSpec(input)
      const { code: generator, strategies } = ask(author, 'generator', 'en', level)
      expect(new Set(strategies.map(({ kind }) => kind))).toEqual(new Set(['random', 'edge', 'maximum', 'adversarial']))
      // The large inputs of one level a day, to stay fast.
      const isDue = index === seed % levels.length
      const lines = strategies.flatMap(({ name, kind }) => {
        if (kind === 'random' || kind === 'edge') return [`${name} 1\n`, `${name} 2\n`]
        return isDue ? [`${name} ${seed}\n`] : []
      })
      return {
        blueprint,
        spec,
        samples: samples.map(({ output }) => output),
        generator,
        lines,
        reference: ask(author, 'reference', 'en', level).code,
        bruteForce: ask(author, 'brute-force', 'en', level).code,
        ...(comparison === 'checker' ? checking(author, level) : {}),
        inputs: [
          ...samples.map((sample) => sample.input),
          ...boundaryInputs(spec).map((boundary) => boundary.input),
          ...enumerateTiny(spec, 60),
          ...sampleSmall(spec, 60, `author ${seed}`),
        ],
      }
    })
    const stdout = execFileSync('python3', ['-c', runner], {
      input: JSON.stringify(jobs),
      maxBuffer: 256 * 1024 * 1024,
    })
    resultsSchema.parse(JSON.parse(stdout.toString())).forEach((result, index) => {
      const job = jobs[index]
      if (job === undefined) throw new Error('more results than jobs')
      const { blueprint, spec, samples, inputs } = job
      expect(inputs.length).toBeGreaterThan(samples.length)
      for (const generated of result.generated) expect(validate(spec, generated)).toEqual({ ok: true })
      expect(new Set(result.generated).size).toBe(result.generated.length)
      expect(result.again).toEqual(result.generated.slice(0, 2))
      expect(result.large.filter((output) => output.trim() === '')).toEqual([])
      expect(samples.filter((sample, at) => !agrees(blueprint, result.reference[at] ?? '', sample))).toEqual([])
      const disagreements = inputs.filter(
        (_, at) => !agrees(blueprint, result.bruteForce[at] ?? '', result.reference[at] ?? 'nothing'),
      )
      expect(disagreements).toEqual([])
      expect(result.right.filter((code) => code !== 42)).toEqual([])
      expect(result.wrong.filter((code) => code !== 43)).toEqual([])
      expect(result.right.length > 0 && result.wrong.length > 0).toBe(blueprint.comparison === 'checker')
    })
  },
)
