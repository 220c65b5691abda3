// Wrong: counts only pairs that one link joins.
import java.io.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        in.nextToken();
        int m = (int) in.nval;
        in.nextToken();
        int k = (int) in.nval;
        int pairs = 0;
        for (int i = 0; i < m; i++) {
            in.nextToken();
            in.nextToken();
            in.nextToken();
            if (in.nval >= k) pairs++;
        }
        System.out.println(pairs);
    }
}
