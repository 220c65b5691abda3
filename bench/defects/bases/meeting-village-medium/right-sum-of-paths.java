// Right: for each subtree how far its people are from its top, merged child by child.
import java.io.*;
import java.math.BigInteger;

public class Main {
    static StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));

    static int next() throws IOException {
        in.nextToken();
        return (int) in.nval;
    }

    static BigInteger times(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    public static void main(String[] args) throws IOException {
        int n = next();
        long[] people = new long[n + 1], far = new long[n + 1];
        for (int i = 1; i <= n; i++) people[i] = next();
        int[] head = new int[n + 1], after = new int[2 * n], to = new int[2 * n], length = new int[2 * n];
        for (int i = 1, e = 1; i < n; i++) {
            int u = next(), v = next(), w = next();
            to[e] = v;
            length[e] = w;
            after[e] = head[u];
            head[u] = e++;
            to[e] = u;
            length[e] = w;
            after[e] = head[v];
            head[v] = e++;
        }
        int[] order = new int[n], parent = new int[n + 1], up = new int[n + 1];
        order[0] = 1;
        for (int i = 0, count = 1; i < n; i++) {
            int u = order[i];
            for (int e = head[u]; e != 0; e = after[e]) {
                if (to[e] == parent[u]) continue;
                parent[to[e]] = u;
                up[to[e]] = length[e];
                order[count++] = to[e];
            }
        }
        BigInteger total = BigInteger.ZERO;
        for (int i = n - 1; i > 0; i--) {
            int v = order[i], p = parent[v];
            long distance = far[v] + people[v] * up[v];
            total = total.add(times(distance, people[p])).add(times(far[p], people[v]));
            people[p] += people[v];
            far[p] += distance;
        }
        System.out.println(total);
    }
}
