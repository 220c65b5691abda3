// Wrong: only the pairs that can meet in place 1's component.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval;
        in.nextToken();
        int m = (int) in.nval;
        in.nextToken();
        int k = (int) in.nval;
        List<List<Integer>> near = new ArrayList<>();
        for (int i = 0; i <= n; i++) near.add(new ArrayList<>());
        for (int i = 0; i < m; i++) {
            in.nextToken();
            int u = (int) in.nval;
            in.nextToken();
            int v = (int) in.nval;
            in.nextToken();
            if (in.nval < k) continue;
            near.get(u).add(v);
            near.get(v).add(u);
        }
        boolean[] seen = new boolean[n + 1];
        Deque<Integer> queue = new ArrayDeque<>(List.of(1));
        seen[1] = true;
        long size = 0;
        while (!queue.isEmpty()) {
            int u = queue.poll();
            size++;
            for (int v : near.get(u)) if (!seen[v]) {
                seen[v] = true;
                queue.add(v);
            }
        }
        System.out.println(size * (size - 1) / 2);
    }
}
