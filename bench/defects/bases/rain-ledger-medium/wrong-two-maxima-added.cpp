// Wrong: adds the greatest start and the greatest increase, wherever they are.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, q;
    cin >> n >> q;
    vector<long long> a(n), d(n + 1);
    for (auto &x : a) cin >> x;
    while (q--) {
        int l, r, v;
        cin >> l >> r >> v;
        d[l - 1] += v, d[r] -= v;
    }
    partial_sum(d.begin(), d.end(), d.begin());
    long long best = *max_element(a.begin(), a.end()) + *max_element(d.begin(), d.end() - 1), count = 0;
    for (int i = 0; i < n; i++) count += a[i] + d[i] == best;
    cout << best << ' ' << max(count, 1LL) << '\n';
}
