// Wrong: takes the amount at the place that has gained most for the greatest one.
import java.io.*;

public class Main {
    static StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));

    static int next() throws IOException {
        in.nextToken();
        return (int) in.nval;
    }

    public static void main(String[] args) throws IOException {
        int n = next(), q = next();
        long[] a = new long[n], d = new long[n + 1];
        for (int i = 0; i < n; i++) a[i] = next();
        for (int i = 0; i < q; i++) {
            int l = next(), r = next(), v = next();
            d[l - 1] += v;
            d[r] -= v;
        }
        int place = 0;
        for (int i = 1; i < n; i++) {
            d[i] += d[i - 1];
            if (d[i] > d[place]) place = i;
        }
        long best = a[place] + d[place];
        int count = 0;
        for (int i = 0; i < n; i++) if (a[i] + d[i] == best) count++;
        System.out.println(best + " " + count);
    }
}
