// Right: sweeps from left to right over the sorted beginnings and ends of the ranges.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval;
        in.nextToken();
        int q = (int) in.nval;
        int[] a = new int[n + 1];
        for (int i = 1; i <= n; i++) {
            in.nextToken();
            a[i] = (int) in.nval;
        }
        int[][] events = new int[2 * q][];
        for (int i = 0; i < q; i++) {
            in.nextToken();
            int l = (int) in.nval;
            in.nextToken();
            int r = (int) in.nval;
            in.nextToken();
            int v = (int) in.nval;
            events[2 * i] = new int[] {l, v};
            events[2 * i + 1] = new int[] {r + 1, -v};
        }
        Arrays.sort(events, Comparator.comparingInt(event -> event[0]));
        int at = 0, more = 0, best = Integer.MIN_VALUE, count = 0;
        for (int i = 1; i <= n; i++) {
            while (at < events.length && events[at][0] == i) more += events[at++][1];
            int amount = a[i] + more;
            if (amount == best) count++;
            if (amount > best) {
                best = amount;
                count = 1;
            }
        }
        System.out.println(best + " " + count);
    }
}
