// Wrong: a value whose remainder is K/2 is paired with itself, too.
import java.io.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int[] a = new int[(int) in.nval];
        for (int i = 0; i < a.length; i++) {
            in.nextToken();
            a[i] = (int) in.nval;
        }
        in.nextToken();
        int k = (int) in.nval;
        long[] count = new long[k];
        for (int x : a) count[x % k]++;
        long pairs = count[0] * (count[0] - 1) / 2;
        for (int r = 1; r < k - r; r++) pairs += count[r] * count[k - r];
        if (k % 2 == 0) pairs += count[k / 2] * (count[k / 2] + 1) / 2;
        System.out.println(pairs);
    }
}
