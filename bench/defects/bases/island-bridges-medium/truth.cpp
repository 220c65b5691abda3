// Right: a depth-first walk measures every component of the links that carry K.
#include <bits/stdc++.h>
using namespace std;
int main() {
    long long n, m, k;
    cin >> n >> m >> k;
    vector<vector<int>> near(n + 1);
    for (int i = 0; i < m; i++) {
        long long u, v, w;
        cin >> u >> v >> w;
        if (w >= k) near[u].push_back(v), near[v].push_back(u);
    }
    vector<char> seen(n + 1);
    long long pairs = 0;
    for (int from = 1; from <= n; from++) {
        if (seen[from]) continue;
        long long size = 0;
        vector<int> todo = {from};
        seen[from] = 1;
        while (!todo.empty()) {
            int u = todo.back();
            todo.pop_back();
            size++;
            for (int v : near[u]) if (!seen[v]) seen[v] = 1, todo.push_back(v);
        }
        pairs += size * (size - 1) / 2;
    }
    cout << pairs << "\n";
}
