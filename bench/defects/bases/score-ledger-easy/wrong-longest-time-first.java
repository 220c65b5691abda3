// Wrong: among equal scores the longest time comes first.
import java.util.*;

public class Main {
    record Entry(String name, int score, int time) {}

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt(), k = in.nextInt();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < n; i++) entries.add(new Entry(in.next(), in.nextInt(), in.nextInt()));
        entries.sort(Comparator.comparingInt(Entry::score).thenComparingInt(Entry::time).reversed());
        for (int i = 0; i < k; i++) System.out.println(entries.get(i).name());
    }
}
