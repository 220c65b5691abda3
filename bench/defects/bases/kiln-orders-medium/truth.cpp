// Right: the dearest orders first, each on the latest day that is still free.
#include <bits/stdc++.h>
using namespace std;
vector<int> free_day;
int latest(int d) {
    while (free_day[d] != d) d = free_day[d] = free_day[free_day[d]];
    return d;
}
int main() {
    int n;
    scanf("%d", &n);
    vector<pair<long long, int>> orders(n);
    int last = 0;
    for (auto &[p, d] : orders) scanf("%d %lld", &d, &p), last = max(last, d);
    sort(orders.rbegin(), orders.rend());
    free_day.resize(last + 1);
    iota(free_day.begin(), free_day.end(), 0);
    long long total = 0;
    for (auto &[p, d] : orders) {
        int day = latest(d);
        if (day == 0) continue;
        free_day[day] = day - 1;
        total += p;
    }
    printf("%lld\n", total);
}
