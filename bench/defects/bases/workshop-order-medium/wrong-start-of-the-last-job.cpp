// Wrong: a job that nothing follows is not counted itself unless it stands alone.
#include <bits/stdc++.h>
using namespace std;
vector<vector<int>> nexts;
vector<long long> t, best;
long long after(int u) {
    long long &answer = best[u];
    if (answer >= 0) return answer;
    answer = 0;
    for (int v : nexts[u]) answer = max(answer, nexts[v].empty() ? 0 : t[v] + after(v));
    return answer;
}
int main() {
    int n, m;
    cin >> n >> m;
    t.resize(n + 1), nexts.resize(n + 1), best.assign(n + 1, -1);
    for (int i = 1; i <= n; i++) cin >> t[i];
    while (m--) {
        int u, v;
        cin >> u >> v;
        nexts[u].push_back(v);
    }
    long long longest = 0;
    for (int i = 1; i <= n; i++) longest = max(longest, t[i] + after(i));
    cout << longest << "\n";
}
