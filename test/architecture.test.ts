// Who may import whom (DESIGN: dependencies point inward). An import that the table does not allow turns this test red.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..')

/**
 * For the files below a folder: which of our own folders and which packages they may import, and what is forbidden to
 * all of them. The longest matching folder counts.
 */
const rules: Record<string, { own: readonly string[]; packages: readonly string[] }> = {
  'src/contract': { own: ['src/contract'], packages: ['zod'] },
  'src/errors.ts': { own: [], packages: [] },
  'src/environment.ts': { own: ['src/comma-separated.ts', 'src/errors.ts'], packages: ['zod'] },
  'src/comma-separated.ts': { own: [], packages: [] },
  'src/thousands.ts': { own: [], packages: [] },
  'src/lazily.ts': { own: [], packages: [] },
  'src/ports.ts': { own: ['src/contract'], packages: [] },
  'src/generation': {
    own: ['src/generation', 'src/judge', 'src/contract', 'src/ports.ts', 'src/errors.ts', 'src/lazily.ts'],
    packages: ['zod', '@langchain/core', 'node:crypto', 'node:util'],
  },
  'src/judge': { own: ['src/judge', 'src/contract', 'src/ports.ts', 'src/errors.ts'], packages: ['zod'] },
  'src/report': { own: ['src/report', 'src/contract'], packages: ['node:crypto'] },
  // Building and checking packages: pure, whoever reads and writes them.
  'src/packages': {
    own: [
      'src/packages',
      'src/judge',
      'src/generation/spec',
      'src/generation/suite',
      'src/generation/mutation',
      'src/contract',
      'src/ports.ts',
      'src/errors.ts',
    ],
    packages: ['zod', 'yaml', 'node:crypto'],
  },
  'src/executor': {
    own: ['src/executor', 'src/contract', 'src/ports.ts', 'src/errors.ts'],
    packages: ['zod', 'node:'],
  },
  'src/http': {
    own: ['src/http', 'src/generation', 'src/contract', 'src/ports.ts', 'src/errors.ts', 'src/thousands.ts'],
    packages: ['zod', 'aws-lambda'],
  },
  'src/adapters': {
    own: [
      'src/adapters',
      'src/executor',
      'src/contract',
      'src/comma-separated.ts',
      'src/ports.ts',
      'src/errors.ts',
      'src/lazily.ts',
    ],
    packages: ['zod', '@aws-sdk', '@smithy', '@langchain', '@google', 'jose', '@aws-lambda-powertools', 'node:'],
  },
  'src/compose.ts': {
    own: [
      'src/adapters',
      'src/http',
      'src/generation/prices.ts',
      'src/environment.ts',
      'src/ports.ts',
      'src/errors.ts',
    ],
    packages: [],
  },
  // What it imports is in the executor's image (test/image/contents.test.ts): no SDK, no generator.
  'src/compose-executor.ts': {
    own: [
      'src/adapters/clock.ts',
      'src/adapters/local-executor.ts',
      'src/adapters/log.ts',
      'src/executor/answer.ts',
      'src/environment.ts',
      'src/ports.ts',
    ],
    packages: [],
  },
  'src/compose-front-door.ts': {
    own: [
      'src/adapters/clock.ts',
      'src/adapters/error-line.ts',
      'src/adapters/log.ts',
      'src/compose.ts',
      'src/comma-separated.ts',
      'src/http/front-door.ts',
    ],
    packages: [],
  },
  'src/lambda': {
    own: ['src/compose.ts', 'src/compose-front-door.ts', 'src/http', 'src/generation'],
    packages: ['aws-lambda'],
  },
  'src/lambda/execute.ts': { own: ['src/compose-executor.ts', 'src/adapters/runtime-api.ts'], packages: [] },
  // The local run puts the stand-ins around the service; nothing that is deployed may import it.
  'src/local': {
    own: [
      'src/http/foreign-page.ts',
      'src/http/generation-request.ts',
      'src/judge',
      'src/local',
      'src/generation/suite/remake.ts',
      'src/report',
      'src/packages',
      'src/contract',
      'src/environment.ts',
      'src/adapters',
      'src/ports.ts',
      'src/errors.ts',
      'mock',
    ],
    packages: ['zod', 'eventsource-parser', 'dotenv', 'log-update', 'string-width', 'yaml', 'node:'],
  },
  // The stacks know names, settings, prices and one table of the service, and nothing of how it works. Packaging makes schemas.
  infra: {
    own: [
      'infra',
      'src/contract',
      'src/environment.ts',
      'src/generation/prices.ts',
      'src/generation/wire-schema.ts',
      'src/adapters/problems-table-definition.ts',
    ],
    packages: ['aws-cdk-lib', 'cdk-nag', 'constructs', 'esbuild', 'rolldown', 'zod', 'node:'],
  },
  mock: {
    own: ['mock', 'src/contract', 'src/generation/replies.ts', 'src/generation/spec'],
    packages: ['zod', 'jose', 'rfc6902', 'dynalite', 'aws-lambda', 'node:'],
  },
}

/** What only one place may do. */
const confined: readonly { what: string; pattern: RegExp; allowed: readonly string[] }[] = [
  {
    what: 'process.env',
    pattern: /\bprocess\.env\b/,
    allowed: ['src/compose.ts', 'src/compose-front-door.ts', 'src/compose-executor.ts', 'src/local'],
  },
  {
    what: 'the clock',
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/,
    allowed: ['src/adapters', 'src/local'],
  },
  {
    what: 'timers',
    pattern: /\bsetTimeout\(|\bsetInterval\(|\bAbortSignal\.timeout\(/,
    allowed: ['src/adapters', 'src/executor', 'src/local'],
  },
  {
    what: 'chance',
    pattern: /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/,
    allowed: ['src/adapters', 'src/executor', 'src/local'],
  },
  { what: 'the console', pattern: /\bconsole\.\w+\(/, allowed: ['src/local'] },
]

const files = ['src', 'infra', 'mock'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/'))),
)

function importsOf(source: string): string[] {
  return [
    ...source.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\n[^'";]*?)?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function ruleFor(file: string): (typeof rules)[string] | undefined {
  const folder = Object.keys(rules)
    .filter((candidate) => file === candidate || file.startsWith(`${candidate}/`))
    .sort((a, b) => b.length - a.length)[0]
  return folder === undefined ? undefined : rules[folder]
}

function isAllowed(file: string, specifier: string): boolean {
  const rule = ruleFor(file)
  if (rule === undefined) return false
  if (specifier.startsWith('.')) {
    const target = path.posix.join(path.posix.dirname(file), specifier)
    return rule.own.some((own) => target === own || target.startsWith(`${own}/`))
  }
  return rule.packages.some(
    (allowed) => specifier === allowed || specifier.startsWith(allowed.endsWith(':') ? allowed : `${allowed}/`),
  )
}

describe('the layout', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(
      importsOf(
        "import a from './a.ts'\nimport {\n  b,\n} from 'b'\nexport type { c } from \"c\"\nimport 'd'\nawait import('e')",
      ),
    ).toEqual(['./a.ts', 'b', 'c', 'd', 'e'])
  })

  it.each(files)('%s imports only what its folder may', (file) => {
    const source = readFileSync(path.join(root, file), 'utf8')
    expect(importsOf(source).filter((specifier) => !isAllowed(file, specifier))).toEqual([])
  })

  it.each(confined)('only its own places use $what', ({ pattern, allowed }) => {
    const breaches = files
      .filter(
        (file) => file.startsWith('src/') && !allowed.some((place) => file === place || file.startsWith(`${place}/`)),
      )
      .filter((file) => pattern.test(readFileSync(path.join(root, file), 'utf8')))
    expect(breaches).toEqual([])
  })
})
