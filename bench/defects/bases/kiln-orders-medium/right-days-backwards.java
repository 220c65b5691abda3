// Right: from the last day back, always the dearest order that is still possible.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval;
        long[] orders = new long[n];
        for (int i = 0; i < n; i++) {
            in.nextToken();
            long d = (long) in.nval;
            in.nextToken();
            orders[i] = d * 1_000_000L + (long) in.nval;
        }
        Arrays.sort(orders);
        PriorityQueue<Long> possible = new PriorityQueue<>(Comparator.reverseOrder());
        long total = 0;
        int next = n - 1;
        for (long day = orders[n - 1] / 1_000_000L; day > 0; day--) {
            while (next >= 0 && orders[next] / 1_000_000L >= day) possible.add(orders[next--] % 1_000_000L);
            if (!possible.isEmpty()) total += possible.poll();
        }
        System.out.println(total);
    }
}
