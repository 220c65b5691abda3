// Wrong: a job starts when the first of those it waits for has ended.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    cin >> n >> m;
    vector<long long> t(n + 1), end(n + 1);
    for (int i = 1; i <= n; i++) cin >> t[i];
    vector<vector<int>> next(n + 1);
    vector<int> waits(n + 1);
    while (m--) {
        int u, v;
        cin >> u >> v;
        next[u].push_back(v), waits[v]++;
    }
    deque<int> ready;
    for (int i = 1; i <= n; i++) if (!waits[i]) ready.push_back(i), end[i] = t[i];
    long long last = 0;
    while (!ready.empty()) {
        int u = ready.front();
        ready.pop_front();
        last = max(last, end[u]);
        for (int v : next[u]) {
            if (!end[v]) end[v] = end[u] + t[v];
            if (!--waits[v]) ready.push_back(v);
        }
    }
    cout << last << "\n";
}
