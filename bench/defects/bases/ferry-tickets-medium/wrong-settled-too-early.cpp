// Wrong: the price of a place is settled when the place is first seen, not when it leaves the heap.
#include <bits/stdc++.h>
using namespace std;
vector<vector<pair<int, int>>> rides;
long long cheapest(int from, int goal) {
    vector<long long> paid(rides.size(), -1);
    priority_queue<pair<long long, int>, vector<pair<long long, int>>, greater<>> heap;
    heap.push({0, from});
    paid[from] = 0;
    while (!heap.empty()) {
        int u = heap.top().second;
        heap.pop();
        for (auto [v, w] : rides[u])
            if (paid[v] < 0) heap.push({paid[v] = paid[u] + w, v});
    }
    return paid[goal];
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
    long long first = cheapest(s, x), second = cheapest(x, t);
    cout << (first < 0 || second < 0 ? -1 : first + second) << "\n";
}
