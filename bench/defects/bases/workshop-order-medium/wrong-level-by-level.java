// Wrong: works in rounds, each as long as its longest job.
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
        int[] t = new int[n], waits = new int[n];
        List<List<Integer>> after = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            t[i] = next();
            after.add(new ArrayList<>());
        }
        for (int i = 0; i < m; i++) {
            int u = next() - 1, v = next() - 1;
            after.get(u).add(v);
            waits[v]++;
        }
        List<Integer> round = new ArrayList<>();
        for (int i = 0; i < n; i++) if (waits[i] == 0) round.add(i);
        long days = 0;
        while (!round.isEmpty()) {
            List<Integer> following = new ArrayList<>();
            int longest = 0;
            for (int u : round) {
                longest = Math.max(longest, t[u]);
                for (int v : after.get(u)) if (--waits[v] == 0) following.add(v);
            }
            days += longest;
            round = following;
        }
        System.out.println(days);
    }
}
