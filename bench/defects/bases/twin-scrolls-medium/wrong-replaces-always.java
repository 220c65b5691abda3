// Wrong: where letters differ it replaces, unless the words have different lengths left.
import java.util.*;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String a = in.next(), b = in.next();
        long d = in.nextLong(), r = in.nextLong();
        long[][] cost = new long[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) for (int j = 0; j <= b.length(); j++) {
            if (i == 0 || j == 0) cost[i][j] = d * (i + j);
            else if (i == j) cost[i][j] = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : r);
            else {
                cost[i][j] = d + Math.min(cost[i - 1][j], cost[i][j - 1]);
                if (a.charAt(i - 1) == b.charAt(j - 1)) cost[i][j] = Math.min(cost[i][j], cost[i - 1][j - 1]);
                else cost[i][j] = Math.min(cost[i][j], cost[i - 1][j - 1] + r);
            }
        }
        System.out.println(cost[a.length()][b.length()]);
    }
}
