// Wrong: the place r itself does not get its share.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, q;
    cin >> n >> q;
    vector<long long> a(n + 2), d(n + 2);
    for (int i = 1; i <= n; i++) cin >> a[i];
    for (int i = 0; i < q; i++) {
        int l, r, v;
        cin >> l >> r >> v;
        d[l] += v, d[r] -= v;
    }
    partial_sum(d.begin(), d.end(), d.begin());
    for (int i = 1; i <= n; i++) a[i] += d[i];
    auto best = *max_element(a.begin() + 1, a.begin() + n + 1);
    cout << best << ' ' << count(a.begin() + 1, a.begin() + n + 1, best) << '\n';
}
