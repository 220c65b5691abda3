// Many inputs in one Java machine: each run must be as if it were the only one.
import { afterAll, describe, expect, it } from 'vitest'
import { createLocalExecutor } from '../../../src/adapters/local-executor.ts'
import { runJava } from '../../../src/generation/mutation/java-harness.ts'
import { quietLog } from '../../support/quiet-log.ts'

const sandbox = createLocalExecutor({ log: quietLog, searchPath: process.env['PATH'] })
const signal = new AbortController().signal
afterAll(async () => sandbox.close())

/** Outcomes in one word each: the output, or how else it ended. */
async function words(source: string, inputs: readonly string[], cpuMsEach = 400): Promise<string[] | undefined> {
  const outcomes = await runJava(source, inputs, sandbox, signal, { cpuMsEach, memoryBytes: 256 * 1024 * 1024 })
  return outcomes?.map(({ ended, output }) => (ended === 'ok' ? output : ended))
}

describe('a Java program', () => {
  it('finds nothing of an earlier run, whatever its class is called and however it reads', async () => {
    const source = `import java.io.*;
public class Solution implements Runnable {
  static int runs = 0;
  static BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
  public static void main(String[] args) throws Exception { new Thread(null, new Solution(), "", 1 << 26).start(); }
  static int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }
  public void run() {
    try { System.out.print(in.readLine() + " " + ++runs + " " + depth(50000) + " 한\\n"); } catch (IOException e) {}
  }
}
class Other { public int main; }
`
    expect(await words(source, ['first\nrest', '둘째', ''])).toEqual([
      'first 1 50000 한\n',
      '둘째 1 50000 한\n',
      'null 1 50000 한\n',
    ])
  })

  it('fails without taking others along', async () => {
    const source = `import java.util.*;
public class Main {
  static int deep(int n) { return deep(n + 1) + 1; }
  public static void main(String[] args) {
    String way = new Scanner(System.in).next();
    System.out.println("Main.java " + Main.class.getName().length());
    if (way.equals("throw")) throw new RuntimeException();
    if (way.equals("deep")) System.out.println(deep(0));
    if (way.equals("memory")) System.out.println(new long[1 << 30].length);
    if (way.equals("flood")) for (int i = 0; i < 2_000_000; i++) System.out.println(i);
  }
}
`
    expect(await words(source, ['throw', 'fine', 'deep', 'memory', 'flood', '', 'fine'], 5_000)).toEqual([
      'error',
      'Main.java 13\n',
      'error',
      'error',
      'error',
      'error',
      'Main.java 13\n',
    ])
  })

  it('that ends its machine or is late is the last of it', async () => {
    const source = `public class Main {
  public static void main(String[] args) throws Exception {
    int way = System.in.read();
    System.out.print("said");
    if (way == 'x') System.exit(0);
    if (way == 'y') System.exit(3);
    if (way == 'h') Runtime.getRuntime().halt(0);
    while (way == 't') {}
  }
}
`
    expect(await words(source, ['a', 'x', 'a'])).toEqual(['said', 'said'])
    expect(await words(source, ['y', 'a'])).toEqual(['error'])
    expect(await words(source, ['h', 'a'])).toEqual(['error'])
    expect(await words(source, ['t', 'a'])).toEqual(['time'])
  })

  it('that does not compile, or only in a package, is not run', async () => {
    expect(await words('public class Main { public static void main(String[] args) { x } }', [''])).toBeUndefined()
    expect(
      await words('package a; public class Main { public static void main(String[] args) {} }', ['']),
    ).toBeUndefined()
    expect(await words('class Main { int main; }', [''])).toBeUndefined()
  })
})
