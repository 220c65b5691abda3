// Right: one search over two layers; at X a trip climbs to the layer in which X has been visited.
import java.io.*;
import java.util.*;

public class Main {
    static StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));

    static int next() throws IOException {
        in.nextToken();
        return (int) in.nval;
    }

    public static void main(String[] args) throws IOException {
        int n = next(), m = next();
        int[] head = new int[n + 1], after = new int[m + 1], to = new int[m + 1], price = new int[m + 1];
        for (int i = 1; i <= m; i++) {
            int u = next();
            to[i] = next();
            price[i] = next();
            after[i] = head[u];
            head[u] = i;
        }
        int s = next(), x = next(), t = next();
        long[] paid = new long[2 * (n + 1)];
        Arrays.fill(paid, Long.MAX_VALUE);
        PriorityQueue<long[]> heap = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        int start = 2 * s + (s == x ? 1 : 0);
        paid[start] = 0;
        heap.add(new long[] {0, start});
        while (!heap.isEmpty()) {
            long[] top = heap.poll();
            int state = (int) top[1];
            if (top[0] > paid[state]) continue;
            for (int e = head[state / 2]; e != 0; e = after[e]) {
                int reached = 2 * to[e] + (state % 2 == 1 || to[e] == x ? 1 : 0);
                long sum = top[0] + price[e];
                if (sum >= paid[reached]) continue;
                paid[reached] = sum;
                heap.add(new long[] {sum, reached});
            }
        }
        long answer = paid[2 * t + 1];
        System.out.println(answer == Long.MAX_VALUE ? -1 : answer);
    }
}
