// Wrong: the dearest first, but on the earliest free day instead of the latest.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval;
        int[][] orders = new int[n][2];
        for (int[] order : orders) {
            in.nextToken();
            order[0] = (int) in.nval;
            in.nextToken();
            order[1] = (int) in.nval;
        }
        Arrays.sort(orders, (a, b) -> b[1] - a[1]);
        long total = 0;
        int day = 1;
        for (int[] order : orders) {
            if (day > order[0]) continue;
            day++;
            total += order[1];
        }
        System.out.println(total);
    }
}
