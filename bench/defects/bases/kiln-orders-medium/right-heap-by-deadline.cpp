// Right: orders by deadline in buckets; a heap gives the cheapest up whenever there are too many.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    scanf("%d", &n);
    map<int, vector<int>> due;
    for (int i = 0; i < n; i++) {
        int d, p;
        scanf("%d %d", &d, &p);
        due[d].push_back(p);
    }
    multiset<int> kept;
    for (auto &[d, prices] : due) {
        kept.insert(prices.begin(), prices.end());
        while ((int)kept.size() > d) kept.erase(kept.begin());
    }
    long long total = 0;
    for (int p : kept) total += p;
    printf("%lld\n", total);
}
