// Runs the class Main of a folder on many inputs in one machine, each time loaded anew, and tells how each run ended.
import java.io.*;
import java.lang.management.*;
import java.lang.reflect.InvocationTargetException;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;

public class JavaLoop {
    /** Arguments: the folder, CPU and wall time in ms, whether to stop at the first failure, a file with lines `input` or `input<TAB>expected`. */
    public static void main(String[] args) throws Exception {
        URL[] classes = {new File(args[0]).toURI().toURL()};
        long cpuMs = Long.parseLong(args[1]), wallMs = Long.parseLong(args[2]);
        boolean stop = args[3].equals("stop");
        PrintStream report = System.out;
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        int index = 0;
        for (String line : Files.readAllLines(Path.of(args[4]))) {
            String[] paths = line.split("\t");
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            System.setIn(new BufferedInputStream(new FileInputStream(paths[0])));
            System.setOut(new PrintStream(new BufferedOutputStream(written), false, StandardCharsets.UTF_8));
            String[] outcome = {"crash"};
            Thread run = new Thread(null, () -> {
                try (URLClassLoader loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
                    loader.loadClass("Main").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
                    outcome[0] = "ok";
                } catch (InvocationTargetException fault) {
                    if (fault.getCause() instanceof OutOfMemoryError) outcome[0] = "memory";
                } catch (Throwable fault) {
                    outcome[0] = "crash";
                }
            }, "main", 256L << 20);
            long started = System.nanoTime(), used = 0;
            run.start();
            while (run.isAlive()) {
                run.join(2);
                long now = clock.getThreadCpuTime(run.getId());
                if (now > 0) used = now;
                if (used > cpuMs * 1_000_000 || System.nanoTime() - started > wallMs * 1_000_000) {
                    report.println(index + " time " + used / 1_000_000);
                    report.flush();
                    Runtime.getRuntime().halt(0);
                }
            }
            System.out.flush();
            if (outcome[0].equals("ok") && paths.length > 1) {
                String[] expected = Files.readString(Path.of(paths[1])).trim().split("\\s+");
                String[] actual = written.toString(StandardCharsets.UTF_8).trim().split("\\s+");
                if (!Arrays.equals(expected, actual)) outcome[0] = "wrong";
            }
            report.println(index + " " + outcome[0] + " " + used / 1_000_000);
            report.flush();
            if (stop && !outcome[0].equals("ok")) break;
            index++;
        }
        Runtime.getRuntime().halt(0);
    }
}
