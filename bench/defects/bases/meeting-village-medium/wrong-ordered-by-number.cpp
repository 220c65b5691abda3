// Wrong: takes the smaller number for the parent and goes through the places backwards.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    vector<long long> people(n + 1), up(n + 1);
    long long all = 0;
    for (int i = 1; i <= n; i++) cin >> people[i], all += people[i];
    vector<int> parent(n + 1);
    for (int i = 1; i < n; i++) {
        int u, v, w;
        cin >> u >> v >> w;
        parent[max(u, v)] = min(u, v);
        up[max(u, v)] = w;
    }
    __int128 total = 0;
    for (int v = n; v > 1; v--) {
        total += (__int128)people[v] * (all - people[v]) * up[v];
        people[parent[v]] += people[v];
    }
    string digits;
    for (; total > 0; total /= 10) digits += char('0' + (int)(total % 10));
    reverse(digits.begin(), digits.end());
    cout << (digits.empty() ? "0" : digits) << "\n";
}
