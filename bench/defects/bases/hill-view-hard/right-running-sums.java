// Right: keeps the sum of the greatest and of the smallest over all stretches that end here.
import java.io.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine());
        String[] words = in.readLine().split(" ");
        long[] high = new long[n], low = new long[n];
        int[] highs = new int[n], lows = new int[n];
        int highCount = 0, lowCount = 0;
        long[] h = new long[n];
        long sum = 0;
        for (int i = 0; i < n; i++) {
            h[i] = Long.parseLong(words[i]);
            while (highCount > 0 && h[highs[highCount - 1]] <= h[i]) highCount--;
            while (lowCount > 0 && h[lows[lowCount - 1]] >= h[i]) lowCount--;
            int p = highCount == 0 ? -1 : highs[highCount - 1], q = lowCount == 0 ? -1 : lows[lowCount - 1];
            high[i] = (p < 0 ? 0 : high[p]) + h[i] * (i - p);
            low[i] = (q < 0 ? 0 : low[q]) + h[i] * (i - q);
            highs[highCount++] = i;
            lows[lowCount++] = i;
            sum += high[i] - low[i];
        }
        System.out.println(sum);
    }
}
