// Wrong: when there are too many, the last accepted one is exchanged instead of the cheapest.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    scanf("%d", &n);
    vector<pair<int, int>> orders(n);
    for (auto &[d, p] : orders) scanf("%d %d", &d, &p);
    stable_sort(orders.begin(), orders.end(), [](auto &a, auto &b) { return a.first < b.first; });
    vector<long long> kept;
    for (auto [d, p] : orders) {
        if ((int)kept.size() < d) kept.push_back(p);
        else if (kept.back() < p) kept.back() = p;
    }
    printf("%lld\n", accumulate(kept.begin(), kept.end(), 0LL));
}
