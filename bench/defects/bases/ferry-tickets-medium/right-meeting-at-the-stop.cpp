// Right: from X forwards to T, and from X backwards to S over the reversed rides.
#include <bits/stdc++.h>
using namespace std;
typedef vector<vector<pair<int, int>>> Graph;
const long long none = numeric_limits<long long>::max() / 4;
long long from_stop(const Graph &graph, int stop, int goal) {
    vector<long long> paid(graph.size(), none);
    set<pair<long long, int>> open;
    open.insert({paid[stop] = 0, stop});
    while (!open.empty()) {
        auto [price, u] = *open.begin();
        if (u == goal) return price;
        open.erase(open.begin());
        for (auto [v, w] : graph[u]) {
            if (price + w >= paid[v]) continue;
            open.erase({paid[v], v});
            open.insert({paid[v] = price + w, v});
        }
    }
    return none;
}
int main() {
    int n, m, s, x, t;
    scanf("%d %d", &n, &m);
    Graph forward(n + 1), backward(n + 1);
    for (int i = 0; i < m; i++) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        forward[u].push_back({v, w});
        backward[v].push_back({u, w});
    }
    scanf("%d %d %d", &s, &x, &t);
    long long total = from_stop(backward, x, s) + from_stop(forward, x, t);
    printf("%lld\n", total < none ? total : -1LL);
}
