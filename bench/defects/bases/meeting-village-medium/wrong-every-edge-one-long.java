// Wrong: distance is taken for the number of edges.
import java.io.*;
import java.math.BigInteger;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval;
        long[] people = new long[n];
        long all = 0;
        List<List<Integer>> near = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            in.nextToken();
            all += people[i] = (long) in.nval;
            near.add(new ArrayList<>());
        }
        for (int i = 1; i < n; i++) {
            in.nextToken();
            int u = (int) in.nval - 1;
            in.nextToken();
            int v = (int) in.nval - 1;
            in.nextToken();
            near.get(u).add(v);
            near.get(v).add(u);
        }
        int[] order = new int[n], parent = new int[n];
        int count = 1;
        parent[0] = -1;
        for (int i = 0; i < n; i++)
            for (int v : near.get(order[i])) if (v != parent[order[i]]) {
                parent[v] = order[i];
                order[count++] = v;
            }
        BigInteger total = BigInteger.ZERO;
        for (int i = n - 1; i > 0; i--) {
            int v = order[i];
            total = total.add(BigInteger.valueOf(people[v]).multiply(BigInteger.valueOf(all - people[v])));
            people[parent[v]] += people[v];
        }
        System.out.println(total);
    }
}
