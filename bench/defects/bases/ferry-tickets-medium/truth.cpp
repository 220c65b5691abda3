// Right: cheapest prices from S and from X.
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;
vector<vector<pair<int, ll>>> rides;
ll cheapest(int from, int goal) {
    vector<ll> paid(rides.size(), LLONG_MAX);
    priority_queue<pair<ll, int>, vector<pair<ll, int>>, greater<pair<ll, int>>> heap;
    heap.push({paid[from] = 0, from});
    while (!heap.empty()) {
        auto [price, u] = heap.top();
        heap.pop();
        if (price > paid[u]) continue;
        for (auto [v, w] : rides[u])
            if (price + w < paid[v]) heap.push({paid[v] = price + w, v});
    }
    return paid[goal] == LLONG_MAX ? -1 : paid[goal];
}
int main() {
    int n, m, s, x, t;
    scanf("%d %d", &n, &m);
    rides.resize(n + 1);
    while (m--) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        rides[u].push_back({v, w});
    }
    scanf("%d %d %d", &s, &x, &t);
    ll first = cheapest(s, x), second = cheapest(x, t);
    printf("%lld\n", first < 0 || second < 0 ? -1 : first + second);
}
