// Wrong: goes through the jobs by number, as if every rule led to a greater one.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    cin >> n >> m;
    vector<int> t(n + 1);
    for (int i = 1; i <= n; i++) cin >> t[i];
    vector<vector<int>> before(n + 1);
    for (int i = 0; i < m; i++) {
        int u, v;
        cin >> u >> v;
        before[v].push_back(u);
    }
    vector<long long> end(n + 1);
    for (int v = 1; v <= n; v++) {
        for (int u : before[v]) end[v] = max(end[v], end[u]);
        end[v] += t[v];
    }
    cout << *max_element(end.begin(), end.end()) << "\n";
}
