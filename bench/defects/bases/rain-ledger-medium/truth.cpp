// Right: increases noted where they begin and end, then summed up.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, q;
    scanf("%d %d", &n, &q);
    vector<long long> a(n + 1), change(n + 2);
    for (int i = 1; i <= n; i++) scanf("%lld", &a[i]);
    while (q--) {
        int l, r;
        long long v;
        scanf("%d %d %lld", &l, &r, &v);
        change[l] += v;
        change[r + 1] -= v;
    }
    long long more = 0, best = -1, count = 0;
    for (int i = 1; i <= n; i++) {
        more += change[i];
        if (a[i] + more > best) best = a[i] + more, count = 0;
        count += a[i] + more == best;
    }
    printf("%lld %lld\n", best, count);
}
