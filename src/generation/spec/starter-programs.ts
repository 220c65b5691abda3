// Starter code in C, C++ and Java: what stands around the statements that read the input.
import type { InputSpec } from '../../contract/input-spec.ts'
import { cDialect, cppDialect, javaDialect } from './starter-dialects.ts'
import { Lines } from './starter-names.ts'
import { hasLines, TokenWriter } from './starter-tokens.ts'

export function cStarter(spec: InputSpec): string {
  const body = new Lines('    ')
  body.indented(() => new TokenWriter(spec, cDialect, body).write())
  const text = body.toString()
  const usesLines = hasLines(spec)
  return [
    ...(usesLines ? ['#define _POSIX_C_SOURCE 200809L'] : []),
    '#include <stdio.h>',
    '#include <stdlib.h>',
    '#include <string.h>',
    '',
    ...(usesLines ? [cReadLine] : []),
    'int main(void) {',
    text,
    '    return 0;',
    '}',
    '',
  ].join('\n')
}

const cReadLine = `static char *readLine(void) {
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length = getline(&line, &capacity, stdin);
    if (length > 0 && line[length - 1] == '\\n') line[length - 1] = '\\0';
    return line;
}

static void skipLine(void) {
    int c = getchar();
    while (c != '\\n' && c != EOF) c = getchar();
}
`

export function cppStarter(spec: InputSpec): string {
  const body = new Lines('    ')
  body.indented(() => new TokenWriter(spec, cppDialect, body).write())
  const text = body.toString()
  const headers = ['algorithm', 'iostream', ...(hasLines(spec) ? ['limits'] : []), 'string', 'vector']
  return [
    ...headers.map((header) => `#include <${header}>`),
    'using namespace std;',
    '',
    'int main() {',
    '    ios::sync_with_stdio(false);',
    '    cin.tie(nullptr);',
    text,
    '}',
    '',
  ].join('\n')
}

export function javaStarter(spec: InputSpec): string {
  const body = new Lines('    ')
  body.indented(() => body.indented(() => new TokenWriter(spec, javaDialect, body).write()))
  const text = body.toString()
  return [
    'import java.io.ByteArrayOutputStream;',
    'import java.io.IOException;',
    ...(text.includes('BigInteger') ? ['import java.math.BigInteger;'] : []),
    'import java.nio.charset.StandardCharsets;',
    '',
    'public class Main {',
    '    public static void main(String[] args) throws IOException {',
    '        Input in = new Input();',
    text,
    '    }',
    '',
    javaInput,
    '}',
    '',
  ].join('\n')
}

const javaInput = `    static class Input {
        private final byte[] buffer = new byte[1 << 16];
        private int length = 0;
        private int at = 0;
        private int last = 0;

        private int read() throws IOException {
            if (at == length) {
                length = Math.max(0, System.in.read(buffer));
                at = 0;
                if (length == 0) return last = '\\n';
            }
            return last = buffer[at++];
        }

        String next() throws IOException {
            ByteArrayOutputStream token = new ByteArrayOutputStream();
            int c = read();
            while (c == ' ' || c == '\\n') c = read();
            for (; c != ' ' && c != '\\n'; c = read()) token.write(c);
            return token.toString(StandardCharsets.UTF_8);
        }

        long nextLong() throws IOException {
            int c = read();
            while (c == ' ' || c == '\\n') c = read();
            boolean negative = c == '-';
            if (negative) c = read();
            long value = 0;
            for (; c >= '0' && c <= '9'; c = read()) value = value * 10 - (c - '0');
            return negative ? value : -value;
        }

        int nextInt() throws IOException {
            return (int) nextLong();
        }

        double nextDouble() throws IOException {
            return Double.parseDouble(next());
        }

        String nextLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = read(); c != '\\n'; c = read()) line.write(c);
            last = 0;
            return line.toString(StandardCharsets.UTF_8);
        }

        void skipLine() throws IOException {
            while (last != '\\n') read();
            last = 0;
        }
    }`
