// Right: bisection with an early end of the scan.
import java.io.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String[] first = in.readLine().split(" ");
        int n = Integer.parseInt(first[0]), k = Integer.parseInt(first[1]);
        long[] x = new long[n];
        for (int i = 0; i < n; i++) x[i] = Long.parseLong(in.readLine());
        long good = 1, bad = x[n - 1] - x[0] + 1;
        while (bad - good > 1) {
            long gap = (good + bad) >>> 1, next = x[0];
            int missing = k;
            for (int i = 0; i < n && missing > 0; i++) {
                if (x[i] < next) continue;
                missing--;
                next = x[i] + gap;
            }
            if (missing == 0) good = gap;
            else bad = gap;
        }
        System.out.println(good);
    }
}
