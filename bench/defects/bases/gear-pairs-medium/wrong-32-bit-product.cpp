// Wrong: the number of pairs with remainder 0 is multiplied in 32 bits.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, k;
    scanf("%d", &n);
    vector<int> a(n);
    for (int &x : a) scanf("%d", &x);
    scanf("%d", &k);
    vector<unsigned> count(k);
    for (int x : a) count[x % k]++;
    long long pairs = (int)(count[0] * (count[0] - 1)) / 2;
    for (int r = 1; 2 * r <= k; r++) {
        if (2 * r == k) pairs += (int)(count[r] * (count[r] - 1)) / 2;
        else pairs += (int)(count[r] * count[k - r]);
    }
    printf("%lld\n", pairs);
}
