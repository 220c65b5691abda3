// Right: union by size, pairs counted at the end as all pairs minus those that are apart.
#include <bits/stdc++.h>
using namespace std;
vector<int> link_to;
int find_root(int a) {
    if (link_to[a] < 0) return a;
    return link_to[a] = find_root(link_to[a]);
}
int main() {
    int n, m, k;
    scanf("%d %d %d", &n, &m, &k);
    link_to.assign(n + 1, -1);
    for (int i = 0; i < m; i++) {
        int u, v, w;
        scanf("%d %d %d", &u, &v, &w);
        if (w < k) continue;
        u = find_root(u), v = find_root(v);
        if (u == v) continue;
        if (link_to[u] > link_to[v]) swap(u, v);
        link_to[u] += link_to[v];
        link_to[v] = u;
    }
    long long apart = 0, before = 0;
    for (int i = 1; i <= n; i++)
        if (link_to[i] < 0) apart += before * -link_to[i], before += -link_to[i];
    printf("%lld\n", (long long)n * (n - 1) / 2 - apart);
}
