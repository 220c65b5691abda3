// Wrong: rides in both directions.
#include <bits/stdc++.h>
using namespace std;
int n, m;
vector<vector<pair<int, int>>> rides;
long long cheapest(int from, int goal) {
    vector<long long> paid(n + 1, 1e18);
    set<pair<long long, int>> open = {{0, from}};
    paid[from] = 0;
    while (!open.empty()) {
        auto [price, u] = *open.begin();
        open.erase(open.begin());
        for (auto [v, w] : rides[u])
            if (price + w < paid[v]) {
                open.erase({paid[v], v});
                open.insert({paid[v] = price + w, v});
            }
    }
    return paid[goal];
}
int main() {
    cin >> n >> m;
    rides.resize(n + 1);
    for (int i = 0; i < m; i++) {
        int u, v, w;
        cin >> u >> v >> w;
        rides[u].push_back({v, w}), rides[v].push_back({u, w});
    }
    int s, x, t;
    cin >> s >> x >> t;
    long long total = cheapest(s, x) + cheapest(x, t);
    cout << (total < 1e18 ? total : -1) << "\n";
}
