// stub
import type { ExecutorLanguage } from '../../contract/execution.ts'
import type { InputSpec } from '../../contract/input-spec.ts'

export function starterCode(_spec: InputSpec, language: ExecutorLanguage): string {
  return {
    python: 'import sys\n\n\ndef main():\n    data = sys.stdin.read().split()\n\n\nmain()\n',
    c: '#include <stdio.h>\nint main(void) { return 0; }\n',
    cpp: '#include <cstdio>\nint main() {}\n',
    java: 'public class Main { public static void main(String[] a) {} }\n',
    javascript: '"use strict"\n',
  }[language]
}
