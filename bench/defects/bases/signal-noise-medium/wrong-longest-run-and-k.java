// Wrong: the longest run made longer by K.
import java.util.*;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int k = in.nextInt();
        String s = in.next();
        int run = 0, longest = 0;
        for (int i = 0; i < s.length(); i++) {
            run = i > 0 && s.charAt(i) == s.charAt(i - 1) ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        System.out.println(Math.min(s.length(), longest + k));
    }
}
