// Right: bisects the number of pairs; the k smallest needs have to fit the k largest things.
import java.util.*;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), m = in.nextInt();
        int[] a = new int[n], b = new int[m];
        for (int i = 0; i < n; i++) a[i] = in.nextInt();
        for (int j = 0; j < m; j++) b[j] = in.nextInt();
        Arrays.sort(a);
        int good = 0, bad = Math.min(n, m) + 1;
        while (bad - good > 1) {
            int k = (good + bad) / 2;
            boolean fits = true;
            for (int i = 0; i < k; i++) fits &= b[m - k + i] >= a[i];
            if (fits) good = k;
            else bad = k;
        }
        System.out.println(good);
    }
}
