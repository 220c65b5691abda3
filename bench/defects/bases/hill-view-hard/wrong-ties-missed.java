// Wrong: equal values stop on both sides, so stretches with a tie are missed.
import java.io.*;

public class Main {
    static long sum(long[] h) {
        int n = h.length;
        int[] left = new int[n], right = new int[n];
        long sum = 0;
        for (int i = 0; i < n; i++) {
            left[i] = i - 1;
            while (left[i] >= 0 && h[left[i]] < h[i]) left[i] = left[left[i]];
        }
        for (int i = n - 1; i >= 0; i--) {
            right[i] = i + 1;
            while (right[i] < n && h[right[i]] < h[i]) right[i] = right[right[i]];
            sum += h[i] * (i - left[i]) * (right[i] - i);
        }
        return sum;
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        long[] h = new long[(int) in.nval], negative = new long[h.length];
        for (int i = 0; i < h.length; i++) {
            in.nextToken();
            h[i] = (long) in.nval;
            negative[i] = -h[i];
        }
        System.out.println(sum(h) + sum(negative));
    }
}
