// Right: bisects the distance; with a fixed one it is best to choose as far left as possible.
#include <bits/stdc++.h>
using namespace std;
int main() {
    long long n, k;
    scanf("%lld %lld", &n, &k);
    vector<long long> x(n);
    for (auto &p : x) scanf("%lld", &p);
    auto fits = [&](long long gap) {
        long long chosen = 1, last = x[0];
        for (auto p : x) if (p - last >= gap) chosen++, last = p;
        return chosen >= k;
    };
    long long low = 1, high = x[n - 1] - x[0];
    while (low < high) {
        long long middle = (low + high + 1) / 2;
        if (fits(middle)) low = middle; else high = middle - 1;
    }
    printf("%lld\n", low);
}
