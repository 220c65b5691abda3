// Wrong: never answers the largest distance that is thinkable, the whole length by the number of gaps.
#include <bits/stdc++.h>
using namespace std;
int main() {
    long long n, k;
    cin >> n >> k;
    vector<long long> x(n);
    for (auto &p : x) cin >> p;
    long long low = 1, high = max(2LL, (x[n - 1] - x[0]) / (k - 1));
    while (low + 1 < high) {
        long long middle = (low + high) / 2, chosen = 1, last = x[0];
        for (long long p : x) if (p >= last + middle) chosen++, last = p;
        if (chosen >= k) low = middle; else high = middle;
    }
    cout << low << "\n";
}
