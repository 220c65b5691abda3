// Right: two rows of the table, from the back of the words.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer words = new StringTokenizer(in.readLine());
        char[] a = words.nextToken().toCharArray(), b = words.nextToken().toCharArray();
        StringTokenizer prices = new StringTokenizer(in.readLine());
        long d = Long.parseLong(prices.nextToken()), r = Long.parseLong(prices.nextToken());
        long[] below = new long[b.length + 1];
        for (int j = b.length; j >= 0; j--) below[j] = d * (b.length - j);
        for (int i = a.length - 1; i >= 0; i--) {
            long[] row = new long[b.length + 1];
            row[b.length] = d * (a.length - i);
            for (int j = b.length - 1; j >= 0; j--) {
                row[j] = Math.min(below[j], row[j + 1]) + d;
                row[j] = Math.min(row[j], below[j + 1] + (a[i] == b[j] ? 0 : r));
            }
            below = row;
        }
        System.out.println(below[0]);
    }
}
