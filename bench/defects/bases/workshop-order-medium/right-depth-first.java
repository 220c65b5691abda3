// Right: depth-first with a stack of its own; a job is finished when all that it waits for is.
import java.io.*;

public class Main {
    static StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));

    static int next() throws IOException {
        in.nextToken();
        return (int) in.nval;
    }

    public static void main(String[] args) throws IOException {
        int n = next(), m = next();
        int[] t = new int[n + 1], edge = new int[n + 1], after = new int[m + 1], from = new int[m + 1];
        for (int i = 1; i <= n; i++) t[i] = next();
        for (int i = 1; i <= m; i++) {
            from[i] = next();
            int v = next();
            after[i] = edge[v];
            edge[v] = i;
        }
        long[] end = new long[n + 1];
        boolean[] begun = new boolean[n + 1];
        int[] stack = new int[n + 1];
        long last = 0;
        for (int root = 1; root <= n; root++) {
            if (begun[root]) continue;
            int depth = 0;
            stack[depth++] = root;
            begun[root] = true;
            while (depth > 0) {
                int v = stack[depth - 1];
                if (edge[v] == 0) {
                    end[v] += t[v];
                    last = Math.max(last, end[v]);
                    depth--;
                    continue;
                }
                int u = from[edge[v]];
                if (!begun[u]) {
                    begun[u] = true;
                    stack[depth++] = u;
                } else {
                    end[v] = Math.max(end[v], end[u]);
                    edge[v] = after[edge[v]];
                }
            }
        }
        System.out.println(last);
    }
}
