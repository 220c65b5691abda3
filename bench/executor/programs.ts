// Typical solutions of some 40 lines, as people send them. The number makes each one new to the sandbox.

/** Shortest ways in a grid with walls, and the largest of them. */
export function cppProgram(version: number): string {
  return `// ${version}
#include <bits/stdc++.h>
using namespace std;

struct Edge {
    int to;
    long long cost;
};

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, m;
    cin >> n >> m;
    vector<vector<Edge>> graph(n);
    for (int i = 0; i < m; i++) {
        int from, to;
        long long cost;
        cin >> from >> to >> cost;
        graph[from - 1].push_back({to - 1, cost});
        graph[to - 1].push_back({from - 1, cost});
    }
    const long long far = numeric_limits<long long>::max();
    vector<long long> distance(n, far);
    priority_queue<pair<long long, int>, vector<pair<long long, int>>, greater<>> queue;
    distance[0] = 0;
    queue.emplace(0, 0);
    while (!queue.empty()) {
        auto [length, at] = queue.top();
        queue.pop();
        if (length > distance[at]) continue;
        for (const auto &[to, cost] : graph[at]) {
            if (length + cost >= distance[to]) continue;
            distance[to] = length + cost;
            queue.emplace(distance[to], to);
        }
    }
    map<long long, set<int>> groups;
    for (int i = 0; i < n; i++) groups[distance[i]].insert(i + 1);
    string line;
    for (const auto &[length, members] : groups) line += (length == far ? "-" : to_string(length)) + ":" + to_string(members.size()) + " ";
    sort(distance.begin(), distance.end());
    cout << line << "\\n" << distance[n / 2] << endl;
}
`
}

/** The same. */
export function javaProgram(version: number): string {
  return `// ${version}
import java.io.*;
import java.util.*;
import java.util.stream.*;

public class Main {
    record Edge(int to, long cost) {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer words = new StringTokenizer(in.readLine());
        int n = Integer.parseInt(words.nextToken());
        int m = Integer.parseInt(words.nextToken());
        List<List<Edge>> graph = new ArrayList<>();
        for (int i = 0; i < n; i++) graph.add(new ArrayList<>());
        for (int i = 0; i < m; i++) {
            words = new StringTokenizer(in.readLine());
            int from = Integer.parseInt(words.nextToken()) - 1;
            int to = Integer.parseInt(words.nextToken()) - 1;
            long cost = Long.parseLong(words.nextToken());
            graph.get(from).add(new Edge(to, cost));
            graph.get(to).add(new Edge(from, cost));
        }
        long[] distance = new long[n];
        Arrays.fill(distance, Long.MAX_VALUE);
        distance[0] = 0;
        PriorityQueue<long[]> queue = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        queue.add(new long[] {0, 0});
        while (!queue.isEmpty()) {
            long[] top = queue.poll();
            if (top[0] > distance[(int) top[1]]) continue;
            for (Edge edge : graph.get((int) top[1])) {
                if (top[0] + edge.cost() >= distance[edge.to()]) continue;
                distance[edge.to()] = top[0] + edge.cost();
                queue.add(new long[] {distance[edge.to()], edge.to()});
            }
        }
        Map<Long, Long> groups = Arrays.stream(distance).boxed().collect(Collectors.groupingBy(x -> x, TreeMap::new, Collectors.counting()));
        StringBuilder line = new StringBuilder();
        groups.forEach((length, members) -> line.append(length).append(':').append(members).append(' '));
        Arrays.sort(distance);
        System.out.println(line + "\\n" + distance[n / 2]);
    }
}
`
}
