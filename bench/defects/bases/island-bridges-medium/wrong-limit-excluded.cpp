// Wrong: a link whose limit is exactly K is not used.
#include <bits/stdc++.h>
using namespace std;
vector<int> parent_of;
int root(int a) { return parent_of[a] == a ? a : parent_of[a] = root(parent_of[a]); }
int main() {
    int n, m, k;
    scanf("%d %d %d", &n, &m, &k);
    parent_of.resize(n + 1);
    iota(parent_of.begin(), parent_of.end(), 0);
    vector<long long> size(n + 1, 1);
    long long pairs = 0;
    while (m--) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        if (w <= k) continue;
        u = root(u), v = root(v);
        if (u == v) continue;
        pairs += size[u] * size[v];
        parent_of[v] = u;
        size[u] += size[v];
    }
    printf("%lld\n", pairs);
}
