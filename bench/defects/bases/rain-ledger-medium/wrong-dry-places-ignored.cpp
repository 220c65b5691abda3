// Wrong: places that no range covers are not looked at.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, q;
    scanf("%d %d", &n, &q);
    vector<int> a(n), d(n + 1);
    for (int &x : a) scanf("%d", &x);
    while (q--) {
        int l, r, v;
        scanf("%d %d %d", &l, &r, &v);
        d[l - 1] += v;
        d[r] -= v;
    }
    int more = 0, best = -1, count = 0;
    for (int i = 0; i < n; i++) {
        more += d[i];
        if (more == 0) continue;
        if (a[i] + more > best) best = a[i] + more, count = 0;
        if (a[i] + more == best) count++;
    }
    printf("%d %d\n", best, count);
}
