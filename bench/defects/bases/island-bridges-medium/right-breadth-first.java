// Right: breadth-first search over forward-star arrays; each place adds those of its component found before it.
import java.io.*;

public class Main {
    static DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));

    static int next() throws IOException {
        int c = in.read();
        while (c < '0') c = in.read();
        int value = 0;
        for (; c >= '0'; c = in.read()) value = value * 10 + c - '0';
        return value;
    }

    public static void main(String[] args) throws IOException {
        int n = next(), m = next(), k = next();
        int[] head = new int[n + 1], after = new int[2 * m + 2], to = new int[2 * m + 2];
        int used = 1;
        for (int i = 0; i < m; i++) {
            int u = next(), v = next();
            if (next() < k) continue;
            to[used] = v;
            after[used] = head[u];
            head[u] = used++;
            to[used] = u;
            after[used] = head[v];
            head[v] = used++;
        }
        boolean[] seen = new boolean[n + 1];
        int[] queue = new int[n];
        long pairs = 0;
        for (int start = 1; start <= n; start++) {
            if (seen[start]) continue;
            int first = 0, last = 0;
            queue[last++] = start;
            seen[start] = true;
            while (first < last) {
                int u = queue[first];
                pairs += first++;
                for (int e = head[u]; e != 0; e = after[e]) {
                    if (seen[to[e]]) continue;
                    seen[to[e]] = true;
                    queue[last++] = to[e];
                }
            }
        }
        System.out.println(pairs);
    }
}
