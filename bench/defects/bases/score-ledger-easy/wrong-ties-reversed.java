// Wrong: sorts from worst to best and reads backwards, so that equal entries come in reverse.
import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String[] first = in.readLine().split(" ");
        int n = Integer.parseInt(first[0]), k = Integer.parseInt(first[1]);
        String[][] rows = new String[n][];
        for (int i = 0; i < n; i++) rows[i] = in.readLine().split(" ");
        Arrays.sort(rows, (a, b) -> {
            int byScore = Integer.compare(Integer.parseInt(a[1]), Integer.parseInt(b[1]));
            return byScore != 0 ? byScore : Integer.compare(Integer.parseInt(b[2]), Integer.parseInt(a[2]));
        });
        for (int i = n - 1; i >= n - k; i--) System.out.println(rows[i][0]);
    }
}
