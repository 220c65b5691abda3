// Wrong: reads the two prices in the other order.
import java.util.*;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String a = in.next(), b = in.next();
        int r = in.nextInt(), d = in.nextInt();
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j * d;
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i * d;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int kept = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : r);
                row[j] = Math.min(kept, Math.min(above, row[j - 1]) + d);
                corner = above;
            }
        }
        System.out.println(row[b.length()]);
    }
}
