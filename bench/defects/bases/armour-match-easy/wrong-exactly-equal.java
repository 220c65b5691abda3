// Wrong: matches only equal sizes.
import java.util.*;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), m = in.nextInt();
        Map<Integer, Integer> needs = new HashMap<>();
        for (int i = 0; i < n; i++) needs.merge(in.nextInt(), 1, Integer::sum);
        int matched = 0;
        for (int j = 0; j < m; j++) {
            int size = in.nextInt();
            if (needs.getOrDefault(size, 0) == 0) continue;
            needs.merge(size, -1, Integer::sum);
            matched++;
        }
        System.out.println(matched);
    }
}
