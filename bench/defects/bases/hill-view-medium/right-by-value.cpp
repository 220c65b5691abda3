// Right: from the greatest height down, the next place among those already entered.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    scanf("%d", &n);
    vector<pair<int, int>> order(n);
    for (int i = 0; i < n; i++) scanf("%d", &order[i].first), order[i].second = i;
    sort(order.rbegin(), order.rend());
    set<int> entered;
    long long sum = 0;
    for (size_t from = 0; from < order.size();) {
        size_t to = from;
        for (; to < order.size() && order[to].first == order[from].first; to++) {
            auto next = entered.upper_bound(order[to].second);
            if (next != entered.end()) sum += *next - order[to].second;
        }
        for (; from < to; from++) entered.insert(order[from].second);
    }
    printf("%lld\n", sum);
}
