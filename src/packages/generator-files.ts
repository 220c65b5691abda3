// The generators/ folder of a package: the generator program, which test it made from which line, and a script that makes them again.
import type { PackageFile, PackageSource } from './source.ts'
import type { NamedTest } from './test-names.ts'
import * as z from 'zod'

/** `generators/tests.json`: what the generator reads to make each test. */
export const generatorPlanSchema = z.object({
  program: z.string(),
  tests: z.array(z.object({ test: z.string(), input: z.string() })),
})

/** A test that the generator made: its name, and the line that the generator reads to make it. */
export interface GeneratedTest {
  readonly test: string
  readonly input: string
}

/** The tests that a generator of ours made. */
export function generatedTests(tests: readonly NamedTest[]): GeneratedTest[] {
  return tests.flatMap(({ path, origin }) => {
    if (origin?.from !== 'generator') return []
    const { strategy, seed } = origin
    const isLine = typeof strategy === 'string' && typeof seed === 'number'
    return isLine ? [{ test: path, input: `${strategy} ${seed}\n` }] : []
  })
}

/** No files for a problem without a generator. */
export function generatorFiles(source: PackageSource, tests: readonly NamedTest[]): PackageFile[] {
  const generator = source.programs.find(({ role, language }) => role === 'generator' && language === 'python')
  if (generator === undefined) return []
  const plan: z.infer<typeof generatorPlanSchema> = { program: 'generator.py', tests: generatedTests(tests) }
  return [
    { path: 'generators/README.md', text: readme },
    { path: 'generators/generator.py', text: generator.source },
    { path: 'generators/remake.py', text: remake },
    { path: 'generators/tests.json', text: `${JSON.stringify(plan, null, 1)}\n` },
  ]
}

const readme = `# How the tests were made

\`generator.py\` reads one line, \`<strategy> <seed>\`, and prints one input. \`tests.json\` says from which line each test
was made. The other tests are the statement's samples, or inputs made from the input specification.

    python3 generators/remake.py          # compares every generated input with the one in data/
    python3 generators/remake.py --write  # writes them anew
`

const remake = `#!/usr/bin/env python3
"""Makes the generated inputs again: compares them with those in data/, or writes them (--write)."""
import json
import pathlib
import subprocess
import sys


def plain(text):  # blanks at line ends and empty lines at the end are not kept
    return b'\\n'.join(line.rstrip() for line in text.split(b'\\n')).rstrip()


here = pathlib.Path(__file__).resolve().parent
plan = json.loads((here / 'tests.json').read_text(encoding='utf-8'))
differing = 0
for entry in plan['tests']:
    made = subprocess.run(
        [sys.executable, str(here / plan['program'])], input=entry['input'].encode(), stdout=subprocess.PIPE, check=True
    ).stdout
    file = here.parent / 'data' / (entry['test'] + '.in')
    if plain(made) == plain(file.read_bytes() if file.exists() else b''):
        continue
    differing += 1
    print('differs:', file)
    if '--write' in sys.argv[1:]:
        file.write_bytes(plain(made) + b'\\n')
print(len(plan['tests']), 'inputs,', differing, 'differ')
sys.exit(1 if differing else 0)
`
