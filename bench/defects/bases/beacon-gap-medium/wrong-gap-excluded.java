// Wrong: asks for more than the distance instead of at least the distance.
import java.io.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval;
        in.nextToken();
        int k = (int) in.nval;
        int[] x = new int[n];
        for (int i = 0; i < n; i++) {
            in.nextToken();
            x[i] = (int) in.nval;
        }
        int low = 0, high = x[n - 1] - x[0];
        while (low < high) {
            int middle = low + (high - low + 1) / 2, chosen = 1, last = x[0];
            for (int p : x) if (p - last > middle) {
                chosen++;
                last = p;
            }
            if (chosen >= k) low = middle;
            else high = middle - 1;
        }
        System.out.println(low);
    }
}
