// The warm Java compiler: compiles what the supervisor puts into descriptor 4, leaves classes or messages in descriptor 5.
// Sources and classes stay in memory; annotation processors are off, so that no foreign code runs here.

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

final class Compiler {
  private static final int LOG_CHARACTERS = 16 * 1024;
  private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-encoding", "UTF-8", "-implicit:none", "-classpath", "");
  /** What contest programs use: compiled once at the start, so that the first real source finds a warm compiler. */
  private static final String SAMPLE =
      "import java.io.*; import java.util.*; import java.util.function.*; import java.util.stream.*;"
          + "public class Main { record P(int a, long b) {} interface F { int f(int x); }"
          + " static int[] a = new int[10]; static <T extends Comparable<T>> T max(List<T> l) { return Collections.max(l); }"
          + " public static void main(String[] args) throws IOException {"
          + " BufferedReader r = new BufferedReader(new InputStreamReader(System.in)); Scanner s = new Scanner(System.in);"
          + " StringTokenizer t = new StringTokenizer(r.readLine()); int n = Integer.parseInt(t.nextToken());"
          + " Map<String, List<Integer>> m = new HashMap<>(); PriorityQueue<P> q = new PriorityQueue<>((x, y) -> x.a - y.a);"
          + " for (int i = 0; i < n; i++) { m.computeIfAbsent(\"k\" + i % 3, k -> new ArrayList<>()).add(i); q.add(new P(i, 2L)); }"
          + " F f = x -> x * x; StringBuilder b = new StringBuilder(); try { b.append(f.f(3)); } catch (RuntimeException e) { throw e; }"
          + " switch (n) { case 1: b.append(1); break; default: b.append(IntStream.range(0, 9).boxed().collect(Collectors.toList())); }"
          + " System.out.printf(\"%d %s%n\", max(m.get(\"k0\")), b); } }";

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);

  public static void main(String[] args) throws IOException {
    Compiler server = new Compiler();
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    for (int i = 0; i < rounds; i++) server.compile(Map.of("Main.java", SAMPLE));
    System.out.write('r');
    System.out.flush();
    Path request = Path.of("/proc/self/fd/4");
    Path reply = Path.of("/proc/self/fd/5");
    while (System.in.read() == 'g') {
      Result result = server.compile(unpack(Files.readAllBytes(request)));
      Files.write(reply, result.bytes, StandardOpenOption.WRITE);
      System.out.write(result.compiled ? 'y' : 'n');
      System.out.flush();
    }
  }

  private record Result(boolean compiled, byte[] bytes) {}

  private Result compile(Map<String, String> sources) throws IOException {
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, text) -> units.add(new Source(name, text)));
    String main = null;
    boolean compiled;
    try (JavaFileManager memory = new Memory(files, classes)) {
      JavaCompiler.CompilationTask task = compiler.getTask(null, memory, messages, OPTIONS, null, units);
      if (task instanceof com.sun.source.util.JavacTask javac) {
        for (Element element : javac.analyze()) main = mainOf(element, main);
        javac.generate();
      }
      compiled = messages.getDiagnostics().stream().noneMatch(message -> message.getKind() == Diagnostic.Kind.ERROR);
    } catch (Throwable failure) {
      return refused("The compiler gave up: " + failure.getClass().getSimpleName());
    }
    if (!compiled) return refused(text(messages.getDiagnostics()));
    if (main == null) return refused("error: no class has a method public static void main(String[] args)");
    return new Result(true, pack(main, classes));
  }

  /** The class with a main method; the one called Main wins, then the first. */
  private static String mainOf(Element element, String known) {
    if (!(element instanceof TypeElement type)) return known;
    if (known != null && !type.getSimpleName().contentEquals("Main")) return known;
    for (Element member : type.getEnclosedElements()) {
      boolean isMain =
          member.getKind() == ElementKind.METHOD
              && member.getSimpleName().contentEquals("main")
              && member.getModifiers().contains(Modifier.PUBLIC)
              && member.getModifiers().contains(Modifier.STATIC)
              && ((ExecutableElement) member).getParameters().size() == 1
              && ((ExecutableElement) member).getParameters().get(0).asType().toString().equals("java.lang.String[]");
      if (isMain) return type.getQualifiedName().toString();
    }
    return known;
  }

  private static Result refused(String log) {
    String cut = log.length() > LOG_CHARACTERS ? log.substring(0, LOG_CHARACTERS) : log;
    return new Result(false, cut.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(List<Diagnostic<? extends JavaFileObject>> messages) {
    StringBuilder log = new StringBuilder();
    int errors = 0;
    for (Diagnostic<? extends JavaFileObject> message : messages) {
      if (log.length() > LOG_CHARACTERS) break;
      if (message.getSource() instanceof Source source) log.append(source.file).append(':');
      log.append(message.getLineNumber()).append(": ");
      log.append(message.getKind() == Diagnostic.Kind.ERROR ? "error: " : "warning: ");
      log.append(message.getMessage(Locale.ROOT)).append('\n');
      if (message.getSource() instanceof Source source) log.append(source.pointTo(message));
      if (message.getKind() == Diagnostic.Kind.ERROR) errors += 1;
    }
    return log.append(errors).append(errors == 1 ? " error\n" : " errors\n").toString();
  }

  /** Files: a count, then for each the lengths and bytes of name and content. */
  private static Map<String, String> unpack(byte[] pack) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(pack));
    Map<String, String> files = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      files.put(name, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    return files;
  }

  private static byte[] pack(String main, Map<String, ByteArrayOutputStream> classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(main);
    out.writeInt(classes.size());
    for (Map.Entry<String, ByteArrayOutputStream> entry : classes.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue().size());
      entry.getValue().writeTo(out);
    }
    return bytes.toByteArray();
  }

  private static final class Source extends SimpleJavaFileObject {
    final String file;
    private final String text;

    Source(String file, String text) {
      super(URI.create("memory:///" + file), Kind.SOURCE);
      this.file = file;
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    /** A public class may have any name: there are no files here. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE || super.isNameCompatible(simpleName, kind);
    }

    String pointTo(Diagnostic<?> message) {
      long at = message.getPosition();
      if (at < 0 || at > text.length()) return "";
      int from = text.lastIndexOf('\n', (int) at - 1) + 1;
      int to = text.indexOf('\n', (int) at);
      String line = text.substring(from, to < 0 ? text.length() : to);
      if (line.length() > 200) return "";
      return line + "\n" + " ".repeat((int) at - from) + "^\n";
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    Memory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(name, bytes);
          return bytes;
        }
      };
    }

    /** The standard manager lives as long as the server. */
    @Override
    public void close() {}
  }
}
