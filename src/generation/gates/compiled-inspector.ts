// What a source in a compiled language, or in JavaScript, must not contain. A first look by words: the sandbox is what holds.

/** What the words give away, for every language or one of them. */
const forbidden: readonly (readonly [pattern: RegExp, finding: string])[] = [
  [
    /#\s*include\s*<(?:fstream|filesystem|thread|future|sys\/|unistd|dlfcn|signal|netdb|arpa|pthread)[^>]*>/,
    'includes more than computing needs',
  ],
  [/#\s*include\s*"/, 'includes a file of its own'],
  [/\b(?:ifstream|ofstream|fopen|freopen|fdopen|std::filesystem)\b/, 'opens a file'],
  [
    /\b(?:system|popen|fork|vfork|execl|execlp|execle|execv|execvp|dlopen|syscall|mmap|ptrace)\s*\(/,
    'calls the system',
  ],
  [/\b(?:asm|__asm__|__asm)\b/, 'contains assembly'],
  [/\b(?:socket|connect|bind|listen)\s*\(\s*(?:AF_|PF_)/, 'uses the network'],
  [/\brandom_device\b|\bsrand\s*\(\s*time\b/, 'randomness that cannot be seeded'],
  [/\bmain\s*\(\s*int\s+\w+\s*,/, 'reads arguments'],
  [
    /\bjava\.(?:net|nio\.file|lang\.reflect|rmi)\b|\bjava\.io\.File\w*\b|\bnew\s+File\w*\s*\(/,
    'uses files, the network or reflection',
  ],
  [/\b(?:ProcessBuilder|Runtime\.getRuntime|System\.load|System\.getenv|sun\.misc)\b/, 'calls the system'],
  [
    /\brequire\s*\(\s*[^)]*\b(?:child_process|http|https|net|dgram|worker_threads|cluster|vm)\b/,
    'uses processes or the network',
  ],
  [/\bprocess\.(?:env|binding|argv|kill)\b/, 'looks at its surroundings'],
]

/** One line for each thing that a program has no business with. */
export function inspectCompiled(source: string): string[] {
  const code = withoutComments(source)
  const findings = forbidden.flatMap(([pattern, finding]) => {
    const match = pattern.exec(code)
    return match === null
      ? []
      : [`line ${code.slice(0, match.index).split('\n').length}: ${finding}: ${match[0].trim().slice(0, 60)}`]
  })
  const reads = /\b(?:cin|scanf|getchar|fgets|fread|read|getline|System\.in|stdin|readFileSync)\b/.test(code)
  return reads ? findings : [...findings, 'never reads standard input']
}

/** Comments become blanks, so that lines keep their numbers. */
function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
}
