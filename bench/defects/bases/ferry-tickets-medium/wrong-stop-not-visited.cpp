// Wrong: travels from S to T directly if that is cheaper, as if X need not be visited.
#include <bits/stdc++.h>
using namespace std;
vector<vector<pair<int, int>>> rides;
const long long far = 1e17;
vector<long long> cheapest(int from) {
    vector<long long> paid(rides.size(), far);
    priority_queue<pair<long long, int>> heap;
    heap.push({0, from});
    paid[from] = 0;
    while (!heap.empty()) {
        auto [negative, u] = heap.top();
        heap.pop();
        if (-negative != paid[u]) continue;
        for (auto [v, w] : rides[u]) {
            if (paid[u] + w >= paid[v]) continue;
            paid[v] = paid[u] + w;
            heap.push({-paid[v], v});
        }
    }
    return paid;
}
int main() {
    int n, m, s, x, t;
    cin >> n >> m;
    rides.resize(n + 1);
    while (m--) {
        int u, v, w;
        cin >> u >> v >> w;
        rides[u].push_back({v, w});
    }
    cin >> s >> x >> t;
    auto first = cheapest(s), second = cheapest(x);
    long long total = min(first[t], first[x] + second[t]);
    cout << (total < far ? total : -1) << "\n";
}
