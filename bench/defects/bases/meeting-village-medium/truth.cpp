// Right: an edge counts for as many pairs as people on its two sides multiplied; 128 bits hold every sum.
#include <bits/stdc++.h>
using namespace std;
typedef __int128 big;
int main() {
    int n;
    scanf("%d", &n);
    vector<long long> people(n + 1);
    long long all = 0;
    for (int i = 1; i <= n; i++) scanf("%lld", &people[i]), all += people[i];
    vector<vector<pair<int, int>>> near(n + 1);
    for (int i = 1; i < n; i++) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        near[u].push_back({v, w});
        near[v].push_back({u, w});
    }
    vector<int> order = {1}, parent(n + 1), length(n + 1);
    for (size_t i = 0; i < order.size(); i++)
        for (auto [v, w] : near[order[i]])
            if (v != parent[order[i]]) parent[v] = order[i], length[v] = w, order.push_back(v);
    big total = 0;
    for (int i = n - 1; i > 0; i--) {
        int v = order[i];
        total += (big)people[v] * (all - people[v]) * length[v];
        people[parent[v]] += people[v];
    }
    string digits;
    do digits += char('0' + (int)(total % 10)), total /= 10;
    while (total > 0);
    reverse(digits.begin(), digits.end());
    puts(digits.c_str());
}
