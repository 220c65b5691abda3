// Right: bisects the length; a part that can be made equal has such parts of every smaller length.
import java.io.*;

public class Main {
    static boolean fits(byte[] s, int k, int length) {
        int[] count = new int[128];
        for (int i = 0; i < s.length; i++) {
            count[s[i]]++;
            if (i >= length) count[s[i - length]]--;
            if (i < length - 1) continue;
            for (char letter = 'a'; letter <= 'z'; letter++) if (length - count[letter] <= k) return true;
        }
        return false;
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int k = Integer.parseInt(in.readLine());
        byte[] s = in.readLine().getBytes();
        int good = 1, bad = s.length + 1;
        while (bad - good > 1) {
            int middle = (good + bad) / 2;
            if (fits(s, k, middle)) good = middle;
            else bad = middle;
        }
        System.out.println(good);
    }
}
