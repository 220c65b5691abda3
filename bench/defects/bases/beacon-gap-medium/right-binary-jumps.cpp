// Right: bits of the answer from the top; each jump is a binary search.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, k;
    scanf("%d %d", &n, &k);
    vector<long long> x(n);
    for (auto &p : x) scanf("%lld", &p);
    long long gap = 0;
    for (long long bit = 1LL << 40; bit; bit >>= 1) {
        int chosen = 0;
        for (auto at = x.begin(); at != x.end() && chosen < k; at = lower_bound(at, x.end(), *at + gap + bit)) chosen++;
        if (chosen >= k) gap += bit;
    }
    printf("%lld\n", gap);
}
