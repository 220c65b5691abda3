// Right: descends in a tree of maxima to the first greater height.
import java.io.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval, size = 1;
        while (size < n) size *= 2;
        int[] top = new int[2 * size];
        for (int i = 0; i < n; i++) {
            in.nextToken();
            top[size + i] = (int) in.nval;
        }
        for (int i = size - 1; i > 0; i--) top[i] = Math.max(top[2 * i], top[2 * i + 1]);
        long sum = 0;
        for (int i = 0; i < n; i++) {
            int h = top[size + i], at = size + i;
            while (at > 1 && (at % 2 == 1 || top[at + 1] <= h)) at /= 2;
            if (at == 1) continue;
            at++;
            while (at < size) at = top[2 * at] > h ? 2 * at : 2 * at + 1;
            sum += at - size - i;
        }
        System.out.println(sum);
    }
}
