// Wrong: serves the people in the order given.
import java.util.*;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), m = in.nextInt();
        int[] a = new int[n];
        for (int i = 0; i < n; i++) a[i] = in.nextInt();
        int matched = 0;
        for (int j = 0; j < m; j++) {
            int size = in.nextInt();
            if (matched < n && size >= a[matched]) matched++;
        }
        System.out.println(matched);
    }
}
