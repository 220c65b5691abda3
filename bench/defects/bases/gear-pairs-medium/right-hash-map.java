// Right: a hash map of remainders, filled before the pairs are counted.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine());
        StringTokenizer values = new StringTokenizer(in.readLine());
        int k = Integer.parseInt(in.readLine());
        Map<Integer, Long> count = new HashMap<>();
        for (int i = 0; i < n; i++) count.merge(Integer.parseInt(values.nextToken()) % k, 1L, Long::sum);
        long twice = 0;
        for (Map.Entry<Integer, Long> one : count.entrySet()) {
            int partner = (k - one.getKey()) % k;
            long others = count.getOrDefault(partner, 0L);
            if (partner == one.getKey()) others--;
            twice += one.getValue() * others;
        }
        System.out.println(twice / 2);
    }
}
