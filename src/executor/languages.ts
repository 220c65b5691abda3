// The languages: one entry each says how a program is compiled and run, in the supervisor's words.
import type { ExecutionLimits, Program } from '../contract/execution.ts'
import { runtimeAllowanceBytes, sourceEndings, type ExecutorLanguage } from '../contract/languages.ts'
import type { Request } from './supervisor.ts'
import type { Toolchain } from './toolchain.ts'

const MiB = 1024 * 1024
const unlimited = 2 ** 52

/** What a program may do besides computing; the numbers are confine.h's. */
const profile = { program: 0, runtime: 1, folder: 2, tool: 3 } as const

/** Most bytes of what a compiler says. */
export const compileLogBytes = 16 * 1024
/** CPU milliseconds of a compilation when nothing else is said. */
export const usualCompileCpuMs = 10_000
const compileLimits = (cpuMs: number): ExecutionLimits => ({
  cpuMs,
  wallMs: 2 * cpuMs,
  memoryBytes: compileMemoryBytes,
  outputBytes: 128 * MiB,
})
const compileMemoryBytes = 1024 * MiB
/** A recursive program's stack is bounded by its memory, up to this. */
const mostStackBytes = 1024 * MiB
/** Virtual machines crash with larger ones. */
const machineStackBytes = 64 * MiB
/** Address space beyond the memory limit: what is only reserved is no use of memory, one huge request still fails. */
const reservedBytes = 1024 * MiB

/** A compiled program's place among the supervisor's artifacts. */
export type Artifact = number

/** What has to run before a program can: asked for by name, started once for an environment. */
export interface Service {
  readonly name: string
  readonly open: Request
  /** Whether it works on sources itself, so that stopping it is its end; others fork a child for each. */
  readonly isCompiler: boolean
}

interface CompilePlan {
  readonly program: Program
  readonly keepAs: Artifact
  readonly hashSeed: number
  readonly cpuMs: number
}

interface RunPlan {
  readonly limits: ExecutionLimits
  readonly args: readonly string[]
  readonly hasFolder: boolean
  readonly hashSeed: number
}

interface Language {
  /** For people. */
  readonly title: string
  /** What the main file is called, whatever name it came with; others keep theirs. */
  readonly mainFile: string
  readonly needs: readonly (keyof Toolchain['tools'])[]
  /** Words on standard error by which a failed run says that memory was short. */
  readonly memoryWords: RegExp
  service?(tools: Toolchain, hashSeed: number): Service
  compile(plan: CompilePlan, tools: Toolchain): Request
  run(artifact: Artifact, plan: RunPlan, tools: Toolchain): Request['words']
}

const environment = [
  ['env', 'LANG=C.UTF-8'],
  ['env', 'PATH=/usr/bin:/bin'],
  ['env', 'HOME=/'],
] as const

function limitWords(
  { cpuMs, wallMs, memoryBytes, outputBytes }: ExecutionLimits,
  stackBytes: number,
): Request['words'] {
  return [
    ['cpu', cpuMs],
    ['wall', wallMs],
    ['memory', memoryBytes],
    // One byte more, so that too much can be told from exactly as much.
    ['output', outputBytes + 1],
    ['send', outputBytes],
    ['stack', stackBytes],
  ]
}

const toolWords = (cpuMs: number): Request['words'] => [
  ['profile', profile.tool],
  ...limitWords(compileLimits(cpuMs), 64 * MiB),
  ['error-head', 1],
  ...environment,
]

/** Names and texts as the launchers read them: a count, then lengths and bytes (big-endian). */
function pack(files: readonly { readonly name: string; readonly text: string }[]): Buffer {
  const parts: Buffer[] = [numberBytes(files.length)]
  for (const part of files.flatMap(({ name, text }) => [Buffer.from(name), Buffer.from(text)])) {
    parts.push(numberBytes(part.length), part)
  }
  return Buffer.concat(parts)
}

function numberBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** The program's files, the main one under the language's own name; no compiler is shown a byte order mark. */
function named({ language, files }: Program): { name: string; text: string }[] {
  const { mainFile } = languages[language]
  return files.map(({ name, text }, index) => ({
    name: index === 0 ? mainFile : name,
    text: text.replace(/^\uFEFF/, ''),
  }))
}

/** A precompiled header is used only where these are the same. */
export const compilerFlagsOf = {
  c: ['-std=gnu17', '-w', '-O2'],
  cpp: ['-std=gnu++20', '-w', '-O2'],
} as const

function native(title: string, language: 'c' | 'cpp', tool: 'gcc' | 'g++'): Language {
  const endings = sourceEndings[language]
  const mainFile = `main${endings[0]}`
  return {
    title,
    mainFile,
    needs: [tool],
    memoryWords: /std::bad_alloc/,
    compile({ program, keepAs, cpuMs }, { tools, home }) {
      const files = named(program)
      const sources = files.map(({ name }) => name).filter((name) => endings.some((ending) => name.endsWith(ending)))
      const headers = tool === 'g++' ? ['-I', `${home}/include`] : []
      const args = [tool, ...compilerFlagsOf[language], ...headers, '-static', '-o', 'program', ...sources, '-lm']
      return {
        words: [
          ['op', 'run'],
          ['exe', tools[tool] ?? tool],
          ...args.map((arg) => ['arg', arg] as const),
          ...toolWords(cpuMs),
          // What we watch is the driver; the compiler proper is a child of it.
          ['as', compileMemoryBytes],
          ['env', 'TMPDIR=.'],
          ['folder', 1],
          ['keep', 'program'],
          ['keep-as', keepAs],
        ],
        blobs: files.map(({ name, text }) => [`file:${name}`, Buffer.from(text)] as const),
      }
    },
    run: (artifact, { limits, args, hasFolder }) => [
      ['op', 'run'],
      ['artifact', artifact],
      ['arg', 'program'],
      ...args.map((arg) => ['arg', arg] as const),
      ['profile', hasFolder ? profile.folder : profile.program],
      ...limitWords(limits, Math.min(limits.memoryBytes, mostStackBytes)),
      ['as', limits.memoryBytes + reservedBytes],
      ...environment,
    ],
  }
}

const pythonService = (hashSeed: number): string => `python ${hashSeed}`

/** The table. A language is added here and in the contract. */
export const languages: Readonly<Record<ExecutorLanguage, Language>> = {
  c: native('C17', 'c', 'gcc'),
  cpp: native('C++20', 'cpp', 'g++'),

  python: {
    title: 'Python 3',
    mainFile: 'main.py',
    needs: ['python'],
    memoryWords: /^MemoryError\b/m,
    service: ({ tools, home }, hashSeed) => ({
      name: pythonService(hashSeed),
      isCompiler: false,
      open: {
        words: [
          ['op', 'open'],
          ['via', pythonService(hashSeed)],
          ['exe', tools.python ?? 'python3'],
          // No site packages, no user packages, no script folder on the path, no cache files. `-I` would ignore the hash seed.
          ...['python3', '-S', '-s', '-P', '-B', `${home}/zygote.py`, home].map((arg) => ['arg', arg] as const),
          ...environment,
          ['env', `PYTHONHASHSEED=${hashSeed}`],
          ['env', 'PYTHONIOENCODING=utf-8'],
          ['profile', profile.tool],
          ['cpu', unlimited],
          ['wall', 20_000],
          ['output', unlimited],
          // The gap below the stack is laid out when the interpreter starts; a run's own limit has to fit in it.
          ['stack', mostStackBytes],
        ],
      },
    }),
    compile: ({ program, keepAs, hashSeed, cpuMs }) => ({
      words: [
        ['op', 'run'],
        ['via', pythonService(hashSeed)],
        ['profile', profile.program],
        ...limitWords(compileLimits(cpuMs), 256 * MiB),
        ['error-head', 1],
        ['keep', 'stdout'],
        ['keep-as', keepAs],
      ],
      blobs: [['code', Buffer.concat([Buffer.from('S'), pack(named(program))])]],
    }),
    run: (artifact, { limits, args, hasFolder, hashSeed }) => [
      ['op', 'run'],
      ['via', pythonService(hashSeed)],
      ['artifact', artifact],
      ...args.map((arg) => ['arg', arg] as const),
      ['profile', hasFolder ? profile.folder : profile.program],
      ...limitWords(limits, mostStackBytes),
      ['as', limits.memoryBytes + reservedBytes],
    ],
  },

  java: {
    title: 'Java 17',
    mainFile: 'Main.java',
    needs: ['java', 'javac'],
    memoryWords: /java\.lang\.OutOfMemoryError/,
    service: ({ tools, home }) => ({
      name: 'javac',
      isCompiler: true,
      open: {
        words: [
          ['op', 'open'],
          ['via', 'javac'],
          ['handshake', 1],
          ['exe', tools.java ?? 'java'],
          ...[
            'java',
            ...machineFlags(`${home}/compiler.jsa`),
            '-Xmx512m',
            '-Xss16m',
            '-XX:TieredStopAtLevel=1',
            '-cp',
            `${home}/alpaco.jar`,
            'Compiler',
          ].map((arg) => ['arg', arg] as const),
          ...environment,
          ['env', `LD_PRELOAD=${home}/alpaco_guard.so`],
          ['profile', profile.tool],
          ['cpu', unlimited],
          ['wall', 30_000],
          ['output', unlimited],
          ['stack', machineStackBytes],
        ],
      },
    }),
    compile: ({ program, keepAs, cpuMs }) => ({
      words: [['op', 'ask'], ['via', 'javac'], ...toolWords(cpuMs), ['keep', 'stdout'], ['keep-as', keepAs]],
      blobs: [['code', pack(named(program))]],
    }),
    run: (artifact, { limits, args, hasFolder }, { tools, home }) => [
      ['op', 'run'],
      ['artifact', artifact],
      ['handshake', 1],
      ['exe', tools.java ?? 'java'],
      ...[
        'java',
        ...machineFlags(`${home}/launcher.jsa`),
        ...heapFlags(limits.memoryBytes),
        '-Xss64m',
        '-cp',
        `${home}/alpaco.jar`,
        'Launcher',
        ...args,
      ].map((arg) => ['arg', arg] as const),
      ['profile', hasFolder ? profile.folder : profile.runtime],
      ['threads', 64],
      ...limitWords(limits, machineStackBytes),
      // The machine itself: code, metadata, collector.
      ['allowance', runtimeAllowanceBytes.java],
      ...environment,
    ],
  },

  javascript: {
    title: 'JavaScript (Node.js)',
    mainFile: 'main.js',
    needs: ['node'],
    memoryWords: /JavaScript heap out of memory|Array buffer allocation failed/,
    compile: ({ program, keepAs, cpuMs }, { tools, home }) => ({
      words: [
        ['op', 'run'],
        ['handshake', 1],
        ['exe', tools.node ?? 'node'],
        ...['node', ...nodeFlags(compileMemoryBytes), `${home}/launcher.cjs`, 'check'].map(
          (arg) => ['arg', arg] as const,
        ),
        ['profile', profile.runtime],
        ...limitWords(compileLimits(cpuMs), machineStackBytes + 4 * MiB),
        ['allowance', 128 * MiB],
        ['error-head', 1],
        ...environment,
        ['keep', 'stdout'],
        ['keep-as', keepAs],
      ],
      blobs: [['code', pack(named(program))]],
    }),
    run: (artifact, { limits, args, hasFolder }, { tools, home }) => [
      ['op', 'run'],
      ['artifact', artifact],
      ['handshake', 1],
      ['exe', tools.node ?? 'node'],
      ...['node', ...nodeFlags(limits.memoryBytes), `${home}/launcher.cjs`, 'run', ...args].map(
        (arg) => ['arg', arg] as const,
      ),
      ['profile', hasFolder ? profile.folder : profile.runtime],
      ...limitWords(limits, machineStackBytes + 4 * MiB),
      // Its own are started after the limits of a checker, and before those of any other program.
      ['threads', hasFolder ? 64 : 0],
      // The engine itself.
      ['allowance', runtimeAllowanceBytes.javascript],
      ...environment,
      ['env', 'UV_THREADPOOL_SIZE=1'],
    ],
  },
}

/** The old generation alone has what the limit says, so that one array may fill it; the young one is the machine's own. */
function heapFlags(memoryBytes: number): string[] {
  const limit = Math.ceil(memoryBytes / MiB)
  const young = Math.min(64, Math.ceil(limit / 4))
  return [`-Xmn${young}m`, `-Xmx${limit + young}m`]
}

/** Nothing is written, nobody attaches, and the machine's own threads all exist from the start. */
function machineFlags(archive: string): string[] {
  return [
    `-XX:SharedArchiveFile=${archive}`,
    '-Xshare:auto',
    // It would warn on the stream on which we wait for its word.
    '-Xlog:disable',
    '-XX:+UseSerialGC',
    '-XX:-UsePerfData',
    // The end of standard error is kept: what went wrong has to be in it.
    '-XX:MaxJavaStackTraceDepth=40',
    '-XX:-UseDynamicNumberOfCompilerThreads',
    '-XX:+DisableAttachMechanism',
    // No signal makes it speak where we wait for its word.
    '-Xrs',
    '-XX:-CreateCoredumpOnCrash',
    '-XX:ErrorFile=/dev/null',
    '-Dfile.encoding=UTF-8',
    '-Dstdout.encoding=UTF-8',
    '-Duser.timezone=UTC',
    '-Duser.language=en',
  ]
}

function nodeFlags(memoryBytes: number): string[] {
  return [
    `--max-old-space-size=${Math.ceil(memoryBytes / MiB)}`,
    `--stack-size=${(machineStackBytes - 4 * MiB) / 1024}`,
    '--no-addons',
    '--no-warnings',
  ]
}
