// Right: how often each remainder has come before.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    scanf("%d", &n);
    vector<long long> a(n);
    for (auto &x : a) scanf("%lld", &x);
    long long k, pairs = 0;
    scanf("%lld", &k);
    vector<long long> seen(k);
    for (auto x : a) {
        pairs += seen[(k - x % k) % k];
        seen[x % k]++;
    }
    printf("%lld\n", pairs);
}
