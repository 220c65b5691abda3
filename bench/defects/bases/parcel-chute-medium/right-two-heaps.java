// Right: two heaps of numbered parcels; what has left one of them is skipped in the other.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine());
        int[] weight = new int[n];
        boolean[] gone = new boolean[n];
        PriorityQueue<Integer> lightest = new PriorityQueue<>((a, b) -> Integer.compare(weight[a], weight[b]));
        PriorityQueue<Integer> heaviest = new PriorityQueue<>((a, b) -> Integer.compare(weight[b], weight[a]));
        long heavy = 0, light = 0;
        int present = 0;
        for (int i = 0; i < n; i++) {
            String line = in.readLine();
            char op = line.charAt(0);
            int x = Integer.parseInt(line.substring(2));
            if (op == 'A') {
                weight[i] = x;
                lightest.add(i);
                heaviest.add(i);
                present++;
                continue;
            }
            PriorityQueue<Integer> heap = op == 'H' ? heaviest : lightest;
            while (x > 0 && present > 0) {
                int one = heap.poll();
                if (gone[one]) continue;
                gone[one] = true;
                present--;
                x--;
                if (op == 'H') heavy += weight[one];
                else light += weight[one];
            }
        }
        System.out.println(heavy + " " + light);
    }
}
