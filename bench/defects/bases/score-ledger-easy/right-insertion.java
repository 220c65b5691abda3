// Right: inserts each entry behind all that are not worse.
import java.util.*;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), k = in.nextInt();
        String[] names = new String[n];
        int[] scores = new int[n], times = new int[n];
        for (int i = 0; i < n; i++) {
            String name = in.next();
            int score = in.nextInt(), time = in.nextInt(), at = i;
            while (at > 0 && (scores[at - 1] < score || scores[at - 1] == score && times[at - 1] > time)) {
                names[at] = names[at - 1];
                scores[at] = scores[at - 1];
                times[at] = times[at - 1];
                at--;
            }
            names[at] = name;
            scores[at] = score;
            times[at] = time;
        }
        for (int i = 0; i < k; i++) System.out.println(names[i]);
    }
}
