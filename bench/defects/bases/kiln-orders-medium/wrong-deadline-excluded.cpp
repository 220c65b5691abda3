// Wrong: an order has to be done before its day d.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    vector<pair<int, int>> orders(n);
    for (auto &[d, p] : orders) cin >> d >> p;
    sort(orders.begin(), orders.end());
    priority_queue<int, vector<int>, greater<int>> kept;
    long long total = 0;
    for (auto [d, p] : orders) {
        kept.push(p);
        total += p;
        if ((int)kept.size() >= d) total -= kept.top(), kept.pop();
    }
    cout << total << "\n";
}
