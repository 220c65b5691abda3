// Wrong: an equal height ends the walk, too.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine().trim());
        StringTokenizer tokens = new StringTokenizer(in.readLine());
        int[] h = new int[n];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        long sum = 0;
        for (int i = 0; i < n; i++) {
            h[i] = Integer.parseInt(tokens.nextToken());
            while (!open.isEmpty() && h[open.peek()] <= h[i]) sum += i - open.pop();
            open.push(i);
        }
        System.out.println(sum);
    }
}
