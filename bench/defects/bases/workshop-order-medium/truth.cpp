// Right: jobs in an order that respects the rules, each with its earliest end.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    scanf("%d %d", &n, &m);
    vector<long long> t(n + 1), start(n + 1);
    for (int i = 1; i <= n; i++) scanf("%lld", &t[i]);
    vector<vector<int>> next(n + 1);
    vector<int> waits(n + 1);
    while (m--) {
        int u, v;
        scanf("%d %d", &u, &v);
        next[u].push_back(v);
        waits[v]++;
    }
    queue<int> ready;
    for (int i = 1; i <= n; i++) if (!waits[i]) ready.push(i);
    long long last = 0;
    while (!ready.empty()) {
        int u = ready.front();
        ready.pop();
        last = max(last, start[u] + t[u]);
        for (int v : next[u]) {
            start[v] = max(start[v], start[u] + t[u]);
            if (--waits[v] == 0) ready.push(v);
        }
    }
    printf("%lld\n", last);
}
