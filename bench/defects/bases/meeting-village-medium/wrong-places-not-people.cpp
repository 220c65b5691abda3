// Wrong: pairs of places instead of pairs of people.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    for (int i = 0, people; i < n; i++) cin >> people;
    vector<vector<pair<int, long long>>> near(n + 1);
    for (int i = 1; i < n; i++) {
        int u, v, w;
        cin >> u >> v >> w;
        near[u].push_back({v, w}), near[v].push_back({u, w});
    }
    vector<int> order = {1}, parent(n + 1);
    vector<long long> size(n + 1, 1), up(n + 1);
    for (size_t i = 0; i < order.size(); i++)
        for (auto [v, w] : near[order[i]])
            if (v != parent[order[i]]) parent[v] = order[i], up[v] = w, order.push_back(v);
    long long total = 0;
    for (int i = n - 1; i > 0; i--) {
        int v = order[i];
        total += size[v] * (n - size[v]) * up[v];
        size[parent[v]] += size[v];
    }
    cout << total << "\n";
}
