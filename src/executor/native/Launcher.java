// Starts a compiled Java program: takes its classes from descriptor 5, says on 3 that it is ready, and begins when 4 answers.
// By then the supervisor has taken away what the program must not have.

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

final class Launcher {
  public static void main(String[] args) throws Throwable {
    Map<String, byte[]> classes = new HashMap<>();
    String main;
    try (DataInputStream pack = new DataInputStream(new java.io.BufferedInputStream(new FileInputStream("/proc/self/fd/5")))) {
      main = pack.readUTF();
      int count = pack.readInt();
      for (int i = 0; i < count; i++) {
        String name = pack.readUTF();
        classes.put(name, pack.readNBytes(pack.readInt()));
      }
    }
    warmUp();
    ClassLoader loader = new Classes(classes);
    try (FileOutputStream ready = new FileOutputStream("/proc/self/fd/3");
        FileInputStream go = new FileInputStream("/proc/self/fd/4")) {
      ready.write('r');
      if (go.read() != 'g') System.exit(1);
    }
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Method method = Class.forName(main, true, loader).getMethod("main", String[].class);
      method.setAccessible(true);
      method.invoke(null, (Object) args);
    } catch (InvocationTargetException failure) {
      fail(failure.getCause());
    } catch (ExceptionInInitializerError failure) {
      fail(failure);
    }
  }

  /** What opens files the first time it is used has to do so while that is allowed. */
  private static void warmUp() throws IOException {
    java.time.ZoneId.systemDefault();
    String.format(Locale.ROOT, "%.3f %d", 1.5, 2);
    new java.util.Scanner("1 2.5").nextInt();
    new FileInputStream(java.io.FileDescriptor.in).getChannel();
  }

  /** As the virtual machine reports it, without our own frames. */
  private static void fail(Throwable failure) {
    System.out.flush();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      StackTraceElement[] frames = each.getStackTrace();
      int ours = frames.length;
      while (ours > 0 && isOurs(frames[ours - 1].getClassName())) ours -= 1;
      each.setStackTrace(Arrays.copyOf(frames, Math.min(ours, 40)));
    }
    System.err.print("Exception in thread \"main\" ");
    failure.printStackTrace();
    System.exit(1);
  }

  private static boolean isOurs(String name) {
    return name.equals("Launcher") || name.startsWith("java.lang.reflect.") || name.startsWith("jdk.internal.reflect.")
        || name.equals("java.lang.Class");
  }

  private static final class Classes extends ClassLoader {
    private final Map<String, byte[]> classes;

    Classes(Map<String, byte[]> classes) {
      super(ClassLoader.getPlatformClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) throw new ClassNotFoundException(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
