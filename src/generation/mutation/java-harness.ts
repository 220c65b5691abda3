// One Java program on many inputs in one virtual machine: starting one costs a hundred times a tiny run. Each run gets
// classes of its own, so that nothing static survives it.
import type { ExecutionBatch } from '../../contract/execution.ts'
import type { Executor } from '../../ports.ts'
import type { Outcome } from './harness.ts'
import { tokenise } from './tokens.ts'

const MiB = 1024 * 1024
/** CPU of a machine beyond its runs: its start and its compiler. */
const machineCpuMs = 10_000
/** What the class is called that would have the harness's name. */
const renamed = 'MainOfSubject'

/**
 * Takes the main class's name and the milliseconds of a run as arguments, and from standard input the number of inputs,
 * then of each the number of its bytes in a line and the bytes. Prints of each run `o`, `e` or `t` with the number of
 * bytes of its output, and the bytes; `x` when the program ended the machine. Nothing follows `t` and `x`.
 */
const harness = String.raw`
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;

public class Main {
  private static final OutputStream real = new FileOutputStream(FileDescriptor.out);
  private static Map<String, byte[]> classes;
  private static volatile Output output;
  private static volatile boolean isRunning;

  public static void main(String[] args) throws Exception {
    byte[] given = System.in.readAllBytes();
    int[] at = {0};
    Field field = Main.class.getClassLoader().getClass().getDeclaredField("classes");
    field.setAccessible(true);
    @SuppressWarnings("unchecked")
    Map<String, byte[]> found = (Map<String, byte[]>) field.get(Main.class.getClassLoader());
    classes = found;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      if (isRunning) tell('x');
    }));
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    int count = number(given, at);
    for (int i = 0; i < count; i++) {
      int size = number(given, at);
      run(args[0], Long.parseLong(args[1]), new ByteArrayInputStream(given, at[0], size));
      at[0] += size;
    }
    Runtime.getRuntime().halt(0);
  }

  private static int number(byte[] given, int[] at) {
    int value = 0;
    for (; given[at[0]] != '\n'; at[0]++) value = value * 10 + given[at[0]] - '0';
    at[0]++;
    return value;
  }

  private static void run(String name, long limitMs, ByteArrayInputStream input) throws Exception {
    output = new Output();
    PrintStream out = new PrintStream(output, false, "UTF-8");
    System.setIn(input);
    System.setOut(out);
    ThreadGroup group = new Quiet();
    Throwable[] failure = {null};
    ClassLoader loader = new Fresh();
    Thread thread = new Thread(group, () -> {
      try {
        Method method = Class.forName(name, true, loader).getMethod("main", String[].class);
        method.setAccessible(true);
        method.invoke(null, (Object) new String[0]);
      } catch (Throwable problem) {
        failure[0] = problem;
      }
    }, "main", 16L << 20);
    thread.setContextClassLoader(loader);
    isRunning = true;
    thread.start();
    long end = System.nanoTime() + limitMs * 1_000_000;
    Thread[] alive = {thread};
    // Those that the program started as well.
    while (alive[0] != null) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        isRunning = false;
        output = new Output();
        tell('t');
        Runtime.getRuntime().halt(0);
      }
      alive[0].join(left);
      alive[0] = null;
      group.enumerate(alive);
    }
    isRunning = false;
    out.flush();
    tell(failure[0] == null && !output.isFull ? 'o' : 'e');
  }

  private static void tell(char ending) {
    try {
      byte[] bytes = ending == 'o' || ending == 'x' ? output.toByteArray() : new byte[0];
      real.write((ending + " " + bytes.length + "\n").getBytes());
      real.write(bytes);
      real.flush();
    } catch (IOException problem) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static final class Quiet extends ThreadGroup {
    Quiet() {
      super("program");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable problem) {}
  }

  private static final class Output extends ByteArrayOutputStream {
    volatile boolean isFull;

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
      isFull |= size() + count > (1 << 20);
      if (!isFull) super.write(bytes, from, count);
    }
  }

  private static final class Fresh extends ClassLoader {
    Fresh() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) throw new ClassNotFoundException(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
`

export interface JavaLimits {
  /** Of one run; twice as long in real time. */
  readonly cpuMsEach: number
  readonly memoryBytes: number
}

/**
 * The program's outcomes on the first inputs, at least one: all that one machine did. Undefined where the program does
 * not compile, or not beside the harness. Throws what the executor throws.
 */
export async function runJava(
  source: string,
  inputs: readonly string[],
  executor: Executor,
  signal: AbortSignal,
  { cpuMsEach, memoryBytes }: JavaLimits,
): Promise<Outcome[] | undefined> {
  const subject = subjectOf(source)
  if (subject === undefined) return undefined
  const cpuMs = Math.min(60_000, machineCpuMs + 20 * inputs.length + 4 * cpuMsEach)
  const batch: ExecutionBatch = {
    version: 1,
    program: {
      language: 'java',
      files: [
        { name: 'Main.java', text: harness },
        { name: 'Subject.java', text: subject.source },
      ],
    },
    tests: [
      {
        input: `${inputs.length}\n${inputs.map((input) => `${Buffer.byteLength(input)}\n${input}`).join('')}`,
        args: [subject.name, String(2 * cpuMsEach)],
      },
    ],
    limits: { cpuMs, wallMs: 2 * cpuMs, memoryBytes, outputBytes: 4 * MiB },
    hashSeed: 0,
  }
  const { compile, results } = await executor.run(batch, signal)
  const [result] = results
  if (!compile.ok || result === undefined) return undefined
  const outcomes = readReply(Buffer.from(result.stdout), result.exitCode).slice(0, inputs.length)
  // It ended the machine on its first input.
  return outcomes.length > 0 ? outcomes : [{ ended: result.outcome === 'cpu-limit' ? 'time' : 'error', output: '' }]
}

function readReply(reply: Buffer, exitCode: number | null): Outcome[] {
  const outcomes: Outcome[] = []
  for (let at = 0; at < reply.length;) {
    const lineEnd = reply.indexOf('\n', at)
    const [, ending, size] = /^([oetx]) (\d+)$/.exec(reply.subarray(at, Math.max(at, lineEnd)).toString()) ?? []
    const end = lineEnd + 1 + Number(size)
    if (ending === undefined || end > reply.length) break
    const isOk = ending === 'o' || (ending === 'x' && exitCode === 0)
    const output = isOk ? reply.subarray(lineEnd + 1, end).toString() : ''
    outcomes.push({ ended: isOk ? 'ok' : ending === 't' ? 'time' : 'error', output })
    at = end
  }
  return outcomes
}

/** The program as it can stand beside the harness: no class of it is public or has its name; and which one is its main class. */
function subjectOf(source: string): { source: string; name: string } | undefined {
  const tokens = tokenise(source, 'java')
  let depth = 0
  let type = ''
  let main: string | undefined
  let text = ''
  let copied = 0
  for (const [at, token] of tokens.entries()) {
    if (token.text === '{') depth += 1
    if (token.text === '}') depth -= 1
    if (token.kind !== 'word') continue
    if (depth === 0 && token.text === 'package') return undefined
    if (depth === 0 && ['class', 'interface', 'enum', 'record'].includes(token.text)) type = tokens[at + 1]?.text ?? ''
    if (depth === 1 && token.text === 'main' && tokens[at + 1]?.text === '(') main ??= type
    const replacement = token.text === 'Main' ? renamed : depth === 0 && token.text === 'public' ? '' : undefined
    if (replacement === undefined) continue
    text += source.slice(copied, token.from) + replacement
    copied = token.to
  }
  if (main === undefined) return undefined
  return { source: text + source.slice(copied), name: main === 'Main' ? renamed : main }
}
