// Wrong: of several rides between the same places only the last one is kept.
import java.io.*;
import java.util.*;

public class Main {
    static StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
    static List<Map<Integer, Integer>> rides = new ArrayList<>();

    static int next() throws IOException {
        in.nextToken();
        return (int) in.nval;
    }

    static long cheapest(int from, int goal) {
        long[] paid = new long[rides.size()];
        Arrays.fill(paid, -1);
        PriorityQueue<long[]> heap = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        heap.add(new long[] {0, from});
        while (!heap.isEmpty()) {
            long[] top = heap.poll();
            int u = (int) top[1];
            if (paid[u] >= 0) continue;
            paid[u] = top[0];
            rides.get(u).forEach((v, w) -> heap.add(new long[] {top[0] + w, v}));
        }
        return paid[goal];
    }

    public static void main(String[] args) throws IOException {
        int n = next(), m = next();
        for (int i = 0; i <= n; i++) rides.add(new HashMap<>());
        for (int i = 0; i < m; i++) {
            int u = next(), v = next();
            rides.get(u).put(v, next());
        }
        int s = next(), x = next(), t = next();
        long first = cheapest(s, x), second = cheapest(x, t);
        System.out.println(first < 0 || second < 0 ? -1 : first + second);
    }
}
