// Wrong: -1 only when neither leg is possible; a missing leg counts as -1.
import java.io.*;
import java.util.*;

public class Main {
    static StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
    static List<List<int[]>> rides = new ArrayList<>();

    static int next() throws IOException {
        in.nextToken();
        return (int) in.nval;
    }

    static long cheapest(int from, int goal) {
        long[] paid = new long[rides.size()];
        Arrays.fill(paid, Long.MAX_VALUE);
        paid[from] = 0;
        PriorityQueue<long[]> heap = new PriorityQueue<>(Comparator.comparingLong(one -> one[0]));
        heap.add(new long[] {0, from});
        while (!heap.isEmpty()) {
            long[] top = heap.poll();
            if (top[0] > paid[(int) top[1]]) continue;
            for (int[] ride : rides.get((int) top[1])) {
                if (top[0] + ride[1] >= paid[ride[0]]) continue;
                paid[ride[0]] = top[0] + ride[1];
                heap.add(new long[] {paid[ride[0]], ride[0]});
            }
        }
        return paid[goal] == Long.MAX_VALUE ? -1 : paid[goal];
    }

    public static void main(String[] args) throws IOException {
        int n = next(), m = next();
        for (int i = 0; i <= n; i++) rides.add(new ArrayList<>());
        for (int i = 0; i < m; i++) rides.get(next()).add(new int[] {next(), next()});
        int s = next(), x = next(), t = next();
        System.out.println(Math.max(-1, cheapest(s, x) + cheapest(x, t)));
    }
}
