// Wrong: H and L send off a single one, whatever x is.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine());
        TreeMap<Integer, Integer> present = new TreeMap<>();
        long heavy = 0, light = 0;
        for (int i = 0; i < n; i++) {
            String line = in.readLine();
            int x = Integer.parseInt(line.substring(2));
            if (line.charAt(0) == 'A') {
                present.merge(x, 1, Integer::sum);
                continue;
            }
            if (present.isEmpty()) continue;
            int one = line.charAt(0) == 'H' ? present.lastKey() : present.firstKey();
            if (line.charAt(0) == 'H') heavy += one;
            else light += one;
            present.merge(one, -1, (a, b) -> a + b == 0 ? null : a + b);
        }
        System.out.println(heavy + " " + light);
    }
}
