// Wrong: takes orders by deadline and never gives a cheap one up again.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    vector<pair<int, long long>> orders(n);
    for (auto &[d, p] : orders) cin >> d >> p, p = -p;
    sort(orders.begin(), orders.end());
    long long total = 0, day = 0;
    for (auto [d, p] : orders)
        if (day < d) day++, total -= p;
    cout << total << "\n";
}
