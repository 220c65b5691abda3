// Right: from the right, follow the next-greater links of what is not greater.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    scanf("%d", &n);
    vector<long long> h(n), greater(n, -1);
    for (auto &x : h) scanf("%lld", &x);
    long long total = 0;
    for (int i = n - 1; i >= 0; i--) {
        long long j = i + 1 < n ? i + 1 : -1;
        while (j >= 0 && h[j] <= h[i]) j = greater[j];
        greater[i] = j;
        if (j >= 0) total += j - i;
    }
    printf("%lld\n", total);
}
