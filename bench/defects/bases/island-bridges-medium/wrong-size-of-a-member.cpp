// Wrong: after a union the size is noted at the link's end instead of at the root.
#include <bits/stdc++.h>
using namespace std;
int up[100005];
long long size_of[100005];
int root(int a) {
    while (up[a] != a) a = up[a] = up[up[a]];
    return a;
}
int main() {
    int n, m, k;
    cin >> n >> m >> k;
    for (int i = 1; i <= n; i++) up[i] = i, size_of[i] = 1;
    long long pairs = 0;
    for (int i = 0; i < m; i++) {
        int u, v, w;
        cin >> u >> v >> w;
        if (w < k) continue;
        int a = root(u), b = root(v);
        if (a == b) continue;
        pairs += size_of[a] * size_of[b];
        up[b] = a;
        size_of[u] += size_of[b];
    }
    cout << pairs << endl;
}
